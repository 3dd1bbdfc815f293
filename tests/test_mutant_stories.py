"""Stories that tell mutants from the law: what is found is what enumeration finds, and replays."""

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import clingo
import pytest
from paths import CASES
from planted import build_garden

from reasoner.audit.implied import is_equivalent
from reasoner.audit.infecting import is_unstratified
from reasoner.audit.killing import Hunt, Killed, Spared
from reasoner.audit.mutants import Mutant, mutants
from reasoner.audit.schemata import as_mutated, replaced
from reasoner.audit.sought import Inquiry, Patience
from reasoner.casefiles.generated import read_stories
from reasoner.cli import main
from reasoner.hypotheses.answer_near_misses import Inquiry as Question
from reasoner.hypotheses.answer_near_misses import question_of
from reasoner.lawfiles.law import load_law
from reasoner.lawfiles.rules import Law
from reasoner.lawfiles.strata import circles
from reasoner.reasons.worlds import goal_in, ground_worlds, lift, world_name
from reasoner.solving.question import Goal
from reasoner.solving.solve import World, ground_case, world_of
from reasoner.stories.stories import read_setting, story_program
from reasoner.stories.telling import case_of

SMALL = {"gardener": 1, "plot": 1}
PATIENCE = Patience(50_000, 10_000)
WORLD = """\
story_day(20240331; 20240401).
story_number(19; 20).

%## plots_are_leased
%> Every plot is leased to somebody.
impossible(plots_are_leased) :- plot(L), not leased_to(L, _, _).
"""
CASE = """\
case: Rose, who paid
question: 2(b)
as_of: 2024-04-01
gardeners: {rose: {rent_paid: 2024-03-31}}
expect:
  - {answer: yes}
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The by-law of the garden, with a world of few days."""
    return build_garden(tmp_path_factory.mktemp("law") / "garden", WORLD)


@pytest.fixture(scope="module")
def law(folder: Path) -> Law:
    """That by-law, read."""
    return load_law(folder)


@pytest.fixture(scope="module")
def stories(law: Law) -> list[tuple[str, ...]]:
    """Every story of a gardener and a plot: clingo makes every choice there is, one by one."""
    facts = [name for name, fact in law.vocabulary.facts.items() if fact.section]
    program = story_program(law, read_setting(law), facts, SMALL)
    control = clingo.Control(["0", "-Wnone", "--opt-mode=ignore"])
    tables = [rule.text for rule in law.rules if rule.head.name in law.vocabulary.kinds]
    control.add("base", [], "\n".join([*tables, *program]))
    control.ground([("base", [])])
    told = {*facts, *law.vocabulary.entities, "as_of"}
    with control.solve(yield_=True) as handle:
        return sorted(
            tuple(sorted(str(a) for a in model.symbols(atoms=True) if a.name in told))
            for model in handle
        )


def hunted(law: Law, several: Mapping[int, Mutant]) -> tuple[list[Killed], list[Spared]]:
    """What a search finds."""
    inquiry = Inquiry(law, read_setting(law), SMALL)
    found = list(Hunt(inquiry, PATIENCE).run(several))
    return [f for f in found if isinstance(f, Killed)], [f for f in found if isinstance(f, Spared)]


def some(law: Law) -> dict[int, Mutant]:
    """The mutants of some provisions that there can be."""
    round_ = circles(law.rules)
    return {
        n: m
        for n, m in enumerate(mutants(law))
        if m.expressible and not is_unstratified(law, round_, m) and not is_equivalent(law, m)
    }


def said(law: Law, worlds: list[World], cases: list[tuple[str, ...]]) -> list[frozenset[str]]:
    """All that can be asked and holds in each story."""
    goals = [Goal(name, (None,) * arity, "") for name, arity in sorted(law.sentences)]
    told = []
    for atoms, world in zip(cases, worlds, strict=True):
        case = case_of(law, atoms, world.readings, world.law_date, "")
        told.append((as_mutated(case, world), world))
    ground = ground_worlds(lift(law), told, [goal_in(0, goal) for goal in goals])
    found: dict[str, set[str]] = {world_name(n): set() for n in range(len(told))}
    for goal in goals:
        for world_, *row in ground.rows((goal.name, len(goal.arguments) + 1)):
            found[world_].add(f"{goal.name}{row}")
    return [frozenset(found[world_name(n)]) for n in range(len(told))]


def test_stories_are_found_where_enumeration_finds_some(
    law: Law, stories: list[tuple[str, ...]]
) -> None:
    several = {n: m for n, m in some(law).items() if m.heading.startswith(("B2", "B3", "B5"))}
    killed, spared = hunted(law, several)
    found = {d.mutant for one in killed for d in one.differences}
    assert found.isdisjoint(one.mutant for one in spared)
    assert found | {one.mutant for one in spared} == set(several)
    assert all(one.whole and one.part for one in spared)
    none = [one.mutant for one in spared]
    assert len(stories) > 300
    assert none
    options = ((), (("due", "exclusive"),))
    worlds = [
        (atoms, World(int(day[6:-1]), None, readings))
        for readings in options
        for atoms in stories
        for day in atoms
        if day.startswith("as_of(")
    ]
    cases, told = [atoms for atoms, _ in worlds], [world for _, world in worlds]
    before = said(law, told, cases)
    for number in [*none[:3], *sorted(found)[::7]]:
        mutant = several[number]
        changed = replaced(law, mutant)
        changed = replace(changed, stated=changed.stated | {("day_of_case", 1)})
        differs = said(changed, told, cases) != before
        assert differs is (number in found), mutant.id


def test_every_story_notices_the_mutants_that_it_names(law: Law) -> None:
    several = some(law)
    killed, _ = hunted(law, several)
    assert killed
    for one in killed:
        case, world = one.told(law)
        assert not ground_case(law, case, world, ()).contradictions()
        for difference in one.differences:
            goal = difference.goal
            assert ground_case(law, case, world, [goal]).answer(goal) == difference.answer
            changed = replaced(law, several[difference.mutant])
            ground = ground_case(changed, as_mutated(case, world), world, [goal])
            assert ground.answer(goal) != difference.answer


def test_stories_are_written_and_then_notice(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case, out = tmp_path / "rose.yaml", tmp_path / "stories"
    case.write_text(CASE)
    options = ("mutate", "2", "--law", str(folder), "--cases", str(case))
    listed = ("--known", str(tmp_path / "unnoticed.yaml"))
    assert main([*options, *listed, "--write", str(out)]) == 1
    printed = capsys.readouterr().out
    assert "A story notices it: " in printed
    (file,) = out.glob("*.yaml")
    text = file.read_text()
    law = load_law(folder)
    ids = {m.id: m for m in mutants(law)}
    for story in read_stories(str(file), law.vocabulary).stories:
        world = world_of(law, story.case)
        for answer in story.answers:
            question = Question(story.case, answer.question, answer.about, answer.position)
            goal = question_of(law, question)
            assert ground_case(law, story.case, world, [goal]).answer(goal) == answer.expected
            for name in answer.notices:
                changed = replaced(law, ids[name])
                ground = ground_case(changed, as_mutated(story.case, world), world, [goal])
                assert ground.answer(goal) != answer.expected
    # with the stories, nothing is left, and nothing is written anew
    assert main([*options, *listed, "--write", str(out), "--cases", str(out), "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["provisions"]
    assert {m["outcome"] for m in data["mutants"]} <= {"generated", "known", "inexpressible"}
    assert file.read_text() == text
    assert main(["check", str(out), "--law", str(folder)]) == 0
    assert "answers about generated stories, generated: all as written" in capsys.readouterr().out


def test_shipped_stories_notice_what_they_say() -> None:
    law = load_law()
    ids = {mutant.id: mutant for mutant in mutants(law)}
    files = sorted((CASES / "near_misses" / "mutants").glob("*.yaml"))
    told = [s for path in files for s in read_stories(str(path), law.vocabulary).stories]
    assert told
    named = [name for story in told for said_ in story.answers for name in said_.notices]
    assert len(named) == len(set(named)), "a change is noticed by one story"
    for story in told[::9]:
        world = world_of(law, story.case)
        for said_ in story.answers[:1]:
            asked = Question(story.case, said_.question, said_.about, said_.position)
            goal = question_of(law, asked)
            assert ground_case(law, story.case, world, [goal]).answer(goal) == said_.expected
            changed = replaced(law, ids[said_.notices[0]])
            ground = ground_case(changed, as_mutated(story.case, world), world, [goal])
            assert ground.answer(goal) != said_.expected

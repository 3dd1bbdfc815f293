"""Near misses: each turns its condition and the answer, and none is smaller than it need be."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from test_flips import CALM, GARDEN_CASE, GARDEN_FACTS, RENT_DAYS, garden_cases, lifted_garden
from test_needs import LEASED, scenario_of, shipped

from reasoner import decide
from reasoner.casefiles.case import read_case_text
from reasoner.casefiles.edits import Edit
from reasoner.casefiles.write_case import write_case
from reasoner.cli import main
from reasoner.hypotheses.needs import Need, Scenario, changed
from reasoner.hypotheses.pivots import Pivot, find_again
from reasoner.hypotheses.vary import NearMiss, Variation, Variations, merge, weight
from reasoner.lawfiles.law import load_law
from reasoner.printing.vary_view import Varied, written
from reasoner.reasons.checker import verify
from reasoner.reasons.justify import explain
from reasoner.reasons.worlds import goal_in, ground_worlds, world_name
from reasoner.solving.question import Goal, on_day
from reasoner.solving.search import gather
from reasoner.solving.solve import answer, ground_case
from reasoner.source import Source

from test_flips import statement  # isort: skip

KEEPS = [*GARDEN_CASE, "as_of(20240601)", *LEASED, "rent_paid(rose,20240331)"]


def vary(scenario: Scenario, most: int = 2) -> Varied:
    """All near misses of a case."""
    law, case, world, goal = scenario
    decision = answer(ground_case(law, case, world, [goal]), case, world, goal, 0)
    why = explain(decision)
    search = Variations(scenario, why, decision.answer, most)
    found = [near for near in search.run() if near is not None]
    assert not search.untried(found)
    assert len(found) == len(search.pivots) * len(search.wanted)
    return Varied(decision, why, tuple(merge(found)), (), "complete", most)


def turns(varied: Varied, near: NearMiss, variation: Variation, *, alone: bool) -> None:
    """Check that changes turn every condition of a near miss, and the answer unless alone."""
    law = varied.decision.law
    goal, world = variation.goal, variation.world
    decided = decide(law, variation.case, goal.text, as_of=world.day, limit=0)
    assert decided.answer == variation.answer
    assert (decided.answer == near.wanted) is not alone
    why = explain(decided)
    if all(s.status != "unknown" for s in variation.case.statements):
        assert not verify(why, variation.case, day=world.day, readings=world.readings)
    for pivot in near.pivots:
        seen = find_again(why, pivot, world.day)
        assert pivot.met is not pivot.wanted
        assert seen is None or seen.met is pivot.wanted, (pivot, variation.changes)
        if pivot.same is not None:
            same = on_day(law, pivot.same, world.day)
            holds = ground_case(law, variation.case, world, [same]).settled(same.text)
            assert holds is (pivot.wanted is not pivot.negated)


def replays(varied: Varied) -> None:
    """Check that each case written reads back and gives its answer."""
    law = varied.decision.law
    for name, case in written(varied, "near").items():
        text = write_case(case, law.vocabulary)
        again = read_case_text(Source(name, text), law.vocabulary)
        (expected,) = again.expectations
        assert decide(law, again, limit=0).answer == expected.answer
        assert "generated" in again.title


@settings(CALM, max_examples=12)
@given(garden_cases())
@example([*KEEPS, "vouches(jack,rose)"])
@example([*GARDEN_CASE, "as_of(20240601)", *LEASED, "unknown(nuisance(rose))"])
def test_in_the_garden_every_variation_turns_its_condition(facts: list[str]) -> None:
    varied = vary(scenario_of(lifted_garden(), facts, "keeps_plot"))
    for near in varied.found:
        if near.variation is not None:
            turns(varied, near, near.variation, alone=False)
        if near.alone is not None:
            turns(varied, near, near.alone, alone=True)
            assert near.variation is None or near.alone.size < near.variation.size
    replays(varied)


DAYS = (20231231, 20240101, *RENT_DAYS, 20240601, 20240602)


def single_changes(scenario: Scenario) -> Iterator[tuple[Edit, int | None]]:
    """Every change of one fact, with what it weighs: a fact less, one more, one on another day.

    Of one more there is no weight: which day it has counts as well.
    """
    case = scenario.case
    stated = {s.atom for s in case.statements}
    facts = scenario.law.vocabulary.facts
    for old in case.statements:
        yield Edit(removed=(old,)), 100
        for place, argument in enumerate(facts[old.name].arguments):
            for day in DAYS if argument.type == "date" else ():
                row = (*old.arguments[:place], str(day), *old.arguments[place + 1 :])
                moved = statement(f"{old.name}({','.join(row)})")
                if moved.atom not in stated:
                    edit = Edit(removed=(old,), added=(moved,))
                    yield edit, weight_of(edit)
    for fact in GARDEN_FACTS:
        if fact not in stated:
            yield Edit(added=(statement(fact),)), None


def weight_of(edit: Edit) -> int:
    """How many days a change moves a fact by."""
    from reasoner.hypotheses.candidates import MOVE, Candidate

    return weight(Candidate(edit, MOVE, "", "", 0, ""))


def by_brute_force(scenario: Scenario, pivot: Pivot, wanted: str) -> list[int | None]:
    """What each single change weighs that turns a condition and the answer."""
    lifted = lifted_garden()
    changes = list(single_changes(scenario))
    worlds = [changed(scenario, [edit]) for edit, _ in changes]
    asked = [w.goal for w in worlds]
    about = pivot.same or pivot.head  # in this law a conclusion fails for want of one comparison
    conditions = [on_day(scenario.law, about, w.world.day) for w in worlds]
    goals = [
        goal_in(n, g) for n, pair in enumerate(zip(asked, conditions, strict=True)) for g in pair
    ]
    ground = ground_worlds(lifted, [(w.case, w.world) for w in worlds], goals)
    flawed = {row[0] for row in ground.arguments_of("problem")}

    def holds(place: int, goal: Goal) -> bool | None:
        return ground.settled(goal_in(place, goal).text)

    return [
        weighs
        for place, (_, weighs) in enumerate(changes)
        if world_name(place) not in flawed
        and holds(place, asked[place]) is (wanted == "yes")
        and holds(place, conditions[place]) is (pivot.wanted is not pivot.negated)
    ]


@settings(CALM, max_examples=15)
@given(garden_cases(), st.booleans())
@example([*KEEPS, "vouches(jack,rose)"], False)
@example([*KEEPS[:-1], "rent_paid(rose,20240401)"], False)
@example([*KEEPS, "nuisance(rose)"], False)
def test_in_the_garden_no_single_change_is_overlooked(facts: list[str], founded: bool) -> None:
    facts = [fact for fact in facts if "unknown(" not in fact]
    facts += ["founder(jack)"] if founded and "founder(jack)" not in facts else []
    scenario = scenario_of(lifted_garden(), facts, "keeps_plot")
    for near in vary(scenario).found:
        for pivot in near.pivots:
            singles = by_brute_force(scenario, pivot, near.wanted)
            if not singles:
                continue
            assert near.variation is not None, pivot
            assert len(near.variation.changes) == 1
            known = [weighs for weighs in singles if weighs is not None]
            assert not known or near.variation.size[1] <= min(known), (
                pivot,
                near.variation.changes,
            )


def atoms(variation: Variation | None) -> tuple[set[str], set[str]]:
    """What a variation takes away, and what it states."""
    assert variation is not None
    edits = [change.edit for change in variation.changes]
    return (
        {s.atom for edit in edits for s in edit.removed},
        {s.atom for edit in edits for s in edit.added},
    )


def test_a_day_too_few_is_one_day_more() -> None:
    varied = vary(shipped("one-day-short"))
    days, considerations, work = varied.found
    assert atoms(days.variation) == (
        {"stay_in_canada(nadia,20230617,20250614)"},
        {"stay_in_canada(nadia,20230616,20250614)"},
    )
    assert [p.provision for p in days.pivots] == ["A28(2)(a)"]
    assert atoms(considerations.variation)[1] == {"retention_justified(nadia,20250615)"}
    assert [p.provision for p in work.pivots] == ["R61(5)"]
    assert work.variation is None
    assert work.alone is None
    for near in (days, considerations):
        assert near.variation is not None
        turns(varied, near, near.variation, alone=False)
    replays(varied)


def test_a_bed_too_small_grows_to_what_is_asked() -> None:
    bed = ["leased_to(plot1,rose,20240101)", "bed(plot1,1,13,beans)"]
    facts = [*GARDEN_CASE, "as_of(20240601)", *bed]
    varied = vary(scenario_of(lifted_garden(), facts, "grows_enough"), 1)
    stated = [atoms(near.variation)[1] for near in varied.found if near.variation is not None]
    assert {"bed(plot1,1,20,beans)"} in stated


def test_with_two_reasons_each_turns_alone_and_the_answer_with_both() -> None:
    short = ["leased_to(plot1,rose,20240101)", "bed(plot1,1,10,beans)", "nuisance(rose)"]
    facts = [*GARDEN_CASE, "as_of(20240601)", *short, "rent_paid(rose,20240331)"]
    varied = vary(scenario_of(lifted_garden(), facts, "keeps_plot"))
    assert {p.provision for near in varied.found for p in near.pivots} == {"B2(c)", "B3"}
    for near in varied.found:
        assert near.alone is not None
        assert len(near.alone.changes) == 1
        assert near.alone.answer == "no"
        assert near.variation is not None
        assert len(near.variation.changes) == 2
        assert {p.provision for p in near.variation.also} == {"B2(c)", "B3"} - {
            near.pivots[0].provision
        }


def test_where_one_change_is_too_few_it_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    beans = str(Path(__file__).parent / "goldens" / "beans.yaml")
    garden = str(Path(__file__).parent / "garden")
    assert main(["vary", beans, "--law", garden, "--changes", "1", "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["schema"] == "reasoner/vary/1"
    assert all(near["variation"] is None for near in data["near_misses"])
    assert all(near["alone"]["answer"] == "no" for near in data["near_misses"])


def run(arguments: Sequence[str], capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    """A command's status, and what it prints."""
    status = main(list(arguments))
    out, err = capsys.readouterr()
    return status, out, err


def test_written_cases_replay_and_are_not_replaced(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "near"
    command = ["vary", "one-day-short", "--write", str(folder)]
    status, out, _ = run([*command, "--json"], capsys)
    assert status == 0
    files = sorted(folder.iterdir())
    assert [f.name for f in files] == ["one-day-short-1.yaml", "one-day-short-2.yaml"]
    near_misses = json.loads(out)["near_misses"]
    assert [n["variation"] and n["variation"]["file"] for n in near_misses] == [
        *map(str, files),
        None,
    ]
    status, out, _ = run(["check", *map(str, files)], capsys)
    assert status == 0
    assert "all met" in out
    law = load_law()
    for file in files:
        text = file.read_text(encoding="utf-8")
        assert "not as expected law" in " ".join(text.split())
        assert (
            write_case(read_case_text(Source(str(file), text), law.vocabulary), law.vocabulary)
            == text
        )
    before = {file: file.read_bytes() for file in files}
    files[1].unlink()
    status, _, err = run(command, capsys)
    assert status == 2
    assert "is there already" in err
    assert [f.name for f in folder.iterdir()] == ["one-day-short-1.yaml"]
    assert files[0].read_bytes() == before[files[0]]


def test_a_folder_that_cannot_be_made_is_bad_input(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    taken = tmp_path / "taken"
    taken.write_text("", encoding="utf-8")
    beans = str(Path(__file__).parent / "goldens" / "beans.yaml")
    garden = str(Path(__file__).parent / "garden")
    status, _, err = run(["vary", beans, "--law", garden, "--write", str(taken)], capsys)
    assert status == 2
    assert "cannot be made" in err
    assert "Traceback" not in err


def test_an_interrupted_search_keeps_what_it_found(monkeypatch: pytest.MonkeyPatch) -> None:
    scenario = scenario_of(lifted_garden(), KEEPS, "keeps_plot")
    law, case, world, goal = scenario
    decision = answer(ground_case(law, case, world, [goal]), case, world, goal, 0)
    search = Variations(scenario, explain(decision), decision.answer)
    known = search.variation
    told: list[Pivot] = []

    def interrupted(pivot: Pivot, need: Need) -> Variation:
        if len(told) == 2:
            raise KeyboardInterrupt
        told.append(pivot)
        return known(pivot, need)

    monkeypatch.setattr(search, "variation", interrupted)
    findings = gather(search.run())
    assert findings.ended == "interrupted"
    assert findings.found
    untried = search.untried(findings.found)
    assert untried
    assert len(untried) < len(search.pivots)


def test_a_search_that_ends_early_says_what_it_did_not_come_to(
    capsys: pytest.CaptureFixture[str],
) -> None:
    status, out, _ = run(["vary", "one-day-short", "--limit", "1", "--json"], capsys)
    data = json.loads(out)
    assert status == 0
    assert data["ended"] == "limit"
    assert len(data["near_misses"]) == 1
    assert [p["provision"] for p in data["not_tried"]] == ["R61(5)", "A28(2)(c)"]

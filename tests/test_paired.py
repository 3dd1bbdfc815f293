"""Pairs of stories that clingo chooses: there is one exactly where all tiny stories have one."""

import json
import shutil
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import clingo
import pytest
from planted import build_garden
from test_coverage import GARDEN_CASES, ByHand, covers

from reasoner.audit.conditions import literal_at
from reasoner.audit.coverage import batches_of
from reasoner.audit.excluded import FILE, Fingerprints, read_excluded, still_excluded
from reasoner.audit.outcomes import Beyond
from reasoner.audit.paired import Batch, Settled, choose, parts, read_atoms
from reasoner.audit.stock import Stock, facts_in, look_at, near_each_other, take_stock
from reasoner.casefiles.case import Case
from reasoner.casefiles.edits import apply_edits
from reasoner.cli import main
from reasoner.commands.near_miss_files import NearMissFiles
from reasoner.lawfiles.law import load_law
from reasoner.lawfiles.rules import Law
from reasoner.stories.stories import Setting, read_setting, story_program
from reasoner.stories.telling import case_of

WORLD = """\
story_day(20240331; 20240401).
story_number(19; 20).
at_values(bed, 20).

%## plots_are_leased
%> Every plot is leased to somebody.
impossible(plots_are_leased) :- plot(L), not leased_to(L, _, _).

%## founders_behave
%> Nobody who founded the garden is a nuisance in it.
impossible(founders_behave) :- founder(G), troublesome(G).
troublesome(G) :- nuisance(G).
"""
SCOPE = {"gardener": 1, "plot": 1, "reach": 9}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The garden's law, with what stories about it are made of."""
    return build_garden(tmp_path_factory.mktemp("law") / "garden", WORLD)


@pytest.fixture(scope="module")
def law(folder: Path) -> Law:
    """That law."""
    return load_law(folder)


@pytest.fixture(scope="module")
def stock(law: Law) -> Stock:
    """Its conditions, and no stories."""
    return take_stock(law, [])


def search(stock: Stock, setting: Setting, number: int) -> Settled:
    """What comes of one condition, by itself, in the small parts and then in the whole."""
    found = Settled((), (), ())
    for whole in (False, True):
        if not found.chosen and not found.none:
            batch = Batch((number,), tuple(SCOPE.items()), (), whole)
            found = [one for one in choose(stock, setting, batch) if isinstance(one, Settled)][-1]
    return found


# everything, by hand


class InModel(ByHand):
    """A story of a model, which has all that holds in it."""

    def __init__(self, law: Law, model: clingo.Model) -> None:
        """Take what holds from a model."""
        self.atoms = defaultdict(set)
        told = []
        facts = {*law.vocabulary.facts, *law.vocabulary.entities, "as_of"}
        readings = []
        for symbol in model.symbols(atoms=True):
            row = tuple(map(str, symbol.arguments))
            self.atoms[symbol.name, len(row)].add(row)
            if symbol.name in facts:
                told.append(str(symbol))
            elif symbol.name == "chosen_reading":
                readings.append((row[0], row[1]))
        self.case = case_of(law, told, tuple(readings), None, "")


def all_stories(law: Law, setting: Setting, facts: list[str]) -> list[InModel]:
    """Every story of the scope, under each reading that is not taken anyway."""
    program = [*story_program(law, setting, facts, {"gardener": 1, "plot": 1})]
    program += [rule.text for rule in law.rules]
    program += ["{ chosen_reading(due,exclusive) }.", "crop(beans; gravel)."]
    control = clingo.Control(["0", "-Wnone", "--opt-mode=ignore"])
    control.add("base", [], "\n".join(program))
    control.ground([("base", [])])
    with control.solve(yield_=True) as models:
        return [InModel(law, model) for model in models]


def pairs_by_hand(stock: Stock, stories: list[InModel]) -> set[int]:
    """The conditions that any two of some stories show that differ in one thing."""
    law = stock.law
    near = near_each_other(law, [story.case for story in stories])
    found = set()
    for number, condition in enumerate(stock.conditions):
        rule = law.rules[condition.rule]
        literal = literal_at(law, condition)
        if len(condition.place) > 1:
            continue
        opened = set(literal.variables) if literal.comparison is not None else set()
        kinds = law.types.get(rule.head.signature, ())
        terms = zip(rule.head.arguments, kinds, strict=True)
        opened -= {t.text for t, kind in terms if kind in law.vocabulary.entities}
        given = [story.conclusions(rule) for story in stories]
        lacking = [
            {
                row
                for way in {frozenset(), frozenset(opened)}
                for row in story.lacks_alone(rule, literal, set(way))
            }
            for story in stories
        ]
        both = ((a, b) for pair in near for a, b in (pair, pair[::-1]))
        if any(covers(row, one) for a, b in both for row in lacking[b] for one in given[a]):
            found.add(number)
    return found


@pytest.fixture(scope="module")
def settled(law: Law, stock: Stock) -> dict[int, Settled]:
    """What comes of each condition that is not inside a count."""
    setting = read_setting(law)
    return {
        number: search(stock, setting, number)
        for number, condition in enumerate(stock.conditions)
        if len(condition.place) == 1
    }


def test_there_is_a_pair_where_all_stories_have_one(
    law: Law, stock: Stock, settled: dict[int, Settled]
) -> None:
    facts = sorted(
        {
            name
            for number in settled
            for name in parts(stock, read_setting(law), whole(number))[-1].stage.facts
        }
    )
    stories = all_stories(law, read_setting(law), facts)
    assert len(stories) > 200
    expected = pairs_by_hand(stock, stories)
    found = {number for number, one in settled.items() if one.chosen}
    assert found == expected
    assert found | {number for number, one in settled.items() if one.none} == settled.keys()
    applied = {
        condition.rule
        for condition in stock.conditions
        if any(story.conclusions(law.rules[condition.rule]) for story in stories)
    }
    for number, one in settled.items():
        if one.none:
            assert (number in one.never) == (stock.conditions[number].rule not in applied)


def whole(number: int) -> Batch:
    """A batch of one condition."""
    return Batch((number,), tuple(SCOPE.items()))


def chosen_stories(
    stock: Stock, settled: dict[int, Settled]
) -> Iterator[tuple[int, Case, Case, bool]]:
    """Each condition with the two stories chosen for it, and whether its rule applies first."""
    for number, one in settled.items():
        for chosen in one.chosen:
            case, edit = read_atoms(stock, chosen.atoms)[0], chosen.edit
            yield number, case, apply_edits(case, [edit]), dict(chosen.shows)[number]


def test_the_stories_chosen_show_it_when_put_to_the_law(
    stock: Stock, settled: dict[int, Settled]
) -> None:
    several = list(chosen_stories(stock, settled))
    cases = [case for _, before, after, _ in several for case in (before, after)]
    seen = look_at(stock, cases, [(2 * n, 2 * n + 1) for n in range(len(several))])
    assert {number for number, *_ in several} <= seen.pairs.keys()


def test_axioms_hold_in_both_stories(law: Law, stock: Stock, settled: dict[int, Settled]) -> None:
    axioms = "\n".join([*read_setting(law).rules, *read_setting(law).axiom_rules])
    for _, *both, _ in chosen_stories(stock, settled):
        for case in both:
            control = clingo.Control(["-Wnone"])
            control.add("base", [], "\n".join([axioms, *facts_in(law, case)]))
            control.ground([("base", [])])
            assert not list(control.symbolic_atoms.by_signature("impossible", 1))


# the command


@pytest.fixture
def cases(tmp_path: Path) -> Path:
    """A case about the garden that shows little."""
    place = tmp_path / "cases"
    place.mkdir()
    (place / "nobody.yaml").write_text(GARDEN_CASES["nobody"], encoding="utf-8")
    return place


def run(folder: Path, cases: Path, written: Path, *more: str) -> list[str]:
    """A search for pairs in the garden."""
    scope = "gardeners=1,plots=1,reach=9"
    given = ["--law", str(folder), "--cases", str(cases), "--write", str(written)]
    return ["coverage", *given, "--scope", scope, *more]


def test_stories_made_up_are_written_once_and_replay(
    folder: Path, cases: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    written = tmp_path / "near"
    assert main([*run(folder, cases, written), "--json"]) == 0
    outcomes = {c["id"]: c["outcome"] for c in json.loads(capsys.readouterr().out)["conditions"]}
    assert "open" not in outcomes.values()
    assert "found" in outcomes.values()
    first = {path: path.read_bytes() for path in sorted(written.rglob("*.*"))}
    assert [path.name for path in first if path.parent.name == "stories"]
    assert main(["check", "--law", str(folder), str(written)]) == 0
    assert "generated: all as written" in capsys.readouterr().out
    assert main([*run(folder, cases, written), "--json"]) == 0
    again = {c["id"]: c["outcome"] for c in json.loads(capsys.readouterr().out)["conditions"]}
    assert {i: "near_misses" if o == "found" else o for i, o in outcomes.items()} == again
    assert {path: path.read_bytes() for path in sorted(written.rglob("*.*"))} == first


def test_what_the_scope_does_not_have_is_told(
    folder: Path, cases: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(run(folder, cases, tmp_path / "near")) == 0
    out = " ".join(capsys.readouterr().out.split())
    assert "no two stories within the scope show that this decides" in out
    assert "The scope: stories with at most 1 gardener" in out
    assert "in which 2 axioms hold" in out


def test_where_only_a_part_was_searched_that_part_is_told(
    law: Law, stock: Stock, settled: dict[int, Settled], folder: Path, tmp_path: Path
) -> None:
    setting = read_setting(law)
    batches = [Batch((number,), tuple(SCOPE.items()), (), False) for number in settled]
    partly: dict[int, dict[str, int]] = {}
    for batch in batches:
        for one in choose(stock, setting, batch):
            if isinstance(one, Settled):
                assert not one.none
                partly |= {n: dict(part.scope) for part in one.partly for n in part.numbers}
    assert {number for number, one in settled.items() if one.none} <= partly.keys()
    assert all(part["reach"] == 1 for part in partly.values())
    names = {stock.conditions[number].id: part for number, part in partly.items()}
    files = NearMissFiles(tmp_path, Fingerprints(law, setting))
    files.write_excluded(stock.conditions, {*settled}, Beyond(SCOPE, partly=dict(partly)))
    excluded = read_excluded(tmp_path / FILE)
    assert excluded is not None
    assert {name: part for name, (part, _) in excluded.partly.items()} == names
    numbered = list(enumerate(stock.conditions))
    assert still_excluded(excluded, SCOPE, numbered, Fingerprints(law, setting))[2] == partly
    beyond = Beyond(SCOPE, partly=dict(partly))
    waiting = [n for batch in batches_of(stock, {*settled}, beyond, False) for n in batch.numbers]
    assert {*waiting} == settled.keys() - partly.keys()


def test_what_was_excluded_is_not_once_the_law_has_changed(
    folder: Path, cases: Path, tmp_path: Path, law: Law, stock: Stock
) -> None:
    written = tmp_path / "near"
    assert main(run(folder, cases, written)) == 0
    excluded = read_excluded(written / FILE)
    assert excluded is not None
    numbered = list(enumerate(stock.conditions))

    def known(of: Law, scope: dict[str, int]) -> frozenset[int]:
        fingerprints = Fingerprints(of, read_setting(of))
        return still_excluded(excluded, scope, numbered, fingerprints)[0]

    assert {stock.conditions[n].id for n in known(law, SCOPE)} == {
        *excluded.none,
        *excluded.never,
    }
    assert known(law, {**SCOPE, "plot": 2}) == frozenset()
    other = tmp_path / "garden"
    shutil.copytree(folder, other)
    world = other / "worlds" / "world.lp"
    world.write_text(WORLD.replace("20240401", "20240402"), encoding="utf-8")
    assert known(load_law(other), SCOPE) == frozenset()

"""Pairs of stories that show that conditions decide: found as by trying everything by hand."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import clingo
import pytest
from gardeners import FOUNDER
from hypothesis import given, settings
from hypothesis import strategies as st
from paths import GARDEN, ROOT

from reasoner.audit.certain import never_alone
from reasoner.audit.conditions import Condition, conditions, literal_at
from reasoner.audit.coverage import impossible, look, search
from reasoner.audit.nearby import Seed, Task, change, examine
from reasoner.audit.outcomes import CASES, IMPOSSIBLE, Beyond, Coverage
from reasoner.audit.probes import bound_by, can_decide
from reasoner.audit.processes import Workers
from reasoner.audit.stock import Stock, facts_in, look_at, near_each_other, take_stock
from reasoner.audit.variations import join, matter_of, vary
from reasoner.casefiles.case import Case, read_case_text
from reasoner.casefiles.edits import apply_edits
from reasoner.casefiles.near_misses import read_near_misses, write_near_misses
from reasoner.casefiles.read_edits import read_changes
from reasoner.casefiles.write_edits import write_change
from reasoner.cli import main
from reasoner.errors import InputError
from reasoner.hypotheses.check import check_cases
from reasoner.lawfiles.law import load_law
from reasoner.lawfiles.rules import Law, Literal, Rule
from reasoner.source import Source

GARDEN_CASES = {
    "founder": FOUNDER
    + """\
expect:
  - {answer: yes}
  - {answer: no, readings: {due: exclusive}}
""",
    "trusted": """\
case: A nuisance whom a founder vouches for
question: 1
about: rose
as_of: 2024-06-01
gardeners:
  gus: {founder: yes, vouches_for: rose}
  rose: {nuisance: yes, rent_paid: 2024-03-12}
plots:
  north:
    lease: {to: rose, since: 2024-06-01}
    beds: [{number: 1, area: 20, crop: beans}, {number: 2, area: 5, crop: gravel}]
expect:
  - {answer: yes}
""",
    "nobody": """\
case: Somebody without a plot
question: 2(a)
as_of: 2024-06-01
gardeners:
  may: {rent_paid: 2024-04-01, pardoned: yes}
expect:
  - {answer: no}
""",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Some cases about the garden."""
    folder = tmp_path_factory.mktemp("cases")
    for name, text in GARDEN_CASES.items():
        (folder / f"{name}.yaml").write_text(text)
    return folder


@pytest.fixture(scope="module")
def stock(garden: Law, folder: Path) -> Stock:
    """The garden's law with these cases."""
    return take_stock(garden, sorted(folder.glob("*.yaml")))


# by hand: every rule of a story is tried with everything there is


class ByHand:
    """One story, with all that holds in it by plain clingo."""

    def __init__(self, law: Law, case: Case) -> None:
        """Put the story to the law."""
        control = clingo.Control(["-Wno-atom-undefined"])
        control.load(str(law.main))
        control.add("base", [], "\n".join(sorted(facts_in(law, case))))
        control.ground([("base", [])])
        self.atoms: dict[tuple[str, int], set[tuple[str, ...]]] = {}
        for atom in control.symbolic_atoms:
            symbol = atom.symbol
            row = tuple(map(str, symbol.arguments))
            self.atoms.setdefault((symbol.name, len(row)), set()).add(row)

    def met(
        self, waiting: Sequence[Literal], known: Mapping[str, str]
    ) -> Iterator[Mapping[str, str]]:
        """The ways in which some conditions are all met."""
        if not waiting:
            yield known
            return
        ready = [x for x in waiting if x.atom is not None and not x.negated] or [
            x for x in waiting if self.value(x, known) is not None
        ]
        literal = ready[0]
        rest = [x for x in waiting if x is not literal]
        if literal.atom is not None and not literal.negated:
            for row in sorted(self.atoms.get(literal.atom.signature, ())):
                bound = dict(known)
                terms = [t.text for t in literal.atom.arguments]
                if all(self.fits(t, v, bound) for t, v in zip(terms, row, strict=True)):
                    yield from self.met(rest, bound)
            return
        value = self.value(literal, known)
        if isinstance(value, Mapping):
            yield from self.met(rest, value)
        elif value:
            yield from self.met(rest, known)

    def fits(self, term: str, value: str, bound: dict[str, str]) -> bool:
        if term == "_":
            return True
        if term[0].isupper() or term[0] == "_":
            return bound.setdefault(term, value) == value
        return term == value

    def value(self, literal: Literal, known: Mapping[str, str]) -> bool | Mapping[str, str] | None:
        """Whether a condition holds, what it makes known, or None where too little is known."""
        if literal.aggregate is not None:
            if not set(literal.aggregate.outer) <= known.keys():
                return None
            total = 0
            for element in literal.aggregate.elements:
                rows = {
                    tuple(found[t.text] for t in element.terms)
                    for found in self.met(element.condition, known)
                }
                total += sum(int(row[0]) for row in rows)
            return {**known, literal.aggregate.guard.text: str(total)}
        if literal.comparison is not None:
            left, right = literal.comparison.terms
            sign = literal.comparison.operators[0]
            if sign == "=" and left.is_variable and left.text not in known:
                reckoned = self.reckon(right.text, known)
                return None if reckoned is None else {**known, left.text: reckoned}
            sides = self.reckon(left.text, known), self.reckon(right.text, known)
            if None in sides:
                return None
            one, other = (int(side or 0) for side in sides)
            return {"<=": one <= other, ">=": one >= other, "=": one == other}[sign]
        assert literal.atom is not None
        terms = [t.text for t in literal.atom.arguments]
        if any(t[0].isupper() and t not in known for t in terms):
            return None
        row = tuple(known.get(t, t) for t in terms)
        return row not in self.atoms.get(literal.atom.signature, set())

    def reckon(self, text: str, known: Mapping[str, str]) -> str | None:
        names = re.findall(r"\b[A-Z]\w*", text)
        if any(name not in known for name in names):
            return None
        filled = re.sub(r"\b[A-Z]\w*", lambda m: known[m[0]], text).replace("/", "//")
        return str(eval(filled, {"__builtins__": {}}))

    def conclusions(self, rule: Rule) -> set[tuple[str, ...]]:
        """What a rule concludes."""
        return {
            tuple(found.get(t.text, t.text) for t in rule.head.arguments)
            for found in self.met(rule.body, {})
        }

    def lacks_alone(self, rule: Rule, literal: Literal, opened: set[str]) -> set[tuple[str, ...]]:
        """The conclusions for which one condition is alone missing; ``_`` is open."""
        others = [x for x in rule.body if x is not literal]
        bound = bound_by(others)
        asked = [x for x in others if set(x.variables) <= bound]
        found = set()
        for known in self.met(asked, {}):
            if any(True for _ in self.met([literal], known)):
                continue
            row = tuple(
                "_"
                if t.variables and (t.text not in known or t.text in opened)
                else known.get(t.text, t.text)
                for t in rule.head.arguments
            )
            if not any(covers(row, other) for other in self.atoms.get(rule.head.signature, ())):
                found.add(row)
        return found


def covers(pattern: Sequence[str], row: Sequence[str]) -> bool:
    """Whether a row is as a pattern has it."""
    return all(a in ("_", b) for a, b in zip(pattern, row, strict=True))


def shown_by_hand(law: Law, condition: Condition, before: ByHand, after: ByHand) -> bool:
    """Whether the first story shows with the second that a condition decides."""
    rule = law.rules[condition.rule]
    literal = literal_at(law, condition)
    opened = set(literal.variables) if literal.comparison is not None else set()
    entities = law.vocabulary.entities
    kinds = law.types.get(rule.head.signature, ())
    opened -= {
        t.text for t, kind in zip(rule.head.arguments, kinds, strict=True) if kind in entities
    }
    given = before.conclusions(rule)
    return any(
        covers(row, conclusion)
        for way in (set(), opened)
        for row in after.lacks_alone(rule, literal, way)
        for conclusion in given
    )


def test_pairs_are_those_found_by_trying_everything(garden: Law, stock: Stock) -> None:
    asked = [c for c in stock.conditions if len(c.place) == 1]
    matter = join(matter_of(garden, c) for c in stock.conditions)
    for place in range(stock.own):
        case = stock.stories[place].case
        edits = [v.edit for v in vary(garden, case, matter, stock.values)][:45]
        cases = [case, *(apply_edits(case, [edit]) for edit in edits)]
        by_hand = [ByHand(garden, one) for one in cases]
        expected = {
            stock.conditions.index(condition)
            for condition in asked
            for other in by_hand[1:]
            if shown_by_hand(garden, condition, by_hand[0], other)
            or shown_by_hand(garden, condition, other, by_hand[0])
        }
        seen = look_at(stock, cases, [(0, n) for n in range(1, len(cases))])
        inside = {n for n in seen.pairs if len(stock.conditions[n].place) > 1}
        assert seen.pairs.keys() - inside == expected
        for number, (first, second) in seen.pairs.items():
            if number not in inside:
                condition = stock.conditions[number]
                assert shown_by_hand(garden, condition, by_hand[first], by_hand[second])


def test_what_is_never_alone_missing_is_shown_by_nothing(garden: Law, stock: Stock) -> None:
    proved = {c.id for c in stock.conditions if never_alone(garden, c)}
    days = {"B1.1.1", "B2(a).1.1", "B5.1.1", "B5.2.1"}  # every question is about a day
    trusted = {"B4.2.1"}  # whoever vouches is trusted, so somebody is
    assert proved == days | trusted


def test_every_condition_of_the_garden_is_shown(garden: Law, stock: Stock) -> None:
    seen = look(stock)
    missing = [n for n in range(len(stock.conditions)) if n not in seen.pairs]
    proved = {n for n in impossible(stock, missing) if n is not None}
    wanted = [n for n in missing if n not in proved]
    with Workers(stock, [], [], [], 1) as workers:
        pairs = tuple(p for p in search(stock, seen, wanted, workers) if p is not None)
    outcomes = Coverage(stock, seen, pairs, frozenset(proved), Beyond({}), "complete").outcomes()
    left = {stock.conditions[n].id for n, o in enumerate(outcomes) if o == "open"}
    assert left == {"B2(b).1.1"}  # one of the two readings applies, so rent is always due
    assert outcomes.count(IMPOSSIBLE) == 5
    assert outcomes.count(CASES) >= 2


def test_a_pair_differs_in_one_thing(garden: Law, stock: Stock) -> None:
    targets = tuple(range(len(stock.conditions)))
    for place in range(stock.own):
        for pair in examine(stock, Task(Seed(place), targets, (), (), 200)).pairs:
            before = change(stock, pair.seed)
            after = change(stock, pair.seed, pair.edit)
            assert near_each_other(garden, [before, after]) == [(0, 1)]


def test_two_things_are_not_one(garden: Law) -> None:
    def story(text: str) -> Case:
        source = Source("a.yaml", f"case: a\nas_of: 2024-06-01\ngardeners: {text}\n")
        return read_case_text(source, garden.vocabulary)

    base = story("{gus: {founder: yes}, may: {}}")
    assert near_each_other(garden, [base, story("{gus: {}, may: {}}")]) == [(0, 1)]
    assert near_each_other(garden, [base, story("{gus: {}, may: {founder: yes}}")]) == [(0, 1)]
    assert near_each_other(garden, [base, story("{gus: {nuisance: yes}, may: {}}")]) == []
    assert near_each_other(garden, [base, base]) == []


def test_conditions_that_only_name_values_are_not_asked(garden: Law, stock: Stock) -> None:
    names = {c.id for c in conditions(garden)} - {c.id for c in stock.conditions}
    assert names == {"B2(c).1.2", "B2(c).1.4", "B5.1.3", "B5.2.3"}
    assert all(can_decide(stock.lifted, c) for c in stock.conditions)


@settings(max_examples=30, deadline=None)
@given(st.data())
def test_changes_read_back_as_they_are_written(data: st.DataObject) -> None:
    law = load_law(GARDEN)
    name = data.draw(st.sampled_from(sorted(GARDEN_CASES)))
    case = read_case_text(Source(f"{name}.yaml", GARDEN_CASES[name]), law.vocabulary)
    several = take_stock(law, [])
    matter = join(matter_of(law, c) for c in several.conditions)
    variations = vary(law, case, matter, several.values)
    edit = data.draw(st.sampled_from(variations)).edit
    texts = write_change(case, edit, law.vocabulary)
    assert texts is not None
    read = apply_edits(case, [c.edit for c in read_changes(case, law.vocabulary, texts)])
    assert facts_in(law, read) == facts_in(law, apply_edits(case, [edit]))


# files of near misses


def test_near_misses_are_written_once_and_replay(
    garden: Law, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    written = tmp_path / "near"
    run = ["coverage", "--law", str(GARDEN), "--cases", str(folder), "--write", str(written)]
    assert main(run) == 0
    first = {path.name: path.read_bytes() for path in sorted(written.iterdir())}
    assert first
    assert main(run) == 0
    assert {path.name: path.read_bytes() for path in sorted(written.iterdir())} == first
    capsys.readouterr()
    assert main(["check", "--law", str(GARDEN), str(folder), str(written)]) == 0
    out = capsys.readouterr().out
    assert "3 cases, 4 expectations: all met" in out
    assert re.search(r"\d+ near misses, generated: all as written", out)
    for path in sorted(written.iterdir()):
        found = read_near_misses(str(path), garden.vocabulary)
        name = str(Path("..") / ".." / folder.name / path.name)
        again = write_near_misses(name, found.base, found.near_misses)
        lines = path.read_text().splitlines()
        assert again.splitlines()[3:] == lines[3:]


def test_near_misses_that_no_longer_replay_are_left_out(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    written = tmp_path / "near"
    run = ["coverage", "1", "--law", str(GARDEN), "--cases", str(folder), "--write", str(written)]
    assert main(run) == 0
    before = {path: path.read_text() for path in written.iterdir()}
    stale = GOOD.replace("founder.yaml", str(folder / "founder.yaml")).replace("=no", "=yes")
    other = written / "other.yaml"
    other.write_text(stale)
    path = min(before)
    path.write_text(before[path] + stale.splitlines()[-1] + "\n")
    assert main(run) == 0
    capsys.readouterr()
    assert {path: path.read_text() for path in written.iterdir()} == before


def test_the_shipped_near_misses_replay(law: Law) -> None:
    files = sorted((ROOT / "cases" / "near_misses").glob("*.yaml"))
    assert len(files) > 100
    for checked in check_cases(law, files):
        assert checked.generated
        assert not checked.problems
        assert all(result.passed for result in checked.results)


def test_shipped_near_misses_show_what_they_say(law: Law) -> None:
    files = sorted((ROOT / "cases" / "near_misses").glob("*.yaml"))[::40]
    found = [
        one for path in files for one in read_near_misses(str(path), law.vocabulary).near_misses
    ]
    names = {name for one in found for name, _ in one.shows}
    several = take_stock(law, [], files)
    asked = tuple(c for c in several.conditions if c.id in names)
    assert {c.id for c in asked} == names
    some = replace(several, conditions=asked)
    for one in found:
        seen = look_at(some, [one.before, one.after], [(0, 1)])
        assert {name for name, _ in one.shows} <= {asked[n].id for n in seen.pairs}


def test_what_a_near_miss_shows_is_not_said_to_be_impossible(law: Law) -> None:
    files = sorted((ROOT / "cases" / "near_misses").glob("*.yaml"))[::3]
    found = [read_near_misses(str(path), law.vocabulary) for path in files]
    shown = {name for file in found for one in file.near_misses for name, _ in one.shows}
    assert [c.id for c in conditions(law) if c.id in shown and never_alone(law, c)] == []


def test_an_option_with_a_number_is_not_any_option(law: Law) -> None:
    asked = [c for c in conditions(law) if "tolerant(" in literal_at(law, c).text]
    assert asked
    assert not any(never_alone(law, c) for c in asked)


GOOD = """\
near_misses_of: founder.yaml
generated: yes
near_misses:
  - {change: gardeners.gus.founder=no, question: 1, before: yes, after: no}
"""


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "no near misses"),
        ("- 1\n", "no near misses"),
        (GOOD.replace("founder.yaml", "fonder.yaml"), "fonder.yaml"),
        (GOOD.replace("near_misses_of: founder.yaml\n", ""), "of which case"),
        (GOOD.replace("generated: yes\n", ""), "does not say that near misses are generated"),
        (GOOD.replace("generated: yes", "generated: no"), "near misses are generated"),
        (GOOD.replace("generated", "generatd"), "has no key 'generatd'"),
        (GOOD.replace("change:", "chnge:"), "a near miss has no key 'chnge'"),
        (GOOD.replace("change: gardeners.gus.founder=no, ", ""), "has no 'change'"),
        (GOOD.replace("after: no", "after: yes"), "the same before and after"),
        (GOOD.replace("after: no", "after: perhaps"), "'perhaps' is not an answer"),
        (GOOD.replace("gus.founder", "gus.fonder"), "there is no key 'fonder'"),
        (GOOD.replace("gus.founder", "guss.founder"), "'guss'"),
        (GOOD.replace("founder=no", "founder="), "the same before"),
        (GOOD.replace("  - {", "  - x\n  - {"), "a near miss is a mapping"),
        (GOOD.replace("question: 1", "question: 1, about: nobody"), "'nobody'"),
        (GOOD.replace("question: 1", "question: 1, given: gardeners.gus.pardoned=maybe"), "maybe"),
        (GOOD.replace("question: 1", "question: 1, shows: [a]"), "must be a mapping"),
        (GOOD.replace("question: 1", "question: 1, as_of: 2024-02-30"), "there is no day"),
        (GOOD.replace("question: 1", "question: 77"), "77"),
        (
            GOOD.replace("question: 1", "question: 1, given: gardeners.gus.pardoned=unknown"),
            "nothing is unknown",
        ),
    ],
)
def test_bad_near_misses_are_refused(
    folder: Path, text: str, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = folder / "near.yaml"
    path.write_text(text)
    law = load_law(GARDEN)
    try:
        found = read_near_misses(str(path), law.vocabulary)
    except InputError as error:
        problems = str(error)
    else:
        (checked,) = check_cases(law, [path])
        problems = str(InputError(checked.problems)) if checked.problems else ""
        problems = problems or "the same before" * (found.near_misses[0].change != ())
    finally:
        path.unlink()
    assert message in problems
    if "near.yaml" not in problems:
        assert "the same before" in problems


def test_a_near_miss_that_does_not_replay_is_told(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "near.yaml"
    path.write_text(
        GOOD.replace("founder.yaml", str(folder / "founder.yaml")).replace("=no", "=yes")
    )
    assert main(["check", "--law", str(GARDEN), str(path)]) == 1
    out = capsys.readouterr().out
    assert "expected yes, then no, got yes, then yes" in out
    assert "1 near miss, generated: 1 not as written" in out


# the command


def test_the_table_and_the_data_agree(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run = ["coverage", "2", "--law", str(GARDEN), "--cases", str(folder)]
    assert main([*run, "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["schema"] == "reasoner/coverage/1"
    assert {c["pinpoint"] for c in data["conditions"]} == {"B2(a)", "B2(b)", "B2(c)"}
    for provision in data["provisions"]:
        mine = [c for c in data["conditions"] if c["pinpoint"] == provision["pinpoint"]]
        assert provision["conditions"] == len(mine)
        for outcome in ("cases", "near_misses", "found", "open", "impossible"):
            assert provision[outcome] == sum(c["outcome"] == outcome for c in mine)
    assert main([*run, "--width", "40"]) == 0
    out = capsys.readouterr().out
    assert "B2(c)" in out
    assert all(len(line) <= 40 for line in out.splitlines() if "bylaw.lp" not in line)


def test_it_speaks_french(capsys: pytest.CaptureFixture[str]) -> None:
    run = ["coverage", "63(b)", "--cases", "cancelled-by-an-officer", "--time", "1"]
    assert main([*run, "--lang", "fr"]) == 0
    out = capsys.readouterr().out
    assert "disposition" in out
    assert "conditions" in out


def test_a_folder_that_cannot_be_made_is_told(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    taken = tmp_path / "taken"
    taken.write_text("")
    run = ["coverage", "--law", str(GARDEN), "--cases", str(folder), "--write", str(taken)]
    assert main(run) == 2
    assert f"--write {taken}: File exists" in capsys.readouterr().err


def test_other_laws_need_cases(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["coverage", "--law", str(GARDEN)]) == 2
    assert "no cases are named" in capsys.readouterr().err
    assert main(["coverage", "999"]) == 2
    assert "the law has no provision '999'" in capsys.readouterr().err

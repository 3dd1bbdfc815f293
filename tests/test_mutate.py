"""Mutants of a law: what they are, and that the fast way finds what trying each by hand finds."""

import json
from collections.abc import Iterable
from pathlib import Path
from shutil import copytree

import clingo
import pytest
from gardeners import FOUNDER
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st
from paths import GARDEN
from shipped import shipped_law
from test_random_laws import DAY, PREAMBLE, Story, stories

from reasoner.audit.conditions import conditions, literal_at
from reasoner.audit.implied import is_equivalent
from reasoner.audit.mutants import Mutant, mutants
from reasoner.audit.mutation import Files, try_mutants
from reasoner.audit.noticing import (
    INEXPRESSIBLE,
    NOTICED,
    SURVIVED,
    UNREACHED,
    Examination,
    Verdict,
)
from reasoner.casefiles.case import Expectation, read_case_text
from reasoner.cli import main
from reasoner.commands.stories import read_pinpoints
from reasoner.errors import InputError, Position
from reasoner.hypotheses.check import check_cases
from reasoner.hypotheses.expectations import Asked, Posed, read_expectations
from reasoner.lawfiles.law import load_law
from reasoner.lawfiles.rules import Law
from reasoner.solving.question import Goal
from reasoner.solving.solve import World, answer, facts_of, facts_of_world, ground_case
from reasoner.source import Source
from reasoner.wording.conditions import say_once

DAYS = """
day_of_case(D) :- as_of(D).
day_of_case(D) :- leased_to(_, _, D).
day_of_case(D) :- rent_paid(_, D).
"""

CASES = {
    "founder": FOUNDER
    + """\
expect:
  - {answer: yes, decided_by: [2(c), 3]}
  - {answer: no, readings: {due: exclusive}, decided_by: [2(b)]}
  - {question: 2(a), answer: yes}
""",
    "nuisance": """\
case: A nuisance whom nobody pardoned
question: 3
as_of: 2024-06-01
gardeners:
  ann: {nuisance: yes, vouches_for: ben}
  ben: {nuisance: yes, founder: yes, vouches_for: cas}
  cas: {nuisance: yes, pardoned: yes}
expect:
  - {answer: yes, about: ann}
  - {answer: no, about: ben}
  - {question: trusted(cas), answer: yes, decided_by: [4]}
""",
    "late": """\
case: Rent a day late, gravel, a lease to come
question: 1
as_of: 2024-04-01
gardeners: {eve: {rent_paid: 2024-04-01}}
plots:
  north:
    lease: {to: eve, since: 2024-04-02}
    beds: [{number: 1, area: 40, crop: gravel}, {number: 2, area: 19, crop: beans}]
expect:
  - {answer: no, decided_by: [2(a), 2(b), 2(c)]}
  - {question: 2(c), answer: no}
  - {question: 2(a), answer: no}
""",
    "unknown": """\
case: Nobody knows whether she was a nuisance
question: 3
as_of: 2024-06-01
gardeners: {zoe: {nuisance: unknown}}
expect:
  - {answer: undetermined}
""",
}


SAID = """\
provision  changes  by cases  generated  known  by a story  by none  open  same  unmade
B2(a)            6         5                                            1

B2(a): nobody notices when
  the limit itself is no longer enough in: what stands on line 27
    B2(a).1.3:<=-><  tests/garden/bylaw.lp:27  (no case comes to it)

6 changes: 5 noticed by cases, 1 not reached by any case.
"""


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The cases above as files."""
    folder = tmp_path_factory.mktemp("cases")
    for name, text in CASES.items():
        (folder / f"{name}.yaml").write_text(text)
    return sorted(folder.glob("*.yaml"))


def asked_of(law: Law, files: Iterable[Path]) -> list[Asked]:
    """The cases with what they expect."""
    return [read_expectations(law, path) for path in files]


def outcomes(law: Law, several: list[Mutant], asked: list[Asked]) -> dict[str, str]:
    """What becomes of mutants, in one process."""
    found = Examination(law, asked).run({n: m for n, m in enumerate(several) if m.expressible})
    return {several[v.mutant].id: v.outcome for v in found if isinstance(v, Verdict)}


# what mutants are


def test_conditions_are_known_by_their_place(garden: Law) -> None:
    found = {c.id: (c.kind, literal_at(garden, c).text) for c in conditions(garden)}
    assert found["B1.1.5"] == ("conclusion", "not forfeited(G)")
    assert found["B2(a).1.2"] == ("fact", "leased_to(Any1,G,From)")
    assert found["B2(a).1.3"] == ("comparison", "From <= D")
    assert found["B2(c).1.2"][0] == "count"
    assert found["B2(c).1.2.1.1"] == ("fact", "bed(L,Number,Area,beans)")
    assert found["B2(c).1.4"][0] == "calculation"
    assert found["B4.2.2"] == ("conclusion", "trusted(H)")
    assert found["B5.1.2"] == ("reading", "reading(due,inclusive)")
    assert {c.heading for c in conditions(garden, ["B2"])} == {"B2(a)", "B2(b)", "B2(c)"}


def test_each_condition_is_dropped_negated_and_shifted(garden: Law) -> None:
    found = {m.id: m for m in mutants(garden, ["B2"])}
    texts = {name: m.changed.text for name, m in found.items() if m.changed}
    assert set(found) == {
        *(f"B2(a).1.{n}:{c}" for n in (2, 3) for c in ("dropped", "negated")),
        *(f"B2(b).1.{n}:{c}" for n in (1, 2, 3) for c in ("dropped", "negated")),
        *(f"B2(c).1.{n}:{c}" for n in ("1", "2.1.1", "3") for c in ("dropped", "negated")),
        *(f"B2({p}).1:dropped" for p in "abc"),
        "B2(a).1.3:<=-><",
        "B2(b).1.3:<=-><",
        "B2(c).1.3:20->21",
        "B2(c).1.3:20->19",
    }
    assert texts["B2(a).1.3:<=-><"] == "tenant(G,D) :- as_of(D), leased_to(Any1,G,From), From < D."
    # what nothing binds any more is bound by its type
    assert texts["B2(a).1.2:dropped"] == (
        "tenant(G,D) :- as_of(D), From <= D, gardener(G), day_of_case(From)."
    )
    assert texts["B2(a).1.2:negated"] == (
        "tenant(G,D) :- as_of(D), not leased_to(_,G,From), From <= D, "
        "gardener(G), day_of_case(From)."
    )
    # and a number has no list of values
    assert not found["B2(c).1.2.1.1:dropped"].expressible
    assert found["B2(c).1:dropped"].changed is None


def test_date_is_shifted_by_a_day_and_what_lists_dates_follows(tmp_path: Path) -> None:
    law = written_law(
        tmp_path,
        "%## 1\n%> A rule.\n%+ p holds\n%- p does not hold\n"
        "p(X) :- mark(X), amended(20240229).\nq :- amended(20240229).",
        "listed(20240229). amended(D) :- listed(D), as_of(Today), D <= Today.",
    )
    found = {m.id: m for m in mutants(law)}
    later = found["T1.1.2:20240229->20240301"]
    assert later.changed is not None
    assert later.changed.text == "p(X) :- mark(X), amended(20240301)."
    assert [row.text for row in later.rows] == ["listed(20240301)."]
    assert found["T1.1.2:20240229->20240228"].rows[0].text == "listed(20240228)."


def test_condition_that_the_others_bring_with_them_makes_no_difference(tmp_path: Path) -> None:
    words = "%+ {X} it is\n%- {X} it is not\n"
    law = written_law(
        tmp_path,
        f"%## 1\n%> A rule.\n{words}p(X) :- mark(X), q(X), size(X, N), N > 1.\n"
        f"%## 2\n%> A rule.\n{words}q(Y) :- mark(Y), link(Y, _).\nq(Y) :- mark(Y), near(Y, _).",
    )
    found = {m.id for m in mutants(law) if is_equivalent(law, m)}
    assert found == {"T1.1.1:dropped"}


# what becomes of them


def test_garden_is_judged_as_by_changing_its_files(
    garden: Law, files: list[Path], tmp_path: Path
) -> None:
    several = mutants(garden)
    found = outcomes(garden, several, asked_of(garden, files))
    assert {NOTICED, SURVIVED} <= set(found.values())
    for number, mutant in enumerate(several):
        if mutant.expressible:
            noticed = noticed_by_hand(garden, mutant, files, tmp_path / str(number))
            assert (found[mutant.id] == NOTICED) is noticed, mutant.id
        else:
            assert mutant.id not in found
        if is_equivalent(garden, mutant):
            assert found[mutant.id] != NOTICED


def noticed_by_hand(law: Law, mutant: Mutant, files: list[Path], folder: Path) -> bool:
    """Whether an expectation fails when the law is written with the mutant in its place."""
    rule = law.rules[mutant.rule]
    copytree(law.directory, folder)
    path = folder / Path(rule.position.path).name
    lines = path.read_text().split("\n")
    text = mutant.changed.text if mutant.changed else ""
    lines[rule.position.line - 1 : rule.last_line] = [text]
    path.write_text("\n".join(lines))
    (folder / "readings.lp").write_text((folder / "readings.lp").read_text() + DAYS)
    try:
        changed = load_law(folder)
    except InputError:  # it rests on its own negation: no one model is the answer
        return any(
            answers(folder, asked, posed) != {posed.expectation.answer}
            for asked in asked_of(law, files)
            for posed in asked.posed
            if not asked.unsettled
        )
    checked = list(check_cases(changed, files))
    return any(c.problems or not all(r.passed for r in c.results) for c in checked)


def answers(folder: Path, asked: Asked, posed: Posed) -> set[str]:
    """What a law without strata answers, in each of its models."""
    control = clingo.Control(["-Wno-atom-undefined", "0"])
    control.load(str(folder / "main.lp"))
    facts = [*facts_of(asked.case), *facts_of_world(posed.world)]
    control.add("base", [], "\n".join(facts))
    control.ground([("base", [])])
    found = set()
    wanted = clingo.parse_term(posed.goal.text)
    with control.solve(yield_=True) as models:
        for model in models:
            found.add("yes" if model.contains(wanted) else "no")
    return found


def test_processes_find_what_one_does(garden: Law, files: list[Path]) -> None:
    several = mutants(garden, ["B2", "B3"])
    alone = outcomes(garden, several, asked_of(garden, files))
    search = try_mutants(garden, dict(enumerate(several)), ["B2", "B3"], Files(tuple(files)), 2)
    verdicts = {several[v.mutant].id: v.outcome for v in search if v is not None}
    assert {name: o for name, o in verdicts.items() if name in alone} == alone
    assert {o for name, o in verdicts.items() if name not in alone} == {INEXPRESSIBLE}


@settings(deadline=None, max_examples=12, suppress_health_check=list(HealthCheck))
@given(story=stories(), data=st.data())
def test_random_law_is_judged_as_by_changing_its_text(story: Story, data: st.DataObject) -> None:
    note(f"{story.rules}\n{story.facts}")
    with temporary_law(story.rules) as law:
        several = [m for m in mutants(law) if m.expressible]
        some = st.lists(st.integers(0, len(several) - 1), min_size=1, max_size=8, unique=True)
        judged_as_by_changing_its_text(law, story, [several[place] for place in data.draw(some)])


RESTS_ON_NO_CASE = """\
%# T regulation: Test

%## 1
%> A rule.
%
%+ p0 holds
%- p0 does not hold
p0 :- not colour(_).
"""


def test_mutant_of_what_rests_on_no_case_is_noticed() -> None:
    story = Story(RESTS_ON_NO_CASE, "thing(a).\nas_of(20240601).", (Goal("p0", (), ""),))
    with temporary_law(story.rules) as law:
        dropped = [m for m in mutants(law) if m.id == "T1.1.1:dropped"]
        assert judged_as_by_changing_its_text(law, story, dropped) == {"T1.1.1:dropped": NOTICED}


def judged_as_by_changing_its_text(law: Law, story: Story, tried: list[Mutant]) -> dict[str, str]:
    case = read_case_text(Source("case.lp", story.facts), law.vocabulary)
    world = World(DAY, None, case.readings)
    here = Position("case.lp", 1, 1)
    posed = []
    for number, goal in enumerate(story.goals):
        said = answer(ground_case(law, case, world, [goal]), case, world, goal).answer
        wanted = Expectation(goal.text, (), None, said, (), (), None, here)
        posed.append(Posed(number, wanted, goal, world))
    asked = Asked(Path("case.lp"), case, tuple(posed))
    found = outcomes(law, tried, [asked])
    for mutant in tried:
        noticed = not all(
            plainly(law, mutant, [*facts_of(case), *facts_of_world(world)], p) for p in posed
        )
        assert (found[mutant.id] == NOTICED) is noticed, mutant
        assert not (noticed and is_equivalent(law, mutant))
    return found


def plainly(law: Law, mutant: Mutant, facts: list[str], posed: Posed) -> bool:
    """Whether clingo by itself gives the expected answer where the mutant is in the law."""
    rules = [r.text for r in law.rules if r.number != mutant.rule]
    rules += [mutant.changed.text] if mutant.changed else []
    rules += [row.text for row in mutant.rows]
    shown = " ".join([*rules, *facts, f"day_of_case({DAY}).", f"asked_goal :- {posed.goal.text}."])
    control = clingo.Control(["-Wno-atom-undefined", "0"], logger=lambda _code, _text: None)
    control.add("base", [], shown)
    control.ground([("base", [])])
    with control.solve(yield_=True) as models:
        said = {model.contains(clingo.Function("asked_goal")) for model in models}
    return said == {posed.expectation.answer == "yes"}


def test_mutant_without_end_gives_no_answer(tmp_path: Path) -> None:
    rules = (
        "%## 1\n%> A rule.\n%+ {N} is reached\n%- {N} is not reached\n"
        "reached(N) :- size(_, N).\nreached(N) :- reached(M), N = M + 1, N < 9."
    )
    law = written_law(tmp_path, rules)
    case = tmp_path / "c.yaml"
    case.write_text(
        "case: x\nas_of: 2024-06-01\nquestion: reached(8)\nthings: {a: {size: 3}}\n"
        "expect: [{answer: yes}]\n"
    )
    several = {n: m for n, m in enumerate(mutants(law)) if m.id == "T1.2.3:dropped"}
    assert several
    import reasoner.audit.mutation as mutation

    limits, mutation.LIMITS = mutation.LIMITS, mutation.LIMITS._replace(patience=3)
    try:
        found = [v for v in try_mutants(law, several, [], Files((case,))) if v is not None]
    finally:
        mutation.LIMITS = limits
    assert [v.outcome for v in found] == [NOTICED]


def test_what_is_said_twice_is_said_once() -> None:
    assert say_once("permit any permit ends") == "any permit ends"
    assert say_once("la date du permis un permis quelconque") == "la date d'un permis quelconque"
    assert say_once("the date of validity of any permit") == "the date of validity of any permit"


# the command


def run(*arguments: object) -> int:
    """Run the command on the garden."""
    return main(["mutate", "--law", str(GARDEN), *map(str, arguments)])


def test_command_says_what_nobody_notices(
    files: list[Path], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(GARDEN.parents[1])
    assert run("2(a)", "--cases", files[0].parent) == 1
    printed = capsys.readouterr().out
    assert printed == SAID
    assert run("2(a)", "--cases", files[0].parent, "--json") == 1
    data = json.loads(capsys.readouterr().out)
    assert data["schema"] == "reasoner/mutate/1"
    (row,) = data["provisions"]
    assert row["pinpoint"] == "B2(a)"
    assert row["mutants"] == 6 == sum(row[key] for key in row if key not in ("pinpoint", "mutants"))
    assert all(f"{m['id']}  " in printed for m in data["mutants"] if m["outcome"] == SURVIVED)


def test_survivor_that_is_listed_does_not_fail(
    files: list[Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("2(a)", "--cases", files[0].parent, "--json")
    data = json.loads(capsys.readouterr().out)
    known = tmp_path / "known.yaml"
    survivors = [m["id"] for m in data["mutants"] if m["outcome"] in (SURVIVED, UNREACHED)]
    known.write_text("".join(f"{name}: no day is like another\n" for name in survivors))
    assert run("2(a)", "--cases", files[0].parent, "--known", known) == 0
    known.write_text("B2(a): nobody looks at days\n")
    assert run("2(a)", "--cases", files[0].parent, "--known", known) == 0
    known.write_text(known.read_text() + "B2(a).1:dropped: in vain\n")
    capsys.readouterr()
    assert run("2(a)", "--cases", files[0].parent, "--known", known) == 1
    assert "noticed or not there: B2(a).1:dropped" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("B1.1.1:dropped:\n", "no reason"),
        ("- B1.1.1\n", "no list of changes"),
        ("B1.1.1:dropped: {a: b}\n", "no reason"),
        ("a: &x b\n", ""),
    ],
)
def test_list_that_is_none_is_refused(
    text: str, message: str, files: list[Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    known = tmp_path / "known.yaml"
    known.write_text(text)
    assert run("1", "--cases", files[0].parent, "--known", known) == 2
    out, err = capsys.readouterr()
    assert not out
    assert message in err
    assert "known.yaml:1:" in err


def test_bad_input_is_refused(
    files: list[Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("1") == 2
    assert "no cases are named" in capsys.readouterr().err
    assert run("9", "--cases", files[0].parent) == 2
    assert "no provision '9'" in capsys.readouterr().err
    assert run("6", "--cases", files[0].parent) == 2
    assert "no rule to change in B6" in capsys.readouterr().err
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text(CASES["late"].replace("{answer: no, decided", "{answer: yes, decided"))
    assert run("1", "--cases", wrong) == 2
    assert "does not answer what is expected here" in capsys.readouterr().err
    empty = tmp_path / "empty"
    empty.mkdir()
    assert run("1", "--cases", empty) == 2
    assert "there are no cases" in capsys.readouterr().err


# helpers


def written_law(folder: Path, rules: str, plain: str = "") -> Law:
    """The law of random tests with some rules, and some without a heading."""
    (folder / "main.lp").write_text(f"{PREAMBLE}\n{plain}\n", encoding="utf-8")
    (folder / "rules.lp").write_text(f"%# T regulation: Test\n{rules}\n", encoding="utf-8")
    return load_law(folder)


class temporary_law:  # noqa: N801 - it is used like a function
    """A law in a folder that goes away."""

    def __init__(self, rules: str) -> None:
        from tempfile import TemporaryDirectory

        self.folder = TemporaryDirectory()
        self.rules = rules

    def __enter__(self) -> Law:
        path = Path(self.folder.name)
        (path / "main.lp").write_text(PREAMBLE, encoding="utf-8")
        (path / "rules.lp").write_text(self.rules, encoding="utf-8")
        return load_law(path)

    def __exit__(self, *_: object) -> None:
        self.folder.cleanup()


def test_a_section_may_stand_in_the_law_by_its_subsections_only() -> None:
    law = shipped_law()
    assert "A25" not in law.provisions
    assert read_pinpoints(law, ["25", "R65(b)", "63"]) == ["A25", "R65(b)", "R63"]
    with pytest.raises(InputError) as caught:
        read_pinpoints(law, ["9x", "63", "8x"])
    assert len(caught.value.problems) == 2

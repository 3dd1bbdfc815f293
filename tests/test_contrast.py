"""Two cases contrasted: who plays whose part, and which differences explain other answers."""

import json
from dataclasses import replace
from itertools import chain, combinations
from pathlib import Path
from types import MappingProxyType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from paths import CASE_FILES, GARDEN, TESTS

from reasoner.casefiles.case import Case, read_case, read_case_text
from reasoner.casefiles.edits import apply_edits
from reasoner.casefiles.write_case import write_case
from reasoner.cli import main
from reasoner.hypotheses.align import align
from reasoner.hypotheses.distinguish import Distinction, carried_over, distinguish, explaining
from reasoner.lawfiles.rules import Law
from reasoner.lawfiles.vocabulary import Vocabulary
from reasoner.reasons.contrast import causes
from reasoner.solving.question import on_day
from reasoner.solving.search import gather
from reasoner.solving.solve import answer, ground_case, world_of
from reasoner.source import Source

CALM = settings(deadline=None, derandomize=True, max_examples=40)
ENDS = {"fact", "reading", "comparison", "count"}
DAYS = ("2024-03-30", "2024-03-31", "2024-04-01")


def answer_with(found: Distinction, places: tuple[int, ...]) -> str:
    """What the case at the target answers once some differences are carried over to it."""
    base = found.decisions[found.target]
    world = base.world
    asked = replace(base.case, as_of=world.day, law_date=world.law_date, readings=world.readings)
    edits = [found.differences[place].carried_to(found.target) for place in places]
    case = apply_edits(asked, edits)
    there = world_of(base.law, case)
    goal = on_day(base.law, base.goal, there.day)
    return answer(ground_case(base.law, case, there, [goal]), case, there, goal).answer


def subsets(places: tuple[int, ...]) -> list[tuple[int, ...]]:
    """All subsets, the smallest first."""
    sizes = (combinations(places, size) for size in range(len(places) + 1))
    return list(chain.from_iterable(sizes))


def called_otherwise(vocabulary: Vocabulary, case: Case) -> Case:
    """The same case with every entity called otherwise, and told the other way round."""
    called = {name: f"x{place}" for place, name in enumerate(reversed(list(case.entities)))}
    statements = [
        replace(
            s,
            arguments=tuple(
                called[term] if argument.type in vocabulary.entities else term
                for argument, term in zip(
                    vocabulary.facts[s.name].arguments, s.arguments, strict=True
                )
            ),
        )
        for s in reversed(case.statements)
    ]
    return replace(
        case,
        statements=tuple(statements),
        denials=(),
        about=tuple(called[name] for name in case.about),
        entities=MappingProxyType(
            {called[name]: kind for name, kind in reversed(list(case.entities.items()))}
        ),
        names=MappingProxyType({called[n]: words for n, words in case.names.items()}),
    )


# who plays whose part


@pytest.mark.parametrize("path", CASE_FILES.values(), ids=lambda path: path.stem)
def test_a_case_told_with_other_names_is_the_same_case(path: Path, law: Law) -> None:
    case = read_case(str(path), law.vocabulary)
    other = called_otherwise(law.vocabulary, case)
    aligned = align(law.vocabulary, case, other, ())
    assert {s.atom for s in aligned.case.statements} == {s.atom for s in case.statements}
    told = {name for s in case.statements for name in s.arguments if name in case.entities}
    assert aligned.shared >= told


def test_whom_the_questions_are_about_play_the_same_part(law: Law) -> None:
    first, second = (
        read_case(str(CASE_FILES[name]), law.vocabulary)
        for name in ("a-family-of-four", "four-people-bound-for-quebec")
    )
    aligned = align(law.vocabulary, first, second, [("feodor", "queenie")])
    assert aligned.called["queenie"] == "feodor"
    assert len(set(aligned.called.values())) == len(second.entities)


def test_what_only_one_case_has_does_not_take_the_name_of_another(garden: Law) -> None:
    first = story("", plots="  p1: {lease: {to: ana, since: 2020-01-01}}")
    second = story("", plots="  p2: {beds: {number: 1, area: 3, crop: Beans}}\n  p1: {}")
    aligned = align(garden.vocabulary, read(garden, first), read(garden, second), [("ana", "ana")])
    assert dict(aligned.called) == {"ana": "ana", "p2": "p2", "p1": "p1"}
    swapped = align(garden.vocabulary, read(garden, second), read(garden, first), ())
    assert swapped.shared == {"ana", "p1"}


# what explains other answers


def story(about: str, plots: str, day: str = "2024-06-01", strict: bool = False) -> str:
    """A case about a gardener."""
    reading = "readings: {due: exclusive}\n" if strict else ""
    return f"""\
case: A garden
question: 1
as_of: {day}
{reading}gardeners:
  ana: {{{about}}}
plots:
{plots}
"""


def read(garden: Law, text: str) -> Case:
    return read_case_text(Source("garden.yaml", text), garden.vocabulary)


@st.composite
def gardens(draw: st.DrawFn) -> str:
    """A gardener with a plot or two, who may have paid in time, or be a nuisance."""
    about = [f"rent_paid: {draw(st.sampled_from(DAYS))}"]
    for fact in ("nuisance", "pardoned", "founder"):
        status = draw(st.sampled_from(["", "yes", "no", "unknown"]))
        about += [f"{fact}: {status}"] if status else []
    plots = []
    for name in ("p1", "p2")[: draw(st.integers(1, 2))]:
        since = draw(st.sampled_from(["2020-01-01", "2024-06-02"]))
        area = draw(st.sampled_from([12, 20]))
        plots.append(
            f"  {name}: {{lease: {{to: ana, since: {since}}}, "
            f"beds: {{number: 1, area: {area}, crop: Beans}}}}"
        )
    day = draw(st.sampled_from(["2024-06-01", "2024-06-03"]))
    return story(", ".join(about), "\n".join(plots), day, draw(st.booleans()))


@CALM
@given(gardens(), gardens())
def test_every_smallest_set_that_explains_the_answers_is_found(
    garden: Law, first: str, second: str
) -> None:
    found = distinguish(garden, read(garden, first), read(garden, second))
    assert answer_with(found, tuple(range(len(found.differences)))) == found.wanted
    if found.same_answer:
        return
    expected: list[tuple[int, ...]] = []
    for places in subsets(tuple(range(len(found.differences)))):
        if not any(set(known) <= set(places) for known in expected):
            expected += [places] if answer_with(found, places) == found.wanted else []
    sets = gather(explaining(found))
    assert sets.complete
    assert sorted(sets.found) == sorted(expected)
    assert list(map(len, sets.found)) == sorted(map(len, sets.found))


@CALM
@given(gardens(), gardens())
def test_what_differs_in_the_reasons_ends_at_what_the_cases_differ_in(
    garden: Law, first: str, second: str
) -> None:
    found = distinguish(garden, read(garden, first), read(garden, second))
    reasons = found.comparison.questions[0].contrast
    assert {change.kind for change in causes(reasons.changes)} <= ENDS
    assert found.same_answer or reasons.changes


@CALM
@given(gardens())
def test_nothing_sets_a_case_apart_from_itself(garden: Law, text: str) -> None:
    found = distinguish(garden, read(garden, text), read(garden, text))
    assert found.same_answer
    reasons = found.comparison.questions[0].contrast
    assert (found.differences, reasons.changes, reasons.aside) == ((), (), ())


PAIRS = [
    ("record-suspension", "criminality", "65"),
    ("one-day-gap", "single-three-year-permit", "65"),
    ("single-three-year-permit", "one-day-gap", "65"),
    ("quebec-opinion-missing", "quebec-opinion-unknown", "65"),
    ("quebec-opinion-unknown", "bound-for-ontario", "65(d)"),
    ("four-people-bound-for-quebec", "a-family-of-four", "65(d)"),
]


@pytest.mark.parametrize(("first", "second", "question"), PAIRS, ids=str)
def test_a_set_carries_the_answer_over_and_no_part_of_it_does(
    first: str, second: str, question: str, law: Law
) -> None:
    cases = [read_case(str(CASE_FILES[name]), law.vocabulary) for name in (first, second)]
    found = distinguish(law, cases[0], cases[1], question)
    assert not found.same_answer
    sets = gather(explaining(found), limit=4)
    assert sets.found
    for places in sets.found:
        answers = {part: answer_with(found, part) == found.wanted for part in subsets(places)}
        assert [part for part, wanted in answers.items() if wanted] == [places]


def test_a_record_suspension_alone_makes_the_difference(law: Law) -> None:
    """A member who is inadmissible no more has no ground left: R65(b) needs one."""
    first, second = (
        read_case(str(CASE_FILES[name]), law.vocabulary)
        for name in ("record-suspension", "criminality")
    )
    found = distinguish(law, first, second)
    (places,) = gather(explaining(found)).found
    (difference,) = (found.differences[place] for place in places)
    (gone,) = difference.carried_to(0).removed
    assert gone.name == "record_suspended"
    assert difference.carried_to(0).added == ()


def test_days_asked_about_stand_for_each_other(garden: Law) -> None:
    """On another day for the same reasons: nothing of the reasons differs."""
    about = "rent_paid: 2024-03-30"
    plot = "  p1: {lease: {to: ana, since: 2020-01-01}, beds: {number: 1, area: 20, crop: Beans}}"
    first, second = (read(garden, story(about, plot, d)) for d in ("2024-06-01", "2024-06-03"))
    found = distinguish(garden, first, second)
    assert found.same_answer
    assert found.comparison.questions[0].contrast.changes == ()
    assert [difference.days for difference in found.differences] == [(20240601, 20240603)]


# the command


def call(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = main(["contrast", *arguments])
    said = capsys.readouterr()
    return status, said.out, said.err


BEANS = [str(TESTS / "goldens" / f"{name}.yaml") for name in ("beans", "gravel")]
OF_GARDEN = ("--law", str(GARDEN))


def test_a_saved_case_gives_the_other_answer(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "saved.yaml"
    assert call(capsys, *BEANS, *OF_GARDEN, "--save", str(path))[0] == 0
    assert main(["check", str(path), *OF_GARDEN]) == 0
    assert "1 expectation: all met" in capsys.readouterr().out
    assert "answer: yes" in path.read_text()


def test_a_carried_case_reads_back(garden: Law) -> None:
    first, second = (read_case(path, garden.vocabulary) for path in BEANS)
    found = distinguish(garden, first, second)
    for places in gather(explaining(found)).found:
        case = carried_over(found, places)
        again = read(garden, write_case(case, garden.vocabulary))
        assert {s.atom for s in again.statements} == {s.atom for s in case.statements}


def test_nothing_is_saved_where_the_answers_are_the_same(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "saved.yaml"
    status, out, err = call(capsys, BEANS[0], BEANS[0], *OF_GARDEN, "--save", str(path))
    assert (status, out) == (2, "")
    assert "the answers are the same" in err
    assert not path.exists()


def test_it_says_that_it_stopped_early(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["single-three-year-permit", "one-day-gap", "65", "--brief", "--limit", "1"]
    _, out, _ = call(capsys, *arguments)
    assert out.splitlines()[-1] == "There may be more: the search stopped at its limit (--limit)."
    _, out, _ = call(capsys, *arguments, "--json")
    data = json.loads(out)
    assert (data["ended"], len(data["explained_by"])) == ("limit", 1)


def test_problems_of_both_cases_are_reported_at_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    paths = [tmp_path / "a.yaml", tmp_path / "b.yaml"]
    for path in paths:
        path.write_text("case: [\n")
    status, out, err = call(capsys, *map(str, paths))
    assert (status, out) == (2, "")
    assert err.count("a.yaml:") == err.count("b.yaml:") == 1


def test_whom_it_is_about_may_be_of_either_case(capsys: pytest.CaptureFixture[str]) -> None:
    cases = ("four-people-bound-for-quebec", "a-family-of-four", "65(d)")
    _, out, _ = call(capsys, *cases, "--about", "queenie", "--brief")
    assert out.startswith("R65(d)  Queenie: ")
    status, _, err = call(capsys, *cases, "--about", "quennie")
    assert status == 2
    assert "nobody of that name" in err
    assert "queenie" in err

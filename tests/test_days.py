"""The days on which an answer turns are those that asking each day by itself finds."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from paths import CASES, GARDEN
from shipped import lifted_law, shipped_law
from test_properties import Story, stories

from reasoner.casefiles.case import Case, read_case, read_case_text
from reasoner.casefiles.shelf import case_files
from reasoner.errors import InputError
from reasoner.hypotheses import days
from reasoner.hypotheses.days import answer_days, ask, reach, spans, to_day
from reasoner.lawfiles.law import load_law
from reasoner.lawfiles.rules import Law
from reasoner.reasons.worlds import goal_in, ground_worlds
from reasoner.solving.question import on_day
from reasoner.solving.solve import pose
from reasoner.source import Source

CALM = settings(deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
FILES = {path.stem: path for path in case_files(CASES)}
ANSWERS = {True: "yes", False: "no", None: "undetermined"}


def read(law: Law, name: str) -> Case:
    return read_case(str(FILES[name]), law.vocabulary)


def searched(
    law: Law, case: Case, first: date | None = None, last: date | None = None, **asked: object
) -> tuple[dict[date, str], date, date]:
    """The answer on each day between two, as the search finds it."""
    goal, world = pose(law, case, **asked)  # type: ignore[arg-type]
    reached = reach(law, case, world, goal)
    first, last = first or reached.first, last or reached.last
    found: dict[date, str] = {}
    for step in answer_days(law, case, world, goal, reached, first, last):
        if step is not None:
            found.update(step.answers)
    told = {
        span.first + timedelta(days=n): span.answer
        for span in spans(found)
        for n in range((span.last - span.first).days + 1)
    }
    return told, first, last


def every_day(
    law: Law, case: Case, first: date, last: date, step: int = 1, **asked: object
) -> dict[date, str]:
    """The answer on each day between two, asked one by one in one grounding."""
    goal, world = pose(law, case, **asked)  # type: ignore[arg-type]
    wanted = [first + timedelta(days=n) for n in range(0, (last - first).days + 1, step)]
    found: dict[date, str] = {}
    for start in range(0, len(wanted), 300):
        some = wanted[start : start + 300]
        ground = ask(law, case, world, goal, some)
        found.update((day, ground.answer(on_day(law, goal, to_day(day)))) for day in some)
    return found


def otherwise(one: Mapping[date, str], other: Mapping[date, str]) -> list[tuple[date, str, str]]:
    """The days on which two tables of answers differ."""
    return [(day, one[day], other[day]) for day in sorted(other) if one[day] != other[day]]


# many days in one grounding


@pytest.mark.parametrize(
    "name",
    [
        "single-three-year-permit",
        "short-authorized-trip",
        "few-days-with-one-who-complies",
        "marriage-of-convenience",
        "spouse-who-worked-abroad",
    ],
)
def test_a_day_has_the_answer_among_many_that_it_has_alone(law: Law, name: str) -> None:
    case = read(law, name)
    goal, world = pose(law, case)
    reached = reach(law, case, world, goal)
    beside = {day + timedelta(days=n) for day in reached.dates for n in (-1, 0, 1)}
    some = sorted(beside)[:: max(1, len(beside) // 40)]
    ground = ask(law, case, world, goal, some)
    together = [ground.answer(on_day(law, goal, to_day(day))) for day in some]
    worlds = [(case, replace(world, day=to_day(day))) for day in some]
    goals = [goal_in(n, on_day(law, goal, to_day(day))) for n, day in enumerate(some)]
    apart = ground_worlds(lifted_law(), worlds, goals)
    assert together == [ANSWERS[apart.settled(one.text)] for one in goals]


# the search


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("single-three-year-permit", {}),
        ("short-authorized-trip", {"readings": [("absence", "deduct")]}),
        ("short-authorized-trip", {"readings": [("absence", "presence")]}),
        ("one-day-gap", {"readings": [("anchor", "any_period"), ("gap41", "finding")]}),
        ("quebec-opinion-unknown", {}),
        ("two-years-to-the-day", {}),
        ("days-of-two-kinds", {"readings": [("kinds", "one_kind")]}),
        ("few-days-with-one-who-complies", {}),
    ],
)
def test_shipped_cases_turn_on_the_days_found(
    law: Law,
    name: str,
    asked: dict[str, object],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(days, "AFFORDABLE", 0)
    case = read(law, name)
    middle = date.fromisoformat(f"{case.as_of}")
    span = timedelta(days=500)
    told, first, last = searched(law, case, middle - span, middle + span, **asked)
    assert (first, last) == (middle - span, middle + span)
    assert not otherwise(told, every_day(law, case, first, last, **asked))


@settings(CALM, max_examples=8)
@given(stories(people=2))
def test_random_cases_turn_on_the_days_found(story: Story) -> None:
    law = shipped_law()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(days, "AFFORDABLE", 0)
        first, last = date(2021, 12, 1), date(2024, 4, 1)
        question = story.question.replace(" _", " 2024-03-01")
        told, *_ = searched(law, story.case, first, last, question=question)
    asked = every_day(law, story.case, first, last, 3, question=question)
    assert not otherwise(told, asked)


GARDENS = st.tuples(
    st.lists(st.dates(date(2019, 1, 1), date(2024, 12, 31)), max_size=2),
    st.lists(st.dates(date(2019, 1, 1), date(2024, 12, 31)), max_size=3, unique=True),
    st.sampled_from(["inclusive", "exclusive"]),
    st.sampled_from(["", "unknown"]),
    st.sampled_from(["keeps_plot", "paid_in_time", "2(a)"]),
)


@settings(CALM, max_examples=25)
@given(GARDENS)
def test_random_gardens_turn_on_the_days_found(
    drawn: tuple[list[date], list[date], str, str, str],
) -> None:
    leases, payments, due, rent, question = drawn
    garden = load_law(GARDEN)
    lines = [
        "gardener(gus). plot(east). bed(east,1,25,beans). as_of(20220601). about(gus).",
        *(f"leased_to(east,gus,{to_day(day)})." for day in leases[:1]),
        *(
            f"unknown(rent_paid(gus,{to_day(day)}))." if rent else f"rent_paid(gus,{to_day(day)})."
            for day in payments
        ),
        f"chosen_reading(due,{due}).",
    ]
    case = read_case_text(Source("garden.lp", "\n".join(lines)), garden.vocabulary)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(days, "AFFORDABLE", 0)
        told, first, last = searched(garden, case, question=question)
    assert not otherwise(told, every_day(garden, case, first, last, question=question))


def test_asking_every_day_finds_the_same_days(law: Law, monkeypatch: pytest.MonkeyPatch) -> None:
    case = read(law, "one-day-gap-of-an-overstayer")
    narrowed, first, last = searched(law, case)
    monkeypatch.setattr(days, "AFFORDABLE", 10**9)
    told, *_ = searched(law, case)
    assert not otherwise(told, narrowed)
    assert len(told) == len(narrowed) == (last - first).days + 1


def test_nothing_turns_outside_of_what_is_reached(law: Law) -> None:
    for name in ("single-three-year-permit", "short-authorized-trip", "two-years-to-the-day"):
        case = read(law, name)
        told, first, last = searched(law, case)
        beyond = [first - timedelta(days=400), last + timedelta(days=400)]
        goal, world = pose(law, case)
        ground = ask(law, case, world, goal, beyond)
        answers = [ground.answer(on_day(law, goal, to_day(day))) for day in beyond]
        assert answers == [told[first], told[last]]


def test_a_question_that_is_not_about_a_day_is_refused(garden: Law) -> None:
    text = "case: x\nas_of: 2024-06-01\nquestion: grows_enough\ngardeners: {gus: {}}\n"
    case = read_case_text(Source("x.yaml", text), garden.vocabulary)
    goal, world = pose(garden, case)
    with pytest.raises(InputError, match="is not about a day"):
        reach(garden, case, world, goal)

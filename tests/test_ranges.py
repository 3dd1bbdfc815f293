"""Dates of which only a range is known, against deciding the case on each of the days."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from written import reread, same

from reasoner.casefiles.case import Case, read_case_text
from reasoner.casefiles.edits import apply_edits, edit_between
from reasoner.casefiles.ranges import collapse
from reasoner.casefiles.read_edits import read_changes
from reasoner.casefiles.write_case import write_case
from reasoner.errors import InputError
from reasoner.lawfiles.rules import Law
from reasoner.reasons.justify import explain
from reasoner.solving.solve import decide
from reasoner.source import Source
from reasoner.wording.view import FULL, Line, outline

CALM = settings(deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
BEANS = """\
case: Beans
question: 1
as_of: 2024-06-01
gardeners:
  rose: {{rent_paid: {paid}}}
plots:
  p1:
    lease: {{to: rose, since: {since}}}
    beds: {{number: 1, area: 20, crop: Beans}}
"""
TAMAR = """\
case: Tamar
question: 65
as_of: 2024-01-20
people:
  tamar:
    inadmissible: {under: A36(2), since: 2015-04-10}
    resides_in_canada: {from: between 2019-01-12 and 2019-01-25}
permits:
  first: {holder: tamar, issued: 2019-01-15, from: 2019-01-15, until: 2022-01-14, grounds: A36(2)}
  second: {holder: tamar, issued: 2022-01-15, from: 2022-01-15, until: 2025-01-14, grounds: A36(2)}
"""


def beans(garden: Law, paid: str, since: str = "2020-01-01") -> Case:
    return reread(BEANS.format(paid=paid, since=since), garden.vocabulary)


def days_between(first: str, last: str) -> list[str]:
    """All days from one to another."""
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    return [(start + timedelta(n)).isoformat() for n in range((end - start).days + 1)]


def said_in(lines: list[Line]) -> list[str]:
    """The sentences of a tree with what they rest on."""
    return [s for x in lines for s in (f"{x.text} ({x.basis})", *said_in(x.children))]


@pytest.mark.parametrize("path", ["case.yaml", "case.lp"])
def test_range_is_read(path: str, garden: Law) -> None:
    """A range is a statement for each day, of which one is so."""
    text = BEANS.format(paid="between 2024-03-30 and 2024-04-02", since="2020-01-01")
    if path == "case.lp":
        text = (
            'title("Beans"). question("1"). as_of(20240601). gardener(rose). plot(p1).'
            "rent_paid(rose, between(20240330, 20240402))."
            "leased_to(p1,rose,20200101). bed(p1,1,20,beans)."
        )
    case = read_case_text(Source(path, text), garden.vocabulary)
    (choice,) = case.choices
    days = [s for s in case.statements if s.name == "rent_paid"]
    assert [s.atom for s in choice.statements] == [s.atom for s in days]
    assert [s.arguments[1] for s in days] == ["20240330", "20240331", "20240401", "20240402"]
    assert {s.status for s in days} == {"unknown"}
    again = reread(write_case(case, garden.vocabulary), garden.vocabulary)
    assert same(again) == same(case)
    assert [(c.arguments, c.first, c.last) for c in again.choices] == [
        (choice.arguments, choice.first, choice.last)
    ]
    assert "rent_paid: between 2024-03-30 and 2024-04-02" in write_case(case, garden.vocabulary)


@settings(CALM, max_examples=25)
@given(
    st.dates(date(2024, 3, 25), date(2024, 4, 5)),
    st.integers(0, 9),
    st.sampled_from([("2020-01-01", 0), ("2024-05-29", 5)]),
)
def test_answer_is_that_of_every_day(
    garden: Law, first: date, more: int, lease: tuple[str, int]
) -> None:
    """Yes or no where it is so on each of the days, undetermined where they differ."""
    paid = first.isoformat(), (first + timedelta(more)).isoformat()
    begun = date.fromisoformat(lease[0])
    since = lease[0], (begun + timedelta(lease[1])).isoformat()
    ranged = beans(garden, f"between {paid[0]} and {paid[1]}", f"between {since[0]} and {since[1]}")
    found = {
        decide(garden, beans(garden, day, start)).answer
        for day in days_between(*paid)
        for start in days_between(*since)
    }
    decision = decide(garden, ranged)
    assert decision.answer == (found.pop() if len(found) == 1 else "undetermined")
    for settling in decision.settling:
        assert settling.days


def test_what_settles_is_part_of_the_range(law: Law) -> None:
    """An undetermined answer names the days on which it is yes, and those on which it is no."""
    case = reread(TAMAR, law.vocabulary)
    decision = decide(law, case)
    assert decision.answer == "undetermined"
    ends = {
        s.answer: [
            (d.first and d.first.arguments[1], d.last and d.last.arguments[1]) for d in s.days
        ]
        for s in decision.settling
    }
    assert ends == {"yes": [(None, "20190120")], "no": [("20190121", None)]}
    said = said_in(outline(decision, explain(decision), FULL))
    assert any("some day between 2019-01-12 and 2019-01-25, line 7" in words for words in said)
    french = said_in(outline(decision, explain(decision), FULL, "fr"))
    assert any("un jour entre le 2019-01-12 et le 2019-01-25, ligne 7" in words for words in french)


def test_facts_that_contradict_some_days_leave_them_out(law: Law) -> None:
    """A permit is not issued after the first day on which it is valid."""
    lines = TAMAR.replace("between 2019-01-12 and 2019-01-25", "2019-01-15")
    some = lines.replace("issued: 2022-01-15", "issued: between 2022-01-14 and 2022-01-20")
    assert decide(law, reread(some, law.vocabulary)).answer == "yes"
    none = lines.replace("issued: 2022-01-15", "issued: between 2022-01-16 and 2022-01-20")
    with pytest.raises(InputError, match="after its first day 2022-01-15"):
        decide(law, reread(none, law.vocabulary))


def test_a_single_day_is_no_range(garden: Law) -> None:
    """A range of one day is that day."""
    case = beans(garden, "between 2024-03-30 and 2024-03-30")
    assert not case.choices
    assert same(case) == same(beans(garden, "2024-03-30"))


@pytest.mark.parametrize(
    ("paid", "message"),
    [
        ("between 2024-04-01 and 2024-03-01", "this range ends before it begins, on 2024-03-01"),
        ("between 2001-04-01 and 2024-03-01", "a range of days is not longer than 20 years"),
        ("between 2024-03-01 and 2024-02-30", "there is no day 2024-02-30"),
        (
            "between 2024-03-01 and 9999-12-31",
            "9999-12-31 means that there is no end",
        ),
        ("between March and May", "'March' is not a date"),
        ("before 2024-03-01", "'before 2024-03-01' is not a date"),
        ("{on: between 2024-03-01 and 2024-03-05, is: unknown}", "cannot be denied or unknown"),
        ("[between 2024-03-01 and 2024-03-05, 2024-03-02]", "stated twice for some of these days"),
        (
            "[between 2024-03-01 and 2024-03-05, between 2024-03-04 and 2024-03-06]",
            "stated twice for some of these days",
        ),
    ],
)
def test_bad_range(paid: str, message: str, garden: Law) -> None:
    """What is no range, or cannot be one, is said."""
    with pytest.raises(InputError) as caught:
        beans(garden, paid)
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ("{from: between 2019-01-01 and 2019-02-01, until: between 2020-01-01 and 2020-02-01}",
         "only one date of an entry can be a range of days"),
        ("{from: between 2019-01-01 and 2019-02-01, until: 2019-01-20}", "is before from"),
        ("{from: 2019-01-20, until: between 2019-01-10 and 2019-02-01}", "is before from"),
    ],
)  # fmt: skip
def test_bad_range_of_a_period(entry: str, message: str, law: Law) -> None:
    """A range fits the other date of its entry on all of its days."""
    text = TAMAR.replace("{from: between 2019-01-12 and 2019-01-25}", entry)
    with pytest.raises(InputError) as caught:
        reread(text, law.vocabulary)
    assert len(caught.value.problems) == 1
    assert message in str(caught.value)


def test_as_of_is_one_day(law: Law) -> None:
    """The day asked about cannot be a range."""
    with pytest.raises(InputError, match="is not a date"):
        reread("case: x\nas_of: between 2024-01-01 and 2024-02-01\n", law.vocabulary)


def test_changes_of_a_range(garden: Law) -> None:
    """A range can be made, moved, made a day, and removed."""
    case = beans(garden, "between 2024-03-30 and 2024-04-02")
    for text, paid in (
        ("gardeners.rose.rent_paid=between 2024-03-01 and 2024-03-04", None),
        ("gardeners.rose.rent_paid=2024-03-31", "2024-03-31"),
        ("gardeners.rose.rent_paid.on=2024-03-31", "2024-03-31"),
        ("gardeners.rose.rent_paid-=between 2024-03-30 and 2024-04-02", ""),
    ):
        (change,) = read_changes(case, garden.vocabulary, [text])
        after = apply_edits(case, [change.edit])
        if paid is None:
            assert [(c.first, c.last) for c in after.choices] == [(20240301, 20240304)]
        else:
            assert not after.choices
            said = [s.arguments[1] for s in after.statements if s.name == "rent_paid"]
            assert said == ([paid.replace("-", "")] if paid else [])
        assert same(apply_edits(after, [edit_between(after, case)])) == same(case)


def test_a_day_that_becomes_known(garden: Law) -> None:
    """A range of which a case states one day is that day; one whose days are denied is less."""
    case = beans(garden, "between 2024-03-30 and 2024-04-02")
    known = replace(
        case,
        statements=tuple(
            replace(s, status="stated") if s.atom == "rent_paid(rose,20240331)" else s
            for s in case.statements
        ),
    )
    assert decide(garden, known).answer == "yes"
    paid = [s for s in collapse(known.statements, known.choices) if s.name == "rent_paid"]
    assert [s.atom for s in paid] == ["rent_paid(rose,20240331)"]

"""Two worlds compared: what differs, and that it comes from where it is said to come from."""

import json
from dataclasses import replace
from typing import Any

import pytest
from paths import CASE_FILES

from reasoner import Case, Law, read_case
from reasoner.cli import main
from reasoner.hypotheses.compare import Comparison, compare, note_on
from reasoner.reasons.contrast import (
    COUNT,
    DATE,
    FACT,
    READING,
    Contrast,
    causes,
    contrast,
    with_causes,
)
from reasoner.solving.solve import ground_case, pose

SAMPLE = (
    "cancelled-by-order-in-council",
    "sanctions-and-no-means-of-support",
    "quebec-opinion-unknown",
    "leave-obtained-abroad",
    "days-of-two-kinds",
)
AMENDMENTS = (
    ("departure-order-not-yet-in-force", "63", 20240314, 20240315, "yes no", "R243.1(c)"),
    ("sanctions-and-no-means-of-support", "65", 20230621, 20230622, "yes no", "R65(b)(ii)"),
    ("sanctions", "A33", 20230621, 20230622, "no yes", "A35.1"),
    ("cancelled-by-order-in-council", "63", 20260325, 20260326, "yes no", "R63(a)"),
    ("four-classes", "70(2)(b)", 20211231, 20220101, "no yes", "R70(2)(b)"),
    ("refugee-examined-once-more", "R30(1)(g)", 20251029, 20251030, "no yes", "R30(1)(g)"),
)


def case_of(law: Law, name: str) -> Case:
    return read_case(str(CASE_FILES[name]), law.vocabulary)


def at_dates(
    law: Law, name: str, first: int, second: int, question: str | None = None
) -> Comparison:
    worlds: tuple[dict[str, Any], dict[str, Any]] = {"law_date": first}, {"law_date": second}
    return compare(law, case_of(law, name), worlds, question)


@pytest.mark.parametrize(
    ("name", "question", "first", "second", "answers", "pinpoint"),
    AMENDMENTS,
    ids=[f"{pinpoint} {second}" for _, _, _, second, _, pinpoint in AMENDMENTS],
)
def test_an_amendment_is_found_by_what_it_changes(
    law: Law, name: str, question: str, first: int, second: int, answers: str, pinpoint: str
) -> None:
    (found,) = at_dates(law, name, first, second, question).questions
    assert [decision.answer for decision in found.decisions] == answers.split()
    leaves = causes(found.contrast.changes)
    assert {leaf.kind for leaf in leaves} == {DATE}
    assert pinpoint in {leaf.provision for leaf in leaves}
    assert {leaf.atom for leaf in leaves} == {f"in_force_since({second})"}


def test_amendments_are_named_with_their_notes_and_whether_they_matter(law: Law) -> None:
    found = at_dates(law, "departure-order-not-yet-in-force", 20200430, 20250217, "63")
    table = {(a.provision, a.since): a for a in found.amendments}
    assert {key for key, a in table.items() if a.matters} == {
        ("R63(a)", "20240315"),
        ("R243.1", "20240315"),
    }
    assert not table["R65(b)(ii)", "20230622"].matters
    assert "R243.1" in note_on(law, "R63(a)", "20240315")


def test_the_same_answer_may_have_other_reasons(law: Law) -> None:
    found = at_dates(law, "sanctions", 20230101, 20250217, "65")
    (one,) = found.questions
    assert {decision.answer for decision in one.decisions} == {"no"}
    assert one.differs
    assert "R65(b)(ii)" in {c.provision for c in with_causes(one.contrast.changes)}


@pytest.mark.parametrize("name", SAMPLE)
def test_a_world_does_not_differ_from_itself(law: Law, name: str) -> None:
    found = at_dates(law, name, 20250217, 20250217)
    assert found.questions
    assert not [c for c in found.questions if c.differs or c.contrast.aside]
    assert not found.amendments


@pytest.mark.parametrize("kind", ["dates", "texts"])
@pytest.mark.parametrize("name", SAMPLE)
def test_every_change_is_one_and_rests_on_one(law: Law, name: str, kind: str) -> None:
    """What is said to differ does, in clingo's own models, and nothing changes by itself."""
    options: tuple[dict[str, Any], dict[str, Any]] = (
        ({"law_date": 20200430}, {"law_date": 20260612})
        if kind == "dates"
        else ({"language": "en"}, {"language": "fr"})
    )
    found = compare(law, case_of(law, name), options)
    for one in found.questions:
        turned = one.contrast.before != one.contrast.after
        assert turned == (one.decisions[0].answer != one.decisions[1].answer)
        for change in with_causes([*one.contrast.changes, *one.contrast.aside]):
            if change.kind in ("count", "comparison"):
                continue
            truths = [ground.settled(change.atom) for ground in found.grounds]
            assert truths == [change.before, change.after]
            assert truths[0] != truths[1]
            assert change.causes or change.kind != "conclusion"
        allowed = {DATE, FACT, "plumbing"} if kind == "dates" else {READING, "plumbing"}
        assert {leaf.kind for leaf in causes(one.contrast.changes)} <= allowed


@pytest.mark.parametrize("name", SAMPLE[:2])
def test_turned_round_the_same_things_differ(law: Law, name: str) -> None:
    there = at_dates(law, name, 20200430, 20260612)
    back = at_dates(law, name, 20260612, 20200430)
    for one, other in zip(there.questions, back.questions, strict=True):
        assert one.question == other.question
        forward = {(c.atom, c.before, c.after) for c in one.contrast.changes}
        assert forward == {(c.atom, c.after, c.before) for c in other.contrast.changes}


def of_cases(law: Law, first: str, second: str) -> Contrast:
    """Two stories that differ in a fact, as other commands will compare them."""
    cases = case_of(law, first), case_of(law, second)
    goal, world = pose(law, cases[0])
    grounds = [ground_case(law, case, world) for case in cases]
    (found,) = contrast(grounds[0], grounds[1], [goal])
    return found


def test_facts_changed_are_the_causes_of_what_they_change(law: Law) -> None:
    found = of_cases(law, "one-day-short", "two-years-to-the-day")
    assert (found.before, found.after) == (False, True)
    assert {c.values for c in with_causes(found.changes) if c.kind == COUNT} == {("729", "730")}
    assert {leaf.atom for leaf in causes(found.changes)} == {
        "stay_in_canada(nadia,20230616,20250614)",
        "stay_in_canada(nadia,20230617,20250614)",
    }


def test_a_number_may_change_without_the_answer(law: Law) -> None:
    case = case_of(law, "days-of-two-kinds")
    goal, world = pose(law, case, readings=[("kinds", "one_kind")])
    stay = next(s for s in case.statements if s.name == "stay_in_canada")
    earlier = replace(stay, arguments=("petra", "20230612", "20240710"))
    statements = tuple(earlier if s is stay else s for s in case.statements)
    shorter = ground_case(law, case, world)
    other = ground_case(law, replace(case, statements=statements), world)
    (found,) = contrast(shorter, other, [goal])
    assert found.before is found.after is False
    numbers = [c.values for c in found.changes if c.kind == "comparison"]
    assert ("400 >= 730", "395 >= 730") in numbers


def test_what_stayed_is_told(law: Law) -> None:
    found = at_dates(law, "sanctions-and-no-means-of-support", 20230101, 20250217, "65")
    (one,) = found.questions
    stayed = {found.whys[0].pinpoint(edge.target) for edge in one.contrast.same}
    assert stayed == {"A2(1)", "R65(a)", "R65(c)", "R65(d)"}


def test_readings_chosen_win_over_those_of_a_text(law: Law) -> None:
    case = case_of(law, "leave-obtained-abroad")
    chosen = [("leave", "before_departure")]
    options: tuple[dict[str, Any], dict[str, Any]] = (
        {"language": "en", "readings": chosen},
        {"language": "fr", "readings": chosen},
    )
    (found,) = compare(law, case, options, "63").questions
    assert not found.differs


def test_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", "sanctions", "--law-date", "2023-01-01", "2025-02-17", "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["schema"] == "reasoner/comparison/1"
    assert [world["law_date"] for world in data["worlds"]] == ["2023-01-01", "2025-02-17"]
    differing = [row for row in data["questions"] if row["differs"]]
    assert {cause["kind"] for row in differing for cause in row["causes"]} == {"date"}


@pytest.mark.parametrize("width", [60, 110])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_lines_keep_to_the_width(
    width: int, language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ("compare", "sanctions", "--law-date", "2020-04-30", "2026-06-12")
    assert main([*command, "--width", str(width), "--lang", language]) == 0
    assert all(len(line) <= width for line in capsys.readouterr().out.splitlines())


def test_without_two_worlds_there_is_nothing_to_compare(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["compare", "sanctions"]) == 2
    assert "nothing says what to compare" in capsys.readouterr().err

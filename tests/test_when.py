"""The days on which an answer is yes: their bounds, what makes them, and how they are drawn."""

import io
import json
import sys
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from paths import CASES, GARDEN
from shipped import shipped_law
from test_properties import Story, stories

from reasoner.casefiles.case import Case, read_case, read_case_text
from reasoner.casefiles.shelf import case_files
from reasoner.cli import main
from reasoner.errors import InputError
from reasoner.hypotheses.when import When, when
from reasoner.lawfiles.rules import Law
from reasoner.printing.show import emit, open_page
from reasoner.printing.timeline import PERIOD, lanes_of
from reasoner.printing.when_view import rows
from reasoner.solving.search import INTERRUPTED, TIME
from reasoner.solving.solve import decide
from reasoner.source import Source
from reasoner.wording.words import Speaker

CALM = settings(deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
FILES = {path.stem: path for path in case_files(CASES)}
BEANS = Path(__file__).parent / "goldens" / "beans.yaml"
DAY = timedelta(days=1)


def read(law: Law, name: str) -> Case:
    return read_case(str(FILES[name]), law.vocabulary)


def intervals(found: When) -> list[tuple[str, str]]:
    """The days on which the answer is yes."""
    return [(str(span.first), str(span.last)) for span in found.intervals]


def printed(found: When, width: int, language: str = "en", encoding: str = "utf-8") -> list[str]:
    """What is printed to a stream that is no terminal."""
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding=encoding, newline="\n")
    emit(open_page(stream, width), rows(found, width, language))
    stream.flush()
    return raw.getvalue().decode(encoding).splitlines()


# what the law says


@pytest.mark.parametrize(
    ("t63d", "t65b", "days"),
    [
        ("incl", "anniversary", [("2024-03-01", "2024-03-01")]),
        ("incl", "eve", [("2024-02-29", "2024-03-01")]),
        ("eve", "eve", [("2024-02-29", "2024-02-29")]),
        ("incl", "day_after", []),
        ("eve", "anniversary", []),
        ("eve", "day_after", []),
    ],
)
def test_the_window_of_a_single_permit(
    law: Law, t63d: str, t65b: str, days: list[tuple[str, str]]
) -> None:
    case = read(law, "single-three-year-permit")
    readings = [("t63d", t63d), ("t65b", t65b)]
    found = when(law, case, "65(b)(i)", readings=readings, first=20240101, last=20240401)
    assert intervals(found) == days
    assert [turn.after for turn in found.turns] == ["yes", "no"] * len(days)


def test_five_years_open_on_the_anniversary_and_close_with_the_permit(law: Law) -> None:
    found = when(law, read(law, "five-years-on-the-anniversary"))
    assert intervals(found) == [("2024-01-15", "2025-01-14")]
    opens, closes = found.turns
    said = printed(found, 110)
    assert (opens.day, closes.day) == (date(2024, 1, 15), date(2025, 1, 15))
    assert any("5 years since 2019-01-15 are complete on 2024-01-15" in line for line in said)
    assert any("no permit was valid after 2025-01-14" in line for line in said)
    assert [cause.change.provision for cause in opens.causes] == ["R65(b)"]


def test_a_trip_starts_the_count_again_where_every_night_counts(law: Law) -> None:
    case = read(law, "short-authorized-trip")
    found = when(law, case, readings=[("absence", "presence")])
    assert not found.intervals
    first, second = (counted for counted in found.counted)
    assert (first.run.target, first.run.stop) == (date(2024, 1, 15), date(2022, 6, 2))
    assert [cause.change.kind for cause in first.stopped] == ["conclusion"]
    assert "trip_abroad(zofia,20220601,20220621)" in {
        node.text for node in first.days.why.nodes if first.days is not None
    }
    assert (second.run.first, second.run.target) == (date(2022, 6, 21), date(2027, 6, 21))


def test_days_abroad_put_the_count_off_where_they_are_deducted(law: Law) -> None:
    case = read(law, "short-authorized-trip")
    found = when(law, case, readings=[("absence", "deduct")], first=20220101, last=20250201)
    (counted,) = found.counted
    assert (counted.run.planned, counted.run.target) == (date(2024, 1, 15), date(2024, 2, 3))
    assert intervals(found) == [("2024-02-03", "2025-01-14")]


def test_a_gap_starts_the_count_again(law: Law) -> None:
    found = when(law, read(law, "one-day-gap"))
    stops = [(counted.run.stop, counted.run.target) for counted in found.counted]
    assert stops[0] == (date(2022, 1, 15), date(2024, 1, 15))
    assert found.counted[1].run.first == date(2022, 1, 16)


def test_days_on_which_unknown_facts_decide_stand_apart(law: Law) -> None:
    case = read(law, "quebec-opinion-unknown")
    found = when(law, case, first=20241101, last=20250701)
    assert [span.answer for span in found.spans] == ["no", "undetermined", "no"]
    assert not found.intervals
    text = "\n".join(printed(found, 100))
    assert "Undetermined from 2024-11-20 to 2025-06-10" in text
    assert "On none of these days is the answer certainly yes." in text


def test_a_last_day_that_is_known_only_roughly_leaves_days_open(law: Law) -> None:
    text = FILES["single-three-year-permit"].read_text(encoding="utf-8").partition("expect:")[0]
    text = text.replace("until: 2024-03-01", "until: between 2024-02-20 and 2024-03-05")
    case = read_case_text(Source("x.yaml", text), law.vocabulary)
    found = when(law, case, first=20240201, last=20240401)
    assert [(span.answer, str(span.first)) for span in found.spans] == [
        ("no", "2024-02-01"),
        ("undetermined", "2024-03-01"),
        ("no", "2024-03-02"),
    ]
    assert all("between" not in line for line in printed(found, 100))


def test_days_that_are_counted_are_told_with_their_number(law: Law) -> None:
    found = when(law, read(law, "two-years-to-the-day"), first=20250101, last=20281231)
    assert intervals(found) == [("2025-06-15", "2028-06-16")]
    values = [turn.causes[0].leaf.values for turn in found.turns]
    assert values == [("729 >= 730", "730 >= 730"), ("730 >= 730", "729 >= 730")]


@pytest.mark.parametrize(("option", "since"), [("inclusive", 2024), ("exclusive", 2025)])
def test_rent_counts_from_new_year(garden: Law, option: str, since: int) -> None:
    text = (
        "case: x\nquestion: 2(b)\nas_of: 2024-06-01\nplots:\n"
        "  east: {lease: {to: gus, since: 2023-05-01}}\n"
        "gardeners: {gus: {rent_paid: 2024-03-31}}\n"
    )
    case = read_case_text(Source("x.yaml", text), garden.vocabulary)
    found = when(garden, case, readings=[("due", option)], last=20261231)
    assert intervals(found) == [(f"{since}-01-01", "2026-12-31")]
    (turn,) = found.turns
    assert [cause.change.provision for cause in turn.causes] == ["B2(b)"]
    text = "\n".join(printed(found, 100))
    assert f"First day: {since}-01-01." in text
    assert "Last day: 2026-12-31. It may go on." in text


@settings(CALM, max_examples=5)
@given(stories(people=2))
def test_every_turn_is_explained_by_what_is_otherwise(story: Story) -> None:
    law = shipped_law()
    question = story.question.replace(" _", " 2024-03-01")
    found = when(law, story.case, question, first=20220101, last=20230601, limit=2)
    for turn in found.turns:
        assert turn.before != turn.after
        assert turn.causes
        for cause in turn.causes:
            assert cause.leaf.before is not cause.leaf.after


# bounds, limits, saving


def test_a_case_need_not_name_a_day(law: Law) -> None:
    text = FILES["single-three-year-permit"].read_text(encoding="utf-8").partition("expect:")[0]
    text = text.replace("as_of: 2024-03-01\n", "")
    text += "expect: [{as_of: 2024-03-01, answer: yes}]\n"
    found = when(law, read_case_text(Source("x.yaml", text), law.vocabulary), last=20241231)
    assert found.asked is None
    assert intervals(found) == [("2024-03-01", "2024-03-01")]
    assert not [line for line in printed(found, 100) if "asked" in line]


def test_bounds_that_are_no_bounds(law: Law) -> None:
    with pytest.raises(InputError, match="begin on 2024-06-01"):
        when(law, read(law, "one-day-gap"), first=20240601, last=20240101)


def test_a_search_without_time_has_looked_at_nothing_or_little(law: Law) -> None:
    found = when(law, read(law, "short-authorized-trip"), spent=lambda: True)
    assert found.ended == TIME
    assert not found.turns
    text = "\n".join(printed(found, 100))
    assert "--time" in text
    nothing = replace(found, spans=(), looked_at=0, ended=INTERRUPTED)
    assert "interrupted" in "\n".join(printed(nothing, 100))


def test_turns_beyond_the_limit_are_counted(law: Law) -> None:
    case = read(law, "two-years-to-the-day")
    found = when(law, case, limit=1, first=20250101, last=20281231)
    assert len(found.turns) == 1
    assert "1 more turn not explained." in printed(found, 100)


@pytest.mark.parametrize(
    ("chosen", "day", "answer"),
    [("first", 20240115, "yes"), ("last", 20250114, "yes"), ("2023-12-31", 20231231, "no")],
)
def test_a_saved_case_replays(
    law: Law, chosen: str, day: int, answer: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "kept.yaml"
    bounds = ("--from", "2023-12-01", "--until", "2025-02-01")
    name = "five-years-on-the-anniversary"
    assert main(["when", name, *bounds, "--save", str(path), "--day", chosen]) == 0
    case = read_case(str(path), law.vocabulary)
    assert case.as_of == day
    assert decide(law, case).answer == answer
    assert [expected.answer for expected in case.expectations] == [answer]
    assert main(["check", str(path)]) == 0
    capsys.readouterr()


def test_nothing_is_saved_where_no_day_is_found(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "kept.yaml"
    bounds = ("--from", "2023-12-01", "--until", "2024-02-01")
    assert main(["when", "one-day-gap", *bounds, "--save", str(path)]) == 2
    assert "yes on no day" in capsys.readouterr().err
    assert not path.exists()


def test_a_question_without_a_day_is_bad_input(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["when", str(BEANS), "2(c)", "--law", str(GARDEN)]) == 2
    assert "is not about a day" in capsys.readouterr().err


def test_json_says_what_the_text_says(law: Law, capsys: pytest.CaptureFixture[str]) -> None:
    bounds = ("--from", "2024-01-01", "--until", "2024-04-01")
    assert main(["when", "single-three-year-permit", *bounds, "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["schema"] == "reasoner/when/1"
    assert data["first_day"] == data["last_day"] == "2024-03-01"
    assert [one["answer"] for one in data["intervals"]] == ["no", "yes", "no"]
    opens = data["turns"][0]["causes"][0]
    assert opens["sentence"] == "3 years were complete by 2024-03-01"
    assert opens["event"]["sentence"] == "3 years since 2021-03-01 are complete on 2024-03-01"
    assert data["lanes"][0]["kind"] == "answer"


# the timeline


@pytest.fixture(scope="module")
def long_story(law: Law) -> When:
    """A case with several permits, a trip, and documents."""
    return when(law, read(law, "everything-in-order"), first=20180101, last=20250701)


@pytest.mark.parametrize("width", [20, 40, 60, 80, 110])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_timeline_fits_the_page(long_story: When, width: int, language: str) -> None:
    lines = printed(long_story, width, language)
    timeline = lines[len(lines) - 1 - lines[::-1].index("") :]
    if width >= 40:
        assert not [line for line in timeline if len(line) > width]
    ascii_lines = printed(long_story, width, language, "ascii")
    assert all(line.isascii() for line in ascii_lines)
    assert len(ascii_lines) == len(lines)
    assert any("█" in line for line in lines) == (width >= 60)


def test_one_day_is_seen_however_long_the_line(law: Law) -> None:
    case = read(law, "single-three-year-permit")
    found = when(law, case, first=20000101, last=20300101)
    answer = next(line for line in printed(found, 80) if line.startswith("answer"))
    assert answer.count("█") == 1


def test_permits_stays_and_grounds_have_lanes(law: Law) -> None:
    case = read(law, "short-authorized-trip")
    found = when(law, case)
    lanes = {
        lane.label: lane for lane in lanes_of(Speaker(law, case, date(2024, 1, 1)), found.goal)
    }
    periods = [label for label, lane in lanes.items() if lane.kind == PERIOD]
    assert periods == [
        "first: temporary resident permit",
        "second: temporary resident permit",
        "trips abroad",
        "resides in canada",
        "inadmissible, A36(2)",
    ]
    assert lanes["resides in canada"].stretches[0].until is None


def test_another_person_is_named_in_the_lane() -> None:
    law = shipped_law()
    text = (
        "case: Two\nquestion: 65\nas_of: 2024-01-01\nabout: ana\n"
        "people:\n  ana: {resides_in_canada: {from: 2019-01-01}}\n"
        "  ben: {resides_in_canada: {from: 2020-01-01}}\n"
    )
    case = read_case_text(Source("two.yaml", text), law.vocabulary)
    found = when(law, case, first=20231201, last=20240201)
    labels = [lane.label for lane in lanes_of(Speaker(law, case, date(2024, 1, 1)), found.goal)]
    assert labels == ["resides in canada", "Ben: resides in canada"]


def test_output_in_a_pipe_has_no_colour(capsys: pytest.CaptureFixture[str]) -> None:
    bounds = ("--from", "2024-01-01", "--until", "2024-04-01")
    assert main(["when", "single-three-year-permit", "65(b)(i)", *bounds]) == 0
    assert "\x1b" not in capsys.readouterr().out
    assert not sys.stdout.isatty()

"""The interview at the command line: over a pipe, with what it saves."""

import io
import json
import sys
from pathlib import Path

import pytest
from paths import GARDEN

from reasoner.cli import main
from reasoner.commands.ask import PROMPT

ROSA = ["B1", "2024-06-01", "Rosa", "yes", "north", "2020-04-01", "2024-03-30"]
BEANS = ["yes", "1", "25", "no"]


def ask(
    monkeypatch: pytest.MonkeyPatch, lines: list[str], *arguments: str, law: Path | None = GARDEN
) -> int:
    """Run an interview with some replies."""
    monkeypatch.setattr(sys, "stdin", io.StringIO("\n".join([*lines, ""])))
    return main(["ask", *arguments, *(["--law", str(law)] if law else [])])


def test_what_is_saved_replays_to_the_same_answer(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "rosa.yaml"
    assert ask(monkeypatch, [*ROSA, *BEANS], "--save", str(path)) == 0
    printed = capsys.readouterr().out
    assert "Yes. Rosa keeps the plot on 2024-06-01." in printed
    assert "case:" not in printed
    assert main(["check", str(path), "--law", str(GARDEN)]) == 0
    assert main(["why", str(path), "--law", str(GARDEN)]) == 0
    again = capsys.readouterr().out
    assert again.endswith(printed[printed.index("Yes. Rosa") :])


def test_a_value_that_cannot_be_is_asked_for_again(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = ["B1", "2024-02-30", "", "2024-06-01", "Rosa", "maybe", "yes", "Rosa", "north"]
    assert ask(monkeypatch, [*wrong, "soon", "2020-04-01", "no"]) == 0
    printed = capsys.readouterr().out
    for message in (
        "there is no day 2024-02-30",
        "nothing was replied",
        "'maybe' does not answer the question",
        "something else has that name already",
        "'soon' is not a date",
    ):
        assert printed.count(message) == 1
    assert "No. Rosa does not keep the plot" in printed


def test_going_back_takes_back_a_reply(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ask(monkeypatch, [*ROSA[:6], "no", *["back"] * 20, *ROSA, *BEANS]) == 0
    first = capsys.readouterr().out
    assert ask(monkeypatch, [*ROSA[:6], "back", "2020-04-01", "2024-03-30", *BEANS]) == 0
    second = capsys.readouterr().out
    assert "No. Rosa does not keep" in first  # the interview was over before
    assert "Yes. Rosa keeps the plot" in second


def test_what_is_not_known_is_said_at_the_end(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ask(monkeypatch, [*ROSA, *BEANS[:-1], "unknown", "unknown", "no", "no"]) == 0
    printed = capsys.readouterr().out
    assert "Undetermined. It depends on unknown facts whether Rosa keeps the plot" in printed
    assert ask(monkeypatch, [*ROSA[:6], "unknown", *BEANS]) == 0
    printed = capsys.readouterr().out
    assert "What nobody knew could still change the answer: On what day did Rosa pay" in printed


def test_the_end_of_the_input_keeps_what_there_is(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "rosa.yaml"
    assert ask(monkeypatch, ROSA[:6], "--save", str(path)) == 0
    assert "What was not asked yet is taken as not so." in capsys.readouterr().out
    assert "lease: {to: rosa, since: 2020-04-01}" in path.read_text()
    assert ask(monkeypatch, ["no"], str(path)) == 0
    assert "No. Rosa does not keep the plot" in capsys.readouterr().out
    assert ask(monkeypatch, []) == 0


def test_the_interview_as_data(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ask(monkeypatch, [*ROSA[2:], *BEANS], "B1", "--as-of", "2024-06-01", "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert found["schema"] == "reasoner/ask/1"
    assert found["complete"]
    assert found["answer"]["answer"] == "yes"
    assert [q["reply"] for q in found["questions"]] == [*ROSA[2:], *BEANS]
    assert found["questions"][1]["fact"] == "leased_to"
    assert found["case"].startswith("case: ")


def test_a_case_or_a_question_may_stand_first(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    replies = ["2024-06-01", "Ana", "no"]
    assert ask(monkeypatch, replies, "65", law=None) == 0
    assert "No. Ana was not a member of the permit holder class" in capsys.readouterr().out
    assert ask(monkeypatch, [], "65", "--about", "Ana", "--as-of", "2024-06-01", law=None) == 0
    assert f"issued to Ana?\n   (yes, no or unknown)\n{PROMPT}" not in capsys.readouterr().out
    assert ask(monkeypatch, [], "no-such-case", law=None) == 2
    assert "there is no case called" in capsys.readouterr().err
    assert ask(monkeypatch, [], "one-day-gap", "65", "--about", "nobody", law=None) == 2


def test_contradictions_are_told_in_the_language_of_the_interview(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    replies = ["Ana", "oui", "first", "2019-01-15", "2019-01-10"]
    options = ("R65", "--as-of", "2024-06-01", "--lang", "fr")
    assert ask(monkeypatch, replies, *options, law=None) == 0
    assert "aurait été délivré le 2019-01-15, après son premier jour" in capsys.readouterr().out


def test_a_name_that_cannot_be_saved_to_is_refused_before_anything_is_asked(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ask(monkeypatch, ROSA, "--save", "rosa.txt") == 2
    found = capsys.readouterr()
    assert "a case is saved as a .yaml file" in found.err
    assert found.out == ""

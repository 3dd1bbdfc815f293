"""A case that stays loaded: driven over a pipe, and through the line editor."""

import io
import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from paths import GARDEN, TESTS

from reasoner.casefiles.case import read_case
from reasoner.casefiles.session import Session, completions
from reasoner.cli import main
from reasoner.commands.prompting import overlap
from reasoner.commands.repl import HELP, PROMPT
from reasoner.errors import InputError
from reasoner.lawfiles.rules import Law

BEANS = str(TESTS / "goldens" / "beans.yaml")


class Talk:
    """Runs the command with some lines and gives what was printed after each."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self.monkeypatch = monkeypatch
        self.capsys = capsys

    def __call__(
        self, *lines: str, case: str = BEANS, options: Sequence[str] = ("--law", str(GARDEN))
    ) -> list[str]:
        self.monkeypatch.setattr(sys, "stdin", io.StringIO("\n".join([*lines, ""])))
        assert main(["repl", case, *options]) == 0
        printed = self.capsys.readouterr().out
        return [part.partition("\n")[2] for part in ("\n" + printed).split(PROMPT)]


@pytest.fixture
def talk(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Talk:
    """A way to talk to a case of the garden."""
    return Talk(monkeypatch, capsys)


def test_it_begins_with_the_answer_of_the_case(talk: Talk) -> None:
    (first,) = talk()
    assert first.startswith("No. Rose does not keep the plot")


def test_a_change_is_answered_undone_and_made_again(talk: Talk) -> None:
    first, changed, undone, again = talk("set gardeners.rose.rent_paid=2024-04-01", "undo", "redo")
    assert changed != first
    assert undone == first
    assert again == changed


def test_several_changes_are_one_step(talk: Talk) -> None:
    two = "gardeners.rose.rent_paid=2024-04-01 as_of=2024-07-01"
    first, changed, undone, more = talk(f"set {two}", "undo", "undo")
    assert "2024-07-01" in changed
    assert undone == first
    assert "there is nothing to undo" in more


def test_a_change_and_a_question_may_be_typed_as_they_are(talk: Talk) -> None:
    set_, bare = (
        talk("set gardeners.rose.rent_paid=2024-04-01")[1],
        talk("gardeners.rose.rent_paid=2024-04-01")[1],
    )
    assert bare == set_
    question, why = talk("2(b)", "why 2(b)")[1:]
    assert question == why
    assert "B2(b)" in question
    brief, full = talk("why brief", "why 1 full")[1:]
    assert len(brief.splitlines()) < len(full.splitlines())


def test_what_goes_wrong_ends_nothing(talk: Talk) -> None:
    wrong = (
        "set",
        "set gardeners.rose.rent_paid=soon",
        "set gardeners.rosy.rent_paid=2024-04-01",
        "undo",
        "redo",
        "diff",
        "save",
        "save rose.txt",
        "why 99",
        "why 'half a quote",
        "why --no-such-option",
        "show 99",
        "whatever",
        "as_of=2024-02-30",
    )
    first, *answers, last = talk(*wrong, "why brief")
    assert all(answer.strip() for answer in answers)
    assert "there is nothing to undo" in answers[3]
    assert "`help` lists what can be typed" in answers[12]
    assert first.startswith("No. ")
    assert last.startswith("No. ")


def test_the_difference_of_all_changes(talk: Talk) -> None:
    changes = ("set gardeners.rose.rent_paid=2024-04-01", "set gardeners.rose.founder=yes")
    difference = talk(*changes, "diff")[-1]
    assert "B2(b)" in difference
    assert "→" in difference


def test_what_is_taken_away_can_be_brought_back(talk: Talk) -> None:
    first, gone, back = talk("unset gardeners.rose", "undo")
    assert gone != first
    assert back == first


def test_the_case_is_saved_as_it_is(talk: Talk, tmp_path: Path) -> None:
    path = tmp_path / "rose.yaml"
    talk("set gardeners.rose.rent_paid=2024-04-01", f"save {path}")
    assert "2024-04-01" in path.read_text()
    assert main(["check", str(path), "--law", str(GARDEN)]) == 0


def test_other_commands_see_the_case_as_it_is(talk: Talk) -> None:
    before, after = talk("why 2(b)", "set gardeners.rose.rent_paid=2024-04-01", "why 2(b)")[1::2]
    assert before != after
    readings, facts, show, help_ = talk("readings", "facts rent", "show 2(b)", "help")[1:]
    assert "Rose" in readings
    assert "rent" in facts
    assert "B2(b)" in show
    assert help_ == HELP + "\n"


def test_an_interview_goes_on_from_the_case(talk: Talk) -> None:
    printed = talk("ask 2(b)", "why", "stop", "set gardeners.rose.rent_paid=2024-04-01", "ask 2(b)")
    assert "Nothing" not in printed[1]
    assert talk("quit", "why")[-1] == ""


def test_answers_as_data(talk: Talk) -> None:
    first, second = talk("why 2(b)", options=("--law", str(GARDEN), "--json"))
    assert json.loads(first)["answer"] == "no"
    assert json.loads(second)["question"]["pinpoint"] == "B2(b)"


def test_the_shipped_law_in_french(talk: Talk) -> None:
    options = ("--lang", "fr")
    first, second = talk("set readings.gap=applied", case="one-day-gap", options=options)
    assert first.startswith("Non. ")
    assert "gap: applied" in second.replace("\N{NO-BREAK SPACE}", "")


def test_a_session_remembers_each_case() -> None:
    garden = _garden()
    case = read_case(BEANS, garden.vocabulary)
    start = Session(garden, case, case)
    changed = start.change("gardeners.rose.rent_paid=2024-04-01")
    assert changed.undo() == replace(start, undone=changed.undo().undone)
    assert changed.undo().redo().case == changed.case
    assert changed.undo().change("gardeners.rose.founder=yes").undone == ()
    with pytest.raises(InputError, match="changes nothing"):
        changed.change("gardeners.rose.rent_paid=2024-04-01")


def test_words_that_can_be_completed() -> None:
    law = _garden()
    words = set(completions(law, read_case(BEANS, law.vocabulary)))
    assert {"gardeners.rose.rent_paid=", "readings.due=exclusive", "B2(b)", "Beans"} <= words
    assert overlap("set gardeners.rose.re", "gardeners.rose.rent_paid=") == 17
    assert overlap("set readings.due=ex", "readings.due=exclusive") == 15
    assert overlap("why 2", "B2(b)") is None
    assert overlap("", "why") == 0


def test_lines_are_completed_on_a_terminal() -> None:
    toolkit = pytest.importorskip("prompt_toolkit")
    from prompt_toolkit.completion import CompleteEvent
    from prompt_toolkit.input import create_pipe_input
    from prompt_toolkit.output import DummyOutput

    from reasoner.commands.prompting import completer, toolkit_reader

    document = toolkit.document.Document("why brie")
    found = completer(["brief", "full"]).get_completions(document, CompleteEvent())
    assert [(c.text, c.start_position) for c in found] == [("brief", -4)]
    with create_pipe_input() as keys:
        read = toolkit_reader("", input=keys, output=DummyOutput())
        keys.send_text("why brief\r")
        assert read(PROMPT, ["brief", "full"]) == "why brief"
        keys.send_text("\x04")
        with pytest.raises(EOFError):
            read(PROMPT, [])


def _garden() -> Law:
    from reasoner.lawfiles.law import load_law

    return load_law(GARDEN)

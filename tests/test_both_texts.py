"""The English and the French text as readings: what each favours, and what wins over it."""

import json
from pathlib import Path

import pytest
from paths import CASE_FILES, GARDEN

from reasoner import InputError, Law, decide, load_law, read_case
from reasoner.cli import main

PLACES = ("R65(b)", "R65(b)(ii)", "R65.1(3)(b)", "R63(b)", "A28(2)(a)", "R61(3)")


@pytest.mark.parametrize("pinpoint", PLACES)
def test_where_the_texts_differ_each_favours_an_option(law: Law, pinpoint: str) -> None:
    found = [r for r in law.vocabulary.readings.values() if pinpoint in r.at]
    both = [r for r in found if {"en", "fr"} <= {option.language for option in r.options}]
    assert both


def test_the_options_of_a_text_can_be_chosen(law: Law) -> None:
    for language in ("en", "fr"):
        for reading, option in law.vocabulary.favoured(language):
            assert law.vocabulary.choose(reading, option) == (reading, option)


@pytest.mark.parametrize(
    ("name", "question", "english", "french"),
    [
        ("leave-obtained-abroad", "63", "yes", "no"),
        ("resettled-then-vacated", None, "yes", "no"),
        ("poor-with-a-serious-conviction", "65", "no", "no"),
        ("days-of-two-kinds", None, "yes", "no"),
        ("everything-in-order", "65", "yes", "no"),
    ],
)
def test_answers_under_each_text(
    law: Law, name: str, question: str | None, english: str, french: str
) -> None:
    case = read_case(str(CASE_FILES[name]), law.vocabulary)
    answers = [decide(law, case, question, language=text).answer for text in ("en", "fr")]
    assert answers == [english, french]


def test_a_reading_chosen_wins_over_the_text(law: Law) -> None:
    case = read_case(str(CASE_FILES["leave-obtained-abroad"]), law.vocabulary)
    chosen = [("leave", "before_return")]
    assert decide(law, case, "63", language="fr", readings=chosen).answer == "yes"


def test_the_answer_says_under_which_text(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["why", "everything-in-order", "65", "--language", "fr", "--width", "400"]) == 0
    line = capsys.readouterr().out.splitlines()[2]
    assert line.startswith("Under the French text: ")
    assert "chain: same_permit" in line
    assert main(["why", "everything-in-order", "65", "--language", "fr", "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert (data["text"], data["language"]) == ("fr", "en")


def test_cases_are_checked_under_a_text(capsys: pytest.CaptureFixture[str]) -> None:
    path = str(CASE_FILES["leave-obtained-abroad"])
    assert main(["check", path, "--language", "fr"]) == 0
    assert main(["check", path, "--language", "en"]) == 1
    out = capsys.readouterr().out
    assert "expected no, got yes" in out
    assert "Yes. Permit visit was valid on 2024-07-20." in out


def test_the_readings_of_a_text_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["readings", "--language", "fr", "--width", "100"]) == 0
    out = capsys.readouterr().out
    assert "  French text: same_permit: " in out
    assert "  English text: leaves it open (default: valid_from)" in out
    assert out.index("French text") < out.index("English text")
    assert main(["readings", "--language", "en", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)["readings"]
    assert all(any(o["favoured_by"] for o in row["options"]) for row in rows)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Latin", "'Latin' is not the language of an official text"),
        ("English", "the English text favours two options of the reading due"),
    ],
)
def test_a_text_that_cannot_favour_an_option_is_told(
    tmp_path: Path, text: str, message: str
) -> None:
    for path in GARDEN.glob("*.lp"):
        words = path.read_text()
        if path.name == "readings.lp":
            first = "      From: ordinary usage\n"
            second = "      From: minutes of the committee\n"
            words = words.replace(first, f"{first}      Text: English\n", 1)
            words = words.replace(second, f"{second}      Text: {text}\n", 1)
        (tmp_path / path.name).write_text(words)
    with pytest.raises(InputError, match=message):
        load_law(tmp_path)

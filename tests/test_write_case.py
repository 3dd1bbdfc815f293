"""A case that was written reads back to the same case."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from library import load_library
from paths import CASE_FILES
from shipped import shipped_law
from written import flat, reread, same, texts, written_cases

from reasoner import decide, read_case
from reasoner.casefiles.case import read_case_text
from reasoner.casefiles.write_case import write_case
from reasoner.lawfiles.rules import Law
from reasoner.solving.replay import settled
from reasoner.source import Source

CALM = settings(deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
LIBRARY = load_library()
FACTS = """
title("Nova, as facts").  question("inadmissible(nova, a36_2, 20240601)").
as_of(20250601).  about(nova).  person(nova).  name(nova, "Nova: \\"the\\" Ek").
inadmissible_found(nova, a36_2, 20150410, 99991231).
inadmissible_found(nova, a36_1, 20150410, 20200101).
unknown(residence_ceased(nova, 20210201)).  denied(permanent_resident(nova)).
-resides_in_canada(nova, 20200504, 99991231).
chosen_reading(gap, tolerant(3)).  chosen_law_date(20250217).
"""


@pytest.mark.parametrize("path", CASE_FILES.values(), ids=CASE_FILES)
def test_shipped_case(path: Path, law: Law) -> None:
    """Each shipped case reads back the same, on lines that fit a page."""
    case = read_case(str(path), law.vocabulary)
    text = write_case(case, law.vocabulary)
    assert same(reread(text, law.vocabulary)) == same(case)
    assert max(map(len, text.splitlines())) <= 100
    assert write_case(reread(text, law.vocabulary), law.vocabulary) == text


def test_case_as_facts(law: Law) -> None:
    """A file of facts is written in YAML."""
    case = read_case_text(Source("nova.lp", FACTS), law.vocabulary)
    text = write_case(case, law.vocabulary)
    assert same(reread(text, law.vocabulary)) == same(case)
    assert text == (
        "case: Nova, as facts\n"
        "question: inadmissible(nova, a36_2, 20240601)\n"
        "about: nova\n"
        "as_of: 2025-06-01\n"
        "law_date: 2025-02-17\n"
        "readings: {gap: tolerant(3)}\n"
        "\n"
        "people:\n"
        "  nova:\n"
        "    name: 'Nova: \"the\" Ek'\n"
        "    permanent_resident: no\n"
        "    resides_in_canada: {from: 2020-05-04, is: no}\n"
        "    residence_ceased: {on: 2021-02-01, is: unknown}\n"
        "    inadmissible:\n"
        "      - {under: A36(2), since: 2015-04-10}\n"
        "      - {under: A36(1), since: 2015-04-10, until: 2020-01-01}\n"
    )


@settings(CALM, max_examples=60)
@given(st.data())
def test_random_case(garden: Law, data: st.DataObject) -> None:
    """Whatever a case states of any of three laws, it reads back the same."""
    for vocabulary in (LIBRARY, garden.vocabulary, shipped_law().vocabulary):
        case = data.draw(written_cases(vocabulary))
        assert same(reread(write_case(case, vocabulary), vocabulary)) == same(case)


@settings(CALM, max_examples=80)
@given(texts(), texts())
def test_hostile_texts(title: str, note: str) -> None:
    """A text in a case reads back as it was, or without what cannot be printed."""
    lines = ["case: x", "as_of: 2024-01-01", 'question: "1"', "expect: [{answer: yes, note: n}]"]
    case = reread("\n".join(lines), LIBRARY)
    expectation = replace(case.expectations[0], note=flat(note))
    case = replace(case, title=title, description=note, expectations=(expectation,))
    again = reread(write_case(case, LIBRARY), LIBRARY)
    assert same(again) == same(case)


@pytest.mark.parametrize(
    ("name", "question", "settings"),
    [
        ("one-day-gap", None, {"readings": [("gap", "tolerant(1)")]}),
        ("one-day-gap", "65(c)", {"as_of": 20240101, "law_date": 20220101}),
        ("a-family-of-four", "65", {"about": ["irina"], "language": "fr"}),
        ("permit-printed-for-four-years", "63(d)", {}),
        ("one-day-gap", "inadmissible(tamar, A36(2), 2021-06-01)", {}),
        ("one-day-gap", "permit_valid(_, 2021-06-01)", {}),
    ],
)
def test_settled_case_replays(
    name: str, question: str | None, settings: dict[str, object], law: Law
) -> None:
    """A case into which a question was folded gives the same answer by itself."""
    case = read_case(str(CASE_FILES[name]), law.vocabulary)
    decision = decide(law, case, question, **settings)  # type: ignore[arg-type]
    kept = settled(law, case, decision.world, decision.goal, answer=decision.answer)
    again = reread(write_case(kept, law.vocabulary), law.vocabulary)
    replayed = decide(law, again)
    assert replayed.answer == decision.answer == again.expectations[0].answer
    assert replayed.goal.text == decision.goal.text
    assert dict(replayed.readings) == dict(decision.readings)
    assert (replayed.day, replayed.law_date) == (decision.day, decision.law_date)

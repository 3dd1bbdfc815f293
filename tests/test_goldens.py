"""What the program prints, to the letter.

``RECORD=1 pytest tests/test_goldens.py`` records it anew; read the difference before committing it.
"""

import io
import os
import re
import sys
from pathlib import Path

import pytest
from paths import CASES, GARDEN, TESTS
from planted import plant

from reasoner.cli import main
from reasoner.lawfiles.rules import Law

GOLDENS = TESTS / "goldens"
WIDE = ("--width", "100")
BEANS = str(GOLDENS / "beans.yaml")
GRAVEL = str(GOLDENS / "gravel.yaml")
WITH_ATOMS = {"one-day-gap-atoms", "garden-json", "provision"}
COMMANDS = {
    "in-the-class": ("why", "everything-in-order", "65", *WIDE),
    "one-day-gap": ("why", "one-day-gap", *WIDE),
    "one-day-gap-brief": ("why", "one-day-gap", "--brief", *WIDE),
    "one-day-gap-atoms": ("why", "one-day-gap", "65(b)", "--atoms", *WIDE),
    "one-day-gap-narrow": ("why", "one-day-gap", "--width", "60"),
    "garden-json": ("why", BEANS, "2(c)", "--json", "--law", str(GARDEN)),
    "one-day-gap-tolerated": ("why", "one-day-gap", "--reading", "gap=tolerant(1)", *WIDE),
    "new-ground": ("why", "fell-ill-in-canada", *WIDE),
    "window-first-day": ("why", "single-three-year-permit", "--as-of", "2024-03-01", *WIDE),
    "window-next-day": ("why", "single-three-year-permit", "--as-of", "2024-03-02", *WIDE),
    "quebec-brief": ("why", "quebec-opinion-missing", "65", "--brief", *WIDE),
    "undetermined": ("why", "quebec-opinion-unknown", *WIDE),
    "circular": (
        "why",
        "two-spouses-accompanying-each-other",
        "inadmissible(lesedi, A42(1)(b), 2023-05-02)",
        *WIDE,
    ),
    "coverage-garden": (
        *("coverage", "--cases", BEANS, "--cases", GRAVEL, "--law", str(GARDEN)),
        *("--time", "1000", *WIDE),
    ),
    "coverage-french": (
        *("coverage", "63(b)", "--cases", "removal-order-before-the-amendment"),
        *("--time", "1000", "--lang", "fr", "--width", "72"),
    ),
    "left-open": ("why", "printed-last-day", "--open", "--brief", *WIDE),
    "left-open-french": ("why", "printed-last-day", "--open", "--brief", "--lang", "fr", *WIDE),
    "reading-decides": ("readings", "ill-and-poor", *WIDE),
    "reading-decides-french": ("readings", "ill-and-poor", "--lang", "fr", *WIDE),
    "readings-robust": ("readings", "printed-last-day", *WIDE),
    "touched": ("why", "another-permit-in-time", "--all", *WIDE),
    "compared-sanctions": (
        *("compare", "sanctions-and-no-means-of-support", "65"),
        *("--law-date", "2023-01-01", "2025-02-17"),
        *WIDE,
    ),
    "compared-removal-order": (
        *("compare", "departure-order-not-yet-in-force"),
        *("--law-date", "2024-01-01", "2025-02-17"),
        *WIDE,
    ),
    "when-qualifies": (
        *("when", "five-years-on-the-anniversary", "--as-of", "2023-06-01"),
        *WIDE,
    ),
    "when-window": (
        *("when", "single-three-year-permit"),
        *("--from", "2023-01-01", "--until", "2024-12-31"),
        *WIDE,
    ),
    "when-trip": ("when", "short-authorized-trip", "--reading", "absence=presence", *WIDE),
    "when-trip-french": (
        *("when", "short-authorized-trip", "--reading", "absence=presence", "--lang", "fr"),
        *("--width", "72"),
    ),
    "when-undetermined": ("when", "quebec-opinion-unknown", *WIDE),
    "when-narrow": ("when", "one-day-gap", "--width", "40"),
    "compared-texts": ("compare", "leave-obtained-abroad", "63", "--language", "en", "fr", *WIDE),
    "contrasted-record-suspension": ("contrast", "record-suspension", "criminality", *WIDE),
    "contrasted-permits-french": (
        *("contrast", "single-three-year-permit", "one-day-gap", "65"),
        *("--brief", "--lang", "fr"),
        *WIDE,
    ),
    "contrasted-same-answer": ("contrast", "ill-and-poor", "renewal-one-day-late", *WIDE),
    "contrasted-beans": ("contrast", BEANS, GRAVEL, "--law", str(GARDEN), *WIDE),
    "in-the-class-french": ("why", "everything-in-order", "65", "--lang", "fr", *WIDE),
    "one-day-gap-french": ("why", "one-day-gap", "--lang", "fr", *WIDE),
    "new-ground-french": ("why", "fell-ill-in-canada", "--lang", "fr", *WIDE),
    "quebec-brief-french": (
        "why",
        "quebec-opinion-missing",
        "65",
        "--brief",
        "--lang",
        "fr",
        *WIDE,
    ),
    "undetermined-french": ("why", "quebec-opinion-unknown", "--lang", "fr", *WIDE),
    "circular-french": (
        "why",
        "two-spouses-accompanying-each-other",
        "inadmissible(lesedi, A42(1)(b), 2023-05-02)",
        *("--lang", "fr"),
        *WIDE,
    ),
    "whatif-suspended": (
        *("whatif", "criminality", "65"),
        "people.giorgos.record_suspension={under: A36(2)(a), on: 2023-05-02}",
        *WIDE,
    ),
    "whatif-fewer-grounds": (
        *("whatif", "ill-with-a-serious-conviction", "65"),
        "people.nikola.inadmissible-={under: A38(1)(c)}",
        *WIDE,
    ),
    "whatif-a-day-earlier": (
        *("whatif", "one-day-gap", "65"),
        *("permits.second.issued=2022-01-15", "permits.second.from=2022-01-15"),
        "readings.gap41=finding",
        *WIDE,
    ),
    "whatif-touched": ("whatif", "one-day-gap", "-permits.second", "--all", *WIDE),
    "whatif-another-day": (
        *("whatif", "single-three-year-permit", "--as-of", "2024-03-01"),
        *("as_of=2024-03-02", "65"),
        *WIDE,
    ),
    "whatif-french": (
        *("whatif", "one-day-gap", "65", "--lang", "fr"),
        *("readings.gap=applied", "readings.gap41=finding"),
        *WIDE,
    ),
    "needs-opinion": ("needs", "quebec-opinion-missing", *WIDE),
    "needs-french": ("needs", "quebec-opinion-missing", "--limit", "2", "--lang", "fr", *WIDE),
    "needs-time": ("needs", "one-day-gap", *WIDE),
    "needs-past": ("needs", "one-day-gap", "--any", "--limit", "2", *WIDE),
    "needs-otherwise": ("needs", "single-three-year-permit", "--limit", "5", *WIDE),
    "needs-beans": ("needs", BEANS, "--law", str(GARDEN), *WIDE),
    "vary-one-day-short": ("vary", "one-day-short", *WIDE),
    "vary-french": ("vary", "one-day-short", "--lang", "fr", *WIDE),
    "vary-opinion": ("vary", "quebec-opinion-missing", "--changes", "1", "--limit", "6", *WIDE),
    "vary-visa": ("vary", "fee-not-paid", "--changes", "1", *WIDE),
    "vary-beans": ("vary", BEANS, "--law", str(GARDEN), *WIDE),
    "permanent-resident": ("why", "everything-in-order", *WIDE),
    "garden": ("why", BEANS, "--law", str(GARDEN), *WIDE),
    "garden-full": ("why", BEANS, "3", "--full", "--law", str(GARDEN), *WIDE),
    "provision": ("show", "65(b)(i)(C)(II)", *WIDE),
    "guidance-barred": ("why", "claim-rejected-four-months-ago", *WIDE),
    "guidance-literal": ("why", "another-permit-in-time", "--reading", "nostatus=literal", *WIDE),
    "guidance-family": ("why", "two-months-left", "--about", "rhys", "--brief", *WIDE),
    "repl": ("repl", "one-day-gap", *WIDE),
    "interview-no": ("ask", *WIDE),
    "interview-french": ("ask", "65(d)", "--lang", "fr", *WIDE),
    "interview-yes": ("ask", "--law", str(GARDEN), *WIDE),
    "interview-stopped": ("ask", "quebec-opinion-missing", *WIDE),
    "guidance-french": ("why", "family-violence-with-status", "--lang", "fr", "--brief", *WIDE),
}

TYPED = {
    "repl": """set readings.gap=applied
permits.second.issued=2022-01-20
set readings.gap41=finding
diff
undo
why 65(c) brief
unset permits.second
redo
undo
undo
undo
whatever
""",
    "interview-no": """R65
yesterday
2024-06-01
Ana
why
perhaps
yes
first

2019-13-01
2019-01-15
2019-01-10
no
back
yes
2019-01-15
so far
help
no
no
no
no
""",
    "interview-french": """2024-06-01
Élodie
oui
pourquoi
non
retour
non
inconnu
non
""",
    "interview-yes": """B1
2024-06-01
Rosa
yes
north
2020-04-01
2024-03-30
yes
1
25
why
no
no
""",
    "interview-stopped": """why
stop
""",
}


def printed(arguments: tuple[str, ...], encoding: str = "utf-8", typed: str = "") -> str:
    """What a command prints to a stream that is no terminal."""
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding=encoding, newline="\n")
    before, sys.stdout = sys.stdout, stream
    keyboard, sys.stdin = sys.stdin, io.StringIO(typed)
    try:
        status = main(arguments)
        stream.flush()
    finally:
        sys.stdout, sys.stdin = before, keyboard
    assert status == 0
    text = raw.getvalue().decode(encoding)
    for folder, name in ((CASES, "cases"), (TESTS, "tests")):
        text = text.replace(str(folder), name)
    return text


def compare(name: str, text: str) -> None:
    """Hold an output against its golden, or record it."""
    golden = GOLDENS / f"{name}.txt"
    if os.environ.get("RECORD"):
        golden.write_text(text, encoding="utf-8", newline="\n")
    assert text == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", COMMANDS)
def test_output_is_as_recorded(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(TESTS.parent)
    compare(name, printed(COMMANDS[name], typed=TYPED.get(name, "")))


def test_output_for_a_stream_without_unicode_is_as_recorded() -> None:
    text = printed(COMMANDS["one-day-gap"], "ascii")
    assert text.isascii()
    compare("one-day-gap-ascii", text)


def test_the_audit_of_a_by_law_is_as_recorded(tmp_path: Path) -> None:
    law = plant(tmp_path / "garden")
    where = ("--law", str(law), "--scope", "gardeners=2,plots=1")
    compare("audit-garden", untimed(printed(("audit", *where, "--width", "90")), law))


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_audit_of_a_provision_is_as_recorded(
    monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    monkeypatch.chdir(TESTS.parent)
    where = ("--scope", "people=1,permits=1", "--cases", "printed-last-day", "--lang", language)
    under = ("--reading", "chain=same_permit", "--only", "dead", *WIDE)
    text = printed(("audit", "65(b)(ii)", *where, *under))
    compare(f"audit-provision-{language}", untimed(text, TESTS))


def untimed(text: str, folder: Path) -> str:
    """What is printed without how long it took, and without the name of a folder."""
    return re.sub(r"\d+[.,]\d s\b", "0.0 s", text.replace(f"{folder}/", ""))


@pytest.mark.parametrize(("name", "width"), [("one-day-gap", 100), ("one-day-gap-narrow", 60)])
def test_no_line_is_wider_than_asked(name: str, width: int) -> None:
    lines = (GOLDENS / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if len(line) > width] == []


def test_the_brief_refusal_of_a_quebec_case_fits_in_ten_lines() -> None:
    text = printed(COMMANDS["quebec-brief"])
    assert 0 < len(text.splitlines()) <= 10


@pytest.mark.parametrize("name", sorted({*COMMANDS} - WITH_ATOMS))
def test_nothing_of_the_solver_is_shown_to_a_lawyer(name: str, law: Law) -> None:
    text = (GOLDENS / f"{name}.txt").read_text(encoding="utf-8")
    text = text.partition("\ncase: ")[0]  # a case file speaks as case files do
    readings = law.vocabulary.readings.values()
    chosen = {word for r in readings for word in (r.id, *(option.id for option in r.options))}
    assert set(re.findall(r"\w*_\w*", text)) <= chosen
    assert not re.search(r"[{}]|:-|9999|\d{8}|[a-z]\([a-z]+,", text)


@pytest.mark.parametrize("path", sorted(GOLDENS.glob("*.txt")), ids=lambda path: path.stem)
def test_every_golden_belongs_to_a_test(path: Path) -> None:
    audits = {"audit-garden", "audit-provision-en", "audit-provision-fr"}
    assert path.stem in {*COMMANDS, *audits, "one-day-gap-ascii"}

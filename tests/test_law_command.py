"""The table of the law: every provision of the inventory is in it, and it tells what there is."""

import json
import re

import pytest
from conftest import Reports
from paths import CASE_FILES, CASES, GARDEN, OFFICIAL

from reasoner.cli import main
from reasoner.lawfiles.rules import Law
from reasoner.official.inventory import (
    ENCODED,
    IN_PARTS,
    MISSING,
    NOT_ENCODED,
    REACHED,
    count_reached,
    dump_reached,
    natural_order,
    take_inventory,
)

PINPOINTS = [
    line
    for line in (OFFICIAL / "pinpoints.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]

ORDERED = """
R9 R61(1) R61(1)(b)(i) R61(1)(b)(ii) R61(1)(b)(iv) R61(1)(b)(v) R61(1)(b)(ix) R61(1)(c)
R61(1)(c.1) R61(1)(d) R61(1)(h) R61(1)(i) R61(1)(j) R61(1)(z) R61(1)(z.1) R61(1)(aa)
R61(1.1) R61(2) R61(10) R65 R65(b)(i)(C)(I) R65(b)(i)(C)(II) R65.1 R65.1(1) R70 R243.1
"""

# Provisions of the inventory of which the law files say nothing yet.
MISSING_YET: set[str] = set()


def call(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """A run of the program within this process: status, output, messages."""
    status = main(arguments)
    said = capsys.readouterr()
    return status, said.out, said.err


def test_every_pinpoint_of_the_inventory_is_in_the_table(law: Law) -> None:
    entries = {e.pinpoint: e for e in take_inventory(law).entries}
    assert {p for p in PINPOINTS if p not in entries or entries[p].state == MISSING} == MISSING_YET


def test_the_table_of_the_core_has_nothing_that_is_not_in_the_inventory(law: Law) -> None:
    """Beyond the pinpoints themselves: sections and groups that only gather what is below."""
    for entry in take_inventory(law).entries:
        gathers = any(p.startswith((f"{entry.pinpoint}(", f"{entry.pinpoint}/")) for p in PINPOINTS)
        assert entry.pinpoint in PINPOINTS or gathers, entry.pinpoint


def test_what_is_encoded_has_sentences_in_both_languages(law: Law) -> None:
    silent = [
        e.pinpoint
        for e in take_inventory(law).entries
        if e.state == ENCODED and e.sentences != ("en", "fr")
    ]
    assert silent == []


def test_what_is_not_encoded_says_why(law: Law) -> None:
    for entry in take_inventory(law, everything=True).entries:
        assert (entry.state == NOT_ENCODED) == bool(entry.reason and not entry.rules)
        assert entry.state == MISSING or entry.line or entry.state == IN_PARTS


def test_the_count_of_cases_is_current(reports: Reports) -> None:
    """`python tests/count_reached.py` counts anew."""
    found = [
        (path.stem, report.reached)
        for path, report in zip(CASE_FILES.values(), reports.all(), strict=True)
    ]
    counted = dump_reached(count_reached(found))
    assert (CASES / REACHED).read_bytes() == counted, "run python tests/count_reached.py"


# how it is counted and sorted


def test_counting() -> None:
    found = count_reached(
        [
            ("rich", [("B1", True, True), ("B1", False, False), ("B2", True, False)]),
            ("poor", [("B1", True, True)]),
            ("odd", [("B2", True, True)]),
        ]
    )
    assert found["B1"] == (2, 1, ("poor", "rich"), (True, False))
    assert found["B2"] == (2, 0, ("odd", ""), (True, False))
    assert json.loads(dump_reached(found))["provisions"]["B2"] == [2, 0, "odd", "", True, False]


def test_pinpoints_are_sorted_as_a_statute_has_them() -> None:
    ordered = ORDERED.split()
    assert sorted(sorted(ordered), key=natural_order) == ordered


# the command


def test_the_table_of_the_garden(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = call(capsys, "law", "--law", str(GARDEN), "--all")
    assert (status, err) == (0, "")
    assert out.startswith(
        "By-law of the allotment garden\n"
        "B1              bylaw.lp:3   en\n"
        "B2              bylaw.lp:16  in its parts\n"
    )
    assert "B2(c)(i)(A)(I)  missing: the law files say nothing of it\n" in out
    assert re.search(r"B6 +bylaw.lp:\d+  not encoded: it decides nothing about plots\.\n", out)
    assert "met in" not in out
    assert out.endswith("13 provisions: 7 encoded, 1 in parts, 1 not encoded, 4 missing.\n")
    assert "B6" not in call(capsys, "law", "--law", str(GARDEN))[1]


def test_the_table_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    data = json.loads(call(capsys, "law", "--law", str(GARDEN), "--all", "--json")[1])
    rows = {row["pinpoint"]: row for row in data["provisions"]}
    assert rows["B2(b)"]["readings"] == ["due"]
    assert rows["B2(b)"]["core"]
    assert not rows["B4"]["core"]
    assert rows["B2(c)(i)"] == {
        "pinpoint": "B2(c)(i)",
        "layer": "regulation",
        "core": True,
        "state": "missing",
        "summary": "",
        "path": None,
        "line": None,
        "reason": "",
        "rules": 0,
        "sentences": [],
        "readings": [],
        "cases": None,
    }


@pytest.mark.parametrize("width", ["40", "72", "100", "200"])
def test_the_table_fits(width: str, capsys: pytest.CaptureFixture[str]) -> None:
    out = call(capsys, "law", "--all", "--width", width)[1]
    longest = max(len(word) for word in out.split())
    assert max(map(len, out.splitlines())) <= max(int(width), longest + 24 + longest)


def test_options_may_stand_before_the_command(capsys: pytest.CaptureFixture[str]) -> None:
    text = str(OFFICIAL / "garden.en.xml")
    before = call(capsys, "law", "--law", str(GARDEN), "--width", "60", "drift", text)
    after = call(capsys, "law", "drift", text, "--law", str(GARDEN), "--width", "60")
    assert before == after
    assert before[0] == 0
    with pytest.raises(SystemExit) as stopped:
        main(["law", "drift"])
    assert stopped.value.code == 2

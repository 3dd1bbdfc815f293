"""What a newer or an older text of the law says otherwise than our rules."""

import json
import re
import shutil
from pathlib import Path

import pytest
from paths import GARDEN, LAW, OFFICIAL, REAL

from reasoner.cli import main
from reasoner.lawfiles.law import load_law
from reasoner.lawfiles.rules import Law
from reasoner.official.drift import find_drift, word_difference
from reasoner.official.drift_view import difference_text, drift_json
from reasoner.official.fingerprints import (
    FILE,
    encoded_pinpoints,
    read_fingerprints,
    read_settings,
    take_fingerprints,
)
from reasoner.official.official import inside, read_official

ENGLISH = str(OFFICIAL / "garden.en.xml")
LATER = str(OFFICIAL / "garden.en.later.xml")
real = pytest.mark.skipif(not REAL.is_dir(), reason=f"the official files are not in {REAL}")


@pytest.fixture(autouse=True)
def _data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REASONER_DATA", str(tmp_path / "data"))


def call(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """A run of the program within this process: status, output, messages."""
    status = main(arguments)
    said = capsys.readouterr()
    return status, said.out, said.err


def copy_of_garden(folder: Path) -> Path:
    """A copy of the garden's law, to be changed."""
    return Path(shutil.copytree(GARDEN, folder / "garden"))


def test_nothing_differs_from_the_text_of_the_rules(capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("garden.en.xml", "garden.fr.xml"):
        arguments = ("law", "drift", str(OFFICIAL / name), "--law", str(GARDEN))
        status, out, _ = call(capsys, *arguments)
        assert status == 0
        assert "Core, B1 to B3: nothing\n\nOutside the core: nothing\n" in out
        assert json.loads(call(capsys, *arguments, "--json")[1])["findings"] == []


def test_a_later_text(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = call(capsys, "law", "drift", LATER, "--law", str(GARDEN))
    assert status == 1
    findings = [line for line in out.splitlines() if line.startswith("  B")]
    assert [line.split("  (")[0] for line in findings] == [
        "  B2(b)  changed, in force since 2025-05-01",
        "  B2(c)(ii)  renumbered as B2(c)(iii)",
        "  B2(c)(ii)  new, with (A), in force since 2025-05-01",
        "  B5  repealed",
    ]
    assert out.index("Core, B1 to B3: 3") < out.index("Outside the core: 1")
    assert "import the English text of 2024-01-01" in " ".join(out.split())


def test_the_words_that_changed(capsys: pytest.CaptureFixture[str]) -> None:
    call(capsys, "law", "import", ENGLISH)
    out = call(capsys, "law", "drift", LATER, "--law", str(GARDEN))[1]
    assert "      owes the rent by the last day of [-March-] {+April+}, and\n" in out
    assert "To see the words" not in out
    data = json.loads(call(capsys, "law", "drift", LATER, "--law", str(GARDEN), "--json")[1])
    assert (data["schema"], data["changed"]) == ("reasoner/drift/1", True)
    changed = next(f for f in data["findings"] if f["kind"] == "changed")
    assert [w["sign"] for w in changed["words"]] == ["=", "-", "+", "="]
    moved = next(f for f in data["findings"] if f["kind"] == "renumbered")
    assert (moved["pinpoint"], moved["elsewhere"]) == ("B2(c)(ii)", "B2(c)(iii)")


def test_an_earlier_text_tells_the_same_amendments(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = str(copy_of_garden(tmp_path))
    assert call(capsys, "law", "fingerprint", LATER, "--law", folder)[0] == 0
    call(capsys, "law", "import", LATER)
    status, out, _ = call(capsys, "law", "drift", ENGLISH, "--law", folder)
    assert status == 1
    findings = [line.split("  (")[0] for line in out.splitlines() if line.startswith("  B")]
    assert findings == [
        "  B2(b)  changed, in force since 2025-05-01",
        "  B2(c)(ii)  new, with (A), in force since 2025-05-01",
        "  B2(c)(iii)  renumbered from B2(c)(ii)",
        "  B5  repealed",
    ]
    assert "last day of [-March-] {+April+}, and" in out


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        # a paragraph is added, and the "and" moves: only the new one is told
        (
            "the last day of March, and</Text></Paragraph>",
            "the last day of March;</Text></Paragraph>"
            "<Paragraph><Label>(b.1)</Label><Text>cuts the hedge, and</Text></Paragraph>",
            [("new", "B2(b.1)")],
        ),
        # nothing else happened: then it is a change
        ("the last day of March, and", "the last day of March,", [("changed", "B2(b)")]),
        ("the last day of March, and", "the last day of March, or", [("changed", "B2(b)")]),
        # only the print differs
        ("the last day of March, and", "the last  day of March; and", []),
        ("unless<LineBreak/>pardoned", "unless pardoned", []),
        # a marginal note is no law
        (">Nuisance<", ">Nuisances<", []),
        # what is below a repealed provision is told with it
        (
            "<Label>3</Label>\n  <Text>A nuisance",
            "<Label>3</Label>\n  <Text><Repealed>[Repealed]</Repealed></Text><X/><Text>",
            [("repealed", "B3")],
        ),
        # two sections change places
        ("<Label>5</Label>", "<Label>5.1</Label>", [("renumbered", "B5")]),
        # what is after all below says more
        ("and does so in every year", "and does so", [("changed", "B2")]),
    ],
)
def test_amendments(
    before: str,
    after: str,
    found: list[tuple[str, str]],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    text = Path(ENGLISH).read_text(encoding="utf-8")
    assert text.count(before) == 1
    path = tmp_path / "amended.xml"
    path.write_text(text.replace(before, after), encoding="utf-8")
    data = json.loads(call(capsys, "law", "drift", str(path), "--law", str(GARDEN), "--json")[1])
    assert [(f["kind"], f["pinpoint"]) for f in data["findings"]] == found


def test_another_definition_is_none_of_ours(capsys: pytest.CaptureFixture[str]) -> None:
    assert "founder" in Path(LATER).read_text(encoding="utf-8")
    assert "founder" not in call(capsys, "law", "drift", LATER, "--law", str(GARDEN))[1]


def test_a_heading_written_since_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = copy_of_garden(tmp_path)
    with open(folder / "bylaw.lp", "a", encoding="utf-8") as file:
        file.write("\n%## 7\n%> Hedges are cut.\n% Not encoded: it decides nothing.\n")
    out = call(capsys, "law", "drift", ENGLISH, "--law", str(folder))[1]
    assert "Without fingerprints, and not compared: B7." in out


def test_an_amendment_of_which_the_law_files_know_is_marked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = copy_of_garden(tmp_path)
    text = (folder / "bylaw.lp").read_text(encoding="utf-8")
    noted = text.replace("%### 2(b)\n", "%### 2(b)\n%= since 2025-05-01: by the end of April.\n")
    (folder / "bylaw.lp").write_text(noted, encoding="utf-8")
    out = call(capsys, "law", "drift", LATER, "--law", str(folder))[1]
    assert "B2(b)  changed, in force since 2025-05-01, as the law files note" in " ".join(
        out.split(" ")
    )


@pytest.mark.parametrize("with_settings", [True, False])
def test_a_law_without_fingerprints_says_so(
    with_settings: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = copy_of_garden(tmp_path)
    (folder / FILE).unlink()
    if not with_settings:
        (folder / "official.toml").unlink()
    status, out, err = call(capsys, "law", "drift", ENGLISH, "--law", str(folder))
    assert (status, out) == (2, "")
    assert err.startswith(
        "the law has no fingerprints of GAR/1987-1 in English"
        if with_settings
        else f"{ENGLISH} is GAR/1987-1, of which this law encodes nothing"
    )
    assert "hint" in err


@pytest.mark.parametrize("text", ["", "{}", "[1]", '{"schema": "x"}', "[" * 9999])
def test_damaged_fingerprints(
    text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = copy_of_garden(tmp_path)
    (folder / FILE).write_text(text)
    status, _, err = call(capsys, "law", "drift", ENGLISH, "--law", str(folder))
    assert (status, err.count("\n")) in ((2, 2), (2, 4))
    assert "this is no file of fingerprints" in err


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("core = [", "official.toml:1:1: invalid value"),
        ("core = []\ncore = 7", "official.toml:2:"),
        ("[instruments.B]\npage = 'x'", "an instrument has no identifiers"),
        ("instruments = 7", "an instrument has no identifiers"),
    ],
)
def test_damaged_settings(
    text: str, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = copy_of_garden(tmp_path)
    (folder / "official.toml").write_text(text)
    status, _, err = call(capsys, "law", "drift", ENGLISH, "--law", str(folder))
    assert status == 2
    assert message in err


def test_fingerprints_of_the_garden_are_those_of_its_texts(garden: Law) -> None:
    settings = read_settings(garden)
    for written in read_fingerprints(garden):
        text = read_official(str(OFFICIAL / f"garden.{written.language}.xml"))
        assert take_fingerprints(garden, settings, text) == written


def test_differences_keep_the_spaces() -> None:
    before, after = "no dog (or cat), here", "no dog or bird (nor cat), here;"
    pieces = list(word_difference(before, after))
    assert "".join(text for sign, text in pieces if sign != "-") == after
    assert difference_text(list(word_difference("a b", "a c"))) == "a [-b-] {+c+}"


# the real law


def findings(law: Law, name: str) -> list[tuple[str, str, bool]]:
    """What a real file says otherwise: kind, pinpoint, and whether it is in the core."""
    data = drift_json(find_drift(law, read_official(str(REAL / name)), name))
    return [(f["kind"], f["pinpoint"], f["core"]) for f in data["findings"]]


@real
def test_the_text_of_2020(law: Law) -> None:
    found = findings(law, "SOR-2002-227.en.2020-04-30.xml")
    assert [row[:2] for row in found if row[2]] == [
        ("changed", "R63(a)"),
        ("changed", "R65(b)(ii)"),
        ("changed", "R70(2)(b)"),
    ]
    assert ("new", "R243.1", False) in found


@real
@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_text_of_2026(language: str, law: Law) -> None:
    found = findings(law, f"SOR-2002-227.{language}.2026-06-12.xml")
    assert [row for row in found if row[2]] == []
    assert any(pinpoint.startswith("R30(1)(g)") for _, pinpoint, _ in found)
    act = findings(law, f"I-2.5.{language}.2026-03-26.xml")
    assert ("changed", "A47(c)", False) in act


@real
@pytest.mark.parametrize(
    "name",
    [
        "SOR-2002-227.en.2025-01-31",
        "SOR-2002-227.fr.2025-01-31",
        "I-2.5.en.2024-08-19",
        "I-2.5.fr.2024-08-19",
        "I-21.en",
    ],
)
def test_the_texts_of_the_rules_do_not_differ(name: str, law: Law) -> None:
    assert findings(law, f"{name}.xml") == []


def test_everything_encoded_has_a_fingerprint(law: Law) -> None:
    """`reasoner law fingerprint FILE...` with the texts named in `asp/fingerprints.json`."""
    for written in read_fingerprints(law):
        encoded = {*encoded_pinpoints(law, written.prefix)}
        stale = encoded ^ {*written.encoded}
        assert not stale, f"{written.prefix}: take the fingerprints anew: {sorted(stale)}"
        known = {*written.fingerprints}
        lost = {p for p in encoded - known if not {*inside(p)} & known}
        assert not lost, f"the official text has no such provision: {sorted(lost)}"


def test_no_official_sentence_is_stored() -> None:
    data = json.loads((LAW / FILE).read_text(encoding="utf-8"))
    for text in data["texts"]:
        for digest, since in text["provisions"].values():
            assert re.fullmatch(r"|repealed|[0-9a-f]{32}( (and|or|et|ou))?", digest)
            assert len(since) in (0, 10)
    assert {*read_settings(load_law()).instruments} == {t["instrument"] for t in data["texts"]}

"""Official texts: what is read of the XML, what is refused, what is kept, and where it is shown."""

import json
import os
import re
import stat
from pathlib import Path

import pytest
from paths import GARDEN, OFFICIAL, REAL

from reasoner.cli import main
from reasoner.errors import InputError
from reasoner.official.fingerprints import plain_words
from reasoner.official.official import OfficialText, inside, read_official, split_pinpoint
from reasoner.official.texts import data_folder, imported, keep_texts, load_text

ENGLISH = OFFICIAL / "garden.en.xml"
FRENCH = OFFICIAL / "garden.fr.xml"
HEAD = (
    '<Regulation xmlns:lims="http://justice.gc.ca/lims" lims:pit-date="2024-01-01" '
    'xml:lang="en"><Identification><InstrumentNumber>GAR/1987-1</InstrumentNumber>'
    "</Identification>\n"
)
real = pytest.mark.skipif(not REAL.is_dir(), reason=f"the official files are not in {REAL}")
SECTION = "<Section><Label>1</Label><Text>Words.</Text>{}</Section>"


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of the user's data for each test."""
    folder = tmp_path / "data"
    monkeypatch.setenv("REASONER_DATA", str(folder))
    return folder


@pytest.fixture
def english() -> OfficialText:
    """The by-law of the garden in English."""
    return read_official(str(ENGLISH))


def call(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """A run of the program within this process: status, output, messages."""
    status = main(arguments)
    said = capsys.readouterr()
    return status, said.out, said.err


def body(text: str) -> str:
    """A regulation with some body."""
    return f"{HEAD}<Body>{text}</Body></Regulation>"


# what is read


def test_the_instrument(english: OfficialText) -> None:
    assert english.identifier == "GAR/1987-1"
    assert english.title == "By-law of the Allotment Garden"
    assert (english.language, english.date) == ("en", "2024-01-01")


def test_provisions_stand_in_their_order(english: OfficialText) -> None:
    assert list(english.provisions) == [
        "1",
        "2",
        "2(a)",
        "2(b)",
        "2(c)",
        "2(c)(i)",
        "2(c)(i)(A)",
        "2(c)(i)(A)(I)",
        "2(c)(ii)",
        "3",
        "4",
        "4(1)",
        '4(1) "founder"',
        '4(1) "trusted"',
        '4(1) "trusted"(a)',
        '4(1) "trusted"(b)',
        "4(2)",
        "4(3)",
        "5",
        "6",
        "7",
    ]


def test_words_are_its_own_without_notes(english: OfficialText) -> None:
    first = english.provisions["1"]
    assert first.words.endswith("grows enough and has not forfeited it.")
    assert first.note == "Keeping a plot"
    assert english.provisions["2(c)"].words == "grows beans on at least"
    assert english.provisions["2(c)"].since == "1987-04-01"
    assert "unless pardoned" in english.provisions["3"].words


def test_what_continues_a_text_comes_after_what_stands_below(english: OfficialText) -> None:
    second = english.provisions["2"]
    assert (second.words, second.closing) == (
        "A tenant, that is to say",
        "and does so in every year.",
    )


def test_definitions_are_found_by_their_english_terms() -> None:
    for path in (ENGLISH, FRENCH):
        found = read_official(str(path)).provisions['4(1) "trusted"']
        assert found.terms == ("trusted", "de confiance")


def test_repealed_provisions_are_marked_each(english: OfficialText) -> None:
    assert [p.pinpoint for p in english.provisions.values() if p.repealed] == ["4(2)", "4(3)"]


def test_french_labels_give_the_same_pinpoints(english: OfficialText) -> None:
    french = read_official(str(FRENCH))
    assert {*french.provisions} == {*english.provisions} - {"7"}
    assert (french.provisions["2(c)"].label, french.provisions["2(c)"].pinpoint) == ("c)", "2(c)")


@pytest.mark.parametrize(
    ("label", "found"),
    [
        ("(2) to (4)", ["1(2)", "1(3)", "1(4)"]),
        ("(2) à (4)", ["1(2)", "1(3)", "1(4)"]),
        ("c) et d)", ["1(c)", "1(d)"]),
        ("(a) to (c)", ["1(a)", "1(b)", "1(c)"]),
        ("(2.1) to (3)", ["1(2.1)", "1(3)"]),
        ("*(2)", ["1(2)"]),
        ("a.1)", ["1(a.1)"]),
    ],
)
def test_labels(label: str, found: list[str], tmp_path: Path) -> None:
    path = tmp_path / "labels.xml"
    below = f"<Subsection><Label>{label}</Label><Text>Words.</Text></Subsection>"
    path.write_text(body(SECTION.format(below)))
    assert list(read_official(str(path)).provisions) == ["1", *found]


def test_a_pinpoint_that_stands_twice_has_the_words_of_both(tmp_path: Path) -> None:
    path = tmp_path / "twice.xml"
    path.write_text(body(SECTION.format("") + SECTION.format("").replace("Words", "Others")))
    assert read_official(str(path)).provisions["1"].words == "Words. Others."


def test_pinpoints_come_apart() -> None:
    assert split_pinpoint('4(1) "trusted"(b)') == ["4", "(1)", ' "trusted"', "(b)"]
    assert inside("R65(b)(ii)") == ("R65", "R65(b)")


# what is refused

_BOMB = (
    '<?xml version="1.0"?>\n<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>\n'
    + HEAD
    + "<Body><Section><Label>1</Label><Text>&b;</Text></Section></Body></Regulation>"
)
REFUSED = {
    "entities": (_BOMB, 2, "a document type, which could declare entities, is not read"),
    "doctype": ('<!DOCTYPE Regulation SYSTEM "file:///etc/passwd">' + HEAD, 1, "document type"),
    "unknown_entity": (body(SECTION.format("&nbsp;")), 2, "undefined entity"),
    "truncated": (body(SECTION.format(""))[:-20], 2, "not well-formed XML"),
    "no_xml": ("The law is an ass.", 1, "not well-formed XML: syntax error"),
    "root": ("<html>\n<body/></html>", 1, "<html> is no Act and no Regulation"),
    "no_body": (HEAD + "</Regulation>", 1, "the file has no body"),
    "no_section": (body("<Heading/>"), 2, "the body has no section"),
    "no_label": (
        body(SECTION.format("\n<Paragraph><Text>Words.</Text></Paragraph>")),
        3,
        "there is no label for a paragraph below 1",
    ),
    "odd_label": (
        body(SECTION.format("\n<Paragraph><Label>(;)</Label></Paragraph>")),
        3,
        "the label '(;)' cannot be read for a paragraph below 1",
    ),
    "no_date": (body(SECTION.format("")).replace("pit-date", "some-date"), 1, "lims:pit-date"),
    "no_language": (body(SECTION.format("")).replace('"en"', '"de"'), 1, "xml:lang"),
    "no_name": (
        body(SECTION.format("")).replace("InstrumentNumber", "Number"),
        1,
        "does not say which instrument it is",
    ),
    "deep": (body("<a>" * 5000 + "</a>" * 5000), 2, "more than 100 deep"),
    "long": (body(SECTION.format("x" * 10_000_000)), 2, "not"),
}
REFUSED["long"] = (
    body(f"<Section><Label>1</Label><Text>{'word ' * 2_000_000}</Text></Section>"),
    2,
    "1 has more than 100,000 characters of its own",
)


@pytest.mark.parametrize("name", REFUSED)
def test_hostile_and_broken_files(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], data: Path
) -> None:
    text, line, message = REFUSED[name]
    path = tmp_path / f"{name}.xml"
    path.write_text(text)
    status, out, err = call(capsys, "law", "import", str(ENGLISH), str(path))
    assert (status, out) == (2, "")
    assert err.startswith(f"{path}:{line}:")
    assert message in err.splitlines()[0]
    assert len(err) < 1000
    assert not data.exists()


def test_files_that_are_no_text(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    latin = tmp_path / "latin.xml"
    latin.write_bytes(body(SECTION.format("")).replace("Words", "Été").encode("latin-1"))
    empty = tmp_path / "empty.xml"
    empty.write_text("\n")
    missing = tmp_path / "missing.xml"
    huge = tmp_path / "huge.xml"
    huge.write_bytes(b" " * 16_000_001)
    for path, message in (
        (latin, f"{latin}:2:38: this is not UTF-8 text"),
        (empty, f"{empty} is empty"),
        (missing, f"{missing} does not exist"),
        (tmp_path, f"{tmp_path} is a folder, not a file"),
        (huge, f"{huge} is too large: it has more than 16,000,000 bytes"),
    ):
        status, out, err = call(capsys, "law", "drift", str(path))
        assert (status, out) == (2, "")
        assert err.startswith(message)


def test_no_more_than_five_problems_are_told(tmp_path: Path) -> None:
    path = tmp_path / "labels.xml"
    path.write_text(body("<Section><Text>Words.</Text></Section>" * 50))
    with pytest.raises(InputError) as caught:
        read_official(str(path))
    assert len(caught.value.problems) == 5


# what is kept


def test_import_keeps_replaces_and_lists(
    capsys: pytest.CaptureFixture[str], data: Path, english: OfficialText
) -> None:
    assert call(capsys, "law", "import")[1] == (
        "No official text is imported: `reasoner law import FILE`.\n"
    )
    status, out, err = call(capsys, "law", "import", str(ENGLISH), str(FRENCH))
    assert (status, err) == (0, "")
    assert out.startswith("imported: By-law of the Allotment Garden (GAR/1987-1), en, of 2024-01-")
    assert call(capsys, "law", "import", str(ENGLISH))[1].startswith("replaced: ")
    assert call(capsys, "law", "import")[1] == (
        "GAR-1987-1  en  2024-01-01\nJAR-1987-1  fr  2024-01-01\n"
    )
    files = sorted(path.name for path in (data / "official").iterdir())
    assert files == ["GAR-1987-1.en.2024-01-01.json", "JAR-1987-1.fr.2024-01-01.json"]
    assert load_text(data / "official" / files[0]) == english


def test_import_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    kept = json.loads(call(capsys, "law", "import", str(ENGLISH), "--json")[1])
    listed = json.loads(call(capsys, "law", "import", "--json")[1])
    assert kept["schema"] == listed["schema"] == "reasoner/texts/1"
    assert kept["texts"][0]["provisions"] == 21
    assert listed["texts"][0]["path"] == kept["texts"][0]["path"]


@pytest.mark.parametrize("text", ["", "{", "[]", '{"schema": "reasoner/official/1"}', "[" * 9999])
def test_a_damaged_copy_is_named(
    text: str, english: OfficialText, capsys: pytest.CaptureFixture[str]
) -> None:
    ((path, _),) = keep_texts([english])
    path.write_text(text)
    status, _, err = call(capsys, "show", "2(c)", "--law", str(GARDEN), "--text")
    assert (status, err) == (
        2,
        f"{path} is damaged, or of another version\n"
        "  hint: import the XML again, or delete the file\n",
    )


def test_a_folder_that_cannot_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    monkeypatch.setenv("REASONER_DATA", str(blocked))
    status, _, err = call(capsys, "law", "import", str(ENGLISH))
    assert status == 2
    assert "cannot be written" in err
    assert "REASONER_DATA" in err


def test_a_text_that_cannot_be_written_leaves_the_old_one(
    english: OfficialText, monkeypatch: pytest.MonkeyPatch
) -> None:
    ((path, _),) = keep_texts([english])
    before = path.read_bytes()

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(InputError, match="No space left"):
        keep_texts([english])
    assert path.read_bytes() == before
    assert [p.name for p in path.parent.iterdir()] == [path.name]


def test_strange_names_stay_in_the_folder(english: OfficialText, data: Path) -> None:
    from dataclasses import replace

    ((path, _),) = keep_texts([replace(english, identifier="../../etc/x y")])
    assert path.parent == data_folder() == data / "official"
    assert stat.S_ISREG(path.stat().st_mode)
    assert [row[0] for row in imported()] == [path.name.split(".en.")[0]]


# what is shown


def test_show_without_the_text_says_how_to_import(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = call(capsys, "show", "2(c)", "--law", str(GARDEN), "--text", "both")
    assert status == 0
    joined = " ".join(out.split())
    assert joined.count("is not imported") == 1
    assert (
        "The English and French text of the By-law of the allotment garden is not imported: "
        "`reasoner law import FILE` with the XML from https://garden.example/by-law/" in joined
    )


def test_show_with_the_text(capsys: pytest.CaptureFixture[str]) -> None:
    call(capsys, "law", "import", str(ENGLISH), str(FRENCH))
    plain = call(capsys, "show", "2(c)", "--law", str(GARDEN))[1]
    out = call(capsys, "show", "2(c)", "--law", str(GARDEN), "--text")[1]
    block = """\
B2(c)  official words, English of 2024-01-01
  2 A tenant, that is to say
    (c) grows beans on at least
      (i) twenty square metres,
        (A) of which the paths are no part, or
          (I) where the paths are of grass, are a part, or
      (ii) half of the plot,
"""
    assert out.replace(block, "") == plain


def test_two_languages_stand_side_by_side_where_there_is_room(
    capsys: pytest.CaptureFixture[str],
) -> None:
    call(capsys, "law", "import", str(ENGLISH), str(FRENCH))
    wide, narrow = (
        call(capsys, "show", "2(b)", "--law", str(GARDEN), "--text", "both", "--width", width)[1]
        for width in ("100", "70")
    )
    assert re.search(r"\(b\) owes the rent .* │   b\) doit le loyer", wide)
    assert "│" not in narrow
    assert narrow.index("(b) owes the rent") < narrow.index("b) doit le loyer")


def test_what_one_language_does_not_divide_is_quoted_as_a_whole(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = FRENCH.read_text(encoding="utf-8")
    start, end = text.index("<Paragraph"), text.index("<ContinuedSectionSubsection>")
    path = tmp_path / "whole.xml"
    path.write_text(text[:start] + text[end:], encoding="utf-8")
    call(capsys, "law", "import", str(ENGLISH), str(path))
    out = call(capsys, "show", "2(b)", "--law", str(GARDEN), "--text", "both")[1]
    assert re.search("2 A tenant, that is to say +│ 2 Le locataire, soit", out)
    assert "(b) owes the rent" in out


def test_show_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    call(capsys, "law", "import", str(ENGLISH))
    arguments = ("show", "2(c)", "--law", str(GARDEN), "--text", "both", "--json")
    official = json.loads(call(capsys, *arguments)[1])["official"]
    assert official["not_imported"] == [{"instrument": "B", "language": "fr"}]
    (quote,) = official["quotes"]
    assert (quote["pinpoint"], quote["language"]) == ("B2(c)", "en")
    assert (quote["consolidation"], quote["as_encoded"]) == ("2024-01-01", True)
    assert quote["words"][0] == {
        "pinpoint": "2",
        "text": "A tenant, that is to say",
        "asked": False,
    }
    assert "official" not in json.loads(call(capsys, *arguments[:4], "--json")[1])


def test_other_words_than_those_of_the_rules_are_said_to_be_other(
    capsys: pytest.CaptureFixture[str],
) -> None:
    call(capsys, "law", "import", str(OFFICIAL / "garden.en.later.xml"))
    warning = "The rules were written from other English words than these."
    for pinpoint, other in (("2(b)", True), ("2(a)", False), ("5", True), ("1", False)):
        out = call(capsys, "show", pinpoint, "--law", str(GARDEN), "--text")[1]
        assert "English of 2025-06-01" in out
        assert (warning in out) == other, pinpoint


def test_the_text_from_which_the_rules_come_is_preferred(
    capsys: pytest.CaptureFixture[str],
) -> None:
    call(capsys, "law", "import", str(OFFICIAL / "garden.en.later.xml"), str(ENGLISH))
    assert "of 2024-01-01" in call(capsys, "show", "1", "--law", str(GARDEN), "--text")[1]


def test_why_quotes_what_decides(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call(capsys, "law", "import", str(ENGLISH), str(OFFICIAL / "garden.en.later.xml"))
    case = tmp_path / "late.yaml"
    case.write_text(
        "case: Rent after the last day\nquestion: 2(b)\nas_of: 2024-06-01\n"
        "gardeners: {gus: {rent_paid: 2024-04-20}}\n"
        "plots: {corner: {lease: {to: gus, since: 2020-01-01}}}\n"
    )
    arguments = ("why", str(case), "--law", str(GARDEN), "--brief")
    out = call(capsys, *arguments, "--text")[1]
    assert out.count("official words") == out.count("\nB") == 2
    assert "    (b) owes the rent by the last day of March, and\n" in out
    decided = json.loads(call(capsys, *arguments, "--json", "--text")[1])
    assert {q["pinpoint"] for q in decided["official"]["quotes"]} <= {*decided["decided_by"]}
    later = call(capsys, *arguments, "--text", "--law-date", "2025-07-01")[1]
    assert "last day of April" in later


@real
def test_why_in_french_quotes_the_french_text(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ("why", "printed-last-day", "63(c)", "--lang", "fr", "--brief", "--text")
    out = call(capsys, *arguments)[1]
    assert "Le texte français" in out
    assert "n'est pas importé" in " ".join(out.split())
    call(capsys, "law", "import", str(REAL / "SOR-2002-227.fr.2025-01-31.xml"))
    out = call(capsys, *arguments)[1]
    assert "R63(c)  termes officiels, texte français au 2025-01-31\n" in out
    assert "\n    c) il " in out


def test_what_does_not_count_for_a_fingerprint() -> None:
    words = "the « family » member’s  permit , and"
    assert plain_words(words) == plain_words('the "family" member\'s permit, and;')
    assert plain_words("a, b") != plain_words("a b")
    assert plain_words("this and") != plain_words("this or")


@real
def test_the_real_files_are_read() -> None:
    for path in sorted(REAL.glob("*.xml")):
        text = read_official(str(path))
        assert text.identifier in ("SOR/2002-227", "DORS/2002-227", "I-2.5", "I-21")
        assert text.date in path.name or text.identifier == "I-21"
        assert len(text.provisions) > 250
        assert all("".join(split_pinpoint(p)) == p for p in text.provisions)

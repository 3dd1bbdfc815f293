"""Declarations of a law: what is read, what is said of wrong ones, and values in words."""

import datetime
import os
import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from library import HERE, collect_blocks, declare, load_library

from reasoner.errors import InputError, Position
from reasoner.lawfiles.blocks import Block
from reasoner.lawfiles.declarations import build_vocabulary
from reasoner.lawfiles.vocabulary import (
    Argument,
    Changing,
    Entity,
    Fact,
    Option,
    Value,
)
from reasoner.source import Source, find_place, read_source

LIBRARY = load_library()
BAD = sorted(path.name for path in (HERE / "bad" / "law").glob("*.lp"))
TEXT = (HERE / "good" / "library.lp").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", BAD)
def test_problems_are_explained(name: str) -> None:
    source = Source(name, read_source(HERE / "bad" / "law" / name).text)
    defaults = {"late": "toleran(1)", "early": "sometimes", "ealry": "never"}
    with pytest.raises(InputError) as caught:
        build_vocabulary(
            collect_blocks(source), [source], defaults if name == "readings.lp" else {}
        )
    golden = HERE / "bad" / "law" / f"{name}.txt"
    said = f"{caught.value}\n"
    if os.environ.get("RECORD"):
        golden.write_text(said, encoding="utf-8")
    assert said == golden.read_text(encoding="utf-8")


def test_a_fact() -> None:
    fact = LIBRARY.facts["borrowed"]
    line = TEXT[: TEXT.index("borrowed(R, B")].count("\n") + 1
    assert fact == Fact(
        name="borrowed",
        arguments=(
            Argument("R", "reader", "the reader"),
            Argument("B", "book", "the book"),
            Argument("From", "date", "the day of the loan"),
            Argument(
                "Until",
                "date",
                "the day on which it came back, if it did",
                "99991231",
                "From",
                True,
            ),
        ),
        sentence="{R} borrowed {B} on {From} and returned it on {Until}",
        negative="{R} has not borrowed {B}",
        settled_by="fact",
        settled_who=None,
        ask="Has {R} borrowed {B}?",
        section="readers",
        key="borrowed",
        keys=("book", "from", "until"),
        position=Position("law.lp", line, 5),
        short="borrowed",
    )
    assert (fact.arity, fact.subject_type) == (4, "reader")


def test_facts_in_short() -> None:
    facts = LIBRARY.facts
    assert facts["enrolled"].keys == ("day",)
    assert (facts["trusted"].settled_by, facts["trusted"].settled_who) == (
        "opinion",
        "the librarian",
    )
    assert facts["trusted"].keys == ()
    assert facts["banned"].arguments[2].after == "From"
    assert not facts["banned"].arguments[2].strictly
    assert (facts["as_of"].section, facts["as_of"].settled_by) == (None, "question")
    assert facts["day_number"].settled_by == "calculation"


def test_types_kinds_and_readings() -> None:
    assert list(LIBRARY.entities) == ["reader", "book"]
    assert LIBRARY.entities["reader"] == Entity(
        "reader", "reader of the library", "any reader", "readers", Position("law.lp", 3, 5)
    )
    assert LIBRARY.entities["book"].any == "any book"
    genre = LIBRARY.kinds["genre"]
    assert genre.text == "What a book is about."
    assert genre.values["s1_2"] == Value("s1_2", "S1(2)", "science, second shelf")
    late = LIBRARY.readings["late"]
    assert (late.question, late.at) == ("When is a book late?", ("L4(a)", "L5"))
    assert late.default == "tolerant(2)"
    assert late.options == (
        Option(
            "strict",
            None,
            "as soon as its last day has passed",
            "The words know no grace, and none is implied.",
            "English text",
            False,
        ),
        Option("tolerant", "N", "after {N} days of grace", "That is the practice.", "", True),
    )


def test_the_vocabulary_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        LIBRARY.facts["x"] = LIBRARY.facts["trusted"]  # type: ignore[index]


def test_later_paragraphs_belong_to_the_text() -> None:
    kind = declare("%*! kind k\nOne\nline.\n\nAnother.\n\nValues:\n    - a: A\n*%\n").kinds["k"]
    assert kind.text == "One line.\n\nAnother."


# Values


@pytest.mark.parametrize(
    ("type", "text", "term"),
    [
        ("date", "2020-02-29", "20200229"),
        ("date", "9999-12-31", "99991231"),
        ("number", "007", "7"),
        ("number", "-3", "-3"),
        ("genre", "s 1 (2)", "s1_2"),
        ("genre", "s1_2", "s1_2"),
        ("genre", "on", "on_loan_only"),
        ("reader", "ana_2", "ana_2"),
    ],
)
def test_terms(type: str, text: str, term: str) -> None:
    assert LIBRARY.term(type, text) == term


@pytest.mark.parametrize(
    ("type", "text", "message"),
    [
        ("date", "2023-02-29", "there is no day 2023-02-29: February 2023 has 28 days"),
        ("date", "1900-02-29", "there is no day 1900-02-29: February 1900 has 28 days"),
        ("date", "２０２３-01-01", "'２０２３-01-01' is not a date"),
        ("date", "", "'' is not a date"),
        ("number", "2147483648", "'2147483648' is too large a number"),
        ("number", "٣", "'٣' is not a whole number"),
        ("genre", "Poem", "'Poem' is not a genre"),
        ("reader", "ana\n", "'ana' is not an identifier"),
        ("reader", "Ana", "'Ana' is not an identifier"),
        ("reader", "not", "'not' cannot be an identifier"),
    ],
)
def test_no_terms(type: str, text: str, message: str) -> None:
    said = hint = None
    try:
        LIBRARY.term(type, text)
    except ValueError as error:
        said, hint = error.args
    assert isinstance(said, str)
    assert said.startswith(message)
    assert isinstance(hint, str)


@given(st.dates(datetime.date(1900, 1, 1), datetime.date(2100, 12, 31)))
def test_every_day_of_the_calendar_is_a_date(day: datetime.date) -> None:
    term = LIBRARY.term("date", day.isoformat())
    assert term == day.strftime("%Y%m%d")
    assert LIBRARY.label("date", term) == day.isoformat()


@given(st.integers(1900, 2100), st.integers(0, 13), st.integers(0, 32))
def test_impossible_days_are_no_dates(year: int, month: int, day: int) -> None:
    try:
        datetime.date(year, month, day)
    except ValueError:
        with pytest.raises(ValueError, match="there is no day"):
            LIBRARY.term("date", f"{year}-{month:02}-{day:02}")


@given(st.sampled_from(["date", "number", "genre", "reader"]), st.text())
def test_any_text_as_a_value(type: str, text: str) -> None:
    try:
        term = LIBRARY.term(type, text)
    except ValueError as error:
        message, hint = error.args
        term = "error" if isinstance(message + hint, str) else ""
    assert re.fullmatch(r"[a-z][a-z0-9_]*|-?[0-9]+", term)


def test_labels() -> None:
    assert LIBRARY.label("date", "99991231") == "no end"
    assert LIBRARY.label("date", "x") == "x"
    assert LIBRARY.label("genre", "s1_2") == "S1(2)"
    assert LIBRARY.label("genre", "poem") == "poem"
    assert LIBRARY.label("number", "3") == "3"
    assert LIBRARY.label("reader", "ana") == "ana"


def test_choices() -> None:
    assert LIBRARY.choose("late", "tolerant( 03 )") == ("late", "tolerant(3)")
    assert LIBRARY.choose("late", "strict") == ("late", "strict")
    for option in ("tolerant", "tolerant(x)", "tolerant(1", "strict()", "lenient", ""):
        with pytest.raises(ValueError, match="of the reading late"):
            LIBRARY.choose("late", option)
    with pytest.raises(ValueError, match="there is no reading"):
        LIBRARY.choose("early", "strict")


# Whatever stands in a block, the only exception is InputError


def find_blocks(source: Source) -> list[Block]:
    """Find the blocks of a text that is perhaps no program."""
    return [
        Block(match[0], source.position(*find_place(source.text, match.start())))
        for match in re.finditer(r"%\*!.*?\*%", source.text, re.DOTALL)
    ]


@settings(deadline=None)
@given(st.integers(0, len(TEXT)), st.integers(0, 40), st.text(max_size=5))
def test_any_change_of_a_law(start: int, length: int, inserted: str) -> None:
    text = TEXT[:start] + inserted + TEXT[start + length :]
    blocks = find_blocks(Source("law.lp", text))
    described = "x"
    try:
        build_vocabulary(blocks, [Source("law.lp", text)], {"late": "strict"})
    except InputError as error:
        described = str(error)
    assert described


@given(st.text())
@example("\nSettled by:")
@example("type x\n\nAny:\n a\nSection: \n")
def test_any_block(text: str) -> None:
    described = "x"
    try:
        build_vocabulary([Block(f"%*! {text}*%", Position("law.lp", 1, 1))], [])
    except InputError as error:
        described = str(error)
    assert described


# The law that the program is delivered with


def test_the_law_declares_its_vocabulary_well() -> None:
    paths = sorted((HERE.parent / "asp").rglob("*.lp"))
    sources = [read_source(path) for path in paths]
    blocks = [block for source in sources for block in find_blocks(source)]
    default = r"^default_reading\((\w+), *(.+)\)\."
    defaults = dict(
        found for source in sources for found in re.findall(default, source.text, re.MULTILINE)
    )
    vocabulary = build_vocabulary(blocks, sources, defaults)
    assert vocabulary.facts
    assert vocabulary.readings


@pytest.mark.parametrize(
    ("settled", "field", "expected"),
    [
        ("fact", "Can change: no", Changing("no")),
        ("fact", "Can change: yes", Changing("yes")),
        ("fact", "Can change: by {R}", Changing("by", "{R}")),
        ("fact", "Can change: once, by a clerk", Changing("once", "a clerk")),
        ("fact", "", Changing("yes")),
        ("decision (a clerk)", "", Changing("by", "a clerk")),
        ("decision (a clerk)", "Can change: no", Changing("no")),
    ],
)
def test_whether_a_fact_can_still_change(settled: str, field: str, expected: Changing) -> None:
    text = f"""\
%*! type reader
reader

Section: readers
Made with: trusted
*%

%*! trusted(R)
{{R}} is trusted

Not: {{R}} is not trusted
Args:
    - R: (reader) the reader
Written: readers.trusted
Settled by: {settled}
{field}
Ask: Is {{R}} trusted?
*%
"""
    vocabulary = declare(text)
    assert vocabulary.facts["trusted"].can_change == expected
    assert vocabulary.entities["reader"].made_with == ("trusted",)

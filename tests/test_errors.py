"""Problems and how they are shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reasoner.errors import InputError, Position, Problem, closest, describe, list_words, quote


def place(column: int, line: int = 3) -> Position:
    return Position("case.yaml", line, column)


def test_describe_shows_place_line_caret_and_hint() -> None:
    problem = Problem("this is wrong", place(6), "born: then", 4, "write a date")
    assert describe(problem) == (
        "case.yaml:3:6: this is wrong\n    born: then\n         ^^^^\n  hint: write a date"
    )


def test_describe_without_a_place() -> None:
    assert describe(Problem("x does not exist")) == "x does not exist"


def test_describe_keeps_the_caret_below_tabs_and_wide_characters() -> None:
    assert describe(Problem("m", place(3), "\t\tx")).endswith("      x\n      ^")
    assert describe(Problem("m", place(4), "漢é x", 2)).endswith("    漢é x\n        ^")
    assert describe(Problem("m", place(1), "漢字", 2)).endswith("\n    ^^^^")
    assert describe(Problem("m", place(3), "e\u0301x")).endswith("\n     ^")


def test_describe_cuts_long_lines_around_the_caret() -> None:
    lines = describe(Problem("m", place(301), "a" * 300 + "bcd" + "e" * 300, 3)).split("\n")
    assert lines[1].startswith("    ...aaa")
    assert lines[1].endswith("eee...")
    assert lines[1][lines[2].index("^") :].startswith("bcd")
    assert lines[2].strip() == "^^^"
    assert max(map(len, lines)) < 120


def test_describe_disarms_what_a_terminal_could_obey() -> None:
    shown = describe(Problem("bad \x1b[31m\n", place(1), "\x1b]0;x\x07", hint="\u202e"))
    assert "\x1b" not in shown
    assert "\x07" not in shown
    assert "\u202e" not in shown
    assert shown.count("\n") == 3


@given(st.text(), st.integers(1, 500), st.integers(1, 500))
def test_describe_takes_any_line(line: str, column: int, width: int) -> None:
    lines = describe(Problem("message", place(column), line, width)).split("\n")
    assert len(lines) in (1, 3)
    if len(lines) == 3:
        assert set(lines[2]) <= {" ", "^"}
        assert "^" in lines[2]


def test_problems_are_sorted_by_place() -> None:
    first, second, third = (
        Problem("no place"),
        Problem("a", place(9, 2)),
        Problem("b", place(1, 10)),
    )
    error = InputError([third, second, first])
    assert error.problems == (first, second, third)
    assert str(error) == "no place\ncase.yaml:2:9: a\ncase.yaml:10:1: b"
    with pytest.raises(InputError, match="no place"):
        raise error


def test_closest() -> None:
    assert closest("Enroled", ["enrolled", "banned"]) == "did you mean 'enrolled'?"
    assert closest("s1(3)", ["S1(2)"]) == "did you mean 'S1(2)'?"
    assert closest("x", ["enrolled", "banned"]) == ""
    assert closest("", []) == ""


def test_quote() -> None:
    assert quote("a\n  b") == "'a b'"
    assert len(quote("x" * 500)) == 62


def test_list_words() -> None:
    assert list_words([]) == ""
    assert list_words(["a"]) == "a"
    assert list_words(["a", "b", "c"], "and") == "a, b and c"

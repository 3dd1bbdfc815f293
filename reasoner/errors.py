"""Problems found in an input file, and how they are shown to a person.

A problem is a value. Readers collect all problems of a file and raise them once, as an
`InputError`; only the command line prints them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

WIDEST_LINE = 100
LONGEST_QUOTE = 60


class Position(NamedTuple):
    """A place in a file, counted in characters from 1."""

    path: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with an input, in a sentence, with its place and a hint."""

    message: str
    position: Position | None = None
    source_line: str = ""
    width: int = 1
    hint: str = ""


class InputError(Exception):
    """An input cannot be used: all the problems found in it, sorted by position."""

    problems: tuple[Problem, ...]

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Keep the problems in the order of their positions.

        Args:
            problems: at least one problem
        """
        self.problems = tuple(sorted(problems, key=_order))
        super().__init__(self.problems)

    def __str__(self) -> str:
        return "\n".join(describe(problem) for problem in self.problems)


def describe(problem: Problem) -> str:
    """Write a problem as plain text: place and message, source line, caret, hint.

    Args:
        problem: the problem to describe

    Returns:
        One to four lines without a line feed at the end; characters that could disturb a
        terminal are replaced.
    """
    place = problem.position
    head = f"{place.path}:{place.line}:{place.column}: " if place else ""
    lines = [_printable(head + problem.message)]
    if place and problem.source_line.strip():
        lines += _underline(problem.source_line, place.column, problem.width)
    if problem.hint:
        lines.append("  hint: " + _printable(problem.hint))
    return "\n".join(lines)


def closest(word: str, candidates: Iterable[str]) -> str:
    """Name the candidate that was probably meant.

    Args:
        word: what was written
        candidates: what could have been written

    Returns:
        "did you mean 'x'?", or an empty text when nothing is near enough.
    """
    import difflib

    names = sorted(set(candidates))
    folded = {name.casefold(): name for name in reversed(names)}
    near = difflib.get_close_matches(word.casefold()[:200], list(folded), n=1, cutoff=0.6)
    return f"did you mean '{folded[near[0]]}'?" if near else ""


def quote(text: str) -> str:
    """Quote what a file says, on one line and not too long.

    Args:
        text: any text

    Returns:
        The text in single quotes; a long text is cut.
    """
    flat = " ".join(text.split())
    if len(flat) > LONGEST_QUOTE:
        flat = flat[: LONGEST_QUOTE - 3] + "..."
    return f"'{flat}'"


def list_words(words: Sequence[str], last: str = "or") -> str:
    """Write words as English does: a, b or c.

    Args:
        words: the words
        last: what stands before the last word

    Returns:
        The words in one text, empty when there are none.
    """
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def _order(problem: Problem) -> tuple[str, int, int]:
    place = problem.position
    return (place.path, place.line, place.column) if place else ("", 0, 0)


def _underline(line: str, column: int, width: int) -> list[str]:
    """Draw a source line and carets below the characters meant, cut to a readable width."""
    line = _printable(line.rstrip())
    start = min(max(column - 1, 0), len(line))
    left = 0
    if len(line) > WIDEST_LINE and start > WIDEST_LINE * 2 // 3:
        left = min(start - WIDEST_LINE // 3, len(line) - WIDEST_LINE)
    shown = line[left : left + WIDEST_LINE]
    before = "..." if left else ""
    after = "..." if left + WIDEST_LINE < len(line) else ""
    marked = line[start : min(start + max(width, 1), left + WIDEST_LINE)]
    blank = " " * (len(before) + _cells(line[left:start]))
    carets = "^" * max(1, _cells(marked.rstrip()))
    return [f"    {before}{shown}{after}", f"    {blank}{carets}"]


def _printable(text: str) -> str:
    """Replace tabs by a space and whatever a terminal could take as a command."""
    if text.isprintable():
        return text
    return "".join(
        character
        if character.isprintable()
        else " "
        if character.isspace()
        else "\N{REPLACEMENT CHARACTER}"
        for character in text
    )


def _cells(text: str) -> int:
    """Count the columns that a text takes on a terminal."""
    if text.isascii():
        return len(text)
    import unicodedata

    return sum(
        0
        if unicodedata.combining(character)
        else 1 + (unicodedata.east_asian_width(character) in "WF")
        for character in text
    )

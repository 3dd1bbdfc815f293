"""Lay out trees and print them: plain text in pipes, rich on a terminal."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TextIO
from unicodedata import combining, east_asian_width, normalize

from reasoner.wording.view import Line
from reasoner.wording.words import FAILS, HOLDS, NEUTRAL, OPEN

NARROWEST, WIDEST = 40, 110
_STYLES = {HOLDS: "green", FAILS: "red", OPEN: "yellow", NEUTRAL: "dim"}
_ASCII = str.maketrans(
    {
        "→": ">",
        "✓": "+",
        "✗": "x",
        "·": "-",
        "├": "|",
        "└": "`",
        "─": "-",
        "│": "|",
        "–": "-",
        "—": "-",
        "’": "'",
        "“": '"',
        "”": '"',
        "…": "...",
        "«": '"',
        "»": '"',
        "œ": "oe",
        "Œ": "OE",
        "█": "#",
        "▒": "?",
        "━": "=",
        "•": "*",
        "▼": "v",
        "▶": ">",
        "‹": "<",
        "›": ">",
    }
)


@dataclass(frozen=True, slots=True)
class Span:
    """Some text with a style of rich, or none."""

    text: str
    style: str = ""


Row = list[Span]


@dataclass(frozen=True, slots=True)
class Page:
    """Where and how to print: the stream, its width in cells, colour, and the signs it can show."""

    stream: TextIO
    width: int
    colour: bool
    unicode: bool


def open_page(stream: TextIO, width: int | None = None) -> Page:
    """Find out what a stream can show.

    Args:
        stream: where to print.
        width: columns to use; without it, the terminal's, or 100 in a pipe.
    """
    terminal = stream.isatty()
    if width is None:
        if terminal:
            import shutil

            width = min(shutil.get_terminal_size((100, 24)).columns, WIDEST)
        else:
            width = 100
    colour = terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    encoding = (getattr(stream, "encoding", None) or "ascii").lower().replace("-", "")
    return Page(stream, max(width, NARROWEST), colour, encoding.startswith("utf"))


def emit(page: Page, rows: Iterable[Row]) -> None:
    """Print rows, with colour through rich where the page has colour."""
    if page.colour:
        from rich.console import Console
        from rich.text import Text

        console = Console(file=page.stream, width=page.width, highlight=False, soft_wrap=True)
        for row in rows:
            console.print(Text.assemble(*((span.text, span.style) for span in row)))
        return
    for row in rows:
        text = "".join(span.text for span in row).rstrip()
        page.stream.write((text if page.unicode else to_ascii(text)) + "\n")


def to_ascii(text: str) -> str:
    """A text for a stream that cannot show Unicode."""
    plain = normalize("NFKD", text.translate(_ASCII))  # letters, and their accents after them
    return "".join(c for c in plain if not combining(c)).encode("ascii", "replace").decode()


def cells(text: str) -> int:
    """How many columns of a terminal a text takes."""
    return sum(2 if east_asian_width(c) in "WF" else 1 for c in text)


def wrap(text: str, first: int, rest: int) -> list[str]:
    """Break a text between words: the width of the first line, and of the others."""
    lines: list[str] = []
    line = ""
    room = first
    for word in text.split(" "):
        if line and cells(line) + 1 + cells(word) > room:
            lines.append(line)
            line, room = word, rest
        else:
            line = f"{line} {word}" if line else word
    lines.append(line)
    return lines


def tree_rows(lines: Sequence[Line], width: int, *, atoms: bool = False) -> Iterator[Row]:
    """A tree as rows: guides and sentences on the left, provisions on the right.

    Args:
        lines: the roots.
        width: columns to use.
        atoms: print the atoms instead of the sentences.
    """
    for line in lines:
        yield from _line_rows(line, "", "", width, atoms)


def _line_rows(line: Line, lead: str, below: str, width: int, atoms: bool) -> Iterator[Row]:
    right = line.pinpoint
    text = line.text
    if atoms and line.atom:
        text = line.atom if line.holds is not False else f"not {line.atom}"
    if line.basis:
        text = f"{text}  ({line.basis})" if not atoms else f"{text}  % {line.basis}"
    if line.pivot:
        text = f"▶ {text}"
    room = width - cells(lead) - cells(line.mark) - 1
    tail = cells(right) + 2 if right else 0
    if room - tail < 24:
        tail = 0
    parts = wrap(text, room - tail, room - tail)
    style = _STYLES.get(line.mark, "")
    gap = " " * max(1, room - cells(parts[0]) - cells(right))
    strong = "bold" if line.pivot else ""
    row = [Span(lead, "dim"), Span(line.mark, style), Span(" "), Span(parts[0], strong)]
    if right and tail:
        row += [Span(gap), Span(right, "cyan")]
    yield row
    bar = "│ " if line.children else "  "
    for part in parts[1:]:
        yield [Span(below + bar, "dim"), Span(part, strong)]
    if right and not tail:
        yield [Span(below + bar, "dim"), Span(right, "cyan")]
    for place, child in enumerate(line.children):
        last = place == len(line.children) - 1
        yield from _line_rows(
            child,
            below + ("└─ " if last else "├─ "),
            below + ("   " if last else "│  "),
            width,
            atoms,
        )


def paragraph(text: str, width: int, indent: str = "", style: str = "") -> Iterator[Row]:
    """A text broken at the width."""
    for part in wrap(text, width - len(indent), width - len(indent)):
        yield [Span(indent), Span(part, style)]


def print_problems(problems: Iterable[object], stream: TextIO | None = None) -> None:
    """Print problems of the input, each as one message with its place."""
    from reasoner.errors import Problem, describe

    out = stream or sys.stderr
    encoding = (getattr(out, "encoding", None) or "ascii").lower()
    for problem in problems:
        assert isinstance(problem, Problem)
        text = describe(problem)
        out.write((text if encoding.startswith("utf") else to_ascii(text)) + "\n")

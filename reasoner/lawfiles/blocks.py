"""The block comments `%*! ... *%` of a law: a header, a text, then fields `Name: value`."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reasoner.errors import Position, Problem, closest, quote
from reasoner.source import Place, Source

_HEADER = r"(type|kind|reading) +([a-z][a-z0-9_]*)"
_PREDICATE = r"([a-z][a-z0-9_]*)\((.*)\)"
FIELD = r"([A-Z][a-z]+(?: [a-z]+){0,2}):(?: +(.*))?"
_FIELDS = {
    "type": ("Any", "Section", "Made with", "French", "French any"),
    "kind": ("Any", "Values", "French", "French any"),
    "reading": ("At", "French", "Options"),
    "fact": (
        *("Not", "Args", "Written", "Settled by", "Can change", "Ask", "Ask any"),
        *("French", "French not", "French by", "French key", "French changed by"),
        *("French ask", "French ask any"),
    ),
}


@dataclass(frozen=True, slots=True)
class Block:
    """A block comment `%*! ... *%` as it stands in a law file."""

    text: str
    position: Position


@dataclass(frozen=True, slots=True)
class Line:
    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Text:
    """A block taken apart: what it declares, its text, and the lines of each field."""

    sort: str
    name: str
    variables: tuple[str, ...]
    words: str
    fields: Mapping[str, tuple[Line, ...]]
    place: Place
    path: str


def split_block(source: Source, block: Block, problems: list[Problem]) -> Text:
    """Take a block apart into header, text and fields.

    Args:
        source: the file of the block
        block: the block comment
        problems: where the problems found are appended
    """
    lines = _number_lines(block)
    header, rest = lines[0], lines[1:]
    sort, name, variables = _read_header(source, header, problems)
    words: list[str] = []
    fields: dict[str, tuple[Line, ...]] = {}
    current = ""
    for line in rest:
        match = re.fullmatch(FIELD, line.text) if line.place.column == 1 else None
        if match and sort in _FIELDS and match[1] not in _FIELDS[sort]:
            hint = closest(match[1], _FIELDS[sort])
            problems.append(
                source.problem_at(line.place, f"there is no field '{match[1]}' here", hint)
            )
            current = match[1]
        elif match and match[1] in fields:
            problems.append(source.problem_at(line.place, f"the field '{match[1]}' is given twice"))
        elif match:
            current = match[1]
            value = match[2] or ""
            column = line.place.column + len(line.text) - len(value)
            first = Line(value, Place(line.place.line, column, max(len(value), 1)))
            fields[current] = (first,) if value else ()
        elif current and line.text:
            if line.place.column == 1:
                message = "this line belongs to no field"
                hint = f"indent it if it continues the field '{current}'"
                problems.append(source.problem_at(line.place, message, hint))
            elif current in fields:
                fields[current] += (line,)
        elif not current:
            words.append(line.text)
    text = re.sub(r"\n\n+", "\n\n", "\n".join(words).strip())
    text = re.sub(r"(?<!\n)\n(?!\n)", " ", text)
    return Text(sort, name, variables, text, fields, header.place, source.path)


def _number_lines(block: Block) -> list[Line]:
    text = block.text.removeprefix("%*!")
    opened = len(block.text) - len(text)
    text = text.removesuffix("*%")
    lines = []
    for index, raw in enumerate(text.split("\n")):
        stripped = raw.strip()
        column = 1 + len(raw) - len(raw.lstrip())
        if index == 0:
            column += block.position.column - 1 + opened
        place = Place(block.position.line + index, column, max(len(stripped), 1))
        lines.append(Line(stripped, place))
    return lines


def _read_header(
    source: Source, line: Line, problems: list[Problem]
) -> tuple[str, str, tuple[str, ...]]:
    match = re.fullmatch(_HEADER, line.text)
    if match:
        return match[1], match[2], ()
    match = re.fullmatch(_PREDICATE, line.text)
    if not match:
        message = f"{quote(line.text)} declares nothing"
        hint = "begin with 'type x', 'kind x', 'reading x' or 'predicate(X, Y)'"
        problems.append(source.problem_at(line.place, message, hint))
        return "", "", ()
    names = tuple(name.strip() for name in match[2].split(","))
    for name in names:
        if not re.fullmatch(r"[A-Z][A-Za-z0-9_]*", name):
            problems.append(
                source.problem_at(line.place, f"{quote(name)} is not the name of an argument")
            )
    if len(set(names)) < len(names):
        problems.append(source.problem_at(line.place, "two arguments have the same name"))
    return "fact", match[1], names


def joined(lines: Sequence[Line]) -> str:
    return " ".join(line.text for line in lines)


def join_items(lines: Sequence[Line]) -> list[Line]:
    """Append the lines that do not begin with a dash to the item before them."""
    items: list[Line] = []
    for line in lines:
        if line.text.startswith("-") or not items:
            items.append(line)
        else:
            items[-1] = Line(f"{items[-1].text} {line.text}", items[-1].place)
    return items

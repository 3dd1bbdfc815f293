"""Text files as they were read, and the places in them."""

import os
from dataclasses import dataclass, field

from reasoner.errors import InputError, Position, Problem, closest

LARGEST_FILE = 2_000_000


@dataclass(frozen=True, slots=True)
class Place:
    """Some characters of one line of a source: line and column from 1, and how many."""

    line: int
    column: int
    width: int = 1


@dataclass(frozen=True, slots=True)
class Source:
    """A text file: its path, as it was given, and its text with line feeds only."""

    path: str
    text: str
    lines: tuple[str, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "lines", tuple(self.text.split("\n")))

    def line(self, number: int) -> str:
        """Give a line of the text.

        Args:
            number: counted from 1

        Returns:
            The line without its end, empty when there is no such line.
        """
        return self.lines[number - 1] if 0 < number <= len(self.lines) else ""

    def position(self, line: int, column: int) -> Position:
        """Name a place in this file, both numbers counted from 1."""
        return Position(self.path, line, column)

    def problem(
        self, message: str, line: int, column: int, width: int = 1, hint: str = ""
    ) -> Problem:
        """Make a problem of this file.

        Args:
            message: one sentence without a full stop
            line: counted from 1
            column: counted in characters from 1
            width: how many characters to underline
            hint: what could be done, or empty
        """
        return Problem(message, self.position(line, column), self.line(line), width, hint)

    def problem_at(self, place: Place, message: str, hint: str = "") -> Problem:
        """Make a problem of this file at a place."""
        return self.problem(message, place.line, place.column, place.width, hint)


def read_source(path: str | os.PathLike[str], limit: int = LARGEST_FILE) -> Source:
    """Read a text file in UTF-8.

    Args:
        path: the file to read
        limit: the largest size accepted, in bytes

    Returns:
        The text; a byte order mark is dropped and every end of line is a line feed.

    Raises:
        InputError: the file is missing, not a file, unreadable, too large or not text.
    """
    path = os.fspath(path)
    data = _read_bytes(path, limit)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError([_explain_encoding(path, data, error.start)]) from None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    source = Source(path, text)
    if "\0" in text:
        line, column = find_place(text, text.index("\0"))
        message = "this is a binary file, not text: it contains a zero byte"
        raise InputError([Problem(message, source.position(line, column))])
    return source


def find_place(text: str, index: int) -> tuple[int, int]:
    """Give the line and the column, both from 1, of the character with this index."""
    before = text[: max(index, 0)]
    return before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1


def byte_column(line: str, column: int) -> int:
    """Turn a column that counts bytes of UTF-8 into one that counts characters.

    Args:
        line: the text of the line
        column: counted in bytes from 1

    Returns:
        The column counted in characters from 1.
    """
    if line.isascii():
        return column
    return (
        len(line.encode("utf-8", "surrogatepass")[: max(column - 1, 0)].decode("utf-8", "ignore"))
        + 1
    )


def nearest_path(path: str) -> str:
    """A path from the working folder where that is shorter."""
    try:
        relative = os.path.relpath(path)
    except ValueError:  # another drive
        return path
    return relative if len(relative) < len(path) else path


def _read_bytes(path: str, limit: int) -> bytes:
    try:
        if os.path.isdir(path):
            raise InputError([Problem(f"{path} is a folder, not a file", hint=_list_folder(path))])
        if os.path.exists(path) and not os.path.isfile(path):
            raise InputError([Problem(f"{path} is not an ordinary file")])
        with open(path, "rb") as stream:
            data = stream.read(limit + 1)
    except FileNotFoundError:
        problem = Problem(f"{path or 'the empty path'} does not exist", hint=_guess_file(path))
        raise InputError([problem]) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError([Problem(f"{path} cannot be read: {reason}")]) from None
    if len(data) > limit:
        message = f"{path} is too large: it has more than {limit:,} bytes"
        raise InputError([Problem(message)])
    return data


def _explain_encoding(path: str, data: bytes, index: int) -> Problem:
    line = data[:index].replace(b"\r\n", b"\n").replace(b"\r", b"\n").count(b"\n") + 1
    start = max(data.rfind(b"\n", 0, index), data.rfind(b"\r", 0, index)) + 1
    column = len(data[start:index].decode("utf-8", "ignore")) + 1
    if b"\0" in data:
        return Problem("this is a binary file, not text", Position(path, line, column))
    return Problem(
        f"this is not UTF-8 text: the byte 0x{data[index]:02X} cannot stand here",
        Position(path, line, column),
        hint="save the file with the encoding UTF-8",
    )


def _guess_file(path: str) -> str:
    folder, name = os.path.split(path)
    try:
        names = os.listdir(folder or ".")
    except (OSError, ValueError):
        return f"there is no folder {folder}" if folder else ""
    return closest(name, names) if name else ""


def _list_folder(path: str) -> str:
    try:
        names = sorted(name for name in os.listdir(path) if not name.startswith("."))
    except OSError:
        return ""
    if not names:
        return "the folder is empty"
    more = ", ..." if len(names) > 5 else ""
    return f"it contains {', '.join(names[:5])}{more}"

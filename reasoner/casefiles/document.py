"""The shape of a YAML text: mappings, lists and values as written, each with its place.

No value is interpreted here, since plain YAML reads `no` and `ON` as truth values. Anchors,
aliases, tags, repeated keys, several documents and deep nesting are refused.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from reasoner.errors import Problem, quote
from reasoner.source import Place, Source, find_place

TYPE_CHECKING = False
if TYPE_CHECKING:
    import yaml

DEEPEST = 20
_KEY_FORM = "write 'key: value', or '- value' in a list"
_FORBIDDEN = (
    "[^\t\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)


@dataclass(frozen=True, slots=True)
class Scalar:
    """A value as written; `empty` when nothing, `~` or `null` stands there."""

    text: str
    place: Place
    empty: bool = False


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    items: tuple[Node, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Keys:
    """A mapping, as pairs in the order of the text; no key is there twice."""

    pairs: tuple[tuple[Scalar, Node], ...]
    place: Place


Node = Scalar | Items | Keys


def items_of(node: Node) -> Sequence[Node]:
    """The items of a list; what is no list counts as the only one."""
    return node.items if isinstance(node, Items) else (node,)


@dataclass(slots=True)
class _Open:
    """A list or a mapping whose end has not been read: its nodes, keys and values in turn."""

    mapping: bool
    place: Place
    nodes: list[Node]


def read_document(source: Source, problems: list[Problem]) -> Node | None:
    """Read a YAML text.

    Args:
        source: the text
        problems: where the problems found are appended

    Returns:
        The outermost node, or None when the text is empty or not YAML.
    """
    import yaml

    forbidden = re.search(_FORBIDDEN, source.text)
    if forbidden:
        line, column = find_place(source.text, forbidden.start())
        message = f"the character U+{ord(forbidden[0]):04X} cannot stand in a text"
        problems.append(source.problem(message, line, column))
        return None
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return _build(source, problems, yaml.parse(source.text, Loader=loader))
    except yaml.MarkedYAMLError as error:
        problems.append(_explain(source, error))
    except yaml.YAMLError as error:
        problems.append(source.problem(f"this is not YAML: {error}", 1, 1))
    return None


def _build(source: Source, problems: list[Problem], events: Iterator[yaml.Event]) -> Node | None:
    """Put the nodes together from the parser's events, without recursion."""
    import yaml

    starts = _line_starts(source.text)
    stack = [_Open(False, Place(1, 1), [])]
    documents = 0

    def report(event: yaml.Event, message: str, hint: str = "") -> None:
        place = _place(starts, event)
        problems.append(source.problem_at(place, message, hint))

    for event in events:
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                report(event, "a second document begins here", "write one case in each file")
                break
        elif isinstance(event, yaml.AliasEvent):
            report(event, "an alias ('*') has no meaning here", "write the value itself")
            stack[-1].nodes.append(Scalar("", _place(starts, event), empty=True))
        elif isinstance(event, yaml.CollectionEndEvent):
            closed = stack.pop()
            stack[-1].nodes.append(_close(source, problems, closed))
        elif isinstance(event, yaml.NodeEvent):
            _refuse_marks(event, report)
            place = _place(starts, event)
            if isinstance(event, yaml.ScalarEvent):
                empty = not event.style and event.value.lower() in ("", "~", "null")
                stack[-1].nodes.append(Scalar(event.value, place, empty))
                continue
            if len(stack) > DEEPEST:
                report(event, f"this is nested more than {DEEPEST} levels deep")
                return None
            stack.append(_Open(isinstance(event, yaml.MappingStartEvent), place, []))
    return stack[0].nodes[0] if stack[0].nodes else None


def _refuse_marks(event: yaml.NodeEvent, report: Callable[[yaml.Event, str, str], None]) -> None:
    """Report an anchor or a tag."""
    if event.anchor:
        report(event, "an anchor ('&') has no meaning here", "write the value itself")
    if getattr(event, "tag", None) is not None:
        hint = "put a value that begins with '!' in quotes"
        report(event, "a tag ('!') has no meaning here", hint)


def _close(source: Source, problems: list[Problem], closed: _Open) -> Node:
    """Make the node of a list or mapping that has been read to its end."""
    if not closed.mapping:
        return Items(tuple(closed.nodes), closed.place)
    pairs: dict[str, tuple[Scalar, Node]] = {}
    for key, value in zip(closed.nodes[::2], closed.nodes[1::2], strict=True):
        place = key.place
        if not isinstance(key, Scalar) or key.empty:
            message = "a key must be a word"
            problems.append(source.problem_at(place, message))
            continue
        first = pairs.setdefault(key.text, (key, value))[0]
        if first is not key:
            message = f"the key {quote(key.text)} is given twice"
            hint = f"first on line {first.place.line}"
            problems.append(source.problem_at(place, message, hint))
    return Keys(tuple(pairs.values()), closed.place)


def _line_starts(text: str) -> list[int]:
    starts = [0]
    while (found := text.find("\n", starts[-1])) >= 0:
        starts.append(found + 1)
    return starts


def _place(starts: list[int], event: yaml.Event) -> Place:
    """Give the place of what an event covers, or of its first line."""
    start = event.start_mark.index if event.start_mark else 0
    end = event.end_mark.index if event.end_mark else start
    line = bisect_right(starts, start)
    if line < len(starts):
        end = min(end, starts[line] - 1)
    return Place(line, start - starts[line - 1] + 1, max(1, end - start))


def _explain(source: Source, error: yaml.MarkedYAMLError) -> Problem:
    """Say in plain words why a text is not YAML."""
    said = f"{error.context or ''}: {error.problem or ''}"
    here = _mark_index(source, error.problem_mark)
    begun = _mark_index(source, error.context_mark or error.problem_mark)
    character = source.text[here : here + 1]
    line, column = find_place(source.text, here)
    first_on_line = not source.line(line)[: column - 1].strip()
    if "tab character" in said or ("cannot start any token" in said and character == "\t"):
        return _problem_at(source, here, "a tab cannot indent a line", "indent with spaces")
    if "cannot start any token" in said:
        message = f"a value cannot begin with {quote(character)}"
        return _problem_at(source, here, message, "put the value in quotes")
    if "mapping values are not allowed" in said:
        hint = "check the indentation, or put a value with a colon in it in quotes"
        return _problem_at(source, here, "a key and its colon cannot stand here", hint)
    if "could not find expected ':'" in said:
        return _problem_at(source, begun, "there is no colon after this key", _KEY_FORM)
    if "flow sequence" in said or "flow mapping" in said:
        what, closing = ("list", "]") if "flow sequence" in said else ("mapping", "}")
        hint = f"a comma or '{closing}' is missing before line {line}, column {column}"
        return _problem_at(source, begun, f"the {what} that begins here is not closed", hint)
    if "quoted scalar" in said and "unexpected" in said:
        message = "the quotation mark that opens here is not closed"
        return _problem_at(source, begun, message)
    if "unknown escape" in said:
        message = "after a backslash between double quotes only certain letters can follow"
        return _problem_at(
            source, here, message, "use single quotes, where it is a plain character"
        )
    if character in ("]", "}"):
        message = f"'{character}' closes nothing"
        return _problem_at(source, here, message)
    if "'-' indicator" in said or ("block collection" in said and first_on_line):
        hint = "begin it with '- ', or indent it less"
        return _problem_at(source, here, "this line is not an item of the list above it", hint)
    if "block mapping" in said and first_on_line:
        hint = "the keys of a mapping begin in the same column"
        return _problem_at(source, here, "this line is not indented like those around it", hint)
    if "comment or line break" in said or "chomping" in said:
        message = "nothing can follow '>' or '|' on the same line"
        return _problem_at(source, here, message, "put a value that begins so in quotes")
    if "directive" in said or source.line(1).startswith("%"):
        message = "a line that begins with '%' has no meaning here"
        return _problem_at(source, here, message, "begin a remark with '#'")
    if "expected key" in said or "document start" in said or "<block end>" in said:
        hint = "put the whole value in quotes"
        return _problem_at(source, here, "this cannot follow what stands before it", hint)
    return _problem_at(source, here, f"this is not YAML: {error.problem or error.context}")


def _mark_index(source: Source, mark: yaml.error.Mark | None) -> int:
    """Give the index of the character that the parser points at, never past the last one."""
    last = max(len(source.text.rstrip()) - 1, 0)
    return min(mark.index, last) if mark else 0


def _problem_at(source: Source, index: int, message: str, hint: str = "") -> Problem:
    line, column = find_place(source.text, index)
    return source.problem(message, line, column, 1, hint)

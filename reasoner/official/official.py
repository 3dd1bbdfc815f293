"""Read the official XML of an Act or a Regulation into a plain record.

The Justice Laws Website publishes each instrument as XML, one file a language. What is kept of it
is a flat table: each provision by its pinpoint, with its own words only (the words of what stands
below it are rows of their own), its marginal note and the day since which it is in force.

The file is whatever a user hands over, so it is read with expat directly: a document type, the
only place where entities can be declared, is refused before it is looked at, and every problem
has a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

from reasoner.errors import InputError, Problem, quote
from reasoner.source import Source, read_source

LARGEST_XML = 16_000_000
LONGEST_WORDS = 100_000
DEEPEST = 100
MOST_PROBLEMS = 5
LANGUAGES = ("en", "fr")

_LABELLED = (
    "Section",
    "Subsection",
    "Paragraph",
    "Subparagraph",
    "Clause",
    "Subclause",
    "Subsubclause",
)
_CONTINUED = re.compile(r"Continued\w+")
_TERMS = ("DefinedTermEn", "DefinedTermFr")
_ASIDE = {"Label", "MarginalNote", "HistoricalNote", "Footnote", "FootnoteRef", "Schedule"}
_ASIDE |= {"AmendedText", "ReadAsText", "Image"}
_ROOTS = {"Statute": "act", "Regulation": "regulation"}
_LABEL = re.compile(r"[0-9A-Za-z]+(?:\.[0-9]+)*")
_RANGE = re.compile(r"\s+(and|et|to|à)\s+")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class OfficialProvision:
    """The official words of one provision.

    ``label`` is as the text has it, empty for a definition; ``words`` are its own, before what
    stands below it, and ``closing`` those after it; ``terms`` are the defined terms where it is a
    definition; ``since`` is the day since which it stands so.
    """

    pinpoint: str
    label: str
    words: str
    closing: str = ""
    note: str = ""
    since: str = ""
    repealed: bool = False
    terms: tuple[str, ...] = ()

    @property
    def own(self) -> str:
        """All the words that are its own."""
        return f"{self.words} {self.closing}".strip()


@dataclass(frozen=True, slots=True)
class OfficialText:
    """An instrument as consolidated on a day, in one language; provisions in their order."""

    identifier: str
    title: str
    language: str
    date: str
    provisions: Mapping[str, OfficialProvision]


@dataclass(slots=True)
class _Node:
    """An element with its place: children are elements and texts."""

    tag: str
    attributes: Mapping[str, str]
    line: int
    column: int
    children: list[_Node | str] = field(default_factory=list)

    def elements(self, *tags: str) -> Iterator[_Node]:
        """The child elements, all or those of some tags."""
        for child in self.children:
            if isinstance(child, _Node) and (not tags or child.tag in tags):
                yield child

    def find(self, *path: str) -> _Node | None:
        """The first element at the end of a path of tags."""
        node: _Node | None = self
        for tag in path:
            node = next(node.elements(tag), None) if node else None
        return node


def read_official(path: str) -> OfficialText:
    """Read a file of the Justice Laws Website.

    Args:
        path: an XML file of an Act or a Regulation, English or French.

    Raises:
        InputError: the file cannot be read, is not XML, or is not of that format.
    """
    source = read_source(path, LARGEST_XML)
    if not source.text.strip():
        raise InputError([Problem(f"{path} is empty", hint=_EXPECTED)])
    return _Reader(source, _parse(source)).read()


_EXPECTED = "the XML of an Act or Regulation is on its page of https://laws-lois.justice.gc.ca"


def _parse(source: Source) -> _Node:
    """The elements of a file, without entities of its own."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    root = _Node("", {}, 1, 1)
    path = [root]

    def here(message: str, hint: str = "") -> InputError:
        line, column = parser.CurrentLineNumber, parser.CurrentColumnNumber + 1
        return InputError([source.problem(message, line, column, 1, hint)])

    def start(tag: str, attributes: dict[str, str]) -> None:
        if len(path) > DEEPEST:
            raise here(f"elements stand in each other more than {DEEPEST} deep")
        node = _Node(
            tag.rpartition(" ")[2],
            {name.rpartition(" ")[2]: value for name, value in attributes.items()},
            parser.CurrentLineNumber,
            parser.CurrentColumnNumber + 1,
        )
        path[-1].children.append(node)
        path.append(node)

    def end(_: str) -> None:
        path.pop()

    def refuse(*_: object) -> None:
        hint = "the files of the Justice Laws Website have none; take the file from there"
        raise here("a document type, which could declare entities, is not read", hint)

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = lambda text: path[-1].children.append(text)
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(source.text, True)
    except expat.ExpatError as error:
        message = f"this is not well-formed XML: {expat.ErrorString(error.code)}"
        column = error.offset + 1
        raise InputError([source.problem(message, error.lineno, column, 1, _EXPECTED)]) from None
    return next(root.elements())


class _Reader:
    """Goes through the elements, and collects provisions and problems."""

    def __init__(self, source: Source, root: _Node) -> None:
        self.source = source
        self.root = root
        self.found: dict[str, OfficialProvision] = {}
        self.problems: list[Problem] = []

    def read(self) -> OfficialText:
        """The whole text.

        Raises:
            InputError: with the first problems found.
        """
        root = self.root
        if root.tag not in _ROOTS:
            problem = self.problem(root, f"<{root.tag}> is no Act and no Regulation", _EXPECTED)
            raise InputError([problem])
        head = root.find("Identification")
        number = head and (
            head.find("InstrumentNumber") or head.find("Chapter", "ConsolidatedNumber")
        )
        identifier = _text(number) if number else ""
        title = head and (head.find("ShortTitle") or head.find("LongTitle"))
        language = root.attributes.get("lang", "")[:2].lower()
        date = root.attributes.get("pit-date", "") or root.attributes.get("current-date", "")
        if not identifier:
            self.complain(root, "the file does not say which instrument it is", _EXPECTED)
        if language not in LANGUAGES:
            self.complain(root, "the language is neither English nor French (xml:lang)")
        if not _DAY.fullmatch(date):
            self.complain(root, "the day of the consolidation is not stated (lims:pit-date)")
        body = root.find("Body")
        if body is None:
            self.complain(root, "the file has no body, and so no provision")
        else:
            self.sections(body)
        if body is not None and not self.found and not self.problems:
            self.complain(body, "the body has no section")
        if self.problems:
            raise InputError(self.problems[:MOST_PROBLEMS])
        return OfficialText(identifier, _text(title) if title else "", language, date, self.found)

    def sections(self, node: _Node) -> None:
        """Find the sections, wherever the body has them."""
        for child in node.elements():
            if child.tag == "Section":
                self.provision(child, "")
            elif child.tag not in _ASIDE:
                self.sections(child)

    def provision(self, node: _Node, above: str) -> None:
        """Take down a labelled element and what stands below it."""
        label = node.find("Label")
        written = _text(label) if label else ""
        names = _names(written, section=node.tag == "Section")
        if not names:
            what = f"the label {quote(written)} cannot be read" if written else "there is no label"
            under = f" below {above}" if above else ""
            self.complain(node, f"{what} for a {node.tag.lower()}{under}")
            return
        for name in names:
            self.take(node, f"{above}{name}", written)

    def definition(self, node: _Node, above: str, number: int) -> None:
        """Take down a definition under its English term, where it has one."""
        terms = _terms(node)
        name = terms[0] if terms else f"definition {number}"
        self.take(node, f'{above} "{name}"', "", terms)

    def take(self, node: _Node, pinpoint: str, label: str, terms: tuple[str, ...] = ()) -> None:
        """Take down the own words of an element, then what stands below it."""
        before: list[str] = []
        after: list[str] = []
        below: list[_Node] = []
        for child in node.elements():
            if child.tag in _LABELLED or child.tag == "Definition":
                below.append(child)
            elif child.tag not in _ASIDE:
                late = below or _CONTINUED.fullmatch(child.tag)
                (after if late else before).append(_text(child))
        note = node.find("MarginalNote")
        words = " ".join(before).strip()
        if sum(map(len, (*before, *after))) > LONGEST_WORDS:
            message = f"{pinpoint} has more than {LONGEST_WORDS:,} characters of its own"
            self.complain(node, message)
            return
        provision = OfficialProvision(
            pinpoint,
            label,
            words,
            " ".join(after).strip(),
            _text(note) if note else "",
            node.attributes.get("inforce-start-date", ""),
            _is_repealed(node),
            terms,
        )
        self.found[pinpoint] = _joined(self.found.get(pinpoint), provision)
        for number, child in enumerate(below, 1):
            if child.tag == "Definition":
                self.definition(child, pinpoint, number)
            else:
                self.provision(child, pinpoint)

    def problem(self, node: _Node, message: str, hint: str = "") -> Problem:
        """A problem at an element."""
        return self.source.problem(message, node.line, node.column, 1, hint)

    def complain(self, node: _Node, message: str, hint: str = "") -> None:
        """Take down a problem at an element."""
        self.problems.append(self.problem(node, message, hint))


def _text(node: _Node) -> str:
    """The words of an element with all below it, spaces made one; notes aside."""
    return " ".join("".join(_pieces(node)).split())


def _pieces(node: _Node, flowing: bool = False) -> Iterator[str]:
    """Words in their order; what is no part of a running text is set off from it."""
    flowing = flowing or node.tag == "Text"
    for child in node.children:
        if isinstance(child, str):
            yield child
        elif child.tag == "LineBreak":
            yield " "
        elif child.tag not in _ASIDE:
            yield from _pieces(child, flowing)
            if not flowing:
                yield " "


def _names(label: str, *, section: bool) -> list[str]:
    """The pinpoints that a label stands for: "b)" is (b), "(2) and (3)" is (2) and (3)."""
    parts = _RANGE.split(label.strip().lstrip("*"))
    bare = [part.strip().strip("*.") for part in parts[::2]]
    if not section:
        bare = [part.strip("()") for part in bare]
    if not all(_LABEL.fullmatch(part) for part in bare) or len(bare) > 2:
        return []
    if len(bare) == 2 and parts[1] in ("to", "à"):
        bare = _between(*bare)
    return bare if section else [f"({part})" for part in bare]


def _between(first: str, last: str) -> list[str]:
    """All labels from one to another where they can be counted, else these two."""
    if first.isdecimal() and last.isdecimal() and 0 < int(last) - int(first) < 1000:
        return [str(n) for n in range(int(first), int(last) + 1)]
    if len(first) == len(last) == 1 and first.isalpha() and last.isalpha() and first < last:
        return [chr(n) for n in range(ord(first), ord(last) + 1)]
    return [first, last]


def _terms(node: _Node) -> tuple[str, ...]:
    """The terms that a definition defines, English before French."""
    found: dict[str, list[str]] = {tag: [] for tag in _TERMS}

    def search(inside: _Node) -> None:
        for child in inside.elements():
            if child.tag in found:
                found[child.tag].append(_text(child))
            elif child.tag not in _ASIDE:
                search(child)

    search(node)
    return tuple(dict.fromkeys(term for tag in _TERMS for term in found[tag] if term))


def _is_repealed(node: _Node) -> bool:
    """Whether nothing is left of a provision but the remark that it was repealed."""
    text = node.find("Text")
    return text is not None and text.find("Repealed") is not None


def _joined(old: OfficialProvision | None, new: OfficialProvision) -> OfficialProvision:
    """A pinpoint that stands twice in a file has the words of both."""
    if old is None:
        return new
    return OfficialProvision(
        new.pinpoint,
        new.label,
        f"{old.words} {new.words}".strip(),
        f"{old.closing} {new.closing}".strip(),
        old.note or new.note,
        max(old.since, new.since),
        old.repealed and new.repealed,
        tuple(dict.fromkeys((*old.terms, *new.terms))),
    )


def inside(pinpoint: str) -> tuple[str, ...]:
    """The pinpoints in which one stands, outermost first: 65 and 65(b) for 65(b)(ii)."""
    parts = split_pinpoint(pinpoint)
    return tuple("".join(parts[:n]) for n in range(1, len(parts)))


def split_pinpoint(pinpoint: str) -> list[str]:
    """A pinpoint in its parts: 65, (b) and (ii) for 65(b)(ii)."""
    return re.findall(r' "[^"]*"|\([^()]*\)|^[^("]*[^("\s]', pinpoint)

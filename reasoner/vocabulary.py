"""What a case may state: facts, entities, closed kinds and readings, as the law declares them.

Each is declared by one block comment `%*! ... *%`: a header, a text, then fields `Name: value`.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from reasoner.errors import InputError, Position, Problem, closest, list_words, quote
from reasoner.source import Place, Source

OPEN_END = "99991231"
FIRST_YEAR, LAST_YEAR = 1900, 2100
SETTLED_BY = ("fact", "finding", "opinion", "decision", "question", "calculation")
UNWRITTEN = ("question", "calculation")
BUILT_IN_TYPES = ("date", "number", "reading", "option")
STATUS_WORDS = {
    "yes": "stated",
    "true": "stated",
    "no": "denied",
    "false": "denied",
    "unknown": "unknown",
}
TOP_KEYS = (
    "case",
    "description",
    "question",
    "about",
    "as_of",
    "law_date",
    "readings",
    "expect",
)
DRIVER_FACTS = (
    "about",
    "as_of",
    "chosen_law_date",
    "chosen_reading",
    "denied",
    "law_date",
    "name",
    "question",
    "title",
    "unknown",
)
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


@dataclass(frozen=True, slots=True)
class Block:
    """A block comment `%*! ... *%` as it stands in a law file."""

    text: str
    position: Position


@dataclass(frozen=True, slots=True)
class Argument:
    """An argument of a fact; `default` is an ASP term, `after` names an earlier argument."""

    name: str
    type: str
    meaning: str
    default: str | None = None
    after: str | None = None
    strictly: bool = False


@dataclass(frozen=True, slots=True)
class Fact:
    """A predicate with its sentences and, if a case may state it, the way it is written.

    `keys` names the arguments after the first, in order; `section` and `key` are None for what
    the question or a calculation gives.
    """

    name: str
    arguments: tuple[Argument, ...]
    sentence: str
    negative: str
    settled_by: str
    settled_who: str | None
    ask: str
    section: str | None
    key: str | None
    keys: tuple[str, ...]
    position: Position

    @property
    def arity(self) -> int:
        """Count the arguments."""
        return len(self.arguments)

    @property
    def subject_type(self) -> str:
        """Name the type of the first argument."""
        return self.arguments[0].type if self.arguments else ""


@dataclass(frozen=True, slots=True)
class Entity:
    """A type of thing that a case declares in a section of its own."""

    name: str
    label: str
    any: str
    section: str
    position: Position


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a closed kind: its constant, what people read and write, and words about it."""

    constant: str
    label: str
    words: str


@dataclass(frozen=True, slots=True)
class Kind:
    """A closed kind: everything it can be, by constant."""

    name: str
    text: str
    values: Mapping[str, Value]
    position: Position


@dataclass(frozen=True, slots=True)
class Option:
    """One way to read an open text; `parameter` names the number that it takes, if any."""

    id: str
    parameter: str | None
    text: str
    why: str
    authority: str
    default: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """An open question of the text, its options, and the option taken unless one is chosen."""

    id: str
    question: str
    at: tuple[str, ...]
    options: tuple[Option, ...]
    default: str
    position: Position


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All that a law declares, by name, in the order of its files."""

    facts: Mapping[str, Fact]
    entities: Mapping[str, Entity]
    kinds: Mapping[str, Kind]
    readings: Mapping[str, Reading]

    def term(self, type: str, text: str) -> str:
        """Turn a value, as a person writes it, into an ASP term.

        Args:
            type: a built-in type, an entity type or a kind
            text: for example 2022-09-01, a label of a kind, or an identifier

        Returns:
            The term, for example 20220901.

        Raises:
            ValueError: the text is no such value; its arguments are a message and a hint.
        """
        if type == "date":
            return _date_term(text)
        if type == "number":
            return _number_term(text)
        if type in self.kinds:
            return _kind_term(self.kinds[type], text)
        return check_identifier(text)

    def label(self, type: str, term: str) -> str:
        """Turn an ASP term into what a person reads.

        Args:
            type: a built-in type, an entity type or a kind
            term: an ASP term of that type

        Returns:
            An ISO date, "no end" for 9999-12-31, the label of a value of a kind, or the term.
        """
        if type == "date":
            if term == OPEN_END:
                return "no end"
            return f"{term[:4]}-{term[4:6]}-{term[6:]}" if len(term) == 8 else term
        if type in self.kinds:
            value = self.kinds[type].values.get(term)
            return value.label if value else term
        return term

    def choose(self, reading: str, option: str) -> tuple[str, str]:
        """Check the choice of an option for a reading.

        Args:
            reading: the name of a reading
            option: an option as written, for example strict or tolerant(1)

        Returns:
            The reading and the option as an ASP term.

        Raises:
            ValueError: there is no such reading or option; arguments are a message and a hint.
        """
        declared = self.readings.get(reading)
        if declared is None:
            raise ValueError(
                f"there is no reading {quote(reading)}", closest(reading, self.readings)
            )
        return reading, _option_term(declared, option)


def build_vocabulary(
    blocks: Iterable[Block], sources: Iterable[Source], defaults: Mapping[str, str] | None = None
) -> Vocabulary:
    """Read the declarations of a law.

    Args:
        blocks: the block comments, in the order of the law files
        sources: the files they stand in
        defaults: the default option of each reading, as an ASP term

    Returns:
        The vocabulary.

    Raises:
        InputError: with every problem found in the declarations.
    """
    draft = _Draft({source.path: source for source in sources}, dict(defaults or {}))
    texts = [_split_block(draft, block) for block in blocks]
    _check_twice(draft, texts)
    entities = {text.name: _read_entity(draft, text) for text in texts if text.sort == "type"}
    kinds = {text.name: _read_kind(draft, text) for text in texts if text.sort == "kind"}
    readings = {text.name: _read_reading(draft, text) for text in texts if text.sort == "reading"}
    _check_types(draft, entities, kinds)
    draft.vocabulary = Vocabulary({}, entities, kinds, readings)
    facts = {text.name: _read_fact(draft, text) for text in texts if text.sort == "fact"}
    _check_written(draft, facts)
    for reading, option in draft.defaults.items():
        if reading not in readings:
            message = f"the default {option} is for a reading {quote(reading)} that is not declared"
            draft.problems.append(Problem(message, hint=closest(reading, readings)))
    if draft.problems:
        raise InputError(draft.problems)
    return Vocabulary(
        MappingProxyType(facts),
        MappingProxyType(entities),
        MappingProxyType(kinds),
        MappingProxyType(readings),
    )


def check_identifier(text: str) -> str:
    """Check the identifier of an entity.

    Args:
        text: the identifier as written

    Returns:
        The identifier.

    Raises:
        ValueError: it is not one; arguments are a message and a hint.
    """
    if text in STATUS_WORDS or text == "not":
        raise ValueError(
            f"'{text}' cannot be an identifier, because the word has a meaning of its own",
            f"write {text}_1 or another word",
        )
    if _IDENTIFIER.fullmatch(text):
        return text
    plain = re.sub(r"[^a-z0-9]+", "_", text.casefold()).strip("_")
    plain = plain if plain[:1].isalpha() else f"x{plain}" if plain else ""
    usable = _IDENTIFIER.fullmatch(plain) and len(plain) <= 40
    raise ValueError(
        f"{quote(text)} is not an identifier: "
        "it takes small letters, digits and underscores, and begins with a letter",
        f"write {plain}" if usable else "for example ana or second_letter",
    )


# Values

_IDENTIFIER = re.compile(r"[a-z][a-z0-9_]*")
_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_LOOSE_DATE = re.compile(r"([0-9]{4})[-/. ]?([0-9]{1,2})[-/. ]?([0-9]{1,2})([T ].*)?")


def _date_term(text: str) -> str:
    match = _DATE.fullmatch(text)
    if not match:
        loose = _LOOSE_DATE.fullmatch(text)
        written = ""
        if loose:
            written = f"{loose[1]}-{loose[2].zfill(2)}-{loose[3].zfill(2)}"
            written = "" if _name_impossible(*map(int, loose.groups()[:3])) else written
        raise ValueError(
            f"{quote(text)} is not a date",
            f"write {written}" if written else "write year-month-day, for example 2022-09-01",
        )
    year, month, day = map(int, match.groups())
    reason = _name_impossible(year, month, day)
    if reason:
        raise ValueError(f"there is no day {text}: {reason}", "")
    term = "".join(match.groups())
    if not FIRST_YEAR <= year <= LAST_YEAR and term != OPEN_END:
        raise ValueError(
            f"{text} is outside the calendar, which runs from {FIRST_YEAR} to {LAST_YEAR}", ""
        )
    return term


def _name_impossible(year: int, month: int, day: int) -> str:
    """Say why there is no such day in the calendar, or nothing when there is one."""
    if not 1 <= month <= 12:
        return f"there is no month {month}"
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    days = 30 if month in (4, 6, 9, 11) else 31
    if month == 2:
        days = 29 if leap else 28
    if 1 <= day <= days:
        return ""
    return f"{MONTHS[month - 1]} {year} has {days} days" if day else "a month begins with day 1"


def _number_term(text: str) -> str:
    if not re.fullmatch(r"[+-]?[0-9]+", text):
        raise ValueError(f"{quote(text)} is not a whole number", "write digits only, for example 3")
    if len(text) > 11 or not -(2**31) < int(text) < 2**31:
        raise ValueError(f"{quote(text)} is too large a number", "")
    return str(int(text))


def _kind_term(kind: Kind, text: str) -> str:
    wanted = _fold(text)
    for value in kind.values.values():
        if wanted in (_fold(value.label), value.constant):
            return value.constant
    name = kind.name.replace("_", " ")
    labels = [value.label for value in kind.values.values()]
    hint = closest(text, labels)
    if not hint and len(labels) <= 8:
        hint = f"write {list_words(labels)}"
    raise ValueError(f"{quote(text)} is not {with_article(name)}", hint)


def _option_term(reading: Reading, text: str) -> str:
    """Check an option of a reading as written: its name, with a number where it takes one."""
    flat = "".join(text.split())
    name, opened, rest = flat.partition("(")
    name = name.replace("-", "_")
    option = next((option for option in reading.options if option.id == name), None)
    if option is None:
        shown = [_show_option(option) for option in reading.options]
        raise ValueError(
            f"{quote(text)} is not an option of the reading {reading.id}",
            closest(name, [option.id for option in reading.options])
            or f"its options are {list_words(shown, 'and')}",
        )
    if option.parameter is None:
        if opened:
            raise ValueError(
                f"the option {name} of the reading {reading.id} takes no number", f"write {name}"
            )
        return name
    number = rest[:-1] if rest.endswith(")") else ""
    if not re.fullmatch(r"[0-9]{1,9}", number):
        raise ValueError(
            f"the option {name} of the reading {reading.id} takes a number",
            f"write {name}(1), for example",
        )
    return f"{name}({int(number)})"


def _show_option(option: Option) -> str:
    return f"{option.id}({option.parameter})" if option.parameter else option.id


def _fold(text: str) -> str:
    return "".join(text.split()).casefold()


def with_article(noun: str) -> str:
    """Put the indefinite article before a noun."""
    return f"an {noun}" if noun[:1].lower() in "aeio" else f"a {noun}"


# Blocks

_HEADER = re.compile(r"(type|kind|reading) +([a-z][a-z0-9_]*)")
_PREDICATE = re.compile(r"([a-z][a-z0-9_]*)\((.*)\)")
_FIELD = re.compile(r"([A-Z][a-z]+(?: [a-z]+){0,2}):(?: +(.*))?")
_FIELDS = {
    "type": ("Any", "Section"),
    "kind": ("Values",),
    "reading": ("At", "Options"),
    "fact": ("Not", "Args", "Written", "Settled by", "Ask"),
}
_ARGUMENT = re.compile(r"- +([A-Z][A-Za-z0-9_]*) *: *\(([^()]*)\) *(.*)")
_TYPE = re.compile(r"([a-z][a-z0-9_]*) *(?:= *([^ ,]+))?(?: *, *(after|not before) +([A-Z]\w*))?")
_VALUE = re.compile(r"- +([^ :]+) *: *(.+)")
_OPTION = re.compile(r"- +([a-z][a-z0-9_]*)(?:\(([A-Z][A-Za-z0-9_]*)\))? *: *(.+)")
_WRITTEN = re.compile(r"([a-z][a-z0-9_]*)\.([a-z][a-z0-9_]*) *(?:\[([^\[\]]*)\])?")
_SETTLED = re.compile(r"([a-z]+) *(?:\((.+)\))?")


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class _Text:
    """A block taken apart: what it declares, its text, and the lines of each field."""

    sort: str
    name: str
    variables: tuple[str, ...]
    words: str
    fields: Mapping[str, tuple[_Line, ...]]
    place: Place
    path: str


@dataclass(slots=True)
class _Draft:
    """What is known while the declarations are read."""

    sources: Mapping[str, Source]
    defaults: Mapping[str, str]
    problems: list[Problem] = field(default_factory=list)
    vocabulary: Vocabulary = field(default_factory=lambda: Vocabulary({}, {}, {}, {}))


def _report(draft: _Draft, path: str, place: Place, message: str, hint: str = "") -> None:
    source = draft.sources.get(path) or Source(path, "")
    draft.problems.append(source.problem(message, place.line, place.column, place.width, hint))


def _split_block(draft: _Draft, block: Block) -> _Text:
    """Take a block apart into header, text and fields, and report what fits nowhere."""
    path = block.position.path
    lines = _number_lines(block)
    header, rest = lines[0], lines[1:]
    sort, name, variables = _read_header(draft, path, header)
    words: list[str] = []
    fields: dict[str, tuple[_Line, ...]] = {}
    current = ""
    for line in rest:
        match = _FIELD.fullmatch(line.text) if line.place.column == 1 else None
        if match and sort in _FIELDS and match[1] not in _FIELDS[sort]:
            hint = closest(match[1], _FIELDS[sort])
            _report(draft, path, line.place, f"there is no field '{match[1]}' here", hint)
            current = match[1]
        elif match and match[1] in fields:
            _report(draft, path, line.place, f"the field '{match[1]}' is given twice")
        elif match:
            current = match[1]
            value = match[2] or ""
            column = line.place.column + len(line.text) - len(value)
            first = _Line(value, Place(line.place.line, column, max(len(value), 1)))
            fields[current] = (first,) if value else ()
        elif current and line.text:
            if line.place.column == 1:
                message = "this line belongs to no field"
                hint = f"indent it if it continues the field '{current}'"
                _report(draft, path, line.place, message, hint)
            elif current in fields:
                fields[current] += (line,)
        elif not current:
            words.append(line.text)
    text = re.sub(r"\n\n+", "\n\n", "\n".join(words).strip())
    text = re.sub(r"(?<!\n)\n(?!\n)", " ", text)
    return _Text(sort, name, variables, text, fields, header.place, path)


def _number_lines(block: Block) -> list[_Line]:
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
        lines.append(_Line(stripped, place))
    return lines


def _read_header(draft: _Draft, path: str, line: _Line) -> tuple[str, str, tuple[str, ...]]:
    match = _HEADER.fullmatch(line.text)
    if match:
        return match[1], match[2], ()
    match = _PREDICATE.fullmatch(line.text)
    if not match:
        message = f"{quote(line.text)} declares nothing"
        hint = "begin with 'type x', 'kind x', 'reading x' or 'predicate(X, Y)'"
        _report(draft, path, line.place, message, hint)
        return "", "", ()
    names = tuple(name.strip() for name in match[2].split(","))
    for name in names:
        if not re.fullmatch(r"[A-Z][A-Za-z0-9_]*", name):
            _report(draft, path, line.place, f"{quote(name)} is not the name of an argument")
    if len(set(names)) < len(names):
        _report(draft, path, line.place, "two arguments have the same name")
    return "fact", match[1], names


def _joined(lines: Sequence[_Line]) -> str:
    return " ".join(line.text for line in lines)


def _require(draft: _Draft, text: _Text, *names: str) -> None:
    """Report the fields that a block must have and has not."""
    for name in names:
        if not text.fields.get(name):
            message = f"the declaration of {text.name} has no field '{name}'"
            _report(draft, text.path, text.place, message)
    if not text.words:
        message = f"the declaration of {text.name} has no text"
        _report(draft, text.path, text.place, message)


def _check_twice(draft: _Draft, texts: Sequence[_Text]) -> None:
    seen: dict[tuple[str, str], _Text] = {}
    for text in texts:
        first = seen.setdefault((text.sort, text.name), text)
        if first is not text and text.sort:
            message = f"{text.name} is declared twice"
            hint = f"first in {first.path}, line {first.place.line}"
            _report(draft, text.path, text.place, message, hint)


def _check_types(draft: _Draft, entities: Mapping[str, Entity], kinds: Mapping[str, Kind]) -> None:
    """Report types of the same name, and sections that a case could not tell apart."""
    sections: dict[str, str] = {}
    positions = [(name, entity.position) for name, entity in entities.items()]
    positions += [(name, kind.position) for name, kind in kinds.items()]
    taken = set(BUILT_IN_TYPES)
    for name, position in positions:
        if name in taken:
            _report_at(draft, position, f"there is another type named {name}")
        taken.add(name)
    for entity in entities.values():
        other = sections.setdefault(entity.section, entity.name)
        if other != entity.name:
            message = f"the section {entity.section} belongs to the type {other} already"
            _report_at(draft, entity.position, message)
        if entity.section in TOP_KEYS:
            message = f"a section cannot be named {entity.section}"
            _report_at(draft, entity.position, message)


def _report_at(draft: _Draft, position: Position, message: str, hint: str = "") -> None:
    _report(draft, position.path, Place(position.line, position.column), message, hint)


def _position(text: _Text) -> Position:
    return Position(text.path, text.place.line, text.place.column)


def _read_entity(draft: _Draft, text: _Text) -> Entity:
    _require(draft, text, "Section")
    fields = text.fields
    section = _joined(fields.get("Section", ()))
    if section and not _IDENTIFIER.fullmatch(section):
        place = fields["Section"][0].place
        _report(draft, text.path, place, f"{quote(section)} is not the name of a section")
    anything = _joined(fields.get("Any", ())) or f"any {text.words}"
    return Entity(text.name, text.words, anything, section, _position(text))


def _read_kind(draft: _Draft, text: _Text) -> Kind:
    _require(draft, text, "Values")
    values: dict[str, Value] = {}
    labels: dict[str, str] = {}
    for line in _join_items(text.fields.get("Values", ())):
        match = _VALUE.fullmatch(line.text)
        if not match:
            message = f"{quote(line.text)} is not a value"
            hint = "write '- constant: label', and ' -- words' after it if they are needed"
            _report(draft, text.path, line.place, message, hint)
            continue
        constant = match[1]
        label, _, words = (part.strip() for part in match[2].partition(" -- "))
        if not _IDENTIFIER.fullmatch(constant) or constant in STATUS_WORDS or constant == "not":
            _report(draft, text.path, line.place, f"{quote(constant)} cannot be a constant")
        for name in {constant, _fold(label)}:
            other = labels.setdefault(name, constant)
            if other != constant or constant in values:
                message = f"'{name}' names two values of the kind {text.name}"
                _report(draft, text.path, line.place, message, f"it names {other} already")
                break
        values[constant] = Value(constant, label, words)
    return Kind(text.name, text.words, MappingProxyType(values), _position(text))


def _read_reading(draft: _Draft, text: _Text) -> Reading:
    _require(draft, text, "At", "Options")
    default = draft.defaults.get(text.name, "")
    options: list[Option] = []
    for line, details in _group_items(draft, text):
        match = _OPTION.fullmatch(line.text)
        if not match:
            message = f"{quote(line.text)} is not an option"
            hint = "write '- name: what it means' or '- name(N): what it means'"
            _report(draft, text.path, line.place, message, hint)
            continue
        name = match[1]
        if any(option.id == name for option in options):
            _report(draft, text.path, line.place, f"the option {name} is given twice")
        if "Why" not in details:
            message = f"the option {name} has no 'Why:'"
            _report(draft, text.path, line.place, message)
        chosen = name == default.partition("(")[0]
        words = f"{match[3]} {details['']}" if "" in details else match[3]
        why, authority = details.get("Why", ""), details.get("From", "")
        options.append(Option(name, match[2], words, why, authority, chosen))
    at = tuple(part for part in re.split(r" *[,;] *", _joined(text.fields.get("At", ()))) if part)
    reading = Reading(text.name, text.words, at, tuple(options), default, _position(text))
    if not default:
        _report(draft, text.path, text.place, f"the reading {text.name} has no default")
    elif options:
        try:
            _option_term(reading, default)
        except ValueError as error:
            message, hint = error.args
            _report(draft, text.path, text.place, f"the default is wrong: {message}", hint)
    return reading


def _join_items(lines: Sequence[_Line]) -> list[_Line]:
    """Append the lines that do not begin with a dash to the item before them."""
    items: list[_Line] = []
    for line in lines:
        if line.text.startswith("-") or not items:
            items.append(line)
        else:
            items[-1] = _Line(f"{items[-1].text} {line.text}", items[-1].place)
    return items


def _group_items(draft: _Draft, text: _Text) -> list[tuple[_Line, dict[str, str]]]:
    """Group the lines of a reading's options: the option, then its Why and From."""
    groups: list[tuple[_Line, dict[str, str]]] = []
    current = ""
    for line in text.fields.get("Options", ()):
        if line.text.startswith("-") or not groups:
            groups.append((line, {}))
            current = ""
            continue
        details = groups[-1][1]
        match = _FIELD.fullmatch(line.text)
        if match and match[1] not in ("Why", "From"):
            hint = "an option has the fields 'Why' and 'From'"
            _report(draft, text.path, line.place, f"there is no field '{match[1]}' here", hint)
        elif match:
            current = match[1]
            details[current] = match[2] or ""
        else:
            details[current] = f"{details.get(current, '')} {line.text}".strip()
    return groups


def _read_fact(draft: _Draft, text: _Text) -> Fact:
    arguments = _read_arguments(draft, text)
    settled_by, who = _read_settled(draft, text)
    section, key, keys = _read_written(draft, text, arguments)
    if settled_by in UNWRITTEN:
        _require(draft, text, "Not", "Args", "Settled by")
        if section:
            message = f"{text.name} is settled by a {settled_by} and cannot be written in a case"
            _report(draft, text.path, text.place, message)
    else:
        _require(draft, text, "Not", "Args", "Written", "Settled by", "Ask")
    if text.name in DRIVER_FACTS and settled_by != "question":
        _report(draft, text.path, text.place, f"a fact cannot be named {text.name}")
    if len(arguments) == 1 and text.name in {
        *draft.vocabulary.entities,
        *draft.vocabulary.kinds,
    }:
        message = f"{text.name} is a type and cannot be a fact with one argument"
        _report(draft, text.path, text.place, message)
    negative = _joined(text.fields.get("Not", ()))
    ask = _joined(text.fields.get("Ask", ()))
    for name, sentence in (("", text.words), ("Not", negative), ("Ask", ask)):
        lines = text.fields.get(name, ())
        _check_sentence(draft, text, lines[0].place if lines else text.place, sentence)
    return Fact(
        name=text.name,
        arguments=arguments,
        sentence=text.words,
        negative=negative,
        settled_by=settled_by,
        settled_who=who,
        ask=ask,
        section=section,
        key=key,
        keys=keys,
        position=_position(text),
    )


def _check_sentence(draft: _Draft, text: _Text, place: Place, sentence: str) -> None:
    """Report braces that do not name an argument."""
    for name in re.findall(r"\{([^{}]*)\}", sentence):
        if name not in text.variables:
            message = f"{{{name}}} is not an argument of {text.name}"
            _report(draft, text.path, place, message, closest(name, text.variables))
    if re.search(r"[{}]", re.sub(r"\{[^{}]*\}", "", sentence)):
        _report(draft, text.path, place, "a brace is opened and not closed, or the reverse")


def _read_arguments(draft: _Draft, text: _Text) -> tuple[Argument, ...]:
    """Read the field Args: one line for each variable of the header, in its order."""
    types = {*BUILT_IN_TYPES, *draft.vocabulary.entities, *draft.vocabulary.kinds}
    arguments: list[Argument] = []
    items = _join_items(text.fields.get("Args", ()))
    for line in items:
        match = _ARGUMENT.fullmatch(line.text)
        parts = _TYPE.fullmatch(match[2].strip()) if match else None
        if not match or not parts:
            message = f"{quote(line.text)} does not describe an argument"
            hint = "write '- X: (type) meaning', for example '- D: (date, not before From) the day'"
            _report(draft, text.path, line.place, message, hint)
            continue
        if parts[1] not in types:
            message = f"there is no type {quote(parts[1])}"
            _report(draft, text.path, line.place, message, closest(parts[1], types))
            continue
        default = None
        if parts[2]:
            try:
                default = draft.vocabulary.term(parts[1], parts[2])
            except ValueError as error:
                _report(draft, text.path, line.place, *error.args)
        earlier = [argument.name for argument in arguments if argument.type == parts[1]]
        if parts[4] and parts[4] not in earlier:
            message = f"{parts[4]} is not an argument before {match[1]} of the type {parts[1]}"
            _report(draft, text.path, line.place, message)
        if parts[3] and parts[1] not in ("date", "number"):
            _report(draft, text.path, line.place, f"a {parts[1]} has no order to check")
        strictly = parts[3] == "after"
        arguments.append(Argument(match[1], parts[1], match[3], default, parts[4], strictly))
    names = tuple(argument.name for argument in arguments)
    if names != text.variables and len(items) == len(arguments):
        message = (
            f"the arguments described are {list_words(names, 'and') or 'none'}, "
            f"but the header has {list_words(text.variables, 'and') or 'none'}"
        )
        _report(draft, text.path, text.place, message, "describe each, in the order of the header")
    return tuple(arguments)


def _read_settled(draft: _Draft, text: _Text) -> tuple[str, str | None]:
    lines = text.fields.get("Settled by", ())
    match = _SETTLED.fullmatch(_joined(lines))
    if not lines:
        return "", None
    if not match or match[1] not in SETTLED_BY:
        message = f"{quote(_joined(lines))} cannot settle a fact"
        _report(draft, text.path, lines[0].place, message, f"write {list_words(SETTLED_BY)}")
        return "", None
    return match[1], match[2]


def _read_written(
    draft: _Draft, text: _Text, arguments: Sequence[Argument]
) -> tuple[str | None, str | None, tuple[str, ...]]:
    """Read the field Written: section, key, and the keys of the arguments after the first."""
    rest = arguments[1:]
    unnamed = tuple(argument.name.lower() for argument in rest)
    lines = text.fields.get("Written", ())
    if not lines:
        return None, None, unnamed
    place = lines[0].place
    match = _WRITTEN.fullmatch(_joined(lines))
    if not match:
        message = f"{quote(_joined(lines))} does not say where a case states this"
        hint = "write section.key, and after it the keys of the other arguments: people.named [on]"
        _report(draft, text.path, place, message, hint)
        return None, None, unnamed
    keys = tuple(key.strip() for key in (match[3] or "").split(",")) if match[3] else unnamed[:1]
    subject = arguments[0].type if arguments else ""
    entity = draft.vocabulary.entities.get(subject)
    if entity is None or entity.section != match[1]:
        wanted = f"it belongs to {entity.section}" if entity else "it must be a declared type"
        message = f"the first argument of {text.name} is {with_article(subject or 'nothing')}"
        _report(draft, text.path, place, f"{message}, which {match[1]} does not declare", wanted)
    if len(keys) != len(rest):
        message = f"{text.name} has {len(rest)} arguments after the first, but {len(keys)} keys"
        _report(draft, text.path, place, message, "name them in brackets, in order")
    wrong = [key for key in keys if not _IDENTIFIER.fullmatch(key) or key == "is"]
    for key in [*wrong, *(["name"] if match[2] == "name" else [])]:
        _report(draft, text.path, place, f"{quote(key)} cannot be a key")
    if len(set(keys)) < len(keys):
        _report(draft, text.path, place, "two arguments have the same key")
    return match[1], match[2], keys


def _check_written(draft: _Draft, facts: Mapping[str, Fact]) -> None:
    """Report two facts that a case would write in the same way."""
    seen: dict[tuple[str, str], str] = {}
    for fact in facts.values():
        if fact.section and fact.key:
            other = seen.setdefault((fact.section, fact.key), fact.name)
            if other != fact.name:
                message = f"{fact.name} is written {fact.section}.{fact.key}, and so is {other}"
                _report_at(draft, fact.position, message)

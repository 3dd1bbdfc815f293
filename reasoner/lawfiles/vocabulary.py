"""What a case may state: facts, entities, closed kinds and readings, as the law declares them."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, NamedTuple

from reasoner.errors import InputError, Position, Problem, closest, list_words, quote
from reasoner.lawfiles.blocks import FIELD, Block, Line, Text, join_items, joined, split_block
from reasoner.source import Place, Source
from reasoner.values import (
    IDENTIFIER,
    OPEN_END,
    STATUS_WORDS,
    check_identifier,
    date_term,
    number_term,
    with_article,
)

__all__ = [
    "Argument",
    "Block",
    "Changing",
    "Entity",
    "Fact",
    "Kind",
    "Option",
    "Reading",
    "Value",
    "Vocabulary",
    "build_vocabulary",
]

SETTLED_BY = ("fact", "finding", "opinion", "decision", "question", "calculation")
UNWRITTEN = ("question", "calculation")
BUILT_IN_TYPES = ("date", "number", "reading", "option")
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
TEXTS = {"English": "en", "French": "fr"}
_ARGUMENT = r"- +([A-Z][A-Za-z0-9_]*) *: *\(([^()]*)\) *(.*)"
_TYPE = r"([a-z][a-z0-9_]*) *(?:= *([^ ,]+))?(?: *, *(after|not before) +([A-Z]\w*))?"
_VALUE = r"- +([^ :]+) *: *(.+)"
_OPTION = r"- +([a-z][a-z0-9_]*)(?:\(([A-Z][A-Za-z0-9_]*)\))? *: *(.+)"
_WRITTEN = r"([a-z][a-z0-9_]*)\.([a-z][a-z0-9_]*) *(?:\[([^\[\]]*)\])?"
_SETTLED = r"([a-z]+) *(?:\((.+)\))?"
_CHANGE = r"no|yes|(?:(once), *)?by (.+)"


class Argument(NamedTuple):
    """An argument of a fact; `default` is an ASP term, `after` names an earlier argument."""

    name: str
    type: str
    meaning: str
    default: str | None = None
    after: str | None = None
    strictly: bool = False


class Changing(NamedTuple):
    """Whether a fact can still come to be otherwise, and who brings that about.

    `how` is `no` for what is past and fixed, `yes` for what happens without anybody's decision,
    `by` for an act or decision of `who`, and `once` where that comes only with the thing that the
    fact speaks of: of a thing that is there already it stays as it is. `who` may name an argument,
    `{P}`.
    """

    how: str
    who: str = ""


class Fact(NamedTuple):
    """A predicate with its sentences and, if a case may state it, the way it is written.

    `keys` names the arguments after the first, in order; `section` and `key` are None for what
    the question or a calculation gives. `short` stands for the sentence in lists. `changing` is
    what the law says of it, or None. `ask` is the question about the first argument, `ask_any`
    the one about the others where the first is not known.
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
    short: str = ""
    changing: Changing | None = None
    ask_any: str = ""

    @property
    def can_change(self) -> Changing:
        """Whether it can still change: unless the law says so, by the one who settles it."""
        if self.changing is not None:
            return self.changing
        return Changing("by", self.settled_who) if self.settled_who else Changing("yes")

    @property
    def arity(self) -> int:
        """Count the arguments."""
        return len(self.arguments)

    @property
    def subject_type(self) -> str:
        """Name the type of the first argument."""
        return self.arguments[0].type if self.arguments else ""


class Entity(NamedTuple):
    """A type of thing that a case declares in a section of its own.

    `made_with` are the keys of the facts that go with every new one.
    """

    name: str
    label: str
    any: str
    section: str
    position: Position
    made_with: tuple[str, ...] = ()


class Value(NamedTuple):
    """A value of a closed kind: its constant, what people read and write, and words about it."""

    constant: str
    label: str
    words: str


class Kind(NamedTuple):
    """A closed kind: everything it can be, by constant, and what any of it is called."""

    name: str
    text: str
    values: Mapping[str, Value]
    position: Position
    any: str = ""


class Option(NamedTuple):
    """One way to read an open text; `parameter` names the number that it takes, if any.

    `language` is that of the official text which favours this option where the two differ: `en`,
    `fr`, or nothing.
    """

    id: str
    parameter: str | None
    text: str
    why: str
    authority: str
    default: bool
    language: str = ""


class Reading(NamedTuple):
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

    def __reduce__(self) -> tuple[Callable[..., "Vocabulary"], tuple[object, ...]]:
        """Copies of a law are kept; a view of a mapping has to be taken off and put on again."""
        parts = (self.facts, self.entities, self.kinds, self.readings)
        return _guarded, tuple(dict(part) for part in parts)

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
            return date_term(text)
        if type == "number":
            return number_term(text)
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

    def favoured(self, language: str) -> tuple[tuple[str, str], ...]:
        """The options that the official text in a language favours where the two texts differ.

        Args:
            language: en or fr

        Returns:
            Pairs of reading and option, in the order of the law files.
        """
        return tuple(
            (reading.id, option.id)
            for reading in self.readings.values()
            for option in reading.options
            if option.language == language
        )


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
    texts = [
        split_block(_source(draft, block.position.path), block, draft.problems) for block in blocks
    ]
    _check_twice(draft, texts)
    entities = {text.name: _read_entity(draft, text) for text in texts if text.sort == "type"}
    kinds = {text.name: _read_kind(draft, text) for text in texts if text.sort == "kind"}
    readings = {text.name: _read_reading(draft, text) for text in texts if text.sort == "reading"}
    _check_types(draft, entities, kinds)
    draft.vocabulary = Vocabulary({}, entities, kinds, readings)
    facts = {text.name: _read_fact(draft, text) for text in texts if text.sort == "fact"}
    _check_written(draft, facts, entities)
    for reading, option in draft.defaults.items():
        if reading not in readings:
            message = f"the default {option} is for a reading {quote(reading)} that is not declared"
            draft.problems.append(Problem(message, hint=closest(reading, readings)))
    if draft.problems:
        raise InputError(draft.problems)
    return _guarded(facts, entities, kinds, readings)


def _guarded(*parts: Mapping[str, Any]) -> Vocabulary:
    """A vocabulary that cannot be changed."""
    return Vocabulary(*(MappingProxyType(part) for part in parts))


def _kind_term(kind: Kind, text: str) -> str:
    wanted = _fold(text)
    for value in kind.values.values():
        if wanted in (_fold(value.label), value.constant):
            return value.constant
    name = kind.name.replace("_", " ")
    labels = [value.label for value in kind.values.values()]
    same = [label for label in labels if _squeeze(label) == _squeeze(text)]
    hint = closest(text, same if len(same) == 1 else labels)
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


def _squeeze(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())


def _fold(text: str) -> str:
    return "".join(text.split()).casefold()


@dataclass(slots=True)
class _Draft:
    """What is known while the declarations are read."""

    sources: Mapping[str, Source]
    defaults: Mapping[str, str]
    problems: list[Problem] = field(default_factory=list)
    vocabulary: Vocabulary = field(default_factory=lambda: Vocabulary({}, {}, {}, {}))


def _report(draft: _Draft, path: str, place: Place, message: str, hint: str = "") -> None:
    draft.problems.append(_source(draft, path).problem_at(place, message, hint))


def _source(draft: _Draft, path: str) -> Source:
    return draft.sources.get(path) or Source(path, "")


def _require(draft: _Draft, text: Text, *names: str) -> None:
    """Report the fields that a block must have and has not."""
    for name in names:
        if not text.fields.get(name):
            message = f"the declaration of {text.name} has no field '{name}'"
            _report(draft, text.path, text.place, message)
    if not text.words:
        message = f"the declaration of {text.name} has no text"
        _report(draft, text.path, text.place, message)


def _check_twice(draft: _Draft, texts: Sequence[Text]) -> None:
    seen: dict[tuple[str, str], Text] = {}
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


def _position(text: Text) -> Position:
    return Position(text.path, text.place.line, text.place.column)


def _read_entity(draft: _Draft, text: Text) -> Entity:
    _require(draft, text, "Section")
    fields = text.fields
    section = joined(fields.get("Section", ()))
    if section and not re.fullmatch(IDENTIFIER, section):
        place = fields["Section"][0].place
        _report(draft, text.path, place, f"{quote(section)} is not the name of a section")
    anything = joined(fields.get("Any", ())) or f"any {text.words}"
    made_with = tuple(re.split(r" *, *", joined(fields.get("Made with", ()))))
    return Entity(
        text.name, text.words, anything, section, _position(text), tuple(filter(None, made_with))
    )


def _read_kind(draft: _Draft, text: Text) -> Kind:
    _require(draft, text, "Values")
    values: dict[str, Value] = {}
    labels: dict[str, str] = {}
    for line in join_items(text.fields.get("Values", ())):
        match = re.fullmatch(_VALUE, line.text)
        if not match:
            message = f"{quote(line.text)} is not a value"
            hint = "write '- constant: label', and ' -- words' after it if they are needed"
            _report(draft, text.path, line.place, message, hint)
            continue
        constant = match[1]
        label, _, words = (part.strip() for part in match[2].partition(" -- "))
        if not re.fullmatch(IDENTIFIER, constant) or constant in STATUS_WORDS or constant == "not":
            _report(draft, text.path, line.place, f"{quote(constant)} cannot be a constant")
        for name in dict.fromkeys((constant, _fold(label))):
            other = labels.setdefault(name, constant)
            if other != constant or constant in values:
                message = f"'{name}' names two values of the kind {text.name}"
                _report(draft, text.path, line.place, message, f"it names {other} already")
                break
        values[constant] = Value(constant, label, words)
    anything = joined(text.fields.get("Any", ())) or f"any {text.name.replace('_', ' ')}"
    return Kind(text.name, text.words, values, _position(text), anything)


def _read_reading(draft: _Draft, text: Text) -> Reading:
    _require(draft, text, "At", "Options")
    default = draft.defaults.get(text.name, "")
    options: list[Option] = []
    for line, details in _group_items(draft, text):
        match = re.fullmatch(_OPTION, line.text)
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
        language = _read_language(draft, text, line, details.get("Text", ""), options)
        if language and match[2]:
            message = f"no text favours the option {name}, which takes a number"
            _report(draft, text.path, line.place, message)
        options.append(Option(name, match[2], words, why, authority, chosen, language))
    at = tuple(part for part in re.split(r" *[,;] *", joined(text.fields.get("At", ()))) if part)
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


def _read_language(
    draft: _Draft, text: Text, line: Line, name: str, before: Sequence[Option]
) -> str:
    """Read the field Text: the language of the official text that favours an option."""
    if not name:
        return ""
    language = TEXTS.get(name, "")
    if not language:
        message = f"{quote(name)} is not the language of an official text"
        _report(draft, text.path, line.place, message, f"write {list_words(list(TEXTS))}")
    elif any(option.language == language for option in before):
        message = f"the {name} text favours two options of the reading {text.name}"
        _report(draft, text.path, line.place, message)
    return language


def _group_items(draft: _Draft, text: Text) -> list[tuple[Line, dict[str, str]]]:
    """Group the lines of a reading's options: the option, then its fields."""
    groups: list[tuple[Line, dict[str, str]]] = []
    current = ""
    for line in text.fields.get("Options", ()):
        if line.text.startswith("-") or not groups:
            groups.append((line, {}))
            current = ""
            continue
        details = groups[-1][1]
        match = re.fullmatch(FIELD, line.text)
        if match and match[1] not in ("Why", "From", "Text", "French"):
            hint = "an option has the fields 'Why', 'From', 'Text' and 'French'"
            _report(draft, text.path, line.place, f"there is no field '{match[1]}' here", hint)
        elif match:
            current = match[1]
            details[current] = match[2] or ""
        else:
            details[current] = f"{details.get(current, '')} {line.text}".strip()
    return groups


def _read_fact(draft: _Draft, text: Text) -> Fact:
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
    negative = joined(text.fields.get("Not", ()))
    ask = joined(text.fields.get("Ask", ()))
    ask_any = joined(text.fields.get("Ask any", ()))
    sentences = {"": text.words, "Not": negative, "Ask": ask, "Ask any": ask_any}
    for name, sentence in sentences.items():
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
        short=(key or text.name).replace("_", " "),
        changing=_read_changing(draft, text),
        ask_any=ask_any,
    )


def _check_sentence(draft: _Draft, text: Text, place: Place, sentence: str) -> None:
    """Report braces that do not name an argument."""
    for name in re.findall(r"\{([^{}]*)\}", sentence):
        if name not in text.variables:
            message = f"{{{name}}} is not an argument of {text.name}"
            _report(draft, text.path, place, message, closest(name, text.variables))
    if re.search(r"[{}]", re.sub(r"\{[^{}]*\}", "", sentence)):
        _report(draft, text.path, place, "a brace is opened and not closed, or the reverse")


def _read_arguments(draft: _Draft, text: Text) -> tuple[Argument, ...]:
    """Read the field Args: one line for each variable of the header, in its order."""
    types = {*BUILT_IN_TYPES, *draft.vocabulary.entities, *draft.vocabulary.kinds}
    arguments: list[Argument] = []
    items = join_items(text.fields.get("Args", ()))
    for line in items:
        match = re.fullmatch(_ARGUMENT, line.text)
        parts = re.fullmatch(_TYPE, match[2].strip()) if match else None
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


def _read_settled(draft: _Draft, text: Text) -> tuple[str, str | None]:
    lines = text.fields.get("Settled by", ())
    match = re.fullmatch(_SETTLED, joined(lines))
    if not lines:
        return "", None
    if not match or match[1] not in SETTLED_BY:
        message = f"{quote(joined(lines))} cannot settle a fact"
        _report(draft, text.path, lines[0].place, message, f"write {list_words(SETTLED_BY)}")
        return "", None
    return match[1], match[2]


def _read_changing(draft: _Draft, text: Text) -> Changing | None:
    """Read the field Can change: no, yes, by whom, or once and by whom."""
    lines = text.fields.get("Can change", ())
    if not lines:
        return None
    words = joined(lines)
    match = re.fullmatch(_CHANGE, words)
    if not match:
        message = f"{quote(words)} does not say whether {text.name} can still change"
        hint = "write no, yes, 'by WHO' or 'once, by WHO'"
        _report(draft, text.path, lines[0].place, message, hint)
        return None
    _check_sentence(draft, text, lines[0].place, match[2] or "")
    return Changing(match[1] or ("by" if match[2] else words), match[2] or "")


def _read_written(
    draft: _Draft, text: Text, arguments: Sequence[Argument]
) -> tuple[str | None, str | None, tuple[str, ...]]:
    """Read the field Written: section, key, and the keys of the arguments after the first."""
    rest = arguments[1:]
    unnamed = tuple(argument.name.lower() for argument in rest)
    lines = text.fields.get("Written", ())
    if not lines:
        return None, None, unnamed
    place = lines[0].place
    match = re.fullmatch(_WRITTEN, joined(lines))
    if not match:
        message = f"{quote(joined(lines))} does not say where a case states this"
        hint = "write section.key, and after it the keys of the other arguments: people.named [on]"
        _report(draft, text.path, place, message, hint)
        return None, None, unnamed
    keys = tuple(key.strip() for key in (match[3] or "").split(",")) if match[3] else unnamed[:1]
    if len(arguments) != len(text.variables):
        return match[1], match[2], keys  # reported already
    subject = arguments[0].type
    entity = draft.vocabulary.entities.get(subject)
    if entity is None or entity.section != match[1]:
        where = f"belongs to the section {entity.section}" if entity else "has no section"
        message = f"{text.name} {where}, because its first argument is {with_article(subject)}"
        _report(draft, text.path, place, message)
    if len(keys) != len(rest):
        message = f"the number of keys must be {len(rest)}, one for each argument after the first"
        _report(draft, text.path, place, message, "name them in brackets, in order")
    wrong = {key for key in keys if not re.fullmatch(IDENTIFIER, key) or key == "is"}
    for key in sorted({*wrong, *({"name"} & {match[2]})}):
        _report(draft, text.path, place, f"{quote(key)} cannot be a key")
    if len(set(keys)) < len(keys):
        _report(draft, text.path, place, "two arguments have the same key")
    return match[1], match[2], keys


def _check_written(
    draft: _Draft, facts: Mapping[str, Fact], entities: Mapping[str, Entity]
) -> None:
    """Report two facts that a case would write in the same way, and keys that nothing has."""
    seen: dict[tuple[str, str], str] = {}
    for fact in facts.values():
        if fact.section and fact.key:
            other = seen.setdefault((fact.section, fact.key), fact.name)
            if other != fact.name:
                message = f"{fact.name} is written {fact.section}.{fact.key}, and so is {other}"
                _report_at(draft, fact.position, message)
    for entity in entities.values():
        keys = [key for section, key in seen if section == entity.section]
        for key in entity.made_with:
            if key not in keys:
                message = f"no fact is written {entity.section}.{key}"
                _report_at(draft, entity.position, message, closest(key, keys))

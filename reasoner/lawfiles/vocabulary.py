"""What a case may state: facts, entities, closed kinds and readings, as the law declares them."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, NamedTuple

from reasoner.errors import Position, closest, list_words, quote
from reasoner.values import OPEN_END, check_identifier, date_term, number_term, with_article

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
        return guarded, tuple(dict(part) for part in parts)

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
        return reading, option_term(declared, option)

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


def guarded(*parts: Mapping[str, Any]) -> Vocabulary:
    """A vocabulary that cannot be changed."""
    return Vocabulary(*(MappingProxyType(part) for part in parts))


def _kind_term(kind: Kind, text: str) -> str:
    wanted = fold(text)
    for value in kind.values.values():
        if wanted in (fold(value.label), value.constant):
            return value.constant
    name = kind.name.replace("_", " ")
    labels = [value.label for value in kind.values.values()]
    same = [label for label in labels if _squeeze(label) == _squeeze(text)]
    hint = closest(text, same if len(same) == 1 else labels)
    if not hint and len(labels) <= 8:
        hint = f"write {list_words(labels)}"
    raise ValueError(f"{quote(text)} is not {with_article(name)}", hint)


def option_term(reading: Reading, text: str) -> str:
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


def fold(text: str) -> str:
    """A label or a name as it is compared, without spaces and capitals."""
    return "".join(text.split()).casefold()

"""A case while it is read: what it states so far, and the checks that every statement passes."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from reasoner.errors import Position, Problem, closest, quote
from reasoner.lawfiles.vocabulary import Argument, Fact, Vocabulary
from reasoner.source import Place, Source
from reasoner.values import OPEN_END, check_identifier, with_article

MOST_HINTS = 50
MOST_COMPARISONS = 10_000
_JOINERS = "\u200c\u200d"  # names in several scripts need them
_STATUS = {"stated": "stated", "denied": "denied", "unknown": "said to be unknown"}


@dataclass(frozen=True, slots=True)
class Statement:
    """A fact that a case states or denies, or marks as unknown; arguments are ASP terms."""

    name: str
    arguments: tuple[str, ...]
    status: str
    position: Position

    @property
    def atom(self) -> str:
        """Write the statement as an ASP atom."""
        return f"{self.name}({','.join(self.arguments)})"


@dataclass(frozen=True, slots=True)
class Denial:
    """A case states that there is no such fact for its first argument; None stands for any."""

    name: str
    arguments: tuple[str | None, ...]
    position: Position


@dataclass(frozen=True, slots=True)
class Expectation:
    """An answer that the author of a case expects.

    Empty `about`, and `as_of` or `law_date` None, mean those of the case; `readings` come on top
    of those of the case.
    """

    question: str
    about: tuple[str, ...]
    as_of: int | None
    answer: str
    decided_by: tuple[str, ...]
    readings: tuple[tuple[str, str], ...]
    law_date: int | None
    position: Position
    note: str = ""


@dataclass(slots=True)
class Draft:
    """What is known of a case while it is read."""

    source: Source
    vocabulary: Vocabulary
    problems: list[Problem] = field(default_factory=list)
    title: str = ""
    description: str = ""
    question: str | None = None
    question_place: Place | None = None
    about: tuple[str, ...] = ()
    as_of: int | None = None
    law_date: int | None = None
    readings: tuple[tuple[str, str], ...] = ()
    entities: dict[str, str] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    stated: dict[tuple[str, tuple[str, ...]], Statement] = field(default_factory=dict)
    denials: list[Denial] = field(default_factory=list)
    expectations: list[Expectation] = field(default_factory=list)


def report(draft: Draft, place: Place, message: str, hint: str = "") -> None:
    draft.problems.append(draft.source.problem_at(place, message, hint))


def guess(draft: Draft, word: str, candidates: Iterable[str]) -> str:
    """Name what was probably meant, as long as looking for it does not take long."""
    if len(draft.problems) >= MOST_HINTS:
        return ""
    names = list(candidates)
    affordable = len(draft.problems) * len(names) < MOST_COMPARISONS
    return closest(word, names) if affordable else ""


def declare(draft: Draft, type: str, entity: str, place: Place) -> None:
    try:
        check_identifier(entity)
    except ValueError as error:
        report(draft, place, *error.args)
    if entity in draft.entities:
        other = draft.entities[entity]
        message = f"{quote(entity)} is declared twice"
        if other != type:
            message = f"{quote(entity)} cannot be both {name_type(other)} and {name_type(type)}"
        report(draft, place, message, _line(draft, entity, "first"))
        return
    draft.entities[entity] = type
    draft.places[entity] = place


def _line(draft: Draft, entity: str, what: str) -> str:
    """The line on which an entity is declared, if it is in this source."""
    place = draft.places.get(entity)
    return f"{what} on line {place.line}" if place else ""


def check_text(draft: Draft, text: str, place: Place) -> str:
    """Put a text on one line; report it when nothing, or what a terminal may obey, is in it."""
    flat = " ".join(text.split())
    if not flat:
        report(draft, place, "this text is empty")
    if printable(flat) != flat:
        report(draft, place, "this text has a character that cannot be printed")
    return flat


def printable(text: str) -> str:
    """A text without what cannot be printed."""
    if text.isprintable():
        return text
    return "".join(c for c in text if c.isprintable() or c.isspace() or c in _JOINERS)


def check_value(draft: Draft, argument: Argument, text: str, place: Place) -> str | None:
    """Turn a value into a term; report it and give None when it cannot be one."""
    vocabulary = draft.vocabulary
    if argument.type in vocabulary.entities:
        return check_entity(draft, text, place, argument.type)
    try:
        term = vocabulary.term(argument.type, text)
    except ValueError as error:
        message, hint = error.args
        report(draft, place, message, hint)
        return None
    if term == OPEN_END and argument.default != OPEN_END and argument.type == "date":
        report(draft, place, "9999-12-31 means that there is no end, which cannot be here")
        return None
    return term


def check_entity(draft: Draft, text: str, place: Place, type: str = "") -> str | None:
    """Check that an identifier is declared in the case, as an entity of the type wanted."""
    found = draft.entities.get(text)
    if found is None:
        same = (name for name, other in draft.entities.items() if type in ("", other))
        hint = guess(draft, text, same)
        if not hint and type:
            section = draft.vocabulary.entities[type].section
            hint = f"declare it in the section {section}"
            if draft.source.path.endswith(".lp"):
                hint = f"declare it with {type}({text})."
        what = f"the {plain(type)} {quote(text)}" if type else quote(text)
        report(draft, place, f"{what} is not declared in this case", hint)
        return None
    if type and found != type:
        message = f"{quote(text)} is {name_type(found)}, not {name_type(type)}"
        report(draft, place, message, _line(draft, text, "declared"))
        return None
    return text


def check_order(draft: Draft, fact: Fact, terms: list[str | None], places: list[Place]) -> None:
    """Report an argument that must come after another one and does not."""
    index = {argument.name: number for number, argument in enumerate(fact.arguments)}
    for number, argument in enumerate(fact.arguments):
        if argument.after is None:
            continue
        earlier, later = terms[index[argument.after]], terms[number]
        if earlier is None or later is None:
            continue
        if int(later) < int(earlier) or (argument.strictly and later == earlier):
            label = draft.vocabulary.label
            relation = "not after" if argument.strictly else "before"
            message = (
                f"{_key(fact, number)} ({label(argument.type, later)}) is {relation} "
                f"{_key(fact, index[argument.after])} ({label(argument.type, earlier)})"
            )
            report(draft, places[number], message)


def _key(fact: Fact, number: int) -> str:
    """Name an argument as a case file does."""
    return fact.keys[number - 1] if number else fact.arguments[0].name


def state(draft: Draft, fact: Fact, terms: tuple[str, ...], status: str, place: Place) -> None:
    """Add a statement, unless it is there already."""
    first = draft.stated.get((fact.name, terms))
    if first is None:
        position = draft.source.position(place.line, place.column)
        draft.stated[fact.name, terms] = Statement(fact.name, terms, status, position)
        return
    message = "this is stated twice"
    if first.status != status:
        message = f"this is {_STATUS[status]} here and {_STATUS[first.status]} elsewhere"
    line = first.position.line
    report(draft, place, message, f"first on line {line}" if line else "")


def plain(type: str) -> str:
    return type.replace("_", " ")


def name_type(type: str) -> str:
    return with_article(plain(type))

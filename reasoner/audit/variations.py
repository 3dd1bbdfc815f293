"""The ways in which a story could differ in one thing: a statement more, less or otherwise.

What may differ is found from the law: the facts, readings and dates that a condition looks at,
however indirectly, the nearest first. Of the values of a closed kind the law treats many alike;
one of each sort is tried first. Days are tried beside those that the story tells, and at some
distances from what they were.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product
from typing import NamedTuple

from reasoner.audit.conditions import Condition, literal_at
from reasoner.casefiles.case import Case, Statement
from reasoner.casefiles.edits import ASSUMED, Edit
from reasoner.lawfiles.infer import all_literals
from reasoner.lawfiles.rules import Atom, Law, Literal, Signature
from reasoner.lawfiles.vocabulary import UNWRITTEN, Fact
from reasoner.values import FIRST_YEAR, LAST_YEAR, OPEN_END
from reasoner.wording.words import is_date, read_date

AS_OF, LAW_DATE = ("as_of", 1), ("chosen_law_date", 1)
_APART = (1, 31, 190, 366, 740, 1100, 1830, 3660)
_BESIDE = 10
_MOST_ENTITIES = 5
_MOST_NUMBERS = 8
_MOST_ROWS = 60
# the nearer to what a story tells anyway the better: a value, no longer so, one statement more
_VALUE, _GONE, _MADE, _MORE, _NEW, _CHOSEN = 0, 4, 12, 6, 8, 10


class Variation(NamedTuple):
    """One thing that differs; ``cost`` is higher the more unusual it is."""

    edit: Edit
    cost: int


class Matter(NamedTuple):
    """What a condition looks at: facts by name and readings by id, each with how far off it is.

    ``day`` and ``law_date`` say so of the day asked about and the date of the law; None where it
    does not look at it.
    """

    facts: Mapping[str, int]
    readings: Mapping[str, int]
    day: int | None
    law_date: int | None


@dataclass(frozen=True, slots=True)
class Values:
    """The values worth trying: those of closed kinds, numbers, dates of the law.

    Of a kind one value of each sort comes first: those of a sort the law names in the same places.
    """

    kinds: Mapping[str, tuple[str, ...]]
    numbers: tuple[str, ...]
    law_dates: tuple[int, ...]


def values_of(law: Law) -> Values:
    """What the law itself compares with: its numbers, its dates, and sorts of values."""
    alike: dict[str, dict[frozenset[tuple[Signature, int]], str]] = {}
    used: dict[str, set[tuple[Signature, int]]] = {}
    numbers: set[int] = set()
    dates: set[int] = set()
    for atom in _atoms(law):
        for place, term in enumerate(atom.arguments):
            if not term.variables:
                used.setdefault(term.text, set()).add((atom.signature, place))
                if is_date(term.text) and len(atom.arguments) == 1:
                    dates.add(int(term.text))
    for rule in law.rules:
        for literal in all_literals(rule.body):
            for term in literal.comparison.terms if literal.comparison else ():
                if term.text.isdigit() and len(term.text) < 6:
                    numbers |= {int(term.text) + step for step in (-1, 0, 1)}
    for kind in law.vocabulary.kinds.values():
        sorts = alike.setdefault(kind.name, {})
        for constant in kind.values:
            sorts.setdefault(frozenset(used.get(constant, ())), constant)
    some = {
        name: (
            *sorts.values(),
            *(v for v in law.vocabulary.kinds[name].values if v not in sorts.values()),
        )
        for name, sorts in alike.items()
    }
    return Values(some, tuple(str(n) for n in sorted(numbers) if n > 0), tuple(sorted(dates)))


def _atoms(law: Law) -> Iterator[Atom]:
    for rule in law.rules:
        yield rule.head
        for literal in all_literals(rule.body):
            if literal.atom is not None:
                yield literal.atom


def matter_of(law: Law, condition: Condition) -> Matter:
    """What a condition looks at, however indirectly.

    A comparison looks at what the other conditions say of the values compared.
    """
    literal = literal_at(law, condition)
    waiting: list[tuple[Literal, int]] = [(literal, 0)]
    if literal.atom is None:
        compared = set(literal.variables)
        for other in law.rules[condition.rule].body:
            if other is not literal and compared.intersection(other.variables):
                waiting.append((other, 0))
                compared |= set(other.variables) if other.atom is None else set()
    facts: dict[str, int] = {}
    readings: dict[str, int] = {}
    seen: set[Signature] = set()
    days: dict[Signature, int] = {}
    for here, far in waiting:
        for one in all_literals([here]):
            atom = one.atom
            if atom is None:
                continue
            if atom.signature == law.reading:
                readings.setdefault(atom.arguments[0].text, far)
            elif atom.signature in (AS_OF, LAW_DATE):
                days.setdefault(atom.signature, far)
            elif law.is_fact(atom.signature):
                facts.setdefault(atom.name, far)
            elif atom.signature not in seen:
                seen.add(atom.signature)
                for rule in law.rules_for(atom.signature):
                    waiting += [(inner, far + 1) for inner in rule.body]
    return Matter(facts, readings, days.get(AS_OF), days.get(LAW_DATE))


def vary(law: Law, case: Case, matter: Matter, values: Values) -> list[Variation]:
    """Everything that a story could differ in, where that matters; the usual first.

    Args:
        law: the law, with its vocabulary.
        case: the story, with its day, its readings and its date of the law.
        matter: what to change.
        values: the values to try.
    """
    maker = _Maker(law, case, values)
    found: dict[Edit, int] = {}
    for variation in maker.variations(matter):
        if found.get(variation.edit, variation.cost) >= variation.cost:
            found[variation.edit] = variation.cost
    return sorted(
        (Variation(edit, cost) for edit, cost in found.items()),
        key=lambda variation: (variation.cost, str(variation.edit)),
    )


class _Maker:
    """Makes variations of one story."""

    def __init__(self, law: Law, case: Case, values: Values) -> None:
        self.law = law
        self.vocabulary = law.vocabulary
        self.case = case
        self.values = values
        self.stated = {s.atom for s in case.statements if s.status == "stated"}
        told = {
            int(term)
            for s in case.statements
            for term in s.arguments
            if is_date(term) and term != OPEN_END
        }
        self.day = case.as_of or 0
        self.days = sorted(told | {self.day}, key=lambda day: (abs(day - self.day), day))

    def variations(self, matter: Matter) -> Iterator[Variation]:
        for statement in self.case.statements:
            far = matter.facts.get(statement.name)
            if far is not None and statement.status == "stated":
                for edit, cost in self.otherwise(statement):
                    yield Variation(edit, cost + 2 * far)
        for name, far in matter.facts.items():
            fact = self.vocabulary.facts[name]
            if fact.section is not None and fact.settled_by not in UNWRITTEN:
                for edit, cost in self.more(fact):
                    yield Variation(edit, cost + 2 * far)
        chosen = dict(self.case.readings)
        for name, far in matter.readings.items():
            for option in self.options(name):
                if option != chosen.get(name, self.vocabulary.readings[name].default):
                    yield Variation(Edit(readings=((name, option),)), _CHOSEN + 2 * far)
        if matter.day is not None:
            for place, term in enumerate(self.other_days(str(self.day))):
                yield Variation(Edit(as_of=int(term)), _CHOSEN + place + 2 * matter.day)
        if matter.law_date is not None:
            for day in self.dates_of_law():
                yield Variation(Edit(law_date=day), _CHOSEN + 2 * matter.law_date)

    def options(self, name: str) -> list[str]:
        """The options of a reading; one that takes a number with the number of its default or 1."""
        declared = self.vocabulary.readings.get(name)
        found = []
        for option in declared.options if declared else ():
            if option.parameter is None:
                found.append(option.id)
            else:
                found += [f"{option.id}({number})" for number in (1, 30)]
        return found

    def dates_of_law(self) -> list[int]:
        return [day for day in dates_beside(self.values.law_dates) if day != self.case.law_date]

    # what is stated, otherwise

    def otherwise(self, statement: Statement) -> Iterator[tuple[Edit, int]]:
        fact = self.vocabulary.facts[statement.name]
        subject = self.vocabulary.entities[fact.subject_type]
        cost = _MADE if fact.key in subject.made_with else _GONE
        if fact.arity == 1:
            denied = Statement(statement.name, statement.arguments, "denied", ASSUMED)
            yield Edit(added=(denied,)), cost
        else:
            yield Edit(removed=(statement,)), cost
        for place, argument in enumerate(fact.arguments):
            old = statement.arguments[place]
            for rank, term in enumerate(self.instead(argument.type, old, place, argument.default)):
                row = (*statement.arguments[:place], term, *statement.arguments[place + 1 :])
                moved = Statement(fact.name, row, "stated", ASSUMED)
                if self.fits(fact, row) and moved.atom not in self.stated:
                    yield Edit(removed=(statement,), added=(moved,)), _VALUE + rank

    def instead(self, kind: str, old: str, place: int, default: str | None) -> list[str]:
        """What may stand in the place of a value."""
        if kind == "date":
            return [*self.other_days(old), *([default] if default and default != old else [])]
        if kind == "number":
            beside = [str(int(old) + step) for step in (1, -1)]
            return [n for n in dict.fromkeys((*beside, *self.values.numbers)) if n != old][:12]
        if kind in self.vocabulary.kinds:
            return [value for value in self.values.kinds[kind] if value != old]
        same = [name for name, of in self.case.entities.items() if of == kind and name != old]
        return same[:_MOST_ENTITIES] if place else []

    def other_days(self, old: str) -> list[str]:
        """Days in the place of another: beside it, beside those told, and at some distances."""
        if old == OPEN_END:
            days = [
                d for day in self.days[:_BESIDE] for d in (_shift(day, -1), day, _shift(day, 1))
            ]
            return [str(d) for d in dict.fromkeys(days) if d]
        here = int(old)
        near = sorted(self.days, key=lambda day: (abs(day - here), day))[:_BESIDE]
        days = [d for day in near for d in (day, _shift(day, -1), _shift(day, 1))]
        far = [_shift(here, sign * step) for step in _APART for sign in (-1, 1)]
        mixed = [*far[:2], *(d for pair in zip(far[2:], days, strict=False) for d in pair), *days]
        return [str(d) for d in dict.fromkeys([*mixed, *far]) if d and d != here]

    # one statement more

    def more(self, fact: Fact) -> Iterator[tuple[Edit, int]]:
        declared = [n for n, of in self.case.entities.items() if of == fact.subject_type]
        subjects: list[str] = declared[:_MOST_ENTITIES]
        if any(a.type in self.vocabulary.entities for a in fact.arguments[1:]):
            subjects.append(self.new(fact.subject_type))
        for order, subject in enumerate(subjects):
            choices = [self.choices(fact, place) for place in range(1, fact.arity)]
            rows = sorted(
                product(*(list(enumerate(choice)) for choice in choices)),
                key=lambda row: sum(rank for rank, _ in row),
            )
            for row in rows[:_MOST_ROWS]:
                terms = (subject, *(term for _, term in row))
                statement = Statement(fact.name, terms, "stated", ASSUMED)
                if not self.fits(fact, terms) or statement.atom in self.stated:
                    continue
                new = self.declared(fact, terms)
                if len(new) > 1:
                    continue
                far = sum(rank for rank, _ in row) + order
                yield Edit(added=(statement,), entities=new), _MORE + _NEW * len(new) + far

    def choices(self, fact: Fact, place: int) -> list[str]:
        argument = fact.arguments[place]
        if argument.type == "date":
            first = [argument.default] if argument.default else []
            days = [self.day, _shift(self.day, -1), _shift(self.day, 1), *self.days[:_BESIDE]]
            days += [_shift(self.day, -step) for step in _APART[3:]]
            days += [d for day in self.days[:4] for d in (_shift(day, 1), _shift(day, -1))]
            return [*first, *(str(d) for d in dict.fromkeys(days) if d)]
        if argument.type == "number":
            told = [s.arguments[place] for s in self.case.statements if s.name == fact.name]
            return list(dict.fromkeys([*told, "1", *self.values.numbers]))[:_MOST_NUMBERS]
        if argument.type in self.vocabulary.kinds:
            return list(self.values.kinds[argument.type])
        declared = [n for n, of in self.case.entities.items() if of == argument.type]
        return [*declared[:_MOST_ENTITIES], self.new(argument.type)]

    def new(self, kind: str) -> str:
        """The name of somebody or something that a story does not speak of yet."""
        name = f"other_{kind}"
        while name in self.case.entities:
            name += "_2"
        return name

    def declared(self, fact: Fact, terms: Sequence[str]) -> tuple[tuple[str, str], ...]:
        """What a statement speaks of that the story does not have yet."""
        pairs = zip(fact.arguments, terms, strict=True)
        found = {t: a.type for a, t in pairs if a.type in self.vocabulary.entities}
        return tuple(e for e in sorted(found.items()) if e[0] not in self.case.entities)

    def fits(self, fact: Fact, terms: Sequence[str]) -> bool:
        """Whether days are in their order and nobody is related to himself."""
        row = {argument.name: term for argument, term in zip(fact.arguments, terms, strict=True)}
        things = [row[a.name] for a in fact.arguments if a.type in self.vocabulary.entities]
        if len(set(things)) < len(things):
            return False
        for argument in fact.arguments:
            if argument.after is not None:
                earlier, later = int(row[argument.after]), int(row[argument.name])
                if later < earlier or (argument.strictly and later == earlier):
                    return False
        return True


def dates_beside(dates: Iterable[int]) -> list[int]:
    """Some days, each after the day before it."""
    return list(dict.fromkeys(d for date in dates for d in (_shift(date, -1), date) if d))


def _shift(day: int, days: int) -> int:
    """A day some days later; 0 where the calendar of the program does not go."""
    if not is_date(str(day)) or str(day) == OPEN_END:
        return 0
    try:
        moved: date = read_date(str(day)) + timedelta(days=days)
    except OverflowError:
        return 0
    if not FIRST_YEAR <= moved.year <= LAST_YEAR:
        return 0
    return int(moved.strftime("%Y%m%d"))


def join(matters: Iterable[Matter]) -> Matter:
    """What any of several conditions looks at."""
    facts: dict[str, int] = {}
    readings: dict[str, int] = {}
    days: list[int] = []
    law_dates: list[int] = []
    for matter in matters:
        for found, told in ((facts, matter.facts), (readings, matter.readings)):
            for name, far in told.items():
                found[name] = min(far, found.get(name, far))
        days += [] if matter.day is None else [matter.day]
        law_dates += [] if matter.law_date is None else [matter.law_date]
    return Matter(facts, readings, min(days, default=None), min(law_dates, default=None))

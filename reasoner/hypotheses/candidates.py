"""Turn facts that matter to an answer into changes that a scenario could still see.

The vocabulary says of each fact whether it can still change, and by whom; what can, comes about on
the day asked about or later. A thing that is not there yet comes with all the facts that go with
every one of its type, in one change. A day is taken from a grid: the day asked about, the dates of
the case and those that the law makes of them. A number moves to one beside it, to twice or
half of it, or to none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod
from typing import NamedTuple, TypeVar

from reasoner.casefiles.case import Case, Statement
from reasoner.casefiles.edits import ASSUMED, Edit
from reasoner.lawfiles.rules import Law
from reasoner.lawfiles.vocabulary import Fact
from reasoner.reasons.demands import Demand
from reasoner.values import OPEN_END

STATE, MAKE, DENY, MOVE, SETTLE, WAIT = "state", "make", "deny", "move", "settle", "wait"

MOST_STARTS = 6
MOST_ENDS = 5
MOST_VALUES = 64
MOST_THINGS = 12
MOST_SPANS = 4
FEW_SPANS = 2
MOST_MOVES = 4
MOST_WAITS = 4
_COSTS = {SETTLE: 900, WAIT: 940, STATE: 1000, DENY: 1000, MOVE: 1000, MAKE: 1400}
ACTOR_COST = 100
_FARTHEST = 60


class Candidate(NamedTuple):
    """A change that may be made.

    ``sort`` is one of the words above; ``actor`` an entity or the law's words for who brings it
    about, nothing where nobody does; ``alike`` is the same for changes that differ in days and
    values only; ``provision`` is where the law asks for it.
    """

    edit: Edit
    sort: str
    actor: str
    alike: str
    cost: int
    provision: str


@dataclass(frozen=True, slots=True)
class Grid:
    """The days that changes are tried with.

    ``day`` is the one asked about, ``dates`` all others of the case and the law, in order;
    ``anything`` tells whether what is past or fixed may differ too, ``waits`` whether the day
    asked about may be a later one, ``moves`` to how many other days a date may move.
    """

    day: int
    dates: tuple[int, ...]
    anything: bool
    waits: bool
    moves: int = MOST_MOVES

    @property
    def later(self) -> tuple[int, ...]:
        """The days after the one asked about."""
        return tuple(date for date in self.dates if date > self.day)

    @property
    def before(self) -> int:
        """The last day before the one asked about."""
        return max((date for date in self.dates if date < self.day), default=self.day)

    @property
    def usual(self) -> tuple[int, ...]:
        """The days on which something may come about, the nearest first."""
        found = self.dates if self.anything else self.later
        return (
            self.day,
            *sorted(found, key=lambda date: (abs(_days(date) - _days(self.day)), date)),
        )


def _days(date: int) -> int:
    """A date as a number that grows by about one a day."""
    return date // 10000 * 372 + date // 100 % 100 * 31 + date % 100


def find_candidates(
    law: Law, case: Case, demands: Iterable[Demand], grid: Grid, made: Sequence[str] = ()
) -> list[Candidate]:
    """The changes that could give an answer what it turns on.

    Args:
        law: the law that is asked.
        case: the facts, with the things that earlier changes bring in.
        demands: the facts on which the answer turns.
        grid: the days to try.
        made: the things that earlier changes bring in.

    Returns:
        Each change once.
    """
    maker = _Maker(law, case, grid, frozenset(made))
    found: dict[Edit, Candidate] = {}
    for demand in demands:
        for candidate in maker.changes(demand):
            found.setdefault(candidate.edit, candidate)
    if grid.waits:
        for place, date in enumerate(_some(grid.later, MOST_WAITS)):
            cost = _COSTS[WAIT] + min(place, _FARTHEST)
            edit = Edit(as_of=date)
            found.setdefault(edit, Candidate(edit, WAIT, "", WAIT, cost, ""))
    return list(found.values())


class _Maker:
    """Makes changes of demands, one after the other."""

    def __init__(self, law: Law, case: Case, grid: Grid, made: frozenset[str]) -> None:
        self.law = law
        self.vocabulary = law.vocabulary
        self.case = case
        self.grid = grid
        self.made = made
        self.stated = {s.atom: s for s in case.statements}

    def changes(self, demand: Demand) -> Iterator[Candidate]:
        """The changes that meet a demand."""
        fact = self.vocabulary.facts[demand.name]
        yield from self.settling(fact, demand)
        if demand.stated:
            yield from self.stating(fact, demand)
            yield from self.making(fact, demand)
            return
        for statement in self.case.statements:
            if statement.status == "stated" and _fits(demand, statement):
                yield from self.undoing(fact, statement, demand.provision)

    # what is unknown

    def settling(self, fact: Fact, demand: Demand) -> Iterator[Candidate]:
        """What is unknown turns out to be so, or not."""
        for statement in self.case.statements:
            if statement.status == "unknown" and _fits(demand, statement):
                status = "stated" if demand.stated else "denied"
                added = Statement(fact.name, statement.arguments, status, ASSUMED)
                alike = f"{SETTLE} {statement.atom}"
                edit = Edit(added=(added,))
                yield Candidate(edit, SETTLE, "", alike, _COSTS[SETTLE], demand.provision)

    # what comes about

    def stating(self, fact: Fact, demand: Demand) -> Iterator[Candidate]:
        """One more fact, about what the case has."""
        subjects = self.values(fact, demand.arguments, 0)
        for subject in subjects:
            if not self.may_come(fact, subject):
                continue
            arguments = (subject, *demand.arguments[1:])
            for row, far in self.rows(fact, arguments):
                statement = Statement(fact.name, row, "stated", ASSUMED)
                known = self.stated.get(statement.atom)
                if known is not None and known.status != "denied":
                    continue
                cost = _COSTS[STATE] + far
                yield Candidate(
                    Edit(added=(statement,)),
                    STATE,
                    self.actor(fact, row),
                    f"{STATE} {self.shape(fact, row)}",
                    cost,
                    demand.provision,
                )

    def may_come(self, fact: Fact, subject: str) -> bool:
        """Whether a fact may come about of something."""
        how = fact.can_change.how
        return (
            self.grid.anything or how in ("yes", "by") or (how == "once" and subject in self.made)
        )

    def rows(
        self, fact: Fact, arguments: Sequence[str | None]
    ) -> Iterator[tuple[tuple[str, ...], int]]:
        """The arguments that a pattern leaves open filled in, and how far off each row is."""
        dated = [n for n, a in enumerate(fact.arguments) if a.type == "date"]
        given = [arguments[n] for n in dated]
        if not self.grid.anything and any(
            term is not None and term != OPEN_END and int(term) < self.grid.day for term in given
        ):
            return
        others = [
            self.values(fact, arguments, n) if n not in dated else [""]
            for n in range(len(arguments))
        ]
        spans = sorted(self.spans(fact, dated, given), key=lambda span: (span[1], span[0]))
        values = prod(len(terms) for terms in others)
        most = MOST_SPANS if self.grid.anything else FEW_SPANS
        spans = _some(spans, most if values == 1 else 1)
        for place, filled in enumerate(product(*others)):
            things = [
                term
                for argument, term in zip(fact.arguments, filled, strict=True)
                if argument.type in self.vocabulary.entities
            ]
            if len(set(things)) < len(things):
                continue
            for days, far in spans:
                row = list(filled)
                for n, term in zip(dated, days, strict=True):
                    row[n] = term
                yield tuple(row), far + min(place, _FARTHEST // 2)

    def entities(self, fact: Fact, row: Sequence[str]) -> Iterator[str]:
        """The entities among some arguments."""
        for argument, term in zip(fact.arguments, row, strict=True):
            if argument.type in self.vocabulary.entities:
                yield term

    def values(self, fact: Fact, arguments: Sequence[str | None], place: int) -> list[str]:
        """What an argument that is no day may be."""
        term, kind = arguments[place], fact.arguments[place].type
        if term is not None:
            return [term]
        if kind in self.vocabulary.kinds:
            return list(self.vocabulary.kinds[kind].values)[:MOST_VALUES]
        if kind in self.vocabulary.entities:
            return [n for n, of in self.case.entities.items() if of == kind][:MOST_THINGS]
        stated = [s.arguments[place] for s in self.case.statements if s.name == fact.name]
        return list(dict.fromkeys([*stated, *self.thresholds()]))[:MOST_VALUES]

    def thresholds(self) -> list[str]:
        """The numbers that the law compares with, and 1."""
        found = {
            term.text
            for rule in self.law.rules
            for literal in rule.body
            if literal.comparison is not None and set(literal.comparison.operators) & {">=", ">"}
            for term in literal.comparison.terms
            if term.text.isdigit() and len(term.text) < 6
        }
        return ["1", *sorted(found - {"1"}, key=int)]

    def spans(
        self, fact: Fact, dated: Sequence[int], given: Sequence[str | None]
    ) -> Iterator[tuple[tuple[str, ...], int]]:
        """The days that fill the places of a fact, in their order."""
        choices: list[list[tuple[str, int]]] = []
        for n, term in zip(dated, given, strict=True):
            argument = fact.arguments[n]
            if term is not None:
                choices.append([(term, 0)])
                continue
            ends = [(OPEN_END, 0)] if argument.default == OPEN_END else []
            if argument.after is None:
                days = [self.grid.day]  # what comes about later cannot matter on the day asked
                if self.grid.anything:
                    days += [*self.grid.usual[:MOST_STARTS], *self.grid.dates[:1]]
            else:
                days = [*self.grid.usual[:MOST_ENDS], *self.grid.later[-1:]]
            numbered = [(str(day), far + 1) for far, day in enumerate(dict.fromkeys(days))]
            choices.append([*ends, *numbered])
        for row in product(*choices):
            terms = {fact.arguments[n].name: term for n, (term, _) in zip(dated, row, strict=True)}
            if self.in_order(fact, terms):
                far = min(sum(step for _, step in row), _FARTHEST)
                yield tuple(term for term, _ in row), far

    def in_order(self, fact: Fact, terms: dict[str, str]) -> bool:
        """Whether no day comes before one that it must come after."""
        for argument in fact.arguments:
            if argument.after in terms and argument.name in terms:
                earlier, later = int(terms[argument.after]), int(terms[argument.name])
                if later < earlier or (argument.strictly and later == earlier):
                    return False
        return True

    # what is new

    def making(self, fact: Fact, demand: Demand) -> Iterator[Candidate]:
        """A new thing, with the facts that go with every one of its type."""
        type = fact.subject_type
        declared = self.vocabulary.entities.get(type)
        name = f"new_{type}"
        if demand.arguments[0] is not None or declared is None or not declared.made_with:
            return
        if name in self.case.entities:
            return
        by_key = {f.key: f for f in self.vocabulary.facts.values() if f.section == declared.section}
        facts = [by_key[key] for key in declared.made_with if key in by_key]
        further = [] if fact in facts else [fact]
        facts += further
        people = [a for a in demand.arguments if a in self.case.entities]
        patterns = []
        for one in facts:
            arguments: list[str | None] = [None] * one.arity
            if one is fact:
                arguments = list(demand.arguments)
            arguments[0] = name
            for n, argument in enumerate(one.arguments):
                same = [p for p in people if p and self.case.entities[p] == argument.type]
                if (
                    n
                    and argument.type in self.vocabulary.entities
                    and arguments[n] is None
                    and same
                ):
                    arguments[n] = same[0]
            patterns.append(arguments)
        for rows, far in self.assembled(facts, patterns):
            added = tuple(
                Statement(one.name, row, "stated", ASSUMED)
                for one, row in zip(facts, rows, strict=True)
            )
            edit = Edit(added=added, entities=((name, type),), names=((name, "new"),))
            who = ", ".join(sorted(set(self.entities(facts[0], rows[0])) - {name}))
            alike = " ".join([MAKE, type, who, *(one.name for one in further)])
            actor = self.actor(facts[0], rows[0])
            yield Candidate(edit, MAKE, actor, alike, _COSTS[MAKE] + far, demand.provision)

    def assembled(
        self, facts: Sequence[Fact], patterns: Sequence[Sequence[str | None]]
    ) -> Iterator[tuple[tuple[tuple[str, ...], ...], int]]:
        """The facts of a new thing filled in: days that do not go back, two of them at most."""
        slots = [
            (f, n)
            for f, one in enumerate(facts)
            for n, argument in enumerate(one.arguments)
            if argument.type == "date" and patterns[f][n] is None
        ]
        others = [
            self.values(one, patterns[f], n)[:MOST_VALUES]
            for f, one in enumerate(facts)
            for n, argument in enumerate(one.arguments)
            if argument.type != "date"
        ]
        spans = self.lifetimes(len(slots))
        for filled in product(*others):
            for span, far in spans:
                terms = iter(filled)
                rows = [
                    [
                        (pattern[n] or "") if argument.type == "date" else next(terms)
                        for n, argument in enumerate(one.arguments)
                    ]
                    for one, pattern in zip(facts, patterns, strict=True)
                ]
                for (f, n), term in zip(slots, span, strict=True):
                    open_end = facts[f].arguments[n].default == OPEN_END
                    rows[f][n] = OPEN_END if open_end else term
                if all(
                    self.in_order(one, {a.name: t for a, t in zip(one.arguments, row, strict=True)})
                    for one, row in zip(facts, rows, strict=True)
                ):
                    yield tuple(map(tuple, rows)), min(far, _FARTHEST)

    def lifetimes(self, slots: int) -> list[tuple[list[str], int]]:
        """The days of a new thing: from one day on, all of them that day but the last ones."""
        starts = [self.grid.day, *(self.grid.dates[:1] if self.grid.anything else ())]
        ends = [self.grid.day, *_some(self.grid.later, FEW_SPANS)]
        found = []
        for a, first in enumerate(dict.fromkeys(starts)):
            for b, last in enumerate(reversed(ends)):
                turn = slots - 1 if last != first and slots > 1 else slots
                found.append(([str(first)] * turn + [str(last)] * (slots - turn), a + b))
        return found

    # what is stated and is to be otherwise

    def undoing(self, fact: Fact, statement: Statement, provision: str) -> Iterator[Candidate]:
        """A fact that goes, or that is of another day or number."""
        if not self.may_come(fact, statement.arguments[0]):
            return
        dated = [n for n, a in enumerate(fact.arguments) if a.type == "date"]
        past = [n for n in dated if int(statement.arguments[n]) < self.grid.day]
        fixed = [] if self.grid.anything else past
        declared = self.vocabulary.entities[fact.subject_type]
        if fact.key not in declared.made_with and not fixed:
            actor = self.actor(fact, statement.arguments)
            edit = Edit(removed=(statement,))
            yield Candidate(edit, DENY, actor, f"{DENY} {statement.atom}", _COSTS[DENY], provision)
        for n, argument in enumerate(fact.arguments):
            old = statement.arguments[n]
            if argument.type == "date" and n not in fixed:
                yield from self.moving(fact, statement, n, self.near(old), provision)
            elif argument.type == "number" and not fixed:
                yield from self.moving(fact, statement, n, beside(int(old)), provision)

    def moving(
        self, fact: Fact, statement: Statement, place: int, values: Iterable[int], provision: str
    ) -> Iterator[Candidate]:
        """A fact with other days or numbers at a place, the nearest first."""
        actor = self.actor(fact, statement.arguments)
        for far, value in enumerate(values):
            row = (*statement.arguments[:place], str(value), *statement.arguments[place + 1 :])
            pairs = zip(fact.arguments, row, strict=True)
            dates = {argument.name: term for argument, term in pairs if argument.type == "date"}
            moved = Statement(fact.name, row, "stated", ASSUMED)
            if not self.in_order(fact, dates) or moved.atom in self.stated:
                continue
            edit = Edit(removed=(statement,), added=(moved,))
            alike = f"{MOVE} {statement.atom} {place}"
            cost = _COSTS[MOVE] + min(far, _FARTHEST)
            yield Candidate(edit, MOVE, actor, alike, cost, provision)

    def near(self, term: str) -> list[int]:
        """The days to which a date may move, the nearest first; an end, those near the day asked.

        Where the past may be otherwise, the day asked and those beside it are among them.
        """
        ends = self.grid.anything and term == OPEN_END
        here = _days(self.grid.day if ends else int(term))
        days = {*self.grid.usual} - {int(term)}
        found = sorted(days, key=lambda day: (abs(_days(day) - here), day))
        near = found[: self.grid.moves]
        if self.grid.anything:
            beside = {self.grid.day, self.grid.before, *self.grid.later[:1]}
            near += [day for day in found[self.grid.moves :] if day in beside]
        return near

    # words

    def actor(self, fact: Fact, row: Sequence[str]) -> str:
        """Who brings a fact about: an entity, or the words of the law."""
        who = fact.can_change.who
        for argument, term in zip(fact.arguments, row, strict=True):
            if who == f"{{{argument.name}}}":
                return term
        return who

    def shape(self, fact: Fact, row: Sequence[str]) -> str:
        """A fact without the days and the values of kinds in it."""
        kept = [
            term if argument.type in self.vocabulary.entities else "_"
            for argument, term in zip(fact.arguments, row, strict=True)
        ]
        return f"{fact.name}({','.join(kept)})"


def beside(number: int) -> list[int]:
    """Numbers to which a number may move: those beside it, twice and half of it, and none."""
    found = (number + 1, number - 1, 2 * number, number // 2, 0)
    return [n for n in dict.fromkeys(found) if n >= 0 and n != number]


def _fits(demand: Demand, statement: Statement) -> bool:
    """Whether a pattern covers a statement."""
    return demand.name == statement.name and all(
        a is None or a == b for a, b in zip(demand.arguments, statement.arguments, strict=True)
    )


Item = TypeVar("Item")


def _some(items: Sequence[Item], most: int) -> list[Item]:
    """Some of what is in order, the first and the last included, if not all."""
    if len(items) <= most:
        return list(items)
    return [items[n * (len(items) - 1) // max(1, most - 1)] for n in range(most)]

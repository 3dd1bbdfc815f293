"""Follow the periods that a law counts: since when each runs, what it reaches, what sets it back.

A *clock* is a rule that waits for a day which the law reckons: ``Complete <= D``, with ``Complete``
from a calculation. The rule without that condition says on which days the clock runs, and to which
day; clingo is asked that about all days of interest at once. Where unknown facts decide whether it
runs, it is not said to. A clock that stops before that day, or that comes to wait for a later one,
was set back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from reasoner.casefiles.case import Case
from reasoner.hypotheses.days import to_day
from reasoner.lawfiles.infer import rules_behind, variable_types
from reasoner.lawfiles.rules import Atom, Law, Literal, Rule, Signature
from reasoner.solving.ground import Ground
from reasoner.solving.question import Goal
from reasoner.solving.solve import World, facts_of, facts_of_world
from reasoner.wording.words import is_date, read_date

Key = tuple[int, str]
Row = tuple[str, ...]

_TICK = timedelta(days=1)
_MOST_ROUNDS = 14


class Clock(NamedTuple):
    """A rule that waits for a day.

    ``literal`` is the condition, ``day`` the variable for the day asked about, ``target`` the one
    for the day waited for, and ``source`` the condition that reckons it.
    """

    rule: Rule
    literal: int
    day: str
    target: str
    source: Atom


class Run(NamedTuple):
    """Days on end on which a clock waits for the same day.

    ``goal`` is the conclusion on the last of these days; ``source`` is what reckons the day that is
    waited for, ``target``, with its arguments. Where it was put off meanwhile, ``planned`` is the
    first of the days waited for. ``bindings`` are the variables of the rule on the last day.
    """

    clock: Clock
    first: date
    last: date
    target: date
    planned: date
    goal: Goal
    source: tuple[Signature, tuple[str, ...]]
    bindings: Mapping[str, str]

    @property
    def reached(self) -> bool:
        """Whether the day waited for came while the clock ran."""
        return self.target <= self.last

    @property
    def stop(self) -> date:
        """The first day on which it did not run any more."""
        return self.last + _TICK


def find_clocks(law: Law, goal: Goal) -> list[Clock]:
    """The rules behind a question that wait for a day which the law reckons."""
    found = []
    for rule in rules_behind(law, {(goal.name, len(goal.arguments))}):
        waits = [pair for literal in rule.body for pair in _waits(literal)]
        day = _day_of(law, rule) if waits else ""
        for literal, target, until in waits:
            source = _source(law, rule, target) if day == until != target else None
            if source is not None:
                found.append(Clock(rule, literal, day, target, source))
    return found


def _waits(literal: Literal) -> Iterator[tuple[int, str, str]]:
    """A condition that one day is not later than another: its number, and both variables."""
    compared = literal.comparison
    if compared is None or len(compared.operators) != 1:
        return
    left, right = compared.terms
    if compared.operators[0] in (">", ">="):
        left, right = right, left
    elif compared.operators[0] not in ("<", "<="):
        return
    if left.is_variable and right.is_variable:
        yield literal.number, left.text, right.text


def _day_of(law: Law, rule: Rule) -> str:
    """The variable for the day that a rule concludes something about."""
    kinds = {**variable_types(rule, law.types)}
    row = law.types.get(rule.head.signature, ())
    for term, kind in zip(rule.head.arguments, row, strict=False):
        if term.is_variable and kind:
            kinds.setdefault(term.text, kind)
    dated = [t.text for t in rule.head.arguments if t.is_variable and kinds.get(t.text) == "date"]
    return dated[-1] if dated else ""


def _source(law: Law, rule: Rule, variable: str) -> Atom | None:
    """The condition, in words, that gives a variable a day which is reckoned and not stated."""
    for literal in rule.body:
        atom = literal.atom
        if atom is None or literal.negated or variable not in atom.variables:
            continue
        if law.is_fact(atom.signature):
            return None
        kinds = law.types.get(atom.signature, ())
        for term, kind in zip(atom.arguments, kinds, strict=False):
            words = law.sentences.get(atom.signature)
            if term.text == variable and kind is None and words is not None and words.holds:
                return atom
    return None


def follow(
    law: Law,
    case: Case,
    world: World,
    clocks: Sequence[Clock],
    days: Iterable[date],
) -> Iterator[list[Run] | None]:
    """Follow some clocks over the days of a search.

    Args:
        law: the law to apply.
        case: the facts.
        world: the readings and the date of the law.
        clocks: what to follow.
        days: the days on which something may change, to begin with.

    Yields:
        None as a sign of life; in the end what each clock did, in the order of the days.
    """
    asked: dict[date, dict[Key, Row]] = {}
    wanted = sorted(set(days))
    for _ in range(_MOST_ROUNDS):
        if not wanted or not clocks:
            break
        asked.update(_ask(law, case, world, clocks, wanted))
        yield None
        wanted = [
            a + (b - a) // 2
            for a, b in pairwise(sorted(asked))
            if b - a > _TICK and _targets(clocks, asked[a]) != _targets(clocks, asked[b])
        ]
    yield list(_runs(clocks, asked))


def _ask(
    law: Law,
    case: Case,
    world: World,
    clocks: Sequence[Clock],
    days: Sequence[date],
) -> dict[date, dict[Key, Row]]:
    """What each clock waits for on some days, by the clock and by whom it is about."""
    numbers = [to_day(day) for day in days]
    facts = [*facts_of(case), *facts_of_world(replace(world, day=numbers[0]))]
    facts += [f"as_of({number})." for number in numbers]
    facts += [_report(place, clock) for place, clock in enumerate(clocks)]
    unknown = [s for s in case.statements if s.status == "unknown"]
    goals = [Goal(c.rule.head.name, (None,) * len(c.rule.head.arguments), "") for c in clocks]
    ground = Ground(law, facts, unknown, goals)
    found: dict[date, dict[Key, Row]] = {day: {} for day in days}
    by_term = {str(number): day for number, day in zip(numbers, days, strict=True)}
    for place, clock in enumerate(clocks):
        width = len(clock.rule.head.arguments)
        at = [t.text for t in clock.rule.head.arguments].index(clock.day)
        for row in sorted(ground.rows((f"_clock{place}", _width(clock)), certain=True)):
            day = by_term.get(row[at])
            if day is None or not is_date(row[width]):
                continue
            key = place, ",".join((*row[:at], "_", *row[at + 1 : width]))
            known = found[day].get(key)
            if known is None or row[width] < known[width]:
                found[day][key] = row
    return found


def _variables(rule: Rule) -> tuple[str, ...]:
    """The variables that the conditions of a rule give their values."""
    found = (x.atom.variables for x in rule.body if x.atom is not None and not x.negated)
    return tuple(dict.fromkeys(v for row in found for v in row))


def _width(clock: Clock) -> int:
    head, source = clock.rule.head.arguments, clock.source.arguments
    return len(head) + 1 + len(source) + len(_variables(clock.rule))


def _report(place: int, clock: Clock) -> str:
    """The rule that tells what a clock waits for: without the condition that it waits for."""
    body = [
        _named(literal, clock) for literal in clock.rule.body if literal.number != clock.literal
    ]
    row = [t.text for t in clock.rule.head.arguments]
    row += [clock.target, *_arguments(clock.source), *_variables(clock.rule)]
    return f"_clock{place}({','.join(row)}) :- {', '.join(body)}."


def _arguments(atom: Atom) -> list[str]:
    """The arguments of an atom, with names for those that have none."""
    return [
        f"_Any{place}" if term.anonymous else term.text for place, term in enumerate(atom.arguments)
    ]


def _named(literal: Literal, clock: Clock) -> str:
    if literal.atom == clock.source and not literal.negated:
        return f"{clock.source.name}({','.join(_arguments(clock.source))})"
    return literal.text


def _targets(clocks: Sequence[Clock], found: Mapping[Key, Row]) -> dict[Key, str]:
    return {key: row[len(clocks[key[0]].rule.head.arguments)] for key, row in sorted(found.items())}


def _runs(clocks: Sequence[Clock], asked: Mapping[date, Mapping[Key, Row]]) -> Iterator[Run]:
    """The days on end on which each clock waits for the same day, or puts it off."""
    days = sorted(asked)
    for key in sorted({key for found in asked.values() for key in found}):
        clock = clocks[key[0]]
        width = len(clock.rule.head.arguments)
        own = width + 1 + len(clock.source.arguments)
        variables = _variables(clock.rule)
        moving = (clock.target, clock.day)
        kept = [n for n, t in enumerate(clock.source.arguments, width + 1) if t.text not in moving]
        run: Run | None = None
        rest: Row = ()
        for day in days:
            row = asked[day].get(key)
            same = tuple(row[n] for n in kept) if row else ()
            if run is not None and (row is None or same != rest):
                yield run
                run = None
            if row is None:
                continue
            target = read_date(row[width])
            planned = target if run is None else run.planned
            first = day if run is None else run.first
            head = Goal(clock.rule.head.name, row[:width], clock.rule.provision)
            source = clock.source.signature, row[width + 1 : own]
            bound = dict(zip(variables, row[own:], strict=True))
            run, rest = Run(clock, first, day, target, planned, head, source, bound), same
        if run is not None:
            yield run

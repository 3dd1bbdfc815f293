"""Find the smallest sets of unknown facts that settle an answer.

What settles an answer and what leaves it open are each other's duals: a set of facts with values
settles it exactly when it clashes with every part of a completion that makes the other answer
certain. So two solvers take turns. One proposes a smallest set that clashes with every such part
known so far; the other looks for a completion with the other answer that fits the proposal, and
cuts it down to the part that matters. When there is none, the proposal settles the answer.
Source: Moreno-Centeno and Karp, The implicit hitting set approach (2013).

An unknown fact is so or not; an unknown day of a range lies at some step of it or above, or below
it. Both are bounds: a fact is a range of two steps.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import clingo

from reasoner.casefiles.case import Statement
from reasoner.casefiles.edits import ASSUMED
from reasoner.solving.ground import NO, YES, Ground
from reasoner.solving.question import Goal
from reasoner.solving.search import COMPLETE, gather

MOST_TRIED = 1500


class Days(NamedTuple):
    """Part of a range of days: the statements with its first and its last day.

    None where the range itself begins or ends; ``place`` is that of the day among the arguments.
    """

    first: Statement | None
    last: Statement | None
    place: int


@dataclass(frozen=True, slots=True)
class Settling:
    """Facts, each with the value it would need, that together settle an answer.

    ``days`` are those among which the unknown day of a range would have to be; ``none`` the
    predicates and subjects of which no fact that is open may hold.
    """

    answer: str
    values: tuple[tuple[Statement, bool], ...]
    days: tuple[Days, ...] = ()
    none: tuple[tuple[str, str], ...] = ()

    @property
    def size(self) -> int:
        """How many unknowns have a value."""
        return len(self.values) + len(self.days) + len(self.none)


class Bound(NamedTuple):
    """That the unknown at a place lies at a step or above it (``up``), or below it."""

    place: int
    step: int
    up: bool

    @property
    def opposite(self) -> Bound:
        """What is so exactly where this is not."""
        return self._replace(up=not self.up)


class Unknown(NamedTuple):
    """Something unknown: a literal for each step above the lowest, which holds from there on.

    Facts of one ``group``, where it has a name, are not said to be not so one by one, but only that
    none of them is.
    """

    statements: tuple[Statement, ...]
    steps: tuple[int, ...]
    group: tuple[str, str] | None = None


def settle(
    ground: Ground, goal: Goal, limit: int, tried: int = MOST_TRIED
) -> tuple[tuple[Settling, ...], bool]:
    """Find the smallest sets of unknown facts that settle an undetermined answer.

    Args:
        ground: a law grounded with unknown facts.
        goal: what depends on them.
        limit: how many sets are wanted; each answer gets half of them at least, where it has as
            many. Of sets that differ only in values of facts of a group, one is enough.
        tried: after how many attempts to stop looking, for each answer.

    Returns:
        The sets, smallest first, and whether there are no others.
    """
    found: dict[str, list[Settling]] = {}
    complete = True
    for answer in (YES, NO):
        findings = gather(settling_sets(ground, goal, answer), limit=limit, spent=_patience(tried))
        found[answer] = list(findings.found)
        complete &= findings.ended == COMPLETE
        if not findings.found and limit:
            found[answer] = [s for s in some_settling_set(ground, goal, answer) if s is not None]
    half = limit // 2
    room = {YES: limit - min(half, len(found[NO])), NO: limit - min(half, len(found[YES]))}
    complete &= all(len(found[answer]) <= room[answer] for answer in found)
    kept = [settling for answer in found for settling in found[answer][: room[answer]]]
    kept.sort(key=lambda s: (s.size, s.answer != YES))
    return tuple(kept[:limit]), complete


def _patience(tried: int) -> Callable[[], bool]:
    """When to stop looking: by attempts and not by the clock, so that results are the same."""
    attempts = iter(range(tried))
    return lambda: next(attempts, None) is None


def settling_sets(ground: Ground, goal: Goal, answer: str) -> Iterator[Settling | None]:
    """Search for the minimal sets that settle an undetermined answer one way, smallest first.

    Args:
        ground: a law grounded with unknown facts.
        goal: what depends on them.
        answer: ``yes`` or ``no``.

    Yields:
        Each set; None after each attempt that does not find one.
    """
    unknowns = _unknowns(ground)
    otherwise = ground.goal_literal(goal) * (-1 if answer == YES else 1)
    excluded = ground.define([-otherwise, *(-literal for literal in ground.consistent)])
    candidates = _Candidates(unknowns)
    while (chosen := candidates.smallest()) is not None:
        assumed = _literals(unknowns, chosen)
        contrary = ground.completion([*assumed, otherwise], _steps(unknowns))
        yield None
        if contrary is not None:
            exact = _bounds_of(unknowns, contrary)
            part = yield from _needed(ground, unknowns, exact, [excluded], consistent=False)
            candidates.oppose(part)
            continue
        clash = ground.core(assumed)
        if clash is not None:  # no completion at all is like that
            clashing = set(clash)
            candidates.exclude([b for b in chosen if _literal(unknowns, b) in clashing])
            continue
        yield _settling(unknowns, chosen, answer)
        candidates.exclude(chosen, alike=True)


def some_settling_set(ground: Ground, goal: Goal, answer: str) -> Iterator[Settling | None]:
    """Find one minimal set that settles an undetermined answer one way, not the smallest.

    The arguments are those of :func:`settling_sets`.
    """
    unknowns = _unknowns(ground)
    otherwise = ground.goal_literal(goal) * (-1 if answer == YES else 1)
    closed = [-literal for unknown in unknowns if unknown.group for literal in unknown.steps]
    fitting = ground.completion([-otherwise, *closed], _steps(unknowns))
    if fitting is None:
        fitting = ground.completion([-otherwise], _steps(unknowns))
    if fitting is not None:
        exact = _bounds_of(unknowns, fitting)
        for group in sorted({unknown.group for unknown in unknowns if unknown.group}):
            others = [b for b in exact if b.up or unknowns[b.place].group != group]
            yield None
            if ground.core([*_literals(unknowns, others), otherwise]) is not None:
                exact = others
        groups = {unknowns[b.place].group for b in exact if not b.up} - {None}
        needed = yield from _needed(ground, unknowns, exact, [otherwise], consistent=True)
        kept = [b for b in exact if b in needed or unknowns[b.place].group in groups]
        part = [b for b in kept if b in needed or not b.up]
        yield _settling(unknowns, [*part, *(b for b in needed if b not in part)], answer)


def _unknowns(ground: Ground) -> list[Unknown]:
    """What is unknown in a ground law, in a fixed order."""
    ranges = {s.atom for statements in ground.ranges for s in statements}
    found = [
        Unknown((statement,), (literal,), _group(statement))
        for atom, statement in sorted(ground.unknown.items())
        if atom not in ranges and (literal := ground.literal(atom)) is not None
    ]
    for statements in ground.ranges:
        days = [literal for s in statements if (literal := ground.literal(s.atom)) is not None]
        steps = tuple(ground.define(days[step:]) for step in range(1, len(days)))
        found.append(Unknown(tuple(statements), steps))
    return found


def _group(statement: Statement) -> tuple[str, str] | None:
    """The other facts with which one belongs that no file names: of the same subject."""
    return (statement.name, statement.arguments[0]) if statement.position == ASSUMED else None


def _steps(unknowns: Iterable[Unknown]) -> list[int]:
    return [literal for unknown in unknowns for literal in unknown.steps]


def _literal(unknowns: Sequence[Unknown], bound: Bound) -> int:
    literal = unknowns[bound.place].steps[bound.step - 1]
    return literal if bound.up else -literal


def _literals(unknowns: Sequence[Unknown], bounds: Iterable[Bound]) -> list[int]:
    return [_literal(unknowns, bound) for bound in bounds]


def _bounds_of(unknowns: Sequence[Unknown], holding: frozenset[int]) -> list[Bound]:
    """The bounds that a completion lies within, as narrow as they can be."""
    bounds = []
    for place, unknown in enumerate(unknowns):
        step = sum(literal in holding for literal in unknown.steps)
        if step:
            bounds.append(Bound(place, step, True))
        if step < len(unknown.steps):
            bounds.append(Bound(place, step + 1, False))
    return bounds


def _needed(
    ground: Ground,
    unknowns: Sequence[Unknown],
    bounds: Sequence[Bound],
    against: Sequence[int],
    *,
    consistent: bool,
) -> Generator[None, None, list[Bound]]:
    """Those of some bounds, as wide as they can be, that cannot hold together with something."""

    def clash(tried: Iterable[Bound]) -> list[Bound] | None:
        wanted = list(tried)
        core = ground.core([*_literals(unknowns, wanted), *against], consistent=consistent)
        return None if core is None else [b for b in wanted if _literal(unknowns, b) in core]

    needed = clash(bounds)
    assert needed is not None
    for bound in list(needed):
        if bound not in needed:
            continue
        yield None
        others = [b for b in needed if b != bound]
        fewer = clash(others)
        if fewer is not None:
            needed = fewer
            continue
        narrow, wide = bound.step, 0 if bound.up else len(unknowns[bound.place].steps) + 1
        while abs(narrow - wide) > 1:
            yield None
            middle = (narrow + wide) // 2
            if clash([*others, bound._replace(step=middle)]) is None:
                wide = middle
            else:
                narrow = middle
        needed[needed.index(bound)] = bound._replace(step=narrow)
    return needed


def _settling(unknowns: Sequence[Unknown], bounds: Iterable[Bound], answer: str) -> Settling:
    """A set of bounds as statements."""
    values: list[tuple[Statement, bool]] = []
    days: list[Days] = []
    below_all = {bound.place for bound in bounds if not bound.up}
    members: dict[tuple[str, str], list[int]] = {}
    for number, unknown in enumerate(unknowns):
        if unknown.group is not None:
            members.setdefault(unknown.group, []).append(number)
    none = {g for g, places in members.items() if len(places) > 1 and below_all >= set(places)}
    for place in sorted({bound.place for bound in bounds}):
        statements, _, group = unknowns[place]
        if group in none:
            continue
        up, below = (
            next((b.step for b in bounds if b.place == place and b.up == side), None)
            for side in (True, False)
        )
        if len(statements) == 1:
            values.append((statements[0], up is not None))
        else:
            first = None if up is None else statements[up]
            last = None if below is None else statements[below - 1]
            pairs = zip(statements[0].arguments, statements[1].arguments, strict=True)
            place = next(n for n, (one, other) in enumerate(pairs) if one != other)
            days.append(Days(first, last, place))
    return Settling(answer, tuple(values), tuple(days), tuple(sorted(none)))


class _Candidates:
    """Proposes sets of bounds that clash with every set given to it, smallest first."""

    def __init__(self, unknowns: Sequence[Unknown]) -> None:
        """Begin with nothing to clash with."""
        self.control = clingo.Control(["--opt-strategy=usc"])
        solving: Any = self.control.configuration.solve
        solving.models = 0
        self.chosen: dict[Bound, int] = {}
        self.implied: dict[Bound, int] = {}
        self.alike: dict[Bound, int] = {}
        costs: list[tuple[int, int]] = []
        widths: list[tuple[int, int]] = []
        groups: dict[tuple[str, str], int] = {}
        members: dict[tuple[str, str], int] = {}
        with self.control.backend() as backend:
            for place, (_, steps, group) in enumerate(unknowns):
                for up in (True, False):
                    for step in range(1, len(steps) + 1):
                        bound = Bound(place, step, up)
                        together = None if up or group is None else groups.get(group)
                        self.chosen[bound] = together or backend.add_atom()
                        self.implied[bound] = backend.add_atom()
                        if together is None:
                            costs.append((self.chosen[bound], 1))
                            width = step if up else len(steps) + 1 - step
                            widths.append((self.chosen[bound], width))
                        if group is not None and not up:
                            groups[group] = self.chosen[bound]
                        elif group is not None:
                            self.alike[bound] = members.get(group) or backend.add_atom()
                            members[group] = self.alike[bound]
                            backend.add_rule([self.alike[bound]], [self.chosen[bound]])
            backend.add_rule(list(dict.fromkeys(self.chosen.values())), [], choice=True)
            for bound, chosen in self.chosen.items():
                implied = self.implied[bound]
                backend.add_rule([implied], [chosen])
                wider = self.implied.get(bound._replace(step=bound.step + (-1 if bound.up else 1)))
                if wider is not None:
                    backend.add_rule([wider], [implied])
                if bound.up:
                    backend.add_rule([], [implied, self.implied[bound.opposite]])
            backend.add_minimize(2, costs)
            backend.add_minimize(1, widths)

    def smallest(self) -> list[Bound] | None:
        """A smallest set, of the widest bounds; None when there is none left."""
        found: list[Bound] | None = None
        with self.control.solve(yield_=True) as handle:
            for model in handle:
                found = [b for b, literal in self.chosen.items() if model.is_true(literal)]
        return found

    def oppose(self, bounds: Iterable[Bound]) -> None:
        """Ask that what is proposed clashes with some bounds."""
        with self.control.backend() as backend:
            backend.add_rule([], [-self.implied[bound.opposite] for bound in bounds])

    def exclude(self, bounds: Iterable[Bound], *, alike: bool = False) -> None:
        """Ask that what is proposed does not contain some bounds, or narrower ones.

        With ``alike``, facts of a group stand for each other: one such set is enough.
        """
        with self.control.backend() as backend:
            backend.add_rule(
                [],
                [self.alike.get(b, self.implied[b]) if alike else self.implied[b] for b in bounds],
            )

"""Search for what would have to be different for an answer to be another one.

What the answer turns on is read off its justification, and turned into changes that can still
come about; clingo finds the minimal sets of them. The changes of the first round are opened, each
so or not, and the justification is read again: what a change makes the answer turn on gives
further changes, in a few rounds. Every set is then checked by deciding the changed case, and its
days and numbers are moved as near as they can be.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import NamedTuple

from reasoner.casefiles.case import Case, Statement
from reasoner.casefiles.edits import Edit, apply_edits
from reasoner.errors import InputError
from reasoner.hypotheses.candidates import (
    ACTOR_COST,
    DENY,
    MAKE,
    MOST_MOVES,
    MOVE,
    SETTLE,
    STATE,
    WAIT,
    Candidate,
    Grid,
    find_candidates,
)
from reasoner.hypotheses.days import reach, to_day
from reasoner.hypotheses.flips import Flips
from reasoner.lawfiles.rules import Law
from reasoner.reasons.demands import Demand, demands
from reasoner.reasons.justify import justify
from reasoner.reasons.worlds import goal_in, ground_worlds, lift, reasons, world_name
from reasoner.solving.ground import NO, UNDETERMINED, YES
from reasoner.solving.question import Goal, on_day
from reasoner.solving.solve import World, answer, ground_case
from reasoner.values import OPEN_END
from reasoner.wording.words import read_date

ROUNDS = 2
FEW, MOST_CHANGES = 2, 4
MOST_CANDIDATES = 1500
MOST_DATES = 14
_AT_ONCE = 24


@dataclass(frozen=True, slots=True)
class Need:
    """Changes that together, and not less than together, give an answer.

    ``case``, ``world`` and ``goal`` are the scenario after them; ``instead`` are, for each change,
    other values of the same fact that do as well.
    """

    wanted: str
    changes: tuple[Candidate, ...]
    instead: tuple[tuple[Statement, ...], ...]
    case: Case
    world: World
    goal: Goal


class Scope(NamedTuple):
    """What was looked at: how many changes, of which facts, on which days; whether all of them."""

    changes: int
    facts: tuple[str, ...]
    days: tuple[int, ...]
    whole: bool


class Scenario(NamedTuple):
    """A question about a case in a world."""

    law: Law
    case: Case
    world: World
    goal: Goal


def changed(scenario: Scenario, edits: Sequence[Edit]) -> Scenario:
    """A scenario after some changes."""
    law, case, world, goal = scenario
    day = next((edit.as_of for edit in edits if edit.as_of is not None), world.day)
    return Scenario(law, apply_edits(case, edits), replace(world, day=day), on_day(law, goal, day))


def make_grid(scenario: Scenario, *, anything: bool, moves: int = MOST_MOVES) -> Grid:
    """The days to try changes with: those of the case, and those that the law makes of them."""
    law, case, world, goal = scenario
    kinds = law.types.get((goal.name, len(goal.arguments)), ())
    dated = any(k == "date" and a for k, a in zip(kinds, goal.arguments, strict=False))
    today = read_date(str(world.day))
    found = set(_told(law, case))
    waits = False
    if dated:
        try:
            reached = reach(law, case, world, goal)
        except InputError:
            reached = None
        if reached is not None:
            waits = True
            back, ahead = reached.last - reached.dates[-1], reached.dates[0] - reached.first
            found |= {*reached.dates, today + back, today + ahead}
            if anything:
                found.add(today - back)
    if anything:
        found |= {day + timedelta(days=n) for day in list(found) for n in (-1, 1)}
    else:
        found = {day for day in found if day > today}
        found |= {today + timedelta(days=1)}
    found.discard(today)
    nearest = sorted(found, key=lambda day: (abs((day - today).days), day))
    most = MOST_DATES * (2 if anything else 1)
    return Grid(world.day, tuple(sorted(map(to_day, nearest[:most]))), anything, waits, moves)


def _told(law: Law, case: Case) -> Iterator[date]:
    """The dates that a case states."""
    for statement in case.statements:
        for argument, term in zip(
            law.vocabulary.facts[statement.name].arguments, statement.arguments, strict=True
        ):
            if argument.type == "date" and term not in (OPEN_END, argument.default):
                yield read_date(term)


class Search:
    """A search for what an answer would need; what it has looked at so far."""

    def __init__(
        self,
        scenario: Scenario,
        wanted: str,
        *,
        anything: bool = False,
        sizes: Sequence[int] = (FEW, MOST_CHANGES),
        weigh: Callable[[Candidate], int] | None = None,
        moves: int = MOST_MOVES,
        goals: Sequence[Goal] = (),
    ) -> None:
        """Make a search ready.

        Args:
            scenario: what is asked, of which case.
            wanted: the answer that is looked for.
            anything: whether what is past or fixed may be different too.
            sizes: how many changes there may be: at first, and once more candidates are taken in.
            weigh: what a change costs, instead of what it costs those who would have to act.
            moves: to how many other days a date may move.
            goals: what is asked, where that is several things, each searched by itself.
        """
        self.scenario = scenario
        self.goals = goals or [scenario.goal]
        self.wanted = wanted
        self.sizes = sizes
        self.weigh = weigh
        self.grid = make_grid(scenario, anything=anything, moves=moves)
        self.lifted = lift(scenario.law)
        self.candidates: list[Candidate] = []
        self.whole = True

    @property
    def scope(self) -> Scope:
        """What has been looked at."""
        facts = {s.name for c in self.candidates for s in (*c.edit.added, *c.edit.removed)}
        days = (self.grid.day, *self.grid.later) if not self.grid.anything else self.grid.dates
        return Scope(len(self.candidates), tuple(sorted(facts)), days, self.whole)

    def run(self) -> Iterator[Need | None]:
        """Search for the sets, cheapest first; None as a sign of life."""
        found: set[frozenset[str]] = set()
        self.widen()
        yield None
        for place, most in enumerate(self.sizes):
            if place:
                yield from self.widen_more()
            for need in self.flips(most):
                if need is None:
                    yield None
                    continue
                key = frozenset(change.alike for change in need)
                if key in found:
                    continue
                found.add(key)
                yield self.finish(need)

    def asking(self, goals: Sequence[Goal]) -> Search:
        """The same search, with all it knows, asking for some of its goals."""
        other = copy(self)
        other.goals = goals
        other.scenario = self.scenario._replace(goal=goals[0]) if goals else self.scenario
        return other

    # what could change

    def widen(self) -> None:
        """Take in the changes that the answer turns on now."""
        law, case, world, _ = self.scenario
        why = justify(ground_case(law, case, world, self.goals), self.goals)
        for root in why.roots:
            self.take(demands(why, root, self.wanted == YES), case)

    def widen_more(self) -> Iterator[None]:
        """Take in what the answer turns on once changes are made: of each sort the nearest one.

        All further facts are tried together, each new thing and the latest day by itself: that
        facts contradict each other does not matter here, as nothing is concluded from it.
        """
        for _ in range(ROUNDS):
            before = len(self.candidates)
            first = {c.alike: c for c in reversed(self.candidates)}.values()
            sets = [[c.edit] for c in first if c.sort == MAKE]
            sets += [[c.edit for c in first if c.sort == sort] for sort in (STATE, DENY)]
            sets += [[c.edit for c in self.candidates if c.sort == WAIT][-1:]]
            tried = [self.settled(edits) for edits in sets if edits]
            asked = [
                (scenario, goal_in(n, on_day(scenario.law, goal, scenario.world.day)))
                for n, scenario in enumerate(tried)
                for goal in self.goals
            ]
            goals = [goal for _, goal in asked]
            ground = ground_worlds(self.lifted, [(s.case, s.world) for s in tried], goals)
            yield None
            why = justify(ground, goals)
            yield None
            for (scenario, _), root in zip(asked, why.roots, strict=True):
                own = reasons(self.lifted, why, [root])
                wanted = demands(own, own.roots[0], self.wanted == YES)
                case = replace(scenario.case, statements=self.scenario.case.statements)
                self.take(wanted, case)
            if len(self.candidates) == before:
                return

    def settled(self, edits: Sequence[Edit]) -> Scenario:
        """A scenario after some changes, with nothing unknown."""
        scenario = changed(self.scenario, edits)
        known = tuple(s for s in scenario.case.statements if s.status != "unknown")
        return scenario._replace(case=replace(scenario.case, statements=known))

    def take(self, asked: Sequence[Demand], case: Case) -> None:
        """Take in the changes that meet some demands."""
        made = [name for name in case.entities if name not in self.scenario.case.entities]
        known = {candidate.edit for candidate in self.candidates}
        for candidate in find_candidates(self.scenario.law, case, asked, self.grid, made):
            if candidate.edit in known:
                continue
            if len(self.candidates) >= MOST_CANDIDATES:
                self.whole = False
                break
            self.candidates.append(candidate)

    # sets that work

    def open_choices(self, most: int) -> Flips:
        """The case with the changes so far as choices, for sets of so many at most."""
        law, case, world, _ = self.scenario
        weigh = self.weigh
        return Flips(
            law,
            case,
            world,
            self.goals,
            [c.edit for c in self.candidates],
            [weigh(c) if weigh else c.cost for c in self.candidates],
            alike=[c.alike for c in self.candidates],
            actors=[c.actor for c in self.candidates],
            actor_cost=0 if weigh else ACTOR_COST,
            most=most,
            few=weigh is not None,
        )

    def flips(self, most: int) -> Iterator[tuple[Candidate, ...] | None]:
        """The minimal sets of so many changes at most, among the changes so far."""
        for flip in self.open_choices(most).find(0, self.wanted):
            yield None if flip is None else tuple(self.candidates[n] for n in flip.edits)

    def finish(self, changes: tuple[Candidate, ...]) -> Need | None:
        """A set with its days and numbers as near as they can be, checked; None if it fails."""
        changes = self.nearest(changes)
        law, case, world, goal = changed(self.scenario, [c.edit for c in changes])
        ground = ground_case(law, case, world, [goal])
        if answer(ground, case, world, goal, 0).answer != self.wanted:
            return None
        return Need(self.wanted, changes, self.others(changes), case, world, goal)

    def works(self, sets: Sequence[Sequence[Edit]]) -> list[bool]:
        """Which of some sets of changes give the answer wanted."""
        scenarios = [changed(self.scenario, edits) for edits in sets]
        if any(s.status == "unknown" for scenario in scenarios for s in scenario.case.statements):
            return [self.decided(scenario) for scenario in scenarios]
        goals = [goal_in(n, scenario.goal) for n, scenario in enumerate(scenarios)]
        ground = ground_worlds(self.lifted, [(s.case, s.world) for s in scenarios], goals)
        wrong = {row[0] for row in ground.arguments_of("problem")}
        return [
            world_name(n) not in wrong and ground.settled(goal.text) == (self.wanted == YES)
            for n, goal in enumerate(goals)
        ]

    def decided(self, scenario: Scenario) -> bool:
        """Whether a scenario has the answer wanted."""
        law, case, world, goal = scenario
        try:
            ground = ground_case(law, case, world, [goal])
        except InputError:
            return False
        return answer(ground, case, world, goal, 0).answer == self.wanted

    def nearest(self, changes: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
        """The same changes with each day and number as near as it can be to what it was."""
        for place, change in enumerate(changes):
            here, there = self.ends(change) or (0, 0)
            while abs(there - here) > 1:
                span = there - here
                steps = min(_AT_ONCE, abs(span) - 1)
                nearer = [here + span * n // (steps + 1) for n in range(1, steps + 1)]
                tried = [self.moved(change, value) for value in nearer]
                sets = [
                    [
                        *(c.edit for c in changes[:place]),
                        one,
                        *(c.edit for c in changes[place + 1 :]),
                    ]
                    for one in tried
                ]
                fits = self.works(sets)
                first = next((n for n, fit in enumerate(fits) if fit), None)
                if first is None:
                    here = nearer[-1]
                    continue
                there = nearer[first]
                here = nearer[first - 1] if first else here
                change = change._replace(edit=tried[first])
                changes = (*changes[:place], change, *changes[place + 1 :])
        return changes

    def ends(self, change: Candidate) -> tuple[int, int] | None:
        """What a change comes nearest to, and what it has: numbers, or the numbers of days."""
        today = _number(self.grid.day)
        if change.sort == WAIT and change.edit.as_of is not None:
            return today, _number(change.edit.as_of)
        if change.sort == MAKE:
            days = [day for day in _days_of(change.edit) if day > str(self.grid.day)]
            return (today, _number(max(days))) if days else None
        place = self.number_in(change)
        if place is not None:
            old = change.edit.removed[0].arguments[place] if change.edit.removed else "0"
            return int(old), int(change.edit.added[0].arguments[place])
        if change.sort == MOVE:
            place = _moved(change.edit)
            old = change.edit.removed[0].arguments[place]
            new = change.edit.added[0].arguments[place]
            return None if OPEN_END in (old, new) else (_number(old), _number(new))
        return None

    def number_in(self, change: Candidate) -> int | None:
        """The argument with the number that a change moves or states, of several the last."""
        if change.sort not in (MOVE, STATE):
            return None
        fact = self.scenario.law.vocabulary.facts[change.edit.added[0].name]
        places = [n for n, a in enumerate(fact.arguments) if a.type == "number"]
        if change.sort == MOVE:
            places = [n for n in places if n == _moved(change.edit)]
        return places[-1] if places else None

    def moved(self, change: Candidate, value: int) -> Edit:
        """A change with another number, or with the day of that number: the last, of a thing."""
        edit, place = change.edit, self.number_in(change)
        if place is not None:
            return _with(edit, place, str(value))
        day = to_day(date.fromordinal(value))
        if change.sort == WAIT:
            return edit._replace(as_of=day)
        if change.sort == MOVE:
            return _with(edit, _moved(edit), str(day))
        last = max(_days_of(edit))
        moved = [
            replace(s, arguments=tuple(str(day) if a == last else a for a in s.arguments))
            for s in edit.added
        ]
        return edit._replace(added=tuple(moved))

    def others(self, changes: tuple[Candidate, ...]) -> tuple[tuple[Statement, ...], ...]:
        """For each change, other values of kinds with which the set works as well."""
        found = []
        for place, change in enumerate(changes):
            rest = [c.edit for c in (*changes[:place], *changes[place + 1 :])]
            like = [
                c.edit
                for c in self.candidates
                if c.alike == change.alike
                and len(c.edit.added) == 1
                and c.sort != SETTLE
                and self.other_value(change.edit, c.edit)
            ]
            fits = self.works([[*rest, edit] for edit in like]) if like else []
            found.append(tuple(edit.added[0] for edit, fit in zip(like, fits, strict=True) if fit))
        return tuple(found)

    def other_value(self, chosen: Edit, other: Edit) -> bool:
        """Whether a change is the one chosen with another value of a kind, on the same days."""
        if len(chosen.added) != 1 or chosen.removed or other.removed:
            return False
        one, two = chosen.added[0], other.added[0]
        arguments = self.scenario.law.vocabulary.facts[one.name].arguments
        differ = [
            argument.type
            for argument, a, b in zip(arguments, one.arguments, two.arguments, strict=True)
            if a != b
        ]
        return bool(differ) and all(t in self.scenario.law.vocabulary.kinds for t in differ)


def _moved(edit: Edit) -> int:
    """The argument that a change of days moves."""
    pairs = zip(edit.removed[0].arguments, edit.added[0].arguments, strict=True)
    return next(n for n, (a, b) in enumerate(pairs) if a != b)


def _days_of(edit: Edit) -> list[str]:
    """The days in what a change states, open ends aside."""
    terms = [term for statement in edit.added for term in statement.arguments]
    return [t for t in terms if len(t) == 8 and t.isdigit() and t != OPEN_END]


def _number(day: int | str) -> int:
    """The number of a day, one more for each day."""
    return read_date(str(day)).toordinal()


def _with(edit: Edit, place: int, term: str) -> Edit:
    """A change that states another value."""
    (added,) = edit.added
    row = (*added.arguments[:place], term, *added.arguments[place + 1 :])
    return edit._replace(added=(replace(added, arguments=row),))


def sides(answer_now: str) -> tuple[str, ...]:
    """The answers that a question could have instead."""
    return {YES: (NO,), NO: (YES,), UNDETERMINED: (YES, NO)}[answer_now]

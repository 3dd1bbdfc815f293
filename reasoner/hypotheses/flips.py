"""Find every minimal set of changes that gives a question another answer.

Each change is a choice of clingo's, and the facts hold or not by what is chosen::

    {_edit(0)}.  {_edit(1)}.
    rent_paid(rose,20240401) :- not _edit(0).      an edit that removes or moves it
    rent_paid(rose,20240331) :- _edit(0).          an edit that adds it
    :- _edit(0), _edit(1).                         they decide about the same thing

The cheapest model in which the goal has the answer wanted is a set of changes that works; what
contains it is then ruled out, and so on. As every change costs something, a set found has no
proper subset that works: that would have been cheaper. Where changes are said to be alike, such
as the same one on different days, all sets of changes like those found are ruled out with them.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping, Sequence
from typing import NamedTuple

from reasoner.casefiles.case import Case
from reasoner.casefiles.edits import Edit
from reasoner.hypotheses.bounds import bound_counts
from reasoner.lawfiles.rules import Law
from reasoner.solving.ground import NO, YES, Ground
from reasoner.solving.question import Goal, on_day
from reasoner.solving.solve import World

_GOAL, _ASKING, _FLAWED = "_goal", "_asking", "_flawed"


class Flip(NamedTuple):
    """Changes that together, and not less than together, give an answer; and what they cost."""

    edits: tuple[int, ...]
    cost: int


def minimal_flips(
    law: Law,
    case: Case,
    world: World,
    goal: Goal,
    edits: Sequence[Edit],
    wanted: str,
    costs: Sequence[int] = (),
    *,
    certain: bool = True,
    alike: Sequence[str] = (),
    actors: Sequence[str] = (),
    actor_cost: int = 0,
    most: int | None = None,
) -> Iterator[Flip | None]:
    """Search for the minimal sets of changes that give an answer, cheapest first.

    The case may have unknown facts: an answer counts where it holds whatever they are, or, if it
    need not be ``certain``, where it may hold. Changes that make the facts contradict each other
    are not considered, nor those that speak of something that only another change brings in and
    that is not made.

    Args:
        law: the law to apply.
        case: the facts.
        world: the day, the readings and the date of the law before the changes.
        goal: what is asked; where a change moves the day, it is asked about that day.
        edits: the changes that may be made; those with a subject in common exclude each other.
        wanted: ``yes`` or ``no``.
        costs: what each change costs, whole numbers above zero; without them, each costs 1.
        certain: whether the answer must hold whatever the unknown facts are.
        alike: a name for each change; of sets that differ only in changes of the same name, the
            cheapest is found.
        actors: by whom each change is made, or nothing.
        actor_cost: what each actor costs, however many changes are theirs.
        most: of how many changes a set may be; the smaller sets are then found first, which is
            faster where there are many changes.

    Yields:
        Each set, as places in ``edits``; None as a sign of life.

    Raises:
        InputError: when clingo complains.
    """
    flips = Flips(
        law,
        case,
        world,
        [goal],
        edits,
        costs,
        alike=alike,
        actors=actors,
        actor_cost=actor_cost,
        most=most,
    )
    yield from flips.find(0, wanted, certain=certain)


class Flips:
    """A case with changes as choices, ground once for several goals, each searched by itself."""

    def __init__(
        self,
        law: Law,
        case: Case,
        world: World,
        goals: Sequence[Goal],
        edits: Sequence[Edit],
        costs: Sequence[int] = (),
        *,
        alike: Sequence[str] = (),
        actors: Sequence[str] = (),
        actor_cost: int = 0,
        most: int | None = None,
        few: bool = False,
    ) -> None:
        """Ground the case; the arguments are those of :func:`minimal_flips`.

        Where sets are ``few`` changes of many, everything follows from them: clingo then chooses
        them first, and is done sooner where there is no set.

        Raises:
            InputError: when clingo complains.
        """
        self.costs = costs or [1] * len(edits)
        self.actors = actors
        self.actor_cost = actor_cost
        self.most = most
        self.names = _numbered(alike or [str(place) for place in range(len(edits))])
        program = [
            *_program(law, case, world, goals, edits),
            *_prices(self.costs, actors, actor_cost),
            *(f"_alike({name}) :- _edit({n})." for n, name in enumerate(self.names)),
            *_at_most(len(edits), most),
            *(f"#heuristic _edit({place}). [1,true]" for place in range(len(edits)) if few),
        ]
        self.ground = Ground(bound_counts(law), program, goals=goals)
        if few:
            self.ground.heed_preferences()
        self.chosen = {
            literal: place
            for place in range(len(edits))
            if (literal := self.ground.literal(f"_edit({place})")) is not None
        }
        self.unknown = [
            literal
            for atom in _unknown(case, edits)
            if (literal := self.ground.literal(f"_open({atom})")) is not None
        ]

    def find(
        self, place: int, wanted: str, *, certain: bool = True, most: int | None = None
    ) -> Iterator[Flip | None]:
        """Search for the minimal sets of changes that give one of the goals an answer.

        Args:
            place: which goal.
            wanted: ``yes`` or ``no``.
            certain: whether the answer must hold whatever the unknown facts are.
            most: of how many changes a set may be, where that is less than it could be.
        """
        ground, chosen = self.ground, self.chosen
        goal_literal = ground.literal(f"{_GOAL}({place})")
        if goal_literal is None:
            if wanted == NO:
                yield Flip((), 0)
            return
        asking = ground.literal(f"{_ASKING}({place})")
        assert asking is not None  # what is ruled out for one goal is not for the others
        reached = goal_literal if wanted == YES else -goal_literal
        flawed = ground.literal(_FLAWED)
        sound = [] if flawed is None else [-flawed]
        escape = None
        few = self.most if most is None else most
        bounds = [ground.literal(f"_few({number})") for number in range((few or 0) + 1)]
        bound = bounds.pop(0) if few is not None else None
        while True:
            within = [] if bound is None else [bound]
            assumed = [asking, reached, *sound, *within]
            found = yield from ground.search(assumed, chosen, cheapest=True)
            if found is None and few is not None and bounds:
                bound = bounds.pop(0)
                continue
            if found is None:
                return
            if self.unknown and certain:
                decided = [*found, *(-literal for literal in chosen if literal not in found)]
                against = yield from ground.search([-reached, *sound, *decided], self.unknown)
                if against is not None:
                    if escape is None:
                        escape = ground.define([reached, *(-literal for literal in sound)])
                    facts = [x if x in against else -x for x in self.unknown]
                    blamed = yield from _to_blame(ground, [escape, *facts], decided)
                    ground.forbid([asking, *blamed])
                    continue
            places = tuple(sorted(chosen[literal] for literal in found))
            who = {self.actors[p] for p in places if self.actors and self.actors[p]}
            yield Flip(places, sum(self.costs[p] for p in places) + self.actor_cost * len(who))
            if not found:
                return
            ground.forbid([asking, *_ruled_out(ground, places, self.names)])


def _at_most(edits: int, most: int | None) -> Iterator[str]:
    """That there are so many changes or fewer, for each number up to a bound."""
    if most is not None:
        counted = "; ".join(f"{place} : _edit({place})" for place in range(edits))
        for number in range(most + 1):
            yield f"_few({number}) :- #count {{ {counted} }} <= {number}."


def _numbered(names: Sequence[str]) -> list[int]:
    """The names as numbers, the same for the same."""
    numbers: dict[str, int] = {}
    return [numbers.setdefault(name, len(numbers)) for name in names]


def _ruled_out(ground: Ground, places: Sequence[int], names: Sequence[int]) -> list[int]:
    """What no further set may contain: changes like these; these, where two are like each other."""
    found = []
    for place in places:
        single = sum(names[other] == names[place] for other in places) == 1
        literal = ground.literal(f"_alike({names[place]})" if single else f"_edit({place})")
        assert literal is not None
        found.append(literal)
    return found


def _to_blame(
    ground: Ground, given: Sequence[int], decided: Sequence[int]
) -> Generator[None, None, list[int]]:
    """The changes made and not made that cannot be so together with what is given."""
    core = ground.core([*given, *decided]) or ()
    needed = [literal for literal in decided if literal in core]
    for literal in list(needed):
        if literal in needed:
            yield None
            fewer = ground.core([*given, *(other for other in needed if other != literal)])
            if fewer is not None:
                needed = [other for other in needed if other in fewer and other != literal]
    return needed


def _unknown(case: Case, edits: Sequence[Edit]) -> list[str]:
    """The facts that may be left open, each once."""
    stated = [*case.statements, *(s for edit in edits for s in edit.added)]
    return list(dict.fromkeys(s.atom for s in stated if s.status == "unknown"))


def _program(
    law: Law, case: Case, world: World, goals: Sequence[Goal], edits: Sequence[Edit]
) -> Iterator[str]:
    """The case with its changes as choices, and the goals, of which one is asked for at a time."""
    yield from (f"{{_edit({place})}}." for place in range(len(edits)))
    yield from (f"{{_open({atom})}}." for atom in _unknown(case, edits))
    for choice in case.choices:
        ways = "; ".join(f"_open({statement.atom})" for statement in choice.statements)
        yield f":- not 1 {{ {ways} }} 1."
    touched = _touching(edits)
    yield from _exclusions(touched)

    def unless(*subjects: str) -> str:
        """The condition that no change decides otherwise."""
        places = sorted({place for subject in subjects for place in touched.get(subject, ())})
        conditions = ", ".join(f"not _edit({place})" for place in places)
        return f" :- {conditions}." if conditions else "."

    for name, kind in case.entities.items():
        yield f"{kind}({name}){unless(f'without {name}')}"
    for statement in case.statements:
        gone = unless(
            statement.atom,
            f"{statement.name} of {statement.arguments[0]}",
            *(f"without {argument}" for argument in statement.arguments),
        )
        if statement.status == "stated":
            yield statement.atom + gone
        elif statement.status == "unknown":
            yield f"{statement.atom} :- _open({statement.atom}){gone.replace(' :- ', ', ')}"
    for reading, option in world.readings:
        yield f"chosen_reading({reading},{option}){unless(f'reading {reading}')}"
    yield f"as_of({world.day}){unless('as of')}"
    if world.law_date is not None:
        yield f"chosen_law_date({world.law_date}){unless('law date')}"
    brought = {name: kind for edit in edits for name, kind in edit.entities}
    days = [world.day]
    for place, edit in enumerate(edits):
        made = f" :- _edit({place})."
        yield from (f"{kind}({name}){made}" for name, kind in edit.entities)
        for statement in edit.added:
            if statement.status == "stated":
                yield statement.atom + made
            elif statement.status == "unknown":
                yield f"{statement.atom} :- _open({statement.atom}), _edit({place})."
            for name in statement.arguments:
                if name in brought and name not in case.entities:
                    yield f":- _edit({place}), not {brought[name]}({name})."
        yield from (f"chosen_reading({r},{o}){made}" for r, o in edit.readings)
        if edit.as_of is not None:
            yield f"as_of({edit.as_of}){made}"
            days.append(edit.as_of)
        if edit.law_date:
            yield f"chosen_law_date({edit.law_date}){made}"
    for place, goal in enumerate(goals):
        yield f"{{{_ASKING}({place})}}."
        for day in dict.fromkeys(days):
            yield f"{_GOAL}({place}) :- as_of({day}), {on_day(law, goal, day).text}."
    for name, arity in sorted(s for s in law.heads if s[0] == "problem"):
        yield f"{_FLAWED} :- {name}({','.join('_' * arity)})."


def _prices(costs: Sequence[int], actors: Sequence[str], actor_cost: int) -> Iterator[str]:
    """What each change costs, and each actor."""
    prices = [f"{cost},{place} : _edit({place})" for place, cost in enumerate(costs)]
    if actor_cost:
        numbers = {who: n for n, who in enumerate(dict.fromkeys(actors)) if who}
        for place, who in enumerate(actors):
            if who:
                yield f"_actor({numbers[who]}) :- _edit({place})."
        prices += [f"{actor_cost},_actor,{n} : _actor({n})" for n in numbers.values()]
    yield f"#minimize {{ {'; '.join(prices)} }}."


def _touching(edits: Sequence[Edit]) -> dict[str, list[int]]:
    """The places of the changes that decide about each subject."""
    found: dict[str, list[int]] = {}
    for place, edit in enumerate(edits):
        without = {f"without {name}" for name in edit.removed_entities}
        for subject in sorted(edit.subjects | without):
            found.setdefault(subject, []).append(place)
    return found


def _exclusions(touched: Mapping[str, Sequence[int]]) -> Iterator[str]:
    """No two changes that decide about the same thing are made together."""
    for places in touched.values():
        if len(places) > 1:
            yield f":- 2 {{ {'; '.join(f'_edit({place})' for place in places)} }}."

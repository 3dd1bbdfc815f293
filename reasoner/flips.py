"""Find every minimal set of changes that gives a question another answer.

Each change is a choice of clingo's, and the facts hold or not by what is chosen::

    {_edit(0)}.  {_edit(1)}.
    permit_issued(first,20190115) :- not _edit(0).      an edit that removes or moves it
    permit_issued(first,20190114) :- _edit(0).          an edit that adds it
    :- _edit(0), _edit(1).                              they decide about the same thing

The cheapest model in which the goal has the answer wanted is a set of changes that works; what
contains it is then ruled out, and so on. As every change costs something, a set found has no
proper subset that works: that would have been cheaper.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from reasoner.case import Case
from reasoner.edits import Edit
from reasoner.ground import NO, YES, Ground
from reasoner.question import Goal, on_day
from reasoner.rules import Law
from reasoner.solve import World

_GOAL = "_goal"


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
) -> Iterator[Flip | None]:
    """Search for the minimal sets of changes that give an answer, cheapest first.

    The case may have unknown facts: an answer counts where it holds whatever they are. Changes
    that make the facts contradict each other are not considered.

    Args:
        law: the law to apply.
        case: the facts.
        world: the day, the readings and the date of the law before the changes.
        goal: what is asked; where a change moves the day, it is asked about that day.
        edits: the changes that may be made; those with a subject in common exclude each other.
        wanted: ``yes`` or ``no``.
        costs: what each change costs, whole numbers above zero; without them, each costs 1.

    Yields:
        Each set, as places in ``edits``; None as a sign of life.

    Raises:
        InputError: when clingo complains.
    """
    costs = costs or [1] * len(edits)
    ground = Ground(law, _program(law, case, world, goal, edits, costs), goals=[goal])
    goal_literal = ground.literal(_GOAL)
    if goal_literal is None:
        if wanted == NO:
            yield Flip((), 0)
        return
    reached = goal_literal if wanted == YES else -goal_literal
    chosen = {
        literal: place
        for place in range(len(edits))
        if (literal := ground.literal(f"_edit({place})")) is not None
    }
    stated = [*case.statements, *(s for edit in edits for s in edit.added)]
    open_facts = any(statement.status == "unknown" for statement in stated)
    while True:
        found = yield from ground.search([reached], chosen, cheapest=True)
        if found is None:
            return
        if open_facts:
            rest = [-literal for literal in chosen if literal not in found]
            against = yield from ground.search([-reached, *found, *rest])
            if against is not None:
                ground.forbid([*found, *rest])
                continue
        places = tuple(sorted(chosen[literal] for literal in found))
        yield Flip(places, sum(costs[place] for place in places))
        if not found:
            return
        ground.forbid(found)


def _program(
    law: Law, case: Case, world: World, goal: Goal, edits: Sequence[Edit], costs: Sequence[int]
) -> Iterator[str]:
    """The case with its changes as choices, the goal, and what a change costs."""
    yield from (f"{{_edit({place})}}." for place in range(len(edits)))
    yield from _exclusions(edits)
    touched = _touching(edits)

    def unless(subject: str) -> str:
        """The condition that no change decides otherwise."""
        conditions = ", ".join(f"not _edit({place})" for place in touched.get(subject, ()))
        return f" :- {conditions}." if conditions else "."

    declared = dict(case.entities)
    yield from (f"{kind}({name})." for name, kind in declared.items())
    for statement in case.statements:
        if statement.status == "stated":
            yield statement.atom + unless(statement.atom)
        elif statement.status == "unknown":
            yield f"{{{statement.atom}}}{unless(statement.atom)}"
    for reading, option in world.readings:
        yield f"chosen_reading({reading},{option}){unless(f'reading {reading}')}"
    yield f"as_of({world.day}){unless('as of')}"
    if world.law_date is not None:
        yield f"chosen_law_date({world.law_date}){unless('law date')}"
    days = [world.day]
    for place, edit in enumerate(edits):
        made = f" :- _edit({place})."
        yield from (f"{k}({n}){made}" for n, k in edit.entities if n not in declared)
        for statement in edit.added:
            if statement.status == "stated":
                yield statement.atom + made
            elif statement.status == "unknown":
                yield f"{{{statement.atom}}}{made}"
        yield from (f"chosen_reading({r},{o}){made}" for r, o in edit.readings)
        if edit.as_of is not None:
            yield f"as_of({edit.as_of}){made}"
            days.append(edit.as_of)
        if edit.law_date is not None:
            yield f"chosen_law_date({edit.law_date}){made}"
    for day in dict.fromkeys(days):
        yield f"{_GOAL} :- as_of({day}), {on_day(law, goal, day).text}."
    for name, arity in sorted(s for s in law.heads if s[0] == "problem"):
        yield f":- {name}({','.join('_' * arity)})."
    prices = "; ".join(f"{cost},{place} : _edit({place})" for place, cost in enumerate(costs))
    yield f"#minimize {{ {prices} }}."


def _touching(edits: Sequence[Edit]) -> dict[str, list[int]]:
    """The places of the changes that decide about each subject."""
    found: dict[str, list[int]] = {}
    for place, edit in enumerate(edits):
        for subject in sorted(edit.subjects):
            found.setdefault(subject, []).append(place)
    return found


def _exclusions(edits: Sequence[Edit]) -> Iterator[str]:
    """No two changes that decide about the same thing are made together."""
    for places in _touching(edits).values():
        if len(places) > 1:
            yield f":- 2 {{ {'; '.join(f'_edit({place})' for place in places)} }}."

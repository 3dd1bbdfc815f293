"""Look for a story in which a circle of conclusions could hold itself up."""

from __future__ import annotations

from collections.abc import Collection, Generator
from typing import NamedTuple

from reasoner.audit.apart import circle_holds, conclusions_of, other_fixpoint
from reasoner.audit.conditions import is_among
from reasoner.audit.findings import LOOP, OPEN, ROUND, Finding
from reasoner.audit.plan import Plan
from reasoner.audit.sought import Beyond, Inquiry, Patience, Sought, beyond, refutation
from reasoner.hypotheses.bounds import bound_counts
from reasoner.lawfiles.rules import Law, Signature
from reasoner.lawfiles.strata import circles
from reasoner.reasons.justify import justify
from reasoner.solving.ground import GIVEN_UP, YES, Ground
from reasoner.solving.question import Goal
from reasoner.solving.solve import ground_case, world_of
from reasoner.stories.kinds import kind_of
from reasoner.stories.refute import Counterexample
from reasoner.stories.stages import Stage
from reasoner.stories.telling import Condition, case_of
from reasoner.values import split_arguments


class Circle(NamedTuple):
    """What came of a circle: a story in which something holds only by the circle, or the part of
    the scope in which there is none."""

    signature: Signature | None
    story: Counterexample | None
    stage: Stage | None
    whole: bool
    beyond: Beyond | None = None


def look_for_circle(
    inquiry: Inquiry, circle: Collection[Signature], patience: Patience
) -> Generator[None, None, Circle | None]:
    """Look for the smallest story in which the greatest fixpoint of a circle is another one.

    Returns:
        What came of it; None where that cannot be asked. Yields None as a sign of life.
    """
    program = other_fixpoint(bound_counts(inquiry.law), circle, "holds")
    if program is None:
        return None
    holds = circle_holds("holds")
    search = refutation(inquiry, [_leading_round(inquiry.law, circle)])
    stages = search.stages()
    searched: Stage | None = None
    for stage in stages:
        yield
        if not search.fits(stage):
            break
        ground = search.ground(stage, [*program, f":- not {holds}."])
        told = search.told(ground, stage)
        first = yield from ground.search(most=patience.together)
        if first is None:
            searched = stage
            continue
        if first is GIVEN_UP:
            break
        others = _others(ground, circle)
        among = [*told.values(), *others.values()]
        best = yield from ground.search(
            among=among, cheapest=True, by_cores=True, most=patience.together
        )
        if best is GIVEN_UP:
            best = yield from ground.search(among=among, most=patience.together)
        if best is None or best is GIVEN_UP:
            break
        atoms = [text for text, number in told.items() if number in best]
        held = sorted(text for text, number in others.items() if number in best)
        return _told(inquiry, atoms, held, stage)
    last = stages[-1] if stages else None
    whole = searched is not None and searched == last
    return Circle(None, None, searched, whole, beyond(search))


def _leading_round(law: Law, circle: Collection[Signature]) -> Sought:
    """What leads round a circle: all that its rules ask for beside the circle itself.

    That only says what is looked at, and where first; what is sought, the circle's own rules say.
    """
    calls = [f"{name}({','.join('_' * arity)})" for name, arity in sorted(circle)]
    bodies = []
    for rule in law.rules:
        atoms = [x.atom for x in rule.body if x.atom is not None and not x.negated]
        inside = [atom for atom in atoms if atom.signature in circle]
        apart = {*inside, *(atom for atom in atoms if atom.signature == law.reading)}
        outside = [atom.text for atom in atoms if atom not in apart]
        if rule.head.signature in circle and inside and outside:
            bodies.append(", ".join(outside))
    return Sought("circle", tuple(dict.fromkeys([*bodies, ", ".join(calls)])))


def _others(ground: Ground, circle: Collection[Signature]) -> dict[str, int]:
    return {
        text.removeprefix("otherwise_"): number
        for name, arity in sorted(circle)
        for text, number in ground.numbered((f"otherwise_{name}", arity)).items()
    }


def _told(inquiry: Inquiry, atoms: list[str], held: list[str], stage: Stage) -> Circle:
    """A story, decided by the law itself, with what the circle alone would hold up there."""
    law = inquiry.law
    case = case_of(law, atoms, inquiry.readings, inquiry.law_date, "")
    world = world_of(law, case)
    goals = []
    for text in held:
        name, _, rest = text.partition("(")
        arguments = split_arguments(rest[:-1]) if rest else ()
        goals.append(Goal(name, tuple(arguments), law.homes.get((name, len(arguments)), "")))
    ground = ground_case(law, case, world, goals)
    missing = [goal for goal in goals if ground.answer(goal) != YES]
    worded = [g for g in missing if (g.name, len(g.arguments)) in law.sentences] or missing
    ranked = sorted(worded, key=lambda g: (law.depths.get((g.name, len(g.arguments)), 0), g.text))
    goal = ranked[0]
    why = justify(ground, [goal])
    story = Counterexample(
        case, world, (Condition(goal, False),), why, kind_of(why, case, ground), stage
    )
    return Circle((goal.name, len(goal.arguments)), story, stage, True)


def circles_audited(plan: Plan) -> list[frozenset[Signature]]:
    """The circles of the law in which a provision looked at has a part."""
    return [
        circle
        for circle in map(frozenset, sorted(circles(plan.law.rules), key=sorted))
        if any(is_among(place, plan.pinpoints) for place in conclusions_of(plan.law, circle))
    ]


def told_of_circle(law: Law, circle: Collection[Signature], found: Circle | None) -> Finding:
    """What is found of a circle; without anything, that it was not settled."""
    places = tuple(conclusions_of(law, circle))
    first = min(circle)
    if found is not None and found.story is not None:
        return Finding(LOOP, places, found.signature, name=first[0], story=found.story)
    if found is not None and found.stage is not None:
        return Finding(ROUND, places, first, name=first[0], stage=found.stage, whole=found.whole)
    return Finding(OPEN, places, first, name=first[0], whole=False, sort=LOOP)

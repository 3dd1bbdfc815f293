"""Which cases are stories against which claims: cases that are there already, found or written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from reasoner.casefiles.case import Case
from reasoner.hypotheses.expectations import Asked, read_expectations
from reasoner.lawfiles.assemble import extend
from reasoner.lawfiles.rules import Law
from reasoner.reasons.worlds import goal_in, ground_worlds, lift
from reasoner.solving.ground import YES
from reasoner.solving.question import Goal
from reasoner.solving.solve import World, ground_case
from reasoner.stories.claims import VIOLATED, Claim

# Worlds put to the law together: the more the faster, as long as memory lasts.
MOST_AT_ONCE = 200


class Tried(NamedTuple):
    """A case as one of its questions is asked, and the names of the claims that it breaks."""

    case: Case
    world: World
    broken: tuple[str, ...]


def with_claims(law: Law, claims: Sequence[Claim]) -> Law:
    """A law that also concludes what breaks some claims."""
    rules = {rule.text: rule for claim in claims for piece in claim.pieces for rule in piece.rules}
    return extend(law, rules.values())


def violation(claim: Claim) -> Goal:
    """The question whether a claim is broken, for a law with claims."""
    return Goal(VIOLATED, (claim.name,), "")


def try_cases(law: Law, claims: Sequence[Claim], paths: Sequence[Path]) -> Iterator[Tried]:
    """Look in cases for stories that break claims, in every way in which their questions are asked.

    What unknown facts leave open breaks nothing.

    Args:
        law: the law.
        claims: the claims.
        paths: case files, with expectations that say what is asked of them.

    Yields:
        Each case with each day, law and readings that it is asked with.

    Raises:
        InputError: when a case cannot be read.
    """
    more = with_claims(law, claims)
    goals = [violation(claim) for claim in claims]
    lifted = lift(more, goals)
    asked = [read_expectations(law, path) for path in paths]
    worlds = [(one, world) for one in asked for world, _ in one.worlds()]
    for start in range(0, len(worlds), MOST_AT_ONCE):
        part = worlds[start : start + MOST_AT_ONCE]
        together = [(one.case, world) for one, world in part if not one.unsettled]
        ground = ground_worlds(lifted, together, [goal_in(0, goal) for goal in goals])
        places = iter(range(len(together)))
        for one, world in part:
            if one.unsettled:
                yield _try_alone(more, one, world, goals)
                continue
            place = next(places)
            broken = [g for g in goals if ground.answer(goal_in(place, g)) == YES]
            yield Tried(one.case, world, tuple(str(goal.arguments[0]) for goal in broken))


def _try_alone(law: Law, asked: Asked, world: World, goals: Sequence[Goal]) -> Tried:
    ground = ground_case(law, asked.case, world, goals)
    broken = [goal for goal in goals if ground.answer(goal) == YES]
    return Tried(asked.case, world, tuple(str(goal.arguments[0]) for goal in broken))

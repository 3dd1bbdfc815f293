"""Mutants of a law and worlds in one grounding: which pairs of them are answered otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from reasoner.audit.mutants import Mutant
from reasoner.audit.schemata import as_mutated, combine
from reasoner.audit.witnesses import Witness
from reasoner.errors import InputError
from reasoner.lawfiles.rules import Law
from reasoner.reasons.worlds import goal_in, ground_worlds, lift, world_name
from reasoner.solving.ground import Ground
from reasoner.solving.question import Goal

Pairs = Sequence[tuple[int, int]]
"""Mutants, by number, each with the place of a world."""


def answered_otherwise(
    law: Law, witnesses: Sequence[Witness], several: Mapping[int, Mutant], pairs: Pairs
) -> Iterator[tuple[int, int]]:
    """Of some mutants, each in a world, those that are answered otherwise there.

    Args:
        law: the law.
        witnesses: the worlds, none with unknown facts.
        several: the mutants, by number.
        pairs: which of them are put to which worlds.
    """
    try:
        ground, goals = ground_together(law, witnesses, several, pairs)
    except InputError:
        if len(pairs) == 1:
            yield pairs[0]
            return
        half = len(pairs) // 2
        yield from answered_otherwise(law, witnesses, several, pairs[:half])
        yield from answered_otherwise(law, witnesses, several, pairs[half:])
        return
    spoiled = {str(problem.arguments[0]) for problem in ground.contradictions()}
    for n, pair in enumerate(pairs):
        posed = witnesses[pair[1]].posed
        if world_name(n) in spoiled or any(
            ground.answer(goal) != p.expectation.answer
            for p, goal in zip(posed, goals[n], strict=True)
        ):
            yield pair


def ground_together(
    law: Law, witnesses: Sequence[Witness], several: Mapping[int, Mutant], pairs: Pairs
) -> tuple[Ground, list[list[Goal]]]:
    """Some mutants, each in a world of its own; the goals by world."""
    changed = combine(law, {number: several[number] for number, _ in pairs})
    worlds = []
    goals = []
    for n, (number, place) in enumerate(pairs):
        witness = witnesses[place]
        case = as_mutated(witness.case, witness.world, several[number], number)
        worlds.append((case, witness.world))
        goals.append([goal_in(n, posed.goal) for posed in witness.posed])
    asked = [posed.goal for _, place in pairs for posed in witnesses[place].posed]
    wanted = [goal for row in goals for goal in row]
    return ground_worlds(lift(changed, asked), worlds, wanted), goals

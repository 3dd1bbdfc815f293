"""In which worlds the rule of a mutant concludes anything else than it does in the law.

That is asked of all mutants together. Elsewhere no answer can be another one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set

from reasoner.audit.mutants import Mutant
from reasoner.audit.rewriting import DAY_OF_CASE
from reasoner.audit.schemata import INFECTS, as_mutated, infections
from reasoner.audit.witnesses import Witness
from reasoner.errors import InputError
from reasoner.lawfiles.rules import Law, Rule, Signature
from reasoner.lawfiles.strata import dependencies
from reasoner.reasons.worlds import goal_in, ground_worlds, lift, world_name
from reasoner.solving.question import Goal
from reasoner.solving.solve import ground_case

# A rule that holds of any two days of a case concludes so much that it is put to few worlds.
FEW_WORLDS = 200

Circles = Sequence[Collection[Signature]]


def is_unstratified(law: Law, circles: Circles, mutant: Mutant) -> bool:
    """Whether a mutant rests on its own negation."""
    if mutant.changed is None:
        return False
    head = mutant.changed.head.signature
    circle: Collection[Signature] = next((c for c in circles if head in c), ())
    was = _looked_at(law.rules[mutant.rule])
    return any(
        signature in circle and strict and not was.get(signature, False)
        for signature, strict in _looked_at(mutant.changed).items()
    )


def _is_wide(mutant: Mutant) -> bool:
    """Whether the changed rule holds of any two days of a case, or of more."""
    return mutant.changed is not None and mutant.changed.text.count(f"{DAY_OF_CASE}(") > 1


def _few(witnesses: Sequence[Witness], places: Iterable[int], names: Set[str]) -> list[int]:
    """Of some worlds a few small ones, those first that are said to notice some mutants."""

    def key(place: int) -> tuple[bool, bool, int, int]:
        witness = witnesses[place]
        size = len(witness.case.statements)
        return witness.notices.isdisjoint(names), witness.unsettled, size, place

    return sorted(places, key=key)[:FEW_WORLDS]


def _looked_at(rule: Rule) -> dict[Signature, bool]:
    """The predicates that a rule looks at; True where through ``not`` or a count."""
    return dependencies([rule]).get(rule.head.signature, {})


def infected(
    law: Law, circles: Circles, witnesses: Sequence[Witness], several: Mapping[int, Mutant]
) -> dict[int, set[int]]:
    """For each of some mutants the places of the worlds in which its rule concludes otherwise.

    Only worlds in which something rests on the rule are looked at. Where facts are unknown,
    the rule may conclude otherwise. Of mutants without strata nothing can be told, nor of those
    that clingo refuses, and all these worlds are named. What holds of any two days is put to a few
    worlds only.

    Args:
        law: the law.
        circles: the predicates that rest on each other.
        witnesses: the worlds.
        several: the mutants, by number.
    """
    found: dict[int, set[int]] = {number: set() for number in several}
    unsure = {number: m for number, m in several.items() if is_unstratified(law, circles, m)}
    sure = {number: m for number, m in several.items() if number not in unsure}
    wide = {number: m for number, m in sure.items() if _is_wide(m)}
    if wide and len(wide) < len(sure):
        for part in ({n: m for n, m in sure.items() if n not in wide}, wide):
            found |= infected(law, circles, witnesses, part)
        sure = {}
    try:
        for number, place in _infected(law, circles, witnesses, sure) if sure else ():
            found[number].add(place)
    except InputError:
        if len(sure) > 1:
            numbers = list(sure)
            for half in (numbers[: len(numbers) // 2], numbers[len(numbers) // 2 :]):
                some = {number: sure[number] for number in half}
                found |= infected(law, circles, witnesses, some)
        else:
            unsure |= sure
    for number, mutant in unsure.items():
        found[number] = {n for n, w in enumerate(witnesses) if mutant.rule in w.rules}
    return found


def _infected(
    law: Law, circles: Circles, witnesses: Sequence[Witness], several: Mapping[int, Mutant]
) -> Iterator[tuple[int, int]]:
    """The worlds in which the rules of some mutants conclude otherwise: mutant and place."""
    recursive = frozenset(signature for circle in circles for signature in circle)
    changed = infections(law, several, recursive)
    rules = {mutant.rule for mutant in several.values()}
    places = [n for n, witness in enumerate(witnesses) if not rules.isdisjoint(witness.rules)]
    if any(map(_is_wide, several.values())):
        places = sorted(_few(witnesses, places, {mutant.id for mutant in several.values()}))
    settled = [place for place in places if not witnesses[place].unsettled]
    if settled:
        worlds = [
            (as_mutated(w.case, w.world), w.world) for w in (witnesses[place] for place in settled)
        ]
        lifted, goal = lift(changed), Goal(INFECTS, (None,), "")
        if (INFECTS, 1) in lifted.local:
            ground = ground_worlds(lifted, worlds, [goal_in(0, goal)])
            owners = {world_name(n): place for n, place in enumerate(settled)}
            rows = [(owners[world], text) for world, text in ground.rows((INFECTS, 2))]
        else:  # none of the rules looks at anything that a case could say
            ground = ground_worlds(lifted, worlds, [goal])
            rows = [(place, text) for (text,) in ground.rows((INFECTS, 1)) for place in settled]
        for place, text in rows:
            if several[int(text)].rule in witnesses[place].rules:
                yield int(text), place
    for place in places[len(settled) :]:
        witness = witnesses[place]
        case = as_mutated(witness.case, witness.world)
        ground = ground_case(changed, case, witness.world, [Goal(INFECTS, (None,), "")])
        for (text,) in ground.rows((INFECTS, 1)):
            if several[int(text)].rule in witness.rules:
                yield int(text), place

"""What a story must state for the sake of an axiom: a bed, for example, has a crop.

An axiom that rules out what is stated without something else is as good as a ban on the one where
the other cannot be stated. So a story that may state the one may state the other.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from reasoner.lawfiles.rules import Law, Signature
from reasoner.stories.remarked import Piece
from reasoner.stories.stories import Setting


def demanded(law: Law, setting: Setting, facts: Iterable[str], types: Iterable[str]) -> set[str]:
    """The facts that axioms ask for beside some facts and entities, those included.

    Args:
        law: the law, with its vocabulary.
        setting: what stories are made of.
        facts: the names of facts that a story may state.
        types: the types of the entities that it may be about.
    """
    names = {(fact.name, fact.arity): name for name, fact in law.vocabulary.facts.items()}
    rules = [*setting.pieces, *(piece for axiom in setting.axioms for piece in axiom.pieces)]
    helping: dict[Signature, list[Piece]] = {}
    for piece in rules:
        helping.setdefault(piece.head.signature, []).append(piece)
    chosen = {*names, *((name, 1) for name in law.vocabulary.entities)}
    found, among = set(facts), {(name, 1) for name in types}
    while True:
        possible = {signature for signature, name in names.items() if name in found} | among
        possible |= _following(helping, possible, chosen)
        more = {
            names[signature]
            for piece in rules
            if _can_apply(piece, possible, helping, chosen)
            for use in piece.body
            if use.negated
            for signature in _missed(use.signature, helping)
            if signature in names
        }
        if more <= found:
            return found
        found |= more


def _following(
    helping: Mapping[Signature, Sequence[Piece]],
    possible: Collection[Signature],
    chosen: Collection[Signature],
) -> set[Signature]:
    """What the rules of axioms can conclude for each other."""
    found: set[Signature] = set()
    while True:
        more = {
            signature
            for signature, rules in helping.items()
            if any(_can_apply(rule, {*possible, *found}, helping, chosen) for rule in rules)
        }
        if more <= found:
            return found
        found |= more


def _can_apply(
    piece: Piece,
    possible: Collection[Signature],
    helping: Collection[Signature],
    chosen: Collection[Signature],
) -> bool:
    """Whether all can hold that a rule wants to hold; what the law concludes always can."""
    wanted = (use.signature for use in piece.body if not use.negated)
    return all(s in possible for s in wanted if s in helping or s in chosen)


def _missed(signature: Signature, helping: Mapping[Signature, Sequence[Piece]]) -> list[Signature]:
    """What an axiom misses where a predicate does not hold: the predicate, or what leads to it."""
    rules = helping.get(signature)
    if rules is None:
        return [signature]
    return [use.signature for rule in rules for use in rule.body if not use.negated]

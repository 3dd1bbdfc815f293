"""What a mutant concludes, beside what the law does: as rules of predicates of its own.

Stories in which the two differ are sought like anything else. What rests on itself is copied with
all that it rests on in a circle; what nobody can ask is copied with what rests on it, up to what
can be asked ::

    m7_heir(P) :- child(P).

for the mutant with the number 7 of ``heir(P) :- child(P), not excluded(P)``, where some ``P`` is
sought with ``m7_heir(P)`` and not ``heir(P)``, or the other way round.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from reasoner.audit.mutants import Mutant
from reasoner.audit.rewriting import DAY_OF_CASE
from reasoner.audit.sought import Sought
from reasoner.lawfiles.infer import all_literals
from reasoner.lawfiles.rules import Law, Rule, Signature

MOST_COPIED = 24  # rules
MOST_TARGETS = 1


def told_apart(
    law: Law,
    users: Mapping[Signature, Collection[Signature]],
    mutant: Mutant,
    circles: Iterable[Collection[Signature]],
    number: int,
) -> Sought | None:
    """That something is concluded by the law and not by a mutant, or the other way round.

    Args:
        law: the law.
        users: for each predicate those whose rules look at it.
        mutant: the mutant.
        circles: the predicates that rest on each other.
        number: the number of the mutant.

    Returns:
        What is to be sought; None where too much would have to be copied.
    """
    head = law.rules[mutant.rule].head.signature
    bodies: list[str] = []
    helping: dict[str, None] = {}
    round_ = next((set(c) for c in circles if head in c), {head})
    for target, among in _targets(law, users, round_):
        if sum(len(law.rules_for(s)) for s in among) > MOST_COPIED:
            break
        helping |= dict.fromkeys(_copied(law, among, mutant, number))
        variables = ",".join(f"X{place}" for place in range(target[1]))
        copy = f"m{number}_{target[0]}({variables})" if variables else f"m{number}_{target[0]}"
        call = f"{target[0]}({variables})" if variables else target[0]
        bodies += [f"{call}, not {copy}", f"{copy}, not {call}"]
    return Sought(f"m{number}", tuple(bodies), tuple(helping)) if bodies else None


def users_of(law: Law) -> dict[Signature, set[Signature]]:
    """For each predicate those whose rules look at it."""
    users: dict[Signature, set[Signature]] = {}
    for rule in law.rules:
        for literal in all_literals(rule.body):
            if literal.atom is not None:
                users.setdefault(literal.atom.signature, set()).add(rule.head.signature)
    return users


def resting_on(
    users: Mapping[Signature, Collection[Signature]], signatures: Iterable[Signature]
) -> list[Signature]:
    """All predicates that rest on some, what is nearer first, these included."""
    found = dict.fromkeys(signatures)
    waiting = list(found)
    for signature in waiting:
        for user in sorted(users.get(signature, ())):
            if user not in found:
                found[user] = None
                waiting.append(user)
    return waiting


def _targets(
    law: Law, users: Mapping[Signature, Collection[Signature]], start: Collection[Signature]
) -> Iterator[tuple[Signature, set[Signature]]]:
    """The nearest predicates that can be asked, each with all on the way to it from some others."""
    asked = sorted(s for s in start if s in law.sentences)
    if asked:
        yield from ((signature, set(start)) for signature in asked)
        return
    ways: dict[Signature, set[Signature]] = {s: set(start) for s in start}
    waiting = sorted(start)
    found = 0
    for signature in waiting:
        for user in sorted(users.get(signature, ())):
            if user in ways:
                continue
            ways[user] = {*ways[signature], user}
            if user in law.sentences:
                yield user, ways[user]
                found += 1
                if found == MOST_TARGETS:
                    return
            else:
                waiting.append(user)


def _copied(law: Law, among: Collection[Signature], mutant: Mutant, number: int) -> Iterator[str]:
    """The rules of some predicates with a mutant in the place of its rule, under other names."""
    names = "|".join(sorted(re.escape(name) for name, _ in among))
    pattern = re.compile(rf"(?<![A-Za-z0-9_])({names})(?=\(|$| :- )")
    for signature in sorted(among):
        rules: Sequence[Rule] = law.rules_for(signature)
        for rule in rules:
            changed = mutant.changed if rule.number == mutant.rule else rule
            if changed is not None:
                yield pattern.sub(rf"m{number}_\1", changed.text)


def days_of_case(several: Iterable[Mutant]) -> bool:
    """Whether some mutant says something of any day of the case."""
    return any(DAY_OF_CASE in m.changed.text for m in several if m.changed is not None)

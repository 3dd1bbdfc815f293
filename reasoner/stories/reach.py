"""How far each fact of a vocabulary is from what is to be brought about.

A story that breaks a claim states what the claim's conditions need, and seldom more. Each predicate
costs what the cheapest facts cost that make it hold, or that make it not hold; a fact is as far
away as a story with it costs more than the cheapest, reckoned over predicates and not over who
they are about. That is an estimate, good enough to look in the most promising place first.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from reasoner.lawfiles.infer import all_literals
from reasoner.lawfiles.rules import Law, Rule, Signature

_FAR = 10_000
_PASSES = 30

_State = tuple[Signature, bool]  # that a predicate holds of something, or does not


class Way(NamedTuple):
    """A rule as far as it matters here: what it concludes, and what must hold or must not."""

    head: Signature
    needs: tuple[_State, ...]


def distances(
    law: Law,
    more: Iterable[Way],
    goals: Iterable[Signature],
    readings: Mapping[str, Collection[str]],
) -> tuple[dict[str, int], dict[str, int]]:
    """How far each fact and type of entity is from the nearest of some goals, by its name.

    First those that can help, then those that can only stand in the way: no story needs these, but
    the same may happen for another reason where they are stated. What no way leads to is left out.

    Args:
        law: the law.
        more: further rules, of predicates that the law does not know.
        goals: which predicates are to be brought about.
        readings: the options that may be taken, by reading.
    """
    asked = sorted(goals)
    ways: dict[Signature, list[Way]] = {}
    for way in (*more, *(_way(rule) for rule in law.rules if _open(rule, readings))):
        ways.setdefault(way.head, []).append(way)
    facts = {(fact.name, fact.arity): name for name, fact in law.vocabulary.facts.items()}
    order = _behind(ways, asked)
    costs = _costs(ways, facts, order)
    apart = _apart(ways, costs, asked)
    best = min((costs[goal, True] for goal in asked), default=0)
    names = {**facts, **{(name, 1): name for name in law.vocabulary.entities}}
    helping = {
        names[signature]: extra + costs[signature, True] - best
        for (signature, holds), extra in apart.items()
        if holds and signature in names and extra < _FAR
    }
    hindering = {
        names[signature]: extra
        for (signature, holds), extra in apart.items()
        if not holds and signature in names and names[signature] not in helping
    }
    return helping, hindering


def _way(rule: Rule) -> Way:
    atoms = [x for x in all_literals(rule.body) if x.atom is not None]
    needs = dict.fromkeys((x.atom.signature, not x.negated) for x in atoms if x.atom is not None)
    return Way(rule.head.signature, tuple(needs))


def _open(rule: Rule, readings: Mapping[str, Collection[str]]) -> bool:
    """Whether a rule can apply under the readings that may be taken."""
    for literal in rule.body:
        if literal.atom is not None and literal.atom.name == "reading" and not literal.negated:
            name, option = (term.text for term in literal.atom.arguments)
            taken = readings.get(name, (option,))
            if all(choice.partition("(")[0] != option.partition("(")[0] for choice in taken):
                return False
    return True


def _behind(ways: Mapping[Signature, Sequence[Way]], asked: Iterable[Signature]) -> list[Signature]:
    """Every predicate that some rest on, what is nearer first."""
    found = dict.fromkeys(asked)
    waiting = list(found)
    for signature in waiting:
        for way in ways.get(signature, ()):
            for under, _ in way.needs:
                if under not in found:
                    found[under] = None
                    waiting.append(under)
    return waiting


def _costs(
    ways: Mapping[Signature, Sequence[Way]],
    facts: Collection[Signature],
    order: Sequence[Signature],
) -> dict[_State, int]:
    """What it costs to make each predicate hold, and to make it fail."""
    costs: dict[_State, int] = {}
    for signature in order:
        given = 1 if signature in facts else 0
        costs[signature, True] = given if signature not in ways else _FAR
        costs[signature, False] = 0
    for _ in range(_PASSES):
        changed = False
        for signature in reversed(order):
            rules = ways.get(signature)
            if not rules:
                continue
            holds = min(sum(costs[state] for state in way.needs) for way in rules)
            fails = sum(min((_denied(costs, s) for s in way.needs), default=0) for way in rules)
            for state, cost in (((signature, True), holds), ((signature, False), fails)):
                cost = min(cost, _FAR)
                if costs[state] != cost:
                    costs[state] = cost
                    changed = True
        if not changed:
            break
    return costs


def _denied(costs: Mapping[_State, int], state: _State) -> int:
    return costs[state[0], not state[1]]


def _apart(
    ways: Mapping[Signature, Sequence[Way]],
    costs: Mapping[_State, int],
    asked: Iterable[Signature],
) -> dict[_State, int]:
    """What everything costs beside each state, in the cheapest story in which it plays a part."""
    apart: dict[_State, int] = dict.fromkeys(((goal, True) for goal in asked), 0)
    waiting = list(apart)
    while waiting:
        later: list[_State] = []
        for state in waiting:
            signature, holds = state
            for way in ways.get(signature, ()):
                for need in way.needs:
                    if holds:
                        part = need
                        beside = sum(costs[n] for n in way.needs) - costs[need]
                    else:
                        part = (need[0], not need[1])
                        cheapest = min(_denied(costs, n) for n in way.needs)
                        beside = max(0, costs[state] - cheapest)
                    cost = min(_FAR, apart[state] + beside)
                    if cost < apart.get(part, _FAR):
                        apart[part] = cost
                        later.append(part)
        waiting = later
    return apart

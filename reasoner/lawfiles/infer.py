"""The types of arguments and variables, carried from the vocabulary through the rules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from reasoner.lawfiles.rules import Law, Literal, Rule, Signature
from reasoner.lawfiles.vocabulary import Vocabulary


def all_literals(body: Iterable[Literal]) -> Iterable[Literal]:
    """Every condition of a body, those inside of counts included."""
    for literal in body:
        yield literal
        if literal.aggregate is not None:
            for element in literal.aggregate.elements:
                yield from element.condition


def rules_behind(law: Law, signatures: Iterable[Signature]) -> list[Rule]:
    """The rules that some predicates rest on, however deep, in the order of the law.

    What else a law says cannot change whether these predicates hold.
    Source: Lifschitz and Turner, Splitting a logic program (1994).
    """
    waiting = list(signatures)
    seen = set(waiting)
    numbers: list[int] = []
    while waiting:
        for number in law.heads.get(waiting.pop(), ()):
            numbers.append(number)
            for literal in all_literals(law.rules[number].body):
                atom = literal.atom
                if atom is not None and atom.signature not in seen:
                    seen.add(atom.signature)
                    waiting.append(atom.signature)
    return [law.rules[number] for number in sorted(numbers)]


def rules_in_play(rules: Sequence[Rule], given: Iterable[str]) -> list[Rule]:
    """Those of some rules that can apply where only some predicates are given as facts.

    A rule with a condition that nothing given can ever meet has no instance. Leaving it out makes
    no difference to what holds, and clingo spends time on each rule, instance or none.

    Args:
        rules: the rules, in any order.
        given: the names of the predicates that facts state; more than there are does no harm.
    """
    holding = set(given)
    waiting: dict[str, list[int]] = {}
    missing: list[int] = []
    ready: list[int] = []
    for number, rule in enumerate(rules):
        lacking = {
            literal.atom.name
            for literal in rule.body
            if literal.atom is not None and not literal.negated
        } - holding
        missing.append(len(lacking))
        for name in lacking:
            waiting.setdefault(name, []).append(number)
        if not lacking:
            ready.append(number)
    kept = []
    while ready:
        number = ready.pop()
        kept.append(number)
        name = rules[number].head.name
        if name not in holding:
            holding.add(name)
            for other in waiting.get(name, ()):
                missing[other] -= 1
                if not missing[other]:
                    ready.append(other)
    return [rules[number] for number in sorted(kept)]


def infer_types(
    rules: Sequence[Rule], vocabulary: Vocabulary
) -> dict[Signature, tuple[str | None, ...]]:
    """The type of each argument of each predicate, carried through the rules to a fixpoint."""
    types: dict[Signature, list[str | None]] = {}
    for fact in vocabulary.facts.values():
        types[fact.name, len(fact.arguments)] = [a.type for a in fact.arguments]
    for name in (*vocabulary.entities, *vocabulary.kinds):
        types[name, 1] = [name]
    constants: dict[str, set[str]] = {}
    for declared in vocabulary.kinds.values():
        for constant in declared.values:
            constants.setdefault(constant, set()).add(declared.name)
    fixed = {constant: min(names) for constant, names in constants.items() if len(names) == 1}
    changed = True
    while changed:
        changed = False
        for rule in rules:
            known = {**fixed, **variable_types(rule, types)}
            row = types.setdefault(rule.head.signature, [None] * len(rule.head.arguments))
            for place, term in enumerate(rule.head.arguments):
                if row[place] is None and (kind := known.get(term.text)):
                    row[place] = kind
                    changed = True
    return {signature: tuple(row) for signature, row in types.items()}


def variable_types(rule: Rule, types: Mapping[Signature, Sequence[str | None]]) -> dict[str, str]:
    """The type of each variable of a rule, as far as its body tells."""
    known: dict[str, Any] = {}
    for literal in all_literals(rule.body):
        if literal.atom is None:
            continue
        row = types.get(literal.atom.signature, ())
        for term, kind in zip(literal.atom.arguments, row, strict=False):
            if kind and term.is_variable:
                known.setdefault(term.text, kind)
    for _ in range(2):
        for literal in rule.body:
            comparison = literal.comparison
            if comparison and comparison.operators == ("=",):
                left, right = comparison.terms
                if left.is_variable and right.is_variable:
                    kind = known.get(left.text) or known.get(right.text)
                    if kind:
                        known.setdefault(left.text, kind)
                        known.setdefault(right.text, kind)
    return known

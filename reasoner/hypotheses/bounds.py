"""Write the counts of a law that are only compared as bounds, which need not be worked out.

The law gives a number a name, so that it can be reported, and compares it in a condition of its
own. Where facts are still open clingo would then name every number that can come of them, twice as
many for each further fact ::

    N = #sum { Area, Number : bed(L, Number, Area, beans) }, N >= 20
    #sum { Area, Number : bed(L, Number, Area, beans) } >= 20
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from reasoner.lawfiles.rules import Law, Literal, Rule


def bound_counts(law: Law) -> Law:
    """The same law for questions whose answers need no reasons."""
    return replace(law, rules=tuple(map(_bounded, law.rules)))


def _bounded(rule: Rule) -> Rule:
    uses: Counter[str] = Counter(rule.head.variables)
    for literal in rule.body:
        aggregate = literal.aggregate
        inner = [x for e in aggregate.elements for x in e.condition] if aggregate else []
        for condition in (literal, *inner):
            uses.update(condition.variables)
    bounds: dict[int, list[str]] = {}
    dropped: set[int] = set()
    for place, literal in enumerate(rule.body):
        if literal.aggregate is None or not literal.aggregate.guard.is_variable:
            continue
        name = literal.aggregate.guard.text
        alias = _alias(rule, name)
        if alias is None or uses[name] != 2:
            continue
        named, equal = alias
        places = [n for n, other in enumerate(rule.body) if n != equal and _compares(other, named)]
        if places and uses[named] == 1 + len(places):
            bounds[place] = [_bound(rule.body[n], named, literal.aggregate.body) for n in places]
            dropped |= {equal, *places}
    if not bounds:
        return rule
    conditions = [
        text
        for place, literal in enumerate(rule.body)
        if place not in dropped
        for text in bounds.get(place, [literal.text])
    ]
    return rule._replace(text=f"{rule.head.text} :- {', '.join(conditions)}.")


def _alias(rule: Rule, name: str) -> tuple[str, int] | None:
    """The name that a law gives a counted number, and the condition that does."""
    for place, literal in enumerate(rule.body):
        same = literal.comparison
        if same is not None and same.operators == ("=",) and same.terms[1].text == name:
            return (same.terms[0].text, place) if same.terms[0].is_variable else None
    return None


def _bound(literal: Literal, name: str, counted: str) -> str:
    """A comparison of a number as one of what is counted."""
    assert literal.comparison is not None
    left, right = (counted if t.text == name else t.text for t in literal.comparison.terms)
    return f"{left} {literal.comparison.operators[0]} {right}"


def _compares(literal: Literal, name: str) -> bool:
    """Whether a condition compares a number, by its name alone, with something else."""
    comparison = literal.comparison
    return (
        comparison is not None
        and not literal.negated
        and len(comparison.operators) == 1
        and [term.text for term in comparison.terms].count(name) == 1
        and sum(name in term.variables for term in comparison.terms) == 1
    )

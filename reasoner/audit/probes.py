"""Rules that make clingo report which worlds show that a condition decides.

A condition of a rule is *shown* by two worlds that differ in one thing: in one of them the rule
applies and gives a conclusion; in the other every other condition of the rule is met for that
conclusion, this one is not, and the conclusion does not hold, by no rule at all. That is masking
MC/DC, for a law. For ::

    bad(P, D) :- ground(P, G, D), not excused(P, G).

put to many worlds at once, clingo is told which worlds are near each other and reports ::

    _fires7(A, P, D) :- ground(A, P, G, D), not excused(A, P, G).
    _lost7(A, B, P, D) :- _near(A, B), _fires7(A, P, D), not bad(B, P, D).
    _shown(0, A, B)  :- _lost7(A, B, P, D),
                        ground(B, P, G, D), excused(B, P, G), not bad(B, P, D).

The values that the other conditions have need not be the same in both worlds, only those that the
conclusion names; what is named in it by this condition alone is left open, and conditions on such
values are not asked about. So are, in a second rule for a comparison, the values compared that the
conclusion names itself, unless these are entities: "the lease ended before {D}" is the same
question on either side of a limit.

A condition inside a count is shown where a thing that counts in one world lacks it alone in the
other, or nothing else keeps a thing from being counted.

Source: Chilenski and Miller, Applicability of modified condition/decision coverage to software
testing (1994).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from reasoner.audit.conditions import CALCULATION, COUNT, Condition, literal_at
from reasoner.lawfiles.rules import WORLD, Law, Literal, Rule
from reasoner.reasons.instrument import VARIABLE
from reasoner.reasons.worlds import Lifted
from reasoner.solving.question import Goal

SHOWN, FIRES, ALONE, NEAR, LOST = "_shown", "_fires", "_alone", "_near", "_lost"
ARITHMETIC = frozenset("+-*/\\&|^?~.")
_OTHER = "_Other"


class Case(NamedTuple):
    """One way in which a condition can alone be missing from a rule.

    ``conclusion`` are the arguments that the conclusion has there, ``_`` where it is left open;
    ``body`` holds in a world where all conditions but this one are met, this one is not, and there
    is no such conclusion. For a condition inside a count, ``between`` are further conditions on
    both worlds: what counts in one of them lacks this condition alone in the other.
    """

    conclusion: tuple[str, ...]
    body: tuple[str, ...]
    between: tuple[tuple[str, ...], ...] = ()


def can_decide(lifted: Lifted, condition: Condition) -> bool:
    """Whether a condition asks anything of a story: it is none of the equations and counts that
    only give a value its name, nor part of a table that is the same in every story.
    """
    rule = lifted.written.rules[condition.rule]
    if condition.kind == CALCULATION or rule.head.signature not in lifted.local:
        return False
    literal = literal_at(lifted.written, condition)
    if condition.kind == COUNT:
        others = [other for other in rule.body if other.number != condition.place[0]]
        return bound_by(others).issuperset(_variables(literal))
    return True


def report_pairs(lifted: Lifted, conditions: Sequence[Condition]) -> list[str]:
    """The rules that report which near worlds show some conditions, by their number among them.

    Worlds are near that ``_near`` says to be; what is reported is ``_shown(number, A, B)``: the
    rule applies in A, and in B the condition is alone missing.
    """
    law = lifted.law
    found = dict.fromkeys(_firing(law, conditions))
    for number in dict.fromkeys(condition.rule for condition in conditions):
        variables = [f"X{place}" for place in range(1, len(law.rules[number].head.arguments))]
        found[
            _rule(
                f"{LOST}{number}({','.join((_OTHER, WORLD, *variables))})",
                f"{NEAR}({_OTHER},{WORLD})",
                f"{FIRES}{number}({','.join((_OTHER, *variables))})",
                f"not {law.rules[number].head.name}({','.join((WORLD, *variables))})",
            )
        ] = None
    for number, condition in enumerate(conditions):
        rule = law.rules[condition.rule]
        for one in _cases(law, condition):
            lost = f"{LOST}{rule.number}({','.join((_OTHER, WORLD, *one.conclusion[1:]))})"
            shown = f"{SHOWN}({number},{_OTHER},{WORLD})"
            for body in (one.body, *one.between):
                found[_rule(shown, lost, *body)] = None
    return list(found)


def report_sides(lifted: Lifted, conditions: Sequence[Condition]) -> list[str]:
    """The rules that report in which worlds a rule applies and where a condition is alone missing.

    What is reported is ``_fires(rule, World)`` and ``_alone(number, World)``.
    """
    law = lifted.law
    found = dict.fromkeys(_firing(law, conditions))
    for number in dict.fromkeys(condition.rule for condition in conditions):
        head = law.rules[number].head
        rest = ",_" * (len(head.arguments) - 1)
        found[f"{FIRES}({number},{WORLD}) :- {FIRES}{number}({WORLD}{rest})."] = None
    for number, condition in enumerate(conditions):
        for one in _cases(law, condition):
            found[_rule(f"{ALONE}({number},{WORLD})", *one.body)] = None
    return list(found)


def goals_of(lifted: Lifted, conditions: Iterable[Condition]) -> list[Goal]:
    """What a law has to be asked so that the rules of some conditions are all there."""
    heads = {lifted.law.rules[c.rule].head.signature for c in conditions}
    return [Goal(name, (None,) * arity, "") for name, arity in sorted(heads)]


def _firing(law: Law, conditions: Iterable[Condition]) -> Iterator[str]:
    for number in dict.fromkeys(condition.rule for condition in conditions):
        rule = law.rules[number]
        arguments = ",".join(term.text for term in rule.head.arguments)
        yield _rule(f"{FIRES}{number}({arguments})", *(literal.text for literal in rule.body))


def _rule(head: str, *body: str) -> str:
    return f"{head} :- {', '.join(dict.fromkeys(body))}."


def _cases(law: Law, condition: Condition) -> Iterator[Case]:
    rule = law.rules[condition.rule]
    if len(condition.place) > 1:
        yield _case_inside(rule, condition)
        return
    literal = rule.body[condition.place[0]]
    others = [other for other in rule.body if other is not literal]
    bound = bound_by(others)
    body = _met(others, bound)
    missing = _missing(literal, bound)
    usual = _conclusion(rule, bound)
    yield Case(usual, (*body, missing, _none(rule, usual)))
    if literal.comparison is not None:
        opened = _opened(law, rule, usual, literal)
        if opened != usual:
            yield Case(opened, (*body, missing, _none(rule, opened)))


def _case_inside(rule: Rule, condition: Condition) -> Case:
    """How a condition inside a count can alone be missing: of something that would be counted."""
    count = rule.body[condition.place[0]]
    assert count.aggregate is not None
    inside = count.aggregate.elements[condition.place[1]].condition
    literal = inside[condition.place[2]]
    others = [other for other in rule.body if other is not count]
    around = _met(others, bound_by(others))
    fellows = [other for other in inside if other is not literal]
    bound = bound_by(others) | bound_by(fellows)

    def apart(text: str) -> str:
        """A condition with names of its own for what it says of each thing counted."""
        outer = (*count.aggregate.outer, WORLD) if count.aggregate else ()
        return VARIABLE.sub(lambda v: v[0] if v[0] in outer else f"Each{v[0]}", text)

    beside = [apart(other.text) for other in fellows if _variables(other) <= bound]
    missing = apart(_missing(literal, bound))
    conclusion = _conclusion(rule, bound_by(others))
    none = _none(rule, conclusion)
    counts = [*around, *(apart(other.text) for other in inside)]
    lacks = [*(apart(other.text) for other in fellows), apart(_opposite(literal))]
    between = (
        (*map(_in_other, counts), *around, *lacks, none),
        (*counts, *map(_in_other, lacks), none),
    )
    return Case(conclusion, (*around, *beside, missing, none), between)


def _in_other(text: str) -> str:
    """What is said of one world, said of the other."""
    return re.sub(rf"\b{WORLD}\b", _OTHER, text)


def _opposite(literal: Literal) -> str:
    return literal.text.removeprefix("not ") if literal.negated else f"not {literal.text}"


def met_without(rule: Rule, literal: Literal) -> list[Literal]:
    """The conditions of a rule that can be asked without one of them, as it names their values."""
    others = [other for other in rule.body if other is not literal]
    bound = bound_by(others)
    return [other for other in others if _variables(other) <= bound]


def _met(others: Sequence[Literal], bound: set[str]) -> list[str]:
    """The conditions that can be asked without the one left out, in some world."""
    body = [other.text for other in others if _variables(other) <= bound]
    world = f"world({WORLD})"
    return body if world in body else [*body, world]


def _missing(literal: Literal, bound: set[str]) -> str:
    """That a condition is not met, whatever the values that it alone names."""
    if literal.aggregate is not None:
        return f"not {literal.text}"
    return VARIABLE.sub(lambda found: found[0] if found[0] in bound else "_", _opposite(literal))


def _conclusion(rule: Rule, bound: set[str]) -> tuple[str, ...]:
    """The arguments of a conclusion, those open that not all is known of."""
    return tuple(
        term.text if bound.issuperset(term.variables) else "_" for term in rule.head.arguments
    )


def _opened(law: Law, rule: Rule, conclusion: Sequence[str], literal: Literal) -> tuple[str, ...]:
    """The arguments of a conclusion, those open as well that are compared and no entities."""
    kinds = law.types.get(rule.head.signature, (None,) * len(conclusion))
    return tuple(
        "_"
        if place and kind not in law.vocabulary.entities and set(VARIABLE.findall(text)) & compared
        else text
        for place, (text, kind) in enumerate(zip(conclusion, kinds, strict=True))
        for compared in [set(literal.variables)]
    )


def _none(rule: Rule, conclusion: Sequence[str]) -> str:
    return f"not {rule.head.name}({','.join(conclusion)})"


def bound_by(literals: Sequence[Literal]) -> set[str]:
    """The variables to which some conditions give a value; the world has one anyway."""
    bound = {WORLD}
    changed = True
    while changed:
        size = len(bound)
        for literal in literals:
            bound |= _given_by(literal, bound)
        changed = len(bound) > size
    return bound


def _given_by(literal: Literal, bound: set[str]) -> set[str]:
    """The variables to which a condition gives a value where some have one."""
    if literal.atom is not None:
        arguments = literal.atom.arguments
        reckoned = {v for t in arguments if ARITHMETIC.intersection(t.text) for v in t.variables}
        return set() if literal.negated or reckoned - bound else set(literal.variables)
    if literal.aggregate is not None:
        ready = bound.issuperset(literal.aggregate.outer)
        return set(literal.aggregate.guard.variables) if ready else set()
    comparison = literal.comparison
    if comparison is None or comparison.operators != ("=",):
        return set()
    left, right = comparison.terms
    return {
        one.text
        for one, other in ((left, right), (right, left))
        if one.is_variable and bound.issuperset(other.variables)
    }


def _variables(literal: Literal) -> set[str]:
    """The variables that a condition needs from elsewhere, or gives to it."""
    found = set(literal.variables)
    if literal.aggregate is not None:
        found |= set(literal.aggregate.outer)
    return found

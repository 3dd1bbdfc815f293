"""Conditions that never decide where they stand."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from reasoner.audit.certain import never_alone
from reasoner.audit.conditions import calculations, conditions, literal_at, section_of
from reasoner.audit.dead import Rules, only_given
from reasoner.audit.findings import CONDITION, REPEATED, Finding
from reasoner.audit.plan import Asked, Plan
from reasoner.audit.traits import decides
from reasoner.lawfiles.rules import Law, Literal

VALUES, CLOSED = "values", "conditions"
"""Why a condition is not asked: it only gives others their values; only under other readings can it
fail."""


def ask_conditions(plan: Plan, rules: Rules) -> Iterator[Asked | str]:
    """Whether each condition of some rules ever decides; why not where that is not asked."""
    law = plan.law
    numbers = {rule.number for rule, _ in rules.named}
    for condition in conditions(law, plan.pinpoints):
        if condition.rule not in numbers or condition.kind in ("reading", "calculation"):
            continue
        rule = law.rules[condition.rule]
        sought = decides(law, condition)
        if sought is None or condition.place[0] in calculations(rule):
            yield VALUES
            continue
        literal = literal_at(law, condition)
        if _cannot_fail(law, literal, rules.live):
            yield CLOSED
            continue
        kind = REPEATED if never_alone(law, condition) else CONDITION
        never = Finding(
            kind, (condition.heading,), rule=condition.rule, condition=condition, name=condition.id
        )
        yield Asked(only_given(plan, sought, rule), section_of(condition.heading), never)


def _cannot_fail(law: Law, literal: Literal, live: Collection[int]) -> bool:
    """Whether what must not hold is concluded only by rules that cannot apply."""
    atom = literal.atom
    if atom is None or not literal.negated or law.is_fact(atom.signature):
        return False
    rules = law.rules_for(atom.signature)
    return bool(rules) and not any(rule.number in live for rule in rules)

"""Conditions that never decide where they stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reasoner.audit.conditions import Condition, calculations, conditions, literal_at
from reasoner.audit.dead import Named, only_given
from reasoner.audit.findings import CONDITION, REPEATED, Finding
from reasoner.audit.implied import implied
from reasoner.audit.plan import Asked, Plan, section_of
from reasoner.audit.traits import decides


def ask_conditions(plan: Plan, rules: Sequence[Named]) -> Iterator[Asked | Condition]:
    """Whether each condition of some rules ever decides; the condition where that is not asked."""
    law = plan.law
    numbers = {rule.number for rule, _ in rules}
    for condition in conditions(law, plan.pinpoints):
        if condition.rule not in numbers or condition.kind in ("reading", "calculation"):
            continue
        rule = law.rules[condition.rule]
        sought = decides(law, condition)
        if sought is None or condition.place[0] in calculations(rule):
            yield condition
            continue
        kind = CONDITION
        if len(condition.place) == 1:
            literal = literal_at(law, condition)
            others = [other for other in rule.body if other is not literal]
            kind = REPEATED if implied(law, literal, others) else CONDITION
        never = Finding(
            kind, (condition.heading,), rule=condition.rule, condition=condition, name=condition.id
        )
        yield Asked(only_given(plan, sought, rule), section_of(condition.heading), never)

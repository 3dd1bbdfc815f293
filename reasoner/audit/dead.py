"""Provisions that nobody meets or that everybody does, and rules that never apply."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from reasoner.audit.conditions import is_among, rests_on_law_date, rule_names, section_of
from reasoner.audit.findings import ALWAYS, CLAUSE, DEAD, Finding
from reasoner.audit.plan import Asked, Plan
from reasoner.audit.sought import Sought
from reasoner.audit.traits import applies, given_to, is_met, is_not_met, subject
from reasoner.lawfiles.infer import rules_in_play
from reasoner.lawfiles.rules import Atom, Rule
from reasoner.reasons.worlds import lift
from reasoner.solving.ground import YES, Ground
from reasoner.solving.question import Goal, predicate_of
from reasoner.solving.solve import World, facts_of_world

Named = tuple[Rule, str]
"""A rule with the provision under which it stands."""


class Rules(NamedTuple):
    """The rules of the provisions looked at that can apply, and how many cannot, being ``closed``:
    these apply only under other readings or at another date of the law.

    Tables, which are the same in every story, are neither. ``live`` are the numbers of all rules of
    the law that can apply.
    """

    named: Sequence[Named]
    closed: int
    live: frozenset[int]


def rules_audited(plan: Plan) -> Rules:
    """The rules of the provisions looked at, under the readings and the date of the law taken."""
    law = plan.law
    found: list[Named] = []
    closed = 0
    given = [*law.vocabulary.facts, *law.vocabulary.entities, "as_of", "world"]
    given += ["chosen_reading", "chosen_law_date"]
    dates = _dates_in_force(plan)
    taken = [
        rule
        for rule in law.rules
        if plan.is_open(rule)
        and all(
            (dates.answer(Goal(x.atom.name, _arguments(x.atom), "")) == YES) is not x.negated
            for x in rule.body
            if x.atom is not None and rests_on_law_date(law, x.atom.signature) and not x.variables
        )
    ]
    live = frozenset(rule.number for rule in rules_in_play(taken, given))
    local = lift(law, []).local
    for rule, heading, _ in rule_names(law):
        if not (rule.provision and rule.body and is_among(heading, plan.pinpoints)):
            continue
        if rule.head.signature not in local:
            continue
        if rule.number in live:
            found.append((rule, heading))
        else:
            closed += 1
    return Rules(found, closed, live)


def _dates_in_force(plan: Plan) -> Ground:
    """What of the law is in force, which every story shares."""
    law = plan.law
    heads = [s for s in law.heads if rests_on_law_date(law, s)]
    goals = [Goal(name, (None,) * arity, "") for name, arity in heads]
    return Ground(law, facts_of_world(World(0, plan.inquiry.law_date, ()))[1:], goals=goals)


def _arguments(atom: Atom) -> tuple[str, ...]:
    return tuple(term.text for term in atom.arguments)


def ask_provisions(plan: Plan, rules: Sequence[Named]) -> Iterator[Asked]:
    """Whether somebody meets each provision, and whether somebody does not."""
    law = plan.law
    alive = {rule.head.signature for rule, _ in rules}
    for pinpoint in law.provisions:
        signature = predicate_of(law, pinpoint)
        if signature is None or signature not in alive:
            continue
        if not is_among(pinpoint, plan.pinpoints) or signature in law.tables:
            continue
        for kind, sought in (
            (DEAD, is_met(law, signature, given=bool(plan.given))),
            (ALWAYS, is_not_met(law, signature)),
        ):
            if sought is None:
                continue
            if plan.given and subject(law, signature):
                sought = given_to(sought, "X", "D", plan.given)
            yield Asked(sought, section_of(pinpoint), Finding(kind, (pinpoint,), signature))


def ask_rules(plan: Plan, rules: Sequence[Named]) -> Iterator[Asked]:
    """Whether each rule ever applies."""
    for rule, heading in rules:
        sought = only_given(plan, applies(rule), rule)
        yield Asked(sought, section_of(heading), Finding(CLAUSE, (heading,), rule=rule.number))


def only_given(plan: Plan, sought: Sought, rule: Rule) -> Sought:
    """Something sought of a rule among the stories that are looked at."""
    if not plan.given:
        return sought
    kinds = plan.law.types.get(rule.head.signature, ())
    pairs = list(zip(rule.head.arguments, kinds, strict=True))
    first = next(iter(plan.law.vocabulary.entities), None)
    whom = next((t.text for t, kind in pairs if kind == first), None)
    day = next((t.text for t, kind in reversed(pairs) if kind == "date"), None)
    if whom is None or day is None:
        return sought
    return given_to(sought, whom, day, plan.given)

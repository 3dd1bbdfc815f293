"""Conditions that decide only because of the moment at which something is looked at.

A law may look at a thing in two ways: as it was done on an earlier day, and as it is due on the day
in question. Where all is looked at on the day in question, a condition can be met whenever the
others are; once the thing has been done, the same condition decides. Then the answer to the same
facts turns on when each of the two was looked at.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from reasoner.audit.conditions import Condition, conditions, section_of
from reasoner.audit.dead import Named
from reasoner.audit.findings import MOMENT, Finding
from reasoner.audit.plan import Asked, Plan
from reasoner.audit.sought import Sought
from reasoner.audit.traits import decides
from reasoner.lawfiles.infer import all_literals
from reasoner.lawfiles.rules import Law, Literal, Rule, Signature
from reasoner.solving.question import predicate_of

State = tuple[Signature, bool]
"""That a predicate holds of something, or that it does not."""


class Done(NamedTuple):
    """A fact that something was done on a day, by which a conclusion can hold that can also hold
    on the day in question itself."""

    fact: Signature
    conclusion: Signature


def ask_moments(plan: Plan, rules: Sequence[Named]) -> Iterator[Asked]:
    """Whether a condition decides without what was done before, where the rule can do without.

    That is asked of conditions that decide in some case, of rules that apply in some case without
    it; nothing is said of those that it bears on itself.
    """
    law = plan.law
    done = list(_done_before(plan))
    if not done:
        return
    helping = _helping(plan)
    numbers = {rule.number for rule, _ in rules}
    for condition in conditions(law, plan.pinpoints):
        if condition.rule not in numbers or condition.kind in ("reading", "calculation"):
            continue
        rule = law.rules[condition.rule]
        literal = rule.body[condition.place[0]]
        if len(condition.place) > 1 or literal.atom is None:
            continue
        failing = (literal.atom.signature, literal.negated)
        others = [x for x in rule.body if x is not literal and x.atom is not None]
        below = _below(law, others)
        alone = decides(law, condition)
        for fact in dict.fromkeys(fact for fact, conclusion in done if conclusion in below):
            if alone is not None and fact not in helping.get(failing, ()):
                yield _asked(law, condition, rule, alone, fact)


def _asked(law: Law, condition: Condition, rule: Rule, alone: Sought, fact: Signature) -> Asked:
    name, arity = fact
    places = [n for n, kind in enumerate(law.types[fact]) if kind == "date"]
    arguments = ",".join("Earlier_" if n == places[0] else "_" for n in range(arity))
    said, before = f"said_{name}", f"said_before_{name}"
    helping = (
        f"{said} :- {name}({','.join('_' * arity)}).",
        f"{before} :- as_of(Today_), {name}({arguments}), Earlier_ < Today_.",
    )
    label = f"{alone.name}_{name}"
    (body,) = alone.bodies
    applied = ", ".join(literal.text for literal in rule.body)
    without = Sought(f"without_{label}", (f"{body}, not {said}",), helping)
    applying = Sought(f"applying_{label}", (f"{applied}, not {said}",), helping)
    once_done = Sought(f"done_{label}", (f"{body}, {before}",), helping)
    heading = condition.heading
    never = Finding(
        MOMENT, (heading,), fact, rule=condition.rule, condition=condition, name=condition.id
    )
    asked = (rule.head.signature,)
    return Asked(without, section_of(heading), never, None, asked, (once_done, applying))


def _done_before(plan: Plan) -> Iterator[Done]:
    """The facts of an earlier day by which a conclusion holds that another rule concludes as well
    from what a provision concludes of the day itself, and from nothing else."""
    law = plan.law
    own = {s for pinpoint in law.provisions if (s := predicate_of(law, pinpoint)) is not None}
    for signature, numbers in law.heads.items():
        rules = [law.rules[number] for number in numbers if plan.is_open(law.rules[number])]
        for rule in rules:
            for fact in _dated_before(law, rule):
                if any(len(other.body) == 1 and _needed(other) <= own for other in rules):
                    yield Done(fact, signature)


def _dated_before(law: Law, rule: Rule) -> Iterator[Signature]:
    """The facts of a rule whose day it compares with a day that it concludes something of."""
    days = set(rule.head.variables)
    for literal in rule.body:
        atom = literal.atom
        if atom is None or literal.negated or not law.is_fact(atom.signature):
            continue
        kinds = law.types.get(atom.signature, ())
        own = {t.text for t, k in zip(atom.arguments, kinds, strict=False) if k == "date"} - days
        if any(_compares(other, own, days) for other in rule.body):
            yield atom.signature


def _compares(literal: Literal, own: set[str], days: set[str]) -> bool:
    if literal.comparison is None or literal.comparison.operators not in (("<",), ("<=",)):
        return False
    left, right = literal.comparison.terms
    return left.text in own and right.text in days


def _needed(rule: Rule) -> set[Signature]:
    return {x.atom.signature for x in rule.body if x.atom is not None and not x.negated}


def _below(law: Law, literals: Sequence[Literal]) -> set[Signature]:
    """What some conditions rest on, all that holds on the way."""
    waiting = [x.atom.signature for x in literals if x.atom is not None and not x.negated]
    found = set(waiting)
    while waiting:
        for rule in law.rules_for(waiting.pop()):
            new = _needed(rule) - found
            found |= new
            waiting += new
    return found


def _helping(plan: Plan) -> Mapping[State, frozenset[Signature]]:
    """The facts that can help a predicate to hold, or to fail, by the rules that can apply."""
    import networkx as nx

    law = plan.law
    graph: nx.DiGraph[State] = nx.DiGraph()
    for rule in law.rules:
        if not plan.is_open(rule):
            continue
        for literal in all_literals(rule.body):
            if literal.atom is not None:
                for holds in (True, False):
                    below = (literal.atom.signature, literal.negated is not holds)
                    graph.add_edge((rule.head.signature, holds), below)
    facts = {(fact.name, fact.arity) for fact in law.vocabulary.facts.values()}
    whole = nx.condensation(graph)
    found: dict[int, frozenset[Signature]] = {}
    for node in reversed(list(nx.topological_sort(whole))):
        own = {s for s, holds in whole.nodes[node]["members"] if holds and s in facts}
        found[node] = frozenset(own).union(*(found[below] for below in whole.successors(node)))
    return {state: found[node] for state, node in whole.graph["mapping"].items()}

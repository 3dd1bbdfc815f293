"""Ask a law for two things at once: that an answer is another one, and a condition with it.

What is aimed at is put as a rule on top of the law, so that every search that can ask for an
answer can ask for it too ::

    _aim0(G, D) :- gardener(G), as_of(D), not keeps_plot(G, D), _rule0(G, D).

    _rule0(G, D) :- due_day(D, Due), rent_paid(G, Day), Day > Due.

``_rule`` is the rule that asks for a condition that has no name of its own, or speaks of days that
the law works out from the story. Where the condition is to fail, it stands there
turned round, so that all else fits and the conclusion fails for want of this one condition; what
hangs on something that only this condition names is not asked for, as there is nothing to ask.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from reasoner.casefiles.edits import ASSUMED
from reasoner.hypotheses.needs import Scenario
from reasoner.hypotheses.pivots import Pivot
from reasoner.lawfiles.infer import variable_types
from reasoner.lawfiles.rules import Atom, Comparison, Law, Literal, Rule, Sentences, Term
from reasoner.solving.question import Goal

_AIM, _RULE = "_aim", "_rule"
_ANY = Term("_", (), True)
_OTHERWISE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "=": "!=", "!=": "="}


def aim_at(
    scenario: Scenario, wanted: Sequence[tuple[Pivot, bool]]
) -> tuple[Law, tuple[Goal, ...]]:
    """A law that can be asked whether conditions are as they are wanted, and a goal for each.

    Args:
        scenario: what is asked, of which case.
        wanted: the conditions, each with whether the answer is to be the other one too.
    """
    law, case, world, goal = scenario
    dated = _dated(law, goal)
    goals = []
    for number, (pivot, answer) in enumerate(wanted):
        body: list[tuple[Goal, bool]] = []
        if answer:
            body.append((goal, not pivot.wanted))
        if pivot.same is not None:
            if pivot.same.text != goal.text or not answer:
                body.append((pivot.same, pivot.wanted is pivot.negated))
        else:
            if not pivot.wanted:
                body.append((pivot.head, True))
            rule = _rule(law, pivot)
            if rule is not None:
                name = f"{_RULE}{number}"
                law = _with(law, rule.head._replace(name=name), rule.body, -1)
                body.append((replace(pivot.head, name=name), False))
        found = {term for one, _ in body for term in one.arguments if term in case.entities}
        about = {name: f"X{place}" for place, name in enumerate(sorted(filter(None, found)))}
        binders = [(Goal(case.entities[name], (name,), ""), False) for name in about]
        if dated:
            about[str(world.day)] = "D"
            binders.append((Goal("as_of", (str(world.day),), ""), False))
        conditions = [_condition(one, about, negated) for one, negated in (*binders, *body)]
        head = Atom(f"{_AIM}{number}", tuple(Term(v, (v,)) for v in about.values()))
        law = _with(law, head, conditions, -2)
        goals.append(Goal(head.name, tuple(about), ""))
    return law, tuple(goals)


def _dated(law: Law, goal: Goal) -> bool:
    """Whether a goal is asked about a day."""
    kinds = law.types.get((goal.name, len(goal.arguments)), ())
    return any(k == "date" and a for k, a in zip(kinds, goal.arguments, strict=False))


def _condition(goal: Goal, about: Mapping[str, str], negated: bool) -> Literal:
    """A goal as a condition, in which variables stand for what the aim is about."""

    def term(text: str | None) -> Term:
        if text is None:
            return _ANY
        return Term(about[text], (about[text],)) if text in about else Term(text)

    atom = Atom(goal.name, tuple(map(term, goal.arguments)))
    text = f"not {atom.text}" if negated else atom.text
    return Literal(0, text, ASSUMED, negated, atom=atom)


def _rule(law: Law, pivot: Pivot) -> Rule | None:
    """The rule that asks for a condition: as it is, or with the condition turned round.

    None where a condition cannot be turned round.
    """
    assert pivot.rule is not None
    assert pivot.literal is not None
    rule, place = law.rules[pivot.rule], pivot.literal
    if pivot.wanted:
        return rule
    turned = rule.body[place]
    body, bound = _bound_without(rule, place)
    for term, value in zip(rule.head.arguments, pivot.head.arguments, strict=True):
        if term.is_variable and term.text not in bound and value is not None:
            same = Comparison((term, Term(value)), ("=",), "")
            text = f"{term.text} = {value}"
            body.append(Literal(0, text, ASSUMED, comparison=same))
            bound.add(term.text)
    if turned.atom is not None and turned.negated:
        opposite = turned._replace(negated=False, text=turned.atom.text)
        bound |= set(turned.atom.variables)
    elif turned.atom is not None:
        terms = tuple(
            term if bound.issuperset(term.variables) else _ANY for term in turned.atom.arguments
        )
        atom = Atom(turned.atom.name, terms)
        opposite = turned._replace(negated=True, text=f"not {atom.text}", atom=atom)
    else:
        compared = turned.comparison
        if compared is None or turned.negated or len(compared.operators) > 1:
            return None
        operator = _OTHERWISE[compared.operators[0]]
        left, right = (term.text for term in compared.terms)
        comparison = Comparison(compared.terms, (operator,), compared.key)
        opposite = turned._replace(text=f"{left} {operator} {right}", comparison=comparison)
        if not bound.issuperset(turned.variables):
            return None
    if not bound.issuperset(rule.head.variables):
        return None
    return rule._replace(body=(*body, opposite))


def _bound_without(rule: Rule, place: int) -> tuple[list[Literal], set[str]]:
    """The conditions that can be asked without the one at a place, and the variables they bind.

    Those are left out that come after it and speak of what it was the first to name.
    """
    named: set[str] = set()
    lost: set[str] = set()
    bound: set[str] = set()
    rest: list[Literal] = []
    for literal in rule.body:
        new = set(literal.variables) - named
        if literal.number == place or (_binds(literal) and not lost.isdisjoint(literal.variables)):
            lost |= new
        elif not _binds(literal) or lost.isdisjoint(literal.variables):
            rest.append(literal)
            bound |= set(literal.variables) if _binds(literal) else set()
        named |= new
    kept: list[Literal] = []
    before = -1
    while len(kept) != before:
        before = len(kept)
        for literal in rest:
            if literal not in kept and bound.issuperset(_needed(literal, bound)):
                kept.append(literal)
                bound |= set(literal.variables)
    return sorted(kept, key=lambda literal: literal.number), bound


def _binds(literal: Literal) -> bool:
    """Whether a condition binds all the variables in it."""
    return literal.atom is not None and not literal.negated


def _needed(literal: Literal, bound: set[str]) -> Iterable[str]:
    """The variables that something else must bind before a condition can be asked."""
    if literal.aggregate is not None:
        return literal.aggregate.outer
    comparison = literal.comparison
    if comparison is not None and comparison.operators == ("=",) and not literal.negated:
        for one, other in (comparison.terms, comparison.terms[::-1]):
            if one.is_variable and bound.issuperset(other.variables):
                return ()
    return literal.variables


def _with(law: Law, head: Atom, body: Sequence[Literal], depth: int) -> Law:
    """A law with a rule more, above all others."""
    body = tuple(literal._replace(number=n) for n, literal in enumerate(body))
    text = f"{head.text} :- {', '.join(literal.text for literal in body)}."
    rule = Rule(len(law.rules), head, body, ASSUMED, text, 0)
    kinds = variable_types(rule, law.types)
    signature = head.signature
    return replace(
        law,
        rules=(*law.rules, rule),
        heads={**law.heads, signature: (rule.number,)},
        types={**law.types, signature: tuple(kinds.get(term.text) for term in head.arguments)},
        sentences={**law.sentences, signature: Sentences()},
        depths={**law.depths, signature: depth},
    )

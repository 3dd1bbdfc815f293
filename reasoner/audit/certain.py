"""Conditions that no story can miss alone, as far as that is seen in the rules.

A condition can only decide where the others can be met without it. Where they bring it with them
(:mod:`reasoner.audit.implied`), or where it is met in every story, no two stories can show that it
decides. Whatever is found here is proved; what is not found may be impossible all the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reasoner.audit.conditions import Condition, literal_at
from reasoner.audit.implied import implied, is_closed
from reasoner.audit.probes import bound_by, met_without
from reasoner.lawfiles.rules import Atom, Law, Literal, Term

DEEPEST = 4


def never_alone(law: Law, condition: Condition) -> bool:
    """Whether a condition is met wherever the others of its rule are that can do without it.

    Args:
        law: the law as written.
        condition: one of its conditions; of those inside counts nothing is proved.
    """
    if len(condition.place) > 1:
        return False
    literal = literal_at(law, condition)
    others = met_without(law.rules[condition.rule], literal)
    bound = {variable for other in others for variable in other.variables}
    if implied(law, literal, others) or _concluded_anyway(law, condition, others):
        return True
    if literal.atom is None or literal.negated:
        return False
    return _certain(law, literal.atom, others, bound, DEEPEST)


def _is_of_some_form(term: Term, bound: set[str]) -> bool:
    """Whether a term is partly open: ``tolerant(N)`` is not whatever there is."""
    if term.anonymous or term.is_variable or is_closed(term):
        return False
    return not term.variables or not bound.issuperset(term.variables)


def _concluded_anyway(law: Law, condition: Condition, others: Sequence[Literal]) -> bool:
    """Whether the conclusion, open as it is without a condition, is itself among the others."""
    rule = law.rules[condition.rule]
    bound = bound_by([other for other in rule.body if other.number != condition.place[0]])
    return any(
        other.atom is not None
        and not other.negated
        and other.atom.signature == rule.head.signature
        and all(
            not bound.issuperset(mine.variables) or mine.text == theirs.text
            for mine, theirs in zip(rule.head.arguments, other.atom.arguments, strict=True)
        )
        for other in others
    )


def _certain(law: Law, atom: Atom, given: Sequence[Literal], bound: set[str], depth: int) -> bool:
    """Whether something of a sort holds in every story in which some conditions are met."""
    if all(not bound.intersection(term.variables) for term in atom.arguments):
        if atom.signature == law.reading and not atom.arguments[0].variables:
            return atom.arguments[1].is_variable or atom.arguments[1].anonymous
        fact = law.vocabulary.facts.get(atom.name)
        if fact is not None and fact.settled_by == "question" and atom.name == "as_of":
            return True  # every question is about a day
    if not depth or law.is_fact(atom.signature):
        return False
    return any(
        _gives(law, rule.head, rule.body, atom, given, bound, depth)
        for rule in law.rules_for(atom.signature)
    )


def _gives(
    law: Law,
    head: Atom,
    body: Sequence[Literal],
    atom: Atom,
    given: Sequence[Literal],
    bound: set[str],
    depth: int,
) -> bool:
    """Whether a rule gives something of a sort wherever some conditions are met.

    Of a variable that only the rule knows one condition may speak, so that nothing has to be the
    same in two of them.
    """
    known: dict[str, Term] = {}
    for mine, wanted in zip(head.arguments, atom.arguments, strict=True):
        if _is_of_some_form(wanted, bound):
            return False
        is_open = wanted.anonymous or not bound.issuperset(wanted.variables)
        if is_open:
            if not mine.is_variable and mine.variables:
                return False
            continue
        if mine.is_variable:
            if known.setdefault(mine.text, wanted).text != wanted.text:
                return False
        elif mine.text != wanted.text:
            return False
    spoken: set[str] = set()
    for literal in body:
        if literal.atom is None or literal.negated:
            return False
        private = set(literal.variables) - known.keys()
        if private & spoken or any(
            term.variables and not term.is_variable for term in literal.atom.arguments
        ):
            return False
        spoken |= private
        renamed = _renamed(literal, known)
        assert renamed.atom is not None
        if not implied(law, renamed, given) and not _certain(
            law, renamed.atom, given, bound, depth - 1
        ):
            return False
    return True


def _renamed(literal: Literal, known: Mapping[str, Term]) -> Literal:
    """A condition of another rule, in which what is not known may be anything."""
    assert literal.atom is not None
    anything = Term("_", (), True)
    arguments = tuple(
        known.get(term.text, anything) if term.is_variable else term
        for term in literal.atom.arguments
    )
    atom = Atom(literal.atom.name, arguments)
    return literal._replace(atom=atom, text=atom.text)

"""Mutants that no story can tell from the law, as far as that is seen in the rules alone.

A condition that the other conditions of its rule bring with them can be dropped: whoever "was the
tenant on that day" was asked about on that day, since every rule that concludes the one asks for
the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from reasoner.audit.mutants import DROPPED, Mutant
from reasoner.lawfiles.rules import Atom, Law, Literal, Rule, Term
from reasoner.solving.ground import OPEN_PLACE, matches_text
from reasoner.values import split_arguments

DEEPEST = 4
_VARIABLE = re.compile(r"[A-Z]\w*")
_FORMED = re.compile(r"-?\d+|[a-z]\w*(\(.*\))?")


def is_equivalent(law: Law, mutant: Mutant) -> bool:
    """Whether a mutant concludes what the law does whatever the facts are; False if unsure."""
    rule = law.rules[mutant.rule]
    if mutant.change != DROPPED:
        return False
    if mutant.whole:
        others = [r for r in law.rules_for(rule.head.signature) if r.number != rule.number]
        return any(_covers(other, rule) for other in others)
    if len(mutant.place) != 1 or mutant.changed is None:
        return False
    dropped = rule.body[mutant.place[0]]
    left = [literal for literal in rule.body if literal is not dropped]
    if len(mutant.changed.body) != len(left):
        return False  # what it bound is bound by something else now
    return implied(law, dropped, left)


def implied(law: Law, wanted: Literal, given: Iterable[Literal], depth: int = DEEPEST) -> bool:
    """Whether a condition is met wherever some others are.

    Args:
        law: the law.
        wanted: the condition; variables that stand in no other may be anything.
        given: the others, of the same rule.
        depth: how many steps down the rules that conclude the others are followed.
    """
    literals = list(given)
    shared = {v for literal in literals for v in literal.variables}
    return _implied(law, _pattern(wanted, shared), literals, depth)


def _pattern(literal: Literal, shared: Iterable[str]) -> tuple[str, ...]:
    """A condition as texts to be compared: ``_`` for what may be anything."""
    known = set(shared)
    if literal.comparison is not None:
        terms = literal.comparison.terms
        return ("", *literal.comparison.operators, *(term.text for term in terms))
    if literal.atom is None:
        return ()
    sign = "not" if literal.negated else "is"
    return (sign, literal.atom.name, *(_text(term, known) for term in literal.atom.arguments))


def _text(term: Term, known: set[str]) -> str:
    """A term with ``_`` for what may be anything in it: ``tolerant(_)`` is of some form."""
    if term.anonymous or (term.is_variable and term.text not in known):
        return "_"
    return _VARIABLE.sub(lambda v: v[0] if v[0] in known else "_", term.text)


def is_closed(term: Term) -> bool:
    """Whether a term is one value and no other: neither ``D`` nor ``_`` nor ``tolerant(_)``."""
    return not term.variables and not OPEN_PLACE.search(term.text)


def _implied(law: Law, wanted: tuple[str, ...], given: Sequence[Literal], depth: int) -> bool:
    if not wanted:
        return False
    names = {v for literal in given for v in literal.variables}
    for literal in given:
        if _fits(wanted, _pattern(literal, names)):
            return True
        atom = literal.atom
        if atom is None or literal.negated:
            continue
        if _declared(law, wanted, atom):
            return True
        rules = law.rules_for(atom.signature)
        if not depth or not rules or law.is_fact(atom.signature):
            continue
        if all(_implied_by_rule(law, wanted, atom, rule, depth - 1) for rule in rules):
            return True
    return False


def _fits(wanted: tuple[str, ...], there: tuple[str, ...]) -> bool:
    return len(wanted) == len(there) and all(
        matches_text(w, t) if place > 1 or wanted[0] == "" else w == t
        for place, (w, t) in enumerate(zip(wanted, there, strict=True))
    )


def _declared(law: Law, wanted: tuple[str, ...], atom: Atom) -> bool:
    """Whether a case declares what a fact is about: nobody is stated to lease a plot unnamed."""
    if len(wanted) != 3 or wanted[0] != "is" or wanted[1] not in law.vocabulary.entities:
        return False
    if not law.is_fact(atom.signature):
        return False
    kinds = law.types.get(atom.signature, ())
    pairs = zip(atom.arguments, kinds, strict=False)
    return any(kind == wanted[1] and wanted[2] in ("_", term.text) for term, kind in pairs)


def _implied_by_rule(law: Law, wanted: tuple[str, ...], atom: Atom, rule: Rule, depth: int) -> bool:
    """Whether a condition is met wherever a rule concludes what another condition asks for."""
    inside: dict[str, str] = {}
    for outer, inner in zip(atom.arguments, rule.head.arguments, strict=True):
        if inner.is_variable:
            if not outer.anonymous and inside.setdefault(outer.text, inner.text) != inner.text:
                return False
        elif not _may_be_same(outer.text, inner.text):
            return True  # the rule concludes something else
        elif is_closed(inner) and outer.is_variable:
            inside.setdefault(outer.text, inner.text)
    start = 2 if wanted[0] else len(wanted) - (len(wanted) - 1) // 2 - 1
    renamed = list(wanted)
    for place in range(start, len(wanted)):
        word = wanted[place]
        if word == "_":
            continue
        if word in inside:
            renamed[place] = inside[word]
        elif set(_VARIABLE.findall(word)) <= inside.keys():
            renamed[place] = _VARIABLE.sub(lambda v: inside[v[0]], word)
        else:
            return False
    return _implied(law, tuple(renamed), rule.body, depth)


def _may_be_same(one: str, other: str) -> bool:
    """Whether two terms, as far as they are open, may stand for the same value."""
    if one == other or not _is_formed(one) or not _is_formed(other):
        return True
    name, _, rest = one.partition("(")
    other_name, _, other_rest = other.partition("(")
    if name != other_name or not rest or not other_rest:
        return False
    first, second = split_arguments(rest[:-1]), split_arguments(other_rest[:-1])
    return len(first) == len(second) and all(map(_may_be_same, first, second))


def _is_formed(text: str) -> bool:
    """Whether a term is a constant, a number or of some form: neither open nor reckoned."""
    return _FORMED.fullmatch(text) is not None


def _covers(other: Rule, rule: Rule) -> bool:
    """Whether a rule concludes what another one does, with some of its conditions only."""
    renamed = _unify(other.head, rule.head)
    if renamed is None or any(literal.aggregate for literal in (*other.body, *rule.body)):
        return False
    there = {literal.text for literal in rule.body}
    return all(_rename(literal.text, renamed) in there for literal in other.body)


def _unify(head: Atom, like: Atom) -> Mapping[str, str] | None:
    renamed: dict[str, str] = {}
    for term, other in zip(head.arguments, like.arguments, strict=True):
        if term.is_variable:
            if renamed.setdefault(term.text, other.text) != other.text:
                return None
        elif term.text != other.text:
            return None
    return renamed


def _rename(text: str, renamed: Mapping[str, str]) -> str:
    return _VARIABLE.sub(lambda m: renamed.get(m[0], m[0]), text)

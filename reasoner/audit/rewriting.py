"""Rules with a condition replaced: written anew, with every variable bound.

A variable that nothing binds any more is bound by its type: anybody, anything of the kind, any day
that the case speaks of.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from reasoner.audit.conditions import calculations
from reasoner.lawfiles.infer import variable_types
from reasoner.lawfiles.rules import Aggregate, Atom, Element, Law, Literal, Rule, Term

# What a world states of the days that its case speaks of.
DAY_OF_CASE = "day_of_case"

_WORD = re.compile(r"[A-Za-z0-9_]+")
_COMPUTED = re.compile(r"[-+*/\\]|\.\.")


def with_literal(rule: Rule, place: tuple[int, ...], new: Literal | None) -> Rule:
    """A rule with one of its conditions replaced, or dropped where there is no new one."""
    outer = place[0]
    if len(place) == 1:
        body = (*rule.body[:outer], *([new] if new else []), *rule.body[outer + 1 :])
        return rule._replace(body=body)
    literal = rule.body[outer]
    assert literal.aggregate is not None
    elements = list(literal.aggregate.elements)
    inner = elements[place[1]].condition
    condition = (*inner[: place[2]], *([new] if new else []), *inner[place[2] + 1 :])
    elements[place[1]] = elements[place[1]]._replace(condition=condition)
    changed = with_elements(literal, tuple(elements))
    return rule._replace(body=(*rule.body[:outer], changed, *rule.body[outer + 1 :]))


def with_elements(literal: Literal, elements: tuple[Element, ...]) -> Literal:
    """A count with other elements; :func:`bind` writes it."""
    assert literal.aggregate is not None
    return literal._replace(aggregate=literal.aggregate._replace(elements=elements))


def bind(law: Law, rule: Rule, changed: Rule) -> Rule | None:
    """A changed rule with all its variables bound, or None where no list of values binds one."""
    uses: dict[str, int] = {}
    for names in (changed.head.variables, *map(_all_variables, changed.body)):
        for name in names:
            uses[name] = uses.get(name, 0) + 1
    body = []
    for literal in changed.body:
        if literal.aggregate is not None:
            body.append(
                _settle_count(literal, {n for n in uses if _elsewhere(n, literal, changed)})
            )
        elif literal.negated and literal.atom is not None:
            body.append(_blank(literal, {n for n, count in uses.items() if count == 1}))
        else:
            body.append(literal)
    body = _name_blanks(body)
    known = _known_types(law, rule)
    bound = _bound(changed._replace(body=tuple(body)))
    if bound is None:
        return None
    needed = dict.fromkeys(changed.head.variables)
    for literal in body:
        needed |= dict.fromkeys(
            literal.aggregate.outer if literal.aggregate is not None else literal.variables
        )
    for name in needed:
        if name in bound:
            continue
        kind = known.get(name, "")
        if kind in law.vocabulary.entities or kind in law.vocabulary.kinds:
            domain = kind
        elif kind == "date":
            domain = DAY_OF_CASE
        else:
            return None
        atom = Atom(domain, (Term(name, (name,)),))
        body.append(Literal(len(body), atom.text, rule.position, atom=atom))
        bound = _bound(changed._replace(body=tuple(body))) or bound
    return written(rule, changed.head, body)


def _bound(rule: Rule) -> set[str] | None:
    """The variables that a rule binds; None where a count has a part that binds too little."""
    bound = {
        v
        for literal in rule.body
        if literal.atom is not None and not literal.negated
        for term in literal.atom.arguments
        if not _COMPUTED.search(term.text)
        for v in term.variables
    }
    for literal in rule.body:
        if literal.aggregate is not None:
            bound |= set(literal.variables)
            for element in literal.aggregate.elements:
                inner = Rule(0, Atom("", element.terms), element.condition, rule.position, "", 0)
                known = _bound(inner) or set()
                names = {v for x in element.condition for v in x.variables}
                names |= set(inner.head.variables)
                if names - known - set(literal.aggregate.outer):
                    return None
    for number in sorted(calculations(rule)):
        bound |= set(rule.body[number].variables)
    return bound


def _known_types(law: Law, rule: Rule) -> dict[str, str]:
    known = variable_types(rule, law.types)
    row = law.types.get(rule.head.signature, ())
    for term, kind in zip(rule.head.arguments, row, strict=False):
        if kind and term.is_variable:
            known.setdefault(term.text, kind)
    return known


def _all_variables(literal: Literal) -> set[str]:
    names = set(literal.variables)
    if literal.aggregate is not None:
        for element in literal.aggregate.elements:
            names |= {v for term in element.terms for v in term.variables}
            names |= {v for inner in element.condition for v in inner.variables}
    return names


def _elsewhere(name: str, literal: Literal, rule: Rule) -> bool:
    """Whether a variable stands in a rule outside of one of its literals."""
    return name in rule.head.variables or any(
        name in other.variables for other in rule.body if other is not literal
    )


def _settle_count(literal: Literal, outside: set[str]) -> Literal:
    """A count whose parts have changed, as clingo reads it."""
    old = literal.aggregate
    assert old is not None
    elements = []
    for element in old.elements:
        condition = []
        terms = {v for term in element.terms for v in term.variables}
        for inner in element.condition:
            others = {v for x in element.condition if x is not inner for v in x.variables}
            alone = set(inner.variables) - others - terms - outside
            condition.append(_blank(inner, alone) if inner.negated else inner)
        elements.append(element._replace(condition=tuple(_name_blanks(condition, alone=True))))
    body = "; ".join(
        ",".join(term.text for term in element.terms)
        + (" : " + ", ".join(x.text for x in element.condition) if element.condition else "")
        for element in elements
    )
    inside = dict.fromkeys(v for e in elements for t in e.terms for v in t.variables)
    inside |= dict.fromkeys(v for e in elements for x in e.condition for v in x.variables)
    outer = tuple(v for v in inside if v in outside)
    body = f"{old.function} {{ {body} }}"
    aggregate = Aggregate(old.function, old.operator, old.guard, tuple(elements), body, outer)
    return literal._replace(aggregate=aggregate, text=f"{old.guard.text} = {body}")


def _blank(literal: Literal, names: Iterable[str]) -> Literal:
    """A negated condition with ``_`` for variables that stand nowhere else."""
    assert literal.atom is not None
    gone = set(names)
    terms = []
    for term in literal.atom.arguments:
        if gone.isdisjoint(term.variables):
            terms.append(term)
            continue
        text = _WORD.sub(lambda m: "_" if m[0] in gone else m[0], term.text)
        terms.append(Term(text, tuple(v for v in term.variables if v not in gone), True))
    return _with_atom(literal, Atom(literal.atom.name, tuple(terms)))


def _name_blanks(body: Sequence[Literal], alone: bool = False) -> list[Literal]:
    """Conditions with a name for each ``_`` in one that is not negated, as the law is read."""
    taken = {v for literal in body for v in _all_variables(literal)}
    found = []
    for literal in body:
        if literal.atom is None:
            found.append(literal)
            continue
        terms = []
        for term in literal.atom.arguments:
            if term.text == "_" and not literal.negated and not alone:
                number = 1
                while f"Any{number}" in taken:
                    number += 1
                taken.add(f"Any{number}")
                term = Term(f"Any{number}", (f"Any{number}",))
            terms.append(term)
        found.append(_with_atom(literal, Atom(literal.atom.name, tuple(terms))))
    return found


def _with_atom(literal: Literal, atom: Atom) -> Literal:
    text = f"not {atom.text}" if literal.negated else atom.text
    return literal._replace(atom=atom, text=text)


def written(rule: Rule, head: Atom, body: Iterable[Literal]) -> Rule:
    """A rule with another head and body, its conditions numbered, as clingo reads it."""
    numbered = tuple(literal._replace(number=n) for n, literal in enumerate(body))
    text = ", ".join(literal.text for literal in numbered)
    text = f"{head.text} :- {text}." if numbered else f"{head.text}."
    return rule._replace(head=head, body=numbered, text=text)

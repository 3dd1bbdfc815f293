"""What a story can show of a law: that a rule applies, that a condition decides, that a provision
is met or not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from reasoner.audit.conditions import Condition
from reasoner.audit.probes import bound_by
from reasoner.audit.sought import Sought
from reasoner.lawfiles.infer import variable_types
from reasoner.lawfiles.rules import Atom, Law, Literal, Rule, Signature, Term
from reasoner.reasons.instrument import VARIABLE

_OPPOSITE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "=": "!=", "!=": "="}
_ANY = Term("_", (), True)
_COUNTED = re.compile(r"Counted\d+")  # what a count is called where the law is read


def applies(rule: Rule) -> Sought:
    """That a rule applies to something."""
    return Sought(f"rule_{rule.number}", (_body(rule.body),))


def decides(law: Law, condition: Condition) -> Sought | None:
    """That a condition decides: all others of its rule are met, it is not, and nothing else leads
    to the conclusion. None for what only gives other conditions their values, and for counts.

    Who or what of a kind the condition alone names may be anybody, of a conclusion about a day
    that it alone names there may be none of any day.

    A condition inside a count decides where something would be counted but for it, and there is no
    such conclusion; whether that one thing more would be enough is not asked. What says which
    things there are to count decides where without these it is not enough.

    Source: as :mod:`reasoner.audit.probes`.
    """
    rule = law.rules[condition.rule]
    literal = rule.body[condition.place[0]]
    others = [other for other in rule.body if other is not literal]
    anybody = _anybody(law, rule, others)
    if literal.text in [other.text for other in anybody]:
        return None
    others += anybody
    bound = bound_by(others)
    name = "condition_" + "_".join(map(str, (condition.rule, *condition.place)))
    if len(condition.place) > 1:
        others = [other for other in others if needs(other) <= bound]
        lacking = _lacking(literal, condition.place, bound)
    elif all(needs(other) <= bound for other in others):
        missing = _missing(literal, bound)
        lacking = [missing] if missing else []
    else:
        return None
    if not lacking:
        bodies = tuple(_needing(rule, condition.place)) if len(condition.place) > 1 else ()
        return Sought(name, bodies) if bodies else None
    absent = _atom(literal, _opened(rule.head, bound), negated=True)
    return Sought(name, (_body([*others, *lacking, absent]),))


def _anybody(law: Law, rule: Rule, others: Sequence[Literal]) -> list[Literal]:
    """Conditions that bind what of a rule some of its conditions do not, as far as there are lists
    of such: of entities, and of the values of kinds."""
    kinds = variable_types(rule, law.types)
    row = law.types.get(rule.head.signature, ())
    for term, kind in zip(rule.head.arguments, row, strict=False):
        if kind and term.is_variable:
            kinds.setdefault(term.text, kind)
    listed = {*law.vocabulary.entities, *law.vocabulary.kinds}
    wanted = dict.fromkeys(v for x in rule.body for v in x.variables)
    wanted |= dict.fromkeys(rule.head.variables)
    bound = bound_by(others)
    found = []
    for name in wanted:
        kind = kinds.get(name, "")
        if name not in bound and kind in listed:
            atom = Atom(kind, (Term(name, (name,)),))
            found.append(Literal(0, atom.text, rule.position, False, atom))
    return found


def _lacking(count: Literal, place: Sequence[int], bound: set[str]) -> list[Literal]:
    """That something would be counted but for a condition, with variables of its own.

    Nothing for what says which things there are to count.
    """
    assert count.aggregate is not None
    inside = count.aggregate.elements[place[1]].condition
    literal = inside[place[2]]
    fellows = [other for other in inside if other is not literal]
    known = bound | bound_by(fellows)
    missing = _missing(literal, known) if needs(literal) <= known else None
    if missing is None or not all(needs(other) <= known for other in fellows):
        return []
    shared = bound.intersection(count.aggregate.outer)
    return [
        other._replace(
            text=VARIABLE.sub(lambda v: v[0] if v[0] in shared else f"Each{v[0]}", other.text)
        )
        for other in (*fellows, missing)
    ]


def _needing(rule: Rule, place: Sequence[int]) -> Iterator[str]:
    """That a rule applies, and would not without one of the sorts of things that it counts."""
    count = rule.body[place[0]].aggregate
    assert count is not None
    others = [element for n, element in enumerate(count.elements) if n != place[1]]
    if not others:
        return
    named = {
        equal.terms[0].text
        for literal in rule.body
        if (equal := literal.comparison) is not None and equal.terms[-1].text == count.guard.text
    }
    parts = "; ".join(
        f"{','.join(t.text for t in element.terms)} : {_body(element.condition)}"
        for element in others
    )
    fewer = f"Fewer = {count.function} {{ {parts} }}"
    for literal in rule.body:
        comparison = literal.comparison
        if comparison is None or len(comparison.operators) != 1:
            continue
        texts = [term.text for term in comparison.terms]
        if count.guard.text in texts or not named.intersection(texts):
            continue
        left, right = ("Fewer" if text in named else text for text in texts)
        opposite = f"{left} {_OPPOSITE[comparison.operators[0]]} {right}"
        yield f"{_body(rule.body)}, {fewer}, {opposite}"


def needs(literal: Literal) -> set[str]:
    """The variables that a condition needs from elsewhere, or gives to it."""
    found = set(literal.variables)
    if literal.aggregate is not None:
        found |= set(literal.aggregate.outer)
    return found


def asked_about(law: Law, signature: Signature) -> tuple[str, ...]:
    """The arguments of a predicate as its provision is asked: of somebody, on the day in question.

    They are ``X``, ``D`` and ``_``; without an ``X`` nobody can be asked about.
    """
    arguments = []
    seen = False
    for kind in law.types.get(signature, ()):
        if kind == "date":
            arguments.append("D")
        elif kind in law.vocabulary.entities and not seen:
            seen = True
            arguments.append("X")
        else:
            arguments.append("_")
    return tuple(arguments)


def subject(law: Law, signature: Signature) -> str:
    """The type of whom a predicate is asked of; empty where it is of nobody."""
    kinds = law.types.get(signature, ())
    return next((k for k in kinds if k in law.vocabulary.entities), None) or ""


def is_met(law: Law, signature: Signature, *, given: bool = False) -> Sought:
    """That a provision is met, by anybody on any day.

    Args:
        law: the law.
        signature: its predicate.
        given: whether more is asked of whoever it is met by: then on the day in question.
    """
    name, arity = signature
    label = f"met_{name}_{arity}"
    who = subject(law, signature)
    if given and who:
        return Sought(label, (f"{who}(X), as_of(D), {_call(name, asked_about(law, signature))}",))
    return Sought(label, (_call(name, ["_"] * arity),))


def is_not_met(law: Law, signature: Signature) -> Sought | None:
    """That a provision is not met by somebody on the day in question; None where nobody is asked
    about."""
    who = subject(law, signature)
    if not who:
        return None
    name, arity = signature
    call = _call(name, asked_about(law, signature))
    return Sought(f"unmet_{name}_{arity}", (f"{who}(X), as_of(D), not {call}",))


def differ(law: Law, yes: Signature, no: Signature, *, opposed: bool, name: str) -> Sought | None:
    """That one provision is met by somebody and another one, of the same matter, is not.

    Args:
        law: the law.
        yes: the predicate that holds.
        no: the one that does not; or does as well, where the two are opposed.
        opposed: whether one affirms what the other denies.
        name: what the difference is called.
    """
    who = subject(law, yes)
    if not who or subject(law, no) != who:
        return None
    first = _call(yes[0], asked_about(law, yes))
    second = _call(no[0], asked_about(law, no))
    sign = "" if opposed else "not "
    return Sought(name, (f"{who}(X), as_of(D), {first}, {sign}{second}",))


def both_met(law: Law, one: Signature, other: Signature) -> Sought:
    """That two provisions are met by the same, on the day in question."""
    calls = [_call(s[0], asked_about(law, s)) for s in (one, other)]
    name = f"both_{one[0]}_{other[0]}"
    return Sought(name, (f"{subject(law, one)}(X), as_of(D), {calls[0]}, {calls[1]}",))


def agree_not(law: Law, one: Signature, other: Signature, name: str) -> Sought | None:
    """That of two opposed provisions neither is met by somebody."""
    who = subject(law, one)
    if not who or subject(law, other) != who:
        return None
    calls = [_call(s[0], asked_about(law, s)) for s in (one, other)]
    return Sought(name, (f"{who}(X), as_of(D), not {calls[0]}, not {calls[1]}",))


def _call(name: str, arguments: Sequence[str]) -> str:
    return f"{name}({','.join(arguments)})" if arguments else name


def _opened(atom: Atom, bound: set[str]) -> Atom:
    """An atom with ``_`` for the arguments that nothing gives a value."""
    known = (term if bound.issuperset(term.variables) else _ANY for term in atom.arguments)
    return Atom(atom.name, tuple(known))


def _missing(literal: Literal, bound: set[str]) -> Literal | None:
    """That a condition is not met, whatever the values that it alone names."""
    if literal.comparison is not None:
        comparison = literal.comparison
        if len(comparison.operators) != 1 or not needs(literal) <= bound:
            return None
        left, right = comparison.terms
        operator = _OPPOSITE[comparison.operators[0]]
        text = f"{left.text} {operator} {right.text}"
        return literal._replace(text=text, comparison=comparison._replace(operators=(operator,)))
    if literal.atom is None:
        return None
    return _atom(literal, _opened(literal.atom, bound), negated=not literal.negated)


def _atom(like: Literal, atom: Atom, *, negated: bool) -> Literal:
    text = f"not {atom.text}" if negated else atom.text
    return Literal(0, text, like.position, negated, atom)


def _body(literals: Iterable[Literal]) -> str:
    """Conditions as the law writes them: a number that is counted under its own name."""
    several = list(literals)
    names = {
        right.text: left.text
        for literal in several
        if (equal := literal.comparison) is not None and equal.operators == ("=",)
        for left, right in [equal.terms]
        if left.is_variable and _COUNTED.fullmatch(right.text)
    }
    texts = []
    for literal in several:
        counted = literal.aggregate
        if counted is not None and counted.guard.text in names:
            texts.append(f"{names[counted.guard.text]} = {counted.body}")
        elif literal.comparison is None or literal.comparison.terms[-1].text not in names:
            texts.append(literal.text)
    return ", ".join(dict.fromkeys(texts))


def given_to(sought: Sought, whom: str, day: str, conditions: str) -> Sought:
    """Something sought where some conditions hold as well.

    Args:
        sought: what is sought.
        whom: the variable there for the one of whom the conditions speak as ``P``.
        day: the variable for the day, ``D``.
        conditions: the conditions.
    """
    return sought._replace(
        bodies=tuple(f"{body}, given_too({whom},{day})" for body in sought.bodies),
        helping=(*sought.helping, f"given_too(P,D) :- {conditions}."),
    )

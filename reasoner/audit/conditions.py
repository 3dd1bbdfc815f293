"""The conditions of a law: every literal of every rule that a provision rests on.

A rule under a heading counts to the provision of that heading. A rule without one (which days are
looked at, how shares of shares are added up) serves several provisions and is the law of none, so
it stands under the name of its file; such a rule is only there as far as a provision rests on it.
What chooses among readings, and what tells which amendments are in force, is left out.

A condition is known by its place: ``R65(c).2.3`` is the third condition of the second rule under
65(c), ``ownership.4.1`` the first of the fourth rule of ``ownership.lp``. What stands inside a
count has the number of the element and of the condition in it as well: ``A28(2).1.3.2.1``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from reasoner.lawfiles.infer import all_literals
from reasoner.lawfiles.rules import Law, Literal, Rule, Signature, is_below

FACT, CONCLUSION, TABLE, READING = "fact", "conclusion", "table", "reading"
LAW_DATE, COMPARISON, COUNT, CALCULATION = "law_date", "comparison", "count", "calculation"

_LAW_DATE_OF_CASE = ("chosen_law_date", 1)


class Condition(NamedTuple):
    """One literal of one rule of the law.

    ``place`` is the number of the literal in the body, and for one inside a count also those of
    the element and of the literal in it, all from 0; ``heading`` the provision, or the file of a
    rule without one; ``kind`` what it looks at: a fact of cases, a conclusion, a table of
    constants, a reading, the date of the law, a comparison, a count, or a calculation, which gives
    a value a name and asks nothing.
    """

    id: str
    rule: int
    place: tuple[int, ...]
    heading: str
    kind: str


def conditions(law: Law, pinpoints: Sequence[str] = ()) -> list[Condition]:
    """The conditions of a law, in its order.

    Args:
        law: the law.
        pinpoints: only the conditions of these provisions and of those below them.
    """
    names = rule_names(law)
    return [
        Condition(f"{name}.{'.'.join(str(n + 1) for n in place)}", rule.number, place, head, kind)
        for rule, head, name in names
        if is_among(head, pinpoints)
        for place, kind in _places(law, rule)
    ]


def literal_at(law: Law, condition: Condition) -> Literal:
    """The literal that a condition is."""
    return literal_at_place(law.rules[condition.rule], condition.place)


def literal_at_place(rule: Rule, place: tuple[int, ...]) -> Literal:
    """The literal at a place of a rule, as conditions give it."""
    literal = rule.body[place[0]]
    if len(place) == 1:
        return literal
    assert literal.aggregate is not None
    return literal.aggregate.elements[place[1]].condition[place[2]]


def is_among(heading: str, pinpoints: Sequence[str]) -> bool:
    """Whether a heading is one of some provisions or below one; of none, any is."""
    return not pinpoints or any(heading == p or is_below(heading, p) for p in pinpoints)


def section_of(heading: str) -> str:
    """The section that a heading is of: R65 for R65(b)(i); a page of guidance by its name."""
    return heading.partition("(")[0].partition("/")[0]


def rule_names(law: Law) -> list[tuple[Rule, str, str]]:
    """Each rule that a provision rests on, with its heading and its name, in the order of the law.

    Rules without conditions are there where they stand under a provision: the rows of its tables.
    """
    counted: dict[str, int] = {}
    found = []
    used = _used(law)
    for rule in law.rules:
        heading = rule.provision or _file(law, rule)
        counted[heading] = counted.get(heading, 0) + 1
        if rule.number in used and (rule.provision or rule.body):
            found.append((rule, heading, f"{heading}.{counted[heading]}"))
    return found


def _file(law: Law, rule: Rule) -> str:
    """The file of a rule as a name: without the folder of the law and the suffix."""
    path = rule.position.path.replace("\\", "/")
    folder = law.directory.resolve().as_posix()
    for start in (folder, law.directory.as_posix()):
        path = path.removeprefix(f"{start}/")
    return path.removesuffix(".lp")


def _used(law: Law) -> set[int]:
    """The rules that stand under a provision, and those without a heading that they rest on."""
    used = {rule.number for rule in law.rules if rule.provision}
    waiting = [law.rules[number] for number in sorted(used)]
    seen: set[Signature] = {law.reading}
    while waiting:
        for literal in all_literals(waiting.pop().body):
            atom = literal.atom
            if atom is not None and atom.signature not in seen:
                seen.add(atom.signature)
                if rests_on_law_date(law, atom.signature):
                    continue
                new = [r for r in law.rules_for(atom.signature) if r.number not in used]
                used |= {rule.number for rule in new}
                waiting += new
    return used


def _places(law: Law, rule: Rule) -> Iterator[tuple[tuple[int, ...], str]]:
    """The places of the conditions of a rule, each with what it looks at."""
    calculated = calculations(rule)
    for number, literal in enumerate(rule.body):
        yield (number,), CALCULATION if number in calculated else _kind(law, literal)
        if literal.aggregate is not None:
            for e, element in enumerate(literal.aggregate.elements):
                for n, inner in enumerate(element.condition):
                    yield (number, e, n), _kind(law, inner)


def _kind(law: Law, literal: Literal) -> str:
    if literal.atom is None:
        return COMPARISON if literal.comparison is not None else COUNT
    signature = literal.atom.signature
    if signature == law.reading:
        return READING
    if rests_on_law_date(law, signature):
        return LAW_DATE
    if law.is_fact(signature) or signature in {(name, 1) for name in law.vocabulary.entities}:
        return FACT
    return TABLE if signature in law.tables else CONCLUSION


def rests_on_law_date(law: Law, signature: Signature) -> bool:
    """Whether all that a predicate looks at is the date of the law: no fact, no reading."""
    seen = {signature}
    waiting = [signature]
    while waiting and len(seen) < 12:  # what is in force is found in a few steps
        for rule in law.rules_for(waiting.pop()):
            for literal in all_literals(rule.body):
                atom = literal.atom
                if atom is not None and atom.signature not in seen:
                    seen.add(atom.signature)
                    waiting.append(atom.signature)
    facts = {s for s in seen if s == law.reading or law.is_fact(s)}
    return not waiting and facts == {_LAW_DATE_OF_CASE}


def calculations(rule: Rule) -> set[int]:
    """The places of the equations that give a value a name where nothing else binds it.

    ``Next = Day + 1`` calculates where only Day is known otherwise, and compares where both are.
    """
    bound = {
        v
        for literal in rule.body
        if not literal.negated and literal.atom is not None
        for v in literal.variables
    }
    bound |= {v for x in rule.body if x.aggregate is not None for v in x.variables}
    waiting = {
        number: literal.comparison
        for number, literal in enumerate(rule.body)
        if literal.comparison is not None and literal.comparison.operators == ("=",)
    }
    found: set[int] = set()
    changed = True
    while changed:
        changed = False
        for number, comparison in sorted(waiting.items()):
            left, right = comparison.terms
            for one, other in ((left, right), (right, left)):
                if one.is_variable and one.text not in bound and bound.issuperset(other.variables):
                    bound.add(one.text)
                    found.add(number)
                    del waiting[number]
                    changed = True
                    break
    return found

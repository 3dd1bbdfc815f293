"""A law beside itself: a copy of what rests on a reading or on a circle, told apart by its name.

Where a copy with another option says of a story what the law does not, the reading matters there;
where a circle of conclusions may hold each other up, the copy has them hold.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import combinations

from reasoner.audit.rewriting import DAY_OF_CASE, bind
from reasoner.audit.sought import Sought
from reasoner.audit.traits import asked_about, subject
from reasoner.lawfiles.infer import all_literals, rules_behind
from reasoner.lawfiles.rules import Law, Literal, Rule, Signature
from reasoner.lawfiles.strata import circles

_OTHER, _SUPPORTED, _CIRCLE = "otherwise_", "supported_", "circle_"


def resting_on(law: Law, reading: str) -> frozenset[Signature]:
    """The predicates that a reading can make a difference to."""
    users: dict[Signature, set[Signature]] = {}
    found: set[Signature] = set()
    for rule in law.rules:
        head = rule.head.signature
        for literal in all_literals(rule.body):
            if literal.atom is None:
                continue
            users.setdefault(literal.atom.signature, set()).add(head)
            if _chooses(law, literal, reading):
                found.add(head)
    waiting = list(found)
    while waiting:
        new = users.get(waiting.pop(), set()) - found
        found |= new
        waiting += new
    return frozenset(found)


def _chooses(law: Law, literal: Literal, reading: str) -> bool:
    atom = literal.atom
    return atom is not None and atom.signature == law.reading and atom.arguments[0].text == reading


def matters(
    law: Law, reading: str, option: str, answers: Iterable[Signature], name: str
) -> Sought | None:
    """That some answer is another one under an option; None where no answer rests on the reading.

    Args:
        law: the law.
        reading: the reading; the option that is taken is that of the search.
        option: the other option.
        answers: the predicates whose answers are looked at.
        name: what this is called.
    """
    apart = resting_on(law, reading)
    asked = [s for s in sorted(set(answers)) if s in apart and subject(law, s)]
    if not asked:
        return None
    chosen = f"{_OTHER}reading({reading},{option})"
    helping = [f"{chosen} :- as_of(_)."]
    for rule in rules_behind(law, asked):
        if rule.head.signature in apart:
            helping.append(_copy(law, rule, apart, _OTHER, reading))
    bodies = []
    for signature in asked:
        arguments = ",".join(asked_about(law, signature))
        here, there = (f"{p}{signature[0]}({arguments})" for p in ("", _OTHER))
        who = f"{subject(law, signature)}(X), as_of(D)"
        bodies += [f"{who}, {here}, not {there}", f"{who}, {there}, not {here}"]
    return Sought(name, tuple(bodies), tuple(dict.fromkeys(helping)))


def _copy(law: Law, rule: Rule, apart: Collection[Signature], prefix: str, reading: str) -> str:
    """A rule about the copies of some predicates."""
    text = _renamed(rule.text, {name for name, _ in apart}, prefix)
    return re.sub(rf"\breading\({reading},", f"{_OTHER}reading({reading},", text)


def _renamed(text: str, names: Collection[str], prefix: str) -> str:
    return re.sub(
        r"(?<![\w'])([a-z]\w*)(?=\()", lambda m: prefix + m[1] if m[1] in names else m[1], text
    )


def other_fixpoint(law: Law, circle: Collection[Signature], name: str) -> list[str] | None:
    """Rules that let the predicates of a circle hold each other up, as far as they can.

    What holds by the copies is supported by a rule all of whose conditions hold, by the copies
    themselves where it is the circle's; ``circle_NAME`` tells that something holds so that the law
    does not conclude. None where a conclusion of the circle is not one of a list of values.

    Source: Clark, Negation as failure (1978), for the models in which all that holds is supported.
    """
    names = {predicate for predicate, _ in circle}
    guessed = _cut(law, circle)
    program: list[str] = []
    for rule in law.rules:
        if rule.head.signature not in circle:
            continue
        inside = [x.atom for x in rule.body if x.atom is not None and x.atom.signature in circle]
        supported = _renamed(rule.text, names, _OTHER)
        head = f"{_OTHER}{rule.head.text}"
        program.append(supported.replace(head, f"{_SUPPORTED}{rule.head.text}", 1))
        program.append(supported)
        if not inside or rule.head.signature not in guessed:
            continue
        kept = tuple(x for x in rule.body if x.atom is None or x.atom.signature not in circle)
        bound = bind(law, rule, rule._replace(body=kept))
        if bound is None:
            return None
        program.append(f"{{ {head} }} :- {bound.text.partition(' :- ')[2]}")
    for predicate, arity in sorted(circle):
        arguments = ",".join(f"X{n}" for n in range(arity))
        if (predicate, arity) in guessed:
            program.append(
                f":- {_OTHER}{predicate}({arguments}), not {_SUPPORTED}{predicate}({arguments})."
            )
        program.append(
            f"{_CIRCLE}{name} :- {_OTHER}{predicate}({arguments}), not {predicate}({arguments})."
        )
    program.append(f"{DAY_OF_CASE}(D) :- story_day(D).")
    return program


def _cut(law: Law, circle: Collection[Signature]) -> frozenset[Signature]:
    """The fewest predicates, those with the fewest arguments, without which nothing goes round."""
    rules = [rule for rule in law.rules if rule.head.signature in circle]
    ordered = sorted(circle, key=lambda signature: (signature[1], signature))
    for size in (1, 2):
        for chosen in combinations(ordered, size):
            if not circles(rule for rule in rules if rule.head.signature not in chosen):
                return frozenset(chosen)
    return frozenset(circle)


def circle_holds(name: str) -> str:
    """The atom that tells that a circle holds something up that the law does not conclude."""
    return f"{_CIRCLE}{name}"


def conclusions_of(law: Law, circle: Iterable[Signature]) -> Iterator[str]:
    """The provisions under which the predicates of a circle stand."""
    seen: set[str] = set()
    for signature in sorted(circle):
        for rule in law.rules_for(signature):
            if rule.provision and rule.provision not in seen:
                seen.add(rule.provision)
                yield rule.provision


def questions_of(law: Law, pinpoints: Sequence[str]) -> list[str]:
    """The provisions that are asked about: those named, or those that people ask about."""
    if pinpoints:
        return list(pinpoints)
    return [p.pinpoint for p in law.provisions.values() if p.raised_by is not None]

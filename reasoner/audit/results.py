"""The results of a law, and the ways that are meant to lead to them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from reasoner.audit.conditions import is_among
from reasoner.audit.findings import NOWHERE, Finding
from reasoner.audit.plan import Asked, Plan
from reasoner.audit.traits import asked_about, both_met, is_met, subject
from reasoner.lawfiles.rules import Law, Rule, Signature
from reasoner.solving.question import predicate_of


def ask_ways(plan: Plan) -> Iterator[Asked]:
    """Whether somebody who is served by a way to a result ever reaches it.

    That is asked where cases show that the way and the result can be met, each by itself.
    """
    law = plan.law
    for way, result in ways_to_results(law, plan.is_open, plan.pinpoints):
        places = (law.homes[way], law.homes[result])
        never = Finding(NOWHERE, places, way, name=result[0])
        alone = (is_met(law, way), is_met(law, result))
        yield Asked(both_met(law, way, result), places[1], never, after=alone)


def ways_to_results(
    law: Law, is_open: Callable[[Rule], bool], pinpoints: Sequence[str] = ()
) -> Iterator[tuple[Signature, Signature]]:
    """The provisions that a result rests on, each with the result, both asked of somebody on a day.

    A result is a provision that no other one rests on. A way to it is a provision below a choice:
    one of several rules for the same conclusion rests on it, so that the others can do without it.
    Only ways in the sections of what the result needs in any event are looked at; the definitions
    that these use serve many results.

    Args:
        law: the law.
        is_open: whether a rule can apply under the readings taken.
        pinpoints: only the ways and results of these provisions, and of those below them.
    """
    own = {s for pinpoint in law.provisions if (s := predicate_of(law, pinpoint)) is not None}
    rules: dict[Signature, list[Rule]] = {}
    for rule in law.rules:
        if is_open(rule):
            rules.setdefault(rule.head.signature, []).append(rule)
    used = {s for several in rules.values() for rule in several for s in _needed(rule)}
    for result in sorted(own - used):
        if not _asked_of_somebody(law, result):
            continue
        sections = {_section(law, s) for s in _in_any_event(rules, result)} - {""}
        for way in sorted(_chosen_below(rules, result) & own - {result}):
            if _section(law, way) not in sections:
                continue
            if not _asked_of_somebody(law, way) or subject(law, way) != subject(law, result):
                continue
            if any(is_among(law.homes.get(s, ""), pinpoints) for s in (way, result)):
                yield way, result


def _asked_of_somebody(law: Law, signature: Signature) -> bool:
    arguments = asked_about(law, signature)
    return "X" in arguments and "D" in arguments


def _needed(rule: Rule) -> set[Signature]:
    return {x.atom.signature for x in rule.body if x.atom is not None and not x.negated}


def _section(law: Law, signature: Signature) -> str:
    return law.homes.get(signature, "").partition("(")[0]


def _in_any_event(rules: Mapping[Signature, Sequence[Rule]], result: Signature) -> set[Signature]:
    """What a result needs whichever way it is reached: down to where there is a choice."""
    found = {result}
    waiting = [result]
    while waiting:
        several = rules.get(waiting.pop(), [])
        if len(several) == 1:
            needed = _needed(several[0]) - found
            found |= needed
            waiting += needed
    return found


def _chosen_below(rules: Mapping[Signature, Sequence[Rule]], result: Signature) -> set[Signature]:
    """What some of several rules for the same conclusion rest on, on the way down from a result."""
    found: set[Signature] = set()
    seen = {result}
    waiting = [result]
    while waiting:
        several = rules.get(waiting.pop(), [])
        for rule in several:
            needed = _needed(rule)
            found |= needed if len(several) > 1 else set()
            waiting += needed - seen
            seen |= needed
    return found

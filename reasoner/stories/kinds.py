"""What a story turns on: the provisions that decide, and the rules there that apply or do not.

Two stories are of one kind if the same rules apply, and the same conditions of rules are not met,
in the provisions that decide what they set against each other; they may be about other people and
other days.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from reasoner.casefiles.case import Case
from reasoner.lawfiles.rules import Law, Literal, Rule
from reasoner.reasons.justification import Justification
from reasoner.reasons.weigh import deciding_by_rule, decisive, satisfied, support_costs
from reasoner.solving.ground import Ground


class Event(NamedTuple):
    """A rule that applies or, for some conditions that are not met, does not.

    ``met`` and ``failing`` are the places of conditions in the rule; what depends on a choice of
    values that nothing meets is in neither.
    """

    rule: int
    met: tuple[int, ...]
    failing: tuple[int, ...]


class Kind(NamedTuple):
    """What a story turns on: the pinpoints that decide, and what happens there.

    ``facts`` are the atoms that the story states, ``_`` for whom and when. They stand for it where
    what happens cannot be told by rules.
    """

    pinpoints: tuple[str, ...]
    events: frozenset[Event]
    facts: frozenset[str]


def kind_of(why: Justification, case: Case, ground: Ground) -> Kind:
    """What the roots of a justification turn on together.

    Args:
        why: the justification.
        case: the story.
        ground: the story, grounded; what happens there is kept as far as rules can tell it.
    """
    costs = support_costs(why)
    pinpoints: dict[str, None] = {}
    events: set[Event] = set()
    for root in why.roots:
        turns_on = decisive(why, root, costs)
        pinpoints.update(dict.fromkeys(turns_on))
        events.update(_events(why, costs, root, set(turns_on)))
    told = [event for event in sorted(events) if _body(why.law.rules[event.rule], event)]
    bodies = (_body(why.law.rules[event.rule], event) for event in told)
    ground.extend([f"_event({place}) :- {body}." for place, body in enumerate(bodies)])
    happening = ground.numbered(("_event", 1))
    kept = frozenset(e for place, e in enumerate(told) if f"_event({place})" in happening)
    return Kind(tuple(pinpoints), kept, frozenset(_without_places(why.law, case)))


def _without_places(law: Law, case: Case) -> Iterator[str]:
    for statement in case.statements:
        fact = law.vocabulary.facts[statement.name]
        pairs = zip(fact.arguments, statement.arguments, strict=True)
        terms = (value if a.type in law.vocabulary.kinds else "_" for a, value in pairs)
        yield f"{fact.name}({','.join(terms)})" if fact.arguments else fact.name


def _events(
    why: Justification, costs: dict[int, int], root: int, turns_on: set[str]
) -> Iterator[Event]:
    seen: set[int] = set()
    waiting = [root]
    while waiting:
        here = waiting.pop()
        if here in seen:
            continue
        seen.add(here)
        for number, edges in deciding_by_rule(why, costs, here):
            waiting += [edge.target for edge in edges]
            rule = why.nodes[number].rule
            if rule is None or why.pinpoint(number) not in turns_on:
                continue
            if why.nodes[number].holds:
                yield Event(rule, tuple(range(len(why.law.rules[rule].body))), ())
                continue
            own = [e for e in why.edges[number] if why.nodes[e.target].kind != "branch"]
            met = tuple(sorted({e.order for e in own if satisfied(why, e)}))
            failing = tuple(sorted({e.order for e in own if satisfied(why, e) is False}))
            if failing and failing[0] >= 0:
                yield Event(rule, met, failing)


def rule_out(ground: Ground, law: Law, kind: Kind, number: int) -> None:
    """Leave out of a search all stories in which everything happens that a kind turns on."""
    told = (_body(law.rules[event.rule], event) for event in sorted(kind.events))
    bodies = dict.fromkeys(told)
    names = [f"_event({number},{place})" for place in range(len(bodies))]
    rules = [f"{name} :- {body}." for name, body in zip(names, bodies, strict=True)]
    ground.extend([*rules, f":- {', '.join(names or sorted(kind.facts) or ['#true'])}."])


def _body(rule: Rule, event: Event) -> str:
    """The body that is true where an event happens; nothing where that cannot be said."""
    met = [rule.body[place] for place in event.met]
    binding = [x for x in met if not x.negated and (x.atom is not None or x.aggregate is not None)]
    bound = {v for x in binding for v in x.variables}
    kept = [x.text for x in met if set(_outer(x)) <= bound]
    denied = [_denied(rule.body[place], bound) for place in event.failing]
    return ", ".join([*kept, *denied]) if all(denied) else ""


def _outer(literal: Literal) -> tuple[str, ...]:
    if literal.aggregate is not None:
        return (*literal.aggregate.outer, *literal.variables)
    return literal.variables


def _denied(literal: Literal, bound: set[str]) -> str:
    """A condition that is not met; nothing where that cannot be said."""
    if literal.comparison is not None:
        return f"not {literal.text}" if set(literal.variables) <= bound else ""
    if literal.atom is None:
        return ""
    arguments = ",".join(
        term.text if set(term.variables) <= bound else "_" for term in literal.atom.arguments
    )
    text = f"{literal.atom.name}({arguments})" if arguments else literal.atom.name
    return text if literal.negated else f"not {text}"

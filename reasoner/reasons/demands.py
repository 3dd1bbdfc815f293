"""Read off a justification which facts could make the answer another one.

From the goal down: what fails and should hold wants the conditions of its rules that are not met;
what holds and should not wants one condition of every rule that applies broken; ``not`` turns the
want round. Where something was found and did not fit, such as a payment that came too late,
another one might. At the leaves stand facts to be stated, and stated facts to be otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from reasoner.lawfiles.infer import all_literals
from reasoner.lawfiles.rules import Atom, Law, Literal
from reasoner.lawfiles.vocabulary import UNWRITTEN
from reasoner.reasons.justification import Justification, Node

MOST_RULES = 400


class Demand(NamedTuple):
    """A pattern of facts, None for any argument: one more (``stated``), or those there otherwise.

    ``provision`` is where the law asks for it.
    """

    name: str
    arguments: tuple[str | None, ...]
    stated: bool
    provision: str = ""


def demands(why: Justification, root: int, wanted: bool) -> list[Demand]:
    """The facts on which it turns that a goal holds, or does not.

    Args:
        why: why the goal holds or not.
        root: its node.
        wanted: whether it should hold.

    Returns:
        Each pattern once, those nearest to the goal first.
    """
    found: dict[Demand, Demand] = {}
    for demand in _walk(why, root, wanted):
        found.setdefault(demand._replace(provision=""), demand)
    return list(found.values())


def _walk(why: Justification, root: int, wanted: bool) -> Iterator[Demand]:
    seen: set[tuple[int, bool]] = set()
    waiting = [(root, wanted, why.pinpoint(root))]
    for number, want, above in waiting:
        node = why.nodes[number]
        if (number, want) in seen or node.holds is want:
            continue
        seen.add((number, want))
        if node.kind == "fact":
            if is_written(why.law, node.name):
                yield Demand(node.name, node.arguments, want, above)
            continue
        if node.kind not in ("conclusion", "plumbing", "rule", "branch", "count"):
            continue
        here = why.pinpoint(number) or above
        breaking = node.kind in ("conclusion", "plumbing") or not want
        for edge in why.edges[number]:
            child = why.nodes[edge.target]
            if node.kind == "count":
                waiting += [(edge.target, truth, here) for truth in (True, False)]
                continue
            waiting.append((edge.target, (want if breaking else True) != edge.negated, here))
            found: Iterator[Demand] = iter(())
            if child.kind == "count":
                waiting += [
                    (e.target, t, here) for e in why.edges[edge.target] for t in (True, False)
                ]
                found = _counted(why.law, child)
            elif breaking:
                continue
            elif child.kind == "branch":
                found = _another(why, node, edge.target)
            elif child.kind == "comparison" and child.holds is not True:
                found = _supporting(why, [e.target for e in why.edges[number] if not e.negated])
            yield from (demand._replace(provision=here) for demand in found)


def is_written(law: Law, name: str) -> bool:
    """Whether a case can state a predicate."""
    fact = law.vocabulary.facts.get(name)
    return fact is not None and fact.settled_by not in UNWRITTEN and fact.section is not None


def _another(why: Justification, above: Node, number: int) -> Iterator[Demand]:
    """What would give a condition another binding than the one that a branch stands for."""
    node = why.nodes[number]
    literal = _binder(why, number)
    if literal is None or literal.atom is None:
        return
    known = dict(zip(above.variables, above.row, strict=False))
    yield from _unfold(why.law, literal.atom, known)
    first = why.nodes[why.edges[number][0].target]
    if first.kind == "fact" and is_written(why.law, first.name):
        yield Demand(first.name, first.arguments, False)
    elif node.holds is not True:
        yield from _supporting(why, [why.edges[number][0].target])


def _supporting(why: Justification, numbers: Sequence[int]) -> Iterator[Demand]:
    """The stated facts that some conditions rest on, each to be otherwise or one more like it."""
    seen: set[int] = set()
    waiting = list(numbers)
    for here in waiting:
        node = why.nodes[here]
        if here in seen or node.holds is False:
            continue
        seen.add(here)
        if node.kind == "fact" and is_written(why.law, node.name):
            yield Demand(node.name, node.arguments, False)
            yield Demand(node.name, _dates_open(why.law, node), True)
        elif node.kind in ("conclusion", "plumbing", "rule"):
            waiting += [edge.target for edge in why.edges[here] if not edge.negated]


def _dates_open(law: Law, node: Node) -> tuple[str | None, ...]:
    kinds = law.types[node.name, len(node.arguments)]
    pairs = zip(node.arguments, kinds, strict=True)
    return tuple(None if kind in ("date", "number") else term for term, kind in pairs)


def _binder(why: Justification, number: int) -> Literal | None:
    """The condition of the law that a branch binds: the first one below it."""
    if not why.edges[number]:
        return None
    first = why.nodes[why.edges[number][0].target]
    rule = why.nodes[number].rule
    if rule is None:
        return None
    fitting = [
        literal
        for literal in why.law.rules[rule].body
        if literal.atom is not None
        and not literal.negated
        and literal.atom.signature == (first.name, len(first.arguments))
    ]
    return fitting[0] if fitting else None


def _counted(law: Law, node: Node) -> Iterator[Demand]:
    """Further members of a count."""
    aggregate = law.rules[node.rule or 0].body[node.literal or 0].aggregate
    for element in aggregate.elements if aggregate is not None else ():
        for literal in element.condition:
            if literal.atom is not None and not literal.negated:
                yield from _unfold(law, literal.atom, node.bindings)


def _unfold(law: Law, atom: Atom, known: dict[str, str]) -> Iterator[Demand]:
    """The facts that could make an atom hold, by the rules as written, with what is known bound."""
    start = tuple(_value(term.text, term.is_variable, known) for term in atom.arguments)
    seen: set[tuple[str, tuple[str | None, ...]]] = set()
    waiting: list[tuple[str, tuple[str | None, ...]]] = [(atom.name, start)]
    for name, arguments in waiting:
        if (name, arguments) in seen or len(seen) > MOST_RULES:
            continue
        seen.add((name, arguments))
        if is_written(law, name):
            if _names_something(law, name, arguments):
                yield Demand(name, arguments, True)
            continue
        # what has no words lists the days to look at: it follows from all there is
        if (name, len(arguments)) not in law.sentences or not _names_something(
            law, name, arguments
        ):
            continue
        for rule in law.rules_for((name, len(arguments))):
            bound = _unify(rule.head, arguments)
            if bound is None:
                continue
            for literal in all_literals(rule.body):
                if literal.atom is not None and not literal.negated:
                    terms = literal.atom.arguments
                    row = tuple(_value(term.text, term.is_variable, bound) for term in terms)
                    waiting.append((literal.atom.name, row))


def _names_something(law: Law, name: str, arguments: Sequence[str | None]) -> bool:
    """Whether a pattern speaks of something that the case declares, and not of anything at all."""
    kinds = law.types.get((name, len(arguments)), ())
    pairs = zip(arguments, kinds, strict=False)
    return any(term is not None and kind in law.vocabulary.entities for term, kind in pairs)


def _unify(head: Atom, arguments: Sequence[str | None]) -> dict[str, str] | None:
    """What the variables of a head are where it is to give some arguments; None if it cannot."""
    bound: dict[str, str] = {}
    for term, value in zip(head.arguments, arguments, strict=True):
        if value is None:
            continue
        if term.is_variable:
            if bound.setdefault(term.text, value) != value:
                return None
        elif not term.variables and term.text != value:
            return None
    return bound


def _value(text: str, variable: bool, known: dict[str, str]) -> str | None:
    """What a term stands for as far as that is known."""
    if variable:
        return known.get(text)
    return (
        text if text.replace("_", "a").isalnum() and not text[0].isupper() and text != "_" else None
    )

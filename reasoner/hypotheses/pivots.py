"""The conditions on which an answer turns, each as something that a story may have otherwise.

From the goal down along the rules that decide, as far as the part of the law goes that the
question is about: what holds by several conditions is taken apart into them, and so is what fails
for want of some. A ``not`` ends the way: that no ground has arisen is one condition, however many
ways there are for one to arise. So does what speaks of a day that the law works out from the
story, as such a condition is another one where that day moves.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from reasoner.reasons.demands import is_written
from reasoner.reasons.justification import Edge, Justification, Node
from reasoner.reasons.weigh import (
    Home,
    deciding_by_rule,
    misses,
    satisfied,
    support_costs,
)
from reasoner.solving.question import Goal, on_day

Key = tuple[str, int | None, int | None]


class Pivot(NamedTuple):
    """A condition on which an answer turns.

    ``head`` is the conclusion that turns on it, ``rule`` and ``literal`` are where the law asks for
    it; without them the condition is the conclusion itself. ``same`` is what it says, where it says
    the same in every story. ``node`` is what the justification has of it, ``negated`` whether the
    law asks that this is not so. ``provision`` is where it stands, ``met`` whether it is met, None
    where that depends on unknown facts, and ``wanted`` whether it is to be met for another answer.
    """

    head: Goal
    rule: int | None
    literal: int | None
    same: Goal | None
    node: int
    negated: bool
    provision: str
    met: bool | None
    wanted: bool

    @property
    def key(self) -> Key:
        """What sets the condition apart from others, in every story."""
        return self.head.text, self.rule, self.literal


class Sighting(NamedTuple):
    """A condition in the reasons of some story: its node, and whether it is met there."""

    node: int
    met: bool | None


def find_pivots(why: Justification, wanted: bool) -> list[Pivot]:
    """The conditions on which the first goal of a justification turns, in the order of the law.

    Args:
        why: why the goal holds or not.
        wanted: whether it should hold, for another answer.
    """
    finder = _Finder(why, wanted)
    found: dict[Key, Pivot] = {}
    for pivot in finder.below(why.roots[0], why.pinpoint(why.roots[0])):
        found.setdefault(pivot.key, pivot)
    return list(found.values())


def find_again(why: Justification, pivot: Pivot, day: int) -> Sighting | None:
    """A condition in the reasons of another story: where the rest of its rule fits best.

    Args:
        why: why the goal holds or not in that story.
        pivot: the condition.
        day: the day that story is asked about.
    """
    head = on_day(why.law, pivot.head, day)
    heads = [
        n
        for n, node in enumerate(why.nodes)
        if node.kind == "conclusion" and node.name == head.name and _agree(node, head)
    ]
    if pivot.rule is None:
        turned = [n for n in heads if why.nodes[n].holds is pivot.wanted] or heads
        return Sighting(turned[0], why.nodes[turned[0]].holds) if turned else None
    seen = [
        (missed, Sighting(child, holds if not pivot.negated or holds is None else not holds))
        for number in heads
        for edge in why.edges[number]
        if why.nodes[edge.target].rule == pivot.rule
        for child, missed in _places(why, edge.target, pivot.literal)
        for holds in [why.nodes[child].holds]
    ]
    fitting = [one for one in seen if one[1].met is pivot.wanted] or seen
    return min(fitting, key=lambda one: one[0])[1] if fitting else None


def _agree(node: Node, head: Goal) -> bool:
    """Whether a node speaks of what a goal does, where neither leaves that open."""
    pairs = zip(node.arguments, head.arguments, strict=False)
    return all(a is None or b is None or a == b for a, b in pairs)


def _places(why: Justification, number: int, literal: int | None) -> Iterator[tuple[int, int]]:
    """Where a rule or a branch has a condition, each with how many conditions are not met there."""
    for edge in why.edges[number]:
        branch = why.nodes[edge.target].kind == "branch"
        if edge.order == literal:
            child = why.edges[edge.target][0].target if branch else edge.target
            yield child, misses(why, edge.target if branch else number)
        if branch:
            for child, missed in _places(why, edge.target, literal):
                yield child, missed


class _Finder:
    """Walks one justification from its first goal down."""

    def __init__(self, why: Justification, wanted: bool) -> None:
        self.why = why
        self.wanted = wanted
        self.costs = support_costs(why)
        self.home = Home(why, self.costs, why.roots[0])
        self.seen: set[int] = set()

    def below(self, number: int, above: str) -> Iterator[Pivot]:
        """The conditions of a conclusion, or the conclusion itself where it rests on facts."""
        if number in self.seen:
            return
        self.seen.add(number)
        node = self.why.nodes[number]
        provision = self.why.pinpoint(number) or above
        found: list[Pivot] = []
        rests_here = False
        for tried, edges in deciding_by_rule(self.why, self.costs, number):
            for edge in edges:
                if satisfied(self.why, edge) is self.wanted or edge.order < 0:
                    continue  # it is as it should be, and only gives another its values
                child = self.why.nodes[edge.target]
                if child.kind == "fact":
                    rests_here = rests_here or is_written(self.why.law, child.name)
                elif child.kind == "count":
                    rests_here = True
                elif child.kind == "comparison":
                    if self.has_words(child):
                        found.append(self.condition(node, tried, edge, provision))
                    else:
                        rests_here = True
                elif child.kind == "conclusion" and self.is_condition(edge.target):
                    if self.goes_on(node, tried, edge):
                        found += self.below(edge.target, provision)
                    elif edge.target not in self.seen:
                        self.seen.add(edge.target)
                        found.append(self.condition(node, tried, edge, provision))
        if rests_here or not found:
            head = Goal(node.name, node.arguments, provision)
            yield Pivot(head, None, None, head, number, False, provision, node.holds, self.wanted)
        yield from found

    def condition(self, head: Node, tried: int, edge: Edge, above: str) -> Pivot:
        """A condition of a rule."""
        provision = self.why.pinpoint(edge.target) or above
        rule, child = self.why.nodes[tried].rule, self.why.nodes[edge.target]
        stays = self.stays(head, rule, edge)
        return Pivot(
            Goal(head.name, head.arguments, above),
            rule,
            edge.order,
            Goal(child.name, child.arguments, provision) if stays else None,
            edge.target,
            edge.negated,
            provision,
            satisfied(self.why, edge),
            self.wanted,
        )

    def goes_on(self, head: Node, tried: int, edge: Edge) -> bool:
        """Whether a condition is taken apart further."""
        pinpoint = self.why.pinpoint(edge.target)
        return (
            not edge.negated
            and (not pinpoint or pinpoint in self.home)
            and self.stays(head, self.why.nodes[tried].rule, edge)
        )

    def stays(self, head: Node, rule: int | None, edge: Edge) -> bool:
        """Whether a condition is the same one where the days of the story move.

        So it is where it speaks of what the law names and of what its rule is asked about, and of
        entities and kinds: not where it speaks of a day or a number that is found out on the way.
        """
        assert rule is not None
        literal = self.why.law.rules[rule].body[edge.order]
        child = self.why.nodes[edge.target]
        if literal.atom is None:
            return False
        kinds = self.why.law.types.get(literal.atom.signature, ())
        known = {*head.arguments, None}
        return all(
            not term.is_variable
            or kind in self.why.law.vocabulary.entities
            or kind in self.why.law.vocabulary.kinds
            or value in known
            for term, kind, value in zip(
                literal.atom.arguments, kinds, child.arguments, strict=True
            )
        )

    def is_condition(self, number: int) -> bool:
        """Whether what a case states has any part in a condition, and it speaks of more than days.

        How many days there are between two is worked out, and is nothing to be met or not.
        """
        node = self.why.nodes[number]
        kinds = self.why.law.types.get((node.name, len(node.arguments)), ())
        if kinds and all(kind in ("date", "number", None) for kind in kinds):
            return False
        below = (self.why.nodes[n] for n in self.why.below([number]))
        return any(node.kind == "fact" and is_written(self.why.law, node.name) for node in below)

    def has_words(self, node: Node) -> bool:
        """Whether the law has words of its own for a comparison."""
        assert node.rule is not None
        assert node.literal is not None
        rule = self.why.law.rules[node.rule]
        comparison = rule.body[node.literal].comparison
        return comparison is not None and comparison.key in rule.comparisons

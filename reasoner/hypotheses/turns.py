"""Say why an answer turns between a day and the next.

Nothing that a case tells differs on two days; the day does. So the same conclusion, asked about
either day, is not the same atom, and the two are followed down side by side: a rule on which the
one rests is held against the same rule where the other fails, condition by condition, in the
branch that binds the same things. What is met on one day only is a cause. Following the causes down
ends at a comparison with the day, or with a number of days; what gave the other side of that
comparison its value is the event behind it.

The findings are the records of :mod:`reasoner.reasons.contrast`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from reasoner.lawfiles.rules import Literal
from reasoner.reasons.contrast import COMPARISON, CONCLUSION, COUNT, Change
from reasoner.reasons.justification import Edge, Justification, Node
from reasoner.reasons.weigh import best_rule, groups, misses, satisfied, support_costs

_RANK = {False: 0, None: 1, True: 2}


class Cause(NamedTuple):
    """What turned in the end.

    ``change`` is the last change on the way down that has words, ``leaf`` what lies below it, often
    the same. ``event`` is the node of what gave a comparison the side that stays.
    """

    change: Change
    leaf: Change
    event: int | None


class Days:
    """The justifications of one question on several days, all in one graph."""

    def __init__(self, why: Justification) -> None:
        self.why = why
        self.law = why.law
        self.costs = support_costs(why)
        self.conclusions = {
            node.text: number for number, node in enumerate(why.nodes) if node.kind == CONCLUSION
        }
        self._known: dict[tuple[int, int], Change] = {}

    def turn(self, before: int, after: int) -> Change:
        """The change of a conclusion from a day to the next, with what made it.

        Args:
            before: its node on the first day.
            after: its node on the next, of another truth.
        """
        known = self._known.get((before, after))
        if known is not None:
            return known
        sides = before, after
        truths = [self.why.nodes[number].holds for number in sides]
        side = 0 if _RANK[truths[0]] > _RANK[truths[1]] else 1
        rule = best_rule(self.why, self.costs, sides[side])
        found = () if rule is None else tuple(self.broken(rule, sides[1 - side], side))
        node = self.why.nodes[after]
        change = Change(
            CONCLUSION,
            node.text,
            truths[0],
            truths[1],
            1,
            self.why,
            after,
            best_rule(self.why, self.costs, after) if truths[1] else None,
            self.why.pinpoint(after),
            ("", ""),
            found,
        )
        self._known[before, after] = change
        return change

    def broken(
        self, rule: int, other: int, side: int, bound: Mapping[str, str] | None = None
    ) -> Iterator[Change]:
        """The conditions of a rule, as it stands on one day, that are less met on the other.

        Args:
            rule: the node of the rule on the day on which it applies, or comes nearer to it.
            other: the node of the conclusion on the other day.
            side: 0 where the first of these days is the earlier one.
            bound: what the variables of the rule stand for, where that is known.
        """
        like = bound or self.bindings(rule)
        own = dict(self.conditions(rule, like))
        same = [
            edge.target
            for edge in self.why.edges[other]
            if self.why.nodes[edge.target].rule == self.why.nodes[rule].rule
        ]
        if not same:
            return
        there = max(same, key=lambda n: (self._agreement(n, like), -n))
        found: list[Change] = []
        for place, edge in self.conditions(there, like):
            mine = own.get(place)
            if mine is not None and self._other_thing(mine, edge):
                found.append(self._alone(mine, side, rule))
                break
            met = True if mine is None else satisfied(self.why, mine)
            if _RANK[satisfied(self.why, edge)] < _RANK[met]:
                pair = (mine, edge) if side == 0 else (edge, mine)
                found += self._change(pair, side, rule, there)
        yield from {(change.kind, change.atom): change for change in found}.values()

    def _other_thing(self, mine: Edge, edge: Edge) -> bool:
        """Whether a condition is met on both days, but by different things, not just days."""
        pair = self.why.nodes[mine.target], self.why.nodes[edge.target]
        if mine.negated or not all(node.holds and node.name for node in pair):
            return False
        rows = (node.arguments for node in pair)
        return any(
            a != b and a is not None and b is not None and not (a.isdigit() and b.isdigit())
            for a, b in zip(*rows, strict=False)
        )

    def _alone(self, mine: Edge, side: int, rule: int) -> Change:
        """A condition that something meets on one day, and on the other only something else."""
        node = self.why.nodes[mine.target]
        truths = (True, False) if side == 0 else (False, True)
        best = best_rule(self.why, self.costs, mine.target) if node.kind == CONCLUSION else rule
        return Change(
            node.kind,
            node.text,
            *truths,
            side,
            self.why,
            mine.target,
            best,
            self._provision(node, mine.target),
        )

    def conditions(self, number: int, like: Mapping[str, str]) -> Iterator[tuple[int, Edge]]:
        """The conditions of a rule by their places, along the branch that binds the same things."""
        for edges in groups(self.why, number):
            first = self.why.nodes[edges[0].target]
            if first.kind != "branch":
                for edge in edges:
                    if edge.order >= 0:
                        yield edge.order, edge
                continue
            best = max(
                (edge.target for edge in edges),
                key=lambda n: (
                    self.why.nodes[n].holds is True,
                    self._agreement(n, like),
                    -misses(self.why, n),
                    -n,
                ),
            )
            yield self.why.nodes[best].literal or 0, self.why.edges[best][0]
            yield from self.conditions(best, like)

    def bindings(self, number: int) -> dict[str, str]:
        """What the variables of a rule stand for, along the branch that comes nearest."""
        found = dict(self.why.nodes[number].bindings)
        for edges in groups(self.why, number):
            branches = [e.target for e in edges if self.why.nodes[e.target].kind == "branch"]
            if branches:
                nearest = min(branches, key=lambda n: (misses(self.why, n), n))
                found |= self.bindings(nearest)
        return found

    def _agreement(self, number: int, like: Mapping[str, str]) -> int:
        bound = self.why.nodes[number].bindings
        return sum(like.get(name) == value for name, value in bound.items())

    def _change(
        self, pair: tuple[Edge | None, Edge | None], side: int, rule: int, there: int
    ) -> Iterator[Change]:
        """One condition that is less met on one of the days."""
        numbers = [None if edge is None else edge.target for edge in pair]
        before, after = numbers
        nodes = [None if n is None else self.why.nodes[n] for n in numbers]
        if before is not None and after is not None:
            kinds = {node.kind for node in nodes if node is not None}
            if kinds == {CONCLUSION}:
                yield self.turn(before, after)
                return
        shown = after if after is not None else before
        assert shown is not None
        node = self.why.nodes[shown]
        truths = [None if n is None else n.holds for n in nodes]
        home = (rule if side == 1 else there) if after is not None else rule
        counted: tuple[Change, ...] = ()
        values = ("", "")
        if node.kind == COMPARISON:
            values = self._texts(nodes)
            counted = tuple(self._counts(node, rule, there, side))
        yield Change(
            node.kind,
            node.text,
            truths[0],
            truths[1],
            int(after is not None),
            self.why,
            shown,
            home,
            self._provision(node, shown),
            values,
            counted,
        )

    def _texts(self, nodes: Sequence[Node | None]) -> tuple[str, str]:
        before, after = ("" if node is None else node.text for node in nodes)
        return before, after

    def _counts(self, node: Node, rule: int, there: int, side: int) -> Iterator[Change]:
        """The counts that a comparison compares, with their numbers on both days."""
        written = self.law.rules[node.rule or 0]
        compared = set(written.body[node.literal or 0].variables)
        sides = (rule, there) if side == 0 else (there, rule)
        tables = [self._numbers(number, compared) for number in sides]
        for place in sorted(set(tables[0]) & set(tables[1])):
            numbers = tables[0][place], tables[1][place]
            values = [self.why.nodes[number].values[0] for number in numbers]
            if values[0] != values[1]:
                yield Change(
                    COUNT,
                    self.why.nodes[numbers[1]].text,
                    True,
                    True,
                    1,
                    self.why,
                    numbers[1],
                    None,
                    written.provision,
                    (values[0], values[1]),
                )

    def _numbers(self, rule: int, compared: set[str]) -> dict[int, int]:
        """The counts of a rule that give some variables their values, by their places."""
        found = {}
        for place, edge in self.conditions(rule, {}):
            node = self.why.nodes[edge.target]
            if node.kind == COUNT:
                literal = self.law.rules[node.rule or 0].body[node.literal or 0]
                if compared & set(literal.variables):
                    found[place] = edge.target
        return found

    def _provision(self, node: Node, number: int) -> str:
        if node.rule is not None:
            return self.law.rules[node.rule].provision
        return self.why.pinpoint(number)

    # what lies behind a change

    def causes(self, change: Change) -> list[Cause]:
        """What turned in the end, each once."""
        found: dict[tuple[str, str], Cause] = {}
        for worded, leaf in self._leaves(change, change):
            event = self.event(leaf) if leaf.kind == COMPARISON else None
            found.setdefault((worded.atom, leaf.atom), Cause(worded, leaf, event))
        return list(found.values())

    def _leaves(self, change: Change, worded: Change) -> Iterator[tuple[Change, Change]]:
        if self.has_words(change):
            worded = change
        below = [c for c in change.causes if c.kind != COUNT]
        if not below:
            yield worded, change
        for cause in below:
            yield from self._leaves(cause, worded)

    def rule(self, number: int) -> int | None:
        """The rule on which a conclusion rests most shortly."""
        return best_rule(self.why, self.costs, number)

    def has_words(self, change: Change) -> bool:
        """Whether the law has a sentence for what changed."""
        node = self.why.nodes[change.node]
        if change.kind == COMPARISON:
            rule = self.law.rules[node.rule or 0]
            literal = rule.body[node.literal or 0]
            key = literal.comparison.key if literal.comparison else ""
            words = rule.comparisons.get(key)
            return words is not None and bool(words.holds if node.holds else words.fails)
        if change.kind == CONCLUSION:
            words = self.law.sentences.get((node.name, len(node.arguments)))
            return words is not None and bool(words.holds or words.fails)
        return change.kind == "fact"

    def event(self, leaf: Change) -> int | None:
        """The condition that gave a comparison the value of its fixed side."""
        node = self.why.nodes[leaf.node]
        if leaf.rule is None or node.rule is None:
            return None
        body = self.law.rules[node.rule].body
        bound = node.bindings
        fixed = self._fixed(leaf, body[node.literal or 0])
        for place, edge in self.conditions(leaf.rule, bound):
            literal = body[place]
            child = self.why.nodes[edge.target]
            if (
                literal.atom is not None
                and not literal.negated
                and fixed & set(literal.atom.variables)
                and child.kind in (CONCLUSION, "fact")
                and child.holds is not False
            ):
                return edge.target
        return None

    def _fixed(self, leaf: Change, literal: Literal) -> set[str]:
        """The variables of a comparison that stand for the same on both days."""
        if literal.comparison is None or not all(leaf.values):
            return set()
        sides = zip(*(text.split()[::2] for text in leaf.values), strict=True)
        return {
            variable
            for term, (before, after) in zip(literal.comparison.terms, sides, strict=True)
            if before == after
            for variable in term.variables
        }

"""Find the difference between the reasons for an answer in two worlds.

Two worlds put the same law to the same question: at two dates of the law, under two sets of
readings, with facts changed. What holds in one and not in the other is *changed*. A changed
conclusion rests, where it holds, on a rule; of the conditions of that rule at least one is not met
in the other world, or the rule would apply there too. Those conditions are its causes; following
them down ends at what the worlds differ in: facts, options of readings, dates of the law. The law
is stratified and a support well-founded, so the way down ends.

Whether a condition is met in the other world is asked of clingo's model of that world by the very
atom, so nothing is worked out twice. Where the worlds are asked about two days, what one says of
its day is held against what the other says of its own; where they are those of two cases, so are
days of which the facts of both say the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple

from reasoner.lawfiles.rules import Law
from reasoner.reasons.justification import Edge, Justification, Node
from reasoner.reasons.justify import justify
from reasoner.reasons.weigh import (
    FAR,
    applicable,
    best_rule,
    deciding,
    decisive_nodes,
    groups,
    misses,
    support_costs,
)
from reasoner.solving.ground import Ground
from reasoner.solving.question import Goal

IN_FORCE = "in_force_since"
DAY = "day"
FACT, READING, DATE, CONCLUSION, COUNT, COMPARISON, PLUMBING = (
    "fact",
    "reading",
    "date",
    "conclusion",
    "count",
    "comparison",
    "plumbing",
)
_RANK = {False: 0, None: 1, True: 2}


class Change(NamedTuple):
    """Something that is otherwise in the second world, and what made it so.

    ``kind`` is conclusion, fact, reading, day (asked about), date (of the law), plumbing, count or
    comparison.
    ``before`` and ``after`` say whether it holds in each world; ``values`` are the two numbers of a
    count, or the two comparisons. ``side`` is the world whose justification has ``node`` and the
    ``rule`` it rests on (0 the first, 1 the second). ``provision`` is where the law asks for it.
    ``was`` is where the first world has a comparison that comes out the same with other values.
    """

    kind: str
    atom: str
    before: bool | None
    after: bool | None
    side: int
    why: Justification
    node: int
    rule: int | None
    provision: str
    values: tuple[str, str] = ("", "")
    causes: tuple[Change, ...] = ()
    was: tuple[Justification, int] | None = None


@dataclass(frozen=True, slots=True)
class Contrast:
    """How the reasons of one goal differ between two worlds.

    ``changes`` are those on which the answer turns in one of the worlds: the goal itself where its
    answer changed, otherwise what changed on the way down to what decides. ``aside`` changed as
    well, but nothing turns on it. ``same`` are the conditions of the goal, nodes of the first
    justification, that are met in both worlds or in neither.
    """

    goal: Goal
    before: bool | None
    after: bool | None
    changes: tuple[Change, ...]
    aside: tuple[Change, ...]
    same: tuple[Edge, ...]

    @property
    def differs(self) -> bool:
        """Whether the answer or its reasons differ."""
        return bool(self.changes)


def contrast(
    first: Ground,
    second: Ground,
    goals: Sequence[Goal],
    why: Sequence[Justification] = (),
    days: tuple[int, int] | None = None,
    alike: Mapping[str, str] = MappingProxyType({}),
) -> list[Contrast]:
    """Compare the reasons of some goals in two worlds.

    Args:
        first: the law grounded in one world.
        second: the same law grounded in another.
        goals: what to compare, each asked in both worlds.
        why: the justifications of the goals in both worlds, where they are known already.
        days: the days that the worlds are asked about, where they are two; the goals are asked
            about the first, and their justifications must be given.
        alike: days that play the part in the first world that others play in the second; no two
            play the same part.
    """
    known = why or [justify(ground, goals) for ground in (first, second)]
    terms = ("", "") if days is None or days[0] == days[1] else (str(days[0]), str(days[1]))
    sides = [
        _Side(first, known[0], terms[0], alike),
        _Side(second, known[1], terms[1], {other: day for day, other in alike.items()}),
    ]
    comparer = _Comparer(sides)
    return [comparer.goal(goal, place) for place, goal in enumerate(goals)]


def causes(changes: Sequence[Change]) -> list[Change]:
    """What changes come from in the end: facts, readings, dates of the law; each once."""
    found: dict[tuple[str, str, str], Change] = {}
    waiting = list(reversed(changes))
    while waiting:
        change = waiting.pop()
        if change.causes:
            waiting += reversed(change.causes)
        else:
            found.setdefault((change.kind, change.atom, change.provision), change)
    return list(found.values())


class _Side:
    """One world: its ground law, and the justifications asked of it so far.

    ``day`` is the day asked about, or empty where both worlds have the same; ``alike`` says which
    other days play the part of which in the other world.
    """

    def __init__(
        self, ground: Ground, why: Justification, day: str, alike: Mapping[str, str]
    ) -> None:
        self.ground = ground
        self.day = day
        self.alike = alike
        self.found: dict[str, tuple[Justification, int]] = {}
        self.costs: dict[int, dict[int, int]] = {}
        self.add(why)
        self.why = why

    def add(self, why: Justification) -> None:
        """Know where each conclusion is explained."""
        self.costs[id(why)] = support_costs(why)
        for number, node in enumerate(why.nodes):
            if node.kind == "conclusion":
                self.found.setdefault(node.text, (why, number))

    def explain(self, goal: Goal) -> tuple[Justification, int]:
        """Where a conclusion is explained; asked now where it has not been asked yet."""
        if goal.text not in self.found:
            self.add(justify(self.ground, [goal]))
        return self.found[goal.text]


class _Comparer:
    """Follows what changed from goals down to what the worlds differ in."""

    def __init__(self, sides: Sequence[_Side]) -> None:
        self.sides = sides
        self.law = sides[0].why.law
        self.known: dict[str, Change] = {}

    def called(self, node: Node, here: _Side, there: _Side) -> Goal:
        """What a node of one world is in another: what is said of the day asked is of its day."""
        if here is there:
            return Goal(node.name, node.arguments, "")
        days = here.day, there.day
        return Goal(node.name, on_other_day(self.law, node, days, here.alike), "")

    def truths(self, node: Node, here: _Side) -> list[bool | None]:
        """Whether what a node of one world says holds in each."""
        return [side.ground.settled(self.called(node, here, side).text) for side in self.sides]

    def goal(self, goal: Goal, place: int) -> Contrast:
        roots = [side.why.roots[place] for side in self.sides]
        truths = [side.why.nodes[root].holds for side, root in zip(self.sides, roots, strict=True)]
        if truths[0] != truths[1]:
            changes = [self.conclusion(self.sides[0], self.sides[0].why.nodes[roots[0]], *truths)]
        else:
            changes = self.topmost(roots, decisive=True)
        told = {(c.kind, c.atom) for c in with_causes(changes)}
        aside = [] if truths[0] != truths[1] else self.topmost(roots, decisive=False)
        return Contrast(
            goal,
            truths[0],
            truths[1],
            tuple(changes),
            tuple(c for c in aside if (c.kind, c.atom) not in told),
            tuple(self.stayed(roots[0])),
        )

    # what changed on the way down from a goal that has the same answer

    def topmost(self, roots: Sequence[int], *, decisive: bool) -> list[Change]:
        """The first changes on the way down from a goal, in either world; each once."""
        found: dict[tuple[str, str], Change] = {}
        for number, side in enumerate(self.sides):
            why, costs = side.why, side.costs[id(side.why)]
            seen: set[int] = set()
            waiting = [roots[number]]
            while waiting:
                here = waiting.pop()
                if here in seen:
                    continue
                seen.add(here)
                edges = deciding(why, costs, here) if decisive else why.edges[here]
                for edge in reversed(edges):
                    change = self.changed(side, why, edge.target, self._provision(why, here))
                    if change is None:
                        waiting.append(edge.target)
                    elif change.kind in (CONCLUSION, FACT) and not _only_asked(change):
                        found.setdefault((change.kind, change.atom), change)
        if decisive:
            found |= {(c.kind, c.atom): c for c in self.other_values(roots)}
        below = {(c.kind, c.atom) for top in found.values() for c in with_causes(top.causes)}
        return [change for key, change in found.items() if key not in below]

    def changed(
        self, side: _Side, why: Justification, number: int, provision: str
    ) -> Change | None:
        """What a node names, if it is otherwise in the other world."""
        node = why.nodes[number]
        if node.kind in ("rule", "branch", COUNT, COMPARISON):
            return None
        truths = self.truths(node, side)
        if truths[0] == truths[1]:
            return None
        return self.named(side, why, number, provision, truths)

    def other_values(self, roots: Sequence[int]) -> Iterator[Change]:
        """Comparisons and counts on which an answer turns in both worlds, with other values."""
        first, second = self.sides
        shared = {
            self.called(first.why.nodes[n], first, second).text: n
            for n in decisive_nodes(first.why, first.costs[id(first.why)], roots[0])
            if first.why.nodes[n].kind == CONCLUSION
        }
        for number in decisive_nodes(second.why, second.costs[id(second.why)], roots[1]):
            known = shared.get(second.why.nodes[number].text)
            if known is None or second.why.nodes[number].kind != CONCLUSION:
                continue
            tables = _measures(first.why, known), _measures(second.why, number)
            for key in sorted(set(tables[0]) & set(tables[1])):
                here, there = tables[0][key], tables[1][key]
                if len(here) != 1 or len(there) != 1 or key[0] == COUNT:
                    continue
                left, right = first.why.nodes[here[0]], second.why.nodes[there[0]]
                if self.same_values(left, right):
                    continue
                counts = [
                    self.count(key[1], key[2], tables[0][other][0], tables[1][other][0])
                    for other in sorted(set(tables[0]) & set(tables[1]))
                    if other[0] == COUNT and other[1] == key[1]
                ]
                yield Change(
                    COMPARISON,
                    self.condition(left),
                    left.holds,
                    right.holds,
                    1,
                    second.why,
                    there[0],
                    None,
                    self._provision(first.why, known),
                    (left.text, right.text),
                    tuple(c for c in counts if c is not None),
                    (first.why, here[0]),
                )

    def same_values(self, left: Node, right: Node) -> bool:
        """Whether two comparisons are of the same values, each with the day that it is asked."""
        first, second = self.sides
        alike = {**first.alike, first.day: second.day}
        return all(
            alike.get(here, here) == there
            for here, there in zip(left.values, right.values, strict=True)
        )

    # what made a change

    def named(
        self,
        side: _Side,
        why: Justification,
        number: int,
        provision: str,
        truths: Sequence[bool | None],
    ) -> Change:
        """The change of what a node names."""
        node = why.nodes[number]
        if node.kind == CONCLUSION:
            return self.conclusion(side, node, *truths)
        kind = DATE if node.name == IN_FORCE else node.kind
        place = self.sides.index(side)
        before, after = truths
        return Change(kind, node.text, before, after, place, why, number, None, provision)

    def conclusion(
        self, here: _Side, node: Node, before: bool | None, after: bool | None
    ) -> Change:
        """The change of a conclusion, with the conditions that made it, down to the leaves."""
        key = self.called(node, here, self.sides[0]).text
        known = self.known.get(key)
        if known is not None:
            return known
        place = 0 if _RANK[before] > _RANK[after] else 1
        side, other = self.sides[place], self.sides[1 - place]
        why, number = side.explain(self.called(node, here, side))
        rule = best_rule(why, side.costs[id(why)], number)
        found: list[Change] = []
        if rule is not None:
            found = list(self.broken(side, other, why, rule, number))
        change = Change(
            CONCLUSION,
            why.nodes[number].text,
            before,
            after,
            place,
            why,
            number,
            rule,
            why.pinpoint(number),
            ("", ""),
            tuple(found),
        )
        self.known[key] = change
        return change

    def broken(
        self, side: _Side, other: _Side, why: Justification, rule: int, number: int
    ) -> Iterator[Change]:
        """The conditions of a rule that applies in one world and that are less met in the other.

        What is merely asked about in one world and not in the other, on a day that does not matter
        there, is named only if nothing else is.
        """
        told: list[Change] = []
        aside: list[Change] = []
        for edge in _conditions(why, side.costs[id(why)], rule):
            node = why.nodes[edge.target]
            if node.kind == COUNT:
                told += self.counted(side, other, why, edge.target, rule)
                continue
            if node.kind == COMPARISON:
                if side.day or side.alike:
                    told += self.compared(side, other, why, edge.target, number)
                continue
            truths = self.truths(node, side)
            here, there = truths if side is self.sides[0] else reversed(truths)
            if here == there or (_RANK[here] > _RANK[there]) == edge.negated:
                continue
            change = self.named(side, why, edge.target, self._provision(why, rule), truths)
            (aside if _only_asked(change) else told).append(change)
        yield from told or aside or self.dated(side, other, why, rule)

    def dated(self, side: _Side, other: _Side, why: Justification, rule: int) -> Iterator[Change]:
        """The conditions of a rule that are about the day of one world, taken as they stand there.

        Where nothing else differs, the day does: a rule reckons another day from it.
        """
        for edge in _conditions(why, side.costs[id(why)], rule):
            node = why.nodes[edge.target]
            if node.kind == FACT and not edge.negated and side.day in node.arguments:
                here, there = (one.ground.settled(node.text) for one in (side, other))
                if _RANK[here] > _RANK[there]:
                    truths = (here, there) if side is self.sides[0] else (there, here)
                    change = self.named(side, why, edge.target, self._provision(why, rule), truths)
                    yield change._replace(kind=DAY)

    def compared(
        self, side: _Side, other: _Side, why: Justification, number: int, conclusion: int
    ) -> Iterator[Change]:
        """A comparison that comes out otherwise on the days that stand there for those of here."""
        node = why.nodes[number]
        literal = self.law.rules[node.rule or 0].body[node.literal or 0]
        compared = {node.bindings.get(name) for name in literal.variables}
        if compared.isdisjoint({side.day, *side.alike}):
            return
        there, root = other.explain(self.called(why.nodes[conclusion], side, other))
        key = COMPARISON, node.rule or 0, node.literal or 0
        found = _measures(there, root).get(key, [])
        if len(found) > 1:
            moved = _moved(node, side, other)
            found = [n for n in found if _agree(moved, there.nodes[n].bindings)]
        if len(found) != 1 or there.nodes[found[0]].holds == node.holds:
            return
        ends = [(why, number), (there, found[0])]
        if side is not self.sides[0]:
            ends.reverse()
        (first, here), (second, place) = ends
        yield Change(
            COMPARISON,
            self.condition(second.nodes[place]),
            first.nodes[here].holds,
            second.nodes[place].holds,
            1,
            second,
            place,
            None,
            self._provision(second, place),
        )

    def counted(
        self, side: _Side, other: _Side, why: Justification, number: int, rule: int
    ) -> list[Change]:
        """What changed among the members of a count, in the world that has it and in the other."""
        node = why.nodes[number]
        there = [
            (one, n)
            for one, _ in {id(w): (w, n) for w, n in other.found.values()}.values()
            for n, it in enumerate(one.nodes)
            if (it.kind, it.rule, it.literal) == (COUNT, node.rule, node.literal)
            and _agree(_moved(node, side, other), it.bindings)
        ]
        if len(there) != 1 or there[0][0].nodes[there[0][1]].values == node.values:
            found = [*self.members(side, why, number)]
            return [self._count(side, why, number, rule, "", found)] if found else []
        found = [*self.members(side, why, number), *self.members(other, *there[0])]
        value = there[0][0].nodes[there[0][1]].values[0]
        return [self._count(side, why, number, rule, value, found)]

    def count(self, rule: int, literal: int, here: int, there: int) -> Change | None:
        """The change of a count that both justifications have."""
        first, second = self.sides
        values = first.why.nodes[here].values[0], second.why.nodes[there].values[0]
        if values[0] == values[1]:
            return None
        found = [*self.members(first, first.why, here), *self.members(second, second.why, there)]
        provision = self.law.rules[rule].provision
        return Change(
            COUNT,
            self.condition(first.why.nodes[here]),
            True,
            True,
            0,
            first.why,
            here,
            None,
            provision,
            values,
            _once(found),
        )

    def _count(
        self,
        side: _Side,
        why: Justification,
        number: int,
        rule: int,
        other: str,
        found: Sequence[Change],
    ) -> Change:
        node = why.nodes[number]
        place = self.sides.index(side)
        values = (node.values[0], other) if place == 0 else (other, node.values[0])
        provision = self._provision(why, rule)
        atom = self.condition(node)
        return Change(
            COUNT, atom, True, True, place, why, number, None, provision, values, _once(found)
        )

    def condition(self, node: Node) -> str:
        """A comparison or a count as the law has it, and what its variables are bound to."""
        literal = self.law.rules[node.rule or 0].body[node.literal or 0]
        return f"{literal.text} ({', '.join(node.row)})"

    def members(self, side: _Side, why: Justification, number: int) -> Iterator[Change]:
        """What is otherwise in the other world among the conditions of the members of a count."""
        provision = self._provision(why, number)
        for member in why.edges[number]:
            for edge in why.edges[member.target]:
                change = self.changed(side, why, edge.target, provision)
                if change is not None:
                    yield change

    def stayed(self, root: int) -> Iterator[Edge]:
        """The conditions of a goal that are met in both worlds, or in neither."""
        side = self.sides[0]
        why = side.why
        costs = side.costs[id(why)]
        node = why.nodes[root]
        if node.holds:
            rule = best_rule(why, costs, root)
        else:
            tried, _ = applicable(why, root)
            rule = min((e.target for e in tried), key=lambda n: misses(why, n), default=None)
        for edge in _conditions(why, costs, rule) if rule is not None else ():
            child = why.nodes[edge.target]
            if child.kind != CONCLUSION:
                continue
            truths = self.truths(child, side)
            if truths[0] == truths[1]:
                yield edge

    def _provision(self, why: Justification, number: int) -> str:
        """The provision in which the law asks for what hangs below a node."""
        node = why.nodes[number]
        if node.kind != CONCLUSION and node.rule is not None:
            return self.law.rules[node.rule].provision
        return why.pinpoint(number)


def _conditions(why: Justification, costs: Mapping[int, int], number: int) -> Iterator[Edge]:
    """The conditions below a rule, along the branch that comes nearest."""
    for edges in groups(why, number):
        if why.nodes[edges[0].target].kind != "branch":
            yield from edges
            continue
        best = min(
            edges,
            key=lambda e: (-_RANK[why.nodes[e.target].holds], costs.get(e.target, FAR), e.target),
        )
        yield from _conditions(why, costs, best.target)


def on_other_day(
    law: Law, node: Node, days: tuple[str, str], alike: Mapping[str, str] = MappingProxyType({})
) -> tuple[str | None, ...]:
    """The arguments of a node of a world asked about one day in a world asked about another.

    What is concluded about the day, or given with it, has the day as its last date. What the case
    states is the same in both, but for days that play the part of others there.
    """
    fact = law.vocabulary.facts.get(node.name)
    given = fact is not None and fact.settled_by == "question"
    kinds = law.types.get((node.name, len(node.arguments)), ())
    dates = [n for n, kind in enumerate(kinds) if kind == "date" and node.arguments[n] is not None]
    moved = [
        alike.get(term, term) if kind == "date" and term is not None else term
        for term, kind in zip(node.arguments, kinds, strict=False)
    ]
    if dates and (node.kind in (CONCLUSION, PLUMBING) or given):
        last = dates[-1]
        moved[last] = days[1] if node.arguments[last] == days[0] else moved[last]
    return (*moved, *node.arguments[len(moved) :])


def _moved(node: Node, side: _Side, other: _Side) -> dict[str, str]:
    """What the variables of a node of a world stand for in another."""
    terms = {**side.alike, side.day: other.day}
    return {name: terms.get(value, value) for name, value in node.bindings.items()}


def _measures(why: Justification, conclusion: int) -> dict[tuple[str, int, int], list[int]]:
    """The comparisons and counts in the rules below a conclusion, by rule and condition."""
    found: dict[tuple[str, int, int], list[int]] = {}

    def walk(number: int) -> None:
        for edge in why.edges[number]:
            node = why.nodes[edge.target]
            if node.kind in ("rule", "branch"):
                walk(edge.target)
            elif node.kind in (COMPARISON, COUNT):
                key = node.kind, node.rule or 0, node.literal or 0
                found.setdefault(key, []).append(edge.target)

    walk(conclusion)
    return found


def _agree(left: Mapping[str, str], right: Mapping[str, str]) -> bool:
    return all(right[name] == value for name, value in left.items() if name in right)


def _only_asked(change: Change) -> bool:
    """Whether nothing changed but what the law looks at: domains, days that matter."""
    if change.causes:
        return all(map(_only_asked, change.causes))
    return change.kind == PLUMBING


def _once(changes: Sequence[Change]) -> tuple[Change, ...]:
    return tuple({(c.kind, c.atom): c for c in changes}.values())


def with_causes(changes: Sequence[Change]) -> Iterator[Change]:
    """Some changes with all that made them; one that made several comes several times."""
    for change in changes:
        yield change
        yield from with_causes(change.causes)

"""Weigh a justification: the shortest support, how near a miss is, which provisions decide."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import groupby

from reasoner.lawfiles.rules import is_below
from reasoner.reasons.justification import Edge, Justification

FAR = 1_000_000
_COSTLY = ("conclusion", "branch")


def satisfied(why: Justification, edge: Edge) -> bool | None:
    """Whether a condition is met: the truth of what it names, negated where the law says not."""
    holds = why.nodes[edge.target].holds
    return holds if not edge.negated or holds is None else not holds


def groups(why: Justification, number: int) -> Iterator[list[Edge]]:
    """The conditions below a rule or a branch; the branches of one condition together."""

    def key(edge: Edge) -> tuple[int, int]:
        lone = why.nodes[edge.target].kind != "branch"
        return edge.order, edge.target if lone else -1

    for _, edges in groupby(why.edges[number], key):
        yield list(edges)


def support_costs(why: Justification) -> dict[int, int]:
    """For each conclusion, rule and branch that holds, the size of its smallest support.

    A conclusion costs more than anything it rests on, so following the cheapest rule never runs
    in a circle. Source: Knuth, A generalization of Dijkstra's algorithm (1977).
    """
    costs: dict[int, int] = {}
    holding = [n for n, node in enumerate(why.nodes) if node.holds is not False]
    parts = [part for n in reversed(holding) if (part := _costly(why, n)) is not None]
    changed = True
    while changed:
        changed = False
        for number, fixed, several in parts:
            new = fixed + sum([min([costs.get(n, FAR) for n in ways]) for ways in several])
            if new < costs.get(number, FAR):
                costs[number] = new
                changed = True
    return costs


def _costly(why: Justification, number: int) -> tuple[int, int, list[list[int]]] | None:
    """A conclusion, rule or branch, what it costs itself, and of what each the cheapest is added.

    A condition that rests on nothing costs one, and so does what the law says is not so.
    """
    kind, edges = why.nodes[number].kind, why.edges[number]
    if kind == "conclusion":
        return (number, 1, [[e.target for e in edges]]) if edges else None
    if kind not in ("rule", "branch"):
        return None
    fixed, several = 1, []
    for ways in groups(why, number):
        lone = any(e.negated or why.nodes[e.target].kind not in _COSTLY for e in ways)
        fixed += lone
        if not lone:
            several.append([e.target for e in ways])
    return number, fixed, several


def best_rule(why: Justification, costs: Mapping[int, int], number: int) -> int | None:
    """The rule on which a conclusion rests most shortly."""
    holding = [e for e in why.edges[number] if why.nodes[e.target].holds is not False]
    certain = [e for e in holding if why.nodes[e.target].holds]
    ranked = sorted(certain or holding, key=lambda e: (costs.get(e.target, FAR), e.order))
    return ranked[0].target if ranked else None


def misses(why: Justification, number: int) -> int:
    """How many conditions below a rule or a branch are not met; the nearest branch counts."""
    total = 0
    for edges in groups(why, number):
        if why.nodes[edges[0].target].kind == "branch":
            if not any(why.nodes[e.target].holds for e in edges):
                total += min(misses(why, e.target) for e in edges)
        else:
            total += sum(satisfied(why, e) is not True for e in edges)
    return total


def blocking(why: Justification, number: int) -> Iterator[Edge]:
    """The conditions below a rule that are not met, those of its branches included."""
    for edges in groups(why, number):
        if why.nodes[edges[0].target].kind != "branch":
            yield from (e for e in edges if satisfied(why, e) is not True)
        elif not any(why.nodes[e.target].holds for e in edges):
            for edge in edges:
                yield from blocking(why, edge.target)


def other_reading(why: Justification, rule: int) -> list[tuple[str, str]]:
    """The options that a rule wants and that are not chosen."""
    return [
        (str(node.arguments[0]), str(node.arguments[1]))
        for edge in why.edges[rule]
        if (node := why.nodes[edge.target]).kind == "reading" and satisfied(why, edge) is False
    ]


def applicable(why: Justification, number: int) -> tuple[list[Edge], list[Edge]]:
    """The rules tried for a conclusion: those in play, and those another reading would open.

    A rule for another value of the same argument (its equation fails) is in play only when
    nothing else is.
    """
    tried = list(why.edges[number])
    aside = [e for e in tried if "closed" in why.nodes[e.target].values]
    rest = [e for e in tried if e not in aside]
    fitting = [e for e in rest if not _other_value(why, e.target)]
    if fitting:
        rest = fitting
    if not rest:
        return aside, []
    return rest, aside


def _other_value(why: Justification, rule: int) -> bool:
    for edge in why.edges[rule]:
        node = why.nodes[edge.target]
        if node.kind == "comparison" and node.values[1:2] == ("=",) and node.holds is False:
            return True
    return False


def decisive(why: Justification, number: int, costs: dict[int, int] | None = None) -> list[str]:
    """The provisions that decide a goal: the deepest ones, of the goal's own part of the law.

    For an answer that fails, down the conditions that are not met, along the alternatives that
    come nearest to being met; for one that holds, down what it rests on. Where several goals of
    one justification are weighed, the costs are worked out once and given.
    """
    costs = costs or support_costs(why)
    root = why.pinpoint(number)
    home = Home(why, costs, number)
    found: dict[str, None] = {}
    seen: set[int] = set()

    def walk(node: int, last: str) -> None:
        if node in seen:
            return
        seen.add(node)
        pinpoint = why.pinpoint(node)
        if pinpoint in home and (last == root or is_below(pinpoint, last)):
            last = pinpoint  # not sideways: a helper may have its home in another paragraph
        if home.instrument and pinpoint not in ("", root):
            found.setdefault(pinpoint)
            return
        if why.nodes[node].holds and not why.nodes[number].holds:
            found.setdefault(last)  # what stands against the goal decides, not what it rests on
            return
        below = [e.target for e in deciding(why, costs, node)]
        inside = [b for b in below if _leads(why, costs, b, home, set())]
        rests_here = any(why.nodes[b].kind in ("fact", "comparison", "table") for b in below)
        if rests_here or all(b in seen for b in inside):
            found.setdefault(last)
        for child in inside:
            walk(child, last)

    walk(number, root)
    if set(found) <= {root}:
        home.widen()
        found.clear()
        seen.clear()
        walk(number, root)
    order = {p: i for i, p in enumerate(why.law.provisions)}
    result = sorted((p for p in found if p), key=lambda p: order.get(p, FAR))
    return [p for p in result if not any(is_below(q, p) for q in result)]


class Home:
    """The part of the law that a question is about.

    Its section and the file it stands in; where these say nothing further about it, the whole
    instrument: a definition may rest on sections all over it.
    """

    def __init__(self, why: Justification, costs: dict[int, int], number: int) -> None:
        self.provisions = why.law.provisions
        root = why.pinpoint(number)
        self.root = root
        self.part = _part(root)
        self.instrument = ""  # nothing more than the section and the file, unless said below
        found = self.provisions.get(root)
        self.path = found.position.path if found else ""
        turns_on = {why.pinpoint(n) for n in decisive_nodes(why, costs, number)} - {"", root}
        if not any(p in self for p in turns_on):
            self.widen()

    def __contains__(self, pinpoint: str) -> bool:
        found = self.provisions.get(pinpoint)
        return (bool(pinpoint) and self.near(pinpoint)) or (
            found is not None and found.instrument == self.instrument
        )

    def widen(self) -> None:
        """Take in the whole instrument."""
        found = self.provisions.get(self.root)
        self.instrument = found.instrument if found else ""

    def near(self, pinpoint: str) -> bool:
        """Whether a provision stands in the same section or the same file."""
        found = self.provisions.get(pinpoint)
        return _part(pinpoint) == self.part or (
            found is not None and found.position.path == self.path
        )


def _leads(
    why: Justification, costs: dict[int, int], node: int, home: Home, seen: set[int]
) -> bool:
    if node in seen:
        return False
    seen.add(node)
    pinpoint = why.pinpoint(node)
    if pinpoint and pinpoint in home:
        return True
    if pinpoint:
        return False
    return any(_leads(why, costs, e.target, home, seen) for e in deciding(why, costs, node))


def deciding(why: Justification, costs: dict[int, int], number: int) -> list[Edge]:
    """The conditions on which the truth of a conclusion turns: a flat list over its rules."""
    return [edge for _, edges in deciding_by_rule(why, costs, number) for edge in edges]


def deciding_by_rule(
    why: Justification, costs: dict[int, int], number: int
) -> Iterator[tuple[int, list[Edge]]]:
    """The rules on which the truth of a conclusion turns, each with the conditions that decide."""
    node = why.nodes[number]
    if node.kind != "conclusion":
        return
    if node.holds:
        rule = best_rule(why, costs, number)
        if rule is not None:
            yield rule, list(_conditions(why, rule, costs, met=True))
        return
    tried, _ = applicable(why, number)
    if not tried:
        return
    nearest = min(misses(why, e.target) for e in tried)
    for e in tried:
        if misses(why, e.target) == nearest:
            edges = list(_conditions(why, e.target, costs, met=False))
            if node.holds is False and any(satisfied(why, edge) is False for edge in edges):
                # what may fail does not decide beside what fails anyway
                edges = [edge for edge in edges if satisfied(why, edge) is not None]
            yield e.target, edges


def decisive_nodes(why: Justification, costs: dict[int, int], number: int) -> set[int]:
    """Every conclusion and leaf on which the truth of a goal turns, however deep."""
    found: set[int] = set()
    waiting = [number]
    while waiting:
        here = waiting.pop()
        if here not in found:
            found.add(here)
            waiting += [edge.target for edge in deciding(why, costs, here)]
    return found


def leaves(why: Justification, costs: dict[int, int], number: int) -> list[int]:
    """The facts and comparisons on which the truth of a node turns, in the order met."""
    found: dict[int, None] = {}
    seen: set[int] = set()

    def walk(here: int) -> None:
        if here in seen:
            return
        seen.add(here)
        if why.nodes[here].kind != "conclusion":
            found.setdefault(here)
        for edge in deciding(why, costs, here):
            walk(edge.target)

    walk(number)
    return list(found)


def rests_on(why: Justification, costs: dict[int, int], number: int) -> set[str]:
    """Every provision that the explanation of a goal rests on, however deep."""
    found: set[str] = set()
    seen: set[int] = set()
    waiting = [number]
    while waiting:
        here = waiting.pop()
        if here in seen:
            continue
        seen.add(here)
        found.add(why.pinpoint(here))
        node = why.nodes[here]
        if node.kind == "count":
            waiting += [e.target for m in why.edges[here] for e in why.edges[m.target]]
        if node.kind != "conclusion":
            continue
        if node.holds:
            rule = best_rule(why, costs, here)
            if rule is not None:
                found.add(why.pinpoint(rule))
                waiting += [e.target for e in _conditions(why, rule, costs, met=True)]
        else:
            for e in applicable(why, here)[0]:
                found.add(why.pinpoint(e.target))
                waiting += [c.target for c in _conditions(why, e.target, costs, met=False)]
    return found - {""}


def _conditions(
    why: Justification, number: int, costs: dict[int, int], *, met: bool
) -> Iterator[Edge]:
    """The conditions below a rule that are met, or those that are not, through its branches.

    Where a comparison fails, the condition that gave it its values counts as well.
    """
    for edges in groups(why, number):
        if why.nodes[edges[0].target].kind != "branch":
            yield from (e for e in edges if (satisfied(why, e) is True) == met)
            continue
        holding = [e for e in edges if why.nodes[e.target].holds]
        if met and holding:
            best = min(holding, key=lambda e: (costs.get(e.target, FAR), e.target))
            yield from _conditions(why, best.target, costs, met=True)
        elif not met and not holding:
            for edge in edges:
                failing = list(_conditions(why, edge.target, costs, met=False))
                first = why.edges[edge.target][0]
                if first not in failing and any(
                    why.nodes[e.target].kind == "comparison" for e in failing
                ):
                    yield first
                yield from failing


def _part(pinpoint: str) -> str:
    """The instrument and section of a pinpoint: R65 for R65(b) and for R65.1(1)."""
    match = re.match(r"[A-Za-z:]+\d*", pinpoint)
    return match[0] if match else pinpoint

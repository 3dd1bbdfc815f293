"""Read clingo's report of its own reasoning into a justification.

What holds is explained by every rule that applies; what does not by every rule there is, with all
its conditions, satisfied or not, and every branch. Nothing is left out:
:mod:`reasoner.wording.view` decides what of it a reader sees, :mod:`reasoner.reasons.checker`
checks it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reasoner.lawfiles.rules import Law, Literal, Rule, Signature
from reasoner.reasons.instrument import (
    Ask,
    Closed,
    Members,
    Refusal,
    Row,
    Support,
    Test,
    Writer,
    pick,
)
from reasoner.reasons.justification import Edge, Justification, Node
from reasoner.solving.ground import Ground
from reasoner.solving.question import Goal
from reasoner.solving.solve import Decision
from reasoner.uncollected import uncollected
from reasoner.values import split_arguments

if TYPE_CHECKING:
    pass


_RESERVED = Node("rule", None, "", ())


def explain(decision: Decision) -> Justification:
    """Say why a question has the answer it has.

    Args:
        decision: what :func:`reasoner.solving.solve.decide` returned.

    Raises:
        InputError: when a rule of the law has a form that cannot be reported.
    """
    return justify(decision.ground, [decision.goal])


def justify(ground: Ground, goals: Sequence[Goal]) -> Justification:
    """Say why some goals hold or not.

    The walk goes down in rounds: what is asked at one depth of the law is put to clingo at once,
    for all goals together, and its report says what to ask next.

    Args:
        ground: the law grounded with a case.
        goals: what to explain, each with its given and open arguments.
    """
    with uncollected():
        return _Builder(ground).build(goals)


@dataclass(slots=True)
class Report:
    """The atoms of one round of the reporting program.

    ``rows`` has those that are looked up by their first arguments, ``true`` the arguments of
    those that just hold or not; ``open`` those that depend on unknown facts; ``same`` hold for
    every key asked for.
    """

    rows: dict[str, dict[Row, list[Row]]]
    true: dict[str, set[str]]
    open: dict[str, set[str]]
    same: set[str]

    def find(self, name: str, key: Row) -> list[Row]:
        """The rows of an atom that begin with a key."""
        if name in self.same:
            return [key]
        table = self.rows.get(name)
        return table.get(key, []) if table else []

    def truth(self, name: str, arguments: str) -> bool | None:
        """Whether an atom holds, by the text of its arguments."""
        if name in self.same or arguments in self.true.get(name, ()):
            return True
        if self.open and arguments in self.open.get(name, ()):
            return None
        return False


def read_report(ground: Ground, writer: Writer) -> Report:
    """Read the atoms of a round, in bulk."""
    true, possible = ground.report(writer.names)
    rows: dict[str, dict[Row, list[Row]]] = {}
    for name, width in writer.widths.items():
        texts = true.get(name, set()) | possible.get(name, set())
        table = rows[name] = {}
        for text in sorted(texts):
            row = split_arguments(text)
            key = row[:width]
            if key in table:
                table[key].append(row)
            else:
                table[key] = [row]
    return Report(rows, true, possible, writer.same)


class _Builder:
    """Grows the nodes from the goals down; conclusions and facts are shared."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self.law = ground.law
        self.nodes: list[Node] = []
        self.edges: list[list[Edge]] = []
        self.shared: dict[object, int] = {}
        self.waiting: dict[Ask, dict[int, Row]] = {}
        self.report = Report({}, {}, {}, set())

    def build(self, goals: Sequence[Goal]) -> Justification:
        """Make the node of each goal and everything below it."""
        roots = []
        for goal in goals:
            adornment = "".join("f" if a is None else "b" for a in goal.arguments)
            ask = (goal.name, len(goal.arguments)), adornment
            key = tuple(a for a in goal.arguments if a is not None)
            roots.append(self.conclusion(ask, key, self.ground.settled(goal.text)))
        while self.waiting:
            self.round()
        edges = tuple(
            tuple(sorted(row, key=_by_order)) if len(row) > 1 else tuple(row) for row in self.edges
        )
        nodes = tuple(self.nodes)
        return Justification(
            self.law, nodes, edges, tuple(roots), _circular(self.law, nodes, edges)
        )

    def round(self) -> None:
        """Ask what waits at the least depth; everything else can only be asked more often."""
        depth = min(self.law.depths.get(signature, 0) for signature, _ in self.waiting)
        asks = sorted(a for a in self.waiting if self.law.depths.get(a[0], 0) == depth)
        writer = Writer(self.law, self.ground, f"_x{self.ground.parts}_")
        prepared = []
        for ask in asks:
            asked = self.waiting.pop(ask)
            holding = [key for n, key in asked.items() if self.nodes[n].holds is True]
            failing = [key for n, key in asked.items() if self.nodes[n].holds is not True]
            prepared.append((asked, *writer.ask(ask, holding, failing)))
        self.ground.add(writer.program)
        self.report = read_report(self.ground, writer)
        for asked, supports, refusals in prepared:
            for number, key in asked.items():
                if self.nodes[number].holds is True:
                    for support in supports:
                        for row in self.report.find(support.atom, key):
                            self.support(number, support, row)
                    continue
                for refusal in refusals:
                    if refusal.worlds is not None and key[0] not in refusal.worlds:
                        continue
                    if isinstance(refusal, Closed):
                        self.closed(number, refusal, key)
                    else:
                        self.refuse(number, refusal, key)

    def add(self, node: Node) -> int:
        """A new node."""
        self.nodes.append(node)
        self.edges.append([])
        return len(self.nodes) - 1

    def reserve(self) -> int:
        """The place of a node whose truth is known only after what is below it."""
        return self.add(_RESERVED)

    def conclusion(self, ask: Ask, key: Row, holds: bool | None) -> int:
        """The node of an asked predicate; what is below it is grown in a later round."""
        known = self.shared.get((ask, key))
        if known is not None:
            return known
        (name, _), adornment = ask
        given = iter(key)
        arguments = tuple([next(given) if a == "b" else None for a in adornment])
        number = self.add(Node("conclusion", holds, name, arguments))
        self.shared[ask, key] = number
        self.waiting.setdefault(ask, {})[number] = key
        return number

    # what holds: the rules that apply

    def support(self, number: int, support: Support, row: Row) -> None:
        """Hang one rule that applies below a conclusion."""
        parent = self.nodes[number]
        tried = self.add(
            Node(
                "rule",
                True,
                parent.name,
                parent.arguments,
                support.rule.number,
                None,
                (),
                support.variables,
                row,
            )
        )
        self.edges[number].append(Edge(tried, False, support.rule.number))
        edges = self.edges[tried]
        for test in support.tests:
            literal = test.literal
            if literal.aggregate is not None:
                members = support.members[literal.number]
                counted = row[support.variables.index(literal.aggregate.guard.text)]
                child = self.count(literal, support.rule, members, support.variables, row, counted)
            elif literal.comparison is not None and literal.comparison.operators == ("=",):
                continue
            else:
                child = self.condition(test, support.rule, support.variables, row, True)
            edges.append(Edge(child, literal.negated, literal.number))

    # what does not hold: all rules

    def refuse(self, number: int, refusal: Refusal, key: Row) -> None:
        """Hang a rule that does not apply below a conclusion."""
        parent = self.nodes[number]
        level = refusal.levels[0]
        for env in self.report.find(level.atom, key):
            tried = self.reserve()
            truth = self.expand(refusal, 0, env, tried)
            self.nodes[tried] = Node(
                "rule",
                truth,
                parent.name,
                parent.arguments,
                refusal.rule.number,
                None,
                (),
                level.variables,
                env,
            )
            self.edges[number].append(Edge(tried, False, refusal.rule.number))

    def closed(self, number: int, closed: Closed, key: Row) -> None:
        """Hang a rule that a reading, or the date of the law, closes below a conclusion."""
        parent = self.nodes[number]
        for row in self.report.find(closed.atom, key):
            values: tuple[str, ...] = ("closed",)
            if self.report.truth(closed.otherwise, ",".join(row)) is True:
                values = ("closed", "otherwise")
            tried = self.add(
                Node(
                    "rule",
                    False,
                    parent.name,
                    parent.arguments,
                    closed.rule.number,
                    None,
                    values,
                    closed.variables,
                    row,
                )
            )
            self.edges[number].append(Edge(tried, False, closed.rule.number))
            for test in closed.closers:
                literal = test.literal
                child = self.target(test, row, literal.negated)
                self.edges[tried].append(Edge(child, literal.negated, literal.number))

    def expand(self, refusal: Refusal, number: int, env: Row, parent: int) -> bool | None:
        """Hang the conditions of one environment below a node; the truth of all of them."""
        level, rule = refusal.levels[number], refusal.rule
        edges = self.edges[parent]
        text = ",".join(env)
        holds = self.report.truth(level.atom, text)
        for test in level.tests:
            truth = self.report.truth(test.atom, text)
            child = self.condition(test, rule, level.variables, env, truth)
            edges.append(Edge(child, test.literal.negated, test.literal.number))
            holds = _both(holds, truth)
        binder = level.binder
        if binder is None:
            return holds
        following = refusal.levels[number + 1] if number + 1 < len(refusal.levels) else level
        branches = [] if following is level else self.report.find(following.atom, env)
        if level.found is None or level.missing is None:
            for branch in branches:
                if binder.aggregate is not None:
                    child = self.count(
                        binder, rule, level.members, level.variables, env, branch[-1]
                    )
                    edges.append(Edge(child, False, binder.number))
                holds = _both(holds, self.expand(refusal, number + 1, branch, parent))
            return holds if branches else False
        if not branches:
            edges.append(Edge(self.target(level.missing, env, False), False, binder.number))
            return False
        found: bool | None = False
        for branch in branches:
            opened = self.reserve()
            bound = self.report.truth(following.atom, ",".join(branch))
            itself = self.target(level.found, branch, bound)
            self.edges[opened].append(Edge(itself, False, -1))
            truth = self.expand(refusal, number + 1, branch, opened)
            self.nodes[opened] = Node(
                "branch",
                truth,
                "",
                (),
                rule.number,
                binder.number,
                (),
                following.variables,
                branch,
            )
            edges.append(Edge(opened, False, binder.number))
            found = _either(found, truth)
        return _both(holds, found)

    # conditions

    def condition(
        self, test: Test, rule: Rule, variables: Row, row: Row, truth: bool | None
    ) -> int:
        """The node of a condition; ``truth`` says whether the condition is met."""
        literal = test.literal
        if literal.atom is not None:
            return self.target(test, row, _not(truth) if literal.negated else truth)
        comparison = literal.comparison
        assert comparison is not None
        if test.values:
            sides = next(iter(self.report.find(test.values, row)), row)[len(row) :]
        else:
            sides = tuple(str(side) for side in pick(test.picks, row))
        if truth is None:
            truth = compare(sides, comparison.operators)
        words = list(sides[:1])
        for operator, side in zip(comparison.operators, sides[1:], strict=False):
            words += [operator, side]
        return self.add(
            Node(
                "comparison",
                truth,
                "",
                (),
                rule.number,
                literal.number,
                tuple(words),
                variables,
                row,
            )
        )

    def target(self, test: Test, row: Row, holds: bool | None) -> int:
        """The node of what a condition names: a conclusion, or a leaf."""
        atom = test.literal.atom
        assert atom is not None
        arguments = pick(test.picks, row)
        if holds is None:
            # Where it is reported may depend on unknown facts; what is reported need not.
            holds = self.ground.settled(Node("", None, atom.name, arguments).text)
        if test.asks is not None:
            key = tuple([a for a in arguments if a is not None])
            return self.conclusion(test.asks, key, holds)
        return self.leaf(self.kind(atom.signature), atom.name, arguments, holds)

    def leaf(
        self, kind: str, name: str, arguments: tuple[str | None, ...], holds: bool | None
    ) -> int:
        """The node of what no rule takes apart, the same one wherever it is met."""
        key = name, arguments
        known = self.shared.get(key)
        if known is None:
            known = self.shared[key] = self.add(Node(kind, holds, name, arguments))
        return known

    def kind(self, signature: Signature) -> str:
        """What sort of leaf a predicate makes."""
        if signature == self.law.reading:
            return "reading"
        if self.law.is_fact(signature) and signature not in self.law.heads:
            return "fact"
        if signature in self.law.sentences:
            return "table"
        return "plumbing"

    def count(
        self,
        literal: Literal,
        rule: Rule,
        members: Sequence[Members],
        variables: Row,
        row: Row,
        number: str,
    ) -> int:
        """The node of a count with its members."""
        aggregate = literal.aggregate
        assert aggregate is not None
        node = self.add(
            Node(
                "count",
                True,
                aggregate.function,
                (),
                rule.number,
                literal.number,
                (number,),
                variables,
                row,
            )
        )
        for member in members:
            inner = (*variables, *member.variables)
            for found in self.report.find(member.atom, row):
                opened = self.add(
                    Node("branch", True, "", (), rule.number, literal.number, (), inner, found)
                )
                self.edges[node].append(Edge(opened, False, 0))
                for test in member.tests:
                    child = self.condition(test, rule, inner, found, True)
                    part = test.literal
                    self.edges[opened].append(Edge(child, part.negated, part.number))
        return node


def compare(sides: Sequence[str], operators: Sequence[str]) -> bool | None:
    """The truth of a comparison of numbers, None of anything else."""
    if not all(side.lstrip("-").isdigit() for side in sides):
        return None
    numbers = [int(side) for side in sides]
    return all(
        {"<": a < b, "<=": a <= b, ">": a > b, ">=": a >= b, "=": a == b, "!=": a != b}[sign]
        for a, sign, b in zip(numbers, operators, numbers[1:], strict=False)
    )


def _by_order(edge: Edge) -> int:
    return edge.order


def _not(value: bool | None) -> bool | None:
    return None if value is None else not value


def _both(left: bool | None, right: bool | None) -> bool | None:
    if left is False or right is False:
        return False
    return None if left is None or right is None else True


def _either(left: bool | None, right: bool | None) -> bool | None:
    if left or right:
        return True
    return None if left is None or right is None else False


def _circular(law: Law, nodes: Sequence[Node], edges: Sequence[Sequence[Edge]]) -> frozenset[int]:
    """The false conclusions that would hold if only they themselves held: circles.

    The largest set of which each member has a rule that nothing outside the set blocks. What was
    left untested for want of a binding may only be a comparison or the circle's own predicates.
    Source: unfounded sets, Van Gelder, Ross and Schlipf (1991), the loop part of one.
    """
    false = {n for n, node in enumerate(nodes) if node.kind == "conclusion" and node.holds is False}

    def carried(number: int, inside: set[int], seen: frozenset[int]) -> bool:
        """Whether a rule or branch stands when the set is taken to hold."""
        branches: dict[int, list[int]] = {}
        for edge in edges[number]:
            node = nodes[edge.target]
            if node.kind == "branch":
                branches.setdefault(edge.order, []).append(edge.target)
            elif edge.target in inside and not edge.negated:
                continue
            elif (_not(node.holds) if edge.negated else node.holds) is not True:
                return False
        seen |= {edge.order for edge in edges[number]}
        if branches:
            return all(any(carried(b, inside, seen) for b in row) for row in branches.values())
        rule = nodes[number].rule
        return rule is not None and all(
            literal.number in seen
            or literal.comparison is not None
            or (literal.atom is not None and literal.atom.signature in circle)
            for literal in law.rules[rule].body
        )

    inside = set(false)
    while inside:
        circle = {(nodes[n].name, len(nodes[n].arguments)) for n in inside}
        stay = {n for n in inside if any(carried(e.target, inside, frozenset()) for e in edges[n])}
        if stay == inside:
            break
        inside = stay
    return frozenset(inside)

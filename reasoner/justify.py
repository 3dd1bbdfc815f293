"""Read clingo's report of its own reasoning into a justification.

What holds is explained by every rule that applies; what does not by every rule there is, with
all its conditions, satisfied or not, and every branch. Nothing is left out:
:mod:`reasoner.view` decides what of it a reader sees, :mod:`reasoner.verify` checks it.

Nodes, by ``kind``:

==============  ======================================================================
``conclusion``  what rules conclude; its children are ``rule`` nodes
``rule``        one rule that applies, for one binding of its variables, or one that does not;
                its children are its conditions, in the order of the law. Where a reading closes
                the rule, only that: ``values`` says "otherwise" if nothing else closes it
``branch``      in a rule that does not apply, one way to bind a condition ("this permit"); its
                first child is that condition, then come the conditions that depend on it.
                In a count, one member
``fact``        what a case states or not
``table``       what the law lists: kinds, and which falls under which
``reading``     the option chosen where the text is open
``comparison``  two values compared; ``values`` are the two sides
``count``       a number that the law counts; ``values`` is the number, the children its members
``plumbing``    a predicate without words (calendar, domains)
==============  ======================================================================

An edge goes from what is explained to what explains it; ``negated`` where the law says *not*.
``holds`` is True, False, or None where it depends on unknown facts; on a condition it is the
truth of what is named, before the negation on the edge.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from reasoner.instrument import (
    VARIABLE,
    Instruments,
    Level,
    Members,
    Plan,
    Test,
    adornment_of,
    guard_text,
    instrument,
)
from reasoner.question import Goal
from reasoner.rules import Law, Literal, Signature
from reasoner.solve import Decision, Ground

if TYPE_CHECKING:
    import networkx as nx


class Node(NamedTuple):
    """One node of a justification; see the module for the kinds.

    ``arguments`` are terms, None where open; ``rule`` and ``literal`` are indices into the law;
    ``bindings`` are the variables bound at this place with their values.
    """

    kind: str
    holds: bool | None
    name: str
    arguments: tuple[str | None, ...]
    rule: int | None = None
    literal: int | None = None
    values: tuple[str, ...] = ()
    bindings: tuple[tuple[str, str], ...] = ()

    @property
    def text(self) -> str:
        """The node as an atom, open arguments written ``_``."""
        if self.kind == "comparison":
            return " ".join(self.values)
        if not self.arguments:
            return self.name
        return f"{self.name}({','.join('_' if a is None else a for a in self.arguments)})"


class Edge(NamedTuple):
    """From a node to what explains it; ``order`` is the place of the condition in its rule."""

    target: int
    negated: bool
    order: int


@dataclass(frozen=True, slots=True)
class Justification:
    """Why some goals hold or not: all nodes, the edges that leave each, the node of each goal."""

    law: Law
    nodes: tuple[Node, ...]
    edges: tuple[tuple[Edge, ...], ...]
    roots: tuple[int, ...]
    circular: frozenset[int]

    def graph(self) -> nx.DiGraph[int]:
        """The justification as a directed graph of networkx.

        Nodes carry ``kind``, ``holds``, ``atom``, ``name``, ``arguments``, ``pinpoint``, ``rule``
        (file:line), ``values``, ``circular`` and ``root``; edges ``negated`` and ``order``.
        """
        import networkx as nx

        graph: nx.DiGraph[int] = nx.DiGraph()
        for number, node in enumerate(self.nodes):
            rule = None if node.rule is None else self.law.rules[node.rule]
            graph.add_node(
                number,
                kind=node.kind,
                holds=node.holds,
                atom=node.text,
                name=node.name,
                arguments=node.arguments,
                pinpoint=self.pinpoint(number),
                rule=None if rule is None else f"{rule.position.path}:{rule.position.line}",
                values=node.values,
                circular=number in self.circular,
                root=number in self.roots,
            )
        for number, row in enumerate(self.edges):
            for edge in row:
                graph.add_edge(number, edge.target, negated=edge.negated, order=edge.order)
        return graph

    def pinpoint(self, number: int) -> str:
        """The provision that a node belongs to, or nothing."""
        node = self.nodes[number]
        if node.kind == "rule" and node.rule is not None:
            return self.law.rules[node.rule].provision
        return self.law.homes.get((node.name, len(node.arguments)), "")


def explain(decision: Decision) -> Justification:
    """Say why a question has the answer it has.

    Args:
        decision: what :func:`reasoner.solve.decide` returned.

    Raises:
        InputError: when a rule of the law has a form that cannot be reported.
    """
    return justify(decision.ground, [decision.goal])


def justify(ground: Ground, goals: Sequence[Goal]) -> Justification:
    """Say why some goals hold or not, all from one pass of grounding.

    Args:
        ground: the law grounded with a case.
        goals: what to explain, each with its given and open arguments.
    """
    tag = f"_x{ground.parts}_"
    made = instrument(ground.law, [(g.name, g.arguments) for g in goals], tag)
    ground.add(made.program)
    report = _read(ground, made)
    return _Builder(ground.law, made, report).build(goals)


Row = tuple[str, ...]


@dataclass(slots=True)
class _Report:
    """The atoms of the reporting program: rows by atom and key, and those that just hold."""

    rows: dict[str, dict[Row, list[Row]]]
    true: set[tuple[str, str]]
    possible: set[tuple[str, str]]

    def find(self, name: str, key: Row) -> list[Row]:
        """The rows of an atom that begin with a key."""
        table = self.rows.get(name)
        return table.get(key, []) if table else []

    def truth(self, name: str, row: Row) -> bool | None:
        """Whether an atom holds."""
        atom = (name, f"{name}({','.join(row)})" if row else name)
        if atom in self.true:
            return True
        return None if self.true is not self.possible and atom in self.possible else False


def split_arguments(text: str) -> tuple[str, ...]:
    """The arguments of an atom, from the text between its outer brackets."""
    if not text:
        return ()
    if "(" not in text and '"' not in text:
        return tuple(text.split(","))
    parts, depth, start, quoted = [], 0, 0, False
    for place, sign in enumerate(text):
        if sign == '"' and text[place - 1] != "\\":
            quoted = not quoted
        elif quoted:
            continue
        elif sign == "(":
            depth += 1
        elif sign == ")":
            depth -= 1
        elif sign == "," and depth == 0:
            parts.append(text[start:place])
            start = place + 1
    parts.append(text[start:])
    return tuple(parts)


def _read(ground: Ground, made: Instruments) -> _Report:
    """Read all atoms of the reporting program once, in bulk."""
    if ground.unknown:
        possible = ground.consequences(made.tag, "brave")
        true = ground.consequences(made.tag, "cautious")
    else:
        true = possible = set(ground.atoms(made.tag))
    widths = _key_widths(made)
    rows: dict[str, dict[Row, list[Row]]] = defaultdict(dict)
    for name, text in sorted(possible):
        width = widths.get(name)
        if width is not None:
            row = split_arguments(text[len(name) + 1 : -1])
            rows[name].setdefault(row[:width], []).append(row)
    return _Report(rows, true, possible)


def _key_widths(made: Instruments) -> dict[str, int]:
    """How many arguments each atom is looked up with; those not named here just hold or not."""
    widths: dict[str, int] = {}
    for (_, adornment), number in made.asks.items():
        for plan in made.plans[number]:
            given = adornment.count("b")
            widths[plan.support.atom] = given
            for test in plan.support.tests:
                widths[test.values] = len(plan.support.variables)
            for row in plan.support.members.values():
                widths |= {m.atom: len(plan.support.variables) for m in row}
            for level in plan.levels:
                widths[level.atom] = given
                given = len(level.variables)
                widths |= {test.values: given for test in level.tests}
                widths |= {m.atom: given for m in level.members}
    widths.pop("", None)
    return widths


class _Builder:
    """Grows the nodes from the goals down; conclusions and facts are shared."""

    def __init__(self, law: Law, made: Instruments, report: _Report) -> None:
        self.law = law
        self.made = made
        self.report = report
        self.nodes: list[Node] = []
        self.edges: list[list[Edge]] = []
        self.shared: dict[object, int] = {}
        self.todo: list[tuple[int, int, Row]] = []

    def build(self, goals: Sequence[Goal]) -> Justification:
        """Make the node of each goal and everything below it."""
        roots = []
        for goal in goals:
            signature = goal.name, len(goal.arguments)
            adornment = "".join("f" if a is None else "b" for a in goal.arguments)
            asked = self.made.asks[signature, adornment]
            roots.append(self.conclusion(asked, tuple(a for a in goal.arguments if a is not None)))
        while self.todo:
            number, asked, key = self.todo.pop()
            holds = self.supports(number, asked, key)
            if holds is not True:
                holds = self.refusals(number, asked, key, holds)
            self.nodes[number] = self.nodes[number]._replace(holds=holds)
        edges = tuple(tuple(sorted(row, key=lambda e: e.order)) for row in self.edges)
        nodes = tuple(self.nodes)
        return Justification(self.law, nodes, edges, tuple(roots), _circular(nodes, edges))

    def add(self, node: Node) -> int:
        """A new node."""
        self.nodes.append(node)
        self.edges.append([])
        return len(self.nodes) - 1

    def conclusion(self, asked: int, key: Row) -> int:
        """The node of an asked predicate; what is below it is grown later."""
        known = self.shared.get((asked, key))
        if known is not None:
            return known
        (name, _), adornment = self.made.keys[asked]
        given = iter(key)
        arguments = tuple(next(given) if a == "b" else None for a in adornment)
        number = self.add(Node("conclusion", None, name, arguments))
        self.shared[asked, key] = number
        self.todo.append((number, asked, key))
        return number

    # what holds: the rules that apply

    def supports(self, number: int, asked: int, key: Row) -> bool | None:
        """Hang every rule that applies below a conclusion; whether one does."""
        found: bool | None = False
        for plan in self.made.plans[asked]:
            support = plan.support
            for row in self.report.find(support.atom, key):
                truth = self.report.truth(support.atom, row)
                found = _either(found, truth)
                if truth is True:
                    self.support(number, plan, row)
        return found

    def support(self, number: int, plan: Plan, row: Row) -> None:
        """Hang one rule that applies below a conclusion."""
        support = plan.support
        values = dict(zip(support.variables, row, strict=True))
        node = Node(
            "rule",
            True,
            plan.rule.head.name,
            self.nodes[number].arguments,
            plan.rule.index,
            bindings=tuple(values.items()),
        )
        tried = self.add(node)
        self.edges[number].append(Edge(tried, False, plan.rule.index))
        for test in support.tests:
            literal = test.literal
            if literal.aggregate is not None:
                members = support.members[literal.index]
                child = self.count(literal, plan, members, values, row)
            elif literal.comparison is not None and literal.comparison.operators == ("=",):
                continue
            else:
                child = self.condition(test, plan, values, row, True)
            self.edges[tried].append(Edge(child, literal.negated, literal.index))

    # what does not hold: all rules

    def refusals(self, number: int, asked: int, key: Row, holds: bool | None) -> bool | None:
        """Hang every rule below a conclusion that does not hold, or may not."""
        for plan in self.made.plans[asked]:
            for env in self.report.find(plan.levels[0].atom, key):
                tried = self.refusal(number, plan, _bindings(plan.levels[0], env))
                truth = self.expand(plan, 0, env, tried)
                self.nodes[tried] = self.nodes[tried]._replace(holds=truth)
                holds = _either(holds, truth)
            self.closed(number, plan, key)
        return holds

    def refusal(self, number: int, plan: Plan, bindings: tuple[tuple[str, str], ...]) -> int:
        """A rule node below a conclusion."""
        node = Node(
            "rule",
            False,
            plan.rule.head.name,
            self.nodes[number].arguments,
            plan.rule.index,
            bindings=bindings,
        )
        tried = self.add(node)
        self.edges[number].append(Edge(tried, False, plan.rule.index))
        return tried

    def closed(self, number: int, plan: Plan, key: Row) -> None:
        """Hang a rule that a reading closes below a conclusion."""
        level = plan.levels[0]
        width = len(level.variables)
        tests = [t for t in plan.closed if self.report.truth(t.atom, key[:width]) is True]
        if not tests:
            return
        tried = self.refusal(number, plan, tuple(zip(level.variables, key, strict=False)))
        if self.report.truth(plan.otherwise, key[:width]) is True:
            self.nodes[tried] = self.nodes[tried]._replace(values=("otherwise",))
        for test in tests:
            atom = test.literal.atom
            assert atom is not None
            arguments = tuple(guard_text(t.text) for t in atom.arguments)
            child = self.shared_leaf("reading", test.literal.negated, atom.name, arguments)
            self.edges[tried].append(Edge(child, test.literal.negated, test.literal.index))

    def expand(self, plan: Plan, number: int, env: Row, parent: int) -> bool | None:
        """Hang the conditions of one environment below a node; the truth of all of them."""
        level = plan.levels[number]
        values = dict(zip(level.variables, env, strict=True))
        holds = self.report.truth(level.atom, env)
        for test in level.tests:
            truth = self.report.truth(test.atom, env)
            child = self.condition(test, plan, values, env, truth)
            self.edges[parent].append(Edge(child, test.literal.negated, test.literal.index))
            holds = _both(holds, truth)
        binder = level.binder
        if binder is None:
            return holds
        following = plan.levels[number + 1]
        branches = self.report.find(following.atom, env)
        if binder.atom is None:
            for branch in branches:
                if binder.aggregate is not None:
                    bound = {**values, binder.aggregate.guard.text: branch[-1]}
                    child = self.count(binder, plan, level.members, bound, env)
                    self.edges[parent].append(Edge(child, False, binder.index))
                holds = _both(holds, self.expand(plan, number + 1, branch, parent))
            return holds if branches else False
        if not branches:
            child = self.want(binder, level, values)
            self.edges[parent].append(Edge(child, False, binder.index))
            return False
        found: bool | None = False
        for branch in branches:
            bound = dict(zip(following.variables, branch, strict=True))
            opened = self.add(
                Node(
                    "branch",
                    None,
                    binder.atom.name,
                    (),
                    plan.rule.index,
                    binder.index,
                    bindings=tuple(bound.items()),
                )
            )
            if level.found is None:
                itself = self.leaf(binder, bound, self.report.truth(following.atom, branch))
            else:
                key = tuple(ground_term(t.text, bound) for t in binder.atom.arguments)
                itself = self.conclusion(level.found, key)
            self.edges[opened].append(Edge(itself, False, -1))
            truth = self.expand(plan, number + 1, branch, opened)
            self.nodes[opened] = self.nodes[opened]._replace(holds=truth)
            self.edges[parent].append(Edge(opened, False, binder.index))
            found = _either(found, truth)
        return _both(holds, found)

    # conditions

    def condition(
        self, test: Test, plan: Plan, values: dict[str, str], row: Row, truth: bool | None
    ) -> int:
        """The node of a condition; ``truth`` says whether the condition is met."""
        literal = test.literal
        holds = _not(truth) if literal.negated else truth
        if literal.atom is not None:
            if test.asks is None:
                return self.leaf(literal, values, holds)
            terms = [t.text for t in literal.atom.arguments if not t.anonymous]
            return self.conclusion(test.asks, tuple(ground_term(t, values) for t in terms))
        comparison = literal.comparison
        assert comparison is not None
        if test.values:
            sides = next(iter(self.report.find(test.values, row)), row)[len(row) :]
        else:
            sides = tuple(ground_term(t.text, values) for t in comparison.terms)
        words = list(sides[:1])
        for operator, side in zip(comparison.operators, sides[1:], strict=False):
            words += [operator, side]
        return self.add(
            Node(
                "comparison",
                holds,
                "",
                (),
                plan.rule.index,
                literal.index,
                tuple(words),
                tuple(values.items()),
            )
        )

    def leaf(self, literal: Literal, values: dict[str, str], holds: bool | None) -> int:
        """The node of a condition that no rule takes apart."""
        atom = literal.atom
        assert atom is not None
        arguments = tuple(
            None if t.anonymous else ground_term(t.text, values) for t in atom.arguments
        )
        return self.shared_leaf(self.kind(atom.signature), holds, atom.name, arguments)

    def shared_leaf(
        self, kind: str, holds: bool | None, name: str, arguments: tuple[str | None, ...]
    ) -> int:
        """A leaf, the same one wherever it is met."""
        key = name, arguments
        if key not in self.shared:
            self.shared[key] = self.add(Node(kind, holds, name, arguments))
        return self.shared[key]

    def kind(self, signature: Signature) -> str:
        """What sort of leaf a predicate makes."""
        if signature == ("reading", 2):
            return "reading"
        if self.law.is_fact(signature) and signature not in self.law.heads:
            return "fact"
        if signature in self.law.sentences:
            return "table"
        return "plumbing"

    def want(self, binder: Literal, level: Level, values: dict[str, str]) -> int:
        """The node that says nothing binds a condition."""
        atom = binder.atom
        assert atom is not None
        bound = set(level.variables)
        arguments = tuple(
            ground_term(t.text, values) if all(v in bound for v in t.variables) else None
            for t in atom.arguments
        )
        if level.missing is not None:
            return self.conclusion(level.missing, tuple(a for a in arguments if a is not None))
        return self.shared_leaf(self.kind(atom.signature), False, atom.name, arguments)

    def count(
        self,
        literal: Literal,
        plan: Plan,
        members: Sequence[Members],
        values: dict[str, str],
        row: Row,
    ) -> int:
        """The node of a count with its members; ``values`` has the number counted."""
        aggregate = literal.aggregate
        assert aggregate is not None
        number = values[aggregate.guard.text]
        node = self.add(
            Node(
                "count",
                True,
                aggregate.function,
                (),
                plan.rule.index,
                literal.index,
                (number,),
                tuple(values.items()),
            )
        )
        for member in members:
            for found in self.report.find(member.atom, row):
                inner = values | dict(zip(member.variables, found[len(row) :], strict=True))
                opened = self.add(
                    Node(
                        "branch",
                        True,
                        "",
                        (),
                        plan.rule.index,
                        literal.index,
                        bindings=tuple(inner.items()),
                    )
                )
                self.edges[node].append(Edge(opened, False, 0))
                for part in member.element.condition:
                    if part.atom is None:
                        continue
                    asks = self.made.asks.get((part.atom.signature, adornment_of(part.atom)))
                    test = Test(part, "", asks)
                    child = self.condition(test, plan, inner, found, True)
                    self.edges[opened].append(Edge(child, part.negated, part.index))
        return node


def ground_term(text: str, values: dict[str, str]) -> str:
    """A term with its variables replaced by their values."""
    if text in values:
        return values[text]
    return VARIABLE.sub(lambda m: values.get(m[0], m[0]), text)


def _bindings(level: Level, env: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    return tuple(zip(level.variables, env, strict=True))


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


def blocking(nodes: Sequence[Node], edges: Sequence[Sequence[Edge]], number: int) -> Iterable[Edge]:
    """The conditions below a rule or a branch that do not hold."""
    for edge in edges[number]:
        node = nodes[edge.target]
        satisfied = _not(node.holds) if edge.negated else node.holds
        if satisfied is not True:
            yield edge


def _circular(nodes: Sequence[Node], edges: Sequence[Sequence[Edge]]) -> frozenset[int]:
    """The false conclusions that would hold if only they themselves held: circles.

    The largest set of which each member has a rule that nothing outside the set blocks.
    Source: unfounded sets, Van Gelder, Ross and Schlipf (1991), the loop part of one.
    """
    false = {n for n, node in enumerate(nodes) if node.kind == "conclusion" and node.holds is False}
    if not false:
        return frozenset()

    def carried(number: int, inside: set[int]) -> bool:
        """Whether a rule or branch stands when the set is taken to hold."""
        groups: dict[int, bool] = {}
        for edge in edges[number]:
            node = nodes[edge.target]
            if node.kind == "branch":
                groups[edge.order] = groups.get(edge.order, False) or carried(edge.target, inside)
            elif edge.target in inside and not edge.negated:
                continue
            elif (_not(node.holds) if edge.negated else node.holds) is not True:
                return False
        return all(groups.values())

    inside = set(false)
    while True:
        stay = {n for n in inside if any(carried(e.target, inside) for e in edges[n])}
        if stay == inside:
            return frozenset(inside)
        inside = stay

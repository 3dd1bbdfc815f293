"""Read clingo's report of its own reasoning into a justification.

A justification is complete: every rule tried, every condition of it, satisfied or not, every
branch. :mod:`reasoner.view` decides what of it a reader sees, :mod:`reasoner.verify` checks it.

Nodes, by ``kind``:

==============  ======================================================================
``conclusion``  what rules conclude; its children are the rules tried, ``rule`` nodes
``rule``        one rule for it; its children are the conditions, in the order of the law
``branch``      one way to bind a condition ("this permit", "this child"); its first child is
                that condition, then come the conditions that depend on it
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

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from reasoner.instrument import Instruments, Level, Plan, Test, adornment_of, explained, instrument
from reasoner.question import Goal
from reasoner.rules import Law, Literal, Signature
from reasoner.solve import Decision, Ground

if TYPE_CHECKING:
    import networkx as nx

_VARIABLE = re.compile(r"\b_*[A-Z]\w*")


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


@dataclass(slots=True)
class _Report:
    """The atoms of the reporting program, by what they are looked up with."""

    environments: dict[str, dict[tuple[str, ...], list[tuple[str, ...]]]]
    true: set[tuple[str, str]]
    possible: set[tuple[str, str]]
    values: dict[str, dict[tuple[str, ...], tuple[str, ...]]]
    members: dict[str, dict[tuple[str, ...], list[tuple[str, ...]]]]


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
    if ground.unknown:
        possible = ground.consequences(made.tag, "brave")
        true = ground.consequences(made.tag, "cautious")
    else:
        true = possible = set(ground.atoms(made.tag))
    width: dict[str, int] = {}
    for (signature, adornment), number in made.asks.items():
        for plan in made.plans[number]:
            given = adornment.count("b")
            for level in plan.levels:
                width[level.atom] = given
                given = len(level.variables)
                for test in level.tests:
                    if test.values:
                        width[test.values] = given
                for name, columns in level.elements:
                    width[name] = columns
        del signature
    environments: dict[str, dict[tuple[str, ...], list[tuple[str, ...]]]] = defaultdict(dict)
    values: dict[str, dict[tuple[str, ...], tuple[str, ...]]] = defaultdict(dict)
    members: dict[str, dict[tuple[str, ...], list[tuple[str, ...]]]] = defaultdict(dict)
    start = len(made.tag)
    for name, text in sorted(possible):
        sort = name[start]
        if sort in "ha":
            continue
        arguments = split_arguments(text[len(name) + 1 : -1])
        key = arguments[: width[name]]
        if sort == "e":
            environments[name].setdefault(key, []).append(arguments)
        elif sort == "v":
            values[name][key] = arguments[width[name] :]
        else:
            members[name].setdefault(key, []).append(arguments)
    return _Report(environments, true, possible, values, members)


class _Builder:
    """Grows the nodes from the goals down; conclusions and facts are shared."""

    def __init__(self, law: Law, made: Instruments, report: _Report) -> None:
        self.law = law
        self.made = made
        self.report = report
        self.certain = report.true is report.possible
        self.nodes: list[Node] = []
        self.edges: list[list[Edge]] = []
        self.shared: dict[object, int] = {}
        self.todo: list[tuple[int, int, tuple[str, ...]]] = []

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
            holds: bool | None = False
            for plan in self.made.plans[asked]:
                for env in self.report.environments[plan.levels[0].atom].get(key, ()):
                    tried = self.add(
                        Node(
                            "rule",
                            None,
                            plan.rule.head.name,
                            self.nodes[number].arguments,
                            plan.rule.index,
                            bindings=_bindings(plan.levels[0], env),
                        )
                    )
                    truth = self.expand(plan, 0, env, tried)
                    self.nodes[tried] = self.nodes[tried]._replace(holds=truth)
                    self.edges[number].append(Edge(tried, False, plan.rule.index))
                    holds = _either(holds, truth)
            self.nodes[number] = self.nodes[number]._replace(holds=holds)
        edges = tuple(tuple(sorted(row, key=lambda e: e.order)) for row in self.edges)
        nodes = tuple(self.nodes)
        return Justification(self.law, nodes, edges, tuple(roots), _circular(nodes, edges))

    def add(self, node: Node) -> int:
        """A new node."""
        self.nodes.append(node)
        self.edges.append([])
        return len(self.nodes) - 1

    def conclusion(self, asked: int, key: tuple[str, ...]) -> int:
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

    def leaf(self, literal: Literal, values: dict[str, str], holds: bool | None) -> int:
        """The shared node of a condition that no rule takes apart."""
        atom = literal.atom
        assert atom is not None
        arguments = tuple(
            None if t.anonymous else ground_term(t.text, values) for t in atom.arguments
        )
        key = atom.name, arguments
        if key not in self.shared:
            self.shared[key] = self.add(
                Node(self.kind(atom.signature), holds, atom.name, arguments)
            )
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

    def expand(self, plan: Plan, number: int, env: tuple[str, ...], parent: int) -> bool | None:
        """Hang the conditions of one environment below a node; the truth of all of them."""
        level = plan.levels[number]
        text = ",".join(env)
        values = dict(zip(level.variables, env, strict=True))
        holds: bool | None = self.truth(level.atom, text)
        for test in level.tests:
            truth = self.truth(test.atom, text)
            child, named = self.condition(test, plan, level, env, values, truth)
            self.edges[parent].append(Edge(child, test.literal.negated, test.literal.index))
            del named
            holds = _both(holds, truth)
        binder = level.binder
        if binder is None:
            return holds
        following = plan.levels[number + 1]
        branches = self.report.environments[following.atom].get(env, [])
        if binder.atom is None:
            for branch in branches:
                if binder.aggregate is not None:
                    child = self.count(binder, plan, level, env, branch[-1])
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
                itself = self.leaf(binder, bound, self.truth(following.atom, ",".join(branch)))
            else:
                key = tuple(ground_term(t.text, bound) for t in binder.atom.arguments)
                itself = self.conclusion(level.found, key)
            self.edges[opened].append(Edge(itself, False, -1))
            truth = self.expand(plan, number + 1, branch, opened)
            self.nodes[opened] = self.nodes[opened]._replace(holds=truth)
            self.edges[parent].append(Edge(opened, False, binder.index))
            found = _either(found, truth)
        return _both(holds, found)

    def condition(
        self,
        test: Test,
        plan: Plan,
        level: Level,
        env: tuple[str, ...],
        values: dict[str, str],
        truth: bool | None,
    ) -> tuple[int, bool | None]:
        """The node of a tested condition, and the truth of what it names."""
        literal = test.literal
        named = _not(truth) if literal.negated else truth
        if literal.atom is not None:
            if test.asks is not None:
                key = tuple(
                    ground_term(t.text, values) for t in literal.atom.arguments if not t.anonymous
                )
                return self.conclusion(test.asks, key), named
            return self.leaf(literal, values, named), named
        comparison = literal.comparison
        assert comparison is not None
        if test.values:
            sides = self.report.values[test.values].get(env, ())
        else:
            sides = tuple(ground_term(t.text, values) for t in comparison.terms)
        words = [sides[0]] if sides else []
        for operator, side in zip(comparison.operators, sides[1:], strict=False):
            words += [operator, side]
        number = self.add(
            Node(
                "comparison",
                named,
                "",
                (),
                plan.rule.index,
                literal.index,
                tuple(words),
                _bindings(level, env),
            )
        )
        return number, named

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
        key = atom.name, arguments
        if key not in self.shared:
            self.shared[key] = self.add(
                Node(self.kind(atom.signature), False, atom.name, arguments)
            )
        return self.shared[key]

    def count(
        self, binder: Literal, plan: Plan, level: Level, env: tuple[str, ...], number: str
    ) -> int:
        """The node of a count with its members."""
        aggregate = binder.aggregate
        assert aggregate is not None
        node = self.add(
            Node(
                "count",
                True,
                aggregate.function,
                (),
                plan.rule.index,
                binder.index,
                (number,),
                _bindings(level, env),
            )
        )
        for (name, columns), element in zip(level.elements, aggregate.elements, strict=True):
            inner = list(
                dict.fromkeys(
                    v
                    for lit in element.condition
                    for v in lit.variables
                    if v not in level.variables
                )
            )
            for member in self.report.members[name].get(env, ()):
                values = dict(zip(level.variables, env, strict=True))
                values |= dict(zip(inner, member[columns:], strict=True))
                opened = self.add(
                    Node(
                        "branch",
                        True,
                        "",
                        (),
                        plan.rule.index,
                        binder.index,
                        bindings=tuple(values.items()),
                    )
                )
                for lit in element.condition:
                    if lit.atom is None:
                        continue
                    if explained(self.law, lit.atom.signature):
                        asked = self.made.asks[lit.atom.signature, adornment_of(lit.atom)]
                        key = tuple(
                            ground_term(t.text, values)
                            for t in lit.atom.arguments
                            if not t.anonymous
                        )
                        child = self.conclusion(asked, key)
                    else:
                        child = self.leaf(lit, values, not lit.negated)
                    self.edges[opened].append(Edge(child, lit.negated, lit.index))
                self.edges[node].append(Edge(opened, False, 0))
        return node

    def truth(self, name: str, text: str) -> bool | None:
        """Whether an atom of the report holds."""
        atom = (name, f"{name}({text})" if text else name)
        if atom in self.report.true:
            return True
        return None if not self.certain and atom in self.report.possible else False


def ground_term(text: str, values: dict[str, str]) -> str:
    """A term with its variables replaced by their values."""
    if text in values:
        return values[text]
    return _VARIABLE.sub(lambda m: values.get(m[0], m[0]), text)


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

"""A justification as plain data: why some goals hold or not.

Nodes, by ``kind``:

==============  ======================================================================
``conclusion``  what rules conclude; its children are ``rule`` nodes
``rule``        one rule that applies, for one binding of its variables, or one that does not;
                its children are its conditions, in the order of the law. Where a reading closes
                the rule, only that: ``values`` says "closed", and "otherwise" if nothing else fails
``branch``      in a rule that does not apply, one way to bind a condition ("this one"); its
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

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from reasoner.lawfiles.rules import Law

if TYPE_CHECKING:
    import networkx as nx


class Node(NamedTuple):
    """One node of a justification; see the module for the kinds.

    ``arguments`` are terms, None where open; ``rule`` and ``literal`` are indices into the law;
    ``variables`` are bound at this place, to the terms of ``row``.
    """

    kind: str
    holds: bool | None
    name: str
    arguments: tuple[str | None, ...]
    rule: int | None = None
    literal: int | None = None
    values: tuple[str, ...] = ()
    variables: tuple[str, ...] = ()
    row: tuple[str, ...] = ()

    @property
    def bindings(self) -> dict[str, str]:
        """The variables bound at this place with their values."""
        return dict(zip(self.variables, self.row, strict=False))

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

    def below(self, numbers: Iterable[int]) -> set[int]:
        """Some nodes and all that they rest on, however deep."""
        seen: set[int] = set()
        waiting = list(numbers)
        while waiting:
            number = waiting.pop()
            if number not in seen:
                seen.add(number)
                waiting += [edge.target for edge in self.edges[number]]
        return seen

    def graph(self) -> nx.DiGraph[int]:
        """The justification as a directed graph of networkx.

        Nodes carry ``kind``, ``holds``, ``atom``, ``name``, ``arguments``, ``pinpoint``, ``rule``
        (file:line), ``values``, ``circular`` and ``root``; edges ``negated`` and ``order``, and
        ``conditions`` with both of each, where two conditions of a rule name the same thing.
        """
        import networkx as nx

        graph: nx.DiGraph[int] = nx.DiGraph()
        for number, node in enumerate(self.nodes):
            graph.add_node(
                number,
                kind=node.kind,
                holds=node.holds,
                atom=node.text,
                name=node.name,
                arguments=node.arguments,
                pinpoint=self.pinpoint(number),
                rule=self.place(number),
                values=node.values,
                circular=number in self.circular,
                root=number in self.roots,
            )
        for number, row in enumerate(self.edges):
            for edge in row:
                if graph.has_edge(number, edge.target):
                    graph.edges[number, edge.target]["conditions"].append(edge[1:])
                    continue
                graph.add_edge(
                    number,
                    edge.target,
                    negated=edge.negated,
                    order=edge.order,
                    conditions=[edge[1:]],
                )
        return graph

    def place(self, number: int) -> str | None:
        """The file and line of the rule that a node comes from, where it comes from one."""
        rule = self.nodes[number].rule
        if rule is None:
            return None
        position = self.law.rules[rule].position
        return f"{position.path}:{position.line}"

    def pinpoint(self, number: int) -> str:
        """The provision that a node belongs to, or nothing."""
        node = self.nodes[number]
        if node.kind == "rule" and node.rule is not None:
            return self.law.rules[node.rule].provision
        return self.law.homes.get((node.name, len(node.arguments)), "")

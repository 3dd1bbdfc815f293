"""Is the law stratified: does no conclusion depend on its own negation?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set

from reasoner.lawfiles.rules import Rule, Signature


def dependencies(rules: Iterable[Rule]) -> dict[Signature, dict[Signature, bool]]:
    """For each predicate what its rules look at; True where through ``not`` or a count."""
    found: dict[Signature, dict[Signature, bool]] = {}
    for rule in rules:
        row = found.setdefault(rule.head.signature, {})
        for literal in rule.body:
            if literal.atom is not None:
                signature = literal.atom.signature
                row[signature] = row.get(signature, False) or literal.negated
            elif literal.aggregate is not None:
                for element in literal.aggregate.elements:
                    for inner in element.condition:
                        if inner.atom is not None:
                            row[inner.atom.signature] = True
    return found


def levels(rules: Sequence[Rule]) -> dict[Signature, int] | None:
    """The stratum of each predicate, or None when there is none.

    A predicate lies at least as high as what it needs and higher than what it needs not to hold.
    Levels only grow; one above the number of predicates has run round a cycle through ``not``.
    Source: Apt, Blair and Walker, Towards a theory of declarative knowledge (1988).
    """
    edges = dependencies(rules)
    level = dict.fromkeys(edges, 0)
    changed = True
    while changed:
        changed = False
        for head, row in edges.items():
            for body, strict in row.items():
                wanted = level.get(body, 0) + strict
                if wanted > level[head]:
                    if wanted > len(level):
                        return None
                    level[head] = wanted
                    changed = True
    return level


def check_strata(rules: Sequence[Rule]) -> list[tuple[Rule, list[str]]]:
    """The cycles through ``not``: the first rule of each and the predicates on the way round."""
    if levels(rules) is not None:
        return []
    import networkx as nx

    edges = dependencies(rules)
    graph: nx.DiGraph[Signature] = nx.DiGraph()
    for head, row in edges.items():
        for body, strict in row.items():
            graph.add_edge(head, body, strict=strict)
    cycles: list[tuple[Rule, list[str]]] = []
    for component in nx.strongly_connected_components(graph):
        inside = graph.subgraph(component)
        for head, body, strict in sorted(inside.edges(data="strict")):
            if strict:
                way = nx.shortest_path(inside, body, head)
                names = [head[0], f"not {body[0]}", *(name for name, _ in way[1:])]
                cycles.append((next(r for r in rules if r.head.signature == head), names))
                break
    return sorted(cycles, key=lambda item: item[0].number)


def circles(rules: Iterable[Rule]) -> list[frozenset[Signature]]:
    """The sets of predicates that rest on each other, or on themselves."""
    import networkx as nx

    graph: nx.DiGraph[Signature] = nx.DiGraph()
    for head, row in dependencies(rules).items():
        graph.add_edges_from((head, body) for body in row)
    found = nx.strongly_connected_components(graph)
    return [frozenset(c) for c in found if len(c) > 1 or any(graph.has_edge(s, s) for s in c)]


def ways_down(
    rules: Sequence[Rule], upper: Set[int], lower: Set[int]
) -> list[tuple[Rule, list[str]]]:
    """The rules of one part of a law that rest on what another part concludes.

    Args:
        rules: all rules.
        upper: the numbers of the rules that must not rest on others.
        lower: the numbers of those others.

    Returns:
        Each such rule with the predicates on a shortest way down, which passes through no
        other rule of the upper part: that one is named by itself.
    """
    forbidden = {r.head.signature for r in rules if r.number in lower}
    between = dependencies(r for r in rules if r.number not in upper)
    found: list[tuple[Rule, list[str]]] = []
    for rule in rules:
        if rule.number not in upper:
            continue
        ways = {s: [rule.head.name, s[0]] for s in dependencies([rule])[rule.head.signature]}
        if rule.head.signature in forbidden:
            found.append((rule, [rule.head.name]))
            continue
        waiting = list(ways)
        for signature in waiting:
            if signature in forbidden:
                found.append((rule, ways[signature]))
                break
            for under in between.get(signature, ()):
                if under not in ways:
                    ways[under] = [*ways[signature], under[0]]
                    waiting.append(under)
    return found


def depths(rules: Iterable[Rule]) -> dict[Signature, int]:
    """How far below the top of the law each predicate is used: the longest way down to it.

    What recurs on itself is entered once; its own circle does not count.
    """
    edges = dependencies(rules)
    order: list[Signature] = []
    back: set[tuple[Signature, Signature]] = set()
    seen: set[Signature] = set()
    for root in edges:
        if root in seen:
            continue
        seen.add(root)
        path = {root}
        stack = [(root, iter(edges.get(root, ())))]
        while stack:
            here, below = stack[-1]
            following = next(below, None)
            if following is None:
                order.append(here)
                path.discard(here)
                stack.pop()
            elif following in path:
                back.add((here, following))
            elif following not in seen:
                seen.add(following)
                path.add(following)
                stack.append((following, iter(edges.get(following, ()))))
    depth = dict.fromkeys(order, 0)
    for here in reversed(order):
        for under in edges.get(here, ()):
            if (here, under) not in back:
                depth[under] = max(depth[under], depth[here] + 1)
    return depth

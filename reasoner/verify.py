"""Check an explanation against the law, trusting nothing that made it.

The law is grounded a second time, by a Control of its own, with every fact of the case and every
reading left open (``#external``), so that gringo simplifies no rule away. The truth of each ground
atom is then worked out here, from the ground rules alone, and the explanation is held against it:
what it says holds or not, what it says that rests on, what it says stands in the way.

The ground rules do not name what was never derivable, so the rules as written are read as well: a
rule, a condition or a branch that an explanation passes over is a fault even where it decides
nothing. Nothing here is shared with :mod:`reasoner.instrument` or :mod:`reasoner.justify` but the
data that they hand over.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import clingo
from clingo import Function, Symbol, SymbolType

from reasoner.case import Case
from reasoner.justify import Edge, Justification, Node
from reasoner.rules import Aggregate, Atom, Literal, Rule, Signature, Term

Bindings = Mapping[str, str]
Condition = tuple[Symbol, bool]

_ATOMS = ("conclusion", "fact", "table", "reading", "plumbing")
_OPEN = "_open"
_VARIABLE = re.compile(r"(?<![\w\"'])(?:_|_*[A-Z]\w*)(?![\w(\"'])")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with an explanation, and at which of its nodes."""

    node: int
    message: str


def verify(
    justification: Justification,
    case: Case,
    *,
    day: int,
    law_date: int | None = None,
    readings: Iterable[tuple[str, str]] = (),
) -> tuple[Fault, ...]:
    """Check an explanation of a decided case; nothing returned means that it stands.

    Args:
        justification: the explanation to check.
        case: the facts it was made from, none of them unknown.
        day: the day asked about as yyyymmdd.
        law_date: the consolidation applied as yyyymmdd; without it, the case's own.
        readings: pairs of reading and option; they override the case's own.
    """
    chosen = dict([*case.readings, *readings])
    stated = {clingo.parse_term(s.atom) for s in case.statements if s.status == "stated"}
    stated |= {Function(kind, [Function(name)]) for name, kind in case.entities.items()}
    stated.add(clingo.parse_term(f"as_of({day})"))
    stated |= {clingo.parse_term(f"chosen_reading({i},{o})") for i, o in chosen.items()}
    if date := law_date or case.law_date:
        stated.add(clingo.parse_term(f"chosen_law_date({date})"))
    checker = _Checker(justification, ground_openly(justification, case, stated), stated, chosen)
    checker.check()
    return tuple(sorted(checker.faults, key=lambda f: (f.node, f.message)))


# the ground law and its model


@dataclass(frozen=True, slots=True)
class GroundRule:
    """One ground rule: the head holds when the weights of the true literals reach the bound."""

    head: int
    bound: int
    body: tuple[tuple[int, int], ...]


class _Collector(clingo.Observer):
    """Takes down the ground rules as gringo emits them."""

    def __init__(self) -> None:
        self.rules: list[GroundRule] = []

    def rule(self, choice: bool, head: Sequence[int], body: Sequence[int]) -> None:
        """Take down a normal rule."""
        if choice or len(head) != 1:
            raise ValueError("a law has no choices, no disjunctions and no constraints")
        self.rules.append(GroundRule(head[0], len(body), tuple((lit, 1) for lit in body)))

    def weight_rule(
        self, choice: bool, head: Sequence[int], lower_bound: int, body: Sequence[tuple[int, int]]
    ) -> None:
        """Take down a rule over a sum of weights."""
        self.rules.append(GroundRule(head[0], lower_bound, tuple(body)))


class GroundLaw:
    """The ground rules with the model worked out from them."""

    def __init__(
        self, rules: Sequence[GroundRule], names: Mapping[int, Symbol], stated: Collection[Symbol]
    ) -> None:
        self.names = names
        self.rules: defaultdict[int, list[GroundRule]] = defaultdict(list)
        for rule in rules:
            self.rules[rule.head].append(rule)
        given = {atom for atom, name in names.items() if name in stated}
        self.true, self.possible = find_model(rules, given)
        self.atoms: defaultdict[Signature, list[int]] = defaultdict(list)
        for atom, name in sorted(names.items(), key=lambda item: item[1]):
            self.atoms[name.name, len(name.arguments)].append(atom)

    def matching(self, pattern: Symbol) -> Iterator[int]:
        """The atoms, true or not, that a pattern matches."""
        for atom in self.atoms[pattern.name, len(pattern.arguments)]:
            if match(pattern, self.names[atom]):
                yield atom

    def holding(self, pattern: Symbol) -> Iterator[Symbol]:
        """The names of the true atoms that a pattern matches."""
        return (self.names[atom] for atom in self.matching(pattern) if atom in self.true)

    def is_true(self, literal: int) -> bool:
        """Whether a literal of a ground body holds."""
        return (literal > 0) == (abs(literal) in self.true)

    def behind(self, atom: int) -> set[Symbol]:
        """The named atoms that a nameless one (a part of a count, a projection) is made of."""
        found: set[Symbol] = set()
        seen, todo = {atom}, [atom]
        while todo:
            for rule in self.rules[todo.pop()]:
                for part in (abs(literal) for literal, _ in rule.body):
                    if part in self.names:
                        found.add(self.names[part])
                    elif part not in seen:
                        seen.add(part)
                        todo.append(part)
        return found

    def circular(self) -> set[int]:
        """The atoms that would hold if only they themselves did: false, but not for a condition."""
        inside = {head for head in self.rules if head not in self.true}
        while True:
            stay = {
                head for head in inside if any(self._carried(r, inside) for r in self.rules[head])
            }
            if stay == inside:
                return inside
            inside = stay

    def _carried(self, rule: GroundRule, inside: Collection[int]) -> bool:
        reached = sum(w for lit, w in rule.body if lit in inside or self.is_true(lit))
        return reached >= rule.bound


def ground_openly(
    justification: Justification, case: Case, stated: Collection[Symbol]
) -> GroundLaw:
    """Ground the law with all that a case could have said otherwise left open.

    Open are the facts stated and denied, every option of every reading, and the facts that the
    explanation says are not stated: then the rules that they would have carried are there to see.
    """
    law = justification.law
    opened = {str(fact) for fact in stated}
    opened |= {s.atom for s in case.statements}
    for reading in law.vocabulary.readings.values():
        opened |= {
            f"chosen_reading({reading.id},{o.id})" for o in reading.options if not o.parameter
        }
    for node in justification.nodes:
        if node.kind == "fact" and None not in node.arguments:
            opened.add(node.text)
    collector = _Collector()
    control = clingo.Control(["-Wno-atom-undefined"], logger=lambda *_: None)
    control.register_observer(collector)
    control.load(str(law.main))
    control.add("base", [], "\n".join(f"#external {fact}." for fact in sorted(opened)))
    control.ground([("base", [])])
    names = {atom.literal: atom.symbol for atom in control.symbolic_atoms}
    return GroundLaw(collector.rules, names, stated)


def find_model(rules: Sequence[GroundRule], given: Collection[int]) -> tuple[set[int], set[int]]:
    """The atoms that are true and those that are not false: the same ones in a stratified law.

    Source: the alternating fixpoint of Van Gelder (1989).
    """
    true: set[int] = set()
    while True:
        possible = close(rules, given, true)
        grown = close(rules, given, possible)
        if grown == true:
            return true, possible
        true = grown


def close(
    rules: Sequence[GroundRule], given: Collection[int], assumed: Collection[int]
) -> set[int]:
    """What follows by the rules when ``not a`` holds for all that is not assumed."""
    missing = []
    waiting: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    todo = list(given)
    for place, rule in enumerate(rules):
        missing.append(rule.bound)
        for literal, weight in rule.body:
            if literal > 0:
                waiting[literal].append((place, weight))
            elif -literal not in assumed:
                missing[place] -= weight
        if missing[place] <= 0:
            todo.append(rule.head)
    found: set[int] = set()
    while todo:
        atom = todo.pop()
        if atom in found:
            continue
        found.add(atom)
        for place, weight in waiting[atom]:
            missing[place] -= weight
            if missing[place] <= 0:
                todo.append(rules[place].head)
    return found


# terms and patterns: symbols in which an open place is the term _open("Name")


def instantiate(term: str, bindings: Bindings) -> Symbol | None:
    """A term with its variables replaced and its arithmetic done; None where that has no value."""

    def value(found: re.Match[str]) -> str:
        name = found[0]
        return bindings[name] if name in bindings else f'{_OPEN}("{name.strip("_") and name}")'

    try:
        return clingo.parse_term(_VARIABLE.sub(value, term), logger=lambda *_: None)
    except RuntimeError:
        return None


def atom_pattern(atom: Atom, bindings: Bindings) -> Symbol:
    """An atom of a rule under some bindings; a term without a value yet is left open."""
    terms = [instantiate(t.text, bindings) for t in atom.arguments]
    return Function(atom.name, [_anything() if t is None else t for t in terms])


def node_pattern(node: Node) -> Symbol:
    """What a node is about; its open arguments match anything."""
    return Function(
        node.name, [_anything() if a is None else clingo.parse_term(a) for a in node.arguments]
    )


def _anything() -> Symbol:
    return Function(_OPEN, [clingo.String("")])


def is_open(term: Symbol) -> bool:
    """Whether a term has an open place in it."""
    if term.type != SymbolType.Function:
        return False
    return term.name == _OPEN or any(is_open(part) for part in term.arguments)


def match(pattern: Symbol, term: Symbol, found: dict[str, Symbol] | None = None) -> bool:
    """Whether a term fits a pattern; what the open places stand for is put into ``found``."""
    found = {} if found is None else found
    if pattern.type != SymbolType.Function:
        return pattern == term
    if pattern.name == _OPEN:
        name = pattern.arguments[0].string
        return not name or found.setdefault(name, term) == term
    return (
        term.type == SymbolType.Function
        and (pattern.name, len(pattern.arguments)) == (term.name, len(term.arguments))
        and all(match(p, t, found) for p, t in zip(pattern.arguments, term.arguments, strict=True))
    )


def compare(terms: Sequence[Symbol], operators: Sequence[str]) -> bool:
    """Whether a chain of comparisons holds, in clingo's order of terms."""
    tests = {
        "=": Symbol.__eq__,
        "!=": Symbol.__ne__,
        "<": lambda a, b: a < b,
        "<=": lambda a, b: not b < a,
        ">": lambda a, b: b < a,
        ">=": lambda a, b: not a < b,
    }
    pairs = zip(terms, operators, terms[1:], strict=False)
    return all(tests[operator](left, right) for left, operator, right in pairs)


# the checks


class _Checker:
    """Holds an explanation against the ground law and collects the faults."""

    def __init__(
        self,
        justification: Justification,
        ground: GroundLaw,
        stated: Collection[Symbol],
        chosen: Mapping[str, str],
    ) -> None:
        self.justification = justification
        self.law = justification.law
        self.nodes = justification.nodes
        self.edges = justification.edges
        self.ground = ground
        self.stated = stated
        self.chosen = chosen
        self.faults: set[Fault] = set()
        # by rule node: the conditions of which all that holds is listed, those that are counted
        self.listed: defaultdict[int, list[Symbol]] = defaultdict(list)
        self.counted: defaultdict[int, list[Symbol]] = defaultdict(list)

    def fault(self, node: int, message: str) -> None:
        """Note a fault."""
        self.faults.add(Fault(node, message))

    def check(self) -> None:
        """Make every check."""
        if self.ground.true != self.ground.possible:
            self.fault(self.justification.roots[0], "the ground law has no single answer")
        for root in self.justification.roots:
            if self.nodes[root].kind != "conclusion":
                self.fault(root, "what was asked is not a conclusion")
        for number, node in enumerate(self.nodes):
            if node.kind in _ATOMS:
                self.check_atom(number, node)
            elif node.kind in ("rule", "branch") and node.holds != self.follows(number):
                self.fault(number, f"holds is {node.holds}, its conditions say otherwise")
            if node.kind == "conclusion":
                self.check_rules(number)
                self.check_instances(number)
        self.check_support()
        self.check_circles()

    # single nodes

    def check_atom(self, number: int, node: Node) -> None:
        """A node says of its atom what the model says; a leaf rests on the case."""
        pattern = node_pattern(node)
        truth = any(True for _ in self.ground.holding(pattern))
        if node.holds != truth:
            self.fault(number, f"{node.text} is said to be {node.holds} and is {truth}")
        if node.kind == "fact" and node.holds and not any(match(pattern, s) for s in self.stated):
            self.fault(number, f"{node.text} is not stated")
        if node.kind == "reading" and None not in node.arguments:
            name, option = (str(argument) for argument in node.arguments)
            default = self.law.vocabulary.readings[name].default
            taken = self.chosen.get(name, default).replace(" ", "")
            if node.holds != (option == taken):
                self.fault(number, f"{node.text} is said to be {node.holds}; {taken} was taken")
        if node.kind != "conclusion" and self.edges[number]:
            self.fault(number, f"{node.text} is a leaf and something hangs below it")

    def follows(self, number: int) -> bool:
        """Whether a rule or branch holds by the truth its conditions are given."""
        branches: dict[int, bool] = {}
        for edge in self.edges[number]:
            child = self.nodes[edge.target]
            if child.kind == "branch":
                branches[edge.order] = branches.get(edge.order, False) or bool(child.holds)
            elif bool(child.holds) == edge.negated:
                return False
        return all(branches.values())

    # the rules as written

    def check_rules(self, number: int) -> None:
        """A conclusion tries each rule that could conclude it, once."""
        node = self.nodes[number]
        tried: list[int | None] = []
        for edge in self.edges[number]:
            child = self.nodes[edge.target]
            tried.append(child.rule)
            if child.kind != "rule" or child.rule is None or edge.negated:
                self.fault(number, "a conclusion rests on something that is not a rule")
                continue
            rule = self.law.rules[child.rule]
            head = atom_pattern(rule.head, dict(child.bindings))
            if not _says(node, head, True):
                self.fault(edge.target, f"{rule.head.text} does not conclude {node.text}")
            self.check_conditions(edge.target, edge.target, rule, dict(child.bindings), set())
        if node.holds and not any(self.nodes[e.target].holds for e in self.edges[number]):
            self.fault(number, f"{node.text} holds and no rule for it does")
        if not node.holds and any(self.nodes[e.target].holds for e in self.edges[number]):
            self.fault(number, f"{node.text} does not hold and a rule for it does")
        for rule in self.law.rules_for((node.name, len(node.arguments))):
            wanted = tried.count(rule.index)
            if wanted > 1 or (wanted == 0) == _concludes(rule, node):
                self.fault(number, f"rule {rule.index}, {rule.head.text}, is tried {wanted} times")

    def check_conditions(
        self, top: int, number: int, rule: Rule, given: Bindings, before: set[int]
    ) -> None:
        """Below a rule stands every condition of it, on every branch, until nothing binds one."""
        bindings = dict(given)
        shown = before | {edge.order for edge in self.edges[number] if edge.order >= 0}
        conditions = [e for e in self.edges[number] if e.order >= 0]
        branches: defaultdict[int, list[Edge]] = defaultdict(list)
        ended = False
        for edge in conditions:
            child, literal = self.nodes[edge.target], rule.body[edge.order]
            if child.kind == "count" and literal.aggregate is not None:
                self.check_count(top, edge.target, literal.aggregate, bindings)
                bindings[literal.aggregate.guard.text] = child.values[0]
        for literal in rule.body:
            if literal.index not in shown:
                computed = _compute(literal, bindings)
                if computed is not None:
                    name, value = computed
                    shown.add(literal.index)
                    ended = ended or value is None
                    bindings |= {} if value is None else {name: str(value)}
        for edge in conditions:
            child, literal = self.nodes[edge.target], rule.body[edge.order]
            if edge.negated != literal.negated:
                self.fault(edge.target, f"`{literal.text}` is shown with the wrong sign")
            if child.kind == "branch":
                branches[edge.order].append(edge)
            elif literal.comparison is not None:
                self.check_comparison(edge.target, literal, bindings)
            elif literal.atom is not None:
                pattern = atom_pattern(literal.atom, bindings)
                wanting = not literal.negated and not child.holds
                ended = ended or (wanting and None in child.arguments)
                if not _says(child, pattern, wanting):
                    self.fault(edge.target, f"{child.text} is not the condition `{literal.text}`")
        for order, edges in branches.items():
            self.check_branches(top, number, rule.body[order], edges, bindings)
            for edge in edges:
                inner = dict(self.nodes[edge.target].bindings)
                self.check_conditions(top, edge.target, rule, bindings | inner, shown)
        if not branches and not ended:
            for literal in rule.body:
                if literal.index not in shown:
                    self.fault(number, f"the condition `{literal.text}` is not shown")

    def check_branches(
        self, top: int, number: int, literal: Literal, edges: Sequence[Edge], bindings: Bindings
    ) -> None:
        """The branches of a condition are all the ways in which it holds, and no others."""
        if literal.atom is None:
            self.fault(number, f"`{literal.text}` opens no branches")
            return
        pattern = atom_pattern(literal.atom, bindings)
        self.listed[top].append(pattern)
        found = set()
        for edge in edges:
            inner = dict(self.nodes[edge.target].bindings)
            first = [e.target for e in self.edges[edge.target] if e.order < 0]
            itself = atom_pattern(literal.atom, dict(bindings) | inner)
            found.add(itself)
            if any(inner.get(name, value) != value for name, value in bindings.items()):
                self.fault(edge.target, "a branch changes what was bound before it")
            if len(first) != 1 or not _says(self.nodes[first[0]], itself):
                self.fault(edge.target, f"a branch does not begin with `{literal.text}`")
        for symbol in set(self.ground.holding(pattern)) ^ found:
            self.fault(number, f"{symbol} is passed over or made up for `{literal.text}`")

    def check_comparison(self, number: int, literal: Literal, bindings: Bindings) -> None:
        """A comparison compares what the rule compares, and comes out as the numbers do."""
        comparison, node = literal.comparison, self.nodes[number]
        assert comparison is not None
        terms = [instantiate(t.text, bindings) for t in comparison.terms]
        known = [t for t in terms if t is not None]
        truth = len(known) == len(terms) and compare(known, comparison.operators)
        if node.holds != truth:
            self.fault(number, f"{node.text} is said to be {node.holds} and is {truth}")
        words = [str(terms[0])]
        for operator, term in zip(comparison.operators, terms[1:], strict=True):
            words += [operator, str(term)]
        if len(known) == len(terms) and list(node.values) != words:
            self.fault(number, f"{node.text} is not the comparison {' '.join(words)}")

    def check_count(self, top: int, number: int, aggregate: Aggregate, bindings: Bindings) -> None:
        """A count has the members that the model has, and they add up."""
        node = self.nodes[number]
        members: set[tuple[Symbol | None, ...]] = set()
        listed: set[tuple[Symbol | None, ...]] = set()
        for element in aggregate.elements:
            parts = [lit.atom for lit in element.condition if lit.atom is not None]
            self.counted[top] += [atom_pattern(part, bindings) for part in parts]
            for solution in self.solve(element.condition, bindings):
                members.add(_tuple(element.terms, solution))
            for edge in self.edges[number]:
                inner = dict(bindings) | dict(self.nodes[edge.target].bindings)
                below = [self.nodes[e.target] for e in self.edges[edge.target]]
                if len(below) == len(parts) and all(
                    _says(child, atom_pattern(part, inner))
                    for child, part in zip(below, parts, strict=True)
                ):
                    listed.add(_tuple(element.terms, inner))
        total = add_up(
            aggregate.function, [m[0] for m in members if m and m[0] is not None], members
        )
        if node.values != (str(total),):
            self.fault(number, f"the count is said to be {' '.join(node.values)} and is {total}")
        for member in sorted(members ^ listed, key=str):
            words = ", ".join(map(str, member))
            self.fault(number, f"the member ({words}) is not listed, or is not one")

    def solve(self, condition: Sequence[Literal], bindings: Bindings) -> Iterator[Bindings]:
        """All ways in which the condition of a counted element holds."""
        ready = [lit for lit in condition if lit.atom is not None and not lit.negated]
        ready = ready or [lit for lit in condition if _compute(lit, bindings) is not None]
        chosen = next(iter([*ready, *condition]), None)
        if chosen is None:
            yield bindings
            return
        rest = [lit for lit in condition if lit is not chosen]
        computed = _compute(chosen, bindings)
        if chosen.atom is not None:
            pattern = atom_pattern(chosen.atom, bindings)
            for symbol in self.ground.holding(pattern):
                if chosen.negated:
                    return
                found: dict[str, Symbol] = {}
                match(pattern, symbol, found)
                yield from self.solve(rest, {**bindings, **{k: str(v) for k, v in found.items()}})
            if chosen.negated:
                yield from self.solve(rest, bindings)
        elif computed is not None:
            if computed[1] is not None:
                yield from self.solve(rest, {**bindings, computed[0]: str(computed[1])})
        elif chosen.comparison is not None:
            terms = [instantiate(t.text, bindings) for t in chosen.comparison.terms]
            known = [t for t in terms if t is not None]
            if len(known) == len(terms) and compare(known, chosen.comparison.operators):
                yield from self.solve(rest, bindings)

    # the ground rules

    def check_instances(self, number: int) -> None:
        """A conclusion that holds follows by a ground rule; of one that does not all are blocked."""
        node = self.nodes[number]
        pattern = node_pattern(node)
        rules = [r for atom in self.ground.matching(pattern) for r in self.ground.rules[atom]]
        tried = [edge.target for edge in self.edges[number]]
        if node.holds:
            named = [list(self.conditions(t, True)) for t in tried if self.nodes[t].holds]
            counted = [p for t in tried for p in self.counted[t]]
            if not any(
                all(self.ground.is_true(lit) for lit, _ in rule.body)
                and all(self.names(lit, conditions, counted) for lit, _ in rule.body)
                for rule in rules
                for conditions in named
            ):
                self.fault(number, f"no rule of the ground law concludes {node.text} from this")
            return
        blocking = [c for t in tried for c in self.conditions(t, False)]
        blocking += [(pattern, False) for t in tried for pattern in self.listed[t]]
        counted = [p for t in tried for p in self.counted[t]]
        for rule in rules:
            false = [lit for lit, _ in rule.body if not self.ground.is_true(lit)]
            if not any(self.names(lit, blocking, counted) for lit in false):
                body = ", ".join(
                    sorted(str(self.ground.names.get(abs(x), x)) for x, _ in rule.body)
                )
                head = self.ground.names[rule.head]
                self.fault(number, f"nothing named here blocks {head} from {body or 'nothing'}")

    def conditions(self, number: int, live: bool) -> Iterator[Condition]:
        """What is named below a rule, with its sign; only along branches that hold, if live."""
        for edge in self.edges[number]:
            child = self.nodes[edge.target]
            if child.kind == "branch":
                if child.holds or not live:
                    yield from self.conditions(edge.target, live)
            elif child.kind in _ATOMS:
                yield node_pattern(child), edge.negated

    def names(
        self, literal: int, conditions: Iterable[Condition], counted: Iterable[Symbol]
    ) -> bool:
        """Whether a literal of a ground rule is among the conditions named."""
        name = self.ground.names.get(abs(literal))
        if name is not None:
            return any(neg == (literal < 0) and match(p, name) for p, neg in conditions) or any(
                match(pattern, name) for pattern in counted
            )
        parts = self.ground.behind(abs(literal))
        patterns = [pattern for pattern, _ in conditions] + list(counted)
        return not parts or any(match(pattern, part) for pattern in patterns for part in parts)

    # the whole

    def check_support(self) -> None:
        """What holds can be put in an order in which nothing rests on itself."""
        import networkx as nx

        graph = self.justification.graph()
        holding = graph.subgraph([n for n, node in enumerate(self.nodes) if node.holds])
        parts = nx.condensation(holding)
        grounded: set[int] = set()
        for part in reversed(list(nx.topological_sort(parts))):
            fresh: set[int] = set(parts.nodes[part]["members"])
            while fresh:
                fresh = {n for n in parts.nodes[part]["members"] if n not in grounded}
                fresh = {n for n in fresh if self.rests(n, grounded)}
                grounded |= fresh
        for number, node in enumerate(self.nodes):
            if node.kind == "conclusion" and node.holds and number not in grounded:
                self.fault(number, f"{node.text} rests on nothing but itself")

    def rests(self, number: int, grounded: Collection[int]) -> bool:
        """Whether what carries a node that holds is grounded already."""
        kind = self.nodes[number].kind
        if kind == "conclusion":
            return any(edge.target in grounded for edge in self.edges[number])
        if kind not in ("rule", "branch"):
            return True
        branches: dict[int, bool] = {}
        for edge in self.edges[number]:
            carried = edge.target in grounded
            if self.nodes[edge.target].kind == "branch":
                branches[edge.order] = branches.get(edge.order, False) or carried
            elif not edge.negated and not carried:
                return False
        return all(branches.values())

    def check_circles(self) -> None:
        """What is said to have only circular support has that in the ground law."""
        circular = self.ground.circular() if self.justification.circular else set()
        for number in self.justification.circular:
            node = self.nodes[number]
            if not any(atom in circular for atom in self.ground.matching(node_pattern(node))):
                self.fault(number, f"{node.text} is said to be circular and is not")


def add_up(function: str, first: Iterable[Symbol], members: Collection[object]) -> Symbol:
    """The value of an aggregate from its distinct tuples and their first terms."""
    if function == "#count":
        return clingo.Number(len(members))
    if function == "#min":
        return min([*first, clingo.Supremum])
    if function == "#max":
        return max([*first, clingo.Infimum])
    numbers = [s.number for s in first if s.type == SymbolType.Number]
    return clingo.Number(sum(n for n in numbers if function == "#sum" or n > 0))


def _tuple(terms: Iterable[Term], bindings: Bindings) -> tuple[Symbol | None, ...]:
    return tuple(instantiate(term.text, bindings) for term in terms)


def _compute(literal: Literal, bindings: Bindings) -> tuple[str, Symbol | None] | None:
    """The variable that an equation gives a value to, with the value, if it can be computed."""
    comparison = literal.comparison
    if comparison is None or comparison.operators != ("=",):
        return None
    for variable, other in (comparison.terms, comparison.terms[::-1]):
        if variable.is_variable and variable.text not in bindings:
            if all(name in bindings for name in other.variables):
                return variable.text, instantiate(other.text, bindings)
    return None


def _says(node: Node, pattern: Symbol, wanting: bool = False) -> bool:
    """Whether a node is about what a pattern describes: open where that is open, equal elsewhere.

    What is wanting may be asked more openly than the rule does: nothing at all is there.
    """
    if (node.name, len(node.arguments)) != (pattern.name, len(pattern.arguments)):
        return False
    return all(
        (wanting or is_open(p) if a is None else clingo.parse_term(a) == p)
        for a, p in zip(node.arguments, pattern.arguments, strict=True)
    )


def _concludes(rule: Rule, node: Node) -> bool:
    """Whether the head of a rule, as written, can be what a node is about."""
    found: dict[str, Symbol] = {}
    return all(
        argument is None or match(pattern, clingo.parse_term(argument), found)
        for argument, pattern in zip(
            node.arguments, atom_pattern(rule.head, {}).arguments, strict=True
        )
    )

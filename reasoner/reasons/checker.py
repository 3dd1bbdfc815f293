"""Check an explanation against the law, trusting nothing that made it.

The law is grounded a second time, by a Control of its own, with every fact of the case and every
reading left open (``#external``), so that gringo simplifies no rule away. The truth of each ground
atom is then worked out here, from the ground rules alone, and the explanation is held against it:
what it says holds or not, what it says that rests on, what it says stands in the way. Only what
counts without words (an order, a calendar of stretches) is taken from a plain run of gringo.

The ground rules do not name what was never derivable, so the rules as written are read as well: a
rule, a condition or a branch that an explanation passes over is a fault even where it decides
nothing. Nothing here is shared with :mod:`reasoner.reasons.instrument` or
:mod:`reasoner.reasons.justify` but the data that they hand over.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod

import clingo
from clingo import Function, Symbol

from reasoner.casefiles.case import Case
from reasoner.lawfiles.infer import rules_behind, rules_in_play
from reasoner.lawfiles.rules import Aggregate, Law, Literal, Rule, Signature
from reasoner.reasons.ground_law import GroundLaw, ground_closed, ground_openly
from reasoner.reasons.justification import Edge, Justification, Node
from reasoner.reasons.patterns import (
    Bindings,
    add_up,
    anything,
    atom_pattern,
    compute,
    holds,
    instantiate,
    instantiate_all,
    is_open,
    match,
)

Condition = tuple[Symbol, bool]

_ATOMS = ("conclusion", "fact", "table", "reading", "plumbing")
_IMAGINED = 5000


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
    opened = open_facts(justification, case, stated)
    said = {(n.name, len(n.arguments)) for n in justification.nodes if n.kind in _ATOMS}
    given = {atom.partition("(")[0] for atom in opened}
    behind = rules_in_play(rules_behind(justification.law, said), given)
    counted = counted_plumbing(justification.law)
    sure = ground_closed([rule.text for rule in behind], stated, counted)
    rules = dict.fromkeys(rule.text for rule in behind if rule.head.signature not in counted)
    ground = ground_openly(rules, opened | {str(atom) for atom in sure}, stated | sure)
    checker = _Checker(justification, case, ground, stated, chosen)
    checker.check()
    return tuple(sorted(checker.faults, key=lambda f: (f.node, f.message)))


def counted_plumbing(law: Law) -> set[Signature]:
    """The predicates without words that count something, or rest on such a one without words.

    An explanation takes them as they are. Left open, each number that could be counted would
    make a rule of its own, and what orders or adds up would never come to an end.
    """
    found: set[Signature] = set()
    bare = {s for s in law.heads if s not in law.sentences and not law.is_fact(s)}
    grown = True
    while grown:
        grown = False
        for rule in law.rules:
            signature = rule.head.signature
            if signature in bare and signature not in found:
                counts = any(literal.aggregate is not None for literal in rule.body)
                atoms = (literal.atom for literal in rule.body if literal.atom is not None)
                if counts or any(atom.signature in found for atom in atoms):
                    found.add(signature)
                    grown = True
    return found


def open_facts(justification: Justification, case: Case, stated: Collection[Symbol]) -> set[str]:
    """What to leave open, so that the rules which it would carry are there to see.

    These are the facts stated and denied, every option of every reading, and whatever the
    explanation says does not hold.
    """
    law = justification.law
    opened = {str(fact) for fact in stated}
    opened |= {s.atom for s in case.statements}
    for reading in law.vocabulary.readings.values():
        options = [option.id for option in reading.options if not option.parameter]
        opened |= {f"chosen_reading({reading.id},{option})" for option in options}
    for number, node in enumerate(justification.nodes):
        if node.kind in _ATOMS and not is_open(node_pattern(node)):
            opened.add(node.text)
        if number in justification.circular:
            opened |= imagine(justification, case, node)
    return opened


def imagine(justification: Justification, case: Case, node: Node) -> set[str]:
    """Atoms of a predicate said to go round in circles, over what the case and the tree speak of.

    gringo drops a circle that nothing outside enters; with these left open it is there to see.
    """
    law = justification.law
    columns: list[set[str]] = []
    kinds = law.types.get((node.name, len(node.arguments)), ())
    for place in range(len(node.arguments)):
        kind = kinds[place] if kinds else None
        column = {name for name, of in case.entities.items() if kind in (None, of)}
        if kind is not None and kind in law.vocabulary.kinds:
            column |= set(law.vocabulary.kinds[kind].values)
        for statement in case.statements:
            fact = law.vocabulary.facts[statement.name]
            pairs = zip(fact.arguments, statement.arguments, strict=True)
            column |= {value for argument, value in pairs if kind == argument.type}
        for other in justification.nodes:
            if (other.name, len(other.arguments)) == (node.name, len(node.arguments)):
                column |= {a for a in other.arguments[place : place + 1] if a is not None}
        columns.append(column)
    if prod(map(len, columns)) > _IMAGINED:
        return set()
    return {node._replace(arguments=arguments).text for arguments in product(*columns)}


class _Checker:
    """Holds an explanation against the ground law and collects the faults."""

    def __init__(
        self,
        justification: Justification,
        case: Case,
        ground: GroundLaw,
        stated: Collection[Symbol],
        chosen: Mapping[str, str],
    ) -> None:
        self.justification = justification
        self.case = case
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
        if node.kind == "reading" and not is_open(pattern.arguments[0]):
            name = str(pattern.arguments[0])
            taken = self.chosen.get(name, self.law.vocabulary.readings[name].default)
            if node.holds != match(pattern.arguments[1], clingo.parse_term(taken)):
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
        """What holds shows each way in which a rule applies, what does not each rule, once."""
        node = self.nodes[number]
        tried: defaultdict[int, list[Node]] = defaultdict(list)
        for edge in self.edges[number]:
            child = self.nodes[edge.target]
            if child.kind != "rule" or child.rule is None or edge.negated:
                self.fault(number, "a conclusion rests on something that is not a rule")
                continue
            rule = self.law.rules[child.rule]
            tried[rule.number].append(child)
            if child.holds != node.holds:
                self.fault(edge.target, f"a rule for {node.text} that is {child.holds}")
            if not _says(node, atom_pattern(rule.head, child.bindings), True):
                self.fault(edge.target, f"{rule.head.text} does not conclude {node.text}")
            elif child.values:
                self.check_closed(edge.target, rule)
            else:
                self.check_conditions(edge.target, edge.target, rule, child.bindings, set())
        for rule in self.law.rules_for((node.name, len(node.arguments))):
            given = _bind_head(rule, node)
            shown = tried.pop(rule.number, [])
            if not node.holds and len(shown) != (given is not None):
                self.fault(number, f"rule {rule.number}, {rule.head.text}, is shown {len(shown)}x")
            if node.holds:
                self.check_ways(number, rule, given, shown)
        if tried:
            self.fault(number, f"rule {min(tried)} does not conclude {node.text}")

    def check_ways(
        self, number: int, rule: Rule, given: Bindings | None, shown: Sequence[Node]
    ) -> None:
        """A rule is shown once for each way in which it applies."""
        ways = [] if given is None else list(self.solve(rule.body, given))
        if bool(ways) != bool(shown):
            self.fault(number, f"{rule.head.text} applies in {len(ways)} ways, {len(shown)} shown")
        names = {name for node in shown for name in node.variables if name in rule_variables(rule)}
        wanted = {tuple(sorted((n, v) for n, v in way.items() if n in names)) for way in ways}
        rows = [tuple(sorted((n, v) for n, v in s.bindings.items() if n in names)) for s in shown]
        if len(set(rows)) != len(rows) or set(rows) != wanted:
            self.fault(number, f"{rule.head.text} is shown for other values than it applies for")

    def check_closed(self, number: int, rule: Rule) -> None:
        """What closes a rule is false; all else holds where the explanation says so."""
        node = self.nodes[number]
        places = [edge.order for edge in self.edges[number]]
        for edge in self.edges[number]:
            child = self.nodes[edge.target]
            literal = rule.body[edge.order] if 0 <= edge.order < len(rule.body) else None
            if literal is None or literal.atom is None or literal.negated != edge.negated:
                self.fault(edge.target, "a rule is closed by something that is no condition of it")
            elif not _says(child, atom_pattern(literal.atom, node.bindings), True):
                self.fault(edge.target, f"{child.text} is not the condition `{literal.text}`")
            if child.holds != edge.negated:
                self.fault(edge.target, f"{child.text} closes nothing")
        if not places or node.holds:
            self.fault(number, "a rule is said to be closed and nothing closes it")
        rest = [literal for literal in rule.body if literal.number not in places]
        if "otherwise" in node.values and not any(True for _ in self.solve(rest, node.bindings)):
            self.fault(number, "a closed rule would not apply otherwise")

    def check_conditions(
        self, top: int, number: int, rule: Rule, given: Bindings, before: set[int]
    ) -> None:
        """Below a rule stands every condition of it, on every branch, until nothing binds one."""
        bindings = dict(given)
        conditions = [e for e in self.edges[number] if 0 <= e.order < len(rule.body)]
        if len(conditions) + (number != top) < len(self.edges[number]):
            self.fault(number, "something hangs here that is no condition of the rule")
        shown = before | {edge.order for edge in conditions}
        for edge in conditions:
            literal = rule.body[edge.order]
            if literal.aggregate is not None:
                self.check_count(top, edge.target, literal.aggregate, bindings)
            if edge.negated != literal.negated:
                self.fault(edge.target, f"`{literal.text}` is shown with the wrong sign")
        below = shown | set(self.orders(number))
        ended = failing = False
        # The number counted gets the name it is known by at the end of the body: two rounds.
        for literal in (*rule.body, *rule.body):
            if literal.number in below | shown or literal.comparison is None:
                continue
            computed = compute(literal, bindings)
            if computed is not None and len(computed[1]) == 1:
                bindings[computed[0]] = str(computed[1][0])
                shown.add(literal.number)
            elif computed is not None:
                failing = failing or not computed[1]
            elif "=" in literal.comparison.operators and holds(literal.comparison, bindings):
                shown.add(literal.number)
        if self.nodes[number].holds != (self.follows(number) and not failing):
            self.fault(number, "whether it holds does not follow from its conditions")
        branches: defaultdict[int, list[Edge]] = defaultdict(list)
        for edge in conditions:
            child, literal = self.nodes[edge.target], rule.body[edge.order]
            if child.kind == "branch":
                branches[edge.order].append(edge)
            elif literal.comparison is not None:
                self.check_comparison(edge.target, literal, bindings)
            elif literal.atom is not None:
                wanting = not literal.negated and not child.holds
                ended = ended or (wanting and None in child.arguments)
                if not _says(child, atom_pattern(literal.atom, bindings), wanting):
                    self.fault(edge.target, f"{child.text} is not the condition `{literal.text}`")
        for order, edges in branches.items():
            self.check_branches(top, number, rule.body[order], edges, bindings)
            for edge in edges:
                inner = self.nodes[edge.target].bindings
                self.check_conditions(top, edge.target, rule, bindings | inner, shown)
        if not (branches or ended or failing):
            for literal in rule.body:
                if literal.number not in shown:
                    self.fault(number, f"the condition `{literal.text}` is not shown")

    def orders(self, number: int) -> Iterator[int]:
        """The places of the conditions shown below a rule or branch, however deep."""
        for edge in self.edges[number]:
            yield edge.order
            if self.nodes[edge.target].kind == "branch":
                yield from self.orders(edge.target)

    def check_branches(
        self, top: int, number: int, literal: Literal, edges: Sequence[Edge], bindings: Bindings
    ) -> None:
        """The branches of a condition are all the ways in which it holds, and no others."""
        if literal.atom is None:
            computed = compute(literal, bindings)
            values = [] if computed is None else [{computed[0]: str(v)} for v in computed[1]]
            rows = [self.nodes[edge.target].bindings for edge in edges]
            if [r for r in rows if not any(v.items() <= r.items() for v in values)] or len(
                values
            ) != len(rows):
                self.fault(number, f"`{literal.text}` opens other branches")
            return
        pattern = atom_pattern(literal.atom, bindings)
        self.listed[top].append(pattern)
        found = []
        for edge in edges:
            inner = self.nodes[edge.target].bindings
            first = [e.target for e in self.edges[edge.target] if e.order < 0 and not e.negated]
            itself = atom_pattern(literal.atom, dict(bindings) | inner)
            found.append(itself)
            if any(inner.get(name, value) != value for name, value in bindings.items()):
                self.fault(edge.target, "a branch changes what was bound before it")
            if len(first) != 1 or not _says(self.nodes[first[0]], itself):
                self.fault(edge.target, f"a branch does not begin with `{literal.text}`")
            if not any(True for _ in self.ground.holding(itself)):
                self.fault(edge.target, f"a branch is made up for `{literal.text}`")
        for symbol in self.ground.holding(pattern):
            if not any(match(itself, symbol) for itself in found):
                self.fault(number, f"{symbol} is passed over for `{literal.text}`")

    def check_comparison(self, number: int, literal: Literal, bindings: Bindings) -> None:
        """A comparison compares what the rule compares, and comes out as the numbers do."""
        comparison, node = literal.comparison, self.nodes[number]
        assert comparison is not None
        truth = holds(comparison, bindings)
        if node.holds != truth:
            self.fault(number, f"{node.text} is said to be {node.holds} and is {truth}")
        terms = [instantiate(term.text, bindings) for term in comparison.terms]
        words = [str(terms[0])]
        for operator, term in zip(comparison.operators, terms[1:], strict=True):
            words += [operator, str(term)]
        if None not in terms and list(node.values) != words:
            self.fault(number, f"{node.text} is not the comparison {' '.join(words)}")

    def check_count(
        self, top: int, number: int, aggregate: Aggregate, bindings: dict[str, str]
    ) -> None:
        """A count has the members that the model has, and they add up."""
        node = self.nodes[number]
        if node.kind != "count" or not node.holds or len(node.values) != 1:
            self.fault(number, f"{node.text} is not a count")
            return
        members = self.members(aggregate, bindings)
        listed: set[tuple[Symbol | None, ...]] = set()
        for edge in self.edges[number]:
            member = self.nodes[edge.target]
            if not member.holds or member.kind != "branch" or edge.negated:
                self.fault(edge.target, "a member of a count does not hold")
            inner = bindings | member.bindings
            for element in aggregate.elements:
                if self.shows(edge.target, element.condition, inner):
                    listed.add(instantiate_all(element.terms, inner))
        for element in aggregate.elements:
            parts = [literal.atom for literal in element.condition if literal.atom is not None]
            self.counted[top] += [atom_pattern(part, bindings) for part in parts]
        total = str(add_up(aggregate.function, members))
        if node.values != (total,):
            self.fault(number, f"the count is said to be {node.values[0]} and is {total}")
        for row in sorted(members ^ listed, key=str):
            words = ", ".join(map(str, row))
            self.fault(number, f"the member ({words}) is not listed, or is not one")
        bindings.setdefault(aggregate.guard.text, total)

    def shows(self, number: int, condition: Sequence[Literal], bindings: Bindings) -> bool:
        """Whether the conditions of a counted element hang below a member, and no others."""
        literals = [lit for lit in condition if lit.atom is not None]
        edges = [e for e in self.edges[number] if self.nodes[e.target].kind != "comparison"]
        return len(edges) == len(literals) and all(
            edge.negated == literal.negated
            and literal.atom is not None
            and _says(self.nodes[edge.target], atom_pattern(literal.atom, bindings))
            for edge, literal in zip(edges, literals, strict=True)
        )

    # the law as a query on the model

    def members(self, aggregate: Aggregate, bindings: Bindings) -> set[tuple[Symbol | None, ...]]:
        """The tuples that an aggregate counts."""
        return {
            instantiate_all(element.terms, solution)
            for element in aggregate.elements
            for solution in self.solve(element.condition, bindings)
        }

    def solve(self, condition: Sequence[Literal], bindings: Bindings) -> Iterator[Bindings]:
        """All ways in which some conditions hold together in the model.

        What binds comes first: atoms, then equations, then counts; then what only tests.
        """
        chosen = min(condition, key=lambda lit: _turn(lit, bindings), default=None)
        if chosen is None:
            yield bindings
            return
        rest = [lit for lit in condition if lit is not chosen]
        for found in self.ways(chosen, bindings):
            yield from self.solve(rest, {**bindings, **found})

    def ways(self, literal: Literal, bindings: Bindings) -> Iterator[Bindings]:
        """What one condition binds, for each way in which it holds."""
        computed = compute(literal, bindings)
        if literal.atom is not None:
            pattern = atom_pattern(literal.atom, bindings)
            symbols = self.ground.holding(pattern)
            if literal.negated:
                yield from () if any(True for _ in symbols) else ({},)
            else:
                for symbol in symbols:
                    found: dict[str, Symbol] = {}
                    match(pattern, symbol, found)
                    yield {name: str(value) for name, value in found.items()}
        elif literal.aggregate is not None:
            total = add_up(literal.aggregate.function, self.members(literal.aggregate, bindings))
            name = literal.aggregate.guard.text
            if bindings.get(name, str(total)) == str(total):
                yield {name: str(total)}
        elif computed is not None:
            yield from ({computed[0]: str(value)} for value in computed[1])
        elif literal.comparison is not None and holds(literal.comparison, bindings):
            yield {}

    # the ground rules

    def check_instances(self, number: int) -> None:
        """What holds follows by a ground rule; all rules for what does not hold are blocked."""
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
        claims = {number: self.nodes[number] for number in self.justification.circular}
        if not all(imagine(self.justification, self.case, node) for node in claims.values()):
            return
        circular = self.ground.circular() if claims else set()
        for number, node in claims.items():
            if circular.isdisjoint(self.ground.matching(node_pattern(node))):
                self.fault(number, f"{node.text} is said to be circular and is not")


def node_pattern(node: Node) -> Symbol:
    """What a node is about; its open arguments match anything."""
    terms = [None if a is None else instantiate(a, {}) for a in node.arguments]
    return Function(node.name, [anything() if term is None else term for term in terms])


def _says(node: Node, pattern: Symbol, wanting: bool = False) -> bool:
    """Whether a node is about what a pattern describes: open where that is open, equal elsewhere.

    What is wanting may be asked more openly than the rule does: nothing at all is there.
    """
    said = node_pattern(node)
    return (said.name, len(said.arguments)) == (pattern.name, len(pattern.arguments)) and all(
        (wanting or is_open(p)) and match(a, p) if is_open(a) else a == p
        for a, p in zip(said.arguments, pattern.arguments, strict=True)
    )


def _turn(literal: Literal, bindings: Bindings) -> int:
    if literal.atom is not None:
        return 3 if literal.negated else 0
    if literal.aggregate is not None:
        return 2
    return 1 if compute(literal, bindings) is not None else 3


def rule_variables(rule: Rule) -> set[str]:
    """The variables of a rule that bind its conditions together."""
    return {name for literal in rule.body for name in literal.variables}


def _bind_head(rule: Rule, node: Node) -> Bindings | None:
    """What the variables of a head, as written, stand for in a node; None where it cannot fit."""
    found: dict[str, Symbol] = {}
    patterns = atom_pattern(rule.head, {}).arguments
    for argument, pattern in zip(node_pattern(node).arguments, patterns, strict=True):
        if not is_open(argument) and not match(pattern, argument, found):
            return None
    return {name: str(value) for name, value in found.items()}

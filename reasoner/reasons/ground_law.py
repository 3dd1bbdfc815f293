"""A law grounded with facts left open, and the model worked out from its ground rules.

gringo simplifies away whatever a fact decides; an open fact (``#external``) decides nothing, so
the rules stay. Here they are taken down as they are emitted and evaluated without the solver.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import clingo
from clingo import Symbol

from reasoner.lawfiles.rules import Signature
from reasoner.reasons.patterns import is_open, match


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


class _Index(NamedTuple):
    """The atoms of a predicate, in order, and those with some term at some place."""

    atoms: list[int]
    by_term: dict[tuple[int, Symbol], list[int]]


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
        self.named: defaultdict[str, list[int]] = defaultdict(list)
        for atom, name in names.items():
            self.named[name.name].append(atom)
        self.numbers = {name: atom for atom, name in names.items()}
        self.indices: dict[Signature, _Index] = {}

    def matching(self, pattern: Symbol) -> Iterator[int]:
        """The atoms, true or not, that a pattern matches."""
        if not is_open(pattern):
            if pattern in self.numbers:
                yield self.numbers[pattern]
            return
        arguments = pattern.arguments
        index = self._index((pattern.name, len(arguments)))
        lists = [
            index.by_term.get((place, term), [])
            for place, term in enumerate(arguments)
            if not is_open(term)
        ]
        for atom in min(lists, key=len, default=index.atoms):
            if match(pattern, self.names[atom]):
                yield atom

    def _index(self, signature: Signature) -> _Index:
        """The atoms of a predicate by their arguments, put in order when first asked for."""
        if signature not in self.indices:
            name, arity = signature
            atoms = [n for n in self.named[name] if len(self.names[n].arguments) == arity]
            atoms.sort(key=self.names.__getitem__)
            by_term: dict[tuple[int, Symbol], list[int]] = {}
            for atom in atoms:
                for place, term in enumerate(self.names[atom].arguments):
                    by_term.setdefault((place, term), []).append(atom)
            self.indices[signature] = _Index(atoms, by_term)
        return self.indices[signature]

    def holding(self, pattern: Symbol) -> Iterator[Symbol]:
        """The names of the true atoms that a pattern matches."""
        return (self.names[atom] for atom in self.matching(pattern) if atom in self.true)

    def is_true(self, literal: int) -> bool:
        """Whether a literal of a ground body holds."""
        return (literal > 0) == (abs(literal) in self.true)

    def behind(self, atom: int) -> set[Symbol]:
        """The named atoms that a nameless one (a part of a count, a projection) is made of."""
        found: set[Symbol] = set()
        seen, waiting = {atom}, [atom]
        while waiting:
            for rule in self.rules[waiting.pop()]:
                for part in (abs(literal) for literal, _ in rule.body):
                    if part in self.names:
                        found.add(self.names[part])
                    elif part not in seen:
                        seen.add(part)
                        waiting.append(part)
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


def ground_closed(
    rules: Iterable[str], stated: Iterable[Symbol], wanted: Collection[Signature]
) -> set[Symbol]:
    """Ground rules of a law with the facts that hold; the atoms of some predicates that follow.

    Args:
        rules: the rules as clingo reads them.
        stated: the facts that hold.
        wanted: the predicates to read.
    """
    if not wanted:
        return set()
    control = clingo.Control(["-Wno-atom-undefined"], logger=lambda *_: None)
    control.add("base", [], "\n".join([*rules, *(f"{fact}." for fact in stated)]))
    control.ground([("base", [])])
    return {
        atom.symbol
        for name, arity in wanted
        for atom in control.symbolic_atoms.by_signature(name, arity)
        if atom.is_fact
    }


def ground_openly(
    rules: Iterable[str], opened: Iterable[str], stated: Collection[Symbol]
) -> GroundLaw:
    """Ground rules of a law with some facts left open.

    Args:
        rules: the rules as clingo reads them.
        opened: the facts to leave open, as clingo reads them.
        stated: the facts that hold.
    """
    collector = _Collector()
    control = clingo.Control(["-Wno-atom-undefined"], logger=lambda *_: None)
    control.register_observer(collector)
    control.add("base", [], "\n".join(rules))
    control.add("base", [], "\n".join(f"#external {fact}." for fact in sorted(opened)))
    control.ground([("base", [])])
    names = {atom.literal: atom.symbol for atom in control.symbolic_atoms}
    return GroundLaw(collector.rules, names, stated)


def find_model(rules: Sequence[GroundRule], given: Collection[int]) -> tuple[set[int], set[int]]:
    """The atoms that are true and those that are not false: the same ones in a stratified law.

    Source: the alternating fixpoint of Van Gelder (1989).
    """
    prepared = _prepare(rules)
    true: set[int] = set()
    while True:
        possible = _close(prepared, given, true)
        grown = _close(prepared, given, possible)
        if grown == true:
            return true, possible
        true = grown


class _Prepared(NamedTuple):
    """Ground rules by place: their heads and bounds, and where atoms stand in them, with weights.

    ``denied`` has the rules with negated atoms, each with these.
    """

    heads: list[int]
    bounds: list[int]
    users: dict[int, list[tuple[int, int]]]
    denied: list[tuple[int, list[tuple[int, int]]]]


def _prepare(rules: Sequence[GroundRule]) -> _Prepared:
    users: dict[int, list[tuple[int, int]]] = {}
    denied = []
    for place, rule in enumerate(rules):
        negated = []
        for literal, weight in rule.body:
            if literal > 0:
                users.setdefault(literal, []).append((place, weight))
            else:
                negated.append((-literal, weight))
        if negated:
            denied.append((place, negated))
    return _Prepared([r.head for r in rules], [r.bound for r in rules], users, denied)


def _close(rules: _Prepared, given: Collection[int], assumed: Collection[int]) -> set[int]:
    """What follows by the rules when ``not a`` holds for all that is not assumed."""
    heads, missing = rules.heads, rules.bounds.copy()
    for place, negated in rules.denied:
        missing[place] -= sum([weight for atom, weight in negated if atom not in assumed])
    waiting = [*given, *(head for head, bound in zip(heads, missing, strict=True) if bound <= 0)]
    found: set[int] = set()
    while waiting:
        atom = waiting.pop()
        if atom in found:
            continue
        found.add(atom)
        for place, weight in rules.users.get(atom, ()):
            missing[place] -= weight
            if missing[place] <= 0:
                waiting.append(heads[place])
    return found

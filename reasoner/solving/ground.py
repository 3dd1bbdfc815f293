"""A law grounded by clingo with some facts, and what can be asked of it.

The only module that holds a ``clingo.Control``. A law is stratified, so without unknown facts
grounding alone decides; unknown facts are choices, and an answer comes from what holds in every
completion and in none.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

import clingo

from reasoner.casefiles.case import Statement
from reasoner.errors import InputError, Problem
from reasoner.lawfiles.clingo_messages import clingo_problem
from reasoner.lawfiles.infer import rules_behind, rules_in_play
from reasoner.lawfiles.rules import Law, Signature
from reasoner.solving.question import Goal
from reasoner.source import read_source
from reasoner.values import split_arguments

HEARTBEAT = 0.1
GIVEN_UP: frozenset[int] = frozenset({0})  # what a search finds that was given up; no literal is 0
FEW_ATOMS = 10_000
PREDICATE = re.compile(r"[a-z]\w*")
OPEN_PLACE = re.compile(r"(?<![A-Za-z0-9_])_(?![A-Za-z0-9_])")
YES, NO, UNDETERMINED = "yes", "no", "undetermined"


class _Dependencies(clingo.Observer):
    """Notes on what each ground atom depends, while clingo grounds."""

    def __init__(self) -> None:
        self.below: dict[int, set[int]] = {}

    def rule(self, choice: bool, head: Sequence[int], body: Sequence[int]) -> None:
        """Note a rule."""
        for atom in head:
            self.below.setdefault(atom, set()).update(map(abs, body))

    def weight_rule(
        self, choice: bool, head: Sequence[int], lower_bound: int, body: Sequence[tuple[int, int]]
    ) -> None:
        """Note a rule that counts or adds up."""
        self.rule(choice, head, [literal for literal, _ in body])


class Ground:
    """A law grounded with facts, kept open so that explanations can be added to it."""

    def __init__(
        self,
        law: Law,
        facts: Iterable[str],
        unknown: Iterable[Statement] = (),
        goals: Iterable[Goal] | None = None,
        ranges: Iterable[Sequence[Statement]] = (),
    ) -> None:
        """Ground a law.

        Args:
            law: the law.
            facts: what else holds, as clingo reads it; unknown facts as choices.
            unknown: the statements left open.
            goals: all that will be asked; only the rules that they rest on are grounded, and
                those that find contradictions. Without goals, the files of the law are read.
            ranges: statements, also among the unknown ones, of which exactly one holds, by day.

        Raises:
            InputError: when clingo complains.
        """
        self.law = law
        self.messages: list[str] = []
        self.control = clingo.Control(["-Wno-atom-undefined"], logger=self._log)
        self.unknown = {s.atom: s for s in unknown}
        self._dependencies = _Dependencies()
        if self.unknown:
            self.control.register_observer(self._dependencies)
        self.ranges = tuple(map(tuple, ranges))
        self.parts = 0
        self._reporter: clingo.Control | None = None
        self._by_first: dict[Signature, dict[str, list[tuple[tuple[str, ...], bool, int]]]] = {}
        self._settled: dict[str, bool | None] = {}
        self._bounds: tuple[set[int], set[int]] | None = None
        self.consistent: tuple[int, ...] = ()  # what to assume so that no facts contradict others
        self._populated: dict[Signature, bool] = {}
        facts = list(facts)
        if goals is None:
            self._run(lambda: self.control.load(str(law.main)))
        else:
            asked = {(goal.name, len(goal.arguments)) for goal in goals}
            asked |= {signature for signature in law.heads if signature[0] == "problem"}
            given = PREDICATE.findall("\n".join(facts))
            rules = rules_in_play(rules_behind(law, asked), given)
            self.control.add("base", [], "\n".join(dict.fromkeys(rule.text for rule in rules)))
        self.control.add("base", [], "\n".join(facts))
        self._run(lambda: self.control.ground([("base", [])]))
        if self.messages:
            if goals is not None:
                Ground(law, facts)  # the files say the same, with places
            raise InputError(self._problems())
        if self.unknown:
            flaws = [atom.literal for atom in self._flaws() if not atom.is_fact]
            self.consistent = (-self.define(flaws),) if flaws else ()

    def _log(self, code: clingo.MessageCode, text: str) -> None:
        self.messages.append(text)

    def _run(self, act) -> None:  # type: ignore[no-untyped-def]
        try:
            act()
        except RuntimeError as error:
            problems = self._problems() or [Problem(str(error))]
            raise InputError(problems) from None

    def _problems(self) -> list[Problem]:
        return [clingo_problem(text, read_source) for text in self.messages]

    def contradictions(self) -> list[clingo.Symbol]:
        """The ``problem`` atoms that hold: what the facts cannot all be."""
        return sorted(atom.symbol for atom in self._flaws() if atom.is_fact)

    def _flaws(self) -> Iterator[clingo.SymbolicAtom]:
        """The ``problem`` atoms that hold, or may hold."""
        atoms = self.control.symbolic_atoms
        for name, arity, _ in atoms.signatures:
            if name == "problem":
                yield from atoms.by_signature(name, arity)

    def settled(self, text: str) -> bool | None:
        """Whether an atom, ``_`` for anything, holds; None where unknown facts decide."""
        if text not in self._settled:
            if OPEN_PLACE.search(text):
                found = list(self._fitting(text))
            else:
                atom = self.control.symbolic_atoms[clingo.parse_term(text)]
                found = [] if atom is None else [(atom.is_fact, atom.literal)]
            holds = True if any(certain for certain, _ in found) else None if found else False
            if holds is None:
                holds = self._holds_anyway([literal for _, literal in found])
            self._settled[text] = holds
        return self._settled[text]

    def _holds_anyway(self, literals: Sequence[int]) -> bool | None:
        """Whether one of some atoms holds whatever the unknown facts are, or none; else None."""
        if self._bounds is None:
            atoms = self.control.symbolic_atoms
            every = {atom.literal for atom in atoms if not atom.is_fact}
            self._bounds = (
                self._consequences(every, "cautious"),
                self._consequences(every, "brave"),
            )
        certain, possible = self._bounds
        if not certain.isdisjoint(literals):
            return True
        if possible.isdisjoint(literals):
            return False
        if len(literals) > 1 and self.core([-literal for literal in literals]) is not None:
            return True
        return None

    def _fitting(self, text: str) -> Iterator[tuple[bool, int]]:
        """Of the ground atoms that fit an atom with open places, whether each is certain."""
        name, _, rest = text.partition("(")
        wanted = split_arguments(rest[:-1])
        signature = name, len(wanted)
        if signature not in self._by_first:
            table = self._by_first[signature] = {}
            for atom in self.control.symbolic_atoms.by_signature(*signature):
                row = split_arguments(str(atom.symbol)[len(name) + 1 : -1])
                table.setdefault(row[0], []).append((row, atom.is_fact, atom.literal))
        table = self._by_first[signature]
        rows = (
            table.get(wanted[0], ())
            if wanted[0] != "_" and "(" not in wanted[0]
            else chain(*table.values())
        )
        for row, certain, literal in rows:
            if all(map(matches_text, wanted, row)):
                yield certain, literal

    def populated(self, signature: Signature) -> bool:
        """Whether a predicate holds of anything."""
        if signature not in self._populated:
            atoms = self.control.symbolic_atoms.by_signature(*signature)
            self._populated[signature] = next(iter(atoms), None) is not None
        return self._populated[signature]

    def arguments_of(self, name: str) -> Iterator[tuple[str, ...]]:
        """The arguments with which predicates of some name hold, or may hold."""
        for found, arity, positive in self.control.symbolic_atoms.signatures:
            if found == name and positive:
                for atom in self.control.symbolic_atoms.by_signature(found, arity):
                    yield tuple(map(str, atom.symbol.arguments))

    def rows(self, signature: Signature, *, certain: bool = False) -> Iterator[tuple[str, ...]]:
        """The arguments with which a predicate holds, or may hold unless it must be certain."""
        start = len(signature[0]) + 1
        for atom in self.control.symbolic_atoms.by_signature(*signature):
            if atom.is_fact or not certain:
                yield split_arguments(str(atom.symbol)[start:-1])

    def add(self, program: Sequence[str]) -> None:
        """Ground further rules on top of what holds."""
        self.parts += 1
        name = f"part{self.parts}"
        control = self._reporting()
        control.add(name, [], "\n".join(program))
        self._run(lambda: control.ground([(name, [])]))

    def extend(self, program: Sequence[str]) -> None:
        """Ground further rules among those of the law, so that searches heed them."""
        self.parts += 1
        name = f"part{self.parts}"
        self.control.add(name, [], "\n".join(program))
        self._run(lambda: self.control.ground([(name, [])]))

    def _reporting(self) -> clingo.Control:
        """The clingo that further rules are grounded in.

        Each further step makes gringo go over every rule it has. Where few atoms hold it is much
        faster to tell them to a clingo of its own, which has none of the law's rules.
        """
        if self._reporter is None:
            atoms = self.control.symbolic_atoms
            self._reporter = self.control
            if not self.unknown and len(atoms) < FEW_ATOMS:
                self._reporter = clingo.Control(["-Wno-atom-undefined"], logger=self._log)
                facts = "".join(f"{atom.symbol}.\n" for atom in atoms)
                self._reporter.add("base", [], facts)
                self._reporter.ground([("base", [])])
        return self._reporter

    def report(self, names: Mapping[str, int]) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
        """The atoms of some predicates, by name, as the text of their arguments.

        Args:
            names: the predicates with their numbers of arguments.

        Returns:
            Those that hold, and those that depend on unknown facts.
        """
        atoms = self._reporting().symbolic_atoms
        true: dict[str, set[str]] = {}
        unsettled: dict[int, list[tuple[str, str]]] = {}
        for name, arity in names.items():
            start = len(name) + 1
            found = atoms.by_signature(name, arity)
            if not self.unknown:
                true[name] = {str(atom.symbol)[start:-1] for atom in found}
                continue
            for atom in found:
                text = str(atom.symbol)[start:-1]
                if atom.is_fact:
                    true.setdefault(name, set()).add(text)
                else:
                    unsettled.setdefault(atom.literal, []).append((name, text))
        possible: dict[str, set[str]] = {}
        if unsettled:
            certain = self._consequences(unsettled, "cautious")
            for literal in self._consequences(unsettled, "brave"):
                table = true if literal in certain else possible
                for name, text in unsettled[literal]:
                    table.setdefault(name, set()).add(text)
        return true, possible

    def _consequences(self, literals: Iterable[int], mode: str) -> set[int]:
        """Those of some literals that hold in some ("brave") or every ("cautious") completion."""
        solving: Any = self.control.configuration.solve
        solving.enum_mode, solving.models = mode, 0
        with self.control.solve(self.consistent, yield_=True) as handle:
            for _ in handle:
                pass  # each model is nearer to the consequences, the last one has them all
            model = handle.last()
            found = {literal for literal in literals if model and model.is_true(literal)}
        solving.enum_mode, solving.models = "auto", 1
        return found

    def answer(self, goal: Goal) -> str:
        """Yes, no or, where that depends on unknown facts, undetermined."""
        holds = self.settled(goal.text)
        return UNDETERMINED if holds is None else YES if holds else NO

    def behind(self, goal: Goal) -> set[str]:
        """The unknown facts that a goal depends on, however indirectly."""
        found = [literal for _, literal in self._fitting(goal.text)] if goal.arguments else []
        seen = set(found)
        while found:
            new = self._dependencies.below.get(found.pop(), set()) - seen
            seen |= new
            found += new
        return {atom for atom in self.unknown if self.literal(atom) in seen}

    def goal_literal(self, goal: Goal) -> int:
        """A literal that holds where an undetermined goal does."""
        if None in goal.arguments:
            return self.define(literal for _, literal in self._fitting(goal.text))
        literal = self.literal(goal.text)
        assert literal is not None
        return literal

    def literal(self, text: str) -> int | None:
        """The solver's number for an atom; None for one that cannot hold."""
        atom = self.control.symbolic_atoms[clingo.parse_term(text)]
        return None if atom is None else atom.literal

    def numbered(self, signature: Signature) -> dict[str, int]:
        """The solver's number of each atom of a predicate that can hold, by its text."""
        atoms = self.control.symbolic_atoms.by_signature(*signature)
        return {str(atom.symbol): atom.literal for atom in atoms}

    def forbid(self, literals: Iterable[int]) -> None:
        """Rule out that some literals, numbers of atoms or minus them, hold together."""
        with self.control.backend() as backend:
            backend.add_rule([], list(literals))

    def heed_preferences(self) -> None:
        """Make searches choose first what the program prefers, by its ``#heuristic``."""
        self.control.configuration.solver.heuristic = "Domain"  # type: ignore[union-attr]

    def search(
        self,
        assumed: Iterable[int] = (),
        among: Iterable[int] = (),
        *,
        cheapest: bool = False,
        by_cores: bool = False,
        most: int | None = None,
    ) -> Generator[None, None, frozenset[int] | None]:
        """Look for a completion; yields now and then, so that the search can be given up.

        Args:
            assumed: literals that must hold.
            among: the literals whose truth is wanted.
            cheapest: whether the completion must cost least, by what is to be minimized.
            by_cores: whether the least cost is approached from below, by what cannot be had
                together: faster where a completion is made of few of very many things.
            most: after how many conflicts the search is given up, whatever time they take.

        Returns:
            Those of ``among`` that hold in the completion found, or None if there is none;
            ``GIVEN_UP`` where the search was. A cheapest completion that was not proved to be one
            is the cheapest of those found.
        """
        solving: Any = self.control.configuration.solve
        solving.solve_limit = f"{'umax' if most is None else most},umax"
        solving.opt_mode, solving.models = ("opt", 0) if cheapest else ("ignore", 1)
        self.control.configuration.solver.opt_strategy = "usc" if by_cores else "bb"  # type: ignore
        wanted, found = list(among), None
        with self.control.solve(list(assumed), yield_=True, async_=True) as handle:
            while True:
                handle.resume()
                while not handle.wait(HEARTBEAT):
                    yield
                model = handle.model()
                if model is None:
                    break
                found = frozenset(x for x in wanted if model.is_true(x))
            given_up = found is None and bool(handle.get().unknown)
        solving.opt_mode, solving.models, solving.solve_limit = "opt", 1, "umax,umax"
        return GIVEN_UP if given_up else found

    def define(self, literals: Iterable[int]) -> int:
        """A new literal, which holds where one of some literals does."""
        with self.control.backend() as backend:
            defined: int = backend.add_atom()
            for literal in literals:
                backend.add_rule([defined], [literal])
        return defined

    def core(self, assumed: Iterable[int], *, consistent: bool = True) -> list[int] | None:
        """Literals, among those assumed, that cannot hold together; None if all can.

        Args:
            assumed: the literals.
            consistent: whether facts that contradict each other are out of the question.
        """
        assumptions = [*assumed, *(self.consistent if consistent else ())]
        with self.control.solve(assumptions, yield_=True) as handle:
            return None if handle.get().satisfiable else handle.core()

    def completion(self, assumed: Iterable[int], among: Iterable[int]) -> frozenset[int] | None:
        """Those of some literals that hold in a completion, or None if there is none."""
        with self.control.solve([*assumed, *self.consistent], yield_=True) as handle:
            for model in handle:
                return frozenset(literal for literal in among if model.is_true(literal))
            return None


def matches_text(pattern: str, term: str) -> bool:
    """Whether a term fits a pattern in which ``_`` stands for any argument."""
    if pattern in ("_", term):
        return True
    head, _, rest = pattern.partition("(")
    other, _, inner = term.partition("(")
    if head != other or not rest or not inner:
        return False
    left, right = split_arguments(rest[:-1]), split_arguments(inner[:-1])
    return len(left) == len(right) and all(map(matches_text, left, right))

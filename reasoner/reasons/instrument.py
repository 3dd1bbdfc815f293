"""Turn a question into rules that make clingo report its own reasoning.

A predicate is asked with some arguments given and some open (an adornment, as in magic sets),
for some keys: the given arguments. For ::

    bad(P, G) :- ground(P, G), not excused(P, G).

asked with P given and G open, clingo is told which keys hold and which do not, and reports ::

    _s7(P, G)    :- _t3(P), ground(P, G), not excused(P, G).     it holds: a rule that applies

    _e7_0(P)     :- _f3(P).                                      it does not: the rule is tried
    _e7_1(P, G)  :- _e7_0(P), ground(P, G).                      one branch for each ground
    _h7_1_1(P, G) :- _e7_1(P, G), not excused(P, G).             is the condition met there?

What holds is explained by the rules that apply, what does not by every rule there is: the chain
of environments ``_e`` carries the variables bound so far, and a condition that binds nothing
never stops it, so all conditions of a paragraph are reported. The rules come from the law as
written, so nothing that gringo would simplify away is lost; and gringo evaluates every condition,
so an explanation cannot disagree with the answer.

A rule that asks for a reading not chosen, or for a law of another date, is closed: it is
reported as such (``_c``) and not followed; whether nothing else closes it is reported too (``_o``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple, Protocol

from reasoner.errors import InputError, Problem
from reasoner.lawfiles.rules import WORLD, Aggregate, Atom, Law, Literal, Rule, Signature, Term

VARIABLE = re.compile(r"\b_*[A-Z]\w*")

Adornment = str
Ask = tuple[Signature, Adornment]
Row = tuple[str, ...]
Pick = int | str | tuple[str, tuple[int, ...]]


class Test(NamedTuple):
    """A condition that binds nothing: ``atom`` holds where it does.

    ``asks`` is what to explain it with, if rules conclude it; ``picks`` says how to read its
    arguments (or the sides of a comparison) off a row; ``values`` names the atom that has the
    sides where they have to be computed.
    """

    literal: Literal
    atom: str
    picks: tuple[Pick | None, ...]
    asks: Ask | None = None
    values: str = ""


class Members(NamedTuple):
    """What one element of a count counts: an atom for each member, its variables, conditions."""

    atom: str
    variables: tuple[str, ...]
    tests: tuple[Test, ...]


class Level(NamedTuple):
    """One environment of a rule: its atom, its variables, the conditions tested there.

    ``binder`` is the condition that opens the next level: a branch for each way to bind.
    ``found``/``missing`` explain a branch and the want of one.
    """

    atom: str
    variables: tuple[str, ...]
    tests: tuple[Test, ...]
    binder: Literal | None = None
    found: Test | None = None
    missing: Test | None = None
    members: tuple[Members, ...] = ()


class Support(NamedTuple):
    """A rule that may apply: its atom, all its variables, what explains each condition."""

    rule: Rule
    atom: str
    variables: tuple[str, ...]
    tests: tuple[Test, ...]
    members: Mapping[int, tuple[Members, ...]]


class Refusal(NamedTuple):
    """A rule that does not apply, by levels; ``worlds`` are those it is tried in, None for all."""

    rule: Rule
    levels: tuple[Level, ...]
    worlds: frozenset[str] | None = None


class Closed(NamedTuple):
    """A rule that a reading or the date of the law closes.

    ``atom`` holds where it would be tried, ``otherwise`` where all its other conditions do;
    ``closers`` are the conditions that close it; ``worlds`` those it is closed in, None for all.
    """

    rule: Rule
    variables: tuple[str, ...]
    atom: str
    otherwise: str
    closers: tuple[Test, ...]
    worlds: frozenset[str] | None = None


class Known(Protocol):
    """What is known of the law ground with a case before its reasons are asked for."""

    def settled(self, text: str) -> bool | None:
        """Whether an atom, ``_`` for anything, holds; None where unknown facts decide."""

    def populated(self, signature: Signature) -> bool:
        """Whether a predicate holds of anything."""


def explained(law: Law, signature: Signature) -> bool:
    """Whether a predicate is taken apart: rules conclude it and it has words of its own."""
    return (
        signature in law.heads
        and signature not in law.tables
        and signature in law.sentences
        and not law.is_fact(signature)
    )


class Writer:
    """Writes the rules of one round.

    ``names`` are the predicates to read with their numbers of arguments; ``widths`` says of those
    that are looked up by how many of their first arguments; ``same`` are those that hold for just
    the keys asked for and need not be read.
    """

    def __init__(self, law: Law, known: Known, tag: str) -> None:
        self.law = law
        self.known = known
        self.tag = tag
        self.number = 0
        self.program: list[str] = []
        self.names: dict[str, int] = {}
        self.widths: dict[str, int] = {}
        self.same: set[str] = set()

    def name(self, name: str, arguments: Sequence[str]) -> str:
        """An atom of the program."""
        return _atom(self.tag + name, arguments)

    def write(self, name: str, arguments: Sequence[str], *body: str) -> str:
        """Add a rule; its head."""
        self.names[self.tag + name] = len(arguments)
        head = self.name(name, arguments)
        self.program.append(f"{head} :- {', '.join(body)}.")
        return head

    def ask(
        self, ask: Ask, holding: Sequence[Row], failing: Sequence[Row]
    ) -> tuple[list[Support], list[Refusal | Closed]]:
        """Prepare the rules of a predicate.

        Args:
            ask: the predicate and its adornment.
            holding: the keys for which it holds, or may.
            failing: the keys for which it does not, or may not.

        Raises:
            InputError: when a rule has a form that cannot be reported.
        """
        self.number += 1
        start = self.number
        self.program += [f"{self.name(f't{start}', key)}." for key in holding]
        self.program += [f"{self.name(f'f{start}', key)}." for key in failing]
        supports: list[Support] = []
        refusals: list[Refusal | Closed] = []
        signature, adornment = ask
        for rule in self.rules_for(signature):
            given = [t for t, a in zip(rule.head.arguments, adornment, strict=True) if a == "b"]
            terms = [t.text for t in given]
            # The first columns of every atom are the key, as the head writes it: that is how
            # the rows of a key are found again.
            columns = list(terms)
            columns += dict.fromkeys(v for t in given for v in t.variables if v not in columns)
            if self.may_apply(rule, holding):
                self.number += 1
                support = self.support(rule, columns, self.name(f"t{start}", terms))
                self.widths[support.atom] = len(terms)
                supports.append(support)
            for closers, worlds in self.closers(rule, failing).items():
                self.number += 1
                asked = self.name(f"f{start}", terms)
                if worlds is not None:
                    inside = f"{self.tag}i{self.number}"
                    self.program += [f"{inside}({world})." for world in sorted(worlds)]
                    asked += f", {inside}({WORLD})"
                if closers:
                    closed = self.closed(rule, columns, asked, closers)
                    refusals.append(closed._replace(worlds=worlds))
                    self.found_again(closed.atom, given, terms)
                else:
                    levels = self.levels(rule, columns, asked)
                    refusals.append(Refusal(rule, levels, worlds))
                    self.found_again(levels[0].atom, given, terms)
        return supports, refusals

    def rules_for(self, signature: Signature) -> tuple[Rule, ...]:
        """The rules that take a predicate apart."""
        return self.law.rules_for(signature) if explained(self.law, signature) else ()

    def may_apply(self, rule: Rule, holding: Sequence[Row]) -> bool:
        """Whether a rule can be a reason for what holds: it is not closed, nor without hope."""
        return (
            bool(holding)
            and () in self.closers(rule, holding)
            and all(map(self.can_hold, rule.body))
        )

    def closers(
        self, rule: Rule, keys: Sequence[Row]
    ) -> dict[tuple[Literal, ...], frozenset[str] | None]:
        """The sets of conditions that close a rule, each with the worlds where they do."""
        if not keys:
            return {}
        candidates = [lit for lit in rule.body if self.may_close(lit)]
        if not any(WORLD in lit.variables for lit in candidates):
            return {tuple(lit for lit in candidates if self.closes(lit, "")): None}
        found: dict[tuple[Literal, ...], set[str]] = {}
        for world in sorted({key[0] for key in keys}):
            closing = tuple(lit for lit in candidates if self.closes(lit, world))
            found.setdefault(closing, set()).add(world)
        if len(found) == 1:
            return dict.fromkeys(found)
        return {closing: frozenset(worlds) for closing, worlds in found.items()}

    def found_again(self, atom: str, given: Sequence[Term], terms: Sequence[str]) -> None:
        """Have an atom read, unless it has just the keys asked for: the head says nothing more."""
        if all(term.is_variable for term in given) and len(set(terms)) == len(terms):
            del self.names[atom]
            self.same.add(atom)
        else:
            self.widths[atom] = len(terms)

    # what holds

    def support(self, rule: Rule, columns: Sequence[str], asked: str) -> Support:
        """Report where the rule applies, with every variable."""
        inner = dict.fromkeys(v for lit in rule.body for v in lit.variables)
        seen = [*columns, *(v for v in inner if v not in columns)]
        here = self.write(f"s{self.number}", seen, asked, *(lit.text for lit in rule.body))
        tests, members = [], {}
        for literal in rule.body:
            values = self.sides(literal, f"w{self.number}_{literal.number}", seen, here)
            tests.append(self.test(literal, "", seen, values))
            if literal.aggregate is not None:
                name = f"n{self.number}_{literal.number}"
                members[literal.number] = self.members(literal.aggregate, name, seen, here)
        return Support(rule, f"{self.tag}s{self.number}", tuple(seen), tuple(tests), members)

    # what does not

    def can_hold(self, literal: Literal) -> bool:
        """Whether a condition can be met: an atom of a predicate that holds of something."""
        atom = literal.atom
        return literal.negated or atom is None or self.known.populated(atom.signature)

    def may_close(self, literal: Literal) -> bool:
        """Whether a condition is of the sort that closes rules: a reading, a date of the law."""
        atom = literal.atom
        if atom is None or self.law.is_fact(atom.signature):
            return False
        return atom.signature == self.law.reading or not set(atom.variables) - {WORLD}

    def closes(self, literal: Literal, world: str) -> bool:
        """Whether a condition closes its rule in a world."""
        assert literal.atom is not None
        text = literal.atom.text.replace(WORLD, world) if world else literal.atom.text
        holds = self.known.settled(anonymous(text))
        return holds is not None and holds == literal.negated

    def closed(
        self, rule: Rule, columns: Sequence[str], asked: str, closers: Sequence[Literal]
    ) -> Closed:
        """Report where a closed rule would be tried, and where nothing else closes it."""
        name, otherwise = f"c{self.number}", ""
        self.write(name, columns, asked)
        if not any(set(lit.variables) - {WORLD} for lit in closers):
            otherwise = f"o{self.number}"
            rest = [lit.text for lit in rule.body if lit not in closers]
            self.write(otherwise, columns, asked, *rest)
            otherwise = self.tag + otherwise
        tests = tuple(
            Test(lit, "", tuple(_pick_closer(t.text, columns) for t in lit.atom.arguments))
            for lit in closers
            if lit.atom is not None
        )
        return Closed(rule, tuple(columns), self.tag + name, otherwise, tests)

    def levels(self, rule: Rule, start: Sequence[str], asked: str) -> tuple[Level, ...]:
        """The chain of environments, each literal tested where it first can be."""
        columns = list(start)
        bound = set(columns)
        waiting = list(rule.body)
        levels: list[Level] = []
        env = self.write(f"e{self.number}_0", columns, asked)
        while True:
            here = f"{self.number}_{len(levels)}"
            ready = [lit for lit in waiting if _is_test(lit, bound)]
            waiting = [lit for lit in waiting if lit not in ready]
            tests = tuple(self.tested(lit, here, columns, env) for lit in ready)
            level = Level(f"{self.tag}e{here}", tuple(columns), tests)
            binder = self.next_binder(waiting, bound)
            if binder is None:
                if waiting:
                    raise InputError([_unbound(waiting[0])])
                return (*levels, level)
            levels.append(self.open(binder, bound, level, env))
            if not self.can_hold(binder):
                return tuple(levels)
            waiting.remove(binder)
            width = len(columns)
            columns = [*columns, *(v for v in binder.variables if v not in bound)]
            following = f"e{self.number}_{len(levels)}"
            env = self.write(following, columns, env, binder.text)
            self.widths[self.tag + following] = width
            bound |= set(binder.variables)

    def next_binder(self, waiting: Sequence[Literal], bound: set[str]) -> Literal | None:
        """The condition that opens the next level: the first that speaks of what is given.

        A domain such as "every person on this day", or a relation of which only the day is given,
        would open a branch for each stranger: these come last.
        """
        ready = [lit for lit in waiting if _binds(lit, bound)]
        return min(
            ready,
            key=lambda lit: (
                lit.atom is not None and not self.has_words(lit.atom),
                lit.atom is not None and not self.connected(lit.atom, bound),
                lit.number,
            ),
            default=None,
        )

    def connected(self, atom: Atom, bound: set[str]) -> bool:
        """Whether something other than a date, or the world, is given of an atom."""
        kinds = self.law.types.get(atom.signature, (None,) * len(atom.arguments))
        return any(
            kind != "date"
            and term.text != WORLD
            and (not term.variables or set(term.variables) <= bound)
            for term, kind in zip(atom.arguments, kinds, strict=True)
        )

    def has_words(self, atom: Atom) -> bool:
        """Whether a predicate is a fact of cases or has sentences of its own."""
        return self.law.is_fact(atom.signature) or atom.signature in self.law.sentences

    def tested(self, literal: Literal, here: str, columns: Sequence[str], env: str) -> Test:
        """Report whether a condition is met in an environment."""
        atom = f"h{here}_{literal.number}"
        if self.can_hold(literal):
            self.write(atom, columns, env, literal.text)
        values = self.sides(literal, f"v{here}_{literal.number}", columns, env)
        return self.test(literal, self.tag + atom, columns, values)

    def open(self, binder: Literal, bound: set[str], level: Level, env: str) -> Level:
        """What explains each branch, the want of any, and the members of a count."""
        level = level._replace(binder=binder)
        atom = binder.atom
        if binder.aggregate is not None:
            name = f"m{self.number}_{binder.number}"
            members = self.members(binder.aggregate, name, level.variables, env)
            return level._replace(members=members)
        if atom is None:
            return level
        after = [*level.variables, *(v for v in binder.variables if v not in bound)]
        found = self.test(binder, "", after)
        given = [t if all(v in bound for v in t.variables) else None for t in atom.arguments]
        asks = None
        if explained(self.law, atom.signature):
            asks = atom.signature, "".join("f" if t is None else "b" for t in given)
        picks = tuple(None if t is None else _pick(t.text, level.variables) for t in given)
        return level._replace(found=found, missing=Test(binder, "", picks, asks))

    # both

    def test(self, literal: Literal, atom: str, columns: Sequence[str], values: str = "") -> Test:
        """A condition with what explains it."""
        asks = None
        if literal.atom is not None and explained(self.law, literal.atom.signature):
            asks = literal.atom.signature, adornment_of(literal.atom)
        return Test(literal, atom, read_off(literal, columns), asks, values)

    def sides(self, literal: Literal, name: str, columns: Sequence[str], where: str) -> str:
        """Have the sides of a comparison computed, unless they are columns already."""
        comparison = literal.comparison
        sides = [term.text for term in comparison.terms] if comparison else []
        if all(side in columns or _is_constant(side) for side in sides):
            return ""
        self.write(name, [*columns, *sides], where)
        self.widths[self.tag + name] = len(columns)
        return self.tag + name

    def members(
        self, aggregate: Aggregate, name: str, columns: Sequence[str], where: str
    ) -> tuple[Members, ...]:
        """Report what a count counts."""
        found = []
        for place, element in enumerate(aggregate.elements):
            variables = [v for lit in element.condition for v in lit.variables]
            inner = tuple(dict.fromkeys(v for v in variables if v not in columns))
            conditions = [lit.text for lit in element.condition]
            self.write(f"{name}_{place}", [*columns, *inner], where, *conditions)
            self.widths[f"{self.tag}{name}_{place}"] = len(columns)
            tests = tuple(
                self.test(lit, "", [*columns, *inner])
                for lit in element.condition
                if lit.atom is not None
            )
            found.append(Members(f"{self.tag}{name}_{place}", inner, tests))
        return tuple(found)


def read_off(literal: Literal, columns: Sequence[str]) -> tuple[Pick | None, ...]:
    """How to read the arguments of a condition, or the sides of a comparison, off a row."""
    if literal.atom is not None:
        return tuple(
            None if t.anonymous else _pick(t.text, columns) for t in literal.atom.arguments
        )
    if literal.comparison is not None:
        return _picks([t.text for t in literal.comparison.terms], columns)
    return ()


def _pick_closer(text: str, columns: Sequence[str]) -> Pick:
    """An argument of a condition that closes a rule: the world, or open where it varies."""
    return columns.index(WORLD) if text == WORLD else anonymous(text)


def _picks(texts: Sequence[str], columns: Sequence[str]) -> tuple[Pick, ...]:
    return tuple(_pick(text, columns) for text in texts)


def _pick(text: str, columns: Sequence[str]) -> Pick:
    """A column, a constant, or a pattern to be filled from columns."""
    if text in columns:
        return columns.index(text)
    names = [name for name in VARIABLE.findall(text) if name in columns]
    if not names:
        return text
    pattern = VARIABLE.sub(lambda m: "{}" if m[0] in columns else m[0], text)
    return pattern, tuple(columns.index(name) for name in names)


def pick(picks: Sequence[Pick | None], row: Sequence[str]) -> tuple[str | None, ...]:
    """Read terms off a row, None where open."""
    return tuple(
        [
            row[p]
            if type(p) is int
            else p
            if type(p) is str or p is None
            else p[0].format(*(row[i] for i in p[1]))  # type: ignore[index]
            for p in picks
        ]
    )


def anonymous(text: str) -> str:
    """A term with its variables made anonymous."""
    return VARIABLE.sub("_", text)


def adornment_of(atom: Atom) -> Adornment:
    """The pattern of an atom whose variables are all bound: open where it says ``_``."""
    return "".join("f" if term.anonymous else "b" for term in atom.arguments)


def _is_test(literal: Literal, bound: set[str]) -> bool:
    return literal.aggregate is None and all(v in bound for v in literal.variables)


def _binds(literal: Literal, bound: set[str]) -> bool:
    """Whether a condition can open the next level: a positive atom, a count, an assignment.

    The equation of a given name with the number counted (it has no key) only goes one way.
    """
    if literal.atom is not None:
        return not literal.negated
    if literal.aggregate is not None:
        return set(literal.aggregate.outer) <= bound
    comparison = literal.comparison
    if comparison is None or comparison.operators != ("=",):
        return False
    left, right = comparison.terms
    return (left.is_variable and set(right.variables) <= bound) or (
        right.is_variable and set(left.variables) <= bound and comparison.key != ""
    )


def _unbound(literal: Literal) -> Problem:
    return Problem(
        f"the condition `{literal.text}` can never be tested: nothing binds its variables",
        literal.position,
    )


def _is_constant(text: str) -> bool:
    return text.isalnum() and not text[0].isupper()


def _atom(name: str, arguments: Sequence[str]) -> str:
    return f"{name}({','.join(arguments)})" if arguments else name

"""Turn a question into rules that make clingo report its own reasoning.

For every predicate that the question reaches, with each pattern of given and open arguments
(an adornment, as in magic sets), every rule of the law becomes a *plan*. For ::

    bad(P, G) :- ground(P, G), not excused(P, G).

asked with P given and G open (number 3), clingo is given, in essence, ::

    _s7(P, G)    :- _a3(P), ground(P, G), not excused(P, G).     the rule applies: a support
    _a4(P, G)    :- _s7(P, G).                                   then explain not excused(P, G)

    _e7_0(P)     :- _a3(P), not bad(P, _).                       nothing is bad: why not?
    _e7_1(P, G)  :- _e7_0(P), ground(P, G).                      one branch for each ground
    _h7_1_1(P, G) :- _e7_1(P, G), not excused(P, G).             does the condition hold there?
    _a4(P, G)    :- _e7_1(P, G).                                 explain it, either way

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
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from reasoner.errors import InputError, Problem
from reasoner.rules import Aggregate, Atom, Law, Literal, Rule, Signature

VARIABLE = re.compile(r"\b_*[A-Z]\w*")

Adornment = str
Ask = tuple[Signature, Adornment]


Pick = int | str | tuple[str, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Test:
    """A condition that binds nothing: ``atom`` holds where it does.

    ``asks`` is the predicate to explain it with, if rules conclude it; ``picks`` says how to read
    its arguments (or the sides of a comparison) off a row; ``values`` names the atom that has the
    sides where they have to be computed.
    """

    literal: Literal
    atom: str
    picks: tuple[Pick | None, ...]
    asks: int | None = None
    values: str = ""


@dataclass(frozen=True, slots=True)
class Members:
    """What one element of a count counts: an atom for each member, its variables, conditions."""

    atom: str
    variables: tuple[str, ...]
    tests: tuple[Test, ...]


@dataclass(frozen=True, slots=True)
class Level:
    """One environment of a plan: its atom, its variables, the conditions tested there.

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


@dataclass(frozen=True, slots=True)
class Support:
    """A rule that applies: its atom, all variables, what explains each condition."""

    atom: str
    variables: tuple[str, ...]
    tests: tuple[Test, ...]
    members: Mapping[int, tuple[Members, ...]]


@dataclass(frozen=True, slots=True)
class Plan:
    """A rule prepared for one adornment of its head; without levels, a closed one.

    ``closed`` holds where it would be tried, ``closers`` are the conditions that close it, and
    ``otherwise`` holds where all its other conditions do.
    """

    rule: Rule
    columns: tuple[str, ...]
    support: Support | None = None
    levels: tuple[Level, ...] = ()
    closed: str = ""
    closers: tuple[Test, ...] = ()
    otherwise: str = ""


@dataclass(frozen=True, slots=True)
class Instruments:
    """Everything generated for some goals: the program and how to read its atoms.

    ``tag`` begins every name of the program; ``asks`` numbers each predicate with its adornment,
    ``keys`` gives it back, ``plans`` the rules prepared for it.
    """

    tag: str
    asks: dict[Ask, int] = field(default_factory=dict)
    keys: list[Ask] = field(default_factory=list)
    plans: dict[int, tuple[Plan, ...]] = field(default_factory=dict)
    program: list[str] = field(default_factory=list)


class Known(Protocol):
    """What is known of the law ground with a case before its reasons are asked for."""

    def settled(self, text: str) -> bool | None:
        """Whether an atom, ``_`` for anything, holds; None where unknown facts decide."""

    def populated(self, signature: Signature) -> bool:
        """Whether a predicate holds of anything."""


def instrument(
    law: Law,
    goals: Iterable[tuple[str, Sequence[str | None]]],
    tag: str,
    known: Known,
) -> Instruments:
    """Generate the reporting program for some goals.

    Args:
        law: the law that answers.
        goals: predicate and arguments as terms, None for an open argument.
        tag: what all names of the program begin with, so that two programs never meet.
        known: what is known of the atoms already ground; what cannot apply is left out.

    Raises:
        InputError: when a rule has a form that cannot be reported.
    """
    writer = _Writer(law, Instruments(tag), known)
    for name, arguments in goals:
        adornment = "".join("f" if a is None else "b" for a in arguments)
        asked = writer.ask((name, len(arguments)), adornment)
        writer.write(writer.name(f"a{asked}", [a for a in arguments if a is not None]))
    while writer.todo:
        writer.prepare(*writer.todo.pop())
    return writer.made


def explained(law: Law, signature: Signature) -> bool:
    """Whether a predicate is taken apart: rules conclude it and it has words of its own."""
    return (
        signature in law.heads
        and signature not in law.tables
        and signature in law.sentences
        and not law.is_fact(signature)
    )


class _Writer:
    """Writes the program: asks still to prepare, plans numbered as they come."""

    def __init__(self, law: Law, made: Instruments, known: Known) -> None:
        self.law = law
        self.known = known
        self.made = made
        self.todo: list[Ask] = []
        self.number = -1

    def ask(self, signature: Signature, adornment: Adornment) -> int:
        """The number of a predicate with an adornment, which will be prepared in its turn."""
        key = signature, adornment
        if key not in self.made.asks:
            self.made.asks[key] = len(self.made.keys)
            self.made.keys.append(key)
            self.todo.append(key)
        return self.made.asks[key]

    def ask_literal(self, literal: Literal, where: str) -> int | None:
        """Ask for the atom of a condition wherever something holds; the number it has."""
        atom = literal.atom
        if atom is None or not explained(self.law, atom.signature):
            return None
        asked = self.ask(atom.signature, adornment_of(atom))
        given = [t.text for t in atom.arguments if not t.anonymous]
        self.write(self.name(f"a{asked}", given), where)
        return asked

    def name(self, name: str, arguments: Sequence[str]) -> str:
        """An atom of the program."""
        return _atom(self.made.tag + name, arguments)

    def write(self, head: str, *body: str) -> None:
        """Add a rule."""
        self.made.program.append(f"{head} :- {', '.join(body)}." if body else f"{head}.")

    def prepare(self, signature: Signature, adornment: Adornment) -> None:
        """Make the plans of a predicate."""
        asked = self.made.asks[signature, adornment]
        rules = self.law.rules_for(signature) if explained(self.law, signature) else ()
        self.made.plans[asked] = tuple(self.plan(rule, asked, adornment) for rule in rules)

    def plan(self, rule: Rule, asked: int, adornment: Adornment) -> Plan:
        """Prepare a rule both ways: the support it gives, and why it gives none."""
        self.number += 1
        sides = list(zip(rule.head.arguments, adornment, strict=True))
        given = [t for t, a in sides if a == "b"]
        # The first columns of every atom are the question's own arguments, as the head writes
        # them: that is how a plan is found again for an answer.
        columns = [t.text for t in given]
        columns += dict.fromkeys(v for t in given for v in t.variables if v not in columns)
        question = self.name(f"a{asked}", [t.text for t in given])
        untrue = "not " + _atom(rule.head.name, [t.text if a == "b" else "_" for t, a in sides])
        closers = [lit for lit in rule.body if self.closes(lit)]
        if closers:
            return self.closed_plan(rule, columns, question, untrue, closers)
        support = None
        if all(self.can_hold(literal) for literal in rule.body):
            support = self.support(rule, columns, question)
        levels = self.levels(rule, columns, [question, untrue])
        return Plan(rule, tuple(columns), support, levels)

    def can_hold(self, literal: Literal) -> bool:
        """Whether a condition can be met at all: an atom of a predicate that holds of something."""
        return (
            literal.negated or literal.atom is None or self.known.populated(literal.atom.signature)
        )

    def closes(self, literal: Literal) -> bool:
        """Whether a condition closes its rule for this case: a reading, a date of the law."""
        atom = literal.atom
        if atom is None or self.law.is_fact(atom.signature):
            return False
        if atom.variables and atom.signature != ("reading", 2):
            return False
        holds = self.known.settled(anonymous(atom.text))
        return holds is not None and holds == literal.negated

    def closed_plan(
        self,
        rule: Rule,
        columns: Sequence[str],
        question: str,
        untrue: str,
        closers: Sequence[Literal],
    ) -> Plan:
        """Report where a closed rule would be tried, and where nothing else closes it."""
        closed, otherwise = f"c{self.number}", ""
        self.write(self.name(closed, columns), question, untrue)
        if not any(lit.variables for lit in closers):
            otherwise = f"{self.made.tag}o{self.number}"
            rest = [lit.text for lit in rule.body if lit not in closers]
            self.write(_atom(otherwise, columns), question, untrue, *rest)
        tests = tuple(
            Test(lit, "", tuple(anonymous(t.text) for t in lit.atom.arguments))
            for lit in closers
            if lit.atom is not None
        )
        return Plan(
            rule, tuple(columns), closed=self.made.tag + closed, closers=tests, otherwise=otherwise
        )

    def support(self, rule: Rule, columns: Sequence[str], question: str) -> Support:
        """Report where the rule applies, with every variable, and ask why each condition holds."""
        seen = dict.fromkeys([*columns, *(v for lit in rule.body for v in lit.variables)])
        here = self.name(f"s{self.number}", list(seen))
        self.write(here, question, *(lit.text for lit in rule.body))
        tests, members = [], {}
        for literal in rule.body:
            values = self.sides(literal, f"w{self.number}_{literal.index}", list(seen), here)
            asked = self.ask_literal(literal, here)
            tests.append(Test(literal, "", read_off(literal, list(seen)), asked, values))
            if literal.aggregate is not None:
                name = f"n{self.number}_{literal.index}"
                members[literal.index] = self.members(literal.aggregate, name, tuple(seen), here)
        return Support(f"{self.made.tag}s{self.number}", tuple(seen), tuple(tests), members)

    def levels(self, rule: Rule, columns: Sequence[str], start: Sequence[str]) -> tuple[Level, ...]:
        """The chain of environments, each literal tested where it first can be."""
        columns = list(columns)
        bound = set(columns)
        waiting = list(rule.body)
        levels: list[Level] = []
        self.write(self.name(f"e{self.number}_0", columns), *start)
        while True:
            here = f"{self.number}_{len(levels)}"
            env = self.name(f"e{here}", columns)
            ready = [lit for lit in waiting if _is_test(lit, bound)]
            waiting = [lit for lit in waiting if lit not in ready]
            tests = tuple(self.test(lit, here, columns, env) for lit in ready)
            level = Level(f"{self.made.tag}e{here}", tuple(columns), tests)
            binder = self.next_binder(waiting, bound)
            if binder is None:
                if waiting:
                    raise InputError([_unbound(waiting[0])])
                return (*levels, level)
            if not self.can_hold(binder):
                return (*levels, self.open(binder, bound, level, env, ""))
            waiting.remove(binder)
            after = [*columns, *(v for v in binder.variables if v not in bound)]
            following = self.name(f"e{self.number}_{len(levels) + 1}", after)
            self.write(following, env, binder.text)
            levels.append(self.open(binder, bound, level, env, following))
            columns = after
            bound |= set(binder.variables)

    def next_binder(self, waiting: Sequence[Literal], bound: set[str]) -> Literal | None:
        """The condition that opens the next level: the first with words, plumbing last.

        A domain such as "every person on this day" would open a branch for each stranger.
        """
        ready = [lit for lit in waiting if _binds(lit, bound)]
        worded = [lit for lit in ready if lit.atom is None or self.has_words(lit.atom)]
        return next(iter(worded or ready), None)

    def has_words(self, atom: Atom) -> bool:
        """Whether a predicate is a fact of cases or has sentences of its own."""
        return self.law.is_fact(atom.signature) or atom.signature in self.law.sentences

    def test(self, literal: Literal, here: str, columns: Sequence[str], env: str) -> Test:
        """Report whether a condition holds in an environment."""
        atom = f"h{here}_{literal.index}"
        if self.can_hold(literal):
            self.write(self.name(atom, columns), env, literal.text)
        values = self.sides(literal, f"v{here}_{literal.index}", columns, env)
        picks = read_off(literal, columns)
        return Test(literal, self.made.tag + atom, picks, self.ask_literal(literal, env), values)

    def sides(self, literal: Literal, name: str, columns: Sequence[str], where: str) -> str:
        """Have the sides of a comparison computed, unless they are columns already."""
        comparison = literal.comparison
        sides = [term.text for term in comparison.terms] if comparison else []
        if all(side in columns or _is_constant(side) for side in sides):
            return ""
        self.write(self.name(name, [*columns, *sides]), where)
        return self.made.tag + name

    def open(
        self, binder: Literal, bound: set[str], level: Level, env: str, following: str
    ) -> Level:
        """Report what explains each branch, the want of any, and the members of a count."""
        level = replace(level, binder=binder)
        if binder.aggregate is not None:
            name = f"m{self.number}_{binder.index}"
            return replace(
                level, members=self.members(binder.aggregate, name, level.variables, env)
            )
        atom = binder.atom
        if atom is None:
            return level
        after = [*level.variables, *(v for v in binder.variables if v not in bound)]
        given = [t if all(v in bound for v in t.variables) else None for t in atom.arguments]
        found = Test(binder, "", _picks([t.text for t in atom.arguments], after))
        picks = tuple(None if t is None else _pick(t.text, level.variables) for t in given)
        missing = Test(binder, "", picks)
        if explained(self.law, atom.signature):
            if following:
                asked = self.ask(atom.signature, "b" * len(atom.arguments))
                self.write(self.name(f"a{asked}", [t.text for t in atom.arguments]), following)
                found = replace(found, asks=asked)
            asked = self.ask(atom.signature, "".join("f" if t is None else "b" for t in given))
            blank = _atom(atom.name, ["_" if t is None else t.text for t in given])
            self.write(
                self.name(f"a{asked}", [t.text for t in given if t is not None]),
                env,
                f"not {blank}",
            )
            missing = replace(missing, asks=asked)
        return replace(level, found=found, missing=missing)

    def members(
        self, aggregate: Aggregate, name: str, columns: Sequence[str], where: str
    ) -> tuple[Members, ...]:
        """Report what a count counts."""
        found = []
        for place, element in enumerate(aggregate.elements):
            inner = tuple(
                dict.fromkeys(
                    v for lit in element.condition for v in lit.variables if v not in columns
                )
            )
            member = self.name(f"{name}_{place}", [*columns, *inner])
            self.write(member, where, *(lit.text for lit in element.condition))
            tests = tuple(
                Test(lit, "", read_off(lit, [*columns, *inner]), self.ask_literal(lit, member))
                for lit in element.condition
                if lit.atom is not None
            )
            found.append(Members(f"{self.made.tag}{name}_{place}", inner, tests))
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
    """Whether a condition can open the next level: a positive atom, a count, an assignment."""
    if literal.atom is not None:
        return not literal.negated
    if literal.aggregate is not None:
        return True
    comparison = literal.comparison
    if comparison is None or comparison.operators != ("=",):
        return False
    left, right = comparison.terms
    return (left.is_variable and set(right.variables) <= bound) or (
        right.is_variable and set(left.variables) <= bound
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

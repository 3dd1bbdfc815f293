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

A rule for a reading that is not chosen is reported as closed and not followed; whether it would
apply but for the reading is reported too (``_o``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from reasoner.errors import InputError, Problem
from reasoner.rules import Aggregate, Atom, Element, Law, Literal, Rule, Signature

VARIABLE = re.compile(r"\b_*[A-Z]\w*")

Adornment = str
Ask = tuple[Signature, Adornment]


@dataclass(frozen=True, slots=True)
class Test:
    """A condition that binds nothing: ``atom`` holds where it does.

    ``asks`` is the predicate to explain it with, if rules conclude it; ``values`` names the atom
    with the two sides of a comparison where they have to be computed.
    """

    literal: Literal
    atom: str
    asks: int | None = None
    values: str = ""


@dataclass(frozen=True, slots=True)
class Members:
    """What one element of a count counts: an atom for each member, and its own variables."""

    atom: str
    variables: tuple[str, ...]
    element: Element


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
    found: int | None = None
    missing: int | None = None
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
    """A rule prepared for one adornment of its head.

    ``closed`` holds where a reading closes the rule, one test for each reading it asks for;
    ``otherwise`` where nothing else does.
    """

    rule: Rule
    support: Support
    levels: tuple[Level, ...]
    closed: tuple[Test, ...] = ()
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


def instrument(
    law: Law, goals: Iterable[tuple[str, Sequence[str | None]]], tag: str
) -> Instruments:
    """Generate the reporting program for some goals.

    Args:
        law: the law that answers.
        goals: predicate and arguments as terms, None for an open argument.
        tag: what all names of the program begin with, so that two programs never meet.

    Raises:
        InputError: when a rule has a form that cannot be reported.
    """
    writer = _Writer(law, Instruments(tag))
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

    def __init__(self, law: Law, made: Instruments) -> None:
        self.law = law
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
        support = self.support(rule, columns, question)
        untrue = "not " + _atom(rule.head.name, [t.text if a == "b" else "_" for t, a in sides])
        guards = [lit for lit in rule.body if _is_guard(lit)]
        levels = self.levels(rule, columns, [question, untrue], [_opened(g) for g in guards])
        closed = []
        for guard in guards:
            name = f"c{self.number}_{guard.index}"
            self.write(self.name(name, columns), question, untrue, _opposite(_opened(guard)))
            closed.append(Test(guard, self.made.tag + name))
        if not guards or any(guard.variables for guard in guards):
            return Plan(rule, support, levels, tuple(closed))
        otherwise = f"o{self.number}"
        rest = [lit.text for lit in rule.body if lit not in guards]
        self.write(self.name(otherwise, columns), question, untrue, *rest)
        return Plan(rule, support, levels, tuple(closed), self.made.tag + otherwise)

    def support(self, rule: Rule, columns: Sequence[str], question: str) -> Support:
        """Report where the rule applies, with every variable, and ask why each condition holds."""
        seen = dict.fromkeys([*columns, *(v for lit in rule.body for v in lit.variables)])
        here = self.name(f"s{self.number}", list(seen))
        self.write(here, question, *(lit.text for lit in rule.body))
        tests, members = [], {}
        for literal in rule.body:
            values = self.sides(literal, f"w{self.number}_{literal.index}", list(seen), here)
            tests.append(Test(literal, "", self.ask_literal(literal, here), values))
            if literal.aggregate is not None:
                name = f"n{self.number}_{literal.index}"
                members[literal.index] = self.members(literal.aggregate, name, tuple(seen), here)
        return Support(f"{self.made.tag}s{self.number}", tuple(seen), tuple(tests), members)

    def levels(
        self, rule: Rule, columns: Sequence[str], start: Sequence[str], guards: Sequence[str]
    ) -> tuple[Level, ...]:
        """The chain of environments, each literal tested where it first can be."""
        columns = list(columns)
        bound = set(columns)
        waiting = list(rule.body)
        levels: list[Level] = []
        self.write(self.name(f"e{self.number}_0", columns), *start, *guards)
        while True:
            here = f"{self.number}_{len(levels)}"
            env = self.name(f"e{here}", columns)
            ready = [lit for lit in waiting if _is_test(lit, bound)]
            waiting = [lit for lit in waiting if lit not in ready]
            tests = tuple(self.test(lit, here, columns, env) for lit in ready)
            level = Level(f"{self.made.tag}e{here}", tuple(columns), tests)
            binder = next((lit for lit in waiting if _binds(lit, bound)), None)
            if binder is None:
                if waiting:
                    raise InputError([_unbound(waiting[0])])
                return (*levels, level)
            waiting.remove(binder)
            after = [*columns, *(v for v in binder.variables if v not in bound)]
            following = self.name(f"e{self.number}_{len(levels) + 1}", after)
            self.write(following, env, binder.text)
            levels.append(self.open(binder, bound, level, env, following))
            columns = after
            bound |= set(binder.variables)

    def test(self, literal: Literal, here: str, columns: Sequence[str], env: str) -> Test:
        """Report whether a condition holds in an environment."""
        atom = f"h{here}_{literal.index}"
        self.write(self.name(atom, columns), env, literal.text)
        values = self.sides(literal, f"v{here}_{literal.index}", columns, env)
        return Test(literal, self.made.tag + atom, self.ask_literal(literal, env), values)

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
        if atom is None or not explained(self.law, atom.signature):
            return level
        found = self.ask(atom.signature, "b" * len(atom.arguments))
        self.write(self.name(f"a{found}", [t.text for t in atom.arguments]), following)
        adornment = "".join(
            "b" if all(v in bound for v in t.variables) else "f" for t in atom.arguments
        )
        missing = self.ask(atom.signature, adornment)
        sides = list(zip(atom.arguments, adornment, strict=True))
        blank = _atom(atom.name, [t.text if a == "b" else "_" for t, a in sides])
        self.write(
            self.name(f"a{missing}", [t.text for t, a in sides if a == "b"]), env, f"not {blank}"
        )
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
            for literal in element.condition:
                self.ask_literal(literal, member)
            found.append(Members(f"{self.made.tag}{name}_{place}", inner, element))
        return tuple(found)


def _is_guard(literal: Literal) -> bool:
    """Whether a condition asks for a reading: it opens or closes the rule as a whole."""
    atom = literal.atom
    return atom is not None and atom.signature == ("reading", 2) and not atom.arguments[0].variables


def _opened(guard: Literal) -> str:
    """The condition with whatever number its option takes."""
    return guard_text(guard.text)


def guard_text(text: str) -> str:
    """A term with its variables made anonymous."""
    return VARIABLE.sub("_", text)


def _opposite(text: str) -> str:
    return text.removeprefix("not ") if text.startswith("not ") else f"not {text}"


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

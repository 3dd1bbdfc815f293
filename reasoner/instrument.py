"""Turn a question into rules that make clingo report its own reasoning.

For every predicate that the question reaches, with each pattern of given and open arguments
(an adornment, as in magic sets), every rule of the law becomes a *plan*: a chain of
environments that carry the variables bound so far along the body. ::

    bad(P, G) :- ground(P, G), not excused(P, G).        asked with P given, G open

    _e7_0(P)    :- _a3(P).                               the rule is tried for this P
    _e7_1(P, G) :- _e7_0(P), ground(P, G).               one branch for each ground
    _h7_1(P, G) :- _e7_1(P, G), not excused(P, G).       does the condition hold there?
    _a4(P, G)   :- _e7_1(P, G).                          then explain excused(P, G) too

A condition that binds nothing never stops the chain, so all conditions of a paragraph are
reported. The rules come from the law as written, so nothing that gringo would simplify away is
lost; and gringo evaluates every condition, so an explanation cannot disagree with the answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from reasoner.errors import InputError, Problem
from reasoner.rules import Law, Literal, Rule, Signature

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
    elements: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """A rule prepared for one adornment of its head."""

    rule: Rule
    levels: tuple[Level, ...]


@dataclass(slots=True)
class Instruments:
    """Everything generated for a set of questions: the program and how to read its atoms."""

    tag: str
    asks: dict[Ask, int] = field(default_factory=dict)
    plans: dict[int, tuple[Plan, ...]] = field(default_factory=dict)
    keys: list[Ask] = field(default_factory=list)
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
    made = Instruments(tag)
    todo: list[Ask] = []

    def ask(signature: Signature, adornment: Adornment) -> int:
        key = signature, adornment
        if key not in made.asks:
            made.asks[key] = len(made.keys)
            made.keys.append(key)
            todo.append(key)
        return made.asks[key]

    for name, arguments in goals:
        adornment = "".join("f" if a is None else "b" for a in arguments)
        number = ask((name, len(arguments)), adornment)
        made.program.append(
            f"{_atom(f'{made.tag}a{number}', [a for a in arguments if a is not None])}."
        )
    plan_number = 0
    while todo:
        signature, adornment = key = todo.pop()
        plans = []
        if explained(law, signature):
            for rule in law.rules_for(signature):
                plans.append(_plan(law, rule, made.asks[key], adornment, plan_number, ask, made))
                plan_number += 1
        made.plans[made.asks[key]] = tuple(plans)
    return made


def explained(law: Law, signature: Signature) -> bool:
    """Whether a predicate is taken apart: rules conclude it and it has words of its own."""
    return (
        signature in law.heads
        and signature not in law.tables
        and signature in law.sentences
        and not _calculated(law, signature)
    )


def _calculated(law: Law, signature: Signature) -> bool:
    fact = law.vocabulary.facts.get(signature[0])
    return fact is not None and len(fact.arguments) == signature[1]


def _plan(  # noqa: PLR0913
    law: Law, rule: Rule, asked: int, adornment: Adornment, number: int, ask, made: Instruments
) -> Plan:
    given = [t for t, a in zip(rule.head.arguments, adornment, strict=True) if a == "b"]
    # The first arguments of every environment are the question's own, as the head writes them:
    # that is how a plan is found again for an answer.
    columns = [t.text for t in given]
    inner = dict.fromkeys(v for t in given for v in t.variables if v not in columns)
    columns += inner
    bound = {v for t in given for v in t.variables}
    made.program.append(f"{_atom(f'{made.tag}e{number}_0', columns)} :- {_atom(f'{made.tag}a{asked}', [t.text for t in given])}.")
    remaining = list(rule.body)
    levels: list[Level] = []
    while True:
        here = f"{made.tag}e{number}_{len(levels)}"
        env = _atom(here, columns)
        tests = []
        later = []
        for literal in remaining:
            if _is_test(literal, bound):
                tests.append(_test(law, literal, number, len(levels), columns, env, ask, made))
            else:
                later.append(literal)
        remaining = later
        binder = next((lit for lit in remaining if _binds(lit, bound)), None)
        if binder is None:
            if remaining:
                position = remaining[0].position
                raise InputError(
                    [Problem(f"the condition `{remaining[0].text}` can never be tested: "
                             "nothing binds its variables", position)]
                )
            levels.append(Level(here, tuple(columns), tuple(tests)))
            return Plan(rule, tuple(levels))
        remaining.remove(binder)
        new = [v for v in binder.variables if v not in bound]
        found, missing, elements = _open(law, binder, bound, new, env, number, len(levels), columns, ask, made)
        levels.append(
            Level(here, tuple(columns), tuple(tests), binder, found, missing, elements)
        )
        after = [*columns, *new]
        made.program.append(f"{_atom(f'{made.tag}e{number}_{len(levels)}', after)} :- {env}, {binder.text}.")
        if found is not None and binder.atom is not None:
            arguments = [t.text for t in binder.atom.arguments]
            made.program.append(
                f"{_atom(f'{made.tag}a{found}', arguments)} :- {_atom(f'{made.tag}e{number}_{len(levels)}', after)}."
            )
        columns = after
        bound |= set(new)


def _is_test(literal: Literal, bound: set[str]) -> bool:
    if literal.aggregate is not None:
        return False
    return all(v in bound for v in literal.variables)


def _binds(literal: Literal, bound: set[str]) -> bool:
    if literal.atom is not None:
        return not literal.negated
    if literal.aggregate is not None:
        return True
    comparison = literal.comparison
    if comparison is None or comparison.operators != ("=",):
        return False
    left, right = comparison.terms
    return (left.is_variable and all(v in bound for v in right.variables)) or (
        right.is_variable and all(v in bound for v in left.variables)
    )


def _test(law, literal, number, level, columns, env, ask, made) -> Test:  # type: ignore[no-untyped-def]
    atom = f"{made.tag}h{number}_{level}_{literal.index}"
    made.program.append(f"{_atom(atom, columns)} :- {env}, {literal.text}.")
    if literal.atom is not None:
        signature = literal.atom.signature
        if not explained(law, signature):
            return Test(literal, atom)
        adornment = "".join("f" if t.anonymous else "b" for t in literal.atom.arguments)
        asked = ask(signature, adornment)
        given = [t.text for t in literal.atom.arguments if not t.anonymous]
        made.program.append(f"{_atom(f'{made.tag}a{asked}', given)} :- {env}.")
        return Test(literal, atom, asked)
    values = ""
    comparison = literal.comparison
    if comparison is not None and not all(t.text in columns or _is_constant(t.text) for t in comparison.terms):
        values = f"{made.tag}v{number}_{level}_{literal.index}"
        sides = [t.text for t in comparison.terms]
        made.program.append(f"{_atom(values, [*columns, *sides])} :- {env}.")
    return Test(literal, atom, None, values)


def _is_constant(text: str) -> bool:
    return text.isalnum() and not text[0].isupper()


def _open(law, binder, bound, new, env, number, level, columns, ask, made):  # type: ignore[no-untyped-def]
    """What explains a binding condition: each branch, the want of any, the members of a count."""
    if binder.aggregate is not None:
        elements = []
        for place, element in enumerate(binder.aggregate.elements):
            name = f"{made.tag}m{number}_{level}_{place}"
            inner = dict.fromkeys(v for lit in element.condition for v in lit.variables if v not in bound)
            condition = ", ".join(lit.text for lit in element.condition)
            member = _atom(name, [*columns, *inner])
            made.program.append(f"{member} :- {', '.join([env, condition] if condition else [env])}.")
            elements.append((name, len(columns)))
            for lit in element.condition:
                if lit.atom is not None and explained(law, lit.atom.signature):
                    asked = ask(lit.atom.signature, "".join("f" if t.anonymous else "b" for t in lit.atom.arguments))
                    given = [t.text for t in lit.atom.arguments if not t.anonymous]
                    made.program.append(f"{_atom(f'{made.tag}a{asked}', given)} :- {member}.")
        return None, None, tuple(elements)
    if binder.atom is None or not explained(law, binder.atom.signature):
        return None, None, ()
    arguments = binder.atom.arguments
    found = ask(binder.atom.signature, "b" * len(arguments))
    adornment = "".join("b" if all(v in bound for v in t.variables) else "f" for t in arguments)
    missing = ask(binder.atom.signature, adornment)
    given = [t.text for t, a in zip(arguments, adornment, strict=True) if a == "b"]
    blank = ",".join(t.text if a == "b" else "_" for t, a in zip(arguments, adornment, strict=True))
    made.program.append(
        f"{_atom(f'{made.tag}a{missing}', given)} :- {env}, not {binder.atom.name}({blank})."
    )
    return found, missing, ()


def _atom(name: str, arguments: Sequence[str]) -> str:
    return f"{name}({','.join(arguments)})" if arguments else name

"""Terms under bindings, and patterns: symbols with open places, which ``_open("Name")`` marks.

What of a rule :mod:`reasoner.reasons.checker` works out for itself: arithmetic, comparisons, sums.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import product

import clingo
from clingo import Function, Symbol, SymbolType

from reasoner.lawfiles.rules import Atom, Comparison, Literal, Term

Bindings = Mapping[str, str]

_OPEN = "_open"
_TESTS = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_VARIABLE = re.compile(r"(?<![\w\"'])(?:_|_*[A-Z]\w*)(?![\w(\"'])")


def instantiate(term: str, bindings: Bindings) -> Symbol | None:
    """A term with its variables replaced and its arithmetic done; None where that has no value."""

    def value(found: re.Match[str]) -> str:
        name = found[0]
        return bindings[name] if name in bindings else f'{_OPEN}("{name.strip("_") and name}")'

    return _parse(_VARIABLE.sub(value, term))


@lru_cache(maxsize=1 << 16)
def _parse(text: str) -> Symbol | None:
    try:
        return clingo.parse_term(text, logger=lambda *_: None)
    except RuntimeError:
        return None


def atom_pattern(atom: Atom, bindings: Bindings) -> Symbol:
    """An atom of a rule under some bindings; a term without a value yet is left open."""
    terms = [instantiate(t.text, bindings) for t in atom.arguments]
    return Function(atom.name, [anything() if t is None else t for t in terms])


def instantiate_all(terms: Iterable[Term], bindings: Bindings) -> tuple[Symbol | None, ...]:
    return tuple(instantiate(term.text, bindings) for term in terms)


def values_of(term: Term, bindings: Bindings) -> list[Symbol]:
    """The values of a term whose variables are bound: none, one, or those of an interval."""
    first, dots, last = term.text.strip("()").partition("..")
    if not dots:
        value = instantiate(term.text, bindings)
        return [] if value is None else [value]
    ends = [instantiate(side, bindings) for side in (first, last)]
    numbers = [e.number for e in ends if e is not None and e.type == SymbolType.Number]
    return [clingo.Number(n) for n in range(numbers[0], numbers[1] + 1)] if numbers[1:] else []


def compute(literal: Literal, bindings: Bindings) -> tuple[str, list[Symbol]] | None:
    """The variable that an equation gives a value to, with its values, if they can be computed."""
    comparison = literal.comparison
    if comparison is None or comparison.operators != ("=",):
        return None
    for variable, other in (comparison.terms, comparison.terms[::-1]):
        fresh = variable.is_variable and variable.text not in bindings
        if fresh and all(name in bindings for name in other.variables):
            return variable.text, values_of(other, bindings)
    return None


def holds(comparison: Comparison, bindings: Bindings) -> bool:
    """Whether a comparison holds for some of the values of its terms."""
    terms = product(*(values_of(term, bindings) for term in comparison.terms))
    return any(compare(values, comparison.operators) for values in terms)


def anything() -> Symbol:
    return Function(_OPEN, [clingo.String("")])


def is_open(term: Symbol) -> bool:
    """Whether a term has an open place in it."""
    parts = _parts(term)
    return parts is not None and (parts[0] == _OPEN or any(map(is_open, parts[1])))


@lru_cache(maxsize=1 << 16)
def _parts(term: Symbol) -> tuple[str, list[Symbol]] | None:
    return (term.name, term.arguments) if term.type == SymbolType.Function else None


def match(pattern: Symbol, term: Symbol, found: dict[str, Symbol] | None = None) -> bool:
    """Whether a term fits a pattern; what the open places stand for is put into ``found``."""
    found = {} if found is None else found
    wanted = _parts(pattern)
    if wanted is None:
        return pattern == term
    name, arguments = wanted
    if name == _OPEN:
        place = arguments[0].string
        return not place or found.setdefault(place, term) == term
    given = _parts(term)
    return (
        given is not None
        and name == given[0]
        and len(arguments) == len(given[1])
        and all(match(p, t, found) for p, t in zip(arguments, given[1], strict=True))
    )


def compare(terms: Sequence[Symbol], operators: Sequence[str]) -> bool:
    """Whether a chain of comparisons holds, in clingo's order of terms."""
    pairs = zip(terms, operators, terms[1:], strict=False)
    return all(_TESTS[sign](left, right) for left, sign, right in pairs)


def add_up(function: str, members: Collection[tuple[Symbol | None, ...]]) -> Symbol:
    """The value of an aggregate from its distinct tuples; their first terms are what is summed."""
    if function == "#count":
        return clingo.Number(len(members))
    first = [member[0] for member in members if member and member[0] is not None]
    if function == "#min":
        return min([*first, clingo.Supremum])
    if function == "#max":
        return max([*first, clingo.Infimum])
    numbers = [s.number for s in first if s.type == SymbolType.Number]
    return clingo.Number(sum(n for n in numbers if function == "#sum" or n > 0))

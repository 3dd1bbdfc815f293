"""Mutants of a law: the same law with one condition dropped, negated or shifted by one.

What gives a value a name (``Next = Day + 1``, a count) asks nothing and is only shifted. Neither
does what has no heading and no words (``asked(P, D)``, ``day_after(D, Next)``): it says for whom
and for which days something is worked out, and works days out. A mutant with a variable that
nothing binds, not even its type, cannot be expressed.
Source: DeMillo, Lipton and Sayward, Hints on test data selection (1978).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import timedelta
from typing import NamedTuple

from reasoner.audit.conditions import (
    CALCULATION,
    CONCLUSION,
    COUNT,
    FACT,
    Condition,
    conditions,
    is_among,
    literal_at,
    rule_names,
)
from reasoner.audit.rewriting import bind, with_elements, with_literal, written
from reasoner.lawfiles.rules import Atom, Comparison, Law, Literal, Rule, Term
from reasoner.lawfiles.vocabulary import UNWRITTEN
from reasoner.wording.words import is_date, read_date

DROPPED, NEGATED, SHIFTED = "dropped", "negated", "shifted"

_OPPOSITE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "=": "!=", "!=": "="}
_NEXT = {"<": "<=", "<=": "<", ">": ">=", ">=": ">"}
_NUMBER = re.compile(r"(?<![A-Za-z0-9_])\d+(?![A-Za-z0-9_])")


class Mutant(NamedTuple):
    """One change of one rule.

    ``place`` is that of the condition changed, as :class:`Condition` has it, that of a part of a
    count, or empty for the rule as a whole and its conclusion; ``before`` and ``after`` say what
    was shifted; ``changed`` is what stands in the place of the rule, nothing where it is dropped
    or the change cannot be expressed; ``rows`` are rules added so that a shifted number is known.
    """

    id: str
    rule: int
    heading: str
    place: tuple[int, ...]
    change: str
    before: str = ""
    after: str = ""
    changed: Rule | None = None
    rows: tuple[Rule, ...] = ()
    expressible: bool = True

    @property
    def whole(self) -> bool:
        """Whether the whole rule is dropped."""
        return self.change == DROPPED and not self.place


def mutants(law: Law, pinpoints: Sequence[str] = ()) -> list[Mutant]:
    """The mutants of a law, in its order.

    Args:
        law: the law.
        pinpoints: only those of these provisions and of what is below them.
    """
    asked: dict[int, list[Condition]] = {}
    for condition in conditions(law, pinpoints):
        asked.setdefault(condition.rule, []).append(condition)
    found: list[Mutant] = []
    for rule, heading, name in rule_names(law):
        if is_among(heading, pinpoints):
            found.append(Mutant(f"{name}:{DROPPED}", rule.number, heading, (), DROPPED))
            found += _shifted_head(rule, heading, name)
            for condition in asked.get(rule.number, ()):
                found += _of_condition(law, rule, condition)
    return found


def _of_condition(law: Law, rule: Rule, condition: Condition) -> Iterator[Mutant]:
    literal = literal_at(law, condition)
    place = condition.place

    def mutant(
        change: str,
        new: Literal | None,
        shift: tuple[str, str] = ("", ""),
        number: int = 0,
        rows: tuple[Rule, ...] = (),
    ) -> Mutant:
        changed = bind(law, rule, with_literal(rule, place, new))
        name = change if change != SHIFTED else f"{shift[0]}->{shift[1]}"
        name += f"@{number}" if number else ""
        return Mutant(
            f"{condition.id}:{name}",
            rule.number,
            condition.heading,
            place,
            change,
            *shift,
            changed,
            rows,
            changed is not None,
        )

    if condition.kind == COUNT:
        yield from _without_elements(law, rule, condition)
        return
    if condition.kind != CALCULATION and not _is_machinery(law, condition, literal):
        yield mutant(DROPPED, None)
        yield mutant(NEGATED, negate(literal))
    counted: dict[tuple[str, str], int] = {}
    for shifted, before, after in _shift(literal):
        number = counted[before, after] = counted.get((before, after), -1) + 1
        rows = _rows(law, literal, before, after)
        yield mutant(SHIFTED, shifted, (before, after), number, rows)


def _is_machinery(law: Law, condition: Condition, literal: Literal) -> bool:
    """Whether a condition only says what is worked out: it has no heading, no words, no ``not``.

    So does what no case states: which day is asked about.
    """
    if literal.negated or literal.atom is None:
        return False
    signature = literal.atom.signature
    if condition.kind == FACT:
        fact = law.vocabulary.facts.get(literal.atom.name)
        return fact is not None and fact.settled_by in UNWRITTEN
    named = law.homes.get(signature) or signature in law.sentences
    return condition.kind == CONCLUSION and not named


def _without_elements(law: Law, rule: Rule, condition: Condition) -> Iterator[Mutant]:
    """A count with one of its parts left out."""
    aggregate = literal_at(law, condition).aggregate
    assert aggregate is not None
    if len(aggregate.elements) < 2:
        return
    for number in range(len(aggregate.elements)):
        elements = aggregate.elements[:number] + aggregate.elements[number + 1 :]
        new = with_elements(literal_at(law, condition), elements)
        changed = bind(law, rule, with_literal(rule, condition.place, new))
        place = (*condition.place, number)
        name = f"{condition.id}.{number + 1}:{DROPPED}"
        yield Mutant(
            name,
            rule.number,
            condition.heading,
            place,
            DROPPED,
            changed=changed,
            expressible=changed is not None,
        )


def _shifted_head(rule: Rule, heading: str, name: str) -> Iterator[Mutant]:
    """A rule that concludes another number than it does."""
    for place, term in enumerate(rule.head.arguments):
        for number, (new, before, after) in enumerate(_shift_term(term)):
            arguments = (*rule.head.arguments[:place], new, *rule.head.arguments[place + 1 :])
            head = Atom(rule.head.name, arguments)
            text = f"{name}:{before}->{after}" + (f"@{place}.{number // 2}" if place else "")
            changed = written(rule, head, rule.body)
            yield Mutant(text, rule.number, heading, (), SHIFTED, before, after, changed)


# changes of a literal


def negate(literal: Literal) -> Literal:
    """The opposite of a condition."""
    if literal.comparison is not None:
        (operator,) = literal.comparison.operators
        comparison = literal.comparison._replace(operators=(_OPPOSITE[operator],))
        return _compared(literal, comparison)
    return literal._replace(negated=not literal.negated)


def _shift(literal: Literal) -> Iterator[tuple[Literal, str, str]]:
    """A literal with each of its numbers one more and one less, or a limit on its other side."""
    if literal.atom is not None:
        for place, term in enumerate(literal.atom.arguments):
            for new, before, after in _shift_term(term):
                terms = (*literal.atom.arguments[:place], new, *literal.atom.arguments[place + 1 :])
                atom = Atom(literal.atom.name, terms)
                text = f"not {atom.text}" if literal.negated else atom.text
                yield literal._replace(atom=atom, text=text), before, after
    elif literal.comparison is not None:
        terms, operators = literal.comparison.terms, literal.comparison.operators
        numbered = False
        for place, term in enumerate(terms):
            for new, before, after in _shift_term(term):
                numbered = True
                shifted = (*terms[:place], new, *terms[place + 1 :])
                comparison = literal.comparison._replace(terms=shifted)
                yield _compared(literal, comparison), before, after
        if not numbered and len(operators) == 1 and operators[0] in _NEXT:
            after = _NEXT[operators[0]]
            comparison = literal.comparison._replace(operators=(after,))
            yield _compared(literal, comparison), operators[0], after


def _shift_term(term: Term) -> Iterator[tuple[Term, str, str]]:
    """A term with each of its numbers one more and one less; of a date, the days beside it."""
    for match in _NUMBER.finditer(term.text):
        for step in (1, -1):
            after = _beside(match[0], step)
            shown = after if match[0] == term.text or after[0] != "-" else f"({after})"
            text = term.text[: match.start()] + shown + term.text[match.end() :]
            yield term._replace(text=text), match[0], after


def _beside(number: str, step: int) -> str:
    """The number, or where it is a date the day, beside another."""
    if is_date(number):
        with suppress(ValueError, OverflowError):
            return f"{read_date(number) + timedelta(step):%Y%m%d}"
    return str(int(number) + step)


def _rows(law: Law, literal: Literal, before: str, after: str) -> tuple[Rule, ...]:
    """Rules that make a shifted number known where what a condition looks at lists those it needs.

    ``in_force_since(20230622)`` rests on a table of the days on which something came into force,
    ``anniversary(Day, 5, Fifth)`` on which anniversaries are wanted. One more does no harm as long
    as nobody asks for all of them.
    """
    atom = literal.atom
    if atom is None or before not in [t.text for t in atom.arguments]:
        return ()
    place = [t.text for t in atom.arguments].index(before)
    if any(_asks_for_all(rule, atom, place) for rule in law.rules):
        return ()
    listing = {
        other.atom.signature
        for rule in law.rules_for(atom.signature)
        for other in rule.body
        if other.atom is not None and not other.negated
    }
    found: dict[str, Rule] = {}
    for signature in sorted(listing):
        for row in law.rules_for(signature):
            terms = [Term(after) if t.text == before else t for t in row.head.arguments]
            if not row.provision and terms != list(row.head.arguments):
                new = written(row, Atom(row.head.name, tuple(terms)), row.body)
                found[new.text] = new
    return tuple(found.values())


def _asks_for_all(rule: Rule, atom: Atom, place: int) -> bool:
    """Whether a rule takes whatever an atom of some predicate has at a place."""
    for literal in rule.body:
        if literal.atom is None or literal.atom.signature != atom.signature:
            continue
        term = literal.atom.arguments[place]
        others = {
            v
            for x in rule.body
            if x is not literal and x.atom and not x.negated
            for v in x.variables
        }
        if term.anonymous or not others.issuperset(term.variables):
            return True
    return False


def _compared(literal: Literal, comparison: Comparison) -> Literal:
    sides = zip(comparison.operators, comparison.terms[1:], strict=True)
    text = " ".join([comparison.terms[0].text, *(f"{o} {t.text}" for o, t in sides)])
    return literal._replace(comparison=comparison, text=text)

"""From the atoms of a model to a story: a case, and what of the law it sets against each other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from reasoner.casefiles.case import Case, Statement, default_name
from reasoner.casefiles.edits import ASSUMED
from reasoner.lawfiles.rules import Law, Signature
from reasoner.solving.ground import Ground
from reasoner.solving.question import Goal
from reasoner.source import Source
from reasoner.stories.claims import Claim
from reasoner.stories.remarked import Piece, Use
from reasoner.values import split_arguments

FOUND = "_violated"
_TOLD, _HELPS = "_told", "_helps"
_VARIABLE = re.compile(r"[A-Z]\w*'*")


class Condition(NamedTuple):
    """What a violated claim says of the law: a goal, and whether it holds in the story."""

    goal: Goal
    holds: bool


def claim_program(claim: Claim) -> Iterator[str]:
    """The rules of a claim, and which of them are violated how."""
    yield from (piece.text for piece in claim.pieces)
    for place, piece in enumerate(claim.violations):
        values = ",".join((str(place), *piece.variables))
        yield f"{FOUND}(({values},)) :- {piece.conditions}."


def case_of(
    law: Law,
    atoms: Iterable[str],
    readings: tuple[tuple[str, str], ...],
    law_date: int | None,
    title: str,
) -> Case:
    """The case that the atoms of a model state.

    Args:
        law: the law, with its vocabulary.
        atoms: the entities, facts and the day that hold.
        readings: the options taken.
        law_date: the date of the law, if one was chosen.
        title: the title of the case.
    """
    entities: dict[str, str] = {}
    statements: list[Statement] = []
    day = None
    for atom in sorted(atoms):
        name, _, rest = atom.partition("(")
        arguments = split_arguments(rest[:-1])
        if name == "as_of":
            day = int(arguments[0])
        elif name in law.vocabulary.entities:
            entities[arguments[0]] = name
        elif name in law.vocabulary.facts:
            statements.append(Statement(name, arguments, "stated", ASSUMED))
    names = {name: default_name(name, kind, law.vocabulary) for name, kind in entities.items()}
    return Case(
        path="",
        title=title,
        question=None,
        about=(),
        as_of=day,
        law_date=law_date,
        readings=readings,
        statements=tuple(sorted(statements, key=lambda s: _when(law, s))),
        denials=(),
        entities=MappingProxyType(entities),
        names=MappingProxyType(names),
        expectations=(),
        description="",
        source=Source("", ""),
    )


def _when(law: Law, statement: Statement) -> tuple[str, str, tuple[str, ...]]:
    """Stories are told in the order of days; what names no day comes first."""
    kinds = law.vocabulary.facts[statement.name].arguments
    days = [
        day
        for argument, day in zip(kinds, statement.arguments, strict=True)
        if argument.type == "date" and day != str(argument.default)
    ]
    return (days[0] if days else "", statement.name, statement.arguments)


def told_program(claim: Claim) -> Iterator[str]:
    """Rules that report with what values the rules of a claim apply."""
    for place, piece in enumerate(claim.pieces):
        if piece.conditions:
            values = ",".join((*piece.head.arguments, *piece.variables, "0"))
            yield f"{_HELPS}({place},({values})) :- {piece.conditions}."


def conditions_of(law: Law, claim: Claim, ground: Ground) -> tuple[Condition, ...]:
    """What a violated claim says of the law in a story.

    Args:
        law: the law.
        claim: the claim.
        ground: the story, grounded with :func:`told_program`.
    """
    fired: dict[int, list[tuple[str, ...]]] = {}
    for named, values in ground.rows((_HELPS, 2)):
        fired.setdefault(int(named), []).append(split_arguments(values[1:-1]))
    helping: dict[Signature, list[int]] = {}
    for place, piece in enumerate(claim.pieces):
        helping.setdefault(piece.head.signature, []).append(place)
    found: dict[Condition, None] = {}

    def walk(number: int, values: tuple[str, ...], seen: frozenset[int]) -> None:
        piece = claim.pieces[number]
        bound = _bound(piece, values)
        for use in piece.body:
            arguments = tuple(_value(a, bound) for a in use.arguments)
            if use.signature in helping:
                if not use.negated:
                    for other in helping[use.signature]:
                        rows = [r for r in fired.get(other, ()) if _fits(arguments, r)]
                        if rows and other not in seen:
                            walk(other, rows[0], seen | {other})
            elif use.signature in law.sentences and not use.inner:
                goal = Goal(use.signature[0], arguments, law.homes.get(use.signature, ""))
                found.setdefault(Condition(goal, not use.negated))

    for number, piece in enumerate(claim.pieces):
        if piece in claim.violations and number in fired:
            walk(number, min(fired[number]), frozenset({number}))
            break
    return tuple(found)


def _bound(piece: Piece, values: tuple[str, ...]) -> Mapping[str, str]:
    names = (*piece.head.arguments, *piece.variables)
    return dict(zip(names, values, strict=False))


def _value(argument: str, bound: Mapping[str, str]) -> str | None:
    if argument in bound:
        return bound[argument]
    return None if argument == "_" or _VARIABLE.match(argument) else argument


def _fits(arguments: Iterable[str | None], row: Iterable[str]) -> bool:
    return all(a is None or a == b for a, b in zip(arguments, row, strict=False))


def uses(claim: Claim) -> Iterator[Use]:
    """All that the rules of a claim look at."""
    for piece in claim.pieces:
        yield from piece.body

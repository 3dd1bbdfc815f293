"""Change a scenario: facts, entities, readings, the day asked about, the date of the law."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from types import MappingProxyType
from typing import NamedTuple

from reasoner.case import Case, Statement
from reasoner.errors import Position

ASSUMED = Position("", 0, 0)
"""The place of a statement that stands in no file: it is assumed."""


class Edit(NamedTuple):
    """One change of a scenario; what it does not name stays.

    ``removed`` are statements of the case that go, ``added`` those that come, stated, denied or
    unknown; one that names the same atom as a statement of the case takes its place. ``entities``
    are declared anew, with their types. The other parts say what is chosen or asked instead.
    """

    removed: tuple[Statement, ...] = ()
    added: tuple[Statement, ...] = ()
    entities: tuple[tuple[str, str], ...] = ()
    readings: tuple[tuple[str, str], ...] = ()
    as_of: int | None = None
    law_date: int | None = None

    @property
    def subjects(self) -> frozenset[str]:
        """What the edit decides about; two edits with a subject in common exclude each other."""
        return frozenset(
            [
                *(statement.atom for statement in (*self.removed, *self.added)),
                *(f"reading {reading}" for reading, _ in self.readings),
                *(["as of"] if self.as_of is not None else []),
                *(["law date"] if self.law_date is not None else []),
            ]
        )


def apply_edits(case: Case, edits: Iterable[Edit]) -> Case:
    """The case as it is after some changes, made one after the other."""
    for edit in edits:
        case = _apply(case, edit)
    return case


def _apply(case: Case, edit: Edit) -> Case:
    statements = {statement.atom: statement for statement in case.statements}
    for statement in edit.removed:
        statements.pop(statement.atom, None)
    for statement in edit.added:
        statements[statement.atom] = statement
    affirmed = {(s.name, s.arguments[0]) for s in edit.added if s.status != "denied"}
    entities = {**case.entities, **dict(edit.entities)}
    names = {**{name: name for name, _ in edit.entities}, **case.names}
    return replace(
        case,
        statements=tuple(statements.values()),
        denials=tuple(d for d in case.denials if (d.name, d.arguments[0]) not in affirmed),
        entities=MappingProxyType(entities),
        names=MappingProxyType(names),
        readings=tuple(dict([*case.readings, *edit.readings]).items()),
        as_of=edit.as_of or case.as_of,
        law_date=edit.law_date or case.law_date,
    )

"""Change a scenario: facts, entities, readings, the day asked about, the date of the law."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from types import MappingProxyType
from typing import NamedTuple

from reasoner.casefiles.case import Case, Denial, Statement
from reasoner.casefiles.ranges import collapse, expand
from reasoner.errors import Position

ASSUMED = Position("", 0, 0)
"""The place of a statement that stands in no file: it is assumed."""


class Edit(NamedTuple):
    """One change of a scenario; what it does not name stays.

    ``removed`` are statements of the case that go, ``added`` those that come, stated, denied or
    unknown; one that names the same atom as a statement of the case takes its place. ``denied``
    says of a kind of fact that there is none, whatever the case says, ``undenied`` takes such a
    denial back. ``entities`` are declared anew, with their types, and ``names`` are what entities
    are called; what is said of entities that go goes with them. ``unchosen`` are readings that are
    chosen no more, and ``law_date`` 0 stands for no date. The other parts say what is chosen or
    asked instead.
    """

    removed: tuple[Statement, ...] = ()
    added: tuple[Statement, ...] = ()
    entities: tuple[tuple[str, str], ...] = ()
    readings: tuple[tuple[str, str], ...] = ()
    as_of: int | None = None
    law_date: int | None = None
    denied: tuple[Denial, ...] = ()
    undenied: tuple[Denial, ...] = ()
    removed_entities: tuple[str, ...] = ()
    names: tuple[tuple[str, str], ...] = ()
    unchosen: tuple[str, ...] = ()
    about: tuple[str, ...] | None = None

    @property
    def subjects(self) -> frozenset[str]:
        """What the edit decides about; two edits with a subject in common exclude each other."""
        return frozenset(
            [
                *(statement.atom for statement in (*self.removed, *self.added)),
                *(f"{d.name} of {d.arguments[0]}" for d in (*self.denied, *self.undenied)),
                *(f"entity {name}" for name in self.removed_entities),
                *(f"entity {name}" for name, _ in self.entities),
                *(f"name of {name}" for name, _ in self.names),
                *(f"reading {reading}" for reading, _ in self.readings),
                *(f"reading {reading}" for reading in self.unchosen),
                *(["as of"] if self.as_of is not None else []),
                *(["law date"] if self.law_date is not None else []),
            ]
        )

    @property
    def changes_nothing(self) -> bool:
        """Whether the scenario stays as it is."""
        return self == Edit()


def apply_edits(case: Case, edits: Iterable[Edit]) -> Case:
    """The case as it is after some changes, made one after the other."""
    for edit in edits:
        case = _apply(case, edit)
    return case


def edit_between(before: Case, after: Case) -> Edit:
    """The change that makes one case of another; titles, expectations and places aside."""
    old, new = (
        {s.atom: s for s in collapse(case.statements, case.choices)} for case in (before, after)
    )
    denied, undenied = (
        tuple(d for d in here.denials if _denial(d) not in map(_denial, there.denials))
        for here, there in ((after, before), (before, after))
    )
    chosen = dict(before.readings)
    return Edit(
        removed=tuple(s for atom, s in old.items() if atom not in new),
        added=tuple(s for a, s in new.items() if a not in old or old[a].status != s.status),
        entities=tuple(e for e in after.entities.items() if e not in before.entities.items()),
        readings=tuple(r for r in after.readings if chosen.get(r[0]) != r[1]),
        as_of=after.as_of if after.as_of != before.as_of else None,
        law_date=(after.law_date or 0) if after.law_date != before.law_date else None,
        denied=denied,
        undenied=undenied,
        removed_entities=tuple(name for name in before.entities if name not in after.entities),
        names=tuple(n for n in after.names.items() if n not in before.names.items()),
        unchosen=tuple(name for name in chosen if name not in dict(after.readings)),
        about=after.about if after.about != before.about else None,
    )


def _apply(case: Case, edit: Edit) -> Case:
    gone = set(edit.removed_entities)
    undenied = set(map(_denial, edit.undenied))
    written = collapse(case.statements, case.choices)
    statements = {s.atom: s for s in written if gone.isdisjoint(s.arguments)}
    for statement in edit.removed:
        statements.pop(statement.atom, None)
    none_of = {_denial(denial) for denial in edit.denied}
    statements = {
        atom: s for atom, s in statements.items() if (s.name, s.arguments[0]) not in none_of
    }
    for statement in edit.added:
        statements[statement.atom] = statement
    affirmed = {(s.name, s.arguments[0]) for s in edit.added if s.status != "denied"}
    denials = {
        _denial(denial): denial
        for denial in (*case.denials, *edit.denied)
        if denial.arguments[0] not in gone
        and (denial in edit.denied or _denial(denial) not in undenied)
        and _denial(denial) not in affirmed
    }
    entities = {n: type for n, type in case.entities.items() if n not in gone}
    names = {n: called for n, called in case.names.items() if n not in gone}
    names |= {n: n.replace("_", " ") for n, _ in edit.entities if n not in names}
    readings = {r: o for r, o in case.readings if r not in edit.unchosen}
    expanded, choices = expand(statements.values())
    return replace(
        case,
        statements=expanded,
        choices=choices,
        denials=tuple(denials.values()),
        entities=MappingProxyType({**entities, **dict(edit.entities)}),
        names=MappingProxyType({**names, **dict(edit.names)}),
        readings=tuple({**readings, **dict(edit.readings)}.items()),
        as_of=edit.as_of or case.as_of,
        law_date=case.law_date if edit.law_date is None else edit.law_date or None,
        about=tuple(n for n in (case.about if edit.about is None else edit.about) if n not in gone),
    )


def _denial(denial: Denial) -> tuple[str, str | None]:
    """The kind of fact, and of what, that a denial is about."""
    return denial.name, denial.arguments[0]

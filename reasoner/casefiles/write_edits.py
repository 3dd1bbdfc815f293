"""Write a change of a case as a person would, so that it reads back to the same change."""

from __future__ import annotations

from collections.abc import Iterator

from reasoner.casefiles.case import Case, Statement
from reasoner.casefiles.edits import Edit, apply_edits
from reasoner.casefiles.read_edits import read_changes
from reasoner.casefiles.write_case import write_entry, write_value
from reasoner.errors import InputError
from reasoner.lawfiles.vocabulary import Fact, Vocabulary


def write_change(case: Case, edit: Edit, vocabulary: Vocabulary) -> tuple[str, ...] | None:
    """Write a change of one thing, in the syntax of case files.

    Args:
        case: the case that is changed.
        edit: the change: of one statement with what it alone speaks of, of the day asked about,
            of one reading or of the date of the law.
        vocabulary: what a case may state.

    Returns:
        The change, after those that declare what it speaks of; None if it cannot be written so.
    """
    wanted = apply_edits(case, [edit])
    for texts in _forms(case, edit, vocabulary):
        try:
            changes = read_changes(case, vocabulary, texts)
        except InputError:
            continue
        if _told(apply_edits(case, [change.edit for change in changes])) == _told(wanted):
            return texts
    return None


def _told(case: Case) -> tuple[object, ...]:
    """All that a case tells, in no order."""
    statements = frozenset((s.atom, s.status) for s in case.statements if s.status != "denied")
    readings = frozenset(case.readings)
    return statements, frozenset(case.entities.items()), case.as_of, case.law_date, readings


def _forms(case: Case, edit: Edit, vocabulary: Vocabulary) -> Iterator[tuple[str, ...]]:
    """The ways in which a change may be written, the shortest first."""
    date = next(iter(vocabulary.facts.values())).arguments[0]._replace(type="date")
    if edit.as_of is not None:
        yield (f"as_of={write_value(vocabulary, date, str(edit.as_of))}",)
    elif edit.law_date:
        yield (f"law_date={write_value(vocabulary, date, str(edit.law_date))}",)
    elif edit.readings:
        yield tuple(f"readings.{name}={option}" for name, option in edit.readings)
    elif len(edit.removed) == 1 and len(edit.added) == 1:
        yield from _value(case, edit.removed[0], edit.added[0], vocabulary)
    elif len(edit.removed) == 1:
        yield from _gone(case, edit.removed[0], vocabulary)
    elif len(edit.added) == 1:
        yield from _more(edit, edit.added[0], vocabulary)


def _path(statement: Statement, vocabulary: Vocabulary) -> tuple[Fact, str]:
    fact = vocabulary.facts[statement.name]
    return fact, f"{fact.section}.{statement.arguments[0]}.{fact.key}"


def _numbered(case: Case, statement: Statement, path: str) -> str:
    """A path that leads to one entry, also where there are several."""
    about = (statement.name, statement.arguments[0])
    entries = [s.atom for s in case.statements if (s.name, s.arguments[0]) == about]
    return path if len(entries) == 1 else f"{path}.{entries.index(statement.atom) + 1}"


def _value(
    case: Case, old: Statement, new: Statement, vocabulary: Vocabulary
) -> Iterator[tuple[str, ...]]:
    """One value of an entry is another."""
    fact, path = _path(old, vocabulary)
    here = _numbered(case, old, path)
    pairs = zip(fact.arguments[1:], fact.keys, old.arguments[1:], new.arguments[1:], strict=True)
    changed = [(key, write_value(vocabulary, arg, b)) for arg, key, a, b in pairs if a != b]
    if len(changed) == 1 and fact.arity == 2:
        yield (f"{here}={changed[0][1]}",)
    if len(changed) == 1:
        yield (f"{here}.{changed[0][0]}={changed[0][1]}",)
    yield (f"{here}={write_entry(vocabulary, fact, new)}",)


def _gone(case: Case, old: Statement, vocabulary: Vocabulary) -> Iterator[tuple[str, ...]]:
    _, path = _path(old, vocabulary)
    yield (f"-{_numbered(case, old, path)}",)


def _more(edit: Edit, new: Statement, vocabulary: Vocabulary) -> Iterator[tuple[str, ...]]:
    """One more entry, or what is so or not; something new is declared first."""
    fact, path = _path(new, vocabulary)
    entry = write_entry(vocabulary, fact, new)
    declared = [
        f"{vocabulary.entities[kind].section}.{name}={{}}"
        for name, kind in edit.entities
        if name != new.arguments[0]
    ]
    if any(name == new.arguments[0] for name, _ in edit.entities):
        subject, _, key = path.rpartition(".")
        yield (*declared, f"{subject}={{{key}: {entry}}}")
    elif fact.arity == 1:
        yield (*declared, f"{path}={'no' if new.status == 'denied' else 'yes'}")
    else:
        yield (*declared, f"{path}+={entry}")
        yield (*declared, f"{path}={entry}")

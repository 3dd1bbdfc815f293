"""Read changes of a case, written in the syntax of case files.

``plots.p1.lease={to: rose, since: 2024-01-01}`` says what a case file says below ``plots`` and
``p1`` on the line ``lease``; ``+=`` and ``-=`` add an entry and take one away.
Without a value, or with a minus before it, what the path leads to is removed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import NamedTuple

from reasoner.casefiles.case import Case, default_name, name_entities
from reasoner.casefiles.document import Keys, Node, Scalar, read_document
from reasoner.casefiles.draft import Draft, guess, name_type, report
from reasoner.casefiles.edits import ASSUMED, Edit, edit_between
from reasoner.casefiles.ranges import check_overlaps, collapse, expand
from reasoner.casefiles.section_edits import ADD, SET, TAKE, Reader, change_section, drop, merge
from reasoner.casefiles.yaml_case import read_day, read_readings
from reasoner.casefiles.yaml_facts import is_empty, owner
from reasoner.errors import InputError, Problem, quote
from reasoner.lawfiles.vocabulary import TOP_KEYS, Vocabulary
from reasoner.source import Place, Source, find_place

DAYS = ("as_of", "law_date")
_CHANGE = re.compile(r"(\s*-)?\s*([\w.\[\]]*)\s*(\+=|-=|=|:)?(.*)", re.DOTALL)
_PART = re.compile(r"[^.\[\]]+")
_FORM = "write, for example, as_of=2024-06-01"


class Change(NamedTuple):
    """A change as it was written, and what it changes of the case as it was then."""

    text: str
    edit: Edit


def is_change(text: str, vocabulary: Vocabulary) -> bool:
    """Tell a change from a question: a change has ``=``, a leading minus, or a path.

    Args:
        text: what was written
        vocabulary: what names the sections that a path can begin with
    """
    sections = {entity.section for entity in vocabulary.entities.values()}
    start = re.match(r"\s*(\w+)\s*(?=[.:\[]|$)", text)
    known = start is not None and start[1] in (*sections, *DAYS, "readings")
    return known or "=" in text or text.lstrip().startswith("-")


def read_changes(case: Case, vocabulary: Vocabulary, sources: Sequence[str | Case]) -> list[Change]:
    """Read changes, each of the case as those before it leave it.

    Args:
        case: the case that is changed
        vocabulary: what a case may state
        sources: the changes as written, or cases of which everything is said on top

    Returns:
        What each changes; one may change nothing.

    Raises:
        InputError: with every problem of every change.
    """
    problems: list[Problem] = []
    changes = []
    for number, source in enumerate(sources, start=1):
        name = f"change {number}" if len(sources) > 1 else "change"
        written = Source(name, source) if isinstance(source, str) else source.source
        draft = _draft_of(case, vocabulary, written)
        if isinstance(source, str):
            _read_change(draft)
        else:
            _say_on_top(draft, case, source)
        if draft.problems:
            problems += draft.problems
            case = replace(case, entities=MappingProxyType(draft.entities))
            continue
        after = _case_of(case, draft)
        text = source if isinstance(source, str) else f"--from {source.path}"
        changes.append(Change(text, edit_between(case, after)))
        case = after
    if problems:
        raise InputError(problems)
    return changes


def _say_on_top(draft: Draft, case: Case, other: Case) -> None:
    """Say in a draft of a case what another says.

    What that says under a key of an entity takes the place of what the case says there.
    """
    for entity, type in other.entities.items():
        known = draft.entities.setdefault(entity, type)
        usual = default_name(entity, type, draft.vocabulary)
        if known != type:
            message = f"{quote(entity)} is {name_type(type)} in {other.path}"
            draft.problems.append(Problem(f"{message}, and {name_type(known)} in {case.path}"))
        elif entity not in case.entities or other.names[entity] != usual:
            draft.names[entity] = other.names[entity]
    over = Draft(other.source, draft.vocabulary)
    over.stated = {(s.name, s.arguments): s for s in collapse(other.statements, other.choices)}
    over.denials = list(other.denials)
    said = [(s.name, s.arguments[0]) for s in other.statements]
    for name, subject in (*said, *((d.name, d.arguments[0]) for d in other.denials)):
        drop(draft, name, subject)
    merge(draft, over)
    draft.readings = tuple({**dict(case.readings), **dict(other.readings)}.items())
    draft.as_of = other.as_of or case.as_of
    draft.law_date = other.law_date or case.law_date
    name_entities(draft)


def _draft_of(case: Case, vocabulary: Vocabulary, source: Source) -> Draft:
    """A draft that knows already what a case says."""
    return Draft(
        source,
        vocabulary,
        about=case.about,
        as_of=case.as_of,
        law_date=case.law_date,
        readings=case.readings,
        entities=dict(case.entities),
        names=dict(case.names),
        stated={(s.name, s.arguments): s for s in collapse(case.statements, case.choices)},
        denials=list(case.denials),
    )


def _case_of(case: Case, draft: Draft) -> Case:
    """The case as a draft has it; what is new in it stands in no file."""
    old = {(s.atom, s.status): s for s in collapse(case.statements, case.choices)}
    denied = {(d.name, d.arguments): d for d in case.denials}
    statements, choices = expand(
        old.get((s.atom, s.status)) or replace(s, position=ASSUMED) for s in draft.stated.values()
    )
    return replace(
        case,
        statements=statements,
        choices=choices,
        denials=tuple(
            denied.get((d.name, d.arguments)) or replace(d, position=ASSUMED) for d in draft.denials
        ),
        entities=MappingProxyType(draft.entities),
        names=MappingProxyType(name_entities(draft)),
        readings=draft.readings,
        about=tuple(name for name in case.about if name in draft.entities),
        as_of=draft.as_of,
        law_date=draft.law_date,
    )


def _read_change(draft: Draft) -> None:
    """Read the change that is the source of a draft of the case, and make it."""
    reader = _take_apart(draft)
    if reader is None:
        return
    first = reader.path[0].text
    types = {entity.section: name for name, entity in draft.vocabulary.entities.items()}
    if first in types:
        change_section(reader, types[first])
    elif first in DAYS and len(reader.path) == 1:
        _change_day(reader)
    elif first == "readings" and len(reader.path) <= 2:
        _change_readings(reader)
    else:
        known = (*types, *DAYS, "readings")
        wrong = reader.path[1] if first in known else reader.path[0]
        near = first not in TOP_KEYS and (owner(draft, first) or guess(draft, first, known))
        message = f"there is nothing to change that is called {quote(wrong.text)}"
        report(draft, wrong.place, message, near or _FORM)
    if not draft.problems:
        name_entities(draft)
        check_overlaps(draft)


def _take_apart(draft: Draft) -> Reader | None:
    """Split a change into its path, its sign and its value."""
    text = draft.source.text
    match = _CHANGE.fullmatch(text)
    assert match is not None, "anything fits"
    minus, path, sign, value = match.groups()
    here = _place(text, match.start(2), len(path))
    if not path or (value.strip() and not sign):
        shown = "no path leads to what changes" if not path else "this is not a change"
        report(draft, here, shown, _FORM)
        return None
    if minus and sign:
        place = _place(text, match.start(3), len(sign))
        report(draft, place, "what is removed has no value", "leave out the minus or the value")
        return None
    parts = [
        Scalar(part[0], _place(text, match.start(2) + part.start(), len(part[0])))
        for part in _PART.finditer(path)
    ]
    if not parts:
        report(draft, here, "no path leads to what changes", _FORM)
        return None
    if minus or sign == ":":
        sign = SET
    node = None
    if value.strip():
        node = _read_node(draft, match.start(4))
        if draft.problems:
            return None
    return Reader(draft, parts, sign or "", None if node is None or is_empty(node) else node)


def _read_node(draft: Draft, start: int) -> Node | None:
    """Read the value of a change, with places in the change itself."""
    source = draft.source
    blank = re.sub(r"[^\n]", " ", source.text[:start])
    problems: list[Problem] = []
    node = read_document(Source(source.path, blank + source.text[start:]), problems)
    draft.problems += [
        replace(p, source_line=source.line(p.position.line) if p.position else "") for p in problems
    ]
    return None if problems else node


def _place(text: str, index: int, width: int) -> Place:
    line, column = find_place(text, index)
    return Place(line, column, max(width, 1))


# what stands at the top


def _change_day(reader: Reader) -> None:
    """Set the day asked about or the date of the law."""
    draft, key = reader.draft, reader.path[0]
    if reader.sign not in (SET, ""):
        report(draft, key.place, f"{key.text} has one value", f"write {key.text}=2024-06-01")
    elif reader.value is None and reader.sign and key.text == "law_date":
        draft.law_date = None
    elif reader.value is None:
        report(draft, key.place, f"{key.text} has no value", f"write {key.text}=2024-06-01")
    else:
        day = read_day(draft, key, reader.value)
        if key.text == "as_of":
            draft.as_of = day
        else:
            draft.law_date = day


def _change_readings(reader: Reader) -> None:
    """Choose readings, or choose them no more."""
    draft, key = reader.draft, reader.path[-1]
    vocabulary = draft.vocabulary
    chosen = dict(draft.readings)
    if reader.sign == TAKE:
        report(draft, key.place, "a reading is not taken away so", f"write readings.{key.text}=")
    elif len(reader.path) == 1:
        if reader.value is not None:
            found = read_readings(draft, key, reader.value)
            draft.readings = tuple(
                {**(chosen if reader.sign == ADD else {}), **dict(found)}.items()
            )
        elif reader.sign:
            draft.readings = ()
        else:
            some = next(iter(vocabulary.readings.values()), None)
            hint = f"write readings.{some.id}={some.default}, for example" if some else ""
            report(draft, key.place, "no reading is named", hint)
    elif key.text not in vocabulary.readings:
        hint = guess(draft, key.text, vocabulary.readings)
        report(draft, key.place, f"there is no reading {quote(key.text)}", hint)
    elif reader.value is None and reader.sign:
        draft.readings = tuple(pair for pair in draft.readings if pair[0] != key.text)
    elif reader.value is None:
        report(draft, key.place, f"no option of {key.text} is named")
    else:
        pair = Keys(((key, reader.value),), key.place)
        draft.readings = tuple({**chosen, **dict(read_readings(draft, key, pair))}.items())

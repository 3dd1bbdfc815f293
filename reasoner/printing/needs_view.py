"""Lay out what would have to be different: who would act, what would be so, and by what rule."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from types import MappingProxyType
from typing import Any

from reasoner.casefiles.case import Case
from reasoner.casefiles.draft import Statement
from reasoner.hypotheses.candidates import DENY, MOVE, SETTLE, WAIT, Candidate
from reasoner.hypotheses.needs import Need, Scope
from reasoner.lawfiles.rules import Law
from reasoner.printing.answer import asked_json, said
from reasoner.printing.overview import STYLES
from reasoner.printing.show import Row, Span, cells, paragraph, wrap
from reasoner.reasons.justification import Justification
from reasoner.reasons.weigh import decisive, support_costs
from reasoner.solving.search import COMPLETE
from reasoner.solving.solve import UNDETERMINED, Decision
from reasoner.values import OPEN_END
from reasoner.wording.phrases import phrases
from reasoner.wording.words import Speaker, read_date, show_date

SCHEMA = "reasoner/needs/1"
MOST_VALUES = 4


@dataclass(frozen=True, slots=True)
class Side:
    """What was found that would give one answer, how the search ended and what it looked at."""

    wanted: str
    needs: tuple[Need, ...]
    ended: str
    scope: Scope


@dataclass(frozen=True, slots=True)
class Found:
    """An answer with its reasons, and what would give the others; ``whatever``: also the past."""

    decision: Decision
    why: Justification
    sides: tuple[Side, ...]
    whatever: bool


def rows(found: Found, width: int, language: str = "en") -> Iterator[Row]:
    """The answer, and every set of changes that would give another."""
    decision = found.decision
    speaker = _speaker(found, language)
    say = speaker.say
    yield from paragraph(_verdict(found, speaker), width, style=f"bold {STYLES[decision.answer]}")
    pinpoints = decisive(found.why, found.why.roots[0])
    if pinpoints:
        label = say.turns_on if decision.answer == UNDETERMINED else say.decided_by
        yield from paragraph(label(pinpoints), width)
    for side in found.sides:
        yield [Span("")]
        if side.needs:
            yield from paragraph(say.would_make(side.wanted, found.whatever), width)
        elif side.ended == COMPLETE:
            yield from paragraph(say.no_change_found(side.wanted), width)
        for number, need in enumerate(side.needs, 1):
            yield from _need_rows(found, need, number, width, language)
        if side.ended != COMPLETE:
            yield from paragraph(say.search_stopped(side.ended), width)
        last = show_date(str(max(side.scope.days)))
        scope = side.scope
        words = say.changes_looked_at(scope.changes, len(scope.facts), last, scope.whole)
        yield from paragraph(words, width, style="dim")


def _need_rows(found: Found, need: Need, number: int, width: int, language: str) -> Iterator[Row]:
    lead, indent = f"{number}. ", ""
    speaker = _speaker_after(found, need, language)
    for (how, who), group in groupby(_in_groups(found, need), lambda p: _acting(found, p[0])):
        changes = list(group)
        if how == WAIT:
            day = show_date(str(changes[0][0].edit.as_of))
            words = speaker.say.nobody_acts(day, len(need.changes) == 1)
        else:
            words = speaker.say.somebody_acts(how, _name(speaker, changes[0][0], who))
        yield from paragraph(f"{lead}{words}", width, indent)
        for change, instead in changes if how != WAIT else ():
            for place, text in enumerate(sentences(speaker, change, instead)):
                provision = "" if place else change.provision
                yield from sentence_rows(text, provision, width)
        lead, indent = "", "   "


def sentence_rows(text: str, provision: str, width: int) -> Iterator[Row]:
    """A sentence with the provision at the right, or below it where the page is narrow."""
    room = width - 6
    tail = cells(provision) + 2 if provision else 0
    if room - tail < 24:
        yield from paragraph(text, width, "      ")
        if provision:
            yield from paragraph(provision, width, "      ", "cyan")
        return
    first, *rest = wrap(text, room - tail, room - tail)
    gap = " " * max(1, room - cells(first) - cells(provision))
    yield [Span("      "), Span(first), Span(gap), Span(provision, "cyan")]
    for part in rest:
        yield [Span("      "), Span(part)]


def _in_groups(found: Found, need: Need) -> list[tuple[Candidate, tuple[Statement, ...]]]:
    """The changes with their other values, those of one actor together, waiting last."""
    pairs = list(zip(need.changes, need.instead, strict=True))
    order: dict[tuple[str, str], int] = {}
    for change, _ in pairs:
        order.setdefault(_acting(found, change), len(order))
    return sorted(pairs, key=lambda p: (p[0].sort == WAIT, order[_acting(found, p[0])]))


def _acting(found: Found, change: Candidate) -> tuple[str, str]:
    """How a change comes about, and by whom."""
    if change.sort in (WAIT, SETTLE):
        return change.sort, ""
    statement = (change.edit.added or change.edit.removed)[0]
    fact = found.decision.law.vocabulary.facts[statement.name]
    if _past(found, change):
        return "past", change.actor
    if not change.actor:
        return "happen", ""
    if change.actor in found.decision.case.entities:
        return "act", change.actor
    return "may" if fact.settled_by == "fact" else fact.settled_by, change.actor


def _name(speaker: Speaker, change: Candidate, who: str) -> str:
    """What an actor is called in the language of the reader."""
    if not who or who in speaker.case.names:
        return speaker.case.names.get(who, who)
    statement = (change.edit.added or change.edit.removed)[0]
    return speaker.law.vocabulary.facts[statement.name].can_change.who


def _past(found: Found, change: Candidate) -> bool:
    """Whether a change is of something that would have had to be so already."""
    facts = found.decision.law.vocabulary.facts
    today = found.decision.day
    statements = (*change.edit.removed, *change.edit.added)
    days = [
        int(term)
        for s in statements
        for argument, term in zip(facts[s.name].arguments, s.arguments, strict=True)
        if argument.type == "date" and argument.after is None
    ]
    fixed = any(facts[s.name].can_change.how in ("no", "once") for s in change.edit.removed)
    return fixed or any(day < today for day in days)


def sentences(speaker: Speaker, change: Candidate, instead: tuple[Statement, ...]) -> Iterator[str]:
    """What would be so after a change."""
    edit, say = change.edit, speaker.say
    if change.sort == DENY:
        removed = edit.removed[0]
        yield speaker.atom((removed.name, len(removed.arguments)), removed.arguments, False)
    for statement in edit.added:
        holds = statement.status != "denied"
        text = speaker.atom((statement.name, len(statement.arguments)), statement.arguments, holds)
        if change.sort == MOVE:
            kinds = speaker.law.vocabulary.facts[statement.name].arguments
            pairs = zip(kinds, edit.removed[0].arguments, statement.arguments, strict=True)
            kind, old = next((kind.type, a) for kind, a, b in pairs if a != b)
            text += (
                f" ({say.instead_of(say.NO_END if old == OPEN_END else speaker.value(kind, old))})"
            )
        yield text
    if instead:
        values = list(_values(speaker, edit.added[0], instead))
        more = len(values) - MOST_VALUES
        yield f"({say.also_with(values[:MOST_VALUES], max(0, more))})"


def _values(speaker: Speaker, chosen: Statement, instead: tuple[Statement, ...]) -> Iterator[str]:
    """The values of other statements in which they differ from the one chosen."""
    arguments = speaker.law.vocabulary.facts[chosen.name].arguments
    for other in instead:
        yield " ".join(
            speaker.value(argument.type, b)
            for argument, a, b in zip(arguments, chosen.arguments, other.arguments, strict=True)
            if a != b
        )


def _speaker(found: Found, language: str) -> Speaker:
    decision = found.decision
    return Speaker(decision.law, decision.case, read_date(str(decision.day)), language)


def _speaker_after(found: Found, need: Need, language: str) -> Speaker:
    decision = found.decision
    return speaker_after(decision.law, decision.case, need.case, need.world.day, language)


def speaker_after(law: Law, before: Case, after: Case, day: int, language: str) -> Speaker:
    """Who speaks of a changed case, in which new things are called so."""
    new = phrases(language).NEW
    names = {
        name: called if name in before.entities else new for name, called in after.names.items()
    }
    case = replace(after, names=MappingProxyType(names))
    return Speaker(law, case, read_date(str(day)), language)


def _verdict(found: Found, speaker: Speaker) -> str:
    why, decision = found.why, found.decision
    words = said(speaker, why, why.roots[0], decision.holds, support_costs(why))
    return speaker.say.verdict(decision.answer, words, show_date(str(decision.day)))


def as_json(found: Found, language: str = "en") -> dict[str, Any]:
    """The same as plain data; the schema is in ``docs/json.md``."""
    decision, why = found.decision, found.why
    world = decision.world
    return {
        "schema": SCHEMA,
        "language": language,
        **asked_json(decision.case, decision.goal, world),
        "answer": decision.answer,
        "verdict": _verdict(found, _speaker(found, language)),
        "decided_by": decisive(why, why.roots[0]),
        "whatever": found.whatever,
        "sides": [
            {
                "answer": side.wanted,
                "sets": [_need_json(found, need, language) for need in side.needs],
                "ended": side.ended,
                "looked_at": {
                    "changes": side.scope.changes,
                    "facts": list(side.scope.facts),
                    "days": [show_date(str(day)) for day in side.scope.days],
                    "all": side.scope.whole,
                },
            }
            for side in found.sides
        ],
    }


def _need_json(found: Found, need: Need, language: str) -> dict[str, Any]:
    speaker = _speaker_after(found, need, language)
    changes = []
    for change, instead in _in_groups(found, need):
        how, who = _acting(found, change)
        edit = change.edit
        changes.append(
            {
                "change": change.sort,
                "how": how,
                "who": _name(speaker, change, who) or None,
                "provision": change.provision or None,
                "words": list(sentences(speaker, change, ())),
                "stated": [s.atom for s in edit.added if s.status == "stated"],
                "denied": [s.atom for s in edit.added if s.status == "denied"],
                "removed": [s.atom for s in edit.removed],
                "entities": dict(edit.entities),
                "as_of": None if edit.as_of is None else show_date(str(edit.as_of)),
                "instead": [s.atom for s in instead],
            }
        )
    return {"as_of": show_date(str(need.world.day)), "changes": changes}

"""Lay out how two cases differ: both answers, the reasons, and what explains other answers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from reasoner.casefiles.case import Statement
from reasoner.hypotheses.distinguish import Difference, Distinction
from reasoner.printing.answer import verdict
from reasoner.printing.differences import Teller, change_json
from reasoner.printing.show import Row, Span, paragraph, tree_rows
from reasoner.reasons.contrast import COMPARISON, Change, causes
from reasoner.solving.search import Findings
from reasoner.wording.phrases import phrases
from reasoner.wording.view import Line
from reasoner.wording.words import FAILS, HOLDS, NEUTRAL, OPEN, Speaker, read_date, show_date

SCHEMA = "reasoner/contrast/1"

_DAY = re.compile(r"\b\d{8}\b")

Sets = Findings[tuple[int, ...]]


def rows(
    found: Distinction,
    sets: Sets | None,
    width: int,
    *,
    brief: bool = False,
    language: str = "en",
) -> Iterator[Row]:
    """Both answers, the sets of differences that explain it, and what of the reasons differs.

    Args:
        found: the two cases.
        sets: the sets of differences, where the answers differ.
        width: columns to use.
        brief: leave the reasons out.
        language: ``en`` or ``fr``.
    """
    say = phrases(language)
    (compared,) = found.comparison.questions
    answers = [say.ANSWERS[d.answer].lower() for d in found.decisions]
    heading = ", ".join(map(say.labelled, _names(found), answers))
    yield [Span(compared.question.goal.pinpoint, "bold cyan"), Span(f"  {heading}", "bold")]
    for place, decision in enumerate(found.decisions):
        label = say.turns_on if decision.holds is None else say.decided_by
        words = verdict(decision, found.comparison.whys[place], language)
        by = compared.decided_by[place]
        said = f"{words} {label(by)}" if by else words
        yield from paragraph(say.labelled(decision.case.title, said), width, "  ")
    if sets is not None:
        yield from _set_rows(found, sets, width, language)
    if not compared.differs:
        yield from paragraph(say.nothing_differs(), width)
    if not brief:
        yield [Span("")]
        yield from _reason_rows(found, width, language)


def _reason_rows(found: Distinction, width: int, language: str) -> Iterator[Row]:
    """What of the reasons differs, down to the facts, and in short what does not."""
    teller, (compared,) = _teller(found, language), found.comparison.questions
    lines = teller.lines(_telling(found))
    if not lines and compared.contrast.aside:
        lines = [Line(NEUTRAL, teller.say.aside(), children=teller.lines(compared.contrast.aside))]
    yield from tree_rows(lines, width)
    stayed = teller.stayed(compared)
    if stayed:
        yield from paragraph(teller.say.common(stayed), width, style="dim")


def _set_rows(found: Distinction, sets: Sets, width: int, language: str) -> Iterator[Row]:
    """The sets of differences, shortest first."""
    carried = _Carried(found, language)
    say = carried.say
    name, answer = _names(found)[found.target], say.ANSWERS[found.wanted].lower()
    if sets.found:
        yield from paragraph(say.carried(name, answer, len(sets.found) > 1), width)
    elif sets.complete:
        yield from paragraph(say.nothing_carried(name, answer), width)
    for number, places in enumerate(sets.found, 1):
        lines = [carried.line(found.differences[place]) for place in places]
        if len(lines) > 1:
            lines = [Line("", say.together(), children=lines)]
        lines[0].mark = f"{number}. {lines[0].mark}".rstrip()
        yield from tree_rows(lines, width)
    if not sets.complete:
        yield from paragraph(say.may_be_more(sets.ended), width, style="yellow")


class _Carried:
    """Puts differences into words, as they are once carried over to one of two cases."""

    def __init__(self, found: Distinction, language: str) -> None:
        self.target, self.other = found.target, 1 - found.target
        case, other = (found.comparison.cases[place] for place in (self.target, self.other))
        day = read_date(str(found.decisions[self.target].day))
        named = replace(case, names={**other.names, **case.names})
        self.speaker = Speaker(found.comparison.law, named, day, language)
        self.say = self.speaker.say

    def line(self, difference: Difference) -> Line:
        """What is so then, and what was so before."""
        if any(difference.entities):
            return self.entities(difference)
        if any(difference.facts):
            return self.facts(*(difference.facts[place] for place in (self.target, self.other)))
        before, after = (self.value(difference, place) for place in (self.target, self.other))
        if difference.reading:
            words = self.say.option(difference.reading, after)
        else:
            label = self.say.DAY_ASKED if difference.days else self.say.DATE_OF_LAW
            words = self.say.labelled(label, after)
        return Line(NEUTRAL, words, basis=self.say.instead_of(before))

    def value(self, difference: Difference, place: int) -> str:
        """The option of a reading, the day or the date of the law in one of the cases."""
        if difference.reading:
            return difference.options[place]
        date = (difference.days or difference.law_dates or (0, 0))[place]
        return show_date(str(date)) if date else "-"

    def facts(self, before: Sequence[Statement], after: Sequence[Statement]) -> Line:
        """What is stated, and what was stated instead."""
        if not after or after[0].status == "denied":
            words = self.say.without(self.sentence(before[0]))
            return Line(FAILS, words, atom=before[0].atom)
        (stated,) = after
        is_open = stated.status == "unknown"
        parts = [self.say.unknown(stated.position.line)] if is_open else []
        if before and before[0].atom != stated.atom:
            parts.append(self.say.instead_of(self.replaced(before[0], stated)))
        elif before and before[0].status == "unknown":
            parts.append(self.say.instead_of(self.say.unknown(before[0].position.line)))
        mark = OPEN if is_open else HOLDS
        return Line(mark, self.sentence(stated), basis=", ".join(parts), atom=stated.atom)

    def replaced(self, before: Statement, after: Statement) -> str:
        """The values of a fact that are others now."""
        kinds = self.speaker.law.vocabulary.facts[before.name].arguments
        pairs = zip(kinds, before.arguments, after.arguments, strict=True)
        return ", ".join(
            self.speaker.value(kind.type, old) for kind, old, new in pairs if old != new
        )

    def entities(self, difference: Difference) -> Line:
        """Who or what comes with all that is stated of them, or goes."""
        coming, going = (difference.entities[place] for place in (self.other, self.target))
        labels = self.speaker.law.vocabulary.entities
        words = self.say.list_words(
            [f"{labels[kind].label} {self.speaker.value(kind, n)}" for n, kind in coming or going]
        )
        if not coming:
            return Line(FAILS, self.say.without(words))
        stated = [s for s in difference.facts[self.other] if s.status != "denied"]
        return Line(HOLDS, words, children=[self.facts((), (s,)) for s in stated])

    def sentence(self, statement: Statement) -> str:
        """What a statement says."""
        signature = statement.name, len(statement.arguments)
        return self.speaker.atom(signature, statement.arguments, True)


def _teller(found: Distinction, language: str) -> Teller:
    """What puts the difference of the reasons into words: those of the second case."""
    first, second = found.comparison.cases
    named = replace(first, names={**first.names, **second.names})
    return Teller(replace(found.comparison, cases=(named, second)), language)


def _names(found: Distinction) -> tuple[str, str]:
    """What tells the cases apart: whom they are about, or their titles."""
    first, second = found.comparison.cases
    subject = found.comparison.questions[0].question.subject
    names = first.names.get(subject, ""), second.names.get(subject, "")
    return (first.title, second.title) if names[0] == names[1] else names


def _telling(found: Distinction) -> list[Change]:
    """The changes worth telling.

    Where both are answered alike, whatever the law works out of other days is another conclusion:
    other days in a comparison that comes out the same are none, and what concerns days that
    neither case speaks of is left out if there is anything else.
    """
    (compared,) = found.comparison.questions
    changes = [c for c in compared.contrast.changes if c.kind != COMPARISON or c.causes]
    spoken = {
        word
        for decision in found.decisions
        for text in (decision.goal.text, *(s.atom for s in decision.case.statements))
        for word in _DAY.findall(text)
    }
    return [c for c in changes if spoken.issuperset(_DAY.findall(c.atom))] or changes


def as_json(found: Distinction, sets: Sets | None, language: str = "en") -> dict[str, Any]:
    """The contrast as plain data; the schema is in ``docs/json.md``."""
    teller, carried = _teller(found, language), _Carried(found, language)
    comparison, (compared,) = found.comparison, found.comparison.questions
    goal, reasons = compared.question.goal, compared.contrast
    return {
        "schema": SCHEMA,
        "language": language,
        "question": {"goal": goal.text, "pinpoint": goal.pinpoint},
        "cases": [
            {
                "path": decision.case.path,
                "title": decision.case.title,
                "as_of": show_date(str(decision.day)),
                "law_date": show_date(str(decision.law_date)) if decision.law_date else None,
                "readings": dict(decision.readings),
                "answer": decision.answer,
                "verdict": verdict(decision, why, language),
                "decided_by": list(by),
            }
            for decision, why, by in zip(
                found.decisions, comparison.whys, compared.decided_by, strict=True
            )
        ],
        "called": [{"entity": n, "called": c} for n, c in found.aligned.called.items()],
        "differs": compared.differs,
        "changes": [change_json(change, teller) for change in reasons.changes],
        "causes": [change_json(change, teller) for change in causes(reasons.changes)],
        "aside": [change_json(change, teller) for change in reasons.aside],
        "same": [comparison.whys[0].nodes[edge.target].text for edge in reasons.same],
        "carried_to": found.target,
        "explained_by": [
            [_line_json(carried.line(found.differences[place])) for place in places]
            for places in (sets.found if sets else ())
        ],
        "ended": sets.ended if sets else None,
    }


def _line_json(line: Line) -> dict[str, Any]:
    return {
        "mark": line.mark,
        "sentence": line.text,
        "basis": line.basis,
        "atom": line.atom or None,
        "facts": [_line_json(child) for child in line.children],
    }

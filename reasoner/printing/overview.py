"""Lay out the answers to all questions that a case touches: a short table, or plain data."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from reasoner.hypotheses.survey import Survey
from reasoner.printing.answer import said
from reasoner.printing.show import Row, Span, cells, paragraph, wrap
from reasoner.reasons.weigh import decisive, support_costs
from reasoner.solving.solve import UNDETERMINED
from reasoner.wording.words import FAILS, HOLDS, OPEN, Speaker, read_date, show_date

if TYPE_CHECKING:
    from reasoner.wording.interface import Phrases

SCHEMA = "reasoner/answers/1"
MARKS = {"yes": HOLDS, "no": FAILS, UNDETERMINED: OPEN}
STYLES = {"yes": "green", "no": "red", UNDETERMINED: "yellow"}
_ROOM_FOR_A_SENTENCE = 36
_MOST_DECIDING = 26
_MOST_PINPOINTS = 5


class Finding(NamedTuple):
    """One line of the table: a question, about whom, the answer and what decides it."""

    pinpoint: str
    subject: str
    layer: str
    goal: str
    answer: str
    sentence: str
    decided_by: tuple[str, ...]


def findings(survey: Survey, speaker: Speaker) -> list[Finding]:
    """The answers of a survey in words."""
    why = survey.why
    costs = support_costs(why)
    return [
        Finding(
            question.goal.pinpoint,
            survey.case.names.get(question.subject, ""),
            question.layer,
            question.goal.text,
            decision.answer,
            said(speaker, why, root, decision.holds, costs),
            tuple(decisive(why, root, costs)),
        )
        for question, decision, root in zip(
            survey.questions, survey.decisions, why.roots, strict=True
        )
    ]


def rows(survey: Survey, width: int, language: str = "en") -> Iterator[Row]:
    """The table: the law first, then guidance."""
    speaker = _speaker(survey, language)
    say, world = speaker.say, survey.world
    found = findings(survey, speaker)
    day = show_date(str(world.day))
    if not found:
        yield from paragraph(say.no_question(day), width)
        return
    yield from paragraph(say.survey(survey.case.title, len(found), day), width, style="bold")
    assumed = [say.option(name, option) for name, option in world.readings]
    law_date = "" if world.law_date is None else show_date(str(world.law_date))
    if assumed or law_date or world.language:
        yield from paragraph(say.under(assumed, law_date, world.language), width, style="dim")
    for guidance in (False, True):
        part = [f for f in found if (f.layer == "guidance") == guidance]
        if part:
            yield [Span("")]
            if guidance:
                yield [Span(say.GUIDANCE, "bold")]
            yield from table(part, width, say)


def _speaker(survey: Survey, language: str) -> Speaker:
    return Speaker(survey.why.law, survey.case, read_date(str(survey.world.day)), language)


def table(found: Sequence[Finding], width: int, say: Phrases) -> Iterator[Row]:
    """Answers in columns; where these leave no room, the sentence on lines of its own."""
    several = len({f.subject for f in found}) > 1
    answers = {answer: words.lower() for answer, words in say.ANSWERS.items()}
    columns = [
        max(cells(f.pinpoint) for f in found),
        max(cells(f.subject) for f in found) if several else 0,
        max(cells(answers[f.answer]) for f in found) + 2,
    ]
    deciding = [in_short(f.decided_by, say) for f in found]
    longest = max(cells(word) for text in deciding for word in text.split(" "))
    decided = max(longest, min(_MOST_DECIDING, max(map(cells, deciding))))
    left = sum(columns) + 2 * len([c for c in columns if c])
    room = width - left - decided - 2
    for finding, pinpoints in zip(found, deciding, strict=True):
        row = [Span(pad(finding.pinpoint, columns[0]), "cyan"), Span("  ")]
        if several:
            row += [Span(pad(finding.subject, columns[1])), Span("  ")]
        state = f"{MARKS[finding.answer]} {answers[finding.answer]}"
        row += [Span(pad(state, columns[2]), STYLES[finding.answer]), Span("  ")]
        right = wrap(pinpoints, decided, decided)
        if room < _ROOM_FOR_A_SENTENCE:
            yield row
            yield from paragraph(finding.sentence, width, "  ")
            yield from paragraph(pinpoints, width, "  ", "cyan")
            continue
        words = wrap(finding.sentence, room, room)
        for place in range(max(len(words), len(right))):
            lead = row if place == 0 else [Span(" " * left)]
            part = words[place] if place < len(words) else ""
            tail = right[place] if place < len(right) else ""
            yield [*lead, Span(pad(part, room)), Span("  "), Span(tail, "cyan")]


def in_short(pinpoints: Sequence[str], say: Phrases) -> str:
    """Provisions as lawyers list them: R65.1(1)(a), (b), (d)(i); the first few of many."""
    sections: dict[str, list[str]] = {}
    for pinpoint in pinpoints[:_MOST_PINPOINTS]:
        sections.setdefault(re.split("[(/]", pinpoint)[0], []).append(pinpoint)
    parts: list[str] = []
    for section in sections.values():
        lead = len(_shared(section))
        parts += [section[0], *(pinpoint[lead:] for pinpoint in section[1:])]
    text = ", ".join(parts)
    more = len(pinpoints) - _MOST_PINPOINTS
    return f"{text} {say.more(more)}" if more > 0 else text


def _shared(section: Sequence[str]) -> str:
    """What some pinpoints of a section begin with, up to a bracket that opens, or a slash."""
    first = section[0]
    places = [place for place, sign in enumerate(first) if sign in "(/"] or [len(first)]
    return max(first[:p] for p in places if all(q.startswith(first[:p]) for q in section))


def pad(text: str, width: int) -> str:
    """A text filled up with spaces."""
    return text + " " * (width - cells(text))


def as_json(survey: Survey, language: str = "en") -> dict[str, Any]:
    """The answers as plain data; the schema is in ``docs/json.md``."""
    world = survey.world
    found = findings(survey, _speaker(survey, language))
    return {
        "schema": SCHEMA,
        "language": language,
        "case": {"path": survey.case.path, "title": survey.case.title},
        "as_of": show_date(str(world.day)),
        "law_date": None if world.law_date is None else show_date(str(world.law_date)),
        "readings": dict(world.readings),
        "text": world.language,
        "answers": [
            {
                "question": {"goal": f.goal, "pinpoint": f.pinpoint},
                "layer": f.layer,
                "about": q.subject or None,
                "answer": f.answer,
                "sentence": f.sentence,
                "decided_by": list(f.decided_by),
            }
            for f, q in zip(found, survey.questions, strict=True)
        ],
    }

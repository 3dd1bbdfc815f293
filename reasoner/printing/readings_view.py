"""Lay out how an answer depends on the readings: what decides it, and the options one by one."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from reasoner.hypotheses.sensitivity import Alone, Sensitivity
from reasoner.printing.answer import asked_json, said
from reasoner.printing.overview import MARKS, STYLES, pad
from reasoner.printing.show import Row, Span, cells, paragraph, wrap
from reasoner.reasons.weigh import decisive, support_costs
from reasoner.solving.search import COMPLETE
from reasoner.solving.solve import UNDETERMINED
from reasoner.wording.words import Speaker, read_date, show_date

SCHEMA = "reasoner/sensitivity/1"
_ROOM_FOR_WORDS = 30


def rows(found: Sensitivity, width: int, language: str = "en") -> Iterator[Row]:
    """The answer, the sets of options that give another, and the table of options."""
    speaker = _speaker(found, language)
    say, world = speaker.say, found.world
    yield from paragraph(_verdict(found, speaker), width, style=f"bold {STYLES[found.answer]}")
    pinpoints = decisive(found.why, found.why.roots[0])
    if pinpoints:
        label = say.turns_on if found.answer == UNDETERMINED else say.decided_by
        yield from paragraph(label(pinpoints), width)
    assumed = [say.option(name, option) for name, option in world.readings]
    law_date = "" if world.law_date is None else show_date(str(world.law_date))
    if assumed or law_date or world.language:
        yield from paragraph(say.under(assumed, law_date, world.language), width, style="dim")
    yield [Span("")]
    if found.robust:
        yield from paragraph(say.robust(len(found.silent)), width)
    elif not found.sets:
        yield from paragraph(say.none_found(), width)
    else:
        yield from paragraph(say.swayed(found.answer), width)
    for (answer, pinpoints), sets in groupby(found.sets, lambda s: (s.answer, s.decided_by)):
        for decided in sets:
            options = [say.option(*option) for option in decided.options]
            words = say.under_together(answer, options)
            yield from paragraph(words, width, "  ", STYLES[answer])
        if pinpoints:
            label = say.turns_on if answer == UNDETERMINED else say.decided_by
            yield from paragraph(label(pinpoints), width, "    ")
    if found.ended != COMPLETE:
        yield from paragraph(say.may_be_more(found.ended), width)
    if found.table:
        yield [Span("")]
        yield from paragraph(say.each_alone(), width)
        yield from _table(found, speaker, width)
    yield [Span("")]
    for reading, option, tried in found.numbers:
        if any(row.reading == reading for row in found.table):
            words = say.numbers_tried(say.option(reading, option), tried)
            yield from paragraph(words, width, style="dim")
    if found.silent:
        words = say.without_effect(found.silent, found.ended == COMPLETE)
        yield from paragraph(words, width, style="dim")
    if found.elsewhere:
        yield from paragraph(say.not_looked_at(len(found.elsewhere)), width, style="dim")


def _speaker(found: Sensitivity, language: str) -> Speaker:
    return Speaker(found.law, found.case, read_date(str(found.world.day)), language)


def _verdict(found: Sensitivity, speaker: Speaker) -> str:
    why = found.why
    words = said(speaker, why, why.roots[0], found.holds, support_costs(why))
    return speaker.say.verdict(found.answer, words, show_date(str(found.world.day)))


def _table(found: Sensitivity, speaker: Speaker, width: int) -> Iterator[Row]:
    """Reading, option, answer, and what the option says; narrow pages give that its own lines."""
    say = speaker.say
    answers = {answer: words.lower() for answer, words in say.ANSWERS.items()}
    states = [f"{MARKS[row.answer]} {answers[row.answer]}" for row in found.table]
    options = [say.taken(row.option) if row.taken else row.option for row in found.table]
    columns = [
        max(cells(row.reading) for row in found.table),
        max(map(cells, options)),
        max(map(cells, states)),
    ]
    left = sum(columns) + 2 * len(columns) + 2
    room = width - left
    last = ""
    for row, option, state in zip(found.table, options, states, strict=True):
        name = "" if row.reading == last else row.reading
        last = row.reading
        yield from _line(
            [
                Span("  "),
                Span(pad(name, columns[0]), "bold"),
                Span("  "),
                Span(pad(option, columns[1])),
                Span("  "),
                Span(pad(state, columns[2]), STYLES[row.answer]),
            ],
            _meaning(speaker, row),
            width if room < _ROOM_FOR_WORDS else room,
            left if room >= _ROOM_FOR_WORDS else 0,
        )


def _line(row: Row, words: str, room: int, left: int) -> Iterator[Row]:
    """A row of the table with its words beside it, or below where ``left`` is 0."""
    if not left:
        yield row
        yield from paragraph(words, room, "      ", "dim")
        return
    first, *rest = wrap(words, room, room)
    yield [*row, Span("  "), Span(first, "dim")]
    for part in rest:
        yield [Span(" " * left), Span(part, "dim")]


def _meaning(speaker: Speaker, row: Alone) -> str:
    """What an option says."""
    options = speaker.law.vocabulary.readings[row.reading].options
    return next((o.text for o in options if o.id == row.option.partition("(")[0]), "")


def as_json(found: Sensitivity, language: str = "en") -> dict[str, Any]:
    """The same as plain data; the schema is in ``docs/json.md``."""
    world, why = found.world, found.why
    return {
        "schema": SCHEMA,
        "language": language,
        **asked_json(found.case, found.goal, world),
        "answer": found.answer,
        "verdict": _verdict(found, _speaker(found, language)),
        "decided_by": decisive(why, why.roots[0]),
        "robust": found.robust,
        "sets": [
            {
                "readings": dict(decided.options),
                "answer": decided.answer,
                "decided_by": list(decided.decided_by),
            }
            for decided in found.sets
        ],
        "ended": found.ended,
        "options": [row._asdict() for row in found.table],
        "numbers": {f"{r}: {option}": list(tried) for r, option, tried in found.numbers},
        "without_effect": list(found.silent),
        "not_looked_at": list(found.elsewhere),
    }

"""Draw what a case tells over time: a lane for the answer, and one for each thing that lasts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from reasoner.casefiles.case import Statement
from reasoner.casefiles.edits import ASSUMED
from reasoner.lawfiles.infer import all_literals, rules_behind
from reasoner.lawfiles.vocabulary import Fact
from reasoner.printing.show import Row, Span, cells, paragraph
from reasoner.solving.ground import NO, UNDETERMINED, YES
from reasoner.solving.question import Goal
from reasoner.values import OPEN_END
from reasoner.wording.words import Speaker, read_date

BEGINS, ENDS = ("from", "since"), ("until",)
"""The keys under which cases write the first and the last day of a thing."""
ANSWER, PERIOD, DAYS, COUNTED = "answer", "period", "days", "counted"
_FEWEST_COLUMNS = 24
_MOST_LANES = 30
_YEAR_APART = 6
_DAY = timedelta(days=1)
_SIGNS = {YES: "█", UNDETERMINED: "▒", NO: "·"}
_STYLES = {YES: "green", UNDETERMINED: "yellow", NO: "dim"}


class Stretch(NamedTuple):
    """Days on end; ``until`` is None where there is no end.

    ``answer`` is that on these days; of a fact that is unknown, undetermined; otherwise empty.
    """

    since: date
    until: date | None
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Lane:
    """A line of a timeline: ``kind`` is answer, period, days or counted."""

    label: str
    kind: str
    stretches: tuple[Stretch, ...]


def lanes_of(speaker: Speaker, goal: Goal) -> list[Lane]:
    """What a case tells that bears on a question and has a day, in the order of the vocabulary.

    A fact with two days makes a period. So do two facts about one thing that cases write as its
    first and its last day. Everything else happens on a day.
    """
    law, case = speaker.law, speaker.case
    behind = {
        x.atom.name
        for rule in rules_behind(law, {(goal.name, len(goal.arguments))})
        for x in all_literals(rule.body)
        if x.atom is not None
    }
    stated = [
        s
        for s in case.statements
        if s.status != "denied"
        and s.name in behind
        and (s.status == "stated" or s.position != ASSUMED)  # nobody told what is left open
    ]
    facts = [fact for fact in law.vocabulary.facts.values() if fact.section is not None]
    periods: dict[str, list[Stretch]] = {}
    days: dict[str, list[Stretch]] = {}
    whole = dict(_whole_things(facts, stated))
    for name, stretch in whole.items():
        label = speaker.say.labelled(
            case.names[name], law.vocabulary.entities[case.entities[name]].label
        )
        periods.setdefault(label, []).append(stretch)
    for fact in facts:
        places = [n for n, argument in enumerate(fact.arguments) if argument.type == "date"]
        for statement in (s for s in stated if s.name == fact.name):
            if statement.arguments[0] in whole and fact.key in (*BEGINS, *ENDS):
                continue
            terms = [statement.arguments[n] for n in places]
            state = UNDETERMINED if statement.status == "unknown" else ""
            if len(terms) == 2:
                label = _label(speaker, goal, fact, statement)
                periods.setdefault(label, []).append(
                    Stretch(_read(terms[0]), _end(terms[1]), state)
                )
            elif len(terms) == 1 and terms[0] != fact.arguments[places[0]].default:
                day = _read(terms[0])
                days.setdefault(_label(speaker, goal, fact, statement), []).append(
                    Stretch(day, day, state)
                )
    return [
        Lane(label, kind, tuple(sorted(found, key=lambda s: (s.since, str(s.until)))))
        for kind, table in ((PERIOD, periods), (DAYS, days))
        for label, found in table.items()
    ]


def _whole_things(
    facts: Sequence[Fact], stated: Sequence[Statement]
) -> Iterator[tuple[str, Stretch]]:
    """The things of which a case states the first and the last day by two facts."""
    single = {
        fact.name: fact.key
        for fact in facts
        if fact.arity == 2 and fact.arguments[1].type == "date"
    }
    ends: dict[str, dict[str, str]] = {}
    for statement in (s for s in stated if s.status == "stated"):
        key = single.get(statement.name)
        side = "since" if key in BEGINS else "until" if key in ENDS else None
        if side is not None:
            ends.setdefault(statement.arguments[0], {})[side] = statement.arguments[1]
    for name, found in ends.items():
        if len(found) == 2:
            yield name, Stretch(_read(found["since"]), _end(found["until"]))


def _label(speaker: Speaker, goal: Goal, fact: Fact, statement: Statement) -> str:
    """What a fact is called, with what sets it apart: whom it is about, and under what."""
    about, *others = statement.arguments
    kinds = [argument.type for argument in fact.arguments]
    values = [
        speaker.value(kind, term)
        for kind, term in zip(kinds[1:], others, strict=True)
        if kind not in ("date", "number")
    ]
    words = ", ".join([fact.short, *values])
    if about in goal.arguments:
        return words
    return speaker.say.labelled(speaker.value(kinds[0], about), words)


def _read(term: str) -> date:
    return read_date(term)


def _end(term: str) -> date | None:
    return None if term == OPEN_END else read_date(term)


def drawn_between(lanes: Iterable[Lane], marked: Iterable[date]) -> tuple[date, date]:
    """The days that a timeline has to show: periods and turns, not each birthday."""
    found = set(marked)
    for lane in lanes:
        if lane.kind in (PERIOD, COUNTED):
            for stretch in lane.stretches:
                found |= {stretch.since, stretch.until or stretch.since}
    return min(found, default=date.max), max(found, default=date.min)


def draw(
    lanes: Sequence[Lane],
    first: date,
    last: date,
    width: int,
    *,
    asked: date | None = None,
    mark: str = "",
) -> Iterator[Row]:
    """Lay lanes out below each other, over an axis with years.

    Args:
        lanes: the answer, and what else there is.
        first: the day at the left edge.
        last: the day at the right edge.
        width: columns to use; where they do not suffice, the lanes are listed.
        asked: the day to mark, if any.
        mark: what to write beside the mark.
    """
    shown = lanes[:_MOST_LANES]
    room = min(max((cells(lane.label) for lane in shown), default=0), width * 2 // 5)
    columns = width - room - 2
    if columns < _FEWEST_COLUMNS:
        yield from _listed(shown, width)
        return
    scale = _Scale(first, last, columns)
    if asked is not None and first <= asked <= last:
        at = scale.column(asked)
        text = f"▼ {mark}" if at + cells(mark) + 2 <= columns else ""
        line = " " * at + text if text else f"{mark} ▼".rjust(at + 1)
        yield [Span(" " * (room + 2)), Span(line, "bold")]
    for lane in shown:
        label = _cut(lane.label, room)
        yield [Span(label + " " * (room - cells(label) + 2)), *scale.line(lane)]
    yield [Span(" " * (room + 2)), Span(scale.axis(), "dim")]


class _Scale:
    """Which column of a line stands for which days."""

    def __init__(self, first: date, last: date, columns: int) -> None:
        self.first, self.last, self.columns = first, last, columns
        self.days = (last - first).days + 1

    def column(self, day: date) -> int:
        """The column that a day falls into."""
        return (day - self.first).days * self.columns // self.days

    def line(self, lane: Lane) -> Iterator[Span]:
        """The signs of a lane, each run of one style together."""
        signs = [" "] * self.columns
        styles = [""] * self.columns
        order = {NO: 0, UNDETERMINED: 1, YES: 2}
        for stretch in sorted(lane.stretches, key=lambda s: order.get(s.answer, 0)):
            begin, end = stretch.since, stretch.until or self.last + _DAY
            if end < self.first or begin > self.last:
                edge = 0 if end < self.first else -1
                signs[edge] = "‹" if edge == 0 else "›"
                continue
            left, right = self.column(max(begin, self.first)), self.column(min(end, self.last))
            for n in range(left, right + 1):
                signs[n] = _SIGNS.get(stretch.answer) or ("•" if lane.kind == DAYS else "━")
                styles[n] = _STYLES.get(stretch.answer, "cyan" if lane.kind == COUNTED else "")
            if lane.kind == COUNTED:
                signs[left] = "|"
            if not stretch.answer and begin < self.first:
                signs[0] = "‹"
            if not stretch.answer and end > self.last:
                signs[-1] = "›"
        start = 0
        for n in range(1, self.columns + 1):
            if n == self.columns or styles[n] != styles[start]:
                yield Span("".join(signs[start:n]), styles[start])
                start = n

    def axis(self) -> str:
        """The years below the columns where they begin; the two edges where hardly any does."""
        years = range(self.first.year + 1, self.last.year + 1)
        a_year = 365.25 * self.columns / self.days
        step = next((n for n in (1, 2, 5, 10, 20) if n * a_year >= _YEAR_APART), 50)
        text = ""
        for year in (year for year in years if year % step == 0):
            at = self.column(date(year, 1, 1))
            if at + 4 <= self.columns:
                text = text.ljust(at) + str(year)
        if len(text.split()) >= 2:
            return text
        gap = self.columns - 20
        return f"{self.first}{' ' * gap}{self.last}" if gap > 0 else str(self.first)


def _cut(text: str, room: int) -> str:
    """A text, or its beginning where it is too long."""
    if cells(text) <= room:
        return text
    while cells(text) > room - 1:
        text = text[:-1]
    return f"{text.rstrip()}…"


def _listed(lanes: Sequence[Lane], width: int) -> Iterator[Row]:
    """The lanes as lines of text, for a narrow page."""
    for lane in (lane for lane in lanes if lane.kind != ANSWER):
        for number, part in enumerate(paragraph(lane.label, width)):
            yield part if number else [Span("- "), *part]
        for stretch in lane.stretches:
            until = "" if stretch.until is None else str(stretch.until)
            text = (
                str(stretch.since) if until == str(stretch.since) else f"{stretch.since} – {until}"
            )
            yield from paragraph(text, width, "  ")


def as_json(lanes: Iterable[Lane]) -> list[Mapping[str, object]]:
    """Lanes as plain data."""
    return [
        {
            "label": lane.label,
            "kind": lane.kind,
            "stretches": [
                {
                    "from": str(stretch.since),
                    "until": None if stretch.until is None else str(stretch.until),
                    **({"answer": stretch.answer} if stretch.answer else {}),
                }
                for stretch in lane.stretches
            ],
        }
        for lane in lanes
    ]

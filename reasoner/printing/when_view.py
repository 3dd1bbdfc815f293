"""Lay out the days on which an answer is yes, with what opens and closes them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from reasoner.hypotheses.turns import Cause, Days
from reasoner.hypotheses.when import Counted, Turn, When
from reasoner.printing.answer import asked_json
from reasoner.printing.show import Row, Span, paragraph, tree_rows
from reasoner.printing.timeline import ANSWER, COUNTED, Lane, Stretch, draw, drawn_between, lanes_of
from reasoner.printing.timeline import as_json as lanes_json
from reasoner.reasons.contrast import CONCLUSION, Change
from reasoner.solving.search import COMPLETE
from reasoner.wording.view import Line
from reasoner.wording.words import NEUTRAL, Speaker, read_date, show_date

if TYPE_CHECKING:
    from reasoner.wording.interface import Phrases

SCHEMA = "reasoner/when/1"
_MARGIN = 20
_COLOURS = {"yes": "bold green", "no": "bold red"}


def rows(found: When, width: int, language: str = "en") -> Iterator[Row]:
    """The days, the first and the last of them, what turns the answer, and the timeline."""
    teller = _Teller(found, language)
    say = teller.say
    heading = say.asked_when(
        found.case.title, teller.question(), str(found.first), str(found.last), found.bounded
    )
    yield from paragraph(heading, width, style="bold")
    if found.ended != COMPLETE:
        yield from paragraph(say.may_be_more(found.ended), width, style="yellow")
    if found.spans:
        yield from _summary(found, say, width)
    options = [say.option(name, option) for name, option in found.world.readings]
    law_date = "" if found.world.law_date is None else show_date(str(found.world.law_date))
    if options or law_date or found.world.language:
        yield from paragraph(say.under(options, law_date, found.world.language), width, style="dim")
    for turn in found.turns:
        yield [Span("")]
        yield from teller.turn(turn, width)
    more = len(found.spans) - 1 - len(found.turns)
    if more > 0:
        yield [Span("")]
        yield from paragraph(say.not_explained(more), width, style="dim")
    if found.counted:
        yield [Span("")]
        yield [Span(say.counted_periods(), "bold")]
        yield from tree_rows(list(teller.counted()), width)
    lanes = lanes_in(found, teller.speaker)
    yield [Span("")]
    first, last = _drawn(found, lanes)
    mark = say.day_asked(str(found.asked))
    yield from draw(lanes, first, last, width, asked=found.asked, mark=mark)


def _summary(found: When, say: Phrases, width: int) -> Iterator[Row]:
    """The intervals in short, then the first day and the last."""
    answers = {span.answer for span in found.spans}
    if len(answers) == 1:
        answer = next(iter(answers))
        yield from paragraph(say.whole_time(answer), width, style=_COLOURS.get(answer, ""))
        return
    for span in found.spans:
        if span.answer != "no":
            days = (span.last - span.first).days + 1
            words = say.interval(span.answer, str(span.first), str(span.last), days)
            yield from paragraph(words, width, style=_COLOURS.get(span.answer, "bold yellow"))
    if found.first_day is None or found.last_day is None:
        yield from paragraph(say.never_certain(), width)
        return
    begins, ends = say.first_day(str(found.first_day)), say.last_day(str(found.last_day))
    if found.first_day == found.first:
        begins = f"{begins} {say.open_edge(True)}"
    if found.last_day == found.last:
        ends = f"{ends} {say.open_edge(False)}"
    yield from paragraph(f"{begins} {ends}", width)


def lanes_in(found: When, speaker: Speaker) -> list[Lane]:
    """The lanes of the timeline: the answer, what is counted, and what the case tells."""
    answer = tuple(Stretch(span.first, span.last, span.answer) for span in found.spans)
    counted = tuple(
        Stretch(c.run.first, min(c.run.last, max(c.run.first, c.run.target))) for c in found.counted
    )
    return [
        Lane(speaker.say.lane_answer(), ANSWER, answer),
        *([Lane(speaker.say.lane_counted(), COUNTED, counted)] if counted else []),
        *lanes_of(speaker, found.goal),
    ]


def _drawn(found: When, lanes: list[Lane]) -> tuple[date, date]:
    """The days to draw: all that were asked for, or those where something happens."""
    if found.bounded:
        return found.first, found.last
    marked = {turn.day for turn in found.turns} | ({found.asked} if found.asked else set())
    first, last = drawn_between(lanes, marked)
    if first >= last:
        return found.first, found.last
    margin = (last - first) / _MARGIN
    return max(found.first, first - margin), min(found.last, last + margin)


class _Teller:
    """Puts the findings into words."""

    def __init__(self, found: When, language: str) -> None:
        self.found = found
        self.speaker = Speaker(found.law, found.case, read_date(str(found.world.day)), language)
        self.say = self.speaker.say
        self.answers = {a: words.lower() for a, words in self.say.ANSWERS.items()}

    def question(self) -> str:
        """What is asked and about whom, in short."""
        goal = self.found.goal
        kinds = self.found.law.types.get((goal.name, len(goal.arguments)), ())
        names = [
            self.speaker.value(kind, term)
            for kind, term in zip(kinds, goal.arguments, strict=False)
            if term is not None and kind != "date"
        ]
        return ", ".join([goal.pinpoint or goal.name.replace("_", " "), *names])

    def turn(self, turn: Turn, width: int) -> Iterator[Row]:
        """A day on which the answer turns, with what made it turn."""
        answers = f"{self.answers[turn.before]} → {self.answers[turn.after]}"
        yield [Span(str(turn.day), "bold cyan"), Span(f"  {answers}", _COLOURS.get(turn.after, ""))]
        lines: dict[tuple[str, str], Line] = {}
        for cause in turn.causes:
            line = self.line(turn.days, cause)
            known = lines.setdefault((line.text, line.pinpoint), line)
            known.children = known.children or line.children
        yield from tree_rows(list(lines.values()), width)

    def line(self, days: Days, cause: Cause) -> Line:
        """What turned, and below it the event behind it."""
        line = Line(NEUTRAL, self.words(cause.change), cause.change.provision)
        event = self.event(days, cause)
        if event is not None and event.text != line.text:
            line.children = [event]
        return line

    def event(self, days: Days, cause: Cause) -> Line | None:
        """What gave a comparison with the day the date that it is compared with."""
        if cause.event is None:
            return None
        text = self.speaker.node(days.why, cause.event, days.rule(cause.event))
        return Line(NEUTRAL, text, days.why.pinpoint(cause.event))

    def words(self, change: Change) -> str:
        """What a change is about, as it stands on the day."""
        node = change.why.nodes[change.node]
        if change.kind != CONCLUSION:
            return self.speaker.node(change.why, change.node)
        if change.after and change.side == 1:
            return self.speaker.node(change.why, change.node, change.rule)
        return self.speaker.atom((node.name, len(node.arguments)), node.arguments, change.after)

    def counted(self) -> Iterator[Line]:
        """The periods that are counted, each with what stopped it."""
        seen: set[str] = set()
        for one in self.found.counted:
            yield self.period(one, again=self.key(one) in seen)
            seen.add(self.key(one))

    def key(self, counted: Counted) -> str:
        """Whom or what a period is about, whatever the day."""
        terms = counted.run.clock.rule.head.arguments
        pairs = zip(terms, counted.run.goal.arguments, strict=True)
        kept = [str(value) for term, value in pairs if term.text != counted.run.clock.day]
        return f"{counted.run.goal.name}({','.join(kept)})"

    def period(self, counted: Counted, *, again: bool) -> Line:
        """A period that is counted: when it is complete, or why it never was."""
        run, say = counted.run, self.say
        text = self.speaker.atom(*run.source, True)
        if again:
            text = say.labelled(say.clock_again(str(run.first)), text)
        remarks = []
        if run.planned != run.target:
            remarks.append(say.put_off(str(run.planned)))
        stop = self.stop(counted)
        if stop:
            remarks.append(say.clock_stopped(stop))
        line = Line(NEUTRAL, text, run.goal.pinpoint, ", ".join(remarks))
        if counted.days is not None:
            line.children = [
                Line(NEUTRAL, self.words(cause.change), cause.change.provision)
                for cause in counted.stopped
            ]
        return line

    def stop(self, counted: Counted) -> str:
        """The day on which a period ceased to be counted before it was complete."""
        if counted.run.reached or counted.run.last >= self.found.last:
            return ""
        return str(counted.run.stop)


def as_json(found: When, language: str = "en") -> dict[str, Any]:
    """The findings as plain data; the schema is in ``docs/json.md``."""
    teller = _Teller(found, language)
    return {
        "schema": SCHEMA,
        "language": language,
        **asked_json(found.case, found.goal, found.world),
        "as_of": None if found.asked is None else str(found.asked),
        "from": str(found.first),
        "until": str(found.last),
        "bounded": found.bounded,
        "days_asked": found.looked_at,
        "ended": found.ended,
        "first_day": None if found.first_day is None else str(found.first_day),
        "last_day": None if found.last_day is None else str(found.last_day),
        "intervals": [
            {
                "from": str(span.first),
                "until": str(span.last),
                "days": (span.last - span.first).days + 1,
                "answer": span.answer,
            }
            for span in found.spans
        ],
        "turns": [
            {
                "day": str(turn.day),
                "before": turn.before,
                "after": turn.after,
                "causes": [_cause_json(teller, turn.days, cause) for cause in turn.causes],
            }
            for turn in found.turns
        ],
        "counted": [_counted_json(teller, counted) for counted in found.counted],
        "lanes": lanes_json(lanes_in(found, teller.speaker)),
    }


def _cause_json(teller: _Teller, days: Days, cause: Cause) -> dict[str, Any]:
    event = teller.event(days, cause)
    return {
        "kind": cause.leaf.kind,
        "sentence": teller.words(cause.change),
        "pinpoint": cause.change.provision,
        "atom": cause.leaf.atom,
        "values": [value for value in cause.leaf.values if value],
        "event": None if event is None else {"sentence": event.text, "pinpoint": event.pinpoint},
    }


def _counted_json(teller: _Teller, counted: Counted) -> dict[str, Any]:
    run = counted.run
    return {
        "about": teller.key(counted),
        "sentence": teller.speaker.atom(*run.source, True),
        "pinpoint": run.goal.pinpoint,
        "from": str(run.first),
        "until": str(run.last),
        "complete_on": str(run.target),
        "first_planned": str(run.planned),
        "reached": run.reached,
        "stopped_on": teller.stop(counted) or None,
        "causes": []
        if counted.days is None
        else [_cause_json(teller, counted.days, cause) for cause in counted.stopped],
    }

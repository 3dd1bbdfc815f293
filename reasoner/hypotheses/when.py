"""Find the days on which the answer to a question is yes, and what opens and closes them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from itertools import pairwise
from typing import NamedTuple

from reasoner.casefiles.case import Case
from reasoner.errors import InputError, Problem
from reasoner.hypotheses.clocks import Clock, Run, find_clocks, follow
from reasoner.hypotheses.days import (
    Reach,
    Span,
    answer_days,
    ask,
    candidate_days,
    reach,
    spans,
    to_day,
)
from reasoner.hypotheses.turns import Cause, Days
from reasoner.lawfiles.rules import Law
from reasoner.reasons.contrast import COMPARISON, CONCLUSION, Change
from reasoner.reasons.justify import justify
from reasoner.reasons.weigh import deciding
from reasoner.solving.ground import YES
from reasoner.solving.question import Goal, on_day
from reasoner.solving.search import COMPLETE, LIMIT, gather
from reasoner.solving.solve import World, ground_case, pose
from reasoner.wording.words import read_date

_AT_ONCE = 4
_DAY = timedelta(days=1)


class Turn(NamedTuple):
    """A day with another answer than the day before: the change, and what made it in the end.

    ``eve`` is the node of the question on the day before.
    """

    day: date
    before: str
    after: str
    days: Days
    eve: int
    change: Change
    causes: tuple[Cause, ...]


class Counted(NamedTuple):
    """A period that is counted, and what stopped it before it was complete; ``days`` explains."""

    run: Run
    days: Days | None
    stopped: tuple[Cause, ...]


@dataclass(frozen=True, slots=True)
class When:
    """The answers to one question between two days.

    ``asked`` is the day that the case or whoever asks names, if any.
    ``turns`` are the days between two spans, as far as they were looked into; ``counted`` the
    periods on which the answer turns, in the order of their days. ``bounded`` tells whether the
    first or the last day was given, ``looked_at`` how many days were asked, and ``ended`` how the
    search ended: complete, time or interrupted.
    """

    law: Law
    case: Case
    goal: Goal
    world: World
    asked: date | None
    first: date
    last: date
    spans: tuple[Span, ...]
    turns: tuple[Turn, ...]
    counted: tuple[Counted, ...]
    bounded: bool
    looked_at: int
    ended: str

    @property
    def intervals(self) -> tuple[Span, ...]:
        """The days on which the answer is yes."""
        return tuple(span for span in self.spans if span.answer == YES)

    @property
    def first_day(self) -> date | None:
        """The first day of the first interval."""
        return self.intervals[0].first if self.intervals else None

    @property
    def last_day(self) -> date | None:
        """The last day of the last interval."""
        return self.intervals[-1].last if self.intervals else None


def when(
    law: Law,
    case: Case,
    question: str | None = None,
    *,
    about: Sequence[str] = (),
    as_of: int | None = None,
    law_date: int | None = None,
    readings: Iterable[tuple[str, str]] = (),
    language: str | None = None,
    first: int | None = None,
    last: int | None = None,
    limit: int | None = None,
    spent: Callable[[], bool] = lambda: False,
) -> When:
    """Find the days on which the answer is yes.

    Args:
        law: the law to apply.
        case: the facts.
        question: a pinpoint, a predicate or an atom; without it, the case's own question.
        about: the entities asked about; without them, the case's own.
        as_of: the day that is marked, as yyyymmdd; without it, the case's own, if it has one.
        law_date: the consolidation to apply as yyyymmdd.
        readings: pairs of reading and option; they override the case's own.
        language: the official text whose options are taken where the two differ.
        first: the first day looked at; without it, as far as the case and the law reach.
        last: the last one.
        limit: how many turns of the answer to explain at most, from the first on.
        spent: whether the time is up; asked several times a second.

    Raises:
        InputError: when the question names nothing or is not about a day, or the facts contradict
            each other.
    """
    asked = as_of or case.as_of
    goal, world = pose(
        law,
        case,
        question,
        about=about,
        as_of=asked or first or last or _latest(law, case),
        law_date=law_date,
        readings=readings,
        language=language,
    )
    reached = reach(law, case, world, goal)
    start = reached.first if first is None else read_date(str(first))
    end = reached.last if last is None else read_date(str(last))
    if start > end:
        message = f"the search would begin on {start}, after {end}, when it ends"
        raise InputError([Problem(message, hint="give --from the earlier day")])
    days = gather(answer_days(law, case, world, goal, reached, start, end), spent=spent)
    answers = {day: answer for step in days.found for day, answer in step.answers}
    found = tuple(spans(answers))
    turns: tuple[Turn, ...] = ()
    counted: tuple[Counted, ...] = ()
    ended = days.ended
    if ended == COMPLETE:
        explained = gather(_turns(law, case, world, goal, found), limit=limit, spent=spent)
        turns, ended = explained.found, explained.ended
    if ended in (COMPLETE, LIMIT):
        periods = _counted(law, case, world, goal, reached, (start, end), turns)
        followed = gather(periods, spent=spent)
        counted, ended = followed.found, followed.ended
    return When(
        law=law,
        case=case,
        goal=goal,
        world=world,
        asked=None if asked is None else read_date(str(world.day)),
        first=start,
        last=end,
        spans=found,
        turns=turns,
        counted=counted,
        bounded=first is not None or last is not None,
        looked_at=len(answers),
        ended=ended,
    )


def _latest(law: Law, case: Case) -> int | None:
    """The latest date that a case states, where it names no day to ask about."""
    facts = law.vocabulary.facts
    dates = [
        term
        for statement in case.statements
        for term, argument in zip(
            statement.arguments, facts[statement.name].arguments, strict=False
        )
        if argument.type == "date" and term != argument.default
    ]
    return max(map(int, dates), default=None)


def _turns(
    law: Law, case: Case, world: World, goal: Goal, found: Sequence[Span]
) -> Iterator[Turn | None]:
    """Explain each turn of the answer: the day before and the day, some turns at once."""
    pairs = list(pairwise(found))
    for start in range(0, len(pairs), _AT_ONCE):
        some = pairs[start : start + _AT_ONCE]
        wanted = sorted({day for _, span in some for day in (span.first - _DAY, span.first)})
        days, roots = _explain(law, case, world, goal, wanted)
        for before, after in some:
            eve = roots[after.first - _DAY]
            change = days.turn(eve, roots[after.first])
            causes = tuple(days.causes(change))
            yield Turn(after.first, before.answer, after.answer, days, eve, change, causes)


def _explain(
    law: Law, case: Case, world: World, goal: Goal, wanted: Sequence[date]
) -> tuple[Days, dict[date, int]]:
    """The reasons of a question on some days."""
    ground = ask(law, case, world, goal, wanted)
    why = justify(ground, [on_day(law, goal, to_day(day)) for day in wanted])
    return Days(why), dict(zip(wanted, why.roots, strict=True))


# periods that are counted


def _counted(
    law: Law,
    case: Case,
    world: World,
    goal: Goal,
    reached: Reach,
    between: tuple[date, date],
    turns: Sequence[Turn],
) -> Iterator[Counted | None]:
    """Follow the clocks on which the answer turns, on the day asked about or where it opens."""
    clocks = find_clocks(law, goal)
    if not clocks:
        return
    weighed = [(turn.days, turn.eve) for turn in turns if turn.after == YES]
    if not weighed:
        asked = min(max(read_date(str(world.day)), between[0]), between[1])
        days, roots = _explain(law, case, world, goal, [asked])
        weighed = [(days, roots[asked])]
        yield None
    waited_for = {key for one, root in weighed for key in _waited_for(one, root, clocks)}
    some = [clock for n, clock in enumerate(clocks) if any(key[0] == n for key in waited_for)]
    heads = {head for _, head in waited_for}
    candidates = candidate_days(reached.dates, *between)
    runs: list[Run] = []
    for step in follow(law, case, world, some, candidates):
        if step is None:
            yield None
        else:
            runs = [run for run in step if _head(run.goal, run.clock) in heads]
    runs.sort(key=lambda run: (run.first, run.last, run.goal.text))
    halted = [run for run in runs if not run.reached and run.last < between[1]]
    known = [*dict.fromkeys(turn.days for turn in turns)]
    missing = [run for run in halted if not any(map(partial(_nodes_at_stop, run), known))]
    if missing:
        goals = [one for run in missing for one in _around_stop(run)]
        wanted = sorted({run.last + n * _DAY for run in missing for n in (0, 1)})
        numbers = [to_day(day) for day in wanted]
        ground = ground_case(law, case, replace(world, day=numbers[0]), goals, numbers)
        known.append(Days(justify(ground, goals)))
    for run in runs:
        yield _stopped(run, known) if run in halted else Counted(run, None, ())


def _waited_for(
    days: Days, root: int, clocks: Sequence[Clock]
) -> Iterator[tuple[int, tuple[str, tuple[str | None, ...]]]]:
    """The clocks that a refusal waits for, with whom each is about."""
    why = days.why
    places = {(c.rule.number, c.literal): n for n, c in enumerate(clocks)}
    waiting, seen = [root], set()
    while waiting:
        here = waiting.pop()
        if here in seen or why.nodes[here].holds:
            continue
        seen.add(here)
        for edge in deciding(why, days.costs, here):
            node = why.nodes[edge.target]
            if edge.negated:
                continue
            place = places.get((node.rule or 0, node.literal or 0))
            if node.kind == CONCLUSION:
                waiting.append(edge.target)
            elif node.kind == COMPARISON and not node.holds and place is not None:
                conclusion = why.nodes[here]
                head = Goal(conclusion.name, conclusion.arguments, "")
                yield place, _head(head, clocks[place])


def _head(goal: Goal, clock: Clock) -> tuple[str, tuple[str | None, ...]]:
    """Whom or what a clock is about: its conclusion without the day."""
    terms = clock.rule.head.arguments
    return goal.name, tuple(
        None if term.text == clock.day else value
        for term, value in zip(terms, goal.arguments, strict=True)
    )


def _around_stop(run: Run) -> tuple[Goal, Goal]:
    """What a clock was to conclude, on the last day that it ran and on the next."""
    day = [t.text for t in run.clock.rule.head.arguments].index(run.clock.day)
    arguments = list(run.goal.arguments)
    arguments[day] = str(to_day(run.last + _DAY))
    return run.goal, replace(run.goal, arguments=tuple(arguments))


def _nodes_at_stop(run: Run, days: Days) -> tuple[int, int] | None:
    """The nodes of these two conclusions, where some reasons have them."""
    before, after = (days.conclusions.get(goal.text) for goal in _around_stop(run))
    return None if before is None or after is None else (before, after)


def _stopped(run: Run, known: Sequence[Days]) -> Counted:
    """Say what stopped a clock: the conditions of its rule that are met no longer."""
    for days in known:
        nodes = _nodes_at_stop(run, days)
        if nodes is None:
            continue
        before, after = nodes
        changes = [
            change
            for edge in days.why.edges[before]
            if days.why.nodes[edge.target].rule == run.clock.rule.number
            for change in days.broken(edge.target, after, 0, run.bindings)
        ]
        causes = [cause for change in changes for cause in days.causes(change)]
        return Counted(run, days, tuple({(c.change.atom, c.leaf.atom): c for c in causes}.values()))
    return Counted(run, None, ())

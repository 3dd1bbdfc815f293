"""Find every day on which the answer to a question turns, between two days.

A law whose conclusions are indexed by the day can be asked about many days in one grounding. Which
days are worth asking is learnt from clingo's own model. Days far from everything that the case
tells, the *probes*, are asked first: the dates in that model are those of the case and those that
the law's durations make of them, and what lies around a probe shows how far the law looks back, and
ahead, from whatever day it is asked about.

Where that is affordable every day is asked. Otherwise the dates found are, with the days beside
them, and then what lies between two days whose *outline* differs, down to the day: all that the
model says of a day, with that day itself, what is reckoned from it, and numbers left out. A
comparison of the day with a fixed one turns once at most, and so does a number of days that grows
or shrinks by one a day; where nothing turned, nothing turned in between.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from reasoner.casefiles.case import Case
from reasoner.errors import InputError, Problem
from reasoner.lawfiles.infer import all_literals, rules_behind
from reasoner.lawfiles.rules import Law, Signature
from reasoner.lawfiles.vocabulary import DRIVER_FACTS
from reasoner.solving.ground import Ground
from reasoner.solving.question import Goal, on_day
from reasoner.solving.solve import World, ground_case
from reasoner.values import FIRST_YEAR, LAST_YEAR, OPEN_END
from reasoner.wording.words import read_date

AFFORDABLE = 15_000
"""How many atoms may be ground to ask every day."""
AT_ONCE = 40_000
"""How many atoms are ground between two signs of life."""
_APART = 60
"""How many years the probe lies from everything else."""
_SLACK = timedelta(days=3)
"""A duration is some days longer in one year than in another."""
_LONGEST = 190
"""How many days at most lie between two days asked, whatever the model says."""
_DURATIONS = 4
"""More distances than these between two days of one predicate are no durations."""
_TICK = timedelta(days=1)
_PARTS = 12
_MOST_DAYS = 200
_AS_OF = ("as_of", 1)
_CALENDAR = date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)

Places = Mapping[Signature, tuple[int, ...]]
Outline = tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]
_Atom = tuple[Signature, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a case and the durations of the law reach, for a question.

    ``dates`` are those that the case states and those that the law makes of them; ``first`` and
    ``last`` the days between which an answer can turn, as far as these tell; ``atoms`` is what one
    more day adds to the ground law. ``places`` are the predicates with dates, and which of their
    arguments these are; ``asked_at`` which of them are the day asked, as far as that is known;
    ``several`` the predicates about two of the days asked.
    """

    dates: tuple[date, ...]
    first: date
    last: date
    atoms: int
    places: Places
    asked_at: Mapping[Signature, frozenset[int]]
    several: frozenset[Signature]


class Answered(NamedTuple):
    """Days that have been asked, with their answers; ``open_spans`` are still looked into."""

    answers: tuple[tuple[date, str], ...]
    open_spans: int


class Span(NamedTuple):
    """Days on end with the same answer, the first and the last of them included."""

    first: date
    last: date
    answer: str


def reach(law: Law, case: Case, world: World, goal: Goal) -> Reach:
    """Find out from which to which day a question about a case may be worth asking.

    Args:
        law: the law to apply.
        case: the facts.
        world: the readings, the date of the law and the day that the question is about.
        goal: what is asked, about some day.

    Raises:
        InputError: when the question is not about a day, or the facts contradict each other.
    """
    _check_day(law, goal)
    places = _date_places(law, goal)
    told = {read_date(str(world.day)), *_told(case, places)}
    probes = _far_from(told)
    ground = ask(law, case, world, goal, probes)
    terms = {str(to_day(probe)): probe for probe in probes}
    margin = timedelta(days=_APART * 183)
    atoms = 0
    fixed, back, ahead = set(told), timedelta(), timedelta()
    several: set[Signature] = set()
    asked_at: dict[Signature, frozenset[int]] = {}
    for signature, row in _rows(ground, places):
        asked = {row[n] for n in places[signature]} & terms.keys()
        atoms += len(asked)
        if asked:
            at = {n for n in places[signature] if row[n] in asked}
            asked_at[signature] = asked_at.get(signature, frozenset()) | at
        if len(asked) > 1:
            several.add(signature)
        for day in _readable(row[n] for n in places[signature]):
            if abs(day - probes[0]) > margin:
                fixed.add(day)
            elif len(asked) == 1:
                offset = day - terms[next(iter(asked))]
                back, ahead = max(back, -offset), max(ahead, offset)
    dates = sorted(fixed)
    return Reach(
        tuple(dates),
        max(_CALENDAR[0], dates[0] - ahead - _SLACK),
        min(_CALENDAR[1], dates[-1] + back + _SLACK),
        max(1, atoms // len(probes)),
        places,
        asked_at,
        frozenset(several),
    )


def _check_day(law: Law, goal: Goal) -> None:
    kinds = law.types.get((goal.name, len(goal.arguments)), ())
    pairs = zip(goal.arguments, kinds, strict=False)
    if not any(kind == "date" and term is not None for term, kind in pairs):
        what = goal.pinpoint or goal.name
        message = f"{what} is not about a day, so there is no day from which it holds"
        hint = "give the day asked about in the question" if "date" in kinds else ""
        raise InputError([Problem(message, hint=hint)])


def _far_from(dates: Iterable[date]) -> list[date]:
    """Some days with nothing in the case for many years before and after them."""
    latest, earliest = max(dates), min(dates)
    year = latest.year + _APART
    if year > LAST_YEAR - 12:
        year = max(earliest.year - _APART, FIRST_YEAR + 10)
    return [date(year, 2, 17), date(year + 2, 1, 1), date(year + 4, 12, 31), date(year + 8, 7, 6)]


def ask(law: Law, case: Case, world: World, goal: Goal, days: Sequence[date]) -> Ground:
    """Ground the law with a case, to be asked about several days.

    Raises:
        InputError: when the facts contradict each other.
    """
    numbers = [to_day(day) for day in days]
    goals = [on_day(law, goal, number) for number in numbers]
    world = replace(world, day=numbers[0])
    return ground_case(law, case, world, goals, numbers)


def answer_days(
    law: Law, case: Case, world: World, goal: Goal, reached: Reach, first: date, last: date
) -> Iterator[Answered | None]:
    """Search for the answers on all days between two.

    Args:
        law: the law to apply.
        case: the facts.
        world: the readings and the date of the law.
        goal: what is asked, about some day.
        reached: what :func:`reach` found.
        first: the first day of interest.
        last: the last one.

    Yields:
        Days with their answers; when there is nothing more, the answer on a day that was not asked
        is the one on the day asked before. None as a sign of life.

    Raises:
        InputError: when the facts contradict each other.
    """
    whole = (last - first).days + 1
    size = _at_once(reached)
    if whole * reached.atoms <= AFFORDABLE:
        every = [first + timedelta(days=n) for n in range(whole)]
        for start in range(0, whole, size):
            some = every[start : start + size]
            ground = ask(law, case, world, goal, some)
            yield Answered(_answers(ground, law, goal, some), int(start + size < whole))
        return
    yield from _narrow_down(law, case, world, goal, reached, first, last)


def _at_once(reached: Reach) -> int:
    """How many days to ask in one grounding: some laws relate each day asked to each other."""
    most = AT_ONCE // reached.atoms
    return max(1, min(_MOST_DAYS, most) if reached.several else most)


def _narrow_down(
    law: Law, case: Case, world: World, goal: Goal, reached: Reach, first: date, last: date
) -> Iterator[Answered | None]:
    """Ask the days that the model names, and between those that differ."""
    several = set(reached.several)
    fixed = frozenset(str(to_day(day)) for day in reached.dates)
    size = _at_once(reached)
    known: dict[date, tuple[str, Outline]] = {}
    wanted = candidate_days(reached.dates, first, last)
    while wanted:
        for start in range(0, len(wanted), size):
            some = wanted[start : start + size]
            ground = ask(law, case, world, goal, some)
            atoms = [found for found in _rows(ground, reached.places) if found[0] not in several]
            several |= _about_several(atoms, reached.places, some, fixed)
            outlines = _outlines(atoms, reached, some, fixed)
            answers = _answers(ground, law, goal, some)
            known.update((day, (answer, outlines[day])) for day, answer in answers)
            yield Answered(answers, 1)
        known = {
            day: (answer, _without(outline, several)) for day, (answer, outline) in known.items()
        }
        open_spans = [
            (a, b)
            for a, b in pairwise(sorted(known))
            if b - a > _TICK and not _alike(*known[a], *known[b])
        ]
        wanted = sorted({day for a, b in open_spans for day in _between(a, b)})
    yield Answered((), 0)


def _about_several(
    atoms: Sequence[_Atom], places: Places, days: Sequence[date], fixed: frozenset[str]
) -> set[Signature]:
    """The predicates about two of the days asked, at other distances than a law has durations."""
    asked = {str(to_day(day)): day for day in days}
    free = asked.keys() - fixed
    months: dict[Signature, set[int]] = {}
    for signature, row in atoms:
        both = {row[n] for n in places[signature]} & free
        if len(both) == 2:
            one, other = sorted(both)
            distance = (asked[other] - asked[one]).days // 31
            months.setdefault(signature, set()).add(distance)
    return {signature for signature, found in months.items() if len(found) > _DURATIONS}


def _without(outline: Outline, several: set[Signature]) -> Outline:
    """An outline without some predicates."""
    return tuple(x for x in outline if (x[0][0], len(x[0]) - 1) not in several)


def _alike(answer: str, outline: Outline, other_answer: str, other: Outline) -> bool:
    """Whether the same is said of two days: what may be reckoned from a day may be fixed, too."""
    if answer != other_answer or len(outline) != len(other):
        return False
    sides = outline, other
    exact = [{told for told, _ in side} for side in sides]
    chosen = [
        Counter(told if told in exact[1 - n] else reckoned for told, reckoned in side)
        for n, side in enumerate(sides)
    ]
    return chosen[0] == chosen[1]


def candidate_days(dates: Iterable[date], first: date, last: date) -> list[date]:
    """The dates of a case and of the law with the days beside them, none far from the next."""
    beside = {day + timedelta(days=n) for day in dates for n in (-1, 0, 1)}
    found = sorted({first, last, *(day for day in beside if first <= day <= last)})
    more = [
        a + timedelta(days=n)
        for a, b in pairwise(found)
        for n in range(_LONGEST, (b - a).days, _LONGEST)
    ]
    return sorted([*found, *more])


def _between(first: date, last: date) -> Iterator[date]:
    """Some days between two, evenly spread."""
    length = (last - first).days
    parts = min(_PARTS, length)
    for n in range(1, parts):
        yield first + timedelta(days=n * length // parts)


def spans(answers: Mapping[date, str]) -> list[Span]:
    """The days with the same answer on end, from the days asked."""
    found: list[Span] = []
    for day in sorted(answers):
        if found and found[-1].answer == answers[day]:
            found[-1] = found[-1]._replace(last=day)
            continue
        if found:
            found[-1] = found[-1]._replace(last=day - timedelta(days=1))
        found.append(Span(day, day, answers[day]))
    return found


# what a model tells of days


def _answers(
    ground: Ground, law: Law, goal: Goal, days: Iterable[date]
) -> tuple[tuple[date, str], ...]:
    return tuple((day, ground.answer(on_day(law, goal, to_day(day)))) for day in days)


def _date_places(law: Law, goal: Goal) -> Places:
    """The predicates that a question rests on and facts decide, with the arguments that are dates.

    What the law reckons has no declared type, and may be a date.
    """
    rules = rules_behind(law, {(goal.name, len(goal.arguments))})
    users: dict[Signature, set[Signature]] = {}
    for rule in rules:
        for literal in all_literals(rule.body):
            if literal.atom is not None:
                users.setdefault(literal.atom.signature, set()).add(rule.head.signature)
    told = {signature for signature in law.stated if signature[0] not in DRIVER_FACTS} | {_AS_OF}
    waiting = list(told)
    while waiting:
        new = users.get(waiting.pop(), set()) - told
        told |= new
        waiting += new
    used = {rule.head.signature for rule in rules} | users.keys()
    places = {
        found: tuple(n for n, kind in enumerate(law.types[found]) if kind in ("date", None))
        for found in sorted(told & used)
        if found in law.types
    }
    return {found: row for found, row in places.items() if row}


def _told(case: Case, places: Places) -> Iterator[date]:
    """The dates that a case states of what a question rests on."""
    for statement in case.statements:
        for place in places.get((statement.name, len(statement.arguments)), ()):
            yield from _readable([statement.arguments[place]])


def _rows(ground: Ground, places: Places) -> Iterator[_Atom]:
    """The atoms, of predicates with dates among their arguments, that hold or may hold."""
    for signature in places:
        for row in ground.rows(signature):
            yield signature, row


def _readable(terms: Iterable[str]) -> Iterator[date]:
    """The terms that are days of the calendar; its first day and an open end stand for no day."""
    for term in terms:
        if len(term) == 8 and term.isdigit() and term != OPEN_END:
            try:
                day = read_date(term)
            except ValueError:
                continue
            if _CALENDAR[0] < day <= _CALENDAR[1]:
                yield day


def _outlines(
    atoms: Iterable[_Atom], reached: Reach, days: Iterable[date], fixed: frozenset[str]
) -> dict[date, Outline]:
    """All that a model says of each of some days, as far as it can be the same on another day.

    A date that is fixed and lies beside the day may be reckoned from the day as well; each atom is
    given both ways.
    """
    beside = {str(to_day(day)): [str(to_day(day + n * _TICK)) for n in (-1, 1)] for day in days}
    found: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = {day: [] for day in beside}
    for signature, row in atoms:
        dated = reached.places[signature]
        places = reached.asked_at.get(signature, dated)
        for day in {row[n] for n in places} & found.keys():
            told, reckoned = [signature[0]], [signature[0]]
            for n, term in enumerate(row):
                if n not in dated:
                    term = "" if term.lstrip("-").isdigit() else term
                elif term == day:
                    term = "day"
                elif term not in fixed:
                    term = ""
                told.append(term)
                reckoned.append("" if term in beside[day] else term)
            found[day].append((tuple(told), tuple(reckoned)))
    return {day: tuple(sorted(found[str(to_day(day))])) for day in days}


def to_day(day: date) -> int:
    """A date as yyyymmdd."""
    return 10000 * day.year + 100 * day.month + day.day

"""Dates of which only a range is known: ``between 2021-03-01 and 2021-06-30``.

While a case is read, written or changed, such a date is one term, ``between(20210301,20210630)``.
In a case that has been read it is a statement for each day, unknown, of which exactly one is so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from reasoner.casefiles.draft import Draft, Statement, check_order, check_value, report
from reasoner.errors import Position
from reasoner.lawfiles.vocabulary import Argument, Fact
from reasoner.source import Place
from reasoner.values import OPEN_END

LONGEST = 20
"""A range has at most so many years."""
_WORDS = re.compile(r"between\s+(\S+)\s+and\s+(\S+)")
_TERM = re.compile(r"between\((\d{8}),(\d{8})\)")


@dataclass(frozen=True, slots=True)
class Choice:
    """A fact of which one date, at ``place``, is one of the days from ``first`` to ``last``.

    ``arguments`` have the first day at that place.
    """

    name: str
    arguments: tuple[str, ...]
    place: int
    first: int
    last: int
    position: Position

    @property
    def written(self) -> Statement:
        """The fact with its range in one term."""
        term = f"between({self.first},{self.last})"
        return Statement(self.name, _at(self.arguments, self.place, term), "stated", self.position)

    @property
    def statements(self) -> tuple[Statement, ...]:
        """The fact on each of the days."""
        return tuple(
            Statement(self.name, _at(self.arguments, self.place, day), "unknown", self.position)
            for day in _days(self.first, self.last)
        )

    def has(self, statements: Iterable[Statement]) -> bool:
        """Whether some of the statements are this fact on one of the days."""
        return any(
            self.name == s.name
            and _at(s.arguments, self.place, str(self.first)) == self.arguments
            and self.first <= int(s.arguments[self.place]) <= self.last
            for s in statements
        )


def read_range(term: str) -> tuple[int, int] | None:
    """The first and the last day of a range, from the term that stands for it."""
    match = _TERM.fullmatch(term)
    return (int(match[1]), int(match[2])) if match else None


def check_date(draft: Draft, argument: Argument, text: str, place: Place) -> str | None:
    """Turn a value into a term, a range of days too; report it and give None if it is none."""
    match = _WORDS.fullmatch(text) if argument.type == "date" else None
    if match is None:
        return check_value(draft, argument, text, place)
    ends = [check_value(draft, argument, day, place) for day in match.groups()]
    return range_between(draft, ends[0], ends[1], place)


def range_between(draft: Draft, first: str | None, last: str | None, place: Place) -> str | None:
    """The term of a range; of a single day, that day; report a range that is none."""
    if first is None or last is None:
        return None
    if OPEN_END in (first, last):
        report(draft, place, "a range of days has an end, which 9999-12-31 is not")
        return None
    if last < first:
        hint = f"write between {_iso(last)} and {_iso(first)}"
        report(draft, place, f"this range ends before it begins, on {_iso(last)}", hint)
        return None
    if int(last) - int(first) >= LONGEST * 10_000:
        report(draft, place, f"a range of days is not longer than {LONGEST} years")
        return None
    return first if first == last else f"between({first},{last})"


def check_ranges(
    draft: Draft, fact: Fact, terms: Sequence[str | None], status: str, places: Sequence[Place]
) -> bool:
    """Check the order of dates, whatever day a range stands for, and that one range is enough.

    Returns:
        Whether the fact can be stated, as far as its ranges go.
    """
    ranges = [n for n, term in enumerate(terms) if term and read_range(term)]
    for end in (0, 1) if ranges else (0,):
        known = len(draft.problems)
        days = [_end(term, end) for term in terms]
        check_order(draft, fact, days, list(places))
        if len(draft.problems) > known:
            break
    if len(ranges) > 1:
        message = "only one date of an entry can be a range of days"
        report(draft, places[ranges[1]], message, "write the likely day for the other one")
    elif ranges and status != "stated":
        message = "what is stated on an unknown day cannot be denied or unknown as well"
        report(draft, places[ranges[0]], message, "name one day, or leave 'is' out")
    return not ranges or (len(ranges) == 1 and status == "stated")


def check_overlaps(draft: Draft) -> None:
    """Report each range with a day on which the same is stated besides."""
    stated = list(draft.stated.values())
    for place, statement in enumerate(stated):
        choice = _choice(statement)
        if choice is None:
            continue
        ends = choice.first, choice.last
        for number, other in enumerate(stated):
            if number == place or not _same_besides(statement, other, choice.place):
                continue
            first, last = read_range(other.arguments[choice.place]) or (0, 0)
            if not first:
                first = last = int(other.arguments[choice.place])
            if first <= ends[1] and ends[0] <= last and (number < place or first == last):
                where = Place(statement.position.line, statement.position.column)
                line = other.position.line
                hint = f"also on line {line}" if line else ""
                report(draft, where, "this is stated twice for some of these days", hint)


def _same_besides(one: Statement, other: Statement, place: int) -> bool:
    """Whether two statements are the same but for one argument."""
    if one.name != other.name or len(one.arguments) != len(other.arguments):
        return False
    return _at(one.arguments, place, "") == _at(other.arguments, place, "")


def expand(
    statements: Iterable[Statement],
) -> tuple[tuple[Statement, ...], tuple[Choice, ...]]:
    """Statements with each range as its days, and the ranges."""
    found: list[Statement] = []
    choices: list[Choice] = []
    for statement in statements:
        choice = _choice(statement)
        if choice is None:
            found.append(statement)
        else:
            choices.append(choice)
            found += choice.statements
    return tuple(found), tuple(choices)


def collapse(statements: Iterable[Statement], choices: Iterable[Choice]) -> list[Statement]:
    """Statements with the days of each range as one term, as far as they are still open."""
    known = {statement.atom: statement for statement in statements}
    whole: dict[str, Statement] = {}
    passed: set[str] = set()
    for choice in choices:
        days = [s.atom for s in choice.statements]
        if all(day in known and known[day].status == "unknown" for day in days):
            whole[days[0]] = choice.written
            passed.update(days)
        elif any(day in known and known[day].status == "stated" for day in days):
            passed.update(d for d in days if d in known and known[d].status == "unknown")
    return [
        whole.get(atom, statement)
        for atom, statement in known.items()
        if atom in whole or atom not in passed
    ]


def open_days(statements: Iterable[Statement], choices: Iterable[Choice]) -> list[list[Statement]]:
    """For each range, the days on which a case leaves it open; none where it states the day."""
    known = {statement.atom: statement for statement in statements}
    found = []
    for choice in choices:
        days = [known[s.atom] for s in choice.statements if s.atom in known]
        if not any(day.status == "stated" for day in days):
            found.append([day for day in days if day.status == "unknown"])
    return [days for days in found if days]


def _choice(statement: Statement) -> Choice | None:
    for place, term in enumerate(statement.arguments):
        ends = read_range(term)
        if ends:
            arguments = _at(statement.arguments, place, str(ends[0]))
            return Choice(statement.name, arguments, place, *ends, statement.position)
    return None


def _at(arguments: Sequence[str], place: int, term: str) -> tuple[str, ...]:
    return (*arguments[:place], term, *arguments[place + 1 :])


def _days(first: int, last: int) -> Iterator[str]:
    day = date.fromisoformat(_iso(str(first)))
    end = date.fromisoformat(_iso(str(last)))
    while day <= end:
        yield day.strftime("%Y%m%d")
        day += timedelta(1)


def _end(term: str | None, end: int) -> str | None:
    ends = read_range(term) if term else None
    return str(ends[end]) if ends else term


def _iso(term: str) -> str:
    return f"{term[:4]}-{term[4:6]}-{term[6:]}"

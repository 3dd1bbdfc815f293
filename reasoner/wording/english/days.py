"""The days on which an answer turns, and the periods that are counted, in English."""

from __future__ import annotations

from reasoner.wording.english.answers import ANSWERS
from reasoner.wording.english.terms import length


def asked_when(title: str, question: str, first: str, last: str, given: bool) -> str:
    if given:
        return f"{title}: {question}, each day from {first} to {last}."
    return f"{title}: {question}, each day from {first} to {last}, as far as dates reach."


def interval(answer: str, first: str, last: str, days: int) -> str:
    if days == 1:
        return f"{ANSWERS[answer]} on {first}, one day."
    return f"{ANSWERS[answer]} from {first} to {last}, {length(days)}."


def whole_time(answer: str) -> str:
    return f"{ANSWERS[answer]} on each of these days."


def never_certain() -> str:
    return "On none of these days is the answer certainly yes."


def first_day(day: str) -> str:
    return f"First day: {day}."


def last_day(day: str) -> str:
    return f"Last day: {day}."


def open_edge(start: bool) -> str:
    return "It may have begun earlier." if start else "It may go on."


def not_explained(number: int) -> str:
    return f"{number} more turn{'' if number == 1 else 's'} not explained."


def counted_periods() -> str:
    return "Periods that count"


def put_off(planned: str) -> str:
    return f"put off from {planned}"


def clock_stopped(day: str) -> str:
    return f"stopped on {day}"


def clock_again(day: str) -> str:
    return f"began again on {day}"


def day_asked(day: str) -> str:
    return f"{day} asked about"


def lane_answer() -> str:
    return "answer"


def lane_counted() -> str:
    return "counted"

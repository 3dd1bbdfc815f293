"""What a language has for the days on which an answer turns, and the periods that are counted."""

from __future__ import annotations

from typing import Protocol


class Days(Protocol):
    """The days on which an answer turns, and the periods that are counted."""

    def asked_when(self, title: str, question: str, first: str, last: str, given: bool) -> str:
        """The heading of the days on which an answer is yes; ``given``: the bounds were given."""

    def interval(self, answer: str, first: str, last: str, days: int) -> str:
        """Days on end with the same answer."""

    def whole_time(self, answer: str) -> str:
        """That the answer is the same on all days looked at."""

    def never_certain(self) -> str:
        """That the answer is yes on no day, but on some depends on unknown facts."""

    def first_day(self, day: str) -> str:
        """The first day on which the answer is yes."""

    def last_day(self, day: str) -> str:
        """The last day on which the answer is yes."""

    def open_edge(self, start: bool) -> str:
        """That the answer is yes on the first, or the last, day looked at."""

    def not_explained(self, number: int) -> str:
        """How many turns of the answer were not looked into."""

    def counted_periods(self) -> str:
        """The heading of the periods that are counted."""

    def put_off(self, planned: str) -> str:
        """The day on which a period was to be complete before it was put off."""

    def clock_stopped(self, day: str) -> str:
        """The day on which a period ceased to be counted."""

    def clock_again(self, day: str) -> str:
        """The day from which a period was counted anew."""

    def day_asked(self, day: str) -> str:
        """The mark of the day asked about."""

    def lane_answer(self) -> str:
        """The name of the lane with the answer."""

    def lane_counted(self) -> str:
        """The name of the lane with the periods that are counted."""

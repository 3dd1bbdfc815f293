"""What a language has for what is said beside the lines of a tree."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Protocol


class Trees(Protocol):
    """What is said beside the lines of a tree."""

    SHOWN_ABOVE: str
    CIRCULAR: str
    CIRCLE: str
    OTHER_WAY: str
    NOT_STATED: str
    ASSUMED: str

    def otherwise(self, options: Sequence[str]) -> str:
        """The options under which a conclusion would be another."""

    def counted(self, number: str) -> str:
        """A number that the law counts."""

    def late(self, days: int, reached: date) -> str:
        """How many days a day is short of another."""

    def short(self, have: int, need: int) -> str:
        """How much a number is short of another."""

    def absent(self, facts: Sequence[str], more: int) -> str:
        """The facts that nobody stated, and how many are not named."""

    def on_some_day(self, first: str, last: str, line: int) -> str:
        """The range that a fact's day lies in, and the line that says so."""

    def from_lines(self, lines: Sequence[int]) -> str:
        """Where in the case file something rests; here and below, line 0 is what is assumed."""

    def stated(self, lines: Sequence[int]) -> str:
        """The lines that state a fact."""

    def stated_otherwise(self, line: int) -> str:
        """The line that states a fact with other values."""

    def denied(self, line: int) -> str:
        """The line that says that a fact is not so."""

    def unknown(self, line: int) -> str:
        """The line that leaves a fact open."""

    def settled_by(self, what: str, who: str) -> str:
        """Who could settle a fact that nobody stated; ``what`` as in ``Settled by``."""

    def way(self, place: int, ways: int, holds: bool | None) -> str:
        """The heading of one of several rules that could have led to a conclusion."""

    def more_like_these(self, number: int) -> str:
        """What stands for branches left out."""

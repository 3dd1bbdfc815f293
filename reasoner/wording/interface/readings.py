"""What a language has for how an answer depends on the readings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol


class Readings(Protocol):
    """How an answer depends on the readings."""

    def may_be_more(self, why: str) -> str:
        """That a search was not finished: because of its limit, the time, or an interruption."""

    def robust(self, looked_at: int) -> str:
        """That no choice of so many readings gives another answer."""

    def none_found(self) -> str:
        """The same where the search was not finished."""

    def swayed(self, answer: str) -> str:
        """The heading of the options that give another answer, or settle an undetermined one."""

    def under_together(self, answer: str, options: Sequence[str]) -> str:
        """The answer under some options taken together."""

    def each_alone(self) -> str:
        """The heading of a table of options with the answer under each."""

    def taken(self, option: str) -> str:
        """An option that applies unless another is chosen."""

    def without_effect(self, readings: Sequence[str], certain: bool) -> str:
        """The readings that make no difference, or for which none was found."""

    def not_looked_at(self, number: int) -> str:
        """How many readings a question does not look at."""

    def numbers_tried(self, option: str, tried: Sequence[str]) -> str:
        """Which numbers were tried for an option that takes one."""

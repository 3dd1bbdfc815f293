"""What a language has for two answers and their reasons side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol


class Comparisons(Protocol):
    """Two answers and their reasons side by side."""

    AS_STATED: str
    AS_CHANGED: str
    CHANGES_NOTHING: str

    def compared(self, title: str, day: str, worlds: Sequence[str]) -> str:
        """The heading of a comparison."""

    def amended(self, provisions: Sequence[str], matters: bool) -> str:
        """The provisions amended between two dates, those that matter or the others."""

    def amendment(self, provision: str, day: str, note: str) -> str:
        """One of them, with what the law files say of it."""

    def other_reasons(self, answer: str) -> str:
        """That an answer is the same, for other reasons."""

    def stayed(self, conditions: Sequence[str]) -> str:
        """The conditions that are met in both worlds, or in neither."""

    def same(self, answers: Sequence[str]) -> str:
        """The questions with the same answers for the same reasons."""

    def nothing_differs(self) -> str:
        """That no answer and no reason differs."""

    def then(self, first: str, second: str) -> str:
        """What is so in the first world, and what in the second."""

    def what_if(self, title: str, day: str) -> str:
        """The heading above the changes of a case."""

    def instead_of(self, value: str) -> str:
        """The value that a changed fact had before."""

    def change(self, number: int) -> str:
        """One of several changes."""

    def made_alone(self, number: int, alone: str, without: str) -> str:
        """The answer with one change only, and without it only; empty where that cannot be."""

    def enough(self, sets: Sequence[Sequence[int]], changes: int) -> str:
        """The smallest sets of changes that give the new answer; none means that none was found."""

    def otherwise_with(self, sets: Sequence[Sequence[int]]) -> str:
        """The sets of changes that would give another answer where all together give the same."""

    def idle(self, changes: Sequence[int]) -> str:
        """The changes without effect on an answer."""

    def common(self, conditions: Sequence[str]) -> str:
        """The conditions that are met in both of two cases, or in neither."""

    def carried(self, subject: str, answer: str, several: bool) -> str:
        """The heading of what, carried over from another case, gives the answer of that case."""

    def nothing_carried(self, subject: str, answer: str) -> str:
        """That nothing, carried over from another case, gives the answer of that case."""

    def together(self) -> str:
        """The heading of what has an effect only together."""

    def without(self, words: str) -> str:
        """What is no longer so."""

    def aside(self) -> str:
        """The heading of what differs without anything turning on it."""

"""What a language has for the changes of a case that give another answer or turn a condition."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol


class Changes(Protocol):
    """The changes of a case that give another answer or turn a condition."""

    NEW: str

    def would_make(self, answer: str, whatever: bool) -> str:
        """The heading of the changes that would give an answer; ``whatever``: also of the past."""

    def somebody_acts(self, how: str, who: str) -> str:
        """Who would bring some changes about: a decision, opinion, finding or act, or none."""

    def nobody_acts(self, day: str, alone: bool) -> str:
        """That the answer is another on a later day; ``alone``: and that this is all it takes."""

    def also_with(self, values: Sequence[str], more: int) -> str:
        """Other values with which a change does as well, and how many are not named."""

    def no_change_found(self, answer: str) -> str:
        """That no changes were found that would give an answer."""

    def changes_looked_at(self, number: int, facts: int, last: str, whole: bool) -> str:
        """What the search looked at, and whether that was all."""

    def varied(self, alone: bool) -> str:
        """The heading of changes that turn a condition; ``alone``: without the answer."""

    def answer_varied(self, answer: str, same: bool) -> str:
        """The answer before and after some changes, or the one that stays."""

    def turns_too(self, pinpoints: Sequence[str]) -> str:
        """The provisions of which other conditions turn with the same changes."""

    def no_variation(self, most: int) -> str:
        """The heading of conditions that no variation of so many changes was found to turn."""

    def not_varied(self) -> str:
        """The heading of conditions that a search did not come to."""

    def generated(self, title: str, number: int) -> str:
        """The title of a case that was made of another one."""

    def turned(self, pinpoint: str, condition: str, changes: str) -> str:
        """What such a case is for: the condition as it was, and what is otherwise."""

    def search_stopped(self, ended: str) -> str:
        """That a search ended early, and why: limit, time or interrupted."""

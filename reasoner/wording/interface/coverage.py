"""What a language has for which conditions of a law are shown to decide."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol


class Coverage(Protocol):
    """Which conditions of a law are shown to decide."""

    def coverage_columns(self) -> Sequence[str]:
        """The columns: provision, conditions, what shows that they decide, what is left."""

    def coverage_sum(self, conditions: int, told: Mapping[str, int]) -> str:
        """How many conditions there are, and how many of each outcome."""

    def open_heading(self, provision: str) -> str:
        """The heading of the conditions of a provision that nothing shows to decide."""

    def part_searched(self, scope: str) -> str:
        """What part of a scope was searched to the end."""

    def partly_heading(self, provision: str) -> str:
        """The heading of conditions that no pair of a part of a scope shows."""

    def none_heading(self, provision: str) -> str:
        """The heading of the conditions of a provision that no pair of the scope shows."""

    def never_heading(self, provision: str) -> str:
        """The heading of those whose rule applies in no story of the scope."""

    def scope_searched(self, scope: str, axioms: int) -> str:
        """What was searched: a scope in words, and how many axioms hold in its stories."""

    def nearby_facts(self, reach: int) -> str:
        """How far the facts of stories may be from what is sought, after "at most"."""

    def both_sides_seen(self) -> str:
        """That the rule applies in some story, and the condition alone is missing in another."""

    def pair_found(self, case: str, changes: Sequence[str]) -> str:
        """A pair of stories: a case, or a story made up where it has no name, what it has before
        the change, and the change last."""

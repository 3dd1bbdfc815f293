"""What a language has for changes of a law, and whether anybody notices them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol


class Mutants(Protocol):
    """Changes of a law, and whether anybody notices them."""

    def mutation_columns(self) -> Sequence[str]:
        """The columns: provision, changes, and what became of them, outcome by outcome."""

    def mutation_sum(self, tried: int, noticed: int, rest: Mapping[str, int]) -> str:
        """How many changes were tried and noticed, and what became of the rest, by outcome."""

    def unnoticed_heading(self, provision: str) -> str:
        """The heading of the changes of a provision that nobody notices."""

    def dropped(self, what: str) -> str:
        """That a condition is dropped."""

    def negated(self, what: str) -> str:
        """That a condition is turned into its opposite."""

    def shifted(self, what: str, before: str, after: str) -> str:
        """That a number or a day becomes the one beside it."""

    def limit_shifted(self, what: str, included: bool) -> str:
        """That a limit comes to be included, or no longer is."""

    def conclusion_shifted(self, what: str, before: str, after: str) -> str:
        """That a rule concludes a number or a day beside the one that it does."""

    def rule_dropped(self, what: str) -> str:
        """That a whole rule is left out."""

    def part_dropped(self, what: str) -> str:
        """That one of the things that are counted is left out."""

    def line_of(self, line: int) -> str:
        """What has no words of its own, by the line on which it stands."""

    def not_reached(self) -> str:
        """That no case comes to a rule in such a way that the change would matter there."""

    def listed_in_vain(self, ids: Sequence[str]) -> str:
        """That changes are listed as known to be unnoticed, and are noticed or do not exist."""

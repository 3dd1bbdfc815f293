"""What a language has for changes of a law, and whether anybody notices them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol


class Mutants(Protocol):
    """Changes of a law, and whether anybody notices them."""

    def mutation_columns(self) -> Sequence[str]:
        """The columns: provision, changes, and what became of them, outcome by outcome."""

    def mutation_sum(self, tried: int, counted: Mapping[str, int]) -> str:
        """How many changes were tried, and what became of them, by outcome."""

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

    def mutant_told(self, story: str, question: str, answer: str) -> str:
        """A story that notices a change, with a question and what the law answers."""

    def told_elsewhere(self, id: str) -> str:
        """That the story told of another change notices this one too."""

    def story_of_mutant(self, provision: str, words: str) -> str:
        """What a story is called that notices a change of a provision, in words."""

    def mutants_untold(self, number: int, parts: Sequence[str]) -> str:
        """How many changes no story tells from the law, and the parts of the scope searched."""

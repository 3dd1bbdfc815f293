"""What a language has for the words that sentences are made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from typing import Protocol


class Terms(Protocol):
    """The words that sentences are made of."""

    NO_END: str

    def fill(self, pattern: str, values: Mapping[str, str], implied: Set[str] = frozenset()) -> str:
        """A sentence with its places filled; "from {From}" goes when the value is only implied."""

    def anything(self, kind: str | None) -> str:
        """An open argument of a sort that the law has no words for."""

    def predicate(self, name: str, arguments: Sequence[str], holds: bool | None) -> str:
        """A predicate without a sentence of its own."""

    def reading(self, name: str, option: str, text: str, holds: bool | None) -> str:
        """The option that applies, or does not, where the text is open."""

    def option(self, name: str, option: str) -> str:
        """A reading with its option, in short."""

    def compare(self, kind: str, operator: str, left: str, right: str) -> str:
        """Two values compared; ``kind`` is date, number or thing."""

    def length(self, days: int) -> str:
        """A number of days."""

    def between(self, first: str, last: str) -> str:
        """An unknown day of a range, in the place of a date."""

    def list_words(self, words: Sequence[str]) -> str:
        """ "a, b and c"."""

    def labelled(self, label: str, words: str) -> str:
        """Words with a label before them."""

    def more(self, number: int) -> str:
        """What stands for the rest of a list."""

    def days_within(self, first: str | None, last: str | None) -> str:
        """A day at or after the first and at or before the last, where there are such."""

"""What a language has for answers, what they turn on, and the official words beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol


class Answers(Protocol):
    """Answers, what they turn on, and the official words beside them."""

    ANSWERS: Mapping[str, str]
    CONTRADICTION: str
    GUIDANCE: str
    DAY_ASKED: str
    DATE_OF_LAW: str

    def verdict(self, answer: str, words: str, day: str) -> str:
        """The answer in a sentence, with the day where the words do not name it."""

    def law_agrees(self, pinpoint: str, answer: str, words: str, day: str) -> str:
        """What the law says that agrees with guidance."""

    def law_differs(self, pinpoint: str, answer: str, words: str, day: str) -> str:
        """What the law says that differs from guidance."""

    def differ_on(self, remarks: Sequence[str]) -> str:
        """The words on which they differ."""

    def decided_by(self, pinpoints: Sequence[str]) -> str:
        """The provisions that decide."""

    def turns_on(self, pinpoints: Sequence[str]) -> str:
        """The provisions on which an undetermined answer turns."""

    def settles(self, answer: str, facts: Sequence[str]) -> str:
        """The answer that follows if some facts are so."""

    def text_of(self, language: str) -> str:
        """The official text in a language."""

    def law_of(self, day: str) -> str:
        """The law as it stood on a day."""

    def in_force(self, day: str) -> str:
        """That words have been in force since a day."""

    def survey(self, title: str, questions: int, day: str) -> str:
        """The heading of the answers to all questions that a case touches."""

    def official_words(self, texts: Mapping[str, str]) -> str:
        """What is quoted: the languages, each with the day of its consolidation."""

    def other_words(self, language: str) -> str:
        """The rules were written from other words in a language than those quoted."""

    def not_imported(self, title: str, languages: Sequence[str], page: str) -> str:
        """How to import what cannot be quoted; ``page`` is where it is, or empty."""

    def no_question(self, day: str) -> str:
        """That a case touches no question."""

    def under(self, options: Sequence[str], law_date: str, language: str | None = None) -> str:
        """The readings chosen, the date of the law and the language of its text if one was."""

    def left_open(self, number: int) -> str:
        """How many facts that nobody stated are left open."""

    def beside_stated(self, words: str) -> str:
        """That nothing of a kind is so but what is stated."""

    def settles_more(self) -> str:
        """That not all sets of facts that would settle an answer are named."""

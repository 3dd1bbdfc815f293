"""What a language has for what an interview asks and understands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol


class Interviews(Protocol):
    """What an interview asks and understands."""

    REPLIES: Mapping[str, str]
    ORDERS: Mapping[str, str]

    def which_provision(self) -> str:
        """The question what an interview is about."""

    def which_day(self) -> str:
        """The question what day it is about."""

    def about_whom(self, type: str) -> str:
        """The question whom or what of a type it is about."""

    def is_it_so(self, sentence: str) -> str:
        """A question made of a sentence, where there is no better one."""

    def besides(self, stated: Sequence[str], question: str) -> str:
        """A question whether there is another beside those stated."""

    def what_is_missing(self, sentence: str) -> str:
        """The question what belongs into the blank of a sentence."""

    def expected(self, kind: str, values: Sequence[str], usual: str) -> str:
        """What may be replied.

        Args:
            kind: ``provision``, ``status``, ``date``, ``number``, ``name``, ``values`` or ``some``.
            values: all there are, or for ``some`` and ``provision`` a few of them.
            usual: what is taken where nothing is said.
        """

    def replies(self) -> str:
        """What may be said in an interview."""

    def why_asked_first(self) -> str:
        """Why an interview begins as it does."""

    def so_far(self, verdict: str) -> str:
        """The answer as things stand in an interview."""

    def ended(self, questions: int) -> str:
        """That nothing further can change the answer."""

    def ended_early(self, questions: int) -> str:
        """That more may be asked."""

    def ended_in_doubt(self, questions: int, open_questions: Sequence[str]) -> str:
        """That only what nobody knew can change the answer: the questions about it."""

    def found_out(self, question: str, day: str) -> str:
        """The title of a case that was found out in an interview."""

"""What a language has for what is found in a law as a whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol


class Audit(Protocol):
    """What is found in a law as a whole."""

    def audit_heading(self, kind: str) -> str:
        """What the findings of a kind have in common."""

    def audit_finding(
        self, kind: str, what: str, guidance_yes: bool, resting: int, turning: int
    ) -> str:
        """What a finding says of some conclusion, condition, option or fact in words.

        ``guidance_yes`` tells which of two layers says yes; ``resting`` and ``turning`` count the
        cases that rest on a reading and those that turn on it.
        """

    def audit_moment(self, what: str, fact: str) -> str:
        """That a condition decides only where a fact, that something was done, is stated."""

    def audit_open(self, kind: str, what: str) -> str:
        """What was not settled, of what would have been a finding of some kind."""

    def audit_case(self, name: str) -> str:
        """The case that shows a finding."""

    def audit_nothing(self) -> str:
        """That an audit found nothing."""

    def audit_unasked(
        self, unasked: Mapping[str, int], repeated: int, unsettled: int
    ) -> Sequence[str]:
        """What an audit did not ask, did not list, and did not settle."""

    def audit_axioms(self, number: int) -> str:
        """How many axioms there are, where they are not listed."""

    def audit_given(self, conditions: str) -> str:
        """That an audit looked only at those of whom some conditions are true."""

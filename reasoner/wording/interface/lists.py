"""What a language has for lists of what the law files say."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol


class Lists(Protocol):
    """Lists of what the law files say: provisions, facts, readings."""

    def layer(self, name: str) -> str:
        """A layer of the law: act, regulation or guidance."""

    def in_force_note(self, note: str) -> str:
        """A note about what was in force when."""

    def not_encoded(self, why: str) -> str:
        """That a provision has no rules, and why."""

    def law_on_it(self, pinpoint: str, words: str) -> str:
        """What the law says of a matter of guidance."""

    def guidance_on_it(self, pinpoints: Sequence[str]) -> str:
        """Where guidance speaks of a provision."""

    def below_it(self, pinpoints: Sequence[str]) -> str:
        """The provisions below one."""

    def cases_named(self, names: Sequence[str], more: int) -> str:
        """The shipped cases that ask about a provision, and how many more."""

    def usual_option(self, option: str, words: str, default: bool) -> str:
        """An option of a reading, with its words; the default is marked."""

    def option_from(self, authority: str) -> str:
        """On what an option rests."""

    def favoured_by(self, text: str) -> str:
        """That one of the official texts favours an option."""

    def text_says(self, text: str, option: str) -> str:
        """What one of the official texts says where the two differ."""

    def left_open_by(self, text: str, default: str) -> str:
        """That one of the official texts leaves a reading open."""

    def and_near_misses(self) -> str:
        """That a case comes with near misses."""

    def nothing_listed(self, what: str, word: str) -> str:
        """That no fact, reading or case mentions a word or, without one, that there is none."""

    def who_settles(self, settled: str, who: str, how: str, by: str) -> str:
        """Who settles a fact, and whether it can still change: no, yes, by somebody, once."""

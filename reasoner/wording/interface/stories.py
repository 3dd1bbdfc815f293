"""What a language has for claims, the stories that break them, and what was searched for these."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol


class Stories(Protocol):
    """Claims, the stories that break them, and what was searched for these."""

    def claim_verdict(self, verdict: str) -> str:
        """What came of a claim: holds, refuted or open."""

    def verdict_expected(self, verdict: str) -> str:
        """The verdict that was expected and did not come."""

    def search_open(self, too_large: bool, ended: str) -> str:
        """Why a search for a story came to no verdict."""

    def story_size(self, facts: int) -> str:
        """How many facts a story states."""

    def story_turns_on(self, pinpoints: Sequence[str]) -> str:
        """The provisions on which a story against a claim turns."""

    def under_any_readings(self) -> str:
        """That a verdict is one for all readings."""

    def no_case_breaks(self) -> str:
        """That no case breaks a claim."""

    def claims_summary(self, claims: int, verdicts: int, failed: int, seconds: float) -> str:
        """How many claims and verdicts there are, how many otherwise than expected, how long."""

    def on_one_day(self, text: str) -> str:
        """A sentence in which a period that begins and ends on the same day is that day."""

    def and_also(self, text: str, rest: str) -> str:
        """A sentence that goes on with something else about the same subject."""

    def in_order(self, text: str, name: str, label: str, some: str) -> str:
        """A text in which an entity that is called "first" has its place before its noun.

        Args:
            text: what is said.
            name: what the entity is called.
            label: what its type is called.
            some: any entity of the type, in words.
        """

    def story_ends(self, day: str, met: Sequence[str], unmet: Sequence[str]) -> str:
        """What the law makes of a story, what is so and what is not, with the day if unnamed."""

    def broken(self, claim: str) -> str:
        """That some story breaks a claim, which may have no words."""

    def unbroken(self, claim: str, whole: bool) -> str:
        """That no story was found that breaks a claim, with all of the scope searched or not."""

    def broken_under(self, options: Sequence[str]) -> str:
        """That a story breaks a claim because of some options, or whatever the readings are."""

    def holds_under(self, options: Sequence[str]) -> str:
        """That no story was found that breaks a claim under some options."""

    def survey_verdict(self, verdict: str) -> str:
        """What the readings make of a claim: broken, unbroken, depends or open."""

    def readings_matter(self, names: Sequence[str]) -> str:
        """The readings on which a claim depends."""

    def story_heading(self, number: int) -> str:
        """The heading of a story."""

    def entities(self, number: int, one: str, several: str, label: str) -> str:
        """So many entities: the words for one and for several as cases say them, and the label."""

    def part_of_scope(
        self, entities: Sequence[str], facts: int, days: int, first: str, last: str
    ) -> str:
        """A part of a scope: who is in its stories, how many sorts of facts, on which days."""

    def scope_is(self, part: str) -> str:
        """The scope of a search."""

    def searched_part(self, part: str, whole: bool) -> str:
        """What was searched to the end, and whether that is all of the scope."""

    def part_left(self, part: str) -> str:
        """What was not searched to the end."""

    def part_too_large(self, part: str, statements: int, most: int, smaller: str) -> str:
        """What was not searched for its size, and a scope that can be."""

    def axioms_used(self, names: Sequence[str]) -> str:
        """What was taken to be impossible, by name."""

    def usual_readings(self) -> str:
        """That no reading was chosen."""

    def took(self, seconds: float) -> str:
        """How long it took."""

    def axiom_added(self, name: str, path: str) -> str:
        """That something is taken to be impossible from now on, and in which file that stands."""

    def own_axiom(self, path: str) -> str:
        """Where an axiom of the user's own stands."""

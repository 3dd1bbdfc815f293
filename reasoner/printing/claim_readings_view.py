"""Lay out under which readings a claim holds, and which stories break it under the others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from reasoner.printing.show import Row, Span, paragraph
from reasoner.printing.stories_view import (
    BROKEN,
    OPEN,
    UNBROKEN,
    Story,
    ground_rows,
    scope_rows,
    words_of,
)
from reasoner.solving.search import COMPLETE
from reasoner.stories.claims import Claim
from reasoner.stories.readings import Choice, Survey
from reasoner.wording.phrases import phrases

if TYPE_CHECKING:
    from reasoner.wording.interface import Phrases

READINGS_SCHEMA = "reasoner/refute-readings/1"
DEPENDS = "depends"


class Broken(NamedTuple):
    """A story that breaks a claim, and the options because of which it does."""

    options: tuple[Choice, ...]
    story: Story


@dataclass(frozen=True, slots=True)
class Surveyed:
    """A survey of the readings of a claim that has ended."""

    survey: Survey
    broken: Sequence[Broken]
    ended: str
    seconds: float

    @property
    def verdict(self) -> str:
        """Whether the claim is broken, unbroken, or that depends on readings; or it is open."""
        holds = bool(self.survey.holds())
        if self.broken:
            return DEPENDS if holds else BROKEN
        return UNBROKEN if self.ended == COMPLETE and not self.survey.search.too_large else OPEN


def heading_rows(claim: Claim, width: int, language: str) -> Iterator[Row]:
    """What a claim says, where it has words."""
    words = words_of(claim, language)
    if words:
        yield from paragraph(words, width, style="bold")


def broken_rows(broken: Broken, number: int, width: int, language: str) -> Iterator[Row]:
    """Under which options a story breaks the claim, and the story."""
    say = phrases(language)
    yield [Span("")]
    words = say.broken_under(list(_spoken(say, broken.options)))
    yield from paragraph(words, width, style="bold red")
    yield from broken.story.rows(number, width)


def closing_rows(
    result: Surveyed, width: int, language: str, *, full: bool = False
) -> Iterator[Row]:
    """Under which options the claim holds, which readings decide, and what all this rests on."""
    survey, say = result.survey, phrases(language)
    yield [Span("")]
    yield from paragraph(say.survey_verdict(result.verdict), width, style="bold")
    holds = survey.holds()
    for options in holds if result.broken else ():
        words = say.holds_under(list(_spoken(say, options)))
        yield from paragraph(words, width, style="green")
    if survey.matter:
        yield from paragraph(say.readings_matter(sorted(survey.matter)), width)
    yield [Span("")]
    yield from scope_rows(survey.search, width, language)
    yield from ground_rows(survey.search, width, language, full=full, usual=False)
    if result.ended != COMPLETE:
        yield from paragraph(say.search_stopped(result.ended), width, style="dim")
    yield from paragraph(say.took(result.seconds), width, style="dim")


def _spoken(say: Phrases, options: Iterable[Choice]) -> Iterator[str]:
    for name, option in options:
        yield say.option(name, option)


def as_json(result: Surveyed, language: str) -> dict[str, Any]:
    """The same as plain data; the schema is in ``docs/json.md``."""
    survey = result.survey
    claim = survey.search.claim
    return {
        "claim": {"name": claim.name or None, "words": words_of(claim, language) or None},
        "verdict": result.verdict,
        "broken": [
            {"readings": dict(broken.options), "story": broken.story.as_json(claim)}
            for broken in result.broken
        ],
        "holds": [{"readings": dict(options)} for options in survey.holds()],
        "matter": sorted(survey.matter),
        "looked_at": sorted(survey.options()),
        "ended": result.ended,
        "seconds": round(result.seconds, 2),
    }

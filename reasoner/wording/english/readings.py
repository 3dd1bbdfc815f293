"""How an answer depends on the readings, in English."""

from __future__ import annotations

from collections.abc import Sequence

from reasoner.wording.english.answers import ANSWERS
from reasoner.wording.english.grammar import so_many
from reasoner.wording.english.terms import list_words


def may_be_more(why: str) -> str:
    reasons = {
        "limit": "the search stopped at its limit (--limit)",
        "time": "the time was up (--time)",
        "interrupted": "the search was interrupted",
    }
    return f"There may be more: {reasons[why]}."


def robust(looked_at: int) -> str:
    if not looked_at:
        return "The answer does not depend on readings: the question looks at none."
    return (
        "No choice of readings gives another answer. The question looks at "
        f"{so_many(looked_at, 'reading')}; none matters, alone or together with others."
    )


def none_found() -> str:
    return "No choice of readings was found that gives another answer."


def swayed(answer: str) -> str:
    if answer == "undetermined":
        return "Some choices of readings settle it, whatever the unknown facts are:"
    return "Some choices of readings give another answer:"


def under_together(answer: str, options: Sequence[str]) -> str:
    return f"{ANSWERS[answer]} under {list_words(options)}."


def each_alone() -> str:
    return "The answer under each option alone, the other readings as they are:"


def taken(option: str) -> str:
    return f"{option} (taken)"


def without_effect(readings: Sequence[str], certain: bool) -> str:
    lead = "Looked at, without effect on the answer" if certain else "Looked at, no effect found"
    return f"{lead}: {list_words(readings)}."


def not_looked_at(number: int) -> str:
    others = "1 other reading has" if number == 1 else f"{number} other readings have"
    return f"{others} no part in this question."


def numbers_tried(option: str, tried: Sequence[str]) -> str:
    return f"For {option} these numbers were tried: {list_words(tried)}."

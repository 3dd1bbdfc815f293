"""Which conditions of a law are shown to decide, in English."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reasoner.wording.english.terms import list_words

_SHOWN_BY = {
    "cases": "shown by cases",
    "near_misses": "shown by near misses",
    "found": "shown by pairs found now",
    "impossible": "brought along by others",
    "none": "shown by no two stories within the scope",
    "never": "of rules that apply in no story within the scope",
    "partly": "shown by no two stories within a part of it",
    "open": "open",
}


def coverage_columns() -> Sequence[str]:
    return (
        "provision",
        "conditions",
        "cases",
        "near misses",
        "found",
        "open",
        "both sides",
        "never alone",
        "none in scope",
        "never applies",
        "none in part",
    )


def coverage_sum(conditions: int, told: Mapping[str, int]) -> str:
    parts = [f"{number:,} {_SHOWN_BY[outcome]}" for outcome, number in told.items() if number]
    return f"{conditions:,} condition{'' if conditions == 1 else 's'}: {', '.join(parts)}."


def open_heading(provision: str) -> str:
    return f"{provision}: no two stories show yet that this decides"


def none_heading(provision: str) -> str:
    return f"{provision}: no two stories within the scope show that this decides"


def partly_heading(provision: str) -> str:
    return f"{provision}: no two stories within a part of the scope show that this decides"


def part_searched(scope: str) -> str:
    return f"searched to the end: {scope}"


def never_heading(provision: str) -> str:
    return f"{provision}: the rule applies in no story within the scope"


def scope_searched(scope: str, axioms: int) -> str:
    known = f", in which {'an axiom holds' if axioms == 1 else f'{axioms} axioms hold'}"
    return f"The scope: stories with at most {scope}{known if axioms else ''}."


def nearby_facts(reach: int) -> str:
    steps = "no step" if not reach else f"{reach} step{'' if reach == 1 else 's'}"
    return f"facts at most {steps} beyond the fewest that a rule needs"


def both_sides_seen() -> str:
    return "both sides are there, in stories that differ in more"


def pair_found(case: str, changes: Sequence[str]) -> str:
    *given, last = changes
    case = case or "a story made up"
    before = f" (where {list_words(given)})" if given else ""
    return f"{case}{before}, changed: {last}"

"""Changes of a law, and whether anybody notices them, in English."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

_UNNOTICED = {
    "survived": "not noticed",
    "unreached": "not reached by any case",
    "known": "listed as known",
    "equivalent": "the same law in other words",
    "inexpressible": "not to be expressed",
}


def mutation_columns() -> Sequence[str]:
    return (
        "provision",
        "changes",
        "noticed",
        "known",
        "not noticed",
        "not reached",
        "same",
        "unmade",
    )


def mutation_sum(tried: int, noticed: int, rest: Mapping[str, int]) -> str:
    others = [f"{number:,} {_UNNOTICED[outcome]}" for outcome, number in rest.items() if number]
    parts = ", ".join([f"{noticed:,} noticed", *others])
    return f"{tried:,} change{'' if tried == 1 else 's'}: {parts}."


def unnoticed_heading(provision: str) -> str:
    return f"{provision}: nobody notices when"


def dropped(what: str) -> str:
    return f"this is no longer asked: {what}"


def negated(what: str) -> str:
    return f"the opposite is asked of: {what}"


def shifted(what: str, before: str, after: str) -> str:
    return f"{before} becomes {after} in: {what}"


def limit_shifted(what: str, included: bool) -> str:
    return f"the limit itself {'is enough too' if included else 'is no longer enough'} in: {what}"


def conclusion_shifted(what: str, before: str, after: str) -> str:
    return f"{after} follows instead of {before}: {what}"


def rule_dropped(what: str) -> str:
    return f"this way to a conclusion is left out: {what}"


def part_dropped(what: str) -> str:
    return f"one of the things counted is left out: {what}"


def line_of(line: int) -> str:
    return f"what stands on line {line}"


def not_reached() -> str:
    return "no case comes to it"


def listed_in_vain(ids: Sequence[str]) -> str:
    return f"Listed as known, and noticed or not there: {', '.join(ids)}."

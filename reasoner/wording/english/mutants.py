"""Changes of a law, and whether anybody notices them, in English."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

_OUTCOMES = {
    "noticed": "noticed by cases",
    "generated": "by what is generated",
    "known": "listed as known",
    "told": "that a story would notice",
    "untold": "that no story of the scope tells from the law",
    "survived": "not noticed",
    "unreached": "not reached by any case",
    "equivalent": "the same law in other words",
    "inexpressible": "not to be expressed",
}


def mutation_columns() -> Sequence[str]:
    return (
        "provision",
        "changes",
        "by cases",
        "generated",
        "known",
        "by a story",
        "by none",
        "open",
        "same",
        "unmade",
    )


def mutation_sum(tried: int, counted: Mapping[str, int]) -> str:
    told = [
        f"{number:,} {_OUTCOMES[outcome]}"
        for outcome, number in counted.items()
        if number or outcome == "noticed"
    ]
    return f"{tried:,} change{'' if tried == 1 else 's'}: {', '.join(told)}."


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


def mutant_told(story: str, question: str, answer: str) -> str:
    told = (
        f"A story notices it: {story}" if story else "A story in which nothing happens notices it."
    )
    return f"{told} Asked {question}, the law as written says {answer}."


def told_elsewhere(id: str) -> str:
    return f"The story of {id} notices it too."


def story_of_mutant(provision: str, words: str) -> str:
    return f"{provision}, changed: {words}"


def mutants_untold(number: int, parts: Sequence[str]) -> str:
    which = "1 change is" if number == 1 else f"{number:,} changes are"
    return f"{which} told from the law by no story. Searched to the end: {'; '.join(parts)}."

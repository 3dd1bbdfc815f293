"""Claims, the stories that break them, and what was searched for these, in English."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reasoner.wording.english.grammar import ORDINALS, so_many
from reasoner.wording.english.terms import list_words


def claim_verdict(verdict: str) -> str:
    return {"holds": "holds within the scope"}.get(verdict, verdict)


def verdict_expected(verdict: str) -> str:
    return f"Expected: {verdict}."


def search_open(too_large: bool, ended: str) -> str:
    if too_large:
        return "The scope is too large to be searched."
    why = {"time": "its time (--time)", "interrupted": "a key"}.get(ended, "its limit")
    return f"The search was stopped by {why}."


def story_size(facts: int) -> str:
    return "a story of 1 fact" if facts == 1 else f"a story of {facts} facts"


def story_turns_on(pinpoints: Sequence[str]) -> str:
    return f"A story against it turns on {list_words(pinpoints)}."


def under_any_readings() -> str:
    return "under any readings"


def no_case_breaks() -> str:
    return "no case breaks it"


def claims_summary(claims: int, verdicts: int, failed: int, seconds: float) -> str:
    text = f"{claims} {'claim' if claims == 1 else 'claims'}, "
    text += f"{verdicts} {'verdict' if verdicts == 1 else 'verdicts'}: "
    text += f"{failed} not as expected" if failed else "all as expected"
    return f"{text}, {seconds:.1f} s"


_ONE_DAY = re.compile(r"\bfrom (\d{4}-\d\d-\d\d) to \1\b")


def on_one_day(text: str) -> str:
    return _ONE_DAY.sub(r"on \1 only", text)


def and_also(text: str, rest: str) -> str:
    return f"{text}, and {rest}" if "," in text or " and " in text else f"{text} and {rest}"


def in_order(text: str, name: str, label: str, some: str) -> str:
    if name not in ORDINALS:
        return text
    noun = label.rpartition(" ")[2]
    return re.sub(rf"\b{noun} {name}\b", f"the {name} {noun}", text)


def story_ends(day: str, met: Sequence[str], unmet: Sequence[str]) -> str:
    parts = [*([_in_a_row(met)] if met else []), *([_in_a_row(unmet)] if unmet else [])]
    words = ", but ".join(parts)
    lead = "Then" if day in words else f"On {day}"
    return f"{lead} {words}."


def _in_a_row(words: Sequence[str]) -> str:
    if any("," in part or " and " in part for part in words):
        return "; ".join(words)
    return list_words(words)


def broken(claim: str) -> str:
    return f"Broken: {claim}" if claim else "Broken: it can all be so at once."


def unbroken(claim: str, whole: bool) -> str:
    lead = f"{claim} " if claim else ""
    if whole:
        return f"{lead}No story within this scope breaks it."
    return f"{lead}No story was found that breaks it, but not all of the scope was searched."


def broken_under(options: Sequence[str]) -> str:
    if not options:
        return "Broken, whatever the readings:"
    return f"Broken under {list_words(options)}:"


def holds_under(options: Sequence[str]) -> str:
    return f"Not broken under {list_words(options)}." if options else "Not broken otherwise."


def survey_verdict(verdict: str) -> str:
    return {
        "broken": "Broken under all readings that were tried.",
        "unbroken": "No story within this scope breaks it, under any reading that was tried.",
        "depends": "Whether it holds depends on the readings.",
        "open": "No story was found that breaks it, but not all of the scope was searched.",
    }[verdict]


def readings_matter(names: Sequence[str]) -> str:
    return f"The readings that decide: {list_words(names)}."


def story_heading(number: int) -> str:
    return f"Story {number}"


def entities(number: int, one: str, several: str, label: str) -> str:
    return f"{number} {one if number == 1 else several}"


def part_of_scope(entities: Sequence[str], facts: int, days: int, first: str, last: str) -> str:
    who = f"at most {list_words(entities)}, " if entities else ""
    sorts = "1 sort of fact" if facts == 1 else f"{facts} sorts of facts"
    return f"{who}{sorts}, on {so_many(days, 'day')} from {first} to {last}"


def scope_is(part: str) -> str:
    return f"Scope: {part}."


def searched_part(part: str, whole: bool) -> str:
    return f"{'Scope, all of it searched' if whole else 'Searched to the end'}: {part}."


def part_left(part: str) -> str:
    return f"Not searched to the end: {part}."


def part_too_large(part: str, statements: int, most: int, smaller: str) -> str:
    size = f"{statements:,} possible statements, where {most:,} are the most"
    hint = f" Smaller: --scope {smaller}." if smaller else ""
    return f"Not searched, too large: {part} ({size}).{hint}"


def axioms_used(names: Sequence[str]) -> str:
    return f"Axioms, what is taken to be impossible: {', '.join(names) or 'none'}."


def usual_readings() -> str:
    return "Readings: those usually taken."


def took(seconds: float) -> str:
    return f"Time: {seconds:.1f} s."


def axiom_added(name: str, path: str) -> str:
    return f"From now on impossible: {name}, in {path}."


def own_axiom(path: str) -> str:
    return f"your own, in {path}"

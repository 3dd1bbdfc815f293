"""Answers, what they turn on, and the official words beside them, in English."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reasoner.wording.english.terms import list_words

ANSWERS: Mapping[str, str] = {"yes": "Yes", "no": "No", "undetermined": "Undetermined"}
CONTRADICTION = "the law cannot be asked about such facts"
GUIDANCE = "Guidance, which is not law:"
DAY_ASKED, DATE_OF_LAW = "the day asked about", "the date of the law"


def verdict(answer: str, words: str, day: str) -> str:
    if answer == "undetermined":
        return f"{ANSWERS[answer]}. It depends on unknown facts whether {words}."
    if day in words:
        return f"{ANSWERS[answer]}. {words[:1].upper()}{words[1:]}."
    return f"{ANSWERS[answer]}. On {day} {words}."


def law_agrees(pinpoint: str, answer: str, words: str, day: str) -> str:
    return f"The law ({pinpoint}) agrees: {_on_day(answer, words, day)}."


def law_differs(pinpoint: str, answer: str, words: str, day: str) -> str:
    return f"The law ({pinpoint}) differs: {_on_day(answer, words, day)}."


def _on_day(answer: str, words: str, day: str) -> str:
    if answer == "undetermined":
        return f"it depends on unknown facts whether {words}"
    return words if day in words else f"on {day} {words}"


def differ_on(remarks: Sequence[str]) -> str:
    return f"Where they differ: {'; '.join(remarks)}."


def decided_by(pinpoints: Sequence[str]) -> str:
    return f"Decided by {list_words(pinpoints)}."


def turns_on(pinpoints: Sequence[str]) -> str:
    return f"Turns on {list_words(pinpoints)}."


def settles(answer: str, facts: Sequence[str]) -> str:
    return f"{ANSWERS[answer]} if {list_words(facts)}."


def under(options: Sequence[str], law_date: str, language: str | None = None) -> str:
    parts = ", ".join([*options, *([f"law of {law_date}"] if law_date else [])])
    return f"Under {text_of(language)}: {parts}." if language else f"Under {parts}."


def text_of(language: str) -> str:
    return {"en": "the English text", "fr": "the French text"}[language]


def law_of(day: str) -> str:
    return f"the law of {day}"


def in_force(day: str) -> str:
    return f"in force since {day}"


def survey(title: str, questions: int, day: str) -> str:
    return f"{title}: {questions} question{'' if questions == 1 else 's'} on {day}."


_TEXTS = {"en": "English", "fr": "French"}


def official_words(texts: Mapping[str, str]) -> str:
    return "official words, " + ", ".join(f"{_TEXTS[t]} of {day}" for t, day in texts.items())


def other_words(language: str) -> str:
    return f"The rules were written from other {_TEXTS[language]} words than these."


def not_imported(title: str, languages: Sequence[str], page: str) -> str:
    names = " and ".join(_TEXTS[language] for language in languages)
    where = f" with the XML from {page}" if page else ""
    return f"The {names} text of the {title} is not imported: `reasoner law import FILE`{where}"


def no_question(day: str) -> str:
    return f"The facts raise no question on {day}."


def left_open(number: int) -> str:
    facts = (
        "1 fact that nobody stated is" if number == 1 else f"{number} facts that nobody stated are"
    )
    return f"{facts} left open."


def beside_stated(words: str) -> str:
    return f"beside what is stated, {words}"


def settles_more() -> str:
    return "Other sets of facts may settle it too."

"""Answers, what they turn on, and the official words beside them, in French."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from reasoner.wording.french.grammar import SPACE
from reasoner.wording.french.terms import list_words

ANSWERS: Mapping[str, str] = {"yes": "Oui", "no": "Non", "undetermined": "Indéterminé"}
CONTRADICTION = "la loi ne peut être interrogée sur de tels faits"
GUIDANCE = f"Directives, qui ne sont pas du droit{SPACE}:"
DAY_ASKED, DATE_OF_LAW = "le jour visé", "la date du droit"


def verdict(answer: str, words: str, day: str) -> str:
    if answer == "undetermined":
        return f"{ANSWERS[answer]}. Des faits inconnus déterminent {_whether(words)}."
    if day in words:
        return f"{ANSWERS[answer]}. {words[:1].upper()}{words[1:]}."
    return f"{ANSWERS[answer]}. Le {day}, {words}."


def law_agrees(pinpoint: str, answer: str, words: str, day: str) -> str:
    return f"La loi ({pinpoint}) concorde{SPACE}: {_on_day(answer, words, day)}."


def law_differs(pinpoint: str, answer: str, words: str, day: str) -> str:
    return f"La loi ({pinpoint}) diffère{SPACE}: {_on_day(answer, words, day)}."


def _on_day(answer: str, words: str, day: str) -> str:
    if answer == "undetermined":
        return f"des faits inconnus déterminent {_whether(words)}"
    return words if day in words else f"le {day}, {words}"


def differ_on(remarks: Sequence[str]) -> str:
    return f"Ce qui les sépare{SPACE}: {'; '.join(remarks)}."


def decided_by(pinpoints: Sequence[str]) -> str:
    return f"Décidé par {list_words(pinpoints)}."


def turns_on(pinpoints: Sequence[str]) -> str:
    return f"Tout dépend de {list_words(pinpoints)}."


def settles(answer: str, facts: Sequence[str]) -> str:
    return f"{ANSWERS[answer]}, {list_words([_whether(fact) for fact in facts])}."


def _whether(words: str) -> str:
    return f"s'{words}" if re.match(r"ils? ", words) else f"si {words}"


def under(options: Sequence[str], law_date: str, language: str | None = None) -> str:
    parts = [*options, *([f"loi en vigueur le {law_date}"] if law_date else [])]
    if language:
        return f"Selon {text_of(language)}{SPACE}: {', '.join(parts)}."
    return f"Selon {', '.join(parts)}."


def text_of(language: str) -> str:
    return {"en": "le texte anglais", "fr": "le texte français"}[language]


def law_of(day: str) -> str:
    return f"la loi en vigueur le {day}"


def in_force(day: str) -> str:
    return f"en vigueur depuis le {day}"


def survey(title: str, questions: int, day: str) -> str:
    return f"{title}{SPACE}: {questions} question{'' if questions < 2 else 's'} au {day}."


_TEXTS = {"en": "anglais", "fr": "français"}


def official_words(texts: Mapping[str, str]) -> str:
    said = ", ".join(f"texte {_TEXTS[t]} au {day}" for t, day in texts.items())
    return f"termes officiels, {said}"


def other_words(language: str) -> str:
    return f"Les règles ont été écrites d'après d'autres termes du texte {_TEXTS[language]}."


def not_imported(title: str, languages: Sequence[str], page: str) -> str:
    names = " et ".join(_TEXTS[language] for language in languages)
    many = len(languages) > 1
    texts = f"Les textes {names}" if many else f"Le texte {names}"
    done = "ne sont pas importés" if many else "n'est pas importé"
    where = f", avec le XML de {page}" if page else ""
    return f"{texts} ({title}) {done}{SPACE}: `reasoner law import FICHIER`{where}"


def no_question(day: str) -> str:
    return f"Les faits ne soulèvent aucune question au {day}."


def left_open(number: int) -> str:
    if number == 1:
        return "1 fait que personne n'a énoncé est laissé ouvert."
    return f"{number} faits que personne n'a énoncés sont laissés ouverts."


def beside_stated(words: str) -> str:
    return f"hormis ce qui est énoncé, {words}"


def settles_more() -> str:
    return "D'autres ensembles de faits peuvent la trancher aussi."

"""The fixed phrases of answers and trees in French; :mod:`reasoner.phrases` says what each is.

A value that is put into a sentence takes the word before it along: "de Ana" becomes "d'Ana", "de le
Manitoba" becomes "du Manitoba". Elision follows sounds and not letters before h and y, so it is
made before a vowel, and before a y that a consonant follows.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence, Set
from datetime import date

ANSWERS: Mapping[str, str] = {"yes": "Oui", "no": "Non", "undetermined": "Indéterminé"}
SHOWN_ABOVE = "voir plus haut"
CIRCULAR = "appui seulement circulaire"
CIRCLE = "voici le cercle\N{NO-BREAK SPACE}: la conclusion s'appuierait sur elle-même"
OTHER_WAY = "c'est aussi le cas pour un autre motif"
NOT_STATED = "fait non énoncé"
ASSUMED = "supposé"
NO_END = "une date indéterminée"
GUIDANCE = "Directives, qui ne sont pas du droit :"

_SPACE = "\N{NO-BREAK SPACE}"
_MOST_LINES = 4
_PERIOD = re.compile(r"\s+du \{(\w+)\} (?:jusqu')?au \{(\w+)\}")
_SINCE = re.compile(r"\s+(?:depuis le|à compter du|à partir du|jusqu'au|au|le|du) \{(\w+)\}")
_PLACE = re.compile(
    r"(?:\b(?P<word>de|que|lorsque|puisque|quoique|jusque|à)(?P<gap> +))?\{(?P<name>\w+)\}",
    re.IGNORECASE,
)
_CONTRACTED = {
    ("de", "le "): "du ",
    ("de", "les "): "des ",
    ("à", "le "): "au ",
    ("à", "les "): "aux ",
}
_COMPARED = {
    "date": {
        "<": "{} est antérieur à {}",
        "<=": "{} n'est pas postérieur à {}",
        ">": "{} est postérieur à {}",
        ">=": "{} n'est pas antérieur à {}",
        "=": "{} et {} sont le même jour",
        "!=": "{} et {} ne sont pas le même jour",
    },
    "number": {
        "<": "{} est inférieur à {}",
        "<=": "{} ne dépasse pas {}",
        ">": "{} est supérieur à {}",
        ">=": "{} atteint {}",
        "=": "{} est égal à {}",
        "!=": "{} n'est pas égal à {}",
    },
    "thing": {"=": "{} est {}", "!=": "{} n'est pas {}"},
}
_TO_SETTLE = {
    "fact": "fait à énoncer",
    "finding": "constatation à faire",
    "opinion": "avis à donner",
    "decision": "décision à prendre",
}
_ORDINALS = ("première", "deuxième", "troisième", "quatrième", "cinquième", "sixième")


def fill(pattern: str, values: Mapping[str, str], implied: Set[str] = frozenset()) -> str:
    def period(match: re.Match[str]) -> str:
        """Both ends, or the one that is known."""
        first, last = (values.get(name, "") for name in match.groups())
        opens = bool(first) and match[1] not in implied
        ends = last not in ("", NO_END) and match[2] not in implied
        if opens and ends:
            return f" du {first} au {last}"
        return f" depuis le {first}" if opens else f" jusqu'au {last}" if ends else ""

    def since(match: re.Match[str]) -> str:
        value = values.get(match[1], "")
        return "" if match[1] in implied or value in ("", NO_END) else match[0]

    def place(match: re.Match[str]) -> str:
        value = values.get(match["name"], "")
        word, gap = match["word"] or "", match["gap"] or ""
        for (before, article), both in _CONTRACTED.items():
            if word == before and value.startswith(article):
                return f"{both}{value[len(article) :]}"
        if word and word != "à" and _is_elided_before(value):
            return f"{word[:-1]}'{value}"
        return f"{word}{gap}{value}"

    return _PLACE.sub(place, _SINCE.sub(since, _PERIOD.sub(period, pattern)))


def _is_elided_before(value: str) -> bool:
    """Whether "de" and "que" lose their e before a value."""
    plain = unicodedata.normalize("NFKD", value[:3]).casefold()
    letters = "".join(c for c in plain if not unicodedata.combining(c))
    if letters[1:2].isdigit():
        return False  # a pinpoint, A34
    if letters[:1] == "y":
        return letters[1:2] not in (*"aeiouy", "")
    return letters[:1] in ("a", "e", "i", "o", "u")


def anything(kind: str | None) -> str:
    return "un élément quelconque"


def predicate(name: str, arguments: Sequence[str], holds: bool | None) -> str:
    words = name.replace("_", " ")
    return f"{'non ' if holds is False else ''}{words}{_SPACE}: {', '.join(arguments)}"


def reading(name: str, option: str, text: str, holds: bool | None) -> str:
    state = "" if holds else "autre que "
    words = f" ({text})" if text else ""
    return f"interprétation {state}{name}{_SPACE}: {option}{words}"


def option(name: str, option: str) -> str:
    return f"{name}{_SPACE}: {option}"


def otherwise(options: Sequence[str]) -> str:
    return f"conclusion contraire selon {' + '.join(options)}"


def compare(kind: str, operator: str, left: str, right: str) -> str:
    form = _COMPARED[kind].get(operator) or _COMPARED["number"][operator]
    if kind != "date":
        return form.format(left, right)
    days = [day if day == NO_END else f"le {day}" for day in (left, right)]
    return form.format(*days).replace("à le ", "au ")


def counted(number: str) -> str:
    return f"{number} en tout"


def late(days: int, reached: date) -> str:
    verb = "manque" if days == 1 else "manquent"
    return f"{length(days)} {verb}{_SPACE}; le compte y sera le {reached.isoformat()}"


def short(have: int, need: int) -> str:
    return f"{have} sur {need}, il en manque {need - have}"


def length(days: int) -> str:
    number = f"{days:,}".replace(",", _SPACE)
    return f"{number} jour" + ("" if days < 2 else "s")


def absent(facts: Sequence[str], more: int) -> str:
    other = [f"{more} autre" + ("" if more == 1 else "s")] if more else []
    return f"non énoncé{_SPACE}: {list_words([*facts, *other])}"


def from_lines(lines: Sequence[int]) -> str:
    if len(lines) == 1:
        return f"ligne {lines[0]}"
    shown = [str(n) for n in lines[:_MOST_LINES]]
    if len(lines) > _MOST_LINES:
        more = len(lines) - _MOST_LINES + 1
        shown = [*shown[:-1], f"{more} autres"]
    return f"lignes {list_words(shown)}"


def stated(lines: Sequence[int]) -> str:
    return f"fait énoncé, ligne {', '.join(map(str, lines))}"


def stated_otherwise(line: int) -> str:
    return f"énoncé autrement, ligne {line}"


def denied(line: int) -> str:
    return f"nié, ligne {line}"


def unknown(line: int) -> str:
    return f"inconnu, ligne {line}"


def settled_by(what: str, who: str) -> str:
    return _TO_SETTLE.get(what, "à énoncer") + (f" par {who}" if who else "")


def way(place: int, ways: int, holds: bool | None) -> str:
    name = _ORDINALS[place] if place < len(_ORDINALS) else f"{place + 1}e"
    state = "reste ouverte" if holds is None else "est réalisée" if holds else "n'est pas réalisée"
    return f"la {name} des {ways} possibilités {state}"


def more_like_these(number: int) -> str:
    return "et un autre cas semblable" if number == 1 else f"et {number} autres cas semblables"


def list_words(words: Sequence[str]) -> str:
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} et {words[-1]}"


def verdict(answer: str, words: str, day: str) -> str:
    if answer == "undetermined":
        return f"{ANSWERS[answer]}. Des faits inconnus déterminent {_whether(words)}."
    if day in words:
        return f"{ANSWERS[answer]}. {words[:1].upper()}{words[1:]}."
    return f"{ANSWERS[answer]}. Le {day}, {words}."


def decided_by(pinpoints: Sequence[str]) -> str:
    return f"Décidé par {list_words(pinpoints)}."


def turns_on(pinpoints: Sequence[str]) -> str:
    return f"Tout dépend de {list_words(pinpoints)}."


def settles(answer: str, facts: Sequence[str]) -> str:
    return f"{ANSWERS[answer]}, {list_words([_whether(fact) for fact in facts])}."


def _whether(words: str) -> str:
    return f"s'{words}" if re.match(r"ils? ", words) else f"si {words}"


def under(options: Sequence[str], law_date: str) -> str:
    parts = [*options, *([f"loi en vigueur le {law_date}"] if law_date else [])]
    return f"Selon {', '.join(parts)}."


def more(number: int) -> str:
    return f"et {number} autre{'' if number == 1 else 's'}"


def survey(title: str, questions: int, day: str) -> str:
    return f"{title} : {questions} question{'' if questions == 1 else 's'} au {day}."


def no_question(day: str) -> str:
    return f"Les faits ne soulèvent aucune question au {day}."

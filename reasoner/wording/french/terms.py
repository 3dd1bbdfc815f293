"""The words that sentences are made of, in French.

A value that is put into a sentence takes the word before it along: "de Ana" becomes "d'Ana", "de le
Manitoba" becomes "du Manitoba", "le un permis quelconque" loses its article. Names with h are left
alone, since only a dictionary knows which of them are aspirated; before y a consonant decides.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set

from reasoner.wording.french.grammar import SPACE, is_elided_before

NO_END = "une date indéterminée"
_PERIOD = re.compile(r"\s+du \{(\w+)\} (?:jusqu')?au \{(\w+)\}")
_SINCE = re.compile(r"\s+(?:depuis le|à compter du|à partir du|jusqu'au|au|le|du) \{(\w+)\}")
_PLACE = re.compile(
    r"(?:\b(?P<word>(?:à|de) la|à|au|aux|de|des|du|en|la|le|les|lorsque|puisque|que|quoique) )?"
    r"\{(?P<name>\w+)\}"
)
_ELIDED = ("de", "que", "lorsque", "puisque", "quoique")
_CONTRACTED = (
    ("de", r"le (?=\S)", "du "),
    ("de", r"les (?=\S)", "des "),
    ("à", r"le (?=\S)", "au "),
    ("à", r"les (?=\S)", "aux "),
    ("en", r"le (?=\S)", "au "),
    ("en", r"les (?=\S)", "aux "),
    ("en", r"la (?=\S)|l'(?!Î)|(?=une? )", "en "),
    ("en", r"", "à "),
    ("du|de la|des", r"(?=une? )", "d'"),
    ("au|à la|aux", r"(?=une? )", "à "),
    ("le|la|les", r"(?=une? )", ""),
)
_BEFORE_SIGNS = re.compile(r" (?=[:;?!»])|(?<=«) ")
_SINGULAR = re.compile(r"\b([01]) (an|jour)s(?: (complet|entier)s)?\b")
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
        value, word = values.get(match["name"], ""), match["word"]
        if not word:
            return value
        for before, article, both in _CONTRACTED:
            found = re.match(article, value) if word in before.split("|") else None
            if found:
                return f"{both}{value[found.end() :]}"
        if word in _ELIDED and is_elided_before(value):
            return f"{word[:-1]}'{value}"
        return f"{word} {value}"

    text = _PLACE.sub(place, _SINCE.sub(since, _PERIOD.sub(period, pattern)))
    return _BEFORE_SIGNS.sub(SPACE, _SINGULAR.sub(_singular, text))


def _singular(match: re.Match[str]) -> str:
    return " ".join(part for part in match.groups() if part)


def anything(kind: str | None) -> str:
    return {"date": "un jour quelconque", "number": "un nombre quelconque"}.get(
        kind or "", "un élément quelconque"
    )


def predicate(name: str, arguments: Sequence[str], holds: bool | None) -> str:
    words = f"«{SPACE}{name.replace('_', ' ')}{SPACE}»"  # a name of the law files, in English
    return f"{'non ' if holds is False else ''}{words}{SPACE}: {', '.join(arguments)}"


def reading(name: str, option: str, text: str, holds: bool | None) -> str:
    state = "" if holds else "autre que "
    words = f" ({text})" if text else ""
    return f"interprétation {state}{name}{SPACE}: {option}{words}"


def option(name: str, option: str) -> str:
    return f"{name}{SPACE}: {option}"


def compare(kind: str, operator: str, left: str, right: str) -> str:
    form = _COMPARED[kind].get(operator) or _COMPARED["number"][operator]
    if kind != "date":
        return form.format(left, right)
    days = [day if day == NO_END else f"le {day}" for day in (left, right)]
    return form.format(*days).replace("à le ", "au ")


def length(days: int) -> str:
    number = f"{days:,}".replace(",", SPACE)
    return f"{number} jour" + ("" if days < 2 else "s")


def between(first: str, last: str) -> str:
    return f"un jour entre le {first} et le {last}"


def list_words(words: Sequence[str]) -> str:
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} et {words[-1]}"


def labelled(label: str, words: str) -> str:
    return f"{label}{SPACE}: {words}"


def more(number: int) -> str:
    return f"et {number} autre{'' if number == 1 else 's'}"


def days_within(first: str | None, last: str | None) -> str:
    if first == last:
        return str(first)
    if first is None:
        return f"{last} ou plus tôt"
    return f"{first} ou plus tard" + (f", jusqu'au {last}" if last else "")

"""The words that sentences are made of, in English."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set

NO_END = "no end"
_PLACE = re.compile(r"(\s+(?:from|to|until|since|on))?\s*\{(\w+)\}")
_COMPARED = {
    "date": {
        "<": "{} is before {}",
        "<=": "{} is not after {}",
        ">": "{} is after {}",
        ">=": "{} is not before {}",
        "=": "{} is the same day as {}",
        "!=": "{} is another day than {}",
    },
    "number": {
        "<": "{} is less than {}",
        "<=": "{} is at most {}",
        ">": "{} is more than {}",
        ">=": "{} is at least {}",
        "=": "{} equals {}",
        "!=": "{} does not equal {}",
    },
    "thing": {"=": "{} is {}", "!=": "{} is not {}"},
}


def fill(pattern: str, values: Mapping[str, str], implied: Set[str] = frozenset()) -> str:
    def replace(match: re.Match[str]) -> str:
        word, name = match[1], match[2]
        if name not in values or (word and name in implied):
            return ""
        return f"{match[0][: match[0].index('{')]}{values[name]}"

    return _PLACE.sub(replace, pattern)


def anything(kind: str | None) -> str:
    return f"any {kind.replace('_', ' ')}" if kind else "any"


def predicate(name: str, arguments: Sequence[str], holds: bool | None) -> str:
    return f"{'not ' if holds is False else ''}{name.replace('_', ' ')}: {', '.join(arguments)}"


def reading(name: str, option: str, text: str, holds: bool | None) -> str:
    state = "" if holds else "not "
    return f"{state}reading {name}: {option}" + (f" ({text})" if text else "")


def option(name: str, option: str) -> str:
    return f"{name}: {option}"


def compare(kind: str, operator: str, left: str, right: str) -> str:
    form = _COMPARED[kind].get(operator) or _COMPARED["number"][operator]
    return form.format(left, right)


def length(days: int) -> str:
    return "1 day" if days == 1 else f"{days:,} days"


def between(first: str, last: str) -> str:
    return f"some day between {first} and {last}"


def list_words(words: Sequence[str]) -> str:
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def labelled(label: str, words: str) -> str:
    return f"{label}: {words}"


def more(number: int) -> str:
    return f"and {number} more"


def days_within(first: str | None, last: str | None) -> str:
    if first == last:
        return str(first)
    if first is None:
        return f"{last} or earlier"
    return f"{first} or later" + (f", up to {last}" if last else "")

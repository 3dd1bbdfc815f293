"""What is said beside the lines of a tree, in English."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from reasoner.wording.english.grammar import ORDINALS
from reasoner.wording.english.terms import between, length, list_words

SHOWN_ABOVE = "shown above"
CIRCULAR = "only circular support"
CIRCLE = "this is the circle: it would have to support itself"
OTHER_WAY = "it holds in another way too"
NOT_STATED = "not stated"
ASSUMED = "assumed"
_MOST_LINES = 4
_TO_SETTLE = {
    "fact": "a fact to be stated",
    "finding": "a finding to be made",
    "opinion": "an opinion to be given",
    "decision": "a decision to be taken",
}


def otherwise(options: Sequence[str]) -> str:
    return f"otherwise under {' + '.join(options)}"


def counted(number: str) -> str:
    return f"{number} in all"


def late(days: int, reached: date) -> str:
    return f"{length(days)} short; reached on {reached.isoformat()}"


def short(have: int, need: int) -> str:
    return f"have {have}, need {need}, short by {need - have}"


def absent(facts: Sequence[str], more: int) -> str:
    return f"not stated: {list_words([*facts, *([f'{more} more'] if more else [])])}"


def on_some_day(first: str, last: str, line: int) -> str:
    return f"{between(first, last)}, {f'line {line}' if line else ASSUMED}"


def from_lines(lines: Sequence[int]) -> str:
    written = [n for n in lines if n]
    if not written:
        return ASSUMED
    shown = [str(n) for n in written[:_MOST_LINES]]
    if len(written) > _MOST_LINES:
        shown = [*shown[:-1], f"{len(written) - _MOST_LINES + 1} more"]
    words = f"line{'' if len(written) == 1 else 's'} {list_words(shown)}"
    return words if len(written) == len(lines) else f"{words}, {ASSUMED} in part"


def stated(lines: Sequence[int]) -> str:
    written = [str(n) for n in lines if n]
    return f"stated, line {', '.join(written)}" if written else ASSUMED


def stated_otherwise(line: int) -> str:
    return f"stated otherwise, line {line}" if line else "assumed to be otherwise"


def denied(line: int) -> str:
    return f"stated not to be so, line {line}" if line else "assumed not to be so"


def unknown(line: int) -> str:
    return f"unknown, line {line}" if line else "assumed to be unknown"


def settled_by(what: str, who: str) -> str:
    return _TO_SETTLE.get(what, "to be stated") + (f" by {who}" if who else "")


def way(place: int, ways: int, holds: bool | None) -> str:
    name = ORDINALS[place] if place < len(ORDINALS) else f"{place + 1}th"
    state = "is open" if holds is None else "is met" if holds else "is not met"
    return f"the {name} of {ways} ways {state}"


def more_like_these(number: int) -> str:
    return f"and {number} more like {'this' if number == 1 else 'these'}"

"""Lists of what the law files say, in English."""

from __future__ import annotations

from collections.abc import Sequence

_LISTED = {
    "fact": ("No fact", "can be stated"),
    "reading": ("No reading", "depends on the language of the text"),
    "case": ("No shipped case", "can be read under this law"),
}


def layer(name: str) -> str:
    return name


def in_force_note(note: str) -> str:
    return f"In force {note}"


def not_encoded(why: str) -> str:
    return f"Not encoded: {why}"


def law_on_it(pinpoint: str, words: str) -> str:
    return f"The law ({pinpoint}): {words}"


def guidance_on_it(pinpoints: Sequence[str]) -> str:
    return f"Guidance on it: {', '.join(pinpoints)}"


def below_it(pinpoints: Sequence[str]) -> str:
    return f"Below it: {', '.join(pinpoints)}"


def cases_named(names: Sequence[str], more: int) -> str:
    if not names:
        return "No shipped case names it."
    return f"Cases: {', '.join(names)}" + (f" and {more} more" if more else "")


def usual_option(option: str, words: str, default: bool) -> str:
    return f"{option}{' (default)' if default else ''}: {words}"


def option_from(authority: str) -> str:
    return f"From: {authority}"


def favoured_by(text: str) -> str:
    return f"The {text} text favours it"


def text_says(text: str, option: str) -> str:
    return f"{text} text: {option}"


def left_open_by(text: str, default: str) -> str:
    return f"{text} text: leaves it open (default: {default})"


def and_near_misses() -> str:
    return "and near misses"


def nothing_listed(what: str, word: str) -> str:
    listed, otherwise = _LISTED[what]
    return f"{listed} {f'mentions {word!r}' if word else otherwise}."


def who_settles(settled: str, who: str, how: str, by: str) -> str:
    words = f"{settled} of {who}" if who else settled
    return words + {
        "no": "; fixed",
        "yes": "; can still change",
        "by": f"; can still change, by {by}",
        "once": f"; settled once, by {by}",
    }.get(how, "")

"""The changes of a case that give another answer or turn a condition, in English."""

from __future__ import annotations

from collections.abc import Sequence

from reasoner.wording.english.terms import list_words

NEW = "new"


def would_make(answer: str, whatever: bool) -> str:
    what = "what could still come about" if not whatever else "the past included"
    return f"What would make the answer {answer}, {what}; each by itself:"


def somebody_acts(how: str, who: str) -> str:
    who = who[:1].upper() + who[1:]
    return {
        "decision": f"{who} may decide so that:",
        "opinion": f"{who} may give the opinion, so that:",
        "finding": f"{who} may find that:",
        "may": f"{who} may act so that:",
        "act": f"{who} would have to act, so that:",
        "past": f"It would have had to be so ({who[:1].lower()}{who[1:]}):" if who else "",
        "settle": "It would have to turn out that:",
    }.get(how) or ("It would have had to be so:" if how == "past" else "It would have to happen:")


def nobody_acts(day: str, alone: bool) -> str:
    if alone:
        return f"Nobody needs to act: on {day} the answer is another."
    return f"And time would have to pass, until {day}."


def also_with(values: Sequence[str], more: int) -> str:
    rest = f" and {more} more" if more else ""
    return f"or {', '.join(values)}{rest}"


def no_change_found(answer: str) -> str:
    return f"No set of the changes looked at would make the answer {answer}."


def changes_looked_at(number: int, facts: int, last: str, whole: bool) -> str:
    text = f"Looked at: {number} changes of {facts} kinds of facts, on days up to {last}."
    return text if whole else f"{text} There are more that were not looked at."


def varied(alone: bool) -> str:
    return "By itself this would turn with:" if alone else "This would turn with:"


def answer_varied(answer: str, same: bool) -> str:
    return f"The answer stays {answer}." if same else f"The answer turns: {answer}."


def turns_too(pinpoints: Sequence[str]) -> str:
    return f"With it turns a condition of {list_words(pinpoints)}."


def no_variation(most: int) -> str:
    changes = "1 change" if most == 1 else f"up to {most} changes"
    return f"No variation of {changes} was found that turns:"


def not_varied() -> str:
    return "The search did not come to:"


def generated(title: str, number: int) -> str:
    return f"{title} (near miss {number}, generated)"


def turned(pinpoint: str, condition: str, changes: str) -> str:
    return (
        f"Generated to show what {pinpoint} turns on, not as expected law. Otherwise here: "
        f"{changes}. In the case that it was made of: {condition}."
    )


def search_stopped(ended: str) -> str:
    why = {"limit": "its limit (--limit)", "time": "its time (--time)", "interrupted": "a key"}
    return f"There may be more: the search was stopped by {why[ended]}."

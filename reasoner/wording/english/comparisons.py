"""Two answers and their reasons side by side, in English."""

from __future__ import annotations

from collections.abc import Sequence

from reasoner.wording.english.terms import list_words

AS_STATED, AS_CHANGED = "As stated", "As changed"
CHANGES_NOTHING = "changes nothing"


def compared(title: str, day: str, worlds: Sequence[str]) -> str:
    return f"{title}, on {day}: {list_words(worlds)}."


def amended(provisions: Sequence[str], matters: bool) -> str:
    lead = "Amended in between" if matters else "Amended in between, without effect here"
    return f"{lead}: {list_words(provisions)}."


def amendment(provision: str, day: str, note: str) -> str:
    return f"{provision} ({day}{f', {note}' if note else ''})"


def other_reasons(answer: str) -> str:
    return f"{answer}, for partly other reasons"


def stayed(conditions: Sequence[str]) -> str:
    return f"Unchanged: {list_words(conditions)}."


def same(answers: Sequence[str]) -> str:
    return f"The same answers for the same reasons: {list_words(answers)}."


def nothing_differs() -> str:
    return "Nothing differs, neither answers nor reasons."


def then(first: str, second: str) -> str:
    return f"{first}, then {second}"


def what_if(title: str, day: str) -> str:
    return f"{title}, on {day}. What if:"


def instead_of(value: str) -> str:
    return f"instead of {value}"


def change(number: int) -> str:
    return f"change\u00a0{number}"


def made_alone(number: int, alone: str, without: str) -> str:
    first = f"Change {number} alone: {alone}" if alone else f"Change {number} cannot be made alone"
    rest = f"without it: {without}" if without else "the others need it"
    return f"{first}; {rest}."


def enough(sets: Sequence[Sequence[int]], changes: int) -> str:
    if not sets:
        return "None of the changes suffices alone."
    if [len(made) for made in sets] == [changes]:
        both = "Neither change alone suffices; both are needed."
        return both if changes == 2 else "All of the changes are needed."
    return f"Enough for this: {_or([_together(made) for made in sets])}."


def otherwise_with(sets: Sequence[Sequence[int]]) -> str:
    return f"The answer would be another with {_or([_together(made) for made in sets])}."


def _together(made: Sequence[int]) -> str:
    words = list_words([str(number) for number in made])
    return f"changes {words} together" if len(made) > 1 else f"change {words} alone"


def _or(words: Sequence[str]) -> str:
    return " or ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def idle(changes: Sequence[int]) -> str:
    words = list_words([str(number) for number in changes])
    if len(changes) > 1:
        return f"Changes {words} make no difference."
    return f"Change {words} makes no difference."


def common(conditions: Sequence[str]) -> str:
    return f"Alike: {list_words(conditions)}."


def carried(subject: str, answer: str, several: bool) -> str:
    what = "Each of these" if several else "This"
    return f"{what}, carried over to {subject}, gives the answer {answer}:"


def nothing_carried(subject: str, answer: str) -> str:
    return f"No difference, carried over to {subject}, gives the answer {answer}."


def together() -> str:
    return "together"


def without(words: str) -> str:
    return f"without this: {words}"


def aside() -> str:
    return "differs as well, without anything turning on it"

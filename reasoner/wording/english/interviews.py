"""What an interview asks and understands, in English."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reasoner.wording.english.terms import list_words

REPLIES: Mapping[str, str] = {
    **dict.fromkeys(("yes", "y"), "stated"),
    **dict.fromkeys(("no", "n", "none"), "denied"),
    **dict.fromkeys(("unknown", "?"), "unknown"),
}
ORDERS: Mapping[str, str] = {
    "why": "why",
    "back": "back",
    "so far": "so far",
    "help": "help",
    "stop": "stop",
}


def which_provision() -> str:
    return "Which provision is the question about?"


def which_day() -> str:
    return "Which day is it about?"


def about_whom(type: str) -> str:
    return f"What is the name of the {type} that it is about?"


def is_it_so(sentence: str) -> str:
    return f"Is this so: {sentence}?"


def besides(stated: Sequence[str], question: str) -> str:
    return f"Besides {list_words(stated)}: {question[:1].lower()}{question[1:]}"


def what_is_missing(sentence: str) -> str:
    return f"{sentence[:1].upper()}{sentence[1:]}?"


def expected(kind: str, values: Sequence[str], usual: str) -> str:
    words = {
        "provision": "a pinpoint, or the name of a predicate"
        + (f": {list_words(values)}, for example" if values else ""),
        "status": "yes, no or unknown",
        "date": "a day, such as 2024-06-01",
        "number": "a number",
        "values": "one of these: " + "; ".join(values),
        "some": "a value, for example " + "; ".join(values),
        "name": "a name" + (f", for example {list_words(values)}" if values else ""),
    }[kind]
    return f"{words}; if nothing is said: {usual}" if usual else words


def replies() -> str:
    return (
        "Reply yes, no, unknown, or with a day, a name or a value. Also: why (what rests on the "
        "reply), back (the question before), so far (the answer as things stand, and what is "
        "settled), stop (keep what there is)."
    )


def why_asked_first() -> str:
    return "The law answers questions about somebody or something, on a day."


def so_far(verdict: str) -> str:
    return f"So far: {verdict}"


def ended(questions: int) -> str:
    return f"{_questions(questions)}. Nothing else can change the answer."


def ended_early(questions: int) -> str:
    return f"{_questions(questions)}. What was not asked yet is taken as not so."


def _questions(number: int) -> str:
    return "1 question" if number == 1 else f"{number} questions"


def ended_in_doubt(questions: int, open_questions: Sequence[str]) -> str:
    number = _questions(questions)
    return f"{number}. What nobody knew could still change the answer: {' '.join(open_questions)}"


def found_out(question: str, day: str) -> str:
    return f"Interview about {question} on {day}"

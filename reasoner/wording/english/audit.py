"""What is found in a law as a whole, in English."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reasoner.wording.english.grammar import so_many

_AUDITED = {
    "dead": "Met by nobody",
    "always": "Met by everybody",
    "apart": "The guidance and the law answer otherwise",
    "clause": "Ways to a conclusion that are never open",
    "nowhere": "Ways that lead nowhere",
    "loop": "Conclusions that could hold each other up, and are not taken to",
    "texts": "The English and the French text answer otherwise",
    "condition": "Conditions that never decide where they stand",
    "moment": "Conditions that decide only once something has been done on an earlier day",
    "idle": "Options of readings that change no answer",
    "turning": "Options of readings on which cases turn",
    "unreached": "Nothing that people ask about rests on it",
    "definition": "Concluded and never looked at",
    "fact": "Facts that nothing looks at",
    "option": "Options that no rule asks for",
    "same_texts": "The two texts differ in words, not in answers",
    "round": "Conclusions that rest on each other, and never hold each other up",
    "repeated": "Conditions that the others of their rule bring with them",
    "open": "Not settled in the time that was given to each",
}


def audit_heading(kind: str) -> str:
    return _AUDITED[kind]


def audit_finding(kind: str, what: str, guidance_yes: bool, resting: int, turning: int) -> str:
    if kind == "dead":
        return f"in no story is it so that {what}"
    if kind == "always":
        return f"in every story, and of everybody: {what}"
    if kind == "nowhere":
        return f"in no story does this lead to the result, although it can be so that {what}"
    if kind == "apart":
        side = (
            "guidance says yes, the law says" if guidance_yes else "guidance says no, the law says"
        )
        return f"the {side} otherwise: {what}"
    if kind == "loop":
        return f"only by resting on itself could this be so, and it is taken not to be: {what}"
    if kind == "turning":
        return f"{turning} of {so_many(resting, 'case')} answered otherwise under {what}"
    return what


def audit_moment(what: str, fact: str) -> str:
    return f"{what}; this never decides while all is looked at on one day, and does once {fact}"


_OPEN = {
    "dead": "whether it can be so that",
    "always": "whether it can fail to be so that",
    "clause": "whether this way is ever open:",
    "nowhere": "whether this leads to the result:",
    "moment": "whether it decides while all is looked at on one day:",
    "apart": "whether the guidance and the law can differ about this:",
    "loop": "whether this could hold itself up:",
    "idle": "whether this changes an answer:",
    "same_texts": "whether the two texts can answer otherwise:",
}


def audit_open(kind: str, what: str) -> str:
    return f"{_OPEN.get(kind, 'whether this ever decides:')} {what}"


def audit_case(name: str) -> str:
    return f"Case: {name}"


def audit_nothing() -> str:
    return "Nothing was found."


def audit_unasked(unasked: Mapping[str, int], repeated: int, unsettled: int) -> Sequence[str]:
    lines = []
    if number := unasked.get("readings"):
        told = so_many(number, "rule")
        lines.append(f"Not asked, apply only under other readings or dates of the law: {told}.")
    if number := unasked.get("conditions"):
        told = so_many(number, "condition")
        lines.append(f"Not asked, can fail only under other readings: {told}.")
    if number := unasked.get("values"):
        told = so_many(number, "condition")
        lines.append(f"Not asked, only give others their values: {told}.")
    if repeated:
        lines.append(f"--full lists the conditions that others bring with them: {repeated}.")
    if unsettled:
        lines.append(f"--full lists what was not settled: {unsettled}.")
    return lines


def audit_given(conditions: str) -> str:
    return f"Only of whom this is true (--given): {conditions}"


def audit_axioms(number: int) -> str:
    return f"{so_many(number, 'axiom')} on what is impossible; --full lists them."

"""The words of an interview: how its questions are put, and why they are asked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from reasoner.casefiles.case import Statement
from reasoner.casefiles.ranges import collapse
from reasoner.hypotheses.interview import (
    ABOUT,
    ARGUMENT,
    DAY,
    QUESTION,
    Interview,
    Pattern,
    Question,
    goal_of,
)
from reasoner.hypotheses.replies import suggested_name
from reasoner.reasons.certificate import HOLDS
from reasoner.solving.solve import ground_case, pose
from reasoner.wording.view import Line, mark
from reasoner.wording.words import NEUTRAL, OPEN, Speaker, read_date

BLANK = "[…]"
_MOST_VALUES = 12
_MOST_EXAMPLES = 3
_PLACE = re.compile(r"\{(\w+)\}")


class Put(NamedTuple):
    """A question in words: what is asked, what may be replied, and which values there are."""

    text: str
    replies: str
    values: tuple[str, ...] = ()


def speaker_of(interview: Interview, language: str) -> Speaker:
    """Who speaks of the case of an interview, as far as it is known."""
    today = read_date(str(interview.case.as_of or 20000101))
    return Speaker(interview.law, interview.case, today, language)


def put(interview: Interview, question: Question, language: str = "en") -> Put:
    """A question of an interview in words.

    Args:
        interview: where it is asked.
        question: the question.
        language: ``en`` or ``fr``.
    """
    speaker = speaker_of(interview, language)
    say, vocabulary = speaker.say, speaker.law.vocabulary
    if question.kind == QUESTION:
        asked = tuple(
            p.pinpoint for p in interview.law.provisions.values() if p.raised_by is not None
        )
        return Put(
            say.which_provision(), say.expected("provision", asked[:_MOST_EXAMPLES], ""), asked
        )
    if question.kind == DAY:
        return Put(say.which_day(), say.expected("date", (), ""))
    if question.kind == ABOUT:
        label = vocabulary.entities[question.type].label
        return Put(say.about_whom(label), say.expected("name", (), ""))
    fact = vocabulary.facts[question.fact]
    values = _values(interview, speaker, question.type)
    if question.kind != ARGUMENT:
        return Put(
            ask(speaker, question, _others(interview, question)), _replies(speaker, question)
        )
    argument = fact.arguments[question.place or 0]
    shown = {
        other.name: "…" if given is None else speaker.value(other.type, given)
        for other, given in zip(fact.arguments, question.arguments, strict=True)
    }
    shown[argument.name] = BLANK
    usual = argument.default
    if usual is not None:
        usual = speaker.value(argument.type, usual)
    elif argument.type in vocabulary.entities:
        usual = suggested_name(interview.case, argument.type)
    kind, some = argument.type, values
    if kind in vocabulary.entities:
        kind = "name"
    elif kind in vocabulary.kinds:
        kind = "values" if len(values) <= _MOST_VALUES else "some"
        some = values if kind == "values" else values[:_MOST_EXAMPLES]
    text = say.what_is_missing(say.fill(fact.sentence, shown))
    return Put(text, say.expected(kind, some, usual or ""), values)


def ask(speaker: Speaker, question: Question, others: Sequence[Statement] = ()) -> str:
    """The question whether there is such a fact, or another beside some."""
    fact = speaker.law.vocabulary.facts[question.fact]
    pairs = list(zip(fact.arguments, question.arguments, strict=True))
    given = {argument.name for argument, value in pairs if value is not None}
    shown = {argument.name: speaker.value(argument.type, value) for argument, value in pairs}
    entities = speaker.law.vocabulary.entities
    text = ""
    for words in (fact.ask, fact.ask_any):
        named = set(_PLACE.findall(words))
        whom = pairs[0][0].name in named and pairs[0][1] is None and pairs[0][0].type in entities
        if words and given <= named and not (whom and fact.ask_any and words == fact.ask):
            text = speaker.say.fill(words, shown)
            break
    if not text:
        arguments = tuple(value for _, value in pairs)
        text = speaker.say.is_it_so(speaker.atom((fact.name, fact.arity), arguments, True))
    text = f"{text[:1].upper()}{text[1:]}"
    if not others:
        return text
    return speaker.say.besides([_short(speaker, question, other) for other in others], text)


def _short(speaker: Speaker, question: Question, statement: Statement) -> str:
    """What tells one fact from another of the same pattern."""
    fact = speaker.law.vocabulary.facts[statement.name]
    rows = zip(fact.arguments, question.arguments, statement.arguments, strict=True)
    parts = [
        speaker.value(argument.type, value)
        for argument, given, value in rows
        if given is None and value != argument.default
    ]
    return ", ".join(parts) or speaker.atom((fact.name, fact.arity), statement.arguments, True)


def _others(interview: Interview, question: Question) -> list[Statement]:
    pattern = Pattern(question.fact, question.arguments)
    case = interview.case
    return [
        s
        for s in collapse(case.statements, case.choices)
        if s.status == "stated" and pattern.covers(s.name, s.arguments)
    ]


def _values(interview: Interview, speaker: Speaker, type: str) -> tuple[str, ...]:
    """What may be chosen from: the values of a kind, or what the case declares of a type."""
    kind = speaker.law.vocabulary.kinds.get(type)
    if kind is not None:
        return tuple(value.label for value in kind.values.values())
    entities = interview.case.entities
    return tuple(interview.case.names[name] for name, of in entities.items() if of == type)


def _replies(speaker: Speaker, question: Question) -> str:
    """What may be replied to the question whether there is a fact."""
    plain = speaker.say.expected("status", (), "")
    if question.type == "date":
        return f"{plain}; {speaker.say.expected('date', (), '')}"
    return plain


def because(interview: Interview, language: str = "en") -> list[Line]:
    """Why the question of an interview is asked: what rests on the reply, from the verdict down."""
    question = interview.question
    if question is None or not question.path:
        return []
    law, case = interview.law, interview.case
    goal, world = pose(law, case)
    whole = tuple(s for s in case.statements if s.status == "stated")
    from dataclasses import replace

    ground = ground_case(law, replace(case, statements=whole), world, [goal])
    speaker = speaker_of(interview, language)
    last = Line(OPEN, put(interview, question, language).text)
    fact = speaker.law.vocabulary.facts[question.fact]
    last.basis = speaker.say.settled_by(fact.settled_by, fact.settled_who or "")
    lines = [last]
    for claim in reversed(question.path):
        signature = claim.name, len(claim.arguments)
        if signature not in law.sentences:
            continue
        text = f"{claim.name}({','.join('_' if a is None else a for a in claim.arguments)})"
        holds = ground.settled(text) if claim.arguments else ground.settled(claim.name)
        if claim.sort != HOLDS and holds:
            continue  # that there is no more of it has no words of its own
        said = speaker.atom(signature, claim.arguments, bool(holds))
        pinpoint = law.homes.get(signature, "")
        if said != lines[-1].text:
            lines.append(Line(NEUTRAL, said, pinpoint, children=[lines[-1]]))
    root = lines[-1]
    if root is not last:
        root.mark = mark(ground.settled(goal.text), True)
    return [root]


def provision_of(interview: Interview) -> str:
    """The provision nearest to what is asked that has something to say."""
    question = interview.question
    law = interview.law
    for claim in reversed(question.path if question else ()):
        pinpoint = law.homes.get((claim.name, len(claim.arguments)), "")
        if pinpoint in law.provisions and law.provisions[pinpoint].summary:
            return pinpoint
    return ""


def settled_lines(interview: Interview, language: str = "en") -> list[Line]:
    """What an interview has settled, each in a sentence."""
    speaker = speaker_of(interview, language)
    lines = []
    for s in collapse(interview.case.statements, interview.case.choices):
        holds = {"stated": True, "denied": False}.get(s.status)
        text = speaker.atom((s.name, len(s.arguments)), s.arguments, holds is not False)
        lines.append(Line(mark(holds, True) if holds is not False else NEUTRAL, text))
        if holds is False:
            lines[-1].text = speaker.atom((s.name, len(s.arguments)), s.arguments, False)
    for denial in interview.case.denials:
        signature = denial.name, len(denial.arguments)
        lines.append(Line(NEUTRAL, speaker.atom(signature, denial.arguments, False)))
    for pattern in interview.unsure:
        question = Question("fact", pattern.name, pattern.arguments)
        lines.append(Line(OPEN, ask(speaker, question)))
    return lines


def title(interview: Interview, language: str = "en") -> str:
    """The title of the case that an interview has found out."""
    goal = goal_of(interview)
    question = goal.pinpoint if goal and goal.pinpoint else interview.case.question or ""
    speaker = speaker_of(interview, language)
    return speaker.say.found_out(question, speaker.day(str(interview.case.as_of or "")))

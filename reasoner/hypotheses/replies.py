"""Replies to the questions of an interview: what they state, deny or leave open."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from reasoner.casefiles.case import Case, Denial, Statement, default_name
from reasoner.casefiles.draft import Draft, check_text
from reasoner.casefiles.edits import ASSUMED, Edit, apply_edits
from reasoner.casefiles.ranges import check_date, check_ranges
from reasoner.errors import InputError, Problem
from reasoner.hypotheses.interview import (
    ABOUT,
    ARGUMENT,
    DAY,
    DENIED,
    FACT,
    QUESTION,
    STATED,
    UNKNOWN,
    Interview,
    Pattern,
    Posed,
    Question,
    advance,
    next_place,
)
from reasoner.lawfiles.rules import Law
from reasoner.lawfiles.vocabulary import Argument
from reasoner.solving.question import resolve
from reasoner.source import Place, Source

_PLACE = Place(1, 1)


def reply(interview: Interview, text: str, words: Mapping[str, str], spoken: Law) -> Interview:
    """Answer the question of an interview.

    Args:
        interview: one that is not over.
        text: yes, no, unknown, or a value; empty for the usual value of an argument.
        words: what means ``stated``, ``denied`` and ``unknown``.
        spoken: the law in the language in which values are written.

    Returns:
        The interview after the reply.

    Raises:
        InputError: the reply cannot be used; the question remains.
    """
    question = interview.question
    assert question is not None
    text = " ".join(text.split())
    if not text and question.kind != ARGUMENT:
        raise InputError([Problem("nothing was replied")])
    status = words.get(text.casefold())
    case = interview.case
    after = replace(
        interview,
        question=None,
        posed=(*interview.posed, Posed(question, text)),
        before=interview,
    )
    if question.kind == QUESTION:
        resolve(interview.law, text, entities=case.entities, day=case.as_of)
        return advance(replace(after, case=replace(case, question=text)))
    if question.kind == DAY:
        term = _value(spoken, case, Argument("", "date", ""), text)
        return advance(replace(after, case=replace(case, as_of=int(term))))
    if question.kind == ABOUT:
        case, name = _entity(interview.law, case, question.type, text)
        return advance(replace(after, case=replace(case, about=(*case.about, name))))
    if question.kind == FACT:
        return _reply_to_fact(after, question, text, status, spoken)
    return _reply_with_value(after, question, text, status, spoken)


def _reply_to_fact(
    interview: Interview, question: Question, text: str, status: str | None, spoken: Law
) -> Interview:
    pattern = Pattern(question.fact, question.arguments)
    if status == DENIED:
        return advance(_deny(interview, pattern))
    if status == UNKNOWN:
        return advance(_leave_open(interview, pattern))
    wanted = next_place(interview.law.vocabulary.facts[question.fact], question.arguments)
    if status == STATED:
        return _fill(interview, question, question.arguments)
    if wanted is None:
        raise _cannot_use(text, "answer yes, no or unknown")
    fact = spoken.vocabulary.facts[question.fact]
    argument = fact.arguments[wanted]
    term = _value(spoken, interview.case, argument, text)
    return _fill(interview, question, _put(question.arguments, wanted, term))


def _reply_with_value(
    interview: Interview, question: Question, text: str, status: str | None, spoken: Law
) -> Interview:
    assert question.place is not None
    fact = spoken.vocabulary.facts[question.fact]
    argument = fact.arguments[question.place]
    if status == UNKNOWN:
        return advance(_leave_open(interview, Pattern(question.fact, question.arguments)))
    case = interview.case
    if not text and argument.default is not None:
        term = argument.default
    elif argument.type in interview.law.vocabulary.entities:
        text = text or suggested_name(case, argument.type)
        case, term = _entity(interview.law, case, argument.type, text)
    elif text:
        term = _value(spoken, case, argument, text)
    else:
        raise InputError([Problem("nothing was replied")])
    arguments = _put(question.arguments, question.place, term)
    return _fill(replace(interview, case=case), question, arguments)


def _fill(interview: Interview, question: Question, arguments: tuple[str | None, ...]) -> Interview:
    """Ask for the next argument of a fact that is so, or state it."""
    fact = interview.law.vocabulary.facts[question.fact]
    draft = _draft(interview.law, interview.case)
    check_ranges(draft, fact, list(arguments), STATED, [_PLACE] * fact.arity)
    _raise(draft)
    place = next_place(fact, arguments)
    if place is not None:
        kind = fact.arguments[place].type
        return replace(
            interview,
            question=Question(ARGUMENT, fact.name, arguments, place, kind, question.path),
        )
    complete = tuple(a for a in arguments if a is not None)
    statement = Statement(fact.name, complete, STATED, ASSUMED)
    if any(s.atom == statement.atom for s in interview.case.statements):
        raise InputError([Problem("this is stated already", hint="give another value, or go back")])
    case = apply_edits(interview.case, [Edit(added=(statement,))])
    return advance(replace(interview, case=case, standing=None))


def _deny(interview: Interview, pattern: Pattern) -> Interview:
    """Settle that there is no such fact, or no other; say so in the case where a case can."""
    case = interview.case
    first, *rest = pattern.arguments
    about = [s for s in case.statements if s.name == pattern.name and s.arguments[0] == first]
    if None not in pattern.arguments:
        complete = tuple(a for a in pattern.arguments if a is not None)
        denied = Statement(pattern.name, complete, DENIED, ASSUMED)
        case = apply_edits(case, [Edit(added=(denied,))])
    elif first is not None and not about and all(a is None for a in rest):
        denial = Denial(pattern.name, pattern.arguments, ASSUMED)
        case = replace(case, denials=(*case.denials, denial))
    return replace(interview, case=case, settled=(*interview.settled, pattern))


def _leave_open(interview: Interview, pattern: Pattern) -> Interview:
    """Settle that nobody knows of a fact; mark it unknown in the case where a case can."""
    fact = interview.law.vocabulary.facts[pattern.name]
    arguments = [
        given if given is not None else argument.default
        for given, argument in zip(pattern.arguments, fact.arguments, strict=True)
    ]
    complete = tuple(a for a in arguments if a is not None)
    settled = (*interview.settled, pattern)
    if len(complete) < fact.arity:
        return replace(interview, settled=settled, unsure=(*interview.unsure, pattern))
    unknown = Statement(fact.name, complete, UNKNOWN, ASSUMED)
    case = apply_edits(interview.case, [Edit(added=(unknown,))])
    return replace(interview, case=case, settled=settled, standing=None)


def suggested_name(case: Case, type: str) -> str:
    """A name for something of a type that has none: plot, plot_2."""
    number = 1
    while True:
        name = type if number == 1 else f"{type}_{number}"
        if name not in case.entities:
            return name
        number += 1


def _entity(law: Law, case: Case, type: str, text: str) -> tuple[Case, str]:
    """The entity that a name means, declared if it is new."""
    for name, kind in case.entities.items():
        if kind == type and text.casefold() in (name, case.names[name].casefold()):
            return case, name
    draft = _draft(law, case)
    shown = check_text(draft, text, _PLACE)
    _raise(draft)
    name = _identifier(shown)
    if not name:
        raise _cannot_use(text, "a name has letters, for example Ana or first")
    if name in case.entities:
        raise _cannot_use(text, "something else has that name already")
    entities = MappingProxyType({**case.entities, name: type})
    called = default_name(name, type, law.vocabulary) if text == name else shown
    names = MappingProxyType({**case.names, name: called})
    return replace(case, entities=entities, names=names), name


def _identifier(text: str) -> str:
    """The identifier made of a name: ana_diaz of Ana Díaz."""
    from unicodedata import combining, normalize

    plain = "".join(c for c in normalize("NFKD", text.casefold()) if not combining(c))
    name = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")
    return name if not name or name[0].isalpha() else f"n{name}"


def _value(spoken: Law, case: Case, argument: Argument, text: str) -> str:
    """A value as a term; one of something declared already where it names an entity."""
    if argument.type in spoken.vocabulary.entities:
        for name, kind in case.entities.items():
            if kind == argument.type and text.casefold() in (name, case.names[name].casefold()):
                return name
        raise _cannot_use(text, "answer yes, no or unknown; a new name comes after yes")
    draft = _draft(spoken, case)
    term = check_date(draft, argument, text, _PLACE)
    _raise(draft)
    assert term is not None
    return term


def _put(arguments: tuple[str | None, ...], place: int, term: str) -> tuple[str | None, ...]:
    return (*arguments[:place], term, *arguments[place + 1 :])


def _draft(law: Law, case: Case) -> Draft:
    return Draft(Source("", ""), law.vocabulary, entities=dict(case.entities))


def _raise(draft: Draft) -> None:
    """Raise what was found wrong with a reply, which has no place in a file."""
    if draft.problems:
        raise InputError([Problem(p.message, hint=p.hint) for p in draft.problems])


def _cannot_use(text: str, hint: str) -> InputError:
    return InputError([Problem(f"'{text}' does not answer the question", hint=hint)])

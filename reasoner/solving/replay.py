"""Fold into a case what was asked of it, so that it gives the same answer when it is read again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from reasoner.casefiles.case import Case, Expectation
from reasoner.casefiles.edits import ASSUMED
from reasoner.errors import InputError
from reasoner.lawfiles.rules import Law
from reasoner.solving.question import Goal, resolve
from reasoner.solving.solve import World


def settled(
    law: Law,
    case: Case,
    world: World,
    goal: Goal,
    *,
    answer: str = "",
    title: str = "",
) -> Case:
    """The case with the question, the day, the readings and the date of the law folded in.

    Args:
        law: the law that was asked.
        case: the facts.
        world: the day, the readings and the date of the law.
        goal: what was asked.
        answer: the answer that was given, which the new case expects; nothing else is expected.
        title: the title of the new case; without it, that of the case.
    """
    question, about = question_for(law, case, world, goal)
    expected = Expectation(question, (), None, answer, (), (), None, ASSUMED)
    return replace(
        expecting(law, case, world, (), title=title),
        question=question,
        about=about,
        expectations=(expected,) if answer else (),
    )


def expecting(
    law: Law,
    case: Case,
    world: World,
    answers: Iterable[tuple[Goal, str]],
    *,
    title: str = "",
) -> Case:
    """The case in a world that expects some answers, and no others.

    Args:
        law: the law that was asked.
        case: the facts.
        world: the day, the readings and the date of the law.
        answers: what was asked, with the answers.
        title: the title of the new case; without it, that of the case.
    """
    case = replace(case, as_of=world.day, law_date=world.law_date, readings=world.readings)
    expected = []
    for goal, answer in answers:
        question, about = question_for(law, case, world, goal)
        whom = () if about == case.about else about
        expected.append(Expectation(question, whom, None, answer, (), (), None, ASSUMED))
    return replace(case, title=title or case.title, expectations=tuple(expected))


def question_for(law: Law, case: Case, world: World, goal: Goal) -> tuple[str, tuple[str, ...]]:
    """A question that means the goal, as short as may be, and whom it is about."""
    given = (a for a in goal.arguments if a in case.entities)
    about = tuple(dict.fromkeys(a for a in given if a is not None))
    texts = dict.fromkeys([case.question or "", goal.pinpoint])
    candidates = [(t, a) for t in texts if t for a in dict.fromkeys([case.about, (), about])]
    for text, whom in candidates:
        try:
            found = resolve(law, text, entities=case.entities, about=whom, day=world.day)
        except InputError:
            continue
        if (found.name, found.arguments) == (goal.name, goal.arguments):
            return text, whom
    return goal.text, about

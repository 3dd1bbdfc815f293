"""Answer what generated files ask of their stories, all in one grounding."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from reasoner.casefiles.case import Case
from reasoner.casefiles.near_misses import NearMiss
from reasoner.errors import InputError, Position, Problem
from reasoner.lawfiles.rules import Law
from reasoner.reasons.worlds import Lifted, goal_in, ground_worlds, world_name
from reasoner.solving.question import Goal, resolve
from reasoner.solving.solve import World, facts_of, facts_of_world, world_of

Answers = tuple[str, str]


class Inquiry(NamedTuple):
    """A question about a story, of those named or whom the story is about, and where it stands."""

    story: Case
    question: str
    about: tuple[str, ...]
    position: Position


def answer_near_misses(lifted: Lifted, near_misses: Sequence[NearMiss]) -> list[Answers | Problem]:
    """The answers of near misses, or what is wrong with each.

    Args:
        lifted: the law, made ready for many worlds.
        near_misses: what to answer.
    """
    answers = answer_inquiries(lifted, [asked for one in near_misses for asked in inquiries(one)])
    pairs = zip(answers[::2], answers[1::2], strict=True)
    return [
        before
        if isinstance(before, Problem)
        else after
        if isinstance(after, Problem)
        else (before, after)
        for before, after in pairs
    ]


def inquiries(one: NearMiss) -> tuple[Inquiry, Inquiry]:
    """What a near miss asks, of the story before its change and after it."""
    return (
        Inquiry(one.before, one.question, one.about, one.position),
        Inquiry(one.after, one.question, one.about, one.position),
    )


def answer_inquiries(lifted: Lifted, several: Sequence[Inquiry]) -> list[str | Problem]:
    """The answers to questions about stories, or what is wrong with each.

    Args:
        lifted: the law, made ready for many worlds.
        several: what to answer; stories that are the same are asked once.
    """
    worlds: list[tuple[Case, World]] = []
    places: dict[frozenset[str], int] = {}
    posed = [_pose(lifted, one, worlds, places) for one in several]
    goals = [asked[1] for asked in posed if not isinstance(asked, Problem)]
    if not goals:
        return [asked for asked in posed if isinstance(asked, Problem)]
    ground = ground_worlds(lifted, worlds, goals)
    spoiled = {str(found.arguments[0]) for found in ground.contradictions()}
    answers: list[str | Problem] = []
    for one, asked in zip(several, posed, strict=True):
        if isinstance(asked, Problem):
            answers.append(asked)
        elif world_name(asked[0]) in spoiled:
            answers.append(Problem("the facts of this story contradict each other", one.position))
        else:
            answers.append(ground.answer(asked[1]))
    return answers


def _pose(
    lifted: Lifted,
    inquiry: Inquiry,
    worlds: list[tuple[Case, World]],
    places: dict[frozenset[str], int],
) -> tuple[int, Goal] | Problem:
    """What is asked of a story, which is a world, or why that cannot be asked.

    A question of law alone is answered in no world.
    """
    law = lifted.written
    try:
        goal = question_of(law, inquiry)
    except InputError as error:
        first = error.problems[0]
        return Problem(first.message, inquiry.position, hint=first.hint)
    world = world_of(law, inquiry.story)
    told = frozenset((*facts_of(inquiry.story), *facts_of_world(world)))
    if told not in places:
        places[told] = len(worlds)
        worlds.append((inquiry.story, world))
    place = places[told]
    return place, goal_in(place, goal) if lifted.is_local(goal) else goal


def question_of(law: Law, inquiry: Inquiry) -> Goal:
    """What is asked.

    Raises:
        InputError: when the question names nothing.
    """
    return resolve(
        law,
        inquiry.question,
        entities=inquiry.story.entities,
        about=inquiry.about or inquiry.story.about,
        day=inquiry.story.as_of or 0,
        without_words=True,
    )

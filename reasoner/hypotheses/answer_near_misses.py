"""Answer the questions of near misses, before and after each change, all in one grounding."""

from __future__ import annotations

from collections.abc import Sequence

from reasoner.casefiles.case import Case
from reasoner.casefiles.near_misses import NearMiss
from reasoner.errors import InputError, Problem
from reasoner.lawfiles.rules import Law
from reasoner.reasons.worlds import Lifted, goal_in, ground_worlds
from reasoner.solving.question import Goal, resolve
from reasoner.solving.solve import World, facts_of, facts_of_world, world_of

Answers = tuple[str, str]


def answer_near_misses(lifted: Lifted, near_misses: Sequence[NearMiss]) -> list[Answers | Problem]:
    """The answers of near misses, or what is wrong with each.

    Args:
        lifted: the law, made ready for many worlds.
        near_misses: what to answer; stories that are the same are asked once.
    """
    worlds: list[tuple[Case, World]] = []
    places: dict[frozenset[str], int] = {}
    posed = [_pose(lifted.written, one, worlds, places) for one in near_misses]
    goals = [goal for pair in posed if not isinstance(pair, Problem) for goal in pair]
    if not goals:
        return [pair for pair in posed if isinstance(pair, Problem)]
    ground = ground_worlds(lifted, worlds, goals)
    spoiled = {str(found.arguments[0]) for found in ground.contradictions()}
    answers: list[Answers | Problem] = []
    for one, pair in zip(near_misses, posed, strict=True):
        if isinstance(pair, Problem):
            answers.append(pair)
        elif spoiled.intersection(goal.arguments[0] for goal in pair):
            message = "the facts of this near miss contradict each other"
            answers.append(Problem(message, one.position))
        else:
            answers.append((ground.answer(pair[0]), ground.answer(pair[1])))
    return answers


def _pose(
    law: Law,
    near_miss: NearMiss,
    worlds: list[tuple[Case, World]],
    places: dict[frozenset[str], int],
) -> tuple[Goal, Goal] | Problem:
    """What a near miss asks of its two stories, each a world, or why that cannot be asked."""
    goals = []
    for story in (near_miss.before, near_miss.after):
        try:
            goal = question_of(law, near_miss, story)
        except InputError as error:
            first = error.problems[0]
            return Problem(first.message, near_miss.position, hint=first.hint)
        world = world_of(law, story)
        told = frozenset((*facts_of(story), *facts_of_world(world)))
        if told not in places:
            places[told] = len(worlds)
            worlds.append((story, world))
        goals.append(goal_in(places[told], goal))
    return goals[0], goals[1]


def question_of(law: Law, near_miss: NearMiss, story: Case) -> Goal:
    """What a near miss asks, of the story before its change or after it.

    Raises:
        InputError: when the question names nothing.
    """
    return resolve(
        law,
        near_miss.question,
        entities=story.entities,
        about=near_miss.about or story.about,
        day=story.as_of or 0,
    )

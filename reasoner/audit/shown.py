"""What the cases that there are show already, so that no story need be sought for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from reasoner.audit.sought import Inquiry, Sought, rules_of
from reasoner.audit.stock import Story
from reasoner.hypotheses.sensitivity import options_of, readings_of, rules_at_work
from reasoner.lawfiles.assemble import extend
from reasoner.lawfiles.rules import Law, Signature
from reasoner.reasons.justify import justify
from reasoner.reasons.worlds import Lifted, goal_in, ground_worlds, lift, world_name
from reasoner.solving.ground import NO, YES
from reasoner.solving.question import Goal
from reasoner.solving.solve import World, ground_case, world_of
from reasoner.stories.claims import VIOLATED
from reasoner.stories.kinds import kind_of
from reasoner.stories.refute import Counterexample
from reasoner.stories.stages import Stage
from reasoner.stories.telling import Condition

AT_ONCE = 200  # worlds in one grounding: the more the faster, as long as memory lasts


class Turned(NamedTuple):
    """How many of the cases that rest on a reading are answered otherwise under an option.

    ``first`` is the first of these, if any.
    """

    reading: str
    option: str
    asked: int
    changed: int
    first: int | None


def shown_by(
    inquiry: Inquiry, batch: Sequence[Sought], stories: Sequence[Story]
) -> Iterator[dict[str, int] | None]:
    """Find out what of a batch happens in stories, told with the readings of the inquiry.

    Yields:
        At last, for each thing that happens, the smallest story in which it does, by its place;
        None as a sign of life.
    """
    law = inquiry.law
    more = extend(law, [rule for piece in rules_of(batch) for rule in piece.rules])
    goal = Goal(VIOLATED, (None,), "")
    lifted = lift(more, [goal])
    found: dict[str, int] = {}
    for start in range(0, len(stories), AT_ONCE):
        yield None
        part = stories[start : start + AT_ONCE]
        worlds = [(story.case, _told(inquiry, story)) for story in part]
        wanted = [Goal(VIOLATED, (None, None), "")]
        ground = ground_worlds(lifted, worlds, wanted)
        spoiled = {str(problem.arguments[0]) for problem in ground.contradictions()}
        places = {world_name(n): start + n for n in range(len(part))}
        for world, name in sorted(ground.rows((VIOLATED, 2))):
            if world not in spoiled:
                place = places[world]
                known = found.get(name, place)
                found[name] = min(known, place, key=lambda n: (_size(stories[n]), n))
    yield found


def _size(story: Story) -> int:
    return len(story.case.statements)


def _told(inquiry: Inquiry, story: Story) -> World:
    world = world_of(inquiry.law, story.case)
    return World(world.day, inquiry.law_date, inquiry.readings)


def turned_by(
    inquiry: Inquiry, readings: Sequence[str], stories: Sequence[Story]
) -> Iterator[Turned | None]:
    """For each option of some readings in how many stories it gives another answer.

    The stories are asked what their cases ask. None is a sign of life.
    """
    law = inquiry.law
    taken = {r.id: r.default for r in law.vocabulary.readings.values()} | dict(inquiry.readings)
    resting: dict[str, list[int]] = {}
    for place, story in enumerate(stories):
        rules = {r.number: r for goal in story.goals for r in rules_at_work(law, story.case, goal)}
        yield None
        for reading in readings_of(law, rules.values()):
            resting.setdefault(reading, []).append(place)
    lifted = lift(law)
    for reading in readings:
        places = resting.get(reading, [])
        for option in options_of(law, reading):
            if option == taken[reading] or "(" in option:
                continue
            changed = []
            for start in range(0, len(places), AT_ONCE // 2):
                yield None
                changed += _changed(
                    inquiry, lifted, stories, places[start : start + AT_ONCE // 2], reading, option
                )
            first = min(changed, key=lambda n: (_size(stories[n]), n), default=None)
            yield Turned(reading, option, _cases(stories, places), _cases(stories, changed), first)


def _cases(stories: Sequence[Story], places: Iterable[int]) -> int:
    """How many cases some stories are of."""
    return len({stories[place].path for place in places})


def _changed(
    inquiry: Inquiry,
    lifted: Lifted,
    stories: Sequence[Story],
    places: Sequence[int],
    reading: str,
    option: str,
) -> list[int]:
    """The stories in which some question of theirs is answered otherwise under an option."""
    worlds = []
    for place in places:
        world = _told(inquiry, stories[place])
        other = World(
            world.day,
            world.law_date,
            tuple({**dict(world.readings), reading: option}.items()),
        )
        worlds += [(stories[place].case, world), (stories[place].case, other)]
    wanted = [
        goal_in(2 * n + side, goal)
        for n, place in enumerate(places)
        for goal in stories[place].goals
        for side in (0, 1)
    ]
    ground = ground_worlds(lifted, worlds, wanted)
    spoiled = {str(problem.arguments[0]) for problem in ground.contradictions()}
    return [
        place
        for n, place in enumerate(places)
        if spoiled.isdisjoint((world_name(2 * n), world_name(2 * n + 1)))
        and any(
            ground.answer(goal_in(2 * n, goal)) != ground.answer(goal_in(2 * n + 1, goal))
            for goal in stories[place].goals
        )
    ]


def as_told(inquiry: Inquiry, story: Story, asked: Iterable[Signature]) -> Counterexample | None:
    """A story of a case with the reasons of what it shows; None where nothing is to be asked.

    Args:
        inquiry: the readings with which it is told.
        story: the story.
        asked: the predicates that it is about, asked of the first entity of their type.
    """
    world = _told(inquiry, story)
    goals = [_goal(inquiry.law, story, signature, world.day) for signature in asked]
    ground = ground_case(inquiry.law, story.case, world, goals)
    why = justify(ground, goals)
    told = tuple(Condition(goal, ground.answer(goal) == YES) for goal in goals)
    assert all(ground.answer(goal) in (YES, NO) for goal in goals)
    return Counterexample(
        story.case, world, told, why, kind_of(why, story.case, ground), Stage({}, (), 0)
    )


def _goal(law: Law, story: Story, signature: Signature, day: int) -> Goal:
    arguments: list[str | None] = []
    for kind in law.types.get(signature, ()):
        members = [name for name, of in story.case.entities.items() if of == kind]
        first = next((a for g in story.goals for a in g.arguments if a in members), None)
        known = first or next(iter(members), None)
        if kind == "date":
            arguments.append(str(day))
        elif known is not None and known not in arguments:
            arguments.append(known)
        else:
            arguments.append(None)
    return Goal(signature[0], tuple(arguments), law.homes.get(signature, ""))

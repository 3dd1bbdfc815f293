"""What the cases that there are show already, so that no story need be sought for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from reasoner.audit.sought import Inquiry, Sought, rules_of
from reasoner.audit.stock import Story
from reasoner.lawfiles.assemble import extend
from reasoner.lawfiles.rules import Law, Signature
from reasoner.reasons.justify import justify
from reasoner.reasons.worlds import ground_worlds, lift, world_name
from reasoner.solving.ground import NO, YES
from reasoner.solving.question import Goal
from reasoner.solving.solve import World, ground_case, world_of
from reasoner.stories.claims import VIOLATED
from reasoner.stories.kinds import kind_of
from reasoner.stories.refute import Counterexample
from reasoner.stories.stages import Stage
from reasoner.stories.telling import Condition

AT_ONCE = 200  # worlds in one grounding: the more the faster, as long as memory lasts


def shown_by(
    inquiry: Inquiry, batch: Sequence[Sought], stories: Sequence[Story], start: int = 0
) -> Iterator[dict[str, int]]:
    """Find out what of a batch happens in stories, told with the readings of the inquiry.

    Args:
        inquiry: the law and the readings.
        batch: what is looked for.
        stories: the stories.
        start: the place of the first of these among all stories.

    Yields:
        For some stories after the other, for each thing that happens the smallest story in which
        it does, by its place.
    """
    more = extend(inquiry.law, [rule for piece in rules_of(batch) for rule in piece.rules])
    lifted = lift(more, [Goal(VIOLATED, (None,), "")])
    for first in range(0, len(stories), AT_ONCE):
        part = stories[first : first + AT_ONCE]
        worlds = [(story.case, told_in(inquiry, story)) for story in part]
        ground = ground_worlds(lifted, worlds, [Goal(VIOLATED, (None, None), "")])
        spoiled = {str(problem.arguments[0]) for problem in ground.contradictions()}
        places = {world_name(n): n for n in range(len(part))}
        found: dict[str, int] = {}
        for world, name in sorted(ground.rows((VIOLATED, 2))):
            if world not in spoiled:
                place = places[world]
                known = found.get(name, place)
                found[name] = min(known, place, key=lambda n: (size_of(part[n]), n))
        yield {name: start + first + place for name, place in found.items()}


def size_of(story: Story) -> int:
    """How much a story states."""
    return len(story.case.statements)


def told_in(inquiry: Inquiry, story: Story) -> World:
    """The world of a story, with the readings of an inquiry."""
    world = world_of(inquiry.law, story.case)
    return World(world.day, inquiry.law_date, inquiry.readings)


def as_told(inquiry: Inquiry, story: Story, asked: Iterable[Signature]) -> Counterexample | None:
    """A story of a case with the reasons of what it shows; None where nothing is to be asked.

    Args:
        inquiry: the readings with which it is told.
        story: the story.
        asked: the predicates that it is about, asked of the first entity of their type.
    """
    world = told_in(inquiry, story)
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

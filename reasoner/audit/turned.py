"""Which options of readings give cases another answer.

An option changes something in a case only where a rule that asks for the reading then applies and
did not before, or no longer does; all else of a stratified law follows from that. So cases are
first asked where that is, all options at once, and only there an option is tried.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from reasoner.audit.shown import AT_ONCE, told_in
from reasoner.audit.sought import Inquiry
from reasoner.audit.stock import Story
from reasoner.hypotheses.sensitivity import options_of, readings_of, rules_at_work, with_number
from reasoner.lawfiles.infer import all_literals
from reasoner.lawfiles.rules import WORLD, Law, Literal, Rule
from reasoner.reasons.worlds import Lifted, goal_in, ground_worlds, lift, world_name
from reasoner.solving.question import Goal
from reasoner.solving.solve import World

_TRIED, _TOUCHED = "_tried", "_touched"

Choice = tuple[str, str]
"""A reading with one of its options."""


class Turned(NamedTuple):
    """Which stories rest on a reading, and which of them are answered otherwise under an option.

    They are given by their places among all stories.
    """

    choice: Choice
    resting: tuple[int, ...]
    changed: tuple[int, ...]


def options_tried(
    inquiry: Inquiry, readings: Iterable[str], stories: Sequence[Story]
) -> list[Choice]:
    """The options of readings that are not taken, those with a number under several numbers.

    The numbers are 1, those that are taken or that a case takes, and the ones beside these.
    """
    law = inquiry.law
    taken = {r.id: r.default for r in law.vocabulary.readings.values()} | dict(inquiry.readings)
    said = {*taken.items(), *(choice for story in stories for choice in story.case.readings)}
    found: list[Choice] = []
    for reading in readings:
        for option in options_of(law, reading):
            name, numbered, _ = option.partition("(")
            if not numbered:
                found.append((reading, option))
                continue
            start = f"{name}("
            known = {
                int(o[len(start) : -1]) for r, o in said if r == reading and o.startswith(start)
            }
            beside = {n + step for n in known for step in (-1, 0, 1)}
            numbers = sorted(n for n in {1, *beside} if n > 0)
            found += [(reading, with_number(option, number)) for number in numbers]
    return [choice for choice in found if choice[1] != taken[choice[0]]]


def turned_by(
    inquiry: Inquiry, choices: Sequence[Choice], stories: Sequence[Story], start: int = 0
) -> Iterator[Turned]:
    """For each of some options in which stories it gives another answer to what their cases ask.

    Args:
        inquiry: the law and the readings.
        choices: the options.
        stories: the stories.
        start: the place of the first of these among all stories.
    """
    law = inquiry.law
    lifted = lift(law)
    resting = _resting(law, stories)
    touched = _touched(inquiry, lifted, choices, stories)
    for choice in choices:
        places = resting.get(choice[0], [])
        tried = [place for place in places if place in touched[choice]]
        changed: list[int] = []
        for first in range(0, len(tried), AT_ONCE // 2):
            part = tried[first : first + AT_ONCE // 2]
            changed += changed_by(inquiry, lifted, stories, part, choice)
        yield Turned(choice, *(tuple(start + n for n in some) for some in (places, changed)))


def _resting(law: Law, stories: Sequence[Story]) -> dict[str, list[int]]:
    """For each reading the stories whose questions rest on it."""
    found: dict[str, list[int]] = {}
    for place, story in enumerate(stories):
        rules = {r.number: r for goal in story.goals for r in rules_at_work(law, story.case, goal)}
        for reading in readings_of(law, rules.values()):
            found.setdefault(reading, []).append(place)
    return found


def _touched(
    inquiry: Inquiry, lifted: Lifted, choices: Sequence[Choice], stories: Sequence[Story]
) -> Mapping[Choice, set[int]]:
    """For each option the stories in which a rule then applies that did not, or no longer does."""
    law = lifted.law
    readings = {reading for reading, _ in choices}
    program = [f"{_TRIED}({n},{reading},{option})." for n, (reading, option) in enumerate(choices)]
    goals: dict[str, Goal] = {}
    for rule in law.rules:
        for literal in rule.body:
            atom = literal.atom
            if (
                atom is None
                or atom.signature != law.reading
                or atom.arguments[1].text not in readings
            ):
                continue
            program += _touching(rule, literal)
            goals[rule.head.name] = Goal(rule.head.name, (None,) * len(rule.head.arguments), "")
    counted = _inside_counts(law)
    found = {c: set(range(len(stories))) if c[0] in counted else set[int]() for c in choices}
    for start in range(0, len(stories), AT_ONCE):
        part = stories[start : start + AT_ONCE]
        worlds = [(story.case, told_in(inquiry, story)) for story in part]
        ground = ground_worlds(lifted, worlds, list(goals.values()), program)
        places = {world_name(n): start + n for n in range(len(part))}
        for number, world in ground.rows((_TOUCHED, 2)):
            found[choices[int(number)]].add(places[world])
    return found


def _inside_counts(law: Law) -> set[str]:
    """The readings of a lifted law that are asked for inside of a count."""
    return {
        literal.atom.arguments[1].text
        for rule in law.rules
        for literal in {*all_literals(rule.body)} - {*rule.body}
        if literal.atom is not None and literal.atom.signature == law.reading
    }


def _touching(rule: Rule, literal: Literal) -> Iterator[str]:
    """What reports that an option makes a rule apply, or keeps it from applying."""
    assert literal.atom is not None
    _, reading, option = (term.text for term in literal.atom.arguments)
    tried = f"{_TRIED}(Tried_,{reading},{option})"
    others = [other.text for other in rule.body if other is not literal]
    any_option = f"{_TRIED}(Tried_,{reading},_)"
    under = f"{any_option}, not {tried}" if literal.negated else tried
    not_under = tried if literal.negated else f"{any_option}, not {tried}"
    head, world = f"{_TOUCHED}(Tried_,{WORLD})", f"world({WORLD})"
    yield f"{head} :- {', '.join([world, under, *others, f'not {rule.head.text}'])}."
    yield f"{head} :- {', '.join([world, not_under, literal.text, *others])}."


def changed_by(
    inquiry: Inquiry,
    lifted: Lifted,
    stories: Sequence[Story],
    places: Sequence[int],
    choice: Choice,
) -> list[int]:
    """The stories in which some question of theirs is answered otherwise under an option."""
    worlds = []
    for place in places:
        world = told_in(inquiry, stories[place])
        readings = tuple({**dict(world.readings), choice[0]: choice[1]}.items())
        other = World(world.day, world.law_date, readings)
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

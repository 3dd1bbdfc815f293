"""Vary a story in one thing at a time, and find out what it shows together with its variations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from reasoner.audit.probes import ALONE, FIRES, SHOWN, goals_of, report_pairs, report_sides
from reasoner.audit.stock import Sides, Stock, near_facts
from reasoner.audit.variations import Variation, join, matter_of, vary
from reasoner.casefiles.case import Case
from reasoner.casefiles.edits import Edit, apply_edits
from reasoner.reasons.worlds import ground_worlds, world_name
from reasoner.solving.solve import world_of

AT_ONCE = 120
"""How many variations are put to the law together."""


class Seed(NamedTuple):
    """A story to vary: one of those there are, by its number, after some changes."""

    story: int
    given: tuple[Edit, ...] = ()


class Pair(NamedTuple):
    """Two stories that show conditions: a seed, and the same with one change.

    ``shows`` are the conditions by their numbers, each with whether its rule applies before the
    change; otherwise it applies after it.
    """

    seed: Seed
    edit: Edit
    shows: tuple[tuple[int, bool], ...]


class Task(NamedTuple):
    """A seed to vary for some conditions.

    ``rules`` are rules of which a story is looked for where they apply, ``alone`` conditions of
    which one is looked for where they are alone missing; ``most`` is how many variations are tried.
    """

    seed: Seed
    targets: tuple[int, ...]
    rules: tuple[int, ...]
    alone: tuple[int, ...]
    most: int


class Examined(NamedTuple):
    """What came of varying a seed: pairs, and changes that lead to a side wanted."""

    pairs: tuple[Pair, ...]
    nearer: tuple[tuple[Edit, Sides], ...]


def change(stock: Stock, seed: Seed, *edits: Edit) -> Case:
    """The story of a seed, after further changes."""
    return apply_edits(stock.stories[seed.story].case, [*seed.given, *edits])


def examine(stock: Stock, task: Task) -> Examined:
    """Vary a seed, and find out which variations show conditions together with it.

    Args:
        stock: the law, its conditions and the stories.
        task: what to vary, and for which conditions.

    Returns:
        As few pairs as show all that can be shown so, the usual changes first.
    """
    case = change(stock, task.seed)
    of_rules = [n for n, c in enumerate(stock.conditions) if c.rule in task.rules]
    asked = dict.fromkeys((*task.targets, *task.alone, *of_rules))
    matter = join(matter_of(stock.law, stock.conditions[n]) for n in asked)
    waiting = vary(stock.law, case, matter, stock.values)[: task.most]
    targets, sided = list(task.targets), [n for n in asked if n not in task.targets]
    rules, alone = set(task.rules), set(task.alone)
    pairs: list[Pair] = []
    nearer: list[tuple[Edit, Sides]] = []
    for start in range(0, len(waiting), AT_ONCE):
        some = waiting[start : start + AT_ONCE]
        shown, sides = _put(stock, case, some, targets, sided)
        for edit, shows in _fewest(some, shown):
            pairs.append(Pair(task.seed, edit, shows))
            targets = [n for n in targets if n not in dict(shows)]
        for place, found in sides:
            new = Sides(found.rules & rules, found.alone & alone)
            if new.rules or new.alone:
                nearer.append((some[place].edit, new))
                rules -= new.rules
                alone -= new.alone
        if not (targets or rules or alone):
            break
    return Examined(tuple(pairs), tuple(nearer))


def look_at_variations(
    stock: Stock, case: Case, variations: Sequence[Variation], targets: Sequence[int]
) -> dict[int, dict[int, bool]]:
    """What some variations of a story show together with it, by their places.

    Args:
        stock: the law and its conditions.
        case: the story.
        variations: the variations.
        targets: the conditions that are looked at.

    Returns:
        For each variation that shows something the conditions, each with whether its rule applies
        in the story itself.
    """
    return _put(stock, case, variations, targets, ())[0]


def _put(
    stock: Stock,
    case: Case,
    variations: Sequence[Variation],
    targets: Sequence[int],
    wanted: Sequence[int],
) -> tuple[dict[int, dict[int, bool]], list[tuple[int, Sides]]]:
    """Put a story and its variations to the law.

    Returns:
        For each variation what it shows together with the story, and what it has itself.
    """
    cases = [case, *(apply_edits(case, [variation.edit]) for variation in variations)]
    worlds = [(one, world_of(stock.law, one)) for one in cases]
    asked = [stock.conditions[n] for n in targets]
    sided = [stock.conditions[n] for n in wanted]
    program = [
        *report_pairs(stock.lifted, asked),
        *report_sides(stock.lifted, sided),
        *near_facts((0, number) for number in range(1, len(cases))),
    ]
    goals = goals_of(stock.lifted, [*asked, *sided])
    ground = ground_worlds(stock.lifted, worlds, goals, dict.fromkeys(program))
    spoiled = {str(found.arguments[0]) for found in ground.contradictions()}
    shown: dict[int, dict[int, bool]] = {}
    for number, first, second in sorted(ground.rows((SHOWN, 3))):
        if not spoiled.intersection((first, second)):
            place = max(int(first[1:]), int(second[1:])) - 1
            shown.setdefault(place, {})[targets[int(number)]] = first == world_name(0)
    rules: dict[str, set[int]] = {}
    alone: dict[str, set[int]] = {}
    for number, world in ground.rows((FIRES, 2)):
        rules.setdefault(world, set()).add(int(number))
    for number, world in ground.rows((ALONE, 2)):
        alone.setdefault(world, set()).add(wanted[int(number)])
    sides = [
        (place, Sides(frozenset(rules.get(world, ())), frozenset(alone.get(world, ()))))
        for place, world in enumerate(map(world_name, range(1, len(cases))))
        if world not in spoiled and (world in rules or world in alone)
    ]
    return shown, sides


def _fewest(
    variations: Sequence[Variation], shown: Mapping[int, Mapping[int, bool]]
) -> Iterator[tuple[Edit, tuple[tuple[int, bool], ...]]]:
    """As few variations as show all that any of them shows."""
    left = {number for shows in shown.values() for number in shows}
    while left:
        best = max(
            shown,
            key=lambda p: (len(left & shown[p].keys()), -variations[p].cost, -p),
        )
        shows = tuple((n, before) for n, before in sorted(shown[best].items()) if n in left)
        yield variations[best].edit, shows
        left -= shown[best].keys()

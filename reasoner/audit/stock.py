"""The stories that there are of a law, and what they show by themselves.

They are those of the cases that come with the law. Which rules apply in them, which conditions are
alone missing, and what two of them show that differ in one thing, is asked of clingo for all at
once, by the rules of :mod:`reasoner.audit.probes`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from reasoner.audit.conditions import Condition, conditions
from reasoner.audit.probes import (
    ALONE,
    FIRES,
    NEAR,
    SHOWN,
    can_decide,
    goals_of,
    report_pairs,
    report_sides,
)
from reasoner.audit.variations import Values, values_of
from reasoner.casefiles.case import Case
from reasoner.casefiles.generated import read_generated
from reasoner.errors import InputError
from reasoner.hypotheses.expectations import Asked, read_expectations
from reasoner.lawfiles.rules import Law
from reasoner.reasons.worlds import Lifted, ground_worlds, lift, world_name
from reasoner.solving.question import Goal
from reasoner.solving.replay import expecting
from reasoner.solving.solve import World, facts_of, facts_of_world, pose, world_of


class Story(NamedTuple):
    """A case in a world: with its day, its readings and the date of the law folded in.

    ``goals`` are what the case asks in that world.
    """

    path: str
    case: Case
    goals: tuple[Goal, ...] = ()


class Sides(NamedTuple):
    """Which rules apply in a story and which conditions are alone missing, by their numbers."""

    rules: frozenset[int]
    alone: frozenset[int]


@dataclass(frozen=True, slots=True)
class Stock:
    """A law made ready, its conditions that can decide something, and the stories there are.

    The first ``own`` stories are those of cases, the others those of near misses, each before and
    after its change.
    """

    lifted: Lifted
    conditions: tuple[Condition, ...]
    stories: tuple[Story, ...]
    own: int
    values: Values

    @property
    def law(self) -> Law:
        """The law as written."""
        return self.lifted.written


def take_stock(
    law: Law,
    paths: Iterable[Path],
    near_misses: Iterable[Path] = (),
    pinpoints: Sequence[str] = (),
) -> Stock:
    """Make a law ready, with the stories of some case files.

    Cases with unknown facts are several stories at once, and are left out.

    Args:
        law: the law.
        paths: the case files; those that cannot be read are left out.
        near_misses: files of near misses; likewise.
        pinpoints: only the conditions of these provisions and of those below them.
    """
    lifted = lift(law)
    asked = tuple(c for c in conditions(law, pinpoints) if can_decide(lifted, c))
    own = list(_stories(law, paths))
    stories = (*own, *_near_misses(law, near_misses))
    return Stock(lifted, asked, stories, len(own), values_of(law))


def _near_misses(law: Law, paths: Iterable[Path]) -> Iterator[Story]:
    """The stories of some near misses, before and after each change."""
    for path in paths:
        try:
            found = read_generated(str(path), law.vocabulary)
        except InputError:
            continue
        for one in found.near_misses:
            yield Story(str(path), one.before)
            yield Story(str(path), one.after)
        for told, _ in found.answers:
            yield Story(str(path), told)


def _stories(law: Law, paths: Iterable[Path]) -> Iterator[Story]:
    """The stories of some case files, each once."""
    seen: set[tuple[str, frozenset[str]]] = set()
    for path in paths:
        try:
            asked = read_expectations(law, path)
        except InputError:
            continue
        if asked.unsettled:
            continue
        for world, goals in _worlds(law, asked):
            case = expecting(law, asked.case, world, ())
            key = (str(path), facts_in(law, case))
            if key not in seen:
                seen.add(key)
                yield Story(str(path), case, tuple(dict.fromkeys(goals)))


def _worlds(law: Law, asked: Asked) -> Iterator[tuple[World, list[Goal]]]:
    """The worlds in which a case expects something, with what; else that of its own question."""
    for world, posed in asked.worlds():
        yield world, [one.goal for one in posed]
    if not asked.posed and asked.case.question:
        with suppress(InputError):
            goal, world = pose(law, asked.case)
            yield world, [goal]


def facts_in(law: Law, case: Case) -> frozenset[str]:
    """All that a story tells the law, its world included."""
    return frozenset([*facts_of(case), *facts_of_world(world_of(law, case))])


# two stories of those there are


def near_each_other(law: Law, cases: Sequence[Case]) -> list[tuple[int, int]]:
    """The pairs of some stories that differ in one thing.

    That is a statement more, with what it alone speaks of, or one value of a statement, the day,
    a reading or the date of the law.
    """
    kinds = tuple(f"{kind}(" for kind in law.vocabulary.entities)
    everything = [facts_in(law, case) for case in cases]
    told = [frozenset(f for f in facts if not f.startswith(kinds)) for facts in everything]
    buckets: dict[frozenset[str], list[tuple[int, str]]] = {}
    for number, facts in enumerate(told):
        buckets.setdefault(facts, []).append((number, ""))
        for fact in facts:
            buckets.setdefault(facts - {fact}, []).append((number, fact))
    found: set[tuple[int, int]] = set()
    for several in buckets.values():
        for place, (one, more) in enumerate(several):
            for other, instead in several[place + 1 :]:
                if one == other or (more and instead and not _one_value(more, instead)):
                    continue
                if not (more or instead):
                    continue
                declared = everything[one] ^ everything[other]
                alone = {f.rstrip(".") for f in declared if f.startswith(kinds)}
                if all(_speaks_of(more + instead, fact) for fact in alone):
                    found.add((min(one, other), max(one, other)))
    return sorted(found)


def _one_value(one: str, other: str) -> bool:
    """Whether two facts differ in one value."""
    name, _, rest = one.rstrip(".").partition("(")
    same, _, others = other.rstrip(".").partition("(")
    first, second = rest[:-1].split(","), others[:-1].split(",")
    if name != same or len(first) != len(second):
        return False
    return sum(a != b for a, b in zip(first, second, strict=True)) == 1


def _speaks_of(facts: str, declared: str) -> bool:
    name = declared.partition("(")[2][:-1]
    return re.search(rf"\b{re.escape(name)}\b", facts) is not None


class Seen(NamedTuple):
    """What some stories show by themselves.

    ``pairs`` are the conditions shown by two of them, with the two; ``sides`` what each story has.
    """

    pairs: Mapping[int, tuple[int, int]]
    sides: tuple[Sides, ...]


def look_at(stock: Stock, cases: Sequence[Case], near: Iterable[tuple[int, int]]) -> Seen:
    """Find out what stories show: which rules apply in each, what two near ones show.

    Args:
        stock: the law and its conditions.
        cases: the stories.
        near: which of them differ in one thing.
    """
    worlds = [(case, world_of(stock.law, case)) for case in cases]
    program = [
        *report_sides(stock.lifted, stock.conditions),
        *report_pairs(stock.lifted, stock.conditions),
        *near_facts(near),
    ]
    ground = ground_worlds(stock.lifted, worlds, goals_of(stock.lifted, stock.conditions), program)
    spoiled = {str(found.arguments[0]) for found in ground.contradictions()}
    rules: dict[str, set[int]] = {}
    alone: dict[str, set[int]] = {}
    for table, name in ((rules, FIRES), (alone, ALONE)):
        for number, world in ground.rows((name, 2)):
            table.setdefault(world, set()).add(int(number))
    pairs: dict[int, tuple[int, int]] = {}
    for number, first, second in ground.rows((SHOWN, 3)):
        if first not in spoiled and second not in spoiled:
            pair = int(first[1:]), int(second[1:])
            known = pairs.get(int(number))
            pairs[int(number)] = min(pair, known) if known else pair
    none: set[int] = set()
    sides = tuple(
        Sides(frozenset(rules.get(w, none)), frozenset(alone.get(w, none)))
        if w not in spoiled
        else Sides(frozenset(), frozenset())
        for w in map(world_name, range(len(cases)))
    )
    return Seen(dict(sorted(pairs.items())), sides)


def near_facts(near: Iterable[tuple[int, int]]) -> list[str]:
    """Say which worlds are near each other, by their numbers."""
    names = [(world_name(a), world_name(b)) for a, b in near]
    return [f"{NEAR}({a},{b}). {NEAR}({b},{a})." for a, b in names]

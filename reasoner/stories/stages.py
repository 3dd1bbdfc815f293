"""In which parts a scope is searched for stories, the most promising and smallest first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from math import prod
from types import MappingProxyType
from typing import NamedTuple

from reasoner.lawfiles.rules import Law
from reasoner.lawfiles.vocabulary import Argument, Fact
from reasoner.solving.ground import Ground
from reasoner.solving.question import Goal
from reasoner.stories.claims import BESIDE, REACH
from reasoner.stories.completion import demanded
from reasoner.stories.stories import Setting, domains

NEAR = 1
ANY = 10_000
UNSAID = 2  # of each type, where a scope names no entities


class Stage(NamedTuple):
    """A part of a scope that is searched at once.

    ``entities`` are the most of each type, ``facts`` the names of those that may be stated,
    ``beside`` how many days beside each day of the grid.
    """

    entities: Mapping[str, int]
    facts: tuple[str, ...]
    beside: int


def stages(
    law: Law,
    setting: Setting,
    apart: Mapping[str, int],
    scope: Mapping[str, int],
    without: Collection[str] = (),
) -> list[Stage]:
    """The parts in which a scope is searched; the last is all of it.

    Args:
        law: the law.
        setting: what stories are made of.
        apart: how far each fact and type of entity is from what is sought; the others play no
            part in it.
        scope: the most of each type of entity, two of each unless it names some; and how far and
            how close to look.
        without: the names of facts that are left out.
    """
    most = {kind: scope[kind] for kind in law.vocabulary.entities if kind in scope}
    most = most or dict.fromkeys(law.vocabulary.entities, UNSAID)
    largest = max(most.values(), default=0)
    reach, beside = scope.get(REACH, ANY), scope.get(BESIDE, 0)
    near = min(NEAR, reach)
    steps = [(1, near, 0), (largest, near, 0), (largest, reach, 0)]
    if beside:
        steps += [(largest, near, beside), (largest, reach, beside)]
    found: list[Stage] = []
    for size, away, days in steps:
        entities = {kind: min(size, number) for kind, number in most.items()}
        names = [name for name, far in apart.items() if far <= away and name not in without]
        stage = _stage(law, setting, names, without, entities, days)
        if stage not in found:
            found.append(stage)
    return found


def _stage(
    law: Law,
    setting: Setting,
    names: Iterable[str],
    without: Collection[str],
    most: Mapping[str, int],
    beside: int,
) -> Stage:
    """A part in which some facts may be stated, and those that axioms ask for beside them."""
    known = {
        name: fact
        for name, fact in law.vocabulary.facts.items()
        if fact.section and name not in without and _possible(law, fact, most)
    }
    named = set(names)
    chosen = [name for name in known if name in named]
    found = demanded(law, setting, chosen, _types(law, chosen, named, most))
    facts = tuple(name for name in known if name in found)
    types = _types(law, facts, named, most)
    return Stage(MappingProxyType({kind: most[kind] for kind in types}), facts, beside)


def _types(
    law: Law, facts: Iterable[str], named: Collection[str], most: Mapping[str, int]
) -> list[str]:
    """The types of entities, named or that some facts are about, of which there may be any."""
    types = {a.type for name in facts for a in law.vocabulary.facts[name].arguments}
    return [kind for kind, number in most.items() if number and (kind in types or kind in named)]


def _possible(law: Law, fact: Fact, most: Mapping[str, int]) -> bool:
    """Whether there are enough entities to state a fact; those of a type are different ones."""
    types = [a.type for a in fact.arguments if a.type in law.vocabulary.entities]
    return all(types.count(kind) <= most.get(kind, 0) for kind in types)


def count_statements(law: Law, setting: Setting, stage: Stage) -> int:
    """How many statements the stories of a stage are chosen from."""
    program = [
        *setting.rules,
        f"beside({-stage.beside}..{stage.beside}).",
        *sorted(domains(law, stage.facts)),
    ]
    ground = Ground(law, program, goals=[Goal(kind, (None,), "") for kind in law.vocabulary.kinds])
    days = Counter(tuple(row[:2]) for row in ground.rows(("_day", 3)))
    values = Counter(tuple(row[:2]) for row in ground.rows(("_value", 3)))

    def size(fact: Fact, argument: Argument) -> int:
        if argument.type == "date":
            return days[fact.name, str(argument.default or 0)]
        if argument.type in law.vocabulary.entities:
            return 1
        return values[fact.name, argument.type]

    def entities(fact: Fact) -> Iterator[int]:
        types = [a.type for a in fact.arguments if a.type in law.vocabulary.entities]
        for place, kind in enumerate(types):
            yield stage.entities.get(kind, 0) - types[:place].count(kind)

    facts = (law.vocabulary.facts[name] for name in stage.facts)
    return sum(prod([*entities(f), *(size(f, a) for a in f.arguments[1:])]) for f in facts)

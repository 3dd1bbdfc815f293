"""Find for every condition of a law two stories that show that it decides.

What shows it is said in :mod:`reasoner.audit.probes`. Two of the stories that there are may show
it, or a near miss that comes with the law. For the other conditions the stories are varied, those
first that come near to most of them; where none comes near, variations that do are varied again.
What nothing near to these stories shows, two stories are chosen for (:mod:`reasoner.audit.paired`),
in small parts of a scope and then in all of it. Where that has none, no story of the scope shows
it; where time runs out, that is open.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from reasoner.audit.certain import never_alone
from reasoner.audit.nearby import Pair, Seed, Task
from reasoner.audit.outcomes import Beyond
from reasoner.audit.paired import Batch, Chosen, Settled, read_atoms
from reasoner.audit.processes import Workers
from reasoner.audit.stock import Seen, Sides, Stock, Story, look_at, near_each_other
from reasoner.lawfiles.infer import rules_behind
from reasoner.lawfiles.rules import Signature


def impossible(stock: Stock, numbers: Iterable[int]) -> Iterator[int | None]:
    """Those of some conditions that no story can miss alone; None as a sign of life."""
    for number in numbers:
        yield number if never_alone(stock.law, stock.conditions[number]) else None


class Effort(NamedTuple):
    """How far stories are varied: how many for a condition, and how often each.

    ``at_home`` are stories varied only that ask something which rests on the condition's rule.
    """

    stories: int
    variations: int
    at_home: bool


ROUNDS = (
    Effort(4, 240, True),
    Effort(12, 600, True),
    Effort(20, 600, False),
    Effort(40, 1200, False),
)
"""The searches made one after the other for what is still open."""
MOST_GIVEN = 2
"""How many changes a story may have before the one that shows something."""


@dataclass(slots=True)
class Open:
    """What is still looked for: the conditions, and the stories that were varied for each.

    ``approached`` are those varied in order to come near to a condition, ``homes`` for each story
    the rules that its questions rest on.
    """

    tried: dict[int, set[Seed]]
    approached: dict[int, set[Seed]]
    sides: dict[Seed, Sides]
    homes: list[frozenset[int]]


def choose_pairs(
    stock: Stock, wanted: set[int], beyond: Beyond, made: list[Story], workers: Workers
) -> Iterator[Pair | None]:
    """Let clingo choose pairs of stories that show conditions.

    Args:
        stock: the law with its conditions and the stories.
        wanted: the conditions to look for; those found are taken away.
        beyond: the scope, and what it is found to have no stories for.
        made: the stories made up, which come after those of the stock.
        workers: who does the work.

    Yields:
        Each pair with the conditions that no pair before it shows; None as a sign of life.
    """
    for whole in (False, True):
        for _, settled in workers.run(batches_of(stock, wanted, beyond, whole)):
            if settled is None:
                yield None
                continue
            assert isinstance(settled, Settled)
            beyond.none |= {n for n in settled.none if n in wanted}
            beyond.never |= {n for n in settled.never if n in wanted}
            for part in settled.partly:
                beyond.partly.update((n, dict(part.scope)) for n in part.numbers if n in wanted)
            for chosen in settled.chosen:
                yield from _pairs_chosen(stock, wanted, made, chosen)
            yield None


def batches_of(stock: Stock, wanted: set[int], beyond: Beyond, whole: bool) -> Iterator[Batch]:
    """The conditions that are still looked for, rule by rule, those of provisions first.

    No part is searched twice.

    Args:
        stock: the law with its conditions.
        wanted: those that are looked for, which may become fewer.
        beyond: the scope, and what is known of it.
        whole: whether all of the scope is searched, or its small parts.
    """
    rules: dict[int, list[int]] = {}
    done = set() if whole else set(beyond.partly)
    for number in sorted(wanted - beyond.none - done):
        rules.setdefault(stock.conditions[number].rule, []).append(number)
    provisions = stock.law.provisions
    for numbers in sorted(
        rules.values(), key=lambda some: stock.conditions[some[0]].heading not in provisions
    ):
        left = tuple(n for n in numbers if n in wanted and n not in beyond.none)
        if left:
            others = tuple(sorted(wanted - {*left}))
            yield Batch(left, tuple(sorted(beyond.scope.items())), others, whole)


def _pairs_chosen(
    stock: Stock, wanted: set[int], made: list[Story], chosen: Chosen
) -> Iterator[Pair]:
    """The pairs that a story chosen makes with those near to it, of what is still looked for."""
    seed = Seed(len(stock.stories) + len(made))
    begun = False
    for edit, told in ((chosen.edit, chosen.shows), *chosen.more):
        shows = tuple((number, before) for number, before in told if number in wanted)
        if shows:
            if not begun:
                made.append(Story("", read_atoms(stock, chosen.atoms)[0]))
                begun = True
            wanted.difference_update(number for number, _ in shows)
            yield Pair(seed, edit, shows)


def search(
    stock: Stock, seen: Seen, numbers: Iterable[int], workers: Workers
) -> Iterator[Pair | None]:
    """Vary stories to find pairs that show what those there are do not show.

    Args:
        stock: the law with its conditions and the stories.
        seen: what the stories show by themselves.
        numbers: the conditions to look for.
        workers: who does the work.

    Yields:
        Each pair with the conditions that no pair before it shows; None as a sign of life.
    """
    wanted = Open(
        {number: set() for number in numbers},
        {number: set() for number in numbers},
        {Seed(n): sides for n, sides in enumerate(seen.sides) if n < stock.own},
        _homes(stock),
    )
    for effort in ROUNDS:
        for tasks in (_tasks, _approaches, _tasks):
            for task, found in workers.run(tasks(stock, wanted, effort)):
                if found is None:
                    yield None
                    continue
                for edit, sides in found.nearer:
                    seed = Seed(task.seed.story, (*task.seed.given, edit))
                    wanted.sides.setdefault(seed, sides)
                for pair in found.pairs:
                    shows = tuple((n, before) for n, before in pair.shows if n in wanted.tried)
                    for number, _ in shows:
                        del wanted.tried[number]
                    yield pair._replace(shows=shows) if shows else None
                yield None


def _homes(stock: Stock) -> list[frozenset[int]]:
    """For each story of a case the rules that its questions rest on."""
    known: dict[frozenset[Signature], frozenset[int]] = {}
    found = []
    for story in stock.stories[: stock.own]:
        asked = frozenset((goal.name, len(goal.arguments)) for goal in story.goals)
        if asked not in known:
            known[asked] = frozenset(rule.number for rule in rules_behind(stock.law, asked))
        found.append(known[asked])
    return found


def _tasks(stock: Stock, wanted: Open, effort: Effort) -> Iterator[Task]:
    """The stories to vary for what they come near to: that which comes near to most first."""

    def near(seed: Seed, sides: Sides, number: int) -> bool:
        rule = stock.conditions[number].rule
        at_home = not effort.at_home or rule in wanted.homes[seed.story]
        return at_home and (number in sides.alone or rule in sides.rules)

    for seed, targets in _best_first(stock, wanted, wanted.tried, effort, near):
        yield Task(seed, targets, (), (), min(effort.variations, 60 + 6 * len(targets)))


def _approaches(stock: Stock, wanted: Open, effort: Effort) -> Iterator[Task]:
    """The stories to vary for conditions to which none comes near."""
    applied = {rule for sides in wanted.sides.values() for rule in sides.rules}
    missed = {number for sides in wanted.sides.values() for number in sides.alone}

    def far(seed: Seed, sides: Sides, number: int) -> bool:
        rule = stock.conditions[number].rule
        lacking = number not in missed or rule not in applied
        return lacking and len(seed.given) < MOST_GIVEN and rule in wanted.homes[seed.story]

    for seed, targets in _best_first(stock, wanted, wanted.approached, effort, far):
        rules = {stock.conditions[n].rule for n in targets} - applied
        alone = tuple(n for n in targets if n not in missed)
        most = min(effort.variations, 60 + 6 * len(targets))
        yield Task(seed, (), tuple(sorted(rules)), alone, most)


def _best_first(
    stock: Stock,
    wanted: Open,
    tried: Mapping[int, set[Seed]],
    effort: Effort,
    serves: Callable[[Seed, Sides, int], bool],
) -> Iterator[tuple[Seed, tuple[int, ...]]]:
    """The stories that serve conditions, each with those: that which serves most, and is small."""
    while True:
        best: tuple[float, Seed, tuple[int, ...]] | None = None
        for seed, sides in wanted.sides.items():
            targets = tuple(
                number
                for number in wanted.tried
                if len(tried[number]) < effort.stories
                and seed not in tried[number]
                and serves(seed, sides, number)
            )
            if not targets:
                continue
            size = len(stock.stories[seed.story].case.statements) + 10 * len(seed.given)
            worth = len(targets) / (10 + size)
            if best is None or worth > best[0]:
                best = worth, seed, targets
        if best is None:
            return
        _, seed, targets = best
        for number in targets:
            tried[number].add(seed)
        yield seed, targets


def look(stock: Stock) -> Seen:
    """What the stories of a stock show by themselves."""
    cases = [story.case for story in stock.stories]
    near = near_each_other(stock.law, cases)
    return look_at(stock, cases, near)

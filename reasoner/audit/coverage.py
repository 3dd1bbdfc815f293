"""Find for every condition of a law two stories that show that it decides.

What shows it is said in :mod:`reasoner.audit.probes`. Two of the stories that there are may show
it, or a near miss that comes with the law. For the other conditions the stories are varied, those
first that come near to most of them; where none comes near, variations that do are varied again.
What is found within that scope is found; the rest may be impossible, or not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from reasoner.audit.certain import never_alone
from reasoner.audit.nearby import Examined, Pair, Seed, Task, examine
from reasoner.audit.stock import Seen, Sides, Stock, look_at, near_each_other, take_stock
from reasoner.lawfiles.infer import rules_behind
from reasoner.lawfiles.rules import Signature

HEARTBEAT = 0.2


CASES, NEAR_MISSES, FOUND, IMPOSSIBLE, OPEN = (
    "cases",
    "near_misses",
    "found",
    "impossible",
    "open",
)


@dataclass(frozen=True, slots=True)
class Coverage:
    """What is known of each condition of a law: what shows that it decides.

    ``pairs`` are the pairs found now; ``impossible`` the conditions that no story can miss alone;
    ``ended`` says how the search ended.
    """

    stock: Stock
    seen: Seen
    pairs: tuple[Pair, ...]
    impossible: frozenset[int]
    ended: str

    def outcomes(self) -> list[str]:
        """For each condition what shows it: cases, near misses, a pair found; or impossible, open.

        Cases show what two of them show that differ in one thing, near misses what is left.
        """
        found = {number for pair in self.pairs for number, _ in pair.shows}
        return [
            (CASES if max(self.seen.pairs[n]) < self.stock.own else NEAR_MISSES)
            if n in self.seen.pairs
            else FOUND
            if n in found
            else IMPOSSIBLE
            if n in self.impossible
            else OPEN
            for n in range(len(self.stock.conditions))
        ]

    def both_sides(self) -> frozenset[int]:
        """The conditions of which both sides are there, in whatever stories."""
        own = self.seen.sides[: self.stock.own]
        rules = {rule for sides in own for rule in sides.rules}
        alone = {number for sides in own for number in sides.alone}
        return frozenset(n for n in alone if self.stock.conditions[n].rule in rules)


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


class Workers:
    """Processes that have a law and its stories ready; without any, the work is done here."""

    def __init__(
        self,
        stock: Stock,
        paths: Sequence[Path],
        near_misses: Sequence[Path],
        pinpoints: Sequence[str],
        processes: int,
    ) -> None:
        """Start the processes.

        Args:
            stock: the law with its conditions and the stories.
            paths: the case files that the stories are from.
            near_misses: the files of near misses that the stories are from.
            pinpoints: the provisions whose conditions are looked at.
            processes: how many work at the same time.
        """
        from multiprocessing import get_context

        self.stock = stock
        self.pool: ProcessPoolExecutor | None = None
        self.at_once = max(1, processes)
        if processes > 1:
            self.pool = ProcessPoolExecutor(
                processes,
                get_context("spawn"),
                initializer=_prepare,
                initargs=(stock.law.directory, paths, near_misses, pinpoints),
            )

    def __enter__(self) -> Workers:
        """Give the workers to whoever puts them to work."""
        return self

    def __exit__(self, *_: object) -> None:
        """Let the processes go, whatever they are at."""
        if self.pool is not None:
            for process in list((self.pool._processes or {}).values()):
                process.terminate()
            self.pool.shutdown(wait=False, cancel_futures=True)

    def run(self, tasks: Iterable[Task]) -> Iterator[tuple[Task, Examined | None]]:
        """Do tasks in their order, a few at the same time; None is a sign of life.

        A task is asked for when somebody is free for it, and what came of the tasks before those
        at work is known by then: the same tasks are asked for whatever the processes do.
        """
        waiting = iter(tasks)
        if self.pool is None:
            for task in waiting:
                yield task, examine(self.stock, task)
            return
        flying: list[tuple[Task, Future[Examined]]] = []
        while True:
            while len(flying) < self.at_once:
                following = next(waiting, None)
                if following is None:
                    break
                flying.append((following, self.pool.submit(_examine, following)))
            if not flying:
                return
            task, future = flying[0]
            try:
                found = future.result(timeout=HEARTBEAT)
            except TimeoutError:
                yield task, None
                continue
            flying.pop(0)
            yield task, found


# The stock of a process that works for another one.
_prepared: list[Stock] = []


def _prepare(
    directory: Path, paths: Sequence[Path], near_misses: Sequence[Path], pinpoints: Sequence[str]
) -> None:
    import signal

    from reasoner.lawfiles.law import load_law

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever is interrupted lets this process go
    _prepared[:] = [take_stock(load_law(directory), paths, near_misses, pinpoints)]


def _examine(task: Task) -> Examined:
    return examine(_prepared[0], task)


def search(
    stock: Stock, seen: Seen, numbers: Iterable[int], workers: Workers
) -> Iterator[Pair | None]:
    """Look for pairs of stories that show what those there are do not show.

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

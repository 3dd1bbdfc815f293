"""Who varies stories and chooses pairs of them: processes that each have a law ready.

What takes too much memory or too long is given up, with what was found of it so far.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

from reasoner.audit.crew import LOST, Crew, Limits
from reasoner.audit.nearby import Examined, Task, examine
from reasoner.audit.paired import Batch, Chosen, Searched, Settled, choose
from reasoner.audit.stock import Stock, take_stock
from reasoner.lawfiles.rules import Law
from reasoner.stories.stories import Setting, read_setting

AHEAD = 3  # tasks for each process that are asked for before those before them are done
LIMITS = Limits(3 << 30, 90)

Found = Settled | Examined | Searched | Chosen | None
Work = TypeVar("Work", Task, Batch)


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
        """Nobody is started before there is something to do.

        Args:
            stock: the law with its conditions and the stories.
            paths: the case files that the stories are from.
            near_misses: the files of near misses that the stories are from.
            pinpoints: the provisions whose conditions are looked at.
            processes: how many work at the same time.
        """
        self.setting = read_setting(stock.law)
        self.ahead = AHEAD * max(1, processes) if processes > 1 else 1
        self.crew: Crew[tuple[int, Task | Batch]] = Crew(
            stock.law,
            _doing,
            (tuple(paths), tuple(near_misses), tuple(pinpoints)),
            processes if processes > 1 else 0,
            LIMITS,
            lambda job: do(stock, self.setting, job[1]),
        )

    def __enter__(self) -> Workers:
        """Give the workers to whoever puts them to work."""
        return self

    def __exit__(self, *_: object) -> None:
        """Let the processes go, whatever they are at."""
        self.crew.__exit__()

    def run(self, tasks: Iterable[Work]) -> Iterator[tuple[Work, Any]]:
        """Do tasks in their order, several at the same time; None is a sign of life.

        What came of a task is handed over in the order of the tasks. A task is asked for when
        there is soon somebody free for it.
        """
        waiting = iter(tasks)
        asked: deque[tuple[int, Work]] = deque()
        jobs: deque[tuple[int, Task | Batch]] = deque()
        found: dict[int, list[Chosen | Searched]] = {}
        done: dict[int, Settled | Examined] = {}
        number = 0

        def ask() -> None:
            nonlocal number
            while len(asked) < self.ahead and (task := next(waiting, None)) is not None:
                asked.append((number, task))
                jobs.append((number, task))
                number += 1

        ask()
        for word in self.crew.run(jobs):
            if word is not None:
                place, job = word.job
                if isinstance(word.found, (Chosen, Searched)):
                    found.setdefault(place, []).append(word.found)
                elif word.found is not None:
                    done[place] = word.found
                elif word.end == LOST:  # given up
                    done[place] = _so_far(job, found.get(place, ()))
            if asked:
                yield asked[0][1], None
            while asked and asked[0][0] in done:
                place, task = asked.popleft()
                yield task, done.pop(place)
            ask()


def _so_far(job: Task | Batch, found: Sequence[Chosen | Searched]) -> Settled | Examined:
    """What came of a job that was given up."""
    if isinstance(job, Task):
        return Examined((), ())
    chosen = tuple(one for one in found if isinstance(one, Chosen))
    return Settled(chosen, (), (), tuple(one for one in found if isinstance(one, Searched)))


def do(stock: Stock, setting: Setting, task: Task | Batch) -> Iterator[Found]:
    """Vary a story, or choose pairs.

    Yields:
        Pairs, and parts of the scope without any, as soon as that is known; what came of it all at
        the end; None as a sign of life.
    """
    if isinstance(task, Batch):
        yield from choose(stock, setting, task)
    else:
        yield examine(stock, task)


def _doing(
    law: Law, paths: Sequence[Path], near_misses: Sequence[Path], pinpoints: Sequence[str]
) -> Callable[[tuple[int, Task | Batch]], Iterator[Found]]:
    """How tasks are done; the stories are read when one is to be varied."""
    setting = read_setting(law)
    stories: list[Stock] = []
    bare = take_stock(law, (), (), pinpoints)

    def doing(job: tuple[int, Task | Batch]) -> Iterator[Found]:
        task = job[1]
        if isinstance(task, Task) and not stories:
            stories.append(take_stock(law, paths, near_misses, pinpoints))
        return do(stories[0] if stories else bare, setting, task)

    return doing

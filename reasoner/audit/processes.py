"""Processes that vary stories and choose pairs of them, each with a law ready."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

from reasoner.audit.nearby import Task, examine
from reasoner.audit.paired import Batch, choose
from reasoner.audit.stock import Stock, take_stock
from reasoner.stories.stories import Setting, read_setting

HEARTBEAT = 0.2
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
        self.setting = read_setting(stock.law)
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

    def run(self, tasks: Iterable[Work]) -> Iterator[tuple[Work, Any]]:
        """Do tasks in their order, a few at the same time; None is a sign of life.

        A task is asked for when somebody is free for it, and what came of the tasks before those
        at work is known by then: the same tasks are asked for whatever the processes do.
        """
        waiting = iter(tasks)
        if self.pool is None:
            for task in waiting:
                done = do(self.stock, self.setting, task)
                while True:
                    try:
                        next(done)
                        yield task, None
                    except StopIteration as end:
                        yield task, end.value
                        break
            return
        flying: list[tuple[Work, Future[Any]]] = []
        while True:
            while len(flying) < self.at_once:
                following = next(waiting, None)
                if following is None:
                    break
                flying.append((following, self.pool.submit(_do, following)))
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


def do(stock: Stock, setting: Setting, task: Task | Batch) -> Generator[None, None, Any]:
    """Vary a story, or choose two; yields signs of life."""
    if isinstance(task, Batch):
        return (yield from choose(stock, setting, task))
    return examine(stock, task)


# The stock of a process that works for another one, and what stories are made of there.
_prepared: list[tuple[Stock, Setting]] = []


def _prepare(
    directory: Path, paths: Sequence[Path], near_misses: Sequence[Path], pinpoints: Sequence[str]
) -> None:
    import signal

    from reasoner.lawfiles.law import load_law

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever is interrupted lets this process go
    law = load_law(directory)
    _prepared[:] = [(take_stock(law, paths, near_misses, pinpoints), read_setting(law))]


def _do(task: Task | Batch) -> Any:
    done = do(*_prepared[0], task)
    while True:
        try:
            next(done)
        except StopIteration as end:
            return end.value

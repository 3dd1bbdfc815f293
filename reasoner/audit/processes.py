"""Processes that vary stories and choose pairs of them, each with a law ready.

clingo cannot be interrupted while it grounds, and a process can: what takes too much memory or too
long ends its process and is given up, and another process is started for what is left.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, TypeVar

from reasoner.audit.nearby import Examined, Task, examine
from reasoner.audit.paired import Batch, Chosen, Settled, choose
from reasoner.audit.stock import Stock, take_stock
from reasoner.stories.stories import Setting, read_setting

HEARTBEAT = 0.2
AHEAD = 3  # tasks for each process that are asked for before those before them are done
MEMORY = 3 << 30  # bytes that a process may take; what it only reserves counts as well
PATIENCE, PATIENCE_WHOLE = 40, 90  # seconds of a processor for a task, and for a whole scope
Work = TypeVar("Work", Task, Batch)


@dataclass(slots=True)
class _Worker:
    """A process, with the number of the task that it is at and what it found of it so far."""

    process: BaseProcess
    connection: Connection
    task: int | None = None
    found: list[Chosen] = field(default_factory=list)


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
        self.stock = stock
        self.setting = read_setting(stock.law)
        self.given = (stock.law.directory, tuple(paths), tuple(near_misses), tuple(pinpoints))
        self.processes = processes if processes > 1 else 0
        self.workers: list[_Worker] = []

    def __enter__(self) -> Workers:
        """Give the workers to whoever puts them to work."""
        return self

    def __exit__(self, *_: object) -> None:
        """Let the processes go, whatever they are at."""
        for worker in self.workers:
            _end(worker)

    def run(self, tasks: Iterable[Work]) -> Iterator[tuple[Work, Any]]:
        """Do tasks in their order, several at the same time; None is a sign of life.

        What came of a task is handed over in the order of the tasks. A task is asked for when
        there is soon somebody free for it.
        """
        waiting = iter(tasks)
        if not self.processes:
            for task in waiting:
                for found in do(self.stock, self.setting, task):
                    yield task, None if isinstance(found, Chosen) else found
            return
        asked: deque[tuple[int, Work]] = deque()
        done: dict[int, Any] = {}
        given = handed = 0
        at_work: dict[int, Work] = {}
        exhausted = False
        while True:
            while not exhausted and len(asked) < AHEAD * self.processes:
                following = next(waiting, None)
                if following is None:
                    exhausted = True
                    break
                asked.append((given, following))
                given += 1
            if not asked:
                return
            self._give(asked, at_work, done)
            busy = {w.connection: w for w in self.workers if w.task is not None}
            for connection in wait(list(busy), HEARTBEAT):
                self._hear(busy[connection], at_work, done)  # type: ignore[index]
            yield asked[0][1], None
            while asked and handed in done:
                _, task = asked.popleft()
                yield task, done.pop(handed)
                handed += 1

    def _give(
        self, asked: Iterable[tuple[int, Work]], at_work: dict[int, Work], done: dict[int, Any]
    ) -> None:
        """Give tasks to whoever is free."""
        for number, task in asked:
            if number in at_work or number in done:
                continue
            free = next((w for w in self.workers if w.task is None), None)
            if free is None and len(self.workers) < self.processes:
                free = _start(self.given)
                self.workers.append(free)
            if free is None:
                return
            free.task, free.found = number, []
            at_work[number] = task
            with suppress(OSError):
                free.connection.send(task)

    def _hear(self, worker: _Worker, at_work: dict[int, Work], done: dict[int, Any]) -> None:
        """What a process says of its task; one that ended has given it up."""
        assert worker.task is not None
        try:
            found = worker.connection.recv()
        except (EOFError, OSError):
            found = None
        if isinstance(found, Chosen):
            worker.found.append(found)
            return
        if found is None:
            is_batch = isinstance(at_work[worker.task], Batch)
            found = Settled(tuple(worker.found), (), ()) if is_batch else Examined((), ())
            _end(worker)
            self.workers.remove(worker)
        done[worker.task] = found
        del at_work[worker.task]
        worker.task = None


def do(
    stock: Stock, setting: Setting, task: Task | Batch
) -> Iterator[Settled | Examined | Chosen | None]:
    """Vary a story, or choose pairs.

    Yields:
        Pairs as soon as they are found, what came of it all at the end; None as a sign of life.
    """
    if isinstance(task, Batch):
        yield from choose(stock, setting, task)
    else:
        yield examine(stock, task)


def _start(given: tuple[Any, ...]) -> _Worker:
    context = get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=_work, args=(there, *given), daemon=True)
    process.start()
    there.close()
    return _Worker(process, here)


def _end(worker: _Worker) -> None:
    worker.connection.close()
    worker.process.kill()
    worker.process.join()


def _work(
    connection: Connection,
    directory: Path,
    paths: Sequence[Path],
    near_misses: Sequence[Path],
    pinpoints: Sequence[str],
) -> None:
    """What a process does: the tasks that it is given, one after the other."""
    import signal

    from reasoner.lawfiles.law import load_law

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever started it ends it
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # what is said when memory runs out
    law = load_law(directory)
    setting = read_setting(law)
    stories: Stock | None = None
    bare = take_stock(law, (), (), pinpoints)
    _limit_memory()
    with suppress(EOFError, OSError):
        while True:
            task: Task | Batch = connection.recv()
            is_whole = isinstance(task, Batch) and task.whole
            _limit_time(PATIENCE_WHOLE if is_whole else PATIENCE)
            if isinstance(task, Task) and stories is None:
                stories = take_stock(law, paths, near_misses, pinpoints)
            for found in do(stories or bare, setting, task):
                if found is not None:
                    connection.send(found)


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # not on every system
        return
    with suppress(ValueError, OSError):
        _, most = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, most))


def _limit_time(seconds: int) -> None:
    """End this process if it takes so long from now on, whatever it is at."""
    import signal

    if hasattr(signal, "setitimer"):  # not on every system
        signal.setitimer(signal.ITIMER_PROF, seconds)

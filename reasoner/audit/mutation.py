"""Mutate a law, see which mutants nobody notices, and look for stories that notice them.

A mutant may never come to an end: without the condition that bounds it, a count of days goes on for
ever, and clingo cannot be interrupted while it grounds. So mutants are tried in processes of their
own, which say what they are about to try. One that has worked for long without a word gives up,
what it was trying is tried in two halves, and a mutant that is silent by itself gives no answer,
which any case notices.
"""

from __future__ import annotations

import os
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from itertools import groupby
from math import inf
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from threading import Thread
from time import process_time, sleep
from typing import NamedTuple

from reasoner.audit.implied import is_equivalent
from reasoner.audit.killing import Hunt, Killed, Spared
from reasoner.audit.mutants import Mutant, mutants
from reasoner.audit.noticing import (
    EQUIVALENT,
    INEXPRESSIBLE,
    NOTICED,
    Examination,
    Trial,
    Verdict,
)
from reasoner.audit.sought import Inquiry, Patience
from reasoner.audit.witnesses import read_cases_asked, read_stories_told
from reasoner.lawfiles.law import load_law
from reasoner.lawfiles.rules import Law
from reasoner.stories.stories import read_setting

TOGETHER = 300  # mutants given to a process at a time
HUNTED_TOGETHER = 24
WORTH_A_PROCESS = 40  # so many mutants take as long as it takes a process to begin
HEARTBEAT = 0.2  # seconds
PATIENCE = 100.0  # seconds that a process may work in silence; what others take does not count
MEMORY = 4 << 30  # bytes that a process may take

Found = Verdict | Killed | Spared


class Files(NamedTuple):
    """The files in which mutants may be noticed, and whose options they take.

    ``language`` is the official text whose options cases take where the two differ; what is
    generated says which options it takes. ``briefly`` tells that a mutant is put to few stories.
    """

    cases: tuple[Path, ...] = ()
    generated: tuple[Path, ...] = ()
    language: str | None = None
    briefly: bool = False


class Scope(NamedTuple):
    """In which stories mutants are told from the law: how many of each type of entity there may
    be, as :class:`Refutation` takes it, and after how many conflicts a search is given up."""

    most: tuple[tuple[str, int], ...] = ()
    patience: Patience = Patience(20_000, 4_000)


class _Task(NamedTuple):
    """What a process needs to know: the law, the provisions, and what it is to do."""

    directory: Path
    pinpoints: tuple[str, ...]
    work: Files | Scope
    patience: float


@dataclass(slots=True)
class _Worker:
    """A process with what it was given, and what it is trying."""

    process: BaseProcess
    connection: Connection
    given: set[int] = field(default_factory=set)
    trying: tuple[int, ...] = ()


def try_mutants(
    law: Law,
    several: Mapping[int, Mutant],
    pinpoints: Sequence[str],
    files: Files,
    processes: int = 1,
) -> Iterator[Verdict | None]:
    """Find out what becomes of the mutants of a law.

    Args:
        law: the law.
        several: the mutants of some provisions, by their place among them.
        pinpoints: these provisions; of none, of the whole law.
        files: where they may be noticed.
        processes: how many processes may work at the same time.

    Yields:
        A verdict for each mutant, in no order, and None now and then.
    """
    waiting: list[int] = []
    for number, mutant in several.items():
        if not mutant.expressible:
            yield Verdict(number, INEXPRESSIBLE)
        elif is_equivalent(law, mutant):
            yield Verdict(number, EQUIVALENT)
        else:
            waiting.append(number)
    yield None
    processes = max(1, min(processes, len(waiting) // WORTH_A_PROCESS))
    size = max(1, min(TOGETHER, -(-len(waiting) // processes)))
    jobs = [waiting[start : start + size] for start in range(0, len(waiting), size)]
    task = _Task(law.directory, tuple(pinpoints), files, PATIENCE)
    for found in _do(task, jobs, processes, lambda number: Verdict(number, NOTICED)):
        assert found is None or isinstance(found, Verdict)
        yield found


def hunt(
    law: Law,
    several: Mapping[int, Mutant],
    pinpoints: Sequence[str],
    scope: Scope,
    processes: int = 1,
) -> Iterator[Killed | Spared | None]:
    """Look for stories that tell mutants from the law.

    Args:
        law: the law.
        several: the mutants that nobody notices, by their place among those of some provisions.
        pinpoints: these provisions; of none, of the whole law.
        scope: in which stories.
        processes: how many processes may work at the same time.

    Yields:
        Stories, each with all that it tells apart, and the mutants that none does, in no order;
        None now and then.
    """
    ordered = sorted(several, key=lambda n: not law.rules[several[n].rule].provision)
    sections = groupby(ordered, key=lambda number: section_of(several[number].heading))
    jobs = [
        numbers[start : start + HUNTED_TOGETHER]
        for numbers in (list(group) for _, group in sections)
        for start in range(0, len(numbers), HUNTED_TOGETHER)
    ]
    processes = max(1, min(processes, len(jobs)))
    task = _Task(law.directory, tuple(pinpoints), scope, PATIENCE)
    for found in _do(task, jobs, processes, lambda number: Spared(number, "", False)):
        assert not isinstance(found, Verdict)
        yield found


def section_of(heading: str) -> str:
    """The section that a provision is in."""
    return heading.partition("(")[0]


def _do(
    task: _Task, several: Iterable[list[int]], processes: int, silent: Callable[[int], Found]
) -> Iterator[Found | None]:
    """Have processes do some jobs, each a list of mutants; ``silent`` is what is found of a mutant
    of which nothing is heard."""
    jobs = deque(several)
    workers: list[_Worker] = []
    try:
        for _ in range(min(processes, len(jobs))):
            workers.append(_start(task))
        while jobs or any(worker.given for worker in workers):
            for worker in workers:
                if not worker.given and jobs:
                    _give(worker, jobs.popleft())
            busy = {worker.connection: worker for worker in workers if worker.given}
            ready = wait(list(busy), HEARTBEAT)
            for connection, worker in busy.items():
                if connection not in ready:
                    continue
                try:
                    found = worker.connection.recv()
                except (EOFError, OSError):
                    yield from _give_up(worker, jobs, silent)
                    workers[workers.index(worker)] = _start(task)
                    continue
                if isinstance(found, Trial):
                    worker.trying = found.mutants
                elif isinstance(found, Verdict | Killed | Spared):
                    worker.given.difference_update(_settled(found))
                    yield found
                elif found is not None:
                    raise RuntimeError(found)
            yield None
    finally:
        for worker in workers:
            _end(worker)


def _settled(found: Found) -> set[int]:
    """The mutants of which it is known now what becomes of them."""
    if isinstance(found, Killed):
        return {difference.mutant for difference in found.differences}
    return {found.mutant}


def _give(worker: _Worker, job: list[int]) -> None:
    worker.given, worker.trying = set(job), tuple(job)
    worker.connection.send(job)


def _give_up(
    worker: _Worker, jobs: deque[list[int]], silent: Callable[[int], Found]
) -> Iterator[Found]:
    """Let go of a process that has given up: of a mutant tried by itself nothing is found."""
    _end(worker)
    tried = [number for number in worker.trying if number in worker.given]
    if len(tried) == 1:
        yield silent(tried[0])
    else:
        half = len(tried) // 2
        jobs.extendleft(part for part in (tried[half:], tried[:half]) if part)
    left = sorted(worker.given.difference(tried))
    if left:
        jobs.append(left)


def _start(task: _Task) -> _Worker:
    context = get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=_work, args=(there, task), daemon=True)
    process.start()
    there.close()
    return _Worker(process, here)


def _end(worker: _Worker) -> None:
    worker.connection.close()
    worker.process.kill()
    worker.process.join()


def _work(connection: Connection, task: _Task) -> None:
    """What a process does: it tries the mutants that it is given, and tells what it finds."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever started it ends it
    _limit_memory()
    law = load_law(task.directory)
    several = mutants(law, task.pinpoints)
    run = _way_to(law, task.work)
    spoke = [inf]  # the working time at which a word was said, as long as there is a job
    Thread(target=_watch, args=(spoke, task.patience), daemon=True).start()
    with suppress(EOFError, BrokenPipeError, ConnectionResetError):
        while True:
            spoke[0] = inf
            job: list[int] = connection.recv()
            spoke[0] = process_time()
            try:
                for found in run({number: several[number] for number in job}):
                    connection.send(found)
                    spoke[0] = process_time()
            except MemoryError:
                return
            except Exception:
                connection.send(traceback.format_exc())
                return


def _watch(spoke: Sequence[float], patience: float) -> None:
    """End this process when it has worked for long without a word.

    clingo lets other threads run while it grounds.
    """
    while process_time() - spoke[0] < patience:
        sleep(HEARTBEAT)
    os._exit(1)


def _way_to(
    law: Law, work: Files | Scope
) -> Callable[[Mapping[int, Mutant]], Iterator[Found | Trial | None]]:
    """How mutants are tried, or told from the law."""
    if isinstance(work, Files):
        cases = read_cases_asked(law, work.cases, work.language)
        examination = Examination(law, cases, read_stories_told(law, work.generated))
        return partial(examination.run, briefly=work.briefly)
    inquiry = Inquiry(law, read_setting(law), dict(work.most))
    return Hunt(inquiry, work.patience).run


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # not on every system
        return
    with suppress(ValueError, OSError):
        _, most = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, most))

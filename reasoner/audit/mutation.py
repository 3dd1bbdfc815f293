"""Mutate a law and see which mutants no case notices, with several processes.

A mutant may never come to an end: without the condition that bounds it, a count of days goes on for
ever, and clingo cannot be interrupted while it grounds. So mutants are tried in processes of their
own, which say what they are about to try; one that has been silent for long is ended, what it was
trying is tried one by one, and a mutant that is silent by itself gives no answer, which any case
notices.
"""

from __future__ import annotations

import traceback
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path

from reasoner.audit.implied import is_equivalent
from reasoner.audit.mutants import Mutant, mutants
from reasoner.audit.noticing import (
    EQUIVALENT,
    INEXPRESSIBLE,
    NOTICED,
    Examination,
    Trial,
    Verdict,
)
from reasoner.errors import InputError, Problem
from reasoner.hypotheses.check import Asked, read_expectations
from reasoner.lawfiles.law import load_law
from reasoner.lawfiles.rules import Law

TOGETHER = 150  # mutants given to a process at a time
WORTH_A_PROCESS = 40  # so many mutants take as long as it takes a process to begin
HEARTBEAT = 0.2  # seconds
PATIENCE = 600  # heartbeats that a process may be silent
MEMORY = 6 << 30  # bytes that a process may take


@dataclass(slots=True)
class _Worker:
    """A process with what it was given, what it is trying, and how long it has been silent."""

    process: BaseProcess
    connection: Connection
    given: set[int] = field(default_factory=set)
    trying: tuple[int, ...] = ()
    silent: int = 0


def read_cases_asked(law: Law, paths: Sequence[Path], language: str | None = None) -> list[Asked]:
    """Read case files with what they expect.

    Raises:
        InputError: with the problems of all that cannot be read.
    """
    found: list[Asked] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            found.append(read_expectations(law, path, language))
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(problems)
    return found


def try_mutants(
    law: Law,
    several: Mapping[int, Mutant],
    pinpoints: Sequence[str],
    paths: Sequence[Path],
    processes: int = 1,
    language: str | None = None,
) -> Iterator[Verdict | None]:
    """Find out what becomes of the mutants of a law.

    Args:
        law: the law.
        several: the mutants of some provisions, by their place among them.
        pinpoints: these provisions; of none, of the whole law.
        paths: the case files.
        processes: how many processes may work at the same time.
        language: the official text whose options are taken where the two differ.

    Yields:
        A verdict for each mutant, in no order, and None now and then.
    """
    jobs: deque[list[int]] = deque()
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
    jobs.extend(waiting[start : start + size] for start in range(0, len(waiting), size))
    settings = (law.directory, tuple(pinpoints), tuple(paths), language)
    workers: list[_Worker] = []
    try:
        for _ in range(min(processes, len(jobs))):
            workers.append(_start(settings))
        while jobs or any(worker.given for worker in workers):
            for worker in workers:
                if not worker.given and jobs:
                    _give(worker, jobs.popleft())
            busy = {worker.connection: worker for worker in workers if worker.given}
            ready = wait(list(busy), HEARTBEAT)
            for connection, worker in busy.items():
                if connection not in ready:
                    worker.silent += 1
                    if worker.silent > PATIENCE:
                        yield from _give_up(worker, jobs)
                        workers[workers.index(worker)] = _start(settings)
                    continue
                worker.silent = 0
                try:
                    found = worker.connection.recv()
                except (EOFError, OSError):
                    yield from _give_up(worker, jobs)
                    workers[workers.index(worker)] = _start(settings)
                    continue
                if isinstance(found, Trial):
                    worker.trying = found.mutants
                elif isinstance(found, Verdict):
                    worker.given.discard(found.mutant)
                    yield found
                else:
                    raise RuntimeError(found)
            yield None
    finally:
        for worker in workers:
            _end(worker)


def _give(worker: _Worker, job: list[int]) -> None:
    worker.given, worker.trying, worker.silent = set(job), tuple(job), 0
    worker.connection.send(job)


def _give_up(worker: _Worker, jobs: deque[list[int]]) -> Iterator[Verdict]:
    """End a process that has been silent: a mutant tried by itself gives no answer."""
    _end(worker)
    tried = [number for number in worker.trying if number in worker.given]
    if len(tried) == 1:
        yield Verdict(tried[0], NOTICED)
    else:
        jobs.extendleft([number] for number in reversed(tried))
    left = sorted(worker.given.difference(tried))
    if left:
        jobs.append(left)


def _start(settings: tuple[Path, tuple[str, ...], tuple[Path, ...], str | None]) -> _Worker:
    context = get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=_work, args=(there, *settings), daemon=True)
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
    pinpoints: tuple[str, ...],
    paths: tuple[Path, ...],
    language: str | None,
) -> None:
    """What a process does: it tries the mutants that it is given, and tells what it finds."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever started it ends it
    _limit_memory()
    law = load_law(directory)
    several = mutants(law, pinpoints)
    examination = Examination(law, [read_expectations(law, path, language) for path in paths])
    with suppress(EOFError, BrokenPipeError, ConnectionResetError):
        while True:
            job: list[int] = connection.recv()
            try:
                for found in examination.run({number: several[number] for number in job}):
                    connection.send(found)
            except MemoryError:
                return
            except Exception:
                connection.send(traceback.format_exc())
                return


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # not on every system
        return
    with suppress(ValueError, OSError):
        _, most = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, most))

"""Processes that do the work of an audit, and can be ended at any moment.

clingo cannot be interrupted while it grounds, and a process can. A job that takes too much memory
or too long ends its process, and is lost; the others are done all the same.
"""

from __future__ import annotations

import io
import os
import pickle
import traceback
from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from reasoner.audit.jobs import Job
from reasoner.audit.plan import Plan
from reasoner.errors import InputError
from reasoner.lawfiles.law import load_law
from reasoner.lawfiles.rules import Law

HEARTBEAT = 0.2  # seconds
PATIENCE = 120  # seconds that a job may take of a processor
MEMORY = 3 << 29  # bytes that a process may take; what it only reserves counts as well
DONE, LOST = "done", "lost"
_LAW = "law"


class Word(NamedTuple):
    """What is heard of a job: something that came of it, that it is done, or that it is lost."""

    job: Job
    found: Any = None
    end: str = ""


@dataclass(slots=True)
class _Worker:
    """A process with the job that it is at."""

    process: BaseProcess
    connection: Connection
    job: Job | None = None


class Crew:
    """Those who do the jobs of an audit: some processes, or without any whoever asks."""

    def __init__(self, plan: Plan, processes: int) -> None:
        """Nobody is started before there is something to do.

        Args:
            plan: what is audited.
            processes: how many work at the same time.
        """
        self.plan = plan
        self.processes = processes
        self.workers: list[_Worker] = []

    def __enter__(self) -> Crew:
        """Give the crew to whoever puts it to work."""
        return self

    def __exit__(self, *_: object) -> None:
        """Let the processes go, whatever they are at."""
        for worker in self.workers:
            _end(worker)

    def run(self, jobs: deque[Job]) -> Iterator[Word | None]:
        """Do jobs, also those that are added meanwhile.

        Yields:
            What is heard of them, in no order; None as a sign of life.

        Raises:
            InputError: clingo complains.
        """
        if not self.processes:
            while jobs:
                job = jobs.popleft()
                for found in job.run(self.plan):
                    yield None if found is None else Word(job, found)
                yield Word(job, end=DONE)
            return
        while jobs or any(worker.job is not None for worker in self.workers):
            free = sum(worker.job is None for worker in self.workers)
            while len(self.workers) < self.processes and free < len(jobs):
                self.workers.append(_start(self.plan))
                free += 1
            for worker in self.workers:
                if worker.job is None and jobs:
                    worker.job = jobs.popleft()
                    _send(worker.connection, worker.job, self.plan.law)
            busy = {worker.connection: worker for worker in self.workers if worker.job is not None}
            ready = wait(list(busy), HEARTBEAT)
            for connection in ready:
                yield from self._hear(busy[connection])  # type: ignore[index]
            yield None

    def _hear(self, worker: _Worker) -> Iterator[Word]:
        """What a process says of its job."""
        job = worker.job
        assert job is not None
        try:
            word, found = _receive(worker.connection, self.plan.law)
        except (EOFError, OSError):
            yield self._lose(worker)
            return
        if word == LOST:
            yield self._lose(worker)
        elif word == DONE:
            worker.job = None
            yield Word(job, end=DONE)
        elif word == "problems":
            raise InputError(found)
        elif word == "fault":
            raise RuntimeError(found)
        else:
            yield Word(job, found)

    def _lose(self, worker: _Worker) -> Word:
        """End a process together with its job; another one is started when it is needed."""
        _end(worker)
        self.workers.remove(worker)
        assert worker.job is not None
        return Word(worker.job, end=LOST)


def _start(plan: Plan) -> _Worker:
    context = get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=_work, args=(there, plan.law.directory), daemon=True)
    process.start()
    there.close()
    _send(here, plan, plan.law)
    return _Worker(process, here)


def _end(worker: _Worker) -> None:
    worker.connection.close()
    worker.process.kill()
    worker.process.join()


def _work(connection: Connection, directory: Path) -> None:
    """What a process does: the jobs that it is given, one after the other."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever started it ends it
    _limit_memory()
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # what is said when memory runs out
    law = load_law(directory)
    with suppress(EOFError, OSError):
        plan: Plan = _receive(connection, law)
        while True:
            job: Job = _receive(connection, law)
            _limit_time()
            try:
                for found in job.run(plan):
                    if found is not None:
                        _send(connection, ("found", found), law)
                _send(connection, (DONE, None), law)
            except MemoryError:
                _send(connection, (LOST, None), law)
                return
            except InputError as error:
                memory = any("bad_alloc" in problem.message for problem in error.problems)
                word = (LOST, None) if memory else ("problems", list(error.problems))
                _send(connection, word, law)
                return
            except Exception:
                _send(connection, ("fault", traceback.format_exc()), law)
                return


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # not on every system
        return
    with suppress(ValueError, OSError):
        _, most = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, most))


def _limit_time() -> None:
    """End this process if it takes too long from now on, whatever it is at."""
    import signal

    if hasattr(signal, "setitimer"):  # not on every system
        signal.setitimer(signal.ITIMER_PROF, PATIENCE)


# The law is at both ends: what is sent names it instead of copying it.


def _read_only(table: dict[Any, Any]) -> MappingProxyType[Any, Any]:
    return MappingProxyType(table)


class _Pickler(pickle.Pickler):
    def __init__(self, file: io.BytesIO, law: Law) -> None:
        super().__init__(file, pickle.HIGHEST_PROTOCOL)
        self.law = law

    def persistent_id(self, obj: Any) -> str | None:
        return _LAW if obj is self.law else None

    def reducer_override(self, obj: Any) -> Any:
        return (_read_only, (dict(obj),)) if type(obj) is MappingProxyType else NotImplemented


class _Unpickler(pickle.Unpickler):
    def __init__(self, file: io.BytesIO, law: Law) -> None:
        super().__init__(file)
        self.law = law

    def persistent_load(self, pid: str) -> Law:
        assert pid == _LAW
        return self.law


def _send(connection: Connection, what: Any, law: Law) -> None:
    file = io.BytesIO()
    _Pickler(file, law).dump(what)
    connection.send_bytes(file.getvalue())


def _receive(connection: Connection, law: Law) -> Any:
    return _Unpickler(io.BytesIO(connection.recv_bytes()), law).load()

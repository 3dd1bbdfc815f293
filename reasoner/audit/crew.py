"""Processes that know a law and do jobs, and can be ended at any moment.

clingo cannot be interrupted while it grounds, and a process can. One that takes too much memory, or
works too long without a word, ends together with its job, which is lost; the others are done all
the same.
"""

from __future__ import annotations

import io
import os
import pickle
import threading
import traceback
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing import get_context, parent_process
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from types import MappingProxyType
from typing import Any, Generic, NamedTuple, TypeVar

from reasoner.errors import InputError
from reasoner.lawfiles.law import load_law
from reasoner.lawfiles.rules import Law

HEARTBEAT = 0.2  # seconds
DONE, LOST = "done", "lost"
_PROBLEMS, _FAULT = "problems", "fault"
_LAW = "law"

Job = TypeVar("Job")


class Limits(NamedTuple):
    """What a process may take: bytes of memory, those that it only reserves counted as well, and
    seconds of a processor without a word."""

    memory: int
    patience: float


@dataclass(frozen=True, slots=True)
class Word(Generic[Job]):
    """What is heard of a job: something that came of it, that it is done, or that it is lost."""

    job: Job
    found: Any = None
    end: str = ""


@dataclass(slots=True)
class _Worker(Generic[Job]):
    """A process with the job that it is at."""

    process: BaseProcess
    connection: Connection
    job: Job | None = None


@dataclass(slots=True)
class Crew(Generic[Job]):
    """Those who do jobs: some processes, or without any whoever asks.

    Args:
        law: the law; a process reads it for itself.
        prepare: a function of some module that makes a process ready: given the law and what it is
            given, it says how a job is done, yielding what comes of it, None as a sign of life.
        given: what it is given.
        processes: how many work at the same time.
        limits: what each may take.
        here: how a job is done where there are no processes; otherwise that is prepared as well.
    """

    law: Law
    prepare: Callable[..., Callable[[Job], Iterator[Any]]]
    given: tuple[Any, ...]
    processes: int
    limits: Limits
    here: Callable[[Job], Iterator[Any]] | None = None
    workers: list[_Worker[Job]] = field(default_factory=list)

    def __enter__(self) -> Crew[Job]:
        """Give the crew to whoever puts it to work; nobody is started before there is a job."""
        return self

    def __exit__(self, *_: object) -> None:
        """Let the processes go, whatever they are at."""
        for worker in self.workers:
            _end(worker)

    def run(self, jobs: deque[Job]) -> Iterator[Word[Job] | None]:
        """Do jobs, also those that are added meanwhile.

        Yields:
            What is heard of them, in no order; None as a sign of life.

        Raises:
            InputError: clingo complains.
            RuntimeError: a process fails.
        """
        if not self.processes:
            yield from self._run_here(jobs)
            return
        while jobs or any(worker.job is not None for worker in self.workers):
            free = sum(worker.job is None for worker in self.workers)
            while len(self.workers) < self.processes and free < len(jobs):
                self.workers.append(self._start())
                free += 1
            for worker in self.workers:
                if worker.job is None and jobs:
                    worker.job = jobs.popleft()
                    with suppress(OSError):  # it has ended, which is heard below
                        _send(worker.connection, worker.job, self.law)
            busy = {worker.connection: worker for worker in self.workers if worker.job is not None}
            for connection in wait(list(busy), HEARTBEAT):
                yield self._hear(busy[connection])  # type: ignore[index]
            yield None

    def _run_here(self, jobs: deque[Job]) -> Iterator[Word[Job] | None]:
        if self.here is None:
            self.here = self.prepare(self.law, *self.given)
        while jobs:
            job = jobs.popleft()
            for found in self.here(job):
                yield None if found is None else Word(job, found)
            yield Word(job, end=DONE)

    def _start(self) -> _Worker[Job]:
        context = get_context("spawn")
        here, there = context.Pipe()
        arguments = (there, self.law.directory, self.prepare, self.limits)
        process = context.Process(target=_work, args=arguments, daemon=True)
        process.start()
        there.close()
        with suppress(OSError):
            _send(here, self.given, self.law)
        return _Worker(process, here)

    def _hear(self, worker: _Worker[Job]) -> Word[Job]:
        """What a process says of its job."""
        assert worker.job is not None
        try:
            word, found = _receive(worker.connection, self.law)
        except (EOFError, OSError):
            word, found = LOST, None
        if word == _PROBLEMS:
            raise InputError(found)
        if word == _FAULT:
            raise RuntimeError(found)
        heard = Word(worker.job, found, word)
        if word == DONE:
            worker.job = None
        elif word == LOST:  # another process is started when it is needed
            _end(worker)
            self.workers.remove(worker)
        return heard


def _end(worker: _Worker[Job]) -> None:
    worker.connection.close()
    worker.process.kill()
    worker.process.join()


def _work(
    connection: Connection,
    directory: Any,
    prepare: Callable[..., Callable[[Any], Iterator[Any]]],
    limits: Limits,
) -> None:
    """What a process does: the jobs that it is given, one after the other."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever started it ends it
    threading.Thread(target=_end_when_alone, daemon=True).start()
    _limit_memory(limits.memory)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # what is said when memory runs out
    law = load_law(directory)
    with suppress(EOFError, OSError):
        do = prepare(law, *_receive(connection, law))
        while True:
            job = _receive(connection, law)
            _limit_time(limits.patience)
            try:
                for found in do(job):
                    if found is not None:
                        _send(connection, ("", found), law)
                        _limit_time(limits.patience)
                _send(connection, (DONE, None), law)
            except MemoryError:
                return
            except InputError as error:
                if not any("bad_alloc" in problem.message for problem in error.problems):
                    _send(connection, (_PROBLEMS, list(error.problems)), law)
                return
            except Exception:
                _send(connection, (_FAULT, traceback.format_exc()), law)
                return


def _end_when_alone() -> None:
    """End this process, whatever it is at, when the one that started it has come to its end."""
    whoever = parent_process()
    if whoever is not None:
        whoever.join()
        os._exit(1)


def _limit_memory(most: int) -> None:
    try:
        import resource
    except ImportError:  # not on every system
        return
    with suppress(ValueError, OSError):
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (most, hard))


def _limit_time(seconds: float) -> None:
    """End this process if it works so long from now on, whatever it is at."""
    import signal

    if hasattr(signal, "setitimer"):  # not on every system
        signal.setitimer(signal.ITIMER_PROF, seconds)


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

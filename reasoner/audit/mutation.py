"""Mutate a law, see which mutants nobody notices, and look for stories that notice them.

A mutant may never come to an end: without the condition that bounds it, a count of days goes on for
ever. So mutants are tried in processes of their own, which say what they are about to try. What was
tried by one that has ended is tried in two halves, and a mutant that is silent by itself gives no
answer, which any case notices.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from reasoner.audit.conditions import section_of
from reasoner.audit.crew import LOST, Crew, Limits
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
from reasoner.lawfiles.rules import Law
from reasoner.stories.stories import read_setting

TOGETHER = 300  # mutants given to a process at a time
HUNTED_TOGETHER = 24
WORTH_A_PROCESS = 40  # so many mutants take as long as it takes a process to begin
LIMITS = Limits(4 << 30, 100)

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


class _Work(NamedTuple):
    """What is to be done with the mutants of some provisions."""

    pinpoints: tuple[str, ...]
    work: Files | Scope


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
    work = _Work(tuple(pinpoints), files)
    for found in _do(law, work, jobs, processes, lambda number: Verdict(number, NOTICED)):
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
    work = _Work(tuple(pinpoints), scope)
    for found in _do(law, work, jobs, processes, lambda number: Spared(number, "", False)):
        assert not isinstance(found, Verdict)
        yield found


Job = tuple[int, ...]


def _do(
    law: Law,
    work: _Work,
    several: Iterable[Iterable[int]],
    processes: int,
    silent: Callable[[int], Found],
) -> Iterator[Found | None]:
    """Have processes do some jobs, each of some mutants; ``silent`` is what is found of a mutant
    of which nothing is heard."""
    jobs = deque(tuple(job) for job in several)
    left: dict[Job, set[int]] = {}
    trying: dict[Job, Job] = {}
    with Crew(law, _doing, (work,), processes, LIMITS) as crew:
        for word in crew.run(jobs):
            if word is None:
                yield None
                continue
            job, found = word.job, word.found
            left.setdefault(job, set(job))
            if isinstance(found, Trial):
                trying[job] = found.mutants
            elif isinstance(found, Verdict | Killed | Spared):
                left[job] -= _settled(found)
                yield found
            if word.end == LOST:
                tried = [number for number in trying.pop(job, ()) if number in left[job]]
                tried = tried or sorted(left[job])
                if len(tried) == 1:
                    yield silent(tried[0])
                else:
                    jobs.extendleft(part for part in reversed(_halves(tried)) if part)
                others = tuple(sorted(left[job].difference(tried)))
                if others:
                    jobs.append(others)


def _halves(numbers: list[int]) -> tuple[Job, Job]:
    half = len(numbers) // 2
    return tuple(numbers[:half]), tuple(numbers[half:])


def _settled(found: Found) -> set[int]:
    """The mutants of which it is known now what becomes of them."""
    if isinstance(found, Killed):
        return {difference.mutant for difference in found.differences}
    return {found.mutant}


def _doing(law: Law, work: _Work) -> Callable[[Job], Iterator[Found | Trial | None]]:
    """How mutants are tried, or told from the law."""
    several = mutants(law, work.pinpoints)
    run = _way_to(law, work.work)
    return lambda job: run({number: several[number] for number in job})


def _way_to(
    law: Law, work: Files | Scope
) -> Callable[[Mapping[int, Mutant]], Iterator[Found | Trial | None]]:
    if isinstance(work, Files):
        cases = read_cases_asked(law, work.cases, work.language)
        examination = Examination(law, cases, read_stories_told(law, work.generated))
        return partial(examination.run, briefly=work.briefly)
    inquiry = Inquiry(law, read_setting(law), dict(work.most))
    return Hunt(inquiry, work.patience).run

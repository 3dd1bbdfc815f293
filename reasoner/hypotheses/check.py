"""Run the expectations of many case files: a case with expectations is a test of the law.

Cases are put to the law many at a time, and by several processes where there are many.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from reasoner.casefiles.case import Case
from reasoner.casefiles.generated import Generated, is_generated, read_generated
from reasoner.errors import InputError, Problem
from reasoner.hypotheses.answer_near_misses import Inquiry, answer_inquiries, inquiries
from reasoner.hypotheses.expectations import (
    Asked,
    Posed,
    Result,
    check_alone,
    difference,
    judge,
    read_expectations,
)
from reasoner.lawfiles.rules import Law
from reasoner.reasons.worlds import Lifted, goal_in, ground_worlds, lift
from reasoner.solving.question import Goal
from reasoner.solving.solve import World

# Case files put to the law together: the more the faster, as long as memory lasts.
MOST_AT_ONCE = 250
LEAST_AT_ONCE = 30


class Checked(NamedTuple):
    """What came of one case file: its results in order, or the problems that prevented them.

    ``generated`` tells that it is a generated file, which nobody answers for but the program; of
    its results the first ``near_misses`` are of near misses, with two answers each.
    """

    path: Path
    results: tuple[Result, ...] = ()
    problems: tuple[Problem, ...] = ()
    generated: bool = False
    near_misses: int = 0


def check_cases(
    law: Law, paths: Sequence[Path], processes: int = 1, language: str | None = None
) -> Iterator[Checked]:
    """Run the expectations of many case files, in their order.

    Args:
        law: the law to apply.
        paths: the case files.
        processes: how many processes may work at the same time.
        language: the official text whose options are taken where the two differ.
    """
    batches = _batches(paths, processes)
    if processes < 2 or len(batches) < 2:
        lifted = lift(law)
        yield from _in_order(paths, (_check_batch(lifted, b, language) for b in batches))
        return
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    with ProcessPoolExecutor(
        processes, get_context("spawn"), initializer=_prepare, initargs=(law.directory,)
    ) as pool:
        check = partial(_check_prepared, language=language)
        yield from _in_order(paths, pool.map(check, batches))
        pool.shutdown(cancel_futures=True)


def _batches(paths: Sequence[Path], processes: int) -> list[list[Path]]:
    """Parts of about the same work, as few as the processes and the memory allow."""
    wanted = max(1, min(processes, len(paths) // LEAST_AT_ONCE), -(-len(paths) // MOST_AT_ONCE))
    by_size = sorted(dict.fromkeys(paths), key=lambda p: -p.stat().st_size if p.exists() else 0)
    return [by_size[n::wanted] for n in range(wanted)] if paths else []


def _in_order(paths: Sequence[Path], found: Iterable[Iterable[Checked]]) -> Iterator[Checked]:
    """What was found, in the order of the paths, each as soon as those before it are there."""
    waiting = list(paths)
    ready: dict[Path, Checked] = {}
    for batch in found:
        ready |= {checked.path: checked for checked in batch}
        while waiting and waiting[0] in ready:
            yield ready[waiting.pop(0)]


# The law of a process that checks for another one.
_prepared: list[Lifted] = []


def _prepare(directory: Path) -> None:
    from reasoner.lawfiles.law import load_law

    _prepared[:] = [lift(load_law(directory))]


def _check_prepared(paths: Sequence[Path], language: str | None) -> list[Checked]:
    return list(_check_batch(_prepared[0], paths, language))


def _check_batch(lifted: Lifted, paths: Sequence[Path], language: str | None) -> Iterator[Checked]:
    """Check some case files, together as far as that goes."""
    law = lifted.written
    generated = [path for path in paths if is_generated(path)]
    found: dict[Path, Checked] = dict(_check_generated(lifted, generated))
    together: list[Asked] = []
    alone: list[Asked] = []
    for path in paths:
        if path in found:
            continue
        try:
            asked = read_expectations(law, path, language)
        except InputError as error:
            found[path] = Checked(path, problems=tuple(error.problems))
            continue
        fits = not asked.unsettled and all(lifted.is_local(posed.goal) for posed in asked.posed)
        (together if fits else alone).append(asked)
    try:
        results, contradicting = _check_together(lifted, together)
    except InputError:
        results, contradicting = {}, together
    for asked in together:
        found[asked.path] = Checked(asked.path, tuple(results.get(asked.path, ())))
    for asked in (*alone, *contradicting):
        try:
            found[asked.path] = Checked(asked.path, tuple(check_alone(law, asked)))
        except InputError as error:
            found[asked.path] = Checked(asked.path, problems=tuple(error.problems))
    yield from (found[path] for path in paths)


def _check_generated(lifted: Lifted, paths: Sequence[Path]) -> Iterator[tuple[Path, Checked]]:
    """Check generated files, all in one grounding."""
    read: list[Generated] = []
    for path in paths:
        try:
            read.append(read_generated(str(path), lifted.written.vocabulary))
        except InputError as error:
            yield path, Checked(path, problems=tuple(error.problems), generated=True)
    asked = [_generated_questions(file) for file in read]
    answers = iter(
        answer_inquiries(lifted, [one for file in asked for *_, each in file for one in each])
    )
    for file, several in zip(read, asked, strict=True):
        results, problems = [], []
        pairs = 0
        for number, (name, expected, together) in enumerate(several):
            got = [next(answers) for _ in together]
            wrong = [answer for answer in got if isinstance(answer, Problem)]
            if wrong:
                problems.append(wrong[0])
                continue
            line = together[0].position.line
            said = ", then ".join(map(str, got))
            pairs += len(got) == 2
            results.append(
                Result(file.path, number, line, name, ", then ".join(expected), said, ())
            )
        path = Path(file.path)
        yield path, Checked(path, tuple(results), tuple(problems), True, pairs)


def _generated_questions(file: Generated) -> list[tuple[str, Sequence[str], Sequence[Inquiry]]]:
    """What a generated file asks: a name, the answers, and the questions that they answer."""
    near_misses = [
        (" ".join([n.question, *n.about, *n.given, *n.change]), n.expected, inquiries(n))
        for n in file.near_misses
    ]
    answers = [
        (
            " ".join([one.question, *one.about]),
            (one.expected,),
            (Inquiry(story, one.question, one.about, one.position),),
        )
        for story, one in file.answers
    ]
    return [*near_misses, *answers]


def _check_together(
    lifted: Lifted, several: Sequence[Asked]
) -> tuple[dict[Path, list[Result]], list[Asked]]:
    """Check several cases in one grounding; also those whose facts contradict each other."""
    worlds: list[tuple[Case, World]] = []
    items: list[tuple[Asked, Posed, Goal]] = []
    owners: dict[str, Asked] = {}
    for asked in several:
        for world, posed in asked.worlds():
            items += [(asked, p, goal_in(len(worlds), p.goal)) for p in posed]
            owners[f"w{len(worlds)}"] = asked
            worlds.append((asked.case, world))
    if not items:
        return {}, []
    ground = ground_worlds(lifted, worlds, [goal for _, _, goal in items])
    spoiled = {owners[str(found.arguments[0])].path for found in ground.contradictions()}
    found: dict[Path, list[Result]] = {}
    kept = [item for item in items if item[0].path not in spoiled]
    for (asked, _, _), result in zip(kept, judge(lifted.written, ground, kept), strict=True):
        found.setdefault(asked.path, []).append(result)
    for results in found.values():
        results.sort(key=lambda result: result.number)
    return found, [asked for asked in several if asked.path in spoiled]


def junit(checked: Iterable[Checked]) -> bytes:
    """The results as JUnit XML."""
    from xml.etree import ElementTree

    several = list(checked)
    results = [result for one in several for result in one.results]
    unread = [one for one in several if one.problems]
    suite = ElementTree.Element(
        "testsuite",
        name="reasoner check",
        tests=str(len(results) + len(unread)),
        failures=str(sum(not result.passed for result in results)),
        errors=str(len(unread)),
    )
    for result in results:
        test = ElementTree.SubElement(
            suite,
            "testcase",
            classname=Path(result.path).stem,
            name=result.name,
            file=result.path,
            line=str(result.line),
        )
        if not result.passed:
            ElementTree.SubElement(test, "failure", message=difference(result))
    for one in unread:
        test = ElementTree.SubElement(suite, "testcase", classname=one.path.stem, name="read")
        message = str(InputError(list(one.problems)))
        ElementTree.SubElement(test, "error", message=message)
    ElementTree.indent(suite)
    data: bytes = ElementTree.tostring(suite, encoding="utf-8", xml_declaration=True)
    return data

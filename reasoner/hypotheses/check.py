"""Run the expectations of cases: a case with expectations is a test of the law.

Cases are put to the law many at a time, and by several processes where there are many.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from reasoner.casefiles.case import Case, Expectation, read_case
from reasoner.casefiles.generated import Generated, is_generated, read_generated
from reasoner.errors import InputError, Problem, closest
from reasoner.hypotheses.answer_near_misses import Inquiry, answer_inquiries, inquiries
from reasoner.lawfiles.rules import Law, is_below
from reasoner.reasons.justification import Justification
from reasoner.reasons.justify import justify
from reasoner.reasons.weigh import rests_on, support_costs
from reasoner.reasons.worlds import Lifted, goal_in, ground_worlds, lift
from reasoner.solving.ground import Ground
from reasoner.solving.question import Goal, find_pinpoint
from reasoner.solving.solve import World, ground_case, pose

# Case files put to the law together: the more the faster, as long as memory lasts.
MOST_AT_ONCE = 250
LEAST_AT_ONCE = 30


class Result(NamedTuple):
    """What came of one expectation: the answer, and the provisions missing from its reasons.

    ``number`` says which expectation of the case it is, ``name`` what that one asks.
    """

    path: str
    number: int
    line: int
    name: str
    expected: str
    answer: str
    missing: tuple[str, ...]

    @property
    def passed(self) -> bool:
        """Whether the answer and the provisions are the expected ones."""
        return self.answer == self.expected and not self.missing


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


class Posed(NamedTuple):
    """One expectation of a case as it is put to the law."""

    number: int
    expectation: Expectation
    goal: Goal
    world: World


@dataclass(frozen=True, slots=True)
class Asked:
    """A case file with all that it asks, by world, and the provisions that it expects."""

    path: Path
    case: Case
    posed: tuple[Posed, ...]

    @property
    def unsettled(self) -> bool:
        """Whether facts are unknown."""
        return any(statement.status == "unknown" for statement in self.case.statements)

    def worlds(self) -> Iterator[tuple[World, list[Posed]]]:
        """The worlds in which something is asked, each with what is asked."""
        ordered = sorted(self.posed, key=lambda posed: str(posed.world))
        for world, group in groupby(ordered, key=lambda posed: posed.world):
            yield world, list(group)


def check_case(law: Law, path: Path, language: str | None = None) -> list[Result]:
    """Run the expectations of one case file, in order.

    Args:
        law: the law to apply.
        path: the case file.
        language: the official text whose options are taken where the two differ.

    Raises:
        InputError: when the case cannot be read or asked.
    """
    return _check_alone(law, read_expectations(law, path, language))


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
        (alone if asked.unsettled else together).append(asked)
    try:
        results, contradicting = _check_together(lifted, together)
    except InputError:
        results, contradicting = {}, together
    for asked in together:
        found[asked.path] = Checked(asked.path, tuple(results.get(asked.path, ())))
    for asked in (*alone, *contradicting):
        try:
            found[asked.path] = Checked(asked.path, tuple(_check_alone(law, asked)))
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


def read_expectations(law: Law, path: Path, language: str | None = None) -> Asked:
    """Read a case file with the questions that its expectations ask.

    Raises:
        InputError: when the case cannot be read or asked.
    """
    case = read_case(str(path), law.vocabulary)
    posed: list[Posed] = []
    problems: list[Problem] = []
    for number, expectation in enumerate(case.expectations):
        with _noting(problems), _at(case, expectation):
            goal, world = pose(
                law,
                case,
                expectation.question,
                about=expectation.about,
                as_of=expectation.as_of,
                law_date=expectation.law_date,
                readings=expectation.readings,
                language=language,
            )
            posed.append(Posed(number, expectation, goal, world))
        with _noting(problems):
            _pinpoints(law, case, expectation)
    if problems:
        raise InputError(problems)
    return Asked(path, case, tuple(posed))


def _check_alone(law: Law, asked: Asked) -> list[Result]:
    """Check one case, each world grounded by itself."""
    results: list[Result] = []
    for world, posed in asked.worlds():
        with _at(asked.case, posed[0].expectation):
            ground = ground_case(law, asked.case, world, [p.goal for p in posed])
            results += judge(law, ground, [(asked, p, p.goal) for p in posed])
    return sorted(results, key=lambda result: result.number)


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


def judge(law: Law, ground: Ground, items: Sequence[tuple[Asked, Posed, Goal]]) -> list[Result]:
    """Compare answers and reasons with what is expected, all explained together.

    Args:
        law: the law as written.
        ground: the law, or the same law lifted to many worlds, ground with the cases.
        items: what is asked, each with the goal as it is put to the ground law.
    """
    explained = [place for place, (_, posed, _) in enumerate(items) if posed.expectation.decided_by]
    why = justify(ground, [items[place][2] for place in explained])
    return judge_explained(law, ground, items, why, dict(zip(explained, why.roots, strict=True)))


def judge_explained(
    law: Law,
    ground: Ground,
    items: Sequence[tuple[Asked, Posed, Goal]],
    why: Justification,
    roots: Mapping[int, int],
) -> list[Result]:
    """Compare answers with what is expected, and reasons where they have been explained.

    Args:
        law: the law as written.
        ground: the law, or the same law lifted to many worlds, ground with the cases.
        items: what is asked, each with the goal as it is put to the ground law.
        why: the explanation of some of these.
        roots: the places of these, each with the node that explains it.
    """
    costs = support_costs(why)
    results = []
    for place, (asked, posed, goal) in enumerate(items):
        expectation = posed.expectation
        missing: tuple[str, ...] = ()
        if place in roots:
            rests = rests_on(why, costs, roots[place])
            wanted = _pinpoints(law, asked.case, expectation)
            missing = tuple(p for p in wanted if not _among(p, rests))
        results.append(
            Result(
                asked.case.path,
                posed.number,
                expectation.position.line,
                _name(expectation, posed.world.day),
                expectation.answer,
                ground.answer(goal),
                missing,
            )
        )
    return results


@contextmanager
def _noting(problems: list[Problem]) -> Iterator[None]:
    """Problems are put to those that were found before."""
    try:
        yield
    except InputError as error:
        problems += error.problems


@contextmanager
def _at(case: Case, expectation: Expectation) -> Iterator[None]:
    """Problems without a place stand at the expectation that led to them."""
    try:
        yield
    except InputError as error:
        raise InputError([_placed(p, case, expectation) for p in error.problems]) from None


def _pinpoints(law: Law, case: Case, expectation: Expectation) -> list[str]:
    """The provisions that an expectation names, as the law calls them.

    Raises:
        InputError: when the law has no such provision.
    """
    found = {text: find_pinpoint(law, text) for text in expectation.decided_by}
    problems = [
        Problem(f"the law has no provision {text!r}", hint=closest(text, list(law.provisions)))
        for text, pinpoint in found.items()
        if pinpoint is None
    ]
    if problems:
        raise InputError([_placed(problem, case, expectation) for problem in problems])
    return [pinpoint for pinpoint in found.values() if pinpoint is not None]


def _placed(problem: Problem, case: Case, expectation: Expectation) -> Problem:
    """A problem without a place stands at the expectation that led to it."""
    if problem.position:
        return problem
    place = expectation.position
    return case.source.problem(problem.message, place.line, place.column, 1, problem.hint)


def _among(pinpoint: str, found: set[str]) -> bool:
    return any(p == pinpoint or is_below(p, pinpoint) for p in found)


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


def _name(expectation: Expectation, day: int) -> str:
    """What an expectation asks, in a line: question, day, people, readings."""
    text = str(day)
    parts = [expectation.question, f"{text[:4]}-{text[4:6]}-{text[6:]}", *expectation.about]
    parts += [f"{name}={option}" for name, option in expectation.readings]
    if expectation.law_date:
        parts.append(f"law {expectation.law_date}")
    return " ".join(parts)


def difference(result: Result) -> str:
    """What was expected and what came."""
    if result.answer != result.expected:
        return f"expected {result.expected}, got {result.answer}"
    return f"the reasons do not rest on {', '.join(result.missing)}"

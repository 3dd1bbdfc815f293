"""What a case expects: its questions put to the law, the answers and reasons held against it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from reasoner.casefiles.case import Case, Expectation, read_case
from reasoner.errors import InputError, Problem, closest
from reasoner.lawfiles.rules import Law, is_below
from reasoner.reasons.justification import Justification
from reasoner.reasons.justify import justify
from reasoner.reasons.weigh import rests_on, support_costs
from reasoner.solving.ground import Ground
from reasoner.solving.question import Goal, find_pinpoint
from reasoner.solving.solve import World, ground_case, pose


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
    return check_alone(law, read_expectations(law, path, language))


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


def check_alone(law: Law, asked: Asked) -> list[Result]:
    """Check one case, each world grounded by itself."""
    results: list[Result] = []
    for world, posed in asked.worlds():
        with _at(asked.case, posed[0].expectation):
            ground = ground_case(law, asked.case, world, [p.goal for p in posed])
            results += judge(law, ground, [(asked, p, p.goal) for p in posed])
    return sorted(results, key=lambda result: result.number)


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

"""Run the expectations of cases: a case with expectations is a test of the law."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from reasoner.case import Case, Expectation, read_case
from reasoner.errors import InputError, Problem, closest
from reasoner.ground import Ground
from reasoner.justify import justify
from reasoner.question import Goal, find_pinpoint
from reasoner.rules import Law, is_below
from reasoner.solve import Decision, World, answer, ground_case, pose
from reasoner.weigh import rests_on


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one expectation: the decision and the provisions missing from its reasons."""

    case: Case
    expectation: Expectation
    decision: Decision
    missing: tuple[str, ...]

    @property
    def passed(self) -> bool:
        """Whether the answer and the provisions are the expected ones."""
        return self.decision.answer == self.expectation.answer and not self.missing


def check_case(law: Law, path: Path) -> Iterator[Result]:
    """Run the expectations of one case file, in order.

    Args:
        law: the law to apply.
        path: the case file.

    Raises:
        InputError: when the case cannot be read or asked.
    """
    case = read_case(str(path), law.vocabulary)
    worlds: dict[World, list[tuple[int, Expectation, Goal]]] = {}
    for number, expectation in enumerate(case.expectations):
        with _at(case, expectation):
            goal, world = pose(
                law,
                case,
                expectation.question,
                about=expectation.about,
                as_of=expectation.as_of,
                law_date=expectation.law_date,
                readings=expectation.readings,
            )
        worlds.setdefault(world, []).append((number, expectation, goal))
    results: dict[int, Result] = {}
    for world, asked in worlds.items():
        with _at(case, asked[0][1]):
            ground = ground_case(law, case, world)
            results |= _check_world(ground, case, world, asked)
    yield from (results[number] for number in sorted(results))


def _check_world(
    ground: Ground, case: Case, world: World, asked: Sequence[tuple[int, Expectation, Goal]]
) -> dict[int, Result]:
    """Check all that is expected of one case in one world, explained together."""
    explained = [number for number, expectation, _ in asked if expectation.decided_by]
    why = justify(ground, [goal for number, _, goal in asked if number in explained])
    roots = dict(zip(explained, why.roots, strict=True))
    results = {}
    for number, expectation, goal in asked:
        missing: tuple[str, ...] = ()
        if number in roots:
            rests = rests_on(why, roots[number])
            wanted = _pinpoints(ground.law, case, expectation)
            missing = tuple(p for p in wanted if not _among(p, rests))
        decision = answer(ground, case, world, goal)
        results[number] = Result(case, expectation, decision, missing)
    return results


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


def junit(results: Sequence[Result], errors: Sequence[tuple[Path, InputError]]) -> bytes:
    """The results as JUnit XML."""
    from xml.etree import ElementTree

    failed = sum(not r.passed for r in results)
    suite = ElementTree.Element(
        "testsuite",
        name="reasoner check",
        tests=str(len(results) + len(errors)),
        failures=str(failed),
        errors=str(len(errors)),
    )
    for result in results:
        test = ElementTree.SubElement(
            suite,
            "testcase",
            classname=Path(result.case.path).stem,
            name=name_of(result),
            file=result.case.path,
            line=str(result.expectation.position.line),
        )
        if not result.passed:
            ElementTree.SubElement(test, "failure", message=difference(result))
    for path, error in errors:
        test = ElementTree.SubElement(suite, "testcase", classname=path.stem, name="read")
        ElementTree.SubElement(test, "error", message=str(error))
    ElementTree.indent(suite)
    data: bytes = ElementTree.tostring(suite, encoding="utf-8", xml_declaration=True)
    return data


def name_of(result: Result) -> str:
    """What an expectation asks, in a line: question, day, people, readings."""
    expectation, decision = result.expectation, result.decision
    text = str(decision.day)
    parts = [expectation.question, f"{text[:4]}-{text[4:6]}-{text[6:]}", *expectation.about]
    parts += [f"{name}={option}" for name, option in expectation.readings]
    if expectation.law_date:
        parts.append(f"law {expectation.law_date}")
    return " ".join(parts)


def difference(result: Result) -> str:
    """What was expected and what came."""
    if result.decision.answer != result.expectation.answer:
        return f"expected {result.expectation.answer}, got {result.decision.answer}"
    return f"the reasons do not rest on {', '.join(result.missing)}"

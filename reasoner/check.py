"""Run the expectations of cases: a case with expectations is a test of the law."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from reasoner.case import Case, Expectation, read_case
from reasoner.errors import InputError, Problem, closest
from reasoner.justify import Justification, explain
from reasoner.law import shipped
from reasoner.rules import Law
from reasoner.solve import Decision, decide
from reasoner.weigh import rests_on

ENDINGS = (".yaml", ".yml", ".lp")


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one expectation: the decision, its reasons and the provisions missing there."""

    case: Case
    expectation: Expectation
    decision: Decision
    why: Justification
    missing: tuple[str, ...]

    @property
    def passed(self) -> bool:
        """Whether the answer and the provisions are the expected ones."""
        return self.decision.answer == self.expectation.answer and not self.missing


def find_case(name: str) -> Path:
    """The file of a case: a path, or the name of a case that comes with the program.

    Raises:
        InputError: when there is neither, with the nearest name.
    """
    path = Path(name)
    if path.suffix in ENDINGS or path.exists():
        return path
    known = {p.stem: p for p in case_files(shipped("cases"))}
    if name in known:
        return known[name]
    hint = closest(name, known) or "`reasoner cases` lists the cases that come with the program"
    raise InputError([Problem(f"there is no case called {name!r} and no such file", hint=hint)])


def case_files(path: Path) -> list[Path]:
    """The case files under a folder, in order; or the file itself."""
    if path.is_dir():
        return sorted(p for p in path.rglob("*") if p.suffix in ENDINGS)
    return [path]


def check_case(law: Law, path: Path) -> Iterator[Result]:
    """Run the expectations of one case file, in order.

    Raises:
        InputError: when the case cannot be read or asked.
    """
    case = read_case(str(path), law.vocabulary)
    for expectation in case.expectations:
        yield check_expectation(law, case, expectation)


def check_expectation(law: Law, case: Case, expectation: Expectation) -> Result:
    """Decide one expectation, explain the answer, and compare."""
    try:
        decision = decide(
            law,
            case,
            expectation.question,
            about=expectation.about,
            as_of=expectation.as_of,
            law_date=expectation.law_date,
            readings=expectation.readings,
        )
    except InputError as error:
        raise InputError(
            [
                p
                if p.position
                else case.source.problem(
                    p.message, expectation.position.line, expectation.position.column, 1, p.hint
                )
                for p in error.problems
            ]
        ) from None
    why = explain(decision)
    rests = rests_on(why, why.roots[0])
    missing = [p for p in expectation.decided_by if not _among(p, rests)]
    return Result(case, expectation, decision, why, tuple(missing))


def _among(pinpoint: str, found: set[str]) -> bool:
    return any(p == pinpoint or p.startswith(f"{pinpoint}(") for p in found)


def junit(results: Sequence[Result], errors: Sequence[tuple[Path, InputError]]) -> bytes:
    """The results as JUnit XML."""
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

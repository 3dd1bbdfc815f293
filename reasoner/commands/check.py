"""``reasoner check``: whether the cases come out as they expect."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reasoner.commands import BAD_INPUT, DONE, FAILED
from reasoner.commands.options import add_json, add_language, add_official_text, read_law
from reasoner.errors import InputError, Problem
from reasoner.printing.output import page_of, progress, replace_file, write_json

if TYPE_CHECKING:
    from reasoner.hypotheses.check import Checked
    from reasoner.hypotheses.expectations import Result
    from reasoner.lawfiles.rules import Law
    from reasoner.printing.show import Page

EXAMPLES = """\
  reasoner check
  reasoner check cases/65-permit-holder-class ana.yaml
  reasoner check --junit report.xml"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument(
        "paths",
        metavar="PATH",
        nargs="*",
        help="case files, near misses or folders; without any, those that are shipped",
    )
    add_official_text(parser)
    add_language(parser)
    parser.add_argument("--junit", metavar="FILE", help="also write the results as JUnit XML")
    add_json(parser, "the results")


def run(options: argparse.Namespace) -> int:
    """Run the expectations; those not met are printed with the reasons."""
    from reasoner.casefiles.shelf import NEAR_MISSES, case_files, find_case
    from reasoner.hypotheses.check import check_cases, junit
    from reasoner.lawfiles.law import shipped

    if options.law and not options.paths:
        hint = "the shipped cases are about the shipped law"
        raise InputError([Problem("no cases are named to check under another law", hint=hint)])
    law = read_law(options)
    roots = [find_case(p) for p in options.paths] or [
        shipped("cases"),
        shipped("cases") / NEAR_MISSES,
    ]
    files = [f for root in roots for f in case_files(root)]
    if not files:
        raise InputError([Problem(f"there are no cases in {', '.join(map(str, roots))}")])
    page = page_of(options.width)
    several: list[Checked] = []
    found = check_cases(law, files, os.cpu_count() or 1, options.language)
    for checked in progress(found, "checking cases", len(files)):
        several.append(checked)
        if not options.json:
            _print_checked(page, law, checked, options)
    if options.junit:
        replace_file(Path(options.junit), junit(several))
    unread = [checked for checked in several if checked.problems]
    failed = sum(not result.passed for checked in several for result in checked.results)
    if options.json:
        write_json(_as_json(several, unread))
    else:
        for line in _summaries(several):
            page.stream.write(f"{line}\n")
    return BAD_INPUT if unread else FAILED if failed else DONE


def _summaries(several: Sequence[Checked]) -> Iterator[str]:
    """The last lines: on cases, and on what is generated."""
    from reasoner.wording.words import generated_summary, summary

    for generated in (False, True):
        files = [checked for checked in several if checked.generated == generated]
        results = [result for checked in files for result in checked.results]
        wrong = sum(not result.passed for result in results)
        unreadable = sum(bool(checked.problems) for checked in files)
        if not files:
            continue
        if not generated:
            yield summary(len(files), len(results), wrong, unreadable)
        else:
            pairs = sum(checked.near_misses for checked in files)
            yield generated_summary(pairs, len(results) - pairs, wrong, unreadable)


def _print_checked(page: Page, law: Law, checked: Checked, options: argparse.Namespace) -> None:
    for result in checked.results:
        if not checked.generated:
            _print_result(page, law, result, options)
        elif not result.passed:
            _print_result(page, law, result, options, explained=False)
    if checked.problems:
        from reasoner.printing.show import print_problems

        sys.stdout.flush()
        print_problems(checked.problems)


def _print_result(
    page: Page, law: Law, result: Result, options: argparse.Namespace, *, explained: bool = True
) -> None:
    from reasoner.hypotheses.expectations import difference
    from reasoner.printing.show import Span, emit
    from reasoner.wording.words import FAILS, HOLDS

    sign, style = (HOLDS, "green") if result.passed else (FAILS, "red")
    stem = result.path.replace("\\", "/").rpartition("/")[2].rpartition(".")[0]
    row = [Span(sign, style), Span(f" {stem}  "), Span(result.name, "dim")]
    row.append(Span(f"  {result.expected}"))
    emit(page, [row])
    if not result.passed:
        where = f"{result.path}:{result.line}"
        emit(page, [[Span(f"  {where}: {difference(result)}", "red")]])
        if explained:
            _print_reasons(page, law, result, options)


def _print_reasons(page: Page, law: Law, result: Result, options: argparse.Namespace) -> None:
    from reasoner.hypotheses.expectations import read_expectations
    from reasoner.printing.answer import rows
    from reasoner.printing.show import Span, emit
    from reasoner.reasons.justify import explain
    from reasoner.solving.solve import answer, ground_case

    asked = read_expectations(law, Path(result.path), options.language)
    _, _, goal, world = asked.posed[result.number]
    decision = answer(ground_case(law, asked.case, world), asked.case, world, goal)
    tree = rows(decision, explain(decision), page.width - 2, language=options.lang)
    emit(page, ([Span("  "), *row] for row in tree))
    emit(page, [[]])


def _as_json(several: Sequence[Checked], unread: Sequence[Checked]) -> Any:
    return {
        "schema": "reasoner/check/1",
        "results": [
            {
                "case": r.path,
                "line": r.line,
                "name": r.name,
                "expected": r.expected,
                "answer": r.answer,
                "missing": list(r.missing),
                "passed": r.passed,
                "generated": checked.generated,
            }
            for checked in several
            for r in checked.results
        ],
        "errors": [
            {"case": str(one.path), "message": str(InputError(list(one.problems)))}
            for one in unread
        ],
    }

"""``reasoner claims``: whether the claims about a law hold, and as expected."""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reasoner.commands import DONE, FAILED
from reasoner.commands.options import add_json, add_language, add_seconds, count_down, read_law
from reasoner.errors import InputError, Problem, closest
from reasoner.printing.output import page_of, progress, replace_file, write_json

if TYPE_CHECKING:
    from reasoner.lawfiles.rules import Law
    from reasoner.printing.claims_view import Timed
    from reasoner.stories.claims import Claim
    from reasoner.stories.verdicts import Trial

EXAMPLES = """\
  reasoner claims                              all claims that come with the program
  reasoner claims i_05 i_15                    some of them
  reasoner claims --cases                      which shipped cases break which claims
  reasoner claims --claims ours.lp --junit report.xml"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument(
        "names", metavar="NAME", nargs="*", help="claims by their names; without any, all"
    )
    parser.add_argument(
        "--claims",
        metavar="PATH",
        action="append",
        default=[],
        help="a file or folder of claims, instead of those that come with the program (repeatable)",
    )
    parser.add_argument(
        "--cases",
        metavar="PATH",
        action="append",
        nargs="?",
        const="",
        help="look for stories among cases instead: in a file or folder, or the shipped cases",
    )
    parser.add_argument("--usual", action="store_true", help="only under each claim's own readings")
    parser.add_argument(
        "--any", action="store_true", help="also where a verdict is expected under any readings"
    )
    add_seconds(parser, 60, "give up a claim after so long")
    parser.add_argument("--junit", metavar="FILE", help="also write the verdicts as JUnit XML")
    add_language(parser)
    add_json(parser, "the verdicts")


def run(options: argparse.Namespace) -> int:
    """Try the claims and print what comes of them."""
    from reasoner.lawfiles.law import shipped
    from reasoner.stories.claims import read_library

    law = read_law(options)
    folder = law.directory / "claims" if options.law else shipped("claims")
    if not options.claims and not folder.is_dir():
        hint = "name a file or folder with --claims"
        raise InputError([Problem(f"there are no claims in {folder}", hint=hint)])
    library = read_library(law, [Path(p) for p in options.claims] or [folder])
    claims = _named(library, options.names)
    if options.cases is not None:
        return _run_cases(options, law, claims)
    from reasoner.printing.claims_view import (
        as_json,
        junit,
        summary_row,
        verdict_rows,
        words_rows,
    )
    from reasoner.printing.show import emit
    from reasoner.stories.verdicts import trials

    wanted = list(trials(claims, anyway=options.any))
    if options.usual:
        first = {trial.claim.name: trial for trial in reversed(wanted)}
        wanted = [trial for trial in wanted if first[trial.claim.name] is trial]
    page = page_of(options.width)
    names = max((len(claim.name) for claim in claims), default=0)
    several: list[Timed] = []
    told: set[str] = set()
    with suppress(KeyboardInterrupt):
        found = _judge_all(law, library, wanted, options.time)
        for timed, trial in zip(progress(found, "trying claims", len(wanted)), wanted, strict=True):
            several.append(timed)
            if options.json:
                continue
            if options.names and trial.claim.name not in told:
                told.add(trial.claim.name)
                emit(page, words_rows(trial.claim, page.width, options.lang))
            emit(page, verdict_rows(timed, trial.claim, names, page.width, options.lang))
    if options.junit:
        replace_file(Path(options.junit), junit(claims, several))
    if options.json:
        write_json(as_json(claims, several, options.lang))
    else:
        emit(page, [summary_row(several, options.lang)])
    complete = len(several) == len(wanted)
    return DONE if complete and all(t.verdict.passed for t in several) else FAILED


def _named(library: Sequence[Claim], names: Sequence[str]) -> list[Claim]:
    """The claims of some names, in the order of the library.

    Raises:
        InputError: there is no claim of a name.
    """
    known = [claim.name for claim in library]
    problems = [
        Problem(f"there is no claim {name}", hint=closest(name, known))
        for name in names
        if name not in known
    ]
    if problems:
        raise InputError(problems)
    return [claim for claim in library if not names or claim.name in names]


def _run_cases(options: argparse.Namespace, law: Law, claims: Sequence[Claim]) -> int:
    from reasoner.casefiles.shelf import case_files, find_case
    from reasoner.lawfiles.law import shipped
    from reasoner.printing.claims_view import cases_json, cases_rows
    from reasoner.printing.output import print_rows
    from reasoner.stories.tried import try_cases

    paths = [path for path in options.cases if path]
    if options.law and not paths:
        hint = "the shipped cases are about the shipped law"
        raise InputError([Problem("no cases are named for another law", hint=hint)])
    roots = [find_case(path) for path in paths] or [shipped("cases")]
    files = [file for root in roots for file in case_files(root)]
    tried = list(progress(try_cases(law, claims, files), "trying cases", len(files)))
    if options.json:
        write_json(cases_json(claims, tried, options.lang))
    else:
        print_rows(options.width, lambda width: cases_rows(law, claims, tried, width, options.lang))
    return DONE


# What a process that tries claims for another one knows: the law, what stories are made of, claims.
_prepared: list[Any] = []


def _judge_all(
    law: Law, library: Sequence[Claim], wanted: Sequence[Trial], seconds: float
) -> Iterator[Timed]:
    """Try claims, by as many processes as there are processors, in their order."""
    from reasoner.stories.stories import read_setting

    processes = min(os.cpu_count() or 1, len(wanted))
    if processes < 2:
        setting = read_setting(law)
        yield from (_judge(law, setting, trial, seconds) for trial in wanted)
        return
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    files = sorted({claim.position.path for claim in library})
    tasks = [(t.claim.name, t.readings, t.expected, seconds) for t in wanted]
    pool = ProcessPoolExecutor(
        processes,
        get_context("spawn"),
        initializer=_prepare,
        initargs=(law.directory, files),
    )
    done = False
    try:
        yield from pool.map(_judge_prepared, tasks)
        done = True
    finally:
        pool.shutdown(wait=done, cancel_futures=True)


def _prepare(directory: Path, files: Sequence[str]) -> None:
    from reasoner.lawfiles.law import load_law
    from reasoner.stories.claims import read_library
    from reasoner.stories.stories import read_setting

    law = load_law(directory)
    claims = {claim.name: claim for claim in read_library(law, [Path(f) for f in files])}
    _prepared[:] = [law, read_setting(law), claims]


def _judge_prepared(task: tuple[str, Any, str, float]) -> Timed:
    from reasoner.stories.verdicts import Trial

    name, readings, expected, seconds = task
    law, setting, claims = _prepared
    return _judge(law, setting, Trial(claims[name], readings, expected), seconds)


def _judge(law: Law, setting: Any, trial: Trial, seconds: float) -> Timed:
    from reasoner.printing.claims_view import Timed
    from reasoner.stories.verdicts import judge

    started = time.monotonic()
    verdict = judge(law, setting, trial, count_down(seconds))
    return Timed(verdict, time.monotonic() - started)

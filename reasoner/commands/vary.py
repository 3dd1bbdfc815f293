"""``reasoner vary``: the near misses of a case, one for each condition that decides."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from reasoner.commands import DONE
from reasoner.commands.options import (
    add_case,
    add_json,
    add_language,
    add_open,
    add_question,
    add_scenario,
    add_search,
    count_down,
    leave_open,
    read_asked,
    read_scenario,
    whole_number,
)
from reasoner.errors import InputError, Problem
from reasoner.printing.output import print_rows, replace_file, searching, write_json

if TYPE_CHECKING:
    from reasoner.casefiles.case import Case
    from reasoner.lawfiles.rules import Law

EXAMPLES = """\
  reasoner vary one-day-gap
  reasoner vary ana.yaml '65(b)' --changes 3      more may be otherwise at once
  reasoner vary one-day-short --write variations  each near miss as a case file
  reasoner vary ana.yaml --limit 3 --time 20"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    add_case(parser)
    add_question(parser)
    parser.add_argument(
        "--changes",
        type=whole_number,
        metavar="N",
        default=2,
        help="of how many changes a variation may be (2)",
    )
    parser.add_argument(
        "--write", metavar="DIR", help="write each variation as a case file in this folder"
    )
    add_scenario(parser)
    add_open(parser)
    add_search(parser, 40, 120)
    add_language(parser)
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Search for the near misses and print them."""
    from reasoner.hypotheses.needs import Scenario
    from reasoner.hypotheses.vary import Variations, merge
    from reasoner.printing.vary_view import Varied, as_json, rows, written
    from reasoner.reasons.justify import explain
    from reasoner.solving.search import gather
    from reasoner.solving.solve import answer, ground_case, pose

    law, case = read_asked(options)
    scenario = read_scenario(options, law)
    case = leave_open(options, law, case, options.question, scenario)
    goal, world = pose(law, case, options.question, about=options.about, **scenario)
    decision = answer(ground_case(law, case, world, [goal]), case, world, goal, 0)
    why = explain(decision)
    search = Variations(Scenario(law, case, world, goal), why, decision.answer, options.changes)
    with searching("looking for near misses"):
        findings = gather(search.run(), limit=options.limit, spent=count_down(options.time))
    varied = Varied(
        decision,
        why,
        tuple(merge(findings.found)),
        tuple(search.untried(findings.found)),
        findings.ended,
        options.changes,
    )
    files: list[str] = []
    if options.write:
        files = _write(
            Path(options.write), law, written(varied, Path(case.path).stem, options.lang)
        )
    if options.json:
        write_json(as_json(varied, files, options.lang))
    else:
        print_rows(options.width, lambda width: rows(varied, width, options.lang, files))
    return DONE


def _write(folder: Path, law: Law, cases: Mapping[str, Case]) -> list[str]:
    """Write cases into a folder, which is made where there is none; the files written.

    Raises:
        InputError: a file of one of the names is there already, or one cannot be written; where
            the first is so, nothing is written.
    """
    from reasoner.casefiles.write_case import write_case

    problems = [
        Problem(f"{folder / name} is there already, and is not replaced", hint="name a new folder")
        for name in cases
        if (folder / name).exists()
    ]
    if problems:
        raise InputError(problems)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = error.strerror or str(error)
        raise InputError([Problem(f"{folder} cannot be made: {reason}")]) from None
    for name, case in cases.items():
        replace_file(folder / name, write_case(case, law.vocabulary).encode())
    return [str(folder / name) for name in cases]

"""``reasoner mutate``: which changes of the law no case notices."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from reasoner.commands import DONE, FAILED
from reasoner.commands.options import (
    add_json,
    add_language,
    add_official_text,
    add_search,
    count_down,
    read_law,
)
from reasoner.errors import InputError, Problem
from reasoner.printing.output import print_rows, tracked, write_json

if TYPE_CHECKING:
    from reasoner.audit.noticing import Verdict

EXAMPLES = """\
  reasoner mutate '65(c)'
  reasoner mutate 63 65 --limit 5
  reasoner mutate --time 600 --json
  reasoner mutate --law garden --cases garden/cases"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument(
        "pinpoints",
        metavar="PINPOINT",
        nargs="*",
        help="only these provisions and what is below them; without any, the whole law",
    )
    parser.add_argument(
        "--cases",
        metavar="PATH",
        action="append",
        default=[],
        help="case files or folders (repeatable); without any, the shipped cases",
    )
    parser.add_argument(
        "--known",
        metavar="FILE",
        help="changes that need not be noticed, with reasons (unnoticed.yaml beside the law)",
    )
    add_official_text(parser)
    add_search(parser, 1000, 3600)
    add_language(parser)
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Mutate the law, put the cases to it, and print what nobody notices."""
    from reasoner.audit.known import read_known
    from reasoner.audit.mutants import mutants
    from reasoner.audit.mutation import read_cases_asked, try_mutants
    from reasoner.audit.noticing import SURVIVED, UNREACHED, Examination
    from reasoner.printing.browse import pinpoint_of
    from reasoner.printing.mutation_view import Mutated, as_json, rows
    from reasoner.solving.search import gather

    spent = count_down(options.time)
    law = read_law(options)
    pinpoints = [pinpoint_of(law, text) for text in options.pinpoints]
    paths = _case_files(options)
    known = read_known(law, Path(options.known) if options.known else None)
    asked = read_cases_asked(law, paths, options.language)
    several = mutants(law, pinpoints)
    if not several:
        names = ", ".join(pinpoints) or str(law.directory)
        raise InputError([Problem(f"there is no rule to change in {names}")])
    problems = Examination(law, asked).unmet({mutant.rule for mutant in several})
    if problems:
        raise InputError(problems)
    verdicts: dict[int, Verdict] = {}

    def survivors() -> Iterator[Verdict | None]:
        search = try_mutants(
            law,
            dict(enumerate(several)),
            pinpoints,
            paths,
            os.cpu_count() or 1,
            options.language,
        )
        for verdict in tracked(search, "changing the law", len(several)):
            if verdict is not None:
                verdicts[verdict.mutant] = verdict
                listed = several[verdict.mutant].id in known
                if verdict.outcome in (SURVIVED, UNREACHED) and not listed:
                    yield verdict
                    continue
            yield None

    ended = gather(survivors(), limit=options.limit, spent=spent).ended
    found = Mutated(law, several, verdicts, known, ended, not pinpoints)
    if options.json:
        write_json(as_json(found, options.lang))
    else:
        print_rows(options.width, lambda width: rows(found, width, options.lang))
    return FAILED if found.survivors() or found.listed_in_vain() else DONE


def _case_files(options: argparse.Namespace) -> list[Path]:
    """The files of the cases that the options name.

    Raises:
        InputError: none are named for another law, or there are none.
    """
    from reasoner.casefiles.shelf import case_files, find_case
    from reasoner.lawfiles.law import shipped

    if options.law and not options.cases:
        hint = "name them with --cases; the shipped cases are about the shipped law"
        raise InputError([Problem("no cases are named to notice anything", hint=hint)])
    roots = [find_case(name) for name in options.cases] or [shipped("cases")]
    files = [file for root in roots for file in case_files(root)]
    if not files:
        raise InputError([Problem(f"there are no cases in {', '.join(map(str, roots))}")])
    return files

"""``reasoner coverage``: which conditions of the law decide in some pair of stories."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from reasoner.commands import DONE
from reasoner.commands.options import add_json, add_language, add_search, count_down, read_law
from reasoner.errors import InputError, Problem
from reasoner.printing.output import print_rows, replace_file, searching, tracked, write_json

if TYPE_CHECKING:
    from reasoner.audit.coverage import Coverage
    from reasoner.audit.nearby import Pair

EXAMPLES = """\
  reasoner coverage '65(c)'
  reasoner coverage 63 65 --time 300 --write cases/near_misses
  reasoner coverage --time 1 --json                only what the shipped stories show
  reasoner coverage --law garden --cases garden/cases"""


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
        help="case files, near misses or folders (repeatable); without any, the shipped ones",
    )
    parser.add_argument(
        "--write",
        metavar="DIR",
        help="write the pairs found as near misses of their cases, in a folder",
    )
    add_search(parser, 1000, 60)
    add_language(parser)
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Look at the stories, look for what they do not show, and print it."""
    from reasoner.audit.coverage import Coverage, Workers, impossible, look, search
    from reasoner.audit.stock import take_stock
    from reasoner.printing.browse import pinpoint_of
    from reasoner.printing.coverage_view import as_json, rows
    from reasoner.solving.search import gather

    spent = count_down(options.time)
    law = read_law(options)
    pinpoints = [pinpoint_of(law, text) for text in options.pinpoints]
    cases, near_misses = _files(options)
    if options.write:
        _make_folder(Path(options.write))
    with searching("looking at the stories"):
        stock = take_stock(law, cases, near_misses, pinpoints)
        if not stock.conditions:
            names = ", ".join(pinpoints) or str(law.directory)
            raise InputError([Problem(f"there is no condition that could decide in {names}")])
        seen = look(stock)
        missing = [n for n in range(len(stock.conditions)) if n not in seen.pairs]
        proved = gather(impossible(stock, missing))
    wanted = [number for number in missing if number not in proved.found]

    def pairs() -> Iterator[Pair | None]:
        processes = min(os.cpu_count() or 1, 1 + len(wanted) // 20)
        with Workers(stock, cases, near_misses, pinpoints, processes) as workers:
            yield from search(stock, seen, wanted, workers)

    found = gather(
        tracked(pairs(), "looking for pairs of stories", len(wanted)),
        limit=options.limit,
        spent=spent,
    )
    coverage = Coverage(stock, seen, found.found, frozenset(proved.found), found.ended)
    if options.json:
        write_json(as_json(coverage, options.lang))
    else:
        print_rows(options.width, lambda width: rows(coverage, width, options.lang))
    if options.write:
        _write(coverage, Path(options.write))
    return DONE


def _files(options: argparse.Namespace) -> tuple[list[Path], list[Path]]:
    """The case files and the files of near misses that the options name, or the shipped ones.

    Raises:
        InputError: none are named for another law, or there are none.
    """
    from reasoner.casefiles.generated import is_generated
    from reasoner.casefiles.shelf import NEAR_MISSES, case_files, find_case
    from reasoner.lawfiles.law import shipped

    if options.law and not options.cases:
        hint = "name them with --cases; the shipped cases are about the shipped law"
        raise InputError([Problem("no cases are named to show anything", hint=hint)])
    roots = [find_case(name) for name in options.cases]
    roots = roots or [shipped("cases"), shipped("cases") / NEAR_MISSES]
    if options.write and Path(options.write).is_dir():
        roots.append(Path(options.write))
    files = list(dict.fromkeys(file.resolve() for root in roots for file in case_files(root)))
    generated = [file for file in files if is_generated(file)]
    cases = [file for file in files if file not in generated]
    if not cases:
        raise InputError([Problem(f"there are no cases in {', '.join(map(str, roots))}")])
    return cases, generated


def _make_folder(folder: Path) -> None:
    """Make the folder to write in, before anything is looked for.

    Raises:
        InputError: it cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = error.strerror or str(error)
        raise InputError([Problem(f"--write {folder}: {reason}")]) from None


def _write(coverage: Coverage, folder: Path) -> None:
    """Write the pairs found as near misses, beside those there that are still answered as written.

    Raises:
        InputError: a file there cannot be read, or written.
    """
    from reasoner.audit.turning import in_order, near_misses_by_case
    from reasoner.casefiles.generated import has_near_misses
    from reasoner.casefiles.near_misses import read_near_misses, write_near_misses
    from reasoner.hypotheses.answer_near_misses import answer_near_misses

    stock = coverage.stock
    law = stock.law
    there = {
        path: read_near_misses(str(path), law.vocabulary)
        for path in sorted(folder.glob("*.yaml"))
        if has_near_misses(path)
    }
    answers = iter(
        answer_near_misses(stock.lifted, [n for file in there.values() for n in file.near_misses])
    )
    kept = {
        path: [one for one in file.near_misses if next(answers) == one.expected]
        for path, file in there.items()
    }
    found = near_misses_by_case(stock, coverage.pairs, folder)
    for path in sorted({*there, *found}):
        old = there[path].near_misses if path in there else ()
        name, base, new = found[path] if path in found else (there[path].name, there[path].base, [])
        near_misses = [*kept.get(path, ()), *new]
        if not near_misses:
            path.unlink()
        elif new or len(near_misses) < len(old):
            text = write_near_misses(name, base, in_order(law, near_misses))
            replace_file(path, text.encode("utf-8"))

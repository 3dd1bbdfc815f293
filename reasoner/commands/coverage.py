"""``reasoner coverage``: which conditions of the law decide in some pair of stories."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from reasoner.commands import DONE
from reasoner.commands.options import add_json, add_language, add_search, count_down, read_law
from reasoner.commands.stories import (
    add_cases,
    add_pinpoints,
    make_folder,
    read_pinpoints,
    story_files,
)
from reasoner.errors import InputError, Problem
from reasoner.printing.output import print_rows, searching, tracked, write_json

if TYPE_CHECKING:
    from reasoner.audit.nearby import Pair
    from reasoner.audit.processes import Workers
    from reasoner.audit.stock import Seen
    from reasoner.commands.near_miss_files import Progress
    from reasoner.lawfiles.rules import Law

EXAMPLES = """\
  reasoner coverage '65(c)'
  reasoner coverage 63 65 --time 300 --write cases/near_misses
  reasoner coverage '199(d)' --made-up --scope people=3,permits=1
  reasoner coverage --time 1 --json                only what the shipped stories show
  reasoner coverage --law garden --cases garden/cases"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    add_pinpoints(parser)
    add_cases(parser)
    parser.add_argument(
        "--write",
        metavar="DIR",
        help="write the pairs found as near misses of their cases, or with the stories made up for "
        "them, in a folder",
    )
    parser.add_argument(
        "--scope",
        metavar="SCOPE",
        help="how many of each there may be at most in stories made up, by the sections of a case: "
        "people=2, and others after commas; what is not named does not appear; also reach=N, how "
        "far from a rule its facts may be",
    )
    parser.add_argument(
        "--made-up",
        action="store_true",
        help="look only among stories made up; without it, those of the cases are varied first",
    )
    add_search(parser, 1000, 60)
    add_language(parser)
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Look at the stories, look for what they do not show, and print it."""
    from reasoner.audit.coverage import impossible, look
    from reasoner.audit.excluded import FILE, Fingerprints, read_excluded, still_excluded
    from reasoner.audit.outcomes import Beyond, Coverage
    from reasoner.audit.processes import Workers
    from reasoner.audit.stock import take_stock
    from reasoner.commands.near_miss_files import NearMissFiles, Progress
    from reasoner.printing.coverage_view import as_json, rows
    from reasoner.solving.search import gather
    from reasoner.stories.stories import read_setting

    spent = count_down(options.time)
    law = read_law(options)
    pinpoints = read_pinpoints(law, options.pinpoints)
    scope = _scope(law, options.scope)
    setting = read_setting(law)
    cases, near_misses, folders = story_files(
        options, options.write, "no cases are named to show anything"
    )
    if options.write:
        make_folder(Path(options.write))
    with searching("looking at the stories"):
        stock = take_stock(law, cases, near_misses, pinpoints)
        if not stock.conditions:
            names = ", ".join(pinpoints) or str(law.directory)
            raise InputError([Problem(f"there is no condition that could decide in {names}")])
        seen = look(stock)
        missing = [n for n in range(len(stock.conditions)) if n not in seen.pairs]
        proved = gather(impossible(stock, missing))
        wanted = set(missing).difference(proved.found)
        fingerprints = Fingerprints(law, setting)
        beyond = Beyond(scope, tuple(axiom.name for axiom in setting.axioms))
        for folder in folders:
            known = still_excluded(
                read_excluded(folder / FILE),
                scope,
                [(n, stock.conditions[n]) for n in sorted(wanted)],
                fingerprints,
            )
            beyond.none |= known[0]
            beyond.never |= known[1]
            beyond.partly |= known[2]
    files = NearMissFiles(Path(options.write), fingerprints) if options.write else None
    progress = Progress(stock, wanted, beyond, files)

    def pairs() -> Iterator[Pair | None]:
        processes = min(os.cpu_count() or 1, 1 + len(wanted) // 20)
        with Workers(stock, cases, near_misses, pinpoints, processes) as workers:
            for one in _searches(progress, seen, workers, only_made_up=options.made_up):
                progress.take(one)
                yield one

    found = gather(
        tracked(pairs(), "looking for pairs of stories", len(wanted)),
        limit=options.limit,
        spent=spent,
    )
    progress.write()
    coverage = Coverage(
        progress.whole(), seen, found.found, frozenset(proved.found), beyond, found.ended
    )
    if options.json:
        write_json(as_json(coverage, options.lang))
    else:
        print_rows(options.width, lambda width: rows(coverage, width, options.lang))
    return DONE


def _searches(
    progress: Progress, seen: Seen, workers: Workers, *, only_made_up: bool
) -> Iterator[Pair | None]:
    """Vary the stories that there are; and choose pairs, where it is known what stories are of."""
    from reasoner.audit.coverage import choose_pairs, search

    stock, wanted = progress.stock, set(progress.wanted)
    if not only_made_up:
        for pair in search(stock, seen, sorted(wanted), workers):
            if pair is not None:
                wanted.difference_update(number for number, _ in pair.shows)
            yield pair
    if workers.setting.pieces:
        yield from choose_pairs(stock, wanted, progress.beyond, progress.made, workers)


def _scope(law: Law, text: str | None) -> dict[str, int]:
    """The scope of the stories that are chosen.

    Raises:
        InputError: it says something else.
    """
    from reasoner.audit.paired import usual_scope
    from reasoner.stories.claims import read_scope

    usual = usual_scope(law)
    try:
        return usual | (read_scope(law, text) if text is not None else {})
    except ValueError as error:
        message, hint = error.args
        raise InputError([Problem(f"--scope {text}: {message}", hint=hint)]) from None

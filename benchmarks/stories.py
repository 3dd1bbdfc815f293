"""Measure the search for stories: ``python benchmarks/stories.py [--json]``.

Every claim of the library is tried in a process of its own, under its own readings and scope: how
long until its first story or, where there is none, until all of its scope is searched, and the
memory this takes.
The law is read already; times are seconds of the processor, which other work on the machine
changes little. Then one claim is ground with ever more people and permits: gringo's work must not
grow faster than the number of statements that the stories are chosen from, to the power that the
rules of the law ask for by comparing two of them.
"""

from __future__ import annotations

import argparse
import json
import math
import multiprocessing
import resource
import statistics
import sys
import time
from collections.abc import Mapping
from typing import NamedTuple

from reasoner.lawfiles.law import load_law, shipped
from reasoner.stories.claims import Claim, read_library
from reasoner.stories.refute import Refutation
from reasoner.stories.stages import count_statements
from reasoner.stories.stories import read_setting
from reasoner.stories.verdicts import scope_of

SECONDS = 120
SCOPES = [(1, 1), (1, 2), (2, 1), (2, 2), (2, 3), (3, 3)]
GROWING = "i_23"


class Measured(NamedTuple):
    """What a claim takes: seconds, megabytes, statements; ``first`` and ``all`` where reached."""

    claim: str
    first: float | None
    all: float | None
    megabytes: float
    statements: int


class Grown(NamedTuple):
    """What one claim takes to ground in a scope."""

    people: int
    permits: int
    statements: int
    atoms: int
    seconds: float


def search_for(name: str, scope: Mapping[str, int] | None = None) -> Refutation:
    """A search for stories against a claim of the library."""
    law = load_law()
    claim = next(c for c in read_library(law, [shipped("claims")]) if c.name == name)
    return Refutation(law, claim, read_setting(law), scope or scope_of(law, claim))


def measure(name: str) -> Measured:
    """Try a claim; the process it is called in is used up for it."""
    search = search_for(name)
    first = done = None
    begun = time.process_time()
    for story in search.run():
        spent = time.process_time() - begun
        if story is not None:
            first = spent
        if story is not None or spent > SECONDS:
            break
    else:
        done = time.process_time() - begun
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    last = search.stages()[-1]
    return Measured(name, first, done, memory, count_statements(search.law, search.setting, last))


def grow(people: int, permits: int) -> Grown:
    """Ground a claim in a scope."""
    search = search_for(GROWING, {"person": people, "permit": permits})
    stage = search.stages()[-1]
    begun = time.process_time()
    ground = search.ground(stage)
    seconds = time.process_time() - begun
    atoms = len(ground.control.symbolic_atoms)
    return Grown(
        people, permits, count_statements(search.law, search.setting, stage), atoms, seconds
    )


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--claim", action="append", help="only this claim (repeatable)")
    options = parser.parse_args()
    law = load_law()
    library: list[Claim] = read_library(law, [shipped("claims")])
    wanted = [c for c in library if not options.claim or c.name in options.claim]
    names = [c.name for c in wanted if not c.case]  # a claim that names a case is not searched
    context = multiprocessing.get_context("spawn")
    with context.Pool(1, maxtasksperchild=1) as pool:
        measured = []
        for row in pool.imap(measure, names):
            measured.append(row)
            if not options.json:
                first, done = (f"{x:7.2f}" if x is not None else "      -" for x in row[1:3])
                print(f"{row.claim:34}{first}{done}{row.megabytes:7.0f} MB{row.statements:8}")
                sys.stdout.flush()
        grown = [pool.apply(grow, scope) for scope in SCOPES]
    firsts = [row.first for row in measured if row.first is not None]
    every = [row.all for row in measured if row.all is not None]
    slope = math.log(grown[-1].atoms / grown[0].atoms) / math.log(
        grown[-1].statements / grown[0].statements
    )
    summary = {
        "median_first": statistics.median(firsts) if firsts else None,
        "median_all": statistics.median(every) if every else None,
        "largest_memory": max(row.megabytes for row in measured),
        "growth_exponent": slope,
    }
    if options.json:
        rows = {
            "claims": [row._asdict() for row in measured],
            "growth": [row._asdict() for row in grown],
        }
        print(json.dumps({**rows, **summary}, indent=2))
        return 0
    for row in grown:
        print(
            f"{row.people} people, {row.permits} permits: {row.statements} statements, "
            f"{row.atoms} atoms, {row.seconds:.2f} s"
        )
    for name, value in summary.items():
        print(f"{name}: {value:.2f}" if value is not None else f"{name}: -")
    return 0


if __name__ == "__main__":
    sys.exit(main())

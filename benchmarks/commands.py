"""Measure every command against one bare decision: ``python benchmarks/commands.py``.

A bare decision grounds the law with the case and decides its question; law and case are read
already. A command is run within this process, with its options, its layout and what it prints, but
with a law that is read once. Commands and decisions take turns, and a ratio is the median of the
ratios of each turn, so that it holds when the machine drifts. ``--json`` writes them as data.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import re
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, NamedTuple

import reasoner.lawfiles.law
from reasoner.casefiles.case import read_case
from reasoner.casefiles.shelf import find_case
from reasoner.cli import main as run_command
from reasoner.solving.solve import answer, ground_case, pose

OTHERS = {"one-day-gap": "criminality", "everything-in-order": "one-day-gap"}
YEARS = ("--from", "2023-01-01", "--until", "2025-12-31")
CHANGE = "as_of=2024-12-31"


class Row(NamedTuple):
    """A command to measure.

    ``replies`` are what it reads; what it took is shared out among the parts of the output that
    ``each`` finds, where ``begun`` after what it takes without any replies. ``most`` is how many
    times a bare decision it may take, where that is agreed on. Where a command prints only when it
    has looked for more, ``finds`` finds the first of what it prints.
    """

    name: str
    arguments: tuple[str, ...]
    most: int | None = None
    replies: str = ""
    each: str = ""
    begun: bool = False
    finds: Callable[[str], bool] | None = None


def first_need(case: str) -> bool:
    """Find the first set of changes that gives another answer."""
    from reasoner.hypotheses.needs import Scenario, Search, sides
    from reasoner.reasons.justify import explain

    law = reasoner.lawfiles.law.load_law()
    read = read_case(str(find_case(case)), law.vocabulary)
    goal, world = pose(law, read, "65")
    decision = answer(ground_case(law, read, world, [goal]), read, world, goal)
    explain(decision)
    search = Search(Scenario(law, read, world, goal), sides(decision.answer)[0])
    return any(need is not None for need in search.run())


def first_near_miss(case: str) -> bool:
    """Find the first variation that turns a condition and the answer."""
    from reasoner.hypotheses.needs import Scenario
    from reasoner.hypotheses.vary import Variations
    from reasoner.reasons.justify import explain

    law = reasoner.lawfiles.law.load_law()
    read = read_case(str(find_case(case)), law.vocabulary)
    goal, world = pose(law, read, "65")
    decision = answer(ground_case(law, read, world, [goal]), read, world, goal)
    search = Variations(Scenario(law, read, world, goal), explain(decision), decision.answer)
    return any(near is not None and near.variation is not None for near in search.run())


def rows_for(case: str) -> Iterator[Row]:
    """What is measured with a case."""
    yield Row("why", ("why", case, "65"))
    yield Row("check", ("check", str(find_case(case))))
    yield Row("whatif, one change", ("whatif", case, CHANGE, "65"))
    yield Row("when, three years", ("when", case, "65", *YEARS), 15)
    yield Row("needs, first answer", ("needs", case, "65"), 30, finds=first_need)
    yield Row("vary, first near miss", ("vary", case, "65"), 60, finds=first_near_miss)
    yield Row("readings", ("readings", case, "65"), 30)
    yield Row("refute, one story", ("refute", "i_31", "--limit", "1"))
    yield Row("ask, each question", ("ask", case, "65"), None, "unknown\n" * 9, r"(?m)^\d+\. ")
    changes = "".join(f"set as_of=2024-07-{day:02}\n" for day in range(1, 11))
    yield Row("repl, each change", ("repl", case), None, changes, r"> set", begun=True)
    yield Row("contrast", ("contrast", case, OTHERS[case], "65"))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5, help="turns of each measurement")
    parser.add_argument("--json", action="store_true", help="the figures as JSON")
    options = parser.parse_args()
    # the commands find the law where they look for it, read once
    reasoner.lawfiles.law.load_law = cache(reasoner.lawfiles.law.load_law)
    figures = {case: measure(case, options.runs) for case in OTHERS}
    if options.json:
        print(json.dumps(figures, indent=2))
    else:
        print_figures(figures)


def measure(case: str, runs: int) -> list[dict[str, Any]]:
    """Each command with a case: seconds, and how many bare decisions that is."""
    figures = []
    for row in rows_for(case):
        if run(row) is None:  # imports what it needs as well
            continue
        bare, taken = [], []
        for _ in range(runs):
            bare.append(decide_once(case))
            taken.append(run(row) or 0.0)
        ratio = statistics.median(a / b for a, b in zip(taken, bare, strict=True))
        figures.append(
            {
                "command": row.name,
                "seconds": statistics.median(taken),
                "bare decision": statistics.median(bare),
                "times bare": ratio,
                "at most": row.most,
            }
        )
    return figures


def decide_once(name: str) -> float:
    """Seconds of one bare decision of question 65."""
    law = reasoner.lawfiles.law.load_law()
    case = read_case(str(find_case(name)), law.vocabulary)
    goal, world = pose(law, case, "65")
    start = time.perf_counter()
    answer(ground_case(law, case, world, [goal]), case, world, goal)
    return time.perf_counter() - start


def run(row: Row) -> float | None:
    """Seconds of a run of a command, or of each part of it; None where there is no such command."""
    if row.finds is not None:
        start = time.perf_counter()
        assert row.finds(row.arguments[1]), row
        return time.perf_counter() - start
    idle = (run(row._replace(replies="", each="", begun=False)) or 0.0) if row.begun else 0.0
    out = io.StringIO()
    before, sys.stdin = sys.stdin, io.StringIO(row.replies)
    start = time.perf_counter()
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(io.StringIO()):
            status = run_command(row.arguments)
    except SystemExit:
        return None
    finally:
        sys.stdin = before
    taken = time.perf_counter() - start - idle
    assert status == 0, row
    return taken / (len(re.findall(row.each, out.getvalue())) or 1 if row.each else 1)


def print_figures(figures: dict[str, list[dict[str, Any]]]) -> None:
    """The figures as a table for each case."""
    for case, rows in figures.items():
        bare = statistics.median(row["bare decision"] for row in rows)
        print(f"\n{case}: a bare decision takes {bare:.3f} s")
        for row in rows:
            most = f"  (at most {row['at most']})" if row["at most"] else ""
            print(
                f"  {row['command']:20} {row['seconds']:7.3f} s  {row['times bare']:6.1f} times"
                f"{most}"
            )


if __name__ == "__main__":
    main()

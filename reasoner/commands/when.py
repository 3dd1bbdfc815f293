"""``reasoner when``: the days on which the answer is yes."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from reasoner.commands import DONE
from reasoner.commands.options import (
    add_case,
    add_json,
    add_language,
    add_open,
    add_question,
    add_save,
    add_scenario,
    add_search,
    count_down,
    leave_open,
    read_asked,
    read_date,
    read_scenario,
    save_case,
)
from reasoner.errors import InputError, Problem
from reasoner.printing.output import print_rows, searching, write_json

if TYPE_CHECKING:
    from reasoner.hypotheses.when import When
    from reasoner.lawfiles.rules import Law

EXAMPLES = """\
  reasoner when five-years-on-the-anniversary
  reasoner when one-day-gap 65 --reading gap='tolerant(1)' --reading gap41=finding
  reasoner when ana.yaml '65(b)' --from 2024-01-01 --until 2026-12-31
  reasoner when ana.yaml --save first-day.yaml --day first"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    add_case(parser)
    add_question(parser)
    parser.add_argument(
        "--from",
        dest="first",
        metavar="DATE",
        help="the first day to look at; without it, as far as the case and the law reach",
    )
    parser.add_argument("--until", dest="last", metavar="DATE", help="the last day to look at")
    add_scenario(parser)
    add_open(parser)
    add_search(parser, 12, 60)
    add_save(parser, "the case as of a day")
    parser.add_argument(
        "--day",
        metavar="first|last|DATE",
        default="first",
        help="the day to save: the first or the last on which the answer is yes, or any (first)",
    )
    add_language(parser)
    add_json(parser, "the days, what turns the answer and the timeline")


def run(options: argparse.Namespace) -> int:
    """Find the days and print them."""
    from reasoner.hypotheses.when import when
    from reasoner.printing.when_view import as_json, rows

    law, case = read_asked(options)
    scenario = read_scenario(options, law)
    case = leave_open(options, law, case, options.question, scenario)
    with searching("asking day after day"):
        found = when(
            law,
            case,
            options.question,
            about=options.about,
            limit=options.limit,
            spent=count_down(options.time),
            first=read_date(law, "--from", options.first),
            last=read_date(law, "--until", options.last),
            **scenario,
        )
    if options.save:
        _save(options, law, found)
    if options.json:
        write_json(as_json(found, options.lang))
        return DONE
    print_rows(options.width, lambda width: rows(found, width, options.lang))
    return DONE


def _save(options: argparse.Namespace, law: Law, found: When) -> None:
    """Write the case as of a day, with the answer on it.

    Raises:
        InputError: there is no such day, or the file cannot be written.
    """
    from dataclasses import replace

    from reasoner.solving.question import on_day
    from reasoner.solving.replay import settled
    from reasoner.solving.solve import answer, ground_case

    chosen = {"first": found.first_day, "last": found.last_day}
    if options.day in chosen:
        named = chosen[options.day]
        if named is None:
            message = f"--day {options.day}: the answer is yes on no day that was looked at"
            raise InputError([Problem(message, hint="name a day, as --day 2024-06-01")])
        day = int(f"{named:%Y%m%d}")
    else:
        day = read_date(law, "--day", options.day) or 0
    world = replace(found.world, day=day)
    goal = on_day(law, found.goal, day)
    decision = answer(ground_case(law, found.case, world, [goal]), found.case, world, goal)
    save_case(options.save, law, settled(law, found.case, world, goal, answer=decision.answer))

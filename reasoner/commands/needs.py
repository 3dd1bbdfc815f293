"""``reasoner needs``: what would have to be different for an answer to be another one."""

from __future__ import annotations

import argparse

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
    read_scenario,
    save_case,
    whole_number,
)
from reasoner.errors import InputError, Problem
from reasoner.printing.output import print_rows, searching, write_json

EXAMPLES = """\
  reasoner needs quebec-opinion-missing
  reasoner needs one-day-gap                     what could still come about
  reasoner needs one-day-gap --any               what is past may differ too
  reasoner needs ana.yaml '65(b)' --limit 3 --pick 2 --save changed.yaml"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    add_case(parser)
    add_question(parser)
    parser.add_argument(
        "--any", action="store_true", help="what is past or fixed may be different too"
    )
    parser.add_argument(
        "--pick",
        type=whole_number,
        metavar="N",
        default=1,
        help="which set of changes --save makes (1)",
    )
    add_scenario(parser)
    add_open(parser)
    add_search(parser, 8, 60)
    add_save(parser, "the case after a set of changes")
    add_language(parser)
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Search for the changes and print them."""
    from reasoner.hypotheses.needs import Scenario, Search, sides
    from reasoner.printing.needs_view import Found, Side, as_json, rows
    from reasoner.reasons.justify import explain
    from reasoner.solving.search import gather
    from reasoner.solving.solve import answer, ground_case, pose

    law, case = read_asked(options)
    scenario = read_scenario(options, law)
    case = leave_open(options, law, case, options.question, scenario)
    goal, world = pose(law, case, options.question, about=options.about, **scenario)
    decision = answer(ground_case(law, case, world, [goal]), case, world, goal, 0)
    why = explain(decision)
    spent = count_down(options.time)
    found = []
    with searching("looking for changes"):
        for wanted in sides(decision.answer):
            search = Search(Scenario(law, case, world, goal), wanted, anything=options.any)
            findings = gather(search.run(), limit=options.limit, spent=spent)
            found.append(Side(wanted, findings.found, findings.ended, search.scope))
    result = Found(decision, why, tuple(found), options.any)
    if options.json:
        write_json(as_json(result, options.lang))
    else:
        print_rows(options.width, lambda width: rows(result, width, options.lang))
    if options.save:
        from reasoner.solving.replay import settled

        needs = [need for side in found for need in side.needs]
        if len(needs) < options.pick:
            message = f"{options.save} is not written: there is no set {options.pick}"
            raise InputError([Problem(message)])
        need = needs[options.pick - 1]
        save_case(
            options.save,
            law,
            settled(law, need.case, need.world, need.goal, answer=need.wanted),
        )
    return DONE

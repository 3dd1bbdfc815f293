"""``reasoner readings``: where the text is open, and which readings decide an answer."""

from __future__ import annotations

import argparse

from reasoner.commands import DONE
from reasoner.commands.options import (
    add_json,
    add_language,
    add_open,
    add_save,
    add_scenario,
    add_search,
    count_down,
    leave_open,
    read_asked,
    read_law,
    read_scenario,
    save_case,
)
from reasoner.errors import InputError, Problem
from reasoner.printing.output import print_rows, searching, write_json

EXAMPLES = """\
  reasoner readings                            every reading, with its options
  reasoner readings gap                        those that mention a word
  reasoner readings one-day-gap                which readings decide the answer in a case
  reasoner readings ana.yaml '65(b)' --language fr
  reasoner readings one-day-gap --save other-answer.yaml"""
_FOR_A_CASE = ("question", "as_of", "law_date", "reading", "about", "open", "save")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument(
        "case",
        metavar="CASE",
        nargs="?",
        help="a case file, or the name of a shipped case: which readings decide its answer; "
        "any other word lists the readings that mention it",
    )
    parser.add_argument(
        "question",
        metavar="QUESTION",
        nargs="?",
        help="a pinpoint, a predicate or an atom; without it, the case's own",
    )
    add_scenario(parser)
    add_open(parser)
    add_search(parser, 12, 60)
    add_save(parser, "the case with the first choice of readings that gives another answer")
    add_language(parser)
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """List the readings, or find out which of them decide an answer."""
    from reasoner.casefiles.shelf import is_case

    if options.case is not None and is_case(options.case):
        return _weigh(options)
    given = [name for name in _FOR_A_CASE if getattr(options, name)]
    if given:
        from reasoner.casefiles.shelf import find_case

        if options.case is not None:
            find_case(options.case)  # says that there is no such case
        raise InputError([Problem(f"{_called(given[0])} is for a case, and none is named")])
    return _list(options)


def _called(name: str) -> str:
    return "QUESTION" if name == "question" else f"--{name.replace('_', '-')}"


def _list(options: argparse.Namespace) -> int:
    from reasoner.lawfiles.translation import in_language
    from reasoner.printing.browse import readings_json, readings_rows

    law = in_language(read_law(options), options.lang)
    if options.json:
        write_json(readings_json(law, options.case, options.language))
        return DONE
    print_rows(
        options.width,
        lambda width: readings_rows(law, options.case, width, options.language, options.lang),
    )
    return DONE


def _weigh(options: argparse.Namespace) -> int:
    from reasoner.hypotheses.sensitivity import weigh_readings
    from reasoner.printing.readings_view import as_json, rows
    from reasoner.solving.solve import pose

    law, case = read_asked(options)
    scenario = read_scenario(options, law)
    case = leave_open(options, law, case, options.question, scenario)
    goal, world = pose(law, case, options.question, about=options.about, **scenario)
    with searching("trying readings"):
        found = weigh_readings(
            law, case, world, goal, limit=options.limit, spent=count_down(options.time)
        )
    if options.save and found.sets:
        from reasoner.hypotheses.sensitivity import under
        from reasoner.solving.replay import settled

        first = found.sets[0]
        other = under(world, first.options)
        save_case(options.save, law, settled(law, case, other, goal, answer=first.answer))
    if options.json:
        write_json(as_json(found, options.lang))
    else:
        print_rows(options.width, lambda width: rows(found, width, options.lang))
    if options.save and not found.sets:
        raise InputError([Problem(f"{options.save} is not written: there is no other answer")])
    return DONE

"""``reasoner contrast``: why two cases are answered differently."""

from __future__ import annotations

import argparse

from reasoner.commands import DONE
from reasoner.commands.options import (
    add_case,
    add_json,
    add_language,
    add_question,
    add_save,
    add_scenario,
    add_search,
    check_about,
    count_down,
    read_cases,
    read_law,
    read_scenario,
    save_case,
)
from reasoner.errors import InputError, Problem
from reasoner.printing.output import print_rows, searching, write_json

EXAMPLES = """\
  reasoner contrast record-suspension criminality
  reasoner contrast ana.yaml ben.yaml '65(b)'
  reasoner contrast ana.yaml ben.yaml --about ana --about ben --save ana-like-ben.yaml"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    add_case(parser, "first", "CASE1")
    add_case(parser, "second", "CASE2")
    add_question(parser, "that of the first case, or else of the second")
    add_scenario(parser)
    parser.add_argument("--brief", action="store_true", help="without the reasons")
    add_search(parser, limit=10, seconds=30)
    add_save(parser, "the case with the first set of differences carried over to it")
    add_language(parser)
    add_json(parser, "the contrast")


def run(options: argparse.Namespace) -> int:
    """Answer both and print what makes the difference."""
    from reasoner.hypotheses.distinguish import carried_over, distinguish, explaining
    from reasoner.printing.distinctions import as_json, rows
    from reasoner.solving.search import gather

    law = read_law(options)
    first, second = read_cases(law, (options.first, options.second))
    check_about(options.about, [*first.entities, *second.entities])
    scenario = read_scenario(options, law)
    found = distinguish(law, first, second, options.question, about=options.about, **scenario)
    sets = None
    if not found.same_answer:
        with searching("looking for what explains it"):
            spent = count_down(options.time)
            sets = gather(explaining(found), limit=options.limit, spent=spent)
    if options.save:
        if not (sets and sets.found):
            hint = "the answers are the same" if found.same_answer else "nothing was found"
            raise InputError([Problem(f"{options.save} is not written", hint=hint)])
        save_case(options.save, law, carried_over(found, sets.found[0]))
    if options.json:
        write_json(as_json(found, sets, options.lang))
        return DONE
    print_rows(
        options.width,
        lambda width: rows(found, sets, width, brief=options.brief, language=options.lang),
    )
    return DONE

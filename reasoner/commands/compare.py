"""``reasoner compare``: answers and reasons at two dates of the law, or under its two texts."""

from __future__ import annotations

import argparse

from reasoner.commands import DONE
from reasoner.commands.options import (
    add_case,
    add_json,
    add_language,
    add_question,
    add_scenario,
    read_asked,
    read_scenarios,
)
from reasoner.errors import InputError, Problem
from reasoner.printing.output import print_rows, write_json

EXAMPLES = """\
  reasoner compare removal-order-before-the-amendment --law-date 2024-01-01 2024-06-01
  reasoner compare ana.yaml '65(b)' --law-date 2020-04-30 2025-02-17
  reasoner compare one-day-gap 65 --language en fr"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    add_case(parser)
    add_question(parser, "all that the case touches")
    add_scenario(parser, sides=2)
    add_language(parser)
    add_json(parser, "the comparison")


def run(options: argparse.Namespace) -> int:
    """Answer in both worlds and print the difference."""
    from reasoner.hypotheses.compare import compare
    from reasoner.printing.differences import as_json, rows

    if not (options.law_date or options.language):
        hint = "write --law-date 2020-04-30 2025-02-17, or --language en fr"
        raise InputError([Problem("nothing says what to compare", hint=hint)])
    law, case = read_asked(options)
    scenarios = read_scenarios(options, law)
    found = compare(law, case, scenarios, options.question, options.about)
    if options.json:
        write_json(as_json(found, options.lang))
        return DONE
    print_rows(options.width, lambda width: rows(found, width, options.lang))
    return DONE

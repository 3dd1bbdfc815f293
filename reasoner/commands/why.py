"""``reasoner why``: the answer to a question about a case, and its reasons."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from reasoner.commands import DONE
from reasoner.commands.options import (
    add_case,
    add_json,
    add_language,
    add_open,
    add_question,
    add_scenario,
    add_text,
    read_asked,
    read_scenario,
)
from reasoner.errors import InputError, Problem
from reasoner.printing.output import print_rows, searching, write_json

if TYPE_CHECKING:
    from reasoner.casefiles.case import Case
    from reasoner.lawfiles.rules import Law

EXAMPLES = """\
  reasoner why one-day-gap
  reasoner why one-day-gap --all               a table of all questions it touches
  reasoner why one-day-gap '65(b)(ii)' --brief
  reasoner why ana.yaml 65 --as-of 2024-06-01 --reading gap='tolerant(1)'
  reasoner why ana.yaml 'permit_valid(first, 2024-06-01)' --atoms
  reasoner why ana.yaml --json | jq .answer"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    add_case(parser)
    add_question(parser, "the case's own, or all it touches")
    parser.add_argument("--all", action="store_true", help="all questions that the case touches")
    add_scenario(parser)
    add_open(parser)
    add_language(parser)
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--brief", action="store_true", help="only what decides")
    how.add_argument("--full", action="store_true", help="every condition of every rule tried")
    parser.add_argument("--atoms", action="store_true", help="atoms instead of sentences")
    add_text(parser)
    add_json(parser, "the answer and its graph")


def run(options: argparse.Namespace) -> int:
    """Answer the question, or all that the case touches."""
    law, case = read_asked(options)
    scenario = read_scenario(options, law)
    if options.open and (options.all or not (options.question or case.question)):
        raise InputError([Problem("--open is for one question", hint="name it")])
    if options.all or not (options.question or case.question):
        return _answer_all(options, law, case, scenario)
    return _answer(options, law, case, scenario)


def _answer(options: argparse.Namespace, law: Law, case: Case, scenario: Mapping[str, Any]) -> int:
    from reasoner.commands.quoting import quote, quoted_json, quoted_rows
    from reasoner.printing.answer import as_json, rows
    from reasoner.reasons.justify import explain
    from reasoner.solving.solve import decide
    from reasoner.wording.view import BRIEF, FULL, PLAIN

    if options.open:
        from reasoner.hypotheses.open_case import decide_open
        from reasoner.solving.solve import pose

        goal, world = pose(law, case, options.question, about=options.about, **scenario)
        with searching("opening what nobody stated"):
            decision = decide_open(law, case, world, goal)
    else:
        decision = decide(law, case, options.question, about=options.about, **scenario)
    why = explain(decision)
    style = BRIEF if options.brief else FULL if options.full else PLAIN

    def deciding() -> Iterable[str]:
        from reasoner.reasons.weigh import decisive

        return decisive(why, why.roots[0])

    from reasoner.wording.words import show_date

    day = show_date(str(decision.law_date)) if decision.law_date else None
    quotes = quote(options, law, deciding, options.lang, whole=False, day=day)
    if options.json:
        write_json(as_json(decision, why, style, options.lang) | quoted_json(quotes))
        return DONE
    print_rows(
        options.width,
        lambda width: rows(
            decision,
            why,
            width,
            style=style,
            atoms=options.atoms,
            language=options.lang,
            official=quoted_rows(law, quotes, width, options.lang),
        ),
    )
    return DONE


def _answer_all(
    options: argparse.Namespace, law: Law, case: Case, scenario: Mapping[str, Any]
) -> int:
    from reasoner.hypotheses.survey import survey
    from reasoner.printing.overview import as_json, rows

    found = survey(law, case, about=options.about, **scenario)
    if options.json:
        write_json(as_json(found, options.lang))
        return DONE
    print_rows(options.width, lambda width: rows(found, width, options.lang))
    return DONE

"""``reasoner whatif``: the answers and reasons if a case were otherwise."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from reasoner.commands import DONE
from reasoner.commands.options import (
    add_case,
    add_json,
    add_language,
    add_open,
    add_save,
    add_scenario,
    check_about,
    leave_open,
    read_law,
    read_named_case,
    read_scenario,
    save_case,
)
from reasoner.errors import InputError, Problem
from reasoner.printing.output import print_rows, write_json

if TYPE_CHECKING:
    from reasoner.casefiles.case import Case
    from reasoner.lawfiles.rules import Law

EXAMPLES = """\
  reasoner whatif one-day-gap readings.gap=applied readings.gap41=finding 65
  reasoner whatif ana.yaml permits.second.from=2022-01-15       one value
  reasoner whatif ana.yaml 'people.ana.spouse={of: ben}'        all that is said under a key
  reasoner whatif ana.yaml 'people.ana.spouse+={of: ben}'       one entry more; -= one less
  reasoner whatif ana.yaml people.ana.spouse.2.is=unknown       one value of the second entry
  reasoner whatif ana.yaml people.ana.here_to_establish=no      denied; =yes stated, =unknown
  reasoner whatif ana.yaml -people.ana.spouse                   not stated; people.ana.spouse= too
  reasoner whatif ana.yaml people.zoe -permits.third            one person more, one permit less
  reasoner whatif ana.yaml as_of=2025-01-01 law_date=2022-01-01
  reasoner whatif ana.yaml --from later.yaml --question 65 --save changed.yaml"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    add_case(parser)
    parser.add_argument(
        "changes",
        metavar="CHANGE",
        nargs="*",
        help="what is otherwise; one that is no change is the question (a pinpoint, a predicate "
        "or an atom; without it, the case's own, or all it touches)",
    )
    parser.add_argument("--question", metavar="QUESTION", help="the question")
    parser.add_argument("--all", action="store_true", help="all questions that the case touches")
    parser.add_argument(
        "--from",
        dest="others",
        metavar="FILE",
        action="append",
        default=[],
        help="a case of which everything is said on top (repeatable)",
    )
    add_scenario(parser)
    add_open(parser)
    add_language(parser)
    add_save(parser, "the changed case")
    add_json(parser, "the changes, both answers and the difference of the reasons")


def run(options: argparse.Namespace) -> int:
    """Answer as the case is and as it would be, and print the difference."""
    from reasoner.hypotheses.whatif import whatif
    from reasoner.printing.consequences import as_json, changed_case, rows

    law = read_law(options)
    case = read_named_case(options, law)
    sources, question = _read_sources(options, law)
    question = question or (None if options.all else case.question)
    scenario = read_scenario(options, law)
    if options.open and question is None:
        raise InputError([Problem("--open is for one question", hint="name it")])
    case = leave_open(options, law, case, question, scenario)
    found = whatif(law, case, sources, question, about=options.about, **scenario)
    check_about(options.about, [name for one in found.comparison.cases for name in one.entities])
    asked = question is not None
    if options.save:
        save_case(options.save, law, changed_case(found, law, options.lang, asked=asked))
    if options.json:
        write_json(as_json(found, options.lang))
        return DONE
    print_rows(options.width, lambda width: rows(found, width, options.lang, asked=asked))
    return DONE


def _read_sources(options: argparse.Namespace, law: Law) -> tuple[list[str | Case], str | None]:
    """The changes, those of whole cases first, and the question.

    Raises:
        InputError: there is no change, or there are two questions.
    """
    from reasoner.casefiles.case import read_case
    from reasoner.casefiles.read_edits import is_change
    from reasoner.casefiles.shelf import find_case

    words = [word.strip() for word in options.changes]
    changes = [word for word in words if is_change(word, law.vocabulary)]
    questions = [word for word in words if word not in changes]
    questions += [options.question] if options.question else []
    if len(questions) > 1:
        hint = "a change has a path and '=', for example as_of=2024-06-01"
        message = f"there are two questions, {questions[0]!r} and {questions[1]!r}"
        raise InputError([Problem(message, hint=hint)])
    if not (changes or options.others):
        hint = "write, for example, as_of=2024-06-01; --help shows other changes"
        raise InputError([Problem("nothing says what to change", hint=hint)])
    others = [read_case(str(find_case(path)), law.vocabulary) for path in options.others]
    return [*others, *changes], questions[0] if questions else None

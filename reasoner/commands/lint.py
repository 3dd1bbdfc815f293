"""``reasoner lint``: what is wrong with a law directory."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from reasoner.commands import DONE, FAILED
from reasoner.commands.options import add_json
from reasoner.printing.output import write_json

if TYPE_CHECKING:
    from reasoner.errors import Problem

EXAMPLES = """\
  reasoner lint
  reasoner lint my-regulation/"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("directory", metavar="DIR", nargs="?", help="without it, the shipped law")
    add_json(parser, "the findings")


def run(options: argparse.Namespace) -> int:
    """Print what lint finds."""
    from reasoner.lawfiles.law import load_law
    from reasoner.printing.linter import lint
    from reasoner.printing.show import print_problems
    from reasoner.wording.words import lint_summary

    law = load_law(options.directory or options.law)
    problems = lint(law)
    if options.json:
        write_json(_as_json(problems))
    else:
        print_problems(problems, sys.stdout)
        print(lint_summary(len(law.provisions), len(law.rules), len(problems)))
    return FAILED if problems else DONE


def _as_json(problems: Sequence[Problem]) -> Any:
    return {
        "schema": "reasoner/lint/1",
        "problems": [
            {
                "message": p.message,
                "hint": p.hint,
                "path": p.position.path if p.position else None,
                "line": p.position.line if p.position else None,
                "column": p.position.column if p.position else None,
            }
            for p in problems
        ],
    }

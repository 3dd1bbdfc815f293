"""``reasoner cases``: the cases that come with the program."""

from __future__ import annotations

import argparse

from reasoner.commands import DONE
from reasoner.commands.options import add_json, add_word, read_law
from reasoner.printing.output import print_rows, write_json

EXAMPLES = """\
  reasoner cases
  reasoner cases quebec"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    add_word(parser)
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Print the list."""
    from reasoner.printing.browse import cases_json, cases_rows

    law = read_law(options)
    if options.json:
        write_json(cases_json(law, options.word))
        return DONE
    print_rows(options.width, lambda width: cases_rows(law, options.word, width))
    return DONE

"""``reasoner cases``: the cases that come with the program."""

from __future__ import annotations

import argparse

from reasoner.commands.listing import add_arguments, print_list

EXAMPLES = """\
  reasoner cases
  reasoner cases quebec"""
__all__ = ["EXAMPLES", "add_arguments", "run"]


def run(options: argparse.Namespace) -> int:
    """Print the list."""
    from reasoner.printing.browse import cases_json, cases_rows

    return print_list(options, cases_json, cases_rows)

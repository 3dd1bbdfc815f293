"""``reasoner facts``: the facts that a case may state."""

from __future__ import annotations

import argparse

from reasoner.commands.listing import add_arguments, print_list

EXAMPLES = """\
  reasoner facts
  reasoner facts permit
  reasoner facts permis --lang fr"""
__all__ = ["EXAMPLES", "add_arguments", "run"]


def run(options: argparse.Namespace) -> int:
    """Print the list."""
    from reasoner.printing.browse import facts_json, facts_rows

    return print_list(options, facts_json, facts_rows)

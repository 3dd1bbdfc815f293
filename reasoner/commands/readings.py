"""``reasoner readings``: where the text is open, and how it may be read."""

from __future__ import annotations

import argparse

from reasoner.commands import DONE
from reasoner.commands.options import add_json, add_word, read_law
from reasoner.output import print_rows, write_json
from reasoner.phrases import LANGUAGES

EXAMPLES = """\
  reasoner readings
  reasoner readings gap"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    add_word(parser)
    parser.add_argument(
        "--language",
        choices=LANGUAGES,
        help="only those on which the two official texts differ, this text first",
    )
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Print the list."""
    from reasoner.browse import readings_json, readings_rows

    law = read_law(options)
    if options.json:
        write_json(readings_json(law, options.word, options.language))
        return DONE
    print_rows(
        options.width, lambda width: readings_rows(law, options.word, width, options.language)
    )
    return DONE

"""``reasoner show``: what the law files say of a provision."""

from __future__ import annotations

import argparse

from reasoner.commands import DONE
from reasoner.commands.options import add_json, add_language, add_text, read_law
from reasoner.printing.output import print_rows, write_json

EXAMPLES = """\
  reasoner show '65(b)(ii)'
  reasoner show '65(b)(ii)' --text both
  reasoner show A42
  reasoner show A42 --lang fr"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("pinpoint", metavar="PINPOINT", help="for example 65(b)(ii)")
    add_text(parser)
    add_language(parser)
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Print the provision."""
    from reasoner.commands.quoting import quote, quoted_json, quoted_rows
    from reasoner.lawfiles.translation import in_language
    from reasoner.printing.browse import pinpoint_of, provision_json, provision_rows

    lang = options.lang
    law = in_language(read_law(options), lang)
    quotes = quote(options, law, lambda: [pinpoint_of(law, options.pinpoint)], lang, whole=True)
    if options.json:
        write_json(provision_json(law, options.pinpoint) | quoted_json(quotes))
        return DONE
    print_rows(
        options.width,
        lambda width: provision_rows(
            law, options.pinpoint, width, quoted_rows(law, quotes, width, lang), lang
        ),
    )
    return DONE

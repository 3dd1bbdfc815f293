"""What the commands share that list all there is of a sort, or what of it mentions a word."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from reasoner.commands import DONE
from reasoner.commands.options import add_json, add_language, add_word, read_law
from reasoner.printing.output import print_rows, write_json

if TYPE_CHECKING:
    from reasoner.lawfiles.rules import Law
    from reasoner.printing.show import Row


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what such a command takes."""
    add_word(parser)
    add_language(parser)
    add_json(parser)


def print_list(
    options: argparse.Namespace,
    as_json: Callable[[Law, str | None], Any],
    rows: Callable[[Law, str | None, int, str], Iterable[Row]],
) -> int:
    """Print a list as it is asked for.

    Args:
        options: what the command takes, with the word.
        as_json: what of a law mentions a word, as plain data.
        rows: the same for reading, for some width, in a language.
    """
    from reasoner.lawfiles.translation import in_language

    law = in_language(read_law(options), options.lang)
    if options.json:
        write_json(as_json(law, options.word))
        return DONE
    print_rows(options.width, lambda width: rows(law, options.word, width, options.lang))
    return DONE

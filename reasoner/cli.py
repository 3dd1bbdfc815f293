"""The command line: which command is named, and what becomes of its errors."""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Protocol, cast

from reasoner import __version__
from reasoner.commands import BAD_INPUT, DONE
from reasoner.commands.options import add_general_options, help_settings
from reasoner.errors import InputError

_COMMANDS = {
    "why": "answer a question about a case and print the reasons",
    "compare": "compare answers and reasons under two laws or texts",
    "whatif": "change a case and see what follows from it, and why",
    "contrast": "say why two cases are answered differently",
    "when": "find the days on which the answer is yes, and what opens and closes them",
    "ask": "find out the facts that a question turns on, in an interview",
    "needs": "find what would have to be different for another answer",
    "vary": "find the near misses of a case: what the answer turns on, and by how little",
    "repl": "ask about a case and change it, again and again",
    "refute": "find the smallest stories that break a claim about the law",
    "check": "run the expectations of cases",
    "coverage": "see which conditions of the law decide in some pair of stories",
    "mutate": "change the law condition by condition, and see whether any case notices",
    "audit": "find what in a law is dead, never decides, contradicts or is not used",
    "show": "print what the law files say of a provision",
    "facts": "print the facts that a case may state",
    "readings": "print the readings: where the text is open",
    "claims": "try the claims about how the rules of a law interact",
    "cases": "list the cases that come with the program",
    "law": "print what is encoded of the law, provision by provision",
    "lint": "check a law directory",
}
_TAKEN_AWAY = re.compile(r"-[a-z]\w*\.\w")  # -plots.p1 is no option: a space goes before it
_EXAMPLES = """\
  reasoner why one-day-gap                     a case that comes with the program
  reasoner why ana.yaml '65(b)' --as-of 2024-06-01
  reasoner check                               run all shipped cases
  reasoner show '65(b)(ii)'                    what we say of a provision"""


class Command(Protocol):
    """What a module of :mod:`reasoner.commands` offers.

    One with commands below it names them in ``BELOW``; argparse cannot read options between the
    arguments of such a command.
    """

    EXAMPLES: str

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Say what the command takes."""

    def run(self, options: argparse.Namespace) -> int:
        """Do it; the status to end with."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command.

    Args:
        arguments: what stands after the program's name; without it, those of the process.

    Returns:
        0 when done, 1 when an expectation failed or lint found something, 2 for bad input.
    """
    try:
        return _main(sys.argv[1:] if arguments is None else arguments)
    except InputError as error:
        from reasoner.printing.show import print_problems

        sys.stdout.flush()
        print_problems(error.problems)
        return BAD_INPUT
    except BrokenPipeError:
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115 - nothing is left to close it for
        return DONE
    except KeyboardInterrupt:
        print("\ninterrupted", file=sys.stderr)
        return BAD_INPUT


def _main(arguments: Sequence[str]) -> int:
    if not arguments or arguments[0] not in _COMMANDS:
        parser = _parser()
        parser.parse_args(arguments)
        parser.print_help()
        return DONE
    options = _read_options(*arguments)
    run: Callable[[argparse.Namespace], int] = options.run
    language = getattr(options, "lang", "en")
    try:
        return run(options)
    except InputError as error:
        if language == "en":
            raise
        from reasoner.wording.contradictions import ContradictionError

        if isinstance(error, ContradictionError):
            raise error.in_language(language) from None
        raise


def _read_options(name: str, *arguments: str) -> argparse.Namespace:
    """The options of a command, of which no other is imported."""
    command = cast(Command, import_module(f"reasoner.commands.{name}"))
    settings = help_settings(_COMMANDS[name], command.EXAMPLES)
    parser = argparse.ArgumentParser(prog=f"reasoner {name}", **settings)
    parser.set_defaults(run=command.run)
    add_general_options(parser)
    command.add_arguments(parser)
    arguments = tuple(f" {word}" if _TAKEN_AWAY.match(word) else word for word in arguments)
    if hasattr(command, "BELOW"):
        return parser.parse_args(arguments)
    return parser.parse_intermixed_args(arguments)  # a question may follow an option


def _parser() -> argparse.ArgumentParser:
    """What reads a line without a command, and knows of each only its name."""
    text = "ask a law about a case, and see why the answer is what it is"
    parser = argparse.ArgumentParser(prog="reasoner", **help_settings(text, _EXAMPLES))
    parser.add_argument("--version", action="version", version=f"reasoner {__version__}")
    commands = parser.add_subparsers(metavar="COMMAND")
    for name, about in _COMMANDS.items():
        commands.add_parser(name, help=about)
    return parser

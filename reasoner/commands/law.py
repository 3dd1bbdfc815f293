"""``reasoner law``: what is encoded; and below it, official texts and what became of them."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from reasoner.commands import DONE, FAILED
from reasoner.commands.options import add_general_options, add_json, help_settings, read_law
from reasoner.errors import InputError, Problem
from reasoner.printing.output import print_rows, replace_file, write_json

EXAMPLES = """\
  reasoner law
  reasoner law import SOR-2002-227.xml
  reasoner law drift SOR-2002-227.xml"""
BELOW = {
    "import": "keep official texts, to be shown beside the law files",
    "drift": "compare an official text with what the law encodes",
    "fingerprint": "take the fingerprints of what the law encodes",
}
_IMPORT_EXAMPLES = """\
  reasoner law import SOR-2002-227.xml DORS-2002-227.xml
  reasoner law import                          what is imported"""
_DRIFT_EXAMPLES = """\
  reasoner law drift SOR-2002-227.xml
  reasoner law drift SOR-2002-227.xml --json"""
_FINGERPRINT_EXAMPLES = """\
  reasoner law fingerprint SOR-2002-227.xml --law my-regulation"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes, and the commands below it."""
    parser.add_argument("--all", action="store_true", help="also what is encoded outside the core")
    add_json(parser)
    commands = parser.add_subparsers(metavar="COMMAND")

    def command(
        name: str, run: Callable[[argparse.Namespace], int], examples: str
    ) -> argparse.ArgumentParser:
        below = commands.add_parser(name, help=BELOW[name], **help_settings(BELOW[name], examples))
        below.set_defaults(run=run)
        # suppressed, or the default would wipe out what was said before the command
        add_general_options(below, argparse.SUPPRESS)
        add_json(below, default=argparse.SUPPRESS)
        return below

    read = command("import", _import, _IMPORT_EXAMPLES)
    read.add_argument(
        "files",
        metavar="FILE",
        nargs="*",
        help="XML of the Justice Laws Website; without any, what is imported is listed",
    )
    drift = command("drift", _drift, _DRIFT_EXAMPLES)
    drift.add_argument("file", metavar="FILE", help="XML of the Justice Laws Website")
    take = command("fingerprint", _fingerprint, _FINGERPRINT_EXAMPLES)
    take.add_argument("files", metavar="FILE", nargs="+", help="the texts the rules come from")


def run(options: argparse.Namespace) -> int:
    """Print what is encoded, provision by provision."""
    from reasoner.official.inventory import inventory_json, inventory_rows, take_inventory

    law = read_law(options)
    inventory = take_inventory(law, everything=options.all)
    if options.json:
        write_json(inventory_json(inventory))
    else:
        print_rows(options.width, lambda width: inventory_rows(inventory, width))
    return DONE


def _import(options: argparse.Namespace) -> int:
    from reasoner.official.official import OfficialText, read_official
    from reasoner.official.texts import imported, keep_texts

    texts: list[OfficialText] = []
    problems: list[Problem] = []
    for file in options.files:
        try:
            texts.append(read_official(file))
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(problems)
    kept = keep_texts(texts)
    if not options.files:
        rows = [
            {"instrument": i, "language": language, "consolidation": day, "path": str(path)}
            for i, language, day, path in imported()
        ]
        if options.json:
            write_json({"schema": "reasoner/texts/1", "texts": rows})
        for row in () if options.json else rows:
            print(f"{row['instrument']}  {row['language']}  {row['consolidation']}")
        if not rows and not options.json:
            print("No official text is imported: `reasoner law import FILE`.")
        return DONE
    if options.json:
        write_json(
            {
                "schema": "reasoner/texts/1",
                "texts": [
                    {
                        "instrument": text.identifier,
                        "language": text.language,
                        "consolidation": text.date,
                        "path": str(path),
                        "provisions": len(text.provisions),
                        "replaced": replaced,
                    }
                    for text, (path, replaced) in zip(texts, kept, strict=True)
                ],
            }
        )
        return DONE
    for text, (_, replaced) in zip(texts, kept, strict=True):
        done = "replaced" if replaced else "imported"
        print(
            f"{done}: {text.title} ({text.identifier}), {text.language}, of {text.date}, "
            f"{len(text.provisions)} provisions"
        )
    return DONE


def _drift(options: argparse.Namespace) -> int:
    from reasoner.official.drift import find_drift
    from reasoner.official.drift_view import drift_json, drift_rows
    from reasoner.official.official import read_official

    law = read_law(options)
    drift = find_drift(law, read_official(options.file), options.file)
    if options.json:
        write_json(drift_json(drift))
    else:
        print_rows(options.width, lambda width: drift_rows(drift, law, width))
    return FAILED if drift.findings else DONE


def _fingerprint(options: argparse.Namespace) -> int:
    from reasoner.official.fingerprints import (
        FILE,
        SETTINGS,
        dump_fingerprints,
        read_fingerprints,
        read_settings,
        take_fingerprints,
    )
    from reasoner.official.official import read_official

    law = read_law(options)
    settings = read_settings(law)
    path: Path = law.directory / FILE
    texts = {(t.prefix, t.language): t for t in read_fingerprints(law)} if path.exists() else {}
    taken = []
    for file in options.files:
        found = take_fingerprints(law, settings, read_official(file))
        if found is None:
            hint = f"{SETTINGS} in the law directory says which texts it encodes"
            raise InputError([Problem(f"{file} is no text that this law encodes", hint=hint)])
        texts[found.prefix, found.language] = found
        taken.append(found)
    replace_file(path, dump_fingerprints(texts.values()))
    if options.json:
        rows = [
            {
                "instrument": t.prefix,
                "language": t.language,
                "consolidation": t.date,
                "provisions": len(t.fingerprints),
            }
            for t in taken
        ]
        write_json({"schema": "reasoner/fingerprinted/1", "path": str(path), "texts": rows})
        return DONE
    for found in taken:
        count = len(found.fingerprints)
        print(f"{found.prefix}, {found.language}, of {found.date}: {count} provisions")
    return DONE

"""The commands below ``reasoner law``: official texts, what became of them, what is encoded."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from reasoner.errors import InputError, Problem

_EXAMPLES = {
    "import": """examples:
  reasoner law import SOR-2002-227.xml DORS-2002-227.xml
  reasoner law import                          what is imported""",
    "drift": """examples:
  reasoner law drift SOR-2002-227.xml
  reasoner law drift SOR-2002-227.xml --json""",
    "fingerprint": """examples:
  reasoner law fingerprint SOR-2002-227.xml --law my-regulation""",
}


def add_law_parsers(law: argparse.ArgumentParser, width: Any) -> None:
    """Give the parser of ``law`` its options and the commands below it.

    Args:
        law: the parser of ``reasoner law``.
        width: what reads the option ``--width``.
    """
    law.set_defaults(run=_table)
    law.add_argument("--all", action="store_true", help="also what is encoded outside the core")
    law.add_argument("--json", action="store_true", help="the same as JSON")
    commands = law.add_subparsers(dest="law_command", metavar="COMMAND")

    def command(name: str, run: Any, text: str) -> argparse.ArgumentParser:
        sub = commands.add_parser(
            name,
            help=text,
            description=text[0].upper() + text[1:] + ".",
            epilog=_EXAMPLES[name],
            formatter_class=law.formatter_class,
        )
        sub.set_defaults(run=run, usage=sub)
        # suppressed, or the default would wipe out what was said before the command
        sub.add_argument("--law", metavar="DIR", default=argparse.SUPPRESS, help="another law")
        sub.add_argument(
            "--width",
            type=width,
            metavar="N",
            default=argparse.SUPPRESS,
            help="columns to print in",
        )
        sub.add_argument(
            "--json", action="store_true", default=argparse.SUPPRESS, help="the same as JSON"
        )
        return sub

    read = command("import", _import, "keep official texts, to be shown beside the law files")
    read.add_argument(
        "files",
        metavar="FILE",
        nargs="*",
        help="XML of the Justice Laws Website; without any, what is imported is listed",
    )
    drift = command("drift", _drift, "compare an official text with what the law encodes")
    drift.add_argument("file", metavar="FILE", help="XML of the Justice Laws Website")
    take = command("fingerprint", _fingerprint, "take the fingerprints of what the law encodes")
    take.add_argument("files", metavar="FILE", nargs="+", help="the texts the rules come from")


def _table(options: argparse.Namespace) -> int:
    from reasoner.inventory import inventory_json, inventory_rows, take_inventory
    from reasoner.law import load_law
    from reasoner.output import print_rows, write_json

    law = load_law(options.law)
    inventory = take_inventory(law, everything=options.all)
    if options.json:
        write_json(inventory_json(inventory))
    else:
        print_rows(options.width, lambda width: inventory_rows(inventory, width))
    return 0


def _import(options: argparse.Namespace) -> int:
    from reasoner.official import OfficialText, read_official
    from reasoner.output import write_json
    from reasoner.texts import imported, keep_texts

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
        return 0
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
        return 0
    for text, (_, replaced) in zip(texts, kept, strict=True):
        done = "replaced" if replaced else "imported"
        print(
            f"{done}: {text.title} ({text.identifier}), {text.language}, of {text.date}, "
            f"{len(text.provisions)} provisions"
        )
    return 0


def _drift(options: argparse.Namespace) -> int:
    from reasoner.drift import drift_json, drift_rows, find_drift
    from reasoner.law import load_law
    from reasoner.official import read_official
    from reasoner.output import print_rows, write_json

    law = load_law(options.law)
    drift = find_drift(law, read_official(options.file), options.file)
    if options.json:
        write_json(drift_json(drift))
    else:
        print_rows(options.width, lambda width: drift_rows(drift, law, width))
    return 1 if drift.findings else 0


def _fingerprint(options: argparse.Namespace) -> int:
    from reasoner.fingerprints import (
        FILE,
        SETTINGS,
        dump_fingerprints,
        read_fingerprints,
        read_settings,
        take_fingerprints,
    )
    from reasoner.law import load_law
    from reasoner.official import read_official
    from reasoner.output import replace_file, write_json

    law = load_law(options.law)
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
        return 0
    for found in taken:
        count = len(found.fingerprints)
        print(f"{found.prefix}, {found.language}, of {found.date}: {count} provisions")
    return 0

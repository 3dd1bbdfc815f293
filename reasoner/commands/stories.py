"""The options and files that the commands share that look at the stories there are."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from reasoner.errors import InputError, Problem

if TYPE_CHECKING:
    from reasoner.lawfiles.rules import Law


class StoryFiles(NamedTuple):
    """The files of cases, and the generated ones: near misses and stories.

    ``folders`` are those in which it may stand what no story shows.
    """

    cases: list[Path]
    generated: list[Path]
    folders: list[Path]


def add_pinpoints(parser: argparse.ArgumentParser) -> None:
    """The provisions that are looked at."""
    parser.add_argument(
        "pinpoints",
        metavar="PINPOINT",
        nargs="*",
        help="only these provisions and what is below them; without any, the whole law",
    )


def read_pinpoints(law: Law, texts: Sequence[str]) -> list[str]:
    """The provisions named, and sections that stand in the law by their subsections only: 61.

    Raises:
        InputError: with all that the law does not have.
    """
    from reasoner.printing.browse import pinpoint_of

    found: list[str] = []
    problems: list[Problem] = []
    for text in texts:
        try:
            found.append(_whole_section(law, text) or pinpoint_of(law, text))
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(problems)
    return found


def _whole_section(law: Law, text: str) -> str | None:
    from reasoner.lawfiles.rules import is_below

    names = [text, *(f"{prefix}{text}" for prefix in law.instruments)]
    found = [n for n in names if n not in law.provisions]
    found = [n for n in found if any(is_below(pinpoint, n) for pinpoint in law.provisions)]
    return found[0] if len(found) == 1 else None


def add_cases(parser: argparse.ArgumentParser) -> None:
    """The cases, near misses and stories that are looked at."""
    parser.add_argument(
        "--cases",
        metavar="PATH",
        action="append",
        default=[],
        help="case files, near misses or folders (repeatable); without any, the shipped ones",
    )


def story_files(options: argparse.Namespace, write: str | None, lacking: str) -> StoryFiles:
    """The files that the options name, or the shipped ones, with those that are written anew.

    Args:
        options: the options.
        write: the folder that generated files are written to, if any.
        lacking: what is said of another law where no cases are named.

    Raises:
        InputError: none are named for another law, or there are none.
    """
    from reasoner.casefiles.generated import is_generated
    from reasoner.casefiles.shelf import NEAR_MISSES, case_files, find_case
    from reasoner.lawfiles.law import shipped

    if options.law and not options.cases:
        hint = "name them with --cases; the shipped cases are about the shipped law"
        raise InputError([Problem(lacking, hint=hint)])
    roots = [find_case(name) for name in options.cases]
    roots = roots or [shipped("cases"), shipped("cases") / NEAR_MISSES]
    if write and Path(write).is_dir():
        roots.append(Path(write))
    files = list(dict.fromkeys(file.resolve() for root in roots for file in case_files(root)))
    generated = [file for file in files if is_generated(file)]
    cases = [file for file in files if file not in generated]
    if not cases:
        raise InputError([Problem(f"there are no cases in {', '.join(map(str, roots))}")])
    folders = [root / part for root in roots if root.is_dir() for part in ("", NEAR_MISSES)]
    return StoryFiles(cases, generated, folders)


def make_folder(folder: Path) -> None:
    """Make the folder to write in, before anything is looked for.

    Raises:
        InputError: it cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = error.strerror or str(error)
        raise InputError([Problem(f"--write {folder}: {reason}")]) from None

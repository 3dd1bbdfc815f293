"""What is known of the world where stories are sought: the axioms, shipped and the user's own."""

from __future__ import annotations

import argparse
import contextlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from reasoner.errors import InputError, Problem
from reasoner.printing.output import (
    kept_folder,
    print_rows,
    replace_file,
    searching,
    write_json,
)

if TYPE_CHECKING:
    from reasoner.lawfiles.rules import Law
    from reasoner.stories.refute import Counterexample, Refutation
    from reasoner.stories.stories import Setting


def names(texts: Sequence[str]) -> list[str]:
    """Names from what stands after an option, once or more, with commas between."""
    return [name.strip() for text in texts for name in text.split(",") if name.strip()]


def _file_of_own(options: argparse.Namespace, law: Law) -> Path:
    """The user's own axioms about a law."""
    if options.axioms:
        return Path(options.axioms)
    return kept_folder() / "axioms" / f"{law.directory.resolve().name}.lp"


def read_world(options: argparse.Namespace, law: Law) -> Setting:
    """What stories are made of, with the user's own axioms.

    Raises:
        InputError: the law says nothing of it, a file is bad, or there is no axiom to do without.
    """
    from reasoner.stories.own_axioms import check_safety
    from reasoner.stories.stories import read_setting

    own = _file_of_own(options, law)
    needed = options.axioms and options.because is None
    setting = read_setting(law, [own] if needed or own.is_file() else [])
    if not setting.pieces:
        hint = "its folder worlds says on which days they happen and what they are made of"
        raise InputError([Problem(f"{law.directory} tells no stories", hint=hint)])
    pieces = [p for a in setting.axioms for p in a.pieces if p.head.position.path == str(own)]
    problems = check_safety(law, pieces)
    if problems:
        raise InputError(problems)
    return setting.without(names(options.without_axiom))


def add_axiom(
    options: argparse.Namespace,
    law: Law,
    setting: Setting,
    searches: Sequence[Refutation],
    spent: Callable[[], bool],
) -> Setting:
    """Add an axiom to the user's own, and read them anew.

    Raises:
        InputError: the conditions are bad, no story is found, or the file cannot be written.
    """
    from reasoner.stories.own_axioms import (
        name_axiom,
        read_conditions,
        shape_of_story,
        write_axiom,
    )

    name = name_axiom(options.because, {axiom.name for axiom in setting.axioms})
    if options.impossible is not None:
        conditions = read_conditions(options.impossible, law)
    else:
        conditions = shape_of_story(law, _story_picked(options, searches, spent).case)
    path = _file_of_own(options, law)
    before = path.read_bytes() if path.is_file() else b""
    text = write_axiom(name, options.because, options.lang, conditions)
    with contextlib.suppress(OSError):  # that it is not there is said below
        path.parent.mkdir(parents=True, exist_ok=True)
    replace_file(path, before + (b"\n" if before else b"") + text.encode())
    if not options.json:
        from reasoner.printing.show import paragraph
        from reasoner.wording.phrases import phrases

        words = phrases(options.lang).axiom_added(name, str(path))
        print_rows(options.width, lambda width: paragraph(words, width))
    return read_world(options, law)


def _story_picked(
    options: argparse.Namespace, searches: Sequence[Refutation], spent: Callable[[], bool]
) -> Counterexample:
    """The story that is said to be impossible.

    Raises:
        InputError: several claims are named, or there is no such story.
    """
    from reasoner.solving.search import gather

    if len(searches) != 1:
        hint = "name one claim, or say with --impossible what is"
        raise InputError([Problem("--because is about a story of one claim", hint=hint)])
    with searching("looking for the story"):
        found = gather(searches[0].run(), limit=options.pick, spent=spent).found
    if len(found) < options.pick:
        hint = "say with --impossible what is impossible"
        raise InputError([Problem(f"there is no story {options.pick} to rule out", hint=hint)])
    return found[-1]


def list_axioms(options: argparse.Namespace, law: Law, setting: Setting) -> None:
    """Print the axioms, with their sentences."""
    from reasoner.printing.stories_view import axioms_json, axioms_rows

    own = str(_file_of_own(options, law))
    if options.json:
        write_json(axioms_json(setting, own, options.lang))
    else:
        print_rows(options.width, lambda width: axioms_rows(setting, own, width, options.lang))

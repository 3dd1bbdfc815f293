"""``reasoner mutate``: which changes of the law nobody notices, and stories that would."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from reasoner.commands import DONE, FAILED
from reasoner.commands.options import (
    add_json,
    add_language,
    add_official_text,
    add_search,
    count_down,
    read_law,
)
from reasoner.commands.stories import (
    add_cases,
    add_pinpoints,
    make_folder,
    read_pinpoints,
    story_files,
)
from reasoner.errors import InputError, Problem
from reasoner.printing.output import print_rows, replace_file, tracked, write_json

if TYPE_CHECKING:
    from reasoner.audit.killing import Killed
    from reasoner.audit.known import Fingerprints, Known
    from reasoner.audit.mutants import Mutant
    from reasoner.audit.mutation import Files
    from reasoner.audit.noticing import Verdict
    from reasoner.printing.mutation_view import Mutated

EXAMPLES = """\
  reasoner mutate '65(c)'
  reasoner mutate 63 65 --limit 5
  reasoner mutate 63 --write cases/near_misses/mutants
  reasoner mutate --time 600 --json
  reasoner mutate --law garden --cases garden/cases"""
WRITTEN_AT_ONCE = 25  # stories


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    add_pinpoints(parser)
    add_cases(parser)
    parser.add_argument(
        "--known",
        metavar="FILE",
        help="changes that need not be noticed, with reasons (unnoticed.yaml beside the law)",
    )
    parser.add_argument(
        "--no-stories",
        action="store_true",
        help="do not look for stories that notice what no case does",
    )
    parser.add_argument(
        "--write",
        metavar="DIR",
        help="write the stories found in a folder, and list what no story notices as known",
    )
    add_official_text(parser)
    add_search(parser, 10_000, 3600)
    add_language(parser)
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Mutate the law, look for whoever notices, and print what nobody does."""
    from reasoner.audit.known import KNOWN_FILE, Fingerprints, read_known
    from reasoner.audit.mutants import mutants
    from reasoner.audit.mutation import Files
    from reasoner.audit.noticing import UNREACHED, Verdict
    from reasoner.audit.witnesses import read_cases_asked, unmet, witnesses_of
    from reasoner.printing.mutation_view import Mutated, as_json, rows
    from reasoner.stories.sayings import read_sayings

    spent = count_down(options.time)
    law = read_law(options)
    pinpoints = read_pinpoints(law, options.pinpoints)
    there = story_files(options, options.write, "no cases are named to notice anything")
    briefly = bool(options.write)
    files = Files(tuple(there.cases), tuple(there.generated), options.language, briefly)
    path = Path(options.known) if options.known else law.directory / KNOWN_FILE
    listed = read_known(path, needed=bool(options.known) and not options.write)
    if options.write:
        make_folder(Path(options.write))
    several = mutants(law, pinpoints)
    if not several:
        names = ", ".join(pinpoints) or str(law.directory)
        raise InputError([Problem(f"there is no rule to change in {names}")])
    asked = read_cases_asked(law, files.cases, options.language)
    problems = unmet(law, witnesses_of(law, asked), {mutant.rule for mutant in several})
    if problems:
        raise InputError(problems)
    fingerprints = Fingerprints(law)
    known = _still_known(listed, several, fingerprints)
    untold = [n for n, mutant in enumerate(several) if _is_untold(known.get(mutant.id))]
    verdicts = {n: Verdict(n, UNREACHED) for n in untold}
    found = Mutated(law, several, verdicts, known, [], {}, not pinpoints)

    def write() -> None:
        if options.write:
            _write_stories(found, Path(options.write), options.lang)
            _write_known(found, listed, fingerprints, path)

    _notice(found, files, pinpoints, options, spent)
    if not options.no_stories:
        _hunt(found, pinpoints, write, spent)
    if options.json:
        write_json(as_json(found, options.lang))
    else:
        sayings = read_sayings(law)
        print_rows(options.width, lambda width: rows(found, sayings, width, options.lang))
    write()
    return FAILED if found.survivors() or found.listed_in_vain() else DONE


def _notice(
    found: Mutated,
    files: Files,
    pinpoints: Sequence[str],
    options: argparse.Namespace,
    spent: Callable[[], bool],
) -> None:
    """Find out which mutants the cases and what is generated notice."""
    from reasoner.audit.mutation import try_mutants
    from reasoner.solving.search import gather

    tried = {n: m for n, m in enumerate(found.mutants) if n not in found.verdicts}

    def survivors() -> Iterator[Verdict | None]:
        search = try_mutants(found.law, tried, pinpoints, files, os.cpu_count() or 1)
        for verdict in tracked(search, "changing the law", len(tried)):
            if verdict is not None:
                found.verdicts[verdict.mutant] = verdict
                yield verdict if verdict.mutant in found.survivors_of([verdict.mutant]) else None
            yield None

    found.ended = gather(survivors(), limit=options.limit, spent=spent).ended


def _hunt(
    found: Mutated,
    pinpoints: Sequence[str],
    write: Callable[[], None],
    spent: Callable[[], bool],
) -> None:
    """Look for stories that tell the mutants that nobody notices from the law.

    What is found is written in steps, so that nothing is lost.
    """
    from reasoner.audit.killing import Killed
    from reasoner.audit.mutation import Scope, hunt
    from reasoner.solving.search import COMPLETE, LIMIT, gather
    from reasoner.stories.stories import read_setting

    left = {n: found.mutants[n] for n in found.survivors()}
    told = read_setting(found.law).pieces  # a law that says nothing of days tells no stories
    if not (left and told) or found.ended not in (COMPLETE, LIMIT):
        return

    def stories() -> Iterator[Killed | None]:
        search = hunt(found.law, left, pinpoints, Scope(), os.cpu_count() or 1)
        for one in tracked(search, "looking for stories", len(left)):
            if isinstance(one, Killed):
                found.told.append(one)
                if len(found.told) % WRITTEN_AT_ONCE == 0:
                    write()
                yield one
            elif one is not None:
                found.spared[one.mutant] = one
            yield None

    ended = gather(stories(), spent=spent).ended
    found.ended = found.ended if ended == COMPLETE else ended


def _is_untold(known: Known | None) -> bool:
    return known is not None and not known.reason


def _still_known(
    listed: Mapping[str, Known], several: Sequence[Mutant], fingerprints: Fingerprints
) -> dict[str, Known]:
    """What is listed, without that of which the search rested on something else than now."""
    mutants = {mutant.id: mutant for mutant in several}
    return {
        name: one
        for name, one in listed.items()
        if one.reason or name not in mutants or fingerprints.of(mutants[name]) == one.law
    }


def _write_stories(found: Mutated, folder: Path, language: str) -> None:
    """Write the stories found, beside those there that are still answered as written."""
    from reasoner.audit.recording import files_of, story_of
    from reasoner.printing.mutation_view import title_of

    several = dict(enumerate(found.mutants))
    stories = [
        (
            found.mutants[min(d.mutant for d in killed.differences)].heading,
            story_of(found.law, killed, several, lambda m: title_of(found.law, m, language)),
        )
        for killed in found.told
    ]
    for path, text in files_of(found.law, stories, folder).items():
        if text:
            replace_file(path, text.encode("utf-8"))
        else:
            path.unlink(missing_ok=True)


def _write_known(
    found: Mutated, listed: Mapping[str, Known], fingerprints: Fingerprints, path: Path
) -> None:
    """List what no story of the scope tells from the law, beside what is listed still."""
    from reasoner.audit.known import Known, write_known
    from reasoner.audit.mutants import mutants
    from reasoner.printing.mutation_view import UNTOLD

    every = found.mutants if found.whole else mutants(found.law)
    tried = {found.mutants[n].id for n in found.verdicts}
    kept = {name: one for name, one in listed.items() if one.reason or name not in tried}
    kept |= {name: one for name, one in found.known.items() if name in listed}
    for number, spared in found.spared.items():
        if found.outcome(number) == UNTOLD:
            mutant = found.mutants[number]
            kept[mutant.id] = Known("", spared.part, fingerprints.of(mutant))
    if kept or path.exists():
        text = write_known(kept, every)
        replace_file(path, text.encode("utf-8"))

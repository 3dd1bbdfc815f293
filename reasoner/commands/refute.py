"""``reasoner refute``: the smallest stories that break a claim about the law, within a scope."""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from reasoner.commands import DONE
from reasoner.commands.axioms import add_axiom, list_axioms, names, read_world
from reasoner.commands.options import (
    add_json,
    add_language,
    add_search,
    count_down,
    folder_to_write,
    read_date,
    read_law,
    read_readings,
    whole_number,
)
from reasoner.errors import InputError, Problem, closest
from reasoner.printing.output import (
    print_rows,
    replace_file,
    searching,
    write_json,
)

if TYPE_CHECKING:
    from reasoner.lawfiles.rules import Law
    from reasoner.printing.show import Row
    from reasoner.printing.stories_view import Story
    from reasoner.stories.claims import Claim
    from reasoner.stories.refute import Counterexample, Refutation
    from reasoner.stories.stories import Setting
    from reasoner.wording.narrative import Saying

Found = TypeVar("Found")

EXAMPLES = """\
  reasoner refute i_31                         a claim of the library (`reasoner claims`)
  reasoner refute ours.lp:late_renewal         one of a file of claims; without a name, all
  reasoner refute "permit_holder_class_member(P,D), not becomes_permanent_resident(P,D)"
  reasoner refute i_01 --scope people=1,permits=2 --limit 1 --save stories
  reasoner refute i_59 --because "Nobody slips in" --impossible "entered_without_examination(P,_)"
  reasoner refute --axioms-list                what is taken to be impossible"""
_NAME = re.compile(r"[a-z]\w*")
_FILE = re.compile(r"(.+\.lp)(?::([a-z]\w*))?")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument(
        "claim",
        metavar="CLAIM",
        nargs="?",
        help="a name of the library, FILE.lp or FILE.lp:NAME, or conditions that would break it",
    )
    parser.add_argument(
        "--scope",
        metavar="SCOPE",
        help="how many of each there may be at most, by the sections of a case: people=2, and "
        "others after commas; what is not named does not appear; also reach=N, how far from the "
        "claim its facts may be, and beside=N, days beside each day of the grid",
    )
    parser.add_argument(
        "--reading",
        metavar="ID=OPTION",
        action="append",
        default=[],
        help="take a reading (repeatable)",
    )
    parser.add_argument(
        "--readings",
        choices=("any",),
        help="also search over the readings: under which the claim holds, and under which not",
    )
    parser.add_argument("--law-date", metavar="DATE", help="the law as it stood on that day")
    parser.add_argument(
        "--without",
        metavar="FACT",
        action="append",
        default=[],
        help="leave a fact out of the stories (repeatable, or with commas between)",
    )
    parser.add_argument(
        "--without-axiom",
        metavar="NAME",
        action="append",
        default=[],
        help="do without an axiom (repeatable, or with commas between)",
    )
    parser.add_argument(
        "--axioms",
        metavar="FILE",
        help="the file of your own axioms, instead of the one in your data folder",
    )
    parser.add_argument("--axioms-list", action="store_true", help="list the axioms and end")
    parser.add_argument(
        "--because",
        metavar="SENTENCE",
        help="what makes the story found impossible: becomes an axiom of your own",
    )
    parser.add_argument(
        "--impossible",
        metavar="CONDITIONS",
        help="with --because: what is impossible together, instead of the shape of the story",
    )
    parser.add_argument(
        "--pick",
        type=whole_number,
        metavar="N",
        default=1,
        help="with --because: which story is impossible (1)",
    )
    parser.add_argument("--full", action="store_true", help="also the sentences of the axioms")
    add_search(parser, 3, 60)
    parser.add_argument("--save", metavar="DIR", help="write each story as a case file")
    add_language(parser)
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Search for stories and tell each as it is found."""
    from reasoner.lawfiles.translation import in_language
    from reasoner.printing.claim_readings_view import READINGS_SCHEMA
    from reasoner.printing.stories_view import SCHEMA
    from reasoner.solving.search import INTERRUPTED
    from reasoner.stories.refute import Refutation
    from reasoner.stories.sayings import read_sayings

    law = read_law(options)
    in_language(law, options.lang)  # a law may not speak it, and nothing is to be searched then
    if options.axioms_list:
        list_axioms(options, law, read_world(options, law))
        return DONE
    setting, claims, scope, readings, law_date = _all_read(
        lambda: read_world(options, law),
        lambda: _read_claims(options, law),
        lambda: _read_scope(options, law),
        lambda: read_readings(law, options.reading),
        lambda: read_date(law, "--law-date", options.law_date),
    )
    if options.impossible is not None and options.because is None:
        hint = "say in a sentence why"
        raise InputError([Problem("--impossible goes with --because", hint=hint)])
    sayings = read_sayings(law)
    folder = folder_to_write(options.save)
    spent = count_down(options.time)

    def search_for(claim: Claim, setting: Setting) -> Refutation:
        return Refutation(law, claim, setting, {**claim.scope, **scope}, readings, law_date)

    if options.because is not None:
        setting = add_axiom(options, law, setting, [search_for(c, setting) for c in claims], spent)
    results = []
    for claim in claims:
        telling = _Telling(options, claim, sayings, folder)
        run_search = _survey if options.readings else _refute
        ended, result = run_search(telling, search_for(claim, setting), spent)
        results.append(result)
        if ended == INTERRUPTED:
            break
    if options.json:
        schema = READINGS_SCHEMA if options.readings else SCHEMA
        write_json({"schema": schema, "language": options.lang, "claims": results})
    return DONE


@dataclass(frozen=True, slots=True)
class _Telling:
    """How the stories against a claim are told: as the options say, and where they are saved."""

    options: argparse.Namespace
    claim: Claim
    sayings: Sequence[Saying]
    folder: Path | None

    def story(self, found: Counterexample, number: int) -> Story:
        """A story in words, written where stories are saved."""
        from reasoner.printing.stories_view import Story

        story = Story(found, self.sayings, self.options.lang)
        if self.folder is not None:
            _save(self.folder, self.claim, story, number)
        return story

    def print(self, rows: Callable[[int], Iterable[Row]]) -> None:
        """Print rows at once, unless data is to be written at the end."""
        if not self.options.json:
            print_rows(self.options.width, rows)
            sys.stdout.flush()


def _refute(
    telling: _Telling, search: Refutation, spent: Callable[[], bool]
) -> tuple[str, dict[str, Any]]:
    """Search for stories, print each when it is found, and at the end what this rests on.

    Returns:
        How the search ended, and all that it found as plain data.
    """
    from reasoner.printing.stories_view import Searched, as_json, broken_rows, closing_rows
    from reasoner.solving.search import gather

    options, started = telling.options, time.monotonic()
    stories: list[Story] = []

    def keep(found: Counterexample | None) -> None:
        if found is not None:
            story = telling.story(found, len(stories) + 1)
            if not stories:
                telling.print(lambda width: broken_rows(telling.claim, width, options.lang))
            stories.append(story)
            telling.print(lambda width: story.rows(len(stories), width))

    ended = gather(_told(search.run(), keep), limit=options.limit, spent=spent).ended
    result = Searched(search, stories, ended, time.monotonic() - started)
    telling.print(lambda width: closing_rows(result, width, options.lang, full=options.full))
    return ended, as_json(result, options.lang) if options.json else {}


def _survey(
    telling: _Telling, search: Refutation, spent: Callable[[], bool]
) -> tuple[str, dict[str, Any]]:
    """The same over readings: what breaks the claim under which of them."""
    from reasoner.printing.claim_readings_view import (
        Broken,
        Surveyed,
        as_json,
        broken_rows,
        closing_rows,
        heading_rows,
    )
    from reasoner.solving.search import gather
    from reasoner.stories.readings import Part, Survey

    options, started = telling.options, time.monotonic()
    survey = Survey(search)
    broken: list[Broken] = []

    def keep(part: Part | None) -> None:
        if part is not None and part.story is not None:
            one = Broken(part.options, telling.story(part.story, len(broken) + 1))
            broken.append(one)
            telling.print(lambda width: broken_rows(one, len(broken), width, options.lang))

    telling.print(lambda width: heading_rows(telling.claim, width, options.lang))
    ended = gather(_told(survey.run(), keep), spent=spent).ended
    result = Surveyed(survey, broken, ended, time.monotonic() - started)
    telling.print(lambda width: closing_rows(result, width, options.lang, full=options.full))
    return ended, as_json(result, options.lang) if options.json else {}


def _told(search: Iterator[Found | None], keep: Callable[[Found], None]) -> Iterator[Found | None]:
    """A search of which each finding is told at once; until there is one, a terminal says so."""
    while True:
        found = None
        with searching("looking for stories"):
            for found in search:
                if found is not None:
                    break
                yield None
        if found is None:
            return
        keep(found)
        yield found


def _save(folder: Path, claim: Claim, story: Story, number: int) -> None:
    """Write a story as a case file."""
    from reasoner.casefiles.write_case import write_case

    path = folder / f"{claim.name or 'story'}-{number}.yaml"
    text = write_case(story.case(claim), story.found.why.law.vocabulary)
    replace_file(path, text.encode())


# what is asked


def _all_read(*readers: Callable[[], Any]) -> list[Any]:
    """What some readers give.

    Raises:
        InputError: with the problems of all of them.
    """
    found: list[Any] = []
    problems: list[Problem] = []
    for read in readers:
        try:
            found.append(read())
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(problems)
    return found


def _read_scope(options: argparse.Namespace, law: Law) -> dict[str, int]:
    """The scope that the options name, if they do.

    Raises:
        InputError: it says something else.
    """
    from reasoner.stories.claims import read_scope

    if options.scope is None:
        return {}
    try:
        return read_scope(law, options.scope)
    except ValueError as error:
        raise InputError([Problem(f"--scope: {error.args[0]}", hint=error.args[1])]) from None


def _read_claims(options: argparse.Namespace, law: Law) -> list[Claim]:
    """The claims that are to be tried, with what is left out of their stories.

    Raises:
        InputError: there is no such claim, or it cannot be read.
    """
    from reasoner.stories.own_axioms import check_claim

    text = (options.claim or "").strip()
    if not text:
        hint = "name one of the library, a file, or conditions in quotes"
        raise InputError([Problem("no claim is named", hint=hint)])
    claims = _find_claims(options, law, text)
    for claim in claims:
        check_claim(law, claim)
    left_out = names(options.without)
    facts = law.vocabulary.facts
    problems = [
        Problem(f"--without {name}: there is no such fact", hint=closest(name, facts))
        for name in left_out
        if name not in facts
    ]
    if problems:
        raise InputError(problems)
    return [replace(claim, without=(*claim.without, *left_out)) for claim in claims]


def _find_claims(options: argparse.Namespace, law: Law, text: str) -> list[Claim]:
    from reasoner.lawfiles.law import shipped
    from reasoner.stories.claims import claim_of, read_claims, read_library

    file = _FILE.fullmatch(text)
    if file:
        claims, name = read_claims(Path(file[1]), law), file[2]
    elif _NAME.fullmatch(text):
        folder = law.directory / "claims" if options.law else shipped("claims")
        claims, name = read_library(law, [folder] if folder.is_dir() else []), text
    else:
        return [claim_of(text, law)]
    found = [claim for claim in claims if name in (None, claim.name)]
    if not found:
        known = [claim.name for claim in claims]
        otherwise = "" if file else "conditions are written in quotes, with their arguments"
        hint = closest(name or "", known) or otherwise
        raise InputError([Problem(f"there is no claim {name or 'in ' + text}", hint=hint)])
    return found

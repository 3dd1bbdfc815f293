"""``reasoner refute``: the smallest stories that break a claim about the law, within a scope."""

from __future__ import annotations

import argparse
import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reasoner.commands import DONE
from reasoner.commands.options import (
    add_json,
    add_language,
    add_search,
    count_down,
    read_date,
    read_law,
    read_readings,
    whole_number,
)
from reasoner.errors import InputError, Problem, closest
from reasoner.printing.output import (
    kept_folder,
    page_of,
    print_rows,
    replace_file,
    searching,
    write_json,
)

if TYPE_CHECKING:
    from reasoner.lawfiles.rules import Law
    from reasoner.printing.stories_view import Searched, Story
    from reasoner.stories.claims import Claim
    from reasoner.stories.refute import Counterexample, Refutation
    from reasoner.stories.stories import Setting

EXAMPLES = """\
  reasoner refute i_31                         a claim of the library (`reasoner claims`)
  reasoner refute ours.lp:late_renewal         one of a file of claims; without a name, all
  reasoner refute "permit_holder_class_member(P,D), not becomes_permanent_resident(P,D)"
  reasoner refute i_01 --scope people=1,permits=2 --limit 1 --save stories
  reasoner refute i_01 --because "No permit is issued to someone abroad" \\
      --impossible "issued_outside_canada(T)"
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
        help="how many of each there may be: people=2,permits=3; also reach=N, how far from the "
        "claim its facts may be, and beside=N, days beside each day of the grid",
    )
    parser.add_argument(
        "--reading",
        metavar="ID=OPTION",
        action="append",
        default=[],
        help="take a reading (repeatable)",
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
    from reasoner.solving.search import INTERRUPTED
    from reasoner.stories.refute import Refutation
    from reasoner.stories.sayings import read_sayings

    law = read_law(options)
    in_language(law, options.lang)  # a law may not speak it, and nothing is to be searched then
    if options.axioms_list:
        _list_axioms(options, law, _read_setting(options, law))
        return DONE
    setting, claims, scope, readings, law_date = _all_read(
        lambda: _read_setting(options, law),
        lambda: _read_claims(options, law),
        lambda: _read_scope(options, law),
        lambda: read_readings(law, options.reading),
        lambda: read_date(law, "--law-date", options.law_date),
    )
    if options.impossible is not None and options.because is None:
        hint = "say in a sentence why"
        raise InputError([Problem("--impossible goes with --because", hint=hint)])
    sayings = read_sayings(law)
    folder = _folder(options.save)
    spent = count_down(options.time)

    def search_for(claim: Claim, setting: Setting) -> Refutation:
        return Refutation(law, claim, setting, {**claim.scope, **scope}, readings, law_date)

    if options.because is not None:
        setting = _add_axiom(options, law, setting, [search_for(c, setting) for c in claims], spent)
    results = []
    for claim in claims:
        teller = _Teller(options, claim, sayings, folder)
        results.append(teller.tell(search_for(claim, setting), spent))
        if results[-1].ended == INTERRUPTED:
            break
    if options.json:
        from reasoner.printing.stories_view import SCHEMA, as_json

        told = [as_json(result, options.lang) for result in results]
        write_json({"schema": SCHEMA, "language": options.lang, "claims": told})
    return DONE


class _Teller:
    """Runs a search for stories against one claim, and prints each story when it is found."""

    def __init__(
        self, options: argparse.Namespace, claim: Claim, sayings: Any, folder: Path | None
    ) -> None:
        self.options = options
        self.claim = claim
        self.sayings = sayings
        self.folder = folder
        self.stories: list[Story] = []

    def tell(self, search: Refutation, spent: Callable[[], bool]) -> Searched:
        """Search until it ends, has found enough or is stopped; then print what it rests on."""
        from reasoner.printing.show import emit
        from reasoner.printing.stories_view import Searched, closing_rows
        from reasoner.solving.search import gather

        started = time.monotonic()
        findings = gather(self._told(search.run()), limit=self.options.limit, spent=spent)
        seconds = time.monotonic() - started
        result = Searched(search, self.stories, findings.ended, seconds)
        if not self.options.json:
            page = page_of(self.options.width)
            full = self.options.full
            emit(page, closing_rows(result, page.width, self.options.lang, full=full))
        return result

    def _told(self, search: Iterator[Counterexample | None]) -> Iterator[Counterexample | None]:
        while True:
            found = None
            with searching("looking for stories"):
                for found in search:
                    if found is not None:
                        break
                    yield None
            if found is None:
                return
            self._keep(found)
            yield found

    def _keep(self, found: Counterexample) -> None:
        from reasoner.printing.show import emit
        from reasoner.printing.stories_view import Story, broken_rows

        lang = self.options.lang
        story = Story(found, self.sayings, lang)
        self.stories.append(story)
        number = len(self.stories)
        if self.folder is not None:
            _save(self.folder, self.claim, story, number)
        if self.options.json:
            return
        page = page_of(self.options.width)
        if number == 1:
            emit(page, broken_rows(self.claim, page.width, lang))
        emit(page, story.rows(number, page.width))
        page.stream.flush()


def _save(folder: Path, claim: Claim, story: Story, number: int) -> None:
    """Write a story as a case file."""
    from reasoner.casefiles.write_case import write_case

    path = folder / f"{claim.name or 'story'}-{number}.yaml"
    text = write_case(story.case(claim), story.found.why.law.vocabulary)
    replace_file(path, text.encode())


def _folder(named: str | None) -> Path | None:
    """The folder that stories are written to, made where it is not there.

    Raises:
        InputError: it cannot be made.
    """
    if named is None:
        return None
    path = Path(named)
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = error.strerror or str(error)
        raise InputError([Problem(f"--save {named}: no folder can be made: {reason}")]) from None
    return path


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
    left_out = _names(options.without)
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


def _names(texts: Sequence[str]) -> list[str]:
    return [name.strip() for text in texts for name in text.split(",") if name.strip()]


# what is known of the world


def _axiom_file(options: argparse.Namespace, law: Law) -> Path:
    """The user's own axioms about a law."""
    if options.axioms:
        return Path(options.axioms)
    return kept_folder() / "axioms" / f"{law.directory.resolve().name}.lp"


def _read_setting(options: argparse.Namespace, law: Law) -> Setting:
    """What stories are made of, with the user's own axioms.

    Raises:
        InputError: the law says nothing of it, a file is bad, or there is no axiom to do without.
    """
    from reasoner.stories.own_axioms import check_safety
    from reasoner.stories.stories import read_setting

    own = _axiom_file(options, law)
    needed = options.axioms and options.because is None
    setting = read_setting(law, [own] if needed or own.is_file() else [])
    if not setting.pieces:
        hint = "its folder worlds says on which days they happen and what they are made of"
        raise InputError([Problem(f"{law.directory} tells no stories", hint=hint)])
    pieces = [p for a in setting.axioms for p in a.pieces if p.head.position.path == str(own)]
    problems = check_safety(law, pieces)
    if problems:
        raise InputError(problems)
    return setting.without(_names(options.without_axiom))


def _add_axiom(
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
    path = _axiom_file(options, law)
    before = path.read_bytes() if path.is_file() else b""
    text = write_axiom(name, options.because, options.lang, conditions)
    path.parent.mkdir(parents=True, exist_ok=True)
    replace_file(path, before + (b"\n" if before else b"") + text.encode())
    if not options.json:
        from reasoner.printing.show import paragraph
        from reasoner.wording.phrases import phrases

        words = phrases(options.lang).axiom_added(name, str(path))
        print_rows(options.width, lambda width: paragraph(words, width))
    return _read_setting(options, law)


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


def _list_axioms(options: argparse.Namespace, law: Law, setting: Setting) -> None:
    """Print the axioms, with their sentences."""
    from reasoner.printing.stories_view import axioms_json, axioms_rows

    own = str(_axiom_file(options, law))
    if options.json:
        write_json(axioms_json(setting, own, options.lang))
    else:
        print_rows(options.width, lambda width: axioms_rows(setting, own, width, options.lang))

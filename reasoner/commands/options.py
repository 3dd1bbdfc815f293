"""Options and arguments that several commands take, and what is read from them."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reasoner.errors import InputError, Problem
from reasoner.wording.phrases import LANGUAGES

if TYPE_CHECKING:
    from reasoner.casefiles.case import Case
    from reasoner.lawfiles.rules import Law


def help_settings(text: str, examples: str) -> dict[str, Any]:
    """How the help of a command looks: for a parser or one below another.

    Args:
        text: what the command does, in one line.
        examples: lines that can be typed.
    """
    return {
        "description": f"{text[0].upper()}{text[1:]}.",
        "epilog": f"examples:\n{examples}",
        "formatter_class": _formatter(),
    }


def _formatter() -> type[argparse.HelpFormatter]:
    """rich-argparse on a terminal; argparse's own in a pipe, which needs no rich."""
    if sys.stdout.isatty() and {"-h", "--help"} & set(sys.argv[1:]):
        from rich_argparse import RawDescriptionRichHelpFormatter

        return RawDescriptionRichHelpFormatter
    return argparse.RawDescriptionHelpFormatter


def add_general_options(parser: argparse.ArgumentParser, default: Any = None) -> None:
    """What every command takes: another law, and a width."""
    parser.add_argument(
        "--law", metavar="DIR", default=default, help="another law directory (with a main.lp)"
    )
    parser.add_argument(
        "--width", type=_width, metavar="N", default=default, help="columns to print in"
    )


def add_case(parser: argparse.ArgumentParser, name: str = "case", metavar: str = "CASE") -> None:
    """The case that is asked about."""
    parser.add_argument(name, metavar=metavar, help="a case file, or the name of a shipped case")


def add_question(parser: argparse.ArgumentParser, without: str = "the case's own") -> None:
    """What is asked; ``without`` says what is asked when nothing is said."""
    parser.add_argument(
        "question",
        metavar="QUESTION",
        nargs="?",
        help=f"a pinpoint, a predicate or an atom; without it, {without}",
    )


def add_word(parser: argparse.ArgumentParser) -> None:
    """A word that narrows a list."""
    parser.add_argument("word", metavar="WORD", nargs="?", help="only those that mention it")


def add_json(parser: argparse.ArgumentParser, what: str = "the same", default: Any = False) -> None:
    """Data in the place of text."""
    parser.add_argument("--json", action="store_true", default=default, help=f"{what} as JSON")


def add_language(parser: argparse.ArgumentParser) -> None:
    """The language of what is printed."""
    parser.add_argument(
        "--lang", choices=LANGUAGES, default="en", help="the language of the reasons (en)"
    )


def add_text(parser: argparse.ArgumentParser) -> None:
    """The official words beside ours."""
    parser.add_argument(
        "--text",
        choices=(*LANGUAGES, "both"),
        nargs="?",
        const=True,  # in the language of the reasons
        help="also the official words, where they are imported (`reasoner law import`)",
    )


def add_scenario(parser: argparse.ArgumentParser, sides: int | None = None) -> None:
    """The world that is asked about: the day, the law, the readings, the people.

    Args:
        parser: what to add it to.
        sides: how many dates of the law and official texts are compared.
    """
    parser.add_argument("--as-of", metavar="DATE", help="the day asked about, as 2024-06-01")
    parser.add_argument(
        "--law-date",
        metavar="DATE",
        nargs=sides,
        help="the law as it stood on that day" if sides is None else "two dates of the law",
    )
    add_official_text(parser, sides)
    parser.add_argument(
        "--reading",
        metavar="ID=OPTION",
        action="append",
        default=[],
        help="take a reading (repeatable); `reasoner readings` lists them",
    )
    parser.add_argument(
        "--about",
        metavar="NAME",
        action="append",
        default=[],
        help="whom the question is about (repeatable)",
    )


def add_open(parser: argparse.ArgumentParser) -> None:
    """What is not stated left open."""
    parser.add_argument(
        "--open",
        action="store_true",
        help="leave open what nobody stated, as far as it can matter",
    )


def add_official_text(parser: argparse.ArgumentParser, sides: int | None = None) -> None:
    """The official text whose readings are taken."""
    parser.add_argument(
        "--language",
        choices=LANGUAGES,
        nargs=sides,
        help="where the two official texts differ, take the readings that this text favours "
        "(--lang is the language of what is printed)",
    )


def add_search(parser: argparse.ArgumentParser, limit: int, seconds: int) -> None:
    """How much a search may find, and how long it may take."""
    parser.add_argument(
        "--limit",
        type=whole_number,
        metavar="N",
        default=limit,
        help=f"stop after so many findings ({limit})",
    )
    add_seconds(parser, seconds, "stop after so long")


def add_seconds(parser: argparse.ArgumentParser, seconds: int, what: str) -> None:
    """How long a search may take; ``what`` says what becomes of it then."""
    parser.add_argument(
        "--time",
        type=_seconds,
        metavar="SECONDS",
        default=seconds,
        help=f"{what} ({seconds})",
    )


def add_save(parser: argparse.ArgumentParser, what: str) -> None:
    """A case file to write."""
    parser.add_argument("--save", metavar="FILE", help=f"write {what} as a case file")


def _width(text: str) -> int:
    if not text.isdigit() or not 20 <= int(text) <= 1000:
        raise argparse.ArgumentTypeError(f"{text!r} is no width: a number from 20 to 1000")
    return int(text)


def whole_number(text: str) -> int:
    """A number above 0 from what stands after an option."""
    if not text.isdecimal() or int(text) == 0:
        raise argparse.ArgumentTypeError(f"{text!r} is no number above 0")
    return int(text)


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0
    if not 0 < seconds < float("inf"):
        raise argparse.ArgumentTypeError(f"{text!r} is no number of seconds above 0")
    return seconds


def count_down(seconds: float) -> Callable[[], bool]:
    """Start a clock that says whether so much time has gone."""
    end = time.monotonic() + seconds
    return lambda: time.monotonic() >= end


def read_law(options: argparse.Namespace) -> Law:
    """The law that the options name, or that is loaded already."""
    from reasoner.lawfiles.law import load_law

    loaded: tuple[Law, Case] | None = getattr(options, "loaded", None)
    return loaded[0] if loaded else load_law(options.law)


def read_named_case(options: argparse.Namespace, law: Law) -> Case:
    """The case that the options name, or that is loaded already.

    Raises:
        InputError: it cannot be read.
    """
    from reasoner.casefiles.case import read_case
    from reasoner.casefiles.shelf import find_case

    loaded: tuple[Law, Case] | None = getattr(options, "loaded", None)
    return loaded[1] if loaded else read_case(str(find_case(options.case)), law.vocabulary)


def read_asked(options: argparse.Namespace) -> tuple[Law, Case]:
    """The law and the case that the options name.

    Raises:
        InputError: either cannot be read, or nobody of a name asked about is in the case.
    """
    law = read_law(options)
    case = read_named_case(options, law)
    check_about(options.about, case.entities)
    return law, case


def read_cases(law: Law, names: Sequence[str]) -> list[Case]:
    """Several cases.

    Raises:
        InputError: with the problems of all that cannot be read.
    """
    from reasoner.casefiles.case import read_case
    from reasoner.casefiles.shelf import find_case

    cases: list[Case] = []
    problems: list[Problem] = []
    for name in names:
        try:
            cases.append(read_case(str(find_case(name)), law.vocabulary))
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(problems)
    return cases


def check_about(names: Iterable[str], entities: Iterable[str]) -> None:
    """Check that all who are asked about are in a case.

    Raises:
        InputError: somebody is not.
    """
    known = set(entities)
    for name in names:
        if name not in known:
            from reasoner.errors import closest

            message = f"--about {name}: the case declares nobody of that name"
            raise InputError([Problem(message, hint=closest(name, known))])


def read_scenario(options: argparse.Namespace, law: Law) -> dict[str, Any]:
    """What the options say of the world in which a case is asked."""
    return _scenario(options, law, options.law_date, options.language)


def leave_open(
    options: argparse.Namespace,
    law: Law,
    case: Case,
    question: str | None,
    scenario: Mapping[str, Any],
) -> Case:
    """The case, with what it does not state left open where the options say so."""
    if not options.open:
        return case
    from reasoner.hypotheses.open_case import open_case
    from reasoner.printing.output import searching
    from reasoner.solving.solve import pose

    goal, world = pose(law, case, question, about=options.about, **scenario)
    with searching("opening what nobody stated"):
        return open_case(law, case, world, [goal]).case


def read_scenarios(options: argparse.Namespace, law: Law) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the options say of the two worlds in which a case is asked."""
    dates, languages = options.law_date or [None] * 2, options.language or [None] * 2
    first, second = (_scenario(options, law, *side) for side in zip(dates, languages, strict=True))
    return first, second


def _scenario(
    options: argparse.Namespace, law: Law, law_date: str | None, language: str | None
) -> dict[str, Any]:
    return {
        "as_of": read_date(law, "--as-of", options.as_of),
        "law_date": read_date(law, "--law-date", law_date),
        "readings": read_readings(law, options.reading),
        "language": language,
    }


def read_date(law: Law, option: str, text: str | None) -> int | None:
    """The date that an option gives, if it does.

    Raises:
        InputError: it is none.
    """
    if text is None:
        return None
    try:
        return int(law.vocabulary.term("date", text))
    except ValueError as error:
        raise InputError([_from_value_error(option, error)]) from None


def read_readings(law: Law, texts: Iterable[str]) -> list[tuple[str, str]]:
    """The options of readings that are chosen.

    Raises:
        InputError: with every one that does not exist.
    """
    chosen, problems = [], []
    for text in texts:
        name, sign, option = text.partition("=")
        if not sign:
            problems.append(
                Problem(f"--reading {text}: no option is named", hint="write --reading gap=strict")
            )
            continue
        try:
            chosen.append(law.vocabulary.choose(name.strip(), option.strip()))
        except ValueError as error:
            problems.append(_from_value_error(f"--reading {text}", error))
    if problems:
        raise InputError(problems)
    return chosen


def _from_value_error(option: str, error: ValueError) -> Problem:
    message, *hint = [str(a) for a in error.args]
    return Problem(f"{option}: {message}", hint=hint[0] if hint else "")


def check_name(path: str) -> None:
    """Check that a case can be read from a file of some name.

    Raises:
        InputError: it cannot.
    """
    if not path.endswith((".yaml", ".yml")):
        raise InputError([Problem(f"--save {path}: a case is saved as a .yaml file")])


def folder_to_write(name: str | None) -> Path | None:
    """The folder that ``--save`` names, made where it is not there.

    Raises:
        InputError: it cannot be made.
    """
    if name is None:
        return None
    folder = Path(name)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = error.strerror or str(error)
        raise InputError([Problem(f"--save {name}: no folder can be made: {reason}")]) from None
    return folder


def save_case(path: str, law: Law, case: Case) -> None:
    """Write a case file, whole or not at all.

    Raises:
        InputError: no case can be read from a file of that name, or it cannot be written.
    """
    from pathlib import Path

    from reasoner.casefiles.write_case import write_case
    from reasoner.printing.output import replace_file

    check_name(path)
    replace_file(Path(path), write_case(case, law.vocabulary).encode())

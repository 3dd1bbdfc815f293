"""The command line. Only this module and those of its layer print, exit or see the terminal."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from reasoner import __version__
from reasoner.errors import InputError, Problem
from reasoner.law_commands import add_law_parsers
from reasoner.output import page_of, print_rows, progress, replace_file, write_json

if TYPE_CHECKING:
    from reasoner.case import Case
    from reasoner.check import Checked, Result
    from reasoner.quotes import Quotes
    from reasoner.rules import Law
    from reasoner.show import Page, Row

DONE, FAILED, BAD_INPUT = 0, 1, 2

_EXAMPLES = {
    "": """examples:
  reasoner why one-day-gap                     a case that comes with the program
  reasoner why ana.yaml '65(b)' --as-of 2024-06-01
  reasoner check                               run all shipped cases
  reasoner show '65(b)(ii)'                    what we say of a provision""",
    "why": """examples:
  reasoner why one-day-gap
  reasoner why one-day-gap --all               a table of all questions it touches
  reasoner why one-day-gap '65(b)(ii)' --brief
  reasoner why ana.yaml 65 --as-of 2024-06-01 --reading gap='tolerant(1)'
  reasoner why ana.yaml 'permit_valid(first, 2024-06-01)' --atoms
  reasoner why ana.yaml --json | jq .answer""",
    "compare": """examples:
  reasoner compare removal-order-before-the-amendment --law-date 2024-01-01 2024-06-01
  reasoner compare ana.yaml '65(b)' --law-date 2020-04-30 2025-02-17
  reasoner compare one-day-gap 65 --language en fr""",
    "check": """examples:
  reasoner check
  reasoner check cases/65-permit-holder-class ana.yaml
  reasoner check --junit report.xml""",
    "show": """examples:
  reasoner show '65(b)(ii)'
  reasoner show '65(b)(ii)' --text both
  reasoner show A42""",
    "facts": """examples:
  reasoner facts
  reasoner facts permit""",
    "readings": """examples:
  reasoner readings
  reasoner readings gap""",
    "cases": """examples:
  reasoner cases
  reasoner cases quebec""",
    "law": """examples:
  reasoner law
  reasoner law import SOR-2002-227.xml
  reasoner law drift SOR-2002-227.xml""",
    "lint": """examples:
  reasoner lint
  reasoner lint my-regulation/""",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command.

    Args:
        arguments: what stands after the program's name; without it, those of the process.

    Returns:
        0 when done, 1 when an expectation failed or lint found something, 2 for bad input.
    """
    try:
        return _main(arguments)
    except InputError as error:
        from reasoner.show import print_problems

        sys.stdout.flush()
        print_problems(error.problems)
        return BAD_INPUT
    except BrokenPipeError:
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115 - nothing is left to close it for
        return DONE
    except KeyboardInterrupt:
        print("\ninterrupted", file=sys.stderr)
        return BAD_INPUT


def _main(arguments: Sequence[str] | None) -> int:
    parser = _parser()
    options, rest = parser.parse_known_args(arguments)
    if (
        options.command in ("why", "compare")
        and options.question is None
        and len(rest) == 1
        and rest[0][:1] != "-"
    ):
        # argparse gives an optional argument up at the first option; ours may follow one.
        options.question, rest = rest[0], []
    if rest:
        usage = getattr(options, "usage", parser)
        usage.error(f"unrecognized arguments: {' '.join(rest)}")
    if options.command is None:
        parser.print_help()
        return DONE
    run: Callable[[argparse.Namespace], int] = options.run
    language = getattr(options, "lang", "en")
    try:
        return run(options)
    except InputError as error:
        if language == "en":
            raise
        from reasoner.contradictions import ContradictionError

        if isinstance(error, ContradictionError):
            raise error.in_language(language) from None
        raise


def _parser() -> argparse.ArgumentParser:
    formatter = _formatter()
    parser = argparse.ArgumentParser(
        prog="reasoner",
        description="Ask a law about a case, and see why the answer is what it is.",
        epilog=_EXAMPLES[""],
        formatter_class=formatter,
    )
    parser.add_argument("--version", action="version", version=f"reasoner {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")

    def command(name: str, run: Any, text: str) -> argparse.ArgumentParser:
        sub = commands.add_parser(
            name,
            help=text,
            description=text[0].upper() + text[1:] + ".",
            epilog=_EXAMPLES[name],
            formatter_class=formatter,
        )
        sub.set_defaults(run=run, usage=sub)
        sub.add_argument("--law", metavar="DIR", help="another law directory (with a main.lp)")
        sub.add_argument("--width", type=_width, metavar="N", help="columns to print in")
        return sub

    why = command("why", _why, "answer a question about a case and print the reasons")
    why.add_argument("case", metavar="CASE", help="a case file, or the name of a shipped case")
    why.add_argument(
        "question",
        metavar="QUESTION",
        nargs="?",
        help="a pinpoint, a predicate or an atom; without it, the case's own, or all it touches",
    )
    why.add_argument("--all", action="store_true", help="all questions that the case touches")
    _scenario_options(why)
    _language_option(why)
    how = why.add_mutually_exclusive_group()
    how.add_argument("--brief", action="store_true", help="only what decides")
    how.add_argument("--full", action="store_true", help="every condition of every rule tried")
    why.add_argument("--atoms", action="store_true", help="atoms instead of sentences")
    _text_option(why)
    why.add_argument("--json", action="store_true", help="the answer and its graph as JSON")

    compare = command("compare", _compare, "compare answers and reasons under two laws or texts")
    compare.add_argument("case", metavar="CASE", help="a case file, or the name of a shipped case")
    compare.add_argument(
        "question",
        metavar="QUESTION",
        nargs="?",
        help="a pinpoint, a predicate or an atom; without it, all that the case touches",
    )
    _scenario_options(compare, sides=2)
    _language_option(compare)
    compare.add_argument("--json", action="store_true", help="the comparison as JSON")

    check = command("check", _check, "run the expectations of cases")
    check.add_argument(
        "paths",
        metavar="PATH",
        nargs="*",
        help="case files or folders; without any, the shipped cases",
    )
    _official_text_option(check)
    _language_option(check)
    check.add_argument("--junit", metavar="FILE", help="also write the results as JUnit XML")
    check.add_argument("--json", action="store_true", help="the results as JSON")

    show = command("show", _show, "print what the law files say of a provision")
    show.add_argument("pinpoint", metavar="PINPOINT", help="for example 65(b)(ii)")
    _text_option(show)
    show.add_argument("--json", action="store_true", help="the same as JSON")

    facts = command("facts", _facts, "print the facts that a case may state")
    facts.add_argument("word", metavar="WORD", nargs="?", help="only those that mention it")
    facts.add_argument("--json", action="store_true", help="the same as JSON")

    readings = command("readings", _readings, "print the readings: where the text is open")
    readings.add_argument("word", metavar="WORD", nargs="?", help="only those that mention it")
    readings.add_argument(
        "--language",
        choices=("en", "fr"),
        help="only those on which the two official texts differ, this text first",
    )
    readings.add_argument("--json", action="store_true", help="the same as JSON")

    cases = command("cases", _cases, "list the cases that come with the program")
    cases.add_argument("word", metavar="WORD", nargs="?", help="only those that mention it")
    cases.add_argument("--json", action="store_true", help="the same as JSON")

    law = command("law", None, "print what is encoded of the law, provision by provision")
    add_law_parsers(law, _width)

    lint = command("lint", _lint, "check a law directory")
    lint.add_argument("directory", metavar="DIR", nargs="?", help="without it, the shipped law")
    lint.add_argument("--json", action="store_true", help="the findings as JSON")
    return parser


def _formatter() -> type[argparse.HelpFormatter]:
    """rich-argparse on a terminal; argparse's own in a pipe, which needs no rich."""
    if sys.stdout.isatty() and {"-h", "--help"} & set(sys.argv[1:]):
        from rich_argparse import RawDescriptionRichHelpFormatter

        return RawDescriptionRichHelpFormatter
    return argparse.RawDescriptionHelpFormatter


def _language_option(parser: argparse.ArgumentParser) -> None:
    from reasoner.phrases import LANGUAGES

    parser.add_argument(
        "--lang", choices=LANGUAGES, default="en", help="the language of the reasons (en)"
    )


def _text_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--text",
        choices=("en", "fr", "both"),
        nargs="?",
        const=True,  # in the language of the reasons
        help="also the official words, where they are imported (`reasoner law import`)",
    )


def _scenario_options(parser: argparse.ArgumentParser, sides: int | None = None) -> None:
    parser.add_argument("--as-of", metavar="DATE", help="the day asked about, as 2024-06-01")
    parser.add_argument(
        "--law-date",
        metavar="DATE",
        nargs=sides,
        help="the law as it stood on that day" if sides is None else "two dates of the law",
    )
    _official_text_option(parser, sides)
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


def _official_text_option(parser: argparse.ArgumentParser, sides: int | None = None) -> None:
    parser.add_argument(
        "--language",
        choices=("en", "fr"),
        nargs=sides,
        help="where the two official texts differ, take the readings that this text favours "
        "(--lang is the language of what is printed)",
    )


def _width(text: str) -> int:
    if not text.isdigit() or not 20 <= int(text) <= 1000:
        raise argparse.ArgumentTypeError(f"{text!r} is no width: a number from 20 to 1000")
    return int(text)


def _law(options: argparse.Namespace) -> Law:
    from reasoner.law import load_law

    return load_law(options.law)


def _date(law: Law, option: str, text: str | None) -> int | None:
    if text is None:
        return None
    try:
        return int(law.vocabulary.term("date", text))
    except ValueError as error:
        raise InputError([_from_value_error(option, error)]) from None


def _from_value_error(option: str, error: ValueError) -> Problem:
    message, *hint = [str(a) for a in error.args]
    return Problem(f"{option}: {message}", hint=hint[0] if hint else "")


def _chosen(law: Law, texts: Iterable[str]) -> list[tuple[str, str]]:
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


def _why(options: argparse.Namespace) -> int:
    from reasoner.answer import as_json, rows
    from reasoner.justify import explain
    from reasoner.show import emit
    from reasoner.solve import decide
    from reasoner.view import BRIEF, FULL, PLAIN

    law, case, (scenario,) = _scenarios(options)
    if options.all or not (options.question or case.question):
        return _why_all(options, law, case, scenario)
    decision = decide(law, case, options.question, about=options.about, **scenario)
    why = explain(decision)
    style = BRIEF if options.brief else FULL if options.full else PLAIN
    language = options.lang
    quotes: Quotes | None = None
    if options.text is not None:
        from reasoner.quotes import languages_of, quote_provisions
        from reasoner.weigh import decisive
        from reasoner.words import show_date

        quotes = quote_provisions(
            law,
            decisive(why, why.roots[0]),
            languages_of(language if options.text is True else options.text),
            whole=False,
            day=show_date(str(decision.law_date)) if decision.law_date else None,
        )
    if options.json:
        write_json(as_json(decision, why, style, language) | _quotes_json(quotes))
        return DONE
    page = page_of(options.width)
    emit(
        page,
        rows(
            decision,
            why,
            page.width,
            style=style,
            atoms=options.atoms,
            language=language,
            official=_quote_rows(law, quotes, page.width, language),
        ),
    )
    return DONE


def _why_all(options: argparse.Namespace, law: Law, case: Case, scenario: Mapping[str, Any]) -> int:
    from reasoner.overview import as_json, rows
    from reasoner.survey import survey

    found = survey(law, case, about=options.about, **scenario)
    if options.json:
        write_json(as_json(found, options.lang))
        return DONE
    print_rows(options.width, lambda width: rows(found, width, options.lang))
    return DONE


def _compare(options: argparse.Namespace) -> int:
    from reasoner.compare import compare
    from reasoner.differences import as_json, rows

    if not (options.law_date or options.language):
        hint = "write --law-date 2020-04-30 2025-02-17, or --language en fr"
        raise InputError([Problem("nothing says what to compare", hint=hint)])
    law, case, (first, second) = _scenarios(options, 2)
    found = compare(law, case, (first, second), options.question, options.about)
    if options.json:
        write_json(as_json(found, options.lang))
        return DONE
    print_rows(options.width, lambda width: rows(found, width, options.lang))
    return DONE


def _scenarios(
    options: argparse.Namespace, sides: int | None = None
) -> tuple[Law, Case, list[dict[str, Any]]]:
    """The law, the case, and what the options say of each world in which it is asked."""
    from reasoner.case import read_case
    from reasoner.shelf import find_case

    law = _law(options)
    case = read_case(str(find_case(options.case)), law.vocabulary)
    for name in options.about:
        if name not in case.entities:
            from reasoner.errors import closest

            message = f"--about {name}: the case declares nobody of that name"
            raise InputError([Problem(message, hint=closest(name, case.entities))])
    dates, languages = options.law_date, options.language
    if sides is None:
        dates, languages = [dates], [languages]
    return (
        law,
        case,
        [
            {
                "as_of": _date(law, "--as-of", options.as_of),
                "law_date": _date(law, "--law-date", date),
                "readings": _chosen(law, options.reading),
                "language": language,
            }
            for date, language in zip(dates or [None] * 2, languages or [None] * 2, strict=True)
        ],
    )


def _check(options: argparse.Namespace) -> int:
    from pathlib import Path

    from reasoner.check import check_cases, junit
    from reasoner.law import shipped
    from reasoner.shelf import case_files, find_case

    if options.law and not options.paths:
        hint = "the shipped cases are about the shipped law"
        raise InputError([Problem("no cases are named to check under another law", hint=hint)])
    law = _law(options)
    roots = [find_case(p) for p in options.paths] or [shipped("cases")]
    files = [f for root in roots for f in case_files(root)]
    if not files:
        raise InputError([Problem(f"there are no cases in {', '.join(map(str, roots))}")])
    page = page_of(options.width)
    several: list[Checked] = []
    found = check_cases(law, files, os.cpu_count() or 1, options.language)
    for checked in progress(found, "checking cases", len(files)):
        several.append(checked)
        if not options.json:
            _print_checked(page, law, checked, options)
    if options.junit:
        replace_file(Path(options.junit), junit(several))
    results = [result for checked in several for result in checked.results]
    unread = [checked for checked in several if checked.problems]
    failed = sum(not result.passed for result in results)
    if options.json:
        write_json(_check_json(results, unread))
    else:
        from reasoner.words import summary

        page.stream.write(summary(len(files), len(results), failed, len(unread)) + "\n")
    return BAD_INPUT if unread else FAILED if failed else DONE


def _print_checked(page: Page, law: Law, checked: Checked, options: argparse.Namespace) -> None:
    for result in checked.results:
        _print_result(page, law, result, options)
    if checked.problems:
        from reasoner.show import print_problems

        sys.stdout.flush()
        print_problems(checked.problems)


def _print_result(page: Page, law: Law, result: Result, options: argparse.Namespace) -> None:
    from reasoner.check import difference
    from reasoner.show import Span, emit
    from reasoner.words import FAILS, HOLDS

    sign, style = (HOLDS, "green") if result.passed else (FAILS, "red")
    stem = result.path.replace("\\", "/").rpartition("/")[2].rpartition(".")[0]
    row = [Span(sign, style), Span(f" {stem}  "), Span(result.name, "dim")]
    row.append(Span(f"  {result.expected}"))
    emit(page, [row])
    if not result.passed:
        from pathlib import Path

        from reasoner.answer import rows
        from reasoner.check import read_expectations
        from reasoner.justify import explain
        from reasoner.solve import answer, ground_case

        where = f"{result.path}:{result.line}"
        emit(page, [[Span(f"  {where}: {difference(result)}", "red")]])
        asked = read_expectations(law, Path(result.path), options.language)
        _, _, goal, world = asked.posed[result.number]
        decision = answer(ground_case(law, asked.case, world), asked.case, world, goal)
        tree = rows(decision, explain(decision), page.width - 2, language=options.lang)
        emit(page, ([Span("  "), *row] for row in tree))
        emit(page, [[]])


def _check_json(results: Sequence[Result], unread: Sequence[Checked]) -> Any:
    return {
        "schema": "reasoner/check/1",
        "results": [
            {
                "case": r.path,
                "line": r.line,
                "name": r.name,
                "expected": r.expected,
                "answer": r.answer,
                "missing": list(r.missing),
                "passed": r.passed,
            }
            for r in results
        ],
        "errors": [
            {"case": str(one.path), "message": str(InputError(list(one.problems)))}
            for one in unread
        ],
    }


def _show(options: argparse.Namespace) -> int:
    from reasoner.browse import pinpoint_of, provision_json, provision_rows

    law = _law(options)
    quotes: Quotes | None = None
    if options.text is not None:
        from reasoner.quotes import languages_of, quote_provisions

        pinpoint = pinpoint_of(law, options.pinpoint)
        languages = languages_of("en" if options.text is True else options.text)
        quotes = quote_provisions(law, [pinpoint], languages, whole=True)
    if options.json:
        write_json(provision_json(law, options.pinpoint) | _quotes_json(quotes))
        return DONE
    print_rows(
        options.width,
        lambda width: provision_rows(law, options.pinpoint, width, _quote_rows(law, quotes, width)),
    )
    return DONE


def _quotes_json(quotes: Quotes | None) -> dict[str, Any]:
    if quotes is None:
        return {}
    from reasoner.quotes import quotes_json

    return {"official": quotes_json(quotes)}


def _quote_rows(law: Law, quotes: Quotes | None, width: int, language: str = "en") -> Iterable[Row]:
    if quotes is None:
        return ()
    from reasoner.quotes import quote_rows

    return quote_rows(law, quotes, width, language=language)


def _facts(options: argparse.Namespace) -> int:
    from reasoner.browse import facts_json, facts_rows

    law = _law(options)
    if options.json:
        write_json(facts_json(law, options.word))
        return DONE
    print_rows(options.width, lambda width: facts_rows(law, options.word, width))
    return DONE


def _readings(options: argparse.Namespace) -> int:
    from reasoner.browse import readings_json, readings_rows

    law = _law(options)
    if options.json:
        write_json(readings_json(law, options.word, options.language))
        return DONE
    print_rows(
        options.width, lambda width: readings_rows(law, options.word, width, options.language)
    )
    return DONE


def _cases(options: argparse.Namespace) -> int:
    from reasoner.browse import cases_json, cases_rows

    law = _law(options)
    if options.json:
        write_json(cases_json(law, options.word))
        return DONE
    print_rows(options.width, lambda width: cases_rows(law, options.word, width))
    return DONE


def _lint(options: argparse.Namespace) -> int:
    from reasoner.law import load_law
    from reasoner.linter import lint
    from reasoner.show import print_problems

    law = load_law(options.directory or options.law)
    problems = lint(law)
    if options.json:
        write_json(
            {
                "schema": "reasoner/lint/1",
                "problems": [
                    {
                        "message": p.message,
                        "hint": p.hint,
                        "path": p.position.path if p.position else None,
                        "line": p.position.line if p.position else None,
                        "column": p.position.column if p.position else None,
                    }
                    for p in problems
                ],
            }
        )
    else:
        print_problems(problems, sys.stdout)
        from reasoner.words import lint_summary

        print(lint_summary(len(law.provisions), len(law.rules), len(problems)))
    return FAILED if problems else DONE

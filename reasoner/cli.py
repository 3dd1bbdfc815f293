"""The command line. Only this module prints, exits or looks at the terminal."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from reasoner import __version__
from reasoner.errors import InputError, Problem

if TYPE_CHECKING:
    from pathlib import Path

    from reasoner.check import Result
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
  reasoner why one-day-gap '65(b)(ii)' --brief
  reasoner why ana.yaml 65 --as-of 2024-06-01 --reading gap='tolerant(1)'
  reasoner why ana.yaml 'permit_valid(first, 2024-06-01)' --atoms
  reasoner why ana.yaml --json | jq .answer""",
    "check": """examples:
  reasoner check
  reasoner check cases/65-permit-holder-class ana.yaml
  reasoner check --junit report.xml""",
    "show": """examples:
  reasoner show '65(b)(ii)'
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
        options.command == "why"
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
    return run(options)


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
        help="a pinpoint, a predicate or an atom; without it, the case's own",
    )
    _scenario_options(why)
    _language_option(why)
    how = why.add_mutually_exclusive_group()
    how.add_argument("--brief", action="store_true", help="only what decides")
    how.add_argument("--full", action="store_true", help="every condition of every rule tried")
    why.add_argument("--atoms", action="store_true", help="atoms instead of sentences")
    why.add_argument("--json", action="store_true", help="the answer and its graph as JSON")

    check = command("check", _check, "run the expectations of cases")
    check.add_argument(
        "paths",
        metavar="PATH",
        nargs="*",
        help="case files or folders; without any, the shipped cases",
    )
    _language_option(check)
    check.add_argument("--junit", metavar="FILE", help="also write the results as JUnit XML")
    check.add_argument("--json", action="store_true", help="the results as JSON")

    show = command("show", _show, "print what the law files say of a provision")
    show.add_argument("pinpoint", metavar="PINPOINT", help="for example 65(b)(ii)")
    show.add_argument("--json", action="store_true", help="the same as JSON")

    facts = command("facts", _facts, "print the facts that a case may state")
    facts.add_argument("word", metavar="WORD", nargs="?", help="only those that mention it")
    facts.add_argument("--json", action="store_true", help="the same as JSON")

    readings = command("readings", _readings, "print the readings: where the text is open")
    readings.add_argument("word", metavar="WORD", nargs="?", help="only those that mention it")
    readings.add_argument("--json", action="store_true", help="the same as JSON")

    cases = command("cases", _cases, "list the cases that come with the program")
    cases.add_argument("word", metavar="WORD", nargs="?", help="only those that mention it")
    cases.add_argument("--json", action="store_true", help="the same as JSON")

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


def _scenario_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--as-of", metavar="DATE", help="the day asked about, as 2024-06-01")
    parser.add_argument("--law-date", metavar="DATE", help="the law as it stood on that day")
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


def _width(text: str) -> int:
    if not text.isdigit() or not 20 <= int(text) <= 1000:
        raise argparse.ArgumentTypeError(f"{text!r} is no width: a number from 20 to 1000")
    return int(text)


def _law(options: argparse.Namespace) -> Law:
    from reasoner.law import load_law

    return load_law(options.law)


def _page(options: argparse.Namespace) -> Page:
    from reasoner.show import open_page

    return open_page(sys.stdout, options.width)


def _write_json(data: Any) -> int:
    import json

    json.dump(data, sys.stdout, indent=2, ensure_ascii=not _is_utf8(sys.stdout))
    sys.stdout.write("\n")
    return DONE


def _is_utf8(stream: Any) -> bool:
    return (getattr(stream, "encoding", None) or "").lower().startswith("utf")


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
    from reasoner.case import read_case
    from reasoner.justify import explain
    from reasoner.shelf import find_case
    from reasoner.show import emit
    from reasoner.solve import decide
    from reasoner.view import BRIEF, FULL, PLAIN

    law = _law(options)
    case = read_case(str(find_case(options.case)), law.vocabulary)
    for name in options.about:
        if name not in case.entities:
            from reasoner.errors import closest

            raise InputError(
                [
                    Problem(
                        f"--about {name}: the case declares nobody of that name",
                        hint=closest(name, case.entities),
                    )
                ]
            )
    decision = decide(
        law,
        case,
        options.question,
        about=options.about,
        as_of=_date(law, "--as-of", options.as_of),
        law_date=_date(law, "--law-date", options.law_date),
        readings=_chosen(law, options.reading),
    )
    why = explain(decision)
    style = BRIEF if options.brief else FULL if options.full else PLAIN
    language = options.lang
    if options.json:
        return _write_json(as_json(decision, why, style, language))
    page = _page(options)
    emit(
        page,
        rows(decision, why, page.width, style=style, atoms=options.atoms, language=language),
    )
    return DONE


def _check(options: argparse.Namespace) -> int:
    from pathlib import Path

    from reasoner.check import check_case, junit
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
    results: list[Result] = []
    errors: list[tuple[Path, InputError]] = []
    page = _page(options)
    silent = options.json
    for path in _progress(files, "checking cases"):
        try:
            for result in check_case(law, path):
                results.append(result)
                if not silent:
                    _print_result(page, result, options.lang)
        except InputError as error:
            errors.append((path, error))
            if not silent:
                from reasoner.show import print_problems

                sys.stdout.flush()
                print_problems(error.problems)
    if options.junit:
        _replace_file(Path(options.junit), junit(results, errors))
    failed = sum(not r.passed for r in results)
    if silent:
        _write_json(_check_json(results, errors))
    else:
        from reasoner.words import summary

        page.stream.write(summary(len(files), len(results), failed, len(errors)) + "\n")
    return BAD_INPUT if errors else FAILED if failed else DONE


def _print_result(page: Page, result: Result, language: str) -> None:
    from reasoner.answer import rows
    from reasoner.check import difference, name_of
    from reasoner.justify import explain
    from reasoner.show import Span, emit
    from reasoner.words import FAILS, HOLDS

    sign, style = (HOLDS, "green") if result.passed else (FAILS, "red")
    stem = result.case.path.replace("\\", "/").rpartition("/")[2].rpartition(".")[0]
    row = [Span(sign, style), Span(f" {stem}  "), Span(name_of(result), "dim")]
    row.append(Span(f"  {result.expectation.answer}"))
    emit(page, [row])
    if not result.passed:
        where = f"{result.case.path}:{result.expectation.position.line}"
        emit(page, [[Span(f"  {where}: {difference(result)}", "red")]])
        inner = page.width - 2
        tree = rows(result.decision, explain(result.decision), inner, language=language)
        emit(page, ([Span("  "), *row] for row in tree))
        emit(page, [[]])


def _check_json(results: Sequence[Result], errors: Sequence[tuple[Path, InputError]]) -> Any:
    from reasoner.check import name_of

    return {
        "schema": "reasoner/check/1",
        "results": [
            {
                "case": r.case.path,
                "line": r.expectation.position.line,
                "name": name_of(r),
                "expected": r.expectation.answer,
                "answer": r.decision.answer,
                "missing": list(r.missing),
                "passed": r.passed,
            }
            for r in results
        ],
        "errors": [{"case": str(path), "message": str(error)} for path, error in errors],
    }


def _progress(items: Sequence[Any], label: str) -> Iterable[Any]:
    """The items, with a progress bar while both streams are a terminal."""
    if not (sys.stderr.isatty() and len(items) > 3) or os.environ.get("TERM") == "dumb":
        return items
    from rich.console import Console
    from rich.progress import track

    return track(items, label, console=Console(stderr=True), transient=True)


def _replace_file(path: Path, data: bytes) -> None:
    """Write a file whole or not at all."""
    import tempfile

    try:
        with tempfile.NamedTemporaryFile(dir=path.parent or ".", delete=False) as handle:
            handle.write(data)
        os.replace(handle.name, path)
    except OSError as error:
        raise InputError([Problem(f"{path} cannot be written: {error.strerror}")]) from None


def _show(options: argparse.Namespace) -> int:
    from reasoner.browse import provision_json, provision_rows

    law = _law(options)
    if options.json:
        return _write_json(provision_json(law, options.pinpoint))
    return _print(options, lambda width: provision_rows(law, options.pinpoint, width))


def _facts(options: argparse.Namespace) -> int:
    from reasoner.browse import facts_json, facts_rows

    law = _law(options)
    if options.json:
        return _write_json(facts_json(law, options.word))
    return _print(options, lambda width: facts_rows(law, options.word, width))


def _readings(options: argparse.Namespace) -> int:
    from reasoner.browse import readings_json, readings_rows

    law = _law(options)
    if options.json:
        return _write_json(readings_json(law, options.word))
    return _print(options, lambda width: readings_rows(law, options.word, width))


def _cases(options: argparse.Namespace) -> int:
    from reasoner.browse import cases_json, cases_rows

    law = _law(options)
    if options.json:
        return _write_json(cases_json(law, options.word))
    return _print(options, lambda width: cases_rows(law, options.word, width))


def _print(options: argparse.Namespace, rows: Callable[[int], Iterable[Row]]) -> int:
    from reasoner.show import emit

    page = _page(options)
    emit(page, rows(page.width))
    return DONE


def _lint(options: argparse.Namespace) -> int:
    from reasoner.law import load_law
    from reasoner.linter import lint
    from reasoner.show import print_problems

    law = load_law(options.directory or options.law)
    problems = lint(law)
    if options.json:
        _write_json(
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

"""``reasoner audit``: what in a law is dead, never decides, contradicts or is not used."""

from __future__ import annotations

import argparse
import os
import time
from pathlib import Path
from typing import TYPE_CHECKING

from reasoner.commands import DONE
from reasoner.commands.options import (
    add_json,
    add_language,
    add_search,
    count_down,
    folder_to_write,
    read_date,
    read_law,
    read_readings,
)
from reasoner.commands.stories import add_pinpoints, read_pinpoints
from reasoner.errors import InputError, Problem, closest
from reasoner.printing.output import followed, print_rows, replace_file, write_json

if TYPE_CHECKING:
    from reasoner.audit.plan import Plan
    from reasoner.lawfiles.rules import Law
    from reasoner.printing.audit_view import Audited

EXAMPLES = """\
  reasoner audit '65(b)'                       one provision and what is below it
  reasoner audit                               the whole law
  reasoner audit 65 --only dead --reading chain=same_permit
  reasoner audit '65(b)(i)(B)' --only dead --given "resides_in_canada(P,_,_)"
  reasoner audit --only layers,loops --save findings
  reasoner audit --law garden --cases garden/cases"""
_PATIENCE = (1_000, 200)  # conflicts of the solver: for a batch, and for each thing of it
_PROCESSES = 2
_AT = {
    "readings": "the cases under other readings",
    "cases": "what the cases show",
    "stories": "stories",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    add_pinpoints(parser)
    parser.add_argument(
        "--only",
        metavar="KINDS",
        action="append",
        default=[],
        help="what to look for: dead, conditions, moments, layers, languages, loops, ways, "
        "readings, unused",
    )
    parser.add_argument(
        "--scope",
        metavar="SCOPE",
        help="how many of each there may be in a story: TYPE=2,OTHER=3 (2 of each); also "
        "beside=N, days beside each day of the grid",
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
        "--given",
        metavar="CONDITIONS",
        default="",
        help="look only at whom these conditions are true of, as P, on the day in question, as D",
    )
    parser.add_argument(
        "--without-axiom",
        metavar="NAME",
        action="append",
        default=[],
        help="do without an axiom (repeatable, or with commas between)",
    )
    parser.add_argument(
        "--cases",
        metavar="PATH",
        action="append",
        default=[],
        help="case files or folders that show something (repeatable); the shipped cases",
    )
    parser.add_argument("--brief", action="store_true", help="a line for each finding only")
    parser.add_argument(
        "--full", action="store_true", help="also what is said twice, and the axioms' sentences"
    )
    add_search(parser, 1000, 1800)
    parser.add_argument("--save", metavar="DIR", help="write the story of each finding as a case")
    add_language(parser)
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Audit the law and print the findings."""
    from reasoner.audit.audit import Audit
    from reasoner.audit.findings import without_repetition
    from reasoner.printing.audit_view import Audited, as_json, rows
    from reasoner.solving.search import gather
    from reasoner.stories.sayings import read_sayings

    spent = count_down(options.time)
    started = time.monotonic()
    law = read_law(options)
    plan = _plan(options, law)
    folder = folder_to_write(options.save)
    audit = Audit(plan, min(_PROCESSES, os.cpu_count() or 1))
    search = followed(audit.run(), lambda: (audit.done, audit.steps, _AT.get(audit.at, audit.at)))
    findings = gather(search, limit=options.limit, spent=spent)
    audited = Audited(
        plan,
        tuple(without_repetition(law, findings.found)),
        audit.unasked,
        findings.ended,
        time.monotonic() - started,
        read_sayings(law),
        audit.beyond,
    )
    if folder is not None:
        _save(audited, folder, options.lang)
    if options.json:
        write_json(as_json(audited, options.lang))
    else:
        print_rows(
            options.width,
            lambda width: rows(
                audited, width, options.lang, brief=options.brief, full=options.full
            ),
        )
    return DONE


def _plan(options: argparse.Namespace, law: Law) -> Plan:
    """What the options ask for.

    Raises:
        InputError: with all that is wrong with them.
    """
    from reasoner.audit.findings import GROUPS
    from reasoner.audit.plan import Plan
    from reasoner.audit.sought import Inquiry, Patience, Sought, rules_of
    from reasoner.audit.stock import take_stock
    from reasoner.stories.claims import claim_of, read_scope
    from reasoner.stories.stories import Setting, read_setting

    problems: list[Problem] = []
    pinpoints: list[str] = []
    try:
        pinpoints = read_pinpoints(law, options.pinpoints)
    except InputError as error:
        problems += error.problems
    groups = [part.strip() for text in options.only for part in text.split(",")]
    for group in groups:
        if group not in GROUPS:
            problems.append(Problem(f"--only {group}: no such kind", hint=closest(group, GROUPS)))
    scope: dict[str, int] = {}
    if options.scope is not None:
        try:
            scope = read_scope(law, options.scope)
        except ValueError as error:
            message, hint = error.args
            problems.append(Problem(f"--scope {options.scope}: {message}", hint=hint))
    readings: list[tuple[str, str]] = []
    law_date: int | None = None
    setting = Setting((), ())
    given = options.given.strip().rstrip(".")
    try:
        readings = read_readings(law, options.reading)
    except InputError as error:
        problems += error.problems
    try:
        law_date = read_date(law, "--law-date", options.law_date)
    except InputError as error:
        problems += error.problems
    try:
        setting = read_setting(law)
        dropped = [name.strip() for text in options.without_axiom for name in text.split(",")]
        setting = setting.without(dropped)
    except InputError as error:
        problems += error.problems
    if given:
        try:
            claim_of(given, law)
            rules_of([Sought("given", (f"given_too(P,D), {given}",))])
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(problems)
    stories = take_stock(law, _case_files(options), (), ["nothing is asked of conditions"]).stories
    return Plan(
        Inquiry(law, setting, scope, tuple(readings), law_date),
        pinpoints,
        [group for group in GROUPS if group in groups or not groups],
        stories,
        Patience(*_PATIENCE),
        given,
    )


def _case_files(options: argparse.Namespace) -> list[Path]:
    """The files of the cases that the options name; of another law there may be none."""
    from reasoner.casefiles.shelf import case_files, find_case
    from reasoner.lawfiles.law import shipped

    if options.law and not options.cases:
        return []
    roots = [find_case(name) for name in options.cases] or [shipped("cases")]
    return [file for root in roots for file in case_files(root)]


def _save(audited: Audited, folder: Path, language: str) -> None:
    """Write the stories of findings, each as a case file."""
    import re

    from reasoner.casefiles.write_case import write_case
    from reasoner.printing.audit_view import saved_case

    told = [finding for finding in audited.sorted() if finding.story is not None]
    for number, finding in enumerate(told, 1):
        place = re.sub(r"[^A-Za-z0-9.]+", "-", "-".join(finding.pinpoints)).strip("-").lower()
        path = folder / f"{number:02}-{finding.kind}-{place}.yaml"
        case = saved_case(audited, finding, language)
        replace_file(path, write_case(case, audited.law.vocabulary).encode())

"""``reasoner ask``: an interview, which asks only what still matters to a question."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reasoner.commands import DONE
from reasoner.commands.options import (
    add_json,
    add_language,
    add_question,
    add_save,
    add_scenario,
    check_name,
    read_law,
    read_scenario,
)
from reasoner.commands.prompting import ReadLine, line_reader
from reasoner.errors import InputError, Problem
from reasoner.printing.output import page_of, replace_file, write_json

if TYPE_CHECKING:
    from reasoner.casefiles.case import Case
    from reasoner.hypotheses.interview import Interview
    from reasoner.lawfiles.rules import Law
    from reasoner.printing.show import Page, Row
    from reasoner.solving.solve import Decision

EXAMPLES = """\
  reasoner ask                                 from nothing
  reasoner ask '65(b)' --as-of 2024-06-01 --save ana.yaml
  reasoner ask ana.yaml 65 --lang fr
  printf 'Ana\\nno\\n' | reasoner ask 65 --as-of 2024-06-01"""
SCHEMA = "reasoner/ask/1"
PROMPT = "> "


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument(
        "case",
        metavar="CASE",
        nargs="?",
        help="what is known: a case file, or the name of a shipped case; without it, nothing",
    )
    add_question(parser, "the case's own, or the one that the interview asks for first")
    add_scenario(parser)
    add_language(parser)
    add_save(parser, "what was found out")
    add_json(parser, "the questions, the answer and the case")


def run(options: argparse.Namespace) -> int:
    """Put the questions, then print the answer and the case."""
    from reasoner.hypotheses.interview import begin

    law = read_law(options)
    if options.save:
        check_name(options.save)  # before anybody answers a question
    case = _start(options, law)
    interview = _introduce(options, law, begin(law, case))
    page = page_of(options.width)
    if options.json:
        from reasoner.printing.show import open_page

        page = open_page(sys.stderr, options.width)
    interview = converse(interview, page, options.lang, line_reader("ask", page.stream))
    _end(options, page, interview)
    return DONE


def _start(options: argparse.Namespace, law: Law) -> Case:
    """What is known, and what is asked as far as the options say it."""
    from reasoner.casefiles.case import read_case
    from reasoner.casefiles.shelf import find_case
    from reasoner.hypotheses.interview import empty_case
    from reasoner.solving.question import resolve
    from reasoner.solving.solve import world_of

    named, question = options.case, options.question
    if named is not None and question is None:
        try:
            path = find_case(named)
        except InputError:
            try:
                resolve(law, named, entities={})
            except InputError:
                pass
            else:
                named, question = None, named
        else:
            named = str(path)
    case = read_case(str(find_case(named)), law.vocabulary) if named else empty_case()
    scenario = read_scenario(options, law)
    day = scenario["as_of"] or case.as_of
    world = world_of(law, case, **(scenario | {"as_of": day or 20000101}))
    for name in options.about if named else ():
        if name not in case.entities:
            raise InputError([Problem(f"--about {name}: the case declares nobody of that name")])
    return replace(
        case,
        question=question or case.question,
        about=tuple(options.about) if named and options.about else case.about,
        as_of=day,
        law_date=world.law_date,
        readings=world.readings,
    )


def _introduce(options: argparse.Namespace, law: Law, interview: Interview) -> Interview:
    """Tell an interview that begins from nothing whom the options say that it is about."""
    from reasoner.hypotheses.interview import ABOUT
    from reasoner.hypotheses.replies import reply

    for name in options.about:
        if interview.question is not None and interview.question.kind == ABOUT:
            interview = reply(interview, name, {}, law)
    return interview


def converse(interview: Interview, page: Page, language: str, read: ReadLine) -> Interview:
    """Ask until nothing is open, or until whoever answers stops.

    Args:
        interview: where to begin.
        page: where the questions are printed.
        language: the language of the questions.
        read: reads a line.
    """
    from reasoner.hypotheses.replies import reply
    from reasoner.lawfiles.translation import in_language
    from reasoner.printing.questions import put
    from reasoner.printing.show import emit, paragraph, print_problems
    from reasoner.wording.phrases import phrases

    say = phrases(language)
    spoken = in_language(interview.law, language)
    asked = None
    while interview.question is not None:
        words = put(interview, interview.question, language)
        if asked is not interview:
            emit(page, _question_rows(len(interview.posed) + 1, words.text, words.replies, page))
            asked = interview
        try:
            line = " ".join(read(PROMPT, [*words.values, *say.REPLIES, *say.ORDERS]).split())
        except (EOFError, KeyboardInterrupt):
            break
        order = say.ORDERS.get(line.casefold())
        if order == "stop":
            break
        if order == "help":
            emit(page, paragraph(say.replies(), page.width))
        elif order == "why":
            emit(page, _why_rows(interview, page.width, language))
        elif order == "so far":
            emit(page, _so_far_rows(interview, page.width, language))
        elif order == "back":
            interview = interview.before or interview
            asked = None
        else:
            try:
                interview = reply(interview, line, say.REPLIES, spoken)
            except InputError as error:
                print_problems(_plain(error, language), page.stream)
    return interview


def _plain(error: InputError, language: str) -> Iterator[Problem]:
    """What is wrong with a reply, which stands in no file."""
    from reasoner.wording.contradictions import ContradictionError

    if isinstance(error, ContradictionError) and language != "en":
        error = error.in_language(language)
    for problem in error.problems:
        yield Problem(problem.message, hint=problem.hint)


def _question_rows(number: int, text: str, replies: str, page: Page) -> Iterator[Row]:
    from reasoner.printing.show import Span, paragraph

    yield [Span("")]
    yield from paragraph(f"{number}. {text}", page.width, style="bold")
    yield from paragraph(f"({replies})", page.width, "   ", style="dim")


def _why_rows(interview: Interview, width: int, language: str) -> Iterator[Row]:
    from reasoner.printing.questions import because, provision_of
    from reasoner.printing.show import paragraph, tree_rows
    from reasoner.wording.phrases import phrases

    lines = because(interview, language)
    if not lines:
        yield from paragraph(phrases(language).why_asked_first(), width)
        return
    yield from tree_rows(lines, width)
    pinpoint = provision_of(interview)
    if pinpoint:
        summary = interview.law.provisions[pinpoint].summary
        yield from paragraph(f"{pinpoint}: {summary}", width)


def _so_far_rows(interview: Interview, width: int, language: str) -> Iterator[Row]:
    from reasoner.lawfiles.translation import in_language
    from reasoner.printing.answer import verdict
    from reasoner.printing.questions import settled_lines
    from reasoner.printing.show import paragraph, tree_rows
    from reasoner.reasons.justify import explain
    from reasoner.solving.solve import decide
    from reasoner.wording.phrases import phrases

    if interview.standing is None:
        yield from paragraph(phrases(language).why_asked_first(), width)
        return
    decision = decide(interview.law, interview.case)
    spoken = replace(decision, law=in_language(decision.law, language))
    said = verdict(spoken, explain(decision), language)
    yield from paragraph(phrases(language).so_far(said), width)
    yield from tree_rows(settled_lines(interview, language), width)


def _end(options: argparse.Namespace, page: Page, interview: Interview) -> None:
    """Print how it ended, the answer with its reasons, and the case; write what is to be kept."""
    from reasoner.printing.answer import as_json, rows
    from reasoner.printing.show import Span, emit, paragraph
    from reasoner.reasons.justify import explain

    if interview.standing is None:
        if options.json:
            write_json(
                {"schema": SCHEMA, **_interview_json(interview, options.lang), "answer": None}
            )
        return
    text, decision = replay(interview, options.save or "interview.yaml", options.lang)
    if options.save:
        replace_file(Path(options.save), text.encode())
    why = explain(decision)
    if options.json:
        data = {"schema": SCHEMA, **_interview_json(interview, options.lang)}
        write_json(data | {"answer": as_json(decision, why, language=options.lang), "case": text})
        return

    def end_rows() -> Iterable[Row]:
        yield [Span("")]
        yield from paragraph(_ending(interview, options.lang), page.width, style="dim")
        yield [Span("")]
        yield from rows(decision, why, page.width, language=options.lang)
        if interview.posed and not options.save:
            yield [Span("")]
            yield from ([Span(line)] for line in text.splitlines())

    emit(page, end_rows())


def _ending(interview: Interview, language: str) -> str:
    """How an interview ended."""
    from reasoner.printing.questions import ask, speaker_of
    from reasoner.wording.phrases import phrases

    say = phrases(language)
    number = len(interview.posed)
    unsure = [ask(speaker_of(interview, language), question) for question in _unsure(interview)]
    if interview.question is not None:
        return say.ended_early(number)
    return say.ended_in_doubt(number, unsure) if unsure else say.ended(number)


def _unsure(interview: Interview) -> list[Any]:
    from reasoner.hypotheses.interview import FACT, Question

    return [Question(FACT, p.name, p.arguments) for p in interview.turns_on]


def replay(interview: Interview, path: str, language: str = "en") -> tuple[str, Decision]:
    """What an interview has found out as a case file, and the answer that the file gives."""
    from reasoner.casefiles.case import read_case_text
    from reasoner.casefiles.write_case import write_case
    from reasoner.printing.questions import title
    from reasoner.solving.replay import settled
    from reasoner.solving.solve import decide, pose
    from reasoner.source import Source

    law, case = interview.law, interview.case
    goal, world = pose(law, case)
    assert interview.standing is not None
    kept = settled(
        law,
        case,
        world,
        goal,
        answer=interview.standing.answer,
        title=case.title or title(interview, language),
    )
    text = write_case(kept, law.vocabulary)
    return text, decide(law, read_case_text(Source(path, text), law.vocabulary))


def _interview_json(interview: Interview, language: str) -> dict[str, Any]:
    """What was asked and replied, and how it ended."""
    from reasoner.printing.questions import ask, put, speaker_of

    states, here = [], interview.before
    while here is not None:
        states.append(here)
        here = here.before
    asked = [
        put(state, question, language).text
        for state in reversed(states)
        if (question := state.question) is not None
    ]
    speaker = speaker_of(interview, language)
    return {
        "language": language,
        "complete": interview.question is None,
        "questions": [
            {
                "question": text,
                "kind": posed.question.kind,
                "fact": posed.question.fact or None,
                "arguments": list(posed.question.arguments),
                "reply": posed.reply,
            }
            for text, posed in zip(asked, interview.posed, strict=True)
        ],
        "depends_on": [ask(speaker, question) for question in _unsure(interview)],
    }

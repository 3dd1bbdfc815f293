"""``reasoner repl``: a case stays loaded, to be asked about and changed again and again."""

from __future__ import annotations

import argparse
import shlex
from collections.abc import Callable, Sequence
from dataclasses import replace
from importlib import import_module
from itertools import islice
from typing import TYPE_CHECKING, Any, NoReturn

from reasoner.commands import DONE
from reasoner.commands.options import (
    add_case,
    add_general_options,
    add_json,
    add_language,
    add_scenario,
    read_asked,
    read_scenario,
    save_case,
)
from reasoner.commands.prompting import ReadLine, line_reader
from reasoner.errors import InputError, Problem
from reasoner.printing.output import page_of, print_rows, write_json

if TYPE_CHECKING:
    from reasoner.casefiles.session import Session
    from reasoner.printing.show import Page
    from reasoner.solving.solve import Decision

EXAMPLES = """\
  reasoner repl one-day-gap
  reasoner repl ana.yaml --as-of 2024-06-01 --lang fr
  printf 'set readings.gap=applied\\ndiff\\n' | reasoner repl one-day-gap"""
PROMPT = "reasoner> "
HELP = """\
QUESTION                  answer a question, such as 65(b), and say why
why [QUESTION] [brief|full]
set CHANGE...             such as as_of=2024-06-01, or readings.gap=strict
unset PATH                such as readings.gap
undo, redo                take a change back, or make it again
diff                      what the changes have changed, and which of them matter
when, needs, readings     as the commands of that name, without CASE
compare, whatif           the same
show PINPOINT, facts [WORD], cases [WORD]
ask [QUESTION]            an interview, from the case as it is
save FILE                 write the case as it is
help, quit"""

_ABOUT_THE_CASE = ("why", "when", "needs", "readings", "compare", "whatif")
_ABOUT_THE_LAW = ("show", "facts", "cases")
_STYLES = ("brief", "full")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    add_case(parser)
    add_scenario(parser)
    add_language(parser)
    add_json(parser, "what is answered")


def run(options: argparse.Namespace) -> int:
    """Read lines and do what they say, until the input ends."""
    from reasoner.casefiles.session import Session

    law, case = read_asked(options)
    scenario = read_scenario(options, law)
    about = tuple(options.about)
    language = scenario["language"]
    favoured = law.vocabulary.favoured(language) if language else ()
    readings = {**dict(favoured), **dict(case.readings), **dict(scenario["readings"])}
    case = replace(
        case,
        about=about or case.about,
        as_of=scenario["as_of"] or case.as_of,
        law_date=scenario["law_date"] or case.law_date,
        readings=tuple(readings.items()),
    )
    loop = _Loop(options, Session(law, case, case), page_of(options.width))
    loop.begin()
    loop.read_all(line_reader("repl"))
    return DONE


class _Parser(argparse.ArgumentParser):
    """Takes the options of a command; what is wrong with them ends nothing."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong."""
        raise InputError([Problem(f"{self.prog}: {message}")])


class _Loop:
    """Reads lines, and does what they say to the case as it stands."""

    def __init__(self, options: argparse.Namespace, session: Session, page: Page) -> None:
        self.options = options
        self.session = session
        self.page = page
        self.orders: dict[str, Callable[[str], None]] = {
            "set": self.set,
            "unset": self.unset,
            "undo": self.undo,
            "redo": self.redo,
            "diff": self.diff,
            "save": self.save,
            "ask": self.ask,
            "help": self.help,
        }

    def begin(self) -> None:
        """Answer the question of the case, if it asks one."""
        self.guard(lambda: self.answer() if self.session.case.question else None)

    def read_all(self, read: ReadLine) -> None:
        """Read lines until the input ends or somebody quits."""
        while True:
            try:
                line = read(PROMPT, self.words()).strip()
            except EOFError:
                return
            except KeyboardInterrupt:
                continue
            if line in ("quit", "exit"):
                return
            if line:
                self.guard(lambda line=line: self.obey(line))  # type: ignore[misc]

    def words(self) -> Sequence[str]:
        """What may be typed."""
        from reasoner.casefiles.session import completions

        orders = [*self.orders, *_ABOUT_THE_CASE, *_ABOUT_THE_LAW, "quit"]
        return [*orders, *completions(self.session.law, self.session.case)]

    def guard(self, act: Callable[[], None]) -> None:
        """Do something; what goes wrong is said and ends nothing."""
        from reasoner.printing.show import print_problems
        from reasoner.wording.contradictions import ContradictionError

        try:
            act()
        except InputError as error:
            if isinstance(error, ContradictionError) and self.options.lang != "en":
                error = error.in_language(self.options.lang)
            print_problems(_placeless(error), self.page.stream)
        except KeyboardInterrupt:
            self.page.stream.write("interrupted\n")
        except SystemExit:
            pass  # argparse has said what is wrong

    def obey(self, line: str) -> None:
        """Do what a line says: an order, a change, or a question."""
        from reasoner.casefiles.read_edits import is_change

        order, _, rest = line.partition(" ")
        rest = rest.strip()
        if order in self.orders:
            self.orders[order](rest)
        elif order in (*_ABOUT_THE_CASE, *_ABOUT_THE_LAW):
            self.command(order, rest)
        elif is_change(line, self.session.law.vocabulary):
            self.set(line)
        else:
            self.question(line)

    def question(self, text: str) -> None:
        """Answer a question and say why."""
        try:
            self.command("why", text)
        except InputError as error:
            hints = [*(p.hint for p in error.problems if p.hint), "`help` lists what can be typed"]
            problems = [Problem(p.message, hint="; ".join(hints)) for p in error.problems]
            raise InputError(problems) from None

    # the case as it is

    def set(self, text: str) -> None:
        """Make changes, unless the facts would contradict each other, and answer anew."""
        from reasoner.casefiles.read_edits import is_change

        given, law = _given(text, "as_of=2024-06-01"), self.session.law
        words = _split(given)
        several = len(words) > 1 and all(is_change(word, law.vocabulary) for word in words)
        self.move(self.session.change(*(words if several else [given])))

    def unset(self, text: str) -> None:
        """Take away what a path leads to."""
        path = _given(text, "readings.gap").lstrip("-")
        self.move(self.session.change(f"-{path}"))

    def undo(self, text: str) -> None:
        """Take the last change back."""
        self.move(self.session.undo())

    def redo(self, text: str) -> None:
        """Make again what was taken back."""
        self.move(self.session.redo())

    def move(self, session: Session) -> None:
        """Go on with another case, if it can be asked about."""
        before, self.session = self.session, session
        try:
            if session.case.question:
                self.answer()
        except InputError:
            self.session = before
            raise

    def answer(self) -> None:
        """Answer the question of the case: first the answer, then what decides it."""
        from reasoner.lawfiles.translation import in_language
        from reasoner.printing.answer import as_json, rows, verdict
        from reasoner.printing.show import emit, paragraph
        from reasoner.reasons.justify import explain
        from reasoner.solving.solve import decide
        from reasoner.wording.view import BRIEF

        decision = decide(self.session.law, self.session.case)
        language, page = self.options.lang, self.page
        if self.options.json:
            write_json(as_json(decision, explain(decision), BRIEF, language))
            return
        emit(page, paragraph(_short_verdict(decision, language), page.width, style="bold"))
        page.stream.flush()
        why = explain(decision)
        spoken = replace(decision, law=in_language(decision.law, language))
        said = len(list(paragraph(verdict(spoken, why, language), page.width)))
        everything = rows(decision, why, page.width, style=BRIEF, language=language)
        emit(page, islice(everything, said, None))

    def diff(self, text: str) -> None:
        """What the changes have changed, against the case as it was loaded."""
        from reasoner.hypotheses.whatif import whatif
        from reasoner.printing.consequences import as_json, rows

        session, language = self.session, self.options.lang
        if not session.changes:
            raise InputError([Problem("nothing has been changed")])
        question = text or session.loaded.question
        found = whatif(session.law, session.loaded, session.changes, question)
        if self.options.json:
            write_json(as_json(found, language))
            return
        asked = question is not None
        print_rows(self.options.width, lambda width: rows(found, width, language, asked=asked))

    def save(self, text: str) -> None:
        """Write the case as it is, which expects the answer that it has now."""
        from reasoner.solving.replay import settled
        from reasoner.solving.solve import decide

        session = self.session
        case = session.case
        if case.question:
            found = decide(session.law, case)
            answer = found.answer
            case = settled(session.law, case, found.world, found.goal, answer=answer)
        save_case(_given(text, "ana.yaml"), session.law, case)

    def ask(self, text: str) -> None:
        """Ask what is still open, and go on with what was found out."""
        from reasoner.commands.ask import converse
        from reasoner.hypotheses.interview import begin

        case = self.session.case
        if text:
            case = replace(case, question=text, question_place=None)
        language = self.options.lang
        read = line_reader("ask", self.page.stream)
        found = converse(begin(self.session.law, case), self.page, language, read)
        if found.posed:
            case = replace(found.case, question=self.session.case.question or found.case.question)
            done = (*self.session.done, ((case,), self.session.case))
            self.move(replace(self.session, case=case, done=done, undone=()))

    def help(self, text: str) -> None:
        """Say what can be typed."""
        self.page.stream.write(HELP + "\n")

    def command(self, name: str, text: str) -> None:
        """Run the command of a name on the case as it is."""
        try:
            command: Any = import_module(f"reasoner.commands.{name}")
        except ModuleNotFoundError as error:
            raise InputError([Problem(f"there is no command {name}")]) from error
        parser = _Parser(prog=name, add_help=False)
        add_general_options(parser, argparse.SUPPRESS)
        command.add_arguments(parser)
        words = _split(text)
        if name == "why":
            words = [f"--{word}" if word in _STYLES else word for word in words]
        case = self.session.case
        if name in _ABOUT_THE_CASE:
            words = [case.path, *words]
        options = parser.parse_intermixed_args(words)
        for key in ("lang", "json", "width", "law"):
            if not getattr(options, key, None) or (key == "lang" and "--lang" not in words):
                setattr(options, key, getattr(self.options, key))
        options.loaded = self.session.law, case
        command.run(options)


def _placeless(error: InputError) -> list[Problem]:
    """What is wrong, without the places of a file that is not what was typed."""
    return [Problem(p.message, hint=p.hint) for p in error.problems]


def _given(text: str, example: str) -> str:
    """What stands after an order that needs something there."""
    if not text:
        raise InputError([Problem("nothing is named", hint=f"write, for example, {example}")])
    return text


def _split(text: str) -> list[str]:
    try:
        return shlex.split(text)
    except ValueError as error:
        raise InputError([Problem(f"{text}: {str(error).lower()}")]) from None


def _short_verdict(decision: Decision, language: str) -> str:
    """The answer in a sentence, before anybody has asked for its reasons."""
    from reasoner.wording.words import Speaker, read_date, show_date

    speaker = Speaker(decision.law, decision.case, read_date(str(decision.day)), language)
    goal = decision.goal
    holds = None if decision.holds is None else decision.holds
    words = speaker.atom((goal.name, len(goal.arguments)), goal.arguments, holds is not False)
    return speaker.say.verdict(decision.answer, words, show_date(str(decision.day)))

"""Claims about how the rules of a law interact: what would break one, in the law's own terms."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from reasoner.errors import InputError, Position, Problem, closest, list_words
from reasoner.lawfiles.rules import Law
from reasoner.source import Source, read_source
from reasoner.stories.remarked import Piece, Section, check_names, named_by, read_sections

VIOLATED = "violated"
HOLDS, REFUTED = "holds", "refuted"
_FIELDS = ("Scope", "Readings", "Without", "Expected", "Under", "Story")

Readings = tuple[tuple[str, str], ...]
_Report = Callable[[Position, str, str], None]


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim: the rules of ``violated``, which tell what breaks it, and what helps them.

    ``scope`` and ``readings`` are what the claim is to be tried with, ``without`` the facts that
    its stories leave out, ``expected`` the verdict that its author expects, if any, ``under`` those
    expected under other readings, which come after ``readings``, and ``story`` the pinpoints on
    which a story that breaks it turns.
    """

    name: str
    words: Mapping[str, str]
    pieces: tuple[Piece, ...]
    position: Position
    scope: Mapping[str, int] = field(default_factory=dict)
    readings: Readings = ()
    without: tuple[str, ...] = ()
    expected: str = ""
    under: tuple[tuple[Readings, str], ...] = ()
    story: tuple[str, ...] = ()

    @property
    def violations(self) -> tuple[Piece, ...]:
        """The rules that say what breaks the claim."""
        return tuple(p for p in self.pieces if p.head.signature[0] == VIOLATED)


def read_claims(path: Path, law: Law) -> list[Claim]:
    """Read a file of claims, in its order.

    Rules before the first heading help all claims of the file.

    Raises:
        InputError: with every problem found: syntax, names, arities, fields.
    """
    source = read_source(str(path))
    sections = read_sections(source)
    problems = check_names(source, sections, named_by(law))
    shared = [piece for section in sections if not section.name for piece in section.pieces]
    claims = [_claim(law, source, section, shared, problems) for section in sections[1:]]
    if problems:
        raise InputError(problems)
    return claims


def claim_of(text: str, law: Law) -> Claim:
    """The claim that a text denies: conditions that together would break it.

    Args:
        text: conditions with commas between them, as in the body of a rule.
        law: the law that they speak of.

    Raises:
        InputError: with every problem found, placed in the text.
    """
    body = text.strip().rstrip(".")
    start = f"{VIOLATED} :- "
    source = Source("the claim", f"{start}{body}.")
    try:
        sections = read_sections(source)
        problems = check_names(source, sections, named_by(law))
    except InputError as error:
        problems = list(error.problems)
    if problems:
        raise InputError([_shifted(problem, len(start)) for problem in problems])
    return Claim("", {}, tuple(sections[0].pieces), Position("the claim", 1, 1))


def read_scope(law: Law, text: str) -> dict[str, int]:
    """How many entities of each type there may be: "people=2,permits=3" or "2 people, 3 permits".

    Raises:
        ValueError: it says something else; the arguments are a message and a hint.
    """
    sections = {entity.section: name for name, entity in law.vocabulary.entities.items()}
    known = {**sections, **{name: name for name in law.vocabulary.entities}}
    scope: dict[str, int] = {}
    for part in text.split(","):
        written = part.strip()
        match = re.fullmatch(r"(\w+) *= *(\d+)|(\d+) +(\w+)", written)
        name, number = (match[1] or match[4], match[2] or match[3]) if match else ("", "")
        if not match:
            raise ValueError(f"{written!r} is no scope", "write people=2,permits=3")
        if name not in known:
            raise ValueError(f"there are no {name}", closest(name, known))
        if not 0 <= int(number) <= 9:
            raise ValueError(f"{number} {name} are too many for a story", "at most 9")
        scope[known[name]] = int(number)
    return scope


def _shifted(problem: Problem, by: int) -> Problem:
    """A problem placed in what was typed, not in the rule made of it."""
    place, line = problem.position, problem.source_line
    if place is None or line is None:
        return problem
    return Problem(
        problem.message,
        Position(place.path, place.line, max(1, place.column - by)),
        line[by:].removesuffix("."),
        problem.width,
        problem.hint,
    )


def _claim(
    law: Law, source: Source, section: Section, shared: Sequence[Piece], problems: list[Problem]
) -> Claim:
    """A claim from its section; what is wrong with it goes to ``problems``."""

    def report(position: Position, message: str, hint: str) -> None:
        problems.append(source.problem(message, position.line, position.column, 1, hint))

    name = section.name
    for piece in section.pieces:
        head = piece.head
        if head.signature[0] == VIOLATED and head.arguments != (name,):
            report(head.position, f"this claim is called {name}", f"write {VIOLATED}({name})")
    if not any(piece.head.signature[0] == VIOLATED for piece in section.pieces):
        report(section.position, f"nothing says what breaks {name}", f"derive {VIOLATED}({name})")
    if "en" not in section.words:
        report(section.position, f"{name} is not put into words", "write them after %>")
    for key, lines in section.fields.items():
        if key not in _FIELDS and (hint := closest(key, _FIELDS)):
            report(lines[0][1], f"a claim has no field {key}", hint)
    return Claim(
        name=name,
        words=section.words,
        pieces=(*_helping(section.pieces, shared), *section.pieces),
        position=section.position,
        scope=_scope(law, section, report),
        readings=tuple(
            choice
            for text, position in section.fields.get("Readings", ())
            for choice in _readings(law, text, position, report)
        ),
        without=tuple(_without(law, section, report)),
        expected=_expected(section, report),
        under=tuple(_under(law, section, report)),
        story=tuple(_story(law, section, report)),
    )


def _helping(pieces: Iterable[Piece], shared: Sequence[Piece]) -> list[Piece]:
    """The shared rules that some rules rest on, in their order."""
    wanted = {use.signature for piece in pieces for use in piece.body}
    while True:
        found = [piece for piece in shared if piece.head.signature in wanted]
        more = wanted | {use.signature for piece in found for use in piece.body}
        if more == wanted:
            return found
        wanted = more


def _items(section: Section, key: str) -> Iterable[tuple[str, Position]]:
    """What the lines of a field list, with commas between."""
    for text, position in section.fields.get(key, ()):
        for part in text.split(","):
            yield part.strip(), position


def _scope(law: Law, section: Section, report: _Report) -> dict[str, int]:
    scope: dict[str, int] = {}
    for text, position in section.fields.get("Scope", ()):
        try:
            scope |= read_scope(law, text)
        except ValueError as error:
            report(position, str(error.args[0]), str(error.args[1]))
    return scope


def _readings(law: Law, text: str, position: Position, report: _Report) -> Readings:
    chosen = []
    for part in text.split(","):
        name, _, option = part.partition("=")
        try:
            chosen.append(law.vocabulary.choose(name.strip(), option.strip()))
        except ValueError as error:
            report(position, str(error.args[0]), str(error.args[1]))
    return tuple(chosen)


def _without(law: Law, section: Section, report: _Report) -> Iterable[str]:
    for name, position in _items(section, "Without"):
        if name not in law.vocabulary.facts:
            report(position, f"there is no fact {name}", closest(name, law.vocabulary.facts))
        yield name


def _expected(section: Section, report: _Report) -> str:
    for text, position in section.fields.get("Expected", ()):
        return _verdict(text, position, report)
    return ""


def _under(law: Law, section: Section, report: _Report) -> Iterable[tuple[Readings, str]]:
    for text, position in section.fields.get("Under", ()):
        readings, _, verdict = text.rpartition(":")
        if not readings:
            report(position, "this names no readings", f"write gap=applied: {HOLDS}, for example")
            continue
        yield _readings(law, readings, position, report), _verdict(verdict, position, report)


def _verdict(text: str, position: Position, report: _Report) -> str:
    verdict = text.strip()
    if verdict not in (HOLDS, REFUTED):
        hint = f"write {list_words([HOLDS, REFUTED])}"
        report(position, f"{verdict or 'nothing'} is no verdict", hint)
    return verdict


def _story(law: Law, section: Section, report: _Report) -> Iterable[str]:
    for pinpoint, position in _items(section, "Story"):
        if pinpoint not in law.provisions:
            report(position, f"there is no {pinpoint}", closest(pinpoint, law.provisions))
        yield pinpoint

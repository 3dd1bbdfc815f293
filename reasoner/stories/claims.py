"""Claims about how the rules of a law interact: what would break one, in the law's own terms."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from reasoner.errors import InputError, Position, Problem, closest, list_words
from reasoner.lawfiles.rules import Law, Signature
from reasoner.source import Source, read_source
from reasoner.stories.remarked import Piece, Section, check_names, named_by, read_sections
from reasoner.values import date_term

# What a scope says beside the numbers of entities: how far the facts of a story may be from what
# breaks the claim, and how many days beside each day of the grid it may happen on.
REACH, BESIDE = "reach", "beside"
VIOLATED = "violated"
HOLDS, REFUTED = "holds", "refuted"
_ANY = "any"
_FIELDS = ("Scope", "Readings", "Days", "Without", "Only", "Case", "Expected", "Under", "Story")

Readings = tuple[tuple[str, str], ...]
_Report = Callable[[Position, str, str], None]


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim: the rules of ``violated``, which tell what breaks it, and what helps them.

    ``scope`` and ``readings`` are what the claim is to be tried with, ``days`` those on which its
    stories happen, where not on all of the grid, ``without`` the facts that they leave out,
    ``expected`` the verdict that its author expects, if any, ``under`` those
    expected under other readings, which come after ``readings``, ``anyway`` the one expected under
    any readings, ``story`` the pinpoints on which a story that breaks it turns, and ``case`` a case
    that is such a story, where to search for one would take too long.
    """

    name: str
    words: Mapping[str, str]
    pieces: tuple[Piece, ...]
    position: Position
    scope: Mapping[str, int] = field(default_factory=dict)
    readings: Readings = ()
    days: tuple[int, ...] = ()
    without: tuple[str, ...] = ()
    expected: str = ""
    under: tuple[tuple[Readings, str], ...] = ()
    anyway: str = ""
    story: tuple[str, ...] = ()
    case: str = ""

    @property
    def violations(self) -> tuple[Piece, ...]:
        """The rules that say what breaks the claim."""
        return tuple(p for p in self.pieces if p.head.signature[0] == VIOLATED)

    @property
    def verdicts(self) -> tuple[tuple[Readings, str], ...]:
        """The verdicts that are expected, each with the readings chosen for it."""
        first = ((self.readings, self.expected),) if self.expected else ()
        own = dict(self.readings)
        return (*first, *((tuple((own | dict(r)).items()), v) for r, v in self.under))


def read_claims(path: Path, law: Law) -> list[Claim]:
    """Read a file of claims, in its order.

    Rules before the first heading help all claims of the file.

    Raises:
        InputError: with every problem found: syntax, names, arities, fields.
    """
    source = read_source(str(path))
    sections = read_sections(source, like_law=True)
    known = named_by(law)
    problems = [*check_names(source, sections, known), *_check_own(source, sections, law)]
    shared = [piece for section in sections if not section.name for piece in section.pieces]
    claims = [_claim(law, source, section, shared, problems) for section in sections[1:]]
    if problems:
        raise InputError(problems)
    return claims


def read_library(law: Law, roots: Iterable[Path]) -> list[Claim]:
    """Read the claims of files and folders, in the order of their files.

    Raises:
        InputError: with every problem found in any of them.
    """
    claims: dict[str, Claim] = {}
    helpers: dict[Signature, Position] = {}
    problems: list[Problem] = []
    for path in (file for root in roots for file in claim_files(root)):
        try:
            found = read_claims(path, law)
        except InputError as error:
            problems += error.problems
            continue
        for claim in found:
            known = claims.setdefault(claim.name, claim)
            if known is not claim:
                message = f"{claim.name} stands in {known.position.path} already"
                problems.append(Problem(message, claim.position))
            for head in (piece.head for piece in claim.pieces):
                home = helpers.setdefault(head.signature, head.position)
                if home.path != head.position.path and head.signature[0] != VIOLATED:
                    message = f"{head.signature[0]} is concluded in {home.path} already"
                    problems.append(Problem(message, head.position, hint="choose another name"))
    if problems:
        raise InputError(problems)
    return list(claims.values())


def claim_files(path: Path) -> list[Path]:
    """The files of claims in a folder, in order; or the file itself."""
    return sorted(path.rglob("*.lp")) if path.is_dir() else [path]


def verdict_under(law: Law, claim: Claim, readings: Iterable[tuple[str, str]]) -> str:
    """The verdict that is expected of a claim under some readings; nothing where none is.

    Args:
        law: the law.
        claim: the claim.
        readings: the options chosen, where they are not the defaults.
    """
    usual = {name: reading.default for name, reading in law.vocabulary.readings.items()}
    taken = {**usual, **dict(readings)}
    for more, verdict in claim.verdicts:
        if {**usual, **dict(more)} == taken:
            return verdict
    return claim.anyway


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
        sections = read_sections(source, like_law=True)
        problems = check_names(source, sections, named_by(law))
    except InputError as error:
        problems = list(error.problems)
    if not problems and [len(section.pieces) for section in sections] != [1]:
        hint = "write the conditions only, with commas between them"
        problems = [Problem("this is more than one rule", hint=hint)]
    if problems:
        raise InputError([shifted(problem, len(start)) for problem in problems])
    return Claim("", {}, tuple(sections[0].pieces), Position("the claim", 1, 1))


def read_scope(law: Law, text: str) -> dict[str, int]:
    """How many entities of each type there may be: "people=2,plots=3" or "2 people, 3 plots".

    Raises:
        ValueError: it says something else; the arguments are a message and a hint.
    """
    sections = {entity.section: name for name, entity in law.vocabulary.entities.items()}
    known = {name: name for name in (REACH, BESIDE, *law.vocabulary.entities)} | sections
    scope: dict[str, int] = {}
    for part in text.split(","):
        written = part.strip()
        match = re.fullmatch(r"(\w+) *= *(\d+)|(\d+) +(\w+)", written)
        name, number = (match[1] or match[4], match[2] or match[3]) if match else ("", "")
        if not match:
            raise ValueError(f"{written!r} is no scope", f"write {next(iter(sections), REACH)}=2")
        if name not in known:
            raise ValueError(f"there are no {name}", closest(name, known))
        if not 0 <= int(number) <= 9:
            raise ValueError(f"{number} {name} are too many for a story", "at most 9")
        scope[known[name]] = int(number)
    return scope


def shifted(problem: Problem, by: int) -> Problem:
    """A problem placed in what was typed, not in the rule made of it.

    Args:
        problem: the problem, placed in the rule.
        by: how many characters of the rule stand before what was typed.
    """
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
        days=tuple(_days(section, report)),
        without=tuple(_without(law, section, report)),
        expected=_expected(section, report),
        under=tuple(_under(law, section, report)),
        anyway=_anyway(section, report),
        story=tuple(_story(law, section, report)),
        case=next((text for text, _ in section.fields.get("Case", ())), ""),
    )


def _check_own(source: Source, sections: Sequence[Section], law: Law) -> Iterable[Problem]:
    """What a file of claims concludes besides has a name of its own, and one place."""
    homes: dict[Signature, str] = {}
    for section in sections:
        for head in (piece.head for piece in section.pieces):
            name, place = head.signature[0], head.position
            home = homes.setdefault(head.signature, section.name)
            if name == VIOLATED:
                continue
            if head.signature in law.heads or law.is_fact(head.signature):
                message, hint = f"{name} is the law's own", "choose another name"
            elif home != section.name:
                message = f"{name} is concluded under {home or 'no heading'} already"
                hint = "put what several claims share before the first heading"
            else:
                continue
            yield source.problem(message, place.line, place.column, len(name), hint)
    for section in sections:
        for use in (use for piece in section.pieces for use in piece.body):
            home = homes.get(use.signature, section.name)
            if home and home != section.name:
                name, place = use.signature[0], use.position
                message = f"{name} is concluded under {home}, for that claim alone"
                hint = "put what several claims share before the first heading"
                yield source.problem(message, place.line, place.column, len(name), hint)


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


def _days(section: Section, report: _Report) -> Iterable[int]:
    for text, position in _items(section, "Days"):
        try:
            yield int(date_term(text))
        except ValueError as error:
            report(position, str(error.args[0]), str(error.args[1]))


def _without(law: Law, section: Section, report: _Report) -> Iterable[str]:
    """The facts that stories leave out: those named, or all but those named."""
    facts = law.vocabulary.facts
    named: dict[str, list[str]] = {"Without": [], "Only": []}
    for key, names in named.items():
        for name, position in _items(section, key):
            if name not in facts:
                report(position, f"there is no fact {name}", closest(name, facts))
            names.append(name)
    yield from named["Without"]
    if named["Only"]:
        yield from sorted(set(facts) - {*named["Only"], *named["Without"]})


def _expected(section: Section, report: _Report) -> str:
    for text, position in section.fields.get("Expected", ()):
        return _verdict(text, position, report)
    return ""


def _under(law: Law, section: Section, report: _Report) -> Iterable[tuple[Readings, str]]:
    for text, position in section.fields.get("Under", ()):
        readings, _, verdict = text.rpartition(":")
        if not readings:
            report(position, "this names no readings", f"write gap=applied: {HOLDS}, for example")
        elif readings != _ANY:
            yield _readings(law, readings, position, report), _verdict(verdict, position, report)


def _anyway(section: Section, report: _Report) -> str:
    for text, position in section.fields.get("Under", ()):
        readings, _, verdict = text.rpartition(":")
        if readings == _ANY:
            return _verdict(verdict, position, report)
    return ""


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

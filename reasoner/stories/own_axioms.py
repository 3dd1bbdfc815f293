"""What users know of the world beside a law: axioms of their own, made from a sentence.

An axiom rules stories out by conditions. Where a user names none, it rules out the shape of a
story: its facts, about whomever and on whatever days, in the same order of time.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from reasoner.casefiles.case import Case
from reasoner.errors import InputError, Position, Problem
from reasoner.lawfiles.rules import Law
from reasoner.solving.ground import Ground
from reasoner.source import Source
from reasoner.stories.claims import Claim, shifted
from reasoner.stories.remarked import Piece, check_names, named_by, read_sections

_WORDS = 6
_HEAD = "impossible"


def write_axiom(name: str, sentence: str, language: str, conditions: Sequence[str]) -> str:
    """An axiom as it stands in a file.

    Args:
        name: what it is called.
        sentence: what it says.
        language: the language of the sentence.
        conditions: what is impossible together.
    """
    words = " ".join(sentence.split())
    remarks = [f"%> {words}", *([f"%>{language} {words}"] if language != "en" else [])]
    body = ",\n    ".join(conditions)
    return "\n".join([f"%## {name}", *remarks, f"{_HEAD}({name}) :-", f"    {body}.", ""])


def name_axiom(sentence: str, taken: Collection[str]) -> str:
    """A name for an axiom, made of the first words of its sentence.

    Args:
        sentence: what it says.
        taken: names that others have.

    Raises:
        InputError: the sentence has no words.
    """
    plain = unicodedata.normalize("NFKD", sentence).encode("ascii", "ignore").decode().lower()
    if not any(sign.isalnum() for sign in sentence):
        raise InputError([Problem("--because says nothing", hint="write a sentence")])
    stem = "_".join(re.findall(r"[a-z0-9]+", plain)[:_WORDS]) or "axiom"
    stem = stem if stem[0].isalpha() else f"own_{stem}"
    number, name = 1, stem
    while name in taken:
        number += 1
        name = f"{stem}_{number}"
    return name


def read_conditions(text: str, law: Law) -> list[str]:
    """Conditions that a user typed, one by one as they stand in a rule.

    Args:
        text: conditions with commas between them.
        law: the law that they speak of.

    Raises:
        InputError: with every problem found, placed in the text.
    """
    body = text.strip().removeprefix(f"{_HEAD}:").strip().rstrip(".")
    start = f"{_HEAD} :- "
    source = Source("--impossible", f"{start}{body}.")
    try:
        sections = read_sections(source)
        problems = check_names(source, sections, named_by(law))
        pieces = [piece for section in sections for piece in section.pieces]
        if not problems and [piece.head.arguments for piece in pieces] != [()]:
            problems = [Problem("--impossible takes conditions with commas between them")]
        problems = problems or check_safety(law, pieces)
    except InputError as error:
        problems = list(error.problems)
    if problems:
        raise InputError([shifted(problem, len(start)) for problem in problems])
    return _conditions(pieces[0].text)


def check_safety(law: Law, pieces: Iterable[Piece]) -> list[Problem]:
    """The rules in which nothing binds some variable, each at its place."""
    problems: list[Problem] = []
    for piece in pieces:
        try:
            Ground(law, [piece.text], goals=[])
        except InputError as error:
            problems += [_placed(problem, piece.head.position) for problem in error.problems]
    return problems


def check_claim(law: Law, claim: Claim) -> None:
    """Check that the rules of a claim bind all their variables.

    Raises:
        InputError: some do not.
    """
    problems = check_safety(law, claim.pieces)
    if problems:
        raise InputError(problems)


def _placed(problem: Problem, position: Position) -> Problem:
    return replace(problem, position=problem.position or position)


def shape_of_story(law: Law, case: Case) -> list[str]:
    """Conditions that are met by a story, whoever it is about and on whatever days.

    The days are compared with each other, in the order that they have in the story.

    Args:
        law: the law, with its vocabulary.
        case: the story.
    """
    variables = {name: _variable(name) for name in case.entities}
    days: dict[str, str] = {}
    facts = [(s.name, s.arguments) for s in case.statements if s.status == "stated"]
    if case.as_of is not None:
        facts.append(("as_of", (str(case.as_of),)))
    for name, arguments in facts:
        for argument, term in zip(law.vocabulary.facts[name].arguments, arguments, strict=True):
            if argument.type == "date" and term != argument.default:
                days[term] = ""
    for number, day in enumerate(sorted(days), 1):
        days[day] = f"Day{number}"
    told = [
        f"{name}({', '.join(_terms(law, name, arguments, variables, days))})"
        for name, arguments in facts
    ]
    later = [f"{a} < {b}" for a, b in pairwise(days[day] for day in sorted(days))]
    return [*told, *later, *_different(case, variables)]


def _terms(
    law: Law,
    name: str,
    arguments: Sequence[str],
    variables: dict[str, str],
    days: dict[str, str],
) -> Iterator[str]:
    for argument, term in zip(law.vocabulary.facts[name].arguments, arguments, strict=True):
        if argument.type == "date":
            yield term if term == argument.default else days[term]
        elif argument.type in law.vocabulary.entities:
            yield variables[term]
        else:
            yield term


def _different(case: Case, variables: dict[str, str]) -> Iterator[str]:
    """That entities of one type are not the same, as far as the story names them."""
    named = {term for s in case.statements for term in s.arguments}
    several = sorted((kind, name) for name, kind in case.entities.items() if name in named)
    for place, (kind, name) in enumerate(several):
        for other_kind, other in several[place + 1 :]:
            if kind == other_kind:
                yield f"{variables[name]} != {variables[other]}"


def _variable(name: str) -> str:
    return f"{name[:1].upper()}{name[1:]}"


def _conditions(text: str) -> list[str]:
    """The conditions of a rule, as clingo writes them: with semicolons between them."""
    body = text.partition(" :- ")[2].removesuffix(".")
    parts: list[str] = []
    depth, start = 0, 0
    for place, sign in enumerate(body):
        depth += (sign in "({[") - (sign in ")}]")
        if sign == ";" and not depth:
            parts.append(body[start:place].strip())
            start = place + 1
    return [*parts, body[start:].strip()]

"""Which of several things some story of a scope brings about, and which none does.

What is sought is conditions, as the body of a rule; all of a batch are sought in one grounding.
Each story found settles whatever it brings about, and the search goes on for the rest, until no
story brings about any of that: then none of a scope does. Where the rest together is too hard, its
members are sought one by one.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping, Sequence
from typing import NamedTuple

from reasoner.errors import Position
from reasoner.lawfiles.rules import Law
from reasoner.solving.ground import GIVEN_UP as GIVEN_UP
from reasoner.solving.ground import Ground
from reasoner.source import Source
from reasoner.stories.claims import VIOLATED, Claim, Readings
from reasoner.stories.extent import smaller_scope
from reasoner.stories.refute import Counterexample, Refutation, TooLarge
from reasoner.stories.remarked import Piece, read_sections
from reasoner.stories.stages import Stage
from reasoner.stories.stories import Setting

_PLACE = "what is sought"


class Sought(NamedTuple):
    """Something that a story may bring about: its name, a constant, and the rules that say so.

    Each of ``bodies`` is the conditions of a rule, in the forms of a law; ``helping`` are rules
    that these rest on, of predicates that the law does not have.
    """

    name: str
    bodies: tuple[str, ...]
    helping: tuple[str, ...] = ()


class Beyond(NamedTuple):
    """A part of a scope that was too large to be searched, and the largest scope that is not."""

    part: TooLarge
    smaller: Mapping[str, int]


class Found(NamedTuple):
    """What came of something sought: whether some story brings it about, or None if not settled.

    ``stage`` is the part of the scope in which a story was found, or the largest one in which there
    is none; None where no part was searched to the end. ``beyond`` is a part of the scope that was
    not begun.
    """

    name: str
    happens: bool | None
    stage: Stage | None
    beyond: Beyond | None = None


class Patience(NamedTuple):
    """After how much a search is given up: for all that is left of a batch together, and for each
    thing by itself. An audit counts the solver's conflicts, which are the same on every machine."""

    together: int
    alone: int


class Inquiry(NamedTuple):
    """In which stories something is sought.

    ``scope`` is as :class:`Refutation` takes it, ``readings`` the options taken.
    """

    law: Law
    setting: Setting
    scope: Mapping[str, int]
    readings: Readings = ()
    law_date: int | None = None


def look_for(
    inquiry: Inquiry, batch: Sequence[Sought], patience: Patience
) -> Iterator[Found | None]:
    """Look for stories that bring about the things of a batch.

    Yields:
        What came of each; None as a sign of life.
    """
    left = {one.name: one for one in batch}
    searched: dict[str, Stage] = {}
    search = refutation(inquiry, batch)
    stages = search.stages()
    for place, stage in enumerate(stages):
        yield None
        if not left or not search.fits(stage):
            break
        ground = search.ground(stage)
        numbers = ground.numbered((VIOLATED, 1))
        happening = {n: numbers[f"{VIOLATED}({n})"] for n in left if f"{VIOLATED}({n})" in numbers}
        ended = yield from _drain(ground, happening, left, stage, patience)
        for name in left:
            if ended or name not in happening:
                searched[name] = stage
        if ended:
            continue
        last = place == len(stages) - 1
        for name in [*happening] if last else ():
            found = yield from ground.search([happening[name]], most=patience.alone)
            if found is None:
                searched[name] = stage
            elif found is not GIVEN_UP:
                del left[name]
                yield Found(name, True, stage)
    final = stages[-1] if stages else None
    for name in left:
        known = searched.get(name)
        never = False if known is not None and known == final else None
        yield Found(name, never, known, beyond(search))


def beyond(search: Refutation) -> Beyond | None:
    """What a search did not begin as it is too large, if anything."""
    large = next(iter(search.too_large), None)
    return None if large is None else Beyond(large, smaller_scope(search))


def tell(inquiry: Inquiry, sought: Sought) -> Iterator[Counterexample | None]:
    """The smallest story that brings something about, with its reasons; None as a sign of life."""
    yield from refutation(inquiry, [sought]).run()


def within(
    search: Generator[None, None, frozenset[int] | None], signs: int
) -> Generator[None, None, frozenset[int] | None]:
    """What a search finds, unless it gives more signs of life than are waited for."""
    for _ in range(signs):
        try:
            next(search)
        except StopIteration as end:
            found: frozenset[int] | None = end.value
            return found
        yield
    search.close()
    return GIVEN_UP


def _drain(
    ground: Ground,
    happening: dict[str, int],
    left: dict[str, Sought],
    stage: Stage,
    patience: Patience,
) -> Generator[Found | None, None, bool]:
    """Find story after story until none brings about anything that is left; False if given up."""
    while happening:
        assumed = [ground.define(happening.values())]
        among = happening.values()
        found = yield from ground.search(assumed, among, most=patience.together)
        if found is GIVEN_UP:
            return False
        if found is None:
            return True
        for name in [name for name, number in happening.items() if number in found]:
            del happening[name], left[name]
            yield Found(name, True, stage)
    return True


def refutation(inquiry: Inquiry, batch: Sequence[Sought]) -> Refutation:
    """The search for stories in which anything of a batch happens."""
    law, setting, scope, readings, law_date = inquiry
    return Refutation(law, _claim(batch), setting, scope, readings, law_date)


def _claim(batch: Sequence[Sought]) -> Claim:
    """The claim that nothing of a batch ever happens."""
    return Claim("", {}, tuple(rules_of(batch)), Position(_PLACE, 1, 1))


def rules_of(batch: Sequence[Sought]) -> list[Piece]:
    """The rules that say when something of a batch happens, as ``violated`` of its name."""
    lines = dict.fromkeys(line for one in batch for line in one.helping)
    lines |= dict.fromkeys(
        f"{VIOLATED}({one.name}) :- {body}." for one in batch for body in one.bodies
    )
    sections = read_sections(Source(_PLACE, "\n".join(lines)), like_law=True)
    return [piece for section in sections for piece in section.pieces]

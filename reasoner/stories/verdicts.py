"""Whether claims hold: each tried within its scope, under the readings that a verdict is given for.

A claim is refuted by a story, and holds within its scope if a search of all of it finds none. What
was not searched to the end is open.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from reasoner.casefiles.shelf import find_case
from reasoner.lawfiles.rules import Law
from reasoner.solving.search import gather
from reasoner.stories.claims import HOLDS, REFUTED, Claim, Readings
from reasoner.stories.readings import Survey
from reasoner.stories.refute import Refutation
from reasoner.stories.stories import Setting
from reasoner.stories.tried import try_cases

OPEN = "open"


class Trial(NamedTuple):
    """A claim to be tried under some readings, or None for all, and the verdict expected."""

    claim: Claim
    readings: Readings | None
    expected: str


class Verdict(NamedTuple):
    """What came of a trial: holds, refuted or open, and the story that refutes.

    ``claim`` is its name, ``facts`` and ``entities`` count what the story states, ``turns_on`` are
    its pinpoints. ``too_large`` tells that part of the scope was not searched for its size,
    ``ended`` how the search ended.
    """

    claim: str
    readings: Readings | None
    expected: str
    verdict: str
    facts: int = 0
    entities: int = 0
    turns_on: tuple[str, ...] = ()
    too_large: bool = False
    ended: str = ""

    @property
    def passed(self) -> bool:
        """Whether the verdict is the one expected, where one is."""
        return self.verdict == self.expected if self.expected else self.verdict != OPEN


def trials(claims: Iterable[Claim], *, anyway: bool = False) -> Iterator[Trial]:
    """What is to be tried: each claim with each verdict that is expected of it.

    Args:
        claims: the claims.
        anyway: whether verdicts expected under any readings are tried; that takes long.
    """
    for claim in claims:
        for readings, verdict in claim.verdicts or ((claim.readings, ""),):
            yield Trial(claim, readings, verdict)
        if anyway and claim.anyway:
            yield Trial(claim, None, claim.anyway)


def judge(law: Law, setting: Setting, trial: Trial, spent: Callable[[], bool]) -> Verdict:
    """Try a claim.

    Args:
        law: the law.
        setting: what stories are made of.
        trial: the claim, and the readings.
        spent: whether the time is up.

    Raises:
        InputError: when clingo complains.
    """
    claim, readings, expected = trial
    if claim.case and readings == claim.readings:
        return _judge_by_case(law, trial)
    search = Refutation(law, claim, setting, scope_of(law, claim), readings or ())
    if readings is None:
        parts = gather(Survey(search).run(), spent=spent)
        stories = [part.story for part in parts.found if part.story is not None]
        ended, complete = parts.ended, parts.complete and bool(parts.found)
    else:
        findings = gather(search.run(), limit=1, spent=spent)
        stories = list(findings.found)
        ended, complete = findings.ended, findings.complete
    verdict = REFUTED if stories else HOLDS if complete and not search.too_large else OPEN
    told = stories[0] if stories else None
    return Verdict(
        claim.name,
        readings,
        expected,
        verdict,
        len(told.case.statements) if told else 0,
        len(told.case.entities) if told else 0,
        told.kind.pinpoints if told else (),
        bool(search.too_large),
        ended,
    )


def _judge_by_case(law: Law, trial: Trial) -> Verdict:
    """Look whether the case that a claim names breaks it under the claim's own readings."""
    claim, readings, expected = trial
    for tried in try_cases(law, [claim], [find_case(claim.case)]):
        if tried.broken and tried.world.readings == readings and tried.world.law_date is None:
            facts, entities = len(tried.case.statements), len(tried.case.entities)
            return Verdict(claim.name, readings, expected, REFUTED, facts, entities, claim.story)
    return Verdict(claim.name, readings, expected, OPEN)


def scope_of(law: Law, claim: Claim) -> Mapping[str, int]:
    """How many entities of each type there may be: what the claim says, or one of each."""
    return claim.scope or dict.fromkeys(law.vocabulary.entities, 1)

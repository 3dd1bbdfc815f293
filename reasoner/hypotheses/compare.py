"""Compare the answers and reasons in two worlds: two dates of the law, its two texts, two cases."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, NamedTuple

from reasoner.casefiles.case import Case
from reasoner.hypotheses.survey import Question, order_of_law, question_of, touched
from reasoner.lawfiles.infer import all_literals
from reasoner.lawfiles.rules import Law, is_below
from reasoner.reasons.contrast import DATE, IN_FORCE, Contrast, causes, contrast, with_causes
from reasoner.reasons.justification import Justification
from reasoner.reasons.justify import justify
from reasoner.reasons.weigh import decisive, support_costs
from reasoner.solving.ground import Ground
from reasoner.solving.solve import Decision, World, answer, ground_case, pose, world_of

_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")


class Amendment(NamedTuple):
    """A provision amended between two dates of the law; ``matters`` if an answer turns on it."""

    provision: str
    since: str
    matters: bool


class Compared(NamedTuple):
    """One question in both worlds."""

    question: Question
    decisions: tuple[Decision, Decision]
    decided_by: tuple[tuple[str, ...], tuple[str, ...]]
    contrast: Contrast

    @property
    def differs(self) -> bool:
        """Whether the answer or the provisions and conditions that decide it are others."""
        return self.contrast.differs or self.decided_by[0] != self.decided_by[1]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Questions about a case in two worlds, each with its justifications, in the order of the law.

    The roots of both justifications are in the order of the questions. ``alike`` are the days that
    play the part in the first case that others play in the second.
    """

    law: Law
    cases: tuple[Case, Case]
    worlds: tuple[World, World]
    grounds: tuple[Ground, Ground]
    whys: tuple[Justification, Justification]
    questions: tuple[Compared, ...]
    amendments: tuple[Amendment, ...]
    alike: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def case(self) -> Case:
        """The case, as it is in the first world."""
        return self.cases[0]


def compare(
    law: Law,
    case: Case,
    scenarios: tuple[Mapping[str, Any], Mapping[str, Any]],
    question: str | None = None,
    about: Sequence[str] = (),
) -> Comparison:
    """Put a question, or all that the case touches, to the law in two worlds.

    Args:
        law: the law to apply.
        case: the facts.
        scenarios: for each world, what :func:`reasoner.solving.solve.world_of` takes beside the
            law and the case.
        question: a pinpoint, a predicate or an atom; without it, all that the case touches.
        about: the entities asked about.

    Raises:
        InputError: when the question names nothing, no day is given, or the facts contradict each
            other.
    """
    if question:
        posed = [pose(law, case, question, about=about, **options) for options in scenarios]
        first, second = (world for _, world in posed)
        only = [question_of(law, case, posed[0][0])]
        return compare_cases(law, (case, case), (first, second), only)
    first, second = (world_of(law, case, **options) for options in scenarios)
    return compare_cases(law, (case, case), (first, second), about=about)


def compare_cases(
    law: Law,
    cases: tuple[Case, Case],
    worlds: tuple[World, World],
    only: Sequence[Question] | None = None,
    about: Sequence[str] = (),
    alike: Mapping[str, str] = MappingProxyType({}),
    known: Comparison | None = None,
) -> Comparison:
    """Put some questions, or all that either case touches, to the law in two worlds.

    Args:
        law: the law to apply.
        cases: the facts in each world.
        worlds: the days, readings and dates of the law.
        only: what to ask, about the day of the first world; in the second it is about its day.
        about: without questions, the entities that they may be about.
        alike: days that play the part in the first case that others play in the second.
        known: another comparison of the same questions with the same first world.

    Raises:
        InputError: when the facts contradict each other.
    """
    days = worlds[0].day, worlds[1].day

    def asked_on(questions: Iterable[Question], day: int) -> list[Question]:
        return [q if days[0] == days[1] else q.on_day(law, day) for q in questions]

    grounds = tuple(
        known.grounds[0]
        if known is not None and not place
        else ground_case(
            law, case, world, None if only is None else [q.goal for q in asked_on(only, world.day)]
        )
        for place, (case, world) in enumerate(zip(cases, worlds, strict=True))
    )
    asked = list(only or ())
    if only is None:
        every = [
            q
            for ground, case, day in zip(grounds, cases, days, strict=True)
            for q in asked_on(touched(ground, case, day, about), days[0])
        ]
        unique = {q.goal: q for q in every}.values()
        asked = sorted(unique, key=lambda q: order_of_law(law, q.goal.pinpoint))
    goals = [[q.goal for q in asked_on(asked, day)] for day in days]
    first = known.whys[0] if known is not None else justify(grounds[0], goals[0])
    whys = first, justify(grounds[1], goals[1])
    contrasts = contrast(grounds[0], grounds[1], goals[0], whys, days, alike)
    costs = support_costs(whys[0]), support_costs(whys[1])
    compared = tuple(
        Compared(
            q,
            (
                answer(grounds[0], cases[0], worlds[0], goals[0][place]),
                answer(grounds[1], cases[1], worlds[1], goals[1][place]),
            ),
            (
                tuple(decisive(whys[0], whys[0].roots[place], costs[0])),
                tuple(decisive(whys[1], whys[1].roots[place], costs[1])),
            ),
            contrasts[place],
        )
        for place, q in enumerate(asked)
    )
    return Comparison(
        law,
        cases,
        worlds,
        (grounds[0], grounds[1]),
        whys,
        compared,
        tuple(_amendments(law, (worlds[0].law_date, worlds[1].law_date), contrasts)),
        alike,
    )


def _amendments(
    law: Law, dates: tuple[int | None, int | None], contrasts: Iterable[Contrast]
) -> Iterator[Amendment]:
    """The provisions amended between two dates, in the order of the law."""
    if dates[0] is None or dates[1] is None:
        return
    early, late = sorted((dates[0], dates[1]))
    found = {key: False for key in _amended(law) if early < int(key[1]) <= late}
    for one in contrasts:
        for change in one.changes:
            days = [
                leaf.why.nodes[leaf.node].arguments[0]
                for leaf in causes([change])
                if leaf.kind == DATE
            ]
            for part in with_causes([change]):
                for since in days:
                    key = _noted(law, part.provision, str(since)), str(since)
                    if key in found:
                        found[key] = True
    for (provision, since), matters in sorted(
        found.items(), key=lambda item: (order_of_law(law, item[0][0]), item[0][1])
    ):
        yield Amendment(provision, since, matters)


def _amended(law: Law) -> Iterator[tuple[str, str]]:
    """Every provision that changed, with the day: by the notes on it, or by its rules."""
    for provision in law.provisions.values():
        for note in provision.in_force:
            for year, month, day in _DAY.findall(note.partition(":")[0]):
                yield provision.pinpoint, f"{year}{month}{day}"
    for rule in law.rules:
        for literal in all_literals(rule.body):
            if literal.atom is not None and literal.atom.name == IN_FORCE and rule.provision:
                since = literal.atom.arguments[0].text
                if since.isdigit():
                    yield _noted(law, rule.provision, since), since


def note_on(law: Law, provision: str, since: str) -> str:
    """What the law files say of an amendment, without its date; nothing where they are silent."""
    day = f"{since[:4]}-{since[4:6]}-{since[6:]}"
    at = _noted(law, provision, since)
    for note in law.provisions[at].in_force if at in law.provisions else ():
        if day in note:
            return note.partition(":")[2].strip() or note
    return ""


def _noted(law: Law, provision: str, since: str) -> str:
    """The provision with the note on an amendment: the one of the rule, or one around it."""
    day = f"{since[:4]}-{since[4:6]}-{since[6:]}"
    around = [p for p in law.provisions if p == provision or is_below(provision, p)]
    for at in sorted(around, key=len, reverse=True):
        if any(day in note for note in law.provisions[at].in_force):
            return at
    return provision

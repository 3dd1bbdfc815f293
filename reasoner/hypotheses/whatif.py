"""Ask what would be so if a case were otherwise, and which of several changes matter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import NamedTuple

from reasoner.casefiles.case import Case
from reasoner.casefiles.edits import Edit, apply_edits
from reasoner.casefiles.read_edits import Change, read_changes
from reasoner.errors import InputError
from reasoner.hypotheses.compare import Comparison, compare_cases
from reasoner.hypotheses.survey import question_of
from reasoner.lawfiles.rules import Law
from reasoner.reasons.worlds import goal_in, ground_worlds, lift, world_name
from reasoner.solving.question import Goal, on_day
from reasoner.solving.solve import World, ground_case, pose, world_of

MOST_TOGETHER = 5
"""Up to so many changes, every set of them is tried."""


class Trial(NamedTuple):
    """Some of the changes made, by their places, and the answers that this gives.

    ``answers`` are in the order of the questions; None where the changes cannot be made without
    the others, or contradict what the case says.
    """

    made: tuple[int, ...]
    answers: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class WhatIf:
    """A case as it is and as it would be with some changes, and what each of them does.

    ``trials`` are empty for a single change.
    """

    changes: tuple[Change, ...]
    comparison: Comparison
    trials: tuple[Trial, ...]

    def in_order(self) -> list[int]:
        """The places of the questions: those with another answer, with other reasons, the rest."""

        def rank(place: int) -> int:
            compared = self.comparison.questions[place]
            first, last = (decision.answer for decision in compared.decisions)
            return 0 if first != last else 1 if compared.differs else 2

        return sorted(range(len(self.comparison.questions)), key=rank)

    def trial(self, made: Iterable[int]) -> Trial | None:
        """What came of making these changes and no others, if it was tried."""
        wanted = tuple(sorted(made))
        return next((trial for trial in self.trials if trial.made == wanted), None)

    @property
    def every_set(self) -> bool:
        """Whether every set of the changes was tried."""
        return len(self.changes) <= MOST_TOGETHER

    def enough(self, question: int) -> list[tuple[int, ...]]:
        """The smallest sets of changes that give a question its new answer.

        Where the answer stays the same, those that give another one without the rest. Where not
        every set was tried, only changes that do so alone are found.
        """
        first, last = (d.answer for d in self.comparison.questions[question].decisions)
        found: list[tuple[int, ...]] = []
        for made, answers in sorted(self.trials, key=lambda trial: (len(trial.made), trial.made)):
            if len(made) > 1 and not self.every_set:
                break
            smaller = any(set(known) <= set(made) for known in found)
            if answers is None or smaller or answers[question] == first:
                continue
            if first == last or answers[question] == last:
                found.append(made)
        return found

    def idle(self, question: int) -> list[int]:
        """The changes that never make a difference to a question, as far as was tried."""
        known = dict(self.trials)
        moving: set[int] = set()
        for made, answers in self.trials:
            for place in made:
                rest = tuple(p for p in made if p != place)
                without = known.get(rest)
                if answers is None or rest not in known:
                    continue
                if without is None or without[question] != answers[question]:
                    moving.add(place)
        return [place for place in range(len(self.changes)) if place not in moving]


def whatif(
    law: Law,
    case: Case,
    sources: Sequence[str | Case],
    question: str | None = None,
    *,
    about: Sequence[str] = (),
    as_of: int | None = None,
    law_date: int | None = None,
    readings: Iterable[tuple[str, str]] = (),
    language: str | None = None,
) -> WhatIf:
    """Put a question, or all that a case touches, to a case as it is and with some changes.

    Args:
        law: the law to apply.
        case: the facts.
        sources: the changes in the syntax of case files, or cases of which everything is said on
            top.
        question: a pinpoint, a predicate or an atom; without it, all that either case touches.
        about: the entities asked about.
        as_of: the day asked about as yyyymmdd, unless a change says otherwise.
        law_date: the consolidation to apply as yyyymmdd, unless a change says otherwise.
        readings: pairs of reading and option, unless a change says otherwise.
        language: the official text whose options are taken where the two differ.

    Raises:
        InputError: with every problem of every change; when the question names nothing, no day is
            given, or the facts contradict each other before or after the changes.
    """
    case = replace(
        case,
        as_of=as_of or case.as_of,
        law_date=law_date or case.law_date,
        readings=tuple({**dict(case.readings), **dict(readings)}.items()),
    )
    changes = tuple(read_changes(case, law.vocabulary, sources))
    changed = apply_edits(case, [change.edit for change in changes])
    cases = case, changed
    if question:
        goal, worlds = _pose(law, cases, question, about, language)
        only = [question_of(law, case, goal)]
        comparison = compare_cases(law, cases, worlds, only)
    else:
        worlds = (
            world_of(law, case, language=language),
            world_of(law, changed, language=language),
        )
        comparison = compare_cases(law, cases, worlds, about=about)
    trials: tuple[Trial, ...] = ()
    if len(changes) > 1:
        trials = tuple(_try(law, case, sources, comparison, language))
    return WhatIf(changes, comparison, trials)


def _pose(
    law: Law,
    cases: tuple[Case, Case],
    question: str,
    about: Sequence[str],
    language: str | None,
) -> tuple[Goal, tuple[World, World]]:
    """What is asked, about the day of the first world, and both worlds.

    Whoever is asked about may be in one of the cases only.
    """
    found: list[tuple[Goal, World] | None] = []
    problems: list[InputError] = []
    for case in cases:
        try:
            found.append(pose(law, case, question, about=about, language=language))
        except InputError as error:
            found.append(None)
            problems.append(error)
    first, second = found
    if first and second:
        return first[0], (first[1], second[1])
    known = first or second
    if known is None:
        raise problems[0]
    goal, world = known
    days = [case.as_of if cases[0].as_of != cases[1].as_of else world.day for case in cases]
    here, there = (
        replace(world_of(law, case, language=language), day=day or world.day)
        for case, day in zip(cases, days, strict=True)
    )
    return on_day(law, goal, here.day), (here, there)


# some of the changes without the others


def _try(
    law: Law,
    case: Case,
    sources: Sequence[str | Case],
    comparison: Comparison,
    language: str | None,
) -> Iterator[Trial]:
    """Answer the questions with some of the changes made: each set, or each alone and left out."""
    places = range(len(sources))
    sizes: Iterable[int] = places
    if len(sources) > MOST_TOGETHER:
        sizes = (0, 1, len(sources) - 1)
    sets = [made for size in sizes for made in combinations(places, size)]
    questions = comparison.questions
    days = [world.day for world in comparison.worlds]
    trials: dict[tuple[int, ...], tuple[Case, World, list[Goal]] | None] = {}
    for made in sets:
        tried = _change(law, case, [sources[place] for place in made])
        if tried is None:
            trials[made] = None
            continue
        world = world_of(law, tried, language=language)
        if days[0] == days[1] or tried.as_of == case.as_of:
            world = replace(world, day=days[0])
        goals = [q.question.on_day(law, world.day).goal for q in questions]
        trials[made] = tried, world, goals
    possible = {made: trial for made, trial in trials.items() if trial is not None}
    answers = dict(zip(possible, _answers(law, list(possible.values())), strict=True))
    everything = tuple(q.decisions[1].answer for q in questions)
    yield from (Trial(made, answers.get(made)) for made in sets)
    yield Trial(tuple(places), everything)


def _change(law: Law, case: Case, sources: Sequence[str | Case]) -> Case | None:
    """A case with some changes; None where they cannot be made without the others."""
    try:
        edits: list[Edit] = [c.edit for c in read_changes(case, law.vocabulary, sources)]
    except InputError:
        return None
    return apply_edits(case, edits)


def _answers(
    law: Law, trials: Sequence[tuple[Case, World, Sequence[Goal]]]
) -> list[tuple[str, ...] | None]:
    """The answers in each world, from one grounding where no facts are unknown."""
    if any(s.status == "unknown" for case, _, _ in trials for s in case.statements):
        return [_answers_alone(law, *trial) for trial in trials]
    every = [goal_in(n, goal) for n, (_, _, goals) in enumerate(trials) for goal in goals]
    lifted = lift(law, [goal for _, _, goals in trials for goal in goals])
    ground = ground_worlds(lifted, [(case, world) for case, world, _ in trials], every)
    flawed = {arguments[0] for arguments in ground.arguments_of("problem")}
    return [
        None
        if world_name(n) in flawed
        else tuple(ground.answer(goal_in(n, goal)) for goal in goals)
        for n, (_, _, goals) in enumerate(trials)
    ]


def _answers_alone(
    law: Law, case: Case, world: World, goals: Sequence[Goal]
) -> tuple[str, ...] | None:
    try:
        ground = ground_case(law, case, world, goals)
    except InputError:
        return None
    return tuple(ground.answer(goal) for goal in goals)

"""The worlds in which a changed law may be noticed: what cases and generated files ask, by world.

Each has what is answered there by the law as it is. Those of cases come first, then those of near
misses and generated stories, and last those with unknown facts, which are asked one by one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from reasoner.casefiles.case import Case, Expectation
from reasoner.casefiles.generated import read_generated
from reasoner.errors import InputError, Problem
from reasoner.hypotheses.answer_near_misses import Inquiry, inquiries, question_of
from reasoner.hypotheses.expectations import Asked, Posed, read_expectations
from reasoner.lawfiles.infer import rules_behind
from reasoner.lawfiles.rules import Law, Signature
from reasoner.reasons.worlds import goal_in, ground_worlds, lift, world_name
from reasoner.solving.solve import World, facts_of, facts_of_world, ground_case, world_of


@dataclass(frozen=True, slots=True)
class Witness:
    """One story in one world, with what is asked there and the rules that the answers rest on.

    ``generated`` tells that nobody expects the answers but the program, ``notices`` the mutants
    that the file says are noticed here.
    """

    asked: Asked
    world: World
    posed: tuple[Posed, ...]
    rules: frozenset[int]
    generated: bool = False
    notices: frozenset[str] = frozenset()

    @property
    def case(self) -> Case:
        """The case."""
        return self.asked.case

    @property
    def unsettled(self) -> bool:
        """Whether facts are unknown."""
        return self.asked.unsettled


class Told(NamedTuple):
    """A story of a generated file with what is asked of it, and the mutants said to be noticed."""

    asked: Asked
    notices: frozenset[str]


def read_cases_asked(law: Law, paths: Sequence[Path], language: str | None = None) -> list[Asked]:
    """Read case files with what they expect.

    Raises:
        InputError: with the problems of all that cannot be read.
    """
    found: list[Asked] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            found.append(read_expectations(law, path, language))
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(problems)
    return found


def read_stories_told(law: Law, paths: Iterable[Path]) -> list[Told]:
    """Read generated files: each story once, with all that is answered about it.

    Raises:
        InputError: with the problems of all that cannot be read.
    """
    found: dict[frozenset[str], tuple[Path, Case, list[Posed], set[str]]] = {}
    problems: list[Problem] = []
    for path in paths:
        try:
            for inquiry, answer, notices in _answers_in(law, path):
                case = inquiry.story
                world = world_of(law, case)
                key = frozenset((*facts_of(case), *facts_of_world(world)))
                _, _, posed, named = found.setdefault(key, (path, case, [], set()))
                named.update(notices)
                goal = question_of(law, inquiry)
                expected = Expectation(
                    inquiry.question, inquiry.about, None, answer, (), (), None, inquiry.position
                )
                if goal not in [one.goal for one in posed]:
                    posed.append(Posed(len(posed), expected, goal, world))
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(problems)
    return [
        Told(Asked(path, case, tuple(posed)), frozenset(named))
        for path, case, posed, named in found.values()
    ]


def _answers_in(law: Law, path: Path) -> Iterator[tuple[Inquiry, str, tuple[str, ...]]]:
    """What a generated file asks, with the answers and the mutants that notice them."""
    read = read_generated(str(path), law.vocabulary)
    for one in read.near_misses:
        for inquiry, answer in zip(inquiries(one), one.expected, strict=True):
            yield inquiry, answer, ()
    for story, said in read.answers:
        inquiry = Inquiry(story, said.question, said.about, said.position)
        yield inquiry, said.expected, said.notices


def witnesses_of(
    law: Law, several: Iterable[Asked], generated: Iterable[Told] = ()
) -> list[Witness]:
    """The worlds of some cases and of some generated stories, those with unknown facts last."""
    behind: dict[Signature, frozenset[int]] = {}

    def rules_of(posed: Iterable[Posed]) -> frozenset[int]:
        signatures = {(one.goal.name, len(one.goal.arguments)) for one in posed}
        for signature in signatures - behind.keys():
            behind[signature] = frozenset(r.number for r in rules_behind(law, [signature]))
        return frozenset().union(*(behind[s] for s in signatures))

    own = [
        Witness(asked, world, tuple(posed), rules_of(posed))
        for asked in several
        for world, posed in asked.worlds()
    ]
    made = [
        Witness(told.asked, world, tuple(posed), rules_of(posed), True, told.notices)
        for told in generated
        for world, posed in told.asked.worlds()
    ]
    return sorted([*own, *made], key=lambda witness: witness.unsettled)


def unmet(law: Law, witnesses: Sequence[Witness], rules: Set[int]) -> list[Problem]:
    """The expectations whose answer is another one under the law as it is.

    Args:
        law: the law.
        witnesses: what is expected.
        rules: only what rests on one of these is looked at.
    """
    several = [w for w in witnesses if not rules.isdisjoint(w.rules)]
    settled = [witness for witness in several if not witness.unsettled]
    wanted = [goal_in(n, p.goal) for n, w in enumerate(settled) for p in w.posed]
    lifted = lift(law, [posed.goal for w in settled for posed in w.posed])
    together = ground_worlds(lifted, [(w.case, w.world) for w in settled], wanted)
    spoiled = {str(problem.arguments[0]) for problem in together.contradictions()}
    found = []
    for n, witness in enumerate(several):
        if n < len(settled) and world_name(n) not in spoiled:
            ground = together
        else:
            goals = [posed.goal for posed in witness.posed]
            ground = ground_case(law, witness.case, witness.world, goals)
        for posed in witness.posed:
            goal = goal_in(n, posed.goal) if ground is together else posed.goal
            if ground.answer(goal) != posed.expectation.answer:
                place = posed.expectation.position
                message = "the law does not answer what is expected here"
                hint = "`reasoner check` says what it answers"
                source = witness.case.source
                found.append(source.problem(message, place.line, place.column, 1, hint))
    return found


def places_by_rule(witnesses: Sequence[Witness]) -> Mapping[int, list[int]]:
    """For each rule the places of the witnesses that rest on it."""
    found: dict[int, list[int]] = {}
    for place, witness in enumerate(witnesses):
        for rule in witness.rules:
            found.setdefault(rule, []).append(place)
    return found

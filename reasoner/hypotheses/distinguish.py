"""Distinguish two cases: how their reasons differ, and which of their differences explain it.

The second case is put in the terms of the first (:mod:`reasoner.hypotheses.align`). The reasons of
both are then compared like those of one case in two worlds; days that play the same part, such as
the two days asked about, stand for each other. Every difference in the facts, the day, the readings
and the date of the law is a change that can be carried over from the one case to the other, and the
sets looked for are the smallest that carry the answer over with them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import Any, NamedTuple

from reasoner.casefiles.case import Case, Statement
from reasoner.casefiles.edits import Edit, apply_edits
from reasoner.hypotheses.align import Aligned, align
from reasoner.hypotheses.compare import Comparison, compare_cases
from reasoner.hypotheses.flips import minimal_flips
from reasoner.hypotheses.survey import question_of
from reasoner.lawfiles.rules import Law
from reasoner.lawfiles.vocabulary import Vocabulary
from reasoner.solving.ground import UNDETERMINED
from reasoner.solving.question import on_day
from reasoner.solving.replay import settled
from reasoner.solving.solve import Decision, World, answer, ground_case, pose, world_of
from reasoner.values import OPEN_END

_Facts = tuple[Statement, ...]


class Difference(NamedTuple):
    """Something in which two cases differ; each part says what is so in the first and the second.

    ``facts`` are what only one of them states. ``entities``, with their types, are those that only
    one of them has; all that it states of them is among the facts. Otherwise they differ in the
    option of a ``reading``, in the ``days`` asked about or in the ``law_dates``, 0 for none.
    """

    facts: tuple[_Facts, _Facts] = ((), ())
    entities: tuple[tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]] = ((), ())
    names: tuple[tuple[str, str], ...] = ()
    reading: str = ""
    options: tuple[str, str] = ("", "")
    days: tuple[int, int] | None = None
    law_dates: tuple[int, int] | None = None

    def carried_to(self, place: int) -> Edit:
        """The change that makes one case, 0 or 1, like the other in this."""
        other = 1 - place
        entities = self.entities[other]
        return Edit(
            removed=self.facts[place],
            added=self.facts[other],
            entities=entities,
            names=tuple(n for n in self.names if n[0] in dict(entities)),
            readings=((self.reading, self.options[other]),) if self.reading else (),
            as_of=self.days[other] if self.days else None,
            law_date=self.law_dates[other] if self.law_dates else None,
        )


@dataclass(frozen=True, slots=True)
class Distinction:
    """Two cases asked the same question, the second in the terms of the first.

    ``comparison`` has the one question, with both answers and the difference of the reasons. What
    explains other answers is what, carried over to the case at ``target``, makes it answer
    ``wanted``.
    """

    aligned: Aligned
    comparison: Comparison
    differences: tuple[Difference, ...]

    @property
    def decisions(self) -> tuple[Decision, Decision]:
        """Both answers."""
        return self.comparison.questions[0].decisions

    @property
    def same_answer(self) -> bool:
        """Whether both are answered alike."""
        return self.decisions[0].answer == self.decisions[1].answer

    @property
    def target(self) -> int:
        """The case to which differences are carried over: the first, if the second is settled."""
        return 1 if self.decisions[1].answer == UNDETERMINED else 0

    @property
    def wanted(self) -> str:
        """The answer of the other case."""
        return self.decisions[1 - self.target].answer


def distinguish(
    law: Law,
    first: Case,
    second: Case,
    question: str | None = None,
    *,
    about: Sequence[str] = (),
    **scenario: Any,
) -> Distinction:
    """Ask two cases the same question and find out in what they differ.

    Args:
        law: the law to apply.
        first: the case whose terms are used.
        second: the other case.
        question: a pinpoint, a predicate or an atom; without it, the question of the first case
            or, if it has none, of the second.
        about: the entities asked about, of either case; without them, the cases' own.
        scenario: what :func:`reasoner.solving.solve.world_of` takes beside law and case, for both
            cases.

    Raises:
        InputError: when the question names nothing, no day is given, or the facts of a case
            contradict each other.
    """
    text = question or first.question or second.question
    (goal, world), (goal_there, world_there) = (
        pose(law, case, text, about=[n for n in about if n in case.entities], **scenario)
        for case in (first, second)
    )
    pairs = list(zip(goal.arguments, goal_there.arguments, strict=True))
    given = [(here, there) for here, there in pairs if here is not None and there is not None]
    aligned = align(law.vocabulary, first, second, given)
    open_in_one = tuple(here if there is not None else None for here, there in pairs)
    asked = question_of(law, first, replace(goal, arguments=open_in_one))
    differences = tuple(_differences(law, (first, aligned), (world, world_there)))
    cases, worlds = (first, aligned.case), (world, world_there)
    alike = dict(_days_alike(law.vocabulary, cases, worlds, differences))
    comparison = compare_cases(law, cases, worlds, [asked], alike=alike)
    return Distinction(aligned, comparison, differences)


def explaining(found: Distinction) -> Iterator[tuple[int, ...] | None]:
    """Search for the smallest sets of differences that explain different answers, shortest first.

    Args:
        found: two cases with different answers.

    Yields:
        Each set, as places among the differences; None as a sign of life.
    """
    decision = found.decisions[found.target]
    edits = [difference.carried_to(found.target) for difference in found.differences]
    for flip in minimal_flips(
        decision.law, decision.case, decision.world, decision.goal, edits, found.wanted
    ):
        yield None if flip is None else flip.edits


def carried_over(found: Distinction, places: Iterable[int]) -> Case:
    """The case at the target with some differences carried over to it; it expects what it gets.

    Args:
        found: two cases with different answers.
        places: differences, as places among them.
    """
    decision = found.decisions[found.target]
    edits = [found.differences[place].carried_to(found.target) for place in places]
    asked = settled(decision.law, decision.case, decision.world, decision.goal)
    case = apply_edits(asked, edits)
    world = world_of(decision.law, case)
    goal = on_day(decision.law, decision.goal, world.day)
    answered = answer(ground_case(decision.law, case, world, [goal]), case, world, goal)
    other = found.decisions[1 - found.target].case
    case = replace(case, title=f"{case.title}, contrasted with: {other.title}", description="")
    return settled(decision.law, case, world, goal, answer=answered.answer)


def _differences(
    law: Law, cases: tuple[Case, Aligned], worlds: tuple[World, World]
) -> Iterator[Difference]:
    """In what two cases differ: the day, the law, the readings; then facts, in order."""
    first, second = worlds
    if first.day != second.day:
        yield Difference(days=(first.day, second.day))
    if first.law_date != second.law_date:
        yield Difference(law_dates=(first.law_date or 0, second.law_date or 0))
    chosen = dict(first.readings), dict(second.readings)
    for name, reading in law.vocabulary.readings.items():
        here, there = (side.get(name, reading.default) for side in chosen)
        if here != there:
            yield Difference(reading=name, options=(here, there))
    yield from _differences_of_facts(law.vocabulary, *cases)


def _differences_of_facts(
    vocabulary: Vocabulary, first: Case, aligned: Aligned
) -> Iterator[Difference]:
    second = aligned.case
    only = [
        [s for s in case.statements if not _says(other, s)]
        for case, other in ((first, second), (second, first))
    ]
    groups = {
        name: group
        for case, statements in zip((first, second), only, strict=True)
        for group in _strangers(case, statements, aligned.shared)
        for name in group
    }
    told: set[str] = set()
    pairs = _paired(vocabulary, *([s for s in side if not _names(s, groups)] for side in only))
    yield from (Difference(facts=pair) for pair in pairs)
    for name, group in groups.items():
        if name in told:
            continue
        told |= group
        facts = tuple(tuple(s for s in side if _names(s, group)) for side in only)
        entities = tuple(
            tuple((n, kind) for n, kind in case.entities.items() if n in group)
            for case in (first, second)
        )
        names = {**first.names, **second.names}
        called = tuple((n, names[n]) for side in entities for n, _ in side)
        yield Difference((facts[0], facts[1]), (entities[0], entities[1]), called)


def _says(case: Case, statement: Statement) -> bool:
    """Whether a case says the same; to deny something and not to state it comes to the same."""
    said = next((s.status for s in case.statements if s.atom == statement.atom), "denied")
    return said == statement.status


def _names(statement: Statement, group: Iterable[str]) -> bool:
    return not set(group).isdisjoint(statement.arguments)


def _strangers(
    case: Case, statements: Iterable[Statement], shared: frozenset[str]
) -> list[frozenset[str]]:
    """The entities that only this case has, those together that facts relate."""
    groups = [frozenset([name]) for name in case.entities if name not in shared]
    for statement in statements:
        touched = [group for group in groups if _names(statement, group)]
        if len(touched) > 1:
            merged = frozenset().union(*touched)
            groups = [merged if group == touched[0] else group for group in groups]
            groups = [group for group in groups if group == merged or group not in touched]
    return groups


def _paired(
    vocabulary: Vocabulary, first: Sequence[Statement], second: Sequence[Statement]
) -> Iterator[tuple[_Facts, _Facts]]:
    """What each of two cases states and the other does not, with what it states instead."""
    rest = list(second)
    places = {fact: place for place, fact in enumerate(vocabulary.facts)}
    pairs: list[tuple[_Facts, _Facts]] = []
    for one in first:
        alike = [s for s in rest if (s.name, s.arguments[0]) == (one.name, one.arguments[0])]
        instead = max(alike, key=lambda s: _agreement(one, s), default=None)
        if instead is not None:
            rest.remove(instead)
        pairs.append(((one,), () if instead is None else (instead,)))
    pairs += [((), (s,)) for s in rest]
    return iter(sorted(pairs, key=lambda pair: places[(pair[0] or pair[1])[0].name]))


def _agreement(one: Statement, other: Statement) -> tuple[bool, int]:
    pairs = zip_longest(one.arguments, other.arguments)
    return one.atom == other.atom, sum(left == right for left, right in pairs)


def _days_alike(
    vocabulary: Vocabulary,
    cases: tuple[Case, Case],
    worlds: tuple[World, World],
    differences: Iterable[Difference],
) -> Iterator[tuple[str, str]]:
    """The days of which the first case says what the second says of other days."""
    stated = [{s.atom: s for s in case.statements} for case in cases]
    common = {
        day
        for atom, statement in stated[0].items()
        if atom in stated[1]
        for day in _days(vocabulary, statement)
    }
    taken = [{*common, OPEN_END, str(world.day)} for world in worlds]
    for difference in differences:
        here, there = difference.facts
        if len(here) != 1 or len(there) != 1 or any(difference.entities):
            continue
        days = _days(vocabulary, here[0]), _days(vocabulary, there[0])
        for left, right in zip(*days, strict=True):
            if left not in taken[0] and right not in taken[1]:
                taken[0].add(left)
                taken[1].add(right)
                if left != right:
                    yield left, right


def _days(vocabulary: Vocabulary, statement: Statement) -> list[str]:
    kinds = [argument.type for argument in vocabulary.facts[statement.name].arguments]
    pairs = zip(kinds, statement.arguments, strict=True)
    return [term for kind, term in pairs if kind == "date"]

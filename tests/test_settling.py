"""What settles an answer, against trying all completions of small cases."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reasoner.casefiles.case import Statement
from reasoner.errors import Position
from reasoner.lawfiles.rules import Law
from reasoner.solving.ground import UNDETERMINED, Ground
from reasoner.solving.question import Goal
from reasoner.solving.settling import Settling, settle, settling_sets, some_settling_set

CALM = settings(deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
NOWHERE = Position("", 0, 0)
PEOPLE = ("rose", "jack")
GOALS = [
    Goal("keeps_plot", ("rose", "20240601"), ""),
    Goal("forfeited", ("rose",), ""),
    Goal("paid_in_time", (None, "20240601"), ""),
    Goal("tenant", ("jack", "20240601"), ""),
]
FIXED = ["gardener(rose).", "gardener(jack).", "plot(p1).", "as_of(20240601)."]
STATED = ["leased_to(p1,rose,20200101).", "bed(p1,1,12,beans).", "rent_paid(rose,20240201)."]
OPEN = [
    "nuisance(rose)", "pardoned(rose)", "founder(rose)", "founder(jack)", "vouches(jack,rose)",
    "vouches(rose,jack)", "bed(p1,2,9,beans)", "bed(p1,3,8,beans)",
]  # fmt: skip
RANGES = [
    [f"rent_paid(rose,{day})" for day in (20240330, 20240331, 20240401, 20240402)],
    [f"leased_to(p1,jack,{day})" for day in (20240531, 20240601, 20240602)],
]
Box = tuple[tuple[int, ...], ...]
"""For each unknown the values that it may have."""


@dataclass(frozen=True)
class Open:
    """What is stated, and what is unknown: facts, and facts of which one holds."""

    stated: tuple[str, ...]
    facts: tuple[str, ...]
    ranges: tuple[tuple[str, ...], ...]

    @property
    def sizes(self) -> list[int]:
        """How many values each unknown has."""
        return [2] * len(self.facts) + [len(row) for row in self.ranges]

    def ground(self, law: Law) -> Ground:
        """The law with what is unknown left open."""
        choices = [f"{{{fact}}}." for fact in self.facts]
        choices += [f"1{{{';'.join(row)}}}1." for row in self.ranges]
        rows = [list(map(statement, row)) for row in self.ranges]
        unknown = [*map(statement, self.facts), *(s for row in rows for s in row)]
        return Ground(law, [*FIXED, *self.stated, *choices], unknown, GOALS, rows)

    def completed(self, law: Law, values: Sequence[int]) -> Ground:
        """The law with a value for each unknown."""
        pairs = list(zip(self.facts, values, strict=False))
        facts = [f"{fact}." for fact, value in pairs if value]
        rest = zip(self.ranges, values[len(self.facts) :], strict=True)
        return Ground(
            law, [*FIXED, *self.stated, *facts, *(f"{r[v]}." for r, v in rest)], (), GOALS
        )

    def box(self, settling: Settling) -> Box:
        """The values that a settling set leaves to each unknown."""
        values = {s.atom: (int(value),) for s, value in settling.values}
        found = [values.get(fact, (0, 1)) for fact in self.facts]
        for row in self.ranges:
            first, last = 0, len(row) - 1
            for days in settling.days:
                first = (
                    row.index(days.first.atom) if days.first and days.first.atom in row else first
                )
                last = row.index(days.last.atom) if days.last and days.last.atom in row else last
            found.append(tuple(range(first, last + 1)))
        return tuple(found)


def statement(atom: str) -> Statement:
    """A statement of a fact of which nothing is known."""
    name, _, rest = atom.partition("(")
    return Statement(name, tuple(rest[:-1].split(",")), "unknown", NOWHERE)


def boxes(sizes: Sequence[int]) -> Iterator[Box]:
    """Every way to leave each unknown some values in a row."""
    yield from product(
        *(
            [tuple(range(a, b)) for a in range(size) for b in range(a + 1, size + 1)]
            for size in sizes
        )
    )


def within(inner: Box, outer: Box) -> bool:
    return all(set(a) <= set(b) for a, b in zip(inner, outer, strict=True))


def expected(outcomes: Mapping[tuple[int, ...], bool], sizes: Sequence[int]) -> dict[Box, str]:
    """The widest boxes in which all completions agree, with the answer."""
    agreeing = {}
    for box in boxes(sizes):
        answers = {outcomes[values] for values in product(*box)}
        if len(answers) == 1:
            agreeing[box] = "yes" if answers.pop() else "no"
    return {
        box: answer
        for box, answer in agreeing.items()
        if not any(box != other and within(box, other) for other in agreeing)
    }


@st.composite
def opened(draw: st.DrawFn) -> Open:
    """A random case with unknown facts and unknown days."""
    facts = draw(st.lists(st.sampled_from(OPEN), max_size=4, unique=True))
    ranges = draw(
        st.lists(st.sampled_from(RANGES), max_size=1 if len(facts) > 3 else 2, unique_by=str)
    )
    stated = draw(st.lists(st.sampled_from([*STATED, *(f"{f}." for f in OPEN if f not in facts)])))
    return Open(tuple(dict.fromkeys(stated)), tuple(facts), tuple(map(tuple, ranges)))


@settings(CALM, max_examples=30)
@given(opened(), st.sampled_from(GOALS))
def test_the_sets_found_are_the_smallest_that_settle_the_answer(
    garden: Law, story: Open, goal: Goal
) -> None:
    ground = story.ground(garden)
    outcomes = {
        values: bool(story.completed(garden, values).settled(goal.text))
        for values in product(*map(range, story.sizes))
    }
    answers = {True: "yes", False: "no"}
    if len(set(outcomes.values())) == 1:
        assert ground.answer(goal) == answers[next(iter(outcomes.values()))]
        return
    assert ground.answer(goal) == UNDETERMINED
    found, complete = settle(ground, goal, 1000)
    assert complete
    assert {story.box(s): s.answer for s in found} == expected(outcomes, story.sizes)
    assert [s.size for s in found] == sorted(s.size for s in found)
    for answer in ("yes", "no"):
        some = [s for s in some_settling_set(ground, goal, answer) if s is not None]
        assert {story.box(s) for s in some} <= {story.box(s) for s in found if s.answer == answer}
        assert len(some) == 1


@pytest.mark.parametrize("limit", [1, 2, 3])
def test_each_answer_has_its_share_of_what_is_named(garden: Law, limit: int) -> None:
    story = Open(
        tuple(STATED[:1]), ("bed(p1,1,20,beans)", *OPEN[:4]), tuple(map(tuple, RANGES[:1]))
    )
    found, complete = settle(story.ground(garden), GOALS[0], limit)
    assert not complete
    assert len(found) == limit
    assert len({s.answer for s in found}) == min(limit, 2)
    assert [s.size for s in found] == sorted(s.size for s in found)


def test_a_search_shows_signs_of_life(garden: Law) -> None:
    story = Open(tuple(STATED), tuple(OPEN), ())
    signs = list(settling_sets(story.ground(garden), GOALS[0], "no"))
    assert None in signs
    assert any(sign is not None for sign in signs)

"""Under which readings an answer holds, against trying all combinations of options."""

from dataclasses import replace
from functools import cache
from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from shipped import lifted_law, shipped_law

from reasoner import find_case
from reasoner.casefiles.case import Case, read_case, read_case_text
from reasoner.hypotheses.sensitivity import Choice, Sensitivity, rules_at_work, weigh_readings
from reasoner.lawfiles.rules import Law
from reasoner.reasons.worlds import goal_in, ground_worlds
from reasoner.solving.question import Goal
from reasoner.solving.search import COMPLETE, LIMIT, TIME
from reasoner.solving.solve import World, decide, ground_case, pose
from reasoner.source import Source

CALM = settings(deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
CASES = [
    "one-day-gap",
    "everything-in-order",
    "quebec-opinion-unknown",
    "printed-last-day",
    "leave-obtained-abroad",
]


@cache
def posed(name: str) -> tuple[Case, Goal, World]:
    """A shipped case with its question."""
    law = shipped_law()
    case = read_case(str(find_case(name)), law.vocabulary)
    goal, world = pose(law, case)
    return case, goal, world


def weighed(name: str, **options: int) -> Sensitivity:
    case, goal, world = posed(name)
    return weigh_readings(shipped_law(), case, world, goal, **options)


@cache
def looked_at(name: str) -> tuple[str, ...]:
    """The readings of which some matter, and others that the question looks at."""
    found = weighed(name)
    matter = dict.fromkeys(row.reading for row in found.table)
    return (*matter, *found.silent)


def with_readings(law: Law, readings: list[str]) -> Law:
    """The law as if it had no other readings to choose than some."""
    kept = {name: law.vocabulary.readings[name] for name in readings}
    return replace(law, vocabulary=replace(law.vocabulary, readings=kept))


def under(world: World, options: tuple[Choice, ...]) -> World:
    return replace(world, readings=tuple(dict([*world.readings, *options]).items()))


def answers(case: Case, goal: Goal, worlds: list[World]) -> list[str]:
    """The answer in each world."""
    if any(statement.status == "unknown" for statement in case.statements):
        return [ground_case(shipped_law(), case, w, [goal]).answer(goal) for w in worlds]
    goals = [goal_in(place, goal) for place in range(len(worlds))]
    ground = ground_worlds(lifted_law(), [(case, w) for w in worlds], goals)
    return [ground.answer(one) for one in goals]


@settings(CALM, max_examples=12)
@given(st.sampled_from(CASES), st.data())
def test_the_sets_found_are_the_minimal_ones(name: str, data: st.DataObject) -> None:
    case, goal, world = posed(name)
    known = looked_at(name)
    likely = st.sampled_from(known[:4]) | st.sampled_from(known)
    chosen = data.draw(st.lists(likely, min_size=2, max_size=3, unique=True))
    law = with_readings(shipped_law(), sorted(chosen, key=known.index))
    found = weigh_readings(law, case, world, goal, limit=1000)
    taken = {r.id: r.default for r in law.vocabulary.readings.values()} | dict(world.readings)
    options = [
        [(r.id, f"{o.id}(1)" if o.parameter else o.id) for o in r.options]
        for r in law.vocabulary.readings.values()
    ]
    combinations = list(product(*options))
    outcome = dict(
        zip(combinations, answers(case, goal, [under(world, c) for c in combinations]), strict=True)
    )
    assert found.ended == COMPLETE
    changed = {
        frozenset(choice for choice in c if taken[choice[0]] != choice[1]): answer
        for c, answer in outcome.items()
        if answer != found.answer
    }
    minimal = {
        (options, answer)
        for options, answer in changed.items()
        if not any(
            other < options and (found.answer != "undetermined" or changed[other] == answer)
            for other in changed
        )
    }
    assert {(frozenset(s.options), s.answer) for s in found.sets} == minimal
    for row in found.table:
        alone = ((row.reading, row.option),)
        assert row.answer == answers(case, goal, [under(world, alone)])[0]
        assert row.taken == (taken[row.reading] == row.option)
    matters = {reading for s in found.sets for reading, _ in s.options}
    assert {row.reading for row in found.table} == matters
    assert set(found.silent) == set(chosen) - matters
    assert found.robust == (not minimal)


def test_each_set_says_what_then_decides() -> None:
    found = weighed("one-day-gap")
    case, goal, _ = posed("one-day-gap")
    assert found.sets
    for decided in found.sets:
        again = decide(shipped_law(), case, goal.text, readings=decided.options)
        assert again.answer == decided.answer == "yes"


@pytest.mark.parametrize(("options", "ended"), [({"limit": 2}, LIMIT), ({"spent": 1}, TIME)])
def test_a_search_cut_short_says_so(options: dict[str, int], ended: str) -> None:
    case, goal, world = posed("one-day-gap")
    given = {"limit": options.get("limit", 12), "spent": (lambda: "spent" in options)}
    found = weigh_readings(shipped_law(), case, world, goal, **given)  # type: ignore[arg-type]
    assert found.ended == ended
    assert not found.robust


def test_nothing_that_is_not_looked_at_can_matter() -> None:
    """Options of readings behind rules that nothing brings into play change no answer."""
    case, goal, world = posed("printed-last-day")
    law = shipped_law()
    found = weighed("printed-last-day")
    rows = [
        (reading, o.id)
        for reading in found.elsewhere
        for o in law.vocabulary.readings[reading].options
        if not o.parameter
    ]
    assert set(answers(case, goal, [under(world, (row,)) for row in rows])) == {found.answer}
    assert rules_at_work(law, case, goal)


GAP = """
case: {days} days
question: '65(b)(ii)'
as_of: 2021-06-01
people:
  ana:
    inadmissible: {{under: A36(2), since: 2015-04-10}}
    resides_in_canada: {{from: 2016-01-05}}
permits:
  first:  {{holder: ana, issued: 2016-01-05, from: 2016-01-05, until: 2018-12-25, grounds: A36(2)}}
  second:
    holder: ana
    issued: {second}
    from: {second}
    until: 2021-12-20
    grounds: A36(2)
    delay_beyond_control: yes
"""


@pytest.mark.parametrize(("days", "second"), [(1, "2018-12-27"), (6, "2019-01-01")])
def test_the_numbers_tried_are_those_near_the_gap(days: int, second: str) -> None:
    law = shipped_law()
    source = Source("gap.yaml", GAP.format(days=days, second=second))
    case = read_case_text(source, law.vocabulary)
    goal, world = pose(law, case)
    found = weigh_readings(law, case, world, goal)
    tried = {1, days}
    assert found.numbers == (
        ("gap", "tolerant(N)", tuple(f"tolerant({n})" for n in sorted(tried))),
    )
    assert found.answer == "no"
    assert ((("gap", f"tolerant({days})"),), "yes") in [(s.options, s.answer) for s in found.sets]
    assert decide(law, case, readings=[("gap", f"tolerant({days - 1})")]).answer == "no"


RANGE = """
case: A doubtful beginning
question: 65
as_of: 2024-01-20
people:
  nova:
    inadmissible: {under: A36(2), since: 2015-04-10}
    resides_in_canada: {from: between 2019-01-18 and 2019-01-22}
permits:
  first:  {holder: nova, issued: 2019-01-15, from: 2019-01-15, until: 2022-01-14, grounds: A36(2)}
  second: {holder: nova, issued: 2022-01-15, from: 2022-01-15, until: 2025-01-14, grounds: A36(2)}
"""


def test_what_settles_a_range_holds_on_each_of_its_days() -> None:
    law = shipped_law()
    case = read_case_text(Source("range.yaml", RANGE), law.vocabulary)
    goal, world = pose(law, case)
    found = weigh_readings(law, case, world, goal)
    assert found.answer == "undetermined"
    assert found.sets
    for decided in found.sets:
        answer = decide(law, case, readings=decided.options).answer
        assert answer == decided.answer != "undetermined"

"""The minimal sets of changes, against deciding the case as it is after every set of changes."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import combinations, product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from paths import GARDEN
from shipped import lifted_law

from reasoner.casefiles.case import Case, Statement, read_case_text
from reasoner.casefiles.edits import ASSUMED, Edit, apply_edits
from reasoner.hypotheses.flips import Flip, minimal_flips
from reasoner.lawfiles.law import load_law
from reasoner.lawfiles.rules import Law
from reasoner.reasons.worlds import Lifted, goal_in, ground_worlds, lift, world_name
from reasoner.solving.question import Goal, on_day
from reasoner.solving.solve import World, pose
from reasoner.source import Source

CALM = settings(deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
YES, NO = "yes", "no"


@cache
def lifted_garden() -> Lifted:
    """The law of the garden, for many worlds."""
    return lift(load_law(GARDEN))


def statement(text: str, status: str = "stated") -> Statement:
    """A statement from an atom."""
    name, _, rest = text.partition("(")
    return Statement(name, tuple(rest[:-1].split(",")), status, ASSUMED)


def case_of(law: Law, facts: Sequence[str]) -> Case:
    """A case from its facts."""
    text = "\n".join(f"{fact}." for fact in facts)
    return read_case_text(Source("story.lp", text), law.vocabulary)


def move(before: str, after: str) -> Edit:
    """The change of one fact into another."""
    return Edit(removed=(statement(before),), added=(statement(after),))


def add(*facts: str, status: str = "stated") -> Edit:
    """The change that states, denies or opens facts."""
    return Edit(added=tuple(statement(fact, status) for fact in facts))


def completions(case: Case) -> Iterator[Case]:
    """The case with each unknown fact so or not."""
    unknown = [s for s in case.statements if s.status == "unknown"]
    known = [s for s in case.statements if s.status != "unknown"]
    for truths in product((True, False), repeat=len(unknown)):
        pairs = zip(unknown, truths, strict=True)
        chosen = [replace(s, status="stated") for s, holds in pairs if holds]
        yield replace(case, statements=(*known, *chosen))


def outcomes(lifted: Lifted, asked: Sequence[tuple[Case, World, Goal]]) -> list[set[str]]:
    """The answers that each case can have, whatever is unknown, contradictions left out."""
    worlds = [(c, world) for case, world, _ in asked for c in completions(case)]
    owners = [n for n, (case, _, _) in enumerate(asked) for _ in completions(case)]
    goals = [goal_in(place, asked[owner][2]) for place, owner in enumerate(owners)]
    ground = ground_worlds(lifted, worlds, goals)
    contradictory = {arguments[0] for arguments in ground.arguments_of("problem")}
    found: list[set[str]] = [set() for _ in asked]
    for place, owner in enumerate(owners):
        if world_name(place) not in contradictory:
            found[owner].add(YES if ground.settled(goals[place].text) else NO)
    return found


def changed(
    law: Law, case: Case, world: World, goal: Goal, edits: Sequence[Edit]
) -> tuple[Case, World, Goal]:
    """A case after some changes, with the world and the goal that go with it."""
    case = apply_edits(case, edits)
    day = next((e.as_of for e in edits if e.as_of is not None), world.day)
    chosen = dict([*world.readings, *(pair for e in edits for pair in e.readings)])
    return case, replace(world, day=day, readings=tuple(chosen.items())), on_day(law, goal, day)


def by_brute_force(
    lifted: Lifted, case: Case, world: World, goal: Goal, edits: Sequence[Edit], wanted: str
) -> set[tuple[int, ...]]:
    """The subset-minimal sets of changes that give an answer, found by trying all sets."""
    places = range(len(edits))
    sets = [c for size in range(len(edits) + 1) for c in combinations(places, size)]
    allowed = [
        chosen
        for chosen in sets
        if all(not edits[a].subjects & edits[b].subjects for a, b in combinations(chosen, 2))
    ]
    law = lifted.written
    worlds = [changed(law, case, world, goal, [edits[n] for n in chosen]) for chosen in allowed]
    reached = [
        chosen
        for chosen, found in zip(allowed, outcomes(lifted, worlds), strict=True)
        if found == {wanted}
    ]
    return {c for c in reached if not any(set(other) < set(c) for other in reached)}


def search(
    law: Law,
    case: Case,
    world: World,
    goal: Goal,
    edits: Sequence[Edit],
    wanted: str,
    costs: Sequence[int] = (),
) -> list[Flip]:
    """All that the search finds."""
    found = minimal_flips(law, case, world, goal, edits, wanted, costs)
    return [flip for flip in found if flip is not None]


def compare(
    lifted: Lifted, facts: Sequence[str], question: str, edits: Sequence[Edit], costs: Sequence[int]
) -> None:
    """Hold the search against trying all sets, for both answers."""
    law = lifted.written
    case = case_of(law, facts)
    goal, world = pose(law, case, question)
    for wanted in (YES, NO):
        found = search(law, case, world, goal, edits, wanted, costs)
        expected = by_brute_force(lifted, case, world, goal, edits, wanted)
        assert {flip.edits for flip in found} == expected
        assert len(found) == len(expected)
        assert [flip.cost for flip in found] == sorted(flip.cost for flip in found)
        assert all(flip.cost == sum(costs[n] for n in flip.edits) for flip in found)


# The garden

GARDENERS = ("rose", "jack", "fern")
RENT_DAYS = (20240330, 20240331, 20240401)
GARDEN_FACTS = (
    *(f"leased_to(plot1,{g},{d})" for g in GARDENERS[:2] for d in (20240101, 20240615)),
    *(f"rent_paid({g},{d})" for g in GARDENERS[:2] for d in RENT_DAYS),
    *(f"bed(plot1,{n},{area},beans)" for n in (1, 2) for area in (10, 20)),
    *(f"nuisance({g})" for g in GARDENERS[:2]),
    *(f"pardoned({g})" for g in GARDENERS[:2]),
    *(f"vouches({g},{h})" for g in GARDENERS for h in GARDENERS[:2] if g != h),
    *(f"founder({g})" for g in GARDENERS),
)
GARDEN_CASE = ("gardener(rose)", "gardener(jack)", "gardener(fern)", "plot(plot1)", "about(rose)")
GARDEN_EDITS = (
    *(add(fact) for fact in GARDEN_FACTS),
    *(add(fact, status="denied") for fact in GARDEN_FACTS),
    *(add(fact, status="unknown") for fact in GARDEN_FACTS),
    *(Edit(removed=(statement(fact),)) for fact in GARDEN_FACTS),
    move("rent_paid(rose,20240401)", "rent_paid(rose,20240331)"),
    move("rent_paid(rose,20240331)", "rent_paid(rose,20240330)"),
    move("bed(plot1,1,10,beans)", "bed(plot1,1,20,beans)"),
    Edit(readings=(("due", "exclusive"),)),
    Edit(as_of=20240701),
    Edit(as_of=20230701),
)
LIKELY = (
    add("leased_to(plot1,rose,20240101)", "bed(plot1,1,10,beans)"),
    add("rent_paid(rose,20240331)"),
    add("rent_paid(rose,20240330)"),
    add("bed(plot1,2,20,beans)"),
    add("bed(plot1,2,10,beans)"),
    add("bed(plot1,3,10,beans)"),
    add("nuisance(rose)"),
    add("nuisance(rose)", status="denied"),
    add("pardoned(rose)"),
    add("vouches(jack,rose)"),
    add("vouches(fern,jack)", "founder(fern)"),
)


@st.composite
def garden_cases(draw: st.DrawFn) -> list[str]:
    """The facts of a case about the garden, some of them unknown."""
    usual = ["leased_to(plot1,rose,20240101)", "rent_paid(rose,20240331)"]
    usual += ["bed(plot1,1,20,beans)", "nuisance(rose)"]
    facts = draw(st.lists(st.sampled_from(GARDEN_FACTS), max_size=4, unique=True))
    facts = [
        *dict.fromkeys([*draw(st.sampled_from([usual, usual[:3], usual[1:], usual[:1]])), *facts])
    ]
    unknown = draw(st.sets(st.integers(0, 6), max_size=2))
    marked = [f"unknown({fact})" if n in unknown else fact for n, fact in enumerate(facts)]
    return [*GARDEN_CASE, f"as_of({draw(st.sampled_from((20240601, 20240615)))})", *marked]


@settings(CALM, max_examples=60)
@given(
    garden_cases(),
    st.lists(st.sampled_from(GARDEN_EDITS), max_size=3),
    st.lists(st.sampled_from(LIKELY), min_size=4, max_size=6, unique=True),
    st.lists(st.integers(1, 5), min_size=10, max_size=10),
)
def test_the_garden_by_brute_force(
    facts: list[str], edits: list[Edit], likely: list[Edit], costs: list[int]
) -> None:
    compare(lifted_garden(), facts, "keeps_plot", [*likely, *edits], costs)


# The law that comes with the program

PERMITS = {
    "first": ("20190115", "20210114"),
    "second": ("20210115", "20240114"),
}
SHIPPED_CASE = (
    "person(ana)",
    "about(ana)",
    "permit(first)",
    "permit(second)",
    "resides_in_canada(ana,20190115,99991231)",
    "inadmissible_found(ana,a38_1_c,20150101,99991231)",
    *(f"issued_to({permit},ana)" for permit in PERMITS),
    *(f"issued_on({permit},{first})" for permit, (first, _) in PERMITS.items()),
    *(f"valid_from({permit},{first})" for permit, (first, _) in PERMITS.items()),
)
SHIPPED_EDITS = (
    add("provincial_opinion(ana,quebec,20230101)"),
    add("intends_to_reside_in(ana,quebec)"),
    add("intends_to_reside_in(ana,quebec)", status="unknown"),
    Edit(removed=(statement("intends_to_reside_in(ana,quebec)"),)),
    add("inadmissible_found(ana,a36_2,20100101,99991231)"),
    add("inadmissible_found(ana,a36_1,20220101,99991231)"),
    move(
        "inadmissible_found(ana,a38_1_c,20150101,99991231)",
        "inadmissible_found(ana,a36_2,20150101,99991231)",
    ),
    add("trip_abroad(ana,20210601,20210615)"),
    add("reentry_authorized(second,20210501)"),
    add("permit_cancelled(second,20230101)"),
    move("printed_expiry(first,20210114)", "printed_expiry(first,20210113)"),
    move("printed_expiry(first,20210113)", "printed_expiry(first,20210114)"),
    move("printed_expiry(first,20210114)", "printed_expiry(first,20180101)"),  # before it begins
    add("printed_expiry(first,20210112)"),  # a second last day
    move("valid_from(first,20190115)", "valid_from(first,20180115)"),
    move("valid_from(first,20190115)", "valid_from(first,20190116)"),
    add("recorded_ground(first,a38_1_c)"),
    add("rehabilitated(ana,a36_2,20200101)"),
    add("citizen(ana,20230101,99991231)"),
    add("citizen(ana,20180101,99991231)"),  # and holder of a permit
    Edit(readings=(("gap", "tolerant(1)"),)),
    Edit(readings=(("gap41", "overstay"),)),
    Edit(as_of=20220115),
    Edit(as_of=20240115),
)


@st.composite
def shipped_cases(draw: st.DrawFn) -> list[str]:
    """The facts of a case about two permits, some of them unknown."""
    ends = [draw(st.sampled_from(("20210113", "20210114"))), "20240114"]
    facts = [f"printed_expiry({permit},{end})" for permit, end in zip(PERMITS, ends, strict=True)]
    more = ["intends_to_reside_in(ana,quebec)", "provincial_opinion(ana,quebec,20230101)"]
    for fact in draw(st.lists(st.sampled_from(more), max_size=2, unique=True)):
        facts.append(draw(st.sampled_from((fact, f"unknown({fact})"))))
    return [*SHIPPED_CASE, *facts, "as_of(20220114)"]


@settings(CALM, max_examples=20)
@given(
    shipped_cases(),
    st.sampled_from(("65", "65(b)", "65(c)", "65(d)")),
    st.lists(st.sampled_from(SHIPPED_EDITS), min_size=4, max_size=6),
    st.lists(st.integers(1, 3), min_size=6, max_size=6),
)
def test_the_shipped_law_by_brute_force(
    facts: list[str], question: str, edits: list[Edit], costs: list[int]
) -> None:
    compare(lifted_law(), facts, question, edits, costs)


@pytest.mark.parametrize(
    ("edits", "expected"),
    [
        ([add("nuisance(rose)")], [(0,)]),
        ([add("nuisance(rose)"), add("founder(rose)")], [(0,)]),
        ([add("rent_paid(rose,20240330)", status="denied")], []),
        ([], []),
    ],
)
def test_what_is_found(edits: list[Edit], expected: list[tuple[int, ...]]) -> None:
    law = lifted_garden().written
    facts = ["leased_to(plot1,rose,20240101)", "rent_paid(rose,20240331)", "bed(plot1,1,20,beans)"]
    case = case_of(law, [*GARDEN_CASE, "as_of(20240601)", *facts])
    goal, world = pose(law, case, "keeps_plot")
    assert [flip.edits for flip in search(law, case, world, goal, edits, NO)] == expected
    assert search(law, case, world, goal, edits, YES) == [Flip((), 0)]

"""What would have to be different: every set flips the answer, and no part of one does."""

import json
from collections.abc import Iterable
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from paths import CASE_FILES
from shipped import lifted_law
from test_flips import CALM, GARDEN_CASE, case_of, garden_cases, lifted_garden, outcomes

from reasoner import decide
from reasoner.casefiles.case import read_case
from reasoner.casefiles.edits import Edit
from reasoner.cli import main
from reasoner.hypotheses.candidates import DENY, MAKE, MOVE, STATE, WAIT
from reasoner.hypotheses.needs import Need, Scenario, Search, changed, sides
from reasoner.reasons.worlds import Lifted
from reasoner.solving.search import gather
from reasoner.solving.solve import pose

LEASED = ("leased_to(plot1,rose,20240101)", "bed(plot1,1,20,beans)")


def search(scenario: Scenario, wanted: str, limit: int, *, anything: bool = False) -> list[Need]:
    """The first sets found."""
    found = Search(scenario, wanted, anything=anything)
    return list(gather(found.run(), limit=limit).found)


def scenario_of(lifted: Lifted, facts: Iterable[str], question: str) -> Scenario:
    """A question about a case of some facts."""
    law = lifted.written
    case = case_of(law, list(facts))
    goal, world = pose(law, case, question)
    return Scenario(law, case, world, goal)


def shipped(name: str, question: str | None = None) -> Scenario:
    """A question about a shipped case."""
    law = lifted_law().written
    case = read_case(str(CASE_FILES[name]), law.vocabulary)
    goal, world = pose(law, case, question)
    return Scenario(law, case, world, goal)


def hold(lifted: Lifted, scenario: Scenario, needs: Iterable[Need]) -> None:
    """Check that every set of changes gives the answer, and no proper part of it does."""
    for need in needs:
        edits = [change.edit for change in need.changes]
        parts = [c for size in range(len(edits)) for c in combinations(edits, size)]
        brought = brought_in(edits)
        parts = [part for part in parts if spoken_of(part) & brought <= brought_in(part)]
        asked = [changed(scenario, part)[1:] for part in [edits, *parts]]
        cases = [(case, world, goal) for case, world, goal in asked]
        answers = outcomes(lifted, cases)
        assert answers[0] == {need.wanted}, need.changes
        assert all(found != {need.wanted} for found in answers[1:]), need.changes
        goal = need.goal.text
        decided = decide(scenario.law, need.case, goal, as_of=need.world.day, limit=0)
        assert decided.answer == need.wanted


def brought_in(edits: Iterable[Edit]) -> set[str]:
    """The things that some changes bring in."""
    return {name for edit in edits for name, _ in edit.entities}


def spoken_of(edits: Iterable[Edit]) -> set[str]:
    """What the facts that some changes state speak of."""
    return {term for edit in edits for s in edit.added for term in s.arguments}


@settings(CALM, max_examples=25)
@given(garden_cases(), st.booleans())
@example([*GARDEN_CASE, "as_of(20240601)", *LEASED, "rent_paid(rose,20240401)"], True)
@example([*GARDEN_CASE, "as_of(20240601)", *LEASED, "unknown(nuisance(rose))"], False)
def test_in_the_garden_every_set_flips_the_answer(facts: list[str], anything: bool) -> None:
    lifted = lifted_garden()
    scenario = scenario_of(lifted, facts, "keeps_plot")
    law, case, world, goal = scenario
    answer = decide(law, case, goal.text, as_of=world.day, limit=0).answer
    for wanted in sides(answer):
        hold(lifted, scenario, search(scenario, wanted, 6, anything=anything))


@pytest.mark.parametrize(
    ("name", "anything"),
    [
        ("quebec-opinion-missing", False),
        ("one-day-gap", False),
        ("single-three-year-permit", False),
    ],
)
def test_in_shipped_cases_every_set_flips_the_answer(name: str, anything: bool) -> None:
    scenario = shipped(name)
    answer = decide(scenario.law, scenario.case, limit=0).answer
    for wanted in sides(answer):
        needs = search(scenario, wanted, 2, anything=anything)
        assert needs
        hold(lifted_law(), scenario, needs)


def test_what_is_past_stays_as_it_is() -> None:
    law = lifted_law().written
    for name in ("one-day-gap", "single-three-year-permit"):
        scenario = shipped(name)
        answer = decide(law, scenario.case, limit=0).answer
        found = Search(scenario, sides(answer)[0])
        found.widen()
        for candidate in found.candidates:
            facts = [law.vocabulary.facts[s.name] for s in candidate.edit.removed]
            assert all(fact.can_change.how in ("yes", "by") for fact in facts)
            for statement in candidate.edit.added:
                arguments = law.vocabulary.facts[statement.name].arguments
                days = [
                    int(term)
                    for argument, term in zip(arguments, statement.arguments, strict=True)
                    if argument.type == "date" and candidate.sort in (STATE, MAKE)
                ]
                assert all(day >= scenario.world.day for day in days)


def sorts(needs: Iterable[Need]) -> list[set[str]]:
    """Of what sort the changes of each set are."""
    return [{change.sort for change in need.changes} for need in needs]


def test_a_missing_opinion_is_the_province_s_to_give() -> None:
    needs = search(shipped("quebec-opinion-missing"), "yes", 3)
    actors = {change.actor for need in needs for change in need.changes}
    assert "the Province" in actors
    assert "yara" in actors


def test_a_gap_would_have_been_avoided_by_a_day() -> None:
    scenario = shipped("one-day-gap")
    needs = search(scenario, "yes", 3, anything=True)
    hold(lifted_law(), scenario, needs)
    moved = [
        {s.atom for c in need.changes for s in c.edit.added}
        for need in needs
        if sorts([need]) == [{MOVE}]
    ]
    assert {"printed_expiry(first,20220115)"} in moved
    assert {"valid_from(second,20220115)", "issued_on(second,20220115)"} in moved


def test_a_share_moves_to_the_number_that_is_enough() -> None:
    name = "half-of-votes-and-of-ownership"
    needs = search(shipped(name), "yes", 8, anything=True)
    stated = {s.atom for need in needs for c in need.changes for s in c.edit.added}
    assert "held_by_canadians(bakery,voting,51,19000101,99991231)" in stated
    assert "held_by_canadians(bakery,ownership,51,19000101,99991231)" in stated
    assert "held_by_canadians(bakery,voting,1,20250615,99991231)" in stated
    assert not any(atom.startswith("interests_in_all") for atom in stated), "half of 1 is held"
    hold(lifted_law(), shipped(name), needs)


def test_time_alone_can_change_an_answer() -> None:
    needs = search(shipped("single-three-year-permit"), "no", 3)
    waiting = [need for need in needs if sorts([need]) == [{WAIT}]]
    assert [need.world.day for need in waiting] == [20240302]


def test_in_the_garden_who_must_act_is_named() -> None:
    facts = [*GARDEN_CASE, "as_of(20240601)", *LEASED, "rent_paid(rose,20240331)"]
    scenario = scenario_of(lifted_garden(), [*facts, "nuisance(rose)"], "keeps_plot")
    needs = search(scenario, "yes", 8)
    by_actor = {need.changes[0].actor: need.changes for need in needs if len(need.changes) == 1}
    assert {"rose", "the committee"} <= set(by_actor)
    assert by_actor["rose"][0].sort == DENY
    paid_late = [*GARDEN_CASE, "as_of(20240601)", *LEASED, "rent_paid(rose,20240401)"]
    scenario = scenario_of(lifted_garden(), paid_late, "keeps_plot")
    assert search(scenario, "yes", 8) == [] or all(
        "wait" in found for found in map(set, sorts(search(scenario, "yes", 8)))
    )
    past = search(scenario, "yes", 8, anything=True)
    atoms = {s.atom for need in past for c in need.changes for s in c.edit.added}
    assert "rent_paid(rose,20240331)" in atoms


def test_the_set_picked_is_saved_and_replays(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for pick in ("1", "2"):
        saved = tmp_path / f"saved{pick}.yaml"
        arguments = ["needs", "quebec-opinion-missing", "--limit", "2", "--pick", pick]
        assert main([*arguments, "--save", str(saved), "--json"]) == 0
        data = json.loads(capsys.readouterr().out)
        assert data["schema"] == "reasoner/needs/1"
        assert len(data["sides"][0]["sets"]) == 2
        assert main(["check", str(saved)]) == 0
        assert "all met" in capsys.readouterr().out
    missing = tmp_path / "missing.yaml"
    assert main([*arguments[:-1], "9", "--save", str(missing)]) == 2
    assert "there is no set 9" in capsys.readouterr().err
    assert not missing.exists()

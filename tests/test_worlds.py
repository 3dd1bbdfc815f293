"""Many worlds in one grounding give what each gives by itself, answers and reasons."""

from collections import Counter
from pathlib import Path

import pytest
from paths import CASES

from reasoner.casefiles.case import Case
from reasoner.casefiles.shelf import case_files
from reasoner.hypotheses.check import check_cases
from reasoner.hypotheses.expectations import check_case, read_expectations
from reasoner.lawfiles.rules import WORLD, Law
from reasoner.reasons.justification import Justification
from reasoner.reasons.justify import justify
from reasoner.reasons.worlds import goal_in, ground_worlds, lift, reasons
from reasoner.solving.question import Goal
from reasoner.solving.solve import World, ground_case

SOME = case_files(CASES)[::9]


def asked_of(law: Law, paths: list[Path]) -> list[tuple[Case, World, list[Goal]]]:
    """What some cases ask, by world; those without unknown facts."""
    several = [read_expectations(law, path) for path in paths]
    return [
        (asked.case, world, [posed.goal for posed in found])
        for asked in several
        if not asked.unsettled
        for world, found in asked.worlds()
    ]


def anatomy(why: Justification) -> tuple[object, ...]:
    """The nodes and edges by what they say, without their numbers."""
    said = [
        (node.kind, node.holds, node.text, node.rule, node.literal, node.values, node.bindings)
        for node in why.nodes
    ]
    keys = [repr(key) for key in said]
    edges = (
        (keys[number], edge.order, edge.negated, keys[edge.target])
        for number, row in enumerate(why.edges)
        for edge in row
    )
    circular = sorted(keys[n] for n in why.circular)
    return Counter(keys), Counter(edges), circular, [keys[root] for root in why.roots]


def test_each_world_has_the_answers_and_reasons_that_it_has_by_itself(law: Law) -> None:
    worlds = asked_of(law, SOME[:12])
    lifted = lift(law)
    goals = [goal_in(n, goal) for n, (_, _, found) in enumerate(worlds) for goal in found]
    ground = ground_worlds(lifted, [(case, world) for case, world, _ in worlds], goals)
    why = justify(ground, goals)
    start = 0
    for case, world, found in worlds:
        alone = justify(ground_case(law, case, world), found)
        roots = why.roots[start : start + len(found)]
        start += len(found)
        together = reasons(lifted, why, roots)
        assert anatomy(together) == anatomy(alone)


def test_cases_checked_together_come_out_as_each_alone(law: Law) -> None:
    together = list(check_cases(law, SOME))
    assert [checked.path for checked in together] == SOME
    assert not [checked.problems for checked in together if checked.problems]
    assert [list(checked.results) for checked in together] == [check_case(law, p) for p in SOME]


def test_several_processes_check_as_one_does(garden: Law, tmp_path: Path) -> None:
    source = "case: x\nquestion: 2(a)\nas_of: 2024-06-01\ngardeners: {gus: {}}\n"
    paths = []
    for number in range(70):
        path = tmp_path / f"case{number}.yaml"
        path.write_text(source + ("expect: [{answer: no}]\n" if number else "what: 1\n"))
        paths.append(path)
    found = list(check_cases(garden, paths, processes=2))
    assert [checked.path for checked in found] == paths
    assert [bool(checked.problems) for checked in found] == [True] + [False] * 69
    assert found == list(check_cases(garden, paths))


def test_what_does_not_depend_on_a_case_is_not_repeated(law: Law) -> None:
    lifted = lift(law)
    assert ("reading", 2) in lifted.local
    assert lifted.law.reading == ("reading", 3)
    assert not lifted.local & law.tables
    for rule, written in zip(lifted.law.rules, law.rules, strict=True):
        assert (WORLD in rule.text) == (written.head.signature in lifted.local)


def test_facts_that_contradict_each_other_spoil_only_their_own_case(
    law: Law, tmp_path: Path
) -> None:
    good = CASES / "65d-quebec"
    bad = tmp_path / "bad.yaml"
    bad.write_text(
        "case: Two births\nquestion: 65(d)\nas_of: 2024-06-01\n"
        "people: {ana: {born: [2000-01-01, 2001-01-01]}}\nexpect: [{answer: yes}]\n"
    )
    paths = [*sorted(good.glob("*.yaml"))[:3], bad]
    found = list(check_cases(law, paths))
    assert [bool(checked.problems) for checked in found] == [False, False, False, True]
    with pytest.raises(Exception, match="born"):
        check_case(law, bad)


def test_what_is_the_same_in_every_world_can_be_asked_of_one(law: Law, tmp_path: Path) -> None:
    case = tmp_path / "case.yaml"
    case.write_text(
        "case: A question of law alone\nas_of: 2024-01-15\npeople: {ana: {}}\nexpect:\n"
        "  - {question: open_to_declaration(A34(1)(f)), answer: yes, decided_by: A42.1}\n"
        "  - {question: open_to_declaration(A38(1)(a)), answer: no}\n",
        encoding="utf-8",
    )
    (checked,) = check_cases(law, [case])
    assert [result.passed for result in checked.results] == [True, True]

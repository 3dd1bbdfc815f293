"""The checker lets every honest explanation pass and no tampered one."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reasoner.casefiles.case import Case, read_case_text
from reasoner.lawfiles.law import load_law
from reasoner.lawfiles.rules import Law
from reasoner.reasons.checker import Fault, verify
from reasoner.reasons.justification import Edge, Justification, Node
from reasoner.reasons.justify import explain
from reasoner.solving.solve import decide
from reasoner.source import Source

DAY = 20240601
PEOPLE = ("jack", "lily", "rose")
PLOTS = ("p1", "p2")
NUISANCE = """\
gardener(rose). gardener(jack). plot(p1). as_of(20240601).
leased_to(p1, rose, 20200101). rent_paid(rose, 20240331). nuisance(rose).
bed(p1, 1, 12, beans). bed(p1, 2, 7, beans). bed(p1, 3, 30, gravel).
vouches(rose, jack). vouches(jack, rose).
"""
TRUSTED = (
    NUISANCE.replace("bed(p1, 2, 7, beans)", "bed(p1, 2, 9, beans)")
    + """founder(jack). pardoned(jack).
plot(p2). leased_to(p2, rose, 20250101). rent_paid(rose, 20240601).
"""
)


@cache
def garden() -> Law:
    """The by-law of the garden."""
    return load_law(Path(__file__).parent / "garden")


def read(facts: str) -> Case:
    """A case about the garden."""
    return read_case_text(Source("case.lp", facts), garden().vocabulary)


def explain_case(case: Case, question: str) -> Justification:
    """The explanation of an answer."""
    return explain(decide(garden(), case, question, as_of=DAY))


def check(justification: Justification, case: Case) -> tuple[Fault, ...]:
    """The faults of an explanation."""
    return verify(justification, case, day=DAY)


# honest explanations


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """A random case about some gardeners and plots."""
    person, plot = st.sampled_from(PEOPLE), st.sampled_from(PLOTS)
    date = st.sampled_from([20200101, 20240330, 20240331, 20240401, 20240601, 20240602])
    people = st.sets(person)
    facts = [f"gardener({p})." for p in PEOPLE] + [f"plot({p})." for p in PLOTS]
    facts.append(f"as_of({DAY}).")
    for name in ("nuisance", "pardoned", "founder"):
        facts += [f"{name}({p})." for p in sorted(draw(people))]
    for name, columns in (
        ("leased_to", st.tuples(plot, person, date)),
        ("rent_paid", st.tuples(person, date)),
        ("vouches", st.tuples(person, person)),
        (
            "bed",
            st.tuples(
                plot, st.integers(1, 3), st.integers(5, 20), st.sampled_from(["beans", "gravel"])
            ),
        ),
    ):
        rows: set[tuple[object, ...]] = draw(st.sets(columns, max_size=4))
        facts += [f"{name}({','.join(map(str, row))})." for row in sorted(rows, key=str)]
    if draw(st.booleans()):
        facts.append("chosen_reading(due, exclusive).")
    return read("\n".join(facts))


@settings(deadline=None, max_examples=100)
@given(
    case=cases(),
    question=st.sampled_from(
        ["keeps_plot(rose, 2024-06-01)", "keeps_plot(_, 2024-06-01)", "tenant(jack, 2024-06-01)",
         "forfeited(rose)", "forfeited(_)", "trusted(lily)", "grows_enough(_)", "due_day(_, _)"]
    ),
)  # fmt: skip
def test_every_explanation_of_a_random_case_stands(case: Case, question: str) -> None:
    assert check(explain_case(case, question), case) == ()


def test_options_override_the_readings_of_the_case() -> None:
    case = read(TRUSTED)
    option = [("due", "exclusive")]
    justification = explain(decide(garden(), case, "keeps_plot(rose,_)", readings=option))
    assert verify(justification, case, day=DAY, readings=option) == ()
    assert "reading(due,exclusive) is said to be True; inclusive was taken" in messages(
        verify(justification, case, day=DAY)
    )


# tampered explanations


def messages(faults: tuple[Fault, ...]) -> list[str]:
    """What the faults say."""
    return [fault.message for fault in faults]


def put(justification: Justification, number: int, node: Node) -> Justification:
    """An explanation with one node replaced."""
    nodes = list(justification.nodes)
    nodes[number] = node
    return replace(justification, nodes=tuple(nodes))


def cut(justification: Justification, number: int, place: int) -> Justification:
    """An explanation with one edge left out."""
    edges = list(justification.edges)
    edges[number] = edges[number][:place] + edges[number][place + 1 :]
    return replace(justification, edges=tuple(edges))


def flip_truths(justification: Justification) -> Iterator[Justification]:
    """Say of each node in turn the contrary of what is so."""
    for number, node in enumerate(justification.nodes):
        yield put(justification, number, node._replace(holds=not node.holds))


def drop_edges(justification: Justification) -> Iterator[Justification]:
    """Leave out each rule, condition, branch and member in turn."""
    for number, row in enumerate(justification.edges):
        for place in range(len(row)):
            yield cut(justification, number, place)


def turn_signs(justification: Justification) -> Iterator[Justification]:
    """Read each condition in turn with the contrary sign."""
    for number, row in enumerate(justification.edges):
        for place, edge in enumerate(row):
            edges = list(justification.edges)
            turned = edge._replace(negated=not edge.negated)
            edges[number] = (*row[:place], turned, *row[place + 1 :])
            yield replace(justification, edges=tuple(edges))


def invent_facts(justification: Justification) -> Iterator[Justification]:
    """Rest on each stated fact in turn as if it were another, which nobody stated."""
    for number, node in enumerate(justification.nodes):
        if node.kind == "fact" and node.holds:
            yield put(justification, number, node._replace(arguments=("lily", *node.arguments[1:])))
            yield put(justification, number, node._replace(name="founder", arguments=("lily",)))


def falsify_numbers(justification: Justification) -> Iterator[Justification]:
    """Give each comparison and each count in turn another number."""
    for number, node in enumerate(justification.nodes):
        if node.values:
            yield put(justification, number, node._replace(values=("99", *node.values[1:])))


def swap_rules(justification: Justification) -> Iterator[Justification]:
    """Claim each rule in turn to be its neighbour in the law."""
    for number, node in enumerate(justification.nodes):
        if node.rule is not None and node.kind == "rule":
            yield put(justification, number, node._replace(rule=node.rule - 1))


@pytest.mark.parametrize("facts", [NUISANCE, TRUSTED], ids=["nuisance", "trusted"])
@pytest.mark.parametrize(
    "tamper", [flip_truths, drop_edges, turn_signs, invent_facts, falsify_numbers, swap_rules]
)
def test_tampering_is_caught(
    tamper: Callable[[Justification], Iterator[Justification]], facts: str
) -> None:
    case = read(facts)
    justification = explain_case(case, "keeps_plot(rose, 2024-06-01)")
    assert check(justification, case) == ()
    tried = list(tamper(justification))
    assert tried
    for number, tampered in enumerate(tried):
        assert tampered != justification
        assert check(tampered, case), f"tampering {number} goes unseen"


def test_circular_support_is_caught() -> None:
    case = read(NUISANCE)
    honest = explain_case(case, "trusted(rose)")
    assert not honest.nodes[honest.roots[0]].holds
    nodes = list(honest.nodes)
    for number, node in enumerate(nodes):
        below = {honest.nodes[edge.target].name for edge in honest.edges[number]}
        if node.kind == "conclusion" or (below & {"vouches", "trusted"} and "founder" not in below):
            nodes[number] = node._replace(holds=True)
    tampered = replace(honest, nodes=tuple(nodes), circular=frozenset())
    found = messages(check(tampered, case))
    assert "trusted(rose) rests on nothing but itself" in found
    assert "trusted(rose) is said to be True and is False" in found


def test_fact_of_another_case_is_caught() -> None:
    justification = explain_case(read(NUISANCE), "forfeited(rose)")
    other = read(NUISANCE.replace("nuisance(rose).", ""))
    assert "nuisance(rose) is not stated" in messages(check(justification, other))


def test_claim_of_a_circle_is_checked() -> None:
    case = read(NUISANCE.replace("vouches(rose, jack).", ""))
    justification = explain_case(case, "trusted(rose)")
    assert check(justification, case) == ()
    tampered = replace(justification, circular=frozenset(justification.roots))
    assert messages(check(tampered, case)) == ["trusted(rose) is said to be circular and is not"]


def test_rule_that_the_law_does_not_have_is_caught() -> None:
    case = read(TRUSTED)
    justification = explain_case(case, "trusted(jack)")
    root = justification.roots[0]
    edges = list(justification.edges)
    edges[root] = (*edges[root], Edge(edges[root][0].target, False, edges[root][0].order))
    assert check(replace(justification, edges=tuple(edges)), case)

"""Interviews end with the answer of the whole story, and ask nothing that cannot matter."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from interviewed import interview
from shipped import shipped_law
from test_properties import CALM, Story, stories

from reasoner import Case, decide
from reasoner.casefiles.case import read_case
from reasoner.casefiles.shelf import find_case
from reasoner.hypotheses.interview import FACT, Interview, Pattern, empty_case
from reasoner.lawfiles.rules import Law

SHIPPED = {
    "everything-in-order": "65",
    "one-day-gap": "65",
    "quebec-opinion-missing": "65",
    "ground-exempted": "67",
    "day-of-landing": "28(1)",
    "device-for-one-resident": "61(1)",
}


def hide(case: Case, question: str | None, about: tuple[str, ...] = ()) -> Case:
    """A case that asks one question, to be found out about."""
    day = case.as_of or case.expectations[0].as_of
    return replace(case, question=question, about=about or case.about, as_of=day)


def check(law: Law, states: list[Interview]) -> None:
    """Nothing was asked twice, or that was settled or could not matter when it was asked."""
    asked = [(p.question, p.reply) for p in states[-1].posed]
    plain = [(q.fact, q.arguments) for q, said in asked if q.kind == FACT and said != "yes"]
    assert len(set(plain)) == len(plain)
    for state in states[:-1]:
        question = state.question
        assert question is not None
        if question.kind != FACT:
            continue
        assert not any(p.covers(question.fact, question.arguments) for p in state.settled)
        wanted = Pattern(question.fact, question.arguments)
        assert state.standing is not None
        leaves = {leaf[1:] for claims in state.standing.claims for leaf in claims.leaves}
        assert any(wanted.covers(*leaf) for leaf in leaves if leaf[0] == wanted.name)


@settings(CALM, max_examples=8)
@given(stories())
def test_an_interview_ends_with_the_answer_of_the_whole_story(story: Story) -> None:
    law = shipped_law()
    hidden = hide(story.case, story.question, (story.hero,))
    start = empty_case()
    if "(" in story.question and "_" in story.question:  # it names a permit of the case
        start = replace(hidden, statements=(), denials=())
    states = list(interview(law, hidden, start))
    check(law, states)
    assert states[-1].standing is not None
    assert states[-1].standing.answer == decide(law, hidden).answer


@pytest.mark.parametrize("name", SHIPPED)
def test_the_witness_of_a_shipped_case_is_led_to_its_answer(law: Law, name: str) -> None:
    case = read_case(str(find_case(name)), law.vocabulary)
    expected = next(e for e in case.expectations if not e.readings)
    hidden = hide(case, SHIPPED[name], expected.about)
    states = list(interview(law, hidden, replace(hidden, statements=(), denials=())))
    check(law, states)
    assert states[-1].standing is not None
    assert states[-1].standing.answer == decide(law, hidden).answer
    facts = sum(s.status == "stated" for s in states[-1].case.statements)
    assert facts <= len(case.statements)

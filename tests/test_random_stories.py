"""Random stories that satisfy the axioms are cases like those that people write."""

from __future__ import annotations

from random import Random

import pytest
from paths import LAW

from reasoner.casefiles.case import Case, read_case_text
from reasoner.casefiles.write_case import write_case
from reasoner.hypotheses.bounds import bound_counts
from reasoner.lawfiles.law import load_law
from reasoner.lawfiles.rules import Law
from reasoner.reasons.checker import verify
from reasoner.reasons.justify import explain
from reasoner.solving.ground import Ground
from reasoner.solving.question import Goal
from reasoner.solving.solve import decide
from reasoner.source import Source
from reasoner.stories.completion import demanded
from reasoner.stories.stories import read_setting, story_program
from reasoner.stories.telling import case_of

SETTING = read_setting(load_law(LAW))
MOST = {
    "person": 2,
    "permit": 2,
    "application": 1,
    "document": 1,
    "examination": 1,
    "request": 1,
    "exemption": 1,
}
FACTS = 15
# What is asked of a person on a day, with facts of which some are needed for a yes.
ASKED = {
    "permit_holder_class_member": ["issued_to", "inadmissible_found", "resides_in_canada"],
    "temporary_resident": ["issued_to", "stay_authorized", "entered_canada"],
    "becomes_permanent_resident": [],
}


def tell(law: Law, seed: int, wanted: str) -> tuple[Case, set[str]]:
    """A random story in which something wanted holds, and all that holds there of what is asked."""
    random = Random(seed)
    vocabulary = law.vocabulary
    known = [
        name
        for name, fact in vocabulary.facts.items()
        if fact.section
        and all(a.type not in vocabulary.entities or a.type in MOST for a in fact.arguments)
    ]
    chosen = {*random.sample(known, FACTS), *ASKED[wanted]}
    used = sorted(demanded(law, SETTING, chosen, MOST))
    signatures = [(name, 2) for name in ASKED]
    tables = {*SETTING.looks_at, *((kind, 1) for kind in vocabulary.kinds)}
    program = [
        *story_program(law, SETTING, used, MOST),
        f":- as_of(D), not {wanted}(_,D).",
        *(f":- {name}({','.join('_' * arity)})." for name, arity in law.heads if name == "problem"),
    ]
    goals = [Goal(name, (None,) * arity, "") for name, arity in sorted({*signatures, *tables})]
    ground = Ground(bound_counts(law), program, goals=goals)
    solver = ground.control.configuration.solver
    solver.seed, solver.sign_def, solver.rand_freq = seed, "rnd", 0.05  # type: ignore[union-attr]
    facts = [(name, vocabulary.facts[name].arity) for name in used]
    told = {
        number: text
        for signature in (*facts, *((kind, 1) for kind in (*MOST, "as_of")), *signatures)
        for text, number in ground.numbered(signature).items()
    }
    search = ground.search(among=told)
    while True:
        try:
            next(search)
        except StopIteration as stop:
            atoms = {told[number] for number in stop.value}
            case = case_of(law, atoms, (), None, f"Story {seed}")
            return case, {atom for atom in atoms if atom.partition("(")[0] in ASKED}


@pytest.mark.parametrize("wanted", ["permit_holder_class_member", "temporary_resident"])
@pytest.mark.parametrize("seed", range(2))
def test_a_random_story_is_a_case(seed: int, wanted: str, law: Law) -> None:
    told, held = tell(law, seed, wanted)
    text = write_case(told, law.vocabulary)
    case = read_case_text(Source("story.yaml", text), law.vocabulary)
    assert sorted(s.atom for s in case.statements) == sorted(s.atom for s in told.statements)
    answers = []
    for name in ASKED:
        for person in (one for one, kind in case.entities.items() if kind == "person"):
            decision = decide(law, case, name, about=[person])
            assert decision.holds == (decision.goal.text in held)
            if name == wanted and decision.holds:
                answers.append(verify(explain(decision), case, day=decision.day))
    assert answers
    assert not any(answers)

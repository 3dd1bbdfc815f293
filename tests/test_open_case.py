"""What nobody stated is left open, as far as it can matter."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from paths import GARDEN

from reasoner import find_case
from reasoner.casefiles.case import Case, read_case, read_case_text
from reasoner.cli import main
from reasoner.hypotheses.open_case import decide_open, open_case, with_facts
from reasoner.lawfiles.rules import Law
from reasoner.printing.answer import rows
from reasoner.reasons.justify import explain
from reasoner.solving.settling import Settling
from reasoner.solving.solve import Decision, decide, pose
from reasoner.source import Source

ROSE = """
case: Rose
question: 1
as_of: 2024-06-01
gardeners:
  rose: {{rent_paid: 2024-03-20{more}}}
  jack: {{}}
plots:
  p1:
    lease: {{to: rose, since: 2020-01-01}}
    beds: {{number: 1, area: 25, crop: Beans}}
"""
SHIPPED = ("printed-last-day", "one-day-gap")


def rose(law: Law, more: str = "") -> Case:
    return read_case_text(Source("rose.yaml", ROSE.format(more=more)), law.vocabulary)


def opened(law: Law, case: Case) -> Decision:
    goal, world = pose(law, case)
    return decide_open(law, case, world, goal)


def sets(decision: Decision) -> set[tuple[str, frozenset[tuple[str, bool]]]]:
    return {
        (s.answer, frozenset((statement.atom, value) for statement, value in s.values))
        for s in decision.settling
    }


def test_facts_that_could_change_the_answer_are_open(garden: Law) -> None:
    decision = opened(garden, rose(garden))
    assert decision.answer == "undetermined"
    assert decision.all_settling
    assert ("yes", frozenset({("nuisance(rose)", False)})) in sets(decision)
    assert ("yes", frozenset({("pardoned(rose)", True)})) in sets(decision)
    assert ("yes", frozenset({("founder(rose)", True)})) in sets(decision)
    founders = {("vouches(jack,rose)", True), ("founder(jack)", True)}
    assert ("yes", frozenset(founders)) in sets(decision)
    no = [facts for answer, facts in sets(decision) if answer == "no"]
    assert len(no) == 2  # trusted by nobody: Jack does not vouch, or is not a founder
    for facts in no:
        assert {("nuisance(rose)", True), ("pardoned(rose)", False)} < facts


def test_what_a_case_states_or_denies_stays(garden: Law) -> None:
    case = rose(garden, ", nuisance: no")
    assert opened(garden, case).answer == "yes"
    case = rose(garden, ", nuisance: yes, pardoned: yes")
    assert opened(garden, case).answer == "yes"
    case = rose(garden, ", nuisance: yes, pardoned: no, founder: no")
    facts = {s.atom for s in open_case(garden, case, *_asked(garden, case)).facts}
    assert facts
    assert not facts & {
        "nuisance(rose)",
        "pardoned(rose)",
        "founder(rose)",
        "rent_paid(rose,20240601)",
    }


def _asked(law: Law, case: Case):  # type: ignore[no-untyped-def]
    goal, world = pose(law, case)
    return world, [goal]


def settled_case(case: Case, settling: Settling) -> Case:
    """The case with what would settle it, and nothing else that is open."""
    facts = [replace(s, status="stated") for s, value in settling.values if value]
    return with_facts(
        replace(case, statements=tuple(s for s in case.statements if s.status != "unknown")), facts
    )


@pytest.mark.parametrize("name", SHIPPED)
def test_each_set_gives_its_answer(law: Law, name: str) -> None:
    case = read_case(str(find_case(name)), law.vocabulary)
    decision = opened(law, case)
    assert decision.left_open
    for settling in decision.settling:
        assert decide(law, settled_case(case, settling)).answer == settling.answer
    if decision.answer != "undetermined":
        assert decision.answer == decide(law, case).answer
    why = explain(decision)
    assert why.nodes[why.roots[0]].holds == decision.holds
    for language in ("en", "fr"):
        text = "".join(
            span.text for row in rows(decision, why, 100, language=language) for span in row
        )
        assert "20" in text


def test_what_would_contradict_the_facts_is_not_open(law: Law) -> None:
    case = read_case(str(find_case("printed-last-day")), law.vocabulary)
    goal, world = pose(law, case)
    found = open_case(law, case, world, [goal])
    names = {statement.name for statement in found.facts}
    assert "permit_cancelled" in names
    assert not names & {"issued_to", "valid_from", "printed_expiry"}  # they are stated otherwise


def test_the_command_leaves_open(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["why", "printed-last-day", "--open", "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["left_open"] > 0
    assert {s["answer"] for s in data["settling"]} == {"yes", "no"}
    assert main(["why", "printed-last-day", "--open", "--all"]) == 2
    assert "--open is for one question" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (("readings",), '"undetermined"'),
        (("when", "--from", "2024-05-30", "--until", "2024-06-03"), '"undetermined"'),
        (("needs",), '"undetermined"'),
        (("whatif", "as_of=2024-07-01"), '"undetermined"'),
    ],
)
def test_the_other_questions_leave_open_too(
    command: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """What is undetermined with everything left open is so for each question about the case."""
    name, *rest = command
    case = tmp_path / "rose.yaml"
    case.write_text(ROSE.format(more=""))
    assert main([name, str(case), *rest, "--open", "--json", "--law", str(GARDEN)]) == 0
    assert said in capsys.readouterr().out


def test_a_what_if_leaves_open_what_matters_to_one_question(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    case = tmp_path / "rose.yaml"
    case.write_text("case: Rose\nas_of: 2024-06-01\ngardeners: {rose: {}}\n")
    arguments = ["whatif", str(case), "as_of=2024-07-01", "--open", "--law", str(GARDEN)]
    assert main(arguments) == 2
    assert "--open is for one question" in capsys.readouterr().err

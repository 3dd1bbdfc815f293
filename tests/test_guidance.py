"""The page on temporary resident permits: its statements, and the law beside them."""

import io
import json
import sys
from collections.abc import Sequence

import pytest
from conftest import Reports
from paths import CASE_FILES

from reasoner import decide, explain, load_law, read_case
from reasoner.cli import main
from reasoner.lawfiles.rules import Law
from reasoner.lawfiles.strata import dependencies
from reasoner.printing.answer import as_json
from reasoner.reasons.counterparts import LawAnswer, ask_law
from reasoner.solving.question import find_pinpoint, predicate_of

STATEMENTS = {
    "trp:eligibility/foreign-national",
    "trp:eligibility/inadmissible-or-noncompliant",
    "trp:eligibility/no-current-status",
    "trp:eligibility/compelling",
    "trp:issue/no-guarantee",
    "trp:issue/only-compelling",
    "trp:issue/outweigh",
    "trp:issue/minor-still-compelling",
    "trp:workstudy/6-months",
    "trp:workstudy/study",
    "trp:notmet/not-examined",
    "trp:notmet/no-trv",
    "trp:notmet/expired-visa",
    "trp:notmet/passport",
    "trp:notmet/overstay",
    "trp:notmet/work-study",
    "trp:victim/eligible",
    "trp:victim/out-of-status",
    "trp:victim/in-canada",
    "trp:victim/trafficking",
    "trp:victim/family-violence",
    "trp:victim/state-care",
    "trp:victim/workstudy",
    "trp:subsequent/continuing-reason",
    "trp:status/no-maintained",
    "trp:status/no-maintained-initial",
    "trp:status/no-maintained-holder",
    "trp:status/until-date",
    "trp:status/lose",
}
NOT_ENCODED = {
    "trp:victim/purposes-1",
    "trp:victim/purposes-2",
    "trp:victim/purposes-3",
    "trp:subsequent/expiring-soon",
}


def ask(
    law: Law, case: str, question: str | None = None, readings: Sequence[tuple[str, str]] = ()
) -> list[LawAnswer]:
    """What the law says beside the answer of the page."""
    read = read_case(str(CASE_FILES[case]), law.vocabulary)
    decision = decide(law, read, question, readings=readings)
    return list(ask_law(decision, explain(decision)))


def test_every_statement_of_the_page_can_be_asked(law: Law) -> None:
    page = {p.pinpoint for p in law.provisions.values() if p.layer == "guidance" and "/" in p[0]}
    assert page == STATEMENTS | NOT_ENCODED
    assert {p for p in page if predicate_of(law, p) is None} == NOT_ENCODED


def test_every_statement_is_met_in_one_case_and_not_in_another(law: Law, reports: Reports) -> None:
    asked = {p for p in law.provisions if p.startswith("trp:") and predicate_of(law, p)}
    found: dict[str, set[bool]] = {p: set() for p in asked}
    for report in reports.all():
        for pinpoint, holds, _ in report.reached:
            if pinpoint in found:
                found[pinpoint].add(holds)
    assert {p for p, ways in found.items() if ways != {True, False}} == set()


def test_no_law_rests_on_the_page(law: Law) -> None:
    page = {
        rule.head.signature
        for rule in law.rules
        if rule.provision and law.provisions[rule.provision].layer == "guidance"
    }
    others = [rule for rule in law.rules if rule.head.signature not in page]
    used = {s for row in dependencies(others).values() for s in row}
    assert used & page == set()


@pytest.mark.parametrize(
    ("text", "pinpoint"),
    [
        ("trp:eligibility/compelling", "trp:eligibility/compelling"),
        ("TRP: eligibility/compelling", "trp:eligibility/compelling"),
        ("eligibility/compelling", "trp:eligibility/compelling"),
        ("compelling", "trp:eligibility/compelling"),
        ("6-months", "trp:workstudy/6-months"),
        ("victim", "trp:victim"),
    ],
)
def test_a_statement_is_found_by_its_words(law: Law, text: str, pinpoint: str) -> None:
    assert find_pinpoint(law, text) == pinpoint


def test_a_misspelt_statement_is_hinted_at(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", "trp:eligibility/compeling"]) == 2
    assert "did you mean 'trp:eligibility/compelling'?" in capsys.readouterr().err


def test_eligible_by_the_page_and_barred_by_the_act(law: Law) -> None:
    [found] = ask(law, "claim-rejected-four-months-ago")
    assert (found.decision.goal.pinpoint, found.decision.answer) == ("A24", "no")
    assert not found.agrees
    assert "silent" in found.remarks[0].words
    [found] = ask(law, "ineligible-claim-and-pending-protection", "trp:eligibility")
    assert (found.decision.answer, found.agrees) == ("no", False)


def test_where_the_page_fails_its_own_words_are_named(law: Law) -> None:
    [found] = ask(law, "another-permit-in-time", readings=[("nostatus", "literal")])
    provision = law.provisions["trp:eligibility/no-current-status"]
    assert found.remarks == provision.counterparts[:1]


def test_examples_of_the_page_are_contraventions(law: Law) -> None:
    [found] = ask(law, "across-a-field")
    assert (found.decision.goal.pinpoint, found.decision.answer) == ("A41(a)", "yes")
    assert found.agrees
    assert found.remarks == ()
    [found] = ask(law, "requirement-found-unmet", "trp:notmet")
    assert (found.decision.answer, found.agrees) == ("no", False)


def test_to_apply_is_not_to_be_issued_a_permit(law: Law) -> None:
    apply, issue = ask(law, "six-months-to-the-day")
    assert (apply.decision.goal.pinpoint, apply.agrees) == ("R199", True)
    assert (issue.decision.goal.pinpoint, issue.agrees) == ("R200(1)", False)


def test_a_loss_of_status_is_held_against_having_it(law: Law) -> None:
    [found] = ask(law, "new-permit-in-hand")
    assert (found.opposed, found.decision.answer, found.agrees) == (True, "yes", True)
    [found] = ask(law, "permit-cancelled-early")
    assert (found.opposed, found.decision.answer, found.agrees) == (True, "no", False)


def test_a_question_about_the_law_has_nothing_beside_it(law: Law) -> None:
    assert ask(law, "claim-rejected-four-months-ago", "A24") == []
    assert ask(law, "another-permit-in-time", "holds_current_permit(thuy, current, 20250303)") == []


def test_json_has_the_law_beside_the_page(law: Law) -> None:
    case = read_case(str(CASE_FILES["claim-rejected-four-months-ago"]), law.vocabulary)
    decision = decide(law, case)
    why = explain(decision)
    [found] = as_json(decision, why)["law"]
    assert found == {
        "question": {"goal": "may_request_permit(omar,20250303)", "pinpoint": "A24"},
        "answer": "no",
        "verdict": (
            "No. Omar was not in a position on 2025-03-03 to request a temporary resident permit."
        ),
        "decided_by": ["A24(4)"],
        "opposed": False,
        "agrees": False,
        "differences": ["the page is silent on the bars of A24(3.1) to A24(5)"],
    }
    [french] = as_json(decision, why, language="fr")["law"]
    assert french["differences"] == [
        "la page passe sous silence les empêchements prévus à A24(3.1) à A24(5)"
    ]


def test_show_names_the_law_beside_guidance_and_guidance_beside_the_law() -> None:
    def shown(pinpoint: str) -> dict[str, object]:
        before, sys.stdout = sys.stdout, io.StringIO()
        try:
            assert main(["show", pinpoint, "--json"]) == 0
            return json.loads(sys.stdout.getvalue())  # type: ignore[no-any-return]
        finally:
            sys.stdout = before

    assert [c["pinpoint"] for c in shown("trp:workstudy/6-months")["law"]] == [  # type: ignore[attr-defined]
        "R199",
        "R200(1)",
    ]
    assert "trp:eligibility" in shown("A24")["guidance"]  # type: ignore[operator]


def test_the_shipped_law_loads_with_one_page(law: Law) -> None:
    assert [i.prefix for i in load_law().instruments.values() if i.layer == "guidance"] == ["trp:"]

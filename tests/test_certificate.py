"""What an answer rests on, what nobody stated included."""

from paths import GARDEN, TESTS

from reasoner.casefiles.case import Case, read_case_text
from reasoner.lawfiles.law import load_law
from reasoner.lawfiles.rules import Law
from reasoner.reasons.certificate import Claims
from reasoner.reasons.certifying import claims_of
from reasoner.solving.solve import ground_case, pose
from reasoner.source import Source

BEANS = (TESTS / "goldens" / "beans.yaml").read_text(encoding="utf-8")


def claims(text: str, question: str, law: Law | None = None) -> Claims:
    """What the answer to a question about a case of the garden may rest on."""
    law = law or load_law(GARDEN)
    case: Case = read_case_text(Source("case.yaml", text), law.vocabulary)
    goal, world = pose(law, case, question)
    return claims_of(ground_case(law, case, world, [goal]), goal)


def leaves(found: Claims, *granted: str, doubted: tuple[str, ...] = ()) -> set[str]:
    """The open leaves of the best certificate, where nothing more of some predicates is granted."""
    certificate = found.certify(lambda c: c.name in granted, lambda c: c.name in doubted)
    return {f"{leaf.name}{leaf.arguments}" for leaf in certificate.leaves}


def test_a_circle_supports_nothing_but_each_way_in_must_be_barred() -> None:
    found = claims(BEANS, "4")
    assert leaves(found) == {
        "founder('rose',)",
        "founder('jack',)",
        "vouches(None, 'rose')",
        "vouches(None, 'jack')",
    }
    assert leaves(found, "founder", "vouches") == set()
    assert leaves(found, "founder") == {"vouches(None, 'rose')", "vouches(None, 'jack')"}


def test_what_holds_needs_only_that_nothing_stands_against_it() -> None:
    found = claims(BEANS.replace("vouches_for: jack", "founder: yes"), "4")
    assert leaves(found) == set()
    found = claims(BEANS.replace("nuisance: yes", "nuisance: no"), "3")
    assert leaves(found) == {"nuisance('rose',)"}


def test_a_number_rests_on_there_being_no_more_to_count() -> None:
    found = claims(BEANS, "2(c)")
    assert leaves(found) == {"leased_to(None, 'rose', None)", "bed('p1', None, None, 'beans')"}
    enough = BEANS.replace("area: 12", "area: 15")
    assert leaves(claims(enough, "2(c)")) == set()


def test_one_reason_is_enough_and_what_nobody_knows_is_avoided() -> None:
    case = BEANS.replace("    nuisance: yes\n", "").replace("2024-03-31", "2024-04-30")
    found = claims(case, "1")
    assert leaves(found) == {"rent_paid('rose', None)"}
    beans = {"leased_to(None, 'rose', None)", "bed('p1', None, None, 'beans')"}
    assert leaves(found, doubted=("rent_paid",)) == beans
    assert leaves(found, doubted=("rent_paid", "bed")) == {"rent_paid('rose', None)"}


def test_what_cannot_matter_is_no_leaf() -> None:
    found = claims(BEANS, "2(b)")
    assert {leaf.name for leaf in found.leaves} <= {"rent_paid"}

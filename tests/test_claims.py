"""Claims are read with what they are to be tried with and what is expected of them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from xml.etree import ElementTree

import clingo
import pytest
from paths import CASE_FILES, CLAIMS, GARDEN

from reasoner.cli import main
from reasoner.errors import InputError
from reasoner.lawfiles.law import load_law
from reasoner.lawfiles.rules import Law
from reasoner.lawfiles.strata import check_strata
from reasoner.source import Source
from reasoner.stories.claims import (
    HOLDS,
    REFUTED,
    Claim,
    claim_of,
    read_claims,
    read_library,
    read_scope,
    verdict_under,
)
from reasoner.stories.remarked import read_sections
from reasoner.stories.tried import try_cases

GOOD = """\
busy(G) :- leased_to(L, G, _), N = #count { B : bed(L, B, _, _) }, N > 1.
idle(G) :- gardener(G), not busy(G).

%## trusted_pay
%> Whoever is trusted
%> pays in time.
%>fr Qui jouit de la confiance paie à temps.
% Scope: 2 gardeners, 1 plot
% Readings: due=exclusive
% Days: 2024-03-30, 2024-03-31
% Without: pardoned, nuisance
% Expected: refuted
% Under: due=inclusive: holds
% Story: B2(b), B4
violated(trusted_pay) :- tenant(G, D), trusted(G), not paid_in_time(G, D), idle(G).

%## nobody_pays
%> Nobody pays.
violated(nobody_pays) :- paid_in_time(G, D).
"""


@pytest.fixture(scope="module")
def garden() -> Law:
    """The rules of the garden."""
    return load_law(GARDEN)


def read(text: str, law: Law, folder: Path) -> list[Claim]:
    """Read a text as a file of claims."""
    path = folder / "claims.lp"
    path.write_text(text, encoding="utf-8")
    return read_claims(path, law)


def complaints(text: str, law: Law, folder: Path) -> list[str]:
    """What is said to be wrong with a file of claims."""
    with pytest.raises(InputError) as caught:
        read(text, law, folder)
    return [
        f"{p.position.line if p.position else 0}: {p.message} [{p.hint}]"
        for p in caught.value.problems
    ]


def test_a_claim_says_what_breaks_it_and_what_it_is_tried_with(garden: Law, tmp_path: Path) -> None:
    claim, other = read(GOOD, garden, tmp_path)
    assert claim.name == "trusted_pay"
    assert claim.words == {
        "en": "Whoever is trusted pays in time.",
        "fr": "Qui jouit de la confiance paie à temps.",
    }
    assert claim.scope == {"gardener": 2, "plot": 1}
    assert claim.readings == (("due", "exclusive"),)
    assert claim.days == (20240330, 20240331)
    assert claim.without == ("pardoned", "nuisance")
    assert claim.expected == "refuted"
    assert claim.under == (((("due", "inclusive"),), "holds"),)
    assert claim.story == ("B2(b)", "B4")
    assert [piece.head.signature for piece in claim.pieces] == [
        ("busy", 1),
        ("idle", 1),
        ("violated", 1),
    ]
    assert [use.signature[0] for use in claim.violations[0].body if use.negated] == ["paid_in_time"]
    assert (other.expected, other.under, len(other.pieces)) == ("", (), 1)


def test_everything_wrong_with_a_file_is_said_at_once(garden: Law, tmp_path: Path) -> None:
    text = """\
%## first
% Scope: 2 gardners
% Readings: dew=exclusive
% Days: 2024-02-30
% Without: pardon
% Expected: maybe
% Under: holds
% Under: due=never: holds
% Story: B9
% Storry: B4
violated(frist) :- tennant(G, D), trusted(G, D).

%## second
%> Nothing is claimed.
"""
    assert complaints(text, garden, tmp_path) == [
        "1: first is not put into words [write them after %>]",
        "2: there are no gardners [did you mean 'gardeners'?]",
        "3: there is no reading 'dew' [did you mean 'due'?]",
        "4: there is no day 2024-02-30: February 2024 has 29 days []",
        "5: there is no fact pardon [did you mean 'pardoned'?]",
        "6: maybe is no verdict [write holds or refuted]",
        "7: this names no readings [write gap=applied: holds, for example]",
        "8: 'never' is not an option of the reading due [its options are inclusive and exclusive]",
        "9: there is no B9 []",
        "10: a claim has no field Storry [did you mean 'Story'?]",
        "11: this claim is called first [write violated(first)]",
        "11: nothing is called tennant [did you mean 'tenant'?]",
        "11: trusted has 1 argument, not 2 []",
        "13: nothing says what breaks second [derive violated(second)]",
    ]


def test_a_claim_can_be_a_line_of_conditions(garden: Law) -> None:
    claim = claim_of("tenant(G, D), not paid_in_time(G, D).", garden)
    (piece,) = claim.violations
    assert piece.conditions == "tenant(G,D); not paid_in_time(G,D)"
    with pytest.raises(InputError) as caught:
        claim_of("tenant(G, D), not payed_in_time(G, D)", garden)
    (problem,) = caught.value.problems
    assert problem.position is not None
    assert problem.source_line[problem.position.column - 1 :].startswith("payed_in_time(")
    assert problem.hint == "did you mean 'paid_in_time'?"


def test_a_scope_counts_what_a_law_knows(garden: Law) -> None:
    assert read_scope(garden, "gardeners=2, 3 plots") == {"gardener": 2, "plot": 3}
    for wrong in ("two gardeners", "gardeners=99", "people=1"):
        with pytest.raises(ValueError):  # noqa: PT011 - what it says is shown to people
            read_scope(garden, wrong)


def test_a_helper_has_one_place_and_a_name_of_its_own(garden: Law, tmp_path: Path) -> None:
    text = """\
%## first
%> One.
violated(first) :- idle(G).
idle(G) :- gardener(G), not tenant(G, _).
trusted(G) :- gardener(G).

%## second
%> Two.
violated(second) :- idle(G).
idle(G) :- gardener(G), not founder(G).

%## third
%> Three.
violated(third) :- idle(G).
"""
    assert complaints(text, garden, tmp_path) == [
        "5: trusted is the law's own [choose another name]",
        "9: idle is concluded under first, for that claim alone "
        "[put what several claims share before the first heading]",
        "10: idle is concluded under first already "
        "[put what several claims share before the first heading]",
        "14: idle is concluded under first, for that claim alone "
        "[put what several claims share before the first heading]",
    ]


def test_a_library_is_read_whole(garden: Law, tmp_path: Path) -> None:
    (tmp_path / "one.lp").write_text(GOOD, encoding="utf-8")
    (tmp_path / "two.lp").write_text(
        "%## nobody_pays\n%> Again.\nviolated(nobody_pays) :- idle(G), paid_in_time(G, _).\n"
        "idle(G) :- gardener(G).\n",
        encoding="utf-8",
    )
    with pytest.raises(InputError) as caught:
        read_library(garden, [tmp_path])
    one = str(tmp_path / "one.lp")
    assert [p.message for p in caught.value.problems] == [
        f"nobody_pays stands in {one} already",
        f"idle is concluded in {one} already",
    ]


def test_the_verdict_expected_depends_on_all_readings(garden: Law, tmp_path: Path) -> None:
    claim, other = read(GOOD, garden, tmp_path)
    assert verdict_under(garden, claim, [("due", "exclusive")]) == "refuted"
    assert verdict_under(garden, claim, []) == "holds"
    assert verdict_under(garden, other, []) == ""


def test_the_shipped_cases_break_the_claims_that_they_should() -> None:
    """What breaks a claim is a case that it is said not to hold in; each verdict has its cases."""
    law = load_law()
    library = read_library(law, [CLAIMS])
    claims = {claim.name: claim for claim in library}
    broken = set()
    wrong = []
    for tried in try_cases(law, library, list(CASE_FILES.values())):
        if tried.world.law_date is not None:
            continue
        for name in tried.broken:
            verdict = verdict_under(law, claims[name], tried.world.readings)
            if verdict == HOLDS or claims[name].anyway == HOLDS:
                wrong.append(f"{tried.case.path} breaks {name} under {tried.world.readings}")
            elif verdict == REFUTED:
                broken.add(name)
    assert wrong == []
    refuted = {claim.name for claim in library if claim.expected == REFUTED}
    assert sorted(refuted - broken) == []


WITHOUT_TIME = {
    "a permit makes a temporary resident": """\
inadmissible(P) :- accompanies(P, Q), inadmissible(Q), not temporary_resident(P).
temporary_resident(P) :- permit(P).
permit(P) :- inadmissible(P).
inadmissible(ana) :- found(ana).
""",
    "the page asks that no status is held": """\
eligible(P) :- inadmissible(P), not status(P).
status(P) :- permit(P).
permit(P) :- eligible(P).
""",
}


@pytest.mark.parametrize("rules", WITHOUT_TIME.values(), ids=list(WITHOUT_TIME))
def test_permits_and_status_cannot_be_written_without_days(rules: str) -> None:
    """The claim about writing rules: without days a conclusion depends on its own negation."""
    source = Source("rules.lp", rules)
    pieces = [p for s in read_sections(source, like_law=True) for p in s.pieces]
    ((first, circle),) = check_strata([rule for piece in pieces for rule in piece.rules])
    assert first.head.name in circle
    facts = "accompanies(ben, ana). found(ana). inadmissible(ben) :- found(ben)."
    control = clingo.Control(["-Wnone"])
    control.add("base", [], rules + facts + " inadmissible(cleo).")
    control.ground([("base", [])])
    assert not control.solve().satisfiable


# Claims of which the whole scope is searched in a second or two.
QUICK = ["i_09", "i_31", "i_35", "i_46"]


def test_quick_claims_come_out_as_expected(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """The whole library takes minutes: ``reasoner claims`` runs it."""
    report = tmp_path / "report.xml"
    assert main(["claims", *QUICK, "--json", "--junit", str(report)]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["passed"]
    assert sorted(claim["name"] for claim in found["claims"]) == sorted(QUICK)
    verdicts = [v["verdict"] for claim in found["claims"] for v in claim["verdicts"]]
    assert set(verdicts) == {HOLDS, REFUTED}
    suite = ElementTree.parse(report).getroot()
    assert (suite.get("tests"), suite.get("failures")) == (str(len(verdicts)), "0")


def test_a_verdict_that_is_not_expected_fails(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "ours.lp"
    text = """\
%## quebec
%> Nobody bound for Quebec is accepted.
%>fr Nul qui se destine au Québec n'est accepté.
% Scope: people=1
% Expected: holds
violated(quebec) :- as_of(D), quebec_criterion_met(P, D), intends_to_reside_in(P, quebec).
"""
    path.write_text(text, encoding="utf-8")
    assert main(["claims", "quebec", "--claims", str(path), "--lang", "fr", "--width", "70"]) == 1
    out = re.sub(r" +\d+,\d s|\d+\.\d s", " 0 s", capsys.readouterr().out)
    assert "quebec: Nul qui se destine au Québec n'est accepté." in out
    assert "✗ quebec  réfutée, une histoire de" in out
    assert "Attendu\u00a0: tient dans les limites de la recherche." in out


def test_claims_are_named_by_their_names(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["claims", "i_99", "i_05_noncompliant"]) == 2
    err = capsys.readouterr().err
    assert "there is no claim i_99" in err
    assert "did you mean 'i_05_noncompliance'?" in err

"""What ``reasoner refute`` says: stories that read like stories, and what they rest on."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from paths import CLAIMS, GARDEN, TESTS

from reasoner.casefiles.case import read_case
from reasoner.cli import main
from reasoner.errors import InputError
from reasoner.lawfiles.law import load_law
from reasoner.lawfiles.rules import Law
from reasoner.printing.linter import lint
from reasoner.printing.show import paragraph
from reasoner.printing.stories_view import Story, words_of
from reasoner.reasons.checker import verify
from reasoner.stories.claims import Claim, read_library
from reasoner.stories.own_axioms import name_axiom, shape_of_story, write_axiom
from reasoner.stories.refute import MOST_STATEMENTS, Counterexample, Refutation
from reasoner.stories.sayings import read_sayings
from reasoner.stories.stages import Stage
from reasoner.stories.stories import Setting, read_setting

STORIES = TESTS / "goldens" / "stories"
FILES = sorted(STORIES.glob("*.yaml"))
WORLD = """\
story_day(20240330; 20240331).
story_number(20).
considered(crop, beans).
called(gardener, 1, rose).
called(gardener, 2, jack).

%## plots_are_leased
%> Every plot is leased to somebody.
impossible(plots_are_leased) :- plot(L), not leased_to(L, _, _).
"""
TELLING = """\
%## lease_with_rent
%> {G} leased plot {L} on {Day} and paid the rent at once
told(lease_with_rent) :- leased_to(L, G, Day), rent_paid(G, Day).
"""
CLAIM = """\
%## tenants_pay
%> Every tenant pays in time.
% Scope: gardeners=1, plots=1
violated(tenants_pay) :- tenant(G, D), not paid_in_time(G, D).

%## keepers_are_tenants
%> Whoever keeps a plot is a tenant.
% Scope: gardeners=1, plots=1
violated(keepers_are_tenants) :- keeps_plot(G, D), not tenant(G, D).
"""


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of the user's own, which has nothing in it."""
    monkeypatch.setenv("REASONER_DATA", str(tmp_path / "own"))
    return tmp_path / "own"


@pytest.fixture(scope="module")
def garden(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The by-law of the garden, with a world, a way to tell it, and claims."""
    folder = tmp_path_factory.mktemp("law") / "garden"
    shutil.copytree(GARDEN, folder)
    for name, text in (("worlds", WORLD), ("claims", CLAIM)):
        (folder / name).mkdir()
        (folder / name / f"{name}.lp").write_text(text, encoding="utf-8")
    (folder / "telling.lp").write_text(TELLING, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def library(law: Law) -> dict[str, Claim]:
    """The shipped claims by name."""
    return {claim.name: claim for claim in read_library(law, [CLAIMS])}


class Printed:
    """What the command printed, and how it ended."""

    def __init__(self, capsys: pytest.CaptureFixture[str], garden: Path) -> None:
        self.capsys = capsys
        self.garden = garden

    def __call__(self, *arguments: str, law: bool = True, status: int = 0) -> str:
        where = ("--law", str(self.garden)) if law else ()
        assert main(("refute", *arguments, *where)) == status
        out, err = self.capsys.readouterr()
        return re.sub(r"\d+([.,])\d s", r"0\g<1>0 s", err if status else out)


@pytest.fixture
def refuted(capsys: pytest.CaptureFixture[str], garden: Path) -> Printed:
    """Runs the command and gives what it prints, or what it complains of."""
    return Printed(capsys, garden)


def tell(law: Law, claim: Claim, setting: Setting, file: Path) -> Counterexample:
    """A story from its file, put to the claim that it breaks."""
    case = read_case(str(file), law.vocabulary)
    search = Refutation(law, claim, setting, claim.scope)
    atoms = [f"{kind}({name})" for name, kind in case.entities.items()]
    atoms += [s.atom for s in case.statements] + [f"as_of({case.as_of})"]
    return search.explain(Stage({}, (), 0), atoms)


@pytest.fixture(scope="module")
def stories(law: Law, library: dict[str, Claim]) -> dict[str, Counterexample]:
    """The stories that are kept, by the claims that they break."""
    setting = read_setting(law)
    names = {file.stem.rpartition("-")[0]: file for file in FILES}
    return {name: tell(law, library[name], setting, file) for name, file in names.items()}


# stories


@pytest.mark.parametrize("language", ["en", "fr"])
def test_stories_read_like_stories(
    law: Law, library: dict[str, Claim], stories: dict[str, Counterexample], language: str
) -> None:
    assert len(stories) == 10
    lines: list[str] = []
    for name, found in stories.items():
        story = Story(found, read_sayings(law), language)
        for text in (words_of(library[name], language), " ".join(story.sentences)):
            lines += ["".join(span.text for span in row) for row in paragraph(text, 100)]
        lines.append("")
    text = "\n".join(lines)
    assert set(re.findall(r"\w*_\w*", text)) == set()
    assert not re.search(r"[{}]|:-|9999|\d{8}|[a-z]\([a-z]+,|\.\.", text)
    golden = STORIES / f"stories-{language}.txt"
    if os.environ.get("RECORD"):
        golden.write_text(text, encoding="utf-8", newline="\n")
    assert text == golden.read_text(encoding="utf-8")


def test_a_story_is_decided_again_and_its_reasons_are_checked(
    stories: dict[str, Counterexample],
) -> None:
    for found in stories.values():
        assert found.conditions
        assert verify(found.why, found.case, day=found.world.day) == ()


def test_the_stories_that_are_kept_give_the_same_answers() -> None:
    assert main(("check", str(STORIES))) == 0


# the command


def test_a_broken_claim_is_said_first_and_then_told(refuted: Printed) -> None:
    text = refuted("tenants_pay", "--limit", "1")
    assert text.startswith("Broken: Every tenant pays in time.\n\nStory 1\n")
    assert "plots_are_leased" in text
    assert "Readings: those usually taken.\n" in text
    assert text.endswith("Time: 0.0 s.\n")


def test_conditions_are_a_claim(refuted: Printed) -> None:
    text = refuted(
        "permit_holder_class_member(P,D), applied_for_permanent_residence(P,D), "
        "not becomes_permanent_resident(P,D)",
        *("--scope", "people=1,permits=1,applications=1", "--limit", "1", "--time", "120"),
        law=False,
    )
    text = text.replace("\n", " ")
    assert text.startswith("Broken: it can all be so at once.  Story 1 Ana ")
    assert " to remain in Canada as a permanent resident" in text
    assert "Then Ana was a member of the permit holder class on " in text
    assert ", but did not become a permanent resident on " in text
    assert "R65(b)" in text
    assert "R65.1(1)(e)" in text


def test_what_nothing_breaks_is_said_with_the_scope(refuted: Printed) -> None:
    text = refuted("keepers_are_tenants", "--full")
    assert text.startswith(
        "Whoever keeps a plot is a tenant. No story within this scope breaks it.\n"
    )
    assert "Scope, all of it searched: at most 1 gardener and 1 plot, " in text
    assert "  plots_are_leased: Every plot is leased to somebody.\n" in text


def test_facts_are_told_together(refuted: Printed) -> None:
    text = refuted("leased_to(L,G,D), rent_paid(G,D)", "--limit", "1")
    assert text.startswith("Broken: it can all be so at once.\n")
    assert "Rose leased plot 1 on 2024-03-30 and paid the rent at once." in text.replace(
        "2024-03-31", "2024-03-30"
    ).replace("plot plot 1", "plot 1")


def test_another_scope_readings_facts_and_axioms_are_taken(refuted: Printed) -> None:
    claim = "tenant(G,D), not paid_in_time(G,D)"
    text = refuted(claim, "--scope", "gardeners=2,plots=1", "--reading", "due=exclusive")
    assert "2 gardeners" in text
    assert "Under due: exclusive.\n" in text
    text = refuted(claim, "--without", "leased_to, founder", "--without-axiom", "plots_are_leased")
    assert "No story within this scope breaks it." in text
    assert "plots_are_leased" not in text


def test_all_claims_of_a_file_are_tried_or_one(refuted: Printed, garden: Path) -> None:
    file = str(garden / "claims" / "claims.lp")
    both = json.loads(refuted(file, "--json", "--limit", "1"))
    assert [claim["claim"]["name"] for claim in both["claims"]] == [
        "tenants_pay",
        "keepers_are_tenants",
    ]
    assert [claim["verdict"] for claim in both["claims"]] == ["broken", "unbroken"]
    one = json.loads(refuted(f"{file}:keepers_are_tenants", "--json"))
    assert [claim["claim"]["name"] for claim in one["claims"]] == ["keepers_are_tenants"]


def test_a_saved_story_gives_the_same_answer(
    refuted: Printed, tmp_path: Path, garden: Path
) -> None:
    folder = tmp_path / "stories"
    refuted("tenants_pay", "--save", str(folder))
    files = sorted(folder.iterdir())
    assert files
    assert files[0].name == "tenants_pay-1.yaml"
    assert main(("check", str(folder), "--law", str(garden))) == 0
    case = read_case(str(files[0]), load_law(garden).vocabulary)
    assert case.title == "tenants_pay: Every tenant pays in time."
    assert case.question
    assert [e.answer for e in case.expectations] == ["yes", "no"]


def test_a_scope_that_is_too_large_is_predicted(
    refuted: Printed, monkeypatch: pytest.MonkeyPatch
) -> None:
    scope = ("--scope", "gardeners=9,plots=9")
    assert "too large" not in refuted("keepers_are_tenants", "--scope", "gardeners=2,plots=2")
    monkeypatch.setattr(Refutation.__init__, "__defaults__", _defaults(30))
    text = refuted("keepers_are_tenants", *scope)
    assert text.startswith("Whoever keeps a plot is a tenant. No story was found that breaks it, ")
    size = re.search(
        r"too large: .*?\((\d+) possible\s+statements, where 30 are the most\)", text, re.DOTALL
    )
    assert size
    assert int(size[1]) > 30
    smaller = re.search(r"--scope\s+(\S+)\.\n", text)
    assert smaller
    assert "too large" not in refuted("keepers_are_tenants", "--scope", smaller[1])


def _defaults(most: int) -> tuple[object, ...]:
    """The defaults of a search, with another size from which it is too large."""
    before = Refutation.__init__.__defaults__
    assert before is not None
    return tuple(most if value == MOST_STATEMENTS else value for value in before)


def test_an_interrupted_search_keeps_what_it_found(
    refuted: Printed, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = Refutation.run

    def run(search: Refutation) -> Iterator[Counterexample | None]:
        yield next(found for found in whole(search) if found is not None)
        raise KeyboardInterrupt

    monkeypatch.setattr(Refutation, "run", run)
    text = refuted("tenants_pay")
    assert text.startswith("Broken: ")
    assert "Story 1" in text
    assert "There may be more: the search was stopped by a key.\n" in text


def test_a_search_over_readings_says_under_which_a_claim_holds(refuted: Printed) -> None:
    claim = "rent_paid(G,20240331), as_of(20240331), paid_in_time(G,20240331)"
    text = refuted(claim, "--readings", "any")
    assert text.startswith("\nBroken under due: inclusive:\n\nStory 1\n")
    assert "Whether it holds depends on the readings.\nNot broken under due: exclusive.\n" in text
    assert "The readings that decide: due.\n" in text
    assert "Scope: at most " in text
    data = json.loads(refuted(claim, "--readings", "any", "--json"))
    assert data["schema"] == "reasoner/refute-readings/1"
    (found,) = data["claims"]
    assert found["verdict"] == "depends"
    assert [broken["readings"] for broken in found["broken"]] == [{"due": "inclusive"}]
    assert found["holds"] == [{"readings": {"due": "exclusive"}}]


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("broken", ("i_31", "--limit", "1", "--width", "100")),
        ("broken-french", ("i_31", "--limit", "1", "--width", "72", "--lang", "fr")),
        ("unbroken", ("i_35", "--width", "100")),
        ("readings", ("i_31", "--readings", "any", "--width", "60")),
    ],
)
def test_output_is_as_recorded(refuted: Printed, name: str, arguments: tuple[str, ...]) -> None:
    text = refuted(*arguments, law=False)
    assert max(map(len, text.splitlines())) <= int(arguments[arguments.index("--width") + 1])
    golden = STORIES / f"{name}.txt"
    if os.environ.get("RECORD"):
        golden.write_text(text, encoding="utf-8", newline="\n")
    assert text == golden.read_text(encoding="utf-8")


# what is impossible


def test_a_sentence_becomes_an_axiom(refuted: Printed, own_folder: Path) -> None:
    before = refuted("tenants_pay", "--limit", "1")
    assert "Rose has been tenant" not in before
    text = refuted(
        *("tenants_pay", "--because", "Nobody leases a plot.", "--full"),
        *("--impossible", "leased_to(L, G, _)"),
    )
    file = own_folder / "axioms" / "garden.lp"
    added = f"From now on impossible: nobody_leases_a_plot, in {file}. "
    assert text.replace("\n", " ").startswith(added)
    assert "nobody_leases_a_plot: Nobody leases a plot." in text
    assert "No story within this scope breaks it." in text
    assert file.read_text(encoding="utf-8") == (
        "%## nobody_leases_a_plot\n%> Nobody leases a plot.\n"
        "impossible(nobody_leases_a_plot) :-\n    leased_to(L,G,_).\n"
    )
    assert "No story within this scope" in refuted("tenants_pay")
    assert "Broken" in refuted("tenants_pay", "--without-axiom", "nobody_leases_a_plot")


def test_without_conditions_the_story_itself_is_impossible(
    refuted: Printed, own_folder: Path
) -> None:
    def facts() -> list[list[str]]:
        found = json.loads(refuted("tenants_pay", "--json", "--limit", "9"))
        return [story["facts"] for story in found["claims"][0]["stories"]]

    before = facts()
    refuted("tenants_pay", "--because", "It never  happened")
    after = facts()
    assert before
    assert before[0] not in after
    text = (own_folder / "axioms" / "garden.lp").read_text(encoding="utf-8")
    assert text.startswith("%## it_never_happened\n%> It never happened\nimpossible(it_never_")
    assert "plot_1" not in text


def test_the_shape_of_a_story_is_its_facts_and_the_order_of_its_days(
    law: Law, stories: dict[str, Counterexample]
) -> None:
    shape = shape_of_story(law, stories["i_33"].case)
    assert "accompanies(Ana, Ben)" in shape
    assert "Ana != Ben" in shape
    assert "common_law_partner(Ana, Ben, 19000101, 99991231)" in shape
    shape = shape_of_story(law, stories["i_01"].case)
    assert "printed_expiry(First, Day2)" in shape
    assert shape[-1] == "Day1 < Day2"


def test_axioms_are_listed_with_their_sentences(refuted: Printed, own_folder: Path) -> None:
    refuted("tenants_pay", "--because", "No leases.", "--impossible", "leased_to(_, _, _)")
    text = refuted("--axioms-list", "--width", "300")
    file = own_folder / "axioms" / "garden.lp"
    assert text == (
        "plots_are_leased\n  Every plot is leased to somebody.\n"
        f"no_leases\n  No leases.\n  your own, in {file}\n"
    )
    listed = json.loads(refuted("--axioms-list", "--json"))
    assert [(axiom["name"], axiom["own"]) for axiom in listed["axioms"]] == [
        ("plots_are_leased", False),
        ("no_leases", True),
    ]


# bad input

BAD = {
    ("tennant(G,D)",): "nothing is called tennant",
    ("tenant(G)",): "tenant has 2 arguments, not 1",
    ("tenant(G,D), X < D",): "nothing binds X",
    ("not tenant(G,D)",): "nothing binds D and G",
    ("tenant(G,D",): "syntax error",
    ("tenant(G,D). trusted(G)",): "this is more than one rule",
    ("",): "no claim is named",
    ("tenants_play",): "did you mean 'tenants_pay'?",
    ("nothing.lp",): "nothing.lp does not exist",
    ("tenants_pay", "--scope", "people"): "'people' is no scope",
    ("tenants_pay", "--scope", "plots=12"): "12 plots are too many",
    ("tenants_pay", "--without", "lease"): "--without lease: there is no such fact",
    ("tenants_pay", "--without-axiom", "plots"): "there is no axiom plots",
    ("tenants_pay", "--reading", "dew=x"): "there is no reading 'dew'",
    ("tenants_pay", "--axioms-list", "--axioms", "nothing.lp"): "nothing.lp does not exist",
    ("tenants_pay", "--law-date", "2024-02-30"): "2024-02-30",
    ("tenants_pay", "--axioms", "nothing.lp"): "nothing.lp does not exist",
    ("tenants_pay", "--impossible", "plot(L)"): "--impossible goes with --because",
    ("tenants_pay", "--because", "?"): "--because says nothing",
    ("tenants_pay", "--because", "X", "--impossible", "plott(L)"): "nothing is called plott",
    ("tenants_pay", "--because", "X", "--impossible", "not plot(L)"): "nothing binds L",
    ("tenants_pay", "--because", "X", "--pick", "99"): "there is no story 99",
}


@pytest.mark.parametrize("arguments", BAD, ids=" ".join)
def test_bad_input_is_explained_and_leaves_nothing_behind(
    refuted: Printed, own_folder: Path, arguments: tuple[str, ...]
) -> None:
    text = refuted(*arguments, status=2)
    assert BAD[arguments] in text
    assert "Traceback" not in text
    assert not own_folder.exists()


def test_all_that_is_wrong_is_said_at_once(refuted: Printed) -> None:
    text = refuted("tenants_play", "--scope", "x=1", "--reading", "dew=x", status=2)
    assert "there is no claim tenants_play" in text
    assert "there are no x" in text
    assert "there is no reading 'dew'" in text


def test_a_broken_file_of_axioms_is_pointed_at(refuted: Printed, tmp_path: Path) -> None:
    file = tmp_path / "mine.lp"
    file.write_text("%## late\n%> Late.\nimpossible(late) :- plott(L).\n", encoding="utf-8")
    text = refuted("tenants_pay", "--axioms", str(file), status=2)
    assert f"{file}:3:21: nothing is called plott" in text
    file.write_text("%## late\n%> Late.\nimpossible(late) :- not plot(L).\n", encoding="utf-8")
    assert "nothing binds L" in refuted("tenants_pay", "--axioms", str(file), status=2)


def test_axioms_that_cannot_be_kept_are_no_traceback(
    refuted: Printed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("REASONER_DATA", str(tmp_path / "file"))
    text = refuted("tenants_pay", "--because", "X", "--impossible", "plot(L)", status=2)
    assert "garden.lp cannot be written" in text


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("Nobody pays twice!", "nobody_pays_twice"),
        ("Élodie  n'a\nrien payé", "elodie_n_a_rien_paye"),
        ("2 plots", "own_2_plots"),
        ("不可能", "axiom"),
        ("taken", "taken_2"),
    ],
)
def test_an_axiom_is_named_after_its_sentence(sentence: str, name: str) -> None:
    assert name_axiom(sentence, {"taken"}) == name
    text = write_axiom(name, sentence, "fr", ["plot(L)"])
    assert text.splitlines()[:2] == [f"%## {name}", f"%> {' '.join(sentence.split())}"]


def test_a_law_without_a_world_tells_no_stories(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(("refute", "tenant(G,D)", "--law", str(GARDEN))) == 2
    assert "tells no stories" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("%## a\ntold(a) :- rent_paid(G, D).\n", "a is not put into words"),
        ("%## a\n%> {X} paid.\ntold(a) :- rent_paid(G, D).\n", "a tells nothing of {X}"),
        ("%## a\n%> {G} paid.\ntold(b) :- rent_paid(G, D).\n", "nothing says what a tells"),
        ("%## a\n%> {G} paid.\ntold(a) :- rent_payed(G, D).\n", "nothing is called rent_payed"),
        ("%## a\n%> {G}.\ntold(a) :- gardener(G), not nuisance(G).\n", "only facts that are"),
    ],
)
def test_what_is_wrong_with_the_way_to_tell_is_said(
    garden: Path, tmp_path: Path, text: str, complaint: str
) -> None:
    folder = tmp_path / "garden"
    shutil.copytree(garden, folder)
    (folder / "telling.lp").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=re.escape(complaint)):
        read_sayings(load_law(folder))
    assert any(complaint in problem.message for problem in lint(load_law(folder)))


def test_lint_reads_what_stories_are_made_of(garden: Path, tmp_path: Path) -> None:
    folder = tmp_path / "garden"
    shutil.copytree(garden, folder)
    (folder / "worlds" / "more.lp").write_text("impossible(x) :- plott(L).\n", encoding="utf-8")
    said = [problem.message for problem in lint(load_law(folder))]
    assert "nothing is called plott" in said

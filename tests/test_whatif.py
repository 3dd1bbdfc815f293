"""What would be so if a case were otherwise, against deciding each changed case by itself."""

import json
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from paths import CASE_FILES, GARDEN
from written import reread, same

from reasoner.casefiles.case import Case, read_case
from reasoner.casefiles.edits import apply_edits, edit_between
from reasoner.casefiles.read_edits import read_changes
from reasoner.casefiles.write_case import write_case
from reasoner.cli import main
from reasoner.errors import InputError
from reasoner.hypotheses.whatif import WhatIf, whatif
from reasoner.lawfiles.rules import Law
from reasoner.reasons.contrast import CONCLUSION, Change, causes
from reasoner.solving.solve import decide

CALM = settings(deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
GAP = "one-day-gap"
EARLIER = ("permits.second.issued=2022-01-15", "permits.second.from=2022-01-15")
ILL = "{under: A38(1)(c), since: 2015-11-11}"
BEANS = """\
case: Beans
question: 1
as_of: 2024-06-01
gardeners:
  rose: {rent_paid: 2024-03-31}
  jack: {vouches_for: rose}
plots:
  p1: {lease: {to: rose, since: 2020-01-01}, beds: {number: 1, area: 12, crop: Beans}}
"""
GARDEN_CHANGES = (
    "gardeners.rose.rent_paid=2024-04-01",
    "gardeners.rose.rent_paid=2024-03-30",
    "gardeners.rose.rent_paid=",
    "gardeners.rose.nuisance=yes",
    "gardeners.rose.nuisance=unknown",
    "gardeners.rose.pardoned=yes",
    "gardeners.jack.founder=yes",
    "gardeners.jack.vouches_for=",
    "gardeners.rose.vouches_for+=jack",
    "plots.p1.lease.since=2024-06-15",
    "plots.p1.beds+={number: 2, area: 10, crop: Beans}",
    "plots.p1.beds.1.area=25",
    "-plots.p1",
    "readings.due=exclusive",
    "as_of=2024-07-01",
    "as_of=2023-06-01",
)


def case_of(law: Law, name: str) -> Case:
    return read_case(str(CASE_FILES[name]), law.vocabulary)


def answers(found: WhatIf, question: int = 0) -> list[str]:
    """The two answers to a question."""
    return [decision.answer for decision in found.comparison.questions[question].decisions]


def leaves(found: WhatIf, question: int = 0) -> list[Change]:
    """What the difference of the reasons comes from in the end."""
    return causes(found.comparison.questions[question].contrast.changes)


@pytest.mark.parametrize(
    ("name", "changes", "answer", "leaf"),
    [
        # fewer grounds, worse answer: the class is for those who are inadmissible
        ("no-means-of-support", ["-people.idris.inadmissible"], "yes no", "inadmissible_found"),
        ("ill-with-a-serious-conviction", ["people.nikola.inadmissible-={under: A38(1)(c)}"],
         "yes no", "inadmissible_found"),
        ("criminality", ["people.giorgos.record_suspension={under: A36(2)(a), on: 2023-05-02}"],
         "yes no", "record_suspended"),
        ("record-suspension", ["-people.soren.record_suspension"], "no yes", "record_suspended"),
        # more grounds, better answer: serious criminality with an illness beside it
        ("serious-criminality", [f"people.fatou.inadmissible+={ILL}"],
         "no yes", "inadmissible_found"),
        # a day earlier, no gap
        (GAP, EARLIER, "no yes", "valid_from"),
        (GAP, ["readings.gap=applied", "readings.gap41=finding"], "no yes", "reading"),
        (GAP, ["as_of=2024-01-14", *EARLIER], "no no", "valid_from"),
    ],
)  # fmt: skip
def test_answers_and_what_makes_them_differ(
    name: str, changes: list[str], answer: str, leaf: str, law: Law
) -> None:
    """A change gives the answer that the law gives, and a leaf of the difference is the change."""
    case = case_of(law, name)
    found = whatif(law, case, changes, "65")
    assert answers(found) == answer.split()
    if len(set(answer.split())) == 2:
        assert leaf in {change.atom.partition("(")[0] for change in leaves(found)}


def test_nothing_changed_changes_nothing(law: Law) -> None:
    """Without changes, and with changes of nothing, no answer and no reason differs."""
    for name, question in (GAP, None), ("quebec-opinion-unknown", "65"), ("cured", "65"):
        case = case_of(law, name)
        for sources in ([], [case]):
            found = whatif(law, case, sources, question)
            assert all(change.edit.changes_nothing for change in found.changes)
            assert found.comparison.questions
            assert not any(q.differs or q.contrast.aside for q in found.comparison.questions)
            if not question:
                break


@settings(CALM, max_examples=20)
@given(st.lists(st.sampled_from(GARDEN_CHANGES), min_size=1, max_size=3, unique=True))
def test_random_changes(garden: Law, texts: list[str]) -> None:
    """Answers are those of the changed case; leaves differ; every set of changes is tried."""
    case = reread(BEANS, garden.vocabulary)
    try:
        changed = apply_edits(case, [c.edit for c in read_changes(case, garden.vocabulary, texts)])
    except InputError:
        return  # a change of the plot that another removes
    found = whatif(garden, case, texts, "keeps_plot")
    assert answers(found) == [decide(garden, one, "keeps_plot").answer for one in (case, changed)]
    compared = found.comparison.questions[0]
    if len(set(answers(found))) == 2:
        assert compared.contrast.changes
    for leaf in leaves(found):
        assert leaf.kind != CONCLUSION
        assert leaf.before is not leaf.after or leaf.values != ("", "")
    if len(texts) > 1:
        wanted = {
            made for size in range(len(texts) + 1) for made in combinations(range(len(texts)), size)
        }
        assert {trial.made for trial in found.trials} == wanted
    for made, given_ in found.trials:
        some = [texts[place] for place in made]
        try:
            edits = [c.edit for c in read_changes(case, garden.vocabulary, some)]
        except InputError:
            assert given_ is None
        else:
            assert given_ == (decide(garden, apply_edits(case, edits), "keeps_plot").answer,)


@settings(CALM, max_examples=15)
@given(st.lists(st.sampled_from(GARDEN_CHANGES), min_size=1, max_size=3, unique=True))
def test_change_and_its_reverse(garden: Law, texts: list[str]) -> None:
    """A change and its reverse give back the case."""
    case = reread(BEANS, garden.vocabulary)
    try:
        changed = apply_edits(case, [c.edit for c in read_changes(case, garden.vocabulary, texts)])
    except InputError:
        return
    assert same(apply_edits(changed, [edit_between(changed, case)])) == same(case)
    back = whatif(
        garden, changed, [reread(write_case(case, garden.vocabulary), garden.vocabulary)], "1"
    )
    assert back.comparison.questions[0].decisions[0].answer == decide(garden, changed).answer


def test_which_of_several_changes_matter(law: Law) -> None:
    """Changes that only work together, one that does not matter, one that is enough alone."""
    case = case_of(law, GAP)
    found = whatif(law, case, ["readings.gap=applied", "readings.gap41=finding"], "65")
    assert (found.enough(0), found.idle(0)) == ([(0, 1)], [])
    more = whatif(law, case, [*EARLIER, "people.tamar.here_to_establish=yes"], "65")
    assert (more.enough(0), more.idle(0)) == ([(0, 1)], [2])
    suspended = case_of(law, "record-suspension")
    other = whatif(
        law, suspended, ["-people.soren.record_suspension", "readings.when=at_issue"], "65"
    )
    assert (other.enough(0), other.idle(0)) == ([(0,), (1,)], [])


def test_changes_that_cannot_be_made_alone(law: Law) -> None:
    """A permit that is valid before it is issued cannot be asked about; one for nobody neither."""
    case = case_of(law, GAP)
    found = whatif(
        law, case, ["permits.second.from=2022-01-15", "permits.second.issued=2022-01-15"], "65"
    )
    alone = found.trial([0])
    assert alone is not None
    assert alone.answers is None
    assert found.idle(0) == []
    added = ["people.zoe", "permits.first.holder=zoe"]
    found = whatif(law, case, added, "65")
    assert [trial.answers for trial in found.trials] == [("no",), ("no",), None, ("no",)]


def test_many_changes_are_tried_alone_and_left_out(law: Law) -> None:
    """Of many changes not every set is tried."""
    keys = [f.key for f in law.vocabulary.facts.values() if (f.arity, f.section) == (1, "people")]
    some = [f"people.tamar.{key}=no" for key in keys]
    case = case_of(law, GAP)
    found = whatif(law, case, ["readings.gap=applied", "readings.gap41=finding", *some[:4]], "65")
    assert len(found.trials) == 2 * len(found.changes) + 2


def test_another_day(law: Law) -> None:
    """What is otherwise on another day comes from the days compared, or from what began between."""
    case = case_of(law, "single-three-year-permit")
    found = whatif(law, case, ["as_of=2024-03-02"], "65", as_of=20240301)
    first, last = answers(found)
    assert first != last
    assert leaves(found)
    assert all(leaf.kind == "comparison" for leaf in leaves(found))


def test_a_person_who_is_only_in_the_changed_case(law: Law) -> None:
    """Who is added can be asked about, and who is removed."""
    case = case_of(law, GAP)
    found = whatif(law, case, ["people.zoe={citizen: yes}"], "inadmissible(zoe, _, 2024-06-01)")
    assert answers(found) == ["no", "no"]
    found = whatif(law, case, ["-permits.second"], "permit_valid(second, 2024-06-01)")
    assert answers(found) == ["yes", "no"]


def test_saved_case_replays(law: Law, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The changed case, written to a file, expects the answers given, and meets them."""
    path = tmp_path / "changed.yaml"
    assert main(["whatif", GAP, *EARLIER, "65", "--save", str(path)]) == 0
    case = read_case(str(path), law.vocabulary)
    assert decide(law, case).answer == "yes" == case.expectations[0].answer
    assert main(["whatif", GAP, "-permits.first", "--all", "--save", str(path)]) == 0
    assert len(read_case(str(path), law.vocabulary).expectations) > 3
    assert main(["check", str(path)]) == 0
    assert main(["whatif", GAP, *EARLIER, "--save", str(tmp_path / "no" / "x.yaml")]) == 2
    capsys.readouterr()


def test_data(capsys: pytest.CaptureFixture[str]) -> None:
    """The data name every change with its effects, and what was tried."""
    assert main(["whatif", GAP, "-permits.second", "people.zoe", "65", "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["schema"] == "reasoner/whatif/1"
    assert [change["text"] for change in data["changes"]] == ["-permits.second", "people.zoe"]
    assert {(e["before"], e["after"]) for e in data["changes"][0]["effects"]} == {(True, False)}
    (question,) = data["questions"]
    assert [trial["made"] for trial in question["trials"]] == [[], [1], [2], [1, 2]]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "nothing says what to change"),
        (["65"], "nothing says what to change"),
        (["65", "63", "as_of=2024-01-01"], "there are two questions, '65' and '63'"),
        (["as_of=2024-02-30"], "change:1:7: there is no day 2024-02-30"),
        (["permits.second.from=2022-01-15"], "after its first day 2022-01-15"),
        (["as_of=2024-01-01", "--about", "zoe"], "--about zoe: the case declares nobody"),
        (["as_of=2024-01-01", "999"], "nothing in the law is called '999'"),
        (["--from", "nowhere"], "nowhere"),
    ],
)
def test_bad_input(arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]) -> None:
    """What cannot be used is said, and nothing is printed."""
    assert main(["whatif", GAP, *arguments]) == 2
    printed = capsys.readouterr()
    assert message in printed.err
    assert not printed.out


def test_other_law_and_other_case(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Any law can be asked, and a whole case can be the change."""
    beans, other = tmp_path / "beans.yaml", tmp_path / "other.yaml"
    beans.write_text(BEANS)
    other.write_text(
        "case: x\nas_of: 2024-06-01\nplots: {p1: {beds: {number: 1, area: 25, crop: Beans}}}"
    )
    assert main(["whatif", str(beans), "--from", str(other), "1", "--law", str(GARDEN)]) == 0
    assert "no → yes" in capsys.readouterr().out

"""All questions that a case touches: which, for whom, and that their answers are those of `why`."""

import json
from pathlib import Path

import pytest
from paths import CASE_FILES, GARDEN

from reasoner import InputError, Law, decide, explain, load_law, read_case
from reasoner.cli import main
from reasoner.hypotheses.survey import Survey, survey
from reasoner.printing.overview import in_short
from reasoner.reasons.weigh import decisive
from reasoner.wording.phrases import phrases

GARDEN_CASE = """\
case: Beans and gravel
as_of: 2024-06-01
gardeners:
  rose: {rent_paid: 2024-03-31}
  gus: {}
plots:
  p1:
    lease: {to: rose, since: 2020-01-01}
    beds: [{number: 1, area: 12, crop: Beans}, {number: 2, area: 7, crop: Beans}]
"""
SAMPLE = (
    "a-family-of-four",
    "another-permit-in-time",
    "quebec-opinion-unknown",
    "days-of-two-kinds",
    "university",
    "resettled-then-vacated",
)


def surveyed(law: Law, name: str) -> Survey:
    return survey(law, read_case(str(CASE_FILES[name]), law.vocabulary))


def asked(found: Survey) -> list[tuple[str, str, str]]:
    return [
        (q.goal.pinpoint, q.subject, d.answer)
        for q, d in zip(found.questions, found.decisions, strict=True)
    ]


def test_a_permit_raises_the_questions_about_permits_and_no_others(law: Law) -> None:
    assert asked(surveyed(law, "one-day-gap"))[:6] == [
        ("A29(1)", "tamar", "yes"),
        ("A33", "tamar", "yes"),
        ("R63", "first", "no"),
        ("R63", "second", "yes"),
        ("R65", "tamar", "no"),
        ("R65.1(1)", "tamar", "no"),
    ]


def test_each_person_is_asked_about_who_is_concerned(law: Law) -> None:
    found = asked(surveyed(law, "a-family-of-four"))
    assert {who for pinpoint, who, _ in found if pinpoint == "R65"} == {"feodor", "galina", "irina"}


def test_a_permanent_resident_raises_the_residency_obligation_only(law: Law) -> None:
    assert asked(surveyed(law, "days-of-two-kinds")) == [("A28(1)", "petra", "yes")]


def test_businesses_and_visas_are_asked_about(law: Law) -> None:
    assert ("R61(1)", "university", "yes") in asked(surveyed(law, "university"))
    visas = asked(surveyed(law, "accompanying-spouse"))
    assert [(pinpoint, answer) for pinpoint, _, answer in visas] == [
        ("R70(1)", "yes"),
        ("R70(4)", "yes"),
    ]


def test_guidance_comes_after_the_law(law: Law) -> None:
    layers = [q.layer for q in surveyed(law, "another-permit-in-time").questions]
    assert "guidance" in layers
    assert layers == sorted(layers, key=["act", "regulation", "guidance"].index)


def test_the_case_s_own_question_is_always_among_them(law: Law) -> None:
    assert "R65.1(1)(d)(i)" in [p for p, _, _ in asked(surveyed(law, "resettled-then-vacated"))]


@pytest.mark.parametrize("name", SAMPLE)
def test_answers_and_what_decides_are_those_of_each_question_by_itself(law: Law, name: str) -> None:
    found = surveyed(law, name)
    for place, question in enumerate(found.questions):
        decision = decide(law, found.case, question.goal.text)
        why = explain(decision)
        assert found.decisions[place].answer == decision.answer
        together = decisive(found.why, found.why.roots[place])
        assert together == decisive(why, why.roots[0])


def test_about_keeps_to_some_entities(law: Law) -> None:
    case = read_case(str(CASE_FILES["a-family-of-four"]), law.vocabulary)
    found = survey(law, case, about=["irina"])
    assert {q.subject for q in found.questions} == {"irina"}


def test_any_law_may_mark_its_questions(garden: Law, tmp_path: Path) -> None:
    path = tmp_path / "beans.yaml"
    path.write_text(GARDEN_CASE)
    found = survey(garden, read_case(str(path), garden.vocabulary))
    assert asked(found) == [
        ("B1", "rose", "no"),
        ("B2(b)", "rose", "yes"),
        ("B2(c)", "rose", "no"),
    ]


def marked(tmp_path: Path, mark: str) -> Path:
    folder = tmp_path / "law"
    folder.mkdir()
    for path in GARDEN.glob("*.lp"):
        lines = path.read_text().splitlines()
        text = "\n".join(line for line in lines if not line.startswith("%?"))
        (folder / path.name).write_text(text.replace("%## 3\n", f"%## 3\n{mark}\n") + "\n")
    return folder


@pytest.mark.parametrize(
    ("mark", "message"),
    [
        ("%? nuisanse", "nothing in the law is called nuisanse"),
        ("", "the law marks no questions"),
    ],
)
def test_a_mark_that_leads_nowhere_is_told(tmp_path: Path, mark: str, message: str) -> None:
    path = tmp_path / "beans.yaml"
    path.write_text(GARDEN_CASE)
    folder = marked(tmp_path, mark)
    with pytest.raises(InputError, match=message):
        survey(law := load_law(folder), read_case(str(path), law.vocabulary))


def test_a_mark_without_a_conclusion_is_told(tmp_path: Path) -> None:
    folder = marked(tmp_path, "")
    bylaw = folder / "bylaw.lp"
    bylaw.write_text(bylaw.read_text().replace("%## 6\n", "%## 6\n%?\n"))
    with pytest.raises(InputError, match="B6 concludes nothing to ask about"):
        load_law(folder)


def test_the_table_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["why", "another-permit-in-time", "--all", "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["schema"] == "reasoner/answers/1"
    assert {row["layer"] for row in data["answers"]} == {"act", "regulation", "guidance"}
    first = data["answers"][0]
    assert set(first) == {"question", "layer", "about", "answer", "sentence", "decided_by"}


def test_a_case_without_a_question_gets_the_table(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "beans.yaml"
    path.write_text(GARDEN_CASE)
    assert main(["why", str(path), "--law", str(GARDEN)]) == 0
    out = capsys.readouterr().out
    assert out.startswith("Beans and gravel: 3 questions on 2024-06-01.")


@pytest.mark.parametrize("width", [40, 60, 100, 160])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_table_keeps_to_its_width(
    width: int, language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["why", "a-family-of-four", "--all", "--width", str(width), "--lang", language])
    assert all(len(line) <= width for line in capsys.readouterr().out.splitlines())


def test_provisions_are_listed_as_lawyers_do() -> None:
    say = phrases("en")
    assert in_short(["R63(c)", "R63(d)"], say) == "R63(c), (d)"
    assert in_short(["R65(b)(i)", "R65(b)(ii)", "A41(a)"], say) == "R65(b)(i), (ii), A41(a)"
    assert in_short(["A33", "A35.1"], say) == "A33, A35.1"
    assert in_short([f"A{n}" for n in range(1, 9)], say) == "A1, A2, A3, A4, A5 and 3 more"
    assert in_short(["trp:a/b", "trp:a/c"], say) == "trp:a/b, /c"

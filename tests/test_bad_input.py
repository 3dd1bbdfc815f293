"""Bad input: one message each with place, caret and hint, status 2, and never a traceback.

``RECORD=1 pytest tests/test_bad_input.py`` records the messages anew.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from paths import CASE_FILES, GARDEN, LAW, ROOT, TESTS

from reasoner import InputError, Law, decide, explain, load_law, read_case
from reasoner.casefiles.case import read_case_text
from reasoner.cli import main
from reasoner.printing.answer import verdict
from reasoner.source import Source

LAWS = TESTS / "bad_laws"
CASES = TESTS / "bad_cases"
BAD_LAWS = sorted(path.name for path in LAWS.iterdir() if path.is_dir())
BAD_CASES = sorted(path.stem for path in CASES.glob("*.yaml"))


def complaints(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """What a command says of bad input; it ends with status 2 and prints nothing else."""
    assert main(arguments) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "Traceback" not in said.err
    return said.err


def compare(golden: Path, text: str) -> None:
    """Hold messages against what was recorded, or record them."""
    if os.environ.get("RECORD"):
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")


# laws


@pytest.fixture
def bad_law(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A bad law beside its vocabulary."""
    folder = tmp_path / "law"
    shutil.copytree(LAWS / request.param, folder, ignore=shutil.ignore_patterns("*.txt"))
    for name in ("vocabulary.lp", "elsewhere.lp"):
        shutil.copy(LAWS / name, folder if name == "vocabulary.lp" else tmp_path)
    return folder


@pytest.mark.parametrize("bad_law", BAD_LAWS, indirect=True)
def test_what_is_wrong_with_a_law_is_said(
    bad_law: Path,
    request: pytest.FixtureRequest,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(bad_law)
    said = complaints(capsys, "lint", str(bad_law))
    name = request.node.callspec.params["bad_law"]
    compare(LAWS / name / "expected.txt", said.replace(str(bad_law), "law"))
    assert sorted(path.name for path in bad_law.iterdir() if path.suffix != ".lp") == []


@pytest.mark.parametrize("bad_law", ["script", "choice"], indirect=True)
@pytest.mark.parametrize("command", ["why", "check", "show", "facts", "readings", "cases"])
def test_no_command_takes_a_bad_law(
    command: str, bad_law: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(bad_law)
    argument = {"why": ["one-day-gap"], "check": ["one-day-gap"], "show": ["1"]}.get(command, [])
    assert "main.lp:" in complaints(capsys, command, *argument, "--law", str(bad_law))
    assert not (bad_law / "executed").exists()


@pytest.mark.parametrize("name", BAD_LAWS)
def test_every_message_about_a_law_has_a_place_and_a_caret(name: str) -> None:
    if name == "no_main":
        pytest.skip("there is no line to point at")
    check_form((LAWS / name / "expected.txt").read_text(encoding="utf-8"), "law/")


def check_form(text: str, start: str) -> None:
    """Messages begin with file, line and column; a line and a caret follow, perhaps a hint."""
    lines = text.splitlines()
    while lines:
        message, source, caret, *lines = lines
        path, line, column, what = message.split(":", 3)
        assert path.startswith(start)
        assert int(line) > 0
        assert caret.index("^") - 4 == int(column) - 1 or source.startswith("    ...")
        assert what.strip()
        assert source.startswith("    ")
        if lines and lines[0].startswith("  hint: "):
            lines = lines[1:]


def test_a_law_that_is_no_folder_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert "nowhere/main.lp does not exist" in complaints(capsys, "lint", "nowhere")
    said = complaints(capsys, "lint", str(LAW / "main.lp"))
    assert "main.lp" in said


def test_a_binary_law_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "main.lp").write_bytes(bytes(range(256)))
    assert "main.lp" in complaints(capsys, "lint", str(tmp_path))


@pytest.mark.parametrize(
    ("rule", "place"),
    [(b"p :- \xff\xfe q.", b"part.lp:1:6"), ("p :- qé.".encode(), b"part.lp:1:7")],
    ids=["binary", "letter"],
)
def test_a_law_with_letters_that_clingo_does_not_know_is_refused(
    rule: bytes, place: bytes, tmp_path: Path
) -> None:
    (tmp_path / "main.lp").write_text('#include "part.lp".\n')
    (tmp_path / "part.lp").write_bytes(rule)
    command = [sys.executable, "-m", "reasoner", "lint", str(tmp_path)]
    process = subprocess.run(command, cwd=ROOT, capture_output=True, timeout=120, check=False)
    assert process.returncode == 2
    assert place in process.stderr
    assert b"Traceback" not in process.stderr


# cases


@pytest.mark.parametrize("name", BAD_CASES)
def test_what_is_wrong_with_a_case_is_said(
    name: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(CASES)
    said = complaints(capsys, "why", f"{name}.yaml")
    compare(CASES / f"{name}.txt", said)
    check_form(said, f"{name}.yaml")


def test_a_misspelt_question_among_facts_is_said_with_its_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "case.lp"
    path.write_text('as_of(20240601). person(ana).\nquestion("65(bb)").\n')
    assert "case.lp:2:10: nothing in the law is called" in complaints(capsys, "why", str(path))
    said = complaints(capsys, "why", str(path), "65(cc)")
    assert said.startswith("nothing in the law is called '65(cc)'")


def test_every_misspelt_pinpoint_of_the_expectations_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "case.yaml"
    path.write_text(
        "case: A case\nas_of: 2024-06-01\nquestion: 65\npeople: {ana: {}}\nexpect:\n"
        "  - {answer: no, decided_by: [R65(b), R65(z)]}\n"
        "  - {question: 65(bb), answer: no}\n"
    )
    assert main(["check", str(path)]) == 2
    said = capsys.readouterr().err
    assert "case.yaml:6:" in said
    assert "case.yaml:7:" in said
    assert said.count("did you mean") == 2


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("empty.yaml", b"", "this file is empty"),
        ("list.yaml", b"- case: t\n", "a case is a mapping, not a list"),
        ("binary.yaml", bytes(range(256)), "binary.yaml"),
        ("binary.lp", b"\x00\x01\x02\xff", "binary.lp"),
        ("latin.yaml", "case: Été\n".encode("latin-1"), "latin.yaml"),
        ("case.txt", b"case: t\n", "a case file ends in .yaml, .yml or .lp"),
        ("empty.lp", b"", "this file is empty"),
        ("rule.lp", b"as_of(20240601).\nperson(X) :- person(X).\n", "rule.lp:2:8"),
        ("include.lp", b'#include "/etc/passwd".\n', "include.lp:1:1"),
        ("script.lp", b"#script (python)\nprint(1)\n#end.\n", "script.lp:1:1"),
        ("tag.yaml", b"case: !!python/object/apply:os.system [ls]\n", "tag.yaml:1:"),
    ],
)
def test_a_file_that_is_no_case_is_refused(
    name: str, content: bytes, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    for command in ("why", "check"):
        assert main([command, str(path)]) == 2
        said = capsys.readouterr()
        assert message in said.err
        assert "Traceback" not in said.err


def test_a_missing_case_is_said_with_what_may_be_meant(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert complaints(capsys, "why", "one-day-gab") == (
        "there is no case called 'one-day-gab' and no such file\n"
        "  hint: did you mean 'one-day-gap'?\n"
    )
    assert "nowhere.yaml" in complaints(capsys, "why", "nowhere.yaml")


def test_a_folder_is_no_case(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert str(tmp_path) in complaints(capsys, "why", str(tmp_path))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["65(b)(iii)"], "hint: did you mean '65(b)(ii)'?"),
        (["premit_valid"], "hint: did you mean 'permit_valid'?"),
        (["permit_valid(frist, 2024-06-01)"], "hint: did you mean 'first'?"),
        (["permit_valid(first, 2024-02-30)"], "2024-02-30"),
        (["permit_valid(first)"], "permit_valid has 2 arguments, not 1"),
        (["inadmissible(tamar, A36(22), 2024-06-01)"], "did you mean"),
        (["zebra"], "nothing in the law is called 'zebra'"),
        (["65.1(5)"], "hint: did you mean"),
        (["--as-of", "2024-02-30"], "--as-of: "),
        (["--as-of", "tomorrow"], "--as-of: "),
        (["--law-date", "2024"], "--law-date: "),
        (["--reading", "gab=strict"], "hint: did you mean 'gap'?"),
        (["--reading", "gap=strikt"], "hint: did you mean 'strict'?"),
        (["--reading", "gap=tolerant(x)"], "tolerant(x)"),
        (["--reading", "gap"], "--reading gap: no option is named"),
        (["--about", "tamr"], "hint: did you mean 'tamar'?"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_is_wrong_with_an_argument_is_said(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert message in complaints(capsys, "why", "one-day-gap", *arguments)


@pytest.mark.parametrize(
    "arguments",
    [
        ["show", "65(z)"],
        ["why"],
        ["wyh", "one-day-gap"],
        ["why", "one-day-gap", "65", "66"],
        ["why", "one-day-gap", "--as", "x"],
        ["show"],
        ["check", "nowhere"],
        ["facts", "--json", "--what"],
    ],
    ids=" ".join,
)
def test_a_wrong_command_line_ends_with_2(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    try:
        status = main(arguments)
    except SystemExit as stopped:
        status = int(stopped.code or 0)
    said = capsys.readouterr()
    assert (status, said.out) == (2, "")
    assert said.err


# whatever is done to a valid file, the only exception is InputError

CALM = settings(
    deadline=None,
    derandomize=True,
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
WORDS = "unknown no not 9999-12-31 2024-02-30 0 -1 é #count @f() &sum{} reading(x,y) .. :- %* *%"
PIECES = st.sampled_from(
    [*WORDS.split(), *" \n\t\x00:-[]{}(),.'\"#%_X|~;", "", ": ", "- ", "%+ {Q}", "%## 9"]
)


def refused_or(act: Callable[[], str]) -> None:
    """What is done gives an answer, or says what is wrong with the input, and nothing else."""
    try:
        outcome = act()
    except InputError as error:
        outcome = str(error)
    assert outcome


@st.composite
def mutations(draw: st.DrawFn, text: str) -> str:
    """A text in which some stretches are cut out, doubled, or replaced."""
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.sampled_from([0, 1, 2, 5, 20, 80])))
        middle = draw(PIECES | st.just(text[start:end] * 2))
        text = text[:start] + middle + text[end:]
    return text


@CALM
@given(st.data())
@pytest.mark.parametrize("name", ["four-people-bound-for-quebec", "one-day-gap"])
def test_a_mutated_case_is_read_or_refused(name: str, law: Law, data: st.DataObject) -> None:
    text = data.draw(mutations(CASE_FILES[name].read_text(encoding="utf-8")))
    source = Source("case.yaml", text)
    refused_or(lambda: decide(law, read_case_text(source, law.vocabulary)).answer)


@CALM
@given(st.data())
def test_mutated_facts_are_read_or_refused(law: Law, data: st.DataObject) -> None:
    facts = (
        "as_of(20240601). person(ana). permit(first). question(65).\n"
        "issued_to(first, ana). issued_on(first, 20200101). valid_from(first, 20200101).\n"
        'printed_expiry(first, 20230101). name(ana, "Ana"). recorded_ground(first, a36_2).\n'
        "unknown(here_to_establish(ana)). -sponsored_relative(ana).\n"
    )
    source = Source("case.lp", data.draw(mutations(facts)))
    refused_or(lambda: decide(law, read_case_text(source, law.vocabulary)).answer)


@CALM
@given(data=st.data())
@pytest.mark.parametrize("name", ["bylaw.lp", "vocabulary.lp", "readings.lp", "main.lp"])
def test_a_mutated_law_is_read_or_refused(
    name: str, data: st.DataObject, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REASONER_CACHE", "off")
    for path in GARDEN.iterdir():
        shutil.copy(path, tmp_path)
    text = data.draw(mutations((GARDEN / name).read_text(encoding="utf-8")).filter(str.isascii))
    (tmp_path / name).write_text(text, encoding="utf-8")

    def explained() -> str:
        law = load_law(tmp_path)
        case = read_case(str(TESTS / "goldens" / "beans.yaml"), law.vocabulary)
        decision = decide(law, case)
        return verdict(decision, explain(decision))

    refused_or(explained)

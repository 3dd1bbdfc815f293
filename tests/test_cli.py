"""The command line: every command, what it prints where, and with which status it ends."""

import io
import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from paths import CASE_FILES, GARDEN, ROOT, TESTS

import reasoner
from reasoner.cli import main

COMMANDS = ("why", "check", "show", "facts", "readings", "cases", "law", "lint")
GAP = str(CASE_FILES["one-day-gap"])
KEYS = {
    "why": "schema language case question as_of law_date readings text answer verdict decided_by "
    "settling all_settling left_open law tree graph",
    "check": "schema results errors",
    "show": "schema pinpoint instrument layer summary in_force not_encoded law guidance rules "
    "below readings cases",
    "facts": "schema facts kinds",
    "readings": "schema readings",
    "cases": "schema cases",
    "law": "schema provisions",
    "lint": "schema problems",
}
ARGUMENTS = {
    "why": ["one-day-gap"],
    "check": [str(CASE_FILES["printed-last-day"])],
    "show": ["65(b)(ii)"],
    "facts": [],
    "readings": [],
    "cases": [],
    "law": [],
    "lint": [],
}
WRONG = """\
case: A wrong expectation
question: 63
as_of: 2022-01-15
people: {ana: {}}
permits: {only: {holder: ana, issued: 2020-01-01, from: 2020-01-01, until: 2021-01-01}}
expect:
  - {answer: yes}
  - {answer: no, decided_by: R63(c)}
  - {answer: no, decided_by: R63(b)}
"""


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """A run of the program as a process of its own, in a pipe."""
    return subprocess.run(
        [sys.executable, "-m", "reasoner", *arguments],
        cwd=ROOT,
        env={**os.environ, "PYTHONIOENCODING": "utf-8", "COLUMNS": "80", **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


def call(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """A run of the program within this process: status, output, messages."""
    try:
        status = main(arguments)
    except SystemExit as stopped:
        status = int(stopped.code or 0)
    said = capsys.readouterr()
    return status, said.out, said.err


def on_a_terminal(*arguments: str, **environment: str) -> tuple[int, str]:
    """A run of the program on a terminal of 90 columns: status and what the terminal got."""
    import fcntl
    import struct
    import termios

    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 90, 0, 0))
    settings = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "COLUMNS", "LINES")}
    process = subprocess.Popen(
        [sys.executable, "-m", "reasoner", *arguments],
        cwd=ROOT,
        env={**settings, "TERM": "xterm-256color", "PYTHONIOENCODING": "utf-8", **environment},
        stdin=slave,
        stdout=slave,
        stderr=slave,
        close_fds=True,
    )
    os.close(slave)
    pieces = []
    while True:
        try:
            piece = os.read(master, 65536)
        except OSError:  # the other side is closed
            break
        if not piece:
            break
        pieces.append(piece)
    os.close(master)
    return process.wait(120), b"".join(pieces).decode().replace("\r\n", "\n")


@pytest.fixture
def wrong(tmp_path: Path) -> str:
    """A case with three expectations, of which one is met."""
    path = tmp_path / "wrong.yaml"
    path.write_text(WRONG)
    return str(path)


# every command


@pytest.mark.parametrize("command", COMMANDS)
def test_command_prints_and_ends_with_0(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = call(capsys, command, *ARGUMENTS[command])
    assert (status, err) == (0, "")
    assert out.endswith("\n")
    assert len(out.splitlines()) > (0 if command == "lint" else 1)


@pytest.mark.parametrize("command", COMMANDS)
def test_json_has_the_documented_keys(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = call(capsys, command, *ARGUMENTS[command], "--json")
    assert (status, err) == (0, "")
    data = json.loads(out)
    assert list(data) == KEYS[command].split()
    kind = {"why": "answer", "show": "provision"}.get(command, command)
    assert data["schema"] == f"reasoner/{kind}/1"


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_has_examples(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = call(capsys, *([command] if command else []), "--help")
    assert (status, err) == (0, "")
    assert re.search(rf"examples:\n  reasoner {command}", out)


def test_without_a_command_the_help_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert call(capsys)[:2] == call(capsys, "--help")[:2]


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert call(capsys, "--version") == (0, f"reasoner {reasoner.__version__}\n", "")


def test_examples_can_be_typed(capsys: pytest.CaptureFixture[str]) -> None:
    for command in ("", *COMMANDS):
        _, out, _ = call(capsys, *([command] if command else []), "--help")
        for line in out.partition("examples:\n")[2].splitlines():
            typed = re.split(r"\s{3,}", line.strip())[0]
            checked = subprocess.run(["bash", "-nc", typed], capture_output=True, check=False)
            assert checked.returncode == 0, typed


@pytest.mark.parametrize("command", COMMANDS)
def test_module_runs_the_same_program(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    if command in ("facts", "readings", "cases"):
        pytest.skip("the other commands show it")
    process = run(command, *ARGUMENTS[command])
    _, out, _ = call(capsys, command, *ARGUMENTS[command])
    assert (process.returncode, process.stderr) == (0, "")
    assert process.stdout == out


# why


def answer(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, object]:
    """What ``why --json`` says."""
    status, out, _ = call(capsys, "why", *arguments, "--json")
    assert status == 0
    data: dict[str, object] = json.loads(out)
    return data


@pytest.mark.parametrize("case", ["one-day-gap", GAP], ids=["name", "path"])
def test_a_case_is_named_or_given_by_path(case: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert answer(capsys, case)["answer"] == "no"


@pytest.mark.parametrize(
    ("question", "pinpoint"),
    [
        ("65(b)(ii)", "R65(b)(ii)"),
        ("R65(b)(ii)", "R65(b)(ii)"),
        ("s. 65(b)(ii)", "R65(b)(ii)"),
        ("A24(1)", "A24(1)"),
        ("permit_holder_class_member", "R65"),
        ("permit_valid(first, 2020-01-01)", "R63"),
        ("permit_valid(_, 2020-01-01)", "R63"),
    ],
)
def test_a_question_is_a_pinpoint_a_predicate_or_an_atom(
    question: str, pinpoint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    data = answer(capsys, "one-day-gap", question)
    assert isinstance(data["question"], dict)
    assert data["question"]["pinpoint"] == pinpoint


def test_a_question_may_follow_an_option(capsys: pytest.CaptureFixture[str]) -> None:
    first = call(capsys, "why", "one-day-gap", "--brief", "65(d)")
    assert first == call(capsys, "why", "one-day-gap", "65(d)", "--brief")


def test_the_day_can_be_chosen(capsys: pytest.CaptureFixture[str]) -> None:
    data = answer(capsys, "single-three-year-permit", "--as-of", "2024-02-29")
    assert (data["answer"], data["as_of"]) == ("no", "2024-02-29")
    assert answer(capsys, "single-three-year-permit")["answer"] == "yes"


def test_the_law_date_can_be_chosen(capsys: pytest.CaptureFixture[str]) -> None:
    assert answer(capsys, "one-day-gap")["law_date"] is None
    assert answer(capsys, "one-day-gap", "--law-date", "2020-01-01")["law_date"] == "2020-01-01"


def test_readings_can_be_chosen_repeatedly(capsys: pytest.CaptureFixture[str]) -> None:
    options = ("--reading", "gap=tolerant(1)", "--reading", "gap41=finding")
    data = answer(capsys, "one-day-gap", *options)
    assert data["answer"] == "yes"
    assert data["readings"] == {"gap": "tolerant(1)", "gap41": "finding"}
    assert answer(capsys, "one-day-gap", *options[:2])["answer"] == "no"


def test_it_can_be_chosen_whom_the_question_is_about(capsys: pytest.CaptureFixture[str]) -> None:
    people = {
        name: answer(capsys, "four-people-bound-for-quebec", "65(d)", "--about", name)["question"]
        for name in people_of("four-people-bound-for-quebec")
    }
    assert len(people) == 4
    for name, question in people.items():
        assert isinstance(question, dict)
        assert f"({name}," in question["goal"]


def people_of(case: str) -> list[str]:
    """The people of a shipped case."""
    law = reasoner.load_law()
    read = reasoner.read_case(str(CASE_FILES[case]), law.vocabulary)
    return [name for name, kind in read.entities.items() if kind == "person"]


def test_brief_says_less_and_full_says_more(capsys: pytest.CaptureFixture[str]) -> None:
    sizes = [
        len(call(capsys, "why", "one-day-gap", *option)[1].splitlines())
        for option in (["--brief"], [], ["--full"])
    ]
    assert sizes == sorted(set(sizes))


def test_brief_and_full_exclude_each_other(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = call(capsys, "why", "one-day-gap", "--brief", "--full")
    assert (status, out) == (2, "")
    assert "not allowed with" in err


def test_atoms_are_printed_on_demand_only(capsys: pytest.CaptureFixture[str]) -> None:
    atom = "permit_holder_class_member(tamar,20240601)"
    assert atom in call(capsys, "why", "one-day-gap", "--atoms")[1]
    assert atom not in call(capsys, "why", "one-day-gap", "--full")[1]


def test_the_json_graph_hangs_together(capsys: pytest.CaptureFixture[str]) -> None:
    graph = answer(capsys, "one-day-gap", "65(b)")["graph"]
    assert isinstance(graph, dict)
    numbers = [node["id"] for node in graph["nodes"]]
    assert numbers == list(range(len(numbers)))
    reached = {*graph["roots"], *(edge["to"] for edge in graph["edges"])}
    assert reached == set(numbers)
    assert {edge["from"] for edge in graph["edges"]} <= reached


def test_another_law_is_asked_with_law(capsys: pytest.CaptureFixture[str]) -> None:
    beans = str(TESTS / "goldens" / "beans.yaml")
    status, out, _ = call(capsys, "why", beans, "--law", str(GARDEN))
    assert status == 0
    assert out.startswith("No. Rose does not keep the plot on 2024-06-01.")


@pytest.mark.parametrize("command", ["show", "facts", "readings", "cases", "lint", "check"])
def test_every_command_takes_another_law(
    command: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "beans.yaml").write_text((TESTS / "goldens" / "beans.yaml").read_text())
    arguments = {"show": ["2(c)"], "check": [str(tmp_path)]}.get(command, [])
    status, out, err = call(capsys, command, *arguments, "--law", str(GARDEN))
    assert (status, err) == (0, "")
    assert "permit" not in out


# check


def test_an_expectation_not_met_ends_with_1_and_shows_both(
    wrong: str, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, err = call(capsys, "check", wrong)
    assert (status, err) == (1, "")
    assert f"{wrong}:7: expected yes, got no" in out
    assert f"{wrong}:9: the reasons do not rest on R63(b)" in out
    assert "permit only was not valid on 2022-01-15" in out
    assert out.splitlines()[-1] == "1 case, 3 expectations: 2 not met"


def test_failed_expectations_are_in_the_json(
    wrong: str, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, _ = call(capsys, "check", wrong, "--json")
    assert status == 1
    first, second, third = json.loads(out)["results"]
    assert (first["expected"], first["answer"], first["passed"]) == ("yes", "no", False)
    assert (second["missing"], second["passed"]) == ([], True)
    assert (third["missing"], third["passed"]) == (["R63(b)"], False)


def test_a_pinpoint_of_decided_by_is_read_like_a_question(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "bare.yaml"
    path.write_text(WRONG.replace("- {answer: yes}", "- {answer: no}").replace("R63(b)", "63(c)"))
    assert call(capsys, "check", str(path))[0] == 0


def test_junit_can_be_parsed(
    wrong: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "broken.yaml").write_text("case: [\n")
    report = tmp_path / "report.xml"
    status, _, err = call(capsys, "check", str(tmp_path), "--junit", str(report))
    assert status == 2
    assert "broken.yaml:" in err
    suite = ElementTree.parse(report).getroot()
    assert {k: suite.get(k) for k in ("tests", "failures", "errors")} == {
        "tests": "4",
        "failures": "2",
        "errors": "1",
    }
    messages = [failure.get("message") for failure in suite.iter("failure")]
    assert messages == ["expected yes, got no", "the reasons do not rest on R63(b)"]
    assert [case.get("line") for case in suite.iter("testcase")][:3] == ["7", "8", "9"]


def test_nothing_is_left_where_the_report_cannot_be_written(
    wrong: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, _, err = call(capsys, "check", wrong, "--junit", str(tmp_path / "no" / "report.xml"))
    assert status == 2
    assert "report.xml cannot be written" in err
    assert [path.name for path in tmp_path.iterdir()] == ["wrong.yaml"]


def test_a_folder_is_checked_in_order(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("b", "a"):
        (tmp_path / f"{name}.yaml").write_text(WRONG.partition("  - {answer: yes}")[0][:-8])
    (tmp_path / "notes.txt").write_text("no case")
    status, out, _ = call(capsys, "check", str(tmp_path))
    assert status == 0
    assert out.splitlines() == ["2 cases, 0 expectations: all met"]


def test_a_folder_without_cases_is_bad_input(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, err = call(capsys, "check", str(tmp_path))
    assert (status, out) == (2, "")
    assert "there are no cases in" in err


# show, facts, readings, cases, lint


def test_show_prints_summary_rule_readings_and_cases(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = call(capsys, "show", "65(c)")
    assert out.startswith("R65(c)  Immigration and Refugee Protection Regulations")
    assert re.search(r"^asp/irpr/permit_holder_class\.lp:\d+$", out, re.MULTILINE)
    assert "no_new_ground(P, D) :-" in out
    assert re.search(r"^since  R65\(c\)$", out, re.MULTILINE)
    assert "Cases: " in out


@pytest.mark.parametrize("command", ["facts", "readings", "cases"])
def test_a_word_narrows_a_list(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    _, everything, _ = call(capsys, command)
    _, some, _ = call(capsys, command, "quebec")
    _, nothing, _ = call(capsys, command, "zebra")
    assert 0 < len(some.splitlines()) < len(everything.splitlines())
    assert len(nothing.splitlines()) == 1
    assert "'zebra'" in nothing


def test_every_shipped_case_is_listed(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = call(capsys, "cases", "--json")
    assert {case["name"] for case in json.loads(out)["cases"]} == set(CASE_FILES)


def test_lint_ends_with_1_where_it_finds_something(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for path in GARDEN.iterdir():
        text = path.read_text()
        (tmp_path / path.name).write_text(text.replace("%> What a tenant owes.\n", ""))
    status, out, err = call(capsys, "lint", str(tmp_path))
    assert (status, err) == (1, "")
    assert "bylaw.lp:16:1: B2 has no summary" in out


# the stream


def test_a_pipe_gets_no_escape_codes() -> None:
    for command in ("why", "lint"):
        process = run(command, *ARGUMENTS[command], TERM="xterm-256color")
        assert "\x1b" not in process.stdout + process.stderr


def test_a_terminal_gets_colour() -> None:
    status, out = on_a_terminal("why", "one-day-gap")
    assert status == 0
    assert "\x1b[1;31mNo. Tamar was not" in out
    plain = re.sub(r"\x1b\[[\d;]*m", "", out)
    assert plain == run("why", "one-day-gap", "--width", "90").stdout


@pytest.mark.parametrize("environment", [{"NO_COLOR": "1"}, {"TERM": "dumb"}], ids=str)
def test_a_terminal_gets_no_colour_where_none_is_wanted(environment: dict[str, str]) -> None:
    status, out = on_a_terminal("why", "one-day-gap", "--brief", **environment)
    assert status == 0
    assert "\x1b" not in out


def test_a_terminal_gets_progress_and_is_left_clean() -> None:
    folder = str(CASE_FILES["printed-last-day"].parent)
    status, out = on_a_terminal("check", folder)
    assert status == 0
    assert "checking cases" in out
    assert out.splitlines()[-1].endswith(": all met")


def test_help_is_coloured_on_a_terminal() -> None:
    status, out = on_a_terminal("why", "--help")
    assert status == 0
    assert "\x1b[" in out
    assert "examples:" in out


@pytest.mark.parametrize(
    ("width", "options"), [(60, ["--brief"]), (72, []), (100, ["--full"]), (140, ["--full"])]
)
@pytest.mark.parametrize("case", ["one-day-gap", "everything-in-order"])
def test_lines_keep_to_the_width(
    case: str, width: int, options: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    _, out, _ = call(capsys, "why", case, *options, "--width", str(width))
    assert [line for line in out.splitlines() if len(line) > width] == []


@pytest.mark.parametrize("width", ["19", "1001", "wide", "-1"])
def test_a_width_that_is_none_is_bad_input(width: str, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = call(capsys, "why", "one-day-gap", f"--width={width}")
    assert (status, out) == (2, "")
    assert "is no width: a number from 20 to 1000" in err


@pytest.mark.parametrize("options", [[], ["--json"], ["--full"]], ids=str)
def test_a_stream_without_unicode_gets_ascii(options: list[str]) -> None:
    process = run("why", "one-day-gap", *options, PYTHONIOENCODING="ascii")
    assert process.returncode == 0
    assert process.stdout.isascii()
    assert "?" not in process.stdout


def test_a_closed_pipe_is_no_error() -> None:
    command = f"{sys.executable} -m reasoner facts | head -n 1; echo ${{PIPESTATUS[0]}}"
    process = subprocess.run(
        ["bash", "-c", command], cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
    )
    assert process.stdout.splitlines()[1:] == ["0"]
    assert process.stderr == ""


def test_an_interruption_ends_with_2(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("reasoner.lawfiles.law.load_law", interrupt)
    assert call(capsys, "facts") == (2, "", "\ninterrupted\n")


def test_the_same_input_gives_the_same_bytes() -> None:
    arguments = ("why", "parent-of-an-ill-child", "--json")
    assert run(*arguments, PYTHONHASHSEED="1").stdout == run(*arguments, PYTHONHASHSEED="2").stdout


def test_output_is_flushed_before_messages(wrong: str, tmp_path: Path) -> None:
    (tmp_path / "zzz.yaml").write_text("case: [\n")
    process = subprocess.run(
        [sys.executable, "-m", "reasoner", "check", str(tmp_path)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=120,
        check=False,
    )
    assert process.returncode == 2
    assert process.stdout.index("wrong") < process.stdout.index("zzz.yaml:")


def test_output_goes_to_whatever_stands_for_the_stream(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stdout", stream)
    assert main(["why", "one-day-gap", "--brief"]) == 0
    assert stream.getvalue().startswith("No. Tamar")

"""The library: a dozen names, documented and typed, for any law, and cheap to start."""

import inspect
import json
import re
import subprocess
import sys
import typing
from pathlib import Path

import pytest
from paths import GARDEN, ROOT

import reasoner

NAMES = [
    "Case",
    "Decision",
    "InputError",
    "Justification",
    "Law",
    "Problem",
    "check_case",
    "decide",
    "explain",
    "find_case",
    "lint",
    "load_law",
    "outline",
    "read_case",
    "verify",
]
IMMIGRATION = re.compile(
    r"immigra|permit|residen|canad|quebec|visa\b|refugee|citizen|inadmissib|passport|ircc|irp[ar]\b"
    r"|removal|deport|minister|officer|medical|foreign national|spouse|accompan|holder",
    re.IGNORECASE,
)
GARDEN_CASE = """\
case: Beans and gravel
question: 1
as_of: 2024-06-01
gardeners:
  rose: {rent_paid: 2024-03-31}
plots:
  p1:
    lease: {to: rose, since: 2020-01-01}
    beds: [{number: 1, area: 12, crop: Beans}, {number: 2, area: 7, crop: Beans}]
"""


def test_the_public_names_are_these() -> None:
    assert reasoner.__all__ == NAMES
    assert set(NAMES) <= set(dir(reasoner))


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'decode'"):
        _ = reasoner.decode


@pytest.mark.parametrize("name", NAMES)
def test_public_names_are_documented_and_typed(name: str) -> None:
    thing = getattr(reasoner, name)
    summary = (inspect.getdoc(thing) or "").partition("\n")[0]
    assert re.fullmatch(r"[A-Z].*[.:]", summary), f"no sentence says what {name} is"
    assert not summary.startswith(f"{name}("), "a generated signature is no documentation"
    called = thing.__init__ if inspect.isclass(thing) else thing
    hints = typing.get_type_hints(called) if name not in ("InputError",) else {"problems": object}
    parameters = [p for p in inspect.signature(called).parameters if p not in ("self", "args")]
    assert set(parameters) <= set(hints)
    if inspect.isfunction(thing):
        assert "return" in hints


@pytest.mark.parametrize("name", [n for n in NAMES if n.islower()])
def test_functions_say_what_their_arguments_are(name: str) -> None:
    function = getattr(reasoner, name)
    described = inspect.getdoc(function) or ""
    parameters = list(inspect.signature(function).parameters)
    if len(parameters) > 1:
        assert [p for p in parameters if not re.search(rf"^\s+{p}: ", described, re.M)] == []


@pytest.mark.parametrize("name", [n for n in NAMES if n[0].isupper()])
def test_what_a_class_offers_is_documented(name: str) -> None:
    members = inspect.getmembers_static(getattr(reasoner, name))
    bare = [
        label
        for label, member in members
        if not label.startswith("_")
        and (isinstance(member, property) or inspect.isfunction(member))
        and not inspect.getdoc(member)
    ]
    assert bare == []


def test_another_law_is_asked_through_the_same_names(tmp_path: Path) -> None:
    law = reasoner.load_law(GARDEN)
    path = tmp_path / "beans.yaml"
    path.write_text(GARDEN_CASE)
    case = reasoner.read_case(str(path), law.vocabulary)
    decision = reasoner.decide(law, case)
    why = reasoner.explain(decision)
    assert decision.answer == "no"
    assert [line.text for line in reasoner.outline(decision, why)] == [
        "Rose does not keep the plot on 2024-06-01"
    ]
    assert reasoner.verify(why, case, day=decision.day) == ()
    assert reasoner.lint(law) == []
    graph = why.graph()
    assert graph.nodes[why.roots[0]]["atom"] == "keeps_plot(rose,20240601)"


def test_a_law_is_found_by_path_or_by_text() -> None:
    assert reasoner.load_law(str(GARDEN)) == reasoner.load_law(GARDEN)


def test_a_shipped_case_is_found_by_name() -> None:
    assert reasoner.find_case("one-day-gap").name == "one-day-gap.yaml"


def test_nothing_of_immigration_is_in_the_program() -> None:
    """But for the examples in the help of the commands, which name shipped cases."""
    found = []
    for path in sorted((ROOT / "reasoner").rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        for number, line in enumerate(text.splitlines(), 1):
            if IMMIGRATION.search(line) and not line.startswith("  reasoner "):
                found.append(f"{path}:{number}: {line.strip()}")
    assert found == []


def modules_after(*arguments: str) -> set[str]:
    """The modules that a run of the program has imported when it ends."""
    program = (
        "import sys, contextlib, io, json\n"
        "with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit):\n"
        "    import reasoner\n"
        f"    {'from reasoner.cli import main; main(sys.argv[1:])' if arguments else 'pass'}\n"
        "print(json.dumps(sorted(sys.modules)))\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    return set(json.loads(run.stdout))


@pytest.mark.parametrize(
    "arguments",
    [[], ["--version"], ["--help"], ["why", "--help"], ["why", "one-day-gap", "--json"]],
    ids=" ".join,
)
def test_starting_imports_neither_networkx_nor_rich(arguments: list[str]) -> None:
    assert {"networkx", "rich"} & modules_after(*arguments) == set()


@pytest.mark.parametrize("arguments", [[], ["--version"], ["--help"]], ids=" ".join)
def test_starting_does_not_import_clingo_before_a_law_is_read(arguments: list[str]) -> None:
    assert {"clingo", "yaml"} & modules_after(*arguments) == set()


def test_a_start_imports_no_command_but_the_one_that_is_named() -> None:
    shared = {"reasoner.commands.options"}
    facts = {"reasoner.commands.facts", "reasoner.commands.listing"}
    for arguments, own in ((["--help"], set()), (["facts", "--help"], facts)):
        assert {m for m in modules_after(*arguments) if ".commands." in m} == shared | own


def test_everything_is_read_only() -> None:
    law = reasoner.load_law(GARDEN)
    with pytest.raises(AttributeError):
        law.rules = ()  # type: ignore[misc]
    problem = reasoner.Problem("a message")
    with pytest.raises(AttributeError):
        problem.message = "another"  # type: ignore[misc]

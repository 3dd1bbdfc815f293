"""The documentation says what the program does: made parts are current, nothing is left out."""

import importlib.util
import io
import json
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

import reasoner
from reasoner import decide, explain, find_case, load_law, read_case
from reasoner.casefiles.yaml_case import EXPECTATION_KEYS
from reasoner.cli import main
from reasoner.lawfiles.vocabulary import TOP_KEYS

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted(DOCS.rglob("*.md"))]
COMMANDS = (
    "why",
    "compare",
    "whatif",
    "contrast",
    "when",
    "ask",
    "needs",
    "vary",
    "repl",
    "refute",
    "check",
    "coverage",
    "mutate",
    "audit",
    "show",
    "facts",
    "readings",
    "claims",
    "cases",
    "law",
    "lint",
)
JSON = {
    "why": ["why", "quebec-opinion-unknown", "--json"],
    "ask": ["ask", "one-day-gap", "--json"],
    "repl": ["repl", "quebec-opinion-unknown", "--json"],
    "compare": ["compare", "sanctions", "--law-date", "2023-01-01", "2025-02-17", "--json"],
    "whatif": ["whatif", "one-day-gap", "-permits.second", "as_of=2024-05-01", "65", "--json"],
    "contrast": ["contrast", "record-suspension", "criminality", "--json"],
    "needs": ["needs", "quebec-opinion-missing", "--limit", "1", "--json"],
    "vary": ["vary", "one-day-short", "--limit", "1", "--json"],
    "when": ["when", "single-three-year-permit", "--from", "2024-01-01", "--json"],
    "refute": ["refute", "i_31", "--limit", "1", "--json"],
    "check": ["check", "printed-last-day", "--json"],
    "claims": ["claims", "i_35", "--usual", "--json"],
    "coverage": ["coverage", "R72(1)(c)", "--cases", "printed-last-day", "--json"],
    "mutate": ["mutate", "R72(1)(c)", "--cases", "printed-last-day", "--json"],
    "audit": [
        "audit",
        "R65.1(3)",
        "--only",
        "layers,unused,readings",
        "--cases",
        "printed-last-day",
        "--json",
    ],
    "show": ["show", "65(b)(ii)", "--json"],
    "facts": ["facts", "--json"],
    "readings": ["readings", "--json"],
    "readings of a case": ["readings", "printed-last-day", "--json"],
    "cases": ["cases", "--json"],
    "law": ["law", "--json"],
    "lint": ["lint", str(ROOT / "tests" / "garden"), "--json"],
}


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def section(text: str, title: str) -> str:
    """What stands below a heading, up to the next one of its level or above."""
    level = len(title) - len(title.lstrip("#"))
    match = re.search(
        rf"^{re.escape(title)}.*?\n(.*?)(?=^#{{1,{level}}} |\Z)", text, re.DOTALL | re.MULTILINE
    )
    assert match, f"there is no section {title!r}"
    return match[1]


@pytest.fixture(scope="module")
def maker() -> ModuleType:
    """The program that makes parts of the documentation."""
    spec = importlib.util.spec_from_file_location("docs_make", DOCS / "make.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_readme_opens_with_three_sentences_and_a_tree() -> None:
    before_start = read("README.md").partition("## Start")[0]
    opening, made, rest = before_start.partition("<!-- made by: reasoner why ")
    assert made
    assert len(re.findall(r"[.!?](?=\s)", opening)) == 3
    assert "✗" in rest
    assert "└─" in rest


def test_the_first_block_under_start_has_two_lines() -> None:
    block = re.search(r"```\w*\n(.*?)```", section(read("README.md"), "## Start"), re.DOTALL)
    assert block
    install, test = block[1].splitlines()
    called = re.search(r"reasoner why ([\w-]+)$", install)
    assert called
    assert find_case(called[1]).is_file()
    assert "pip install" in install
    assert "[test]" in test
    assert re.search(r"&& pytest( |$)", test)


@pytest.mark.skipif(sys.platform == "win32", reason=".ci/run is a bash script")
def test_the_check_script_runs_the_second_line() -> None:
    block = re.search(r"```\w*\n(.*?)```", section(read("README.md"), "## Start"), re.DOTALL)
    assert block
    printed = subprocess.run(
        ["bash", ".ci/run", "--print"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert printed.stdout.splitlines() == block[1].splitlines()[1:]


@pytest.mark.parametrize("name", [str(p.relative_to(ROOT)) for p in PAGES])
def test_what_is_made_is_current(name: str, maker: ModuleType) -> None:
    text = read(name)
    assert maker.make(text) == text, "run `python docs/make.py`"


def test_the_trees_shown_are_many(maker: ModuleType) -> None:
    """The pattern that finds what is made has not come to find nothing."""
    assert sum(read(str(p.relative_to(ROOT))).count("<!-- made by:") for p in PAGES) > 20
    assert {*maker.LISTS, "division"} == {
        n for p in PAGES for n in re.findall(r"list of: (\w+)", p.read_text("utf-8"))
    }


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_links_resolve(page: Path) -> None:
    text = re.sub(
        r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE
    )
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if target.startswith("https://"):
            continue
        path, _, anchor = target.partition("#")
        other = (page.parent / path).resolve() if path else page
        assert other.exists(), target
        if anchor:
            assert anchor in anchors(other.read_text(encoding="utf-8")), target


def anchors(text: str) -> set[str]:
    """The anchors of headings, as they are made from their words."""
    titles = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", t.lower()).replace(" ", "-") for t in titles}


# commands


def help_of(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    with pytest.raises(SystemExit) as stopped:
        main([*arguments, "--help"])
    assert stopped.value.code == 0
    return capsys.readouterr().out


def test_every_command_is_documented(capsys: pytest.CaptureFixture[str]) -> None:
    listed = re.findall(r"^    ([a-z]+) ", help_of(capsys), re.MULTILINE)
    assert tuple(listed) == COMMANDS
    table = section(read("README.md"), "## Commands")
    for command in listed:
        assert f"`reasoner {command}" in table
        assert f"`reasoner {command}" in section(read("docs/commands.md"), f"## {command}")


@pytest.mark.parametrize("command", COMMANDS)
def test_every_option_is_documented(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    text = help_of(capsys, command)
    assert "examples:" in text
    assert f"reasoner {command}" in text.partition("examples:")[2]
    options = set(re.findall(r"^  (?:-h, )?(--[a-z-]+)", text, re.MULTILINE))
    page = read("docs/commands.md")
    general = set(re.findall(r"^\| `(--[a-z-]+)", page.partition("\n## ")[0], re.MULTILINE))
    own = set(re.findall(r"^\| `(--[a-z-]+)", section(page, f"## {command}"), re.MULTILINE))
    assert general | own == options


def test_exit_statuses_are_documented() -> None:
    table = read("docs/commands.md").partition("Exit statuses:")[2].partition("\n## ")[0]
    assert re.findall(r"^\| (\d) \|", table, re.MULTILINE) == ["0", "1", "2"]


# facts, kinds, readings, keys


def test_every_fact_and_kind_is_documented() -> None:
    vocabulary = load_law().vocabulary
    page = read("docs/law.md")
    for fact in vocabulary.facts.values():
        if fact.section:
            own = section(section(page, f"## {fact.section}"), f"### `{fact.key}`")
            assert f"`{fact.name}(" in own
            assert [k for k in fact.keys if f"`{k}`: " not in own] == []
    for kind in vocabulary.kinds.values():
        own = section(section(page, "## Kinds"), f"### `{kind.name}`")
        assert [v.label for v in kind.values.values() if f"| {v.label} |" not in own] == []


def test_every_provision_is_on_one_page_with_its_words(maker: ModuleType) -> None:
    law = load_law()
    pages = {path.stem: path.read_text(encoding="utf-8") for path in (DOCS / "law").glob("*.md")}
    assert set(pages) == set(maker.DIVISIONS)
    for pinpoint, provision in law.provisions.items():
        (page,) = [text for text in pages.values() if f"\n### {pinpoint}\n" in text]
        own = page.partition(f"\n### {pinpoint}\n")[2].partition("\n### ")[0]
        for words in (provision.summary, provision.not_encoded.rstrip(".")):
            assert words in own
        for index in provision.rules:
            assert law.rules[index].head.name in own


def test_every_reading_is_documented_with_its_arguments() -> None:
    page = read("docs/readings.md")
    for reading in load_law().vocabulary.readings.values():
        own = section(page, f"### `{reading.id}`")
        for words in (reading.question, *reading.at, "(default"):
            assert words in own
        for option in reading.options:
            assert option.why
            assert option.authority
            assert all(
                words in own for words in (option.id, option.text, option.why, option.authority)
            )


def test_arguments_name_readings_and_cases_that_exist() -> None:
    law = load_law()
    text = read("docs/readings.md").partition("## Answers we argue")[2]
    for name, option in re.findall(r"`(\w+): ([\w()]+)`", text):
        law.vocabulary.choose(name, option)
    cases = re.findall(r"`([a-z]+(?:-[a-z]+)+)`", text)
    assert len(cases) > 10
    for name in cases:
        assert find_case(name).is_file()
    for pinpoint in re.findall(r"\b[AR]\d+(?:\.\d)?(?:\(\w+\))*", text):
        grounds = {value.label for value in law.vocabulary.kinds["ground"].values.values()}
        known = {*law.provisions, *grounds}
        assert any(k == pinpoint or k.startswith(f"{pinpoint}(") for k in known), pinpoint


def test_every_key_of_a_case_is_documented() -> None:
    page = read("docs/cases.md")
    assert keys_of(section(page, "## Keys at the top")) == set(TOP_KEYS)
    assert keys_of(section(page, "## Expectations")) == set(EXPECTATION_KEYS)
    for entity in load_law().vocabulary.entities.values():
        assert f"`{entity.section}`" in section(page, "## Keys at the top")


def keys_of(text: str) -> set[str]:
    return set(re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE))


# JSON


def fields(data: object) -> Iterator[str]:
    """The names of all fields, however deep; not those that are themselves data."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield key
            elsewhere = key == "answer" and isinstance(value, dict)  # that of `why`
            if not elsewhere and (key not in ("kinds", "readings") or isinstance(value, list)):
                yield from fields(value)
    elif isinstance(data, list):
        for value in data:
            yield from fields(value)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_field_of_the_json_is_documented(
    command: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    main(JSON[command])
    data = json.loads(capsys.readouterr().out)
    page = read("docs/json.md")
    own = section(page, f"## {command}: `{data['schema']}`")
    if command == "why":
        own += section(page, "## The graph")
    if command == "repl":
        own += section(page, "## why: `reasoner/answer/1`") + section(page, "## The graph")
    if command == "whatif":
        own += section(page, "## compare: `reasoner/comparison/1`")
    if command == "contrast":
        own += section(page, "## compare")
    assert sorted({f for f in fields(data) if f"`{f}`" not in own}) == []


def test_every_attribute_of_the_graph_is_documented() -> None:
    law = load_law()
    case = read_case(str(find_case("one-day-gap")), law.vocabulary)
    graph = explain(decide(law, case)).graph()
    own = section(read("docs/json.md"), "## The graph")
    names = {name for _, data in graph.nodes(data=True) for name in data}
    names |= {name for _, _, data in graph.edges(data=True) for name in data}
    names |= {data["kind"] for _, data in graph.nodes(data=True)}
    assert sorted(n for n in names if f"`{n}`" not in own) == []


# Python


def test_every_public_name_is_documented() -> None:
    table = section(read("docs/commands.md"), "## From Python")
    named = re.findall(r"^\| `(\w+)", table, re.MULTILINE)
    assert sorted(named) == sorted(reasoner.__all__)


@pytest.mark.parametrize("name", ["README.md", "docs/commands.md"])
def test_examples_in_python_run(name: str, tmp_path: Path) -> None:
    text = read(name)
    for file, content in re.findall(r"<!-- saved as: (\S+) -->\n```\w*\n(.*?)```", text, re.DOTALL):
        (tmp_path / file).write_text(content, encoding="utf-8")
    program = "\n".join(re.findall(r"```python\n(.*?)```", text, re.DOTALL))
    assert program
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(Path(reasoner.__file__).parent.parent)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_the_architecture_names_every_module_and_dependency() -> None:
    page = read("docs/architecture.md")
    table = section(page, "## The picture")
    modules = {p.stem for p in (ROOT / "reasoner").rglob("*.py")} - {"__init__", "__main__"}
    assert sorted(m for m in modules if f"`{m}`" not in table) == []
    project = tomllib.loads(read("pyproject.toml"))
    needed = [*project["project"]["dependencies"], *project["build-system"]["requires"]]
    for extra in project["project"]["optional-dependencies"].values():
        needed += extra
    names = {re.split(r"[\[<>=]", n)[0] for n in needed} - {"reasoner"}
    own = section(page, "## Dependencies")
    assert sorted(n for n in names if n not in own and not n.startswith("types-")) == []

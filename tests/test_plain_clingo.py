"""The law is a plain logic program: clingo alone gives the answers that the program gives."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from clingo.ast import AST, ASTType, Transformer, parse_files
from paths import CASE_FILES, GARDEN, LAW

from reasoner.casefiles.case import read_case
from reasoner.lawfiles.rules import Law
from reasoner.solving.solve import Decision, decide, facts_of

STORIES = [
    "one-day-gap",
    "single-three-year-permit",
    "renewal-one-day-late",
    "everything-in-order",
    "four-people-bound-for-quebec",
    "two-spouses-accompanying-each-other",
]


def run_clingo(*files: Path) -> tuple[list[set[str]], str]:
    """The answer sets that clingo's own command line finds, and what it complains about."""
    command = [sys.executable, "-m", "clingo", "--outf=2", "0", *map(str, files)]
    run = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    witnesses = json.loads(run.stdout)["Call"][0]["Witnesses"]
    return [set(witness["Value"]) for witness in witnesses], run.stderr


def goals_that_hold(decision: Decision) -> set[str]:
    """All atoms of the predicate asked about that hold, by grounding alone."""
    name, arity = decision.goal.name, len(decision.goal.arguments)
    atoms = decision.ground.control.symbolic_atoms.by_signature(name, arity)
    return {str(atom.symbol) for atom in atoms}


@pytest.mark.parametrize("story", STORIES)
def test_clingo_alone_gives_one_answer_set_with_the_same_answer(
    story: str, law: Law, tmp_path: Path
) -> None:
    case = read_case(str(CASE_FILES[story]), law.vocabulary)
    decision = decide(law, case)
    facts = tmp_path / "facts.lp"
    facts.write_text("\n".join([*facts_of(case), f"as_of({decision.day})."]))
    models, complaints = run_clingo(law.main, facts)
    assert complaints == ""
    assert len(models) == 1
    start = f"{decision.goal.name}("
    assert {atom for atom in models[0] if atom.startswith(start)} == goals_that_hold(decision)
    assert (decision.goal.text in models[0]) == decision.holds


def test_clingo_runs_the_law_without_any_case() -> None:
    models, complaints = run_clingo(LAW / "main.lp")
    assert complaints == ""
    assert len(models) == 1


class Kinds(Transformer):
    """Notes the kinds of nodes in a program, and the functions that would call Python."""

    def __init__(self) -> None:
        self.found: set[ASTType] = set()
        self.calls: list[str] = []

    def visit(self, node: AST) -> AST:
        self.found.add(node.ast_type)
        if node.ast_type == ASTType.Function and node.external:
            self.calls.append(str(node))
        self.visit_children(node)
        return node


@pytest.mark.parametrize("folder", [LAW, GARDEN], ids=["law", "garden"])
def test_the_law_has_no_scripts_no_theory_atoms_and_no_choices(folder: Path) -> None:
    kinds = Kinds()
    parse_files([str(folder / "main.lp")], lambda node: kinds.visit(node) and None)
    assert kinds.calls == []
    assert kinds.found.isdisjoint(
        {
            ASTType.Script,
            ASTType.TheoryAtom,
            ASTType.TheoryDefinition,
            ASTType.Disjunction,
            ASTType.HeadAggregate,
            ASTType.External,
            ASTType.Minimize,
        }
    )
    assert ASTType.Rule in kinds.found


def test_every_file_of_the_law_is_included() -> None:
    read: set[Path] = set()
    parse_files(
        [str(LAW / "main.lp")], lambda node: read.add(Path(node.location.begin.filename).resolve())
    )
    of_stories = {*(LAW / "worlds").rglob("*.lp"), LAW / "telling.lp"}
    files = {path.resolve() for path in LAW.rglob("*.lp")} - of_stories
    assert files == read | {LAW / "main.lp"}

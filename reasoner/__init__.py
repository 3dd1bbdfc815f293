"""Ask an annotated law about a case, and see why the answer is what it is.

::

    law = load_law()
    case = read_case("ana.yaml", law.vocabulary)
    decision = decide(law, case, "65", as_of=20240601)
    graph = explain(decision).graph()        # a networkx.DiGraph
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reasoner.casefiles.case import Case, read_case
    from reasoner.casefiles.shelf import find_case
    from reasoner.errors import InputError, Problem
    from reasoner.hypotheses.expectations import check_case
    from reasoner.lawfiles.law import load_law
    from reasoner.lawfiles.rules import Law
    from reasoner.printing.linter import lint
    from reasoner.reasons.checker import verify
    from reasoner.reasons.justification import Justification
    from reasoner.reasons.justify import explain
    from reasoner.solving.solve import Decision, decide
    from reasoner.wording.view import outline

__version__ = "0.1.0"

_HOMES = {
    "Case": "casefiles.case",
    "Decision": "solving.solve",
    "InputError": "errors",
    "Justification": "reasons.justification",
    "Law": "lawfiles.rules",
    "Problem": "errors",
    "check_case": "hypotheses.expectations",
    "decide": "solving.solve",
    "explain": "reasons.justify",
    "find_case": "casefiles.shelf",
    "lint": "printing.linter",
    "load_law": "lawfiles.law",
    "outline": "wording.view",
    "read_case": "casefiles.case",
    "verify": "reasons.checker",
}

__all__ = [
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


def __getattr__(name: str) -> Any:
    """Import a public name when it is first asked for: a start should pay only for what it uses."""
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'reasoner' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"reasoner.{home}"), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])

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
    from reasoner.case import Case, read_case
    from reasoner.check import check_case
    from reasoner.checker import verify
    from reasoner.errors import InputError, Problem
    from reasoner.justify import Justification, explain
    from reasoner.law import load_law
    from reasoner.linter import lint
    from reasoner.rules import Law
    from reasoner.shelf import find_case
    from reasoner.solve import Decision, decide
    from reasoner.view import outline

__version__ = "0.1.0"

_HOMES = {
    "Case": "case",
    "Decision": "solve",
    "InputError": "errors",
    "Justification": "justify",
    "Law": "rules",
    "Problem": "errors",
    "check_case": "check",
    "decide": "solve",
    "explain": "justify",
    "find_case": "shelf",
    "lint": "linter",
    "load_law": "law",
    "outline": "view",
    "read_case": "case",
    "verify": "checker",
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

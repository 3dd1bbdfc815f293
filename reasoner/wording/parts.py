"""The parts in which a language is said, each read only when something of it is asked for."""

from __future__ import annotations

import sys
from importlib import import_module

# first what nearly every answer needs
PARTS = (
    "terms",
    "trees",
    "answers",
    "comparisons",
    "readings",
    "days",
    "changes",
    "interviews",
    "stories",
    "coverage",
    "mutants",
    "audit",
    "lists",
)


def find_phrase(language: str, name: str) -> object:
    """What a language says, from the first part that has it.

    Args:
        language: the package of the language.
        name: the name of the phrase.

    Raises:
        AttributeError: no part has it.
    """
    if not name.startswith("_"):
        for part in PARTS:
            said = vars(import_module(f"{language}.{part}"))
            if name in said:
                setattr(sys.modules[language], name, said[name])
                return said[name]
    raise AttributeError(f"module {language!r} has no attribute {name!r}")

"""Find case files: by path, or by name among those that come with the program."""

from __future__ import annotations

import os
from pathlib import Path

from reasoner.errors import InputError, Problem, closest
from reasoner.lawfiles.law import shipped

ENDINGS = (".yaml", ".yml", ".lp")
NEAR_MISSES = "near_misses"  # a folder among cases with what was generated from them


def find_case(name: str) -> Path:
    """The file of a case: a path, or the name of a case that comes with the program.

    Raises:
        InputError: when there is neither, with the nearest name.
    """
    path = Path(name)
    if path.suffix in ENDINGS or path.exists():
        return path
    known = {p.stem: p for p in case_files(shipped("cases"))}
    if name in known:
        return known[name]
    hint = closest(name, known) or "`reasoner cases` lists the cases that come with the program"
    raise InputError([Problem(f"there is no case called {name!r} and no such file", hint=hint)])


def is_case(name: str) -> bool:
    """Whether a name means a case: a file, something called like one, or a shipped case."""
    path = Path(name)
    if path.suffix in ENDINGS or path.is_file():
        return True
    return any(p.stem == name for p in case_files(shipped("cases")))


def is_shipped(path: Path) -> bool:
    """Whether a case comes with the program and is known by its name."""
    return path.resolve().is_relative_to(shipped("cases").resolve())


def case_files(path: Path) -> list[Path]:
    """The case files under a folder, in order, without near misses; or the file itself."""
    if not path.is_dir():
        return [path]
    files = []
    for folder, below, names in os.walk(path):
        below[:] = [name for name in below if name != NEAR_MISSES]
        files += [Path(folder, name) for name in names if Path(name).suffix in ENDINGS]
    return sorted(files, key=lambda file: file.parts)

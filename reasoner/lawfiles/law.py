"""Load a law directory, from a copy made earlier where nothing has changed since.

Reading a few thousand lines through the parser takes longer than answering a question, so what
was read is kept in the user's cache folder, as Python keeps compiled modules. The copy is named
after a digest of every file of the law and of the versions that read it; a changed file means
another name. ``REASONER_CACHE=off`` turns this off.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import sys
from pathlib import Path

from reasoner.lawfiles.rules import Law
from reasoner.source import read_source
from reasoner.uncollected import uncollected

_READERS = (
    *("rules", "blocks", "vocabulary", "declared", "declared_facts", "declarations"),
    *("parse", "syntax", "translation", "assemble", "infer", "strata"),
)


def shipped_law() -> Path:
    """The directory of the law that comes with the program."""
    return shipped("asp")


def shipped(name: str) -> Path:
    """A folder that comes with the program, installed or in a checkout."""
    here = Path(__file__).resolve().parents[1]
    inside = here / name
    return inside if inside.is_dir() else here.parent / name


def load_law(directory: Path | str | None = None) -> Law:
    """Read a law directory with all its annotations and check what can be checked without a case.

    Args:
        directory: a folder with a ``main.lp``; without it, the law that comes with the program.

    Raises:
        InputError: with every problem found: syntax, words, unknown predicates, cycles.
    """
    folder = Path(directory) if directory is not None else shipped_law()
    read_source(str(folder / "main.lp"))
    copy = _copy_of(folder)
    law = _read_copy(copy)
    if law is None or law.directory != folder:
        from reasoner.lawfiles.parse import parse_law

        law = parse_law(folder)
        _write_copy(copy, law)
    return law


def _copy_of(folder: Path) -> Path | None:
    """Where the copy of a law is kept, if copies are kept."""
    if os.environ.get("REASONER_CACHE") == "off":
        return None
    from hashlib import sha256

    import clingo
    from platformdirs import user_cache_path

    import reasoner

    digest = sha256(f"{reasoner.__version__} {clingo.__version__} {sys.version}".encode())
    here = Path(__file__).resolve().parent
    try:
        for module in _READERS:
            digest.update(str((here / f"{module}.py").stat().st_mtime_ns).encode())
        for path in sorted(folder.rglob("*.lp")):
            digest.update(f"{path}\0".encode() + path.read_bytes() + b"\0")
    except OSError:
        return None
    return user_cache_path("reasoner", appauthor=False) / f"law-{digest.hexdigest()[:32]}.pickle"


def _read_copy(path: Path | None) -> Law | None:
    if path is None:
        return None
    try:
        with uncollected():
            law = pickle.loads(path.read_bytes())
    except Exception:  # a copy that cannot be read is no copy: the law itself is there
        return None
    with contextlib.suppress(OSError):
        os.utime(path)  # so that it is not among those unused for longest, which go first
    return law if isinstance(law, Law) else None


def _write_copy(path: Path | None, law: Law) -> None:
    if path is None:
        return
    import tempfile

    data = pickle.dumps(law, pickle.HIGHEST_PROTOCOL)
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        for old in sorted(path.parent.glob("law-*.pickle"), key=lambda p: p.stat().st_mtime)[:-8]:
            old.unlink()
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as handle:
            handle.write(data)
        os.replace(handle.name, path)

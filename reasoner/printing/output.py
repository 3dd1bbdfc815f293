"""What the commands print with: pages, JSON, progress bars, files."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from reasoner.errors import InputError, Problem

if TYPE_CHECKING:
    from pathlib import Path

    from reasoner.printing.show import Page, Row


def page_of(width: int | None) -> Page:
    """Standard output as a page of some width."""
    from reasoner.printing.show import open_page

    return open_page(sys.stdout, width)


def print_rows(width: int | None, rows: Callable[[int], Iterable[Row]]) -> None:
    """Print rows that are made for the width of the page."""
    from reasoner.printing.show import emit

    page = page_of(width)
    emit(page, rows(page.width))


def write_json(data: Any) -> None:
    """Write data as JSON, in letters that the stream can show."""
    import json

    encoding = getattr(sys.stdout, "encoding", None) or ""
    ascii_only = not encoding.lower().startswith("utf")
    json.dump(data, sys.stdout, indent=2, ensure_ascii=ascii_only)
    sys.stdout.write("\n")


def progress(items: Iterable[Any], label: str, total: int) -> Iterable[Any]:
    """The items, with a progress bar while errors go to a terminal."""
    if not (sys.stderr.isatty() and total > 3) or os.environ.get("TERM") == "dumb":
        return items
    from rich.console import Console
    from rich.progress import track

    return track(items, label, total, console=Console(stderr=True), transient=True)


def tracked(search: Iterator[Any], label: str, total: int) -> Iterator[Any]:
    """What a search yields, with a bar of what it found while errors go to a terminal."""
    if not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield from search
        return
    from rich.console import Console
    from rich.progress import Progress

    label = f"{label} (Ctrl-C ends it with what is found)"
    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(label, total=total)
        for found in search:
            bar.advance(task, found is not None)
            yield found


def followed(search: Iterator[Any], state: Callable[[], tuple[int, int, str]]) -> Iterator[Any]:
    """What a search yields, with a bar of how far it has come while errors go to a terminal.

    Args:
        search: the search.
        state: says how many steps are done, of how many, and what is looked at.
    """
    if not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield from search
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (
        BarColumn(20),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.description} (Ctrl-C ends it with what is found)"),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("")
        for found in search:
            done, steps, at = state()
            bar.update(task, completed=done, total=steps, description=at)
            yield found


@contextmanager
def searching(label: str) -> Iterator[None]:
    """Say on a terminal that a search goes on, and how to end it."""
    if not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield
        return
    from rich.console import Console

    with Console(stderr=True).status(f"{label} (Ctrl-C ends it with what is found)"):
        yield


def replace_file(path: Path, data: bytes, hint: str = "") -> None:
    """Write a file whole or not at all.

    Raises:
        InputError: it cannot be written.
    """
    import tempfile

    try:
        handle = tempfile.NamedTemporaryFile(dir=path.parent or ".", delete=False)  # noqa: SIM115
        try:
            with handle:
                handle.write(data)
            os.chmod(handle.name, 0o644)
            os.replace(handle.name, path)
        except OSError:
            os.unlink(handle.name)
            raise
    except OSError as error:
        reason = error.strerror or str(error)
        raise InputError([Problem(f"{path} cannot be written: {reason}", hint=hint)]) from None


def kept_folder() -> Path:
    """The user's own folder for what is kept between runs; ``REASONER_DATA`` names another."""
    from pathlib import Path

    named = os.environ.get("REASONER_DATA")
    if named:
        return Path(named)
    from platformdirs import user_data_path

    return user_data_path("reasoner", appauthor=False)

"""The official texts that a user imported: one compact file each in the user's data folder.

The words of the law are not part of this program. Who has them beside the rules has imported the
XML; what was read is kept as JSON, which is only data, under the instrument, the language and the
day of the consolidation. ``REASONER_DATA`` names another folder.
"""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Iterable
from pathlib import Path

from reasoner.errors import InputError, Problem
from reasoner.official.official import OfficialProvision, OfficialText
from reasoner.printing.output import kept_folder, replace_file

SCHEMA = "reasoner/official/1"


def data_folder() -> Path:
    """Where imported texts are kept."""
    return kept_folder() / "official"


def keep_texts(texts: Iterable[OfficialText]) -> list[tuple[Path, bool]]:
    """Keep texts for later, each whole or not at all.

    Args:
        texts: what was read; one of the same instrument, language and day is replaced.

    Returns:
        The file of each, and whether there was one before.

    Raises:
        InputError: a file cannot be written.
    """
    folder = data_folder()
    kept = []
    for text in texts:
        path = folder / f"{_stem(text)}.json"
        before = path.exists()
        with contextlib.suppress(OSError):  # that it is not there is said below
            folder.mkdir(parents=True, exist_ok=True)
        replace_file(path, _dump(text), "REASONER_DATA names another folder")
        kept.append((path, before))
    return kept


def imported(identifiers: Iterable[str] | None = None) -> list[tuple[str, str, str, Path]]:
    """What was imported: instrument as in a file's name, language, day and file, in order.

    Args:
        identifiers: only texts of these instruments, as SOR/2002-227.
    """
    wanted = None if identifiers is None else {_slug(name) for name in identifiers}
    found = []
    folder = data_folder()
    for path in sorted(folder.glob("*.json")) if folder.is_dir() else ():
        match = re.fullmatch(r"(.+)\.(en|fr)\.(\d{4}-\d{2}-\d{2})", path.stem)
        if match and (wanted is None or match[1] in wanted):
            found.append((match[1], match[2], match[3], path))
    return found


def load_text(path: Path) -> OfficialText:
    """Read a text that was kept.

    Raises:
        InputError: the file is not as it was written.
    """
    try:
        data = json.loads(path.read_bytes())
        if data["schema"] != SCHEMA:
            raise ValueError("another schema")
        rows = [
            OfficialProvision(pinpoint, label, words, closing, note, since, repealed, tuple(terms))
            for pinpoint, label, words, closing, note, since, repealed, terms in data["provisions"]
        ]
        return OfficialText(
            str(data["identifier"]),
            str(data["title"]),
            str(data["language"]),
            str(data["date"]),
            {row.pinpoint: row for row in rows},
        )
    except (OSError, ValueError, KeyError, TypeError, IndexError, RecursionError):
        message = f"{path} is damaged, or of another version"
        hint = "import the XML again, or delete the file"
        raise InputError([Problem(message, hint=hint)]) from None


def _dump(text: OfficialText) -> bytes:
    rows = [
        [p.pinpoint, p.label, p.words, p.closing, p.note, p.since, p.repealed, list(p.terms)]
        for p in text.provisions.values()
    ]
    data = {
        "schema": SCHEMA,
        "identifier": text.identifier,
        "title": text.title,
        "language": text.language,
        "date": text.date,
        "provisions": rows,
    }
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()


def _stem(text: OfficialText) -> str:
    return f"{_slug(text.identifier)}.{text.language}.{text.date}"


def _slug(identifier: str) -> str:
    return re.sub(r"[^A-Za-z0-9.]+", "-", identifier).strip("-.") or "text"

"""Audit the law that comes with the program, and keep what is found for the page on audits.

``python docs/audited.py`` takes minutes, so it is run by hand when the law has changed; the page
says of which law it speaks. ``docs/make.py`` makes its table from what was kept.
"""

from __future__ import annotations

import contextlib
import io
import json
from typing import Any

from make import AUDITED, digest_of

from reasoner.cli import main as run_command
from reasoner.lawfiles.law import load_law
from reasoner.lawfiles.rules import Law

LISTED = (
    "dead",
    "always",
    "clause",
    "nowhere",
    "loop",
    "texts",
    "condition",
    "moment",
    "idle",
    "unreached",
    "definition",
    "fact",
    "option",
    "same_texts",
    "round",
)
"""The kinds whose findings are listed; of the others the page says how many there are."""


def keep(law: Law, found: dict[str, Any]) -> dict[str, Any]:
    """What is kept of an audit's JSON."""
    return {
        "law": digest_of(law),
        "ended": found["ended"],
        "counts": found["counts"],
        "not_asked": found["not_asked"],
        "findings": [
            {
                "kind": one["kind"],
                "where": one["condition"] or ", ".join(one["pinpoints"]),
                "what": one["sentence"],
                "whole": bool(one["searched"] and one["searched"]["whole"]),
            }
            for one in found["findings"]
            if one["kind"] in LISTED
        ],
    }


def main() -> None:
    """Audit the law, and write what is found."""
    stream = io.StringIO()
    with contextlib.redirect_stdout(stream):
        run_command(["audit", "--json"])
    kept = keep(load_law(), json.loads(stream.getvalue()))
    AUDITED.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

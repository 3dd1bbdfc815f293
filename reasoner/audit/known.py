"""The list of mutants that are known to survive, each with the reason why it may."""

from __future__ import annotations

from pathlib import Path

from reasoner.casefiles.document import Keys, Scalar, read_document
from reasoner.errors import InputError, Problem
from reasoner.lawfiles.rules import Law
from reasoner.source import read_source

KNOWN_FILE = "unnoticed.yaml"


def read_known(law: Law, path: Path | None = None) -> dict[str, str]:
    """Read such a list: the names of mutants with reasons.

    Args:
        law: the law, in whose folder the list is looked for.
        path: another file.

    Raises:
        InputError: it cannot be read, or something is listed without a reason.
    """
    if path is None:
        path = law.directory / KNOWN_FILE
        if not path.exists():
            return {}
    source = read_source(str(path))
    problems: list[Problem] = []
    node = read_document(source, problems)
    known: dict[str, str] = {}
    if isinstance(node, Keys):
        for key, reason in node.pairs:
            if isinstance(reason, Scalar) and not reason.empty and reason.text.strip():
                known[key.text] = " ".join(reason.text.split())
            else:
                hint = "write after it why no case has to notice it"
                place = key.place
                message = "no reason is given"
                problems.append(source.problem(message, place.line, place.column, 1, hint))
    elif node is not None:
        hint = "write 'R65(c).2.3:dropped: the reason', a line each"
        problems.append(source.problem("this is no list of changes", 1, 1, 1, hint))
    if problems:
        raise InputError(problems)
    return known

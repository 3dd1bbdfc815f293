"""The list of mutants that are known to survive, each with the reason why it may.

A reason is written by a person, for one mutant or for all of a heading, or it is that no story of
a scope tells the mutant from the law ::

    calendar: the tests hold it against another calendar
    B5(c).2.3:dropped: nobody is asked about before the lease began
    B5(c).2.4:dropped: {untold: 'gardener=2, plot=2; 14 facts', law: 1f0c2b7a9d3e}

``law`` is a fingerprint of all that the search rested on. Where that has changed, the search is
made again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from reasoner.audit.copies import resting_on, users_of
from reasoner.audit.mutants import Mutant
from reasoner.casefiles.document import Keys, Node, Scalar, read_document
from reasoner.casefiles.write_case import quote_text
from reasoner.errors import InputError, Problem
from reasoner.lawfiles.infer import rules_behind
from reasoner.lawfiles.rules import Law, Signature
from reasoner.source import read_source

KNOWN_FILE = "unnoticed.yaml"
_UNTOLD, _LAW = "untold", "law"
_HEAD = """\
# Changes of the law that nobody has to notice: `reasoner mutate --write` lists those that no story
# of the scope tells from the law, with a fingerprint of what the search rested on.
"""


class Known(NamedTuple):
    """Why nobody has to notice a mutant: the reason that a person gives, or the part of the scope
    in which no story tells it from the law, with the fingerprint of what that rests on."""

    reason: str
    untold: str = ""
    law: str = ""


def reason_for(known: Mapping[str, Known], mutant: Mutant) -> Known | None:
    """Why nobody has to notice a mutant, if that is listed: of itself, or of its heading."""
    return known.get(mutant.id) or known.get(mutant.heading)


class Fingerprints:
    """Fingerprints of what the searches for stories that notice mutants rest on."""

    def __init__(self, law: Law) -> None:
        """Read what stories are made of."""
        self.law = law
        self._users = users_of(law)
        self._texts: dict[Signature, bytes] = {}
        worlds = sorted((law.directory / "worlds").glob("*.lp"))
        facts = (str(fact.arguments) for _, fact in sorted(law.vocabulary.facts.items()))
        self._world = "\n".join([*(_rules(path) for path in worlds), *facts]).encode()

    def of(self, mutant: Mutant) -> str:
        """The fingerprint of what it rests on that no story tells a mutant from the law."""
        head = self.law.rules[mutant.rule].head.signature
        if head not in self._texts:
            above = resting_on(self._users, [head]) if head not in self.law.sentences else [head]
            behind = rules_behind(self.law, sorted(above))
            texts = sorted({rule.text for rule in behind})
            self._texts[head] = hashlib.sha256("\n".join(texts).encode()).digest()
        changed = mutant.changed.text if mutant.changed else ""
        before = self.law.rules[mutant.rule].text
        digest = hashlib.sha256(self._world + self._texts[head])
        digest.update(f"{before}\n{changed}".encode())
        return digest.hexdigest()[:12]


def _rules(path: Path) -> str:
    """A file of rules without its remarks."""
    lines = read_source(str(path)).text.splitlines()
    return "\n".join(line for line in lines if line.strip() and not line.startswith("%"))


def read_known(path: Path, *, needed: bool = True) -> dict[str, Known]:
    """Read such a list: the names of mutants, or of headings, with reasons.

    Args:
        path: the file.
        needed: whether there must be one.

    Raises:
        InputError: it cannot be read, or something is listed without a reason.
    """
    if not needed and not path.exists():
        return {}
    source = read_source(str(path))
    problems: list[Problem] = []
    node = read_document(source, problems)
    known: dict[str, Known] = {}
    if isinstance(node, Keys):
        for key, reason in node.pairs:
            read = _read_reason(reason)
            if read is not None:
                known[key.text] = read
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


def _read_reason(node: Node) -> Known | None:
    if isinstance(node, Scalar):
        text = " ".join(node.text.split())
        return Known(text) if text and not node.empty else None
    if not isinstance(node, Keys):
        return None
    said = {key.text: value.text for key, value in node.pairs if isinstance(value, Scalar)}
    if set(said) != {_UNTOLD, _LAW}:
        return None
    return Known("", said[_UNTOLD], said[_LAW])


def write_known(known: Mapping[str, Known], mutants: Iterable[Mutant]) -> str:
    """Write such a list so that it reads back.

    Args:
        known: the mutants and headings with reasons.
        mutants: all mutants, in the order of the law.
    """
    order = dict.fromkeys(name for mutant in mutants for name in (mutant.heading, mutant.id))
    lines = []
    for name in [name for name in order if name in known]:
        one = known[name]
        reason = quote_text(one.reason)
        if not one.reason:
            reason = f"{{{_UNTOLD}: {quote_text(one.untold)}, {_LAW}: {quote_text(one.law)}}}"
        lines.append(f"{quote_text(name)}: {reason}\n")
    return _HEAD + "".join(lines)

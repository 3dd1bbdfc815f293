"""What another text of the law says otherwise, for reading and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from reasoner.errors import list_words
from reasoner.lawfiles.rules import Law
from reasoner.official.drift import CHANGED, NEW, RENUMBERED, REPEAL, Drift, Finding, Piece
from reasoner.official.fingerprints import read_settings
from reasoner.official.official import split_pinpoint
from reasoner.printing.show import Row, Span, paragraph, wrap
from reasoner.source import nearest_path

SCHEMA = "reasoner/drift/1"
_LANGUAGES = {"en": "English", "fr": "French"}
_SAID = {
    CHANGED: ("changed", "yellow"),
    NEW: ("new", "green"),
    REPEAL: ("repealed", "red"),
    RENUMBERED: ("renumbered", "yellow"),
}


def drift_rows(drift: Drift, law: Law, width: int) -> Iterator[Row]:
    """The findings for reading, the core first."""
    text, written = drift.text, drift.written
    yield from paragraph(
        f"{text.title} ({text.identifier}), {_LANGUAGES[text.language]}: the file has the text of "
        f"{text.date}, the rules were written from that of {written.date}.",
        width,
    )
    for core in (True, False):
        findings = [f for f in drift.findings if f.core == core]
        title = _title(law, core, written.prefix, len(findings))
        if title:
            yield [Span("")]
            yield [Span(title, "bold")]
        for finding in findings:
            yield from _finding_rows(finding, drift, law, width)
    if not drift.findings:
        yield [Span("")]
        yield [Span("Nothing that the law encodes differs.", "green")]
    if drift.unprinted:
        yield [Span("")]
        names = list_words([written.prefix + p for p in drift.unprinted], "and")
        yield from paragraph(f"Without fingerprints, and not compared: {names}.", width)
    if any(f.kind == CHANGED for f in drift.findings) and not drift.ours_imported:
        yield [Span("")]
        what = f"the {_LANGUAGES[text.language]} text of {written.date}"
        hint = f"To see the words that changed, import {what}: reasoner law import FILE"
        yield from paragraph(hint, width, style="dim")


def _title(law: Law, core: bool, prefix: str, count: int) -> str:
    sections = [p for p in read_settings(law).core if p.startswith(prefix)]
    own = [p for p in sections if p[len(prefix) :][:1].isdigit()]
    if core:
        return f"Core, {own[0]} to {own[-1]}: {count or 'nothing'}" if own else ""
    return f"Outside the core: {count or 'nothing'}" if own else f"{count} in all" if count else ""


def _finding_rows(finding: Finding, drift: Drift, law: Law, width: int) -> Iterator[Row]:
    said, style = _SAID[finding.kind]
    rest = f" {'from' if drift.older else 'as'} {finding.other}" if finding.other else ""
    if finding.below:
        labels = [p.removeprefix(finding.pinpoint).strip() for p in finding.below]
        labels = [p for p in labels if len(split_pinpoint(p)) == 1] or labels
        rest += f", with {list_words(labels, 'and')}"
    if finding.since and finding.kind in (CHANGED, NEW):
        rest += f", in force since {finding.since}"
        rest += ", as the law files note" if finding.noted else ""
    provision = law.provisions.get(finding.encoded)
    if provision:
        where = f"{nearest_path(provision.position.path)}:{provision.position.line}"
        at = "" if finding.encoded == finding.pinpoint else f"{finding.encoded} at "
        rest += f"  ({at}{where})"
    lead = f"  {finding.pinpoint}  "
    room = max(24, width - len(lead))
    first, *more = wrap(said + rest, room, room)
    yield [Span(lead, "cyan"), Span(said, style), Span(first[len(said) :])]
    for part in more:
        yield [Span(" " * len(lead)), Span(part)]
    if finding.words:
        yield from paragraph(difference_text(finding.words), width, "      ", "dim")


def difference_text(words: Sequence[Piece]) -> str:
    """A difference in one line: what goes as [-words-], what comes as {+words+}."""
    signs = {"=": "{}", "-": "[-{}-]", "+": "{{+{}+}}"}
    return "".join(
        " " * text.startswith(" ") + signs[sign].format(text.removeprefix(" "))
        for sign, text in words
    )


def drift_json(drift: Drift) -> dict[str, Any]:
    """The findings as plain data."""
    return {
        "schema": SCHEMA,
        "instrument": drift.written.prefix,
        "identifier": drift.text.identifier,
        "language": drift.text.language,
        "file": drift.text.date,
        "rules": drift.written.date,
        "changed": bool(drift.findings),
        "findings": [
            {
                "kind": f.kind,
                "pinpoint": f.pinpoint,
                "core": f.core,
                "since": f.since or None,
                "elsewhere": f.other or None,
                "below": list(f.below),
                "encoded": f.encoded or None,
                "noted": f.noted,
                "words": [{"sign": sign, "text": text} for sign, text in f.words] or None,
            }
            for f in drift.findings
        ],
        "without_fingerprints": [drift.written.prefix + p for p in drift.unprinted],
    }

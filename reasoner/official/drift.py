"""Compare a text of the law with the fingerprints of the words that the rules were written from.

The text may be newer or older than ours. What is found is told in the order of time, from the
earlier of the two to the later, so that an amendment reads the same from either side.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from reasoner.errors import InputError, Problem, list_words
from reasoner.lawfiles.rules import Law
from reasoner.official.fingerprints import (
    REPEALED,
    SETTINGS,
    Fingerprint,
    Settings,
    Written,
    encoded_pinpoints,
    fingerprints_of,
    in_scope,
    read_fingerprints,
    read_settings,
)
from reasoner.official.official import OfficialText, inside
from reasoner.official.texts import imported, load_text

CHANGED, NEW, REPEAL, RENUMBERED = "changed", "new", "repealed", "renumbered"
Piece = tuple[str, str]  # a sign, "=", "-" or "+", and words


@dataclass(frozen=True, slots=True)
class Finding:
    """One provision that differs between the earlier text and the later.

    ``pinpoint`` is the one that our rules know, or the new one; ``other`` where it stands in the
    file, if that is elsewhere; ``since`` the day since which the later words are in force;
    ``below`` what stands below it and fared alike; ``words`` the difference, where both are known;
    ``noted`` whether the law files have a note (``%=``) of an amendment of that day.
    """

    kind: str
    pinpoint: str
    core: bool
    since: str
    encoded: str
    other: str = ""
    below: tuple[str, ...] = ()
    words: tuple[Piece, ...] = ()
    noted: bool = False


@dataclass(frozen=True, slots=True)
class Drift:
    """What a file says otherwise than the text that the rules were written from."""

    text: OfficialText
    written: Written
    findings: tuple[Finding, ...]
    unprinted: tuple[str, ...]
    ours_imported: bool

    @property
    def older(self) -> bool:
        """Whether the file is older than our text."""
        return self.text.date < self.written.date


def find_drift(law: Law, text: OfficialText, path: str) -> Drift:
    """Compare a text with the fingerprints of a law.

    Args:
        law: the law.
        text: a text of one of its instruments.
        path: the file, for messages.

    Raises:
        InputError: the law has no fingerprints of this instrument in this language.
    """
    settings = read_settings(law)
    instrument = settings.of(text)
    if instrument is None:
        known = [i.identifiers[0] for i in settings.instruments.values() if i.identifiers]
        message = f"{path} is {text.identifier}, of which this law encodes nothing"
        hint = f"it encodes {list_words(known, 'and')}" if known else f"it has no {SETTINGS}"
        raise InputError([Problem(message, hint=hint)])
    prints = read_fingerprints(law)
    written = next(
        (w for w in prints if (w.prefix, w.language) == (instrument.prefix, text.language)), None
    )
    if written is None:
        language = {"en": "English", "fr": "French"}[text.language]
        message = f"the law has no fingerprints of {text.identifier} in {language}"
        hint = "`reasoner law fingerprint FILE` takes them from the text the rules are written from"
        raise InputError([Problem(message, hint=hint)])
    theirs = fingerprints_of(text)
    scope = set(in_scope(text, settings, instrument, written.encoded))
    older = text.date < written.date
    differing, moved = _compare(written.fingerprints, theirs, scope, older)
    ours = _our_text(settings, written)
    findings = [
        _finding(law, settings, written, theirs, text, ours, older, p, kind, moved)
        for p, kind in differing
    ]
    known_now = set(encoded_pinpoints(law, instrument.prefix))
    return Drift(
        text,
        written,
        tuple(sorted(_group(findings, instrument.prefix), key=lambda f: not f.core)),
        _outermost(known_now - {*written.encoded} - {*written.fingerprints}),
        ours is not None,
    )


def _outermost(pinpoints: set[str]) -> tuple[str, ...]:
    """Pinpoints without those that stand below another of them."""
    return tuple(sorted(p for p in pinpoints if not pinpoints & {*inside(p)}))


def _compare(
    ours: Mapping[str, Fingerprint],
    theirs: Mapping[str, Fingerprint],
    scope: set[str],
    older: bool,
) -> tuple[list[tuple[str, str]], dict[str, str]]:
    """What became of each provision that differs, and where those went that moved."""
    moved = _moved(ours, theirs)
    gone, come = (NEW, REPEAL) if older else (REPEAL, NEW)
    found: list[tuple[str, str]] = []
    for pinpoint in _in_order(ours, theirs, scope):
        old, now = ours.get(pinpoint), theirs.get(pinpoint)
        stood = old is not None and old.digest != REPEALED
        taken = pinpoint in moved.values()  # by what stands elsewhere in the rules' text
        stands = now is not None and now.digest != REPEALED and not taken
        if pinpoint in moved:
            found.append((pinpoint, RENUMBERED))
            if stands:
                found.append((pinpoint, come))
        elif stood and not stands:
            found.append((pinpoint, gone))
        elif stands and not stood:
            found.append((pinpoint, come))
        elif old and now and stood and old.digest != now.digest:
            found.append((pinpoint, CHANGED))
    lists = {inside(p)[-1:] for p, kind in found if kind != CHANGED}
    wordless = {p for p, _ in found if not (ours.get(p) or theirs[p]).digest}
    return [
        (pinpoint, kind)
        for pinpoint, kind in found
        if not (pinpoint in wordless and {k for p, k in found if pinpoint in inside(p)} - {kind})
        and not (
            kind == CHANGED
            and inside(pinpoint)[-1:] in lists
            and _only_joint_moved(ours[pinpoint], theirs[pinpoint])
        )
    ], moved


def _only_joint_moved(old: Fingerprint, now: Fingerprint) -> bool:
    """Whether an "and" or "or" only came or went, as when a list is continued."""
    return old.content == now.content and "" in (old.joint, now.joint)


def _moved(ours: Mapping[str, Fingerprint], theirs: Mapping[str, Fingerprint]) -> dict[str, str]:
    """Provisions whose words stand elsewhere in the other text, where there is no doubt."""
    here = Counter(f.content for f in ours.values())
    there = Counter(f.content for f in theirs.values())
    places = {f.content: p for p, f in theirs.items()}
    moved = {}
    for pinpoint, fingerprint in ours.items():
        content = fingerprint.content
        same = theirs.get(pinpoint)
        if content in ("", REPEALED) or (same and same.content == content):
            continue
        if here[content] == there[content] == 1:
            moved[pinpoint] = places[content]
    return moved


def _in_order(
    ours: Mapping[str, Fingerprint], theirs: Mapping[str, Fingerprint], scope: set[str]
) -> list[str]:
    """What is to be compared, as the file has it; what it lacks comes where we have it."""
    places = {p: (place, 0) for place, p in enumerate(theirs)}
    last = (-1, 0)
    for pinpoint in ours:
        last = places.setdefault(pinpoint, (last[0], last[1] + 1))
    return sorted({*ours, *scope}, key=lambda p: places[p])


def _finding(
    law: Law,
    settings: Settings,
    written: Written,
    theirs: Mapping[str, Fingerprint],
    text: OfficialText,
    ours: OfficialText | None,
    older: bool,
    pinpoint: str,
    kind: str,
    moved: Mapping[str, str],
) -> Finding:
    target = moved[pinpoint] if kind == RENUMBERED else pinpoint
    old, now = written.fingerprints.get(pinpoint), theirs.get(target)
    later = old if older else now
    since = later.since if later else ""
    words: tuple[Piece, ...] = ()
    if kind == CHANGED and ours is not None:
        pair = ours.provisions[pinpoint].own, text.provisions[pinpoint].own
        words = tuple(word_difference(*(reversed(pair) if older else pair)))
    nearest = [p for p in (*inside(pinpoint), pinpoint) if p in written.encoded]
    encoded = written.prefix + nearest[-1] if nearest else ""
    notes = law.provisions[encoded].in_force if encoded in law.provisions else ()
    return Finding(
        kind,
        written.prefix + pinpoint,
        settings.in_core(written.prefix + pinpoint),
        since,
        encoded,
        written.prefix + target if target != pinpoint else "",
        (),
        words,
        bool(since and any(since in note for note in notes)),
    )


def _our_text(settings: Settings, written: Written) -> OfficialText | None:
    """The text from which the rules were written, if it is imported and still the same."""
    names = settings.instruments[written.prefix].identifiers
    for _, language, date, path in imported(names):
        if (language, date) == (written.language, written.date):
            text = load_text(path)
            found = fingerprints_of(text)
            same = all(
                p in found and found[p].digest == f.digest for p, f in written.fingerprints.items()
            )
            return text if same else None
    return None


def _group(findings: Sequence[Finding], prefix: str) -> Iterator[Finding]:
    """Each finding once: what fared like the provision above it is named there."""
    below: dict[Finding, list[str]] = {}
    for finding in findings:
        around = {prefix + p for p in inside(finding.pinpoint[len(prefix) :])}
        tops = (top for top in below if top.pinpoint in around and _fared_alike(top, finding))
        top = next(tops, None)
        if top is None:
            below[finding] = []
        else:
            below[top].append(finding.pinpoint)
    for finding, names in below.items():
        yield replace(finding, below=tuple(names))


def _fared_alike(top: Finding, finding: Finding) -> bool:
    if top.kind != finding.kind or top.kind == CHANGED:
        return False
    tail = finding.pinpoint.removeprefix(top.pinpoint)
    return not top.other or finding.other == top.other + tail


def word_difference(before: str, after: str) -> Iterator[Piece]:
    """What must be done to some words to make them others, in runs of words.

    Args:
        before: the earlier words.
        after: the later words.

    Returns:
        Pairs of a sign and words: "=" what stays, "-" what goes, "+" what comes.
    """
    old, new = (re.findall(r"[\w’'.-]*\w|[^\w\s]", text) for text in (before, after))
    gaps_old, gaps_new = _gaps(before, old), _gaps(after, new)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for step, a, b, c, d in matcher.get_opcodes():
        if step == "equal":
            yield "=", _run(new, gaps_new, c, d)
        else:
            if b > a:
                yield "-", _run(old, gaps_old, a, b)
            if d > c:
                yield "+", _run(new, gaps_new, c, d)


def _gaps(text: str, words: Sequence[str]) -> list[str]:
    """What stands before each word: a space or nothing."""
    gaps, place = [], 0
    for word in words:
        start = text.index(word, place)
        gaps.append(" " if start > place else "")
        place = start + len(word)
    return gaps


def _run(words: Sequence[str], gaps: Sequence[str], start: int, end: int) -> str:
    return "".join(gaps[n] + words[n] for n in range(start, end))

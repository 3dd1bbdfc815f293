"""Which official texts a law was written from, and the fingerprints of what it encodes.

A law directory says in ``official.toml`` which instruments its prefixes stand for and which
sections are its core. ``fingerprints.json`` beside it, made by ``reasoner law fingerprint``, has
a digest of the words of each provision that the law encodes, as they stood when the rules were
written. A digest tells that words changed, without the words.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from itertools import pairwise
from typing import Any, NamedTuple

from reasoner.errors import InputError, Problem
from reasoner.lawfiles.rules import Law
from reasoner.official.official import OfficialProvision, OfficialText, inside, split_pinpoint
from reasoner.source import Source, read_source

SETTINGS = "official.toml"
FILE = "fingerprints.json"
SCHEMA = "reasoner/fingerprints/1"
REPEALED = "repealed"
DIGITS = 32

_JOINED = re.compile(r"(.*\S)\s*[,;]\s*(and|or|et|ou)")
_SIGNS = str.maketrans(
    {"‘": "'", "’": "'", "“": '"', "”": '"', "«": '"', "»": '"', "–": "-", "—": "-", "‑": "-"}
)


class Fingerprint(NamedTuple):
    """A digest of a provision's own words (empty where it has none) and since when they stand.

    After a space the digest has the word that joins the provision to the next: "4f…c1 and".
    """

    digest: str
    since: str

    @property
    def content(self) -> str:
        """The digest without the joining word."""
        return self.digest.partition(" ")[0]

    @property
    def joint(self) -> str:
        """The joining word, or an empty text."""
        return self.digest.partition(" ")[2]


@dataclass(frozen=True, slots=True)
class Instrument:
    """The official side of a prefix of pinpoints.

    ``definitions`` names, by pinpoint, the defined terms that the law encodes there; a place that
    it does not name is encoded with all of its definitions.
    """

    prefix: str
    identifiers: tuple[str, ...]
    page: str
    definitions: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Settings:
    """What ``official.toml`` says: the instruments by prefix, and the core as sections."""

    instruments: Mapping[str, Instrument]
    core: tuple[str, ...]

    def of(self, text: OfficialText) -> Instrument | None:
        """The instrument of which something is the text."""
        for instrument in self.instruments.values():
            if text.identifier in instrument.identifiers:
                return instrument
        return None

    def in_core(self, pinpoint: str) -> bool:
        """Whether a pinpoint, with its prefix, belongs to the core."""
        return split_pinpoint(pinpoint)[0] in self.core


@dataclass(frozen=True, slots=True)
class Written:
    """One text from which a law was written: the fingerprints of what it encodes, in order.

    ``encoded`` are the pinpoints that had a heading in the law files when it was made.
    """

    prefix: str
    language: str
    date: str
    encoded: tuple[str, ...]
    fingerprints: Mapping[str, Fingerprint]


def read_settings(law: Law) -> Settings:
    """Read ``official.toml``; a law without one has no official texts.

    Raises:
        InputError: the file is not as it should be.
    """
    path = law.directory / SETTINGS
    if not path.exists():
        return Settings({}, ())
    import tomllib

    source = read_source(str(path))
    try:
        data = tomllib.loads(source.text)
    except tomllib.TOMLDecodeError as error:
        raise InputError([_toml_problem(source, str(error))]) from None
    try:
        instruments = {
            prefix: Instrument(
                prefix,
                tuple(map(str, table["identifiers"])),
                str(table.get("page", "")),
                {at: tuple(map(str, terms)) for at, terms in table.get("definitions", {}).items()},
            )
            for prefix, table in data.get("instruments", {}).items()
        }
        return Settings(instruments, tuple(map(str, data.get("core", ()))))
    except (KeyError, TypeError, AttributeError):
        hint = 'write [instruments.R] and identifiers = ["SOR/2002-227"]'
        raise InputError(
            [source.problem("an instrument has no identifiers", 1, 1, 1, hint)]
        ) from None


def _toml_problem(source: Source, message: str) -> Problem:
    match = re.search(r"\s*\(at line (\d+), column (\d+)\)$", message)
    words = message[: match.start()] if match else message
    words = words.removesuffix(" (at end of document)")
    last = len(source.text.rstrip().split("\n"))
    line, column = (int(match[1]), int(match[2])) if match else (last, 1)
    return source.problem(words[:1].lower() + words[1:], line, column)


def read_fingerprints(law: Law) -> list[Written]:
    """Read ``fingerprints.json``; none where a law has none.

    Raises:
        InputError: the file is not as it was made.
    """
    path = law.directory / FILE
    if not path.exists():
        return []
    source = read_source(str(path))
    try:
        data = json.loads(source.text)
        if data["schema"] != SCHEMA:
            raise ValueError("another schema")
        return [
            Written(
                str(text["instrument"]),
                str(text["language"]),
                str(text["consolidation"]),
                tuple(text["encoded"]),
                {p: Fingerprint(*map(str, row)) for p, row in text["provisions"].items()},
            )
            for text in data["texts"]
        ]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        hint = "`reasoner law fingerprint FILE...` makes it anew"
        raise InputError(
            [source.problem("this is no file of fingerprints", 1, 1, 1, hint)]
        ) from None


def dump_fingerprints(texts: Iterable[Written]) -> bytes:
    """The fingerprints as the file has them: one provision a line."""
    parts = []
    for text in sorted(texts, key=lambda t: (t.prefix, t.language)):
        rows = [f"   {_json(p)}: {_json(list(f))}" for p, f in text.fingerprints.items()]
        parts.append(
            f'  {{"instrument": {_json(text.prefix)}, "language": {_json(text.language)}, '
            f'"consolidation": {_json(text.date)},\n'
            f'   "encoded": {_json(list(text.encoded))},\n'
            '   "provisions": {\n' + ",\n".join(rows) + "}}"
        )
    body = ",\n".join(parts)
    return f'{{"schema": {_json(SCHEMA)}, "texts": [\n{body}]}}\n'.encode()


def _json(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False)


def take_fingerprints(law: Law, settings: Settings, text: OfficialText) -> Written | None:
    """The fingerprints of all that a law encodes of a text; None if it encodes none of it."""
    instrument = settings.of(text)
    if instrument is None:
        return None
    encoded = encoded_pinpoints(law, instrument.prefix)
    found = fingerprints_of(text)
    scope = set(in_scope(text, settings, instrument, encoded))
    prints = {p: f for p, f in found.items() if p in scope}
    return Written(instrument.prefix, text.language, text.date, encoded, prints)


def encoded_pinpoints(law: Law, prefix: str) -> tuple[str, ...]:
    """The pinpoints of an instrument that have a heading in the law files, without the prefix."""
    return tuple(
        sorted(
            pinpoint[len(prefix) :]
            for pinpoint, provision in law.provisions.items()
            if provision.instrument == prefix
        )
    )


def fingerprints_of(text: OfficialText) -> dict[str, Fingerprint]:
    """The fingerprint of every provision of a text."""
    return {p.pinpoint: fingerprint_of(p) for p in text.provisions.values()}


def fingerprint_of(provision: OfficialProvision) -> Fingerprint:
    """The fingerprint of a provision."""
    if provision.repealed:
        return Fingerprint(REPEALED, provision.since)
    return Fingerprint(digest(provision.own), provision.since)


def digest(words: str) -> str:
    """The digest of some words, empty for none.

    Spaces, the shape of quotation marks and dashes, and the stop at the end do not count: they
    change when a list is continued or a file is made anew. All else counts, also commas within.
    An "and" or "or" that joins a paragraph to the next stands beside the digest, as it may move
    when a paragraph is added.
    """
    plain = plain_words(words)
    match = _JOINED.fullmatch(plain)
    text, joint = (match[1], f" {match[2]}") if match else (plain, "")
    return sha256(text.encode()).hexdigest()[:DIGITS] + joint if plain else ""


def plain_words(words: str) -> str:
    """Words as they are compared."""
    text = " ".join(unicodedata.normalize("NFC", words).translate(_SIGNS).split())
    text = re.sub(r"\s+([;:,.)?!\"])", r"\1", text)
    text = re.sub(r"([(\"])\s+", r"\1", text)
    return text.rstrip(" ;:,.")


def in_scope(
    text: OfficialText, settings: Settings, instrument: Instrument, encoded: Iterable[str]
) -> Iterator[str]:
    """The provisions of a text on which something encoded rests.

    These are the encoded provisions, all that stands below them, and the openings of those in
    which they stand; and the sections of the core as a whole. Of definitions, only those that
    the settings name, where they name some.
    """
    headings = set(encoded)
    openings = {above for heading in headings for above in inside(heading)}
    for pinpoint in text.provisions:
        around = (*inside(pinpoint), pinpoint)
        if (
            settings.in_core(instrument.prefix + pinpoint)
            or pinpoint in openings
            or (
                any(p in headings for p in around)
                and _is_defined(text, instrument.definitions, around)
            )
        ):
            yield pinpoint


def _is_defined(
    text: OfficialText, wanted: Mapping[str, tuple[str, ...]], around: tuple[str, ...]
) -> bool:
    """Whether a provision is in no definition, or in one that is wanted."""
    for above, pinpoint in pairwise(around):
        if pinpoint.endswith('"') and above in wanted:
            return bool({*text.provisions[pinpoint].terms} & {*wanted[above]})
    return True

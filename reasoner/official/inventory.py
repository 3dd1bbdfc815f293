"""The table of the law: of each provision, what is encoded, where, and what exercises it."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from reasoner.errors import InputError
from reasoner.lawfiles.law import shipped, shipped_law
from reasoner.lawfiles.rules import Law, Provision, Sentences, Signature, is_below
from reasoner.lawfiles.translation import translation_of
from reasoner.official.fingerprints import REPEALED, Settings, read_fingerprints, read_settings
from reasoner.printing.show import Row, Span, wrap
from reasoner.source import read_source

SCHEMA = "reasoner/law/1"
REACHED = "reached.json"
REACHED_SCHEMA = "reasoner/reached/1"
GUIDANCE = "guidance"
ENCODED, IN_PARTS, NOT_ENCODED, MISSING = "encoded", "in parts", "not encoded", "missing"
LANGUAGES = ("en", "fr")


class Reached(NamedTuple):
    """How many shipped cases meet a provision and how many do not, with a telling one of each.

    ``usual`` says of each way whether it is reached under the default readings.
    """

    met: int
    not_met: int
    examples: tuple[str, str]
    usual: tuple[bool, bool]


@dataclass(frozen=True, slots=True)
class Entry:
    """A provision in the table; ``reached`` is None where it is not counted."""

    pinpoint: str
    instrument: str
    layer: str
    core: bool
    state: str
    summary: str
    path: str
    line: int
    reason: str
    rules: int
    sentences: tuple[str, ...]
    readings: tuple[str, ...]
    reached: Reached | None


@dataclass(frozen=True, slots=True)
class Inventory:
    """The table, with the titles of the instruments; ``counted`` says whether cases were."""

    entries: tuple[Entry, ...]
    titles: Mapping[str, str]
    counted: bool


def take_inventory(law: Law, *, everything: bool = False) -> Inventory:
    """Go through the provisions of a law.

    Args:
        law: the law.
        everything: also what is outside the core; a law without a core has all in it.

    Raises:
        InputError: a file beside the law is not as it should be.
    """
    settings = read_settings(law)
    reached = read_reached() if _is_shipped(law) else {}
    translation = translation_of(law, "fr")
    french = translation.sentences if translation else {}
    entries = []
    for pinpoint, prefix in _pinpoints(law, settings):
        provision = law.provisions.get(pinpoint)
        layer = law.instruments[prefix].layer
        core = not settings.core or layer == GUIDANCE or settings.in_core(pinpoint)
        if core or everything:
            counts = reached.get(pinpoint)
            entries.append(_entry(law, pinpoint, prefix, core, provision, french, counts))
    titles = {i.prefix: i.title for i in law.instruments.values()}
    return Inventory(tuple(entries), titles, bool(reached))


def _is_shipped(law: Law) -> bool:
    return law.directory.resolve() == shipped_law().resolve()


def _pinpoints(law: Law, settings: Settings) -> Iterator[tuple[str, str]]:
    """All pinpoints with their prefix: those with a heading, and those of the core without one."""
    official: dict[str, list[str]] = {}
    for text in read_fingerprints(law):
        if text.prefix not in official:
            official[text.prefix] = [
                text.prefix + p
                for p, print_ in text.fingerprints.items()
                if settings.in_core(text.prefix + p) and print_.digest not in ("", REPEALED)
            ]
    for prefix, instrument in law.instruments.items():
        headings = [p for p, at in law.provisions.items() if at.instrument == prefix]
        found = dict.fromkeys([*official.get(prefix, ()), *headings])
        by_number = instrument.layer != GUIDANCE
        for pinpoint in sorted(found, key=natural_order) if by_number else found:
            yield pinpoint, prefix


def natural_order(pinpoint: str) -> list[tuple[int, Any]]:
    """A key that sorts pinpoints as a statute has them: 9 before 65 before 65.1, (i) before (v)."""
    depth = 0
    key: list[tuple[int, Any]] = []
    for part in re.findall(r'[A-Za-z]+(?=\d)|[\d.]+|"[^"]*"|\([^()]*\)', pinpoint):
        bare = part.strip("()")
        word, _, more = bare.partition(".")
        if part.startswith("("):
            depth = depth + 1 if not word.isdigit() else depth
        if word.isdigit():
            key.append((0, (int(word), *(int(n) for n in more.split(".") if n.isdigit()))))
        elif part.startswith("(") and depth in (2, 4) and re.fullmatch("[ivxIVX]+", word):
            key.append((1, (_roman(word.lower()), more)))
        else:
            key.append((2, (len(word) if part.startswith("(") else 0, bare)))
    return key


def _roman(text: str) -> int:
    values = [{"i": 1, "v": 5, "x": 10}[letter] for letter in text]
    following = [*values[1:], 0]
    return sum(-v if v < after else v for v, after in zip(values, following, strict=True))


def _entry(
    law: Law,
    pinpoint: str,
    prefix: str,
    core: bool,
    provision: Provision | None,
    french: Mapping[Signature, Sentences],
    reached: Reached | None,
) -> Entry:
    layer = law.instruments[prefix].layer
    deeper = any(is_below(p, pinpoint) for p in law.provisions)
    if provision is None:
        state = IN_PARTS if deeper else MISSING
        return Entry(pinpoint, prefix, layer, core, state, "", "", 0, "", 0, (), (), reached)
    rules = [law.rules[index] for index in provision.rules]
    if rules:
        state = ENCODED
    elif provision.not_encoded:
        state = NOT_ENCODED
    else:
        state = IN_PARTS if deeper else MISSING
    heads = {rule.head.signature for rule in rules} - law.tables
    spoken = [s for s in heads if law.homes.get(s) == pinpoint]
    languages = [
        language
        for language, words in zip(LANGUAGES, (law.sentences, french), strict=True)
        if spoken and all(s in words and all(words[s]) for s in spoken)
    ]
    tested = {
        literal.atom.arguments[0].text
        for rule in rules
        for literal in rule.body
        if literal.atom and literal.atom.name == law.reading[0] and literal.atom.arguments
    }
    readings = [
        r.id for r in law.vocabulary.readings.values() if pinpoint in r.at or r.id in tested
    ]
    path = provision.position.path
    return Entry(
        pinpoint,
        prefix,
        layer,
        core,
        state,
        provision.summary,
        path,
        provision.position.line,
        provision.not_encoded,
        len(rules),
        tuple(languages),
        tuple(readings),
        reached,
    )


def read_reached() -> dict[str, Reached]:
    """How the shipped cases reach each provision, as counted when they were last run for it."""
    path = shipped("cases") / REACHED
    if not path.exists():
        return {}
    source = read_source(str(path))
    try:
        data = json.loads(source.text)
        if data["schema"] != REACHED_SCHEMA:
            raise ValueError("another schema")
        return {
            pinpoint: Reached(
                int(row[0]), int(row[1]), (str(row[2]), str(row[3])), (bool(row[4]), bool(row[5]))
            )
            for pinpoint, row in data["provisions"].items()
        }
    except (ValueError, KeyError, TypeError, IndexError):
        raise InputError([source.problem("this is no count of cases", 1, 1)]) from None


def count_reached(
    reports: Iterable[tuple[str, Iterable[tuple[str, bool, bool]]]],
) -> dict[str, Reached]:
    """Count the cases that meet each provision, and those that do not.

    Args:
        reports: for each case its name and what its explanations reach: the pinpoint, whether it
            is met, and whether under the default readings.
    """
    found: dict[str, dict[bool, dict[str, bool]]] = {}
    sizes: dict[str, int] = {}
    for name, reached in reports:
        rows = list(reached)
        sizes[name] = len(rows)
        for pinpoint, holds, usual in rows:
            ways = found.setdefault(pinpoint, {True: {}, False: {}})
            ways[holds][name] = usual or ways[holds].get(name, False)
    return {
        pinpoint: Reached(
            len(ways[True]),
            len(ways[False]),
            (_telling(ways[True], sizes), _telling(ways[False], sizes)),
            (any(ways[True].values()), any(ways[False].values())),
        )
        for pinpoint, ways in sorted(found.items())
    }


def _telling(names: Mapping[str, bool], sizes: Mapping[str, int]) -> str:
    """The case that reaches least besides, under the default readings where there is one."""
    return min(names, key=lambda name: (not names[name], sizes[name], name), default="")


def dump_reached(reached: Mapping[str, Reached]) -> bytes:
    """The counts as their file has them, a provision a line."""
    rows = [
        f"  {json.dumps(p)}: {json.dumps([r.met, r.not_met, *r.examples, *r.usual])}"
        for p, r in reached.items()
    ]
    head = f'{{"schema": {json.dumps(REACHED_SCHEMA)}, "provisions": {{\n'
    return (head + ",\n".join(rows) + "}}\n").encode()


# what is printed


def inventory_rows(inventory: Inventory, width: int) -> Iterator[Row]:
    """The table for reading, instrument by instrument, and its sum."""
    for number, prefix in enumerate(dict.fromkeys(e.instrument for e in inventory.entries)):
        if number:
            yield [Span("")]
        yield [Span(inventory.titles[prefix], "bold")]
        entries = [e for e in inventory.entries if e.instrument == prefix]
        first = max(len(e.pinpoint) for e in entries) + 2
        second = max(len(_place(e)) for e in entries) + 2
        for entry in entries:
            yield from _entry_rows(entry, first, second, width, inventory.counted)
    yield [Span("")]
    for part in wrap(_sum(inventory), width, width):
        yield [Span(part)]


def _entry_rows(entry: Entry, first: int, second: int, width: int, counted: bool) -> Iterator[Row]:
    """A provision in columns of some widths: pinpoint, place, the rest."""
    place = _place(entry)
    taken = first + (second if place else 0)
    if width - taken < 24:
        taken = first
    room = max(24, width - taken)
    lead = [Span(f"{entry.pinpoint:{first}}", "cyan")]
    told = _told(entry, counted)
    if place and taken > first:
        lead.append(Span(f"{place:{second}}", "dim"))
    elif place:
        told = f"{place}  {told}"
    for line, part in enumerate(wrap(told, room, room)):
        start = [Span(" " * taken)] if line else lead
        yield [*start, Span(part, _STYLES.get(entry.state, ""))]


_STYLES = {MISSING: "red", NOT_ENCODED: "dim", IN_PARTS: "dim"}


def _place(entry: Entry) -> str:
    if not entry.path:
        return ""
    name = entry.path.replace("\\", "/").rpartition("/")[2]
    return f"{name}:{entry.line}"


def _told(entry: Entry, counted: bool) -> str:
    """What the table says of a provision, beside its place."""
    if entry.state == MISSING:
        return "missing: the law files say nothing of it"
    if entry.state == NOT_ENCODED:
        return f"not encoded: {entry.reason}"
    if entry.state == IN_PARTS:
        return "in its parts"
    told = [" ".join(entry.sentences) or "no sentences"]
    if counted:
        told.append(_reach(entry.reached))
    if entry.readings:
        told.append(f"readings: {', '.join(entry.readings)}")
    return "; ".join(told)


def _reach(reached: Reached | None) -> str:
    """Met and not met in how many cases."""
    if reached is None:
        return "no case asks it by itself"
    parts = []
    for count, usual, word in zip(reached[:2], reached.usual, ("met", "not met"), strict=True):
        rare = " (under other readings only)" if count and not usual else ""
        parts.append(f"{word} in {count or 'none'}{rare}")
    return ", ".join(parts)


def _sum(inventory: Inventory) -> str:
    states = Counter(e.state for e in inventory.entries)
    told = ", ".join(f"{states[s]} {s}" for s in (ENCODED, IN_PARTS, NOT_ENCODED, MISSING))
    both = sum(bool(e.reached and e.reached.met and e.reached.not_met) for e in inventory.entries)
    cases = f"; {both} met in some case and not in another" if inventory.counted else ""
    return f"{len(inventory.entries)} provisions: {told}{cases}."


def inventory_json(inventory: Inventory) -> dict[str, Any]:
    """The table as plain data."""
    return {
        "schema": SCHEMA,
        "provisions": [
            {
                "pinpoint": e.pinpoint,
                "layer": e.layer,
                "core": e.core,
                "state": e.state,
                "summary": e.summary,
                "path": e.path or None,
                "line": e.line or None,
                "reason": e.reason,
                "rules": e.rules,
                "sentences": list(e.sentences),
                "readings": list(e.readings),
                "cases": {
                    "met": e.reached.met,
                    "not_met": e.reached.not_met,
                    "met_example": e.reached.examples[0] or None,
                    "not_met_example": e.reached.examples[1] or None,
                    "met_by_default": e.reached.usual[0],
                    "not_met_by_default": e.reached.usual[1],
                }
                if e.reached
                else None,
            }
            for e in inventory.entries
        ],
    }

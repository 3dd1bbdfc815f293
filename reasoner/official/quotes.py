"""Put the official words of provisions beside what the law files say of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reasoner.lawfiles.rules import Law
from reasoner.official.fingerprints import fingerprint_of, read_fingerprints, read_settings
from reasoner.official.official import LANGUAGES, OfficialText, inside
from reasoner.official.texts import imported, load_text
from reasoner.printing.show import Row, Span, cells, paragraph, wrap
from reasoner.wording.phrases import phrases

BOTH = "both"
CHOICES = (*LANGUAGES, BOTH)
_TWO_COLUMNS = 80


@dataclass(frozen=True, slots=True)
class Words:
    """Some official words: of which provision, how deep, whether of what was asked."""

    pinpoint: str
    label: str
    depth: int
    text: str
    asked: bool
    closing: bool = False


@dataclass(frozen=True, slots=True)
class Quote:
    """A provision in one language, as consolidated on a day.

    ``as_encoded`` says whether these are the words that the rules were written from; None where
    the law has no fingerprint of them.
    """

    pinpoint: str
    language: str
    date: str
    note: str
    as_encoded: bool | None
    words: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Quotes:
    """What is quoted, and in which instruments and languages nothing can be: prefix, language."""

    quotes: tuple[Quote, ...]
    missing: tuple[tuple[str, str], ...]


def languages_of(choice: str) -> tuple[str, ...]:
    """The languages that ``en``, ``fr`` or ``both`` means."""
    return LANGUAGES if choice == BOTH else (choice,)


def quote_provisions(
    law: Law,
    pinpoints: Iterable[str],
    languages: Sequence[str],
    *,
    whole: bool,
    day: str | None = None,
) -> Quotes:
    """Find the official words of provisions among the texts that were imported.

    Args:
        law: the law.
        pinpoints: pinpoints of the law, with their prefix.
        languages: "en", "fr" or both.
        whole: also what stands below each.
        day: take the text as of that day; without it, the text from which the rules were written,
            or the newest.

    Raises:
        InputError: a text that was kept is damaged.
    """
    settings = read_settings(law)
    written = {(w.prefix, w.language): w for w in read_fingerprints(law)}
    texts: dict[tuple[str, str], OfficialText | None] = {}
    found: list[Quote] = []
    missing: dict[tuple[str, str], None] = {}
    for pinpoint in pinpoints:
        prefix = law.provisions[pinpoint].instrument
        if prefix not in settings.instruments:
            continue
        bare = pinpoint[len(prefix) :]
        for language in languages:
            key = prefix, language
            ours = written.get(key)
            if key not in texts:
                names = settings.instruments[prefix].identifiers
                path = _choose(names, language, day, ours.date if ours else "")
                texts[key] = load_text(path) if path else None
            text = texts[key]
            if text is None:
                missing[key] = None
                continue
            at = next((p for p in (bare, *reversed(inside(bare))) if p in text.provisions), None)
            if at is not None:  # one language may have in one text what the other divides
                words = tuple(_words(text, at, whole))
                same: bool | None = None
                if ours:
                    same = all(
                        ours.fingerprints[w].digest == fingerprint_of(text.provisions[w]).digest
                        for w in {word.pinpoint for word in words}
                        if w in ours.fingerprints
                    )
                note = text.provisions[at].note
                found.append(Quote(pinpoint, language, text.date, note, same, words))
    return Quotes(tuple(found), tuple(missing))


def _choose(names: Iterable[str], language: str, day: str | None, ours: str) -> Path | None:
    """The imported text that suits best, if there is any."""
    dates = {date: path for _, found, date, path in imported(names) if found == language}
    if not dates:
        return None
    if day is not None:
        by_then = [date for date in dates if date <= day]
        return dates[max(by_then)] if by_then else dates[min(dates)]
    return dates[ours] if ours in dates else dates[max(dates)]


def _words(text: OfficialText, pinpoint: str, whole: bool) -> Iterator[Words]:
    """A provision with the openings above it and, if it is to be whole, what is below it."""
    above = inside(pinpoint)
    for depth, opening in enumerate(above):
        if text.provisions[opening].words:
            provision = text.provisions[opening]
            yield Words(opening, provision.label, depth, provision.words, False)
    yield from _own(text, pinpoint, len(above), whole)


def _own(text: OfficialText, pinpoint: str, depth: int, whole: bool) -> Iterator[Words]:
    provision = text.provisions[pinpoint]
    yield Words(pinpoint, provision.label, depth, provision.words, True)
    if whole:
        for below in text.provisions:
            if inside(below)[-1:] == (pinpoint,):
                yield from _own(text, below, depth + 1, whole)
    if provision.closing:
        yield Words(pinpoint, "", depth, provision.closing, True, closing=True)


# what is printed


def quote_rows(
    law: Law, quotes: Quotes, width: int, indent: str = "", *, language: str = "en"
) -> Iterator[Row]:
    """The quotes for reading; two languages side by side where there is room.

    Args:
        law: the law.
        quotes: what was found.
        width: columns to use.
        indent: what stands before each row.
        language: in which to speak of the quotes.
    """
    say = phrases(language)
    by_pinpoint: dict[str, list[Quote]] = {}
    for quote in quotes.quotes:
        by_pinpoint.setdefault(quote.pinpoint, []).append(quote)
    for pinpoint, found in by_pinpoint.items():
        said = say.official_words({q.language: q.date for q in found})
        yield [
            Span(indent),
            Span(pinpoint, "bold cyan"),
            Span(f"  {said}", "dim"),
        ]
        if len(found) == 2 and width - len(indent) >= _TWO_COLUMNS:
            yield from _side_by_side(found[0], found[1], width, indent + "  ")
        else:
            for quote in found:
                yield from _column(quote, width, indent + "  ")
        for quote in found:
            if quote.as_encoded is False:
                text = say.other_words(quote.language)
                yield from paragraph(text, width, indent + "  ", "yellow")
    settings = read_settings(law)
    missing: dict[str, list[str]] = {}
    for prefix, text_language in quotes.missing:
        missing.setdefault(prefix, []).append(text_language)
    for prefix, languages in missing.items():
        title, page = law.instruments[prefix].title, settings.instruments[prefix].page
        yield from paragraph(say.not_imported(title, languages, page), width, indent, "dim")


def _cell(words: Words | None, width: int) -> list[str]:
    if words is None:
        return []
    lead = "  " * words.depth
    label = f"{words.label} " if words.label else ""
    hang = lead + " " * len(label)
    parts = wrap(words.text, width - len(hang), width - len(hang))
    return [(lead + label if not n else hang) + part for n, part in enumerate(parts)]


def _column(quote: Quote, width: int, indent: str) -> Iterator[Row]:
    for words in quote.words:
        for line in _cell(words, width - len(indent)):
            yield [Span(indent), Span(line, "" if words.asked else "dim")]


def _side_by_side(left: Quote, right: Quote, width: int, indent: str) -> Iterator[Row]:
    """Two languages in two columns, provision by provision."""
    room = (width - len(indent) - 3) // 2
    ours = {(w.pinpoint, w.closing): w for w in left.words}
    others = {(w.pinpoint, w.closing): w for w in right.words}
    for key in dict.fromkeys((*ours, *others)):
        one, two = ours.get(key), others.get(key)
        first, second = _cell(one, room), _cell(two, room)
        style = "" if (one or two or left.words[0]).asked else "dim"
        for n in range(max(len(first), len(second))):
            a = first[n] if n < len(first) else ""
            b = second[n] if n < len(second) else ""
            yield [
                Span(indent),
                Span(a + " " * (room - cells(a)), style),
                Span(" │ ", "dim"),
                Span(b, style),
            ]


def quotes_json(quotes: Quotes) -> dict[str, Any]:
    """The quotes as plain data, with what is not imported."""
    return {
        "quotes": [
            {
                "pinpoint": q.pinpoint,
                "language": q.language,
                "consolidation": q.date,
                "note": q.note,
                "as_encoded": q.as_encoded,
                "words": [
                    {"pinpoint": w.pinpoint, "text": w.text, "asked": w.asked} for w in q.words
                ],
            }
            for q in quotes.quotes
        ],
        "not_imported": [
            {"instrument": prefix, "language": language} for prefix, language in quotes.missing
        ],
    }

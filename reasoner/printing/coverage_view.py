"""What shows of each condition that it decides: a table by provision, then what is open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from reasoner.audit.conditions import Condition, literal_at
from reasoner.audit.nearby import Pair
from reasoner.audit.outcomes import (
    CASES,
    FOUND,
    IMPOSSIBLE,
    NEAR_MISSES,
    NEVER,
    NONE,
    OPEN,
    PARTLY,
    Coverage,
)
from reasoner.audit.turning import describe_change
from reasoner.casefiles.case import read_case_text
from reasoner.casefiles.edits import apply_edits
from reasoner.lawfiles.rules import Law
from reasoner.printing.overview import pad
from reasoner.printing.show import Row, Span, cells, paragraph
from reasoner.solving.search import COMPLETE
from reasoner.source import Source, nearest_path
from reasoner.stories.claims import REACH
from reasoner.stories.extent import written_scope
from reasoner.wording.conditions import describe_condition
from reasoner.wording.words import Speaker, read_date

SCHEMA = "reasoner/coverage/1"
_OUTCOMES = (CASES, NEAR_MISSES, FOUND, OPEN, IMPOSSIBLE, NONE, NEVER, PARTLY)


def rows(found: Coverage, width: int, language: str = "en") -> Iterator[Row]:
    """The table, the pairs found now, what is open, and the sum."""
    speaker = _speaker(found.stock.law, language)
    say = speaker.say
    outcomes = found.outcomes()
    sides = found.both_sides()
    yield from _table(found, outcomes, sides, width, speaker)
    yield [Span("")]
    for pair in found.pairs:
        yield from _pair_rows(found, pair, width, language)
    if found.pairs:
        yield [Span("")]
    for outcome, headed in (
        (NEVER, say.never_heading),
        (NONE, say.none_heading),
        (PARTLY, say.partly_heading),
        (OPEN, say.open_heading),
    ):
        heading = ""
        for number, condition in enumerate(found.stock.conditions):
            if outcomes[number] != outcome:
                continue
            if condition.heading != heading:
                heading = condition.heading
                yield from paragraph(headed(heading), width, style="bold")
            yield from paragraph(_words(speaker, condition), width, "  ")
            where = f"{condition.id}  {_place(found.stock.law, condition)}"
            if number in sides and outcome == OPEN:
                where += f"  ({say.both_sides_seen()})"
            yield from paragraph(where, width, "    ", "dim")
            if outcome == PARTLY:
                part = written_scope(found.stock.law, found.beyond.partly[number])
                yield from paragraph(say.part_searched(part), width, "    ", "dim")
        if heading:
            yield [Span("")]
    if {NONE, NEVER, PARTLY} & {*outcomes}:
        axioms = len(found.beyond.axioms)
        scope = scope_words(speaker, found.beyond.scope)
        yield from paragraph(say.scope_searched(scope, axioms), width)
    counted = Counter(outcomes)
    told = {outcome: counted[outcome] for outcome in _OUTCOMES}
    yield from paragraph(say.coverage_sum(len(outcomes), told), width)
    if found.ended != COMPLETE:
        yield from paragraph(say.search_stopped(found.ended), width)


def _pair_rows(found: Coverage, pair: Pair, width: int, language: str) -> Iterator[Row]:
    """A pair found now: of which case, what is otherwise, what it shows."""
    story = found.stock.stories[pair.seed.story]
    before = apply_edits(story.case, pair.seed.given)
    after = apply_edits(before, [pair.edit])
    speaker = Speaker(found.stock.law, after, read_date(str(after.as_of)), language)
    changes = [describe_change(speaker, edit) for edit in (*pair.seed.given, pair.edit)]
    shown = ", ".join(found.stock.conditions[number].id for number, _ in pair.shows)
    words = speaker.say.pair_found(Path(story.path).stem, changes)
    yield from paragraph(words, width)
    yield from paragraph(shown, width, "    ", "cyan")


def _table(
    found: Coverage, outcomes: Sequence[str], sides: frozenset[int], width: int, speaker: Speaker
) -> Iterator[Row]:
    titles = speaker.say.coverage_columns()
    lines: list[Sequence[str]] = [titles]
    for heading, numbers in _by_heading(found).items():
        counted = Counter(outcomes[n] for n in numbers)
        both = sum(n in sides for n in numbers if outcomes[n] == OPEN)
        told = [
            *(counted[outcome] for outcome in _OUTCOMES[:4]),
            both,
            *(counted[outcome] for outcome in _OUTCOMES[4:]),
        ]
        lines.append((heading, str(len(numbers)), *(str(n or "") for n in told)))
    # a column in which nothing stands says nothing
    kept = [c for c in range(len(titles)) if c < 2 or any(line[c] for line in lines[1:])]
    titles, lines = [titles[c] for c in kept], [[line[c] for c in kept] for line in lines]
    first = max(cells(line[0]) for line in lines)
    others = [max(cells(line[c]) for line in lines) for c in range(1, len(titles))]
    if first + sum(others) + 2 * len(others) > width:
        for line in lines[1:]:
            told_so = [f"{t} {v}" for t, v in zip(titles[1:], line[1:], strict=True) if v]
            yield [Span(line[0], "cyan")]
            yield from paragraph(", ".join(told_so), width, "  ")
        return
    for place, line in enumerate(lines):
        row = [Span(pad(line[0], first), "cyan" if place else "bold")]
        for text, room in zip(line[1:], others, strict=True):
            row.append(Span("  " + " " * (room - cells(text)) + text, "bold" if not place else ""))
        yield row


def _by_heading(found: Coverage) -> dict[str, list[int]]:
    by_heading: dict[str, list[int]] = {}
    for number, condition in enumerate(found.stock.conditions):
        by_heading.setdefault(condition.heading, []).append(number)
    return by_heading


def scope_words(speaker: Speaker, scope: Mapping[str, int]) -> str:
    """A scope in words: how many there may be of each type, and how far facts may be."""
    say = speaker.say
    counted = []
    for kind, declared in speaker.law.vocabulary.entities.items():
        one, several = (word.replace("_", " ") for word in (kind, declared.section))
        counted.append(say.entities(scope.get(kind, 0), one, several, declared.label))
    return say.list_words([*counted, say.nearby_facts(scope[REACH])])


def _speaker(law: Law, language: str) -> Speaker:
    """Who speaks of a law and of no case."""
    nobody = Source("nobody.yaml", "case: nobody\nas_of: 2000-01-01\n")
    return Speaker(law, read_case_text(nobody, law.vocabulary), read_date("20000101"), language)


def _words(speaker: Speaker, condition: Condition) -> str:
    """A condition in words, or where it stands if the law has none."""
    literal = literal_at(speaker.law, condition)
    words = describe_condition(speaker, speaker.law.rules[condition.rule], literal)
    return words or speaker.say.line_of(literal.position.line)


def _place(law: Law, condition: Condition) -> str:
    position = literal_at(law, condition).position
    return f"{nearest_path(position.path)}:{position.line}"


def as_json(found: Coverage, language: str = "en") -> dict[str, Any]:
    """The same as plain data; the schema is in ``docs/json.md``."""
    speaker = _speaker(found.stock.law, language)
    outcomes = found.outcomes()
    sides = found.both_sides()
    stories = found.stock.stories
    law = found.stock.law
    return {
        "schema": SCHEMA,
        "language": language,
        "ended": found.ended,
        "scope": written_scope(law, found.beyond.scope),
        "axioms": list(found.beyond.axioms),
        "provisions": [
            {
                "pinpoint": heading,
                "conditions": len(numbers),
                **{outcome: sum(outcomes[n] == outcome for n in numbers) for outcome in _OUTCOMES},
                "both_sides": sum(n in sides for n in numbers if outcomes[n] == OPEN),
            }
            for heading, numbers in _by_heading(found).items()
        ],
        "conditions": [
            {
                "id": condition.id,
                "pinpoint": condition.heading,
                "kind": condition.kind,
                "words": _words(speaker, condition),
                "path": law.rules[condition.rule].position.path,
                "line": literal_at(law, condition).position.line,
                "outcome": outcomes[number],
                "both_sides": number in sides,
                "searched": written_scope(law, found.beyond.partly.get(number, {})),
                "stories": [stories[place].path for place in found.seen.pairs.get(number, ())],
            }
            for number, condition in enumerate(found.stock.conditions)
        ],
        "found": [
            {
                "case": stories[pair.seed.story].path,
                "changes": _changes(found, pair, language),
                "shows": [found.stock.conditions[number].id for number, _ in pair.shows],
            }
            for pair in found.pairs
        ],
    }


def _changes(found: Coverage, pair: Pair, language: str) -> list[str]:
    """What is changed of a case, in words, the change that matters last."""
    story = found.stock.stories[pair.seed.story].case
    after = apply_edits(story, [*pair.seed.given, pair.edit])
    speaker = Speaker(found.stock.law, after, read_date(str(after.as_of)), language)
    return [describe_change(speaker, edit) for edit in (*pair.seed.given, pair.edit)]

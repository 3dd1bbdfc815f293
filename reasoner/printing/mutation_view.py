"""What becomes of the changed laws, laid out: a table by provision, then what nobody notices."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reasoner.audit.conditions import literal_at_place
from reasoner.audit.mutants import DROPPED, NEGATED, Mutant
from reasoner.audit.noticing import (
    EQUIVALENT,
    INEXPRESSIBLE,
    NOTICED,
    SURVIVED,
    UNREACHED,
    Verdict,
)
from reasoner.casefiles.case import read_case_text
from reasoner.lawfiles.rules import Law, Literal, Rule
from reasoner.printing.overview import pad
from reasoner.printing.show import Row, Span, cells, paragraph
from reasoner.solving.search import COMPLETE
from reasoner.source import Source, nearest_path
from reasoner.wording.conditions import describe_condition, say_once
from reasoner.wording.words import Speaker, read_date

KNOWN = "known"
_OUTCOMES = (NOTICED, KNOWN, SURVIVED, UNREACHED, EQUIVALENT, INEXPRESSIBLE)


@dataclass(frozen=True, slots=True)
class Mutated:
    """A law mutated: what became of each mutant that was tried, and how the search ended.

    ``known`` are the mutants listed as known to survive, with the reasons given there.
    """

    law: Law
    mutants: Sequence[Mutant]
    verdicts: Mapping[int, Verdict]
    known: Mapping[str, str]
    ended: str
    whole: bool

    def outcome(self, number: int) -> str:
        """What became of a mutant; ``known`` where it survives and is listed."""
        outcome = self.verdicts[number].outcome
        listed = self.mutants[number].id in self.known
        return KNOWN if listed and outcome in (SURVIVED, UNREACHED) else outcome

    def survivors(self) -> list[int]:
        """The mutants that nobody notices and that are not listed."""
        return [n for n in sorted(self.verdicts) if self.outcome(n) in (SURVIVED, UNREACHED)]

    def listed_in_vain(self) -> list[str]:
        """What is listed as known and does not survive, or does not exist in the law."""
        numbers = {mutant.id: number for number, mutant in enumerate(self.mutants)}
        return sorted(
            name
            for name in self.known
            if (name not in numbers and self.whole)
            or (
                numbers.get(name) in self.verdicts
                and self.verdicts[numbers[name]].outcome not in (SURVIVED, UNREACHED)
            )
        )


def rows(found: Mutated, width: int, language: str = "en") -> Iterator[Row]:
    """The table, what nobody notices, and the sum."""
    speaker = speaker_of(found.law, language)
    yield from _table(found, width, speaker)
    yield [Span("")]
    heading = ""
    for number in found.survivors():
        mutant = found.mutants[number]
        if mutant.heading != heading:
            heading = mutant.heading
            yield [Span(speaker.say.unnoticed_heading(heading), "bold")]
        yield from paragraph(in_words(speaker, mutant), width, "  ")
        rule = found.law.rules[mutant.rule]
        where = f"{mutant.id}  {nearest_path(rule.position.path)}:{line_of(found.law, mutant)}"
        if found.verdicts[number].outcome == UNREACHED:
            where += f"  ({speaker.say.not_reached()})"
        yield from paragraph(where, width, "    ", "dim")
    if heading:
        yield [Span("")]
    counted = _counted(found, range(len(found.mutants)))
    noticed = counted.pop(NOTICED)
    yield from paragraph(speaker.say.mutation_sum(len(found.verdicts), noticed, counted), width)
    vain = found.listed_in_vain()
    if vain:
        yield from paragraph(speaker.say.listed_in_vain(vain), width)
    if found.ended != COMPLETE:
        yield from paragraph(speaker.say.search_stopped(found.ended), width)


def _counted(found: Mutated, numbers: Sequence[int]) -> dict[str, int]:
    counted = dict.fromkeys(_OUTCOMES, 0)
    for number in numbers:
        if number in found.verdicts:
            counted[found.outcome(number)] += 1
    return counted


def _table(found: Mutated, width: int, speaker: Speaker) -> Iterator[Row]:
    by_heading: dict[str, list[int]] = {}
    for number, mutant in enumerate(found.mutants):
        if number in found.verdicts:
            by_heading.setdefault(mutant.heading, []).append(number)
    titles = speaker.say.mutation_columns()
    lines = [titles]
    for heading, numbers in by_heading.items():
        counted = _counted(found, numbers)
        lines.append((heading, str(len(numbers)), *(str(counted[o] or "") for o in _OUTCOMES)))
    first = max(cells(line[0]) for line in lines)
    others = [max(cells(line[c]) for line in lines) for c in range(1, len(titles))]
    if first + sum(others) + 2 * len(others) > width:
        for line in lines[1:]:
            told = [f"{t} {v}" for t, v in zip(titles[1:], line[1:], strict=True) if v]
            yield [Span(line[0], "cyan")]
            yield from paragraph(", ".join(told), width, "  ")
        return
    for place, line in enumerate(lines):
        row = [Span(pad(line[0], first), "bold" if not place else "cyan")]
        for text, room in zip(line[1:], others, strict=True):
            row.append(Span("  " + " " * (room - cells(text)) + text, "" if place else "bold"))
        yield row


# a mutant in words


def speaker_of(law: Law, language: str) -> Speaker:
    """Who speaks of a law and of no case."""
    nobody = read_case_text(
        Source("nobody.yaml", "case: nobody\nas_of: 2000-01-01\n"), law.vocabulary
    )
    return Speaker(law, nobody, read_date("20000101"), language)


def line_of(law: Law, mutant: Mutant) -> int:
    """The line on which a mutant is made."""
    if not mutant.place:
        return law.rules[mutant.rule].position.line
    return law.rules[mutant.rule].body[mutant.place[0]].position.line


def in_words(speaker: Speaker, mutant: Mutant) -> str:
    """What is changed, as it follows on "nobody notices when"."""
    say = speaker.say
    rule = speaker.law.rules[mutant.rule]
    if not mutant.place:
        words = conclusion_in_words(speaker, rule)
        if mutant.change == DROPPED:
            return say.rule_dropped(words)
        return say.conclusion_shifted(words, *_values(speaker, mutant))
    if len(mutant.place) == 2:
        return say.part_dropped(say.line_of(rule.body[mutant.place[0]].position.line))
    literal = literal_at_place(rule, mutant.place)
    words = describe_condition(speaker, rule, literal)
    words = words or say.line_of(literal.position.line)
    if mutant.change == DROPPED:
        return say.dropped(words)
    if mutant.change == NEGATED:
        return say.negated(words)
    if mutant.before in ("<", "<=", ">", ">="):
        return say.limit_shifted(words, mutant.after in ("<=", ">="))
    return say.shifted(words, *_values(speaker, mutant))


def _values(speaker: Speaker, mutant: Mutant) -> tuple[str, str]:
    return speaker.value(None, mutant.before), speaker.value(None, mutant.after)


def conclusion_in_words(speaker: Speaker, rule: Rule) -> str:
    """What a rule concludes, of anybody."""
    spoken = speaker.law.rules[rule.number]
    if spoken.sentences.holds:
        kinds = speaker.kinds(rule.number)
        names = {v for literal in rule.body for v in literal.variables} | set(rule.head.variables)
        values = {name: speaker.value(kinds.get(name), None) for name in sorted(names)}
        return say_once(speaker.say.fill(spoken.sentences.holds, values))
    head = Literal(0, rule.head.text, rule.position, atom=rule.head)
    return describe_condition(speaker, rule, head) or speaker.say.line_of(rule.position.line)


def as_json(found: Mutated, language: str = "en") -> dict[str, Any]:
    """The same as plain data; the schema is in ``docs/json.md``."""
    speaker = speaker_of(found.law, language)
    by_heading: dict[str, list[int]] = {}
    for number, mutant in enumerate(found.mutants):
        if number in found.verdicts:
            by_heading.setdefault(mutant.heading, []).append(number)
    return {
        "schema": "reasoner/mutate/1",
        "language": language,
        "ended": found.ended,
        "provisions": [
            {"pinpoint": heading, "mutants": len(numbers), **_counted(found, numbers)}
            for heading, numbers in by_heading.items()
        ],
        "mutants": [
            {
                "id": found.mutants[n].id,
                "pinpoint": found.mutants[n].heading,
                "change": found.mutants[n].change,
                "before": found.mutants[n].before or None,
                "after": found.mutants[n].after or None,
                "words": in_words(speaker, found.mutants[n]),
                "path": found.law.rules[found.mutants[n].rule].position.path,
                "line": line_of(found.law, found.mutants[n]),
                "outcome": found.outcome(n),
                "known_because": found.known.get(found.mutants[n].id),
            }
            for n in sorted(found.verdicts)
            if found.verdicts[n].outcome != NOTICED
        ],
        "listed_in_vain": found.listed_in_vain(),
    }

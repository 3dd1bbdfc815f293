"""What becomes of the changed laws, laid out: a table by provision, then what nobody notices."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reasoner.audit.conditions import literal_at_place
from reasoner.audit.differing import Difference
from reasoner.audit.killing import Killed, Spared
from reasoner.audit.known import Known, reason_for
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
from reasoner.casefiles.write_case import write_case
from reasoner.lawfiles.rules import Law, Literal, Rule
from reasoner.lawfiles.translation import in_language
from reasoner.printing.overview import pad
from reasoner.printing.show import Row, Span, cells, paragraph
from reasoner.solving.replay import question_for
from reasoner.solving.search import COMPLETE
from reasoner.source import Source, nearest_path
from reasoner.wording.conditions import describe_condition, say_once
from reasoner.wording.narrative import Saying, narrate
from reasoner.wording.words import Speaker, read_date

GENERATED, KNOWN, TOLD, UNTOLD = "generated", "known", "told", "untold"
_OUTCOMES = (
    NOTICED,
    GENERATED,
    KNOWN,
    TOLD,
    UNTOLD,
    SURVIVED,
    UNREACHED,
    EQUIVALENT,
    INEXPRESSIBLE,
)
_OPEN = (SURVIVED, UNREACHED)


@dataclass(slots=True)
class Mutated:
    """A law mutated: what has become of each mutant so far, and how the search ended.

    ``known`` are the mutants listed as known to survive, with the reasons given there; ``told``
    the stories that tell others from the law, ``spared`` those that none does.
    """

    law: Law
    mutants: Sequence[Mutant]
    verdicts: dict[int, Verdict]
    known: Mapping[str, Known]
    told: list[Killed]
    spared: dict[int, Spared]
    whole: bool
    ended: str = COMPLETE

    def differences(self) -> dict[int, tuple[Killed, Difference]]:
        """For each mutant that a story tells from the law the story, and what is asked there."""
        return {one.mutant: (killed, one) for killed in self.told for one in killed.differences}

    def outcome(self, number: int) -> str:
        """What became of a mutant."""
        verdict = self.verdicts[number]
        if verdict.outcome == NOTICED:
            return GENERATED if verdict.generated else NOTICED
        if verdict.outcome not in _OPEN:
            return verdict.outcome
        if reason_for(self.known, self.mutants[number]) is not None:
            return KNOWN
        if any(number == one.mutant for killed in self.told for one in killed.differences):
            return TOLD
        spared = self.spared.get(number)
        return UNTOLD if spared is not None and spared.whole else verdict.outcome

    def survivors(self) -> list[int]:
        """The mutants that nobody notices, that are not listed, and that some story may notice."""
        return self.survivors_of(self.verdicts)

    def survivors_of(self, numbers: Iterable[int]) -> list[int]:
        """Of some mutants those that nobody notices, are not listed, and some story may notice."""
        return [n for n in sorted(numbers) if self.outcome(n) in (TOLD, *_OPEN)]

    def listed_in_vain(self) -> list[str]:
        """What is listed as known and does not survive, or does not exist in the law."""
        named: dict[str, list[int]] = {}
        for number, mutant in enumerate(self.mutants):
            for name in (mutant.id, mutant.heading):
                named.setdefault(name, []).append(number)
        return sorted(
            name
            for name in self.known
            if (name not in named and self.whole)
            or (
                name in named
                and self.verdicts.keys() >= set(named[name])
                and not any(self.verdicts[n].outcome in _OPEN for n in named[name])
            )
        )


def rows(
    found: Mutated, sayings: Sequence[Saying], width: int, language: str = "en"
) -> Iterator[Row]:
    """The table, what nobody notices, and the sum."""
    speaker = speaker_of(found.law, language)
    yield from _table(found, width, speaker)
    yield [Span("")]
    heading = ""
    shown: dict[int, str] = {}
    differences = found.differences()
    for number in found.survivors():
        mutant = found.mutants[number]
        if mutant.heading != heading:
            heading = mutant.heading
            yield [Span(speaker.say.unnoticed_heading(heading), "bold")]
        yield from paragraph(in_words(speaker, mutant), width, "  ")
        rule = found.law.rules[mutant.rule]
        where = f"{mutant.id}  {nearest_path(rule.position.path)}:{line_of(found.law, mutant)}"
        if found.outcome(number) == UNREACHED:
            where += f"  ({speaker.say.not_reached()})"
        yield from paragraph(where, width, "    ", "dim")
        if number in differences:
            killed, difference = differences[number]
            first = shown.setdefault(id(killed), mutant.id)
            words = (
                speaker.say.told_elsewhere(first)
                if first != mutant.id
                else told(found.law, sayings, killed, difference, language)
            )
            yield from paragraph(words, width, "    ")
    if heading:
        yield [Span("")]
    counted = _counted(found, range(len(found.mutants)))
    yield from paragraph(speaker.say.mutation_sum(len(found.verdicts), counted), width)
    untold = [n for n in sorted(found.verdicts) if found.outcome(n) == UNTOLD]
    if untold:
        parts = sorted({found.spared[n].part for n in untold})
        yield from paragraph(speaker.say.mutants_untold(len(untold), parts), width)
    vain = found.listed_in_vain()
    if vain:
        yield from paragraph(speaker.say.listed_in_vain(vain), width)
    if found.ended != COMPLETE:
        yield from paragraph(speaker.say.search_stopped(found.ended), width)


def told(
    law: Law, sayings: Sequence[Saying], killed: Killed, difference: Difference, language: str
) -> str:
    """A story that tells a mutant from the law, with what is asked and answered there."""
    case, world = killed.told(law)
    day = read_date(str(world.day))
    speaker = Speaker(in_language(law, language), case, day, language)
    story = " ".join(narrate(speaker, sayings, language))
    text, about = question_for(law, case, world, difference.goal)
    question = " ".join([text, *about]) if difference.goal.pinpoint else text
    return speaker.say.mutant_told(story, question, speaker.say.ANSWERS[difference.answer].lower())


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
        counted[SURVIVED] += counted.pop(UNREACHED)
        columns = [str(counted[o] or "") for o in _OUTCOMES if o != UNREACHED]
        lines.append((heading, str(len(numbers)), *columns))
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


def in_words(speaker: Speaker, mutant: Mutant, unsaid: str = "") -> str:
    """What is changed, as it follows on "nobody notices when".

    Args:
        speaker: who speaks.
        mutant: the mutant.
        unsaid: what stands for a condition without words, instead of the line on which it stands.
    """
    say = speaker.say
    rule = speaker.law.rules[mutant.rule]
    if not mutant.place:
        words = conclusion_in_words(speaker, rule, unsaid)
        if mutant.change == DROPPED:
            return say.rule_dropped(words)
        return say.conclusion_shifted(words, *_values(speaker, mutant))
    if len(mutant.place) == 2:
        counted = rule.body[mutant.place[0]]
        return say.part_dropped(unsaid or say.line_of(counted.position.line))
    literal = literal_at_place(rule, mutant.place)
    words = describe_condition(speaker, rule, literal)
    words = words or unsaid or say.line_of(literal.position.line)
    if mutant.change == DROPPED:
        return say.dropped(words)
    if mutant.change == NEGATED:
        return say.negated(words)
    if mutant.before in ("<", "<=", ">", ">="):
        return say.limit_shifted(words, mutant.after in ("<=", ">="))
    return say.shifted(words, *_values(speaker, mutant))


def _values(speaker: Speaker, mutant: Mutant) -> tuple[str, str]:
    return speaker.value(None, mutant.before), speaker.value(None, mutant.after)


def title_of(law: Law, mutant: Mutant, language: str) -> str:
    """What a story is called that notices a mutant."""
    speaker = speaker_of(law, language)
    return speaker.say.story_of_mutant(
        mutant.heading, in_words(speaker, mutant, mutant.id.partition(":")[0])
    )


def conclusion_in_words(speaker: Speaker, rule: Rule, unsaid: str = "") -> str:
    """What a rule concludes, of anybody."""
    spoken = speaker.law.rules[rule.number]
    if spoken.sentences.holds:
        kinds = speaker.kinds(rule.number)
        names = {v for literal in rule.body for v in literal.variables} | set(rule.head.variables)
        values = {name: speaker.value(kinds.get(name), None) for name in sorted(names)}
        return say_once(speaker.say.fill(spoken.sentences.holds, values))
    head = Literal(0, rule.head.text, rule.position, atom=rule.head)
    words = describe_condition(speaker, rule, head)
    return words or unsaid or speaker.say.line_of(rule.position.line)


def as_json(found: Mutated, language: str = "en") -> dict[str, Any]:
    """The same as plain data; the schema is in ``docs/json.md``."""
    speaker = speaker_of(found.law, language)
    differences = found.differences()
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
                "known_because": _reason(reason_for(found.known, found.mutants[n])),
                "told": _told_json(found.law, *differences[n]) if n in differences else None,
                "searched": _searched_json(found.spared.get(n)),
            }
            for n in sorted(found.verdicts)
            if found.verdicts[n].outcome != NOTICED
        ],
        "listed_in_vain": found.listed_in_vain(),
    }


def _reason(known: Known | None) -> str | None:
    return (known.reason or known.untold) if known else None


def _told_json(law: Law, killed: Killed, difference: Difference) -> dict[str, Any]:
    """The story that tells a mutant from the law, as a case with a question and the answer."""
    case, world = killed.told(law)
    text, about = question_for(law, case, world, difference.goal)
    return {
        "question": text,
        "about": list(about),
        "answer": difference.answer,
        "case": write_case(case, law.vocabulary),
    }


def _searched_json(spared: Spared | None) -> dict[str, Any] | None:
    """The part of the scope in which no story tells a mutant from the law."""
    return {"scope": spared.part, "whole": spared.whole} if spared and spared.part else None

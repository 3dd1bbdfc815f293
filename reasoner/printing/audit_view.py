"""Lay out what an audit of a law found: a table by kind, then the findings, the gravest first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from reasoner.audit.conditions import literal_at
from reasoner.audit.findings import APART, MOMENT, OPEN, ORDER, REPEATED, TURNING, Finding
from reasoner.audit.plan import Plan
from reasoner.audit.sought import Beyond
from reasoner.casefiles.case import Case
from reasoner.errors import Position
from reasoner.lawfiles.rules import Law, Signature
from reasoner.lawfiles.translation import in_language
from reasoner.printing.mutation_view import conclusion_in_words, speaker_of
from reasoner.printing.show import Row, Span, paragraph, wrap
from reasoner.printing.stories_view import Story
from reasoner.solving.search import COMPLETE
from reasoner.source import nearest_path
from reasoner.stories.claims import Claim
from reasoner.stories.extent import story_days, written_scope
from reasoner.stories.refute import MOST_STATEMENTS
from reasoner.stories.stages import Stage
from reasoner.stories.stories import Axiom
from reasoner.wording.conditions import describe_condition, say_once
from reasoner.wording.narrative import Saying
from reasoner.wording.words import Speaker, show_date

SCHEMA = "reasoner/audit/1"


@dataclass(frozen=True, slots=True)
class Audited:
    """An audit that has ended: what was found, what was left unasked, how the search ended."""

    plan: Plan
    findings: Sequence[Finding]
    unasked: Mapping[str, int]
    ended: str
    seconds: float
    sayings: Sequence[Saying] = ()
    beyond: Beyond | None = None

    @property
    def law(self) -> Law:
        """The law that was audited."""
        return self.plan.inquiry.law

    def sorted(self) -> list[Finding]:
        """The findings, the gravest first."""
        return sorted(self.findings, key=lambda finding: finding.rank)


def rows(
    audited: Audited, width: int, language: str = "en", *, brief: bool = False, full: bool = False
) -> Iterator[Row]:
    """The table, the findings, and what they rest on.

    Args:
        audited: what was found.
        width: columns to use.
        language: ``en`` or ``fr``.
        brief: a line for each finding only.
        full: also what the rules themselves show to be said twice, each for itself, and the
            sentences of the axioms.
    """
    speaker = speaker_of(audited.law, language)
    yield from _table(audited, width, speaker)
    kind = ""
    for finding in audited.sorted():
        if finding.kind in (OPEN, REPEATED) and not full:
            continue
        if finding.kind != kind:
            kind = finding.kind
            yield [Span("")]
            yield from paragraph(speaker.say.audit_heading(kind), width, style="bold")
        yield from _finding(audited, finding, width, speaker, brief)
    yield [Span("")]
    yield from _closing(audited, width, speaker, full)


def _table(audited: Audited, width: int, speaker: Speaker) -> Iterator[Row]:
    say = speaker.say
    counted = {kind: sum(f.kind == kind for f in audited.findings) for kind in ORDER}
    for kind, number in counted.items():
        if number:
            first, *others = wrap(say.audit_heading(kind), width - 6, width - 6)
            yield [Span(f"{number:>4}", "bold"), Span(f"  {first}")]
            yield from ([Span(f"      {part}")] for part in others)
    if not audited.findings:
        yield from paragraph(say.audit_nothing(), width, style="bold green")


def _finding(
    audited: Audited, finding: Finding, width: int, speaker: Speaker, brief: bool
) -> Iterator[Row]:
    say = speaker.say
    heading = ", ".join(finding.pinpoints)
    words = sentence(audited, finding, speaker)
    yield from paragraph(say.labelled(heading, words) if heading else words, width, "  ")
    if brief:
        return
    if finding.rule is not None:
        where = audited.law.rules[finding.rule].position
        if finding.condition is not None:
            where = literal_at(audited.law, finding.condition).position
        name = f"{finding.name}  " if finding.condition is not None else ""
        yield from paragraph(f"{name}{_place(where)}", width, "      ", "dim")
    if finding.stage is not None:
        scope = say.searched_part(part_in_words(audited, finding.stage, speaker), finding.whole)
        yield from paragraph(scope, width, "      ", "dim")
    if finding.path:
        yield from paragraph(say.audit_case(Path(finding.path).stem), width, "      ", "dim")
    if finding.story is not None:
        told = story_of(audited, finding, speaker).rows(1, width - 6)
        for row in islice(told, 2, None):  # without the heading of a story among others
            yield [Span("      "), *row] if any(span.text for span in row) else row
        yield [Span("")]


def story_of(audited: Audited, finding: Finding, speaker: Speaker) -> Story:
    """The story of a finding, to be told."""
    assert finding.story is not None
    return Story(finding.story, audited.sayings, speaker.law.language)


def saved_case(audited: Audited, finding: Finding, language: str) -> Case:
    """The story of a finding as a case of its own, which expects what was found."""
    speaker = speaker_of(audited.law, language)
    words = {language: sentence(audited, finding, speaker)}
    claim = Claim("", words, (), Position("", 1, 1))
    return story_of(audited, finding, speaker).case(claim)


def sentence(audited: Audited, finding: Finding, speaker: Speaker) -> str:
    """What a finding says, of nobody in particular."""
    what = _what(audited, finding, speaker)
    if finding.kind == MOMENT and finding.signature is not None:
        return speaker.say.audit_moment(what, _stated(finding.signature, speaker))
    if finding.kind == OPEN:
        return speaker.say.audit_open(finding.sort, what)
    return speaker.say.audit_finding(finding.kind, what, finding.yes, *finding.counts)


def _stated(signature: Signature, speaker: Speaker) -> str:
    """A fact of nobody in particular."""
    return say_once(speaker.atom(signature, [None] * signature[1], True))


def _what(audited: Audited, finding: Finding, speaker: Speaker) -> str:
    """The conclusion, condition, option or fact that a finding is about, in words."""
    law = audited.law
    say = speaker.say
    if finding.condition is not None:
        rule = law.rules[finding.condition.rule]
        literal = literal_at(law, finding.condition)
        return describe_condition(speaker, rule, literal) or say.line_of(literal.position.line)
    if finding.rule is not None:
        return conclusion_in_words(speaker, law.rules[finding.rule])
    if finding.choice is not None:
        return option_in_words(law, speaker, finding.choice)
    if finding.signature is not None:
        return _stated(finding.signature, speaker)
    declared = law.vocabulary.facts.get(finding.name)
    if declared is not None:
        return _stated((declared.name, declared.arity), speaker)
    return finding.name


def option_in_words(law: Law, speaker: Speaker, choice: tuple[str, str]) -> str:
    """An option of a reading with what it says."""
    spoken = speaker.law.vocabulary.readings[choice[0]]
    text = next((o.text for o in spoken.options if o.id == choice[1].partition("(")[0]), "")
    return f"{speaker.say.option(*choice)} ({text})" if text else speaker.say.option(*choice)


def part_in_words(audited: Audited, stage: Stage, speaker: Speaker) -> str:
    """A part of the scope in words."""
    say = speaker.say
    law = in_language(audited.law, speaker.law.language)
    entities = []
    for kind, number in stage.entities.items():
        declared = law.vocabulary.entities[kind]
        one, several = (word.replace("_", " ") for word in (kind, declared.section))
        entities.append(say.entities(number, one, several, declared.label))
    days = story_days(audited.law, audited.plan.inquiry.setting, stage.beside)
    ends = (show_date(str(days[0])), show_date(str(days[-1]))) if days else ("", "")
    return say.part_of_scope(entities, len(stage.facts), len(days), *ends)


def _place(position: Position) -> str:
    return f"{nearest_path(position.path)}:{position.line}"


def _closing(audited: Audited, width: int, speaker: Speaker, full: bool) -> Iterator[Row]:
    """What the findings rest on, what was not asked, and how the search ended."""
    say = speaker.say
    inquiry = audited.plan.inquiry
    repeated = sum(f.kind == REPEATED for f in audited.findings)
    unsettled = sum(f.kind == OPEN for f in audited.findings)
    for line in say.audit_unasked(audited.unasked, 0 if full else repeated, unsettled):
        yield from paragraph(line, width, style="dim")
    axioms = inquiry.setting.axioms
    if axioms and not full:
        yield from paragraph(say.audit_axioms(len(axioms)), width, style="dim")
    for axiom in axioms if full else ():
        words = _axiom_words(axiom, speaker.law.language)
        yield from paragraph(say.labelled(axiom.name, words), width, "  ", "dim")
    chosen = [say.option(name, option) for name, option in inquiry.readings]
    day = "" if inquiry.law_date is None else show_date(str(inquiry.law_date))
    told = say.under(chosen, day) if chosen or day else say.usual_readings()
    yield from paragraph(told, width, style="dim")
    if audited.plan.given:
        yield from paragraph(say.audit_given(audited.plan.given), width, style="dim")
    yield from paragraph(say.took(audited.seconds), width, style="dim")
    if audited.beyond is not None:
        large, smaller = audited.beyond
        part = part_in_words(audited, large.stage, speaker)
        scope = written_scope(audited.law, smaller)
        told = say.part_too_large(part, large.statements, MOST_STATEMENTS, scope)
        yield from paragraph(told, width)
    if audited.ended != COMPLETE:
        yield from paragraph(say.search_stopped(audited.ended), width)


def _axiom_words(axiom: Axiom, language: str) -> str:
    return axiom.words.get(language) or axiom.words.get("en", "")


def as_json(audited: Audited, language: str = "en") -> dict[str, Any]:
    """The same as plain data; the schema is in ``docs/json.md``."""
    speaker = speaker_of(audited.law, language)
    inquiry = audited.plan.inquiry
    return {
        "schema": SCHEMA,
        "language": language,
        "provisions": list(audited.plan.pinpoints),
        "looked_for": list(audited.plan.groups),
        "given": audited.plan.given or None,
        "scope": dict(inquiry.scope),
        "readings": dict(inquiry.readings),
        "law_date": None if inquiry.law_date is None else show_date(str(inquiry.law_date)),
        "axioms": [
            {"name": axiom.name, "words": _axiom_words(axiom, language)}
            for axiom in inquiry.setting.axioms
        ],
        "ended": audited.ended,
        "counts": {
            kind: number
            for kind in ORDER
            if (number := sum(f.kind == kind for f in audited.findings))
        },
        "not_asked": dict(audited.unasked),
        "too_large": None
        if audited.beyond is None
        else {
            "statements": audited.beyond.part.statements,
            "most": MOST_STATEMENTS,
            "smaller": written_scope(audited.law, audited.beyond.smaller),
        },
        "findings": [_finding_json(audited, f, speaker) for f in audited.sorted()],
        "seconds": round(audited.seconds, 2),
    }


def _finding_json(audited: Audited, finding: Finding, speaker: Speaker) -> dict[str, Any]:
    stage = finding.stage
    claim = Claim("", {}, (), Position("", 1, 1))
    story = None if finding.story is None else story_of(audited, finding, speaker).as_json(claim)
    where = None
    if finding.rule is not None:
        position = audited.law.rules[finding.rule].position
        where = {"path": position.path, "line": position.line}
    return {
        "kind": finding.kind,
        "pinpoints": list(finding.pinpoints),
        "sentence": sentence(audited, finding, speaker),
        "condition": finding.condition.id if finding.condition is not None else None,
        "rule": where,
        "reading": None
        if finding.choice is None
        else {"id": finding.choice[0], "option": finding.choice[1]},
        "guidance_says_yes": finding.yes if finding.kind == APART else None,
        "searched": None
        if stage is None
        else {
            "entities": dict(stage.entities),
            "facts": len(stage.facts),
            "beside": stage.beside,
            "whole": finding.whole,
        },
        "cases": {"resting": finding.counts[0], "turning": finding.counts[1]}
        if finding.kind == TURNING
        else None,
        "once": "/".join(map(str, finding.signature or ())) if finding.kind == MOMENT else None,
        "case": finding.path or None,
        "story": story,
    }

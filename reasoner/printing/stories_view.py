"""Lay out what a search for stories against a claim found: the verdict, the stories, the scope."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, NamedTuple

from reasoner.casefiles.case import Case
from reasoner.casefiles.write_case import write_case
from reasoner.lawfiles.rules import Law
from reasoner.lawfiles.translation import in_language
from reasoner.printing.answer import line_json, said
from reasoner.printing.show import Row, Span, paragraph, tree_rows
from reasoner.reasons.weigh import support_costs
from reasoner.solving.ground import NO, YES
from reasoner.solving.replay import expecting, question_for
from reasoner.solving.search import COMPLETE
from reasoner.stories.claims import Claim
from reasoner.stories.extent import (
    axioms_in_play,
    smaller_scope,
    story_days,
    too_large,
    written_scope,
)
from reasoner.stories.refute import Counterexample, Refutation
from reasoner.stories.stages import Stage
from reasoner.stories.stories import Axiom, Setting
from reasoner.wording.narrative import Saying, conclude, narrate
from reasoner.wording.phrases import phrases
from reasoner.wording.view import BRIEF, Line, outline
from reasoner.wording.words import Speaker, read_date, show_date

SCHEMA = "reasoner/refute/1"
AXIOMS_SCHEMA = "reasoner/axioms/1"
BROKEN, UNBROKEN, OPEN = "broken", "unbroken", "open"


class _Asked(NamedTuple):
    law: Law
    case: Case
    day: int


@dataclass(frozen=True)
class Story:
    """A story against a claim, put into words; ``conditions`` are sentences, with whether so."""

    found: Counterexample
    sayings: Sequence[Saying]
    language: str

    @cached_property
    def _asked(self) -> _Asked:
        """The law in the reader's language, the case, and the day that the story ends with."""
        found = self.found
        law = found.why.law
        days = [found.world.day]
        for condition in found.conditions:
            goal = condition.goal
            kinds = law.types.get((goal.name, len(goal.arguments)), ())
            pairs = zip(goal.arguments, kinds, strict=False)
            days += [int(a) for a, kind in pairs if kind == "date" and a is not None]
        return _Asked(in_language(law, self.language), found.case, days[-1])

    @cached_property
    def _speaker(self) -> Speaker:
        asked = self._asked
        return Speaker(asked.law, asked.case, read_date(str(asked.day)), self.language)

    @cached_property
    def sentences(self) -> list[str]:
        """The story in sentences, what the law makes of it last."""
        told = narrate(self._speaker, self.sayings, self.language)
        if not self.conditions:
            return told
        day = show_date(str(self._asked.day))
        return [*told, conclude(self._speaker, day, self.conditions)]

    @cached_property
    def conditions(self) -> list[tuple[str, bool]]:
        """What the claim looks at, in words."""
        why = self.found.why
        costs = support_costs(why)
        return [
            (said(self._speaker, why, root, condition.holds, costs), condition.holds)
            for root, condition in zip(why.roots, self.found.conditions, strict=True)
        ]

    def rows(self, number: int, width: int) -> Iterator[Row]:
        """The story, what it turns on, and the trees of what the law makes of it."""
        say = self._speaker.say
        yield [Span("")]
        yield [Span(say.story_heading(number), "bold")]
        yield from paragraph(" ".join(self.sentences), width)
        if self.found.kind.pinpoints:
            yield from paragraph(say.turns_on(self.found.kind.pinpoints), width)
        if self.found.conditions:
            yield [Span("")]
            yield from tree_rows(self._outline(), width)

    def _outline(self) -> list[Line]:
        if not self.found.conditions:
            return []
        lines = outline(self._asked, self.found.why, BRIEF, self.language)
        for line in lines:
            _forget(line, self._speaker.say.ASSUMED)
        return lines

    def case(self, claim: Claim) -> Case:
        """The story as a case of its own, which expects what was found."""
        found = self.found
        answers = [(c.goal, YES if c.holds else NO) for c in found.conditions]
        sentence = claim.words.get(self.language) or claim.words.get("en", "")
        last = self.sentences[-1] if self.sentences else ""
        title = " ".join(
            part for part in (claim.name and f"{claim.name}:", sentence or last) if part
        )
        case = expecting(found.why.law, found.case, found.world, answers, title=title)
        case = replace(case, description=" ".join(self.sentences))
        if not found.conditions:
            return case
        refused = [c for c in found.conditions if not c.holds]
        asked = (refused or found.conditions)[-1]
        question, about = question_for(found.why.law, found.case, found.world, asked.goal)
        return replace(case, question=question, about=about)

    def as_json(self, claim: Claim) -> dict[str, Any]:
        """The story as plain data."""
        found = self.found
        return {
            "narrative": self.sentences,
            "turns_on": list(found.kind.pinpoints),
            "as_of": show_date(str(found.world.day)),
            "facts": [statement.atom for statement in found.case.statements],
            "conditions": [
                {"goal": c.goal.text, "pinpoint": c.goal.pinpoint, "holds": c.holds, "words": words}
                for c, (words, _) in zip(found.conditions, self.conditions, strict=True)
            ],
            "tree": [line_json(line) for line in self._outline()],
            "case": write_case(self.case(claim), found.why.law.vocabulary),
        }


@dataclass(frozen=True, slots=True)
class Searched:
    """A search for stories against a claim that has ended, and what it found."""

    search: Refutation
    stories: Sequence[Story]
    ended: str
    seconds: float

    @property
    def whole(self) -> bool:
        """Whether all of the scope was searched."""
        return self.ended == COMPLETE and not self.search.too_large

    @property
    def verdict(self) -> str:
        """Whether the claim is broken, unbroken within the scope, or open."""
        return BROKEN if self.stories else UNBROKEN if self.whole else OPEN


def _forget(line: Line, basis: str) -> None:
    """Leave out on what lines rest where that can be said of all of a story."""
    if line.basis == basis:
        line.basis = ""
    for child in line.children:
        _forget(child, basis)


def words_of(claim: Claim, language: str) -> str:
    """What a claim says; nothing where it has no words."""
    return claim.words.get(language) or claim.words.get("en", "")


def broken_rows(claim: Claim, width: int, language: str) -> Iterator[Row]:
    """That a claim is broken, before the first story against it."""
    say = phrases(language)
    yield from paragraph(say.broken(words_of(claim, language)), width, style="bold red")


def closing_rows(
    result: Searched, width: int, language: str, *, full: bool = False
) -> Iterator[Row]:
    """What follows the stories: the scope and what it rests on; and the verdict if there are none.

    Args:
        result: what was found.
        width: columns to use.
        language: ``en`` or ``fr``.
        full: also the sentences of the axioms.
    """
    search = result.search
    say = phrases(language)
    if not result.stories:
        words = say.unbroken(words_of(search.claim, language), result.whole)
        yield from paragraph(words, width, style="bold green" if result.whole else "bold yellow")
    yield [Span("")]
    for line in _scope_lines(result, language):
        yield from paragraph(line, width, style="dim")
    yield from ground_rows(search, width, language, full=full)
    if result.ended != COMPLETE:
        yield from paragraph(say.search_stopped(result.ended), width, style="dim")
    yield from paragraph(say.took(result.seconds), width, style="dim")


def scope_rows(search: Refutation, width: int, language: str) -> Iterator[Row]:
    """The scope of a search."""
    for stage in search.stages()[-1:]:
        part = _part(in_language(search.law, language), search, stage, language)
        yield from paragraph(phrases(language).scope_is(part), width, style="dim")


def ground_rows(
    search: Refutation, width: int, language: str, *, full: bool = False, usual: bool = True
) -> Iterator[Row]:
    """What a search takes for granted: the axioms, the readings and the date of the law.

    Args:
        search: the search.
        width: columns to use.
        language: ``en`` or ``fr``.
        full: also the sentences of the axioms.
        usual: whether readings that are not chosen are those usually taken.
    """
    say = phrases(language)
    axioms = axioms_in_play(search)
    yield from paragraph(say.axioms_used([a.name for a in axioms]), width, style="dim")
    for axiom in axioms if full else ():
        words = axiom.words.get(language) or axiom.words.get("en", "")
        yield from paragraph(say.labelled(axiom.name, words), width, "  ", "dim")
    chosen = [say.option(name, option) for name, option in search.taken]
    day = "" if search.law_date is None else show_date(str(search.law_date))
    told = say.under(chosen, day) if chosen or day else say.usual_readings() if usual else ""
    if told:
        yield from paragraph(told, width, style="dim")


def _scope_lines(result: Searched, language: str) -> Iterator[str]:
    """What was searched to the end, what was not, and what was too large."""
    search = result.search
    say = phrases(language)
    law = in_language(search.law, language)
    stages = search.stages()
    if not stages:
        return
    large = too_large(search)
    begun = [*search.searched, *(found.stage for found in large)]
    left = [stage for stage in stages if stage not in begun]
    if search.searched:
        part = _part(law, search, search.searched[-1], language)
        yield say.searched_part(part, stages[-1] in search.searched)
    if left:
        yield say.part_left(_part(law, search, left[-1], language))
    if large:
        found = large[-1]
        part = _part(law, search, found.stage, language)
        smaller = written_scope(law, smaller_scope(search))
        yield say.part_too_large(part, found.statements, search.most, smaller)


def _part(law: Law, search: Refutation, stage: Stage, language: str) -> str:
    say = phrases(language)
    entities = []
    for kind, number in stage.entities.items():
        declared = law.vocabulary.entities[kind]
        one, several = (word.replace("_", " ") for word in (kind, declared.section))
        entities.append(say.entities(number, one, several, declared.label))
    days = story_days(search.law, search.setting, stage.beside)
    ends = (show_date(str(days[0])), show_date(str(days[-1]))) if days else ("", "")
    return say.part_of_scope(entities, len(stage.facts), len(days), *ends)


def as_json(result: Searched, language: str) -> dict[str, Any]:
    """The same as plain data; the schema is in ``docs/json.md``."""
    search = result.search
    claim = search.claim
    return {
        "claim": {"name": claim.name or None, "words": words_of(claim, language) or None},
        "verdict": result.verdict,
        "stories": [story.as_json(claim) for story in result.stories],
        "scope": [_stage_json(stage) for stage in search.stages()[-1:]],
        "searched": [_stage_json(stage) for stage in search.searched],
        "too_large": [
            {**_stage_json(large.stage), "statements": large.statements, "most": search.most}
            for large in too_large(search)
        ],
        "smaller": written_scope(search.law, smaller_scope(search)) if too_large(search) else None,
        "whole": result.whole,
        "ended": result.ended,
        "axioms": [
            {"name": a.name, "words": a.words.get(language) or a.words.get("en", "")}
            for a in axioms_in_play(search)
        ],
        "readings": dict(search.taken),
        "law_date": None if search.law_date is None else show_date(str(search.law_date)),
        "seconds": round(result.seconds, 2),
    }


def _stage_json(stage: Stage) -> dict[str, Any]:
    return {
        "entities": [{"type": kind, "most": most} for kind, most in stage.entities.items()],
        "facts": len(stage.facts),
        "beside": stage.beside,
    }


def axioms_rows(setting: Setting, own: str, width: int, language: str) -> Iterator[Row]:
    """The axioms, each with its sentence; ``own`` is the file of the user's own."""
    say = phrases(language)
    for axiom in setting.axioms:
        yield [Span(axiom.name, "bold")]
        yield from paragraph(axiom.words.get(language) or axiom.words["en"], width, "  ")
        if _is_own(axiom, own):
            yield from paragraph(say.own_axiom(own), width, "  ", "dim")


def axioms_json(setting: Setting, own: str, language: str) -> dict[str, Any]:
    """The same as plain data."""
    return {
        "schema": AXIOMS_SCHEMA,
        "language": language,
        "file": own,
        "axioms": [
            {
                "name": axiom.name,
                "words": axiom.words.get(language) or axiom.words["en"],
                "own": _is_own(axiom, own),
            }
            for axiom in setting.axioms
        ],
    }


def _is_own(axiom: Axiom, own: str) -> bool:
    return any(piece.head.position.path == own for piece in axiom.pieces)

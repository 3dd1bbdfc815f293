"""Lay out the near misses of a case: the condition that turns, how it comes to, what follows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from reasoner.casefiles.case import Case
from reasoner.hypotheses.candidates import WAIT, Candidate
from reasoner.hypotheses.pivots import Pivot
from reasoner.hypotheses.vary import NearMiss, Variation
from reasoner.printing.answer import asked_json, verdict
from reasoner.printing.differences import Teller
from reasoner.printing.needs_view import sentence_rows, sentences, speaker_after
from reasoner.printing.overview import STYLES
from reasoner.printing.show import Row, Span, paragraph, tree_rows
from reasoner.reasons.contrast import Change
from reasoner.reasons.justification import Justification
from reasoner.reasons.weigh import decisive
from reasoner.solving.replay import settled
from reasoner.solving.search import COMPLETE
from reasoner.solving.solve import UNDETERMINED, Decision
from reasoner.wording.view import Line, mark
from reasoner.wording.words import Speaker, read_date, show_date

SCHEMA = "reasoner/vary/1"


@dataclass(frozen=True, slots=True)
class Varied:
    """An answer with its reasons, its near misses, and how the search for them ended.

    ``untried`` are the conditions that the search did not come to, ``most`` is of how many changes
    a variation may be.
    """

    decision: Decision
    why: Justification
    found: tuple[NearMiss, ...]
    untried: tuple[Pivot, ...]
    ended: str
    most: int

    def variations(self) -> list[tuple[NearMiss, Variation]]:
        """All variations, in the order in which they are told."""
        return [
            (near, variation)
            for near in self.found
            for variation in (near.variation, near.alone)
            if variation is not None
        ]


def rows(
    varied: Varied, width: int, language: str = "en", files: Sequence[str] = ()
) -> Iterator[Row]:
    """The answer, and each condition with the variation that turns it.

    Args:
        varied: what was found.
        width: columns to use.
        language: ``en`` or ``fr``.
        files: where each variation was written, in their order.
    """
    names = iter(files)
    decision, why = varied.decision, varied.why
    speaker = _speaker(varied, language)
    say = speaker.say
    words = verdict(decision, why, language)
    yield from paragraph(words, width, style=f"bold {STYLES[decision.answer]}")
    pinpoints = decisive(why, why.roots[0])
    if pinpoints:
        label = say.turns_on if decision.answer == UNDETERMINED else say.decided_by
        yield from paragraph(label(pinpoints), width)
    told = [near for near in varied.found if near.variation or near.alone]
    for number, near in enumerate(told, 1):
        yield [Span("")]
        lead = f"{number}. "
        for pivot in near.pivots:
            yield from _lead_rows(lead, speaker.node(why, pivot.node), pivot.provision, width)
            lead = " " * len(lead)
        for variation in (near.variation, near.alone):
            if variation is not None:
                yield from _variation_rows(varied, near, variation, width, language)
                yield from ([Span(f"   {name}", "dim")] for name in islice(names, 1))
    missed = [p for near in varied.found if near not in told for p in near.pivots]
    for heading, pivots in (
        (say.no_variation(varied.most), missed),
        (say.not_varied(), varied.untried),
    ):
        if pivots:
            yield [Span("")]
            yield from paragraph(heading, width)
        for pivot in pivots:
            yield from sentence_rows(speaker.node(why, pivot.node), pivot.provision, width)
    if varied.ended != COMPLETE:
        yield [Span("")]
        yield from paragraph(say.search_stopped(varied.ended), width)


def _lead_rows(lead: str, words: str, provision: str, width: int) -> Iterator[Row]:
    """A condition with its provision, after a number."""
    first, *rest = paragraph(f"{provision}  {words}", width - len(lead), style="bold")
    yield [Span(lead), *first]
    for row in rest:
        yield [Span(" " * len(lead)), *row]


def _variation_rows(
    varied: Varied, near: NearMiss, variation: Variation, width: int, language: str
) -> Iterator[Row]:
    """The changes, the answer and the condition before and after, and the way down to it."""
    speaker = _speaker_of(varied, variation, language)
    say = speaker.say
    same = variation.answer == varied.decision.answer
    yield from paragraph(say.varied(variation is near.alone), width, "   ")
    for change, words in _changes(varied, variation, speaker):
        for place, text in enumerate(words):
            yield from sentence_rows(text, "" if place else change.provision, width)
    answer = " → ".join(
        dict.fromkeys(say.ANSWERS[a].lower() for a in (varied.decision.answer, variation.answer))
    )
    after = decisive(variation.comparison.whys[1], variation.comparison.whys[1].roots[0])
    label = f"{say.answer_varied(answer, same)} {say.decided_by(after) if after else ''}"
    yield from paragraph(label.strip(), width, "   ", "bold")
    for row in tree_rows(_tree(varied, near, variation, language), width - 3):
        yield [Span("   "), *row]
    also = list(dict.fromkeys(p.provision for p in variation.also if p not in near.pivots))
    also = [p for p in also if p not in {pivot.provision for pivot in near.pivots}]
    if also:
        yield from paragraph(say.turns_too(also), width, "   ", "dim")


def _changes(
    varied: Varied, variation: Variation, speaker: Speaker
) -> Iterator[tuple[Candidate, list[str]]]:
    """What is otherwise, in sentences."""
    for change, instead in zip(variation.changes, variation.instead, strict=True):
        if change.sort == WAIT:
            days = show_date(str(varied.decision.day)), show_date(str(variation.world.day))
            say = speaker.say
            yield change, [say.labelled(say.DAY_ASKED, say.then(*days))]
        else:
            yield change, list(sentences(speaker, change, instead))


def _tree(varied: Varied, near: NearMiss, variation: Variation, language: str) -> list[Line]:
    """The way from the answer down to the condition, which is marked, and what made it turn."""
    teller = Teller(variation.comparison, language)
    pivot = near.pivots[0]
    changes = variation.comparison.questions[0].contrast.changes
    way = next((w for change in changes if (w := _way(change, pivot, variation))), None)
    if way is not None:
        tree = way[-1]._replace(causes=tuple(c._replace(causes=()) for c in way[-1].causes))
        for above in reversed(way[:-1]):
            tree = above._replace(causes=(tree,))
        lines = teller.lines([tree])
        line = _line_of(lines[0], way[-1].atom)
        line.pivot = True
        line.mark = _sign(pivot, variation)
        return lines
    head = next((w for change in changes if (w := _way_to_head(change, pivot))), None)
    if head is None:
        return [_pivot_line(varied, pivot, variation, teller)]
    tree = head[-1]._replace(causes=())
    for above in reversed(head[:-1]):
        tree = above._replace(causes=(tree,))
    lines = teller.lines([tree])
    last = lines[0]
    while last.children:
        last = last.children[-1]
    last.children = [_pivot_line(varied, pivot, variation, teller)]
    return lines


def _way(change: Change, pivot: Pivot, variation: Variation) -> list[Change] | None:
    """The changes from one down to the condition, by what the reasons after it have there."""
    node = change.why.nodes[change.node]
    sides = [variation.comparison.whys[0].nodes[pivot.node]]
    if variation.node is not None:
        sides.append(variation.comparison.whys[1].nodes[variation.node])
    if pivot.same is not None or pivot.rule is not None:
        for side in sides:
            if side.kind == node.kind and (
                (node.rule, node.literal) == (side.rule, side.literal)
                if node.kind == "comparison"
                else (node.name, node.arguments) == (side.name, side.arguments)
            ):
                return [change]
    for cause in change.causes:
        below = _way(cause, pivot, variation)
        if below is not None:
            return [change, *below]
    return None


def _way_to_head(change: Change, pivot: Pivot) -> list[Change] | None:
    """The changes from one down to the conclusion that turns on the condition."""
    if change.why.nodes[change.node].name == pivot.head.name:
        return [change]
    for cause in change.causes:
        below = _way_to_head(cause, pivot)
        if below is not None:
            return [change, *below]
    return None


def _line_of(line: Line, atom: str) -> Line:
    """The line of a condition below another, or the one that says the same in its place."""
    while line.atom != atom and line.children:
        line = line.children[0]
    return line


def _sign(pivot: Pivot, variation: Variation) -> str:
    """Whether a condition is met before and after; not whether what it names is so."""
    after = None if variation.node is None else variation.comparison.whys[1].nodes[variation.node]
    holds = pivot.wanted is not pivot.negated if after is None else after.holds
    met = holds if holds is None or not pivot.negated else not holds
    return "→".join(mark(truth, True) for truth in (pivot.met, met))


def _pivot_line(varied: Varied, pivot: Pivot, variation: Variation, teller: Teller) -> Line:
    """The condition as it is after the changes, where the difference of the reasons has it not."""
    sign = _sign(pivot, variation)
    if variation.node is None:
        words = teller.speakers[0].node(varied.why, pivot.node)
    else:
        words = teller.speakers[1].node(variation.comparison.whys[1], variation.node)
    return Line(sign, words, pivot.provision, pivot=True)


def _speaker(varied: Varied, language: str) -> Speaker:
    decision = varied.decision
    return Speaker(decision.law, decision.case, read_date(str(decision.day)), language)


def _speaker_of(varied: Varied, variation: Variation, language: str) -> Speaker:
    decision = varied.decision
    day = variation.world.day
    return speaker_after(decision.law, decision.case, variation.case, day, language)


# case files


def written(varied: Varied, stem: str, language: str = "en") -> dict[str, Case]:
    """Each variation as a case that gives its answer again, by the name of a file for it.

    Args:
        varied: what was found.
        stem: what the names begin with.
        language: of the titles.
    """
    speaker = _speaker(varied, language)
    cases: dict[str, Case] = {}
    for number, (near, variation) in enumerate(varied.variations(), 1):
        pivot = near.pivots[0]
        words = speaker.node(varied.why, pivot.node)
        changes = [
            text
            for _, texts in _changes(varied, variation, _speaker_of(varied, variation, language))
            for text in texts[:1]
        ]
        title = speaker.say.generated(varied.decision.case.title, number)
        description = speaker.say.turned(pivot.provision, words, "; ".join(changes))
        case = replace(variation.case, description=description)
        cases[f"{stem}-{number}.yaml"] = settled(
            varied.decision.law,
            case,
            variation.world,
            variation.goal,
            answer=variation.answer,
            title=title,
        )
    return cases


# data


def as_json(varied: Varied, files: Sequence[str] = (), language: str = "en") -> dict[str, Any]:
    """The same as plain data; the schema is in ``docs/json.md``.

    Args:
        varied: what was found.
        files: where each variation was written, in their order.
        language: of the sentences.
    """
    decision, why = varied.decision, varied.why
    names = iter(files)
    speaker = _speaker(varied, language)
    return {
        "schema": SCHEMA,
        "language": language,
        **asked_json(decision.case, decision.goal, decision.world),
        "answer": decision.answer,
        "verdict": verdict(decision, why, language),
        "decided_by": decisive(why, why.roots[0]),
        "most_changes": varied.most,
        "near_misses": [
            {
                "conditions": [_pivot_json(p, why, speaker) for p in near.pivots],
                "wanted": near.wanted,
                "variation": _variation_json(varied, near.variation, names, language),
                "alone": _variation_json(varied, near.alone, names, language),
            }
            for near in varied.found
        ],
        "not_tried": [_pivot_json(p, why, speaker) for p in varied.untried],
        "ended": varied.ended,
    }


def _pivot_json(pivot: Pivot, why: Justification, speaker: Speaker) -> dict[str, Any]:
    node = why.nodes[pivot.node]
    return {
        "provision": pivot.provision or None,
        "sentence": speaker.node(why, pivot.node),
        "atom": node.text,
        "head": pivot.head.text,
        "negated": pivot.negated,
        "met": pivot.met,
    }


def _variation_json(
    varied: Varied, variation: Variation | None, files: Iterator[str], language: str
) -> dict[str, Any] | None:
    if variation is None:
        return None
    speaker = _speaker_of(varied, variation, language)
    why = variation.comparison.whys[1]
    decision = variation.comparison.questions[0].decisions[1]
    changes = [
        {
            "change": change.sort,
            "provision": change.provision or None,
            "words": words,
            "stated": [s.atom for s in change.edit.added if s.status == "stated"],
            "denied": [s.atom for s in change.edit.added if s.status == "denied"],
            "removed": [s.atom for s in change.edit.removed],
            "entities": dict(change.edit.entities),
            "as_of": None if change.edit.as_of is None else show_date(str(change.edit.as_of)),
        }
        for change, words in _changes(varied, variation, speaker)
    ]
    node = None if variation.node is None else why.nodes[variation.node]
    return {
        "as_of": show_date(str(variation.world.day)),
        "changes": changes,
        "answer": variation.answer,
        "verdict": verdict(decision, why, language),
        "decided_by": decisive(why, why.roots[0]),
        "condition": None
        if node is None
        else {
            "atom": node.text,
            "holds": node.holds,
            "sentence": speaker.node(why, variation.node or 0),
        },
        "also": list(dict.fromkeys(p.provision for p in variation.also)),
        "file": next(files, None),
    }

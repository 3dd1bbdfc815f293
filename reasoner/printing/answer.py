"""Answer a question in full: the decision, its reasons and the words for them.

What ``why`` prints and what ``--json`` writes is made here, in one place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from reasoner.casefiles.case import Case
from reasoner.casefiles.edits import ASSUMED
from reasoner.lawfiles.rules import Law
from reasoner.lawfiles.translation import in_language
from reasoner.printing.show import Row, Span, paragraph, tree_rows
from reasoner.reasons.counterparts import LawAnswer, ask_law
from reasoner.reasons.justification import Justification
from reasoner.reasons.weigh import best_rule, decisive, support_costs
from reasoner.solving.question import Goal
from reasoner.solving.solve import UNDETERMINED, Decision, Settling, World
from reasoner.wording.view import BRIEF, PLAIN, Line, outline
from reasoner.wording.words import Speaker, read_date, show_date

SCHEMA = "reasoner/answer/1"


def verdict(decision: Decision, why: Justification, language: str = "en") -> str:
    """The answer in a sentence: "No. On 2022-09-01 Ana is not ..."."""
    speaker = Speaker(decision.law, decision.case, read_date(str(decision.day)), language)
    words = said(speaker, why, why.roots[0], decision.holds, support_costs(why))
    return speaker.say.verdict(decision.answer, words, show_date(str(decision.day)))


def said(
    speaker: Speaker,
    why: Justification,
    number: int,
    holds: bool | None,
    costs: Mapping[int, int],
) -> str:
    """What is the case about a goal; for an open one, the sentence of which nobody knows."""
    node = why.nodes[number]
    if holds:
        return speaker.node(why, number, best_rule(why, costs, number))
    return speaker.atom((node.name, len(node.arguments)), node.arguments, holds is None)


def rows(
    decision: Decision,
    why: Justification,
    width: int,
    *,
    style: str = PLAIN,
    atoms: bool = False,
    language: str = "en",
    official: Iterable[Row] = (),
) -> Iterator[Row]:
    """The verdict, what decides (with the official words), what would settle it, and the tree."""
    spoken = replace(decision, law=in_language(decision.law, language))
    speaker = Speaker(spoken.law, decision.case, read_date(str(decision.day)), language)
    say = speaker.say
    colour = {"yes": "bold green", "no": "bold red"}.get(decision.answer, "bold yellow")
    yield from paragraph(verdict(spoken, why, language), width, style=colour)
    pinpoints = decisive(why, why.roots[0])
    if pinpoints:
        label = say.turns_on if decision.answer == UNDETERMINED else say.decided_by
        yield from paragraph(label(pinpoints), width)
    yield from official
    if decision.left_open:
        yield from paragraph(say.left_open(decision.left_open), width)
    for settling in decision.settling:
        parts = list(_settling_words(speaker, settling))
        yield from paragraph(say.settles(settling.answer, parts), width, "  ")
    if not decision.all_settling:
        yield from paragraph(say.settles_more(), width, "  ")
    assumed = [say.option(name, option) for name, option in decision.readings]
    law_date = "" if decision.law_date is None else show_date(str(decision.law_date))
    if assumed or law_date or decision.language:
        under = say.under(assumed, law_date, decision.language)
        yield from paragraph(under, width, style="dim")
    for other in ask_law(decision, why):
        yield from _law_rows(other, width, language)
    if style != BRIEF:
        yield [Span("")]
    yield from tree_rows(outline(spoken, why, style, language), width, atoms=atoms)


def _settling_words(speaker: Speaker, settling: Settling) -> Iterator[str]:
    """The facts that would settle an answer, and the days among which one would have to lie."""
    facts = speaker.law.vocabulary.facts
    stated = {(s.name, s.arguments[0]) for s in speaker.case.statements if s.status == "stated"}
    for statement, value in settling.values:
        signature = statement.name, len(statement.arguments)
        words = speaker.atom(signature, statement.arguments, value)
        declared = facts[statement.name]
        if value and statement.position == ASSUMED and declared.settled_by != "fact":
            who = speaker.say.settled_by(declared.settled_by, declared.settled_who or "")
            words = f"{words} ({who})"
        yield words
    for name, subject in settling.none:
        arity = facts[name].arity
        words = speaker.atom((name, arity), (subject, *[None] * (arity - 1)), False)
        yield speaker.say.beside_stated(words) if (name, subject) in stated else words
    for days in settling.days:
        ends = [None if s is None else show_date(s.arguments[days.place]) for s in days[:2]]
        end = days.first or days.last
        assert end is not None
        spoken = {days.place: speaker.say.days_within(ends[0], ends[1])}
        yield speaker.atom((end.name, len(end.arguments)), end.arguments, True, spoken)


def _law_rows(other: LawAnswer, width: int, language: str) -> Iterator[Row]:
    """What the law says beside guidance: in a line where they agree, with the words where not."""
    found = other.decision
    speaker = Speaker(found.law, found.case, read_date(str(found.day)), language)
    say = speaker.say
    words = said(speaker, other.why, other.why.roots[0], found.holds, support_costs(other.why))
    day = show_date(str(found.day))
    pinpoint = found.goal.pinpoint
    if other.agrees:
        yield from paragraph(say.law_agrees(pinpoint, found.answer, words, day), width)
        return
    said_so = say.law_differs(pinpoint, found.answer, words, day)
    yield from paragraph(said_so, width, style="bold yellow")
    pinpoints = decisive(other.why, other.why.roots[0])
    if pinpoints:
        label = say.turns_on if found.answer == UNDETERMINED else say.decided_by
        yield from paragraph(label(pinpoints), width, "  ")
    yield from paragraph(say.differ_on(_remarks(other, speaker.law)), width, "  ")


def _remarks(other: LawAnswer, law: Law) -> list[str]:
    """On what the two differ, in the language of the law given."""
    words = {c.position: c.words for p in law.provisions.values() for c in p.counterparts}
    return [words[remark.position] for remark in other.remarks]


def _law_json(other: LawAnswer, language: str) -> dict[str, Any]:
    found = other.decision
    return {
        "question": {"goal": found.goal.text, "pinpoint": found.goal.pinpoint},
        "answer": found.answer,
        "verdict": verdict(found, other.why, language),
        "decided_by": decisive(other.why, other.why.roots[0]),
        "opposed": other.opposed,
        "agrees": other.agrees,
        "differences": _remarks(other, in_language(found.law, language)),
    }


def asked_json(case: Case, goal: Goal, world: World) -> dict[str, Any]:
    """What was asked, of which case and in which world, as plain data."""
    return {
        "case": {"path": case.path, "title": case.title},
        "question": {"goal": goal.text, "pinpoint": goal.pinpoint},
        "as_of": show_date(str(world.day)),
        "law_date": None if world.law_date is None else show_date(str(world.law_date)),
        "readings": dict(world.readings),
        "text": world.language,
    }


def as_json(
    decision: Decision, why: Justification, style: str = PLAIN, language: str = "en"
) -> dict[str, Any]:
    """The answer as plain data; the schema is in ``docs/json.md``."""
    spoken = replace(decision, law=in_language(decision.law, language))
    return {
        "schema": SCHEMA,
        "language": language,
        **asked_json(decision.case, decision.goal, decision.world),
        "answer": decision.answer,
        "verdict": verdict(spoken, why, language),
        "decided_by": decisive(why, why.roots[0]),
        "settling": [
            {
                "answer": s.answer,
                "facts": [{"fact": f.atom, "holds": value} for f, value in s.values],
                "none": [{"fact": name, "of": subject} for name, subject in s.none],
                "days": [
                    {
                        "first": days.first.atom if days.first else None,
                        "last": days.last.atom if days.last else None,
                    }
                    for days in s.days
                ],
            }
            for s in decision.settling
        ],
        "all_settling": decision.all_settling,
        "left_open": decision.left_open,
        "law": [_law_json(other, language) for other in ask_law(decision, why)],
        "tree": [line_json(line) for line in outline(spoken, why, style, language)],
        "graph": graph_json(why),
    }


def line_json(line: Line) -> dict[str, Any]:
    """A line of a tree with what is below it, as plain data."""
    return {
        "mark": line.mark,
        "sentence": line.text,
        "pinpoint": line.pinpoint,
        "basis": line.basis,
        "atom": line.atom,
        "holds": line.holds,
        "children": [line_json(child) for child in line.children],
    }


def graph_json(why: Justification) -> dict[str, Any]:
    """The whole justification graph as nodes and edges."""
    return {
        "roots": list(why.roots),
        "nodes": [
            {
                "id": number,
                "kind": node.kind,
                "holds": node.holds,
                "atom": node.text,
                "pinpoint": why.pinpoint(number),
                "rule": why.place(number),
                "values": list(node.values),
                "circular": number in why.circular,
            }
            for number, node in enumerate(why.nodes)
        ],
        "edges": [
            {"from": number, "to": e.target, "negated": e.negated, "order": e.order}
            for number, row in enumerate(why.edges)
            for e in row
        ],
    }

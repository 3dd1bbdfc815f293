"""Lay out a comparison: which answers and reasons differ, and what made them differ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from reasoner.hypotheses.compare import Amendment, Compared, Comparison, note_on
from reasoner.printing.answer import said
from reasoner.printing.show import Row, Span, paragraph, tree_rows
from reasoner.reasons.contrast import (
    COMPARISON,
    CONCLUSION,
    COUNT,
    DATE,
    DAY,
    PLUMBING,
    READING,
    Change,
    causes,
    on_other_day,
)
from reasoner.reasons.justification import Node
from reasoner.reasons.weigh import satisfied, support_costs
from reasoner.solving.solve import World
from reasoner.wording.view import Line, mark
from reasoner.wording.words import NEUTRAL, Speaker, read_date, show_date

if TYPE_CHECKING:
    from reasoner.wording.interface import Phrases

SCHEMA = "reasoner/comparison/1"


def rows(found: Comparison, width: int, language: str = "en") -> Iterator[Row]:
    """What differs, question by question, and in short what does not."""
    teller = Teller(found, language)
    say = teller.say
    day = show_date(str(found.worlds[0].day))
    heading = say.compared(
        found.case.title, day, [_name(found.worlds, place, say) for place in (0, 1)]
    )
    yield from paragraph(heading, width, style="bold")
    for matters in (True, False):
        some = [teller.amendment(a) for a in found.amendments if a.matters == matters]
        if some:
            yield from paragraph(say.amended(some, matters), width, style="" if matters else "dim")
    same = [c for c in found.questions if not c.differs]
    for compared in found.questions:
        if compared.differs:
            yield [Span("")]
            yield from teller.question(compared, width)
    yield [Span("")]
    if len(same) == len(found.questions):
        yield from paragraph(say.nothing_differs(), width)
    if same:
        yield from paragraph(say.same([teller.short(c) for c in same]), width, style="dim")


def _name(worlds: tuple[World, World], place: int, say: Phrases) -> str:
    """What sets a world apart: the date of the law, the language of its text, or its readings."""
    world, other = worlds[place], worlds[1 - place]
    parts = []
    if world.law_date != other.law_date and world.law_date is not None:
        parts.append(say.law_of(show_date(str(world.law_date))))
    if world.language != other.language and world.language is not None:
        parts.append(say.text_of(world.language))
    elif world.language == other.language:
        own = sorted(set(world.readings) - set(other.readings))
        parts += [say.option(name, option) for name, option in own]
    return ", ".join(parts)


class Teller:
    """Puts a comparison into words.

    ``names`` are what the worlds are called, ``bases`` what facts and readings rest on, by atom.
    """

    def __init__(
        self,
        found: Comparison,
        language: str,
        names: tuple[str, str] | None = None,
        bases: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        self.found = found
        first, second = found.cases
        self.speakers = [
            Speaker(
                found.law,
                replace(case, names={**other.names, **case.names}),
                read_date(str(world.day)),
                language,
            )
            for case, other, world in zip(
                (first, second), (second, first), found.worlds, strict=True
            )
        ]
        self.say = self.speakers[0].say
        self.names = names or (
            _name(found.worlds, 0, self.say),
            _name(found.worlds, 1, self.say),
        )
        self.bases = bases
        self.costs: dict[int, dict[int, int]] = {}
        self.language = language
        self.shown: set[str] = set()
        self.answers = {a: words.lower() for a, words in self.say.ANSWERS.items()}

    def question(self, compared: Compared, width: int) -> Iterator[Row]:
        """One question: both answers, what changed from the root to the leaves, what stayed."""
        say = self.say
        answers = [self.answers[d.answer] for d in compared.decisions]
        answer = " → ".join(dict.fromkeys(answers))
        if answers[0] == answers[1] and compared.differs:
            answer = say.other_reasons(answers[0])
        yield [
            Span(compared.question.goal.pinpoint, "bold cyan"),
            Span(f"  {say.labelled(self.subject(compared), answer)}", "bold"),
        ]
        verdicts = [self.verdict(compared, place) for place in (0, 1)]
        if verdicts[0] == verdicts[1]:
            yield from paragraph(verdicts[0], width, "  ")
        else:
            for place, verdict in enumerate(verdicts):
                yield from paragraph(say.labelled(self.names[place], verdict), width, "  ")
        lines = self.lines(compared.contrast.changes)
        if compared.contrast.aside and not lines:
            lines = [Line(NEUTRAL, say.aside(), children=self.lines(compared.contrast.aside))]
        yield from tree_rows(lines, width)
        stayed = self.stayed(compared)
        if stayed:
            yield from paragraph(say.stayed(stayed), width, style="dim")

    def verdict(self, compared: Compared, place: int) -> str:
        """The answer in one world in a sentence, with what decides it."""
        decision, pinpoints = compared.decisions[place], compared.decided_by[place]
        day = show_date(str(decision.day))
        words = self.say.verdict(decision.answer, self.answer(compared, place), day)
        label = self.say.turns_on if decision.holds is None else self.say.decided_by
        return f"{words} {label(pinpoints)}" if pinpoints else words

    def amendment(self, amendment: Amendment) -> str:
        """An amendment in a few words."""
        note = self.note(amendment.provision, amendment.since)
        return self.say.amendment(amendment.provision, show_date(amendment.since), note)

    def note(self, provision: str, since: str) -> str:
        """What the law files say of an amendment."""
        return note_on(self.speakers[0].law, provision, since)

    def subject(self, compared: Compared) -> str:
        """Whom a question is about."""
        subject = compared.question.subject
        return next((c.names[subject] for c in self.found.cases if subject in c.names), "")

    def short(self, compared: Compared) -> str:
        """A question with its answer in a few words."""
        parts = [compared.question.goal.pinpoint, self.subject(compared)]
        answer = self.answers[compared.decisions[0].answer]
        return f"{' '.join(p for p in parts if p)} ({answer})"

    def answer(self, compared: Compared, place: int) -> str:
        """What is the case in one world."""
        why = self.found.whys[place]
        number = why.roots[self.found.questions.index(compared)]
        costs = self.costs.setdefault(place, support_costs(why))
        return said(self.speakers[place], why, number, why.nodes[number].holds, costs)

    def stayed(self, compared: Compared) -> list[str]:
        """The provisions asked for by the question itself of which nothing changed."""
        why = self.found.whys[0]
        told: dict[str, None] = {}
        for edge in compared.contrast.same:
            met = satisfied(why, edge)
            told.setdefault(f"{mark(met, True)} {why.pinpoint(edge.target)}")
        return [words for words in told if words[-1] != " "]

    def lines(self, changes: Sequence[Change]) -> list[Line]:
        """What changed as a tree; a part shown once is not shown again."""
        return [self.line(change) for change in changes if change.kind != PLUMBING]

    def line(self, change: Change) -> Line:
        """One change with what made it."""
        states = [mark(truth, True) for truth in (change.before, change.after)]
        measured = change.kind in (COUNT, DAY) or change.was is not None
        sign = NEUTRAL if measured else "→".join(states)
        basis = self.bases.get(change.atom, "")
        line = Line(sign, self.words(change), change.provision, basis, atom=change.atom)
        if change.atom in self.shown and change.causes:
            line.basis = self.say.SHOWN_ABOVE
            return line
        self.shown.add(change.atom)
        line.children = self.lines(change.causes)
        if len(line.children) == 1 and line.children[0].text == line.text:
            line.children = line.children[0].children
        return line

    def words(self, change: Change) -> str:
        """What a change is about, as it stands in the second world."""
        say, node = self.say, change.why.nodes[change.node]
        if change.kind == DATE:
            since = str(node.arguments[0])
            note = self.note(change.provision, since)
            return say.in_force(show_date(since)) + (f": {note}" if note else "")
        if change.kind == READING:
            name = str(node.arguments[0])
            default = self.found.law.vocabulary.readings[name].default
            options = [dict(w.readings).get(name, default) for w in self.found.worlds]
            return say.option(name, say.then(*options))
        if change.kind == DAY:
            days = [show_date(str(world.day)) for world in self.found.worlds]
            return say.option(say.DAY_ASKED, say.then(*days))
        if change.kind == COUNT:
            return say.counted(say.then(*change.values) if all(change.values) else node.values[0])
        speaker = self.speakers[change.side]
        if change.kind == COMPARISON:
            words = speaker.node(change.why, change.node)
            return say.then(self.speakers[0].node(*change.was), words) if change.was else words
        if change.kind == CONCLUSION and change.after and change.side == 1:
            return speaker.node(change.why, change.node, change.rule)
        days = [str(world.day) for world in self.found.worlds]
        moved = (days[change.side], days[1])
        alike = {} if change.side else self.found.alike
        arguments = on_other_day(self.found.law, node, moved, alike)
        words = speaker.atom((node.name, len(arguments)), arguments, change.after)
        if change.after is False and change.side == 0 and not self._names_all(words, node):
            return speaker.node(change.why, change.node, change.rule)
        return words

    def _names_all(self, words: str, node: Node) -> bool:
        """Whether a sentence names all that an atom is about.

        "No stay was authorized" says more than that this one was not: another one may have been.
        """
        kinds = self.found.law.types.get((node.name, len(node.arguments)), ())
        return all(
            self.speakers[0].value(kind, term) in words
            for kind, term in zip(kinds, node.arguments, strict=False)
            if term is not None and term not in {str(world.day) for world in self.found.worlds}
        )


def as_json(found: Comparison, language: str = "en") -> dict[str, Any]:
    """A comparison as plain data; the schema is in ``docs/json.md``."""
    head = {"schema": SCHEMA, "language": language}
    return head | comparison_json(found, Teller(found, language))


def comparison_json(found: Comparison, teller: Teller) -> dict[str, Any]:
    """What the data of every comparison have in common."""
    return {
        "case": {"path": found.case.path, "title": found.case.title},
        "as_of": show_date(str(found.worlds[0].day)),
        "worlds": [
            {
                "as_of": show_date(str(w.day)),
                "law_date": None if w.law_date is None else show_date(str(w.law_date)),
                "text": w.language,
                "readings": dict(w.readings),
            }
            for w in found.worlds
        ],
        "amendments": [
            {
                "pinpoint": a.provision,
                "since": show_date(a.since),
                "note": teller.note(a.provision, a.since),
                "matters": a.matters,
            }
            for a in found.amendments
        ],
        "questions": [
            {
                "question": {
                    "goal": c.question.goal.text,
                    "pinpoint": c.question.goal.pinpoint,
                },
                "layer": c.question.layer,
                "about": c.question.subject or None,
                "differs": c.differs,
                "answers": [
                    {
                        "answer": c.decisions[place].answer,
                        "sentence": teller.answer(c, place),
                        "decided_by": list(c.decided_by[place]),
                    }
                    for place in (0, 1)
                ],
                "changes": [change_json(change, teller) for change in c.contrast.changes],
                "causes": [change_json(change, teller) for change in causes(c.contrast.changes)],
                "aside": [change_json(change, teller) for change in c.contrast.aside],
                "same": [found.whys[0].nodes[edge.target].text for edge in c.contrast.same],
            }
            for c in found.questions
        ],
    }


def change_json(change: Change, teller: Teller) -> dict[str, Any]:
    return {
        "kind": change.kind,
        "atom": change.atom,
        "sentence": teller.words(change),
        "pinpoint": change.provision,
        "before": change.before,
        "after": change.after,
        "values": [v for v in change.values if v],
        "causes": [change_json(cause, teller) for cause in change.causes],
    }

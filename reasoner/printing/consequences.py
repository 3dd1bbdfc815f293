"""Lay out a what-if: what changes, what follows from it and why, and which changes matter."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from reasoner.casefiles.case import Case, Statement
from reasoner.casefiles.edits import Edit, apply_edits
from reasoner.casefiles.ranges import collapse
from reasoner.hypotheses.whatif import WhatIf
from reasoner.lawfiles.rules import Law
from reasoner.lawfiles.translation import in_language
from reasoner.printing.differences import Teller, comparison_json
from reasoner.printing.show import Row, Span, paragraph, tree_rows
from reasoner.solving.replay import expecting, settled
from reasoner.wording.view import Line, mark
from reasoner.wording.words import NEUTRAL, show_date

SCHEMA = "reasoner/whatif/1"
_TRUTH = {"stated": True, "denied": False, "unknown": None}


class Effect(NamedTuple):
    """One thing that a change changes of a case, in a sentence; a fact with its arguments."""

    before: bool | None
    after: bool | None
    sentence: str
    basis: str = ""
    atom: str = ""
    about: tuple[str, ...] = ()


def rows(found: WhatIf, width: int, language: str = "en", *, asked: bool = True) -> Iterator[Row]:
    """The changes, both answers with the difference of the reasons, and which changes matter.

    Args:
        found: what to lay out.
        width: columns to use.
        language: ``en`` or ``fr``.
        asked: whether a question was asked; without one, there is less of each.
    """
    teller = _teller(found, language)
    say = teller.say
    comparison = found.comparison
    day = show_date(str(comparison.worlds[0].day))
    yield from paragraph(say.what_if(comparison.case.title, day), width, style="bold")
    yield from tree_rows(list(_changes(found, teller)), width)
    for place in found.in_order():
        compared = comparison.questions[place]
        if not compared.differs and not asked:
            continue
        yield [Span("")]
        yield from teller.question(compared, width)
        if len(found.changes) > 1:
            yield from _which_matter(found, teller, place, width, each=asked)
    same = [c for c in comparison.questions if not c.differs]
    aside = any(compared.contrast.aside for compared in comparison.questions)
    if len(same) == len(comparison.questions) and not (aside and asked):
        yield [Span("")]
        yield from paragraph(say.nothing_differs(), width)
    if same and not asked:
        yield [Span("")]
        yield from paragraph(say.same([teller.short(c) for c in same]), width, style="dim")


def as_json(found: WhatIf, language: str = "en") -> dict[str, Any]:
    """A what-if as plain data; the schema is in ``docs/json.md``."""
    teller = _teller(found, language)
    data = comparison_json(found.comparison, teller)
    del data["amendments"]
    several = len(found.changes) > 1
    for place, question in enumerate(data["questions"]):
        question["enough"] = [list(_numbers(made)) for made in found.enough(place)]
        question["idle"] = list(_numbers(found.idle(place))) if several else []
        question["trials"] = [
            {"made": list(_numbers(made)), "answer": answers and answers[place]}
            for made, answers in found.trials
        ]
    changes = [
        {
            "number": number,
            "text": change.text,
            "changes_nothing": change.edit.changes_nothing,
            "effects": [
                {
                    "before": effect.before,
                    "after": effect.after,
                    "atom": effect.atom or None,
                    "sentence": effect.sentence,
                }
                for effect in _effects(found, teller, number - 1)
            ],
        }
        for number, change in enumerate(found.changes, start=1)
    ]
    return {"schema": SCHEMA, "language": language, "changes": changes} | data


def changed_case(found: WhatIf, law: Law, language: str = "en", *, asked: bool = True) -> Case:
    """The changed case, which expects the answers that it was given.

    Args:
        found: what was asked.
        law: the law that was asked.
        language: of the title.
        asked: whether a question was asked; it is then that of the case.
    """
    say = _teller(found, language).say
    case, world = found.comparison.cases[1], found.comparison.worlds[1]
    title = f"{case.title} ({say.AS_CHANGED.lower()})"
    texts = "; ".join(" ".join(change.text.split()) for change in found.changes)
    case = replace(case, description=" ".join([case.description, f"[{texts}]"]).strip())
    gone = set(found.comparison.cases[0].entities) - set(case.entities)
    decisions = [q.decisions[1] for q in found.comparison.questions]
    answers = [(d.goal, d.answer) for d in decisions if gone.isdisjoint(d.goal.arguments)]
    if asked and answers:
        goal, answer = answers[0]
        return settled(law, case, world, goal, answer=answer, title=title)
    return expecting(law, case, world, answers, title=title)


def _teller(found: WhatIf, language: str) -> Teller:
    """What puts the comparison into words: each leaf says which change made it."""
    from reasoner.wording.phrases import phrases

    say = phrases(language)
    bases: dict[str, str] = {}
    for number, change in enumerate(found.changes, start=1):
        edit = change.edit
        atoms = [s.atom for s in (*edit.removed, *edit.added)]
        atoms += [f"{type}({name})" for name, type in edit.entities]
        for reading in (*(r for r, _ in edit.readings), *edit.unchosen):
            options = {dict(w.readings).get(reading) for w in found.comparison.worlds}
            default = found.comparison.law.vocabulary.readings[reading].default
            atoms += [f"reading({reading},{option or default})" for option in options]
        if len(found.changes) > 1:
            bases |= dict.fromkeys(atoms, say.change(number))
    return Teller(found.comparison, language, (say.AS_STATED, say.AS_CHANGED), bases)


# what changes


def _changes(found: WhatIf, teller: Teller) -> Iterator[Line]:
    """The changes, with numbers where there are several, and what each changes."""
    for place, change in enumerate(found.changes):
        gone = set(change.edit.removed_entities)
        effects = [
            effect
            for effect in _effects(found, teller, place)
            if not (effect.about and gone.intersection(effect.about))
        ]
        number = str(place + 1) if len(found.changes) > 1 else NEUTRAL
        lines = [Line(_sign(e), e.sentence, basis=e.basis) for e in effects]
        if len(lines) != 1:
            text = " ".join(change.text.split())
            basis = "" if lines else teller.say.CHANGES_NOTHING
            lines = [Line(NEUTRAL, text, basis=basis, children=lines)]
        (line,) = lines
        if number != NEUTRAL:
            line.text = line.text if line.mark == NEUTRAL else f"{line.mark} {line.text}"
            line.mark = number
        yield line


def _sign(effect: Effect) -> str:
    if effect.before is effect.after:
        return NEUTRAL
    return "→".join(mark(truth, True) for truth in (effect.before, effect.after))


def _effects(found: WhatIf, teller: Teller, place: int) -> Iterator[Effect]:
    """What a change changes, as the case was when it came to it."""
    edit = found.changes[place].edit
    before = apply_edits(found.comparison.cases[0], [c.edit for c in found.changes[:place]])
    after = apply_edits(before, [edit])
    say, vocabulary = teller.say, in_language(found.comparison.law, teller.language).vocabulary
    for name, type in edit.entities:
        label = vocabulary.entities[type].label
        yield Effect(False, True, say.labelled(label, after.names[name]), atom=f"{type}({name})")
    for name in edit.removed_entities:
        type = before.entities[name]
        label = vocabulary.entities[type].label
        yield Effect(True, False, say.labelled(label, before.names[name]), atom=f"{type}({name})")
    for name, called in edit.names:
        if name in before.names and before.names[name] != called:
            yield Effect(None, None, say.then(before.names[name], called))
    yield from _facts(teller, edit, before)
    for reading in (*(name for name, _ in edit.readings), *edit.unchosen):
        default = vocabulary.readings[reading].default
        options = [dict(case.readings).get(reading, default) for case in (before, after)]
        yield Effect(None, None, say.option(reading, say.then(*options)))
    if edit.as_of is not None:
        days = [show_date(str(case.as_of)) for case in (before, after)]
        yield Effect(None, None, say.labelled(say.DAY_ASKED, say.then(*days)))
    if edit.law_date is not None:
        days = [show_date(str(c.law_date)) if c.law_date else "-" for c in (before, after)]
        yield Effect(None, None, say.labelled(say.DATE_OF_LAW, say.then(*days)))


def _facts(teller: Teller, edit: Edit, before: Case) -> Iterator[Effect]:
    """The facts that a change adds, removes or denies; of a value that moves, the new one."""
    old = {s.atom: s for s in collapse(before.statements, before.choices)}
    gone = list(edit.removed)
    for statement in edit.added:
        was = old.get(statement.atom)
        moved = None if was else next((s for s in gone if _moves(s, statement)), None)
        basis = ""
        if moved is not None:
            gone.remove(moved)
            basis = teller.say.instead_of(_old_value(teller, moved, statement))
        here = _TRUTH[was.status] if was else moved is not None and _TRUTH[moved.status]
        yield _effect(teller, 1, statement, here, _TRUTH[statement.status], basis)
    taken = {denial.arguments[0] for denial in edit.denied}
    for statement in gone:
        if not taken.intersection(statement.arguments[:1]):
            yield _effect(teller, 0, statement, _TRUTH[statement.status], False)
    for denial in edit.denied:
        signature = denial.name, len(denial.arguments)
        words = teller.speakers[1].atom(signature, denial.arguments, False)
        yield Effect(True, False, words)
    for denial in edit.undenied:
        if not any(
            s.name == denial.name and s.arguments[0] == denial.arguments[0] for s in edit.added
        ):
            signature = denial.name, len(denial.arguments)
            words = teller.speakers[0].atom(signature, denial.arguments, False)
            yield Effect(None, None, words, basis=teller.say.NOT_STATED)


def _effect(
    teller: Teller,
    side: int,
    statement: Statement,
    before: bool | None,
    after: bool | None,
    basis: str = "",
) -> Effect:
    signature = statement.name, len(statement.arguments)
    words = teller.speakers[side].atom(signature, statement.arguments, after)
    return Effect(before, after, words, basis, statement.atom, statement.arguments)


def _moves(old: Statement, new: Statement) -> bool:
    """Whether two statements of the same status differ in one argument, and not in the first."""
    if (old.name, old.status, old.arguments[:1]) != (new.name, new.status, new.arguments[:1]):
        return False
    return sum(a != b for a, b in zip(old.arguments, new.arguments, strict=True)) == 1


def _old_value(teller: Teller, old: Statement, new: Statement) -> str:
    kinds = teller.found.law.types.get((old.name, len(old.arguments)), (None,) * len(old.arguments))
    place = next(n for n, a in enumerate(old.arguments) if a != new.arguments[n])
    return teller.speakers[0].value(kinds[place], old.arguments[place])


# which of several changes matter


def _which_matter(
    found: WhatIf, teller: Teller, question: int, width: int, *, each: bool
) -> Iterator[Row]:
    """Which changes are enough, which make no difference, and what each does alone."""
    say = teller.say
    first, last = (d.answer for d in found.comparison.questions[question].decisions)
    sets = [_numbers(made) for made in found.enough(question)]
    words = []
    if first != last:
        words.append(say.enough(sets, len(found.changes)))
    elif sets:
        words.append(say.otherwise_with(sets))
    idle = _numbers(found.idle(question))
    if idle and words:
        words.append(say.idle(idle))
    if words:
        yield from paragraph(" ".join(words), width, style="bold" if each else "")
    places = range(len(found.changes))
    for place in places if each else ():
        alone, without = (
            _answer(found, teller, question, made)
            for made in ((place,), [p for p in places if p != place])
        )
        yield from paragraph(say.made_alone(place + 1, alone, without), width, "  ")


def _answer(found: WhatIf, teller: Teller, question: int, made: Sequence[int]) -> str:
    """The answer with some of the changes; empty where they cannot be made without the others."""
    trial = found.trial(made)
    if trial is None or trial.answers is None:
        return ""
    return teller.answers[trial.answers[question]]


def _numbers(places: Sequence[int]) -> tuple[int, ...]:
    return tuple(place + 1 for place in places)

"""Find the questions that a case touches, and answer all of them from one grounding.

The law files mark with ``%?`` the provisions that people ask about, and what raises the question
for somebody: facts that the case states or leaves open, or conclusions that hold.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from reasoner.casefiles.case import Case
from reasoner.errors import InputError, Problem
from reasoner.lawfiles.infer import all_literals
from reasoner.lawfiles.rules import Law, Provision, Signature, is_below
from reasoner.reasons.justification import Justification
from reasoner.reasons.justify import justify
from reasoner.solving.ground import Ground
from reasoner.solving.question import Goal, on_day, predicate_of, resolve
from reasoner.solving.solve import Decision, World, answer, ground_case, world_of

LAYERS = ("act", "regulation", "guidance")


@dataclass(frozen=True, slots=True)
class Question:
    """A question put about one entity; ``subject`` is empty where it is about none."""

    goal: Goal
    subject: str
    layer: str

    def on_day(self, law: Law, day: int) -> Question:
        """The same question about another day."""
        return replace(self, goal=on_day(law, self.goal, day))


@dataclass(frozen=True, slots=True)
class Survey:
    """All questions that a case touches in one world, with their answers.

    ``why`` explains all of them; its roots are in the order of the questions.
    """

    case: Case
    world: World
    questions: tuple[Question, ...]
    decisions: tuple[Decision, ...]
    why: Justification


def survey(
    law: Law,
    case: Case,
    *,
    about: Sequence[str] = (),
    as_of: int | None = None,
    law_date: int | None = None,
    readings: Iterable[tuple[str, str]] = (),
    language: str | None = None,
) -> Survey:
    """Answer every question that the facts of a case touch.

    Args:
        law: the law to apply.
        case: the facts.
        about: only questions about these entities; without them, about all.
        as_of: the day asked about as yyyymmdd; without it, the case's own.
        law_date: the consolidation to apply as yyyymmdd.
        readings: pairs of reading and option; they override the case's own.
        language: the official text whose options are taken where the two differ.

    Raises:
        InputError: when no day is given, the law marks no questions, or the facts contradict each
            other.
    """
    world = world_of(
        law, case, as_of=as_of, law_date=law_date, readings=readings, language=language
    )
    ground = ground_case(law, case, world)
    questions = tuple(touched(ground, case, world.day, about))
    decisions = tuple(answer(ground, case, world, question.goal) for question in questions)
    why = justify(ground, [question.goal for question in questions])
    return Survey(case, world, questions, decisions, why)


def asked_provisions(law: Law) -> list[Provision]:
    """The provisions that people ask about, in the order of the law.

    Raises:
        InputError: when the law marks none.
    """
    found = [p for p in law.provisions.values() if p.raised_by is not None]
    if not found:
        hint = "name a question, or mark the provisions that people ask about with `%?`"
        raise InputError([Problem(f"{law.main}: the law marks no questions", hint=hint)])
    return sorted(found, key=lambda p: order_of_law(law, p.pinpoint))


def order_of_law(law: Law, pinpoint: str) -> tuple[int, int, tuple[int, ...], int]:
    """Where a provision stands: layer, instrument, section, and its place in the law files."""
    if pinpoint not in law.provisions:
        return -1, 0, (), 0
    provision = law.provisions[pinpoint]
    number = re.match(r"\d+(?:\.\d+)*", pinpoint[len(provision.instrument) :])
    section = tuple(int(part) for part in number[0].split(".")) if number else ()
    return (
        LAYERS.index(provision.layer),
        list(law.instruments).index(provision.instrument),
        section,
        list(law.provisions).index(pinpoint),
    )


def touched(ground: Ground, case: Case, day: int, about: Sequence[str] = ()) -> list[Question]:
    """The questions that a case raises, its own among them, in the order of the law."""
    law = ground.law
    found = [question_of(law, case, goal) for goal in _raised_goals(ground, case, day, about)]
    if case.question and not about:
        goal = resolve(law, case.question, entities=case.entities, about=case.about, day=day)
        own = question_of(law, case, goal)
        if own.goal not in [question.goal for question in found]:
            found.append(own)
    return sorted(found, key=lambda question: order_of_law(law, question.goal.pinpoint))


def _raised_goals(ground: Ground, case: Case, day: int, about: Sequence[str]) -> Iterator[Goal]:
    """The goals of the provisions that people ask about, for whom the facts raise them."""
    law = ground.law
    for provision in asked_provisions(law):
        signature = predicate_of(law, provision.pinpoint)
        assert signature is not None, "the law is not read otherwise"
        place = _subject_place(law, signature)
        if place is None:
            subjects, raised = [] if about else [""], {""}
        else:
            kind = law.types[signature][place] or ""
            subjects = [name for name in about or case.entities if case.entities.get(name) == kind]
            raised = _raised(ground, case, provision, kind)
        for subject in subjects:
            if subject in raised:
                arguments = _arguments(case, law.types[signature], place, subject, day)
                yield Goal(signature[0], arguments, provision.pinpoint)


def question_of(law: Law, case: Case, goal: Goal) -> Question:
    """A goal as a question: whom it is about, and the layer of the law that answers it."""
    place = _subject_place(law, (goal.name, len(goal.arguments)))
    subject = "" if place is None else goal.arguments[place] or ""
    provision = law.provisions.get(goal.pinpoint)
    return Question(goal, subject, provision.layer if provision else "")


def _subject_place(law: Law, signature: Signature) -> int | None:
    """Which argument of a predicate a question about it is about: the first entity."""
    kinds = law.types.get(signature, ())
    places = [n for n, kind in enumerate(kinds) if kind in law.vocabulary.entities]
    return places[0] if places else None


def _arguments(
    case: Case, kinds: Sequence[str | None], place: int | None, subject: str, day: int
) -> tuple[str | None, ...]:
    """A subject and the day; what else a question speaks of is the only one there is, or any."""
    dates = [n for n, kind in enumerate(kinds) if kind == "date"]
    arguments: list[str | None] = []
    for number, kind in enumerate(kinds):
        members = [name for name, of in case.entities.items() if of == kind]
        if number == place:
            arguments.append(subject)
        elif dates and number == dates[-1]:
            arguments.append(str(day))
        elif len(members) == 1 and members != [subject]:
            arguments.append(members[0])
        else:
            arguments.append(None)
    return tuple(arguments)


def _raised(ground: Ground, case: Case, provision: Provision, kind: str) -> set[str]:
    """The entities of a type for which a question arises.

    What raises it may relate two of them: the first is the one for whom it does.
    """
    law = ground.law
    names = set(provision.raised_by or _facts_looked_at(law, provision))
    found: set[str] = set()
    for statement in case.statements:
        if statement.name in names and statement.status != "denied":
            signature = statement.name, len(statement.arguments)
            found.update(_first(law, signature, statement.arguments, kind))
    for name in names - set(law.vocabulary.facts):
        for arguments in ground.arguments_of(name):
            found.update(_first(law, (name, len(arguments)), arguments, kind))
    return found


def _first(law: Law, signature: Signature, arguments: Sequence[str], kind: str) -> list[str]:
    """The first argument of a type, if there is one."""
    if signature[0] == kind:
        return list(arguments)
    kinds = law.types.get(signature, ())
    return [a for a, of in zip(arguments, kinds, strict=False) if of == kind][:1]


def _facts_looked_at(law: Law, provision: Provision) -> Iterable[str]:
    """The facts that the rules of a provision, or of those below it, look at."""
    within = [
        p
        for p in law.provisions.values()
        if p.pinpoint == provision.pinpoint or is_below(p.pinpoint, provision.pinpoint)
    ]
    for index in (index for p in within for index in p.rules):
        for literal in all_literals(law.rules[index].body):
            if literal.atom is not None and law.is_fact(literal.atom.signature):
                yield literal.atom.name

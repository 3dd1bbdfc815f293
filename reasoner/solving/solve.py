"""Put a case to the law and read the answer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from reasoner.casefiles.case import Case, Statement
from reasoner.casefiles.ranges import open_days
from reasoner.errors import InputError, Problem
from reasoner.lawfiles.rules import Law
from reasoner.solving.ground import UNDETERMINED, Ground
from reasoner.solving.question import Goal, resolve
from reasoner.solving.settling import Settling, settle

__all__ = ["UNDETERMINED", "Decision", "Settling", "World", "answer", "decide", "pose"]


@dataclass(frozen=True, slots=True)
class Decision:
    """The answer to one question about one case, with the ground law it was read from.

    ``settling`` are the smallest sets of facts that would settle an undetermined answer;
    ``all_settling`` tells whether there are no others. ``left_open`` counts the facts that nobody
    stated and that were left open for the answer.
    """

    law: Law
    case: Case
    goal: Goal
    day: int
    answer: str
    readings: tuple[tuple[str, str], ...]
    law_date: int | None
    settling: tuple[Settling, ...]
    ground: Ground
    language: str | None = None
    all_settling: bool = True
    left_open: int = 0

    @property
    def holds(self) -> bool | None:
        """True for yes, False for no, None for undetermined."""
        return {"yes": True, "no": False}.get(self.answer)

    @property
    def world(self) -> World:
        """What the answer depends on beside the facts."""
        return World(self.day, self.law_date, self.readings, self.language)


@dataclass(frozen=True, slots=True)
class World:
    """What an answer depends on beside the facts: the day, the date of the law, the readings.

    ``language`` is that of the official text whose options are among the readings, if one was
    chosen.
    """

    day: int
    law_date: int | None
    readings: tuple[tuple[str, str], ...]
    language: str | None = None


def pose(
    law: Law,
    case: Case,
    question: str | None = None,
    *,
    about: Sequence[str] = (),
    as_of: int | None = None,
    law_date: int | None = None,
    readings: Iterable[tuple[str, str]] = (),
    language: str | None = None,
) -> tuple[Goal, World]:
    """Find out what is asked, and in which world; the arguments are those of :func:`decide`.

    Raises:
        InputError: when the question names nothing or no day is given.
    """
    text = question or case.question
    if not text:
        hint = "name one, for example a pinpoint"
        raise InputError([Problem(f"{case.path}: the case asks no question", hint=hint)])
    world = world_of(
        law, case, as_of=as_of, law_date=law_date, readings=readings, language=language
    )
    try:
        goal = resolve(law, text, entities=case.entities, about=about or case.about, day=world.day)
    except InputError as error:
        place = None if question else case.question_place
        if place is None:
            raise
        found = [case.source.problem_at(place, p.message, p.hint) for p in error.problems]
        raise InputError(found) from None
    kinds = law.types.get((goal.name, len(goal.arguments)), ())
    pairs = zip(goal.arguments, kinds, strict=False)
    dates = [a for a, kind in pairs if kind == "date" and a is not None]
    if dates:
        world = replace(world, day=int(dates[-1]))
    return goal, world


def world_of(
    law: Law,
    case: Case,
    *,
    as_of: int | None = None,
    law_date: int | None = None,
    readings: Iterable[tuple[str, str]] = (),
    language: str | None = None,
) -> World:
    """The world in which a case is asked; the arguments are those of :func:`decide`.

    Raises:
        InputError: when no day is given.
    """
    day = as_of or case.as_of
    if day is None:
        hint = "write `as_of: 2024-06-01` in the case"
        raise InputError([Problem(f"{case.path}: no day to ask about", hint=hint)])
    favoured = law.vocabulary.favoured(language) if language else ()
    chosen = dict([*favoured, *case.readings, *readings])
    return World(day, law_date or case.law_date, tuple(chosen.items()), language)


def decide(
    law: Law,
    case: Case,
    question: str | None = None,
    *,
    about: Sequence[str] = (),
    as_of: int | None = None,
    law_date: int | None = None,
    readings: Iterable[tuple[str, str]] = (),
    language: str | None = None,
    limit: int = 8,
) -> Decision:
    """Answer a question about a case.

    Args:
        law: the law to apply.
        case: the facts.
        question: a pinpoint, a predicate or an atom; without it, the case's own question.
        about: the entities asked about; without them, the case's own.
        as_of: the day asked about as yyyymmdd; without it, the case's own.
        law_date: the consolidation to apply as yyyymmdd.
        readings: pairs of reading and option; they override the case's own.
        language: the official text, ``en`` or ``fr``, whose options are taken where the two differ
            and neither the case nor ``readings`` choose.
        limit: how many sets of settling facts to name at most.

    Raises:
        InputError: when the question names nothing, no day is given, a reading does not exist, or
            the facts contradict each other.
    """
    goal, world = pose(
        law,
        case,
        question,
        about=about,
        as_of=as_of,
        law_date=law_date,
        readings=readings,
        language=language,
    )
    return answer(ground_case(law, case, world, [goal]), case, world, goal, limit)


def answer(ground: Ground, case: Case, world: World, goal: Goal, limit: int = 8) -> Decision:
    """Answer one question about a case already ground; several may be asked of one."""
    text = ground.answer(goal)
    undetermined = text == UNDETERMINED and limit > 0
    settling, complete = settle(ground, goal, limit) if undetermined else ((), True)
    return Decision(
        ground.law,
        case,
        goal,
        world.day,
        text,
        world.readings,
        world.law_date,
        settling,
        ground,
        world.language,
        complete,
    )


def ground_case(
    law: Law,
    case: Case,
    world: World,
    goals: Sequence[Goal] | None = None,
    days: Iterable[int] = (),
) -> Ground:
    """Ground the law with a case in a world.

    Args:
        law: the law to apply.
        case: the facts.
        world: what the answers depend on beside the facts.
        goals: all that will be asked; without them, anything may be, and it takes longer.
        days: further days that are asked about.

    Raises:
        InputError: when the facts contradict each other.
    """
    unknown = [s for s in case.statements if s.status == "unknown"]
    facts = [*facts_of(case), *facts_of_world(world), *(f"as_of({day})." for day in days)]
    ground = Ground(law, facts, unknown, goals, open_days(case.statements, case.choices))
    contradictions = ground.contradictions()
    if contradictions:
        from reasoner.wording.contradictions import ContradictionError

        raise ContradictionError(ground, case, contradictions)
    if unknown and ground.completion((), ()) is None:
        _contradict_anyway(law, case, world, unknown)
    return ground


def _contradict_anyway(law: Law, case: Case, world: World, unknown: Sequence[Statement]) -> None:
    """Say what is wrong where facts contradict each other whatever the unknown ones are."""
    from reasoner.wording.contradictions import ContradictionError

    likely = {days[0].atom for days in open_days(case.statements, case.choices)}
    kept = [
        replace(s, status="stated") if s.atom in likely else s
        for s in case.statements
        if s.atom in likely or s not in unknown
    ]
    facts = facts_of(replace(case, statements=tuple(kept), choices=()))
    ground = Ground(law, [*facts, *facts_of_world(world)], goals=[])
    raise ContradictionError(ground, case, ground.contradictions())


def facts_of(case: Case) -> list[str]:
    """The facts of a case as clingo reads them, unknown ones as choices."""
    facts = [f"{kind}({name})." for name, kind in case.entities.items()]
    ranges = open_days(case.statements, case.choices)
    of_ranges = {s.atom for choice in case.choices for s in choice.statements}
    for statement in case.statements:
        if statement.status == "stated":
            facts.append(f"{statement.atom}.")
        elif statement.status == "unknown" and statement.atom not in of_ranges:
            facts.append(f"{{{statement.atom}}}.")
    facts += [f"1 {{ {'; '.join(day.atom for day in days)} }} 1." for days in ranges]
    return facts


def facts_of_world(world: World) -> list[str]:
    """The day, the readings and the date of the law as clingo reads them."""
    facts = [f"as_of({world.day})."]
    facts += [f"chosen_reading({i},{o})." for i, o in world.readings]
    if world.law_date is not None:
        facts.append(f"chosen_law_date({world.law_date}).")
    return facts

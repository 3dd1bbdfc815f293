"""Under which readings an answer holds: always, or which options decide it.

Nothing runs through all combinations. Each option that is not taken is a change that may be made,
and clingo finds the minimal sets of changes that give another answer
(:mod:`reasoner.hypotheses.flips`); that there is none is proved, not tried out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from reasoner.casefiles.case import Case
from reasoner.casefiles.edits import Edit
from reasoner.hypotheses.flips import Flip, minimal_flips
from reasoner.lawfiles.infer import all_literals, rules_behind, rules_in_play
from reasoner.lawfiles.rules import Law, Rule
from reasoner.reasons.justification import Justification
from reasoner.reasons.justify import justify
from reasoner.reasons.weigh import decisive
from reasoner.reasons.worlds import goal_in, ground_worlds, lift, reasons
from reasoner.solving.ground import NO, UNDETERMINED, YES, Ground
from reasoner.solving.question import Goal
from reasoner.solving.search import COMPLETE, Findings, gather
from reasoner.solving.solve import World, facts_of, facts_of_world, ground_case

MOST_NUMBERS = 8
_PROBE = "_number"

Choice = tuple[str, str]
"""A reading and one of its options."""


class Deciding(NamedTuple):
    """Options that together, and not less than together, give another answer.

    ``decided_by`` are the provisions that then decide.
    """

    options: tuple[Choice, ...]
    answer: str
    decided_by: tuple[str, ...]


class Alone(NamedTuple):
    """The answer under one option, all other readings as they are; ``taken`` where it is that."""

    reading: str
    option: str
    taken: bool
    answer: str


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """How an answer depends on the readings.

    ``sets`` are the minimal sets of options that give another answer, smallest first, and
    ``ended`` says how the search for them ended. ``table`` has the options of every reading in
    them, ``silent`` the other readings that the question looks at, ``elsewhere`` those that it
    does not. ``numbers`` are, for each option that takes a number, those that were tried.
    """

    law: Law
    case: Case
    goal: Goal
    world: World
    answer: str
    why: Justification
    sets: tuple[Deciding, ...]
    ended: str
    table: tuple[Alone, ...]
    silent: tuple[str, ...]
    elsewhere: tuple[str, ...]
    numbers: tuple[tuple[str, str, tuple[str, ...]], ...]

    @property
    def robust(self) -> bool:
        """Whether it is certain that no choice of readings gives another answer."""
        return not self.sets and self.ended == COMPLETE

    @property
    def holds(self) -> bool | None:
        """True for yes, False for no, None for undetermined."""
        return {YES: True, NO: False}.get(self.answer)


def weigh_readings(
    law: Law,
    case: Case,
    world: World,
    goal: Goal,
    *,
    limit: int = 12,
    spent: Callable[[], bool] = lambda: False,
) -> Sensitivity:
    """Find out under which readings an answer holds.

    Args:
        law: the law to apply.
        case: the facts; unknown ones may be among them.
        world: the day, the date of the law and the readings from which others depart.
        goal: what is asked.
        limit: how many sets of options to find; of an undetermined answer, for each of yes and no.
        spent: whether the time is up.

    Raises:
        InputError: when the facts contradict each other.
    """
    found = ground_case(law, case, world, [goal]).answer(goal)
    rules = rules_at_work(law, case, goal)
    looked_at = readings_of(law, rules)
    options = {reading: options_of(law, reading) for reading in looked_at}
    numbers = numbers_that_matter(law, case, world, goal, rules, options)
    choices = [
        (reading, option)
        for reading in looked_at
        for written in options[reading]
        for option in numbers.get((reading, written), (written,))
        if option != _taken(law, world, reading)
    ]
    findings = _search(law, case, world, goal, found, choices, limit, spent)
    sets = [tuple(choices[place] for place in flip.edits) for flip in findings.found]
    sets = _without_larger_numbers(sets)
    matters = {reading for chosen in sets for reading, _ in chosen}
    rows = [
        (reading, option, option == _taken(law, world, reading))
        for reading in looked_at
        if reading in matters
        for option in (
            _taken(law, world, reading),
            *(other for name, other in choices if name == reading),
        )
    ]
    worlds = [world, *(under(world, chosen) for chosen in sets)]
    alone = [under(world, [(reading, option)]) for reading, option, _ in rows]
    explained, answers = _answers(law, case, goal, worlds, alone)
    return Sensitivity(
        law,
        case,
        goal,
        world,
        found,
        explained[0][1],
        tuple(
            Deciding(chosen, text, tuple(decisive(why, why.roots[0])))
            for chosen, (text, why) in zip(sets, explained[1:], strict=True)
        ),
        findings.ended,
        tuple(Alone(*row, text) for row, text in zip(rows, answers, strict=True)),
        tuple(reading for reading in looked_at if reading not in matters),
        tuple(reading for reading in law.vocabulary.readings if reading not in looked_at),
        tuple((reading, option, tried) for (reading, option), tried in sorted(numbers.items())),
    )


def rules_at_work(law: Law, case: Case, goal: Goal) -> list[Rule]:
    """The rules behind a question that something in a case can bring into play."""
    given = {*case.entities.values(), *(s.name for s in case.statements)}
    given |= {"as_of", "chosen_reading", "chosen_law_date"}
    return rules_in_play(rules_behind(law, [(goal.name, len(goal.arguments))]), given)


def readings_of(law: Law, rules: Iterable[Rule]) -> list[str]:
    """The readings that some rules ask for."""
    asked = {
        literal.atom.arguments[0].text
        for rule in rules
        for literal in all_literals(rule.body)
        if literal.atom is not None and literal.atom.signature == law.reading
    }
    return [reading for reading in law.vocabulary.readings if reading in asked]


def options_of(law: Law, reading: str) -> list[str]:
    """The options of a reading as terms, a parameter by its name."""
    return [
        f"{option.id}({option.parameter})" if option.parameter else option.id
        for option in law.vocabulary.readings[reading].options
    ]


def _taken(law: Law, world: World, reading: str) -> str:
    """The option of a reading that applies in a world."""
    return dict(world.readings).get(reading, law.vocabulary.readings[reading].default)


def under(world: World, options: Iterable[Choice]) -> World:
    """A world with some readings changed."""
    return replace(world, readings=tuple(dict([*world.readings, *options]).items()))


def numbers_that_matter(
    law: Law,
    case: Case,
    world: World,
    goal: Goal,
    rules: Iterable[Rule],
    options: Mapping[str, Sequence[str]],
) -> dict[Choice, tuple[str, ...]]:
    """For each option that takes a number the option with every number that makes a difference.

    A number matters where a rule compares it: the law is ground with every option open, and rules
    of our own report what it is compared with. Below the least of these it makes no difference
    which number it is, so 1 stands for all of them.

    Args:
        law: the law.
        case: the facts.
        world: the day and the date of the law.
        goal: what is asked.
        rules: the rules that may be at work.
        options: the options of each reading, as the law declares them.
    """
    found: dict[Choice, set[int]] = {
        (reading, option): set()
        for reading, written in options.items()
        for option in written
        if "(" in option
    }
    probes = [probe for rule in rules for probe in _probes(law, rule)]
    compared = _compared(law, case, world, goal, options, probes) if probes else set()
    for text in compared:
        reading, name, number = text.split(",")
        for option in options.get(reading, ()):
            if option.partition("(")[0] == name and int(number) > 0:
                found[reading, option].add(int(number))
    return {
        (reading, option): tuple(
            with_number(option, number) for number in sorted({1, *numbers})[:MOST_NUMBERS]
        )
        for (reading, option), numbers in found.items()
    }


def _compared(
    law: Law,
    case: Case,
    world: World,
    goal: Goal,
    options: Mapping[str, Sequence[str]],
    probes: Sequence[str],
) -> set[str]:
    """What the probes report where every option of the readings is open."""
    facts = [*facts_of(case), *facts_of_world(replace(world, readings=()))]
    for reading, written in options.items():
        facts += [f"{{chosen_reading({reading},{with_number(option, 1)})}}." for option in written]
    ground = Ground(law, facts, goals=[goal])
    ground.add(probes)
    return ground.report({_PROBE: 3})[0].get(_PROBE, set())


def with_number(option: str, number: int) -> str:
    """An option with a number in the place of its parameter, where it has one."""
    name, opened, _ = option.partition("(")
    return f"{name}({number})" if opened else option


def _probes(law: Law, rule: Rule) -> Iterator[str]:
    """Rules that report the least numbers for which the comparisons of a rule come out otherwise.

    Conditions that are negated are left out, and so are other readings: more numbers than matter
    do no harm.
    """
    for literal in rule.body:
        if literal.atom is None or literal.atom.signature != law.reading:
            continue
        reading, option = literal.atom.arguments
        name, opened, rest = option.text.partition("(")
        parameter = rest[:-1]
        if not opened or parameter not in option.variables:
            continue
        others = [
            other.text
            for other in rule.body
            if not other.negated
            and parameter not in other.variables
            and (other.atom is None or other.atom.signature != law.reading)
        ]
        for other in rule.body:
            comparison = other.comparison
            if comparison is None or len(comparison.terms) != 2:
                continue
            left, right = (term.text for term in comparison.terms)
            sign = comparison.operators[0]
            if parameter == left:
                left, right, sign = right, left, _MIRRORED[sign]
            if parameter == right:
                for more in _LEAST[sign]:
                    head = f"{_PROBE}({reading.text},{name},({left})+{more})"
                    yield f"{head} :- {', '.join(others)}."


_MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}
# "Value sign N" comes out otherwise from this far above the value on
_LEAST = {"<": (1,), "<=": (0,), ">": (0,), ">=": (1,), "=": (0, 1), "!=": (0, 1)}


def _search(
    law: Law,
    case: Case,
    world: World,
    goal: Goal,
    answer: str,
    choices: Sequence[Choice],
    limit: int,
    spent: Callable[[], bool],
) -> Findings[Flip]:
    """The minimal sets of options under which the answer is another."""
    edits = [Edit(readings=(choice,)) for choice in choices]
    wanted = {YES: [NO], NO: [YES], UNDETERMINED: [YES, NO]}[answer]
    found: list[Flip] = []
    ended = COMPLETE
    for other in wanted:
        search = minimal_flips(law, case, world, goal, edits, other, certain=answer == UNDETERMINED)
        findings = gather(search, limit=limit, spent=spent)
        found += findings.found
        if ended == COMPLETE:
            ended = findings.ended
    found.sort(key=lambda flip: flip.cost)
    return Findings(tuple(found), ended)


def _without_larger_numbers(sets: Iterable[tuple[Choice, ...]]) -> list[tuple[Choice, ...]]:
    """Of sets that differ only in the number of an option the one with the least."""
    least: dict[tuple[Choice, ...], tuple[Choice, ...]] = {}
    for options in sorted(sets, key=_numbers):
        names = tuple((reading, option.partition("(")[0]) for reading, option in options)
        least.setdefault(names, options)
    return sorted(least.values(), key=lambda options: (len(options), options))


def _numbers(options: tuple[Choice, ...]) -> list[int]:
    written = (option.partition("(")[2][:-1] for _, option in options)
    return [int(number) for number in written if number]


def _answers(
    law: Law, case: Case, goal: Goal, explained: Sequence[World], bare: Sequence[World]
) -> tuple[list[tuple[str, Justification]], list[str]]:
    """The answers in some worlds with their reasons, and in others the answers only."""
    if any(statement.status == "unknown" for statement in case.statements):
        grounds = [ground_case(law, case, world, [goal]) for world in explained]
        others = (ground_case(law, case, world, [goal]) for world in bare)
        return [(ground.answer(goal), justify(ground, [goal])) for ground in grounds], [
            ground.answer(goal) for ground in others
        ]
    lifted = lift(law, [goal])
    goals = [goal_in(place, goal) for place in range(len(explained) + len(bare))]
    ground = ground_worlds(lifted, [(case, world) for world in (*explained, *bare)], goals)
    answers = [ground.answer(one) for one in goals]
    whole = justify(ground, goals[: len(explained)])
    whys = [reasons(lifted, whole, [root]) for root in whole.roots]
    return list(zip(answers, whys, strict=False)), answers[len(explained) :]

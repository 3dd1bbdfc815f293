"""Leave open what a case does not state, as far as it can matter to what is asked.

Opening every fact of the vocabulary for every person, day and value would be far too much. So the
reasons say what to open: they name the facts that nobody stated and on whose absence something
rests, in what holds and in what does not. These are opened; then come the reasons of the case as it
would be if what settles the answer were so, with the facts that are not stated there; and so on
until nothing new is named.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import product

from reasoner.casefiles.case import Case, Statement
from reasoner.casefiles.edits import ASSUMED
from reasoner.errors import InputError
from reasoner.lawfiles.rules import Law
from reasoner.lawfiles.vocabulary import Argument, Fact
from reasoner.reasons.justification import Justification, Node
from reasoner.reasons.justify import justify
from reasoner.reasons.worlds import goal_in, ground_worlds, lift, reasons
from reasoner.solving.ground import UNDETERMINED
from reasoner.solving.question import Goal
from reasoner.solving.settling import settle
from reasoner.solving.solve import Decision, World, answer, ground_case

MOST_ROUNDS = 8
MOST_WAYS = 200
SETS, TRIED = 6, 400


@dataclass(frozen=True, slots=True)
class Opened:
    """A case with what it does not state left open.

    ``facts`` are the statements added; ``complete`` tells whether the reasons named nothing more.
    """

    case: Case
    facts: tuple[Statement, ...]
    complete: bool


def open_case(law: Law, case: Case, world: World, goals: Sequence[Goal]) -> Opened:
    """Leave open what a case does not state, as far as it can matter.

    Nobody and nothing is thought of that the case does not name. An open day is the day asked about
    or the first that the case states; an argument that may be left out has its default. What would
    contradict the facts stated is not open, and what the case denies stays denied.

    Args:
        law: the law to apply.
        case: the facts.
        world: the day, the readings and the date of the law.
        goals: what is asked.

    Raises:
        InputError: when the facts contradict each other.
    """
    known = {statement.atom for statement in case.statements}
    named: dict[str, Statement] = {}
    opened: dict[str, Statement] = {}
    stories: list[frozenset[str]] = [frozenset()]
    told: set[frozenset[str]] = set()
    complete = True
    for _ in range(MOST_ROUNDS):
        before = len(named)
        new = [story for story in dict.fromkeys(stories) if story not in told]
        told.update(new)
        cases = [
            with_facts(case, (replace(named[atom], status="stated") for atom in sorted(story)))
            for story in new
        ]
        for node in _absent(law, cases, world, goals):
            ways = list(_ways(law, case, world, node))
            complete &= len(ways) <= MOST_WAYS
            for statement in ways[:MOST_WAYS]:
                if statement.atom not in known:
                    named.setdefault(statement.atom, statement)
        if len(named) == before:
            break
        ground = ground_case(law, with_facts(case, named.values()), world, goals)
        matter = {atom for goal in goals for atom in ground.behind(goal)}
        opened = {
            atom: statement
            for atom, statement in named.items()
            if atom in matter and ground.settled(atom) is not False
        }
        ground = ground_case(law, with_facts(case, opened.values()), world, goals)
        stories = [
            frozenset(s.atom for s, value in settling.values if value and s.atom in opened)
            for goal in goals
            if ground.answer(goal) == UNDETERMINED
            for settling in settle(ground, goal, SETS, TRIED)[0]
        ]
        stories.append(_ties(case, named.values()))
    else:
        complete = False
    facts = [opened[atom] for atom in sorted(opened)]
    return Opened(with_facts(case, facts), tuple(facts), complete)


def decide_open(law: Law, case: Case, world: World, goal: Goal, limit: int = 8) -> Decision:
    """Answer a question with what the case does not state left open.

    The decision can be explained: its reasons leave open only the facts that the answer names, and
    take the others as not established.

    Args:
        law: the law to apply.
        case: the facts.
        world: the day, the readings and the date of the law.
        goal: what is asked.
        limit: how many sets of settling facts to name at most.

    Raises:
        InputError: when the facts contradict each other.
    """
    opened = open_case(law, case, world, [goal])
    whole = answer(ground_case(law, opened.case, world, [goal]), opened.case, world, goal, limit)
    facts = {statement.atom: statement for statement in opened.facts}
    named = {
        statement.atom
        for settling in whole.settling
        for statement, value in settling.values
        if value and statement.atom in facts
    }
    told = with_facts(case, (facts[atom] for atom in sorted(named)))
    ground = ground_case(law, told, world, [goal])
    if ground.answer(goal) != whole.answer:
        told, ground = opened.case, whole.ground
    return replace(
        whole,
        case=told,
        ground=ground,
        all_settling=whole.all_settling and opened.complete,
        left_open=len(facts),
    )


def _ties(case: Case, facts: Iterable[Statement]) -> frozenset[str]:
    """The facts that tie those whom a case names to each other, of each sort the first.

    What the law asks of somebody because of such a tie is asked only where there is one.
    """
    first: dict[tuple[str, ...], str] = {}
    for statement in facts:
        about = [argument for argument in statement.arguments if argument in case.entities]
        if len(about) > 1:
            first.setdefault((statement.name, *about), statement.atom)
    return frozenset(first.values())


def with_facts(case: Case, facts: Iterable[Statement]) -> Case:
    """A case with some facts more."""
    return replace(case, statements=(*case.statements, *facts))


def _absent(law: Law, cases: Sequence[Case], world: World, goals: Sequence[Goal]) -> Iterator[Node]:
    """The facts that the reasons name in some cases and that are not stated there, each once."""
    told: set[tuple[str, tuple[str | None, ...]]] = set()
    for why in _reasons(law, cases, world, goals):
        waiting, seen = list(why.roots), set(why.roots)
        while waiting:
            number = waiting.pop()
            node = why.nodes[number]
            if node.kind == "fact" and node.holds is False:
                if (node.name, node.arguments) not in told:
                    told.add((node.name, node.arguments))
                    yield node
                continue
            if node.kind == "conclusion" and (node.name, len(node.arguments)) not in law.sentences:
                continue  # what the law only looks at, such as the days that may matter
            for edge in why.edges[number]:
                if edge.target not in seen:
                    seen.add(edge.target)
                    waiting.append(edge.target)


def _reasons(
    law: Law, cases: Sequence[Case], world: World, goals: Sequence[Goal]
) -> Iterator[Justification]:
    """The reasons in each case; together, where no fact is unknown."""
    if not cases:
        return
    statements = [statement for case in cases for statement in case.statements]
    as_stated = not any(statement.position == ASSUMED for statement in statements)
    if as_stated or any(statement.status == "unknown" for statement in statements):
        for case in cases:
            with suppress(InputError):  # what these facts need beside them is not there
                yield justify(ground_case(law, case, world, goals), goals)
        return
    lifted = lift(law, goals)
    asked = [goal_in(place, goal) for place in range(len(cases)) for goal in goals]
    ground = ground_worlds(lifted, [(case, world) for case in cases], asked)
    why = justify(ground, asked)
    yield reasons(lifted, why, why.roots)


def _ways(law: Law, case: Case, world: World, node: Node) -> Iterator[Statement]:
    """The ways in which a fact could be so, for what the case names."""
    fact = law.vocabulary.facts.get(node.name)
    if fact is None or fact.section is None:
        return
    denied = {(denial.name, denial.arguments[0]) for denial in case.denials}
    values = [
        [given] if given is not None else _values(law, case, world, argument)
        for given, argument in zip(node.arguments, fact.arguments, strict=True)
    ]
    for row in product(*values):
        if (node.name, row[0]) not in denied and _in_order(fact, row):
            yield Statement(node.name, row, "unknown", ASSUMED)


def _values(law: Law, case: Case, world: World, argument: Argument) -> list[str]:
    """What an open argument may be."""
    if argument.default is not None:
        return [argument.default]
    if argument.type == "date":
        return _days(law, case, world)
    if argument.type in law.vocabulary.kinds:
        return list(law.vocabulary.kinds[argument.type].values)
    return [name for name, kind in case.entities.items() if kind == argument.type]


def _days(law: Law, case: Case, world: World) -> list[str]:
    """The first day that a case states, and the day asked about."""
    days = {str(world.day)}
    for statement in case.statements:
        fact = law.vocabulary.facts[statement.name]
        for argument, term in zip(fact.arguments, statement.arguments, strict=True):
            if argument.type == "date" and argument.default != term < str(world.day):
                days.add(term)
    return sorted({min(days), str(world.day)})


def _in_order(fact: Fact, row: Sequence[str]) -> bool:
    """Whether the days of a fact come in the order that the vocabulary asks for."""
    given = {argument.name: term for argument, term in zip(fact.arguments, row, strict=True)}
    for argument in fact.arguments:
        earlier = given.get(argument.after or "")
        if earlier is not None:
            here = given[argument.name]
            if here < earlier or (argument.strictly and here == earlier):
                return False
    return True

"""Let clingo choose two stories that differ in one thing and show that conditions decide.

The conditions of a rule are looked for together, in a small part of a scope first: one entity of
each type, what is stated at the least cost, the readings that the rule itself names; then those of
the rules beside it. What a part
has no stories for is looked for in the next one; the last part is the whole scope. Where it has
none, there are none: either no two stories show the condition, or its rule never applies at all.
Where only a part was searched to the end, what it is said of is that part.
A pair found is made small, and put to the law like any other.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from reasoner.audit.conditions import Condition, literal_at
from reasoner.audit.nearby import look_at_variations
from reasoner.audit.probes import FIRES, SHOWN, goals_of, report_pairs, report_sides
from reasoner.audit.stock import Stock, near_facts
from reasoner.audit.twins import (
    COME,
    GONE,
    LEFT,
    OTHER_DATE,
    OTHER_DAY,
    OTHER_READING,
    Choices,
    choices_of,
    twin_program,
)
from reasoner.audit.variations import Variation, dates_beside, join, matter_of, vary
from reasoner.casefiles.case import Case, Statement
from reasoner.casefiles.edits import ASSUMED, Edit, apply_edits
from reasoner.hypotheses.bounds import bound_counts
from reasoner.lawfiles.infer import all_literals, rules_behind
from reasoner.lawfiles.rules import Law, Literal, Signature
from reasoner.solving.ground import GIVEN_UP, Ground
from reasoner.solving.question import Goal
from reasoner.stories.claims import REACH
from reasoner.stories.reach import Way, distances
from reasoner.stories.stages import NEAR, UNSAID, Stage, count_statements, stages
from reasoner.stories.stories import Setting
from reasoner.stories.telling import case_of
from reasoner.values import split_arguments

_PAIR: Signature = ("_pair", 0)
_GOAL, _FREE = "_goal", "_free"
_CHANGES = {LEFT: 1, OTHER_DAY: 1, OTHER_READING: 2, OTHER_DATE: 1, GONE: 1, COME: 1}
_TOLD_BESIDE = {"as_of": 1, "chosen_reading": 2, "chosen_law_date": 1}
MOST_STATEMENTS = 20_000
EFFORT, EFFORT_FIRST, EFFORT_LESS = 100_000, 20_000, 5_000
"""How many dead ends the search for a condition may come to: in all of a scope, in a smaller part,
and for fewer statements."""
_AROUND = 60
"""How many other changes of a story found are tried, for what else it may show."""


class Batch(NamedTuple):
    """Conditions of one rule that two stories are sought for, by their numbers.

    ``scope`` are the most entities of each type, and how far to look; ``others`` what else is still
    open and may be shown by chance. All of the scope is searched only if it is ``whole``.
    """

    numbers: tuple[int, ...]
    scope: tuple[tuple[str, int], ...]
    others: tuple[int, ...] = ()
    whole: bool = True


class Chosen(NamedTuple):
    """Two stories that clingo chose: the atoms that make up the first one, and what differs.

    ``shows`` is as in :class:`Pair`; ``more`` are other changes of the first story that show
    something as well.
    """

    atoms: tuple[str, ...]
    edit: Edit
    shows: tuple[tuple[int, bool], ...]
    more: tuple[tuple[Edit, tuple[tuple[int, bool], ...]], ...] = ()


class Searched(NamedTuple):
    """A part of a scope that has no pair for some conditions: how much there may be in its stories.

    In the smallest parts facts that a pair needs may be missing; they are not told.
    """

    numbers: tuple[int, ...]
    scope: tuple[tuple[str, int], ...]


class Settled(NamedTuple):
    """What came of a batch: the pairs chosen, and what the whole scope has no pair for.

    ``never`` are those of ``none`` whose rule does not even apply in any story of the scope;
    ``partly`` the parts of it that have no pair for some others, the larger ones last.
    """

    chosen: tuple[Chosen, ...]
    none: tuple[int, ...]
    never: tuple[int, ...]
    partly: tuple[Searched, ...] = ()


class Part(NamedTuple):
    """A part of a scope: what stories may state, what else they choose from, how far facts are."""

    stage: Stage
    choices: Choices
    reach: int


def usual_scope(law: Law) -> dict[str, int]:
    """The scope in which pairs of stories are sought, where no other is asked for."""
    return {**dict.fromkeys(law.vocabulary.entities, UNSAID), REACH: NEAR}


def parts(stock: Stock, setting: Setting, batch: Batch) -> list[Part]:
    """The parts of a scope in the order of the search; the last one is all of it."""
    law = stock.law
    rules = [law.rules[n] for n in dict.fromkeys(stock.conditions[n].rule for n in batch.numbers)]
    under = {x.atom.signature for r in rules for x in all_literals(r.body) if x.atom is not None}
    beside = [*rules, *(r for s in sorted(under & law.heads.keys()) for r in law.rules_for(s))]
    behind = rules_behind(law, {rule.head.signature for rule in rules})
    dates = dates_beside(stock.values.law_dates)
    ways = [way for number in batch.numbers for way in _ways(law, stock.conditions[number])]
    readings = {
        r.id: tuple(option.id for option in r.options) for r in law.vocabulary.readings.values()
    }
    helping: dict[str, int] = {}
    for way in dict.fromkeys(ways):
        # each by itself: what is far for the one story may be near for the other
        for name, far in distances(law, [way], [_PAIR], readings)[0].items():
            helping[name] = min(far, helping.get(name, far))
    scope = dict(batch.scope)
    most = {kind: scope.get(kind, 0) for kind in law.vocabulary.entities}
    one = {kind: min(1, number) for kind, number in most.items()}
    reach = scope[REACH]
    found: list[Part] = []
    for entities, away, looked_at in (
        (one, 0, rules),
        (one, min(NEAR, reach), rules),
        (most, 0, rules),
        (most, min(NEAR, reach), rules),
        (most, min(NEAR, reach), beside),
        (most, reach, behind),
    ):
        stage = stages(law, setting, helping, {**scope, **entities, REACH: away})[-1]
        part = Part(stage, choices_of(law, looked_at, dates), away)
        if part not in found:
            found.append(part)
    return found


def _ways(law: Law, condition: Condition) -> Iterator[Way]:
    """What either of two stories needs: that the rule applies; or that all others of its conditions
    are met, this one is not, and there is no such conclusion."""
    rule = law.rules[condition.rule]
    yield Way(_PAIR, _needs(rule.body))
    literal = literal_at(law, condition)
    fellows = (*rule.body, *(x for x in all_literals(rule.body) if len(condition.place) > 1))
    others = _needs(other for other in fellows if literal not in all_literals([other]))
    turned = tuple((signature, not holds) for signature, holds in _needs([literal]))
    yield Way(_PAIR, tuple(dict.fromkeys((*others, *turned, (rule.head.signature, False)))))


def _needs(body: Iterable[Literal]) -> tuple[tuple[Signature, bool], ...]:
    atoms = ((x.atom, x.negated) for x in all_literals(body))
    return tuple(dict.fromkeys((a.signature, not negated) for a, negated in atoms if a is not None))


def ground_pairs(stock: Stock, setting: Setting, batch: Batch, part: Part, bounded: Law) -> Ground:
    """All pairs of stories of a part, as choices; they show something unless ``_free`` holds.

    Args:
        stock: the law and its conditions.
        setting: what stories are made of.
        batch: what they show.
        part: the part.
        bounded: the lifted law, its counts written as bounds.

    Raises:
        InputError: when clingo complains.
    """
    lifted = stock.lifted
    conditions = [stock.conditions[n] for n in batch.numbers]
    program = [
        *twin_program(lifted, setting, part.stage, part.choices),
        *report_pairs(lifted, conditions),
        *report_sides(lifted, conditions),
        *near_facts([(0, 1)]),
        f"{_GOAL}(N) :- {SHOWN}(N,_,_).",
        f"{{ {_FREE} }}.",
        f":- not {_GOAL}(_), not {_FREE}.",
    ]
    looked_at = setting.looks_at | {(kind, 1) for kind in lifted.written.vocabulary.kinds}
    goals = goals_of(lifted, conditions)
    goals += [
        Goal(name, (None,) * (arity + ((name, arity) in lifted.local)), "")
        for name, arity in sorted(looked_at)
    ]
    return Ground(bounded, dict.fromkeys(program), goals=goals)


def choose(
    stock: Stock, setting: Setting, batch: Batch
) -> Iterator[Settled | Searched | Chosen | None]:
    """Look for two stories for each condition of a batch.

    Args:
        stock: the law and its conditions.
        setting: what stories are made of.
        batch: what to look for, and where.

    Yields:
        Each pair as soon as it is found, and each part that has none as soon as that is known; what
        came of the batch, at the end; None as a sign of life.
    """
    left = list(batch.numbers)
    chosen: list[Chosen] = []
    none: list[int] = []
    never: list[int] = []
    partly: list[Searched] = []
    every = parts(stock, setting, batch)
    bounded = bound_counts(stock.lifted.law)
    for place, part in enumerate(every):
        last = place == len(every) - 1
        # the smaller parts first, for all batches, and then all of the scope
        if last and place and not batch.whole:
            break
        if batch.whole and not last:
            continue
        yield None
        if count_statements(stock.law, setting, part.stage) > MOST_STATEMENTS:
            break
        asked = batch._replace(numbers=tuple(left))
        ground = ground_pairs(stock, setting, asked, part, bounded)
        empty = []
        for number in list(left):
            if number not in left:
                continue
            goal = ground.literal(f"{_GOAL}({asked.numbers.index(number)})")
            free = ground.literal(_FREE)
            assert free is not None
            atoms: list[str] | None = None
            if goal is not None:
                atoms = yield from _find(ground, stock, part, [goal, -free], last)
            if atoms is None:
                if last:
                    none.append(number)
                else:
                    empty.append(number)
                continue
            found = _confirm(stock, batch, number, atoms) if atoms else None
            if found is not None:
                chosen.append(found)
                yield found
                shown = {n for _, shows in ((0, found.shows), *found.more) for n, _ in shows}
                left = [n for n in left if n not in shown]
        if empty and part.reach >= min(NEAR, dict(batch.scope)[REACH]):
            scope = {**part.stage.entities, REACH: part.reach}
            partly.append(Searched(tuple(empty), tuple(scope.items())))
            yield partly[-1]
        if last and none:
            never = yield from _never(ground, stock, none)
        if not left:
            break
    yield Settled(tuple(chosen), tuple(n for n in none if n in left), tuple(never), tuple(partly))


def _never(
    ground: Ground, stock: Stock, numbers: Sequence[int]
) -> Generator[None, None, list[int]]:
    """Those of some conditions whose rule applies in no story of a part."""
    applying: dict[int, list[int]] = {}
    for text, literal in ground.numbered((FIRES, 2)).items():
        applying.setdefault(int(text[len(FIRES) + 1 :].split(",")[0]), []).append(literal)
    found = []
    known: dict[int, bool] = {}
    for number in numbers:
        rule = stock.conditions[number].rule
        if rule not in known:
            known[rule] = True
            if rule in applying:
                goal = ground.define(applying[rule])
                happens = yield from ground.search([goal], most=EFFORT)
                known[rule] = happens is None
        if known[rule]:
            found.append(number)
    return found


def _find(
    ground: Ground, stock: Stock, part: Part, assumed: Sequence[int], whole: bool
) -> Generator[None, None, list[str] | None]:
    """The atoms that make up two stories, few of them; None if there are none, [] if given up."""
    told = _told(ground, stock, part)
    effort = EFFORT if whole else EFFORT_FIRST
    found = yield from ground.search(assumed, told, most=effort)
    if found is None:
        return None
    if found is GIVEN_UP:
        return []
    # made smaller as far as that goes quickly: nothing else is stated than was
    rest = [-number for number in told if number not in found]
    smaller = yield from ground.search([*assumed, *rest], told, cheapest=True, most=EFFORT_LESS)
    kept = found if smaller is None or smaller is GIVEN_UP else smaller
    return [told[number] for number in sorted(kept)]


def _told(ground: Ground, stock: Stock, part: Part) -> dict[int, str]:
    """All that makes up two stories, by the solver's numbers."""
    vocabulary = stock.law.vocabulary
    signatures = {
        **_CHANGES,
        **_TOLD_BESIDE,
        **dict.fromkeys(part.stage.entities, 1),
        **{name: vocabulary.facts[name].arity for name in part.stage.facts},
    }
    return {
        number: text
        for signature in signatures.items()
        for text, number in ground.numbered(signature).items()
    }


def _confirm(stock: Stock, batch: Batch, number: int, atoms: Sequence[str]) -> Chosen | None:
    """Put two stories to the law, and see what they and others near to the first one show."""
    case, edit = read_atoms(stock, atoms)
    other = apply_edits(case, [edit])
    if other == case:
        return None
    condition = stock.conditions[number]
    targets = list(dict.fromkeys((*batch.numbers, *batch.others)))
    near = [n for n in targets if stock.conditions[n].heading == condition.heading]
    matter = join(matter_of(stock.law, stock.conditions[n]) for n in near)
    around = vary(stock.law, case, matter, stock.values)[:_AROUND]
    tried = [Variation(edit, 0), *(one for one in around if one.edit != edit)]
    shown = look_at_variations(stock, case, tried, targets)
    first = shown.pop(0, {})
    if number not in first:
        return None
    left = {n for shows in shown.values() for n in shows} - first.keys()
    more = []
    while left:
        best = max(shown, key=lambda place: (len(left & shown[place].keys()), -place))
        shows = tuple((n, at) for n, at in sorted(shown[best].items()) if n in left)
        more.append((tried[best].edit, shows))
        left -= shown[best].keys()
    kept = tuple(atom for atom in sorted(atoms) if atom.partition("(")[0] not in _CHANGES)
    return Chosen(kept, edit, tuple(sorted(first.items())), tuple(more))


def read_atoms(stock: Stock, atoms: Iterable[str]) -> tuple[Case, Edit]:
    """The first of two stories, and what is otherwise in the second."""
    gone: list[Statement] = []
    come: list[Statement] = []
    left: list[str] = []
    edit = Edit()
    readings: list[tuple[str, str]] = []
    law_date: int | None = None
    for atom in sorted(atoms):
        name, _, rest = atom.partition("(")
        arguments = split_arguments(rest[:-1])
        if name in (GONE, COME):
            inner, _, terms = rest[:-1].partition("(")
            statement = Statement(inner, tuple(split_arguments(terms[:-1])), "stated", ASSUMED)
            (gone if name == GONE else come).append(statement)
        elif name == LEFT:
            left.append(arguments[0])
        elif name == OTHER_DAY:
            edit = Edit(as_of=int(arguments[0]))
        elif name == OTHER_READING:
            edit = Edit(readings=((arguments[0], arguments[1]),))
        elif name == OTHER_DATE:
            edit = Edit(law_date=int(arguments[0]))
        elif name == "chosen_reading":
            readings.append((arguments[0], arguments[1]))
        elif name == "chosen_law_date":
            law_date = int(arguments[0])
    if gone:
        edit = Edit(removed=tuple(gone), added=tuple(come), removed_entities=tuple(left))
        if not come and len(gone[0].arguments) == 1 and not left:
            edit = Edit(added=(replace(gone[0], status="denied"),))
    case = case_of(stock.law, atoms, tuple(readings), law_date, "")
    return case, edit

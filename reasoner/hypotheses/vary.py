"""Find the near misses of a case: for each condition that decides, the least that turns it.

The conditions are read off the reasons of the answer. For each the law is asked for both things at
once, the condition turned and the answer with it, and the search that finds what an answer would
need finds the smallest changes for that. What is past may be otherwise here: a near miss is
another story, and no advice.

Fewer changes come first. Of as many, those that weigh least: a day that moves weighs as many days
as it moves by, a number as much, a fact more or less as a hundred days, a new thing as three
hundred. Of those that weigh the same, the one that turns fewest other conditions.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass, replace

from reasoner.casefiles.case import Case, Statement
from reasoner.casefiles.edits import Edit
from reasoner.hypotheses.aims import aim_at
from reasoner.hypotheses.candidates import MAKE, MOVE, WAIT, Candidate
from reasoner.hypotheses.compare import Comparison, compare_cases
from reasoner.hypotheses.flips import Flips
from reasoner.hypotheses.needs import Need, Scenario, Search, sides
from reasoner.hypotheses.pivots import Key, Pivot, find_again, find_pivots
from reasoner.hypotheses.survey import question_of
from reasoner.reasons.justification import Justification
from reasoner.solving.ground import NO, YES
from reasoner.solving.question import Goal, on_day
from reasoner.solving.solve import World
from reasoner.values import OPEN_END
from reasoner.wording.words import is_date, read_date

MOST_CHANGES = 2
MOST_MOVES = 8
MOST_COMPARED = 4
_FACT, _THING, _FARTHEST = 100, 300, 36_525
_FACT_COST, _THING_COST = 1000, 1400


@dataclass(frozen=True, slots=True)
class Variation:
    """A case with the changes that turn a condition; ``node`` is the condition in its reasons.

    ``instead`` are, for each change, other values of the same fact that do as well; ``also`` are
    the other conditions on which the answer turned that turn too.
    """

    changes: tuple[Candidate, ...]
    instead: tuple[tuple[Statement, ...], ...]
    case: Case
    world: World
    goal: Goal
    comparison: Comparison
    node: int | None
    also: tuple[Pivot, ...]

    @property
    def answer(self) -> str:
        """The answer after the changes."""
        return self.comparison.questions[0].decisions[1].answer

    @property
    def size(self) -> tuple[int, int]:
        """How many changes there are, and what they weigh."""
        return len(self.changes), sum(map(weight, self.changes))


@dataclass(frozen=True, slots=True)
class NearMiss:
    """Conditions that decide, and the smallest variation of the case that turns them.

    ``pivots`` are conditions that the same variation turns; ``variation`` turns the answer with
    them, and ``alone`` is smaller and turns them although the answer stays. Either may not have
    been found.
    """

    pivots: tuple[Pivot, ...]
    wanted: str
    variation: Variation | None
    alone: Variation | None

    @property
    def size(self) -> tuple[int, int]:
        """How much it takes; what was not found comes last."""
        sizes = [v.size for v in (self.alone, self.variation) if v is not None]
        return min(sizes, default=(_FARTHEST, 0))


def weight(change: Candidate) -> int:
    """What a change weighs, against others."""
    if change.sort == WAIT:
        return _FARTHEST
    if change.sort == MOVE:
        pairs = zip(change.edit.removed[0].arguments, change.edit.added[0].arguments, strict=True)
        before, after = next(pair for pair in pairs if pair[0] != pair[1])
        if OPEN_END in (before, after):
            return _FACT + max(0, change.cost - _FACT_COST)
        if not (is_date(before) and is_date(after)):
            return min(_FARTHEST, abs(int(after) - int(before)))
        return min(_FARTHEST, abs((read_date(after) - read_date(before)).days))
    if change.sort == MAKE:
        return _THING + max(0, change.cost - _THING_COST)
    return _FACT + max(0, change.cost - _FACT_COST)


class Variations:
    """A search for the near misses of a case; ``pivots`` are the conditions that decide it."""

    def __init__(
        self, scenario: Scenario, why: Justification, answer: str, most: int = MOST_CHANGES
    ) -> None:
        """Make a search ready.

        Args:
            scenario: what is asked, of which case.
            why: why the answer is what it is.
            answer: the answer.
            most: how many changes there may be.
        """
        self.scenario = scenario
        self.why = why
        self.most = most
        self.wanted = sides(answer)
        self.pivots = find_pivots(why, YES in self.wanted)
        self.known: Comparison | None = None  # whose first world need not be looked at again

    def run(self) -> Iterator[NearMiss | None]:
        """The near miss of each condition, those found first first; None as a sign of life."""
        for wanted in self.wanted:
            yield from self.toward(wanted)

    def untried(self, found: Iterable[NearMiss]) -> list[Pivot]:
        """The conditions that a search which ended early has not come to."""
        seen = {pivot.key for near in found for pivot in near.pivots}
        return [pivot for pivot in self.pivots if pivot.key not in seen]

    def toward(self, wanted: str) -> Iterator[NearMiss | None]:
        """The near misses with one of the other answers."""
        pivots = [pivot._replace(wanted=wanted == YES) for pivot in self.pivots]
        first: dict[Key, int] = {}
        for place, pivot in enumerate(pivots):
            first.setdefault(_asked(pivot), place)
        asked = sorted(first.values())
        law, goals = aim_at(
            self.scenario, [(pivots[n], answer) for n in asked for answer in (True, False)]
        )
        search = Search(
            self.scenario._replace(law=law, goal=goals[0]),
            YES,
            anything=True,
            weigh=weight,
            moves=MOST_MOVES,
            goals=goals,
        )
        search.widen()
        yield None
        waiting = {place: goals[2 * n : 2 * n + 2] for n, place in enumerate(asked)}
        choices = search.open_choices(1)
        for most, last in ((1, False), (self.most, True)):
            if not waiting:
                return
            if last:
                search = search.asking([pair[0] for pair in waiting.values()])
                yield from search.widen_more()
                search = search.asking([goal for pair in waiting.values() for goal in pair])
                choices = search.open_choices(self.most)
            yield None
            for place in list(waiting):
                number = search.goals.index(waiting[place][0])
                found = yield from self.near_miss(
                    search, choices, number, pivots[place], most, alone=last
                )
                if found.variation is None and not last:
                    continue
                del waiting[place]
                for pivot in pivots:
                    if _asked(pivot) == _asked(pivots[place]):
                        yield replace(found, pivots=(pivot,))

    def near_miss(
        self,
        search: Search,
        choices: Flips,
        number: int,
        pivot: Pivot,
        most: int,
        *,
        alone: bool,
    ) -> Generator[None, None, NearMiss]:
        """The smallest variations that turn a condition: with the answer, or also without it."""
        wanted = YES if pivot.wanted else NO
        lone = None
        if alone:
            lone = yield from self.smallest(search, choices, number + 1, pivot, most)
            if lone is None:  # what cannot be had by itself cannot be had with the answer either
                return NearMiss((pivot,), wanted, None, None)
        turned = yield from self.smallest(search, choices, number, pivot, most)
        if turned is not None and lone is not None and len(turned.changes) <= len(lone.changes):
            lone = None
        return NearMiss((pivot,), wanted, turned, lone)

    def smallest(
        self, search: Search, choices: Flips, number: int, pivot: Pivot, most: int
    ) -> Generator[None, None, Variation | None]:
        """The smallest variation that gives one of the goals of a search."""
        search = search.asking([search.goals[number]])
        found: list[Need] = []
        for flip in choices.find(number, YES, most=most):
            if flip is None:
                yield None
                continue
            if found and len(flip.edits) > len(found[0].changes):
                break
            need = search.finish(tuple(search.candidates[n] for n in flip.edits))
            if need is not None:
                found.append(need)
            if len(found) == MOST_COMPARED:
                break
            yield None
        if not found:
            return None
        weights = [sum(map(weight, need.changes)) for need in found]
        least = [n for n, weighs in zip(found, weights, strict=True) if weighs == min(weights)]
        variations = []
        for need in least:
            variations.append(self.variation(pivot, need))
            yield None
        return min(variations, key=lambda variation: len(variation.also))

    def variation(self, pivot: Pivot, need: Need) -> Variation:
        """A case with some changes, and what became of its answer and of what decided it."""
        law, case, world, goal = self.scenario
        question = question_of(law, case, goal)
        found = compare_cases(
            law, (case, need.case), (world, need.world), [question], known=self.known
        )
        self.known = found
        after = found.whys[1]
        turned = []
        for other in self.pivots:
            seen = find_again(after, other, need.world.day)
            if seen is not None and seen.met is not other.met and other.key != pivot.key:
                turned.append(other)
        again = find_again(after, pivot, need.world.day)
        return Variation(
            need.changes,
            need.instead,
            need.case,
            need.world,
            on_day(law, goal, need.world.day),
            found,
            None if again is None else again.node,
            tuple(turned),
        )


def _asked(pivot: Pivot) -> Key:
    """What is asked for a condition: what meets one without a name meets all of its rule."""
    whole = pivot.wanted and pivot.same is None
    return (pivot.head.text, pivot.rule, None) if whole else pivot.key


def merge(found: Iterable[NearMiss]) -> list[NearMiss]:
    """Near misses put together where the same changes turn several conditions, smallest first.

    A conclusion goes without saying beside a condition of its own that its changes turn, and where
    nothing was found for it beside any.
    """
    merged: list[NearMiss] = []
    for one in found:
        place = next((n for n, other in enumerate(merged) if _alike(one, other)), None)
        if place is None:
            merged.append(one)
        else:
            pivots = (*merged[place].pivots, *one.pivots)
            merged[place] = replace(merged[place], pivots=pivots)
    kept = []
    for near in merged:
        others = {p.key for other in merged for p in other.pivots if p.rule is not None}
        pivots = tuple(p for p in near.pivots if p.rule is not None or not _said(near, p, others))
        if pivots:
            kept.append(replace(near, pivots=pivots))
    return sorted(kept, key=lambda near: near.size)


def _said(near: NearMiss, pivot: Pivot, others: set[Key]) -> bool:
    """Whether a conclusion goes without saying beside its own conditions, which are told too."""
    turned = near.variation or near.alone
    known = {p.key for p in turned.also} if turned else others
    known |= {p.key for p in near.pivots}
    return any(key in others and key[0] == pivot.head.text for key in known)


def _alike(one: NearMiss, other: NearMiss) -> bool:
    """Whether two near misses are the same changes."""
    if one.wanted != other.wanted:
        return False
    pairs = [(one.variation, other.variation), (one.alone, other.alone)]
    if all(a is None and b is None for a, b in pairs):
        return False
    return all(
        (a is None and b is None) or (a is not None and b is not None and _edits(a) == _edits(b))
        for a, b in pairs
    )


def _edits(variation: Variation) -> set[Edit]:
    return {change.edit for change in variation.changes}

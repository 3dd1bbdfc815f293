"""Stories put to mutants: which questions are answered otherwise than by the law.

What can be asked and rests on the rule of a mutant is asked at once, as far as it is near.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from reasoner.audit.copies import resting_on, users_of
from reasoner.audit.mutants import Mutant
from reasoner.audit.schemata import as_mutated, combine
from reasoner.casefiles.case import Case
from reasoner.errors import InputError
from reasoner.lawfiles.rules import Law, Signature, is_below
from reasoner.reasons.worlds import ground_worlds, lift, world_name
from reasoner.solving.ground import NO, YES, Ground
from reasoner.solving.question import Goal, predicate_of
from reasoner.solving.solve import World
from reasoner.wording.words import is_date

MOST_ASKED = 10  # predicates


class Difference(NamedTuple):
    """A question that a mutant answers otherwise in a story, and what the law answers."""

    mutant: int
    story: int
    goal: Goal
    answer: str


class Asker:
    """Asks stories all that rests on the rules of mutants."""

    def __init__(self, law: Law) -> None:
        """Find out what rests on what."""
        self.law = law
        self.users = users_of(law)
        provisions = {predicate_of(law, pinpoint) for pinpoint in law.provisions}
        self.provisions = {signature for signature in provisions if signature is not None}
        self._askable: dict[Signature, tuple[Signature, ...]] = {}

    def askable(self, mutant: Mutant) -> tuple[Signature, ...]:
        """What can be asked and rests on what the rule of a mutant concludes: the nearest of it."""
        head = self.law.rules[mutant.rule].head.signature
        if head not in self._askable:
            above = (s for s in resting_on(self.users, [head]) if s in self.law.sentences)
            self._askable[head] = tuple(islice(above, MOST_ASKED))
        return self._askable[head]

    def differences(
        self,
        stories: Sequence[tuple[Case, World]],
        several: Mapping[int, Mutant],
        pairs: Sequence[tuple[int, int]],
    ) -> Iterator[Difference]:
        """For mutants, each in a story, the best question that is answered otherwise, if any.

        That is one about the day of the story, of a provision rather than of something else.

        Args:
            stories: the stories, none with unknown facts.
            several: the mutants, by number.
            pairs: which of them, by number, are put to which stories, by place.
        """
        try:
            found = self._ground(stories, several, pairs)
        except InputError:
            if len(pairs) > 1:
                half = len(pairs) // 2
                yield from self.differences(stories, several, pairs[:half])
                yield from self.differences(stories, several, pairs[half:])
            return
        ground, bases = found
        asked = sorted({s for number, _ in pairs for s in self.askable(several[number])})
        spoiled = {str(problem.arguments[0]) for problem in ground.contradictions()}
        tables = {signature: _by_world(ground, signature) for signature in asked}
        for n, (number, place) in enumerate(pairs):
            base, changed = world_name(bases[place]), world_name(n)
            if base in spoiled or changed in spoiled:
                continue
            day = str(stories[place][1].day)
            best: tuple[tuple[object, ...], Goal, str] | None = None
            for signature in self.askable(several[number]):
                table = tables[signature]
                before, after = table.get(base, _NOTHING), table.get(changed, _NOTHING)
                if before == after:
                    continue
                rank = self._rank(signature, several[number].heading)
                otherwise, row = min(
                    (any(d != day for d in filter(is_date, row)), row) for row in before ^ after
                )
                key = (otherwise, *rank, row)
                if best is None or key < best[0]:
                    goal = Goal(signature[0], row, self.law.homes.get(signature, ""))
                    best = key, goal, YES if row in before else NO
            if best is not None:
                yield Difference(number, place, best[1], best[2])

    def _rank(self, signature: Signature, heading: str) -> tuple[bool, bool, Signature]:
        """How good a question is: that of a provision before others, its own before others."""
        home = self.law.homes.get(signature, "")
        near = home == heading or is_below(home, heading) or is_below(heading, home)
        return signature not in self.provisions, not near, signature

    def _ground(
        self,
        stories: Sequence[tuple[Case, World]],
        several: Mapping[int, Mutant],
        pairs: Sequence[tuple[int, int]],
    ) -> tuple[Ground, dict[int, int]]:
        """The pairs in a world each, then the stories under the law as it is; the latter's worlds
        by story."""
        changed = combine(self.law, {number: several[number] for number, _ in pairs})
        asked = {s for number, _ in pairs for s in self.askable(several[number])}
        goals = [Goal(name, (None,) * arity, "") for name, arity in sorted(asked)]
        worlds = []
        for number, place in pairs:
            case, world = stories[place]
            worlds.append((as_mutated(case, world, several[number], number), world))
        bases: dict[int, int] = {}
        for _, place in pairs:
            if place not in bases:
                bases[place] = len(worlds)
                case, world = stories[place]
                worlds.append((as_mutated(case, world), world))
        wanted = [Goal(goal.name, (None, *goal.arguments), "") for goal in goals]
        return ground_worlds(lift(changed, goals), worlds, wanted), bases


_NOTHING: frozenset[tuple[str, ...]] = frozenset()


def _by_world(ground: Ground, signature: Signature) -> dict[str, set[tuple[str, ...]]]:
    """What holds of a predicate, by world."""
    found: dict[str, set[tuple[str, ...]]] = {}
    rows: Iterable[tuple[str, ...]] = ground.rows((signature[0], signature[1] + 1))
    for row in rows:
        found.setdefault(row[0], set()).add(row[1:])
    return found

"""Which mutants of a law the answers and reasons expected of some stories notice.

A mutant is put to the worlds in which its rule concludes anything else than in the law: first to a
few near ones of cases, then to a few of what is generated; then to all there are. A mutant that is
noticed is asked no further. What only the reasons could show is looked at last, and so are cases
with unknown facts and mutants without strata, which need a grounding each.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from reasoner.audit.infecting import infected, is_unstratified
from reasoner.audit.mutants import Mutant
from reasoner.audit.reasoned import Reasons
from reasoner.audit.schemata import as_mutated, replaced
from reasoner.audit.together import answered_otherwise
from reasoner.audit.witnesses import Told, witnesses_of
from reasoner.errors import InputError
from reasoner.hypotheses.expectations import Asked, judge
from reasoner.lawfiles.rules import Law, is_below
from reasoner.lawfiles.strata import circles
from reasoner.solving.solve import ground_case

# Mutants put to worlds together: the more the faster, as long as memory lasts.
AT_ONCE = 500
REASONS_AT_ONCE = 300
# In so many worlds of a kind a mutant is tried before those of the next kind.
WORLDS_FIRST = 12
# At first so many worlds are looked at for all mutants that are tried together.
WORLDS_NEAR = 400
# Reasons take ten times as long as answers: they are compared in so many worlds for each mutant,
# those first that ask about its provision.
WORLDS_REASONED = 25

_KINDS = (False, True)  # worlds of cases, and of what is generated

# What becomes of a mutant.
NOTICED, SURVIVED, UNREACHED, EQUIVALENT, INEXPRESSIBLE = (
    "noticed",
    "survived",
    "unreached",
    "equivalent",
    "inexpressible",
)


class Verdict(NamedTuple):
    """What became of a mutant, by its number, and the file that notices it.

    ``generated`` tells that this is no case but a file of near misses or generated stories.
    """

    mutant: int
    outcome: str
    case: str = ""
    generated: bool = False


class Trial(NamedTuple):
    """The mutants that are about to be tried together, by number."""

    mutants: tuple[int, ...]


class Examination:
    """Tries mutants of a law on cases, and remembers which worlds noticed which rules."""

    def __init__(self, law: Law, several: Iterable[Asked], generated: Iterable[Told] = ()) -> None:
        """Prepare the worlds of some cases and of what is generated."""
        self.law = law
        self.witnesses = witnesses_of(law, several, generated)
        self.circles = circles(law.rules)
        self.noticed_in: dict[int, list[int]] = {}
        self.reasons = Reasons(law, self.witnesses)

    def run(
        self, several: Mapping[int, Mutant], *, briefly: bool = False
    ) -> Iterator[Verdict | Trial]:
        """Try some mutants, by number: each gets a verdict, and each trial is announced.

        Args:
            several: the mutants; those that cannot be expressed are not among them.
            briefly: whether only a few worlds are asked for each.
        """
        yield Trial(tuple(several))
        alone = {n: m for n, m in several.items() if is_unstratified(self.law, self.circles, m)}
        left = {n: mutant for n, mutant in several.items() if n not in alone}
        near = self._reached(left, WORLDS_NEAR)
        yield from self._noticed_in(left, self._first(left, near))
        if briefly:
            for number in (*left, *alone):
                yield Verdict(number, SURVIVED if near.get(number) else UNREACHED)
            return
        if left or alone:
            yield Trial((*left, *alone))
        reached = self._reached({**left, **alone}, len(self.witnesses))
        yield from self._noticed_in(left, self._others(left, reached))
        explained = self.reasons.explained_in(left)
        for found in self._by_reasons(dict(left), reached, explained):
            if isinstance(found, Verdict):
                del left[found.mutant]
            yield found
        for number, mutant in {**left, **alone}.items():
            places = sorted(
                place
                for place in {*reached[number], *explained.get(number, ())}
                if number in alone or self.witnesses[place].unsettled
            )
            if places:
                yield Trial((number,))
            outcome = SURVIVED if reached[number] else UNREACHED
            yield self._noticed_alone(number, mutant, places) or Verdict(number, outcome)

    def _noticed_in(
        self, left: dict[int, Mutant], rounds: Iterable[dict[int, list[int]]]
    ) -> Iterator[Verdict | Trial]:
        """Try mutants in some worlds, round by round; those that are noticed are left no longer."""
        several = dict(left)
        for waiting in rounds:
            for found in self._by_answers(several, {n: waiting[n] for n in left}):
                if isinstance(found, Verdict):
                    del left[found.mutant]
                yield found

    def _reached(self, several: Mapping[int, Mutant], most: int) -> dict[int, set[int]]:
        """The worlds in which the rules of some mutants conclude otherwise, among so many of those
        that rest on them: those that are said to notice them, that ask about their provisions, and
        that are small; as many of cases as of what is generated."""
        rules = {mutant.rule for mutant in several.values()}
        headings = {mutant.heading for mutant in several.values()}
        names = {self.law.rules[rule].head.name for rule in rules}
        ids = {mutant.id for mutant in several.values()}

        def key(place: int) -> tuple[bool, bool, bool, int, int]:
            witness = self.witnesses[place]
            named = not ids.isdisjoint(witness.notices)
            same = any(posed.goal.name in names for posed in witness.posed)
            near = any(_near(p.goal.pinpoint, h) for p in witness.posed for h in headings)
            return not named, not same, not near, len(witness.case.statements), place

        places = [n for n, w in enumerate(self.witnesses) if not rules.isdisjoint(w.rules)]
        if len(places) > most:
            rows = [[p for p in places if self.witnesses[p].generated is g] for g in _KINDS]
            places = [p for row in rows for p in sorted(row, key=key)[: most // 2]]
        places.sort()
        some = [self.witnesses[place] for place in places]
        found = infected(self.law, self.circles, some, several)
        return {number: {places[n] for n in row} for number, row in found.items()}

    def _noticed(self, number: int, place: int) -> Verdict:
        witness = self.witnesses[place]
        return Verdict(number, NOTICED, str(witness.asked.path), witness.generated)

    def _first(
        self, several: Mapping[int, Mutant], reached: Mapping[int, Iterable[int]]
    ) -> list[dict[int, list[int]]]:
        """A few worlds to try each mutant in: those of cases, then those of what is generated."""
        return [
            {n: row[:WORLDS_FIRST] for n, row in self._of_kind(several, reached, kind).items()}
            for kind in _KINDS
        ]

    def _others(
        self, several: Mapping[int, Mutant], reached: Mapping[int, Iterable[int]]
    ) -> list[dict[int, list[int]]]:
        """All worlds to try each mutant in: those of cases, then those of what is generated."""
        return [self._of_kind(several, reached, kind) for kind in _KINDS]

    def _of_kind(
        self, several: Mapping[int, Mutant], reached: Mapping[int, Iterable[int]], generated: bool
    ) -> dict[int, list[int]]:
        """The worlds of cases, or of what is generated, in which to try each mutant, in order."""
        return {
            number: [
                place
                for place in self._in_order(mutant, reached[number])
                if self.witnesses[place].generated is generated
            ]
            for number, mutant in several.items()
        }

    def _in_order(self, mutant: Mutant, places: Iterable[int]) -> list[int]:
        """The worlds without unknown facts: that which is said to notice a mutant, those that ask
        what its rule concludes, those that ask about its provision; small first."""
        name = self.law.rules[mutant.rule].head.name

        def key(place: int) -> tuple[bool, bool, bool, int, int]:
            witness = self.witnesses[place]
            named = mutant.id in witness.notices
            same = any(posed.goal.name == name for posed in witness.posed)
            near = any(_near(posed.goal.pinpoint, mutant.heading) for posed in witness.posed)
            return not named, not same, not near, len(witness.case.statements), place

        return sorted((p for p in places if not self.witnesses[p].unsettled), key=key)

    def _by_answers(
        self, several: Mapping[int, Mutant], waiting: dict[int, list[int]]
    ) -> Iterator[Verdict | Trial]:
        """Put the questions of more and more worlds to mutants, until an answer is another one."""
        share = 1
        open_ = {n for n, row in waiting.items() if row}
        while open_:
            pairs: list[tuple[int, int]] = []
            for number in sorted(open_):
                queue = waiting[number]
                known = [p for p in self.noticed_in.get(several[number].rule, ()) if p in queue]
                chosen = list(dict.fromkeys([*known[-share:], *queue]))[:share]
                waiting[number] = [p for p in queue if p not in chosen]
                pairs += [(number, place) for place in chosen]
            for start in range(0, len(pairs), AT_ONCE):
                some = [pair for pair in pairs[start : start + AT_ONCE] if pair[0] in open_]
                if not some:
                    continue
                yield Trial(tuple(dict.fromkeys(number for number, _ in some)))
                for number, place in answered_otherwise(self.law, self.witnesses, several, some):
                    if number in open_:
                        open_.discard(number)
                        self.noticed_in.setdefault(several[number].rule, []).append(place)
                        yield self._noticed(number, place)
            open_ = {number for number in open_ if waiting[number]}
            share *= 2

    def _by_reasons(
        self,
        several: Mapping[int, Mutant],
        reached: Mapping[int, Iterable[int]],
        explained: Mapping[int, Iterable[int]],
    ) -> Iterator[Verdict | Trial]:
        """Look for an expected provision that the reasons no longer rest on.

        Where a mutant concludes what the law does, the reasons may still be others: in the worlds
        in which what its rule concludes is explained.
        """
        waiting: dict[int, list[int]] = {}
        for number, mutant in several.items():
            places = {p for p in reached[number] if self.reasons.names_provisions(p)}
            places |= set(explained[number])
            waiting[number] = self._in_order(mutant, places)[:WORLDS_REASONED]
        share = 1
        open_ = set(several)
        while open_:
            pairs = []
            for number in sorted(open_):
                if not waiting[number]:
                    open_.discard(number)
                pairs += [(number, place) for place in waiting[number][:share]]
                waiting[number] = waiting[number][share:]
            for start in range(0, len(pairs), REASONS_AT_ONCE):
                some = [pair for pair in pairs[start : start + REASONS_AT_ONCE] if pair[0] in open_]
                if not some:
                    continue
                yield Trial(tuple(dict.fromkeys(number for number, _ in some)))
                for number, place in self.reasons.otherwise(several, some):
                    if number in open_:
                        open_.discard(number)
                        yield self._noticed(number, place)
            share *= 2

    def _noticed_alone(self, number: int, mutant: Mutant, places: Iterable[int]) -> Verdict | None:
        """Whether some world notices a mutant with a grounding of its own."""
        law = replaced(self.law, mutant)
        for place in places:
            witness = self.witnesses[place]
            items = [(witness.asked, posed, posed.goal) for posed in witness.posed]
            goals = [posed.goal for posed in witness.posed]
            try:
                case = as_mutated(witness.case, witness.world)
                ground = ground_case(law, case, witness.world, goals)
            except InputError:
                return self._noticed(number, place)
            if ground.completion((), ()) is None or any(
                ground.answer(posed.goal) != posed.expectation.answer for posed in witness.posed
            ):
                return self._noticed(number, place)
            if witness.unsettled and not all(r.passed for r in judge(law, ground, items)):
                return self._noticed(number, place)
        return None


def _near(pinpoint: str, heading: str) -> bool:
    return pinpoint == heading or is_below(pinpoint, heading) or is_below(heading, pinpoint)

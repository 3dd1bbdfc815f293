"""Which reasons no longer rest on the provisions that a case expects, once a law is changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from reasoner.audit.mutants import Mutant
from reasoner.audit.together import ground_together
from reasoner.audit.witnesses import Witness
from reasoner.hypotheses.expectations import judge
from reasoner.lawfiles.rules import Law, Signature
from reasoner.reasons.justification import Justification
from reasoner.reasons.justify import justify
from reasoner.reasons.weigh import rests_on, support_costs
from reasoner.reasons.worlds import goal_in, ground_worlds, lift
from reasoner.solving.solve import ground_case


class Reasons:
    """The reasons for what is expected in some worlds, each explained once."""

    def __init__(self, law: Law, witnesses: Sequence[Witness]) -> None:
        """Begin with nothing explained."""
        self.law = law
        self.witnesses = witnesses
        self._explained: dict[int, set[Signature]] = {}
        self._reasoned: dict[int, set[int]] = {}

    def names_provisions(self, place: int) -> bool:
        """Whether it is expected somewhere that an answer rests on some provision."""
        return any(p.expectation.decided_by for p in self.witnesses[place].posed)

    def explained_in(self, several: Mapping[int, Mutant]) -> dict[int, list[int]]:
        """For each of some mutants the worlds in which it is explained what its rule concludes."""
        heads = {n: self.law.rules[m.rule].head.signature for n, m in several.items()}
        rules = {mutant.rule for mutant in several.values()}
        places = [
            place
            for place, witness in enumerate(self.witnesses)
            if self.names_provisions(place) and not rules.isdisjoint(witness.rules)
        ]
        new = [place for place in places if place not in self._explained]
        settled = [place for place in new if not self.witnesses[place].unsettled]
        if settled:
            witnesses = [self.witnesses[place] for place in settled]
            goals = [
                [goal_in(n, p.goal) for p in witness.posed if p.expectation.decided_by]
                for n, witness in enumerate(witnesses)
            ]
            wanted = [goal for row in goals for goal in row]
            lifted = lift(self.law, [p.goal for witness in witnesses for p in witness.posed])
            ground = ground_worlds(lifted, [(w.case, w.world) for w in witnesses], wanted)
            why = justify(ground, wanted)
            costs = support_costs(why)
            root = iter(why.roots)
            for place, row in zip(settled, goals, strict=True):
                found = _explained(why, costs, [next(root) for _ in row])
                self._explained[place] = {(name, arity - 1) for name, arity in found} | found
        for place in new[len(settled) :]:
            witness = self.witnesses[place]
            wanted = [p.goal for p in witness.posed if p.expectation.decided_by]
            why = justify(ground_case(self.law, witness.case, witness.world, wanted), wanted)
            self._explained[place] = _explained(why, support_costs(why), why.roots)
        return {
            number: [
                place
                for place in places
                if head in self._explained[place]
                and several[number].rule in self.witnesses[place].rules
            ]
            for number, head in heads.items()
        }

    def otherwise(
        self, several: Mapping[int, Mutant], pairs: Sequence[tuple[int, int]]
    ) -> Iterator[tuple[int, int]]:
        """Of some mutants, each in a world, those for which reasons are not the expected ones."""
        ground, goals = ground_together(self.law, self.witnesses, several, pairs)
        items = []
        owners = []
        for row, pair in zip(goals, pairs, strict=True):
            witness = self.witnesses[pair[1]]
            for posed, goal in zip(witness.posed, row, strict=True):
                if posed.expectation.decided_by:
                    items.append((witness.asked, posed, goal))
                    owners.append(pair)
        for pair, result in zip(owners, judge(self.law, ground, items), strict=True):
            if not result.passed and self._passes(pair[1], result.number):
                yield pair

    def _passes(self, place: int, number: int) -> bool:
        """Whether an expectation of a world is met by the law as it is."""
        if place not in self._reasoned:
            witness = self.witnesses[place]
            goals = [posed.goal for posed in witness.posed]
            ground = ground_case(self.law, witness.case, witness.world, goals)
            items = [(witness.asked, posed, posed.goal) for posed in witness.posed]
            self._reasoned[place] = {r.number for r in judge(self.law, ground, items) if r.passed}
        return number in self._reasoned[place]


def _explained(why: Justification, costs: dict[int, int], roots: Sequence[int]) -> set[Signature]:
    """The predicates that some explanations look at, and that count among what they rest on."""
    homes = set().union(*(rests_on(why, costs, root) for root in roots))
    return {
        (node.name, len(node.arguments))
        for number in why.below(roots)
        if (node := why.nodes[number]).kind in ("conclusion", "plumbing")
        and (not (home := why.pinpoint(number)) or home in homes)
    }

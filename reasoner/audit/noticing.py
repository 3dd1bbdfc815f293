"""Which mutants of a law the expectations of some cases notice.

First it is asked of all mutants together in which worlds their rule concludes anything else at
all; there the questions of the cases are put to the mutant. A mutant that is noticed is asked no
further. What only the reasons could show is looked at last, and so are cases with unknown facts
and mutants without strata, which need a grounding each.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import NamedTuple

from reasoner.audit.mutants import Mutant
from reasoner.audit.schemata import INFECTS, as_mutated, combine, infections, replaced
from reasoner.casefiles.case import Case
from reasoner.errors import InputError, Problem
from reasoner.hypotheses.check import Asked, Posed, judge
from reasoner.lawfiles.infer import rules_behind
from reasoner.lawfiles.rules import Law, Rule, Signature, is_below
from reasoner.lawfiles.strata import circles, dependencies
from reasoner.reasons.justify import Justification, justify
from reasoner.reasons.weigh import rests_on, support_costs
from reasoner.reasons.worlds import goal_in, ground_worlds, lift, world_name
from reasoner.solving.ground import Ground
from reasoner.solving.question import Goal
from reasoner.solving.solve import World, ground_case

# Mutants put to worlds together: the more the faster, as long as memory lasts.
AT_ONCE = 500
REASONS_AT_ONCE = 300
# Reasons take ten times as long as answers: they are compared in so many worlds for each mutant,
# those first that ask about its provision.
WORLDS_REASONED = 25

# What becomes of a mutant.
NOTICED, SURVIVED, UNREACHED, EQUIVALENT, INEXPRESSIBLE = (
    "noticed",
    "survived",
    "unreached",
    "equivalent",
    "inexpressible",
)


class Verdict(NamedTuple):
    """What became of a mutant, by its number, and the case that notices it."""

    mutant: int
    outcome: str
    case: str = ""


class Trial(NamedTuple):
    """The mutants that are about to be tried together, by number."""

    mutants: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Setting:
    """One case in one world, with what is asked there and the rules that the answers rest on."""

    asked: Asked
    world: World
    posed: tuple[Posed, ...]
    rules: frozenset[int]

    @property
    def case(self) -> Case:
        """The case."""
        return self.asked.case


class Examination:
    """Tries mutants of a law on cases, and remembers which worlds noticed which rules."""

    def __init__(self, law: Law, several: Sequence[Asked]) -> None:
        """Prepare the worlds of some cases; those with unknown facts are asked one by one."""
        self.law = law
        self.settings: list[Setting] = []
        behind: dict[Signature, frozenset[int]] = {}
        for asked in sorted(several, key=lambda asked: asked.unsettled):
            for world, posed in asked.worlds():
                signatures = {(p.goal.name, len(p.goal.arguments)) for p in posed}
                for signature in signatures - behind.keys():
                    behind[signature] = frozenset(r.number for r in rules_behind(law, [signature]))
                rules = frozenset().union(*(behind[s] for s in signatures))
                self.settings.append(Setting(asked, world, tuple(posed), rules))
        self.unsettled = sum(setting.asked.unsettled for setting in self.settings)
        self.circles = circles(law.rules)
        self.recursive = frozenset().union(*self.circles)
        self.noticed_in: dict[int, list[int]] = {}
        self._explained: dict[int, set[Signature]] = {}
        self._reasoned: dict[int, set[int]] = {}

    def unstratified(self, mutant: Mutant) -> bool:
        """Whether a mutant rests on its own negation."""
        if mutant.changed is None:
            return False
        head = mutant.changed.head.signature
        circle = next((c for c in self.circles if head in c), frozenset())
        was = _looked_at(self.law.rules[mutant.rule])
        return any(
            signature in circle and strict and not was.get(signature, False)
            for signature, strict in _looked_at(mutant.changed).items()
        )

    def run(self, several: Mapping[int, Mutant]) -> Iterator[Verdict | Trial]:
        """Try some mutants, by number: each gets a verdict, and each trial is announced.

        Args:
            several: the mutants; those that cannot be expressed are not among them.
        """
        yield Trial(tuple(several))
        reached = self.infected(several)
        alone = {n: mutant for n, mutant in several.items() if self.unstratified(mutant)}
        together = {n: mutant for n, mutant in several.items() if n not in alone}
        settled = {
            n: [p for p in places if not self._unsettled(p)] for n, places in reached.items()
        }
        waiting = {n: self._in_order(mutant, settled[n]) for n, mutant in together.items()}
        left: dict[int, Mutant] = {}
        for found in self._by_answers(together, waiting):
            if isinstance(found, Verdict) and found.outcome == SURVIVED:
                left[found.mutant] = together[found.mutant]
            else:
                yield found
        still: dict[int, Mutant] = {}
        explained = self._explained_in(left)
        for found in self._by_reasons(left, settled, explained):
            if isinstance(found, Verdict) and found.outcome == SURVIVED:
                still[found.mutant] = left[found.mutant]
            else:
                yield found
        for number, mutant in {**still, **alone}.items():
            places = sorted(
                place
                for place in {*reached[number], *explained.get(number, ())}
                if number in alone or self._unsettled(place)
            )
            if places:
                yield Trial((number,))
            case = self._noticed_alone(mutant, places)
            outcome = NOTICED if case else SURVIVED if reached[number] else UNREACHED
            yield Verdict(number, outcome, case)

    def _unsettled(self, place: int) -> bool:
        return place >= len(self.settings) - self.unsettled

    def infected(self, several: Mapping[int, Mutant]) -> dict[int, set[int]]:
        """For each of some mutants the places of the worlds in which its rule concludes otherwise.

        Only worlds in which something rests on the rule are looked at. Where facts are unknown,
        the rule may conclude otherwise. Of mutants without strata nothing can be told, nor of those
        that clingo refuses, and all these worlds are named.
        """
        found: dict[int, set[int]] = {number: set() for number in several}
        unsure = {number: m for number, m in several.items() if self.unstratified(m)}
        sure = {number: m for number, m in several.items() if number not in unsure}
        try:
            for number, place in self._infected(sure) if sure else ():
                found[number].add(place)
        except InputError:
            if len(sure) > 1:
                numbers = list(sure)
                for half in (numbers[: len(numbers) // 2], numbers[len(numbers) // 2 :]):
                    found |= self.infected({number: sure[number] for number in half})
            else:
                unsure |= sure
        for number, mutant in unsure.items():
            rests = (n for n, setting in enumerate(self.settings) if mutant.rule in setting.rules)
            found[number] = set(rests)
        return found

    def _infected(self, several: Mapping[int, Mutant]) -> Iterator[tuple[int, int]]:
        """The worlds in which the rules of some mutants conclude otherwise: mutant and place."""
        law = infections(self.law, several, self.recursive)
        rules = {mutant.rule for mutant in several.values()}
        places = [n for n, s in enumerate(self.settings) if not rules.isdisjoint(s.rules)]
        settled = [place for place in places if not self._unsettled(place)]
        if settled:
            settings = [self.settings[place] for place in settled]
            worlds = [(as_mutated(s.case, s.world), s.world) for s in settings]
            ground = ground_worlds(lift(law), worlds, [goal_in(0, Goal(INFECTS, (None,), ""))])
            owners = {world_name(n): place for n, place in enumerate(settled)}
            for world, text in ground.rows((INFECTS, 2)):
                if several[int(text)].rule in self.settings[owners[world]].rules:
                    yield int(text), owners[world]
        for place in places[len(settled) :]:
            setting = self.settings[place]
            case = as_mutated(setting.case, setting.world)
            ground = ground_case(law, case, setting.world, [Goal(INFECTS, (None,), "")])
            for (text,) in ground.rows((INFECTS, 1)):
                if several[int(text)].rule in setting.rules:
                    yield int(text), place

    def _in_order(self, mutant: Mutant, places: Iterable[int]) -> list[int]:
        """The worlds to try a mutant in: those that ask about its provision first, small first."""

        def key(place: int) -> tuple[bool, int, int]:
            setting = self.settings[place]
            near = any(_near(posed.goal.pinpoint, mutant.heading) for posed in setting.posed)
            return not near, len(setting.case.statements), place

        return sorted(places, key=key)

    def _by_answers(
        self, several: Mapping[int, Mutant], waiting: dict[int, list[int]]
    ) -> Iterator[Verdict | Trial]:
        """Put the questions of more and more worlds to mutants, until an answer is another one."""
        share = 1
        open_ = {n for n in several if waiting[n]}
        for number in several:
            if number not in open_:
                yield Verdict(number, SURVIVED)
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
                for number, place in self._otherwise(several, some):
                    if number in open_:
                        open_.discard(number)
                        self.noticed_in.setdefault(several[number].rule, []).append(place)
                        yield Verdict(number, NOTICED, self.settings[place].case.path)
            for number in sorted(open_):
                if not waiting[number]:
                    open_.discard(number)
                    yield Verdict(number, SURVIVED)
            share *= 2

    def _otherwise(
        self, several: Mapping[int, Mutant], pairs: Sequence[tuple[int, int]]
    ) -> Iterator[tuple[int, int]]:
        """Of some mutants, each in a world, those that are answered otherwise there."""
        try:
            ground, goals = self._ground(several, pairs)
        except InputError:
            if len(pairs) == 1:
                yield pairs[0]
                return
            half = len(pairs) // 2
            yield from self._otherwise(several, pairs[:half])
            yield from self._otherwise(several, pairs[half:])
            return
        spoiled = {str(problem.arguments[0]) for problem in ground.contradictions()}
        for n, pair in enumerate(pairs):
            posed = self.settings[pair[1]].posed
            if world_name(n) in spoiled or any(
                ground.answer(goal) != p.expectation.answer
                for p, goal in zip(posed, goals[n], strict=True)
            ):
                yield pair

    def _ground(
        self, several: Mapping[int, Mutant], pairs: Sequence[tuple[int, int]]
    ) -> tuple[Ground, list[list[Goal]]]:
        """Some mutants, each in a world of its own; the goals by world."""
        law = combine(self.law, {number: several[number] for number, _ in pairs})
        worlds = []
        goals = []
        for n, (number, place) in enumerate(pairs):
            setting = self.settings[place]
            case = as_mutated(setting.case, setting.world, several[number], number)
            worlds.append((case, setting.world))
            goals.append([goal_in(n, posed.goal) for posed in setting.posed])
        asked = [posed.goal for _, place in pairs for posed in self.settings[place].posed]
        wanted = [goal for row in goals for goal in row]
        lifted = lift(law, asked)
        return ground_worlds(lifted, worlds, wanted), goals

    def _by_reasons(
        self,
        several: Mapping[int, Mutant],
        reached: Mapping[int, Sequence[int]],
        explained: Mapping[int, Iterable[int]],
    ) -> Iterator[Verdict | Trial]:
        """Look for an expected provision that the reasons no longer rest on.

        Where a mutant concludes what the law does, the reasons may still be others: in the worlds
        in which what its rule concludes is explained.
        """
        waiting: dict[int, list[int]] = {}
        for number, mutant in several.items():
            places = {place for place in reached[number] if self._names_provisions(place)}
            places |= {place for place in explained[number] if not self._unsettled(place)}
            waiting[number] = self._in_order(mutant, places)[:WORLDS_REASONED]
        share = 1
        open_ = set(several)
        while open_:
            pairs = []
            for number in sorted(open_):
                if not waiting[number]:
                    open_.discard(number)
                    yield Verdict(number, SURVIVED)
                pairs += [(number, place) for place in waiting[number][:share]]
                waiting[number] = waiting[number][share:]
            for start in range(0, len(pairs), REASONS_AT_ONCE):
                some = [pair for pair in pairs[start : start + REASONS_AT_ONCE] if pair[0] in open_]
                if not some:
                    continue
                yield Trial(tuple(dict.fromkeys(number for number, _ in some)))
                for number, place in self._otherwise_reasoned(several, some):
                    if number in open_:
                        open_.discard(number)
                        yield Verdict(number, NOTICED, self.settings[place].case.path)
            share *= 2

    def _explained_in(self, several: Mapping[int, Mutant]) -> dict[int, list[int]]:
        """For each of some mutants the worlds in which it is explained what its rule concludes."""
        heads = {n: self.law.rules[m.rule].head.signature for n, m in several.items()}
        rules = {mutant.rule for mutant in several.values()}
        places = [
            place
            for place, setting in enumerate(self.settings)
            if self._names_provisions(place) and not rules.isdisjoint(setting.rules)
        ]
        new = [place for place in places if place not in self._explained]
        settled = [place for place in new if not self._unsettled(place)]
        if settled:
            settings = [self.settings[place] for place in settled]
            goals = [
                [goal_in(n, p.goal) for p in setting.posed if p.expectation.decided_by]
                for n, setting in enumerate(settings)
            ]
            wanted = [goal for row in goals for goal in row]
            lifted = lift(self.law, [p.goal for setting in settings for p in setting.posed])
            ground = ground_worlds(lifted, [(s.case, s.world) for s in settings], wanted)
            why = justify(ground, wanted)
            costs = support_costs(why)
            root = iter(why.roots)
            for place, row in zip(settled, goals, strict=True):
                found = _explained(why, costs, [next(root) for _ in row])
                self._explained[place] = {(name, arity - 1) for name, arity in found} | found
        for place in new[len(settled) :]:
            setting = self.settings[place]
            wanted = [p.goal for p in setting.posed if p.expectation.decided_by]
            why = justify(ground_case(self.law, setting.case, setting.world, wanted), wanted)
            self._explained[place] = _explained(why, support_costs(why), why.roots)
        return {
            number: [
                place
                for place in places
                if head in self._explained[place]
                and several[number].rule in self.settings[place].rules
            ]
            for number, head in heads.items()
        }

    def _names_provisions(self, place: int) -> bool:
        return any(p.expectation.decided_by for p in self.settings[place].posed)

    def _otherwise_reasoned(
        self, several: Mapping[int, Mutant], pairs: Sequence[tuple[int, int]]
    ) -> Iterator[tuple[int, int]]:
        """Of some mutants, each in a world, those for which reasons are not the expected ones."""
        ground, goals = self._ground(several, pairs)
        items = []
        owners = []
        for row, pair in zip(goals, pairs, strict=True):
            setting = self.settings[pair[1]]
            for posed, goal in zip(setting.posed, row, strict=True):
                if posed.expectation.decided_by:
                    items.append((setting.asked, posed, goal))
                    owners.append(pair)
        for pair, result in zip(owners, judge(self.law, ground, items), strict=True):
            if not result.passed and self._passes(pair[1], result.number):
                yield pair

    def _passes(self, place: int, number: int) -> bool:
        """Whether an expectation of a world is met by the law as it is."""
        if place not in self._reasoned:
            setting = self.settings[place]
            goals = [posed.goal for posed in setting.posed]
            ground = ground_case(self.law, setting.case, setting.world, goals)
            items = [(setting.asked, posed, posed.goal) for posed in setting.posed]
            self._reasoned[place] = {r.number for r in judge(self.law, ground, items) if r.passed}
        return number in self._reasoned[place]

    def unmet(self, rules: Set[int]) -> list[Problem]:
        """The expectations whose answer is another one under the law as it is.

        Args:
            rules: only what rests on one of these is looked at.
        """
        settings = [s for s in self.settings if not rules.isdisjoint(s.rules)]
        settled = [setting for setting in settings if not setting.asked.unsettled]
        wanted = [goal_in(n, p.goal) for n, s in enumerate(settled) for p in s.posed]
        lifted = lift(self.law, [posed.goal for s in settled for posed in s.posed])
        together = ground_worlds(lifted, [(s.case, s.world) for s in settled], wanted)
        spoiled = {str(problem.arguments[0]) for problem in together.contradictions()}
        found = []
        for n, setting in enumerate(settings):
            if n < len(settled) and world_name(n) not in spoiled:
                ground = together
            else:
                goals = [posed.goal for posed in setting.posed]
                ground = ground_case(self.law, setting.case, setting.world, goals)
            for posed in setting.posed:
                goal = goal_in(n, posed.goal) if ground is together else posed.goal
                if ground.answer(goal) != posed.expectation.answer:
                    place = posed.expectation.position
                    message = "the law does not answer what this case expects"
                    hint = "`reasoner check` says what it answers"
                    found.append(
                        setting.case.source.problem(message, place.line, place.column, 1, hint)
                    )
        return found

    def _noticed_alone(self, mutant: Mutant, places: Iterable[int]) -> str:
        """The case that notices a mutant with a grounding of its own; empty if none does."""
        law = replaced(self.law, mutant)
        for place in places:
            setting = self.settings[place]
            items = [(setting.asked, posed, posed.goal) for posed in setting.posed]
            case = as_mutated(setting.case, setting.world)
            try:
                ground = ground_case(
                    law, case, setting.world, [posed.goal for posed in setting.posed]
                )
            except InputError:
                return setting.case.path
            if ground.completion((), ()) is None or any(
                ground.answer(posed.goal) != posed.expectation.answer for posed in setting.posed
            ):
                return setting.case.path
            if self._unsettled(place) and not all(r.passed for r in judge(law, ground, items)):
                return setting.case.path
        return ""


def _explained(why: Justification, costs: dict[int, int], roots: Sequence[int]) -> set[Signature]:
    """The predicates that some explanations look at, and that count among what they rest on."""
    homes = set().union(*(rests_on(why, costs, root) for root in roots))
    seen: set[int] = set()
    waiting = list(roots)
    while waiting:
        number = waiting.pop()
        if number not in seen:
            seen.add(number)
            waiting += [edge.target for edge in why.edges[number]]
    return {
        (node.name, len(node.arguments))
        for number in seen
        if (node := why.nodes[number]).kind in ("conclusion", "plumbing")
        and (not (home := why.pinpoint(number)) or home in homes)
    }


def _near(pinpoint: str, heading: str) -> bool:
    return pinpoint == heading or is_below(pinpoint, heading) or is_below(heading, pinpoint)


def _looked_at(rule: Rule) -> dict[Signature, bool]:
    """The predicates that a rule looks at; True where through ``not`` or a count."""
    return dependencies([rule]).get(rule.head.signature, {})

"""Which mutants of a law the expectations of some cases notice.

First it is asked of all mutants together in which worlds their rule concludes anything else at
all; there the questions of the cases are put to the mutant. A mutant that is noticed is asked no
further. What only the reasons could show is looked at last, and so are cases with unknown facts
and mutants without strata, which need a grounding each.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
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
        for found in self._by_reasons(left, settled):
            if isinstance(found, Verdict) and found.outcome == SURVIVED:
                still[found.mutant] = left[found.mutant]
            else:
                yield found
        for number, mutant in {**still, **alone}.items():
            places = sorted(p for p in reached[number] if number in alone or self._unsettled(p))
            if places:
                yield Trial((number,))
            case = self._noticed_alone(mutant, places)
            outcome = NOTICED if case else SURVIVED if reached[number] else UNREACHED
            yield Verdict(number, outcome, case)

    def _unsettled(self, place: int) -> bool:
        return place >= len(self.settings) - self.unsettled

    def infected(self, several: Mapping[int, Mutant]) -> dict[int, set[int]]:
        """For each of some mutants the places of the worlds in which its rule concludes otherwise.

        Only worlds in which something rests on the rule are looked at. Of mutants without strata
        nothing can be told, and all those are named. Where facts are unknown, the rule may conclude
        otherwise.
        """
        rules = {mutant.rule for mutant in several.values()}
        settled = range(len(self.settings) - self.unsettled)
        places = [n for n in settled if not rules.isdisjoint(self.settings[n].rules)]
        found: dict[int, set[int]] = {number: set() for number in several}
        law = infections(self.law, several, self.recursive)
        if places:
            lifted = lift(law)
            worlds = [
                (as_mutated(s.case, s.world), s.world)
                for s in map(self.settings.__getitem__, places)
            ]
            ground = ground_worlds(lifted, worlds, [goal_in(0, Goal(INFECTS, (None,), ""))])
            owners = {world_name(n): place for n, place in enumerate(places)}
            for world, text in ground.rows((INFECTS, 2)):
                number, place = int(text), owners[world]
                if several[number].rule in self.settings[place].rules:
                    found[number].add(place)
        for place in range(len(settled), len(self.settings)):
            setting = self.settings[place]
            ground = ground_case(
                law,
                as_mutated(setting.case, setting.world),
                setting.world,
                [Goal(INFECTS, ("0",), "")],
            )
            for (text,) in ground.rows((INFECTS, 1)):
                if several[int(text)].rule in setting.rules:
                    found[int(text)].add(place)
        for number, mutant in several.items():
            if self.unstratified(mutant):
                found[number] = {
                    n for n, setting in enumerate(self.settings) if mutant.rule in setting.rules
                }
        return found

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
        self, several: Mapping[int, Mutant], reached: Mapping[int, Sequence[int]]
    ) -> Iterator[Verdict | Trial]:
        """Look for an expected provision that the reasons no longer rest on."""
        waiting = {
            n: [p for p in self._in_order(m, reached[n]) if self._names_provisions(p)][
                :WORLDS_REASONED
            ]
            for n, m in several.items()
        }
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

    def unmet(self) -> list[Problem]:
        """The expectations whose answer is another one under the law as it is."""
        settled = self.settings[: len(self.settings) - self.unsettled]
        wanted = [goal_in(n, p.goal) for n, s in enumerate(settled) for p in s.posed]
        lifted = lift(self.law, [posed.goal for s in self.settings for posed in s.posed])
        together = ground_worlds(lifted, [(s.case, s.world) for s in settled], wanted)
        spoiled = {str(problem.arguments[0]) for problem in together.contradictions()}
        found = []
        for n, setting in enumerate(self.settings):
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


def _near(pinpoint: str, heading: str) -> bool:
    return pinpoint == heading or is_below(pinpoint, heading) or is_below(heading, pinpoint)


def _looked_at(rule: Rule) -> dict[Signature, bool]:
    """The predicates that a rule looks at; True where through ``not`` or a count."""
    return dependencies([rule]).get(rule.head.signature, {})

"""Look for the smallest story that breaks a claim, within a stated scope.

clingo chooses a story (:mod:`reasoner.stories.stories`) in which the claim is violated and that
costs least: entities and facts, then days. What is nearest to the claim is looked at first. A
story found is put to the law like any other case, and its reasons say what it turns on; the next
story has to turn on something else.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from reasoner.casefiles.case import Case
from reasoner.hypotheses.bounds import bound_counts
from reasoner.lawfiles.rules import Law, Signature
from reasoner.reasons.justification import Justification
from reasoner.reasons.justify import justify
from reasoner.solving.ground import Ground
from reasoner.solving.question import Goal
from reasoner.solving.solve import World, facts_of, facts_of_world, world_of
from reasoner.stories.claims import Claim
from reasoner.stories.kinds import Kind, kind_of, rule_out
from reasoner.stories.reach import Way, distances
from reasoner.stories.remarked import Piece
from reasoner.stories.stages import Stage, count_statements, stages
from reasoner.stories.stories import Setting, story_program
from reasoner.stories.telling import (
    FOUND,
    Condition,
    case_of,
    claim_program,
    conditions_of,
    told_program,
    uses,
)

MOST_STATEMENTS = 60_000


@dataclass(frozen=True, slots=True)
class Counterexample:
    """A story that breaks a claim: the case, how its conditions stand there, and why.

    ``conditions`` are what the violated rule and the rules that help it say of the law, as goals,
    each with whether it holds; they are the roots of ``why``. ``kind`` is what the story turns on.
    """

    case: Case
    world: World
    conditions: tuple[Condition, ...]
    why: Justification
    kind: Kind
    stage: Stage


class TooLarge(NamedTuple):
    """A part of a scope that was not searched: it would choose from too many statements."""

    stage: Stage
    statements: int


@dataclass(slots=True)
class Refutation:
    """A search for stories that break a claim.

    Args:
        law: the law.
        claim: the claim.
        setting: what stories are made of.
        scope: how many entities of each type there may be at most, how far from the claim and how
            close to the days of the grid to look; see :mod:`reasoner.stories.stages`.
        readings: the options taken, beside those that the claim names.
        law_date: the date of the law.
        most: from how many statements the stories of a stage may be chosen.

    ``searched`` are the parts of the scope searched to the end, ``too_large`` those that were not
    begun.
    """

    law: Law
    claim: Claim
    setting: Setting
    scope: Mapping[str, int]
    readings: Sequence[tuple[str, str]] = ()
    law_date: int | None = None
    most: int = MOST_STATEMENTS
    searched: list[Stage] = field(default_factory=list)
    too_large: list[TooLarge] = field(default_factory=list)
    bounded: Law = field(init=False)
    _bounded_claim: Claim = field(init=False)

    def __post_init__(self) -> None:
        """Write counts as bounds once, for all searches, and take the days of the claim."""
        self.bounded = bound_counts(self.law)
        if self.claim.days:
            self.setting = self.setting.on_days(self.claim.days)
        self._bounded_claim = _with_bounds(self.law, self.claim)

    @property
    def taken(self) -> tuple[tuple[str, str], ...]:
        """The options that are chosen: the claim's, and those asked for."""
        return tuple(dict([*self.claim.readings, *self.readings]).items())

    def stages(self) -> list[Stage]:
        """The parts of the scope, in the order of the search; the last contains all stories."""
        helping, _ = self._apart()
        return stages(self.law, self.setting, helping, self.scope, self.claim.without)

    def widest(self) -> Stage:
        """All of the scope with the facts that no story needs.

        Where a story breaks the claim, another may turn on something else because of such facts.
        """
        helping, hindering = self._apart()
        every = {**hindering, **helping}
        return stages(self.law, self.setting, every, self.scope, self.claim.without)[-1]

    def _apart(self) -> tuple[dict[str, int], dict[str, int]]:
        options: dict[str, Sequence[str]] = {
            r.id: (r.default,) for r in self.law.vocabulary.readings.values()
        }
        options |= {name: (option,) for name, option in self.taken}
        ways = [_way(piece) for piece in self.claim.pieces]
        broken = {piece.head.signature for piece in self.claim.violations}
        return distances(self.law, ways, broken, options)

    def run(self) -> Iterator[Counterexample | None]:
        """Search.

        Yields:
            Each story, those of the first parts first; None as a sign of life.

        Raises:
            InputError: when clingo complains.
        """
        kinds: list[Kind] = []
        for stage in self.stages():
            yield None
            if self.fits(stage):
                yield from self._search(stage, kinds)
                self.searched.append(stage)
        widest = self.widest()
        if kinds and widest not in self.searched and self.fits(widest):
            yield from self._search(widest, kinds)
            self.searched.append(widest)

    def some(self) -> Generator[None, None, bool]:
        """Whether any story of all of the scope may break the claim, without looking for it.

        A claim that holds is found to in one part of the scope instead of all.

        Raises:
            InputError: when clingo complains.
        """
        stage = self.stages()[-1]
        if not self.fits(stage) or (yield from self.ground(stage).search()) is not None:
            return True
        self.searched.append(stage)
        return False

    def fits(self, stage: Stage) -> bool:
        """Whether a part of the scope is small enough to be searched; if not, that is noted."""
        statements = count_statements(self.law, self.setting, stage)
        if statements > self.most:
            self.too_large.append(TooLarge(stage, statements))
        return statements <= self.most

    def _search(self, stage: Stage, kinds: list[Kind]) -> Iterator[Counterexample | None]:
        """The stories of one stage that are of no kind found before."""
        ground = self.ground(stage)
        for number, kind in enumerate(kinds):
            rule_out(ground, self.law, kind, number)
        told = self.told(ground, stage)
        while True:
            if (yield from ground.search()) is None:
                return
            chosen = yield from ground.search(among=told.values(), cheapest=True, by_cores=True)
            assert chosen is not None
            atoms = yield from self._on_usual_days(
                stage, [text for text, number in told.items() if number in chosen], kinds
            )
            found = self.explain(stage, atoms)
            alike = any(found.kind.pinpoints == kind.pinpoints for kind in kinds)
            yield None if alike else found
            rule_out(ground, self.law, found.kind, len(kinds))
            kinds.append(found.kind)

    def _on_usual_days(
        self, stage: Stage, atoms: Sequence[str], kinds: Sequence[Kind]
    ) -> Generator[None, None, list[str]]:
        """The facts of a story on few and usual days."""
        names = [atom.partition("(")[0] for atom in atoms]
        entities = {kind: names.count(kind) for kind in stage.entities if kind in names}
        facts = tuple(name for name in stage.facts if name in names)
        smaller = Stage(entities, facts, stage.beside)
        ground = self.ground(smaller, days=True)
        for number, kind in enumerate(kinds):
            rule_out(ground, self.law, kind, number)
        told = self.told(ground, smaller)
        chosen = yield from ground.search(among=told.values(), cheapest=True, by_cores=True)
        if chosen is None:
            return list(atoms)
        return [text for text, number in told.items() if number in chosen]

    def ground(self, stage: Stage, more: Iterable[str] = (), *, days: bool = False) -> Ground:
        """The stories of a stage that break the claim, as choices.

        Args:
            stage: the part of the scope.
            more: further rules.
            days: whether few and usual days count as well, after the facts.

        Raises:
            InputError: when clingo complains.
        """
        program = [
            *story_program(
                self.law, self.setting, stage.facts, stage.entities, beside=stage.beside, days=days
            ),
            *claim_program(self._bounded_claim),
            f":- not {FOUND}(_).",
            *_without_contradictions(self.law),
            *facts_of_world(World(0, self.law_date, self.taken))[1:],
            *more,
        ]
        return Ground(self.bounded, program, goals=self.goals())

    def goals(self) -> list[Goal]:
        """All that the claim and the axioms look at, and the values that facts may have."""
        tables = {(kind, 1) for kind in self.law.vocabulary.kinds}
        asked = sorted(looked_at(self.claim) | self.setting.looks_at | tables)
        return [Goal(name, (None,) * arity, "") for name, arity in asked]

    def told(self, ground: Ground, stage: Stage) -> dict[str, int]:
        """The solver's numbers of the atoms that make up a story."""
        facts = [(name, self.law.vocabulary.facts[name].arity) for name in stage.facts]
        others = [(name, 1) for name in (*stage.entities, "as_of")]
        return {
            text: number
            for signature in (*facts, *others)
            for text, number in ground.numbered(signature).items()
        }

    def explain(
        self, stage: Stage, atoms: Iterable[str], readings: Sequence[tuple[str, str]] = ()
    ) -> Counterexample:
        """Put a story to the law like any other case, and see what it turns on.

        Args:
            stage: the part of the scope in which it was found.
            atoms: what is true in it.
            readings: the options taken beside those of the search.
        """
        title = self.claim.words.get(self.law.language, "") or self.claim.words.get("en", "")
        taken = tuple(dict([*self.taken, *readings]).items())
        case = case_of(self.law, atoms, taken, self.law_date, title)
        world = world_of(self.law, case)
        facts = [*facts_of(case), *facts_of_world(world)]
        more = [*claim_program(self.claim), *told_program(self.claim)]
        ground = Ground(self.law, [*facts, *more], goals=self.goals())
        conditions = conditions_of(self.law, self.claim, ground)
        why = justify(ground, [condition.goal for condition in conditions])
        for root, condition in zip(why.roots, conditions, strict=True):
            assert why.nodes[root].holds is condition.holds, condition
        return Counterexample(case, world, conditions, why, kind_of(why, case, ground), stage)


def _with_bounds(law: Law, claim: Claim) -> Claim:
    """A claim with its counts written as bounds."""
    pieces = []
    for piece in claim.pieces:
        bounded = bound_counts(replace(law, rules=piece.rules)).rules
        pieces.append(piece._replace(text=bounded[0].text) if len(bounded) == 1 else piece)
    return replace(claim, pieces=tuple(pieces))


def looked_at(claim: Claim) -> set[Signature]:
    """What the law concludes or a case states that a claim looks at."""
    own = {piece.head.signature for piece in claim.pieces}
    return {use.signature for use in uses(claim)} - own


def _way(piece: Piece) -> Way:
    needs = dict.fromkeys((use.signature, not use.negated) for use in piece.body)
    return Way(piece.head.signature, tuple(needs))


def _without_contradictions(law: Law) -> Iterator[str]:
    for name, arity in sorted(law.heads):
        if name == "problem":
            yield f":- {name}({','.join('_' * arity)})." if arity else f":- {name}."

"""Stories in which a mutant answers something otherwise than the law does, or that there are none.

clingo chooses a story in which some mutants of a batch differ from the law
(:mod:`reasoner.audit.copies`); the story is put to all that do so in it, and each that answers some
question otherwise is done with. What no story of a scope tells apart is as good as the law there.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Mapping
from typing import NamedTuple

from reasoner.audit.copies import told_apart
from reasoner.audit.differing import Asker, Difference
from reasoner.audit.mutants import Mutant
from reasoner.audit.noticing import Trial
from reasoner.audit.occasions import Occasion, by_rule, occasions
from reasoner.audit.rewriting import DAY_OF_CASE
from reasoner.audit.sought import Inquiry, Patience, Sought, refutation
from reasoner.casefiles.case import Case
from reasoner.errors import InputError
from reasoner.lawfiles.rules import Law
from reasoner.lawfiles.strata import circles
from reasoner.solving.ground import GIVEN_UP, Ground
from reasoner.solving.solve import World, world_of
from reasoner.stories.claims import BESIDE, VIOLATED
from reasoner.stories.extent import written_scope
from reasoner.stories.refute import Refutation
from reasoner.stories.stages import Stage
from reasoner.stories.telling import case_of

AT_ONCE = 24  # mutants sought together


class Killed(NamedTuple):
    """A story, as the atoms that hold in it, and the questions that mutants answer otherwise."""

    atoms: tuple[str, ...]
    occasion: Occasion
    differences: tuple[Difference, ...]

    def told(self, law: Law) -> tuple[Case, World]:
        """The story as a case, in its world."""
        case = case_of(law, self.atoms, self.occasion.readings, self.occasion.law_date, "")
        return case, world_of(law, case)


class Spared(NamedTuple):
    """A mutant that no story of a part of the scope tells from the law.

    ``part`` is as a scope is written, empty where no part was searched to the end; ``whole`` tells
    whether it is all of the scope.
    """

    mutant: int
    part: str
    whole: bool


class Hunt:
    """A search for stories that tell mutants from the law."""

    def __init__(self, inquiry: Inquiry, patience: Patience) -> None:
        """Prepare what all searches share.

        Args:
            inquiry: what stories are made of, and the scope; the readings and the date of the law
                are those on which each mutant can show.
            patience: how long to search.
        """
        law = self.law = inquiry.law
        self.inquiry = inquiry
        self.patience = patience
        self.asker = Asker(law)
        self.circles = circles(law.rules)
        self.conditions = by_rule(law)

    def run(self, several: Mapping[int, Mutant]) -> Iterator[Killed | Spared | Trial | None]:
        """Search.

        Args:
            several: the mutants, by number.

        Yields:
            Stories that tell some of them from the law, and at last those that none does; the
            mutants that are about to be tried together; None as a sign of life.
        """
        left = dict(several)
        spared: dict[int, list[tuple[Stage | None, bool]]] = {number: [] for number in several}
        batches: dict[Occasion, list[int]] = {}
        for number, mutant in several.items():
            for occasion in occasions(self.law, mutant, self.conditions):
                batches.setdefault(occasion, []).append(number)
        for occasion in sorted(batches, key=lambda o: (len(o.readings), str(o))):
            numbers = batches[occasion]
            for start in range(0, len(numbers), AT_ONCE):
                some = {n: left[n] for n in numbers[start : start + AT_ONCE] if n in left}
                if some:
                    yield Trial(tuple(some))
                    yield from self._batch(occasion, some, left, spared)
        for number in left:
            parts = spared[number]
            whole = bool(parts) and all(whole for _, whole in parts)
            stages = [stage for stage, _ in parts]
            part = "" if None in stages or not stages else _written(self.law, stages)
            yield Spared(number, part, whole)

    def _batch(
        self,
        occasion: Occasion,
        some: Mapping[int, Mutant],
        left: dict[int, Mutant],
        spared: dict[int, list[tuple[Stage | None, bool]]],
    ) -> Iterator[Killed | None]:
        """Search for the mutants of a batch on one occasion, the nearest stories first."""
        sought: dict[int, Sought] = {}
        for number, mutant in some.items():
            one = told_apart(self.law, self.asker.users, mutant, self.circles, number)
            if one is not None:
                sought[number] = one
        searched: dict[int, Stage] = {}
        if not sought:
            for number in some:
                spared[number].append((None, False))
            return
        inquiry = self.inquiry._replace(readings=occasion.readings, law_date=occasion.law_date)
        search = refutation(inquiry, list(sought.values()))
        rows = [row.text for number in sought for row in some[number].rows]
        rows.append(f"{DAY_OF_CASE}(D) :- _used_day(D).")
        stages = search.stages()
        missed: set[int] = set()
        for stage in stages:
            yield None
            open_ = [n for n in sought if n in left and n not in missed]
            if not open_ or not search.fits(stage):
                break
            try:
                ground = search.ground(stage, rows)
            except InputError:
                break
            told = search.told(ground, stage)
            numbers = ground.numbered((VIOLATED, 1))
            names = {n: f"{VIOLATED}(m{n})" for n in open_}
            happening = {n: numbers[name] for n, name in names.items() if name in numbers}
            ended = yield from self._drain(ground, told, search, happening, occasion, left, missed)
            for number in open_:
                if number in left and (ended or names[number] not in numbers):
                    searched[number] = stage
            if not ended:
                break
        for number in some:
            stage_ = None if number in missed else searched.get(number)
            spared[number].append((stage_, stage_ is not None and stage_ == stages[-1]))

    def _drain(
        self,
        ground: Ground,
        told: Mapping[str, int],
        search: Refutation,
        happening: dict[int, int],
        occasion: Occasion,
        left: dict[int, Mutant],
        missed: set[int],
    ) -> Generator[Killed | None, None, bool]:
        """Find story after story until none tells any more apart; False if given up."""
        while happening:
            assumed = [ground.define(happening.values())]
            among = [*happening.values(), *told.values()]
            found = yield from ground.search(assumed, among, most=self.patience.together)
            if found is GIVEN_UP:
                return False
            if found is None:
                return True
            shown = [n for n, literal in happening.items() if literal in found]
            smaller = yield from ground.search(
                [happening[shown[0]]],
                among,
                cheapest=True,
                by_cores=True,
                most=self.patience.alone,
            )
            if smaller and smaller is not GIVEN_UP:
                found = smaller
                shown = [n for n, literal in happening.items() if literal in found]
            atoms = [text for text, literal in told.items() if literal in found]
            yield None
            killed = self._put(atoms, occasion, {n: left[n] for n in shown if n in left})
            if killed is not None:
                yield killed
                for difference in killed.differences:
                    left.pop(difference.mutant, None)
                    happening.pop(difference.mutant, None)
            for number in shown:
                if happening.pop(number, None) is not None:
                    missed.add(number)  # the story shows no question that is answered otherwise
        return True

    def _put(
        self, atoms: Iterable[str], occasion: Occasion, several: Mapping[int, Mutant]
    ) -> Killed | None:
        """Put a story to mutants that conclude something else in it."""
        told = Killed(tuple(sorted(atoms)), occasion, ())
        story = told.told(self.law)
        found = self.asker.differences([story], several, [(number, 0) for number in several])
        killed = told._replace(differences=tuple(found))
        return killed if killed.differences else None


def _written(law: Law, stages: Iterable[Stage | None]) -> str:
    """The smallest of some parts of a scope, as a scope is written."""
    parts = [
        (sum(stage.entities.values()), written_scope(law, {**stage.entities, BESIDE: stage.beside}))
        for stage in stages
        if stage is not None
    ]
    return min(parts)[1]

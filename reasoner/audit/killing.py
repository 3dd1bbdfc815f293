"""Stories in which a mutant answers something otherwise than the law does, or that there are none.

clingo chooses a story in which some mutants of a batch differ from the law
(:mod:`reasoner.audit.copies`); the story is put to all that do so in it, and each that answers some
question otherwise is done with. What no story of a scope tells apart is as good as the law there.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from reasoner.audit.copies import told_apart
from reasoner.audit.differing import Asker, Difference
from reasoner.audit.infecting import is_unstratified
from reasoner.audit.mutants import SHIFTED, Mutant
from reasoner.audit.noticing import Trial
from reasoner.audit.occasions import Occasion, by_rule, occasions
from reasoner.audit.rewriting import DAY_OF_CASE
from reasoner.audit.sought import Inquiry, Patience, refutation
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
                if not some:
                    continue
                yield Trial(tuple(some))
                batch = _Batch(self, occasion, some)
                yield from batch.run()
                for number in some:
                    if number not in batch.left:
                        del left[number]
                    else:
                        spared[number].append(batch.searched_for(number))
        for number in left:
            parts = spared[number]
            whole = bool(parts) and all(whole for _, whole in parts)
            stages = [stage for stage, _ in parts]
            part = "" if None in stages or not stages else _written(self.law, stages)
            yield Spared(number, part, whole)


class _Batch:
    """A search for stories that tell some mutants from the law on one occasion."""

    def __init__(self, hunt: Hunt, occasion: Occasion, several: Mapping[int, Mutant]) -> None:
        """Say what is sought: all that need not be copied too much."""
        law = hunt.law
        self.hunt = hunt
        self.occasion = occasion
        self.left = dict(several)
        self.searched: dict[int, Stage] = {}
        self.missed: set[int] = set()  # a story was found, and no question to be asked of it
        self.stages: list[Stage] = []
        made = {
            number: told_apart(law, hunt.asker.users, mutant, hunt.circles, number)
            for number, mutant in several.items()
            if not is_unstratified(law, hunt.circles, mutant)  # it has no one answer to compare
        }
        self.sought = {number: one for number, one in made.items() if one is not None}
        self.rows = [row.text for number in self.sought for row in several[number].rows]
        self.rows.append(f"{DAY_OF_CASE}(D) :- _used_day(D).")

    def searched_for(self, number: int) -> tuple[Stage | None, bool]:
        """The largest part of the scope without a story for a mutant, and whether it is all."""
        stage = None if number in self.missed else self.searched.get(number)
        return stage, stage is not None and stage == self.stages[-1]

    def run(self) -> Iterator[Killed | None]:
        """Search the parts of the scope, the nearest stories first.

        Where a number or a limit is shifted, the days beside those of the grid are looked at too.
        """
        if not self.sought:
            return
        readings, law_date = self.occasion
        inquiry = self.hunt.inquiry._replace(readings=readings, law_date=law_date)
        search = refutation(inquiry, list(self.sought.values()))
        self.stages = search.stages()
        for stage in self.stages:
            if not self._open() or not search.fits(stage):
                break
            yield from self._within(search, stage, self._open())
        shifted = [n for n in self._open() if self.left[n].change == SHIFTED]
        beside = self.stages[0]._replace(beside=1) if self.stages else None
        if shifted and beside is not None and beside not in self.stages and search.fits(beside):
            known = dict(self.searched)
            yield from self._within(search, beside, shifted)
            self.searched = known

    def _open(self) -> list[int]:
        """The mutants that are sought still."""
        return [n for n in self.sought if n in self.left and n not in self.missed]

    def _within(
        self, search: Refutation, stage: Stage, numbers: Sequence[int]
    ) -> Iterator[Killed | None]:
        """Search a part of the scope: for all together, and where that is too hard one by one."""
        yield None
        try:
            ground = search.ground(stage, self.rows)
        except InputError:
            return
        told = search.told(ground, stage)
        atoms = ground.numbered((VIOLATED, 1))
        names = {n: f"{VIOLATED}(m{n})" for n in numbers}
        happening = {n: atoms[name] for n, name in names.items() if name in atoms}
        never = set(numbers) - set(happening)
        patience = self.hunt.patience
        if (yield from self._drain(ground, told, happening, happening, patience.together)):
            never.update(happening)
        else:
            for number in list(happening):
                one = {number: happening[number]} if number in happening else {}
                if (yield from self._drain(ground, told, one, happening, patience.alone)):
                    never.update(one)
        self.searched.update(dict.fromkeys(never & set(self._open()), stage))

    def _drain(
        self,
        ground: Ground,
        told: Mapping[str, int],
        wanted: dict[int, int],
        happening: dict[int, int],
        patience: int,
    ) -> Generator[Killed | None, None, bool]:
        """Find story after story until none tells any more apart; False if given up."""
        while wanted:
            assumed = [ground.define(wanted.values())]
            among = [*happening.values(), *told.values()]
            found = yield from ground.search(assumed, among, most=patience)
            if found is GIVEN_UP:
                return False
            if found is None:
                return True
            first = next(literal for literal in wanted.values() if literal in found)
            smaller = yield from ground.search(
                [first], among, cheapest=True, by_cores=True, most=self.hunt.patience.alone
            )
            if smaller is GIVEN_UP:  # at least without what it does not take
                without = [-literal for literal in told.values() if literal not in found]
                smaller = yield from ground.search(
                    [first, *without], among, cheapest=True, most=self.hunt.patience.alone
                )
            if smaller and smaller is not GIVEN_UP:
                found = smaller
            yield None
            yield from self._put(
                [text for text, literal in told.items() if literal in found],
                [n for n, literal in happening.items() if literal in found],
            )
            for number in [n for n, literal in happening.items() if literal in found]:
                del happening[number]
                wanted.pop(number, None)
        return True

    def _put(self, atoms: Iterable[str], numbers: Iterable[int]) -> Iterator[Killed]:
        """Put a story to the mutants that conclude something else in it."""
        several = {number: self.left[number] for number in numbers if number in self.left}
        story = Killed(tuple(sorted(atoms)), self.occasion, ())
        pairs = [(number, 0) for number in several]
        found = self.hunt.asker.differences([story.told(self.hunt.law)], several, pairs)
        killed = story._replace(differences=tuple(found))
        for difference in killed.differences:
            del self.left[difference.mutant]
            del several[difference.mutant]
        self.missed.update(several)
        if killed.differences:
            yield killed


def _written(law: Law, stages: Iterable[Stage | None]) -> str:
    """The smallest of some parts of a scope, as a scope is written."""
    parts = [
        (sum(stage.entities.values()), written_scope(law, {**stage.entities, BESIDE: stage.beside}))
        for stage in stages
        if stage is not None
    ]
    return min(parts)[1]

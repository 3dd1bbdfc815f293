"""Under which readings a claim holds within a scope, and under which some story breaks it.

A choice of options is tried by a search of its own: with all readings open at once a law grounds
to many times its size. If a story breaks the claim, it is put to the law alone with every reading
open, and clingo names the options because of which it breaks the claim; all choices with these
options are settled. The readings so named are those that matter, and choices among their options
are tried next, those nearest to the usual ones first. While no story is found, every option of
every reading that the claim rests on is tried by itself.

Source: Clarke and others, Counterexample-guided abstraction refinement (2000), for the loop; the
options named are unsatisfiable cores.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import product
from typing import NamedTuple

from reasoner.hypotheses.sensitivity import options_of, readings_of, with_number
from reasoner.lawfiles.infer import rules_behind, rules_in_play
from reasoner.solving.ground import Ground
from reasoner.solving.solve import facts_of, facts_of_world
from reasoner.stories.refute import Counterexample, Refutation, looked_at
from reasoner.stories.telling import FOUND, claim_program

Choice = tuple[str, str]
MOST_DEPARTURES = 2


class Part(NamedTuple):
    """Options with which a claim is broken by a story, or, without one, holds in the scope."""

    options: tuple[Choice, ...]
    story: Counterexample | None


@dataclass(slots=True)
class Survey:
    """A search for the readings under which a claim holds.

    ``search`` has the claim, its scope, and the readings that are chosen and stay so. ``parts``
    are what was found so far, ``matter`` the readings of which an option decided something, and
    ``tried`` those of which each option was tried by itself.
    """

    search: Refutation
    parts: list[Part] = field(default_factory=list)
    matter: dict[str, None] = field(default_factory=dict)
    tried: list[str] = field(default_factory=list)
    _settled: dict[tuple[Choice, ...], bool] = field(default_factory=dict)

    def run(self) -> Iterator[Part | None]:
        """Try one choice of options after another.

        Yields:
            What each shows, the usual options first; None as a sign of life. Choices that depart
            from the usual in more than a few readings are not tried.

        Raises:
            InputError: when clingo complains.
        """
        options = self.options()
        yield from self._try((), options)
        if not self.matter:
            for name, several in options.items():
                for option in several:
                    if option != self._usual(name) and name not in self.matter:
                        yield from self._try(((name, option),), options)
                self.tried.append(name)
        known: tuple[str, ...] = ()
        while known != tuple(self.matter):
            known = tuple(self.matter)
            for departures in self._departures(known, options):
                if not self._is_settled(departures):
                    yield from self._try(departures, options)
                    if tuple(self.matter) != known:
                        break

    def options(self) -> dict[str, tuple[str, ...]]:
        """The readings that the rules in play in this scope ask for, and their options."""
        law = self.search.law
        fixed = {name for name, _ in self.search.taken}
        stages = self.search.stages()
        given = {name for stage in stages for name in (*stage.facts, *stage.entities)}
        given |= {"as_of", "chosen_reading", "chosen_law_date"}
        given |= {piece.head.signature[0] for piece in self.search.claim.pieces}
        rules = rules_in_play(rules_behind(law, looked_at(self.search.claim)), given)
        return {
            name: tuple(with_number(option, 1) for option in options_of(law, name))
            for name in readings_of(law, rules)
            if name not in fixed
        }

    def holds(self) -> list[tuple[Choice, ...]]:
        """The choices under which the claim holds; what makes no difference is left out of each.

        They cover every choice that was tried and under which no story was found, and none under
        which one was.
        """
        options = self.options()
        rows = [[(name, option) for option in options[name]] for name in self.matter]
        broken = [p for p in map(frozenset, product(*rows)) if self._is_broken(dict(p))]
        holding = {frozenset(self._full(c)) for c, holds in self._settled.items() if holds}
        general: dict[frozenset[Choice], None] = {}
        for point in sorted(holding, key=sorted):
            kept = point
            for choice in sorted(point, key=lambda c: (c[1] != self._usual(c[0]), c)):
                fewer = kept - {choice}
                if not any(other >= fewer for other in broken):
                    kept = fewer
            general.setdefault(kept)
        found: list[tuple[Choice, ...]] = []
        for kept in sorted(general, key=lambda k: (len(k), sorted(k))):
            covered = {point for point in holding if point >= kept}
            if covered:
                holding -= covered
                found.append(tuple(sorted(kept)))
        return found

    def _try(
        self, departures: tuple[Choice, ...], options: Mapping[str, Sequence[str]]
    ) -> Iterator[Part | None]:
        chosen = dict([*self.search.taken, *departures])
        search = replace(self.search, readings=tuple(chosen.items()), searched=[], too_large=[])
        story = None
        unbroken = self.parts and self.parts[0].story is None  # as likely as not, it holds again
        for found in search.run() if not unbroken or (yield from search.some()) else ():
            if found is not None:
                story = found
                break
            yield None
        known = self.search.too_large
        known += [large for large in search.too_large if large not in known]
        self._settled[departures] = story is None
        if story is None:
            part = Part(departures, None)
            self.matter.update(dict.fromkeys(name for name, _ in departures if self.matter))
        else:
            because = yield from _because(self.search, story, options)
            part = Part(because, story)
            self.matter.update(dict.fromkeys(name for name, _ in because))
        self.parts.append(part)
        yield part

    def _departures(
        self, readings: Sequence[str], options: Mapping[str, Sequence[str]]
    ) -> list[tuple[Choice, ...]]:
        """The choices among the options of some readings, those nearest to the usual first."""
        rows = [[(name, option) for option in options[name]] for name in readings]
        unusual = [
            tuple(choice for choice in row if choice[1] != self._usual(choice[0]))
            for row in product(*rows)
        ]
        return sorted((row for row in unusual if len(row) <= MOST_DEPARTURES), key=len)

    def _is_settled(self, departures: tuple[Choice, ...]) -> bool:
        if departures in self._settled:
            return True
        return self._is_broken(dict(departures))

    def _is_broken(self, chosen: Mapping[str, str]) -> bool:
        """Whether a story found breaks the claim under some options, the others being usual."""
        return any(
            part.story is not None
            and all(chosen.get(name, self._usual(name)) == option for name, option in part.options)
            for part in self.parts
        )

    def _full(self, departures: tuple[Choice, ...]) -> Iterator[Choice]:
        chosen = dict(departures)
        for name in self.matter:
            yield name, chosen.get(name, self._usual(name))

    def _usual(self, name: str) -> str:
        return self.search.law.vocabulary.readings[name].default


def _because(
    search: Refutation, story: Counterexample, options: Mapping[str, Sequence[str]]
) -> Generator[None, None, tuple[Choice, ...]]:
    """The options because of which a story breaks the claim; the others do not matter to it."""
    taken = dict(story.world.readings)
    usual = search.law.vocabulary.readings
    chosen = {_atom(n, taken.get(n, usual[n].default)): n for n in options}
    facts = [*facts_of(story.case), *facts_of_world(replace(story.world, readings=()))]
    program = [
        *(fact for fact in facts if not fact.startswith("chosen_reading(")),
        *(f"{_atom(name, option)}." for name, option in search.taken),
        *claim_program(search.claim),
        *(
            f"1 {{ {'; '.join(_atom(n, o) for o in several)} }} 1."
            for n, several in options.items()
        ),
        f"_broken :- {FOUND}(_).",
    ]
    ground = Ground(search.bounded, program, goals=search.goals())
    broken = ground.numbered(("_broken", 0)).get("_broken")
    if broken is None:  # whatever the readings are
        return ()
    numbers = ground.numbered(("chosen_reading", 2))
    kept = {numbers[text]: text for text in chosen if text in numbers}
    for literal in (0, *kept):
        yield
        fewer = ground.core([-broken, *(number for number in kept if number != literal)])
        if fewer is not None:
            kept = {number: text for number, text in kept.items() if number in fewer}
    return tuple((chosen[text], text.partition(",")[2][:-1]) for text in kept.values())


def _one_of(atoms: Iterable[str]) -> str:
    return f"1 {{ {'; '.join(atoms)} }} 1."


def _atom(name: str, option: str) -> str:
    return f"chosen_reading({name},{option})"

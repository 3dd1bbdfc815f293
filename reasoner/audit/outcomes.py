"""What is known of each condition of a law: what shows that it decides, or why nothing does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from reasoner.audit.nearby import Pair
from reasoner.audit.stock import Seen, Stock

CASES, NEAR_MISSES, FOUND, IMPOSSIBLE, NONE, NEVER, PARTLY, OPEN = (
    "cases",
    "near_misses",
    "found",
    "impossible",
    "none",
    "never",
    "partly",
    "open",
)


@dataclass(slots=True)
class Beyond:
    """What a scope of stories does not have, by the numbers of conditions.

    ``axioms`` are what holds in its stories, by name. No two of them show those in ``none``; the
    rules of those in ``never``, which are among them, apply in none of its stories. Of those in
    ``partly`` a part of the scope has been searched, given as a scope.
    """

    scope: Mapping[str, int]
    axioms: tuple[str, ...] = ()
    none: set[int] = field(default_factory=set)
    never: set[int] = field(default_factory=set)
    partly: dict[int, Mapping[str, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Coverage:
    """What is known of each condition of a law: what shows that it decides.

    ``pairs`` are the pairs found now; ``impossible`` the conditions that no story can miss alone;
    ``beyond`` what the scope that was searched has no stories for; ``ended`` says how the search
    ended.
    """

    stock: Stock
    seen: Seen
    pairs: tuple[Pair, ...]
    impossible: frozenset[int]
    beyond: Beyond
    ended: str

    def outcomes(self) -> list[str]:
        """For each condition what shows it, or why nothing does.

        Cases show what two of them show that differ in one thing, near misses what is left, pairs
        found what these do not show. Of the others some are impossible, of some there is none in
        the scope or in a part of it, or their rule never applies there, and some are open.
        """
        found = {number for pair in self.pairs for number, _ in pair.shows}
        return [
            (CASES if max(self.seen.pairs[n]) < self.stock.own else NEAR_MISSES)
            if n in self.seen.pairs
            else FOUND
            if n in found
            else IMPOSSIBLE
            if n in self.impossible
            else NEVER
            if n in self.beyond.never
            else NONE
            if n in self.beyond.none
            else PARTLY
            if n in self.beyond.partly
            else OPEN
            for n in range(len(self.stock.conditions))
        ]

    def both_sides(self) -> frozenset[int]:
        """The conditions of which both sides are there, in whatever stories."""
        own = self.seen.sides[: self.stock.own]
        rules = {rule for sides in own for rule in sides.rules}
        alone = {number for sides in own for number in sides.alone}
        return frozenset(n for n in alone if self.stock.conditions[n].rule in rules)

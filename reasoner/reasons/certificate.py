"""What an answer rests on, what nobody stated included: everything that must stay as it is.

A justification says why a lease does not suffice; that there is no second one which would is left
unsaid. A certificate says that as well. Its claims are of two sorts: that something ``holds``, by
a rule all of whose conditions do; and that there is ``only`` what there is of a pattern such as
``issued_to(_, ana)``, since every rule that could give more is blocked, for each way to begin it.
Down below stand facts. A stated one stays; of those that nobody stated the claim is that there are
none, or no more: these leaves are what a certificate costs. With all of them granted, no further
fact can change the answer.

The law gives many certificates for one answer; :mod:`reasoner.reasons.certifying` finds all that
they are made of.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

HOLDS, ONLY = "holds", "only"
ALL, ANY, LEAF = "all", "any", "leaf"
_MOST_PASSES = 100


class Claim(NamedTuple):
    """That something holds, or that there is only what there is of it; None for any argument."""

    sort: str
    name: str
    arguments: tuple[str | None, ...]


class Certificate(NamedTuple):
    """The leaves that an answer rests on and that are not granted, most needed first.

    Each comes with the claims above it, from the answer down; ``doubted`` are those of them that
    nobody can grant.
    """

    leaves: tuple[Claim, ...]
    paths: tuple[tuple[Claim, ...], ...]
    doubted: tuple[Claim, ...] = ()


@dataclass(slots=True)
class Claims:
    """A graph of claims: each needs all, or any, of those below it.

    ``parts`` are the sort of each node with what it claims, if it does; ``below`` the nodes that it
    needs; node 0 is granted, ``root`` is the answer. ``groups`` are the circles and single nodes,
    those below first.
    """

    parts: list[tuple[str, Claim | None]] = field(default_factory=lambda: [(ALL, None)])
    below: list[list[int]] = field(default_factory=lambda: [[]])
    root: int = 0
    groups: list[list[int]] = field(default_factory=list)

    @property
    def leaves(self) -> tuple[Claim, ...]:
        """All facts of which an answer may need that there are no more."""
        return tuple(claim for kind, claim in self.parts if kind == LEAF and claim is not None)

    def certify(
        self, granted: Callable[[Claim], bool], doubted: Callable[[Claim], bool] = lambda _: False
    ) -> Certificate:
        """The certificate with the fewest leaves that are not granted, or nearly the fewest.

        Args:
            granted: whether it is settled that there is nothing more of a leaf.
            doubted: whether nobody knows of a leaf; such are only used where nothing else is.
        """
        masks, chosen = self._weigh(granted, doubted)
        leaves = self._collect(masks, chosen)
        claims = [(claim, n) for n in leaves if (claim := self.parts[n][1]) is not None]
        return Certificate(
            tuple(claim for claim, _ in claims),
            tuple(self._path(n, leaves[n]) for _, n in claims),
            tuple(claim for claim, _ in claims if doubted(claim)),
        )

    def _weigh(
        self, granted: Callable[[Claim], bool], doubted: Callable[[Claim], bool]
    ) -> tuple[list[int | None], list[int]]:
        """For each node the leaves that it costs, as bits, and the part that it best rests on."""
        masks: list[int | None] = [None] * len(self.parts)
        sizes = [0] * len(self.parts)
        chosen = [0] * len(self.parts)
        bits = doubts = 0

        def value(number: int) -> None:
            """Work out a node from those below it; None while it has no support yet."""
            kind, _ = self.parts[number]
            if kind == ALL:
                total, size = 0, 1
                for child in self.below[number]:
                    mask = masks[child]
                    if mask is None:
                        masks[number] = None
                        return
                    total |= mask
                    size += sizes[child]
                masks[number], sizes[number] = total, size
                return
            best: tuple[int, int, int, int, int] | None = None
            for child in self.below[number]:
                mask = masks[child]
                if mask is not None:
                    doubtful = (mask & doubts).bit_count()
                    rank = doubtful, mask.bit_count(), sizes[child], child, mask
                    if best is None or rank < best:
                        best = rank
            masks[number] = None
            if best is not None:
                masks[number], sizes[number], chosen[number] = best[4], best[2] + 1, best[3]

        for group in self.groups:
            kind, claim = self.parts[group[0]]
            if kind == LEAF:
                assert claim is not None
                masks[group[0]] = 0
                if not granted(claim):
                    masks[group[0]] = 1 << bits
                    doubts |= doubted(claim) << bits
                    bits += 1
                continue
            if len(group) == 1 and group[0] not in self.below[group[0]]:
                value(group[0])
                continue
            # What holds needs a support that ends somewhere; what does not may go round in circles.
            well_founded = any(c and c.sort == HOLDS for _, c in map(self.parts.__getitem__, group))
            for number in group:
                masks[number] = None if well_founded else 0
            for _ in range(_MOST_PASSES):
                before = [(masks[number], sizes[number]) for number in group]
                for number in group:
                    value(number)
                    if not well_founded:
                        sizes[number] = 0
                if [(masks[number], sizes[number]) for number in group] == before:
                    break
        return masks, chosen

    def _collect(
        self, masks: Sequence[int | None], chosen: Sequence[int]
    ) -> dict[int, Mapping[int, int]]:
        """The leaves of the certificate chosen, those that more rests on first, with its tree.

        Where there is none, all leaves might matter.
        """
        none = masks[self.root] is None
        parents: dict[int, int] = {self.root: self.root}
        found: dict[int, int] = {}
        waiting = [self.root]
        while waiting:
            here = waiting.pop()
            kind, _ = self.parts[here]
            below = [chosen[here]] if kind == ANY and not none else self.below[here]
            for child in reversed(below):
                leaf = self.parts[child][0] == LEAF
                if leaf and not masks[child]:
                    continue
                if leaf:
                    found[child] = found.get(child, 0) + 1
                if child not in parents:
                    parents[child] = here
                    waiting.append(child)
        order = {number: place for place, number in enumerate(parents)}
        return dict.fromkeys(sorted(found, key=lambda n: (-found[n], order[n])), parents)

    def _path(self, number: int, parents: Mapping[int, int]) -> tuple[Claim, ...]:
        """The claims above a node, from the root down."""
        path: list[Claim] = []
        while parents[number] != number:
            number = parents[number]
            claim = self.parts[number][1]
            if claim is not None:
                path.append(claim)
        return tuple(reversed(path))

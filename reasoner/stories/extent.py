"""How far a search reaches: its days, the axioms that bear on it, a smaller scope."""

from __future__ import annotations

from collections.abc import Mapping

from reasoner.lawfiles.rules import Law, Signature
from reasoner.solving.ground import Ground
from reasoner.stories.claims import BESIDE
from reasoner.stories.refute import Refutation, TooLarge
from reasoner.stories.remarked import Piece
from reasoner.stories.stages import count_statements
from reasoner.stories.stories import Axiom, Setting

IMPOSSIBLE = ("impossible", 1)


def story_days(law: Law, setting: Setting, beside: int) -> list[int]:
    """The days on which stories happen, in order.

    Args:
        law: the law.
        setting: what stories are made of.
        beside: how many days beside each day of the grid.
    """
    ground = Ground(law, [*setting.rules, f"beside({-beside}..{beside})."], goals=[])
    return sorted({int(day) for (day,) in ground.rows(("story_day", 1))})


def axioms_in_play(search: Refutation) -> list[Axiom]:
    """The axioms that can rule out a story of the scope: those of facts that it may state."""
    vocabulary = search.law.vocabulary
    stated = {name for stage in search.stages()[-1:] for name in (*stage.facts, *stage.entities)}
    absent = {*vocabulary.facts, *vocabulary.entities} - stated - {"as_of"}
    pieces = [*search.setting.pieces, *(p for a in search.setting.axioms for p in a.pieces)]
    own = {piece.head.signature for piece in pieces}
    possible: set[Signature] = set()

    def applies(piece: Piece) -> bool:
        needed = [use.signature for use in piece.body if not (use.negated or use.inner)]
        return not any(s in own - possible or s[0] in absent for s in needed)

    while True:
        more = {piece.head.signature for piece in pieces if applies(piece)} - possible
        if not more:
            break
        possible |= more
    return [a for a in search.setting.axioms if any(_rules_out(p) and applies(p) for p in a.pieces)]


def _rules_out(piece: Piece) -> bool:
    return piece.head.signature == IMPOSSIBLE


def too_large(search: Refutation) -> list[TooLarge]:
    """The parts of a scope that are too large to be searched, whether the search came to them."""
    found = list(search.too_large)
    begun = [*search.searched, *(large.stage for large in found)]
    for stage in search.stages():
        if stage not in begun:
            statements = count_statements(search.law, search.setting, stage)
            if statements > search.most:
                found.append(TooLarge(stage, statements))
    return found


def smaller_scope(search: Refutation) -> dict[str, int]:
    """The largest scope below that of a search that can be searched; empty if there is none.

    Days beside those of the grid are given up first, then entities, those of which there are most.
    """
    scope = dict(search.stages()[-1].entities) | {BESIDE: search.stages()[-1].beside}
    while True:
        if not _reduce(scope):
            return {}
        smaller = Refutation(
            search.law, search.claim, search.setting, scope, search.readings, search.law_date
        )
        last = smaller.stages()[-1:]
        if not last:
            return {}
        if count_statements(search.law, search.setting, last[0]) <= search.most:
            return {name: number for name, number in scope.items() if number}


def _reduce(scope: dict[str, int]) -> bool:
    """Take one away from where there is most; False where nothing can be taken away."""
    if scope.get(BESIDE):
        scope[BESIDE] -= 1
        return True
    most = max((number for name, number in scope.items() if name != BESIDE), default=0)
    if most < 2:
        return False
    name = max(name for name, number in scope.items() if number == most)
    scope[name] -= 1
    return True


def written_scope(law: Law, scope: Mapping[str, int]) -> str:
    """A scope as it is written after ``--scope``."""
    sections = {kind: entity.section for kind, entity in law.vocabulary.entities.items()}
    return ",".join(f"{sections.get(name, name)}={number}" for name, number in scope.items())

"""Find conditions whose explanation would never come to an end.

What does not hold is explained by every rule, and so by every condition, whatever else fails. A
rule that asks the same of the number before, ``late(P, N) :- late(P, N - 1)``, is then asked of the
one before that, and so on. Where some other condition lists the numbers first (``before(M, N)``),
only those are asked. So values are followed from the arguments of a conclusion to those of what its
rules ask: no value may go in a circle and be reckoned anew each time round.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from reasoner.errors import InputError
from reasoner.lawfiles.rules import Law, Literal, Rule, Signature, Term
from reasoner.lawfiles.strata import circles
from reasoner.reasons.instrument import Ask, Level, Test, Writer, explained

Place = tuple[Ask, int]
# the arguments of a conclusion that a value is made of, each True where something is reckoned
Sources = Mapping[int, bool]


class Endless(NamedTuple):
    """A condition of a rule that would be asked of ever new values."""

    rule: Rule
    condition: Literal


class _Nothing:
    """Nothing is known of any case: every condition may hold."""

    def settled(self, text: str) -> bool | None:
        """Whether an atom holds: nobody knows."""

    def populated(self, signature: Signature) -> bool:
        """Whether a predicate may hold of anything."""
        return True


class _Step(NamedTuple):
    """A value that goes from an argument of a conclusion to one of what its rule asks."""

    start: Place
    end: Place
    reckoned: bool
    found: Endless


def endless_conditions(law: Law) -> list[Endless]:
    """The conditions that would be asked of ever new values, in the order of the law.

    Args:
        law: the law to look through.
    """
    round_about = {s for circle in circles(law.rules) for s in circle if explained(law, s)}
    waiting: list[Ask] = [(s, "b" * s[1]) for s in sorted(round_about)]
    seen = set(waiting)
    steps: list[_Step] = []
    for ask in waiting:
        for rule in law.rules_for(ask[0]):
            for step in _steps(law, rule, ask):
                asked = step.end[0]
                if asked[0] in round_about:
                    steps.append(step)
                    if asked not in seen:
                        seen.add(asked)
                        waiting.append(asked)
    around = _round_about(steps)
    found = {
        (s.found.rule.number, s.found.condition.number): s.found
        for s in steps
        if s.reckoned and around.get(s.start, -1) == around.get(s.end, -2)
    }
    return [found[key] for key in sorted(found)]


def _round_about(steps: Iterable[_Step]) -> dict[Place, int]:
    """The arguments between which values go in circles: those of one circle have one number."""
    import networkx as nx

    graph: nx.DiGraph[Place] = nx.DiGraph()
    graph.add_edges_from((step.start, step.end) for step in steps)
    parts = nx.strongly_connected_components(graph)
    return {place: number for number, part in enumerate(parts) for place in part}


def _steps(law: Law, rule: Rule, ask: Ask) -> Iterator[_Step]:
    """What a rule asks of the values of its conclusion, in the order in which it is asked."""
    writer = Writer(law, _Nothing(), "")
    known: dict[str, Sources] = {}
    columns: list[str] = []
    for place, (term, given) in enumerate(zip(rule.head.arguments, ask[1], strict=True)):
        if given == "b":
            columns += [name for name in term.variables if name not in columns]
            known |= {name: {place: not term.is_variable} for name in term.variables}
    try:
        levels = writer.levels(rule, columns, "")
    except InputError:
        return  # a condition that can never be tested is a problem of its own
    for level in levels:
        for test in (*level.tests, *_opening(level)):
            atom = test.literal.atom
            if atom is None or test.asks is None:
                continue
            for place, term in enumerate(atom.arguments):
                if test.asks[1][place] == "b":
                    for source, reckoned in _sources(term, known).items():
                        found = Endless(rule, test.literal)
                        yield _Step((ask, source), (test.asks, place), reckoned, found)
        if level.binder is not None:
            known |= _bound(level.binder, known)


def _opening(level: Level) -> tuple[Test, ...]:
    """What is asked of a condition that opens branches, where there are none."""
    return () if level.missing is None else (level.missing,)


def _bound(binder: Literal, known: Mapping[str, Sources]) -> dict[str, Sources]:
    """Where values come from once a condition has bound some: what holds is a list with an end."""
    if binder.comparison is None:
        return {name: {} for name in binder.variables}
    left, right = binder.comparison.terms
    new, old = (left, right) if left.is_variable and left.text not in known else (right, left)
    return {new.text: _sources(old, known)}


def _sources(term: Term, known: Mapping[str, Sources]) -> Sources:
    """Where the value of a term comes from."""
    found: dict[int, bool] = {}
    for name in term.variables:
        for place, reckoned in known.get(name, {}).items():
            found[place] = found.get(place, False) or reckoned or not term.is_variable
    return found

"""Find all claims that an answer may rest on, from the rules that report.

They are the rules that a justification is read from (:mod:`reasoner.reasons.instrument`), asked
once more for every predicate that depends on facts, those without words included.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reasoner.lawfiles.infer import all_literals
from reasoner.lawfiles.rules import Aggregate, Atom, Comparison, Law, Literal, Rule, Signature
from reasoner.lawfiles.vocabulary import UNWRITTEN
from reasoner.reasons.certificate import ALL, ANY, HOLDS, LEAF, ONLY, Claim, Claims
from reasoner.reasons.instrument import (
    Ask,
    Closed,
    Members,
    Refusal,
    Row,
    Support,
    Test,
    Writer,
    pick,
)
from reasoner.reasons.justify import Report, read_report
from reasoner.solving.ground import Ground
from reasoner.solving.question import Goal

LARGE, SMALL, EXACT = "large", "small", "exact"
_APART = 1_000_000


def claims_of(ground: Ground, goal: Goal) -> Claims:
    """All claims that an answer may rest on.

    Args:
        ground: a law grounded with a case without unknown facts.
        goal: what was asked.
    """
    return _Builder(ground).build(goal)


class _Teller(Writer):
    """Writes the reporting rules for every predicate, those without words and counts included."""

    def __init__(self, law: Law, known: Ground, tag: str) -> None:
        super().__init__(law, known, tag)
        self.elements: dict[str, Refusal] = {}
        self.apart = _APART

    def rules_for(self, signature: Signature) -> tuple[Rule, ...]:
        """Every rule that concludes a predicate."""
        return () if signature in self.law.tables else self.law.rules_for(signature)

    def next_binder(self, waiting: Sequence[Literal], bound: set[str]) -> Literal | None:
        """What speaks of something of the case comes first: the calendar only computes from it."""
        speaking = [lit for lit in waiting if lit.atom is None or self.about_something(lit.atom)]
        return super().next_binder(speaking, bound) or super().next_binder(waiting, bound)

    def about_something(self, atom: Atom) -> bool:
        """Whether a predicate speaks of something that cases declare."""
        kinds = self.law.types.get(atom.signature, ())
        return any(kind in self.law.vocabulary.entities for kind in kinds)

    def members(
        self, aggregate: Aggregate, name: str, columns: Sequence[str], where: str
    ) -> tuple[Members, ...]:
        """What a count counts, and the rules that report why it counts no more."""
        found = super().members(aggregate, name, columns, where)
        own = self.number
        for member, element in zip(found, aggregate.elements, strict=True):
            self.apart += 1
            self.number = self.apart
            body = tuple(lit._replace(number=n) for n, lit in enumerate(element.condition))
            rule = Rule(-1, self.law.rules[0].head, body, body[0].position, "", 0)
            self.elements[member.atom] = Refusal(rule, self.levels(rule, columns, where))
        self.number = own
        return found


class _Builder:
    """Grows the claims from the answer down, in rounds, as a justification is grown."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self.law = ground.law
        self.graph = Claims()
        self.known: dict[Claim, int] = {}
        self.waiting: dict[Ask, dict[str, dict[Row, int]]] = {}
        self.report = Report({}, {}, {}, set())
        self.elements: dict[str, Refusal] = {}
        self.never = self.add(ANY)
        self.moving = _moving(ground.law)
        self.domains = _domains(ground.law)

    def build(self, goal: Goal) -> Claims:
        """Claim the answer and everything below it."""
        sort = HOLDS if self.ground.settled(goal.text) else ONLY
        self.graph.root = self.claim(sort, goal.name, goal.arguments)
        while self.waiting:
            self.round()
        self.graph.groups = _circles(self.graph.below)
        return self.graph

    def round(self) -> None:
        """Ask all that waits: fewer rounds are faster here than no question twice."""
        writer = _Teller(self.law, self.ground, f"_c{self.ground.parts}_")
        waiting, self.waiting = self.waiting, {}
        prepared = [
            (asked, *writer.ask(ask, list(asked[HOLDS]), list(asked[ONLY])))
            for ask, asked in sorted(waiting.items())
        ]
        self.ground.add(writer.program)
        self.report = read_report(self.ground, writer)
        self.elements = writer.elements
        for asked, supports, refusals in prepared:
            for key, number in asked[HOLDS].items():
                for support in supports:
                    for row in self.report.find(support.atom, key):
                        self.graph.below[number].append(self.support(support, row))
            for key, number in asked[ONLY].items():
                for refusal in refusals:
                    if isinstance(refusal, Closed):
                        self.closed(number, refusal, key)
                        continue
                    for env in self.report.find(refusal.levels[0].atom, key):
                        self.need(number, self.expand(refusal, 0, env))

    # the graph

    def add(self, kind: str, below: Iterable[int] = (), claim: Claim | None = None) -> int:
        """A new node."""
        self.graph.parts.append((kind, claim))
        self.graph.below.append(list(below))
        return len(self.graph.parts) - 1

    def need(self, number: int, part: int) -> None:
        """Have a node need another, unless that is granted anyway."""
        if part and part not in self.graph.below[number]:
            self.graph.below[number].append(part)

    def all(self, parts: Iterable[int]) -> int:
        """A node that needs all of some."""
        needed = list(dict.fromkeys(part for part in parts if part))
        return needed[0] if len(needed) == 1 else self.add(ALL, needed) if needed else 0

    def any(self, parts: Iterable[int]) -> int:
        """A node that needs any of some."""
        offered = list(dict.fromkeys(parts))
        return 0 if 0 in offered else offered[0] if len(offered) == 1 else self.add(ANY, offered)

    # claims

    def claim(self, sort: str, name: str, arguments: tuple[str | None, ...]) -> int:
        """The node of a claim; what is below it is grown in a later round."""
        claim = Claim(sort, name, arguments)
        known = self.known.get(claim)
        if known is None:
            known = self.known[claim] = self._make(claim)
        return known

    def _make(self, claim: Claim) -> int:
        sort, name, arguments = claim
        signature = name, len(arguments)
        if signature not in self.moving:
            return 0
        text = Goal(name, arguments, "").text
        known = sort == ONLY and (
            (None not in arguments and self.ground.settled(text))
            or (signature in self.domains and self.ground.settled(text))
        )
        if known:
            return 0
        fact = self.law.is_fact(signature)
        if fact and sort == HOLDS and signature not in self.law.heads:
            return 0
        leaf = self.add(LEAF, (), claim) if fact and sort == ONLY else 0
        if signature not in self.law.heads:
            return leaf
        number = self.add(ANY if sort == HOLDS else ALL, [leaf] if leaf else [], claim)
        adornment = "".join("f" if a is None else "b" for a in arguments)
        key = tuple(a for a in arguments if a is not None)
        asked = self.waiting.setdefault((signature, adornment), {HOLDS: {}, ONLY: {}})
        asked[sort][key] = number
        return number

    def met(self, test: Test, row: Row) -> int:
        """The claim that a condition is met."""
        return self._of(test, row, ONLY if test.literal.negated else HOLDS)

    def blocked(self, test: Test, row: Row) -> int:
        """The claim that a condition is not met."""
        return self._of(test, row, HOLDS if test.literal.negated else ONLY)

    def _of(self, test: Test, row: Row, sort: str) -> int:
        atom = test.literal.atom
        return 0 if atom is None else self.claim(sort, atom.name, pick(test.picks, row))

    # rules

    def support(self, support: Support, row: Row) -> int:
        """What a rule that applies needs: each of its conditions, and what it counts."""
        parts = []
        for test in support.tests:
            if test.literal.aggregate is not None:
                members = support.members[test.literal.number]
                parts.append(self.counted(support.rule, test.literal, members, row, HOLDS))
            else:
                parts.append(self.met(test, row))
        return self.all(parts)

    def counted(
        self, rule: Rule, literal: Literal, members: Sequence[Members], row: Row, sort: str
    ) -> int:
        """What a number rests on: each member counts, and nothing else does.

        Where the number has to be large enough, the first will do for what holds, and the second
        for what does not; where it has to be small enough, the reverse.
        """
        wanted = _wanted(rule, literal)
        parts = []
        for member in members:
            if wanted != (LARGE if sort == HOLDS else SMALL):
                parts.append(self.expand(self.elements[member.atom], 0, row))
            if wanted != (SMALL if sort == HOLDS else LARGE):
                for found in self.report.find(member.atom, row):
                    parts += [self.met(test, found) for test in member.tests]
        return self.all(parts)

    def closed(self, number: int, closed: Closed, key: Row) -> None:
        """What a rule that is closed rests on: the conditions that close it."""
        for row in self.report.find(closed.atom, key):
            self.need(number, self.any([self.blocked(test, row) for test in closed.closers]))

    def expand(self, refusal: Refusal, number: int, env: Row, applies: bool = True) -> int:
        """What it rests on that a rule gives no more, from one environment on.

        Where nothing blocks it from here on it gives what there is, if it ``applies`` so far; if
        it does not, this is not what it is blocked by.
        """
        level = refusal.levels[number]
        text = ",".join(env)
        ways = [
            self.blocked(test, env)
            for test in level.tests
            if self.report.truth(test.atom, text) is False
        ]
        applies = applies and not ways
        binder = level.binder
        if binder is None and not ways:
            return 0 if applies else self.never
        if 0 in ways:
            return 0
        if binder is not None:
            parts = []
            following = refusal.levels[number + 1] if number + 1 < len(refusal.levels) else None
            branches = self.report.find(following.atom, env) if following else []
            if binder.aggregate is not None:
                parts.append(self.counted(refusal.rule, binder, level.members, env, ONLY))
            elif level.missing is not None:
                parts.append(self._of(level.missing, env, ONLY))
            parts += [self.expand(refusal, number + 1, branch, applies) for branch in branches]
            ways.append(self.all(parts))
        return self.any(ways)


def _wanted(rule: Rule, literal: Literal) -> str:
    """Whether a number counted must only be large enough, or small enough; else it must be exact.

    What is summed is taken not to be negative.
    """
    assert literal.aggregate is not None
    names = {literal.aggregate.guard.text}
    others = [lit for lit in rule.body if lit is not literal]
    for same in (lit.comparison for lit in others):
        if same and same.operators == ("=",) and same.terms[1] == literal.aggregate.guard:
            names.add(same.terms[0].text)
    found: set[str] = {EXACT} if names & set(rule.head.variables) else set()
    for other in others:
        if other.aggregate is not None and names & set(other.aggregate.outer):
            found.add(EXACT)
        if not names & set(other.variables):
            continue
        found.add(EXACT if other.comparison is None else _side(other.comparison, names))
    found.discard("")
    return found.pop() if len(found) == 1 else EXACT


def _side(comparison: Comparison, names: set[str]) -> str:
    """What a comparison asks of a number of some names; nothing where it only names it."""
    if len(comparison.operators) != 1:
        return EXACT
    left, right = comparison.terms
    operator = comparison.operators[0]
    if operator == "=" and left.text in names and right.text in names:
        return ""
    if left.text in names and not names & set(right.variables):
        return {">=": LARGE, ">": LARGE, "<=": SMALL, "<": SMALL}.get(operator, EXACT)
    if right.text in names and not names & set(left.variables):
        return {"<=": LARGE, "<": LARGE, ">=": SMALL, ">": SMALL}.get(operator, EXACT)
    return EXACT


def _moving(law: Law) -> frozenset[Signature]:
    """The predicates about something of a case that depend on what a case may state."""
    facts = {
        (fact.name, fact.arity)
        for fact in law.vocabulary.facts.values()
        if fact.settled_by not in UNWRITTEN and fact.key
    }
    users: dict[Signature, set[Signature]] = {}
    for rule in law.rules:
        for literal in all_literals(rule.body):
            if literal.atom is not None:
                users.setdefault(literal.atom.signature, set()).add(rule.head.signature)
    found, waiting = set(facts), list(facts)
    while waiting:
        new = users.get(waiting.pop(), set()) - found
        found |= new
        waiting += new
    # Where nothing of the case is named, it is the calendar, which computes for what is there.
    return frozenset(
        s
        for s in found - {law.reading}
        if s in facts
        or s in law.sentences
        or any(kind in law.vocabulary.entities for kind in law.types.get(s, ()))
    )


def _domains(law: Law) -> frozenset[Signature]:
    """The predicates without words that list days to look at for something of a case.

    Which days these are follows from what else is stated; that there are no more says nothing.
    """
    denied = {
        literal.atom.signature
        for rule in law.rules
        for literal in all_literals(rule.body)
        if literal.atom is not None and literal.negated
    }
    return frozenset(
        s
        for s in law.heads
        if s not in law.sentences
        and s not in denied
        and not law.is_fact(s)
        and len(kinds := law.types.get(s, ())) > 1
        and kinds[-1] in ("date", None)
        and all(kind in law.vocabulary.entities for kind in kinds[:-1])
    )


def _circles(below: Sequence[Sequence[int]]) -> list[list[int]]:
    """The circles and single nodes of a graph, those below first.

    Source: Tarjan, Depth-first search and linear graph algorithms (1972).
    """
    index: dict[int, int] = {}
    low: dict[int, int] = {}
    stack: list[int] = []
    inside: set[int] = set()
    found: list[list[int]] = []
    for start in range(len(below)):
        if start in index:
            continue
        work = [(start, iter(below[start]))]
        index[start] = low[start] = len(index)
        stack.append(start)
        inside.add(start)
        while work:
            here, children = work[-1]
            for child in children:
                if child not in index:
                    index[child] = low[child] = len(index)
                    stack.append(child)
                    inside.add(child)
                    work.append((child, iter(below[child])))
                    break
                if child in inside:
                    low[here] = min(low[here], index[child])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[here])
                if low[here] == index[here]:
                    group = []
                    while True:
                        member = stack.pop()
                        inside.discard(member)
                        group.append(member)
                        if member == here:
                            break
                    found.append(sorted(group))
    return found

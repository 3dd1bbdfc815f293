"""Choose what of a justification a reader sees: a tree of lines, brief, plain or full.

The graph is complete; nothing is left out there. Here conditions that hold fold to a line,
alternatives that only another reading opens stand aside, and a part shown once is not shown
again.

A line's mark says which way it works for the question: ``✓`` for it, ``✗`` against it. Below
something that counts against ("a ground has arisen"), what makes it so counts against too.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from reasoner.casefiles.case import Case, Choice
from reasoner.lawfiles.rules import Law
from reasoner.reasons.justification import Edge, Justification, Node
from reasoner.reasons.weigh import (
    FAR,
    Home,
    applicable,
    best_rule,
    blocking,
    decisive_nodes,
    groups,
    leaves,
    misses,
    other_reading,
    satisfied,
    support_costs,
)
from reasoner.wording.words import (
    FAILS,
    HOLDS,
    NEUTRAL,
    OPEN,
    Speaker,
    read_date,
    show_date,
)

BRIEF, PLAIN, FULL = "brief", "plain", "full"
MOST_BRANCHES = 6
MOST_MEMBERS = 12
DEEPEST_YES = 2
MOST_ABSENCES = 3


@dataclass(slots=True)
class Line:
    """One line of a tree: mark, sentence, provision, and what it rests on.

    ``pivot`` marks the line that all others are there for.
    """

    mark: str
    text: str
    pinpoint: str = ""
    basis: str = ""
    atom: str = ""
    holds: bool | None = None
    children: list[Line] = field(default_factory=list)
    pivot: bool = False


class Asked(Protocol):
    """What somebody was told the answer to: the law, the case, the day."""

    @property
    def law(self) -> Law:
        """The law."""

    @property
    def case(self) -> Case:
        """The facts."""

    @property
    def day(self) -> int:
        """The day asked about."""


def outline(
    decision: Asked, why: Justification, style: str = PLAIN, language: str = "en"
) -> list[Line]:
    """The tree of each goal.

    Args:
        decision: what was asked and answered.
        why: its justification.
        style: ``brief`` for what decides, ``plain`` for every condition, ``full`` for everything.
        language: ``en`` or ``fr``.

    Raises:
        InputError: when the law says nothing in that language.
    """
    viewer = _Viewer(decision, why, style, language)
    return [viewer.conclusion(number, True, None) for number in why.roots]


class _Viewer:
    """Walks one justification once and remembers what it has shown."""

    def __init__(self, decision: Asked, why: Justification, style: str, language: str) -> None:
        self.decision = decision
        self.why = why
        self.style = style
        self.speaker = Speaker(decision.law, decision.case, read_date(str(decision.day)), language)
        self.say = self.speaker.say
        self.costs = support_costs(why)
        self.shown: set[tuple[int, bool]] = set()
        self.path: list[int] = []
        self.counting = False  # whether the next conclusion is one that is counted
        self.members: set[int] = set()  # the conclusions about what does not count
        self.uncounted = 0  # how many conclusions about what does not count we are inside of
        self.aside = 0  # how many alternatives that are not the nearest we are inside of
        self.decisive: set[int] = set()
        self.home = Home(why, self.costs, why.roots[0])
        for root in why.roots:
            self.decisive |= decisive_nodes(why, self.costs, root)
        self.told = {why.nodes[n].name for n in self.decisive}

    # conclusions

    def conclusion(self, number: int, sense: bool, met: bool | None) -> Line:
        """The line of a conclusion with what explains it; ``sense``: it helps when it holds."""
        node = self.why.nodes[number]
        rule = best_rule(self.why, self.costs, number) if node.holds else None
        line = Line(
            mark(node.holds, sense),
            self.speaker.node(self.why, number, rule),
            self.why.pinpoint(number),
            atom=node.text,
            holds=node.holds,
        )
        if any(self._same(number, above) for above in self.path):
            line.basis = self.say.CIRCLE
            return line
        uncounted = self._counts_against(rule)
        self.counting = False
        if self.path and not uncounted and self._folds(number, line, met):
            readings = self._readings(rule) if rule is not None else ""
            line.basis = "; ".join(x for x in (self._gist(number), readings) if x)
            return line
        if (number, sense) in self.shown:
            line.basis = self.say.SHOWN_ABOVE if self.why.edges[number] else ""
            return line
        self.shown.add((number, sense))
        self.path.append(number)
        if uncounted:  # told as what stands in the way of counting
            self.uncounted += 1
            self.members.add(number)
            sense, line.mark = not sense, NEUTRAL
        if node.holds and rule is not None:
            line.children = self.conditions(rule, sense)
            line.basis = self._readings(rule)
            if self.style == FULL:
                for edge in self.why.edges[number]:
                    if edge.target != rule and self.why.nodes[edge.target].holds:
                        line.children.append(self._other_way(edge.target, sense))
        else:
            line.children, line.basis = self._alternatives(number, sense)
            if number in self.why.circular and _mentions(line, self.say.CIRCLE):
                line.basis = self.say.CIRCULAR
        self.path.pop()
        self.uncounted -= uncounted
        if line.mark == HOLDS and self.style != FULL:
            for child in line.children:
                if child.mark == FAILS:
                    child.mark, child.children = NEUTRAL, []
        if self.style == BRIEF:
            _absorb(line)
        return _merge(line) if self.style != FULL else line

    def _counts_against(self, rule: int | None) -> bool:
        """Whether what is counted, plainly or fully told, says what does not count elsewhere.

        Nothing that it concludes from is so; it rests on what is not.
        """
        if rule is None or not self.counting or self.style == BRIEF:
            return False
        rests_on = [
            e for e in self.why.edges[rule] if self.why.nodes[e.target].kind == "conclusion"
        ]
        return bool(rests_on) and all(edge.negated for edge in rests_on)

    def _folds(self, number: int, line: Line, met: bool | None) -> bool:
        """Whether a line says enough without what is below it.

        What decides is unfolded, and what else the same part of the law has to say, to a depth
        of two; law from elsewhere only where the answer turns on it.
        """
        if self.style == FULL:
            return False
        if self.uncounted and self.style != BRIEF:
            why_not = self.why.nodes[number].holds is False and (
                not met or self.path[-1] in self.members
            )
            return not why_not or not self._says_something(number)
        root_holds = self.why.nodes[self.path[0]].holds
        if line.mark == HOLDS and (self.style == BRIEF or root_holds is not True):
            return True
        pinpoint = self.why.pinpoint(number)
        if root_holds is True:
            inside = not pinpoint or pinpoint in self.home
            return not inside or len(self.path) > DEEPEST_YES
        if self.style == BRIEF and number not in self.decisive:
            return True
        near = not pinpoint or self.home.near(pinpoint)
        if self.aside and (not near or self.path[-1] in self.why.circular):
            return True
        if self.why.nodes[number].holds:
            return self.why.nodes[self.path[-1]].holds is True
        if number in self.decisive:
            return not near and self._nothing_stated(number)
        if self.why.nodes[number].name in self.told:
            return True  # the same is told of the alternative that decides, with other numbers
        return not near or self._steps_back(lambda n: n in self.decisive) >= 2

    def _same(self, number: int, above: int) -> bool:
        """Whether a conclusion is one further up, or in a circle one about the same things."""
        if number == above or not {number, above} <= self.why.circular:
            return number == above
        node, other = self.why.nodes[number], self.why.nodes[above]
        return node.name == other.name and _agree(node.arguments, other.arguments)

    def _steps_back(self, found: Callable[[int], bool]) -> int:
        """How many conclusions up the path until one is found."""
        for steps, number in enumerate(reversed(self.path)):
            if found(number):
                return steps
        return len(self.path)

    def _says_something(self, number: int) -> bool:
        """Whether a conclusion turns on anything but facts that nobody stated."""
        found = [self.why.nodes[n] for n in leaves(self.why, self.costs, number)]
        return any(node.kind != "fact" or self._lines(node) for node in found)

    def _nothing_stated(self, number: int) -> bool:
        """Whether a conclusion fails for want of any fact about it."""
        found = [self.why.nodes[n] for n in leaves(self.why, self.costs, number)]
        return len(found) > 1 and all(
            node.kind == "fact" and node.holds is False and not self._lines(node) for node in found
        )

    def _gist(self, number: int) -> str:
        """What a folded line rests on, in words."""
        lines, absent = self._rests_on(number)
        if lines:
            return self.say.from_lines(lines)
        return self.speaker.absences(absent, MOST_ABSENCES)

    def _rests_on(self, number: int) -> tuple[list[int], list[str]]:
        """The lines of the case on which a conclusion turns, and the facts that nobody stated."""
        lines: set[int] = set()
        absent: dict[str, None] = {}
        for leaf in leaves(self.why, self.costs, number):
            node = self.why.nodes[leaf]
            if node.kind != "fact" or self._given(node.name):
                continue
            hits = self._lines(node)
            lines |= set(hits)
            if not hits:
                absent.setdefault(node.name)
        return sorted(lines), list(absent)

    def _lines(self, node: Node) -> list[int]:
        """The lines of the case that state, deny or leave open what a fact says."""
        case = self.decision.case
        return [
            s.position.line
            for s in case.statements
            if s.name == node.name and _fits(node.arguments, s.arguments)
        ] + [
            d.position.line
            for d in case.denials
            if d.name == node.name and _agree(node.arguments, d.arguments)
        ]

    def _alternatives(self, number: int, sense: bool) -> tuple[list[Line], str]:
        tried, aside = applicable(self.why, number)
        if self.style == FULL:
            tried, aside = [*tried, *aside], []
        switches = [
            self.say.option(name, option)
            for edge in aside
            if "otherwise" in self.why.nodes[edge.target].values
            for name, option in other_reading(self.why, edge.target)
        ]
        basis = self.say.otherwise(list(dict.fromkeys(switches))) if switches else ""
        if number in self.why.circular and self.style != FULL:
            return self._circle(tried, sense), basis
        if len(tried) == 1:
            return self.conditions(tried[0].target, sense), basis
        least = min((misses(self.why, e.target) for e in tried), default=0)
        lines: list[Line] = []
        for place, edge in enumerate(tried):
            near = misses(self.why, edge.target) == least
            self.aside += not near
            below = self.conditions(edge.target, sense)
            self.aside -= not near
            if self.style != FULL and not (near and number in self.decisive):
                below = [x for x in below if x.mark != mark(True, sense)] or below
            if len(below) <= 1:
                lines += [x for x in below if x.text not in {y.text for y in lines}]
            else:
                truth = self.why.nodes[edge.target].holds
                header = Line(mark(truth, sense), self.say.way(place, len(tried), truth))
                header.children = below
                lines.append(header)
        return lines, basis

    def _circle(self, tried: Sequence[Edge], sense: bool) -> list[Line]:
        """Once round a circle: the way on, and what else could have carried it but does not."""
        lines: list[Line] = []
        going = False
        for edge in tried:
            blockers = list(blocking(self.why, edge.target))
            round_it = [b for b in blockers if b.target in self.why.circular and not b.negated]
            if len(round_it) == len(blockers):
                if not going:
                    lines += self._numbers(edge.target, sense)
                    lines += self._condition(round_it[0], sense)
                going = True
                continue
            for blocker in blockers:
                if blocker not in round_it and self._rests_on(blocker.target)[0]:
                    self.aside += 1
                    lines += self._condition(blocker, sense)
                    self.aside -= 1
        return lines

    def _numbers(self, number: int, sense: bool) -> list[Line]:
        """What is counted on the way round a circle, and compared in the law's own words."""
        lines: list[Line] = []
        for edge in self.why.edges[number]:
            node = self.why.nodes[edge.target]
            if node.kind == "branch":
                round_it = {b.target for b in blocking(self.why, edge.target)}
                if not lines and round_it <= self.why.circular:
                    lines += self._numbers(edge.target, sense)
            elif node.kind == "count" or (node.kind == "comparison" and satisfied(self.why, edge)):
                lines += self._condition(edge, sense)
        return lines

    def _other_way(self, rule: int, sense: bool) -> Line:
        line = Line(NEUTRAL, self.say.OTHER_WAY, self.why.pinpoint(rule))
        line.children = self.conditions(rule, sense)
        return line

    def _readings(self, number: int) -> str:
        """The readings that a rule rests on, where the text has several."""
        names = []
        for edge in self.why.edges[number]:
            node = self.why.nodes[edge.target]
            if node.kind == "reading" and not edge.negated:
                names.append(self.say.option(str(node.arguments[0]), str(node.arguments[1])))
        return ", ".join(names)

    # the conditions of a rule

    def conditions(self, number: int, sense: bool, after: int = -2) -> list[Line]:
        """The lines of the conditions below a rule, or below a branch after its own condition."""
        lines: list[Line] = []
        fails = self.why.nodes[number].holds is False
        for edges in groups(self.why, number):
            if edges[0].order <= after:
                continue
            if self.why.nodes[edges[0].target].kind == "branch":
                lines += self._branches(edges, sense, fails)
                continue
            for edge in edges:
                if not (self.style == BRIEF and fails and satisfied(self.why, edge)):
                    said = {line.text for line in lines}
                    lines += [x for x in self._condition(edge, sense) if x.text not in said]
        return lines

    def _branches(self, edges: Sequence[Edge], sense: bool, fails: bool) -> list[Line]:
        holding = [e for e in edges if self.why.nodes[e.target].holds]
        if holding:
            if self.style == BRIEF and fails:
                return []
            best = min(holding, key=lambda e: (self.costs.get(e.target, FAR), e.target))
            rest = [e for e in edges if e is not best] if self.style == FULL else []
            return [
                *self._branch(best.target, sense, nested=False),
                *(line for e in rest for line in self._branch(e.target, sense, nested=True)),
            ]
        ordered = sorted(edges, key=lambda e: (misses(self.why, e.target), e.target))
        shown = ordered if self.style == FULL else ordered[:MOST_BRANCHES]
        lines = [
            line for e in shown for line in self._branch(e.target, sense, nested=len(edges) > 1)
        ]
        if len(shown) < len(ordered):
            lines.append(Line(NEUTRAL, self.say.more_like_these(len(ordered) - len(shown))))
        return lines

    def _branch(self, number: int, sense: bool, nested: bool) -> list[Line]:
        """One way to bind a condition, and what depends on it."""
        fails = self.why.nodes[number].holds is False
        head = self._condition(self.why.edges[number][0], sense)
        rest = self.conditions(number, sense, after=-1)
        if not nested:
            return rest if self.style == BRIEF and fails and rest else head + rest
        if not head or not rest:
            return head + rest
        if fails:
            head[0].mark = NEUTRAL  # it holds, but what depends on it does not
        head[0].children = [*(head[0].children if self.style == FULL else []), *rest]
        return head

    def _condition(self, edge: Edge, forward: bool) -> list[Line]:
        node = self.why.nodes[edge.target]
        sense = forward != edge.negated
        met = satisfied(self.why, edge)
        if node.kind == "conclusion":
            return [self.conclusion(edge.target, sense, met)]
        line = Line(
            mark(node.holds, sense),
            self.speaker.node(self.why, edge.target),
            self.why.pinpoint(edge.target),
            atom=node.text,
            holds=node.holds,
        )
        if node.kind == "fact":
            if self._given(node.name) and met and self.style != FULL:
                return []
            line.basis = self._basis(edge.target)
        elif node.kind == "comparison":
            line.basis = self.speaker.shortfall(node) if line.mark == FAILS else ""
            if met and self.style != FULL and not self.speaker.has_words(node):
                return []
        elif node.kind == "count":
            members = self.why.edges[edge.target]
            if not members and self.style != FULL:
                return []
            line.mark = NEUTRAL
            for member in members:
                for inner in self.why.edges[member.target]:
                    self.counting = True
                    line.children += self._condition(inner, sense)
            self.counting = False
            if len(line.children) > MOST_MEMBERS and self.style != FULL:
                rest = len(line.children) - MOST_MEMBERS
                line.children[MOST_MEMBERS:] = [Line(NEUTRAL, self.say.more_like_these(rest))]
            for child in line.children:
                child.mark = NEUTRAL
        elif (node.kind == "reading" and self.style != FULL) or (
            node.kind == "plumbing" and met is not False and self.style != FULL
        ):
            return []
        return [line]

    # what a fact rests on

    def _given(self, name: str) -> bool:
        fact = self.decision.law.vocabulary.facts.get(name)
        return name in self.decision.law.vocabulary.entities or (
            fact is not None and fact.settled_by == "question"
        )

    def _basis(self, number: int) -> str:
        """The line that states or denies a fact, or who could settle it."""
        node = self.why.nodes[number]
        case = self.decision.case
        same = [s for s in case.statements if s.name == node.name]
        hits = [s for s in same if _fits(node.arguments, s.arguments)]
        lines = {
            status: sorted({s.position.line for s in hits if s.status == status})
            for status in ("stated", "denied", "unknown")
        }
        if node.holds:
            if lines["stated"]:
                return self.say.stated(lines["stated"])
            for choice in case.choices:
                if choice.has(hits):
                    return self._on_some_day(choice)
            return self.say.ASSUMED if lines["unknown"] else ""
        if lines["unknown"]:
            ranged = next((choice for choice in case.choices if choice.has(hits)), None)
            return self._on_some_day(ranged) if ranged else self.say.unknown(lines["unknown"][0])
        denials = [
            d.position.line
            for d in case.denials
            if d.name == node.name and _agree(node.arguments, d.arguments)
        ]
        if lines["denied"] or denials:
            return self.say.denied(min([*lines["denied"], *denials]))
        fact = self.speaker.law.vocabulary.facts.get(node.name)
        given = [a for a in node.arguments if a is not None]
        others = [s for s in same if s.status == "stated" and s.arguments[:1] == tuple(given[:1])]
        if others and len(given) > 1:
            return self.say.stated_otherwise(others[0].position.line)
        if fact is None:
            return self.say.NOT_STATED
        settled_by = self.say.settled_by(fact.settled_by, fact.settled_who or "")
        return f"{self.say.NOT_STATED} · {settled_by}"

    def _on_some_day(self, choice: Choice) -> str:
        """The range in which the day lies, and the line that says so."""
        days = [show_date(str(day)) for day in (choice.first, choice.last)]
        return self.say.on_some_day(days[0], days[1], choice.position.line)


def mark(holds: bool | None, sense: bool) -> str:
    """The mark of a line: does what it says work for the question or against it."""
    if holds is None:
        return OPEN
    return HOLDS if holds == sense else FAILS


def _merge(line: Line) -> Line:
    """A line whose only child says the same keeps the child's children and basis."""
    if len(line.children) == 1 and line.children[0].text == line.text:
        child = line.children[0]
        line.children, line.basis = child.children, line.basis or child.basis
    return line


def _absorb(line: Line) -> None:
    """A line whose only child is a fact says itself what the fact rests on."""
    if len(line.children) == 1 and not line.basis:
        child = line.children[0]
        if not child.children and not child.pinpoint:
            line.basis, line.children = child.basis, []


def _mentions(line: Line, basis: str) -> bool:
    return line.basis == basis or any(_mentions(child, basis) for child in line.children)


def _fits(pattern: Sequence[str | None], arguments: Sequence[str]) -> bool:
    return all(p is None or p == a for p, a in zip(pattern, arguments, strict=True))


def _agree(left: Sequence[str | None], right: Sequence[str | None]) -> bool:
    return all(a is None or b is None or a == b for a, b in zip(left, right, strict=True))

"""Audit a law: what in it no story brings about, what never decides, what contradicts what.

Whatever a case shows already is not sought. For the rest the stories of a scope are searched
(:mod:`reasoner.audit.sought`), one section of the law after the other. What was not searched to
the end is told apart from what no story brings about.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from reasoner.audit.apart import conclusions_of, matters, questions_of
from reasoner.audit.circular import look_for_circle
from reasoner.audit.conditions import (
    Condition,
    calculations,
    conditions,
    is_among,
    literal_at,
    rule_names,
)
from reasoner.audit.implied import implied
from reasoner.audit.results import ways_to_results
from reasoner.audit.shown import Turned, as_told, shown_by, turned_by
from reasoner.audit.sought import Found, Inquiry, Patience, Sought, look_for, tell
from reasoner.audit.stock import Story
from reasoner.audit.traits import (
    agree_not,
    applies,
    both_met,
    decides,
    differ,
    given_to,
    is_met,
    is_not_met,
    subject,
)
from reasoner.audit.unused import unreached, unused_definitions, unused_facts, unused_options
from reasoner.lawfiles.infer import rules_in_play
from reasoner.lawfiles.rules import Law, Rule, Signature
from reasoner.lawfiles.strata import circles
from reasoner.reasons.worlds import lift
from reasoner.solving.question import predicate_of
from reasoner.stories.refute import Counterexample
from reasoner.stories.stages import Stage

DEAD, ALWAYS, CLAUSE, CONDITION, REPEATED = "dead", "always", "clause", "condition", "repeated"
NOWHERE = "nowhere"
APART, LOOP, ROUND = "apart", "loop", "round"
TEXTS, SAME_TEXTS = "texts", "same_texts"
TURNING, IDLE = "turning", "idle"
FACT, DEFINITION, OPTION, UNREACHED = "fact", "definition", "option", "unreached"
OPEN = "open"

GROUPS = {
    "dead": (DEAD, ALWAYS, CLAUSE),
    "conditions": (CONDITION, REPEATED),
    "layers": (APART,),
    "languages": (TEXTS, SAME_TEXTS),
    "loops": (LOOP, ROUND),
    "ways": (NOWHERE,),
    "readings": (IDLE, TURNING),
    "unused": (FACT, DEFINITION, OPTION, UNREACHED),
}
"""What can be looked for, by the name that a user gives it, with the kinds of its findings."""

ORDER = (
    DEAD,
    ALWAYS,
    APART,
    CLAUSE,
    NOWHERE,
    LOOP,
    TEXTS,
    CONDITION,
    IDLE,
    TURNING,
    UNREACHED,
    DEFINITION,
    FACT,
    OPTION,
    SAME_TEXTS,
    ROUND,
    REPEATED,
    OPEN,
)
"""The kinds of findings, the most serious first."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that an audit found; what its fields say depends on the kind.

    ``pinpoints`` are the provisions that it is about, ``signature`` the predicate, ``rule`` and
    ``condition`` what of the law it is about, ``choice`` a reading with an option, ``name`` a fact
    or the sort of what was left open. ``stage`` is the largest part of the scope in which there is
    no story, None where none was searched to the end, and ``whole`` tells whether it is all of it.
    ``story`` is a story that shows it, from the case ``path`` where there is one. ``counts`` are
    the cases that rest on a reading and those that turn on it. ``yes`` tells for two layers that
    the guidance says yes.
    """

    kind: str
    pinpoints: tuple[str, ...] = ()
    signature: Signature | None = None
    rule: int | None = None
    condition: Condition | None = None
    choice: tuple[str, str] | None = None
    name: str = ""
    stage: Stage | None = None
    whole: bool = True
    story: Counterexample | None = None
    path: str = ""
    counts: tuple[int, int] = (0, 0)
    yes: bool = True

    @property
    def rank(self) -> tuple[int, bool, tuple[int, int], tuple[str, ...], str]:
        """The place of a finding among others."""
        most = (-self.counts[1], self.counts[0])
        return (
            ORDER.index(self.kind),
            not (self.whole and self.yes),
            most,
            self.pinpoints,
            self.name,
        )


class Plan(NamedTuple):
    """What is audited: in which stories, which provisions, what for, and what cases there are.

    ``given`` are conditions about ``P`` and ``D``, in whose stories alone things are sought.
    """

    inquiry: Inquiry
    pinpoints: Sequence[str]
    groups: Sequence[str]
    stories: Sequence[Story]
    patience: Patience
    given: str = ""


class _Told(NamedTuple):
    """What is said if something sought happens, or if it does not; None where nothing is."""

    sought: Sought
    section: str
    never: Callable[[Found], Finding] | None
    ever: Finding | None = None
    asked: tuple[Signature, ...] = ()


@dataclass(slots=True)
class Audit:
    """An audit of a law.

    ``asked`` counts what was sought, by group, ``unasked`` what the search does not ask: rules that
    apply only under other readings, and conditions that only give others their values or stand
    inside of a count.
    """

    plan: Plan
    asked: dict[str, int] = field(default_factory=dict)
    unasked: dict[str, int] = field(default_factory=dict)
    steps: int = 1
    done: int = 0

    def run(self) -> Iterator[Finding | None]:
        """Audit, the quick things first.

        Yields:
            Each finding; None as a sign of life.

        Raises:
            InputError: when clingo complains.
        """
        parts = {
            "unused": self._unused,
            "dead": self._reachable,
            "conditions": self._reachable,
            "ways": self._ways,
            "layers": self._layers,
            "languages": self._languages,
            "readings": self._readings,
            "loops": self._loops,  # to ground what may hold itself up can take long
        }
        wanted = [part for group, part in parts.items() if group in self.plan.groups]
        for part in dict.fromkeys(wanted):
            yield from part()

    @property
    def law(self) -> Law:
        """The law that is audited."""
        return self.plan.inquiry.law

    # what nothing looks at

    def _unused(self) -> Iterator[Finding | None]:
        pinpoints = self.plan.pinpoints
        for pinpoint in unreached(self.law, pinpoints):
            yield Finding(UNREACHED, (pinpoint,))
        for home, signature in unused_definitions(self.law, pinpoints):
            yield Finding(DEFINITION, (home,), signature, name=signature[0])
        for name in () if pinpoints else unused_facts(self.law):
            yield Finding(FACT, name=name)
        for choice in unused_options(self.law):
            at = self.law.vocabulary.readings[choice[0]].at
            if any(is_among(place, pinpoints) for place in at):
                yield Finding(OPTION, at, choice=choice)

    # what no story brings about

    def _reachable(self) -> Iterator[Finding | None]:
        several: list[_Told] = []
        rules = self._rules()
        if "dead" in self.plan.groups:
            several += self._provisions(rules)
            several += [
                _Told(
                    self._given(applies(rule), rule),
                    _section(heading),
                    lambda f, r=rule, h=heading: Finding(  # type: ignore[misc]
                        CLAUSE, (h,), rule=r.number, stage=f.stage
                    ),
                )
                for rule, heading in rules
            ]
        if "conditions" in self.plan.groups:
            several += self._conditions(rules)
        yield from self._settle(several)

    def _rules(self) -> list[tuple[Rule, str]]:
        """The rules of the provisions looked at that can apply with the readings taken."""
        found = []
        given = [*self.law.vocabulary.facts, *self.law.vocabulary.entities, "as_of", "world"]
        given += ["chosen_reading", "chosen_law_date"]
        open_rules = [rule for rule in self.law.rules if self._open(rule)]
        live = {rule.number for rule in rules_in_play(open_rules, given)}
        local = lift(self.law, []).local
        for rule, heading, _ in rule_names(self.law):
            if not (rule.provision and rule.body and is_among(heading, self.plan.pinpoints)):
                continue
            if rule.head.signature not in local:
                continue  # a table: the same in every story
            if rule.number in live:
                found.append((rule, heading))
            else:
                self.unasked["readings"] = self.unasked.get("readings", 0) + 1
        return found

    def _open(self, rule: Rule) -> bool:
        taken = self._taken()
        for literal in rule.body:
            if literal.atom is None or literal.atom.signature != self.law.reading:
                continue
            name, option = (term.text for term in literal.atom.arguments)
            same = taken.get(name, option).partition("(")[0] == option.partition("(")[0]
            if same is literal.negated and not option[:1].isupper():
                return False
        return True

    def _taken(self) -> dict[str, str]:
        usual = {r.id: r.default for r in self.law.vocabulary.readings.values()}
        return usual | dict(self.plan.inquiry.readings)

    def _provisions(self, rules: Sequence[tuple[Rule, str]]) -> Iterator[_Told]:
        alive = {rule.head.signature for rule, _ in rules}
        for pinpoint in self.law.provisions:
            signature = predicate_of(self.law, pinpoint)
            if signature is None or signature not in alive:
                continue
            if not is_among(pinpoint, self.plan.pinpoints) or signature in self.law.tables:
                continue
            for kind, sought in (
                (DEAD, is_met(self.law, signature, given=bool(self.plan.given))),
                (ALWAYS, is_not_met(self.law, signature)),
            ):
                if sought is None:
                    continue
                if self.plan.given and subject(self.law, signature):
                    sought = given_to(sought, "X", "D", self.plan.given)
                yield _Told(
                    sought,
                    _section(pinpoint),
                    lambda f, k=kind, p=pinpoint, s=signature: Finding(  # type: ignore[misc]
                        k, (p,), s, stage=f.stage
                    ),
                )

    def _given(self, sought: Sought, rule: Rule) -> Sought:
        """Something sought of a rule among the stories that are looked at."""
        if not self.plan.given:
            return sought
        kinds = self.law.types.get(rule.head.signature, ())
        pairs = list(zip(rule.head.arguments, kinds, strict=True))
        first = next(iter(self.law.vocabulary.entities), None)
        whom = next((t.text for t, kind in pairs if kind == first), None)
        day = next((t.text for t, kind in reversed(pairs) if kind == "date"), None)
        if whom is None or day is None:
            return sought
        return given_to(sought, whom, day, self.plan.given)

    def _conditions(self, rules: Sequence[tuple[Rule, str]]) -> Iterator[_Told]:
        numbers = {rule.number for rule, _ in rules}
        for condition in conditions(self.law, self.plan.pinpoints):
            if condition.rule not in numbers or condition.kind in ("reading", "calculation"):
                continue
            rule = self.law.rules[condition.rule]
            sought = decides(self.law, condition)
            if sought is None or condition.place[0] in calculations(rule):
                self.unasked["values"] = self.unasked.get("values", 0) + 1
                continue
            literal = literal_at(self.law, condition)
            others = [other for other in rule.body if other is not literal]
            kind = REPEATED if implied(self.law, literal, others) else CONDITION
            yield _Told(
                self._given(sought, rule),
                _section(condition.heading),
                lambda f, k=kind, c=condition: Finding(  # type: ignore[misc]
                    k, (c.heading,), rule=c.rule, condition=c, stage=f.stage, name=c.id
                ),
            )

    def _settle(self, several: Sequence[_Told]) -> Iterator[Finding | None]:
        """What is to be said of several things, most of which happen: in a case or in a story."""
        inquiry = self.plan.inquiry
        known: dict[str, int] = {}
        for shown in shown_by(inquiry, [one.sought for one in several], self.plan.stories):
            yield None
            known = shown or known
        sections: dict[str, list[_Told]] = {}
        for one in several:
            if one.sought.name not in known:
                sections.setdefault(one.section, []).append(one)
            elif one.ever is not None:
                yield self._from_case(one, known[one.sought.name])
        self.steps += len(sections)
        for batch in sections.values():
            told = {one.sought.name: one for one in batch}
            never: list[Finding] = []
            for found in look_for(inquiry, [one.sought for one in batch], self.plan.patience):
                if found is None:
                    yield None
                    continue
                one = told[found.name]
                if found.happens:
                    if one.ever is not None:
                        yield from self._from_story(one)
                elif found.stage is None:
                    yield Finding(OPEN, (one.section,), name=found.name, whole=False)
                elif one.never is not None:
                    never.append(_with(one.never(found), whole=found.happens is False))
            yield from _without_repetition(self.law, never)
            self.done += 1

    def _from_case(self, one: _Told, place: int) -> Finding:
        assert one.ever is not None
        story = self.plan.stories[place]
        return _with(
            one.ever,
            story=as_told(self.plan.inquiry, story, one.asked) if one.asked else None,
            path=story.path,
        )

    def _from_story(self, one: _Told) -> Iterator[Finding | None]:
        assert one.ever is not None
        for story in tell(self.plan.inquiry, one.sought):
            if story is not None:
                yield _with(one.ever, story=story)
                return
            yield None

    # ways that lead nowhere

    def _ways(self) -> Iterator[Finding | None]:
        """Provisions that serve a result and are never met together with it."""
        pairs = list(ways_to_results(self.law, self._open, self.plan.pinpoints))
        alone = {s: is_met(self.law, s) for pair in pairs for s in pair}
        live: dict[str, int] = {}
        for shown in shown_by(self.plan.inquiry, list(alone.values()), self.plan.stories):
            yield None
            live = shown or live
        several = [
            _Told(
                both_met(self.law, way, result),
                self.law.homes[result],
                lambda f, w=way, r=result: Finding(  # type: ignore[misc]
                    NOWHERE, (self.law.homes[w], self.law.homes[r]), w, name=r[0], stage=f.stage
                ),
            )
            for way, result in pairs
            if alone[way].name in live and alone[result].name in live
        ]
        yield from self._settle(several)

    # two layers

    def _layers(self) -> Iterator[Finding | None]:
        several = []
        for pinpoint, provision in self.law.provisions.items():
            page = predicate_of(self.law, pinpoint)
            for number, counterpart in enumerate(provision.counterparts):
                other = self._predicate(counterpart.question)
                home = self.law.homes.get(other, "") if other else ""
                if page is None or other is None:
                    continue
                if not (
                    is_among(pinpoint, self.plan.pinpoints) or is_among(home, self.plan.pinpoints)
                ):
                    continue
                name = f"layers_{page[0]}_{number}"
                for yes in (True, False):
                    one, two = (page, other) if yes else (other, page)
                    if counterpart.opposed and not yes:
                        sought = agree_not(self.law, page, other, f"{name}_no")
                    else:
                        sought = differ(
                            self.law,
                            one,
                            two,
                            opposed=counterpart.opposed,
                            name=f"{name}_{'yes' if yes else 'no'}",
                        )
                    if sought is None:
                        continue
                    places = (pinpoint, home) if home else (pinpoint,)
                    finding = Finding(APART, places, other, name=pinpoint, yes=yes)
                    several.append(_Told(sought, _section(pinpoint), None, finding, (page, other)))
        yield from self._settle(several)

    def _predicate(self, question: str) -> Signature | None:
        if question in self.law.provisions:
            return predicate_of(self.law, question)
        return next((s for s in self.law.heads if s[0] == question), None)

    # the two official texts

    def _languages(self) -> Iterator[Finding | None]:
        english, french = (dict(self.law.vocabulary.favoured(text)) for text in ("en", "fr"))
        taken = self._taken()
        several = []
        for name, option in french.items():
            reading = self.law.vocabulary.readings[name]
            here = english.get(name, taken[name])
            other = option if here == taken[name] else here
            if here == option or not self._concerns(name):
                continue
            if other == taken[name]:
                others = [o.id for o in reading.options if o.id != option and not o.parameter]
                other = english.get(name, others[0])
            sought = matters(self.law, name, other, self._answers(), f"texts_{name}")
            if sought is None:
                continue
            shown = Finding(TEXTS, reading.at, choice=(name, option), name=name)
            several.append(
                _Told(
                    sought,
                    name,
                    lambda f, w=shown: _with(  # type: ignore[misc]
                        w, kind=SAME_TEXTS, stage=f.stage
                    ),
                    shown,
                )
            )
        yield from self._settle(several)

    def _concerns(self, reading: str) -> bool:
        """Whether a reading is one of the provisions looked at, or some rest on it."""
        if not self.plan.pinpoints:
            return True
        at = self.law.vocabulary.readings[reading].at
        if any(is_among(place, self.plan.pinpoints) for place in at):
            return True
        return any(
            literal.atom is not None
            and literal.atom.signature == self.law.reading
            and literal.atom.arguments[0].text == reading
            for rule in self.law.rules
            if rule.provision and is_among(rule.provision, self.plan.pinpoints)
            for literal in rule.body
        )

    def _answers(self) -> list[Signature]:
        asked = questions_of(self.law, self.plan.pinpoints)
        return [s for p in asked if (s := predicate_of(self.law, p)) is not None]

    # circles

    def _loops(self) -> Iterator[Finding | None]:
        for circle in sorted(circles(self.law.rules), key=sorted):
            pinpoints = tuple(conclusions_of(self.law, circle))
            if not any(is_among(place, self.plan.pinpoints) for place in pinpoints):
                continue
            found = yield from look_for_circle(self.plan.inquiry, circle, self.plan.patience)
            self.asked["loops"] = self.asked.get("loops", 0) + 1
            if found is None:
                continue
            name = min(circle)[0]
            if found.story is not None:
                yield Finding(
                    LOOP, pinpoints, found.signature, name=name, story=found.story, path=""
                )
            elif found.stage is not None:
                yield Finding(
                    ROUND, pinpoints, min(circle), name=name, stage=found.stage, whole=found.whole
                )
            else:
                yield Finding(OPEN, pinpoints, name=name, whole=False)

    # readings

    def _readings(self) -> Iterator[Finding | None]:
        idle: list[Turned] = []
        readings = [name for name in self.law.vocabulary.readings if self._concerns(name)]
        for turned in turned_by(self.plan.inquiry, readings, self.plan.stories):
            if turned is None:
                yield None
                continue
            if not turned.changed:
                idle.append(turned)
                continue
            reading = self.law.vocabulary.readings[turned.reading]
            assert turned.first is not None
            yield Finding(
                TURNING,
                reading.at,
                choice=(turned.reading, turned.option),
                name=turned.reading,
                path=self.plan.stories[turned.first].path,
                counts=(turned.asked, turned.changed),
            )
        several = []
        for turned in idle:
            reading = self.law.vocabulary.readings[turned.reading]
            name = f"reading_{turned.reading}_{turned.option}"
            sought = matters(self.law, turned.reading, turned.option, self._answers(), name)
            finding = Finding(
                IDLE, reading.at, choice=(turned.reading, turned.option), name=turned.reading
            )
            if sought is None:
                yield finding
                continue
            several.append(
                _Told(
                    sought,
                    name,
                    lambda f, w=finding: _with(w, stage=f.stage),  # type: ignore[misc]
                )
            )
        yield from self._settle(several)


def _with(finding: Finding, **changes: object) -> Finding:
    return replace(finding, **changes)  # type: ignore[arg-type]


def _section(heading: str) -> str:
    """The section that a provision is of: R65 for R65(b)(i); a page of guidance by its name."""
    return heading.partition("(")[0].partition("/")[0]


def _without_repetition(law: Law, findings: Sequence[Finding]) -> Iterator[Finding]:
    """Findings without those that follow from others: of a dead provision, or of a dead rule."""
    dead = {f.signature for f in findings if f.kind == DEAD}
    clauses = {f.rule for f in findings if f.kind == CLAUSE}
    clauses |= {r for s in dead if s for r in law.heads.get(s, ())}
    for found in findings:
        head = law.rules[found.rule].head.signature if found.rule is not None else None
        if found.kind == CLAUSE and head in dead:
            continue
        if found.kind in (CONDITION, REPEATED) and found.rule in clauses:
            continue
        yield found

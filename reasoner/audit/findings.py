"""What an audit of a law finds: the kinds of findings, and a finding."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from reasoner.audit.conditions import Condition
from reasoner.lawfiles.rules import Law, Signature
from reasoner.stories.refute import Counterexample
from reasoner.stories.stages import Stage

DEAD, ALWAYS, CLAUSE, CONDITION, REPEATED = "dead", "always", "clause", "condition", "repeated"
NOWHERE, MOMENT = "nowhere", "moment"
APART, LOOP, ROUND = "apart", "loop", "round"
TEXTS, SAME_TEXTS = "texts", "same_texts"
TURNING, IDLE = "turning", "idle"
FACT, DEFINITION, OPTION, UNREACHED = "fact", "definition", "option", "unreached"
OPEN = "open"

GROUPS = {
    "dead": (DEAD, ALWAYS, CLAUSE),
    "conditions": (CONDITION, REPEATED),
    "moments": (MOMENT,),
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
    MOMENT,
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
    or what tells it from others of its kind. ``stage`` is the largest part of the scope in which
    there is no story, None where none was searched to the end, and ``whole`` tells whether it is
    all of it. ``story`` is a story that shows it, from the case ``path`` where there is one.
    ``counts`` are the cases that rest on a reading and those that turn on it. ``yes`` tells for two
    layers that the guidance says yes. ``sort`` is, of what was left open, the kind that it would
    have been.
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
    sort: str = ""

    @property
    def rank(self) -> tuple[object, ...]:
        """The place of a finding among others; no two have the same."""
        return (
            ORDER.index(self.kind),
            not (self.whole and self.yes),
            (-self.counts[1], self.counts[0]),
            self.pinpoints,
            self.name,
            self.sort,
            -1 if self.rule is None else self.rule,
            () if self.condition is None else self.condition.place,
            self.signature or (),
            self.choice or (),
        )


def without_repetition(law: Law, findings: Iterable[Finding]) -> Iterator[Finding]:
    """Findings without those that follow from others: of a dead provision, or of a dead rule."""
    several = list(findings)
    dead = {f.signature for f in several if f.kind == DEAD}
    clauses = {f.rule for f in several if f.kind == CLAUSE}
    clauses |= {number for s in dead if s for number in law.heads.get(s, ())}
    for found in several:
        kind = found.sort or found.kind
        head = law.rules[found.rule].head.signature if found.rule is not None else None
        if kind == CLAUSE and head in dead:
            continue
        if kind in (CONDITION, REPEATED) and found.rule in clauses:
            continue
        yield found

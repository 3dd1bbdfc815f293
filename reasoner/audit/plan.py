"""What is audited, and what an audit asks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from reasoner.audit.conditions import is_among
from reasoner.audit.findings import Finding
from reasoner.audit.sought import Inquiry, Patience, Sought
from reasoner.audit.stock import Story
from reasoner.lawfiles.rules import Law, Rule, Signature


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

    @property
    def law(self) -> Law:
        """The law that is audited."""
        return self.inquiry.law

    @property
    def taken(self) -> dict[str, str]:
        """The option that is taken of each reading."""
        usual = {r.id: r.default for r in self.law.vocabulary.readings.values()}
        return usual | dict(self.inquiry.readings)

    def is_open(self, rule: Rule) -> bool:
        """Whether a rule can apply under the readings taken."""
        taken = self.taken
        for literal in rule.body:
            if literal.atom is None or literal.atom.signature != self.law.reading:
                continue
            name, option = (term.text for term in literal.atom.arguments)
            same = taken.get(name, option).partition("(")[0] == option.partition("(")[0]
            if same is literal.negated and not option[:1].isupper():
                return False
        return True

    def concerns(self, reading: str) -> bool:
        """Whether a reading is one of the provisions looked at, or some of these rest on it."""
        if not self.pinpoints:
            return True
        at = self.law.vocabulary.readings[reading].at
        if any(is_among(place, self.pinpoints) for place in at):
            return True
        return any(
            literal.atom is not None
            and literal.atom.signature == self.law.reading
            and literal.atom.arguments[0].text == reading
            for rule in self.law.rules
            if rule.provision and is_among(rule.provision, self.pinpoints)
            for literal in rule.body
        )


class Asked(NamedTuple):
    """Something that is sought, and what is found if it happens, or if it does not; None: nothing.

    ``section`` is what it is sought together with. It is asked only if a case shows all of
    ``after``. ``told`` are the predicates whose reasons tell the story of a case that shows it; if
    it does not happen, of the case that shows the first of ``after``.
    """

    sought: Sought
    section: str
    never: Finding | None = None
    ever: Finding | None = None
    told: tuple[Signature, ...] = ()
    after: tuple[Sought, ...] = ()

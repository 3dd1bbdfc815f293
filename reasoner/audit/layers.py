"""Guidance that says yes where the law says no, or no where the law says yes."""

from __future__ import annotations

from collections.abc import Iterator

from reasoner.audit.conditions import is_among, section_of
from reasoner.audit.findings import APART, Finding
from reasoner.audit.plan import Asked, Plan
from reasoner.audit.traits import agree_not, differ
from reasoner.lawfiles.rules import Law, Signature
from reasoner.solving.question import predicate_of


def ask_layers(plan: Plan) -> Iterator[Asked]:
    """Whether each provision of guidance says otherwise than what it names, either way."""
    law = plan.law
    for pinpoint, provision in law.provisions.items():
        page = predicate_of(law, pinpoint)
        for number, counterpart in enumerate(provision.counterparts):
            other = _predicate(law, counterpart.question)
            home = law.homes.get(other, "") if other else ""
            if page is None or other is None:
                continue
            if not (is_among(pinpoint, plan.pinpoints) or is_among(home, plan.pinpoints)):
                continue
            name = f"layers_{page[0]}_{number}"
            for yes in (True, False):
                one, two = (page, other) if yes else (other, page)
                if counterpart.opposed and not yes:
                    sought = agree_not(law, page, other, f"{name}_no")
                else:
                    side = "yes" if yes else "no"
                    opposed = counterpart.opposed
                    sought = differ(law, one, two, opposed=opposed, name=f"{name}_{side}")
                if sought is None:
                    continue
                places = (pinpoint, home) if home else (pinpoint,)
                finding = Finding(APART, places, other, name=pinpoint, yes=yes)
                yield Asked(sought, section_of(pinpoint), None, finding, (page, other))


def _predicate(law: Law, question: str) -> Signature | None:
    if question in law.provisions:
        return predicate_of(law, question)
    return next((s for s in law.heads if s[0] == question), None)

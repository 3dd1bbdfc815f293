"""Ask the law what guidance was asked, and see whether the two agree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reasoner.lawfiles.rules import Counterpart
from reasoner.reasons.justification import Justification
from reasoner.reasons.justify import explain
from reasoner.reasons.weigh import decisive
from reasoner.solving.question import predicate_of, resolve
from reasoner.solving.solve import Decision, answer, ground_case

_OPPOSITE = {"yes": "no", "no": "yes"}


@dataclass(frozen=True, slots=True)
class LawAnswer:
    """What the law says of the matter of a question about guidance.

    ``opposed`` tells that one affirms what the other denies, so that a yes of the one agrees with a
    no of the other; ``remarks`` say on what they differ, and are empty where they agree.
    """

    decision: Decision
    why: Justification
    opposed: bool
    agrees: bool
    remarks: tuple[Counterpart, ...]


def ask_law(decision: Decision, why: Justification) -> Iterator[LawAnswer]:
    """Put to the law, on the same facts, what a question about guidance was about.

    Args:
        decision: the answer of the guidance; for a question about the law nothing comes.
        why: its explanation.
    """
    law, goal = decision.law, decision.goal
    provision = law.provisions.get(goal.pinpoint)
    asked = goal.name, len(goal.arguments)
    if provision is None or predicate_of(law, goal.pinpoint) != asked:
        return
    kinds = law.types.get(asked, ())
    people = [
        argument
        for argument, kind in zip(goal.arguments, kinds, strict=True)
        if argument is not None and kind in law.vocabulary.entities
    ]
    for counterpart in provision.counterparts:
        other = resolve(
            law,
            counterpart.question,
            entities=decision.case.entities,
            about=[*people, *decision.case.about],
            day=decision.day,
        )
        ground = ground_case(law, decision.case, decision.world, [other])
        found = answer(ground, decision.case, decision.world, other)
        same = decision.answer
        if counterpart.opposed:
            same = _OPPOSITE.get(same, same)
        agrees = found.answer == same
        remarks = () if agrees else _remarks(decision, why, counterpart)
        yield LawAnswer(found, explain(found), counterpart.opposed, agrees, remarks)


def _remarks(
    decision: Decision, why: Justification, counterpart: Counterpart
) -> tuple[Counterpart, ...]:
    """On what the two differ: what is said where the guidance fails, or of the whole question."""
    if decision.answer != "yes":
        provisions = decision.law.provisions
        turns_on = [p for p in decisive(why, why.roots[0]) if p != decision.goal.pinpoint]
        found = [provisions[p].counterparts[0] for p in turns_on if provisions[p].counterparts]
        if found:
            return tuple({remark.words: remark for remark in found}.values())
    return (counterpart,)

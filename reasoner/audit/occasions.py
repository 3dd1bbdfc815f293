"""Under which readings and which date of the law the rule of a mutant can apply at all.

A rule that asks for an option is closed under the others, and one that asks for an amendment before
it came into force. Stories that tell a mutant from the law are sought where its rule is open; where
what is changed is what the rule asks of them, also where it is not.
"""

from __future__ import annotations

from datetime import timedelta
from itertools import product
from typing import NamedTuple

from reasoner.audit.conditions import LAW_DATE, READING, Condition, conditions, literal_at_place
from reasoner.audit.mutants import Mutant
from reasoner.hypotheses.sensitivity import options_of, with_number
from reasoner.lawfiles.rules import Law
from reasoner.stories.claims import Readings
from reasoner.wording.words import is_date, read_date

MOST = 6


class Occasion(NamedTuple):
    """Options taken, and a date of the law; None is the day in question."""

    readings: Readings
    law_date: int | None


def occasions(law: Law, mutant: Mutant, known: dict[int, list[Condition]]) -> list[Occasion]:
    """The occasions on which a mutant could show, the usual first.

    Args:
        law: the law.
        mutant: the mutant.
        known: the conditions of the law by rule, as :func:`by_rule` gives them.
    """
    choices: dict[str, list[str]] = {}
    dates: list[int | None] = []
    rule = law.rules[mutant.rule]
    for condition in known.get(mutant.rule, ()):
        if len(condition.place) > 1 or condition.kind not in (READING, LAW_DATE):
            continue
        literal = literal_at_place(rule, condition.place)
        assert literal.atom is not None
        changed = condition.place == mutant.place
        if condition.kind == READING:
            name, option = (term.text for term in literal.atom.arguments)
            if name in law.vocabulary.readings and option[:1].islower():
                several = _options(law, name, option, open_=not literal.negated)
                if changed:
                    several += _options(law, name, option, open_=literal.negated)
                choices[name] = [o for o in choices.get(name, several) if o in several]
        else:
            days = [t.text for t in literal.atom.arguments if is_date(t.text)]
            for day in days[:1]:
                before, since = _day_before(day), int(day)
                dates += [before if literal.negated else since]
                if changed:
                    dates += [since, before, _day_before(day, -1)]
    rows = [[(name, option) for option in several] for name, several in choices.items()]
    found = dict.fromkeys(
        Occasion(tuple(c for c in chosen if c[1] != law.vocabulary.readings[c[0]].default), day)
        for day in dict.fromkeys(dates or [None])
        for chosen in product(*rows)
    )
    return list(found)[:MOST]


def by_rule(law: Law) -> dict[int, list[Condition]]:
    """The conditions of a law by rule."""
    found: dict[int, list[Condition]] = {}
    for condition in conditions(law):
        found.setdefault(condition.rule, []).append(condition)
    return found


def _options(law: Law, name: str, option: str, *, open_: bool) -> list[str]:
    """The options with which a rule that asks for one is open, or not; the usual one first."""
    usual = law.vocabulary.readings[name].default
    every = sorted(
        (with_number(o, 1) for o in options_of(law, name)), key=lambda o: (o != usual, o)
    )
    wanted = option.partition("(")[0]
    return [o for o in every if (o.partition("(")[0] == wanted) is open_]


def _day_before(day: str, days: int = 1) -> int:
    return int(f"{read_date(day) - timedelta(days):%Y%m%d}")

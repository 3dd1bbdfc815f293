"""Options of readings: those that change no answer, and those of the two official texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reasoner.audit.apart import matters, questions_of
from reasoner.audit.findings import IDLE, SAME_TEXTS, TEXTS, TURNING, Finding
from reasoner.audit.plan import Asked, Plan
from reasoner.audit.shown import size_of
from reasoner.audit.turned import Choice, Turned
from reasoner.lawfiles.rules import Signature
from reasoner.solving.question import predicate_of


def ask_languages(plan: Plan) -> Iterator[Asked]:
    """Whether what the French text favours gives another answer than what the English one does."""
    law = plan.law
    english, french = (dict(law.vocabulary.favoured(text)) for text in ("en", "fr"))
    taken = plan.taken
    for name, option in french.items():
        reading = law.vocabulary.readings[name]
        here = english.get(name, taken[name])
        other = option if here == taken[name] else here
        if here == option or not plan.concerns(name):
            continue
        if other == taken[name]:
            others = [o.id for o in reading.options if o.id != option and not o.parameter]
            other = english.get(name, others[0])
        sought = matters(law, name, other, _answers(plan), f"texts_{name}")
        if sought is None:
            continue
        choice = (name, option)
        never, ever = (
            Finding(kind, reading.at, choice=choice, name=name) for kind in (SAME_TEXTS, TEXTS)
        )
        yield Asked(sought, name, never, ever)


def ask_options(plan: Plan, several: Iterable[Turned]) -> Iterator[Asked | Finding]:
    """What the cases say of options; whether those on which none turns change any answer."""
    resting: dict[Choice, set[str]] = {}
    changed: dict[Choice, set[int]] = {}
    for choice, asked, turned in several:
        resting.setdefault(choice, set()).update(plan.stories[place].path for place in asked)
        changed.setdefault(choice, set()).update(turned)
    for choice, places in sorted(changed.items()):
        at = plan.law.vocabulary.readings[choice[0]].at
        if places:
            first = min(places, key=lambda place: (size_of(plan.stories[place]), place))
            paths = {plan.stories[place].path for place in places}
            yield Finding(
                TURNING,
                at,
                choice=choice,
                name=choice[0],
                path=plan.stories[first].path,
                counts=(len(resting[choice]), len(paths)),
            )
            continue
        finding = Finding(IDLE, at, choice=choice, name=choice[0])
        name = "_".join(("reading", *choice)).replace("(", "_").rstrip(")")
        sought = matters(plan.law, *choice, _answers(plan), name)
        yield finding if sought is None else Asked(sought, name, finding)


def _answers(plan: Plan) -> list[Signature]:
    asked = questions_of(plan.law, plan.pinpoints)
    return [s for p in asked if (s := predicate_of(plan.law, p)) is not None]

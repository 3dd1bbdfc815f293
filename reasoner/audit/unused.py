"""What a law declares or concludes and nothing looks at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reasoner.audit.conditions import is_among
from reasoner.audit.findings import DEFINITION, FACT, OPTION, UNREACHED, Finding
from reasoner.lawfiles.infer import all_literals, rules_behind
from reasoner.lawfiles.rules import Law, Signature
from reasoner.solving.question import predicate_of


def find_unused(law: Law, pinpoints: Sequence[str]) -> Iterator[Finding]:
    """Whatever nothing looks at; facts, which no provision has, only where none is named."""
    for pinpoint in unreached(law, pinpoints):
        yield Finding(UNREACHED, (pinpoint,))
    for home, signature in unused_definitions(law, pinpoints):
        yield Finding(DEFINITION, (home,), signature, name=signature[0])
    for name in () if pinpoints else unused_facts(law):
        yield Finding(FACT, name=name)
    for choice in unused_options(law):
        at = law.vocabulary.readings[choice[0]].at
        if any(is_among(place, pinpoints) for place in at):
            yield Finding(OPTION, at, choice=choice)


def looked_at(law: Law) -> set[Signature]:
    """Every predicate that some condition of the law names."""
    return {
        literal.atom.signature
        for rule in law.rules
        for literal in all_literals(rule.body)
        if literal.atom is not None
    }


def unused_facts(law: Law) -> Iterator[str]:
    """The facts that a case may state and nothing in the law looks at."""
    used = looked_at(law)
    for name, fact in law.vocabulary.facts.items():
        if fact.section and (name, fact.arity) not in used:
            yield name


def unused_definitions(law: Law, pinpoints: Sequence[str] = ()) -> Iterator[tuple[str, Signature]]:
    """What is concluded beside the conclusion of its provision, and nothing looks at it."""
    used = looked_at(law)
    asked = {s for p in law.provisions if (s := predicate_of(law, p)) is not None}
    for signature, home in law.homes.items():
        if home and signature not in used | asked and is_among(home, pinpoints):
            yield home, signature


def unreached(law: Law, pinpoints: Sequence[str] = ()) -> Iterator[str]:
    """The provisions with rules on which no provision rests that people ask about."""
    asked = [
        signature
        for pinpoint, provision in law.provisions.items()
        if provision.raised_by is not None and (signature := predicate_of(law, pinpoint))
    ]
    if not asked:
        return
    flaws = [signature for signature in law.heads if signature[0] == "problem"]
    reached = {rule.number for rule in rules_behind(law, [*asked, *flaws])}
    for pinpoint, provision in law.provisions.items():
        rules = [n for n in provision.rules if law.rules[n].body]
        if rules and reached.isdisjoint(rules) and is_among(pinpoint, pinpoints):
            yield pinpoint


def unused_options(law: Law) -> Iterator[tuple[str, str]]:
    """The options of readings that no rule asks for, where another of the reading is asked for."""
    asked: dict[str, set[str]] = {}
    for rule in law.rules:
        for literal in all_literals(rule.body):
            if literal.atom is not None and literal.atom.signature == law.reading:
                name, option = (term.text for term in literal.atom.arguments)
                asked.setdefault(name, set()).add(option.partition("(")[0])
    for name, reading in law.vocabulary.readings.items():
        options = [option.id for option in reading.options]
        missing = [option for option in options if option not in asked.get(name, set())]
        # what applies where no other option does need not be asked for
        if len(missing) > 1 or (missing and len(options) == 1):
            yield from ((name, option) for option in missing)

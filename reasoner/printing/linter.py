"""Check the style of a law directory: what `load_law` accepts but a reader would not."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reasoner.errors import InputError, Position, Problem
from reasoner.lawfiles.bilingual import find_gaps
from reasoner.lawfiles.rules import Law, Signature, is_below
from reasoner.lawfiles.translation import in_language
from reasoner.reasons.endless import endless_conditions
from reasoner.source import read_source
from reasoner.stories.sayings import read_sayings
from reasoner.stories.stories import read_setting

LONGEST_LINE = 100
MOST_CONDITIONS = 8


def lint(law: Law) -> list[Problem]:
    """The blemishes of a law, in the order of its files.

    Raises:
        InputError: when clingo cannot ground the law.
    """
    found = [
        *_provisions(law),
        *_sentences(law),
        *_rules(law),
        *_endless(law),
        *_vocabulary(law),
        *_readings(law),
        *(_at(*gap) for gap in find_gaps(law)),
        *_lines(law),
        *_ground(law),
        *_stories(law),
    ]
    return sorted(found, key=lambda p: (p.position or Position("", 0, 0), p.message))


def _at(position: Position, message: str, hint: str = "") -> Problem:
    line = read_source(position.path).line(position.line)
    return Problem(message, position, line, max(1, len(line.rstrip()) - position.column + 1), hint)


def _provisions(law: Law) -> Iterator[Problem]:
    for provision in law.provisions.values():
        if not provision.summary:
            yield _at(provision.position, f"{provision.pinpoint} has no summary", "write `%> ...`")
        deeper = any(is_below(p, provision.pinpoint) for p in law.provisions)
        if not provision.rules and not provision.not_encoded and not deeper:
            yield _at(
                provision.position,
                f"{provision.pinpoint} has neither a rule nor a reason why not",
                "write `% Not encoded: why`",
            )


def _sentences(law: Law) -> Iterator[Problem]:
    for signature, indices in law.heads.items():
        rule = law.rules[indices[0]]
        if not rule.provision or signature in law.tables:
            continue
        words = law.sentences.get(signature)
        if words is None or not words.holds or not words.fails:
            missing = "%+ and %-" if words is None else "%+" if not words.holds else "%-"
            yield _at(rule.position, f"{signature[0]} has no sentence {missing}")
            continue
        for mark, text in (("%+", words.holds), ("%-", words.fails)):
            if text.endswith("."):
                yield _at(
                    rule.position, f"the sentence {mark} of {signature[0]} ends in a full stop"
                )
        for name in re.findall(r"\{(\w+)\}", words.fails):
            if not name.isdigit():
                yield _at(
                    rule.position,
                    f"the sentence %- of {signature[0]} names {{{name}}}, "
                    "which its head does not have",
                )
        known = {v for i in indices for lit in law.rules[i].body for v in lit.variables}
        for name in re.findall(r"\{(\w+)\}", words.holds):
            if not name.isdigit() and name not in known:
                yield _at(rule.position, f"no rule of {signature[0]} binds {{{name}}}")


def _rules(law: Law) -> Iterator[Problem]:
    for rule in law.rules:
        if len(rule.body) > MOST_CONDITIONS:
            yield _at(
                rule.position,
                f"a rule with {len(rule.body)} conditions is hard to read",
                "give some of them a predicate of their own",
            )
        if re.match(r"(not|check|is)_", rule.head.name):
            yield _at(
                rule.position,
                f"{rule.head.name}: name what is the case, without "
                f"{rule.head.name.partition('_')[0]}_",
            )


def _endless(law: Law) -> Iterator[Problem]:
    for found in endless_conditions(law):
        yield _at(
            found.condition.position,
            f"`{found.condition.text}` would be asked of ever new values where "
            f"{found.rule.head.name} does not hold: no explanation would come to an end",
            "let a condition before it list the values, such as a table of which follows which",
        )


def _vocabulary(law: Law) -> Iterator[Problem]:
    used: set[Signature] = set()
    for rule in law.rules:
        for literal in rule.body:
            inner = [literal]
            if literal.aggregate is not None:
                inner = [lit for e in literal.aggregate.elements for lit in e.condition]
            used |= {lit.atom.signature for lit in inner if lit.atom is not None}
    for fact in law.vocabulary.facts.values():
        if (fact.name, fact.arity) not in used and fact.settled_by != "question":
            yield _at(fact.position, f"no rule looks at {fact.name}")
        if fact.section and fact.changing is None and not fact.settled_who:
            hint = "write 'Can change: no', 'yes', 'by WHO' or 'once, by WHO'"
            yield _at(fact.position, f"{fact.name}: can it still change?", hint)


def _readings(law: Law) -> Iterator[Problem]:
    tested = {
        (lit.atom.arguments[0].text, lit.atom.arguments[1].text.partition("(")[0])
        for rule in law.rules
        for lit in rule.body
        if lit.atom is not None and lit.atom.signature == ("reading", 2)
    }
    for reading in law.vocabulary.readings.values():
        options = [o.id for o in reading.options]
        if not any((reading.id, o) in tested for o in options):
            yield _at(reading.position, f"no rule tests the reading {reading.id}")
        for place in reading.at:
            if place not in law.provisions:
                yield _at(reading.position, f"reading {reading.id}: {place} is not a heading here")


def _lines(law: Law) -> Iterator[Problem]:
    paths = {rule.position.path for rule in law.rules} | {
        p.position.path for p in law.provisions.values()
    }
    for path in sorted(paths):
        source = read_source(path)
        for number, line in enumerate(source.lines, 1):
            if len(line) > LONGEST_LINE:
                yield source.problem(
                    f"this line has {len(line)} characters, more than {LONGEST_LINE}",
                    number,
                    LONGEST_LINE + 1,
                    len(line) - LONGEST_LINE,
                )


def _ground(law: Law) -> Iterator[Problem]:
    import clingo

    from reasoner.lawfiles.clingo_messages import clingo_problem

    messages: list[str] = []
    control = clingo.Control(["-Wno-atom-undefined"], logger=lambda _, text: messages.append(text))
    try:
        control.load(str(law.main))
        control.ground([("base", [])])
    except RuntimeError:
        raise InputError([clingo_problem(text, read_source) for text in messages]) from None
    for text in messages:
        yield clingo_problem(text, read_source)


def _stories(law: Law) -> Iterator[Problem]:
    """What is wrong with the files that say what stories are made of, and how they are told."""
    try:
        read_sayings(law)
    except InputError as error:
        yield from error.problems
    try:
        axioms = read_setting(law).axioms
    except InputError as error:
        yield from error.problems
        return
    try:
        in_language(law, "fr")
    except InputError:
        return  # a law that speaks no French
    for axiom in axioms:
        if "fr" not in axiom.words:
            place = axiom.pieces[0].head.position
            yield _at(place, f"{axiom.name} says nothing in French", "write `%>fr ...`")

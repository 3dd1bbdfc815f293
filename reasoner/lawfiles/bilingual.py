"""Hold what a law says in another language against its English: find what is missing or unfilled.

A law says that it speaks a language by having one sentence in it. A law without any is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from reasoner.errors import Position
from reasoner.lawfiles.rules import Law, Rule, Sentences
from reasoner.lawfiles.translation import (
    NAMES,
    FactWords,
    OptionWords,
    ProvisionWords,
    ReadingWords,
    RuleWords,
    Translation,
    translation_of,
)

_PLACE = re.compile(r"\{(\w+)\}")

Gap = tuple[Position, str, str]


def find_gaps(law: Law) -> Iterator[Gap]:
    """Whatever a law says in one of its languages only: where, a message, and a hint."""
    for language, name in NAMES.items():
        spoken = translation_of(law, language)
        if spoken is not None:
            yield from _rules(law, language, name, spoken)
            yield from _declarations(law, name, spoken)
            yield from _readings(law, name, spoken)
            yield from _provisions(law, language, name, spoken)


def _rules(law: Law, language: str, name: str, spoken: Translation) -> Iterator[Gap]:
    seen: set[Position] = set()  # a fact with pools is several rules in one place
    for rule in law.rules:
        if rule.position in seen:
            continue
        seen.add(rule.position)
        words = spoken.rules.get(rule.number, RuleWords())
        pairs = {"": (rule.sentences, words.sentences)}
        for key in (*rule.comparisons, *words.comparisons):
            own = rule.comparisons.get(key, Sentences())
            pairs[key] = own, words.comparisons.get(key, Sentences())
        for key, (own, other) in pairs.items():
            for sign in ("+", "-"):
                english, translated = _side(own, sign), _side(other, sign)
                mark = f"%{sign}{language}" + (f" `{key}`" if key else "")
                what = f"{rule.head.name}: the sentence %{sign}" + (f" `{key}`" if key else "")
                for message, hint in _compare(what, english, translated, name, mark):
                    yield rule.position, message, hint
                for place in _unfilled(law, rule, key, sign, translated):
                    message = f"{what} names {{{place}}} in {name}, which nothing fills"
                    yield rule.position, message, ""


def _side(sentences: Sentences, sign: str) -> str:
    return sentences.holds if sign == "+" else sentences.fails


def _compare(
    what: str, english: str, translated: str, name: str, mark: str
) -> Iterator[tuple[str, str]]:
    if english and not translated:
        yield f"{what} has no {name}", f"write `{mark} ...`"
    elif translated and not english:
        yield f"{what} has {name} and no English", ""
    elif translated.endswith("."):
        yield f"{what} ends in a full stop in {name}", ""


def _unfilled(law: Law, rule: Rule, key: str, sign: str, translated: str) -> list[str]:
    """The places of a translated sentence that the rule cannot fill."""
    known = set(rule.head.variables) | {str(n) for n in range(len(rule.head.arguments))}
    if sign == "+" or key:
        rules = law.rules_for(rule.head.signature) if not key else (rule,)
        known |= {v for r in rules for literal in r.body for v in literal.variables}
    return [place for place in dict.fromkeys(_PLACE.findall(translated)) if place not in known]


def _declarations(law: Law, name: str, spoken: Translation) -> Iterator[Gap]:
    vocabulary = law.vocabulary
    for entity in vocabulary.entities.values():
        words = spoken.entities.get(entity.name, ("", ""))
        fields = {name: words[0], f"{name} any": words[1]}
        yield from _missing(entity.position, f"the type {entity.name}", fields)
    for kind in vocabulary.kinds.values():
        _, anything = spoken.kinds.get(kind.name, ({}, ""))
        yield from _missing(kind.position, f"the kind {kind.name}", {f"{name} any": anything})
    for fact in vocabulary.facts.values():
        said = spoken.facts.get(fact.name, FactWords())
        fields = {name: said.sentence, f"{name} not": said.negative}
        if fact.section:
            fields[f"{name} key"] = said.short
            fields[f"{name} ask"] = said.ask
        if fact.ask_any:
            fields[f"{name} ask any"] = said.ask_any
        if fact.settled_who:
            fields[f"{name} by"] = said.who
        who = fact.can_change.who
        if who and "{" not in who and who != fact.settled_who:
            fields[f"{name} changed by"] = said.changed_by
        yield from _missing(fact.position, f"the fact {fact.name}", fields)


def _missing(position: Position, what: str, fields: Mapping[str, str]) -> Iterator[Gap]:
    missing = [field for field, text in fields.items() if not text]
    if missing:
        yield position, f"{what} has no {_list(missing)}", "add the field to its declaration"


def _readings(law: Law, name: str, spoken: Translation) -> Iterator[Gap]:
    for reading in law.vocabulary.readings.values():
        question, said = spoken.readings.get(reading.id, ReadingWords())
        yield from _missing(reading.position, f"the reading {reading.id}", {name: question})
        for option in reading.options:
            words = said.get(option.id, OptionWords())
            pairs = {
                name: (option.text, words.text),
                f"{name} why": (option.why, words.why),
                f"{name} from": (option.authority, words.authority),
            }
            missing = {field: here for field, (own, here) in pairs.items() if own}
            what = f"the option {option.id} of the reading {reading.id}"
            yield from _missing(reading.position, what, missing)


def _provisions(law: Law, language: str, name: str, spoken: Translation) -> Iterator[Gap]:
    for provision in law.provisions.values():
        said = spoken.provisions.get(provision.pinpoint, ProvisionWords())
        if provision.summary and not said.summary:
            message = f"the summary of {provision.pinpoint} has no {name}"
            yield provision.position, message, f"write `%>{language} ...` below it"
        if len(said.in_force) != len(provision.in_force):
            message = f"{provision.pinpoint} does not say in {name} since when it is in force"
            yield provision.position, message, f"write `%={language} ...` below each `%= ...`"
        if provision.not_encoded and not said.not_encoded:
            message = f"{provision.pinpoint} does not say in {name} why it is not encoded"
            yield provision.position, message, "write `% Non codé : ...` below it"
        for place, other in enumerate(provision.counterparts):
            if other.words and not said.remarks.get(place):
                message = f"{provision.pinpoint}: the remark on {other.question} has no {name}"
                yield other.position, message, f"write `%~{language} ...`"
    for provision in {p.instrument: p for p in law.provisions.values()}.values():
        if provision.instrument not in spoken.titles:
            message = f"the title of {provision.instrument} has no {name}"
            yield provision.position, message, f"write `%#{language} ...` below `%# ...`"


def _list(words: Sequence[str]) -> str:
    return " and no ".join(f"'{word}'" for word in words)

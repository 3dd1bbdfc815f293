"""A law in another language than English: what its files say in it, and the law that says it.

Nobody who asks in English should pay for it: a law keeps its translations folded, as bytes, and
they are unfolded when somebody asks for them.
"""

from __future__ import annotations

import pickle
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from reasoner.errors import InputError, Problem, closest, quote
from reasoner.lawfiles.blocks import FIELD, Block, Text, join_items, joined, split_block
from reasoner.lawfiles.rules import Instrument, Law, Provision, Rule, Sentences, Signature
from reasoner.lawfiles.vocabulary import Fact, Reading, Value, Vocabulary
from reasoner.source import Source

NAMES = {"fr": "French"}

_VALUE = r"- +([^ :]+) *: *(.+)"


class RuleWords(NamedTuple):
    """What a rule says: of its conclusion, and of its comparisons by key."""

    sentences: Sentences = Sentences()
    comparisons: Mapping[str, Sentences] = {}


class ProvisionWords(NamedTuple):
    """What stands under a heading; ``remarks`` on the law by the place of the counterpart."""

    summary: str = ""
    in_force: tuple[str, ...] = ()
    not_encoded: str = ""
    remarks: Mapping[int, str] = {}


class OptionWords(NamedTuple):
    """What is said of an option of a reading."""

    text: str = ""
    why: str = ""
    authority: str = ""


class ReadingWords(NamedTuple):
    """What is said of a reading, and of its options by name."""

    question: str = ""
    options: Mapping[str, OptionWords] = {}


class FactWords(NamedTuple):
    """What the declaration of a fact says; ``short`` stands in lists.

    ``who`` settles it; ``changed_by`` are those by whose act it can still change; ``ask`` and
    ``ask_any`` are the questions.
    """

    sentence: str = ""
    negative: str = ""
    who: str = ""
    short: str = ""
    changed_by: str = ""
    ask: str = ""
    ask_any: str = ""


@dataclass(slots=True)
class Translation:
    """All that the files of a law say in one language, as far as they say it.

    ``titles`` are those of the instruments; ``entities`` has the label of a type, ``kinds`` the
    values by constant, both with the words for any of it. ``sentences`` is what
    :attr:`reasoner.lawfiles.rules.Law.sentences` becomes.
    """

    rules: Mapping[int, RuleWords]
    provisions: Mapping[str, ProvisionWords] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)
    facts: dict[str, FactWords] = field(default_factory=dict)
    entities: dict[str, tuple[str, str]] = field(default_factory=dict)
    kinds: dict[str, tuple[dict[str, Value], str]] = field(default_factory=dict)
    readings: dict[str, ReadingWords] = field(default_factory=dict)
    sentences: Mapping[Signature, Sentences] = field(default_factory=dict)

    def __bool__(self) -> bool:
        """Whether anything is said at all."""
        declared = self.facts or self.entities or self.kinds or self.readings
        return bool(self.rules or self.provisions or self.titles or declared)

    def translate_rules(self, rules: Iterable[Rule]) -> Iterator[Rule]:
        """The rules with these words, and their own where there are none."""
        nothing = RuleWords()
        for rule in rules:
            words = self.rules.get(rule.number, nothing)
            if words is nothing:
                yield rule
                continue
            comparisons = {
                key: _prefer(words.comparisons.get(key, nothing.sentences), own)
                for key, own in rule.comparisons.items()
            }
            yield rule._replace(
                sentences=_prefer(words.sentences, rule.sentences), comparisons=comparisons
            )

    def translate_provisions(self, own: Mapping[str, Provision]) -> dict[str, Provision]:
        """The provisions with these words, and their own where there are none."""
        nothing = ProvisionWords()
        found = {}
        for pinpoint, provision in own.items():
            words = self.provisions.get(pinpoint, nothing)
            counterparts = tuple(
                other._replace(words=words.remarks.get(place, other.words))
                for place, other in enumerate(provision.counterparts)
            )
            found[pinpoint] = provision._replace(
                summary=words.summary or provision.summary,
                in_force=words.in_force or provision.in_force,
                not_encoded=words.not_encoded or provision.not_encoded,
                counterparts=counterparts,
            )
        return found

    def translate_titles(self, own: Mapping[str, Instrument]) -> dict[str, Instrument]:
        """The instruments with these titles, and their own where there are none."""
        return {
            prefix: instrument._replace(title=self.titles.get(prefix, instrument.title))
            for prefix, instrument in own.items()
        }

    def translate_vocabulary(self, own: Vocabulary) -> Vocabulary:
        """The vocabulary with these words, and its own where there are none."""
        facts = {name: _fact(fact, self.facts.get(name)) for name, fact in own.facts.items()}
        entities = dict(own.entities)
        for name, (label, anything) in self.entities.items():
            entity = entities[name]
            entities[name] = entity._replace(
                label=label or entity.label, any=anything or entity.any
            )
        kinds = dict(own.kinds)
        for name, (values, anything) in self.kinds.items():
            kind = kinds[name]
            kinds[name] = kind._replace(values={**kind.values, **values}, any=anything or kind.any)
        readings = {name: self._reading(reading) for name, reading in own.readings.items()}
        return Vocabulary(facts, entities, kinds, readings)

    def _reading(self, own: Reading) -> Reading:
        question, words = self.readings.get(own.id, ReadingWords())
        options = []
        for option in own.options:
            text, why, authority = words.get(option.id, OptionWords())
            options.append(
                option._replace(
                    text=text or option.text,
                    why=why or option.why,
                    authority=authority or option.authority,
                )
            )
        return own._replace(question=question or own.question, options=tuple(options))


def _prefer(words: Sentences, own: Sentences) -> Sentences:
    return Sentences(words.holds or own.holds, words.fails or own.fails)


def _fact(own: Fact, words: FactWords | None) -> Fact:
    if words is None:
        return own
    changing = own.changing
    if changing is not None and "{" not in changing.who:
        same = changing.who == own.settled_who
        who = words.changed_by or (words.who if same else "") or changing.who
        changing = changing._replace(who=who)
    return own._replace(
        sentence=words.sentence or own.sentence,
        negative=words.negative or own.negative,
        settled_who=words.who or own.settled_who,
        short=words.short or own.short,
        changing=changing,
        ask=words.ask or own.ask,
        ask_any=words.ask_any or own.ask_any,
    )


def fold(translation: Translation) -> bytes:
    """A translation as it is kept in a law."""
    return pickle.dumps(translation, pickle.HIGHEST_PROTOCOL)


def translation_of(law: Law, language: str) -> Translation | None:
    """What the files of a law say in a language, if they say anything in it."""
    folded = law.translations.get(language)
    if folded is None:
        return None
    found = pickle.loads(folded)  # made by fold, in this process or in the user's own cache
    assert isinstance(found, Translation)
    return found


def in_language(law: Law, language: str) -> Law:
    """The same law with its words in a language; what has none in it keeps the English.

    Args:
        law: a law as it was read.
        language: ``en`` or ``fr``.

    Raises:
        InputError: when the files of the law say nothing in that language.
    """
    if language == law.language:
        return law
    found = translation_of(law, language)
    if found is None:
        name = NAMES.get(language, language)
        hint = f"write `%+{language} ...` beside `%+ ...` and fields '{name}' in declarations"
        raise InputError([Problem(f"{law.main}: this law has no sentences in {name}", hint=hint)])
    return replace(
        law,
        instruments=found.translate_titles(law.instruments),
        provisions=found.translate_provisions(law.provisions),
        rules=tuple(found.translate_rules(law.rules)),
        vocabulary=found.translate_vocabulary(law.vocabulary),
        sentences=found.sentences,
        language=language,
    )


def read_declared(
    found: Translation,
    language: str,
    blocks: Iterable[Block],
    sources: Mapping[str, Source],
    vocabulary: Vocabulary,
    problems: list[Problem],
) -> None:
    """Add to what the files of a law say in a language what their declarations say.

    Args:
        found: what they say, so far.
        language: a key of ``NAMES``.
        blocks: the declarations.
        sources: the files they stand in.
        vocabulary: what they declare.
        problems: where the problems found are appended.
    """
    name = NAMES[language]
    for block in blocks:
        source = sources[block.position.path]
        text = split_block(source, block, [])
        if text.sort == "fact" and text.name in vocabulary.facts:
            words = FactWords(
                *(joined(text.fields.get(f"{name}{part}", ())) for part in _FACT_FIELDS)
            )
            if any(words):
                found.facts[text.name] = words
            _check_places(text, name, source, problems)
        elif text.sort == "type":
            label, anything = (joined(text.fields.get(f"{name}{p}", ())) for p in ("", " any"))
            if label or anything:
                found.entities[text.name] = label, anything
        elif text.sort == "kind":
            own = vocabulary.kinds[text.name].values
            values = dict(_values(text, name, own, source, problems))
            anything = joined(text.fields.get(f"{name} any", ()))
            if values or anything:
                found.kinds[text.name] = values, anything
        elif text.sort == "reading":
            question = joined(text.fields.get(name, ()))
            options = _options(text, name)
            if question or options:
                found.readings[text.name] = ReadingWords(question, options)


_FACT_FIELDS = ("", " not", " by", " key", " changed by", " ask", " ask any")


def _check_places(text: Text, name: str, source: Source, problems: list[Problem]) -> None:
    """Report braces that do not name an argument."""
    for part in ("", " not", " ask", " ask any"):
        lines = text.fields.get(f"{name}{part}", ())
        for place in re.findall(r"\{([^{}]*)\}", joined(lines)):
            if place not in text.variables:
                message = f"{{{place}}} is not an argument of {text.name}"
                hint = closest(place, text.variables)
                problems.append(source.problem_at(lines[0].place, message, hint))


def _values(
    text: Text, name: str, own: Mapping[str, Value], source: Source, problems: list[Problem]
) -> Iterator[tuple[str, Value]]:
    """The values of a kind that have other words; what is left out keeps its own."""
    for line in join_items(text.fields.get(name, ())):
        match = re.fullmatch(_VALUE, line.text)
        if not match:
            hint = "write '- constant: label', and ' -- words' after it if they are needed"
            message = f"{quote(line.text)} is not a value"
            problems.append(source.problem_at(line.place, message, hint))
        elif match[1] not in own:
            message = f"{quote(match[1])} is not a value of the kind {text.name}"
            problems.append(source.problem_at(line.place, message, closest(match[1], own)))
        else:
            label, _, words = (part.strip() for part in match[2].partition(" -- "))
            yield match[1], Value(match[1], label, words or own[match[1]].words)


def _options(text: Text, name: str) -> dict[str, OptionWords]:
    """The words of the options of a reading, from their fields beside Why and From."""
    fields = {name: "text", f"{name} why": "why", f"{name} from": "authority"}
    found: dict[str, dict[str, str]] = {}
    option = current = ""
    for line in text.fields.get("Options", ()):
        match = re.fullmatch(FIELD, line.text)
        if line.text.startswith("-"):
            option, current = re.split(r"[(:]", line.text[1:].strip())[0], ""
        elif match:
            current = fields.get(match[1], "")
            if current:
                found.setdefault(option, {})[current] = match[2] or ""
        elif current:
            found[option][current] = f"{found[option][current]} {line.text}".strip()
    return {option: OptionWords(**said) for option, said in found.items()}

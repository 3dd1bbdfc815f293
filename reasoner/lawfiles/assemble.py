"""Put the pieces of a law together, and check them against each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from reasoner.errors import InputError, Position, Problem, closest
from reasoner.lawfiles.blocks import Block
from reasoner.lawfiles.declarations import build_vocabulary
from reasoner.lawfiles.infer import all_literals, infer_types
from reasoner.lawfiles.rules import (
    Counterpart,
    Instrument,
    Law,
    Literal,
    Provision,
    Rule,
    Sentences,
    Signature,
)
from reasoner.lawfiles.strata import check_strata, depths, ways_down
from reasoner.lawfiles.translation import (
    NAMES,
    ProvisionWords,
    RuleWords,
    Translation,
    fold,
    read_declared,
)
from reasoner.lawfiles.vocabulary import Vocabulary
from reasoner.source import Source, read_source

ENGLISH = "en"


@dataclass(slots=True)
class HeadingWords:
    """What stands under a heading in one language; ``remarks`` by the place of the counterpart."""

    summary: list[str] = field(default_factory=list)
    in_force: list[str] = field(default_factory=list)
    not_encoded: str = ""
    remarks: dict[int, str] = field(default_factory=dict)

    def together(self) -> ProvisionWords:
        """The same, put together."""
        summary = " ".join(self.summary)
        return ProvisionWords(summary, tuple(self.in_force), self.not_encoded, self.remarks)


@dataclass(slots=True)
class Heading:
    """A provision as its annotations give it, and the rules below them."""

    pinpoint: str
    instrument: Instrument
    position: Position
    said: dict[str, HeadingWords] = field(default_factory=dict)
    rules: list[int] = field(default_factory=list)
    question: Position | None = None
    raised_by: list[str] = field(default_factory=list)
    counterparts: list[Counterpart] = field(default_factory=list)

    def words(self, language: str) -> HeadingWords:
        """What stands under the heading in a language."""
        return self.said.setdefault(language, HeadingWords())


@dataclass(slots=True)
class Draft:
    """Everything read from the files of a law, and every problem found on the way."""

    sources: dict[str, Source] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    instruments: dict[str, Instrument] = field(default_factory=dict)
    headings: dict[str, Heading] = field(default_factory=dict)
    rules: list[Rule] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    words: dict[str, dict[int, RuleWords]] = field(default_factory=dict)
    titles: dict[str, dict[str, str]] = field(default_factory=dict)

    def source(self, name: str) -> Source:
        """The text of a law file, read once."""
        if name not in self.sources:
            self.sources[name] = read_source(name)
        return self.sources[name]

    def at(self, position: Position, message: str, width: int = 1, hint: str = "") -> None:
        """Note a problem at a position."""
        self.problems.append(
            self.source(position.path).problem(message, position.line, position.column, width, hint)
        )


def assemble(draft: Draft, folder: Path, main: Path) -> Law:
    """Put the pieces together, check them against each other, raise what was found."""
    defaults = _reading_defaults(draft.rules)
    try:
        vocabulary = build_vocabulary(draft.blocks, draft.sources.values(), defaults)
    except InputError as error:
        raise InputError([*draft.problems, *error.problems]) from None
    heads: dict[Signature, tuple[int, ...]] = {}
    for rule in draft.rules:
        heads[rule.head.signature] = (*heads.get(rule.head.signature, ()), rule.number)
    tables = frozenset(
        signature
        for signature, indices in heads.items()
        if all(not draft.rules[i].body for i in indices)
    )
    _check_predicates(draft, heads, vocabulary)
    sentences, homes = _words(draft.rules, heads, vocabulary)
    translations = _translate(draft, heads, vocabulary)
    _check_questions(draft, heads, vocabulary, sentences, homes)
    _check_guidance(draft, homes)
    if draft.problems:
        raise InputError(draft.problems)
    law = Law(
        folder,
        main,
        draft.instruments,
        {h.pinpoint: _provision(h) for h in draft.headings.values()},
        tuple(draft.rules),
        vocabulary,
        infer_types(draft.rules, vocabulary),
        sentences,
        homes,
        heads,
        tables,
        depths(draft.rules),
        translations,
        frozenset((fact.name, fact.arity) for fact in vocabulary.facts.values()),
    )
    cycles = check_strata(draft.rules)
    for rule, names in cycles:
        draft.at(
            rule.position,
            f"{rule.head.name} depends on its own negation: {' -> '.join(names)}",
            len(rule.head.name),
            "a law must be stratified: index the conclusion by day, or split the predicate",
        )
    if draft.problems:
        raise InputError(draft.problems)
    return law


def _provision(heading: Heading) -> Provision:
    words = heading.words(ENGLISH).together()
    return Provision(
        heading.pinpoint,
        heading.instrument.prefix,
        heading.instrument.layer,
        words.summary,
        heading.position,
        words.in_force,
        words.not_encoded,
        tuple(heading.rules),
        None if heading.question is None else tuple(heading.raised_by),
        tuple(heading.counterparts),
    )


def extend(law: Law, rules: Iterable[Rule]) -> Law:
    """The same law with further rules, without words, that rest on it.

    Args:
        law: the law; none of its own predicates may be concluded by the rules.
        rules: the rules, numbered anyhow.
    """
    every = list(law.rules)
    heads = dict(law.heads)
    for rule in rules:
        numbers = heads.get(rule.head.signature, ())
        heads[rule.head.signature] = (*numbers, len(every))
        every.append(rule._replace(number=len(every)))
    return replace(
        law,
        rules=tuple(every),
        heads=heads,
        types=infer_types(every, law.vocabulary),
        depths=depths(every),
    )


def _check_predicates(
    draft: Draft, heads: Mapping[Signature, tuple[int, ...]], vocabulary: Vocabulary
) -> None:
    facts = {(f.name, len(f.arguments)) for f in vocabulary.facts.values()}
    entities = {(name, 1) for name in vocabulary.entities}
    given = {("chosen_reading", 2), ("chosen_law_date", 1)}
    known = set(heads) | facts | entities | given
    for rule in draft.rules:
        for literal in all_literals(rule.body):
            if literal.atom is None or literal.atom.signature in known:
                continue
            name, arity = literal.atom.signature
            others = sorted({n for n, a in known if n == name})
            if others:
                arities = sorted(a for n, a in known if n == name)
                hint = f"{name} has {' or '.join(map(str, arities))} arguments"
            else:
                hint = closest(name, sorted({n for n, _ in known}))
            draft.at(
                literal.position,
                f"nothing says when {name}/{arity} holds: no rule concludes it "
                "and the vocabulary does not declare it",
                len(literal.text),
                hint,
            )
        _check_constants(draft, rule, vocabulary)
        if rule.head.signature in facts and rule.provision:
            draft.at(
                rule.position,
                f"{rule.head.name} is a fact of cases and cannot be concluded",
                len(rule.head.text),
            )


def _check_questions(
    draft: Draft,
    heads: Mapping[Signature, tuple[int, ...]],
    vocabulary: Vocabulary,
    sentences: Mapping[Signature, Sentences],
    homes: Mapping[Signature, str],
) -> None:
    """A question that people ask must have an answer in words; what raises it must exist."""
    known = {name for name, _ in heads} | set(vocabulary.facts) | set(vocabulary.entities)
    for heading in draft.headings.values():
        if heading.question is None:
            continue
        signatures = [draft.rules[i].head.signature for i in heading.rules]
        if not any(s in sentences and homes[s] == heading.pinpoint for s in signatures):
            hint = "put `%?` under the heading of the conclusion that is asked about"
            draft.at(
                heading.question, f"{heading.pinpoint} concludes nothing to ask about", 2, hint
            )
        for name in heading.raised_by:
            if name not in known:
                message = f"nothing in the law is called {name}"
                draft.at(heading.question, message, 2, closest(name, sorted(known)))


def _check_guidance(draft: Draft, homes: Mapping[Signature, str]) -> None:
    """Guidance may rest on the law, never the law on guidance; what it is held against exists."""
    layers = {pinpoint: h.instrument.layer for pinpoint, h in draft.headings.items()}
    guidance = {rule.number for rule in draft.rules if layers.get(rule.provision) == "guidance"}
    law = {rule.number for rule in draft.rules if rule.provision} - guidance
    for rule, names in ways_down(draft.rules, law, guidance):
        draft.at(
            rule.position,
            f"{rule.head.name} is law and rests on guidance: {' -> '.join(names)}",
            len(rule.head.name),
            "guidance may look at the law, never the law at guidance",
        )
    known = {name: home for (name, _), home in homes.items() if home}
    known |= {home: home for home in known.values()}
    legal = [name for name, home in known.items() if layers[home] != "guidance"]
    for heading in draft.headings.values():
        for other in heading.counterparts:
            if heading.instrument.layer != "guidance":
                message, hint = f"{heading.pinpoint} is law, and is not held against other law", ""
            elif other.question not in legal:
                message = f"the law concludes nothing that is called {other.question}"
                hint = closest(other.question, legal)
            else:
                continue
            draft.at(other.position, message, 2, hint)


def _check_constants(draft: Draft, rule: Rule, vocabulary: Vocabulary) -> None:
    """Constants of closed kinds and options of readings must be declared."""
    for literal in all_literals(rule.body):
        if literal.atom is None:
            continue
        name, arguments = literal.atom.name, literal.atom.arguments
        if name in ("reading", "default_reading", "chosen_reading") and len(arguments) == 2:
            _check_option(draft, literal, arguments[0].text, arguments[1].text, vocabulary)
        declared = vocabulary.facts.get(name)
        if declared is None or declared.arity != len(arguments):
            continue
        for argument, term in zip(declared.arguments, arguments, strict=True):
            kind = vocabulary.kinds.get(argument.type)
            if kind and not term.variables and not term.anonymous and term.text not in kind.values:
                draft.at(
                    literal.position,
                    f"{term.text} is no {kind.name}",
                    len(literal.text),
                    closest(term.text, kind.values),
                )


def _check_option(
    draft: Draft, literal: Literal, name: str, option: str, vocabulary: Vocabulary
) -> None:
    if not name[:1].islower():
        return
    reading = vocabulary.readings.get(name)
    if reading is None:
        draft.at(
            literal.position,
            f"no reading is called {name}",
            len(literal.text),
            closest(name, vocabulary.readings),
        )
    elif option[:1].islower():
        known = [o.id for o in reading.options]
        if option.partition("(")[0] not in known:
            draft.at(
                literal.position,
                f"the reading {name} has no option {option}",
                len(literal.text),
                closest(option, known),
            )


def _words(
    all_rules: Sequence[Rule], heads: Mapping[Signature, tuple[int, ...]], vocabulary: Vocabulary
) -> tuple[dict[Signature, Sentences], dict[Signature, str]]:
    sentences: dict[Signature, Sentences] = {}
    homes: dict[Signature, str] = {}
    for signature, indices in heads.items():
        rules = [all_rules[i] for i in indices]
        homes[signature] = next((r.provision for r in rules if r.provision), "")
        holds = next((r.sentences.holds for r in rules if r.sentences.holds), "")
        fails = next((r.sentences.fails for r in rules if r.sentences.fails), "")
        declared = vocabulary.facts.get(signature[0])
        if not holds and declared is not None and len(declared.arguments) == signature[1]:
            holds, fails = declared.sentence, declared.negative
        if holds or fails:
            names = rules[0].head.arguments
            first = next((r for r in rules if r.sentences.holds or r.sentences.fails), rules[0])
            if declared is None:
                names = first.head.arguments
                holds = _by_place(holds, [t.text for t in names])
                fails = _by_place(fails, [t.text for t in names])
            else:
                order = [a.name for a in declared.arguments]
                holds, fails = _by_place(holds, order), _by_place(fails, order)
            sentences[signature] = Sentences(holds, fails)
    return sentences, homes


def _translate(
    draft: Draft, heads: Mapping[Signature, tuple[int, ...]], vocabulary: Vocabulary
) -> dict[str, bytes]:
    """What the files say in each other language that they speak, folded."""
    found: dict[str, bytes] = {}
    for language in NAMES:
        provisions = {
            h.pinpoint: h.said[language].together()
            for h in draft.headings.values()
            if language in h.said
        }
        spoken = Translation(
            draft.words.get(language, {}), provisions, draft.titles.get(language, {})
        )
        read_declared(spoken, language, draft.blocks, draft.sources, vocabulary, draft.problems)
        if spoken:
            rules = tuple(spoken.translate_rules(draft.rules))
            translated = spoken.translate_vocabulary(vocabulary)
            spoken.sentences, _ = _words(rules, heads, translated)
            found[language] = fold(spoken)
    return found


def _by_place(sentence: str, names: Sequence[str]) -> str:
    """``{P}`` of a head variable becomes ``{0}``; variables of the body keep their names."""
    for place, name in enumerate(names):
        sentence = sentence.replace("{" + name + "}", "{" + str(place) + "}")
    return sentence


def _reading_defaults(rules: Iterable[Rule]) -> dict[str, str]:
    return {
        rule.head.arguments[0].text: rule.head.arguments[1].text
        for rule in rules
        if rule.head.signature == ("default_reading", 2)
    }

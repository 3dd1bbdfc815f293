"""Read the declarations of a law: its types, closed kinds, readings and facts."""

import re
from collections.abc import Iterable, Mapping, Sequence

from reasoner.errors import InputError, Problem, closest, list_words, quote
from reasoner.lawfiles.blocks import FIELD, Block, Line, Text, join_items, joined, split_block
from reasoner.lawfiles.declared import Draft, position_of, report, report_at, require, source_of
from reasoner.lawfiles.declared_facts import check_written, read_fact
from reasoner.lawfiles.vocabulary import (
    BUILT_IN_TYPES,
    TEXTS,
    TOP_KEYS,
    Entity,
    Kind,
    Option,
    Reading,
    Value,
    Vocabulary,
    fold,
    guarded,
    option_term,
)
from reasoner.source import Source
from reasoner.values import IDENTIFIER, STATUS_WORDS

_VALUE = r"- +([^ :]+) *: *(.+)"
_OPTION_FIELDS = ("Why", "From", "Text", "French", "French why", "French from")
_OPTION = r"- +([a-z][a-z0-9_]*)(?:\(([A-Z][A-Za-z0-9_]*)\))? *: *(.+)"


def build_vocabulary(
    blocks: Iterable[Block], sources: Iterable[Source], defaults: Mapping[str, str] | None = None
) -> Vocabulary:
    """Read the declarations of a law.

    Args:
        blocks: the block comments, in the order of the law files
        sources: the files they stand in
        defaults: the default option of each reading, as an ASP term

    Returns:
        The vocabulary.

    Raises:
        InputError: with every problem found in the declarations.
    """
    draft = Draft({source.path: source for source in sources}, dict(defaults or {}))
    texts = [
        split_block(source_of(draft, block.position.path), block, draft.problems)
        for block in blocks
    ]
    _check_twice(draft, texts)
    entities = {text.name: _read_entity(draft, text) for text in texts if text.sort == "type"}
    kinds = {text.name: _read_kind(draft, text) for text in texts if text.sort == "kind"}
    readings = {text.name: _read_reading(draft, text) for text in texts if text.sort == "reading"}
    _check_types(draft, entities, kinds)
    draft.vocabulary = Vocabulary({}, entities, kinds, readings)
    facts = {text.name: read_fact(draft, text) for text in texts if text.sort == "fact"}
    check_written(draft, facts, entities)
    for reading, option in draft.defaults.items():
        if reading not in readings:
            message = f"the default {option} is for a reading {quote(reading)} that is not declared"
            draft.problems.append(Problem(message, hint=closest(reading, readings)))
    if draft.problems:
        raise InputError(draft.problems)
    return guarded(facts, entities, kinds, readings)


def _check_twice(draft: Draft, texts: Sequence[Text]) -> None:
    seen: dict[tuple[str, str], Text] = {}
    for text in texts:
        first = seen.setdefault((text.sort, text.name), text)
        if first is not text and text.sort:
            message = f"{text.name} is declared twice"
            hint = f"first in {first.path}, line {first.place.line}"
            report(draft, text.path, text.place, message, hint)


def _check_types(draft: Draft, entities: Mapping[str, Entity], kinds: Mapping[str, Kind]) -> None:
    """Report types of the same name, and sections that a case could not tell apart."""
    sections: dict[str, str] = {}
    positions = [(name, entity.position) for name, entity in entities.items()]
    positions += [(name, kind.position) for name, kind in kinds.items()]
    taken = set(BUILT_IN_TYPES)
    for name, position in positions:
        if name in taken:
            report_at(draft, position, f"there is another type named {name}")
        taken.add(name)
    for entity in entities.values():
        other = sections.setdefault(entity.section, entity.name)
        if other != entity.name:
            message = f"the section {entity.section} belongs to the type {other} already"
            report_at(draft, entity.position, message)
        if entity.section in TOP_KEYS:
            message = f"a section cannot be named {entity.section}"
            report_at(draft, entity.position, message)


def _read_entity(draft: Draft, text: Text) -> Entity:
    require(draft, text, "Section")
    fields = text.fields
    section = joined(fields.get("Section", ()))
    if section and not re.fullmatch(IDENTIFIER, section):
        place = fields["Section"][0].place
        report(draft, text.path, place, f"{quote(section)} is not the name of a section")
    anything = joined(fields.get("Any", ())) or f"any {text.words}"
    made_with = tuple(re.split(r" *, *", joined(fields.get("Made with", ()))))
    return Entity(
        text.name, text.words, anything, section, position_of(text), tuple(filter(None, made_with))
    )


def _read_kind(draft: Draft, text: Text) -> Kind:
    require(draft, text, "Values")
    values: dict[str, Value] = {}
    labels: dict[str, str] = {}
    for line in join_items(text.fields.get("Values", ())):
        match = re.fullmatch(_VALUE, line.text)
        if not match:
            message = f"{quote(line.text)} is not a value"
            hint = "write '- constant: label', and ' -- words' after it if they are needed"
            report(draft, text.path, line.place, message, hint)
            continue
        constant = match[1]
        label, _, words = (part.strip() for part in match[2].partition(" -- "))
        if not re.fullmatch(IDENTIFIER, constant) or constant in STATUS_WORDS or constant == "not":
            report(draft, text.path, line.place, f"{quote(constant)} cannot be a constant")
        for name in dict.fromkeys((constant, fold(label))):
            other = labels.setdefault(name, constant)
            if other != constant or constant in values:
                message = f"'{name}' names two values of the kind {text.name}"
                report(draft, text.path, line.place, message, f"it names {other} already")
                break
        values[constant] = Value(constant, label, words)
    anything = joined(text.fields.get("Any", ())) or f"any {text.name.replace('_', ' ')}"
    return Kind(text.name, text.words, values, position_of(text), anything)


def _read_reading(draft: Draft, text: Text) -> Reading:
    require(draft, text, "At", "Options")
    default = draft.defaults.get(text.name, "")
    options: list[Option] = []
    for line, details in _group_items(draft, text):
        match = re.fullmatch(_OPTION, line.text)
        if not match:
            message = f"{quote(line.text)} is not an option"
            hint = "write '- name: what it means' or '- name(N): what it means'"
            report(draft, text.path, line.place, message, hint)
            continue
        name = match[1]
        if any(option.id == name for option in options):
            report(draft, text.path, line.place, f"the option {name} is given twice")
        if "Why" not in details:
            message = f"the option {name} has no 'Why:'"
            report(draft, text.path, line.place, message)
        chosen = name == default.partition("(")[0]
        words = f"{match[3]} {details['']}" if "" in details else match[3]
        why, authority = details.get("Why", ""), details.get("From", "")
        language = _read_language(draft, text, line, details.get("Text", ""), options)
        if language and match[2]:
            message = f"no text favours the option {name}, which takes a number"
            report(draft, text.path, line.place, message)
        options.append(Option(name, match[2], words, why, authority, chosen, language))
    at = tuple(part for part in re.split(r" *[,;] *", joined(text.fields.get("At", ()))) if part)
    reading = Reading(text.name, text.words, at, tuple(options), default, position_of(text))
    if not default:
        report(draft, text.path, text.place, f"the reading {text.name} has no default")
    elif options:
        try:
            option_term(reading, default)
        except ValueError as error:
            message, hint = error.args
            report(draft, text.path, text.place, f"the default is wrong: {message}", hint)
    return reading


def _read_language(
    draft: Draft, text: Text, line: Line, name: str, before: Sequence[Option]
) -> str:
    """Read the field Text: the language of the official text that favours an option."""
    if not name:
        return ""
    language = TEXTS.get(name, "")
    if not language:
        message = f"{quote(name)} is not the language of an official text"
        report(draft, text.path, line.place, message, f"write {list_words(list(TEXTS))}")
    elif any(option.language == language for option in before):
        message = f"the {name} text favours two options of the reading {text.name}"
        report(draft, text.path, line.place, message)
    return language


def _group_items(draft: Draft, text: Text) -> list[tuple[Line, dict[str, str]]]:
    """Group the lines of a reading's options: the option, then its fields."""
    groups: list[tuple[Line, dict[str, str]]] = []
    current = ""
    for line in text.fields.get("Options", ()):
        if line.text.startswith("-") or not groups:
            groups.append((line, {}))
            current = ""
            continue
        details = groups[-1][1]
        match = re.fullmatch(FIELD, line.text)
        if match and match[1] not in _OPTION_FIELDS:
            hint = (
                f"an option has the fields {list_words([quote(f) for f in _OPTION_FIELDS], 'and')}"
            )
            report(draft, text.path, line.place, f"there is no field '{match[1]}' here", hint)
        elif match:
            current = match[1]
            details[current] = match[2] or ""
        else:
            details[current] = f"{details.get(current, '')} {line.text}".strip()
    return groups

"""Read the declarations of facts."""

import re
from collections.abc import Mapping, Sequence

from reasoner.errors import closest, list_words, quote
from reasoner.lawfiles.blocks import Text, join_items, joined
from reasoner.lawfiles.declared import (
    Draft,
    check_sentence,
    position_of,
    report,
    report_at,
    require,
)
from reasoner.lawfiles.vocabulary import (
    BUILT_IN_TYPES,
    DRIVER_FACTS,
    UNWRITTEN,
    Argument,
    Changing,
    Entity,
    Fact,
)
from reasoner.values import IDENTIFIER, with_article

SETTLED_BY = ("fact", "finding", "opinion", "decision", "question", "calculation")
_ARGUMENT = r"- +([A-Z][A-Za-z0-9_]*) *: *\(([^()]*)\) *(.*)"
_TYPE = r"([a-z][a-z0-9_]*) *(?:= *([^ ,]+))?(?: *, *(after|not before) +([A-Z]\w*))?"
_WRITTEN = r"([a-z][a-z0-9_]*)\.([a-z][a-z0-9_]*) *(?:\[([^\[\]]*)\])?"
_SETTLED = r"([a-z]+) *(?:\((.+)\))?"
_CHANGE = r"no|yes|(?:(once), *)?by (.+)"


def read_fact(draft: Draft, text: Text) -> Fact:
    """Read the declaration of a fact; what is wrong with it is noted."""
    arguments = _read_arguments(draft, text)
    settled_by, who = _read_settled(draft, text)
    section, key, keys = _read_written(draft, text, arguments)
    if settled_by in UNWRITTEN:
        require(draft, text, "Not", "Args", "Settled by")
        if section:
            message = f"{text.name} is settled by a {settled_by} and cannot be written in a case"
            report(draft, text.path, text.place, message)
    else:
        require(draft, text, "Not", "Args", "Written", "Settled by", "Ask")
    if text.name in DRIVER_FACTS and settled_by != "question":
        report(draft, text.path, text.place, f"a fact cannot be named {text.name}")
    if len(arguments) == 1 and text.name in {
        *draft.vocabulary.entities,
        *draft.vocabulary.kinds,
    }:
        message = f"{text.name} is a type and cannot be a fact with one argument"
        report(draft, text.path, text.place, message)
    negative = joined(text.fields.get("Not", ()))
    ask = joined(text.fields.get("Ask", ()))
    ask_any = joined(text.fields.get("Ask any", ()))
    sentences = {"": text.words, "Not": negative, "Ask": ask, "Ask any": ask_any}
    for name, sentence in sentences.items():
        lines = text.fields.get(name, ())
        check_sentence(draft, text, lines[0].place if lines else text.place, sentence)
    return Fact(
        name=text.name,
        arguments=arguments,
        sentence=text.words,
        negative=negative,
        settled_by=settled_by,
        settled_who=who,
        ask=ask,
        section=section,
        key=key,
        keys=keys,
        position=position_of(text),
        short=(key or text.name).replace("_", " "),
        changing=_read_changing(draft, text),
        ask_any=ask_any,
    )


def _read_arguments(draft: Draft, text: Text) -> tuple[Argument, ...]:
    """Read the field Args: one line for each variable of the header, in its order."""
    types = {*BUILT_IN_TYPES, *draft.vocabulary.entities, *draft.vocabulary.kinds}
    arguments: list[Argument] = []
    items = join_items(text.fields.get("Args", ()))
    for line in items:
        match = re.fullmatch(_ARGUMENT, line.text)
        parts = re.fullmatch(_TYPE, match[2].strip()) if match else None
        if not match or not parts:
            message = f"{quote(line.text)} does not describe an argument"
            hint = "write '- X: (type) meaning', for example '- D: (date, not before From) the day'"
            report(draft, text.path, line.place, message, hint)
            continue
        if parts[1] not in types:
            message = f"there is no type {quote(parts[1])}"
            report(draft, text.path, line.place, message, closest(parts[1], types))
            continue
        default = None
        if parts[2]:
            try:
                default = draft.vocabulary.term(parts[1], parts[2])
            except ValueError as error:
                report(draft, text.path, line.place, *error.args)
        earlier = [argument.name for argument in arguments if argument.type == parts[1]]
        if parts[4] and parts[4] not in earlier:
            message = f"{parts[4]} is not an argument before {match[1]} of the type {parts[1]}"
            report(draft, text.path, line.place, message)
        if parts[3] and parts[1] not in ("date", "number"):
            report(draft, text.path, line.place, f"a {parts[1]} has no order to check")
        strictly = parts[3] == "after"
        arguments.append(Argument(match[1], parts[1], match[3], default, parts[4], strictly))
    names = tuple(argument.name for argument in arguments)
    if names != text.variables and len(items) == len(arguments):
        message = (
            f"the arguments described are {list_words(names, 'and') or 'none'}, "
            f"but the header has {list_words(text.variables, 'and') or 'none'}"
        )
        report(draft, text.path, text.place, message, "describe each, in the order of the header")
    return tuple(arguments)


def _read_settled(draft: Draft, text: Text) -> tuple[str, str | None]:
    lines = text.fields.get("Settled by", ())
    match = re.fullmatch(_SETTLED, joined(lines))
    if not lines:
        return "", None
    if not match or match[1] not in SETTLED_BY:
        message = f"{quote(joined(lines))} cannot settle a fact"
        report(draft, text.path, lines[0].place, message, f"write {list_words(SETTLED_BY)}")
        return "", None
    return match[1], match[2]


def _read_changing(draft: Draft, text: Text) -> Changing | None:
    """Read the field Can change: no, yes, by whom, or once and by whom."""
    lines = text.fields.get("Can change", ())
    if not lines:
        return None
    words = joined(lines)
    match = re.fullmatch(_CHANGE, words)
    if not match:
        message = f"{quote(words)} does not say whether {text.name} can still change"
        hint = "write no, yes, 'by WHO' or 'once, by WHO'"
        report(draft, text.path, lines[0].place, message, hint)
        return None
    check_sentence(draft, text, lines[0].place, match[2] or "")
    return Changing(match[1] or ("by" if match[2] else words), match[2] or "")


def _read_written(
    draft: Draft, text: Text, arguments: Sequence[Argument]
) -> tuple[str | None, str | None, tuple[str, ...]]:
    """Read the field Written: section, key, and the keys of the arguments after the first."""
    rest = arguments[1:]
    unnamed = tuple(argument.name.lower() for argument in rest)
    lines = text.fields.get("Written", ())
    if not lines:
        return None, None, unnamed
    place = lines[0].place
    match = re.fullmatch(_WRITTEN, joined(lines))
    if not match:
        message = f"{quote(joined(lines))} does not say where a case states this"
        hint = "write section.key, and after it the keys of the other arguments: people.named [on]"
        report(draft, text.path, place, message, hint)
        return None, None, unnamed
    keys = tuple(key.strip() for key in (match[3] or "").split(",")) if match[3] else unnamed[:1]
    if len(arguments) != len(text.variables):
        return match[1], match[2], keys  # reported already
    subject = arguments[0].type
    entity = draft.vocabulary.entities.get(subject)
    if entity is None or entity.section != match[1]:
        where = f"belongs to the section {entity.section}" if entity else "has no section"
        message = f"{text.name} {where}, because its first argument is {with_article(subject)}"
        report(draft, text.path, place, message)
    if len(keys) != len(rest):
        message = f"the number of keys must be {len(rest)}, one for each argument after the first"
        report(draft, text.path, place, message, "name them in brackets, in order")
    wrong = {key for key in keys if not re.fullmatch(IDENTIFIER, key) or key == "is"}
    for key in sorted({*wrong, *({"name"} & {match[2]})}):
        report(draft, text.path, place, f"{quote(key)} cannot be a key")
    if len(set(keys)) < len(keys):
        report(draft, text.path, place, "two arguments have the same key")
    return match[1], match[2], keys


def check_written(draft: Draft, facts: Mapping[str, Fact], entities: Mapping[str, Entity]) -> None:
    """Report two facts that a case would write in the same way, and keys that nothing has."""
    seen: dict[tuple[str, str], str] = {}
    for fact in facts.values():
        if fact.section and fact.key:
            other = seen.setdefault((fact.section, fact.key), fact.name)
            if other != fact.name:
                message = f"{fact.name} is written {fact.section}.{fact.key}, and so is {other}"
                report_at(draft, fact.position, message)
    for entity in entities.values():
        keys = [key for section, key in seen if section == entity.section]
        for key in entity.made_with:
            if key not in keys:
                message = f"no fact is written {entity.section}.{key}"
                report_at(draft, entity.position, message, closest(key, keys))

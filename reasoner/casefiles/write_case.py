"""Write a case as YAML that reads back to the same case."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator, Sequence

from reasoner.casefiles.case import Case, Expectation, Statement, default_name
from reasoner.casefiles.draft import printable
from reasoner.casefiles.ranges import collapse, read_range
from reasoner.lawfiles.vocabulary import Argument, Entity, Fact, Vocabulary
from reasoner.values import OPEN_END, STATUS_WORDS

WIDTH = 100
_STATUS = {"stated": "yes", "denied": "no", "unknown": "unknown"}
_PLAIN = r"[\w(](?:[\w ()./'\"+;!?&%*=’–—-]|:(?=\w))*"
_PLAIN_ON_A_LINE = _PLAIN.replace("[\\w ", "[\\w ,")

Written = str | list["Written"] | dict[str, "Written"]
"""Text, lists and mappings as they will be written; texts are quoted already where they must be."""


def write_case(case: Case, vocabulary: Vocabulary, *, expectations: bool = True) -> str:
    """Write a case as YAML, in the order of the vocabulary.

    What is denied altogether for an entity is not also denied one by one.

    Args:
        case: the case; it may come from a file of facts.
        vocabulary: what a case may state.
        expectations: whether to write the answers that are expected.

    Returns:
        The text, which ends with a line break.
    """
    return "\n".join(_lines(case, vocabulary, expectations)) + "\n"


def _lines(case: Case, vocabulary: Vocabulary, expectations: bool) -> Iterator[str]:
    yield f"case: {_line(case.title)}"
    description = _flat(case.description)
    if description:
        yield from _describe(description)
    question = _flat(case.question or "")
    if question:
        yield f"question: {_word(question, _PLAIN_ON_A_LINE)}"
    if case.about:
        yield from _entry("about", _one_or_all([_word(name) for name in case.about]), 0)
    if case.as_of is not None:
        yield f"as_of: {write_date(str(case.as_of))}"
    if case.law_date is not None:
        yield f"law_date: {write_date(str(case.law_date))}"
    if case.readings:
        yield from _entry("readings", _readings(case.readings), 0)
    sections = [s for e in vocabulary.entities.values() for s in _section(case, vocabulary, e)]
    if sections:
        yield ""
        yield from sections
    if expectations and case.expectations:
        yield ""
        yield "expect:"
        for expectation in case.expectations:
            yield from write_item(_expectation(case, expectation), 2)


def _describe(text: str) -> Iterator[str]:
    """The description, folded where it does not fit on one line."""
    line = f"description: {_line(text)}"
    if len(line) <= WIDTH:
        yield line
        return
    yield "description: >"
    indent = "  "
    yield from textwrap.wrap(
        text,
        WIDTH,
        initial_indent=indent,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _section(case: Case, vocabulary: Vocabulary, entity: Entity) -> Iterator[str]:
    """What is said of all entities of a type."""
    members = [name for name, type in case.entities.items() if type == entity.name]
    if not members:
        return
    said = _by_subject(case, vocabulary)
    yield f"{entity.section}:"
    for name in members:
        body: dict[str, Written] = {}
        called = _flat(case.names.get(name, ""))
        if called and called != default_name(name, entity.name, vocabulary):
            body["name"] = quote_text(called)
        body.update(said.get(name, {}))
        if any(_is_nested(value) for value in body.values()):
            yield from _block(_word(name), body, 2)
        else:
            yield from _entry(_word(name), body, 2)


def _by_subject(case: Case, vocabulary: Vocabulary) -> dict[str, dict[str, Written]]:
    """What is said of each entity, by the keys of its facts, in the order of the vocabulary."""
    denied = {(denial.name, denial.arguments[0]) for denial in case.denials}
    stated: dict[tuple[str, str], list[Statement]] = {}
    for statement in collapse(case.statements, case.choices):
        about = (statement.name, statement.arguments[0])
        if about not in denied:
            stated.setdefault(about, []).append(statement)
    found: dict[str, dict[str, Written]] = {}
    for fact in vocabulary.facts.values():
        for name in case.entities:
            if fact.key and (fact.name, name) in denied:
                found.setdefault(name, {})[fact.key] = "no"
            elif fact.key and (fact.name, name) in stated:
                entries = stated[fact.name, name]
                alone = len(entries) == 1
                nodes = [_statement(vocabulary, fact, entry, alone) for entry in entries]
                found.setdefault(name, {})[fact.key] = _one_or_all(nodes)
    return found


def _statement(vocabulary: Vocabulary, fact: Fact, statement: Statement, alone: bool) -> Written:
    """One entry of a fact, without what is so by default."""
    if fact.arity == 1:
        return _STATUS[statement.status]
    arguments = list(zip(fact.arguments[1:], fact.keys, statement.arguments[1:], strict=True))
    entry: dict[str, Written] = {}
    for argument, key, term in arguments:
        if term != argument.default:
            entry[key] = _word(write_value(vocabulary, argument, term))
    if statement.status != "stated":
        entry["is"] = _STATUS[statement.status]
    elif not entry and alone:
        return "yes"
    elif not entry:
        entry = {key: _word(write_value(vocabulary, arg, term)) for arg, key, term in arguments}
    elif len(arguments) == 1:
        value = entry[arguments[0][1]]
        if isinstance(value, str) and value.lower() not in STATUS_WORDS:
            return value
    return entry


def write_entry(vocabulary: Vocabulary, fact: Fact, statement: Statement) -> str:
    """Write a statement as one entry of a list."""
    return _flow(_statement(vocabulary, fact, statement, alone=False))


def write_value(vocabulary: Vocabulary, argument: Argument, term: str) -> str:
    """Write a term as a person does, so that it reads back to the same term."""
    if argument.type == "date":
        return write_date(term)
    return _flat(vocabulary.label(argument.type, term))


def write_date(term: str) -> str:
    """Write a day, a range of days or an open end."""
    ends = read_range(term)
    if ends:
        return f"between {write_date(str(ends[0]))} and {write_date(str(ends[1]))}"
    return "9999-12-31" if term == OPEN_END else f"{term[:4]}-{term[4:6]}-{term[6:]}"


def _readings(readings: Iterable[tuple[str, str]]) -> dict[str, Written]:
    return {reading: _word(option) for reading, option in readings}


def _expectation(case: Case, expected: Expectation) -> dict[str, Written]:
    found: dict[str, Written] = {}
    if expected.question != (case.question or ""):
        found["question"] = _word(_flat(expected.question))
    if expected.about:
        found["about"] = _one_or_all([_word(name) for name in expected.about])
    if expected.as_of is not None:
        found["as_of"] = write_date(str(expected.as_of))
    if expected.law_date is not None:
        found["law_date"] = write_date(str(expected.law_date))
    if expected.readings:
        found["readings"] = _readings(expected.readings)
    found["answer"] = expected.answer
    if expected.decided_by:
        found["decided_by"] = _one_or_all([_word(_flat(p)) for p in expected.decided_by])
    note = _flat(expected.note)
    if note:
        found["note"] = quote_text(note)
    return found


def _one_or_all(nodes: Sequence[Written]) -> Written:
    return nodes[0] if len(nodes) == 1 else list(nodes)


def _is_nested(node: Written) -> bool:
    """Whether a value is a mapping, or a list with one in it."""
    return isinstance(node, dict) or (isinstance(node, list) and any(map(_is_nested, node)))


def _entry(key: str, value: Written, indent: int) -> Iterator[str]:
    """A key and its value, on one line if they fit."""
    line = f"{' ' * indent}{key}: {_flow(value)}"
    several = isinstance(value, list) and len(value) > 1 and _is_nested(value)
    if isinstance(value, str) or (len(line) <= WIDTH and not several):
        yield line
    else:
        yield from _block(key, value, indent)


def _block(key: str, value: list[Written] | dict[str, Written], indent: int) -> Iterator[str]:
    """A key and its value on lines of their own."""
    yield f"{' ' * indent}{key}:"
    if isinstance(value, list):
        for item in value:
            yield from write_item(item, indent + 2)
    else:
        for inner, node in value.items():
            yield from _entry(inner, node, indent + 2)


def write_item(node: Written, indent: int, *, spread: bool = False) -> Iterator[str]:
    """An item of a list; one that is spread has its keys on lines of their own."""
    line = f"{' ' * indent}- {_flow(node)}"
    if (len(line) <= WIDTH and not spread) or not isinstance(node, dict):
        yield line
        return
    lines = [line for key, value in node.items() for line in _entry(key, value, indent + 2)]
    yield f"{' ' * indent}- {lines[0].lstrip()}"
    yield from lines[1:]


def _flow(node: Written) -> str:
    if isinstance(node, dict):
        return f"{{{', '.join(f'{key}: {_flow(value)}' for key, value in node.items())}}}"
    if isinstance(node, list):
        return f"[{', '.join(map(_flow, node))}]"
    return node


def _flat(text: str) -> str:
    """A text on one line, without what cannot stand in a case."""
    return " ".join(printable(text).split())


def _line(text: str) -> str:
    """A text that has a line to itself; one must stand there."""
    return quote_text(_flat(text) or "-", _PLAIN_ON_A_LINE)


def quote_text(text: str, plain: str = _PLAIN) -> str:
    """A text in words, in quotes where YAML would read something else."""
    import yaml

    resolver = yaml.resolver.Resolver()
    tag: str = resolver.resolve(yaml.ScalarNode, text, (True, False))  # type: ignore[no-untyped-call]
    return _word(text, plain) if tag.endswith(":str") else _quoted(text)


def _word(text: str, plain: str = _PLAIN) -> str:
    """A value that the vocabulary gives a meaning, in quotes where it would not be one scalar."""
    if re.fullmatch(plain, text) and text.lower() != "null":
        return text
    return _quoted(text)


def _quoted(text: str) -> str:
    doubled = text.replace("'", "''")
    return f"'{doubled}'"

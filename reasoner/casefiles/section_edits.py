"""Change what a draft of a case says of entities: the parts of a change that a path leads to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from reasoner.casefiles.case import Statement
from reasoner.casefiles.document import Items, Keys, Node, Scalar
from reasoner.casefiles.draft import Draft, check_entity, declare, guess, report
from reasoner.casefiles.ranges import check_date
from reasoner.casefiles.write_case import write_entry, write_value
from reasoner.casefiles.yaml_facts import check_key, facts_of_section, fill, read_body, read_key
from reasoner.errors import quote
from reasoner.lawfiles.vocabulary import Fact
from reasoner.source import Place
from reasoner.values import STATUS_WORDS

SET, ADD, TAKE = "=", "+=", "-="


@dataclass(slots=True)
class Reader:
    """A change while it is read: the draft of the changed case, and the parts of the change.

    ``sign`` is one of the above, or empty; ``value`` is None where nothing stands.
    """

    draft: Draft
    path: list[Scalar]
    sign: str
    value: Node | None

    @property
    def place(self) -> Place:
        """Where the value is, or where the path ends if there is none."""
        return self.value.place if self.value else self.path[-1].place


def change_section(reader: Reader, type: str) -> None:
    """Change what a section says."""
    draft = reader.draft
    section = reader.path[0].text
    if len(reader.path) == 1:
        hint = f"name one: {section}.{next(iter(draft.entities), 'ana')}"
        report(
            draft, reader.path[0].place, f"a change of {section} is a change of one of them", hint
        )
        return
    entity = reader.path[1]
    if len(reader.path) == 2:
        _change_entity(reader, type)
        return
    if check_entity(draft, entity.text, entity.place, type) is None:
        return
    facts = facts_of_section(draft.vocabulary, section)
    key = reader.path[2]
    if not check_key(draft, type, facts, key):
        return
    if key.text == "name":
        _change_name(reader, type)
    elif len(reader.path) == 3:
        _change_key(reader, facts[key.text])
    else:
        _change_entry(reader, facts[key.text])


def _change_entity(reader: Reader, type: str) -> None:
    """Add an entity, say anew what is said of it, or remove it."""
    draft, entity = reader.draft, reader.path[1]
    known = draft.entities.get(entity.text) == type
    if reader.sign == TAKE:
        hint = f"write -{reader.path[0].text}.{entity.text}"
        report(draft, entity.place, "an entity is not taken away so", hint)
        return
    if reader.value is None and reader.sign:
        if check_entity(draft, entity.text, entity.place, type):
            _remove_entity(draft, entity.text)
        return
    if not known:
        declare(draft, type, entity.text, entity.place)
    if reader.value is None or draft.problems:
        return
    if known and reader.sign == SET:
        for name, subject in {(n, terms[0]) for n, terms in draft.stated}:
            if subject == entity.text:
                drop(draft, name, subject)
        draft.denials = [d for d in draft.denials if d.arguments[0] != entity.text]
    facts = facts_of_section(draft.vocabulary, reader.path[0].text)
    value = reader.value
    merge(draft, _aside(draft, lambda aside: read_body(aside, type, facts, entity, value)))


def _remove_entity(draft: Draft, entity: str) -> None:
    """Remove an entity with everything that is said of it, also elsewhere."""
    del draft.entities[entity]
    draft.names.pop(entity, None)
    draft.stated = {key: s for key, s in draft.stated.items() if entity not in s.arguments}
    draft.denials = [d for d in draft.denials if d.arguments[0] != entity]


def _change_name(reader: Reader, type: str) -> None:
    """Call an entity otherwise, or as it is called without a name."""
    draft, entity, key = reader.draft, reader.path[1], reader.path[2]
    if len(reader.path) > 3 or reader.sign in (ADD, TAKE):
        report(draft, reader.path[-1].place, "a name is one text")
    elif reader.value is None:
        draft.names.pop(entity.text, None)
    else:
        read_key(draft, {}, entity.text, key, reader.value)


def _change_key(reader: Reader, fact: Fact) -> None:
    """Set what a key says of an entity, add to it, take from it, or remove it."""
    draft, subject, key = reader.draft, reader.path[1].text, reader.path[2]
    value = reader.value
    if value is None:
        if reader.sign != SET:
            report(draft, key.place, f"{key.text} has no value", "write it after '='")
        else:
            drop(draft, fact.name, subject)
        return
    if reader.sign == TAKE:
        _take_away(reader, fact)
        return
    entries = _entries(draft, fact, subject)
    status = STATUS_WORDS.get(value.text.lower()) if isinstance(value, Scalar) else None
    if fact.arity > 1 and entries and status in ("stated", "unknown") and reader.sign == SET:
        for entry in entries:
            draft.stated[entry.name, entry.arguments] = replace(entry, status=status)
        return
    said = _aside(draft, lambda aside: read_key(aside, {key.text: fact}, subject, key, value))
    if reader.sign == SET and not draft.problems:
        drop(draft, fact.name, subject)
    merge(draft, said)


def _take_away(reader: Reader, fact: Fact) -> None:
    """Remove the entry that has the values given."""
    draft, subject, value = reader.draft, reader.path[1].text, reader.value
    for node in value.items if isinstance(value, Items) else [value]:
        wanted = _wanted(draft, fact, node)
        if wanted is None:
            continue
        fits = [
            entry
            for entry in _entries(draft, fact, subject)
            if all(_value_of(fact, entry, name) == term for name, term in wanted.items())
        ]
        if len(fits) == 1:
            del draft.stated[fits[0].name, fits[0].arguments]
        else:
            place = node.place if node else reader.place
            problem = "no entry is like this" if not fits else "several entries are like this"
            report(
                draft, place, problem, _listed(draft, fact, fits or _entries(draft, fact, subject))
            )


def _wanted(draft: Draft, fact: Fact, node: Node | None) -> dict[str, str] | None:
    """The values that an entry must have, by key; None if they cannot be read."""
    if isinstance(node, Scalar) and len(fact.keys) == 1:
        node = Keys(((Scalar(fact.keys[0], node.place), node),), node.place)
    if not isinstance(node, Keys):
        place = node.place if node else Place(1, 1)
        report(draft, place, f"write the entry of {fact.key} that goes, or some of its values")
        return None
    found: dict[str, str] = {}
    for key, value in node.pairs:
        argument = dict(zip(fact.keys, fact.arguments[1:], strict=True)).get(key.text)
        if key.text == "is" and isinstance(value, Scalar) and value.text in STATUS_WORDS:
            found["is"] = STATUS_WORDS[value.text]
        elif argument is None or not isinstance(value, Scalar) or value.empty:
            hint = guess(draft, key.text, (*fact.keys, "is"))
            report(draft, key.place, f"{fact.key} has no such key or value", hint)
            return None
        else:
            term = check_date(draft, argument, value.text, value.place)
            if term is None:
                return None
            found[key.text] = term
    return found


def _value_of(fact: Fact, entry: Statement, key: str) -> str:
    return entry.status if key == "is" else entry.arguments[1 + fact.keys.index(key)]


def _change_entry(reader: Reader, fact: Fact) -> None:
    """Change one of several entries, or one value of an entry."""
    draft, key, rest = reader.draft, reader.path[2], reader.path[3:]
    entries = _entries(draft, fact, reader.path[1].text)
    if not entries:
        message = f"nothing is said of {reader.path[1].text} under {key.text}"
        report(draft, key.place, message, f"write {_until(reader, 3)}={{...}}")
        return
    number = rest.pop(0) if rest[0].text.isdecimal() else None
    if number is not None and not 1 <= int(number.text) <= len(entries):
        message = f"there is no entry {number.text} of {key.text}"
        report(draft, number.place, message, _listed(draft, fact, entries))
        return
    if number is None and len(entries) > 1:
        inner = f"{_until(reader, 3)}.1.{rest[0].text}"
        message = f"{key.text} has several entries: {_listed(draft, fact, entries)}"
        report(draft, key.place, message, f"write {inner} for the first")
        return
    entry = entries[int(number.text) - 1 if number else 0]
    if reader.sign in (ADD, TAKE) or len(rest) > 1:
        place = rest[1].place if len(rest) > 1 else reader.place
        report(draft, place, "one value of an entry is set with '='")
    elif rest:
        _change_value(reader, fact, entry, rest[0])
    else:
        _change_all(reader, fact, entry)


def _change_all(reader: Reader, fact: Fact, entry: Statement) -> None:
    """Put an entry in the place of another, or remove it."""
    draft, subject, key, value = reader.draft, reader.path[1].text, reader.path[2], reader.value
    if value is None:
        _put(draft, entry, ())
        return
    said = _aside(draft, lambda aside: read_key(aside, {key.text: fact}, subject, key, value))
    if said.denials:
        report(draft, reader.place, "one entry cannot be 'no'", "write 'is: no' in it")
    _put(draft, entry, said.stated.values())


def _change_value(reader: Reader, fact: Fact, entry: Statement, name: Scalar) -> None:
    """Change one value of an entry."""
    draft, value = reader.draft, reader.value
    if name.text not in (*fact.keys, "is"):
        hint = guess(draft, name.text, (*fact.keys, "is"))
        report(draft, name.place, f"{fact.key} has no key {quote(name.text)}", hint)
        return
    if (value is None and not reader.sign) or not (value is None or isinstance(value, Scalar)):
        report(draft, reader.place, f"{name.text} takes one value")
        return
    status = entry.status
    values = {
        key: Scalar(write_value(draft.vocabulary, argument, term), name.place)
        for argument, key, term in zip(
            fact.arguments[1:], fact.keys, entry.arguments[1:], strict=True
        )
    }
    if name.text == "is":
        word = value.text.lower() if value else "yes"
        if word not in STATUS_WORDS:
            report(draft, reader.place, f"'is' takes yes, no or unknown, not {quote(word)}")
            return
        status = STATUS_WORDS[word]
    elif value is None:
        del values[name.text]
    else:
        values[name.text] = value
    said = _aside(
        draft, lambda aside: fill(aside, fact, entry.arguments[0], values, status, reader.place)
    )
    _put(draft, entry, said.stated.values())


def _entries(draft: Draft, fact: Fact, subject: str) -> list[Statement]:
    """What a case says of an entity under a key, in order."""
    return [
        s for (name, terms), s in draft.stated.items() if (name, terms[0]) == (fact.name, subject)
    ]


def _listed(draft: Draft, fact: Fact, entries: Sequence[Statement]) -> str:
    """Some entries as they would be written, with their numbers."""
    shown = [
        f"{number} is {write_entry(draft.vocabulary, fact, entry)}"
        for number, entry in enumerate(entries, start=1)
    ]
    return "; ".join(shown) or "there is none"


def _until(reader: Reader, parts: int) -> str:
    return ".".join(part.text for part in reader.path[:parts])


# what is said, put in place


def _aside(draft: Draft, read: Callable[[Draft], object]) -> Draft:
    """Read something into a draft of its own that knows the same entities."""
    aside = Draft(draft.source, draft.vocabulary, entities=draft.entities, places=draft.places)
    read(aside)
    draft.problems += aside.problems
    return aside


def drop(draft: Draft, name: str, subject: str | None) -> None:
    """Remove what is said of an entity by a fact."""
    draft.stated = {
        key: s for key, s in draft.stated.items() if (s.name, s.arguments[0]) != (name, subject)
    }
    draft.denials = [d for d in draft.denials if (d.name, d.arguments[0]) != (name, subject)]


def merge(draft: Draft, said: Draft) -> None:
    """Say on top what another draft says."""
    for denial in said.denials:
        drop(draft, denial.name, denial.arguments[0])
    affirmed = {(s.name, s.arguments[0]) for s in said.stated.values() if s.status != "denied"}
    draft.denials = [d for d in draft.denials if (d.name, d.arguments[0]) not in affirmed]
    draft.denials += said.denials
    for key, statement in said.stated.items():
        if key not in draft.stated or draft.stated[key].status != statement.status:
            draft.stated[key] = statement
    draft.names |= said.names


def _put(draft: Draft, entry: Statement, said: Iterable[Statement]) -> None:
    """Put statements in the place of an entry."""
    if draft.problems:
        return
    new = {(s.name, s.arguments): s for s in said}

    def found() -> Iterator[tuple[tuple[str, tuple[str, ...]], Statement]]:
        for key, statement in draft.stated.items():
            if statement is entry:
                yield from new.items()
            elif key not in new:
                yield key, statement

    draft.stated = dict(found())

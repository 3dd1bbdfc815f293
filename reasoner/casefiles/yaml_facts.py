"""What cases written in YAML state: the sections of their entities, with facts in every form."""

from collections.abc import Iterable, Mapping, Sequence

from reasoner.casefiles.document import Items, Keys, Node, Scalar
from reasoner.casefiles.draft import Denial, Draft, check_text, declare, guess, plain, report, state
from reasoner.casefiles.ranges import check_date, check_ranges
from reasoner.errors import closest, list_words, quote
from reasoner.lawfiles.vocabulary import Fact, Vocabulary
from reasoner.source import Place
from reasoner.values import STATUS_WORDS


def declare_entities(draft: Draft, type: str, key: Scalar, value: Node) -> None:
    """Note the entities that a section names."""
    if not isinstance(value, Keys):
        got = "it has no value" if is_empty(value) else f"it has {shape(value)}"
        hint = f"write a name for each {plain(type)} and indent what is said of it"
        place = key.place if is_empty(value) else value.place
        report(draft, place, f"{key.text} must be a mapping, but {got}", hint)
        return
    for name, _ in value.pairs:
        declare(draft, type, name.text, name.place)


def read_section(draft: Draft, type: str, section: Node) -> None:
    """Read what a section says of each of its entities."""
    if not isinstance(section, Keys):
        return
    facts = facts_of_section(draft.vocabulary, draft.vocabulary.entities[type].section)
    for subject, body in section.pairs:
        read_body(draft, type, facts, subject, body)


def facts_of_section(vocabulary: Vocabulary, section: str) -> dict[str, Fact]:
    """The facts that may be stated in a section, by key."""
    return {
        fact.key: fact for fact in vocabulary.facts.values() if fact.key and fact.section == section
    }


def read_body(
    draft: Draft, type: str, facts: Mapping[str, Fact], subject: Scalar, body: Node
) -> None:
    """Read what is said of an entity, with facts of its section by key."""
    if is_empty(body):
        return
    if not isinstance(body, Keys):
        message = f"what is said of {subject.text} must be a mapping, not {shape(body)}"
        report(draft, body.place, message, "write 'key: value' on indented lines")
        return
    for key, value in body.pairs:
        if check_key(draft, type, facts, key):
            read_key(draft, facts, subject.text, key, value)


def check_key(draft: Draft, type: str, facts: Mapping[str, Fact], key: Scalar) -> bool:
    """Tell whether there is such a key in the section of a type; report it if there is none."""
    if key.text == "name" or key.text in facts:
        return True
    message = f"there is no key {quote(key.text)} in {draft.vocabulary.entities[type].section}"
    hint = owner(draft, key.text) or guess(draft, key.text, (*facts, "name"))
    report(draft, key.place, message, hint)
    return False


def read_key(
    draft: Draft, facts: Mapping[str, Fact], subject: str, key: Scalar, value: Node
) -> None:
    """Read what a known key says of an entity."""
    if key.text == "name":
        _read_name(draft, subject, key, value)
    else:
        _read_value(draft, facts[key.text], subject, key, value)


def owner(draft: Draft, key: str) -> str:
    """Say where a key belongs that stands in the wrong place."""
    if key in draft.vocabulary.entities:
        return f"write '{draft.vocabulary.entities[key].section}'"
    if key in {entity.section for entity in draft.vocabulary.entities.values()}:
        return f"'{key}' is a section of its own: do not indent it"
    facts = [fact for fact in draft.vocabulary.facts.values() if fact.section and fact.key]
    found = sorted({fact.section or "" for fact in facts if fact.key == key})
    if not found:
        inner = [fact for fact in facts if fact.arity > 2 and key in fact.keys]
        found = sorted({f"{fact.section}.{fact.key}" for fact in inner})
    return f"'{key}' is a key of {list_words(found[:4], 'and')}" if found else ""


def _read_name(draft: Draft, entity: str, key: Scalar, value: Node) -> None:
    text = read_text(draft, key, value)
    if text:
        draft.names[entity] = text


def read_text(draft: Draft, key: Scalar, value: Node) -> str:
    """Read a text, on one line whatever its lines in the file; report anything else."""
    if is_empty(value):
        report(draft, key.place, f"{key.text} has no value")
    elif not isinstance(value, Scalar):
        report(draft, value.place, f"{key.text} must be a text, not {shape(value)}")
    else:
        return check_text(draft, value.text, value.place)
    return ""


def _read_value(draft: Draft, fact: Fact, subject: str, key: Scalar, value: Node) -> None:
    """Read the value of a fact's key: a list of entries, one entry, or a word."""
    entries: tuple[Node, ...] = (value,)
    if isinstance(value, Items):
        if fact.arity == 1:
            report(draft, value.place, f"{key.text} takes yes, no or unknown, not a list")
            return
        entries = value.items
        if not entries:
            hint = f"write '{key.text}: no' if there is none, or leave the key out"
            report(draft, value.place, f"{key.text} has an empty list", hint)
    for entry in entries:
        _read_entry(draft, fact, subject, key, entry, listed=isinstance(value, Items))


def _read_entry(
    draft: Draft, fact: Fact, subject: str, key: Scalar, entry: Node, listed: bool
) -> None:
    if is_empty(entry):
        place = entry.place if listed else key.place
        hint = f"write '{key.text}: no' if there is none, or leave the key out"
        report(draft, place, f"{key.text} has no value", hint)
    elif isinstance(entry, Items):
        report(draft, entry.place, f"{key.text} cannot hold a list in a list")
    elif isinstance(entry, Keys):
        _read_mapping(draft, fact, subject, key, entry)
    else:
        _read_word(draft, fact, subject, key, entry, listed)


def _read_word(
    draft: Draft, fact: Fact, subject: str, key: Scalar, entry: Scalar, listed: bool
) -> None:
    """Read a plain value: yes, no or unknown, or the only argument after the subject."""
    status = STATUS_WORDS.get(entry.text.lower())
    rest = fact.arguments[1:]
    if status and not listed:
        if not rest:
            state(draft, fact, (subject,), status, entry.place)
        elif status == "denied":
            position = draft.source.position(entry.place.line, entry.place.column)
            anything = (None,) * len(rest)
            draft.denials.append(Denial(fact.name, (subject, *anything), position))
        elif status == "unknown":
            hint = f"leave {key.text} out, or add 'is: unknown' to an entry"
            report(draft, entry.place, f"{key.text} cannot be unknown as a whole", hint)
        elif all(argument.default is not None for argument in rest):
            fill(draft, fact, subject, {}, status, entry.place)
        else:
            report(draft, entry.place, f"{key.text} needs more than yes", _show_form(fact))
    elif len(rest) == 1:
        fill(draft, fact, subject, {fact.keys[0]: entry}, "stated", entry.place)
    elif not rest:
        message = f"{key.text} takes yes, no or unknown, not {quote(entry.text)}"
        report(draft, entry.place, message)
    else:
        message = f"{key.text} must be a mapping, not {quote(entry.text)}"
        report(draft, entry.place, message, _show_form(fact))


def _show_form(fact: Fact) -> str:
    """Show how a fact with several arguments is written, and which of them may be left out."""
    pairs = list(zip(fact.arguments[1:], fact.keys, strict=True))
    needed = [key for argument, key in pairs if argument.default is None]
    others = [quote(key) for argument, key in pairs if argument.default is not None]
    form = f"write {fact.key}: {{{', '.join(f'{key}: ...' for key in needed or fact.keys)}}}"
    if needed and others:
        form += f", with {list_words(others, 'and')} where known"
    return form


def _read_mapping(draft: Draft, fact: Fact, subject: str, key: Scalar, entry: Keys) -> None:
    if fact.arity == 1:
        report(draft, entry.place, f"{key.text} takes yes, no or unknown, not a mapping")
        return
    values: dict[str, Scalar] = {}
    status = "stated"
    complete = True
    unknown = [name.text for name, _ in entry.pairs if name.text not in (*fact.keys, "is")]
    for name, value in entry.pairs:
        if name.text in unknown:
            hint = guess(draft, name.text, (*fact.keys, "is"))
            hint = hint or f"its keys are {list_words((*fact.keys, 'is'), 'and')}"
            report(draft, name.place, f"{key.text} has no key {quote(name.text)}", hint)
        elif is_empty(value):
            report(draft, name.place, f"{name.text} has no value")
            complete = False
        elif not isinstance(value, Scalar):
            report(draft, value.place, f"{name.text} takes one value, not {shape(value)}")
            complete = False
        elif name.text != "is":
            values[name.text] = value
        elif value.text.lower() in STATUS_WORDS:
            status = STATUS_WORDS[value.text.lower()]
        else:
            message = f"'is' takes yes, no or unknown, not {quote(value.text)}"
            report(draft, value.place, message)
    if complete:
        fill(draft, fact, subject, values, status, entry.place, unknown)


def fill(
    draft: Draft,
    fact: Fact,
    subject: str,
    values: Mapping[str, Scalar],
    status: str,
    place: Place,
    unknown: Sequence[str] = (),
) -> None:
    """Turn the values of an entry into terms, add defaults, and state the fact."""
    terms: list[str | None] = [subject]
    places: list[Place] = [place]
    missing = []
    for argument, key in zip(fact.arguments[1:], fact.keys, strict=True):
        value = values.get(key)
        if value is None:
            terms.append(argument.default)
            places.append(place)
            if argument.default is None and not is_misspelt(key, unknown):
                missing.append(key)
        else:
            terms.append(check_date(draft, argument, value.text, value.place))
            places.append(value.place)
    if missing:
        message = f"{fact.key} needs {list_words([quote(key) for key in missing], 'and')}"
        report(draft, place, message, _show_form(fact))
    possible = check_ranges(draft, fact, terms, status, places)
    complete = tuple(term for term in terms if term is not None)
    if len(complete) == fact.arity and possible:
        state(draft, fact, complete, status, place)


def is_empty(node: Node) -> bool:
    return isinstance(node, Scalar) and node.empty


def shape(node: Node) -> str:
    """What a node is, in a message."""
    if isinstance(node, Scalar):
        return quote(node.text)
    return "a list" if isinstance(node, Items) else "a mapping"


def is_misspelt(name: str, unknown: Iterable[str]) -> bool:
    """Tell whether a missing key is among the unknown ones, which are reported already."""
    return any(closest(key, [name]) for key in unknown)

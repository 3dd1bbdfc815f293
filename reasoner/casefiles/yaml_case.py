"""Cases written in YAML: which key means what, and what may stand there."""

from collections.abc import Iterable, Mapping, Sequence

from reasoner.casefiles.document import Items, Keys, Node, Scalar, read_document
from reasoner.casefiles.draft import (
    Denial,
    Draft,
    Expectation,
    check_entity,
    check_text,
    check_value,
    declare,
    guess,
    plain,
    report,
    state,
)
from reasoner.casefiles.ranges import check_date, check_ranges
from reasoner.errors import closest, list_words, quote
from reasoner.lawfiles.vocabulary import TOP_KEYS, Argument, Fact, Vocabulary
from reasoner.source import Place
from reasoner.values import STATUS_WORDS

EXPECTATION_KEYS = (
    "question",
    "about",
    "as_of",
    "answer",
    "decided_by",
    "readings",
    "law_date",
    "note",
)
ANSWERS = {"yes": "yes", "true": "yes", "no": "no", "false": "no", "undetermined": "undetermined"}


def read_yaml(draft: Draft) -> None:
    document = read_document(draft.source, draft.problems)
    if document is None or (isinstance(document, Scalar) and document.empty):
        if not draft.problems:
            hint = "begin with 'case: ' and a title"
            report(draft, Place(1, 1), "this file is empty", hint)
        return
    if not isinstance(document, Keys):
        hint = "begin with 'case: ' and a title"
        report(draft, document.place, f"a case is a mapping, not {_shape(document)}", hint)
        return
    read_keys(draft, document)


def read_keys(draft: Draft, document: Keys) -> None:
    """Read a case that is a mapping, of a whole document or in one."""
    sections = {entity.section: entity.name for entity in draft.vocabulary.entities.values()}
    for key, value in document.pairs:
        if key.text in sections:
            _declare_entities(draft, sections[key.text], key, value)
        elif key.text not in TOP_KEYS:
            hint = owner(draft, key.text) or guess(draft, key.text, (*TOP_KEYS, *sections))
            report(draft, key.place, f"a case has no key {quote(key.text)}", hint)
    for key, value in document.pairs:
        if key.text in sections:
            _read_section(draft, sections[key.text], value)
    top = {key.text: (key, value) for key, value in document.pairs}
    _read_question(draft, top, document.place)


def _declare_entities(draft: Draft, type: str, key: Scalar, value: Node) -> None:
    if not isinstance(value, Keys):
        got = "it has no value" if is_empty(value) else f"it has {_shape(value)}"
        hint = f"write a name for each {plain(type)} and indent what is said of it"
        place = key.place if is_empty(value) else value.place
        report(draft, place, f"{key.text} must be a mapping, but {got}", hint)
        return
    for name, _ in value.pairs:
        declare(draft, type, name.text, name.place)


def _read_section(draft: Draft, type: str, section: Node) -> None:
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
        message = f"what is said of {subject.text} must be a mapping, not {_shape(body)}"
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
        report(draft, value.place, f"{key.text} must be a text, not {_shape(value)}")
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
            report(draft, value.place, f"{name.text} takes one value, not {_shape(value)}")
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
            if argument.default is None and not _is_misspelt(key, unknown):
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


def _read_question(draft: Draft, top: Mapping[str, tuple[Scalar, Node]], place: Place) -> None:
    """Read the keys at the top of a case that are not sections."""
    sections = {entity.section for entity in draft.vocabulary.entities.values()}
    unknown = [key for key in top if key not in TOP_KEYS and key not in sections]
    if "case" not in top and not _is_misspelt("case", unknown):
        report(draft, place, "the case has no title", "begin with 'case: ' and a title")
    if "case" in top:
        draft.title = read_text(draft, *top["case"])
    if "description" in top:
        draft.description = read_text(draft, *top["description"])
    if "question" in top:
        draft.question = read_text(draft, *top["question"]) or None
        draft.question_place = top["question"][1].place
    if "about" in top:
        draft.about = read_about(draft, *top["about"])
    if "as_of" in top:
        draft.as_of = read_day(draft, *top["as_of"])
    if "law_date" in top:
        draft.law_date = read_day(draft, *top["law_date"])
    if "readings" in top:
        draft.readings = read_readings(draft, *top["readings"])
    dated = False
    if "expect" in top:
        dated = _read_expectations(draft, *top["expect"])
    if "as_of" not in top and not dated and not _is_misspelt("as_of", unknown):
        hint = "write the day asked about, for example 'as_of: 2022-09-01'"
        report(draft, place, "the case has no 'as_of'", hint)


def _is_misspelt(name: str, unknown: Iterable[str]) -> bool:
    """Tell whether a missing key is among the unknown ones, which are reported already."""
    return any(closest(key, [name]) for key in unknown)


def read_about(draft: Draft, key: Scalar, value: Node) -> tuple[str, ...]:
    found = []
    for item in value.items if isinstance(value, Items) else (value,):
        if isinstance(item, Scalar) and not item.empty:
            entity = check_entity(draft, item.text, item.place)
            found += [entity] if entity else []
        else:
            message = f"{key.text} takes the name of an entity or a list of names"
            report(draft, item.place, message)
    return tuple(found)


def read_day(draft: Draft, key: Scalar, value: Node) -> int | None:
    if is_empty(value):
        report(draft, key.place, f"{key.text} has no value")
        return None
    if not isinstance(value, Scalar):
        report(draft, value.place, f"{key.text} takes a date, not {_shape(value)}")
        return None
    term = check_value(draft, Argument("", "date", ""), value.text, value.place)
    return int(term) if term else None


def read_readings(draft: Draft, key: Scalar, value: Node) -> tuple[tuple[str, str], ...]:
    if not isinstance(value, Keys):
        report(draft, key.place, f"{key.text} must be a mapping", "write 'reading: option'")
        return ()
    chosen = []
    for name, option in value.pairs:
        text = read_text(draft, name, option)
        if text:
            try:
                chosen.append(draft.vocabulary.choose(name.text, text))
            except ValueError as error:
                wrong = option if name.text in draft.vocabulary.readings else name
                report(draft, wrong.place, *error.args)
    return tuple(chosen)


def _read_expectations(draft: Draft, key: Scalar, value: Node) -> bool:
    """Read the expected answers; true when there are some and each has a day of its own."""
    items = value.items if isinstance(value, Items) else (value,)
    dated = bool(items)
    for item in items:
        if isinstance(item, Keys):
            dated = _read_expectation(draft, item) and dated
        else:
            message = f"{key.text} takes a list of mappings, not {_shape(item)}"
            report(draft, item.place, message, "write '- {question: ..., answer: yes}'")
    return dated


def _read_expectation(draft: Draft, item: Keys) -> bool:
    top = {key.text: (key, value) for key, value in item.pairs}
    unknown = [key for key in top if key not in EXPECTATION_KEYS]
    for name in unknown:
        hint = guess(draft, name, EXPECTATION_KEYS)
        report(draft, top[name][0].place, f"an expectation has no key {quote(name)}", hint)
    question = draft.question or ""
    if "question" in top:
        question = read_text(draft, *top["question"])
    elif not question and not _is_misspelt("question", unknown):
        report(draft, item.place, "neither the expectation nor the case has a question")
    answer = "undetermined"
    if "answer" not in top and not _is_misspelt("answer", unknown):
        report(draft, item.place, "the expectation has no answer", "write 'answer: yes'")
    if "answer" in top:
        key, value = top["answer"]
        answer = read_text(draft, key, value).lower()
        if answer and answer not in ANSWERS:
            message = f"{quote(answer)} is not an answer"
            report(draft, value.place, message, "write yes, no or undetermined")
    draft.expectations.append(
        Expectation(
            question=question,
            about=read_about(draft, *top["about"]) if "about" in top else (),
            as_of=read_day(draft, *top["as_of"]) if "as_of" in top else None,
            answer=ANSWERS.get(answer, answer),
            decided_by=_read_words(draft, *top["decided_by"]) if "decided_by" in top else (),
            readings=read_readings(draft, *top["readings"]) if "readings" in top else (),
            law_date=read_day(draft, *top["law_date"]) if "law_date" in top else None,
            position=draft.source.position(item.place.line, item.place.column),
            note=read_text(draft, *top["note"]) if "note" in top else "",
        )
    )
    return "as_of" in top


def _read_words(draft: Draft, key: Scalar, value: Node) -> tuple[str, ...]:
    items = value.items if isinstance(value, Items) else (value,)
    words = [read_text(draft, key, item) for item in items]
    return tuple(word for word in words if word)


def is_empty(node: Node) -> bool:
    return isinstance(node, Scalar) and node.empty


def _shape(node: Node) -> str:
    if isinstance(node, Scalar):
        return quote(node.text)
    return "a list" if isinstance(node, Items) else "a mapping"

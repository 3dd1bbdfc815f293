"""A case: what is stated, denied and unknown, read from a YAML file or from a file of facts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from reasoner.document import Items, Keys, Node, Scalar, read_document
from reasoner.errors import InputError, Position, Problem, closest, list_words, quote
from reasoner.facts import Term, WrittenFact, read_facts
from reasoner.source import Place, Source, read_source
from reasoner.vocabulary import (
    OPEN_END,
    STATUS_WORDS,
    TOP_KEYS,
    Argument,
    Fact,
    Vocabulary,
    check_identifier,
    with_article,
)

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
MOST_HINTS = 50


@dataclass(frozen=True, slots=True)
class Statement:
    """A fact that a case states or denies, or marks as unknown; arguments are ASP terms."""

    name: str
    arguments: tuple[str, ...]
    status: str
    position: Position

    @property
    def atom(self) -> str:
        """Write the statement as an ASP atom."""
        return f"{self.name}({','.join(self.arguments)})"


@dataclass(frozen=True, slots=True)
class Denial:
    """A case states that there is no such fact for its first argument; None stands for any."""

    name: str
    arguments: tuple[str | None, ...]
    position: Position


@dataclass(frozen=True, slots=True)
class Expectation:
    """An answer that the author of a case expects.

    Empty `about`, and `as_of` or `law_date` None, mean those of the case; `readings` come on top
    of those of the case.
    """

    question: str
    about: tuple[str, ...]
    as_of: int | None
    answer: str
    decided_by: tuple[str, ...]
    readings: tuple[tuple[str, str], ...]
    law_date: int | None
    position: Position
    note: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """A situation and the question asked about it; dates are integers such as 20220901."""

    path: str
    title: str
    question: str | None
    about: tuple[str, ...]
    as_of: int | None
    law_date: int | None
    readings: tuple[tuple[str, str], ...]
    statements: tuple[Statement, ...]
    denials: tuple[Denial, ...]
    entities: Mapping[str, str]
    names: Mapping[str, str]
    expectations: tuple[Expectation, ...]
    description: str
    source: Source = field(repr=False, compare=False)


def read_case(path: str, vocabulary: Vocabulary) -> Case:
    """Read a case file.

    Args:
        path: a file with the ending .yaml, .yml or .lp
        vocabulary: what a case may state

    Returns:
        The case.

    Raises:
        InputError: with every problem found in the file.
    """
    return read_case_text(read_source(path), vocabulary)


def read_case_text(source: Source, vocabulary: Vocabulary) -> Case:
    """Read a case from a text already in memory; its path decides between YAML and facts.

    Args:
        source: the text
        vocabulary: what a case may state

    Returns:
        The case.

    Raises:
        InputError: with every problem found in the text.
    """
    draft = _Draft(source, vocabulary)
    if source.path.endswith(".lp"):
        _read_facts(draft)
    elif source.path.endswith((".yaml", ".yml")):
        _read_yaml(draft)
    else:
        message = f"{source.path} is not a case file"
        hint = "a case file ends in .yaml, .yml or .lp"
        raise InputError([Problem(message, hint=hint)])
    if draft.problems:
        raise InputError(draft.problems)
    return _finish(draft)


@dataclass(slots=True)
class _Draft:
    """What is known of a case while it is read."""

    source: Source
    vocabulary: Vocabulary
    problems: list[Problem] = field(default_factory=list)
    title: str = ""
    description: str = ""
    question: str | None = None
    about: tuple[str, ...] = ()
    as_of: int | None = None
    law_date: int | None = None
    readings: tuple[tuple[str, str], ...] = ()
    entities: dict[str, str] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    stated: dict[tuple[str, tuple[str, ...]], Statement] = field(default_factory=dict)
    denials: list[Denial] = field(default_factory=list)
    expectations: list[Expectation] = field(default_factory=list)


def _finish(draft: _Draft) -> Case:
    first = next(iter(draft.vocabulary.entities), "")
    names = {
        entity: draft.names.get(entity) or _default_name(entity, type == first)
        for entity, type in draft.entities.items()
    }
    return Case(
        path=draft.source.path,
        title=draft.title,
        question=draft.question,
        about=draft.about,
        as_of=draft.as_of,
        law_date=draft.law_date,
        readings=draft.readings,
        statements=tuple(draft.stated.values()),
        denials=tuple(draft.denials),
        entities=MappingProxyType(draft.entities),
        names=MappingProxyType(names),
        expectations=tuple(draft.expectations),
        description=draft.description,
        source=draft.source,
    )


def _default_name(entity: str, capital: bool) -> str:
    words = entity.replace("_", " ").strip()
    return words.title() if capital else words


def _report(draft: _Draft, place: Place, message: str, hint: str = "") -> None:
    problem = draft.source.problem(message, place.line, place.column, place.width, hint)
    draft.problems.append(problem)


def _guess(draft: _Draft, word: str, candidates: Iterable[str]) -> str:
    """Name what was probably meant, but not for each of very many problems."""
    return closest(word, candidates) if len(draft.problems) < MOST_HINTS else ""


# YAML


def _read_yaml(draft: _Draft) -> None:
    document = read_document(draft.source, draft.problems)
    if document is None or (isinstance(document, Scalar) and document.empty):
        if not draft.problems:
            hint = "begin with 'case: ' and a title"
            _report(draft, Place(1, 1), "this file is empty", hint)
        return
    if not isinstance(document, Keys):
        hint = "begin with 'case: ' and a title"
        _report(draft, document.place, f"a case is a mapping, not {_shape(document)}", hint)
        return
    sections = {entity.section: entity.name for entity in draft.vocabulary.entities.values()}
    for key, value in document.pairs:
        if key.text in sections:
            _declare_entities(draft, sections[key.text], key, value)
        elif key.text not in TOP_KEYS:
            hint = _owner(draft, key.text) or _guess(draft, key.text, (*TOP_KEYS, *sections))
            _report(draft, key.place, f"a case has no key {quote(key.text)}", hint)
    for key, value in document.pairs:
        if key.text in sections:
            _read_section(draft, sections[key.text], value)
    top = {key.text: (key, value) for key, value in document.pairs}
    _read_question(draft, top, document.place)


def _declare_entities(draft: _Draft, type: str, key: Scalar, value: Node) -> None:
    if not isinstance(value, Keys):
        got = "it has no value" if _is_empty(value) else f"it has {_shape(value)}"
        hint = f"write a name for each {_plain(type)} and indent what is said of it"
        place = key.place if _is_empty(value) else value.place
        _report(draft, place, f"{key.text} must be a mapping, but {got}", hint)
        return
    for name, _ in value.pairs:
        _declare(draft, type, name.text, name.place)


def _declare(draft: _Draft, type: str, entity: str, place: Place) -> None:
    try:
        check_identifier(entity)
    except ValueError as error:
        _report(draft, place, *error.args)
    if entity in draft.entities:
        other = draft.entities[entity]
        message = f"{quote(entity)} is declared twice"
        if other != type:
            message = f"{quote(entity)} cannot be both {_a(other)} and {_a(type)}"
        _report(draft, place, message, f"first on line {draft.places[entity].line}")
        return
    draft.entities[entity] = type
    draft.places[entity] = place


def _read_section(draft: _Draft, type: str, section: Node) -> None:
    """Read what a section says of each of its entities."""
    if not isinstance(section, Keys):
        return
    name_of_section = draft.vocabulary.entities[type].section
    facts = {
        fact.key: fact
        for fact in draft.vocabulary.facts.values()
        if fact.key and fact.section == name_of_section
    }
    for subject, body in section.pairs:
        if _is_empty(body):
            continue
        if not isinstance(body, Keys):
            message = f"what is said of {subject.text} must be a mapping, not {_shape(body)}"
            _report(draft, body.place, message, "write 'key: value' on indented lines")
            continue
        for key, value in body.pairs:
            if key.text == "name":
                _read_name(draft, subject.text, key, value)
            elif key.text in facts:
                _read_value(draft, facts[key.text], subject.text, key, value)
            else:
                message = f"there is no key {quote(key.text)} in {name_of_section}"
                hint = _owner(draft, key.text) or _guess(draft, key.text, (*facts, "name"))
                _report(draft, key.place, message, hint)


def _owner(draft: _Draft, key: str) -> str:
    """Say where a key belongs that stands in the wrong place."""
    if key in draft.vocabulary.entities:
        return f"write '{draft.vocabulary.entities[key].section}'"
    facts = [fact for fact in draft.vocabulary.facts.values() if fact.section and fact.key]
    found = sorted({fact.section or "" for fact in facts if fact.key == key})
    if not found:
        found = sorted({f"{fact.section}.{fact.key}" for fact in facts if key in fact.keys[1:]})
    return f"'{key}' is a key of {list_words(found[:4], 'and')}" if found else ""


def _read_name(draft: _Draft, entity: str, key: Scalar, value: Node) -> None:
    text = _read_text(draft, key, value)
    if text:
        draft.names[entity] = text


def _read_text(draft: _Draft, key: Scalar, value: Node) -> str:
    """Read a text on one or several lines, reporting anything else."""
    if isinstance(value, Scalar) and value.text.strip() and not value.empty:
        return " ".join(value.text.split())
    got = f"{key.text} has no value" if _is_empty(value) else f"{key.text} must be a text"
    place = key.place if _is_empty(value) else value.place
    _report(draft, place, got)
    return ""


def _read_value(draft: _Draft, fact: Fact, subject: str, key: Scalar, value: Node) -> None:
    """Read the value of a fact's key: a list of entries, one entry, or a word."""
    entries: tuple[Node, ...] = (value,)
    if isinstance(value, Items):
        if fact.arity == 1:
            _report(draft, value.place, f"{key.text} takes yes, no or unknown, not a list")
            return
        entries = value.items
        if not entries:
            hint = f"write '{key.text}: no' if there is none, or leave the key out"
            _report(draft, value.place, f"{key.text} has an empty list", hint)
    for entry in entries:
        _read_entry(draft, fact, subject, key, entry, listed=isinstance(value, Items))


def _read_entry(
    draft: _Draft, fact: Fact, subject: str, key: Scalar, entry: Node, listed: bool
) -> None:
    if _is_empty(entry):
        place = entry.place if listed else key.place
        hint = f"write '{key.text}: no' if there is none, or leave the key out"
        _report(draft, place, f"{key.text} has no value", hint)
    elif isinstance(entry, Items):
        _report(draft, entry.place, f"{key.text} cannot hold a list in a list")
    elif isinstance(entry, Keys):
        _read_mapping(draft, fact, subject, key, entry)
    else:
        _read_word(draft, fact, subject, key, entry, listed)


def _read_word(
    draft: _Draft, fact: Fact, subject: str, key: Scalar, entry: Scalar, listed: bool
) -> None:
    """Read a plain value: yes, no or unknown, or the only argument after the subject."""
    status = STATUS_WORDS.get(entry.text.lower())
    rest = fact.arguments[1:]
    if status and not listed:
        if not rest:
            _state(draft, fact, (subject,), status, entry.place)
        elif status == "denied":
            position = draft.source.position(entry.place.line, entry.place.column)
            anything = (None,) * len(rest)
            draft.denials.append(Denial(fact.name, (subject, *anything), position))
        elif status == "unknown":
            hint = f"leave {key.text} out, or add 'is: unknown' to an entry"
            _report(draft, entry.place, f"{key.text} cannot be unknown as a whole", hint)
        elif all(argument.default is not None for argument in rest):
            _fill(draft, fact, subject, {}, status, entry.place)
        else:
            _report(draft, entry.place, f"{key.text} needs more than yes", _show_form(fact))
    elif len(rest) == 1:
        _fill(draft, fact, subject, {fact.keys[0]: entry}, "stated", entry.place)
    elif not rest:
        message = f"{key.text} takes yes, no or unknown, not {quote(entry.text)}"
        _report(draft, entry.place, message)
    else:
        message = f"{key.text} must be a mapping, not {quote(entry.text)}"
        _report(draft, entry.place, message, _show_form(fact))


def _show_form(fact: Fact) -> str:
    """Show how a fact with several arguments is written."""
    return f"write {fact.key}: {{{', '.join(f'{key}: ...' for key in fact.keys)}}}"


def _read_mapping(draft: _Draft, fact: Fact, subject: str, key: Scalar, entry: Keys) -> None:
    if fact.arity == 1:
        _report(draft, entry.place, f"{key.text} takes yes, no or unknown, not a mapping")
        return
    values: dict[str, Scalar] = {}
    status = "stated"
    complete = True
    for name, value in entry.pairs:
        if name.text not in (*fact.keys, "is"):
            hint = _guess(draft, name.text, (*fact.keys, "is"))
            hint = hint or f"its keys are {list_words((*fact.keys, 'is'), 'and')}"
            _report(draft, name.place, f"{key.text} has no key {quote(name.text)}", hint)
        elif _is_empty(value):
            _report(draft, name.place, f"{name.text} has no value")
            complete = False
        elif not isinstance(value, Scalar):
            _report(draft, value.place, f"{name.text} takes one value, not {_shape(value)}")
            complete = False
        elif name.text != "is":
            values[name.text] = value
        elif value.text.lower() in STATUS_WORDS:
            status = STATUS_WORDS[value.text.lower()]
        else:
            message = f"'is' takes yes, no or unknown, not {quote(value.text)}"
            _report(draft, value.place, message)
    if complete:
        _fill(draft, fact, subject, values, status, entry.place)


def _fill(
    draft: _Draft,
    fact: Fact,
    subject: str,
    values: Mapping[str, Scalar],
    status: str,
    place: Place,
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
            if argument.default is None:
                missing.append(key)
        else:
            terms.append(_check_value(draft, argument, value.text, value.place))
            places.append(value.place)
    if missing:
        message = f"{fact.key} needs {list_words([quote(key) for key in missing], 'and')}"
        _report(draft, place, message, _show_form(fact))
    _check_order(draft, fact, terms, places)
    complete = tuple(term for term in terms if term is not None)
    if len(complete) == fact.arity:
        _state(draft, fact, complete, status, place)


def _check_value(draft: _Draft, argument: Argument, text: str, place: Place) -> str | None:
    """Turn a value into a term; report it and give None when it cannot be one."""
    vocabulary = draft.vocabulary
    if argument.type in vocabulary.entities:
        return _check_entity(draft, text, place, argument.type)
    try:
        term = vocabulary.term(argument.type, text)
    except ValueError as error:
        message, hint = error.args
        _report(draft, place, message, hint if len(draft.problems) < MOST_HINTS else "")
        return None
    if term == OPEN_END and argument.default != OPEN_END and argument.type == "date":
        _report(draft, place, "9999-12-31 means that there is no end, which cannot be here")
        return None
    return term


def _check_entity(draft: _Draft, text: str, place: Place, type: str = "") -> str | None:
    """Check that an identifier is declared in the case, as an entity of the type wanted."""
    found = draft.entities.get(text)
    if found is None:
        same = [name for name, other in draft.entities.items() if type in ("", other)]
        hint = _guess(draft, text, same)
        if not hint and type:
            section = draft.vocabulary.entities[type].section
            hint = f"declare it in the section {section}"
            if draft.source.path.endswith(".lp"):
                hint = f"declare it with {type}({text})."
        what = f"the {_plain(type)} {quote(text)}" if type else quote(text)
        _report(draft, place, f"{what} is not declared in this case", hint)
        return None
    if type and found != type:
        message = f"{quote(text)} is {_a(found)}, not {_a(type)}"
        _report(draft, place, message, f"declared on line {draft.places[text].line}")
        return None
    return text


def _check_order(draft: _Draft, fact: Fact, terms: list[str | None], places: list[Place]) -> None:
    """Report an argument that must come after another one and does not."""
    index = {argument.name: number for number, argument in enumerate(fact.arguments)}
    for number, argument in enumerate(fact.arguments):
        if argument.after is None:
            continue
        earlier, later = terms[index[argument.after]], terms[number]
        if earlier is None or later is None:
            continue
        if int(later) < int(earlier) or (argument.strictly and later == earlier):
            label = draft.vocabulary.label
            relation = "not after" if argument.strictly else "before"
            message = (
                f"{_key(fact, number)} ({label(argument.type, later)}) is {relation} "
                f"{_key(fact, index[argument.after])} ({label(argument.type, earlier)})"
            )
            _report(draft, places[number], message)


def _key(fact: Fact, number: int) -> str:
    """Name an argument as a case file does."""
    return fact.keys[number - 1] if number else fact.arguments[0].name


def _state(draft: _Draft, fact: Fact, terms: tuple[str, ...], status: str, place: Place) -> None:
    """Add a statement, unless it is there already."""
    first = draft.stated.get((fact.name, terms))
    if first is None:
        position = draft.source.position(place.line, place.column)
        draft.stated[fact.name, terms] = Statement(fact.name, terms, status, position)
        return
    message = "this is stated twice"
    if first.status != status:
        message = f"this is {_STATUS[status]} here and {_STATUS[first.status]} elsewhere"
    _report(draft, place, message, f"first on line {first.position.line}")


_STATUS = {"stated": "stated", "denied": "denied", "unknown": "said to be unknown"}


def _read_question(draft: _Draft, top: Mapping[str, tuple[Scalar, Node]], place: Place) -> None:
    """Read the keys at the top of a case that are not sections."""
    if "case" not in top:
        _report(draft, place, "the case has no title", "begin with 'case: ' and a title")
    else:
        draft.title = _read_text(draft, *top["case"])
    if "description" in top:
        draft.description = _read_text(draft, *top["description"])
    if "question" in top:
        draft.question = _read_text(draft, *top["question"]) or None
    if "about" in top:
        draft.about = _read_about(draft, *top["about"])
    if "as_of" in top:
        draft.as_of = _read_day(draft, *top["as_of"])
    if "law_date" in top:
        draft.law_date = _read_day(draft, *top["law_date"])
    if "readings" in top:
        draft.readings = _read_readings(draft, *top["readings"])
    dated = False
    if "expect" in top:
        dated = _read_expectations(draft, *top["expect"])
    if "as_of" not in top and not dated:
        hint = "write the day asked about, for example 'as_of: 2022-09-01'"
        _report(draft, place, "the case has no 'as_of'", hint)


def _read_about(draft: _Draft, key: Scalar, value: Node) -> tuple[str, ...]:
    found = []
    for item in value.items if isinstance(value, Items) else (value,):
        if isinstance(item, Scalar) and not item.empty:
            entity = _check_entity(draft, item.text, item.place)
            found += [entity] if entity else []
        else:
            message = f"{key.text} takes the name of an entity or a list of names"
            _report(draft, item.place, message)
    return tuple(found)


def _read_day(draft: _Draft, key: Scalar, value: Node) -> int | None:
    if not isinstance(value, Scalar) or value.empty:
        _read_text(draft, key, value)
        return None
    term = _check_value(draft, Argument("", "date", ""), value.text, value.place)
    return int(term) if term else None


def _read_readings(draft: _Draft, key: Scalar, value: Node) -> tuple[tuple[str, str], ...]:
    if not isinstance(value, Keys):
        _report(draft, key.place, f"{key.text} must be a mapping", "write 'reading: option'")
        return ()
    chosen = []
    for name, option in value.pairs:
        text = _read_text(draft, name, option)
        if text:
            try:
                chosen.append(draft.vocabulary.choose(name.text, text))
            except ValueError as error:
                wrong = option if name.text in draft.vocabulary.readings else name
                _report(draft, wrong.place, *error.args)
    return tuple(chosen)


def _read_expectations(draft: _Draft, key: Scalar, value: Node) -> bool:
    """Read the expected answers; true when there are some and each has a day of its own."""
    items = value.items if isinstance(value, Items) else (value,)
    dated = bool(items)
    for item in items:
        if isinstance(item, Keys):
            dated = _read_expectation(draft, item) and dated
        else:
            message = f"{key.text} takes a list of mappings, not {_shape(item)}"
            _report(draft, item.place, message, "write '- {question: ..., answer: yes}'")
    return dated


def _read_expectation(draft: _Draft, item: Keys) -> bool:
    top = {key.text: (key, value) for key, value in item.pairs}
    for key, _ in item.pairs:
        if key.text not in EXPECTATION_KEYS:
            hint = _guess(draft, key.text, EXPECTATION_KEYS)
            _report(draft, key.place, f"an expectation has no key {quote(key.text)}", hint)
    question = draft.question or ""
    if "question" in top:
        question = _read_text(draft, *top["question"])
    elif not question:
        _report(draft, item.place, "neither the expectation nor the case has a question")
    answer = "undetermined"
    if "answer" not in top:
        _report(draft, item.place, "the expectation has no answer", "write 'answer: yes'")
    else:
        key, value = top["answer"]
        answer = _read_text(draft, key, value).lower()
        if answer and answer not in ANSWERS:
            message = f"{quote(answer)} is not an answer"
            _report(draft, value.place, message, "write yes, no or undetermined")
    draft.expectations.append(
        Expectation(
            question=question,
            about=_read_about(draft, *top["about"]) if "about" in top else (),
            as_of=_read_day(draft, *top["as_of"]) if "as_of" in top else None,
            answer=ANSWERS.get(answer, answer),
            decided_by=_read_words(draft, *top["decided_by"]) if "decided_by" in top else (),
            readings=_read_readings(draft, *top["readings"]) if "readings" in top else (),
            law_date=_read_day(draft, *top["law_date"]) if "law_date" in top else None,
            position=draft.source.position(item.place.line, item.place.column),
            note=_read_text(draft, *top["note"]) if "note" in top else "",
        )
    )
    return "as_of" in top


def _read_words(draft: _Draft, key: Scalar, value: Node) -> tuple[str, ...]:
    items = value.items if isinstance(value, Items) else (value,)
    words = [_read_text(draft, key, item) for item in items]
    return tuple(word for word in words if word)


# Files of facts


def _read_facts(draft: _Draft) -> None:
    facts = read_facts(draft.source, draft.problems)
    for fact in facts:
        _read_declaration(draft, fact)
    day = Place(1, 1)
    dated = False
    for fact in facts:
        term = fact.term
        if term.text in _DRIVER_ARITY or (
            term.text in draft.vocabulary.entities and len(term.arguments) == 1
        ):
            if fact.negated:
                _report(draft, term.place, f"{term.text} cannot be denied")
            dated = dated or term.text == "as_of"
            _read_driver_fact(draft, term)
        else:
            _read_stated(draft, term, "denied" if fact.negated else "stated")
    if not dated:
        _report(draft, day, "no day is asked about", "write, for example, as_of(20220901).")
    _check_denials(draft)
    if not draft.title:
        name = draft.source.path.replace("\\", "/").rpartition("/")[2]
        draft.title = name.removesuffix(".lp").replace("_", " ")


_DRIVER_ARITY = {
    "about": 1,
    "as_of": 1,
    "chosen_law_date": 1,
    "chosen_reading": 2,
    "denied": 1,
    "description": 1,
    "law_date": 1,
    "name": 2,
    "question": 1,
    "title": 1,
    "unknown": 1,
}


def _read_declaration(draft: _Draft, fact: WrittenFact) -> None:
    """Declare an entity, if a fact does so."""
    term = fact.term
    if term.text not in draft.vocabulary.entities or len(term.arguments) != 1 or fact.negated:
        return
    argument = term.arguments[0]
    if _is_word(argument):
        _declare(draft, term.text, argument.text, argument.place)
    else:
        _report(draft, argument.place, f"this is not an identifier of {_a(term.text)}")


def _read_driver_fact(draft: _Draft, term: Term) -> None:
    """Read a fact that says what is asked, or what is denied or unknown."""
    arity = _DRIVER_ARITY.get(term.text, 1)
    if len(term.arguments) != arity:
        message = f"{term.text} takes {_count(arity, 'argument')}, not {len(term.arguments)}"
        _report(draft, term.place, message)
        return
    first, last = term.arguments[0], term.arguments[-1]
    if term.text in ("denied", "unknown"):
        _read_stated(draft, first, term.text)
    elif term.text in ("title", "description", "question"):
        _set_once(draft, term, _text_of(draft, last))
    elif term.text in ("as_of", "law_date", "chosen_law_date"):
        day = _check_term(draft, Argument("", "date", ""), last)
        _set_once(draft, term, int(day) if day else None)
    elif term.text == "about":
        entity = _check_entity(draft, first.text, first.place)
        draft.about += (entity,) if entity else ()
    elif term.text == "name":
        entity = _check_entity(draft, first.text, first.place)
        if entity in draft.names:
            _report(draft, term.place, f"{quote(first.text)} has a name already")
        draft.names[entity or ""] = _text_of(draft, last)
    elif term.text == "chosen_reading":
        _choose(draft, first, last)


def _set_once(draft: _Draft, term: Term, value: str | int | None) -> None:
    """Set the title, question or day of a case, which a file can state only once."""
    attribute = "law_date" if term.text == "chosen_law_date" else term.text
    if getattr(draft, attribute):
        _report(draft, term.place, f"{term.text} is stated twice")
    setattr(draft, attribute, value)


def _choose(draft: _Draft, reading: Term, option: Term) -> None:
    written = option.text
    if option.arguments:
        written += f"({','.join(argument.text for argument in option.arguments)})"
    if reading.text in dict(draft.readings):
        _report(draft, reading.place, f"the reading {reading.text} is chosen twice")
    try:
        draft.readings += (draft.vocabulary.choose(reading.text, written),)
    except ValueError as error:
        wrong = option if reading.text in draft.vocabulary.readings else reading
        _report(draft, wrong.place, *error.args)


def _read_stated(draft: _Draft, term: Term, status: str) -> None:
    """Read a fact of the vocabulary, or the denial that there is any for its first argument."""
    fact = draft.vocabulary.facts.get(term.text)
    if fact is None or term.sort != "symbol":
        candidates = (*draft.vocabulary.facts, *draft.vocabulary.entities, *_DRIVER_ARITY)
        hint = _guess(draft, term.text, candidates)
        _report(draft, term.place, f"there is no fact {quote(term.text)}", hint)
        return
    if fact.section is None:
        message = f"{fact.name} follows from the law or the question and cannot be stated"
        _report(draft, term.place, message)
        return
    places = [argument.place for argument in term.arguments]
    if status == "denied" and len(term.arguments) == 1 < fact.arity:
        subject = _check_term(draft, fact.arguments[0], term.arguments[0])
        if subject:
            position = draft.source.position(term.place.line, term.place.column)
            anything = (None,) * (fact.arity - 1)
            draft.denials.append(Denial(fact.name, (subject, *anything), position))
        return
    if len(term.arguments) != fact.arity:
        names = ", ".join(argument.name for argument in fact.arguments)
        message = f"{fact.name} takes {_count(fact.arity, 'argument')}, not {len(term.arguments)}"
        _report(draft, term.place, message, f"write {fact.name}({names})")
        return
    terms = [
        _check_term(draft, argument, written)
        for argument, written in zip(fact.arguments, term.arguments, strict=True)
    ]
    _check_order(draft, fact, terms, places)
    complete = tuple(found for found in terms if found is not None)
    if len(complete) == fact.arity:
        _state(draft, fact, complete, status, term.place)


def _check_term(draft: _Draft, argument: Argument, term: Term) -> str | None:
    """Check a term of a file of facts; report it and give None when it is of another type."""
    kind = draft.vocabulary.kinds.get(argument.type)
    if argument.type == "date":
        if term.sort != "number" or len(term.text) != 8:
            message = f"{quote(term.text)} is not a date"
            _report(draft, term.place, message, "write it as digits, for example 20220901")
            return None
        text = f"{term.text[:4]}-{term.text[4:6]}-{term.text[6:]}"
        return _check_value(draft, argument, text, term.place)
    if argument.type == "number" and term.sort == "number":
        return _check_value(draft, argument, term.text, term.place)
    if not _is_word(term):
        _report(draft, term.place, f"this is not {_a(argument.type)}")
        return None
    if kind and term.text not in kind.values:
        message = f"{quote(term.text)} is not {_a(kind.name)}"
        _report(draft, term.place, message, _guess(draft, term.text, kind.values))
        return None
    return term.text if kind else _check_value(draft, argument, term.text, term.place)


def _check_denials(draft: _Draft) -> None:
    """Report facts denied altogether for a subject and yet stated, or denied twice."""
    stated: dict[tuple[str, str], Statement] = {}
    for statement in draft.stated.values():
        if statement.status != "denied":
            stated.setdefault((statement.name, statement.arguments[0]), statement)
    seen: dict[tuple[str, str], Denial] = {}
    for denial in draft.denials:
        key = (denial.name, denial.arguments[0] or "")
        place = Place(denial.position.line, denial.position.column, len(denial.name))
        if key in stated:
            line = stated[key].position.line
            message = "this is denied altogether here and stated elsewhere"
            _report(draft, place, message, f"stated on line {line}")
        if key in seen:
            hint = f"first on line {seen[key].position.line}"
            _report(draft, place, "this is denied twice", hint)
        seen.setdefault(key, denial)


def _is_word(term: Term) -> bool:
    return term.sort == "symbol" and not term.arguments


def _text_of(draft: _Draft, term: Term) -> str:
    text = " ".join(term.text.split())
    if term.arguments or not text:
        _report(draft, term.place, "this must be a text in quotes")
    return text


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _is_empty(node: Node) -> bool:
    return isinstance(node, Scalar) and node.empty


def _shape(node: Node) -> str:
    if isinstance(node, Scalar):
        return quote(node.text)
    return "a list" if isinstance(node, Items) else "a mapping"


def _plain(type: str) -> str:
    return type.replace("_", " ")


def _a(type: str) -> str:
    return with_article(_plain(type))

"""Cases written in YAML: which key means what, what is asked, and which answers are expected."""

from collections.abc import Mapping

from reasoner.casefiles.document import Keys, Node, Scalar, items_of, read_document
from reasoner.casefiles.draft import Draft, Expectation, check_entity, check_value, guess, report
from reasoner.casefiles.yaml_facts import (
    declare_entities,
    is_empty,
    is_misspelt,
    owner,
    read_section,
    read_text,
    shape,
)
from reasoner.errors import quote
from reasoner.lawfiles.vocabulary import TOP_KEYS, Argument
from reasoner.source import Place

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
        report(draft, document.place, f"a case is a mapping, not {shape(document)}", hint)
        return
    read_keys(draft, document)


def read_keys(draft: Draft, document: Keys) -> None:
    """Read a case that is a mapping, of a whole document or in one."""
    sections = {entity.section: entity.name for entity in draft.vocabulary.entities.values()}
    for key, value in document.pairs:
        if key.text in sections:
            declare_entities(draft, sections[key.text], key, value)
        elif key.text not in TOP_KEYS:
            hint = owner(draft, key.text) or guess(draft, key.text, (*TOP_KEYS, *sections))
            report(draft, key.place, f"a case has no key {quote(key.text)}", hint)
    for key, value in document.pairs:
        if key.text in sections:
            read_section(draft, sections[key.text], value)
    top = {key.text: (key, value) for key, value in document.pairs}
    _read_question(draft, top, document.place)


def _read_question(draft: Draft, top: Mapping[str, tuple[Scalar, Node]], place: Place) -> None:
    """Read the keys at the top of a case that are not sections."""
    sections = {entity.section for entity in draft.vocabulary.entities.values()}
    unknown = [key for key in top if key not in TOP_KEYS and key not in sections]
    if "case" not in top and not is_misspelt("case", unknown):
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
    if "as_of" not in top and not dated and not is_misspelt("as_of", unknown):
        hint = "write the day asked about, for example 'as_of: 2022-09-01'"
        report(draft, place, "the case has no 'as_of'", hint)


def read_about(draft: Draft, key: Scalar, value: Node) -> tuple[str, ...]:
    found = []
    for item in items_of(value):
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
        report(draft, value.place, f"{key.text} takes a date, not {shape(value)}")
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
    items = items_of(value)
    dated = bool(items)
    for item in items:
        if isinstance(item, Keys):
            dated = _read_expectation(draft, item) and dated
        else:
            message = f"{key.text} takes a list of mappings, not {shape(item)}"
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
    elif not question and not is_misspelt("question", unknown):
        report(draft, item.place, "neither the expectation nor the case has a question")
    answer = "undetermined"
    if "answer" not in top and not is_misspelt("answer", unknown):
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
    items = items_of(value)
    words = [read_text(draft, key, item) for item in items]
    return tuple(word for word in words if word)

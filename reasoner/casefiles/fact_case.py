"""Cases written as plain facts, for those who run the law with the solver alone."""

from reasoner.casefiles.draft import (
    Denial,
    Draft,
    Statement,
    check_entity,
    check_text,
    check_value,
    declare,
    guess,
    name_type,
    report,
    state,
)
from reasoner.casefiles.facts import Term, WrittenFact, read_facts
from reasoner.casefiles.ranges import check_ranges, range_between
from reasoner.errors import quote
from reasoner.lawfiles.vocabulary import Argument
from reasoner.source import Place


def read_fact_file(draft: Draft) -> None:
    facts = read_facts(draft.source, draft.problems)
    for fact in facts:
        _read_declaration(draft, fact)
    if not facts and not draft.problems:
        report(draft, Place(1, 1), "this file is empty", "state facts such as as_of(20220901).")
        return
    dated = False
    for fact in facts:
        term = fact.term
        if term.text in _DRIVER_ARITY or (
            term.text in draft.vocabulary.entities and len(term.arguments) == 1
        ):
            if fact.negated:
                report(draft, term.place, f"{term.text} cannot be denied")
            dated = dated or term.text == "as_of"
            _read_driver_fact(draft, term)
        else:
            _read_stated(draft, term, "denied" if fact.negated else "stated")
    if not dated:
        report(draft, Place(1, 1), "no day is asked about", "write, for example, as_of(20220901).")
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


def _read_declaration(draft: Draft, fact: WrittenFact) -> None:
    """Declare an entity, if a fact does so."""
    term = fact.term
    if term.text not in draft.vocabulary.entities or len(term.arguments) != 1 or fact.negated:
        return
    argument = term.arguments[0]
    if _is_word(argument):
        declare(draft, term.text, argument.text, argument.place)
    else:
        report(draft, argument.place, f"this is not an identifier of {name_type(term.text)}")


def _read_driver_fact(draft: Draft, term: Term) -> None:
    """Read a fact that says what is asked, or what is denied or unknown."""
    arity = _DRIVER_ARITY.get(term.text, 1)
    if len(term.arguments) != arity:
        message = f"{term.text} takes {_count(arity, 'argument')}, not {len(term.arguments)}"
        report(draft, term.place, message)
        return
    first, last = term.arguments[0], term.arguments[-1]
    if term.text in ("denied", "unknown"):
        _read_stated(draft, first, term.text)
    elif term.text in ("title", "description", "question"):
        _set_once(draft, term, _text_of(draft, last))
        if term.text == "question":
            draft.question_place = last.place
    elif term.text in ("as_of", "law_date", "chosen_law_date"):
        day = _check_term(draft, Argument("", "date", ""), last)
        _set_once(draft, term, int(day) if day else None)
    elif term.text == "about":
        entity = check_entity(draft, first.text, first.place)
        draft.about += (entity,) if entity else ()
    elif term.text == "name":
        entity = check_entity(draft, first.text, first.place)
        if entity in draft.names:
            report(draft, term.place, f"{quote(first.text)} has a name already")
        if entity:
            draft.names[entity] = _text_of(draft, last)
    elif term.text == "chosen_reading":
        _choose(draft, first, last)


def _set_once(draft: Draft, term: Term, value: str | int | None) -> None:
    """Set the title, question or day of a case, which a file can state only once."""
    attribute = "law_date" if term.text == "chosen_law_date" else term.text
    if getattr(draft, attribute):
        report(draft, term.place, f"{term.text} is stated twice")
    setattr(draft, attribute, value)


def _choose(draft: Draft, reading: Term, option: Term) -> None:
    written = option.text
    if option.arguments:
        written += f"({','.join(argument.text for argument in option.arguments)})"
    if reading.text in dict(draft.readings):
        report(draft, reading.place, f"the reading {reading.text} is chosen twice")
    try:
        draft.readings += (draft.vocabulary.choose(reading.text, written),)
    except ValueError as error:
        wrong = option if reading.text in draft.vocabulary.readings else reading
        report(draft, wrong.place, *error.args)


def _read_stated(draft: Draft, term: Term, status: str) -> None:
    """Read a fact of the vocabulary, or the denial that there is any for its first argument."""
    fact = draft.vocabulary.facts.get(term.text)
    if fact is None or term.sort != "symbol":
        candidates = (*draft.vocabulary.facts, *draft.vocabulary.entities, *_DRIVER_ARITY)
        if term.text in candidates:
            report(draft, term.place, f"{quote(term.text)} is not a fact that can be {status}")
            return
        hint = guess(draft, term.text, candidates)
        report(draft, term.place, f"there is no fact {quote(term.text)}", hint)
        return
    if fact.section is None:
        message = f"{fact.name} follows from the law or the question and cannot be stated"
        report(draft, term.place, message)
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
        report(draft, term.place, message, f"write {fact.name}({names})")
        return
    terms = [
        _check_term(draft, argument, written)
        for argument, written in zip(fact.arguments, term.arguments, strict=True)
    ]
    possible = check_ranges(draft, fact, terms, status, places)
    complete = tuple(found for found in terms if found is not None)
    if len(complete) == fact.arity and possible:
        state(draft, fact, complete, status, term.place)


def _check_term(draft: Draft, argument: Argument, term: Term) -> str | None:
    """Check a term of a file of facts; report it and give None when it is of another type."""
    kind = draft.vocabulary.kinds.get(argument.type)
    if argument.type == "date" and (term.text, len(term.arguments)) == ("between", 2):
        ends = [_check_term(draft, argument, end) for end in term.arguments]
        return range_between(draft, ends[0], ends[1], term.place)
    if argument.type == "date":
        if term.sort != "number" or len(term.text) != 8:
            message = f"{quote(term.text)} is not a date"
            report(draft, term.place, message, "write it as digits, for example 20220901")
            return None
        text = f"{term.text[:4]}-{term.text[4:6]}-{term.text[6:]}"
        return check_value(draft, argument, text, term.place)
    if argument.type == "number" and term.sort == "number":
        return check_value(draft, argument, term.text, term.place)
    if not _is_word(term):
        hint = "write its constant" if kind else ""
        report(draft, term.place, f"this is not {name_type(argument.type)}", hint)
        return None
    if kind and term.text not in kind.values:
        message = f"{quote(term.text)} is not {name_type(kind.name)}"
        report(draft, term.place, message, guess(draft, term.text, kind.values))
        return None
    return term.text if kind else check_value(draft, argument, term.text, term.place)


def _check_denials(draft: Draft) -> None:
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
            report(draft, place, message, f"stated on line {line}")
        if key in seen:
            hint = f"first on line {seen[key].position.line}"
            report(draft, place, "this is denied twice", hint)
        seen.setdefault(key, denial)


def _is_word(term: Term) -> bool:
    return term.sort == "symbol" and not term.arguments


def _text_of(draft: Draft, term: Term) -> str:
    if term.arguments:
        report(draft, term.place, "this must be a text in quotes")
        return ""
    return check_text(draft, term.text, term.place)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"

"""Near misses of a case: changes of one thing, each with what is answered before and after it.

A file of near misses is generated. It says what the law as it is written answers, not what it
should answer, and it is short: the case stands in a file of its own, and a near miss is a change
in the syntax of case files ::

    near_misses_of: rose
    generated: yes
    near_misses:
      - change: gardeners.rose.rent_paid=2024-04-01
        question: 2(b)
        before: yes
        after: no
        shows: {B2(b).1.3: the rent was paid when it was due}

``given`` are changes that the story has before the one that matters; the day, the readings and
the date of the law are those of the case unless the near miss has its own. ``shows`` are the
conditions that decide, in words, ``also`` those for which the law has no words. Nothing rests on
either: ``reasoner coverage`` finds out anew what a near miss shows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from reasoner.casefiles.case import Case, read_case
from reasoner.casefiles.document import Keys, Node, Scalar, items_of, read_document
from reasoner.casefiles.draft import Draft, guess, report
from reasoner.casefiles.edits import apply_edits
from reasoner.casefiles.read_edits import read_changes
from reasoner.casefiles.shelf import find_case
from reasoner.casefiles.write_case import Written, quote_text, write_date, write_item
from reasoner.casefiles.yaml_case import ANSWERS, read_about, read_day, read_readings
from reasoner.casefiles.yaml_facts import read_text
from reasoner.errors import InputError, Position, quote
from reasoner.lawfiles.vocabulary import Vocabulary
from reasoner.source import Place, read_source

OF = "near_misses_of"
_TOP = (OF, "generated", "near_misses")
_KEYS = (
    "given",
    "as_of",
    "law_date",
    "readings",
    "change",
    "question",
    "about",
    "before",
    "after",
    "note",
    "shows",
    "also",
)
_FORM = "write '- {change: ..., question: ..., before: yes, after: no}'"


class NearMiss(NamedTuple):
    """One change of a story, and the answers to a question before and after it.

    ``before`` and ``after`` are the two stories; ``expected`` the two answers; ``shows`` are the
    conditions that decide, by their ids, in words if the law has any for them; ``change`` and
    ``given`` are as written.
    """

    given: tuple[str, ...]
    change: tuple[str, ...]
    before: Case
    after: Case
    question: str
    about: tuple[str, ...]
    expected: tuple[str, str]
    shows: tuple[tuple[str, str], ...]
    note: str
    position: Position


@dataclass(frozen=True, slots=True)
class NearMisses:
    """A file of near misses: the case that they are of, by name or path, and each of them."""

    path: str
    name: str
    base: Case
    near_misses: tuple[NearMiss, ...]


def count_near_misses(path: Path) -> int:
    """How many near misses a file of the program's own has, without a look at the case."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return sum(line.lstrip(" -").startswith("change:") for line in lines)


def read_near_misses(path: str, vocabulary: Vocabulary) -> NearMisses:
    """Read a file of near misses, with the case that they are of.

    Args:
        path: the file.
        vocabulary: what a case may state.

    Raises:
        InputError: with every problem found in the file, or with those of the case.
    """
    source = read_source(path)
    draft = Draft(source, vocabulary)
    document = read_document(source, draft.problems)
    if not isinstance(document, Keys):
        if not draft.problems:
            report(draft, Place(1, 1), "this file has no near misses", f"begin with '{OF}: '")
        raise InputError(draft.problems)
    top = keys_by_name(draft, document, _TOP, "a file of near misses")
    base = _read_base(draft, top.get(OF), document.place)
    check_generated(draft, top, document.place, "near misses")
    items: Sequence[Node] = ()
    if "near_misses" not in top:
        report(draft, document.place, "there are no near misses", "write 'near_misses:' and a list")
    else:
        items = items_of(top["near_misses"][1])
    found = []
    for item in items:
        if not isinstance(item, Keys):
            report(draft, item.place, "a near miss is a mapping", _FORM)
        elif base is not None:
            read = read_near_miss(draft, base, item)
            found += [read] if read else []
    if draft.problems or base is None:
        raise InputError(draft.problems)
    name = top[OF][1]
    assert isinstance(name, Scalar)
    return NearMisses(path, name.text, base, tuple(found))


def check_generated(
    draft: Draft, top: dict[str, tuple[Scalar, Node]], place: Place, what: str
) -> None:
    """See that a file says that what it has is generated."""
    if "generated" not in top:
        hint = "write 'generated: yes': what the law should answer stands in cases"
        report(draft, place, f"it does not say that {what} are generated", hint)
    elif read_text(draft, *top["generated"]) not in ("yes", ""):
        report(draft, top["generated"][1].place, f"{what} are generated", "write 'yes'")


def keys_by_name(
    draft: Draft, node: Keys, known: Sequence[str], what: str
) -> dict[str, tuple[Scalar, Node]]:
    """The keys of a mapping with their values; those that it does not have are reported."""
    for key, _ in node.pairs:
        if key.text not in known:
            hint = guess(draft, key.text, known)
            report(draft, key.place, f"{what} has no key {quote(key.text)}", hint)
    return {key.text: (key, value) for key, value in node.pairs}


def _read_base(draft: Draft, named: tuple[Scalar, Node] | None, place: Place) -> Case | None:
    """The case that near misses are of: a shipped one by name, another by its path from here."""
    if named is None:
        report(draft, place, "it does not say of which case", f"begin with '{OF}: ' and its name")
        return None
    name = read_text(draft, *named)
    if not name:
        return None
    beside = Path(draft.source.path).parent / name
    try:
        path = beside if beside.suffix in (".yaml", ".yml", ".lp") else find_case(name)
        return read_case(str(path), draft.vocabulary)
    except InputError as error:
        first = error.problems[0]
        if first.position is None:
            report(draft, named[1].place, first.message, first.hint)
        else:
            draft.problems += error.problems
        return None


def read_near_miss(draft: Draft, base: Case, item: Keys) -> NearMiss | None:
    """Read a near miss of a story; what is wrong with it is noted in the draft."""
    before = len(draft.problems)
    top = keys_by_name(draft, item, _KEYS, "a near miss")
    for name in ("change", "before", "after"):
        if name not in top:
            report(draft, item.place, f"the near miss has no {quote(name)}", _FORM)
    day = read_day(draft, *top["as_of"]) if "as_of" in top else None
    law_date = read_day(draft, *top["law_date"]) if "law_date" in top else None
    readings = read_readings(draft, *top["readings"]) if "readings" in top else ()
    case = replace(
        base,
        as_of=day or base.as_of,
        law_date=law_date or base.law_date,
        readings=tuple({**dict(base.readings), **dict(readings)}.items()),
        expectations=(),
    )
    given = read_texts(draft, *top["given"]) if "given" in top else ()
    change = read_texts(draft, *top["change"]) if "change" in top else ()
    story = _changed(draft, case, given, top.get("given"))
    after = _changed(draft, story, change, top.get("change")) if story else None
    question = read_text(draft, *top["question"]) if "question" in top else base.question or ""
    if not question:
        report(draft, item.place, "neither the near miss nor the case has a question")
    if case.as_of is None:
        report(draft, item.place, "neither the near miss nor the case has a day", "write 'as_of:'")
    answers = tuple(read_answer(draft, *top[name]) for name in ("before", "after") if name in top)
    about: tuple[str, ...] = ()
    if "about" in top and story is not None and after is not None:
        draft.entities = {**after.entities, **story.entities}
        about = read_about(draft, *top["about"])
    for one in (story, after):
        if one is not None and any(s.status == "unknown" for s in one.statements):
            message = "a near miss is of a case in which nothing is unknown"
            report(draft, item.place, message, "settle it with a change under 'given'")
            break
    if len(answers) == 2 and answers[0] == answers[1] != "":
        report(draft, top["after"][1].place, "the answer is the same before and after the change")
    shows = _read_shows(draft, *top["shows"]) if "shows" in top else ()
    if "also" in top:
        shows += tuple((place, "") for place in read_texts(draft, *top["also"]))
    note = read_text(draft, *top["note"]) if "note" in top else ""
    if len(draft.problems) > before or story is None or after is None:
        return None
    position = draft.source.position(item.place.line, item.place.column)
    first, second = answers
    return NearMiss(
        given, change, story, after, question, about, (first, second), shows, note, position
    )


def _changed(
    draft: Draft, case: Case, changes: Sequence[str], named: tuple[Scalar, Node] | None
) -> Case | None:
    """A case after some changes, whose problems stand where they are written."""
    if named is None:
        return case
    try:
        found = read_changes(case, draft.vocabulary, changes)
    except InputError as error:
        for problem in error.problems:
            report(draft, named[1].place, problem.message, problem.hint)
        return None
    return apply_edits(case, [change.edit for change in found])


def _read_shows(draft: Draft, key: Scalar, value: Node) -> tuple[tuple[str, str], ...]:
    if not isinstance(value, Keys):
        hint = "write the place of each condition and its words"
        report(draft, value.place, f"{key.text} must be a mapping", hint)
        return ()
    return tuple((name.text, read_text(draft, name, words)) for name, words in value.pairs)


def read_texts(draft: Draft, key: Scalar, value: Node) -> tuple[str, ...]:
    """A text, or a list of texts."""
    return tuple(text for item in items_of(value) if (text := read_text(draft, key, item)))


def read_answer(draft: Draft, key: Scalar, value: Node) -> str:
    """An answer; nothing if it is none."""
    text = read_text(draft, key, value).lower()
    if text and text not in ANSWERS:
        message = f"{quote(text)} is not an answer"
        report(draft, value.place, message, "write yes, no or undetermined")
    return ANSWERS.get(text, "")


def write_near_misses(name: str, base: Case, near_misses: Sequence[NearMiss]) -> str:
    """Write near misses of a case so that they read back.

    Args:
        name: the name of the case, or the path to its file.
        base: the case as it is read from there.
        near_misses: the near misses, in their order.

    Returns:
        The text, which ends with a line break.
    """
    return "\n".join(_lines(name, base, near_misses)) + "\n"


def _lines(name: str, base: Case, near_misses: Sequence[NearMiss]) -> Iterator[str]:
    yield "# Generated by `reasoner coverage --write`: what the law as written answers, not what it"
    yield "# should answer. Each change alone makes the condition decide that is named below it."
    yield f"{OF}: {quote_text(name)}"
    yield "generated: yes"
    yield "near_misses:"
    for one in near_misses:
        yield from write_item(near_miss_as_written(base, one), 2, spread=True)


def near_miss_as_written(base: Case, one: NearMiss) -> dict[str, Written]:
    """A near miss of a story as it stands in a file.

    Args:
        base: the story.
        one: the near miss.
    """
    node: dict[str, Written] = {}
    if one.note:
        node["note"] = quote_text(one.note)
    if one.given:
        node["given"] = one_or_all(one.given)
    before = one.before
    if before.as_of != base.as_of and before.as_of is not None:
        node["as_of"] = write_date(str(before.as_of))
    if before.law_date != base.law_date and before.law_date is not None:
        node["law_date"] = write_date(str(before.law_date))
    chosen = dict(base.readings)
    readings: dict[str, Written] = {
        r: quote_text(o) for r, o in before.readings if chosen.get(r) != o
    }
    if readings:
        node["readings"] = readings
    node["change"] = one_or_all(one.change)
    node["question"] = quote_text(one.question)
    if one.about:
        node["about"] = one_or_all(one.about)
    node["before"], node["after"] = one.expected
    if any(words for _, words in one.shows):
        node["shows"] = {place: quote_text(words) for place, words in one.shows if words}
    also = [place for place, words in one.shows if not words]
    if also:
        node["also"] = one_or_all(also)
    return node


def one_or_all(texts: Sequence[str]) -> Written:
    """A text, or several as a list."""
    quoted: list[Written] = [quote_text(text) for text in texts]
    return quoted[0] if len(quoted) == 1 else quoted

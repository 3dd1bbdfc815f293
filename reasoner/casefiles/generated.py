"""Files that are generated: near misses of a case, and stories with what is answered about them.

A generated story stands nowhere else: it is a whole case, with the answers that the law as it is
written gives, and with near misses of its own ::

    stories_about: 2(b)
    generated: yes
    stories:
      - case: Rose has leased a plot and paid late
        as_of: 2024-06-01
        gardeners:
          rose: {rent_paid: 2024-04-01}
        answers:
          - {question: 2(b), about: rose, answer: no, notices: B2(b).1.3:dropped}
        near_misses:
          - change: gardeners.rose.rent_paid=2024-03-31
            question: 2(b)
            before: no
            after: yes
            shows: {B2(b).1.3: the rent was paid when it was due}

``stories_about`` says in a word what the stories are about. ``notices`` are the changes of the law
that an answer notices, by their ids; nothing rests on them. In a story nothing is unknown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from reasoner.casefiles.case import Case, finish
from reasoner.casefiles.document import Keys, Node, items_of, read_document
from reasoner.casefiles.draft import Draft, report
from reasoner.casefiles.near_misses import (
    OF,
    NearMiss,
    check_generated,
    keys_by_name,
    near_miss_as_written,
    one_or_all,
    read_answer,
    read_near_miss,
    read_near_misses,
    read_texts,
)
from reasoner.casefiles.write_case import Written, quote_text, write_case, write_item
from reasoner.casefiles.yaml_case import read_about, read_keys
from reasoner.casefiles.yaml_facts import read_text
from reasoner.errors import InputError, Position
from reasoner.lawfiles.vocabulary import Vocabulary
from reasoner.source import Place, read_source

ABOUT = "stories_about"
_TOP = (ABOUT, "generated", "stories")
_OWN = ("answers", "near_misses")
_KEYS = ("question", "about", "answer", "notices")
_ODD = re.compile(r"[^A-Za-z0-9._]+")
_FORM = "write '- {question: ..., answer: yes}'"


class Recorded(NamedTuple):
    """What is answered about a story, and the changes of the law that this notices, by their ids.

    Empty ``about`` means whom the story is about.
    """

    question: str
    about: tuple[str, ...]
    expected: str
    notices: tuple[str, ...]
    position: Position


class GeneratedStory(NamedTuple):
    """A story that stands nowhere else, with what is answered about it and its near misses."""

    case: Case
    answers: tuple[Recorded, ...] = ()
    near_misses: tuple[NearMiss, ...] = ()


@dataclass(frozen=True, slots=True)
class GeneratedStories:
    """A file of generated stories: what they are about, in a word, and each of them."""

    path: str
    about: str
    stories: tuple[GeneratedStory, ...]


@dataclass(frozen=True, slots=True)
class Generated:
    """What a generated file says: near misses, and answers, each with the story it is about."""

    path: str
    near_misses: tuple[NearMiss, ...]
    answers: tuple[tuple[Case, Recorded], ...]


def is_generated(path: Path) -> bool:
    """Whether a file says that it has near misses or generated stories."""
    return has_stories(path) or has_near_misses(path)


def has_near_misses(path: Path) -> bool:
    """Whether a file says that it has near misses of a case."""
    return _begins(path, OF)


def has_stories(path: Path) -> bool:
    """Whether a file says that it has generated stories."""
    return _begins(path, ABOUT)


def _begins(path: Path, key: str) -> bool:
    if path.suffix not in (".yaml", ".yml"):
        return False
    try:
        with path.open(encoding="utf-8") as lines:
            first = (line for _, line in zip(range(20), lines, strict=False))
            return any(line.startswith(f"{key}:") for line in first)
    except (OSError, UnicodeDecodeError):
        return False


def read_generated(path: str, vocabulary: Vocabulary) -> Generated:
    """Read a generated file, with the case that its near misses are of.

    Args:
        path: the file.
        vocabulary: what a case may state.

    Raises:
        InputError: with every problem found.
    """
    if not has_stories(Path(path)):
        return Generated(path, read_near_misses(path, vocabulary).near_misses, ())
    stories = read_stories(path, vocabulary).stories
    return Generated(
        path,
        tuple(one for story in stories for one in story.near_misses),
        tuple((story.case, one) for story in stories for one in story.answers),
    )


def read_stories(path: str, vocabulary: Vocabulary) -> GeneratedStories:
    """Read a file of generated stories.

    Args:
        path: the file.
        vocabulary: what a case may state.

    Raises:
        InputError: with every problem found.
    """
    source = read_source(path)
    draft = Draft(source, vocabulary)
    document = read_document(source, draft.problems)
    if not isinstance(document, Keys):
        if not draft.problems:
            report(draft, Place(1, 1), "this file has no stories", f"begin with '{ABOUT}: '")
        raise InputError(draft.problems)
    top = keys_by_name(draft, document, _TOP, "a file of generated stories")
    check_generated(draft, top, document.place, "the stories")
    about = read_text(draft, *top[ABOUT]) if ABOUT in top else ""
    stories = []
    if "stories" not in top:
        report(draft, document.place, "there are no stories", "write 'stories:' and a list")
    else:
        for item in items_of(top["stories"][1]):
            if isinstance(item, Keys):
                stories.append(_read_story(draft, item))
            else:
                hint = "write '- case: ...' and what is told, as in a case file"
                report(draft, item.place, "a story is a mapping", hint)
    if draft.problems:
        raise InputError(draft.problems)
    return GeneratedStories(path, about, tuple(stories))


def _read_story(whole: Draft, item: Keys) -> GeneratedStory:
    """Read a story: a case with two keys more."""
    draft = Draft(whole.source, whole.vocabulary, whole.problems)
    told = tuple(pair for pair in item.pairs if pair[0].text not in _OWN)
    read_keys(draft, Keys(told, item.place))
    case = finish(draft)
    if any(statement.status == "unknown" for statement in case.statements):
        report(draft, item.place, "in a generated story nothing is unknown")
    own = {key.text: value for key, value in item.pairs if key.text in _OWN}
    answers = [
        found
        for node in (items_of(own["answers"]) if "answers" in own else ())
        if (found := _read_recorded(draft, case, node)) is not None
    ]
    near_misses = [
        one
        for node in (items_of(own["near_misses"]) if "near_misses" in own else ())
        if (one := _read_near_miss(draft, case, node)) is not None
    ]
    return GeneratedStory(case, tuple(answers), tuple(near_misses))


def _read_near_miss(draft: Draft, case: Case, item: Node) -> NearMiss | None:
    if not isinstance(item, Keys):
        hint = "write '- {change: ..., question: ..., before: yes, after: no}'"
        report(draft, item.place, "a near miss is a mapping", hint)
        return None
    # what a story that is told wrongly comes to is not worth a second message
    return None if draft.problems else read_near_miss(draft, case, item)


def _read_recorded(draft: Draft, case: Case, item: Node) -> Recorded | None:
    before = len(draft.problems)
    if not isinstance(item, Keys):
        report(draft, item.place, "an answer is a mapping", _FORM)
        return None
    top = keys_by_name(draft, item, _KEYS, "an answer")
    question = read_text(draft, *top["question"]) if "question" in top else case.question or ""
    if not question:
        report(draft, item.place, "neither the answer nor the story has a question")
    if "answer" not in top:
        report(draft, item.place, "the answer is not told", _FORM)
    answer = read_answer(draft, *top["answer"]) if "answer" in top else ""
    about = read_about(draft, *top["about"]) if "about" in top else ()
    notices = read_texts(draft, *top["notices"]) if "notices" in top else ()
    if len(draft.problems) > before:
        return None
    position = draft.source.position(item.place.line, item.place.column)
    return Recorded(question, about, answer, notices, position)


def file_of(about: str) -> str:
    """The name of a file of generated stories: what they are about, without odd signs."""
    return f"{_ODD.sub('-', about)}.yaml"


def write_stories(
    about: str, stories: Sequence[GeneratedStory], vocabulary: Vocabulary, command: str
) -> str:
    """Write generated stories so that they read back.

    Args:
        about: what they are about, in a word.
        stories: the stories, in their order.
        vocabulary: what a case may state.
        command: the command that generates them, without options.

    Returns:
        The text, which ends with a line break.
    """
    return "\n".join(_lines(about, stories, vocabulary, command)) + "\n"


def _lines(
    about: str, stories: Sequence[GeneratedStory], vocabulary: Vocabulary, command: str
) -> Iterator[str]:
    yield f"# Generated by `reasoner {command} --write`: stories that the program made up, and what"
    yield "# the law as written answers about them, not what it should answer."
    yield f"{ABOUT}: {quote_text(about)}"
    yield "generated: yes"
    yield "stories:"
    for story in stories:
        text = write_case(story.case, vocabulary, expectations=False)
        for number, line in enumerate(line for line in text.splitlines() if line):
            yield f"{'    ' if number else '  - '}{line}"
        if story.answers:
            yield "    answers:"
            for answer in story.answers:
                yield from write_item(_as_written(answer), 6)
        if story.near_misses:
            yield "    near_misses:"
            for one in story.near_misses:
                yield from write_item(near_miss_as_written(story.case, one), 6, spread=True)


def _as_written(one: Recorded) -> dict[str, Written]:
    node: dict[str, Written] = {"question": quote_text(one.question)}
    if one.about:
        node["about"] = one_or_all(one.about)
    node["answer"] = one.expected
    if one.notices:
        node["notices"] = one_or_all(one.notices)
    return node

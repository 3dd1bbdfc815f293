"""The stories that tell mutants from the law, as generated stories with recorded answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from reasoner.audit.conditions import section_of
from reasoner.audit.killing import Killed
from reasoner.audit.mutants import Mutant
from reasoner.casefiles.generated import (
    GeneratedStory,
    Recorded,
    file_of,
    has_stories,
    read_stories,
    write_stories,
)
from reasoner.errors import Position
from reasoner.hypotheses.answer_near_misses import Inquiry, answer_inquiries
from reasoner.lawfiles.rules import Law
from reasoner.reasons.worlds import lift
from reasoner.solving.replay import question_for
from reasoner.solving.solve import facts_of, facts_of_world, world_of

COMMAND = "mutate"


def story_of(
    law: Law, killed: Killed, several: Mapping[int, Mutant], title: Callable[[Mutant], str]
) -> GeneratedStory:
    """A story as it is recorded: each question with the mutants that answer it otherwise.

    Args:
        law: the law.
        killed: the story.
        several: the mutants, by number.
        title: what the story is called, by the first mutant that it tells apart.
    """
    case, world = killed.told(law)
    noticed: dict[tuple[str, tuple[str, ...], str], list[str]] = {}
    for found in sorted(killed.differences):
        text, about = question_for(law, case, world, found.goal)
        noticed.setdefault((text, about, found.answer), []).append(several[found.mutant].id)
    answers = tuple(
        Recorded(text, about, answer, tuple(names), Position("", 1, 1))
        for (text, about, answer), names in noticed.items()
    )
    first = several[min(found.mutant for found in killed.differences)]
    return GeneratedStory(replace(case, title=title(first)), answers)


def files_of(
    law: Law,
    stories: Iterable[tuple[str, GeneratedStory]],
    folder: Path,
    gone: Iterable[str] = (),
) -> dict[Path, str]:
    """The files that stories are written in, a file for each section, with those already there.

    Of those already there, the ones stay that are still answered as written and notice something.

    Args:
        law: the law.
        stories: the stories, each with the heading of the provision that it is about.
        folder: the folder of the files.
        gone: mutants that there no longer are, by their ids.

    Returns:
        The text of each file; empty where none of its stories is left.
    """
    by_section: dict[str, list[GeneratedStory]] = {}
    for path in sorted(folder.glob("*.yaml")):
        if has_stories(path):
            read = read_stories(str(path), law.vocabulary)
            by_section.setdefault(read.about, []).extend(_still_true(law, read.stories, gone))
    for heading, story in stories:
        by_section.setdefault(section_of(heading), []).append(story)
    return {
        folder / file_of(section): _written(law, section, found)
        for section, found in sorted(by_section.items())
    }


def _written(law: Law, section: str, stories: Sequence[GeneratedStory]) -> str:
    unique: dict[tuple[object, ...], GeneratedStory] = {}
    for story in stories:
        key = _key(law, story)
        known = unique.get(key)
        unique[key] = _joined(known, story) if known else story
    ordered = sorted(unique.values(), key=lambda s: (s.answers[0].notices, s.case.title))
    if not ordered:
        return ""
    return write_stories(section, ordered, law.vocabulary, COMMAND)


def _key(law: Law, story: GeneratedStory) -> tuple[object, ...]:
    case = story.case
    return (*sorted(facts_of(case)), *sorted(facts_of_world(world_of(law, case))))


def _joined(one: GeneratedStory, other: GeneratedStory) -> GeneratedStory:
    """A story with the answers of both."""
    answers: dict[tuple[str, tuple[str, ...]], Recorded] = {}
    for said in (*one.answers, *other.answers):
        known = answers.get((said.question, said.about))
        names = dict.fromkeys((*(known.notices if known else ()), *said.notices))
        answers[said.question, said.about] = said._replace(notices=tuple(names))
    near = (*one.near_misses, *other.near_misses)
    return GeneratedStory(one.case, tuple(answers.values()), near)


def _still_true(
    law: Law, stories: Sequence[GeneratedStory], gone: Iterable[str]
) -> list[GeneratedStory]:
    """The stories with the answers that the law still gives and that notice something."""
    asked = [
        Inquiry(story.case, said.question, said.about, said.position)
        for story in stories
        for said in story.answers
    ]
    answers = iter(answer_inquiries(lift(law), asked))
    lost = set(gone)
    found = []
    for story in stories:
        kept = tuple(
            said._replace(notices=tuple(n for n in said.notices if n not in lost))
            for said in story.answers
            if next(answers) == said.expected
        )
        kept = tuple(said for said in kept if said.notices)
        if kept:
            found.append(story._replace(answers=kept))
    return found

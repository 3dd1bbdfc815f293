"""What is known while the declarations of a law are read, and how their problems are told."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from reasoner.errors import Position, Problem, closest
from reasoner.lawfiles.blocks import Text
from reasoner.lawfiles.vocabulary import Vocabulary
from reasoner.source import Place, Source


@dataclass(slots=True)
class Draft:
    """What is known while the declarations are read."""

    sources: Mapping[str, Source]
    defaults: Mapping[str, str]
    problems: list[Problem] = field(default_factory=list)
    vocabulary: Vocabulary = field(default_factory=lambda: Vocabulary({}, {}, {}, {}))


def report(draft: Draft, path: str, place: Place, message: str, hint: str = "") -> None:
    """Note a problem at a place of a file."""
    draft.problems.append(source_of(draft, path).problem_at(place, message, hint))


def source_of(draft: Draft, path: str) -> Source:
    """The file of a declaration."""
    return draft.sources.get(path) or Source(path, "")


def require(draft: Draft, text: Text, *names: str) -> None:
    """Report the fields that a block must have and has not."""
    for name in names:
        if not text.fields.get(name):
            message = f"the declaration of {text.name} has no field '{name}'"
            report(draft, text.path, text.place, message)
    if not text.words:
        message = f"the declaration of {text.name} has no text"
        report(draft, text.path, text.place, message)


def report_at(draft: Draft, position: Position, message: str, hint: str = "") -> None:
    """Note a problem at a declaration."""
    report(draft, position.path, Place(position.line, position.column), message, hint)


def position_of(text: Text) -> Position:
    """Where a declaration stands."""
    return Position(text.path, text.place.line, text.place.column)


def check_sentence(draft: Draft, text: Text, place: Place, sentence: str) -> None:
    """Report braces that do not name an argument."""
    for name in re.findall(r"\{([^{}]*)\}", sentence):
        if name not in text.variables:
            message = f"{{{name}}} is not an argument of {text.name}"
            report(draft, text.path, place, message, closest(name, text.variables))
    if re.search(r"[{}]", re.sub(r"\{[^{}]*\}", "", sentence)):
        report(draft, text.path, place, "a brace is opened and not closed, or the reverse")

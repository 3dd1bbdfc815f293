"""A case: what is stated, denied and unknown, read from a YAML file or from a file of facts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from reasoner.casefiles.draft import Denial, Draft, Expectation, Statement, report
from reasoner.casefiles.ranges import Choice, check_overlaps, expand
from reasoner.errors import InputError, Problem, quote
from reasoner.lawfiles.vocabulary import Vocabulary
from reasoner.source import Place, Source, read_source

__all__ = ["Case", "Choice", "Denial", "Expectation", "Statement", "read_case", "read_case_text"]


@dataclass(frozen=True, slots=True)
class Case:
    """A situation and the question asked about it; dates are integers such as 20220901.

    Of a date between two days, ``statements`` have every day as an unknown fact, and ``choices``
    say that it is one of them.
    """

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
    choices: tuple[Choice, ...] = ()
    question_place: Place | None = field(default=None, repr=False, compare=False)


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
    draft = Draft(source, vocabulary)
    if source.path.endswith(".lp"):
        from reasoner.casefiles.fact_case import read_fact_file

        read_fact_file(draft)
    elif source.path.endswith((".yaml", ".yml")):
        from reasoner.casefiles.yaml_case import read_yaml

        read_yaml(draft)
    else:
        message = f"{source.path} is not a case file"
        hint = "a case file ends in .yaml, .yml or .lp"
        raise InputError([Problem(message, hint=hint)])
    found = finish(draft)
    if draft.problems:
        raise InputError(draft.problems)
    return found


def finish(draft: Draft) -> Case:
    """The case that a draft is, once all is read; what is wrong with it is noted in the draft."""
    names = name_entities(draft)
    check_overlaps(draft)
    return _finish(draft, names)


def name_entities(draft: Draft) -> dict[str, str]:
    """Give every entity a name, and report two of a type that could not be told apart."""
    names: dict[str, str] = {}
    taken: dict[tuple[str, str], str] = {}
    for entity, type in draft.entities.items():
        name = draft.names.get(entity) or default_name(entity, type, draft.vocabulary)
        other = taken.setdefault((type, name.casefold()), entity)
        if other != entity:
            message = f"{quote(entity)} and {quote(other)} have the same name, {quote(name)}"
            place = draft.places.get(entity) or Place(1, 1)
            report(draft, place, message, "give one of them another 'name'")
        names[entity] = name
    return names


def _finish(draft: Draft, names: Mapping[str, str]) -> Case:
    statements, choices = expand(draft.stated.values())
    return Case(
        path=draft.source.path,
        title=draft.title,
        question=draft.question,
        about=draft.about,
        as_of=draft.as_of,
        law_date=draft.law_date,
        readings=draft.readings,
        statements=statements,
        denials=tuple(draft.denials),
        entities=MappingProxyType(draft.entities),
        names=MappingProxyType(names),
        expectations=tuple(draft.expectations),
        description=draft.description,
        source=draft.source,
        choices=choices,
        question_place=draft.question_place,
    )


def default_name(entity: str, type: str, vocabulary: Vocabulary) -> str:
    """What an entity is called when the case gives it no name."""
    words = entity.replace("_", " ").strip()
    first = next(iter(vocabulary.entities), "")
    return words.title() if type == first else words

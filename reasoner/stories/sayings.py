"""Read how a law tells stories: which facts are told in one sentence.

They stand in the file ``telling.lp`` of the law, each under a heading, with the words as remarks::

    %## lease
    %> {G} leased plot {L} from {From}
    told(lease) :- leased_to(L, G, From).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reasoner.errors import InputError, Problem
from reasoner.lawfiles.rules import Law
from reasoner.source import Source, read_source
from reasoner.stories.remarked import Section, check_names, read_sections
from reasoner.wording.narrative import Saying

FILE = "telling.lp"
_TOLD = "told"
_PLACE = re.compile(r"\{(\w+)\}")


def read_sayings(law: Law) -> tuple[Saying, ...]:
    """Read what a law tells in one sentence; nothing where it has no such file.

    Raises:
        InputError: with every problem found.
    """
    path = law.directory / FILE
    if not path.is_file():
        return ()
    source = read_source(str(path))
    sections = [section for section in read_sections(source) if section.name or section.pieces]
    facts = {(fact.name, fact.arity) for fact in law.vocabulary.facts.values()}
    problems = check_names(source, sections, facts)
    for section in sections:
        problems += _check(source, section)
    if problems:
        raise InputError(problems)
    return tuple(_saying(section) for section in sections)


def _check(source: Source, section: Section) -> Iterator[Problem]:
    here = section.position
    heads = [piece.head for piece in section.pieces]
    if len(heads) != 1 or heads[0].signature != (_TOLD, 1) or heads[0].arguments != (section.name,):
        hint = f"write {_TOLD}({section.name}) :- ... once"
        message = f"nothing says what {section.name or 'this'} tells"
        yield source.problem(message, here.line, here.column, 1, hint)
        return
    if "en" not in section.words:
        hint = "write them after %>"
        message = f"{section.name} is not put into words"
        yield source.problem(message, here.line, here.column, 1, hint)
    known = {argument for use in section.pieces[0].body for argument in use.arguments}
    for use in section.pieces[0].body:
        if use.negated or use.inner:
            place = use.position
            message = "only facts that are stated are told"
            yield source.problem(message, place.line, place.column, 1)
    for words in section.words.values():
        for name in _PLACE.findall(words):
            if name not in known:
                message = f"{section.name} tells nothing of {{{name}}}"
                yield source.problem(message, here.line, here.column, 1)


def _saying(section: Section) -> Saying:
    body = section.pieces[0].body
    return Saying(tuple((use.signature[0], use.arguments) for use in body), section.words)

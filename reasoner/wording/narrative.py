"""Tell the facts of a case as a person would: in the order of time, what belongs together at once.

What a fact says is in its declaration. Some facts are only told together, such as the tenant of a
plot and the first day of the lease; the law has sentences for these.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from reasoner.casefiles.case import Statement
from reasoner.wording.words import Speaker

_Bound = dict[str, str]


class Saying(NamedTuple):
    """Facts that are told in one sentence: name and arguments of each, and the words by language.

    An argument in capitals is a variable, of the same value wherever it stands.
    """

    facts: tuple[tuple[str, tuple[str, ...]], ...]
    words: Mapping[str, str]


class _Clause(NamedTuple):
    """Something told: when it begins, who or what it is about, and what is said of that."""

    day: str
    subject: str
    rest: str

    @property
    def text(self) -> str:
        return f"{self.subject}{self.rest}"


def narrate(speaker: Speaker, sayings: Sequence[Saying], language: str) -> list[str]:
    """Tell the facts of a case in sentences.

    Args:
        speaker: who speaks of the case.
        sayings: what is told together.
        language: the language that the speaker speaks.

    Returns:
        The sentences, in the order of the days of which they tell; what has no day comes first.
    """
    free = [s for s in speaker.case.statements if s.status == "stated"]
    clauses: list[_Clause] = []
    for saying in sorted(sayings, key=lambda s: -len(s.facts)):
        while (found := _fit(saying, free)) is not None:
            bound, taken = found
            free = [s for s in free if s not in taken]
            clauses.append(_told_together(speaker, saying, bound, taken, language))
    clauses += [_told_alone(speaker, statement) for statement in free]
    clauses.sort(key=lambda clause: (clause.day, not clause.subject, clause))
    told = [_sentence(speaker, several) for several in _joined(clauses, _also(speaker))]
    return [_in_order(speaker, sentence) for sentence in told]


def _fit(saying: Saying, free: Sequence[Statement]) -> tuple[_Bound, list[Statement]] | None:
    """Statements that a saying tells together, with the values of its variables."""

    def search(
        place: int, bound: _Bound, taken: list[Statement]
    ) -> tuple[_Bound, list[Statement]] | None:
        if place == len(saying.facts):
            return bound, taken
        name, pattern = saying.facts[place]
        for statement in free:
            if statement.name == name and statement not in taken:
                more = _match(pattern, statement.arguments, bound)
                found = None if more is None else search(place + 1, more, [*taken, statement])
                if found is not None:
                    return found
        return None

    return search(0, {}, [])


def _match(pattern: Sequence[str], arguments: Sequence[str], bound: _Bound) -> _Bound | None:
    found = dict(bound)
    for wanted, value in zip(pattern, arguments, strict=True):
        if wanted[:1].isupper():
            if found.setdefault(wanted, value) != value:
                return None
        elif wanted not in ("_", value):
            return None
    return found


def _told_together(
    speaker: Speaker,
    saying: Saying,
    bound: Mapping[str, str],
    taken: Sequence[Statement],
    language: str,
) -> _Clause:
    facts = speaker.law.vocabulary.facts
    kinds: dict[str, str] = {}
    implied: set[str] = set()
    for name, pattern in saying.facts:
        for argument, variable in zip(facts[name].arguments, pattern, strict=True):
            kinds.setdefault(variable, argument.type)
            if argument.default is not None and bound.get(variable) == argument.default:
                implied.add(variable)
    values = {name: speaker.value(kinds[name], term) for name, term in bound.items()}
    words = saying.words.get(language) or saying.words["en"]
    days = [_begins(speaker, statement) for statement in taken]
    day = min(filter(None, days), default=_placed(speaker, taken[0]))
    return _clause(speaker, day, words, values, implied)


def _told_alone(speaker: Speaker, statement: Statement) -> _Clause:
    declared = speaker.law.vocabulary.facts[statement.name]
    pairs = list(zip(declared.arguments, statement.arguments, strict=True))
    values = {a.name: speaker.value(a.type, term) for a, term in pairs}
    implied = {a.name for a, term in pairs if a.default is not None and term == a.default}
    return _clause(speaker, _placed(speaker, statement), declared.sentence, values, implied)


def _clause(
    speaker: Speaker, day: str, pattern: str, values: Mapping[str, str], implied: set[str]
) -> _Clause:
    """A sentence, parted after the first of whom it tells where it begins with that."""
    text = speaker.say.on_one_day(speaker.say.fill(pattern, values, implied))
    end = pattern.find("}") + 1
    name = speaker.say.fill(pattern[:end], values) if pattern.startswith("{") else ""
    subject = _subject(speaker, text, [name])
    return _Clause(day, subject, text[len(subject) :])


def _subject(speaker: Speaker, text: str, names: Iterable[str]) -> str:
    """The name with which a sentence begins, if it is about that one alone."""
    also = _also(speaker)
    for name in sorted(filter(None, names), key=len, reverse=True):
        if text.startswith(f"{name} ") and not text.startswith(f"{name} {also} "):
            return name
    return ""


def _also(speaker: Speaker) -> str:
    """The word for "and"."""
    return speaker.say.list_words(["", ""]).strip()


def conclude(speaker: Speaker, day: str, conditions: Sequence[tuple[str, bool]]) -> str:
    """What the law makes of a story, in a sentence that names its subject once where it can.

    What does not hold comes last, as that which one would not expect: where the last conditions
    do not hold, these, or else all that do not.

    Args:
        speaker: who speaks of the case.
        day: the day of which the conditions are, in words.
        conditions: what is said, and whether it is what was looked for or its opposite.
    """
    also = _also(speaker)
    ordered = list(conditions)
    if ordered[-1][1]:
        ordered.sort(key=lambda condition: not condition[1])
    last = next((n for n in range(len(ordered), 0, -1) if ordered[n - 1][1]), 0)
    plain = not any("," in words or f" {also} " in words for words, _ in ordered)
    told: list[str] = []
    before = ""
    for words, _ in ordered:
        subject = _subject(speaker, words, speaker.case.names.values())
        told.append(words[len(subject) :].strip() if plain and subject == before else words)
        before = subject
    return _in_order(speaker, speaker.say.story_ends(day, told[:last], told[last:]))


def _in_order(speaker: Speaker, text: str) -> str:
    """A text in which "plot first" is the first plot."""
    for name, kind in speaker.case.entities.items():
        declared = speaker.law.vocabulary.entities[kind]
        text = speaker.say.in_order(text, speaker.case.names[name], declared.label, declared.any)
    return text


def _begins(speaker: Speaker, statement: Statement) -> str:
    """The first day that a fact states, if it states any."""
    declared = speaker.law.vocabulary.facts[statement.name].arguments
    days = [
        term
        for argument, term in zip(declared, statement.arguments, strict=True)
        if argument.type == "date" and term != argument.default
    ]
    return min(days, default="")


def _placed(speaker: Speaker, statement: Statement) -> str:
    """The day on which a fact is told: its own, or the first of the thing that it is about.

    What has no day and is about somebody comes before all days.
    """
    day = _begins(speaker, statement)
    subject = statement.arguments[0]
    if day or speaker.case.entities.get(subject) == next(iter(speaker.law.vocabulary.entities)):
        return day
    about = (s for s in speaker.case.statements if s.arguments[0] == subject)
    return min(filter(None, (_begins(speaker, s) for s in about)), default="")


def _joined(clauses: Sequence[_Clause], also: str) -> Iterator[list[_Clause]]:
    """Clauses about the same subject, two at a time, as far as they stand beside each other.

    ``also`` is the word for "and"; what contains it already stays by itself.
    """
    waiting: list[_Clause] = []
    for clause in clauses:
        alike = waiting and waiting[-1].subject and waiting[-1].subject == clause.subject
        if alike and f" {also} " not in clause.rest:
            yield [waiting.pop(), clause]
            continue
        if waiting:
            yield [waiting.pop()]
        waiting.append(clause)
    if waiting:
        yield waiting


def _sentence(speaker: Speaker, clauses: Sequence[_Clause]) -> str:
    first, *others = clauses
    text = first.text
    for other in others:
        text = speaker.say.and_also(text, other.rest.strip())
    return f"{text[:1].upper()}{text[1:]}."

"""Align two cases: which entity of the one plays the part of which in the other.

Whom the questions are about play the same part; so do entities of the same type and name. For the
others, pairs are made one after the other, each time of the two that the facts make most alike:
the most facts in common, then the most that at least are of the same sort. A fact in common may
speak of others, as long as these are not paired otherwise; while they are not paired at all, they
count as the same the more, the further what is said of them, and of those beside them, agrees.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from reasoner.casefiles.case import Case, Statement
from reasoner.lawfiles.vocabulary import Vocabulary

_Likeness = tuple[int, int]
"""How many facts two entities have in common, and how alike the others are."""
_DEEPEST = 3


@dataclass(frozen=True, slots=True)
class Aligned:
    """A case in the terms of another one.

    ``case`` is the second case with its entities called as in the first; their names are its own.
    ``shared`` are the entities that both have, as they are called now.
    """

    case: Case
    called: Mapping[str, str]
    shared: frozenset[str]


def align(
    vocabulary: Vocabulary, first: Case, second: Case, given: Iterable[tuple[str, str]] = ()
) -> Aligned:
    """Put a case in the terms of another.

    Args:
        vocabulary: what cases may state.
        first: the case whose terms are used.
        second: the case that is put in these terms.
        given: entities of the first and of the second that play the same part.
    """
    pairs = _pair(vocabulary, first, second, given)
    called = dict(pairs)
    taken = {*first.entities}
    for name in second.entities:
        if name not in called:
            called[name] = _free(name, taken)
            taken.add(called[name])
    return Aligned(
        _renamed(vocabulary, second, called), MappingProxyType(called), frozenset(pairs.values())
    )


def _free(name: str, taken: Iterable[str]) -> str:
    number, free = 1, name
    while free in taken:
        number += 1
        free = f"{name}_{number}"
    return free


def _renamed(vocabulary: Vocabulary, case: Case, called: Mapping[str, str]) -> Case:
    return replace(
        case,
        question=None,
        about=tuple(called[name] for name in case.about),
        statements=tuple(_called(vocabulary, s, called) for s in case.statements),
        denials=tuple(
            replace(d, arguments=tuple(a and called.get(a, a) for a in d.arguments))
            for d in case.denials
        ),
        entities=MappingProxyType({called[name]: kind for name, kind in case.entities.items()}),
        names=MappingProxyType({called[name]: words for name, words in case.names.items()}),
        expectations=(),
    )


def _called(vocabulary: Vocabulary, statement: Statement, called: Mapping[str, str]) -> Statement:
    """A statement with the entities in it called otherwise."""
    terms = list(statement.arguments)
    for place, name in _entities(vocabulary, statement):
        terms[place] = called.get(name, name)
    return replace(statement, arguments=tuple(terms))


def _pair(
    vocabulary: Vocabulary, first: Case, second: Case, given: Iterable[tuple[str, str]]
) -> dict[str, str]:
    """The entities of the second case that play a part in the first, each with whose it is."""
    pairs: dict[str, str] = {}
    for here, there in given:
        if first.entities.get(here) == second.entities.get(there) is not None:
            _add(pairs, here, there)
    for name, kind in second.entities.items():
        if first.entities.get(name) == kind:
            _add(pairs, name, name)
    sides = _by_entity(vocabulary, first), _by_entity(vocabulary, second)
    depths = _depths(vocabulary, first, second)
    likenesses: dict[tuple[str, str], _Likeness] = {}
    while True:
        free = [
            (here, there)
            for there, kind in second.entities.items()
            for here, other in first.entities.items()
            if kind == other and there not in pairs and here not in pairs.values()
        ]
        for here, there in free:
            if (here, there) not in likenesses:
                found = _likeness(vocabulary, sides[0][here], sides[1][there], pairs, depths)
                likenesses[here, there] = found
        alike = [pair for pair in free if likenesses[pair][1]]
        if not alike:
            return pairs
        here, there = max(alike, key=lambda pair: likenesses[pair])
        _add(pairs, here, there)
        beside = _beside(vocabulary, sides[0][here]), _beside(vocabulary, sides[1][there])
        for pair in list(likenesses):
            if pair[0] in beside[0] or pair[1] in beside[1]:
                del likenesses[pair]


def _add(pairs: dict[str, str], here: str, there: str) -> None:
    if there not in pairs and here not in pairs.values():
        pairs[there] = here


def _by_entity(vocabulary: Vocabulary, case: Case) -> dict[str, list[tuple[int, Statement]]]:
    """What a case says of each entity, with the place at which it names it."""
    found: dict[str, list[tuple[int, Statement]]] = {name: [] for name in case.entities}
    for statement in case.statements:
        for place, name in _entities(vocabulary, statement):
            found[name].append((place, statement))
    return found


def _entities(vocabulary: Vocabulary, statement: Statement) -> Iterator[tuple[int, str]]:
    for place, argument in enumerate(vocabulary.facts[statement.name].arguments):
        if argument.type in vocabulary.entities:
            yield place, statement.arguments[place]


def _beside(vocabulary: Vocabulary, said: Iterable[tuple[int, Statement]]) -> set[str]:
    """All entities that some statements name."""
    return {name for _, statement in said for _, name in _entities(vocabulary, statement)}


def _depths(vocabulary: Vocabulary, first: Case, second: Case) -> dict[tuple[str, str], int]:
    """How far two entities agree: in what is said of them; of those beside them; and so on.

    The colours of Weisfeiler and Leman: an entity's next colour is its own with all that is said
    of it, in which others are known by their colours only.
    """
    cases = first, second
    numbers: dict[object, int] = {}
    colours: list[dict[str, object]] = [dict(case.entities) for case in cases]
    found: dict[tuple[str, str], int] = {}
    for depth in range(_DEEPEST + 1):
        for here, left in colours[0].items():
            for there, right in colours[1].items():
                if left == right:
                    found[here, there] = depth
        for place, case in enumerate(cases):
            said = _by_entity(vocabulary, case)
            seen = {
                name: (
                    colour,
                    *sorted(_seen(vocabulary, s, at, colours[place]) for at, s in said[name]),
                )
                for name, colour in colours[place].items()
            }
            colours[place] = {n: numbers.setdefault(key, len(numbers)) for n, key in seen.items()}
    return found


def _seen(
    vocabulary: Vocabulary, statement: Statement, place: int, colours: Mapping[str, object]
) -> tuple[str, ...]:
    """A statement as it is seen from one place in it, with the colours of the others."""
    terms = list(statement.arguments)
    for at, name in _entities(vocabulary, statement):
        terms[at] = "" if at == place else f"colour {colours[name]}"
    return (statement.name, statement.status, str(place), *terms)


def _likeness(
    vocabulary: Vocabulary,
    here: Iterable[tuple[int, Statement]],
    there: Iterable[tuple[int, Statement]],
    pairs: Mapping[str, str],
    depths: Mapping[tuple[str, str], int],
) -> _Likeness:
    """How alike two entities are by what is said of them, as far as others are paired yet."""
    same = alike = 0
    rest = list(there)
    for place, one in here:
        best, found = (0, 0), None
        for entry in rest:
            if entry[0] == place and entry[1].name == one.name:
                likeness = _compared(vocabulary, place, one, entry[1], pairs, depths)
                if likeness > best:
                    best, found = likeness, entry
        if found is not None:
            rest.remove(found)
            same, alike = same + best[0], alike + best[1]
    return same, alike


def _compared(
    vocabulary: Vocabulary,
    place: int,
    one: Statement,
    other: Statement,
    pairs: Mapping[str, str],
    depths: Mapping[tuple[str, str], int],
) -> _Likeness:
    """Whether two statements of a sort say the same, and in how many places they do."""
    alike = 1 + (one.status == other.status)
    matching = one.status == other.status
    named = dict(_entities(vocabulary, one))
    for position, (left, right) in enumerate(zip(one.arguments, other.arguments, strict=True)):
        if position == place:
            continue
        if position in named:
            if pairs.get(right, left) != left or (right not in pairs and left in pairs.values()):
                return 0, 0
            alike += _DEEPEST + 1 if right in pairs else depths.get((left, right), 0)
        else:
            alike += left == right
            matching = matching and left == right
    return int(matching), alike

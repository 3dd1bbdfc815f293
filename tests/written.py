"""Random cases of any vocabulary, and what makes two cases the same."""

from collections.abc import Sequence
from types import MappingProxyType
from typing import Any

from hypothesis import strategies as st

from reasoner.casefiles.case import Case, Denial, Statement, default_name, read_case_text
from reasoner.errors import Position
from reasoner.lawfiles.vocabulary import Argument, Fact, Vocabulary
from reasoner.source import Source
from reasoner.values import OPEN_END

DAYS = ["20180228", "20200229", "20220114", "20220115", "20220116", "20240301"]
HOSTILE = [
    "yes", "null", "~", "65", "2024-01-01", "2024-13-45", "- a", "a: b", "a #b", "'", '"', "''''",
    "it's", 'say "no"', "{a}", "[b", "a, b", "*a", "&a", "!a", "% a", "@a", "`a`", "| a", "> a",
    "?", "? a", ":", "a:", "---", "--- a", "...", "\\", "\\n", "a\nb", "a\tb\n\n c ", "é ñ 漢字 🌱",
    "mi\u200czeh", "\u202e", "\x1b[31m", "\u2028a\x85b", "=", "<<", "0x1F", "1_000", ".inf", "No.",
    "x" * 150, "word " * 60, "# " * 80,
]  # fmt: skip
NOWHERE = Position("", 0, 0)


def texts() -> st.SearchStrategy[str]:
    """Texts, many of them hard to write down."""
    return st.sampled_from(HOSTILE) | st.text(max_size=20) | st.just("A quiet title")


@st.composite
def written_cases(draw: st.DrawFn, vocabulary: Vocabulary) -> Case:
    """A case that states anything at all, true or not."""
    entities = {
        f"{type}_{number}": type
        for type in vocabulary.entities
        for number in range(draw(st.integers(0, 2)))
    }
    if draw(st.booleans()) and vocabulary.entities:
        entities["null"] = next(iter(vocabulary.entities))
    writable = [
        f for f in vocabulary.facts.values() if f.section and _possible(f, entities, vocabulary)
    ]
    statements: dict[tuple[str, tuple[str, ...]], str] = {}
    denials: dict[tuple[str, str], Denial] = {}
    for fact in draw(st.lists(st.sampled_from(writable), max_size=8)) if writable else []:
        terms: list[str] = []
        for argument in fact.arguments:
            terms.append(draw(_terms(argument, vocabulary, entities, fact, terms)))
        denied = draw(st.integers(0, 5)) == 0 and fact.arity > 1
        if denied and not any(n == fact.name and t[0] == terms[0] for n, t in statements):
            anything = (None,) * (fact.arity - 1)
            denials[fact.name, terms[0]] = Denial(fact.name, (terms[0], *anything), NOWHERE)
        elif (fact.name, terms[0]) not in denials:
            status = st.sampled_from(["stated", "stated", "denied", "unknown"])
            statements[fact.name, tuple(terms)] = draw(status)
    day = st.sampled_from([int(day) for day in DAYS])
    some = st.lists(st.sampled_from(sorted(entities)), max_size=2) if entities else st.just([])
    return Case(
        path="random.yaml",
        title=draw(texts()),
        question=draw(st.none() | texts()),
        about=tuple(draw(some)),
        as_of=draw(day),
        law_date=draw(st.none() | day),
        readings=draw(_readings(vocabulary)),
        statements=tuple(Statement(n, t, s, NOWHERE) for (n, t), s in statements.items()),
        denials=tuple(denials.values()),
        entities=MappingProxyType(entities),
        names=MappingProxyType(_names(draw, entities, vocabulary)),
        expectations=(),
        description=draw(texts()),
        source=Source("", ""),
    )


def same(case: Case) -> dict[str, Any]:
    """What two cases have in common that say the same."""
    return {
        "title": flat(case.title) or "-",
        "description": flat(case.description),
        "question": flat(case.question or "") or None,
        "about": case.about,
        "days": (case.as_of, case.law_date),
        "readings": case.readings,
        "statements": {(s.atom, s.status) for s in case.statements},
        "denials": {(d.name, d.arguments) for d in case.denials},
        "entities": dict(case.entities),
        "names": dict(case.names),
        "expectations": [
            (e.question, e.about, e.as_of, e.answer, e.decided_by, e.readings, e.law_date, e.note)
            for e in case.expectations
        ],
    }


def flat(text: str) -> str:
    """A text on one line, without what no case can hold."""
    kept = (c for c in text if c.isprintable() or c.isspace() or c in "\u200c\u200d")
    return " ".join("".join(kept).split())


def reread(text: str, vocabulary: Vocabulary) -> Case:
    """The case that a text in YAML is."""
    return read_case_text(Source("again.yaml", text), vocabulary)


def _possible(fact: Fact, entities: dict[str, str], vocabulary: Vocabulary) -> bool:
    wanted = {a.type for a in fact.arguments if a.type in vocabulary.entities}
    return wanted <= set(entities.values())


def _terms(
    argument: Argument,
    vocabulary: Vocabulary,
    entities: dict[str, str],
    fact: Fact,
    before: Sequence[str],
) -> st.SearchStrategy[str]:
    """What may stand at an argument, not earlier than what it must not precede."""
    least = 0
    if argument.after:
        place = [a.name for a in fact.arguments].index(argument.after)
        least = int(before[place]) + argument.strictly
    usual = [argument.default] if argument.default is not None else []
    if argument.type == "date":
        last = "20991231" if argument.default != OPEN_END else OPEN_END
        return st.sampled_from([*(d for d in [*DAYS, last] if int(d) >= least), *usual])
    if argument.type == "number":
        return st.integers(max(least, 0), max(least, 0) + 50).map(str)
    if argument.type in vocabulary.kinds:
        return st.sampled_from([*vocabulary.kinds[argument.type].values, *usual])
    return st.sampled_from([name for name, of in entities.items() if of == argument.type])


@st.composite
def _readings(draw: st.DrawFn, vocabulary: Vocabulary) -> tuple[tuple[str, str], ...]:
    chosen = {}
    for reading in draw(st.lists(st.sampled_from(list(vocabulary.readings.values())), max_size=3)):
        option = draw(st.sampled_from(reading.options))
        chosen[reading.id] = f"{option.id}(3)" if option.parameter else option.id
    return tuple(chosen.items())


def _names(draw: st.DrawFn, entities: dict[str, str], vocabulary: Vocabulary) -> dict[str, str]:
    names = {entity: default_name(entity, type, vocabulary) for entity, type in entities.items()}
    for entity in entities:
        name = flat(draw(texts())) if draw(st.booleans()) else ""
        if name and name.casefold() not in {other.casefold() for other in names.values()}:
            names[entity] = name
    return names

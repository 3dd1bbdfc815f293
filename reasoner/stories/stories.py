"""The stories that a vocabulary can tell, as choices of clingo's.

Every fact that a case may state is a choice, about the entities, days and values that the files
in the folder ``worlds`` of the law name; a story is what is chosen. What is known of the world and
stands in no provision rules stories out: the axioms, each by its name.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from reasoner.errors import InputError, Position, Problem, closest
from reasoner.lawfiles.rules import Law, Signature
from reasoner.lawfiles.vocabulary import Argument, Fact
from reasoner.source import Source, read_source
from reasoner.stories.remarked import Piece, Section, check_names, named_by, read_sections

MOST = 10_000  # the largest number that a story states
_IMPOSSIBLE = "impossible"
# What the files say to the program; whatever else they conclude is their own.
_SETTINGS = {
    ("also_on", 2),
    ("at_days", 2),
    ("at_most", 2),
    ("at_values", 2),
    ("called", 3),
    ("beside", 1),
    ("considered", 2),
    ("story_day", 1),
    ("story_number", 1),
    ("strange", 2),
    ("unusual", 1),
}

_DAYS = {("also_on", 2), ("story_day", 1)}


@dataclass(frozen=True, slots=True)
class Axiom:
    """What is known of the world: its name, its words by language, its rules."""

    name: str
    words: Mapping[str, str]
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Setting:
    """What stories are made of: the days, values and names as rules, and the axioms."""

    pieces: tuple[Piece, ...]
    axioms: tuple[Axiom, ...]

    @property
    def rules(self) -> tuple[str, ...]:
        """The rules that are no axiom's, as text."""
        own = _own(self.pieces)
        return tuple(_apart(piece.text, own) for piece in self.pieces)

    @property
    def axiom_rules(self) -> tuple[str, ...]:
        """The rules of the axioms, as text."""
        own = _own(self.pieces, *(axiom.pieces for axiom in self.axioms))
        return tuple(_apart(piece.text, own) for axiom in self.axioms for piece in axiom.pieces)

    @property
    def looks_at(self) -> set[Signature]:
        """All that the rules look at."""
        every = (self.pieces, *(axiom.pieces for axiom in self.axioms))
        return {use.signature for pieces in every for piece in pieces for use in piece.body}

    def on_days(self, days: Iterable[int]) -> Setting:
        """The same setting with other days, and those beside them."""
        text = "".join(f"story_day(D) :- beside(Days), D = {day} + Days.\n" for day in days)
        (section,) = read_sections(Source("days", text))
        kept = (p for p in self.pieces if p.head.signature not in _DAYS)
        return Setting((*kept, *section.pieces), self.axioms)

    def without(self, names: Iterable[str]) -> Setting:
        """The same setting without some axioms.

        Raises:
            InputError: there is no axiom of a name.
        """
        dropped = set(names)
        known = [axiom.name for axiom in self.axioms]
        problems = [
            Problem(f"there is no axiom {name}", hint=closest(name, known))
            for name in sorted(dropped - set(known))
        ]
        if problems:
            raise InputError(problems)
        return Setting(self.pieces, tuple(a for a in self.axioms if a.name not in dropped))


def read_setting(law: Law, more: Iterable[Path] = ()) -> Setting:
    """Read what stories about a law are made of.

    Rules before the first heading of a file help the axioms of all files.

    Args:
        law: the law; its folder ``worlds`` is read.
        more: further files of axioms.

    Raises:
        InputError: with every problem found.
    """
    pieces: list[Piece] = []
    axioms: list[Axiom] = []
    problems: list[Problem] = []
    files: list[tuple[Source, list[Section]]] = []
    for path in [*sorted((law.directory / "worlds").glob("*.lp")), *more]:
        source = read_source(str(path))
        try:
            files.append((source, read_sections(source)))
        except InputError as error:
            problems += error.problems
    shared = {
        piece.head.signature
        for _, sections in files
        for section in sections
        if not section.name
        for piece in section.pieces
    }
    known = named_by(law) | _SETTINGS | shared
    places: dict[str, Position] = {}
    for source, sections in files:
        for section in sections:
            if section.name:
                axioms.append(Axiom(section.name, section.words, tuple(section.pieces)))
                problems += _check_axiom(source, section, places)
            else:
                pieces += section.pieces
            problems += check_names(source, [section], known)
            problems += _check_own(source, section, law, shared)
    if problems:
        raise InputError(problems)
    return Setting(tuple(pieces), tuple(axioms))


def _check_axiom(
    source: Source, section: Section, places: dict[str, Position]
) -> Iterator[Problem]:
    name, here = section.name, section.position
    wanted = f"{_IMPOSSIBLE}({name})"
    first = places.setdefault(name, here)
    if first is not here:
        yield source.problem(f"{name} stands in {first.path} already", here.line, here.column)
    if "en" not in section.words:
        hint = "write them after %>"
        yield source.problem(f"{name} is not put into words", here.line, here.column, 1, hint)
    heads = [piece.head for piece in section.pieces if piece.head.signature == (_IMPOSSIBLE, 1)]
    if not heads:
        hint = f"derive {wanted}"
        yield source.problem(f"nothing says what {name} rules out", here.line, here.column, 1, hint)
    for head in heads:
        if head.arguments != (name,):
            place, message = head.position, f"this axiom is called {name}"
            yield source.problem(message, place.line, place.column, 1, f"write {wanted}")


def _check_own(
    source: Source, section: Section, law: Law, shared: Collection[Signature]
) -> Iterator[Problem]:
    """What a file concludes is nobody else's."""
    for piece in section.pieces:
        signature, place = piece.head.signature, piece.head.position
        name = signature[0]
        if signature in named_by(law):
            message = f"{name} is the law's own"
        elif section.name and signature in shared:
            message = f"{name} is concluded under no heading already"
        else:
            continue
        hint = "choose another name"
        yield source.problem(message, place.line, place.column, len(name), hint)


def _own(*parts: Iterable[Piece]) -> set[str]:
    """The names of what some rules conclude for each other."""
    said = {name for name, _ in _SETTINGS} | {_IMPOSSIBLE}
    return {piece.head.signature[0] for pieces in parts for piece in pieces} - said


def _apart(text: str, own: Collection[str]) -> str:
    """A rule in which names of its own cannot be taken for those of a claim."""
    return re.sub(r"\b[a-z]\w*(?=\()", lambda m: f"_own_{m[0]}" if m[0] in own else m[0], text)


def story_program(
    law: Law,
    setting: Setting,
    used: Collection[str],
    scope: Mapping[str, int],
    *,
    beside: int = 0,
    days: bool = False,
) -> Iterator[str]:
    """The choices that make up a story, and what a story costs: its entities and facts.

    Args:
        law: the law, with its vocabulary.
        setting: what stories are made of.
        used: the names of the facts that a story may state.
        scope: how many entities of each type there may be at most.
        beside: how many days beside each day of the grid stories may happen on.
        days: whether few and usual days count as well, after the facts, and nothing strange.
    """
    yield from setting.rules
    yield f"beside({-beside}..{beside})."
    yield from setting.axiom_rules
    yield f":- {_IMPOSSIBLE}(_)."
    for kind, most in scope.items():
        for number in range(1, most + 1):
            yield f"_called({kind},{number},X) :- called({kind},{number},X)."
            yield f"_called({kind},{number},{kind}_{number}) :- not called({kind},{number},_)."
        yield f"{{ {kind}(X) : _called({kind},_,X) }}."
        yield f":- {kind}(X), _called({kind},N,X), _called({kind},N-1,Y), not {kind}(Y)."
        yield f"#minimize {{ 1@3,{kind},X : {kind}(X) }}."
    for name in used:
        yield from _choice(law, law.vocabulary.facts[name])
    yield from sorted(domains(law, used))
    yield "1 { as_of(D) : story_day(D) } 1."
    yield "_used_day(D) :- as_of(D)."
    if days:
        yield "#minimize { 1@2,D : _used_day(D); 1@1,D : _used_day(D), unusual(D) }."
        yield "#minimize { 2@2,Why,X : strange(Why,X) }."


def _choice(law: Law, fact: Fact) -> Iterator[str]:
    """A fact as a choice, with what it costs; one that states no day but the usual costs least."""
    variables = [f"A{place}" for place in range(fact.arity)]
    atom = f"{fact.name}({','.join(variables)})"
    pairs = list(zip(variables, fact.arguments, strict=True))
    conditions = list(row_conditions(law, fact, variables))
    chosen = f"{{ {atom} : {', '.join(conditions)} }}" if conditions else f"{{ {atom} }}"
    yield f"{chosen} N :- {fact.subject_type}(A0), _at_most({fact.name},N)."
    yield f"_at_most({fact.name},N) :- at_most({fact.name},N)."
    yield f"_at_most({fact.name},1) :- not at_most({fact.name},_)."
    yield f"#minimize {{ 1@3,{atom} : {atom} }}."
    yield f"_shape({shape_of(law, fact, variables)}) :- {atom}."
    for place, (variable, argument) in enumerate(pairs):
        if argument.type == "date":
            default = argument.default
            usual = f", {variable} != {default}" if default else ""
            yield f"_used_day({variable}) :- {atom}{usual}."
            if default:
                yield f"#minimize {{ 1@3,{atom},{place} : {atom}{usual} }}."


def row_conditions(law: Law, fact: Fact, terms: Sequence[str]) -> Iterator[str]:
    """What must hold of the arguments of a fact after the first, so that a story may state it.

    Args:
        law: the law, with its vocabulary.
        fact: the fact.
        terms: the arguments, variables or not.
    """
    pairs = list(zip(terms, fact.arguments, strict=True))
    yield from (_domain(law, fact, term, argument) for term, argument in pairs[1:])
    for place, (term, argument) in enumerate(pairs):
        if argument.type in law.vocabulary.entities:
            others = (name for name, other in pairs[:place] if other.type == argument.type)
            yield from (f"{name} != {term}" for name in others)
    places = {argument.name: term for term, argument in pairs}
    for term, argument in pairs:
        if argument.after is not None:
            sign = "<" if argument.strictly else "<="
            yield f"{places[argument.after]} {sign} {term}"


def shape_of(law: Law, fact: Fact, arguments: Iterable[str]) -> str:
    """What kind of fact it is, whoever it is about and on whatever day: its name and its kinds."""
    kinds = [
        value
        for argument, value in zip(fact.arguments, arguments, strict=True)
        if argument.type in law.vocabulary.kinds
    ]
    return f"{fact.name},({','.join([*kinds, ''])})" if kinds else f"{fact.name},()"


def _domain(law: Law, fact: Fact, variable: str, argument: Argument) -> str:
    if argument.type == "date":
        return f"_day({fact.name},{argument.default or 0},{variable})"
    if argument.type in law.vocabulary.entities:
        return f"{argument.type}({variable})"
    return f"_value({fact.name},{argument.type},{variable})"


def domains(law: Law, used: Iterable[str]) -> set[str]:
    """Rules for the days on which facts are stated and the values that they have.

    They conclude ``_day(Fact,Default,D)`` and ``_value(Fact,Kind,V)``.
    """
    found: set[str] = set()
    for name in used:
        for argument in law.vocabulary.facts[name].arguments[1:]:
            kind = argument.type
            if kind == "date":
                place = f"_day({name},{argument.default or 0}"
                found.add(f"{place},D) :- story_day(D), not at_days({name},_).")
                found.add(f"{place},D) :- at_days({name},D).")
                found.add(f"{place},D) :- also_on({name},D).")
                if argument.default:
                    found.add(f"{place},{argument.default}).")
            elif kind not in law.vocabulary.entities:
                place = f"_value({name},{kind},V)"
                found.add(f"{place} :- _known({kind},V), at_values({name},V).")
                found.add(f"{place} :- _usual({kind},V), not _told_apart({name},{kind}).")
                found.add(f"_told_apart({name},{kind}) :- _known({kind},V), at_values({name},V).")
                found |= _values(law, kind)
    return found


def _values(law: Law, kind: str) -> set[str]:
    """The values of a kind, or the numbers, and those of them that stand for the others."""
    if kind not in law.vocabulary.kinds:
        return {
            f"_known({kind},V) :- at_values(_,V), V = 0..{MOST}.",
            f"_usual({kind},V) :- story_number(V).",
        }
    return {
        f"_known({kind},V) :- {kind}(V).",
        f"_usual({kind},V) :- {kind}(V), considered({kind},V).",
        f"_usual({kind},V) :- {kind}(V), not considered({kind},_).",
    }

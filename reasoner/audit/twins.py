"""Two stories that differ in one thing, as choices of clingo's.

The first story is chosen as for claims (:mod:`reasoner.stories.stories`), with the readings and the
date of the law; the second is the same but for one thing: a statement that it does not have, or one
value of a statement, the day asked about, a reading or the date of the law. Both are worlds of the
lifted law, so what shows a condition is said by the rules of :mod:`reasoner.audit.probes`, as for
stories that are there. What is known of the world holds in both.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from reasoner.audit.variations import AS_OF, LAW_DATE
from reasoner.lawfiles.infer import all_literals
from reasoner.lawfiles.rules import WORLD, Law, Rule
from reasoner.lawfiles.vocabulary import Fact
from reasoner.reasons.worlds import Lifted, world_name
from reasoner.stories.stages import Stage
from reasoner.stories.stories import Setting, row_conditions, story_program

FIRST, SECOND = world_name(0), world_name(1)
GONE, COME = "_gone", "_come"
LEFT, OTHER_DAY, OTHER_READING, OTHER_DATE = "_left", "_other_day", "_other_reading", "_other_date"
_OPTION, _DATE = "_option", "_date"
_NUMBERS = (1, 30)  # what an option is tried with that takes a number
_CALL = re.compile(r"\b([a-z_]\w*)\(")


class Choices(NamedTuple):
    """What two stories may choose from, beside facts: options of readings, dates of the law.

    Of each reading the option that is taken by default comes last; ``day`` says whether the day
    asked about may be what differs.
    """

    options: tuple[tuple[str, str], ...]
    dates: tuple[int, ...]
    day: bool


def choices_of(law: Law, rules: Iterable[Rule], dates: Iterable[int]) -> Choices:
    """What some rules look at beside facts.

    Args:
        law: the law as written.
        rules: the rules.
        dates: the dates of the law that may be chosen.
    """
    readings: dict[str, None] = {}
    looked_at = set()
    for rule in rules:
        for literal in all_literals(rule.body):
            if literal.atom is not None:
                looked_at.add(literal.atom.signature)
                if (
                    literal.atom.signature == law.reading
                    and not literal.atom.arguments[0].variables
                ):
                    readings.setdefault(literal.atom.arguments[0].text)
    options: list[tuple[str, str]] = []
    for name in sorted(readings):
        declared = law.vocabulary.readings.get(name)
        if declared is None:
            continue
        for option in declared.options:
            taken = [f"{option.id}({n})" for n in _NUMBERS] if option.parameter else [option.id]
            options += [(name, one) for one in taken if one != declared.default]
        options.append((name, declared.default))
    return Choices(
        tuple(options), tuple(sorted(dates)) if LAW_DATE in looked_at else (), AS_OF in looked_at
    )


def twin_program(lifted: Lifted, setting: Setting, stage: Stage, choices: Choices) -> Iterator[str]:
    """The choices that make up two stories that differ in one thing.

    Args:
        lifted: the law, made ready for many worlds.
        setting: what stories are made of.
        stage: how many entities there may be, and which facts.
        choices: what else they choose from.
    """
    law = lifted.written
    shared, axioms = _parted(lifted, setting)
    yield from story_program(law, shared, stage.facts, stage.entities, beside=stage.beside)
    yield f"world({FIRST}). world({SECOND})."
    yield from axioms
    yield f":- impossible({WORLD},_)."
    for name, arity in sorted(law.heads):
        if name == "problem":
            yield f":- problem({','.join((WORLD, *'_' * arity))})."
    for kind in stage.entities:
        yield f"{kind}({FIRST},X) :- {kind}(X)."
        yield f"{kind}({SECOND},X) :- {kind}(X), not {LEFT}(X)."
    for name in stage.facts:
        yield from _fact(law, law.vocabulary.facts[name])
    yield from _world(choices)
    # one thing differs; stories that are the same show nothing
    changes = [f"{GONE}(F) : _told(F)"]
    changes += [f"{OTHER_DAY}(D) : story_day(D), not as_of(D)"] if choices.day else []
    if choices.options:
        changes.append(f"{OTHER_READING}(I,O) : {_OPTION}(I,O), not chosen_reading(I,O)")
    if choices.dates:
        changes.append(f"{OTHER_DATE}(D) : {_DATE}(D), not chosen_law_date(D)")
    yield f"{{ {'; '.join(changes)} }} 1."
    yield f":- 2 {{ {COME}(F) }}."


def _fact(law: Law, fact: Fact) -> Iterator[str]:
    """A fact in both stories: in the second it may be gone, or have another value."""
    terms = [f"A{place}" for place in range(fact.arity)]
    rest = ",".join(terms)
    atom = f"{fact.name}({rest})"
    yield f"_told({atom}) :- {atom}."
    yield f"{fact.name}({FIRST},{rest}) :- {atom}."
    yield f"{fact.name}({SECOND},{rest}) :- {atom}, not {GONE}({atom})."
    yield f"{fact.name}({SECOND},{rest}) :- {COME}({atom})."
    for place in range(1, fact.arity):
        moved = [*terms[:place], "Other", *terms[place + 1 :]]
        new = f"{fact.name}({','.join(moved)})"
        conditions = [*row_conditions(law, fact, moved), f"Other != A{place}"]
        yield (
            f"{{ {COME}({new}) : {', '.join(conditions)}, not {new} }} 1 :- {GONE}({atom}), {atom}."
        )
    for place, argument in enumerate(fact.arguments):
        if argument.type in law.vocabulary.entities:
            yield f"_spoken_of(A{place},{atom}) :- {atom}."


def _world(choices: Choices) -> Iterator[str]:
    """The day, the readings and the date of the law of both stories."""
    # whom only the statement speaks of that the second story lacks may not be there either
    yield f"{{ {LEFT}(X) : _spoken_of(X,F) }} 1 :- {GONE}(F), not {COME}(_)."
    yield f":- {LEFT}(X), _spoken_of(X,F), not {GONE}(F)."
    yield f"as_of({FIRST},D) :- as_of(D)."
    yield f"as_of({SECOND},D) :- as_of(D), not {OTHER_DAY}(_)."
    yield f"as_of({SECOND},D) :- {OTHER_DAY}(D)."
    usual = dict(choices.options)
    for name, option in choices.options:
        yield f"{_OPTION}({name},{option})."
        if option != usual[name]:
            yield f"_unusual({name},{option})."
    for day in choices.dates:
        yield f"{_DATE}({day})."
    for chosen, known, other, taken in (
        ("chosen_reading(I,O)", f"{_OPTION}(I,_)", f"{OTHER_READING}(I,O)", "_unusual(I,O)"),
        ("chosen_law_date(O)", "", f"{OTHER_DATE}(O)", f"{_DATE}(O)"),
    ):
        inside = chosen.partition("(")
        yield f"{{ {chosen} : {taken} }} 1{f' :- {known}' if known else ''}."
        yield f"#minimize {{ 2@3,{inside[0]},{inside[2][:-1]} : {chosen} }}."
        yield f"{inside[0]}({FIRST},{inside[2]} :- {chosen}."
        same = other.replace("O)", "_)")
        yield f"{inside[0]}({SECOND},{inside[2]} :- {chosen}, not {same}."
        yield f"{inside[0]}({SECOND},{inside[2]} :- {other}."


def _parted(lifted: Lifted, setting: Setting) -> tuple[Setting, list[str]]:
    """What is the same in both stories, and the rules about what happens in each, lifted."""
    pieces = [*setting.pieces, *(piece for axiom in setting.axioms for piece in axiom.pieces)]
    texts = [*setting.rules, *setting.axiom_rules]
    local = {name for name, _ in lifted.local} | {"impossible"}
    while True:
        more = {
            piece.head.signature[0]
            for piece in pieces
            if any(use.signature[0] in local for use in piece.body)
        } - local
        if not more:
            break
        local |= more
    here = [piece.head.signature[0] in local for piece in pieces]
    shared = tuple(p for p, is_local in zip(setting.pieces, here, strict=False) if not is_local)
    known = {f"_own_{name}" for name in local} | local
    rules = [_lifted(text, known) for text, is_local in zip(texts, here, strict=True) if is_local]
    own = [
        text
        for piece, text, is_local in zip(pieces, texts, here, strict=True)
        if not is_local and piece not in shared
    ]
    return Setting(shared, ()), [*own, *rules]


def _lifted(text: str, local: Collection[str]) -> str:
    """A rule about one story as a rule about each of two."""
    lifted = _CALL.sub(lambda m: f"{m[0]}{WORLD}," if m[1] in local else m[0], text)
    return f"{lifted.removesuffix('.')}, world({WORLD})."

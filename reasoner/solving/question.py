"""Turn what a person asks into a goal: a predicate with given and open arguments."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from reasoner.errors import InputError, Problem, closest
from reasoner.lawfiles.rules import Law, Signature
from reasoner.values import split_arguments


@dataclass(frozen=True, slots=True)
class Goal:
    """What is asked: ``arguments`` are terms, None where anything will do."""

    name: str
    arguments: tuple[str | None, ...]
    pinpoint: str

    @property
    def text(self) -> str:
        """The goal as an atom, open arguments written ``_``."""
        if not self.arguments:
            return self.name
        return f"{self.name}({','.join('_' if a is None else a for a in self.arguments)})"


def on_day(law: Law, goal: Goal, day: int) -> Goal:
    """A goal asked about another day: its last argument that is a date is that day."""
    kinds = law.types.get((goal.name, len(goal.arguments)), ())
    arguments = list(goal.arguments)
    for place in range(len(arguments) - 1, -1, -1):
        if place < len(kinds) and kinds[place] == "date" and arguments[place] is not None:
            arguments[place] = str(day)
            break
    return replace(goal, arguments=tuple(arguments))


def find_pinpoint(law: Law, text: str) -> str | None:
    """The pinpoint that a person means by ``65(b)(ii)``, ``R65(b)(ii)`` or ``s. 65``."""
    wanted = re.sub(r"^(ss?\.|sections?|par[as]*\.?)\s*", "", text.strip(), flags=re.IGNORECASE)
    wanted = re.sub(r"\s+", "", wanted)
    if wanted in law.provisions:
        return wanted
    lowered = {pinpoint.lower(): pinpoint for pinpoint in law.provisions}
    if wanted.lower() in lowered:
        return lowered[wanted.lower()]
    found = [p for prefix in law.instruments if (p := f"{prefix}{wanted}") in law.provisions]
    found = found or [p for p in law.provisions if p.endswith(f"/{wanted}")]
    if len(found) > 1:
        raise InputError(
            [
                Problem(
                    f"{text} is a pinpoint of several instruments", hint=f"say {' or '.join(found)}"
                )
            ]
        )
    return found[0] if found else None


def predicate_of(law: Law, pinpoint: str) -> Signature | None:
    """The predicate that a provision is about: the head of its first rule with words."""
    for index in law.provisions[pinpoint].rules:
        signature = law.rules[index].head.signature
        if signature in law.sentences and law.homes[signature] == pinpoint:
            return signature
    return None


def resolve(
    law: Law,
    text: str,
    *,
    entities: Mapping[str, str],
    about: Sequence[str] = (),
    day: int | None = None,
    without_words: bool = False,
) -> Goal:
    """Find the goal of a question.

    Args:
        law: the law that is asked.
        text: a pinpoint, the name of a predicate, or an atom.
        entities: the entities of the case with their types, in order of declaration.
        about: the entities the question is about; without them, the only one of its type or,
            for the first type of the law, the first one declared.
        day: the day asked about as yyyymmdd.
        without_words: whether an atom may be asked that the law has no words for.

    Raises:
        InputError: when nothing of the law is meant, or the person is not in the case.
    """
    match = re.fullmatch(r"\s*([a-z_][A-Za-z0-9_]*)\s*(?:\((.*)\))?\s*", text, re.DOTALL)
    as_atom = match is not None and match[2] is not None
    signature = _predicate(law, match[1], without_words and as_atom) if match else None
    if match and signature and match[2] is not None:
        return _goal_of_atom(law, signature, match[2], text, entities)
    pinpoint = None
    if signature is None:
        pinpoint = find_pinpoint(law, text)
        if pinpoint is None:
            raise InputError(
                [Problem(f"nothing in the law is called {text!r}", hint=_hint(law, text))]
            )
        signature = predicate_of(law, pinpoint)
        if signature is None:
            below = [p for p in law.provisions if p.startswith(pinpoint) and predicate_of(law, p)]
            reason = law.provisions[pinpoint].not_encoded or "it concludes nothing by itself"
            hint = f"ask about {' or '.join(below[:4])}" if below else "`reasoner show` says more"
            raise InputError([Problem(f"{pinpoint} cannot be asked: {reason}", hint=hint)])
    kinds = law.types.get(signature, ())
    arguments = [
        _default(law, kind, entities, about, day, kinds[:place].count(kind))
        for place, kind in enumerate(kinds)
    ]
    return Goal(signature[0], tuple(arguments), pinpoint or law.homes.get(signature, ""))


def _predicate(law: Law, name: str, without_words: bool) -> Signature | None:
    found = [s for s in law.heads if s[0] == name and (without_words or s in law.sentences)]
    return found[0] if found else None


def _hint(law: Law, text: str) -> str:
    names: Iterable[str] = [*law.provisions, *(s[0] for s in law.heads if s in law.sentences)]
    bare = [p[len(law.provisions[p].instrument) :] for p in law.provisions]
    near = closest(text, [*names, *bare])
    return near or "a question is a pinpoint such as 65(b), or the name of a predicate"


def _default(
    law: Law,
    kind: str | None,
    entities: Mapping[str, str],
    about: Sequence[str],
    day: int | None,
    earlier: int,
) -> str | None:
    """What an argument stands for; ``earlier``: how many before it are of the same type."""
    if kind == "date":
        return None if day is None else str(day)
    if kind not in law.vocabulary.entities:
        return None
    named = [name for name in about if entities.get(name) == kind]
    if earlier:
        return named[earlier] if earlier < len(named) else None
    if named:
        return named[0]
    members = [name for name, of in entities.items() if of == kind]
    first = next(iter(law.vocabulary.entities), None)
    if len(members) == 1 or (members and kind == first and not named):
        return members[0]
    return None


def _goal_of_atom(
    law: Law, signature: Signature, inner: str, text: str, entities: Mapping[str, str]
) -> Goal:
    name, arity = signature
    parts = split_arguments(inner.strip())
    if len(parts) != arity:
        raise InputError([Problem(f"{text}: {name} has {arity} arguments, not {len(parts)}")])
    arguments: list[str | None] = []
    for part, kind in zip(parts, law.types.get(signature, ()), strict=True):
        word = part.strip()
        if word == "_" or (word[:1].isupper() and word.isidentifier()):
            arguments.append(None)
            continue
        if kind == "date" and re.fullmatch(r"\d{8}", word):
            word = f"{word[:4]}-{word[4:6]}-{word[6:]}"
        if kind is None:
            arguments.append(word)
            continue
        try:
            term = law.vocabulary.term(kind, word)
        except ValueError as error:
            message, *hint = [str(a) for a in error.args]
            raise InputError(
                [Problem(f"{text}: {message}", hint=hint[0] if hint else "")]
            ) from None
        if kind in law.vocabulary.entities and entities.get(term) != kind:
            members = [n for n, of in entities.items() if of == kind]
            raise InputError(
                [
                    Problem(
                        f"{text}: the case declares no {kind} {term}", hint=closest(term, members)
                    )
                ]
            )
        arguments.append(term)
    return Goal(name, tuple(arguments), law.homes.get(signature, ""))

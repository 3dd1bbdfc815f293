"""An interview: ask only what still matters to a question, the most decisive first.

What is known so far is a case, and whatever it does not state is taken as not so. The answer that
this gives has a certificate (:mod:`reasoner.reasons.certificate`): facts of which there may be
none, or no more, if the answer is to stay. Those not settled yet are open; the next question is one
of them, and when none is open, nothing that could still be said would change the answer, and the
interview is over. What is implied already, or can no longer matter, is no leaf of the certificate
chosen.

An interview is a value; each reply makes the next one, which remembers the one before.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import NamedTuple

from reasoner.casefiles.case import Case
from reasoner.lawfiles.rules import Law, Rule
from reasoner.lawfiles.vocabulary import Fact
from reasoner.reasons.certificate import Certificate, Claim, Claims
from reasoner.reasons.certifying import claims_of
from reasoner.solving.ground import Ground
from reasoner.solving.question import Goal, resolve
from reasoner.solving.solve import UNDETERMINED, ground_case, pose
from reasoner.source import Source

QUESTION, DAY, ABOUT, FACT, ARGUMENT = "question", "day", "about", "fact", "argument"
STATED, DENIED, UNKNOWN = "stated", "denied", "unknown"


class Pattern(NamedTuple):
    """Facts of a name, with some of their arguments; None for any."""

    name: str
    arguments: tuple[str | None, ...]

    def covers(self, name: str, arguments: Sequence[str | None]) -> bool:
        """Whether all that another pattern means is meant."""
        return self.name == name and all(
            a is None or a == b for a, b in zip(self.arguments, arguments, strict=True)
        )


class Question(NamedTuple):
    """What is asked.

    ``kind`` is ``question`` (what the interview is about), ``day``, ``about`` (whom), ``fact``
    (whether there is such a fact, or another) or ``argument``: then ``place`` says which of its
    arguments is wanted. ``type`` is that of the value wanted, where one is. ``path`` are the claims
    that rest on the answer, from the verdict down.
    """

    kind: str
    fact: str = ""
    arguments: tuple[str | None, ...] = ()
    place: int | None = None
    type: str = ""
    path: tuple[Claim, ...] = ()


class Posed(NamedTuple):
    """A question with the reply that it got."""

    question: Question
    reply: str


@dataclass(frozen=True, slots=True)
class Standing:
    """The answer as things stand, and the claims it rests on, for each way that matters to take
    what is unknown.
    """

    answer: str
    claims: tuple[Claims, ...]


@dataclass(frozen=True, slots=True)
class Interview:
    """An interview at some point; ``question`` is the next one, None at the end.

    ``settled`` are the patterns of which there is no more than the case states, ``unsure`` those of
    them that nobody knew; ``standing`` is None until it is known what is asked, and when.
    """

    law: Law
    case: Case
    question: Question | None = None
    standing: Standing | None = None
    settled: tuple[Pattern, ...] = ()
    unsure: tuple[Pattern, ...] = ()
    posed: tuple[Posed, ...] = ()
    before: Interview | None = None

    @property
    def turns_on(self) -> tuple[Pattern, ...]:
        """What nobody knew, where the answer as it stands rests on it."""
        needed = [leaf for certificate in _certificates(self) for leaf in certificate.doubted]
        return tuple(
            p for p in self.unsure if any(p.covers(leaf.name, leaf.arguments) for leaf in needed)
        )


def empty_case() -> Case:
    """A case of which nothing is known."""
    nothing: Mapping[str, str] = MappingProxyType({})
    return Case(
        path="",
        title="",
        question=None,
        about=(),
        as_of=None,
        law_date=None,
        readings=(),
        statements=(),
        denials=(),
        entities=nothing,
        names=nothing,
        expectations=(),
        description="",
        source=Source("", ""),
    )


def begin(law: Law, case: Case) -> Interview:
    """Begin an interview.

    Args:
        law: the law to apply.
        case: what is known: nothing, or some facts, the question and the day.

    Raises:
        InputError: when the question names nothing, or the facts contradict each other.
    """
    if case.question is not None:
        resolve(law, case.question, entities=case.entities, about=case.about, day=case.as_of)
    return advance(Interview(law, replace(case, expectations=())))


def advance(interview: Interview) -> Interview:
    """The interview with its next question, or none."""
    law, case = interview.law, interview.case
    if case.question is None:
        return replace(interview, question=Question(QUESTION))
    goal = resolve(law, case.question, entities=case.entities, about=case.about, day=case.as_of)
    kinds = law.types.get((goal.name, len(goal.arguments)), ())
    if case.as_of is None and not any(
        kind == "date" and a for kind, a in zip(kinds, goal.arguments, strict=False)
    ):
        return replace(interview, question=Question(DAY, type="date"))
    whom = kinds[0] if kinds and goal.arguments[0] is None else None
    if whom in law.vocabulary.entities and whom not in case.entities.values():
        return replace(interview, question=Question(ABOUT, type=str(whom)))
    if interview.standing is None:
        interview = replace(interview, standing=_stand(law, case))
    return replace(interview, question=_next(interview))


def _next(interview: Interview) -> Question | None:
    """The most decisive of the facts that are open."""
    law = interview.law
    for certificate in _certificates(interview):
        asked = [_widen(law, leaf) for leaf in certificate.leaves]
        rows = zip(certificate.leaves, asked, certificate.paths, strict=True)
        for leaf, pattern, path in rows:
            if leaf in certificate.doubted:
                continue
            if any(p != pattern and p.covers(*pattern) for p in asked):
                continue  # what is wider is asked first, and may settle this
            place = next_place(law.vocabulary.facts[pattern.name], pattern.arguments)
            kind = "" if place is None else law.vocabulary.facts[pattern.name].arguments[place].type
            return Question(FACT, pattern.name, pattern.arguments, None, kind, path)
    return None


def _certificates(interview: Interview) -> Iterator[Certificate]:
    """The certificates of the answer as it stands, by what is settled and what the case says."""
    case = interview.case
    known = [pattern for pattern in interview.settled if pattern not in interview.unsure]
    known += [Pattern(denial.name, denial.arguments) for denial in case.denials]
    known += [Pattern(s.name, s.arguments) for s in case.statements if s.status != STATED]
    single = _single(interview.law)
    ranged = {day.atom for choice in case.choices for day in choice.statements}
    for s in case.statements:
        key = single.get(s.name)
        if key is not None and (s.status == STATED or s.atom in ranged):
            arguments = tuple(a if n in key else None for n, a in enumerate(s.arguments))
            known.append(Pattern(s.name, arguments))
    by_name: dict[str, list[Pattern]] = {}
    for pattern in known:
        by_name.setdefault(pattern.name, []).append(pattern)

    def granted(claim: Claim) -> bool:
        wide = _widen(interview.law, claim)
        return any(p.covers(*wide) or p.covers(*claim[1:]) for p in by_name.get(claim.name, ()))

    def doubted(claim: Claim) -> bool:
        wide = _widen(interview.law, claim)
        return any(p.covers(*wide) for p in interview.unsure)

    standing = interview.standing
    for claims in standing.claims if standing else ():
        yield claims.certify(granted, doubted)


def _widen(law: Law, claim: Claim) -> Pattern:
    """What to ask about a leaf: any day and any number will do."""
    kinds = law.vocabulary.facts[claim.name].arguments
    return Pattern(
        claim.name,
        tuple(
            None if argument.type in ("date", "number") and len(kinds) > 1 else given
            for given, argument in zip(claim.arguments, kinds, strict=True)
        ),
    )


def _stand(law: Law, case: Case) -> Standing:
    """Answer the question as things stand, and find what the answer rests on."""
    goal, world = pose(law, case)
    ground = ground_case(law, case, world, [goal])
    found = ground.answer(goal)
    if not ground.unknown:
        return Standing(found, (claims_of(ground, goal),))
    literals = {
        literal: atom for atom in ground.unknown if (literal := ground.literal(atom)) is not None
    }
    wholes = [_complete(case, {literals[x] for x in way}) for way in _ways(ground, goal, literals)]
    claims = [claims_of(ground_case(law, whole, world, [goal]), goal) for whole in wholes]
    return Standing(found, tuple(claims))


def _ways(ground: Ground, goal: Goal, literals: Mapping[int, str]) -> Iterator[frozenset[int]]:
    """Of what is unknown, what is so where the answer is yes and where it is no.

    Where it is decided, what is so in some completion and in another, as different as may be.
    """
    if ground.answer(goal) == UNDETERMINED:
        holds = ground.goal_literal(goal)
        wanted = [[holds], [-holds]]
        yield from (way for x in wanted if (way := ground.completion(x, literals)) is not None)
        return
    way = ground.completion([], literals)
    if way is not None:
        yield way
        other = ground.completion([-x for x in way], literals)
        if other is not None and other != way:
            yield other


def _complete(case: Case, so: Container[str]) -> Case:
    """The case with what is unknown taken one way: what is not so is denied."""
    statements = tuple(
        s if s.status != UNKNOWN else replace(s, status=STATED if s.atom in so else DENIED)
        for s in case.statements
    )
    return replace(case, statements=statements, choices=())


def _single(law: Law) -> dict[str, frozenset[int]]:
    """The facts of which there can be one only for some of their arguments, by those arguments.

    The law says so with a contradiction::

        problem(born(P, Day), Other) :- born(P, Day), born(P, Other), Day < Other.
    """
    found: dict[str, frozenset[int]] = {}
    for signature, numbers in law.heads.items():
        if signature[0] == "problem":
            for number in numbers:
                found.update(_key_of(law.rules[number]))
    return found


def _key_of(rule: Rule) -> dict[str, frozenset[int]]:
    atoms = [x.atom for x in rule.body if x.atom is not None and not x.negated]
    compared = [x.comparison for x in rule.body if x.comparison is not None]
    if len(atoms) != 2 or len(compared) != 1 or len(rule.body) != 3:
        return {}
    first, second = atoms
    if first.signature != second.signature:
        return {}
    pairs = list(zip(first.arguments, second.arguments, strict=True))
    other = {a.text for pair in pairs for a in pair if pair[0] != pair[1]}
    if other != {term.text for term in compared[0].terms} or "_" in other:
        return {}
    return {first.name: frozenset(n for n, (a, b) in enumerate(pairs) if a == b)}


def next_place(fact: Fact, arguments: Sequence[str | None]) -> int | None:
    """The first argument of a fact that is not known yet."""
    return next((n for n in range(fact.arity) if arguments[n] is None), None)


def goal_of(interview: Interview) -> Goal | None:
    """What the interview is about, as soon as that is known."""
    return pose(interview.law, interview.case)[0] if interview.standing else None

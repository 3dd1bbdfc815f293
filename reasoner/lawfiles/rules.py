"""What a law is made of once it is read: terms, literals, rules, provisions.

Plain data, no clingo types: :mod:`reasoner.lawfiles.parse` makes it, everybody else reads it. The
small kinds are named tuples because a law has thousands of them and each start reads them back.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from reasoner.errors import Position
from reasoner.lawfiles.vocabulary import Vocabulary

Signature = tuple[str, int]

# The variable for the world, where a law is put to several at once.
WORLD = "_World"


class Term(NamedTuple):
    """A term as written, with the variables in it (in order, each once)."""

    text: str
    variables: tuple[str, ...] = ()
    anonymous: bool = False

    @property
    def is_variable(self) -> bool:
        """Whether the term is a single variable."""
        return self.variables == (self.text,)


class Atom(NamedTuple):
    """A predicate with its arguments."""

    name: str
    arguments: tuple[Term, ...]

    @property
    def signature(self) -> Signature:
        """Name and number of arguments."""
        return self.name, len(self.arguments)

    @property
    def variables(self) -> tuple[str, ...]:
        """The variables of all arguments, in order, each once."""
        return tuple(dict.fromkeys(v for term in self.arguments for v in term.variables))

    @property
    def text(self) -> str:
        """The atom as clingo reads it."""
        if not self.arguments:
            return self.name
        return f"{self.name}({','.join(term.text for term in self.arguments)})"


class Comparison(NamedTuple):
    """``terms[0] operators[0] terms[1] ...``; ``key`` is how sentences name it."""

    terms: tuple[Term, ...]
    operators: tuple[str, ...]
    key: str


class Element(NamedTuple):
    """One element of an aggregate: its tuple and its condition."""

    terms: tuple[Term, ...]
    condition: tuple[Literal, ...]


class Aggregate(NamedTuple):
    """``guard = function { elements }``; ``outer`` are the variables bound outside of it."""

    function: str
    operator: str
    guard: Term
    elements: tuple[Element, ...]
    body: str
    outer: tuple[str, ...] = ()


class Literal(NamedTuple):
    """One condition of a rule's body; exactly one of the three kinds is set."""

    number: int
    text: str
    position: Position
    negated: bool = False
    atom: Atom | None = None
    comparison: Comparison | None = None
    aggregate: Aggregate | None = None

    @property
    def variables(self) -> tuple[str, ...]:
        """The variables that the rest of the rule can see."""
        if self.atom is not None:
            return self.atom.variables
        if self.comparison is not None:
            terms = self.comparison.terms
        elif self.aggregate is not None:
            terms = (self.aggregate.guard,)
        else:
            terms = ()
        return tuple(dict.fromkeys(v for term in terms for v in term.variables))


def is_below(inner: str, outer: str) -> bool:
    """Whether a pinpoint lies below another: R65(b) below R65, trp:status/lose below trp:status."""
    return inner != outer and inner.startswith(outer) and inner[len(outer)] in "(/"


class Sentences(NamedTuple):
    """What is said when something holds and when it does not."""

    holds: str = ""
    fails: str = ""


class Rule(NamedTuple):
    """One rule of the law with its place and its words."""

    number: int
    head: Atom
    body: tuple[Literal, ...]
    position: Position
    text: str
    last_line: int
    provision: str = ""
    sentences: Sentences = Sentences()
    comparisons: Mapping[str, Sentences] = {}


class Counterpart(NamedTuple):
    """What the law says of the matter of a piece of guidance.

    ``question`` is what to ask of the law, a pinpoint or a predicate; ``opposed`` tells that the
    one affirms what the other denies; ``words`` say what the law asks or gives there that the
    guidance does not.
    """

    question: str
    words: str
    position: Position
    opposed: bool = False


class Provision(NamedTuple):
    """A pinpoint of the law and what the law files say of it.

    ``instrument`` is the prefix ("R"), ``layer`` act, regulation or guidance, ``in_force`` the
    notes on dates, ``not_encoded`` the reason when no rule stands under the pinpoint.
    ``raised_by`` is None where nobody asks about the provision by itself, and otherwise names the
    predicates that raise the question for a person; none for whatever its own rules look at.
    """

    pinpoint: str
    instrument: str
    layer: str
    summary: str
    position: Position
    in_force: tuple[str, ...] = ()
    not_encoded: str = ""
    rules: tuple[int, ...] = ()
    raised_by: tuple[str, ...] | None = None
    counterparts: tuple[Counterpart, ...] = ()


class Instrument(NamedTuple):
    """An Act, a regulation or a page: the prefix of its pinpoints, its layer and its title."""

    prefix: str
    layer: str
    title: str


@dataclass(frozen=True, slots=True)
class Law:
    """An annotated law directory, read and checked.

    ``types`` gives for each predicate the type of each argument where it can be told, ``sentences``
    the words of each derived predicate, ``homes`` the pinpoint it belongs to, ``heads`` the rules
    that conclude it, ``tables`` the predicates that only list constants, ``depths`` how far below
    the top of the law each predicate is used, ``translations`` what the law says in other languages
    than English, folded: :mod:`reasoner.lawfiles.translation` opens it and makes the same law with
    its words in ``language``, ``stated`` the predicates that cases state, ``reading`` the one that
    says what is read how.
    """

    directory: Path
    main: Path
    instruments: Mapping[str, Instrument]
    provisions: Mapping[str, Provision]
    rules: tuple[Rule, ...]
    vocabulary: Vocabulary
    types: Mapping[Signature, tuple[str | None, ...]]
    sentences: Mapping[Signature, Sentences]
    homes: Mapping[Signature, str]

    heads: Mapping[Signature, tuple[int, ...]]
    tables: frozenset[Signature]
    depths: Mapping[Signature, int]
    translations: Mapping[str, bytes]
    stated: frozenset[Signature]
    reading: Signature = ("reading", 2)
    language: str = "en"

    def rules_for(self, signature: Signature) -> tuple[Rule, ...]:
        """The rules that conclude a predicate, in the order of the files."""
        return tuple(self.rules[index] for index in self.heads.get(signature, ()))

    def is_fact(self, signature: Signature) -> bool:
        """Whether a predicate is declared as a fact of cases."""
        return signature in self.stated

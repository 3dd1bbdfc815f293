"""Read rules that are not the law's: claims about it, and what is known of the world.

They stand in files of their own, under headings, with remarks like those of the law files::

    %## unpaid
    %> Nobody keeps a plot without paying the rent.
    % Scope: 1 gardener, 1 plot
    violated(unpaid) :- ...

What they say may look at anything that the law concludes or a case states, by its own name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from clingo.ast import AST, ASTType, Sign, Transformer, parse_string

from reasoner.errors import InputError, Position, Problem, closest
from reasoner.lawfiles.clingo_messages import clingo_problem
from reasoner.lawfiles.parse import read_rules
from reasoner.lawfiles.rules import Law, Rule, Signature
from reasoner.source import Source, byte_column

_FIELD = re.compile(r"% ([A-Z][a-z]+(?: [a-z]+)*): +(.*\S)")
_ALLOWED = {ASTType.Rule, ASTType.Comment, ASTType.Program, ASTType.Defined}


class Use(NamedTuple):
    """An atom in a rule: its predicate, its place, its arguments as written.

    ``inner`` tells that it stands inside of a count, whose variables are its own.
    """

    signature: Signature
    position: Position
    arguments: tuple[str, ...]
    negated: bool = False
    inner: bool = False


class Piece(NamedTuple):
    """A rule: its text, what it concludes, and the atoms of its body, in order.

    ``rules`` are the same as the law's rules are read, if asked for; a fact with pools is several.
    """

    text: str
    head: Use
    body: tuple[Use, ...]
    rules: tuple[Rule, ...] = ()

    @property
    def variables(self) -> tuple[str, ...]:
        """The variables that conditions outside of counts bind by their plain names, in order."""
        bound = [use for use in self.body if not (use.negated or use.inner)]
        names = [a for use in bound for a in use.arguments if re.fullmatch(r"[A-Z]\w*", a)]
        return tuple(dict.fromkeys(names))

    @property
    def conditions(self) -> str:
        """The body as text."""
        return self.text.partition(" :- ")[2].removesuffix(".")


@dataclass(slots=True)
class Section:
    """What stands under a heading; ``words`` by language, ``fields`` by key, a line each."""

    name: str
    position: Position
    words: dict[str, str] = field(default_factory=dict)
    fields: dict[str, list[tuple[str, Position]]] = field(default_factory=dict)
    pieces: list[Piece] = field(default_factory=list)


def read_sections(source: Source, *, like_law: bool = False) -> list[Section]:
    """Read the sections of a file; what stands before the first heading is a section without name.

    Args:
        source: the text.
        like_law: whether the rules are read as those of a law as well, and kept to their forms.

    Raises:
        InputError: with every problem of syntax.
    """
    nodes: list[AST] = []
    messages: list[str] = []
    try:
        parse_string(source.text, nodes.append, logger=lambda _, text: messages.append(text))
    except RuntimeError:
        messages = messages or ["clingo cannot read this"]
    if messages:
        raise InputError([_located(text, source) for text in messages])
    nodes.sort(key=lambda n: (n.location.begin.line, n.location.begin.column))
    sections = [Section("", Position(source.path, 1, 1))]
    problems: list[Problem] = []
    for node in nodes:
        if node.ast_type == ASTType.Comment:
            _read_remark(node.value, _position(source, node), sections)
        elif node.ast_type == ASTType.Rule:
            piece = _read_rule(source, node, problems, like_law)
            if piece is not None:
                sections[-1].pieces.append(piece)
        elif node.ast_type not in _ALLOWED:
            position = _position(source, node)
            message = "only rules can stand here"
            problems.append(source.problem(message, position.line, position.column, 1))
    if problems:
        raise InputError(problems)
    return sections


def named_by(law: Law) -> set[Signature]:
    """Every predicate that such rules may look at: conclusions, facts, entities, kinds."""
    vocabulary = law.vocabulary
    facts = {(fact.name, fact.arity) for fact in vocabulary.facts.values()}
    return {*law.heads, *facts, *((name, 1) for name in (*vocabulary.entities, *vocabulary.kinds))}


def check_names(
    source: Source, sections: Sequence[Section], known: Collection[Signature]
) -> list[Problem]:
    """The atoms of some sections that name nothing known, with what was probably meant."""
    own = {piece.head.signature for section in sections for piece in section.pieces}
    names = sorted({name for name, _ in (*known, *own)})
    problems = []
    for section in sections:
        for use in (use for piece in section.pieces for use in piece.body):
            if use.signature in known or use.signature in own:
                continue
            name, arity = use.signature
            arities = sorted(a for n, a in (*known, *own) if n == name)
            if arities:
                wanted = " or ".join(map(str, arities))
                noun = "argument" if wanted == "1" else "arguments"
                message, hint = f"{name} has {wanted} {noun}, not {arity}", ""
            else:
                message, hint = f"nothing is called {name}", closest(name, names)
            place = use.position
            problems.append(source.problem(message, place.line, place.column, len(name), hint))
    return problems


def _located(text: str, source: Source) -> Problem:
    return clingo_problem(text.replace("<string>", source.path, 1), lambda _: source)


def _position(source: Source, node: AST) -> Position:
    begin = node.location.begin
    return Position(source.path, begin.line, byte_column(source.line(begin.line), begin.column))


def _read_remark(text: str, position: Position, sections: list[Section]) -> None:
    if text.startswith("%##"):
        sections.append(Section(text.lstrip("%#").strip(), position))
    elif match := re.fullmatch(r"%>(fr)?(?: +(.*))?", text.strip()):
        language, words = match[1] or "en", match[2] or ""
        section = sections[-1]
        section.words[language] = f"{section.words.get(language, '')} {words}".strip()
    elif match := _FIELD.fullmatch(text.strip()):
        sections[-1].fields.setdefault(match[1], []).append((match[2], position))


def _read_rule(source: Source, node: AST, problems: list[Problem], like_law: bool) -> Piece | None:
    head = node.head
    if head.ast_type != ASTType.Literal or head.atom.ast_type != ASTType.SymbolicAtom:
        place = _position(source, node)
        problems.append(
            source.problem("only normal rules can stand here", place.line, place.column)
        )
        return None
    uses: list[Use] = []
    collector = _Atoms(lambda *found: uses.append(_use(source, *found)))
    for part in node.body:
        collector.visit(part)
    rules = tuple(read_rules(node, source, problems)) if like_law else ()
    return Piece(str(node), _use(source, head.atom.symbol), tuple(uses), rules)


class _Atoms(Transformer):
    """Walks a body and hands over its atoms."""

    def __init__(self, found: Callable[[AST, bool, bool], None]) -> None:
        self.found = found
        self.negated = self.inner = False

    def visit_Literal(self, literal: AST) -> AST:  # noqa: N802 - the name is clingo's
        """Remember the sign of what stands in a literal."""
        self.negated = literal.sign == Sign.Negation
        self.visit_children(literal)
        return literal

    def visit_BodyAggregate(self, aggregate: AST) -> AST:  # noqa: N802 - the name is clingo's
        """Remember that what follows stands in a count."""
        self.inner = True
        self.visit_children(aggregate)
        self.inner = False
        return aggregate

    def visit_SymbolicAtom(self, atom: AST) -> AST:  # noqa: N802 - the name is clingo's
        """Hand over an atom."""
        self.found(atom.symbol, self.negated, self.inner)
        return atom


def _use(source: Source, symbol: AST, negated: bool = False, inner: bool = False) -> Use:
    position = _position(source, symbol)
    if symbol.ast_type == ASTType.Pool:  # p(1; 2)
        symbol = symbol.arguments[0]
    if symbol.ast_type == ASTType.Function:
        arguments = tuple(str(argument) for argument in symbol.arguments)
        return Use((symbol.name, len(arguments)), position, arguments, negated, inner)
    return Use((str(symbol), 0), position, (), negated, inner)

"""Read the rules of law files from clingo's syntax trees: heads, conditions, terms."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import product

from clingo.ast import AST, ASTType, Sign

from reasoner.errors import Position
from reasoner.lawfiles.assemble import Draft
from reasoner.lawfiles.rules import Aggregate, Atom, Comparison, Element, Literal, Term
from reasoner.source import byte_column

_OPERATORS = (">", "<", "<=", ">=", "!=", "=")


class Syntax:
    """Reads parts of rules, and notes what cannot be explained; ``explained`` tells if it must."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.explained = True
        self.unnamed = 0

    def heads(self, symbol: AST) -> list[Atom]:
        """The atoms of a fact, one for each choice in its pools: ``crop(beans; gravel).``"""
        if symbol.ast_type == ASTType.Pool:
            return [atom for part in symbol.arguments for atom in self.heads(part)]
        if symbol.ast_type != ASTType.Function:
            atom = self.atom(symbol, lambda: None)
            return [] if atom is None else [atom]
        choices = [
            [self._term(part, lambda: None) for part in self._choices(argument)]
            for argument in symbol.arguments
        ]
        return [Atom(symbol.name, terms) for terms in product(*choices)]

    def _choices(self, term: AST) -> list[AST]:
        return list(term.arguments) if term.ast_type == ASTType.Pool else [term]

    def body(self, node: AST, head: Atom) -> tuple[Literal, ...]:
        """The conditions of a rule; a count gets a name of its own, equal to the one it was given.

        So the number counted is reported, whatever the given name is bound to elsewhere.
        """
        self.unnamed = 0
        literals = [self._literal(part, number) for number, part in enumerate(node.body)]
        body: list[Literal] = []
        extra: list[Literal] = []
        for literal in literals:
            if literal is None or literal.aggregate is None:
                body += [literal] if literal is not None else []
                continue
            others = {
                v
                for lit in literals
                if lit is not None and lit is not literal
                for v in lit.variables
            }
            counted = Term(f"Counted{literal.number}", (f"Counted{literal.number}",))
            inside = [v for e in literal.aggregate.elements for t in e.terms for v in t.variables]
            inside += [
                v for e in literal.aggregate.elements for lit in e.condition for v in lit.variables
            ]
            given = literal.aggregate.guard
            shared = {*others, *head.variables, *given.variables}
            outer = tuple(dict.fromkeys(v for v in inside if v in shared))
            aggregate = literal.aggregate._replace(guard=counted, outer=outer)
            text = f"{counted.text} = {aggregate.body}"
            body.append(literal._replace(aggregate=aggregate, text=text))
            same = Comparison((given, counted), ("=",), "")
            extra.append(
                Literal(
                    len(literals) + len(extra),
                    f"{given.text} = {counted.text}",
                    literal.position,
                    comparison=same,
                )
            )
        return (*body, *extra)

    def _fresh(self) -> str:
        """A name for ``_`` in a positive condition, so that what it stands for is reported."""
        self.unnamed += 1
        return f"Any{self.unnamed}"

    def _check_arguments(self, part: AST, atom: Atom) -> None:
        """A condition that is not met must be named as it stands: by plain arguments."""
        names = [v for term in atom.arguments for v in term.variables]
        if any(
            (term.variables or term.anonymous) and not term.is_variable and term.text != "_"
            for term in atom.arguments
        ):
            self.problem(
                part,
                "a condition computes or composes inside its arguments",
                "give the value a name of its own first: `Next = Day + 1`",
            )
        elif len(set(names)) < len(names):
            self.problem(
                part,
                "a condition names the same variable twice",
                "name two and compare them: `link(X, Y), X = Y`",
            )

    def _literal(self, part: AST, number: int) -> Literal | None:
        position = self.position(part)
        if part.ast_type != ASTType.Literal:
            self.problem(
                part, "a conditional literal cannot be explained", "write an intermediate predicate"
            )
            return None
        if part.sign == Sign.DoubleNegation:
            self.problem(part, "`not not` cannot be explained", "leave it out or use a predicate")
            return None
        negated = part.sign == Sign.Negation
        atom = part.atom
        if atom.ast_type == ASTType.SymbolicAtom:
            found = self.atom(atom.symbol, (lambda: None) if negated else self._fresh)
            if found is None:
                return None
            if self.explained and found.signature != ("reading", 2):
                self._check_arguments(part, found)
            text = f"not {found.text}" if negated else found.text
            return Literal(number, text, position, negated, atom=found)
        if atom.ast_type == ASTType.Comparison:
            terms = [self._term(atom.term, lambda: None)]
            operators = []
            for guard in atom.guards:
                operators.append(_OPERATORS[int(guard.comparison)])
                terms.append(self._term(guard.term, lambda: None))
            text = " ".join(
                [
                    terms[0].text,
                    *(f"{o} {t.text}" for o, t in zip(operators, terms[1:], strict=True)),
                ]
            )
            if negated:
                self.problem(part, "a negated comparison: write the opposite comparison")
            key = squeeze(self._written(part))
            return Literal(
                number,
                text,
                position,
                negated,
                comparison=Comparison(tuple(terms), tuple(operators), key),
            )
        if atom.ast_type in (ASTType.BodyAggregate, ASTType.Aggregate):
            return self._aggregate(part, atom, number, negated)
        self.problem(part, "this kind of condition cannot be explained")
        return None

    def _aggregate(self, part: AST, atom: AST, number: int, negated: bool) -> Literal | None:
        guards = [g for g in (atom.left_guard, atom.right_guard) if g is not None]
        if atom.ast_type == ASTType.Aggregate or len(guards) != 1 or negated:
            self.problem(
                part,
                "write a count as `N = #count { ... }` or `N = #sum { ... }`",
                "and compare N in a condition of its own, so that the number is reported",
            )
            return None
        guard = guards[0]
        function = ("#count", "#sum", "#sum+", "#min", "#max")[int(atom.function)]
        operator = _OPERATORS[int(guard.comparison)]
        term = self._term(guard.term, lambda: None)
        elements = []
        for element in atom.elements:
            condition = [self._literal(lit, i) for i, lit in enumerate(element.condition)]
            elements.append(
                Element(
                    tuple(self._term(t, lambda: None) for t in element.terms),
                    tuple(lit for lit in condition if lit is not None),
                )
            )
        body = function + " { " + "; ".join(str(e) for e in atom.elements) + " }"
        if operator != "=" or not term.is_variable:
            self.problem(
                part,
                "a count is given a name first: `N = #count { ... }`",
                "and compared in a condition of its own, so that the number is reported",
            )
            return None
        aggregate = Aggregate(function, operator, term, tuple(elements), body)
        return Literal(number, f"{term.text} = {body}", self.position(part), aggregate=aggregate)

    def atom(self, symbol: AST, fresh: Callable[[], str | None] = lambda: None) -> Atom | None:
        """A predicate with its arguments; ``fresh`` gives names to what has none."""
        if symbol.ast_type == ASTType.UnaryOperation:
            self.problem(
                symbol,
                "classical negation has no place in a law file",
                "use `not`, or a predicate with a name of its own",
            )
            return None
        if symbol.ast_type == ASTType.SymbolicTerm:
            return Atom(str(symbol), ())
        if symbol.ast_type != ASTType.Function or symbol.external:
            self.problem(symbol, "this is not a predicate with arguments")
            return None
        return Atom(symbol.name, tuple(self._term(t, fresh) for t in symbol.arguments))

    def _term(self, node: AST, fresh: Callable[[], str | None]) -> Term:
        kind = node.ast_type
        if kind == ASTType.Variable:
            if node.name == "_":
                name = fresh()
                return Term("_", (), True) if name is None else Term(name, (name,))
            return Term(node.name, (node.name,))
        if kind == ASTType.SymbolicTerm:
            return Term(str(node))
        if kind == ASTType.Function:
            if node.external:
                self.problem(node, "`@` functions run code: a law file holds none")
            parts = [self._term(t, fresh) for t in node.arguments]
            inner = ",".join(p.text for p in parts)
            if node.name == "" and len(parts) == 1:
                inner += ","
            return _join(f"{node.name}({inner})", parts)
        if kind == ASTType.BinaryOperation:
            left, right = self._term(node.left, fresh), self._term(node.right, fresh)
            return _join(str(node), [left, right])
        if kind == ASTType.UnaryOperation:
            return _join(str(node), [self._term(node.argument, fresh)])
        if kind == ASTType.Interval:
            return _join(str(node), [self._term(node.left, fresh), self._term(node.right, fresh)])
        if self.explained:
            self.problem(node, "this term cannot be explained", "write it out")
        return Term(str(node))

    # places and problems

    def position(self, node: AST) -> Position:
        """Where a node begins, with columns in characters."""
        begin = node.location.begin
        line = self.draft.source(begin.filename).line(begin.line)
        return Position(begin.filename, begin.line, byte_column(line, begin.column))

    def _written(self, node: AST) -> str:
        begin, end = node.location.begin, node.location.end
        if begin.line != end.line:
            return str(node)
        line = self.draft.source(begin.filename).line(begin.line).encode()
        return line[begin.column - 1 : end.column - 1].decode()

    def problem(self, node: AST, message: str, hint: str = "") -> None:
        """Note a problem at a node."""
        where = self.position(node)
        begin, end = node.location.begin, node.location.end
        width = max(1, end.column - begin.column) if begin.line == end.line else 1
        self.draft.problems.append(
            self.draft.source(where.path).problem(message, where.line, where.column, width, hint)
        )


def squeeze(text: str) -> str:
    """A text without spaces."""
    return "".join(text.split())


def _join(text: str, parts: Sequence[Term]) -> Term:
    names = dict.fromkeys(v for p in parts for v in p.variables)
    return Term(text, tuple(names), any(p.anonymous for p in parts))

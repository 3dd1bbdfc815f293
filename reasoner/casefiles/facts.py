"""Files of plain facts: terms with their places, and nothing that could be executed.

The small part of the input language that a case may use is read here directly, because the
language's own parser follows include directives.
"""

import re
from dataclasses import dataclass

from reasoner.errors import InputError, Problem, quote
from reasoner.source import Place, Source

DEEPEST = 20
_TOKEN = r"""(?P<space>[ \t\r\n]+ | %\*? )
    | (?P<number>0|[1-9][0-9]*)
    | (?P<symbol>_*[a-z][A-Za-z0-9_']*)
    | (?P<variable>_*[A-Z][A-Za-z0-9_']* | _+)
    | (?P<string>"(?:[^"\\\n]|\\["\\n])*")
    | (?P<mark>\.\. | :- | \#[a-z]* | . )"""
_ONLY_FACTS = "only facts can be stated here, each with a full stop after it"
_REFUSED = {
    "not": "a negation cannot stand in a file of facts",
    "..": "an interval cannot stand in a fact",
    ";": "a pool cannot stand in a fact",
    ":-": "a rule cannot stand in a file of facts",
    "{": "a choice cannot stand in a file of facts",
    "|": "a disjunction cannot stand in a file of facts",
    **dict.fromkeys("+*/\\^&?~", "a calculation cannot stand in a fact"),
    '"': "a text is opened here and not closed on the same line",
}


@dataclass(frozen=True, slots=True)
class Term:
    """A symbol with or without arguments, a number, or a text in quotes."""

    sort: str
    text: str
    arguments: tuple["Term", ...]
    place: Place


@dataclass(frozen=True, slots=True)
class WrittenFact:
    """A fact as written; `negated` when a minus stands before it."""

    term: Term
    negated: bool


@dataclass(frozen=True, slots=True)
class _Token:
    sort: str
    text: str
    place: Place


@dataclass(slots=True)
class _Tokens:
    """The tokens of a file and how many of them have been read."""

    source: Source
    tokens: list[_Token]
    index: int = 0

    def peek(self) -> _Token:
        return self.tokens[self.index]

    def take(self) -> _Token:
        token = self.tokens[self.index]
        self.index = min(self.index + 1, len(self.tokens) - 1)
        return token


def read_facts(source: Source, problems: list[Problem]) -> list[WrittenFact]:
    """Read a file of facts.

    Args:
        source: the text
        problems: where the problems found are appended

    Returns:
        The facts that could be read, in the order of the file.
    """
    tokens = _Tokens(source, _split(source, problems))
    facts = []
    while tokens.peek().sort != "end":
        try:
            facts.append(_read_fact(tokens))
        except InputError as error:
            problems.extend(error.problems)
            _skip_statement(tokens)
    return facts


def _skip_statement(tokens: _Tokens) -> None:
    """Go on after the next full stop, or after the end of a script."""
    if tokens.peek().text == "#script":
        while tokens.peek().sort != "end" and tokens.peek().text != "#end":
            tokens.take()
    while tokens.peek().sort != "end" and tokens.take().text != ".":
        pass


def _split(source: Source, problems: list[Problem]) -> list[_Token]:
    """Split a text into tokens, without blanks and comments."""
    tokens = []
    token = re.compile(_TOKEN, re.VERBOSE | re.DOTALL)
    text, index, line, start = source.text, 0, 1, 0
    while index < len(text):
        match = token.match(text, index)
        assert match is not None  # the last alternative takes any character
        place = Place(line, index - start + 1, match.end() - index)
        end = match.end()
        if match[0] == "%":
            end = text.find("\n", index)
            end = len(text) if end < 0 else end
        elif match[0] == "%*":
            end = _skip_comment(text, index)
            if end < 0:
                message = "a comment is opened here and not closed"
                problems.append(source.problem_at(place, message, "close it with *%"))
                break
        elif match.lastgroup != "space":
            tokens.append(_Token(match.lastgroup or "mark", match[0], place))
        skipped = text[index:end]
        if "\n" in skipped:
            line += skipped.count("\n")
            start = index + skipped.rindex("\n") + 1
        index = end
    tokens.append(_Token("end", "", Place(line, max(1, len(text) - start), 1)))
    return tokens


def _skip_comment(text: str, index: int) -> int:
    """Find the end of a block comment, in which others may be nested; -1 when there is none.

    As for clingo, a remark inside runs to the end of its line and hides what would close it.
    """
    depth = 0
    for match in re.compile(r"%\*|\*%|%[^\n]*").finditer(text, index):
        if match[0] not in ("%*", "*%"):
            continue
        depth += 1 if match[0] == "%*" else -1
        if depth == 0:
            return match.end()
    return -1


def _read_fact(tokens: _Tokens) -> WrittenFact:
    negated = tokens.peek().text == "-"
    if negated:
        tokens.take()
    first = tokens.peek()
    if first.sort != "symbol" or first.text == "not":
        raise _unexpected(tokens, first, "a fact begins with a small letter")
    term = _read_term(tokens, 0)
    stop = tokens.peek()
    if stop.text != ".":
        raise _unexpected(tokens, stop, "a full stop is missing here")
    tokens.take()
    return WrittenFact(term, negated)


def _read_term(tokens: _Tokens, depth: int) -> Term:
    token = tokens.take()
    if depth > DEEPEST:
        raise _refuse(tokens, token, f"this is nested more than {DEEPEST} levels deep")
    if token.text == "-" and tokens.peek().sort == "number":
        number = tokens.take()
        place = Place(token.place.line, token.place.column, 1 + number.place.width)
        return Term("number", f"-{number.text}", (), place)
    if token.sort == "number":
        return Term("number", token.text, (), token.place)
    if token.sort == "string":
        text = re.sub(
            r"\\(.)", lambda match: "\n" if match[1] == "n" else match[1], token.text[1:-1]
        )
        return Term("string", text, (), token.place)
    if token.sort != "symbol" or token.text == "not":
        raise _unexpected(tokens, token, "an argument is missing here")
    arguments: list[Term] = []
    if tokens.peek().text == "(":
        tokens.take()
        arguments.append(_read_term(tokens, depth + 1))
        while tokens.peek().text == ",":
            tokens.take()
            arguments.append(_read_term(tokens, depth + 1))
        closing = tokens.peek()
        if closing.text != ")":
            raise _unexpected(tokens, closing, "a comma or ')' is missing here")
        tokens.take()
    return Term("symbol", token.text, tuple(arguments), token.place)


def _unexpected(tokens: _Tokens, token: _Token, otherwise: str) -> InputError:
    """Say why a token cannot stand where it does."""
    if token.sort == "end":
        return _refuse(tokens, token, "the file ends within a fact")
    if token.sort == "variable":
        return _refuse(tokens, token, f"a fact has no variables such as {quote(token.text)}")
    if token.text.startswith("#"):
        message = f"the directive {quote(token.text)} cannot stand in a file of facts"
        return _refuse(tokens, token, message)
    return _refuse(tokens, token, _REFUSED.get(token.text, otherwise))


def _refuse(tokens: _Tokens, token: _Token, message: str) -> InputError:
    return InputError([tokens.source.problem_at(token.place, message, _ONLY_FACTS)])

"""A small law about a lending library, and how tests read it."""

from pathlib import Path

from clingo.ast import AST, ASTType, parse_string

from reasoner.casefiles.case import Case, read_case_text
from reasoner.errors import InputError, Position
from reasoner.lawfiles.blocks import Block
from reasoner.lawfiles.declarations import build_vocabulary
from reasoner.lawfiles.vocabulary import Vocabulary
from reasoner.source import Source, byte_column

HERE = Path(__file__).parent


def collect_blocks(source: Source) -> list[Block]:
    """Collect the block comments of a law file, as the reader of the law does."""
    blocks: list[Block] = []

    def add(node: AST) -> None:
        if node.ast_type == ASTType.Comment and node.value.startswith("%*!"):
            begin = node.location.begin
            column = byte_column(source.line(begin.line), begin.column)
            blocks.append(Block(node.value, Position(source.path, begin.line, column)))

    parse_string(source.text, add, logger=lambda code, message: None)
    return blocks


def declare(text: str, **defaults: str) -> Vocabulary:
    """Build the vocabulary that a text declares."""
    source = Source("law.lp", text)
    return build_vocabulary(collect_blocks(source), [source], defaults)


def load_library() -> Vocabulary:
    """Build the vocabulary of the library."""
    text = (HERE / "good" / "library.lp").read_text(encoding="utf-8")
    return declare(text, late="tolerant(2)")


def read_text(text: str, path: str = "case.yaml") -> Case:
    """Read a case about the library."""
    return read_case_text(Source(path, text), load_library())


def explain(text: str, path: str = "case.yaml") -> str:
    """Give the problems of a case that cannot be read, as they are printed."""
    try:
        read_text(text, path)
    except InputError as error:
        return str(error)
    return ""

"""Read an annotated law directory: the rules, and what the comments say of them.

Only this module and :mod:`reasoner.lawfiles.syntax` see ``clingo.ast``. Comments are syntax nodes
there, so an annotation is found where the parser says it is and never by searching the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from clingo.ast import AST, ASTType, Sign, parse_files

from reasoner.errors import InputError, Problem
from reasoner.lawfiles.assemble import ENGLISH, Draft, Heading, assemble
from reasoner.lawfiles.blocks import Block
from reasoner.lawfiles.clingo_messages import clingo_problem
from reasoner.lawfiles.rules import Counterpart, Instrument, Law, Rule, Sentences
from reasoner.lawfiles.syntax import Syntax, squeeze
from reasoner.lawfiles.translation import RuleWords
from reasoner.source import Source, find_place, read_source

_LETTERS = re.compile(r'%\*|\*%|%[^\n]*|"(?:\\.|[^"\\\n])*"|[^\x00-\x7f]')
_INSTRUMENT = re.compile(r"(\S+)\s+(act|regulation|guidance)\s*:\s*(.*\S)")
_COUNTERPART = re.compile(r"(not\s+)?(\S+?):\s+(.*)")
_MARK = re.compile(r"%([->=~?+])(?:(fr)(?=\s|$))?(.*)")
_NOT_ENCODED = {"% Not encoded:": ENGLISH, "% Non codé :": "fr"}
_ALLOWED = {ASTType.Rule, ASTType.Comment, ASTType.Defined, ASTType.Program}
_REFUSED = {
    ASTType.Script: "a law file holds no scripts: it is read, never run",
    ASTType.External: "`#external` has no place in a law file",
    ASTType.ShowSignature: "`#show` has no place in a law file",
    ASTType.ShowTerm: "`#show` has no place in a law file",
    ASTType.Minimize: "`#minimize` has no place in a law file",
    ASTType.TheoryDefinition: "theory atoms have no place in a law file",
    ASTType.Definition: "`#const` has no place in a law file; write the constant where it is used",
}


def parse_law(folder: Path) -> Law:
    """Read a law directory with all its annotations and check what can be checked without a case.

    Args:
        folder: a folder with a ``main.lp``.

    Raises:
        InputError: with every problem found: syntax, words, unknown predicates, cycles.
    """
    main = folder / "main.lp"
    read_source(str(main))
    for path in sorted(folder.rglob("*.lp")):
        _refuse_letters(read_source(str(path)))
    reader = _Reader(folder.resolve())
    reader.read(_parse(main, reader))
    return assemble(reader.draft, folder, main)


def read_rules(node: AST, source: Source, problems: list[Problem]) -> list[Rule]:
    """Read a rule that is not the law's but speaks of it; a fact with pools gives several.

    Args:
        node: the rule, as clingo parsed it.
        source: the text that it stands in.
        problems: what is wrong with it goes there.
    """
    reader = _Reader(Path())
    reader.draft.sources[node.location.begin.filename] = source
    reader.read_alone(node)
    problems += reader.draft.problems
    return reader.draft.rules


def _refuse_letters(source: Source) -> None:
    """Refuse letters that clingo knows only in remarks: it breaks on them instead of saying so."""
    depth = 0
    for match in _LETTERS.finditer(source.text):
        if match[0] in ("%*", "*%"):
            depth = max(0, depth + (1 if match[0] == "%*" else -1))
        elif not depth and not match[0].isascii() and match[0][0] not in '%"':
            line, column = find_place(source.text, match.start())
            hint = "names are written with a to z; other letters may stand in remarks"
            message = f"the letter {match[0]} has no place in a rule"
            raise InputError([source.problem(message, line, column, 1, hint)])


def _parse(main: Path, reader: _Reader) -> list[AST]:
    nodes: list[AST] = []
    messages: list[str] = []
    try:
        parse_files([str(main)], nodes.append, logger=lambda _, text: messages.append(text))
    except RuntimeError:
        problems = [problem for text in messages for problem in reader.clingo_problems(text)]
        raise InputError(problems or [Problem(f"{main}: clingo cannot read this law")]) from None
    problems = [problem for text in messages for problem in reader.clingo_problems(text)]
    if problems:
        raise InputError(problems)
    return nodes


@dataclass(slots=True)
class _Pending:
    """Sentences in one language seen since the last rule, waiting for the next one.

    ``last`` is the sign, the comparison and the line of the last mark, which the next line may
    continue.
    """

    sentences: Sentences = field(default_factory=Sentences)
    comparisons: dict[str, Sentences] = field(default_factory=dict)
    last: tuple[str, str, int] = ("", "", 0)

    def say(self, sign: str, body: str, line: int) -> None:
        """Add what stands after a mark: a sentence, or more of the one on the line before."""
        key = ""
        if body.startswith("`") and body.count("`") >= 2:
            key, _, body = body[1:].partition("`")
            key, body = squeeze(key), body.strip()
        elif self.last[0] == sign and self.last[2] == line - 1:
            key = self.last[1]
        self.last = sign, key, line
        if key:
            self.comparisons[key] = _say(self.comparisons.get(key, Sentences()), sign, body)
        else:
            self.sentences = _say(self.sentences, sign, body)


class _Reader:
    """Collects rules, headings and blocks file by file, and every problem on the way."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.draft = Draft()
        self.syntax = Syntax(self.draft)

    # reading

    def read(self, nodes: Iterable[AST]) -> None:
        """Walk all nodes in the order of the files; comments come before what they describe."""
        files: dict[str, list[AST]] = {}
        for node in nodes:
            files.setdefault(node.location.begin.filename, []).append(node)
        for name, members in files.items():
            if not Path(name).resolve().is_relative_to(self.folder):
                continue  # told below, at the line that includes it
            members.sort(key=lambda n: (n.location.begin.line, n.location.begin.column))
            self._read_file(members)
            self._check_includes(name, files)

    def _check_includes(self, name: str, files: Iterable[str]) -> None:
        """Only what lies in the law directory is read; clingo has already put it in place."""
        foreign = [f for f in files if not Path(f).resolve().is_relative_to(self.folder)]
        source = self.draft.source(name)
        for number, line in enumerate(source.lines, 1):
            text = line.strip()
            if not text.startswith("#include"):
                continue
            what = text.removeprefix("#include").rstrip(". ").strip(' "')
            if what.startswith("<") or any(Path(f).name == Path(what).name for f in foreign):
                self.draft.problems.append(
                    source.problem(
                        f"{what} is included from outside the law directory",
                        number,
                        line.index("#") + 1,
                        len(text),
                        "copy the file into the law directory; only what lies there is read",
                    )
                )

    def _read_file(self, nodes: Sequence[AST]) -> None:
        instrument: Instrument | None = None
        heading: Heading | None = None
        pending = {ENGLISH: _Pending()}
        for node in nodes:
            if node.ast_type == ASTType.Comment:
                text = node.value
                if text.startswith("%*"):
                    if text.startswith("%*!"):
                        self.draft.blocks.append(Block(text, self.syntax.position(node)))
                    continue
                if text.startswith("%# "):
                    instrument = self._instrument(node, text[3:].strip())
                    heading = None
                elif text.startswith("%#fr ") and instrument is not None:
                    titles = self.draft.titles.setdefault("fr", {})
                    titles.setdefault(instrument.prefix, text[5:].strip())
                elif text.startswith("%##"):
                    heading = self._heading(node, text.lstrip("%#").strip(), instrument)
                    pending = {ENGLISH: _Pending()}
                else:
                    self._mark(node, text, heading, pending)
            elif node.ast_type == ASTType.Rule:
                self._rule(node, instrument, heading, pending)
                pending = {ENGLISH: _Pending()}
            elif node.ast_type == ASTType.Program:
                if node.name != "base" or node.parameters:
                    self.syntax.problem(
                        node, "`#program` parts make rules vanish: leave this line out"
                    )
            elif node.ast_type not in _ALLOWED:
                what = _REFUSED.get(node.ast_type, "this statement has no place in a law file")
                self.syntax.problem(node, what)

    def _instrument(self, node: AST, text: str) -> Instrument | None:
        match = _INSTRUMENT.fullmatch(text)
        if match is None:
            self.syntax.problem(
                node,
                f"`%# {text}` does not name an instrument",
                "write `%# R regulation: Title`, with act, regulation or guidance as the layer",
            )
            return None
        found = Instrument(match[1], match[2], match[3])
        self.draft.instruments.setdefault(found.prefix, found)
        return found

    def _heading(self, node: AST, text: str, instrument: Instrument | None) -> Heading | None:
        if instrument is None:
            self.syntax.problem(
                node,
                f"the heading {text} stands in a file that names no instrument",
                "begin the file with `%# R regulation: Title`",
            )
            return None
        pinpoint = f"{instrument.prefix}{text}"
        known = self.draft.headings.get(pinpoint)
        if known is None:
            known = Heading(pinpoint, instrument, self.syntax.position(node))
            self.draft.headings[pinpoint] = known
        return known

    def _mark(
        self, node: AST, text: str, heading: Heading | None, pending: dict[str, _Pending]
    ) -> None:
        match = _MARK.fullmatch(text)
        if match is None:
            for mark, language in _NOT_ENCODED.items():
                if heading is not None and text.startswith(mark):
                    heading.words(language).not_encoded = text.removeprefix(mark).strip()
            return
        mark, language, body = match[1], match[2] or ENGLISH, match[3].strip()
        if mark in "+-":
            words = pending.setdefault(language, _Pending())
            words.say(mark, body, self.syntax.position(node).line)
        elif heading is None:
            return
        elif mark == ">":
            heading.words(language).summary.append(body)
        elif mark == "=":
            heading.words(language).in_force.append(body)
        elif mark == "~":
            self._counterpart(node, body, heading, language)
        else:
            heading.question = self.syntax.position(node)
            heading.raised_by += [name.strip() for name in body.split(",") if name.strip()]

    def _counterpart(self, node: AST, body: str, heading: Heading, language: str) -> None:
        """What the law says of the same matter: ``A24(1): what it asks instead``.

        A line that names nothing goes on with the words of the one before; ``%~fr`` has them in
        French.
        """
        match = _COUNTERPART.fullmatch(body) if language == ENGLISH else None
        if match is not None:
            found = Counterpart(match[2], match[3], self.syntax.position(node), bool(match[1]))
            heading.counterparts.append(found)
        elif not heading.counterparts:
            hint = "write `%~ A24(1): what the law asks instead`"
            self.syntax.problem(node, "this remark on the law names no provision of it", hint)
        elif language == ENGLISH:
            last = heading.counterparts[-1]
            heading.counterparts[-1] = last._replace(words=f"{last.words} {body}")
        else:
            remarks, place = heading.words(language).remarks, len(heading.counterparts) - 1
            remarks[place] = f"{remarks.get(place, '')} {body}".strip()

    # rules

    def read_alone(self, node: AST) -> None:
        """Read a rule that stands under no heading and has no words."""
        self._rule(node, None, None, {ENGLISH: _Pending()})

    def _rule(
        self,
        node: AST,
        instrument: Instrument | None,
        heading: Heading | None,
        pending: Mapping[str, _Pending],
    ) -> None:
        position = self.syntax.position(node)
        self.syntax.explained = instrument is not None
        english = pending[ENGLISH]
        head = node.head
        if head.ast_type != ASTType.Literal or head.atom.ast_type != ASTType.SymbolicAtom:
            kind = "a constraint" if str(head) == "#false" else "a choice or a disjunction"
            self.syntax.problem(
                node,
                f"{kind} has no place in a law file",
                "every case must have one answer: write normal rules; "
                "contradictory facts derive `problem(Fact)`",
            )
            return
        if head.sign != Sign.NoSign or head.atom.symbol.ast_type == ASTType.UnaryOperation:
            self.syntax.problem(node, "the head of a rule cannot be negated")
            return
        atoms = self.syntax.heads(head.atom.symbol) if not node.body else None
        if atoms is None:
            atom = self.syntax.atom(head.atom.symbol)
            atoms = [] if atom is None else [atom]
        for atom in atoms:
            index = len(self.draft.rules)
            body = self.syntax.body(node, atom)
            if node.body and any("(" in t.text and ".." in t.text for t in atom.arguments):
                self.syntax.problem(node, "an interval in a head has to be written as a condition")
            self.draft.rules.append(
                Rule(
                    index,
                    atom,
                    body,
                    position,
                    str(node),
                    node.location.end.line,
                    heading.pinpoint if heading else "",
                    english.sentences,
                    english.comparisons,
                )
            )
            for language, words in pending.items():
                if language != ENGLISH:
                    said = RuleWords(words.sentences, words.comparisons)
                    self.draft.words.setdefault(language, {})[index] = said
            if heading is not None:
                heading.rules.append(index)
            unknown = {key for words in pending.values() for key in words.comparisons} - {
                c.key or c.terms[0].text for lit in body if (c := lit.comparison) is not None
            }
            for key in sorted(unknown):
                self.syntax.problem(
                    node,
                    f"no condition of this rule reads `{key}`",
                    "a sentence for a comparison repeats it as the rule has it",
                )

    # what clingo says

    def clingo_problems(self, text: str) -> list[Problem]:
        """A message of clingo as problems of ours, where it names a place."""
        return [clingo_problem(text, self.draft.source)]


def _say(old: Sentences, sign: str, words: str) -> Sentences:
    """Sentences with more words at the end of the one that a mark begins or continues."""
    if sign == "+":
        return old._replace(holds=f"{old.holds} {words}".strip())
    return old._replace(fails=f"{old.fails} {words}".strip())

"""Reading lines: from a terminal, with completion where the extra is installed, or from a pipe."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

if TYPE_CHECKING:
    from prompt_toolkit.completion import Completer

ReadLine = Callable[[str, Sequence[str]], str]
"""Reads a line after a prompt; the words are what may stand at the end of the line."""

HINT = "hint: `pip install reasoner[repl]` adds completion and history"


def line_reader(name: str, stream: TextIO | None = None) -> ReadLine:
    """How lines are read here.

    The reader raises EOFError at the end of the input and KeyboardInterrupt on Ctrl-C.

    Args:
        name: what the history of the lines is called.
        stream: where questions are printed, if not to standard output.
    """
    out = stream or sys.stdout
    if not (sys.stdin.isatty() and out is sys.stdout and out.isatty()):
        return _plain_reader(out)
    try:
        import prompt_toolkit  # noqa: F401 - whether it is there
    except ImportError:
        print(HINT, file=sys.stderr)
        return _read_plainly
    return toolkit_reader(name)


def _plain_reader(stream: TextIO) -> ReadLine:
    """Lines of the input, written to the output as they would stand on a terminal."""

    def read(prompt: str, words: Sequence[str]) -> str:
        typed = sys.stdin.isatty()
        stream.write(prompt if typed else "")
        stream.flush()
        line = sys.stdin.readline()
        if not line:
            raise EOFError
        line = line.rstrip("\r\n")
        stream.write("" if typed else f"{prompt}{line}".rstrip() + "\n")
        return line

    return read


def _read_plainly(prompt: str, words: Sequence[str]) -> str:
    return input(prompt)


def toolkit_reader(name: str, **settings: Any) -> ReadLine:
    """Lines read with prompt_toolkit, with completion and a history.

    Args:
        name: what the history of the lines is called; empty for none.
        settings: what else prompt_toolkit takes to read lines, such as its input and output.
    """
    from prompt_toolkit import PromptSession

    session: PromptSession[str] = PromptSession(history=_history(name), **settings)

    def read(prompt: str, words: Sequence[str]) -> str:
        return session.prompt(prompt, completer=completer(words), complete_while_typing=False)

    return read


def _history(name: str) -> Any:
    from prompt_toolkit.history import FileHistory, InMemoryHistory

    if not name:
        return InMemoryHistory()
    from platformdirs import user_data_path

    folder = Path(user_data_path("reasoner", appauthor=False))
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return InMemoryHistory()
    return FileHistory(str(folder / f"{name}.history"))


def completer(words: Sequence[str]) -> Completer:
    from prompt_toolkit.completion import Completer, Completion
    from prompt_toolkit.document import Document

    class Words(Completer):
        """What may stand where the cursor is, longest match of what was typed last."""

        def get_completions(self, document: Document, complete_event: object) -> Any:
            text = document.text_before_cursor
            for word in words:
                typed = overlap(text, word)
                if typed is not None:
                    yield Completion(word, start_position=-typed)

    return Words()


def overlap(text: str, word: str) -> int | None:
    """How much of the end of a text is the beginning of a word; None where it is not.

    Only whole words of the text count: what is typed after a space, or all of it.
    """
    folded, wanted = text.casefold().lstrip(), word.casefold()
    starts = [0, *(n + 1 for n, sign in enumerate(folded) if sign in " =.")]
    for start in starts:
        if wanted.startswith(folded[start:]):
            return len(folded) - start
    return None

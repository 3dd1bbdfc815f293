"""Messages of clingo turned into problems of ours, with the line and a caret."""

from __future__ import annotations

import re
from collections.abc import Callable

from reasoner.errors import Problem
from reasoner.source import Source


def clingo_problem(text: str, source: Callable[[str], Source]) -> Problem:
    """Turn ``file:line:column-column: error: text`` into a problem with the line and a caret."""
    match = re.match(r"(.+?):(\d+):(\d+)(?:-(?:(\d+):)?(\d+))?: \w+: (.*)", text, re.DOTALL)
    if match is None:
        return Problem(" ".join(text.split()))
    name, line, column, end = match[1], int(match[2]), int(match[3]), match[5]
    width = int(end) - column if end and not match[4] else 1
    message = " ".join(match[6].split())
    unsafe = re.match(
        r"unsafe variables in: (.*?)(?: \S+:\d+:\d+\S*: note: '(.*?)' is unsafe)", message
    )
    hint = ""
    if unsafe:
        names = re.findall(r"note: '(.*?)' is unsafe", message)
        message = f"unsafe rule: nothing binds {' and '.join(names)}"
        hint = "every variable must occur in a positive condition of the body"
    elif "syntax error" in message:
        hint = "is a full stop, a comma or a bracket missing just before this place?"
    if name.startswith("<"):  # a text that is no file
        return Problem(message, hint=hint)
    return source(name).problem(message, line, column, max(1, width), hint)

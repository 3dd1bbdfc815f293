"""Make the parts of the documentation that the program or the law can say itself.

``python docs/make.py`` rewrites README.md and the pages here; ``--check`` only names those that
are out of date. HTML comments say what is made:

======================================  ====================================================
``<!-- made by: COMMAND -->``           the next block is what the command prints; ``| head -N``
                                        may follow it
``<!-- saved as: FILE -->``             the next block is put into a file, for later commands
``<!-- appended to: FILE -->``          the next block is added to a file
``<!-- begins with: FOLDER -->``        later commands find a copy of the folder beside them
``<!-- list of: NAME -->``              all up to ``<!-- end of list -->`` comes from the law
======================================  ====================================================

A page that saves a file runs its commands in a folder of its own, any other in the checkout.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from reasoner.cli import main as run_command
from reasoner.law import load_law
from reasoner.rules import Law
from reasoner.vocabulary import Argument, Fact, Option, Reading

ROOT = Path(__file__).resolve().parent.parent
_DIRECTIVE = re.compile(
    r"<!-- (made by|saved as|appended to|begins with|list of): (.+?) -->\n"
    r"(?:(```\w*)\n(.*?)^```$|(.*?)(?=^<!-- end of list -->))?",
    re.DOTALL | re.MULTILINE,
)


def pages() -> list[Path]:
    """The pages of the documentation."""
    return [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


def make(text: str) -> str:
    """A page with everything in it made anew."""
    saves = re.search(r"<!-- (saved as|begins with): ", text) is not None
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder) if saves else ROOT
        return _DIRECTIVE.sub(lambda found: _make_part(found, here), text)


def _make_part(found: re.Match[str], here: Path) -> str:
    what, argument, fence, block, listing = found.groups()
    start = f"<!-- {what}: {argument} -->\n"
    if what == "begins with":
        shutil.copytree(ROOT / argument, here / Path(argument).name)
    elif what == "list of":
        return f"{start}\n{LISTS[argument](load_law()).rstrip()}\n\n"
    elif fence is None or listing is not None:
        raise SystemExit(f"no block follows: {start.strip()}")
    elif what == "made by":
        return f"{start}{fence}\n{printed(argument, here)}```"
    else:
        with open(here / argument, "a" if what == "appended to" else "w", encoding="utf-8") as file:
            file.write(("\n" if what == "appended to" else "") + block)
    return found[0]


def printed(command: str, here: Path) -> str:
    """What a command prints in a pipe, on both streams."""
    command, _, head = command.partition(" | head -")
    program, *arguments = shlex.split(command)
    assert program == "reasoner", command
    stream = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True)
    before = Path.cwd()
    os.chdir(here)
    try:
        with contextlib.redirect_stdout(stream), contextlib.redirect_stderr(stream):
            run_command(arguments)
    finally:
        os.chdir(before)
    stream.seek(0)
    lines = stream.read().replace(f"{ROOT}{os.sep}", "").splitlines(keepends=True)
    return "".join(lines[: int(head)] if head else lines)


# lists that come from the law


def list_readings(law: Law) -> str:
    """Every reading: where it is, its question, its options with the argument for each."""
    return "\n".join(_describe_reading(r) for r in law.vocabulary.readings.values())


def _describe_reading(reading: Reading) -> str:
    lines = [f"### `{reading.id}`", "", f"At {', '.join(reading.at)}. {reading.question}", ""]
    lines += [_describe_option(reading, option) for option in reading.options]
    return "\n".join([*lines, ""])


def _describe_option(reading: Reading, option: Option) -> str:
    name = f"{option.id}({option.parameter})" if option.parameter else option.id
    default = ""
    if option.id == reading.default.partition("(")[0]:
        default = " (default)" if option.parameter is None else f" (default: {reading.default})"
    authority = f" *{option.authority}*" if option.authority else ""
    return f"- **`{name}`**{default}: {option.text}. {option.why}{authority}"


def list_facts(law: Law) -> str:
    """Every fact by the section of a case file in which it stands."""
    parts = []
    for entity in law.vocabulary.entities.values():
        parts += [f"## {entity.section}", "", f"Each entry is a {entity.label}.", ""]
        facts = [f for f in law.vocabulary.facts.values() if f.section == entity.section]
        parts += [_describe_fact(law, fact) for fact in facts]
    return "\n".join(parts)


def _describe_fact(law: Law, fact: Fact) -> str:
    shown = _show_sentence(fact.sentence), _show_sentence(fact.negative)
    lines = [f"### `{fact.key}`", "", "```yaml", f"{_form(fact)}", "```", ""]
    lines += [f"Stated: {shown[0]}. Not stated, or denied: {shown[1]}.", ""]
    for key, argument in zip(fact.keys, fact.arguments[1:], strict=True):
        lines.append(f"- `{key}`: {_describe_argument(law, argument)}")
    if fact.keys:
        lines.append("")
    who = f" of {fact.settled_who}" if fact.settled_who else ""
    form = f"{fact.name}({', '.join(a.name for a in fact.arguments)})"
    lines += [f"{fact.settled_by.capitalize()}{who}. In a file of facts: `{form}`.", ""]
    return "\n".join(lines)


def _show_sentence(sentence: str) -> str:
    return re.sub(r"\{(\w+)\}", r"*\1*", sentence)


def _form(fact: Fact) -> str:
    if not fact.keys:
        return f"{fact.key}: yes"
    if len(fact.keys) == 1:
        return f"{fact.key}: <{fact.arguments[1].type}>"
    inner = ", ".join(
        f"{key}: <{a.type}>" for key, a in zip(fact.keys, fact.arguments[1:], strict=True)
    )
    return f"{fact.key}: {{{inner}}}"


def _describe_argument(law: Law, argument: Argument) -> str:
    text = f"{argument.meaning} ({argument.type.replace('_', ' ')}"
    if argument.after:
        text += f", {'after' if argument.strictly else 'not before'} *{argument.after}*"
    text += ")"
    if argument.default is not None:
        label = law.vocabulary.label(argument.type, argument.default)
        text += f"; may be left out: {label}"
    return text


def list_kinds(law: Law) -> str:
    """Every closed kind with its values."""
    parts = []
    for kind in law.vocabulary.kinds.values():
        parts += [f"### `{kind.name}`", "", kind.text, ""]
        parts += ["| written | in the law files | |", "| --- | --- | --- |"]
        parts += [f"| {v.label} | `{v.constant}` | {v.words} |" for v in kind.values.values()]
        parts.append("")
    return "\n".join(parts)


def list_provisions(law: Law) -> str:
    """Every provision by instrument: what it says in our words, and whether it has rules."""
    parts = []
    for instrument in law.instruments.values():
        found = [p for p in law.provisions.values() if p.instrument == instrument.prefix]
        parts += [f"### {instrument.prefix}: {instrument.title}", ""]
        for provision in found:
            text = f"- **{provision.pinpoint}** {provision.summary}"
            text += "".join(f" In force {note}." for note in provision.in_force)
            if provision.not_encoded:
                text += f" *Not encoded: {provision.not_encoded.rstrip('.')}.*"
            parts.append(text)
        parts.append("")
    return "\n".join(parts)


LISTS: dict[str, Callable[[Law], str]] = {
    "facts": list_facts,
    "kinds": list_kinds,
    "provisions": list_provisions,
    "readings": list_readings,
}


def stale() -> Iterator[Path]:
    """The pages of which something is out of date."""
    for path in pages():
        text = path.read_text(encoding="utf-8")
        if make(text) != text:
            yield path


def main() -> int:
    """Rewrite what is out of date, or only name it with ``--check``."""
    found = list(stale())
    for path in found:
        print(path.relative_to(ROOT))
        if "--check" not in sys.argv[1:]:
            path.write_text(make(path.read_text(encoding="utf-8")), encoding="utf-8")
    return int(bool(found) and "--check" in sys.argv[1:])


if __name__ == "__main__":
    raise SystemExit(main())

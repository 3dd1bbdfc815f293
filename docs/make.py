"""Make the parts of the documentation that the program or the law can say itself.

``python docs/make.py`` rewrites README.md and the pages here; ``--check`` only names those that
are out of date. HTML comments say what is made:

======================================  ====================================================
``<!-- made by: COMMAND -->``           the next block is what the command prints; ``| head -N``
                                        may follow it
``<!-- saved as: FILE -->``             the next block is put into a file, for later commands
``<!-- appended to: FILE -->``          the next block is added to a file
``<!-- begins with: FOLDER -->``        later commands find a copy of the folder beside them
``<!-- list of: NAME -->``              all up to ``<!-- end of list -->`` comes from the law;
                                        ``list of: division PAGE`` the provisions of a page
======================================  ====================================================

A page that saves a file runs its commands in a folder of its own, any other in the checkout.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import os
import re
import shlex
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import cache
from itertools import groupby
from pathlib import Path

from reasoner.cli import main as run_command
from reasoner.hypotheses.survey import order_of_law
from reasoner.lawfiles.law import load_law, shipped
from reasoner.lawfiles.rules import Law, Provision, Rule, is_below
from reasoner.lawfiles.translation import in_language
from reasoner.lawfiles.vocabulary import Argument, Fact, Option, Reading
from reasoner.official.inventory import read_reached
from reasoner.printing.browse import rule_text, settled_words, shipped_cases
from reasoner.solving.question import find_pinpoint
from reasoner.stories.claims import Claim, Readings, read_library
from reasoner.stories.stories import read_setting

ROOT = Path(__file__).resolve().parent.parent
_DIRECTIVE = re.compile(
    r"<!-- (made by|saved as|appended to|begins with|list of): (.+?) -->\n"
    r"(?:(```\w*)\n(.*?)^```$|(.*?)(?=^<!-- end of list -->))?",
    re.DOTALL | re.MULTILINE,
)


def pages() -> list[Path]:
    """The pages of the documentation."""
    return [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


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
        name, _, page = argument.partition(" ")
        made = list_division(_law(), page) if page else LISTS[name](_law())
        return f"{start}\n{made.rstrip()}\n\n"
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
    form = f"{fact.name}({', '.join(a.name for a in fact.arguments)})"
    settled = settled_words(fact)
    lines += [f"{settled[:1].upper()}{settled[1:]}. In a file of facts: `{form}`.", ""]
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


# The pages on the law: what each has, by section; what no other has is outside law.
DIVISIONS: dict[str, tuple[str, tuple[str, ...]]] = {
    "61-62-residency-obligation": ("The residency obligation", ("A28", "R61", "R62")),
    "63-65-permit-holders": ("Permits and the permit holder class", ("R63", "R64", "R65")),
    "65.1-becoming-a-permanent-resident": (
        "How permit holders become permanent residents",
        ("R65.1",),
    ),
    "66-69-humanitarian": (
        "Humanitarian and compassionate considerations",
        ("R66", "R67", "R68", "R69", "R69.1"),
    ),
    "70-visas": ("Permanent resident visas", ("R70",)),
    "guidance": ("The guidance on temporary resident permits", ("trp:",)),
    "outside": ("The law outside of these sections", ()),
}
MOST_CASES = 4


def _page_of(provision: Provision) -> str:
    """The page that a provision is on."""
    section = re.split(r"[(/]", provision.pinpoint)[0]
    for page, (_, sections) in DIVISIONS.items():
        if section in sections or any(s.endswith(":") and section.startswith(s) for s in sections):
            return page
    return "outside"


def list_divisions(law: Law) -> str:
    """The pages on the law, with how many provisions each has and how many have rules."""
    rows = ["| page | provisions | with rules |", "| --- | --- | --- |"]
    for page, (title, sections) in DIVISIONS.items():
        found = [p for p in law.provisions.values() if _page_of(p) == page]
        encoded = sum(bool(p.rules) for p in found)
        named = f" ({', '.join(s for s in sections if s[-1] != ':')})" if page[0] in "67" else ""
        rows.append(f"| [{title}](law/{page}.md){named} | {len(found)} | {encoded} |")
    return "\n".join(rows)


def list_division(law: Law, page: str) -> str:
    """The provisions of a page, each with its rules, sentences, readings and cases."""
    cases = _cases()
    french = in_language(law, "fr")
    parts = []
    for instrument in law.instruments.values():
        found = [
            p
            for p in sorted(law.provisions.values(), key=lambda p: order_of_law(law, p.pinpoint))
            if p.instrument == instrument.prefix and _page_of(p) == page
        ]
        if found:
            parts += [f"## {instrument.title}", ""]
        for provision in found:
            parts += _describe_provision(law, french, provision, cases)
    return "\n".join(parts)


def _describe_provision(
    law: Law, french: Law, provision: Provision, cases: _Cases
) -> Iterator[str]:
    pinpoint = provision.pinpoint
    yield from (f"### {pinpoint}", "", provision.summary, "")
    for note in provision.in_force:
        yield from (f"In force {note}.", "")
    if provision.not_encoded:
        yield from (f"*Not encoded: {provision.not_encoded.rstrip('.')}.*", "")
    if provision.rules:
        path = Path(provision.position.path).resolve().relative_to(ROOT).as_posix()
        yield from (f"In `{path}`:", "")
    for _, rules in groupby((law.rules[n] for n in provision.rules), lambda r: r.position):
        rule = next(rules)
        yield from ("```prolog", rule_text(rule), "```", "")
        yield from _sentences(rule, french.rules[rule.number])
    readings = [
        r.id
        for r in law.vocabulary.readings.values()
        if any(at == pinpoint or is_below(at, pinpoint) for at in r.at)
    ]
    if readings:
        links = ", ".join(f"[{name}](../readings.md#{name})" for name in readings)
        yield from (f"Readings: {links}", "")
    for words, way in (("Met", True), ("Not met", False)):
        found, number = cases.get((pinpoint, way), ({}, 0))
        if found:
            links = ", ".join(
                f"[{name}](../../{path})" for name, path in list(found.items())[:MOST_CASES]
            )
            more = f" and in {number - len(found)} more" if number > len(found) else ""
            yield from (f"{words} in {links}{more}", "")


def _sentences(rule: Rule, other: Rule) -> Iterator[str]:
    """What is said when a rule holds and when nothing does, in both languages."""
    rows = []
    for mark, way in (("✓", "holds"), ("✗", "fails")):
        for spoken in (rule, other):
            words = getattr(spoken.sentences, way)
            if words and not (spoken is other and words == getattr(rule.sentences, way)):
                rows.append(f"- {mark} {_show_sentence(words)}")
    for key, said in rule.comparisons.items():
        theirs = other.comparisons.get(key, said)
        for mark, way in (("✓", "holds"), ("✗", "fails")):
            for words in dict.fromkeys((getattr(said, way), getattr(theirs, way))):
                if words:
                    rows.append(f"- {mark} `{key}`: {_show_sentence(words)}")
    if rows:
        yield from (*rows, "")


_Cases = dict[tuple[str, bool], tuple[dict[str, str], int]]


def list_axioms(law: Law) -> str:
    """Every axiom with its sentences, under the name of its file."""
    axioms = read_setting(law).axioms
    rows = []
    for path, group in groupby(axioms, lambda axiom: axiom.pieces[0].head.position.path):
        rows += [f"### {Path(path).stem.capitalize()}\n", "| name | sentence | in French |"]
        rows.append("| --- | --- | --- |")
        rows += [f"| `{a.name}` | {a.words['en']} | {a.words['fr']} |" for a in group]
        rows.append("")
    return "\n".join(rows)


def list_claims(law: Law) -> str:
    """Every claim of the library with the verdicts expected of it, under the name of its file."""
    rows = []
    claims = read_library(law, [shipped("claims")])
    for path, group in groupby(claims, lambda claim: claim.position.path):
        rows += [f"### {Path(path).stem.capitalize()}\n"]
        rows += ["| claim | in words | verdict | under other readings | turns on |"]
        rows += ["| --- | --- | --- | --- | --- |"]
        rows += [_describe_claim(claim) for claim in group]
        rows.append("")
    return "\n".join(rows)


def _describe_claim(claim: Claim) -> str:
    verdict = claim.expected
    if claim.readings:
        verdict += f" with {_written(claim.readings)}"
    if claim.case:
        verdict += f", by the case `{claim.case}`"
    under = [f"{verdict} with {_written(readings)}" for readings, verdict in claim.under]
    if claim.anyway:
        under.append(f"{claim.anyway} with any")
    cells = (claim.words["en"], verdict, "; ".join(under), ", ".join(claim.story))
    return f"| `{claim.name}` | {' | '.join(cells)} |"


def _written(readings: Readings) -> str:
    return ", ".join(f"`{name}={option}`" for name, option in readings)


AUDITED = ROOT / "docs" / "audited.json"
NO_STORY = ("dead", "always", "clause", "nowhere", "condition", "moment", "idle", "round")
"""The kinds of findings that say that there is no story."""
ONLY_COUNTED = ("condition", "unreached")


def digest_of(law: Law) -> str:
    """What tells a law and its world from others, whatever is said about them."""
    from reasoner.stories.stories import read_setting

    setting = read_setting(law)
    rules = sorted([*(rule.text for rule in law.rules), *setting.rules, *setting.axiom_rules])
    return hashlib.sha256("\n".join(rules).encode()).hexdigest()[:16]


def list_audited(law: Law) -> str:
    """How many findings of each kind an audit of the law had, and the graver ones."""
    kept = json.loads(AUDITED.read_text(encoding="utf-8"))
    since = "" if kept["law"] == digest_of(law) else " The law has changed since."
    rows = [
        f"An audit of the whole law found this.{since}",
        "",
        "| Kind | Findings |",
        "| --- | --- |",
    ]
    rows += [f"| `{kind}` | {number} |" for kind, number in kept["counts"].items()]
    rows += ["", "| Kind | Where | What |", "| --- | --- | --- |"]
    for found in kept["findings"]:
        if found["kind"] not in ONLY_COUNTED:
            part = " (in part of the scope)" if _in_part(found) else ""
            words = found["what"].replace("|", "/")
            rows.append(f"| `{found['kind']}`{part} | {found['where']} | {words} |")
    return "\n".join(rows)


def _in_part(found: dict[str, object]) -> bool:
    return found["kind"] in NO_STORY and not found["whole"]


@cache
def _law() -> Law:
    """The law that comes with the program, read once."""
    return load_law()


@cache
def _cases() -> _Cases:
    """The shipped cases that meet each provision and that do not: some by name, and how many.

    Those that ask about a provision by itself come first, then the one that the count of all
    cases gives as telling; the numbers are those of that count.
    """
    law = _law()
    shipped = dict(shipped_cases(law))
    paths = {
        name: Path(case.path).resolve().relative_to(ROOT).as_posix()
        for name, case in shipped.items()
    }
    found: dict[tuple[str, bool], dict[str, str]] = {}
    for name, case in shipped.items():
        for expectation in case.expectations:
            if expectation.answer in ("yes", "no") and not expectation.readings:
                bare = expectation.question.partition("(")[0]
                homes = [home for (head, _), home in law.homes.items() if head == bare]
                pinpoint = find_pinpoint(law, expectation.question) or "".join(homes[:1])
                key = pinpoint, expectation.answer == "yes"
                found.setdefault(key, {})[name] = paths[name]
    cases: _Cases = {}
    counted = read_reached()
    for pinpoint in law.provisions:
        row = counted.get(pinpoint)
        for way in (True, False):
            named = dict(list(found.get((pinpoint, way), {}).items())[:MOST_CASES])
            example = row.examples[0 if way else 1] if row else ""
            if example in paths and len(named) < MOST_CASES:
                named.setdefault(example, paths[example])
            number = (row.met if way else row.not_met) if row else len(named)
            cases[pinpoint, way] = named, max(number, len(named))
    return cases


LISTS: dict[str, Callable[[Law], str]] = {
    "audited": list_audited,
    "axioms": list_axioms,
    "claims": list_claims,
    "divisions": list_divisions,
    "facts": list_facts,
    "kinds": list_kinds,
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

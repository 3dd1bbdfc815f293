"""Print what the law files say: a provision, the vocabulary, the readings, the shipped cases."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reasoner.errors import InputError, Problem, closest
from reasoner.lawfiles.rules import Counterpart, Law, Rule, is_below
from reasoner.lawfiles.vocabulary import TEXTS, Fact, Option, Reading
from reasoner.printing.show import Row, Span, paragraph
from reasoner.solving.question import find_pinpoint
from reasoner.source import nearest_path, read_source
from reasoner.wording.phrases import phrases

if TYPE_CHECKING:
    from reasoner.wording.interface import Phrases

CASES_SHOWN = 12


def pinpoint_of(law: Law, text: str) -> str:
    """The pinpoint that a person means.

    Raises:
        InputError: when the law has no such provision.
    """
    pinpoint = find_pinpoint(law, text)
    if pinpoint is None:
        bare = [p[len(law.provisions[p].instrument) :] for p in law.provisions]
        hint = closest(text, [*law.provisions, *bare])
        raise InputError([Problem(f"the law has no provision {text!r}", hint=hint)])
    return pinpoint


def provision_json(law: Law, text: str) -> dict[str, Any]:
    """What is known of a provision as plain data.

    Raises:
        InputError: when the law has no such provision.
    """
    pinpoint = pinpoint_of(law, text)
    provision = law.provisions[pinpoint]
    return {
        "schema": "reasoner/provision/1",
        "pinpoint": pinpoint,
        "instrument": law.instruments[provision.instrument].title,
        "layer": provision.layer,
        "summary": provision.summary,
        "in_force": list(provision.in_force),
        "not_encoded": provision.not_encoded,
        "law": [_counterpart_json(law, c) for c in provision.counterparts],
        "guidance": [
            p.pinpoint
            for p in law.provisions.values()
            if any(_home(law, c) == pinpoint for c in p.counterparts)
        ],
        "rules": [_rule_json(law.rules[i]) for i in provision.rules],
        "below": [p for p in law.provisions if is_below(p, pinpoint)],
        "readings": [
            r.id
            for r in law.vocabulary.readings.values()
            if any(at == pinpoint or is_below(at, pinpoint) for at in r.at)
        ],
        "cases": cases_touching(law, pinpoint),
    }


def _counterpart_json(law: Law, counterpart: Counterpart) -> dict[str, Any]:
    return {
        "pinpoint": _home(law, counterpart),
        "opposed": counterpart.opposed,
        "words": counterpart.words,
    }


def _home(law: Law, counterpart: Counterpart) -> str:
    """The provision of the law that guidance is held against."""
    named = (home for (name, _), home in law.homes.items() if name == counterpart.question)
    return next(named, counterpart.question)


def _rule_json(rule: Rule) -> dict[str, Any]:
    return {
        "path": rule.position.path,
        "line": rule.position.line,
        "text": rule_text(rule),
        "holds": rule.sentences.holds,
        "fails": rule.sentences.fails,
    }


def rule_text(rule: Rule) -> str:
    """A rule as its file has it."""
    lines = read_source(rule.position.path).lines
    return "\n".join(lines[rule.position.line - 1 : rule.last_line])


def provision_rows(
    law: Law, text: str, width: int, official: Iterable[Row] = (), language: str = "en"
) -> Iterator[Row]:
    """A provision for reading: summary, official words if given, rules, readings, cases."""
    say = phrases(language)
    data = provision_json(law, text)
    yield [
        Span(data["pinpoint"], "bold cyan"),
        Span(f"  {data['instrument']}, {say.layer(data['layer'])}", "dim"),
    ]
    yield from paragraph(data["summary"], width)
    for note in data["in_force"]:
        yield from paragraph(say.in_force_note(note), width)
    if data["not_encoded"]:
        yield from paragraph(say.not_encoded(data["not_encoded"]), width)
    for other in data["law"]:
        yield from paragraph(say.law_on_it(other["pinpoint"], other["words"]), width)
    if data["guidance"]:
        yield from paragraph(say.guidance_on_it(data["guidance"]), width)
    yield from official
    for rule in data["rules"]:
        yield [Span("")]
        yield [Span(f"{nearest_path(rule['path'])}:{rule['line']}", "dim")]
        if rule["holds"]:
            yield from paragraph(f"+ {rule['holds']}", width, "  ", "green")
        if rule["fails"]:
            yield from paragraph(f"- {rule['fails']}", width, "  ", "red")
        for line in rule["text"].split("\n"):
            yield [Span(f"  {line}")]
    if data["below"]:
        yield [Span("")]
        yield from paragraph(say.below_it(data["below"]), width)
    for name in data["readings"]:
        yield [Span("")]
        yield from _reading_rows(law.vocabulary.readings[name], width, say, short=True)
    yield [Span("")]
    cases = data["cases"]
    words = say.cases_named(cases[:CASES_SHOWN], max(0, len(cases) - CASES_SHOWN))
    yield from paragraph(words, width)


def shipped_cases(law: Law) -> Iterator[tuple[str, Any]]:
    """The cases that come with the program and can be read under a law: name and case."""
    from reasoner.casefiles.case import read_case
    from reasoner.casefiles.shelf import case_files
    from reasoner.lawfiles.law import shipped

    folder = shipped("cases")
    if not folder.is_dir():
        return
    for path in case_files(folder):
        try:
            yield path.stem, read_case(str(path), law.vocabulary)
        except InputError:
            continue


def cases_touching(law: Law, pinpoint: str) -> list[str]:
    """The shipped cases that ask about a provision or say that it decides."""
    found = []
    for name, case in shipped_cases(law):
        named = {p for e in case.expectations for p in (*e.decided_by, e.question)}
        whole = {find_pinpoint(law, p) or p for p in named}
        if any(p == pinpoint or is_below(p, pinpoint) for p in whole):
            found.append(name)
    return found


def cases_json(law: Law, word: str | None) -> dict[str, Any]:
    """The shipped cases as plain data."""
    counted = _near_misses()
    rows = [
        {
            "name": n,
            "title": c.title,
            "description": c.description,
            "path": c.path,
            "question": c.question,
            "expectations": len(c.expectations),
            "near_misses": counted.get(n, 0),
        }
        for n, c in shipped_cases(law)
        if _mentions(word, n, c.title, c.description, c.question or "")
    ]
    return {"schema": "reasoner/cases/1", "cases": rows}


def _near_misses() -> dict[str, int]:
    """How many near misses of each shipped case come with the program."""
    from reasoner.casefiles.near_misses import count_near_misses
    from reasoner.casefiles.shelf import NEAR_MISSES, case_files
    from reasoner.lawfiles.law import shipped

    folder = shipped("cases") / NEAR_MISSES
    files = case_files(folder) if folder.is_dir() else []
    return {path.stem: count_near_misses(path) for path in files}


def cases_rows(law: Law, word: str | None, width: int, language: str = "en") -> Iterator[Row]:
    """The shipped cases by folder, a line each."""
    say = phrases(language)
    folder = ""
    for row in cases_json(law, word)["cases"]:
        here = Path(row["path"]).parent.name
        if here != folder:
            if folder:
                yield [Span("")]
            yield [Span(here, "bold")]
            folder = here
        line = [Span(f"  {row['name']}  ", "cyan"), Span(row["title"])]
        if row["near_misses"]:
            line.append(Span(f"  ({say.and_near_misses()})", "dim"))
        yield line
    if not folder:
        yield [Span(say.nothing_listed("case", word or ""))]


def facts_json(law: Law, word: str | None) -> dict[str, Any]:
    """The vocabulary as plain data."""
    return {
        "schema": "reasoner/facts/1",
        "facts": [
            {
                "name": f.name,
                "written": f"{f.section}.{f.key}" if f.section else None,
                "sentence": f.sentence,
                "arguments": [
                    {"name": key, "type": a.type, "default": a.default, "meaning": a.meaning}
                    for key, a in zip((f.key or "", *f.keys), f.arguments, strict=False)
                ],
                "settled_by": f.settled_by,
                "who": f.settled_who,
                "can_change": f.can_change.how,
                "changed_by": f.can_change.who or None,
                "question": f.ask,
            }
            for f in _facts(law, word)
        ],
        "kinds": {
            k.name: {v.constant: v.label for v in k.values.values()}
            for k in law.vocabulary.kinds.values()
            if _mentions(word, k.name, *(v.label for v in k.values.values()))
        },
    }


def _facts(law: Law, word: str | None) -> Iterator[Fact]:
    for fact in law.vocabulary.facts.values():
        if fact.section and _mentions(word, fact.name, fact.key or "", fact.section, fact.sentence):
            yield fact


def facts_rows(law: Law, word: str | None, width: int, language: str = "en") -> Iterator[Row]:
    """The facts by section of a case file: how each is written, what it says, who settles it."""
    section = ""
    for fact in _facts(law, word):
        if fact.section != section:
            if section:
                yield [Span("")]
            yield [Span(f"{fact.section}:", "bold")]
            section = fact.section or ""
        yield [Span(f"  {_form(law, fact)}", "cyan")]
        text = fact.sentence.replace("{", "").replace("}", "")
        yield from paragraph(f"{text} ({settled_words(fact, language)})", width, "      ")
    kinds = facts_json(law, word)["kinds"]
    for name, values in kinds.items():
        yield [Span("")]
        yield [Span(f"{name}: ", "bold"), Span(law.vocabulary.kinds[name].text)]
        yield from paragraph(", ".join(values.values()), width, "  ")
    if not section and not kinds:
        yield [Span(phrases(language).nothing_listed("fact", word or ""))]


def settled_words(fact: Fact, language: str = "en") -> str:
    """Who settles a fact, and whether it can still change."""
    how, who = fact.can_change
    if how == "by" and who == fact.settled_who:
        how = ""
    by = who.replace("{", "").replace("}", "")
    return phrases(language).who_settles(fact.settled_by, fact.settled_who or "", how, by)


def _form(law: Law, fact: Fact) -> str:
    """How a fact is written in a case file."""
    rest = fact.arguments[1:]
    if not rest:
        return f"{fact.key}: yes | no | unknown"
    if len(rest) == 1:
        return f"{fact.key}: {_type(rest[0].type)}"
    parts = [
        f"{key}: {_type(a.type)}" + ("?" if a.default else "")
        for key, a in zip(fact.keys, rest, strict=True)
    ]
    return f"{fact.key}: {{{', '.join(parts)}}}"


def _type(name: str) -> str:
    return {"date": "2024-06-01", "number": "7"}.get(name, name.upper())


def readings_json(law: Law, word: str | None, language: str | None = None) -> dict[str, Any]:
    """The readings as plain data; with a language, those on which the official texts differ."""
    return {
        "schema": "reasoner/readings/1",
        "readings": [
            {
                "id": r.id,
                "question": r.question,
                "at": list(r.at),
                "default": r.default,
                "options": [
                    {
                        "id": o.id,
                        "parameter": o.parameter,
                        "text": o.text,
                        "why": o.why,
                        "authority": o.authority,
                        "favoured_by": o.language or None,
                    }
                    for o in r.options
                ],
            }
            for r in _chosen(law.vocabulary.readings, word, language)
        ],
    }


def _chosen(
    readings: Mapping[str, Reading], word: str | None, language: str | None
) -> Iterator[Reading]:
    for reading in readings.values():
        if language and not any(option.language for option in reading.options):
            continue
        if _mentions(word, reading.id, reading.question, *reading.at):
            yield reading


def readings_rows(
    law: Law,
    word: str | None,
    width: int,
    text: str | None = None,
    language: str = "en",
) -> Iterator[Row]:
    """The readings: the open question, the options, the argument for each.

    With a text, the readings on which the official texts differ: the option that the text in
    this language favours, and the one that the other text favours.
    """
    say = phrases(language)
    found = list(_chosen(law.vocabulary.readings, word, text))
    for place, reading in enumerate(found):
        if place:
            yield [Span("")]
        if text:
            yield from _favoured_rows(reading, text, width, say)
        else:
            yield from _reading_rows(reading, width, say, short=False)
    if not found:
        yield [Span(say.nothing_listed("reading", word or ""))]


def _favoured_rows(reading: Reading, language: str, width: int, say: Phrases) -> Iterator[Row]:
    yield [Span(reading.id, "bold"), Span(f"  {', '.join(reading.at)}", "cyan")]
    yield from paragraph(reading.question, width)
    for name, text in sorted(TEXTS.items(), key=lambda item: item[1] != language):
        option = next((o for o in reading.options if o.language == text), None)
        if option is None:
            yield from paragraph(say.left_open_by(name, reading.default), width, "  ")
            continue
        words = say.usual_option(option.id, option.text, _is_default(reading, option))
        yield from paragraph(say.text_says(name, words), width, "  ")
        yield from paragraph(option.why, width, "      ", "dim")


def _reading_rows(reading: Reading, width: int, say: Phrases, *, short: bool) -> Iterator[Row]:
    yield [Span(reading.id, "bold"), Span(f"  {', '.join(reading.at)}", "cyan")]
    yield from paragraph(reading.question, width)
    for option in reading.options:
        name = option.id + (f"({option.parameter})" if option.parameter else "")
        words = say.usual_option(name, option.text, _is_default(reading, option))
        yield from paragraph(words, width, "  ")
        if not short:
            if option.why:
                yield from paragraph(option.why, width, "      ", "dim")
            if option.authority:
                yield from paragraph(say.option_from(option.authority), width, "      ", "dim")
            for name, text in TEXTS.items():
                if option.language == text:
                    yield from paragraph(say.favoured_by(name), width, "      ", "dim")


def _is_default(reading: Reading, option: Option) -> bool:
    return option.id == reading.default.partition("(")[0]


def _mentions(word: str | None, *texts: str) -> bool:
    return word is None or any(word.lower() in text.lower() for text in texts)

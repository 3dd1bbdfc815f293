"""Lay out the verdicts on claims, and the cases that break them; as JUnit XML and data as well."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from reasoner.lawfiles.rules import Law
from reasoner.printing.show import Row, Span, cells, paragraph, wrap
from reasoner.stories.claims import Claim, Readings
from reasoner.stories.tried import Tried
from reasoner.stories.verdicts import OPEN, Verdict
from reasoner.wording.phrases import phrases
from reasoner.wording.words import FAILS, HOLDS

if TYPE_CHECKING:
    from reasoner.wording.interface import Phrases

SCHEMA = "reasoner/claims/1"
CASES_SCHEMA = "reasoner/claims-cases/1"


class Timed(NamedTuple):
    """A verdict, and how many seconds it took."""

    verdict: Verdict
    seconds: float


def words_rows(claim: Claim, width: int, language: str) -> Iterator[Row]:
    """A claim in words, and the provisions on which a story against it turns."""
    yield from paragraph(f"{claim.name}: {_words(claim, language)}", width, style="bold")
    if claim.story:
        say = phrases(language)
        yield from paragraph(say.story_turns_on(claim.story), width, style="dim")


def verdict_rows(
    timed: Timed, claim: Claim, names: int, width: int, language: str
) -> Iterator[Row]:
    """A line for a verdict; what is otherwise than expected is said below it.

    Args:
        timed: the verdict.
        claim: the claim.
        names: how many cells the names of claims take.
        width: cells to print in.
        language: the language of the words.
    """
    say = phrases(language)
    found = timed.verdict
    sign, style = (HOLDS, "green") if found.passed else (FAILS, "red")
    parts = [say.claim_verdict(found.verdict), *_under(found.readings, claim, say)]
    if found.facts:
        parts.append(say.story_size(found.facts))
    lead = f"{sign} {found.claim.ljust(names)}  "
    first, *rest = wrap(", ".join(parts), width - cells(lead) - 10, width - cells(lead) - 10)
    room = " " * max(1, width - cells(lead) - cells(first) - 9)
    yield [
        Span(sign, style),
        Span(lead[len(sign) :]),
        Span(first),
        Span(f"{room}{timed.seconds:7.1f} s", "dim"),
    ]
    for line in rest:
        yield [Span(" " * cells(lead)), Span(line)]
    if not found.passed:
        reasons = [say.verdict_expected(found.expected)] if found.expected else []
        if found.verdict == OPEN:
            reasons.append(say.search_open(found.too_large, found.ended))
        yield from paragraph(" ".join(reasons), width, " " * cells(lead), "red")


def summary_row(several: Sequence[Timed], language: str) -> Row:
    """How many claims and verdicts there are, and how many are otherwise than expected."""
    claims = {timed.verdict.claim for timed in several}
    failed = sum(not timed.verdict.passed for timed in several)
    seconds = sum(timed.seconds for timed in several)
    return [Span(phrases(language).claims_summary(len(claims), len(several), failed, seconds))]


def as_json(claims: Sequence[Claim], several: Iterable[Timed], language: str) -> Any:
    """The claims with their verdicts as plain data."""
    by_claim: dict[str, list[Timed]] = {claim.name: [] for claim in claims}
    for timed in several:
        by_claim[timed.verdict.claim].append(timed)
    return {
        "schema": SCHEMA,
        "language": language,
        "claims": [
            {
                "name": claim.name,
                "words": _words(claim, language),
                "file": claim.position.path,
                "line": claim.position.line,
                "story": list(claim.story),
                "verdicts": [_verdict_json(timed) for timed in by_claim[claim.name]],
            }
            for claim in claims
        ],
        "passed": all(t.verdict.passed for found in by_claim.values() for t in found),
    }


def _verdict_json(timed: Timed) -> Any:
    found = timed.verdict
    return {
        "readings": None if found.readings is None else dict(found.readings),
        "verdict": found.verdict,
        "expected": found.expected or None,
        "passed": found.passed,
        "facts": found.facts,
        "entities": found.entities,
        "turns_on": list(found.turns_on),
        "too_large": found.too_large,
        "ended": found.ended,
        "seconds": round(timed.seconds, 2),
    }


def junit(claims: Sequence[Claim], several: Sequence[Timed]) -> bytes:
    """The verdicts as JUnit XML."""
    from xml.etree import ElementTree

    places = {claim.name: claim.position for claim in claims}
    failed = sum(not timed.verdict.passed for timed in several)
    suite = ElementTree.Element(
        "testsuite", name="reasoner claims", tests=str(len(several)), failures=str(failed)
    )
    for timed in several:
        found = timed.verdict
        test = ElementTree.SubElement(
            suite,
            "testcase",
            classname=found.claim,
            name=_named(found.readings),
            file=places[found.claim].path,
            line=str(places[found.claim].line),
            time=f"{timed.seconds:.2f}",
        )
        if not found.passed:
            message = f"expected {found.expected or 'a verdict'}, got {found.verdict}"
            ElementTree.SubElement(test, "failure", message=message)
    ElementTree.indent(suite)
    data: bytes = ElementTree.tostring(suite, encoding="utf-8", xml_declaration=True)
    return data


def cases_rows(
    law: Law, claims: Sequence[Claim], tried: Iterable[Tried], width: int, language: str
) -> Iterator[Row]:
    """For each claim the cases that break it, with the readings and dates of the law they need."""
    say = phrases(language)
    broken = _by_claim(claims, tried)
    for claim in claims:
        yield from paragraph(f"{claim.name}: {_words(claim, language)}", width, style="bold")
        if not broken[claim.name]:
            yield from paragraph(say.no_case_breaks(), width, "  ", "dim")
        for words, names in _grouped(law, broken[claim.name], say):
            text = f"{words}: {', '.join(names)}" if words else ", ".join(names)
            yield from paragraph(text, width, "  ")


def cases_json(claims: Sequence[Claim], tried: Iterable[Tried], language: str) -> Any:
    """The same as plain data."""
    broken = _by_claim(claims, tried)
    return {
        "schema": CASES_SCHEMA,
        "language": language,
        "claims": [
            {
                "name": claim.name,
                "words": _words(claim, language),
                "broken_by": [
                    {
                        "case": Path(one.case.path).stem,
                        "as_of": one.world.day,
                        "law_date": one.world.law_date,
                        "readings": dict(one.world.readings),
                    }
                    for one in broken[claim.name]
                ],
            }
            for claim in claims
        ],
    }


def _by_claim(claims: Sequence[Claim], tried: Iterable[Tried]) -> Mapping[str, list[Tried]]:
    found: dict[str, list[Tried]] = {claim.name: [] for claim in claims}
    for one in tried:
        for name in one.broken:
            found[name].append(one)
    return found


def _grouped(
    law: Law, broken: Iterable[Tried], say: Phrases
) -> Iterator[tuple[str, Sequence[str]]]:
    """The names of cases, by what has to be chosen for them to break a claim."""
    groups: dict[str, dict[str, None]] = {}
    for one in broken:
        date = (
            ""
            if one.world.law_date is None
            else law.vocabulary.label("date", str(one.world.law_date))
        )
        options = [say.option(name, option) for name, option in sorted(one.world.readings)]
        words = say.under(options, date).removesuffix(".") if options or date else ""
        groups.setdefault(words, {})[Path(one.case.path).stem] = None
    for words, names in sorted(groups.items()):
        yield words, sorted(names)


def _under(readings: Readings | None, claim: Claim, say: Phrases) -> list[str]:
    """The readings that a verdict is given under, where they are not the claim's own."""
    if readings is None:
        return [say.under_any_readings()]
    more = [choice for choice in readings if choice not in claim.readings]
    text = say.under([say.option(*choice) for choice in more], "") if more else ""
    return [text[:1].lower() + text[1:].removesuffix(".")] if text else []


def _named(readings: Readings | None) -> str:
    if readings is None:
        return "any readings"
    return " ".join(f"{name}={option}" for name, option in readings) or "usual readings"


def _words(claim: Claim, language: str) -> str:
    return claim.words.get(language) or claim.words.get("en", "")

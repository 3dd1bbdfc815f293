"""Say a condition of the law as it stands there, of nobody in particular or of a story."""

from __future__ import annotations

import re
from collections.abc import Mapping

from reasoner.lawfiles.rules import Comparison, Literal, Rule, Term
from reasoner.wording.words import Speaker

_TWICE = re.compile(r"\b(du |au |l[ea] |l['’]|the )?(\w+) ((?:any|une?) \2)\b")
_CONTRACTED = {"du ": "d'", "au ": "à "}


def describe_condition(
    speaker: Speaker, rule: Rule, literal: Literal, known: Mapping[str, str] = {}
) -> str:
    """A condition of a rule in a sentence, in which what is not known is "any" of its sort.

    Empty where the law has no words for what is asked.

    Args:
        speaker: who says it, and in which language.
        rule: the rule of the law.
        literal: its condition, or one inside a count of it.
        known: what some variables of the rule stand for.
    """
    law = speaker.law
    atom = literal.atom
    if literal.comparison is not None:
        return _compared(speaker, rule, literal.comparison, known)
    if atom is None:
        return ""
    if atom.signature == law.reading:
        name, option = (term.text for term in atom.arguments)
        declared = law.vocabulary.readings.get(name)
        options = declared.options if declared else ()
        bare = option.partition("(")[0]
        text = next((o.text for o in options if o.id == bare), "")
        shown = option if text else speaker.say.anything("option")
        return speaker.say.reading(name, shown, text, not literal.negated)
    if atom.signature not in law.sentences and atom.name not in law.vocabulary.facts:
        return ""
    arguments = [_known(term, known) for term in atom.arguments]
    return say_once(speaker.atom(atom.signature, arguments, not literal.negated))


def bind(rule: Rule, conclusion: tuple[str, ...]) -> dict[str, str]:
    """What the variables of a rule stand for where it gives some conclusion."""
    pairs = zip(rule.head.arguments, conclusion, strict=True)
    return {term.text: value for term, value in pairs if term.is_variable and value != "_"}


def say_once(text: str) -> str:
    """A sentence in which "plot any plot" is any plot, "du lot un lot" d'un lot."""
    return _TWICE.sub(lambda m: _CONTRACTED.get(m[1] or "", "") + m[3], text)


def _known(term: Term, known: Mapping[str, str]) -> str | None:
    if term.is_variable:
        return known.get(term.text)
    return None if term.variables or term.anonymous else term.text


def _compared(
    speaker: Speaker, rule: Rule, comparison: Comparison, known: Mapping[str, str]
) -> str:
    kinds = speaker.kinds(rule.number)
    spoken = speaker.law.rules[rule.number]
    words = spoken.comparisons.get(comparison.key)
    if words is not None and words.holds:
        names = {v for literal in spoken.body for v in literal.variables}
        names |= set(spoken.head.variables)
        values = {n: speaker.value(kinds.get(n), known.get(n)) for n in sorted(names)}
        return say_once(speaker.say.fill(words.holds, values))
    if not any(term.text in known or not term.variables for term in comparison.terms):
        return ""
    found = (kinds.get(term.text) for term in comparison.terms)
    kind = next((one for one in found if one is not None), None)
    sort = kind if kind in ("date", "number") else "thing"
    sides = [speaker.value(kind, _known(term, known)) for term in comparison.terms]
    return speaker.say.list_words(
        [
            speaker.say.compare(sort, sign, left, right)
            for sign, left, right in zip(comparison.operators, sides, sides[1:], strict=False)
        ]
    )

"""All fixed English, and how sentences, values and numbers are put into words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from reasoner.case import Case
from reasoner.ground import split_arguments
from reasoner.infer import variable_types
from reasoner.justify import Justification, Node
from reasoner.rules import Law, Rule, Signature

ANSWERS = {"yes": "Yes", "no": "No", "undetermined": "Undetermined"}
HOLDS, FAILS, OPEN, NEUTRAL = "✓", "✗", "?", "·"
ASCII_MARKS = {HOLDS: "+", FAILS: "x", OPEN: "?", NEUTRAL: "-"}
SHOWN_ABOVE = "shown above"
CIRCULAR = "only circular support"
CIRCLE = "this is the circle: it would have to support itself"
NO_END = "99991231"
MOST_LINES = 4

_PLACE = re.compile(r"(\s+(?:from|to|until|since|on))?\s*\{(\w+)\}")
_OPPOSITE = {">=": "<", ">": "<=", "<=": ">", "<": ">=", "=": "!=", "!=": "="}
_DATES = {
    "<": "{} is before {}",
    "<=": "{} is not after {}",
    ">": "{} is after {}",
    ">=": "{} is not before {}",
    "=": "{} is the same day as {}",
    "!=": "{} is another day than {}",
}
_NUMBERS = {
    "<": "{} is less than {}",
    "<=": "{} is at most {}",
    ">": "{} is more than {}",
    ">=": "{} is at least {}",
    "=": "{} equals {}",
    "!=": "{} does not equal {}",
}
_THINGS = {"=": "{} is {}", "!=": "{} is not {}"}


class Speaker:
    """Puts nodes of a justification into sentences about one case."""

    def __init__(self, law: Law, case: Case, today: date) -> None:
        self.law = law
        self.case = case
        self.today = today
        self._types: dict[int, dict[str, str]] = {}

    def value(self, kind: str | None, term: str | None) -> str:
        """A term as a person reads it; an open one as "any" of its sort."""
        if term is None:
            entity = self.law.vocabulary.entities.get(kind or "")
            return entity.any if entity else f"any {kind.replace('_', ' ')}" if kind else "any"
        if kind == "date":
            return show_date(term)
        if term in self.case.names:
            return self.case.names[term]
        if kind is not None and "(" not in term:
            return self.law.vocabulary.label(kind, term)
        inner = term.partition("(")[2]
        if inner:
            return " ".join(self.value(None, part) for part in split_arguments(inner[:-1]))
        for known in self.law.vocabulary.kinds.values():
            if term in known.values:
                return known.values[term].label
        if is_date(term):
            return show_date(term)
        return term.replace("_", " ")

    def atom(
        self,
        signature: Signature,
        arguments: Sequence[str | None],
        holds: bool | None,
    ) -> str:
        """The sentence of a predicate for some arguments."""
        sentences = self.law.sentences.get(signature)
        declared = self.law.vocabulary.facts.get(signature[0])
        kinds = self.law.types.get(signature, (None,) * len(arguments))
        defaults: dict[str, str | None] = {}
        if declared is not None and len(declared.arguments) == signature[1]:
            pattern = declared.negative if holds is False else declared.sentence
            names = [a.name for a in declared.arguments]
            defaults = {a.name: a.default for a in declared.arguments}
        elif sentences is not None and (sentences.holds or sentences.fails):
            pattern = sentences.fails if holds is False else sentences.holds
            names = [str(place) for place in range(len(arguments))]
        else:
            plain = ", ".join(self.value(k, a) for k, a in zip(kinds, arguments, strict=False))
            name = signature[0].replace("_", " ")
            return f"{'not ' if holds is False else ''}{name}: {plain}"
        terms = dict(zip(names, zip(kinds, arguments, strict=True), strict=True))
        return fill(
            pattern,
            {n: self.value(k, t) for n, (k, t) in terms.items()},
            {n for n, (_, t) in terms.items() if t is not None and t == defaults.get(n)},
        )

    def node(self, why: Justification, number: int, rule: int | None = None) -> str:
        """The sentence of a node; a conclusion that holds speaks with the rule it rests on."""
        node = why.nodes[number]
        if node.kind == "comparison":
            return self.comparison(node)
        if node.kind == "count":
            return f"{node.values[0]} in all"
        if node.kind == "reading":
            return self.reading(node)
        if node.kind == "conclusion" and node.holds and rule is not None:
            tried = why.nodes[rule]
            words = self.law.rules[tried.rule or 0].sentences.holds
            if words:
                bound = self.bindings(tried, self._branch_bindings(why, rule))
                return fill(words, {**self._head_names(node), **bound})
        arguments = node.arguments
        if node.kind == "fact" and node.holds and None in arguments:
            arguments = self._stated(node) or arguments
        return self.atom((node.name, len(arguments)), arguments, node.holds)

    def _stated(self, node: Node) -> tuple[str, ...] | None:
        """The arguments of the first fact stated that fits a node with open arguments."""
        for statement in self.case.statements:
            pairs = zip(node.arguments, statement.arguments, strict=False)
            if (
                statement.name == node.name
                and statement.status == "stated"
                and all(a is None or a == b for a, b in pairs)
            ):
                return statement.arguments
        return None

    def _head_names(self, node: Node) -> dict[str, str]:
        """The arguments of a conclusion by the names that any of its rules gives them."""
        signature = node.name, len(node.arguments)
        kinds = self.law.types.get(signature, (None,) * len(node.arguments))
        found: dict[str, str] = {}
        for rule in self.law.rules_for(signature):
            for term, kind, value in zip(rule.head.arguments, kinds, node.arguments, strict=True):
                if term.is_variable and value is not None:
                    found.setdefault(term.text, self.value(kind, value))
        return found

    def _branch_bindings(self, why: Justification, number: int) -> dict[str, str]:
        """The variables bound along the first branch that holds."""
        found = dict(why.nodes[number].bindings)
        for edge in why.edges[number]:
            child = why.nodes[edge.target]
            if child.kind == "branch" and child.holds:
                return {**found, **self._branch_bindings(why, edge.target)}
        return found

    def bindings(self, node: Node, more: Mapping[str, str] | None = None) -> dict[str, str]:
        """The variables of a rule with their values in words."""
        kinds = self.kinds(node.rule)
        terms = {**node.bindings, **(more or {})}
        return {name: self.value(kinds.get(name), term) for name, term in terms.items()}

    def kinds(self, rule: int | None) -> dict[str, str]:
        """The types of the variables of a rule."""
        if rule is None:
            return {}
        if rule not in self._types:
            found: Rule = self.law.rules[rule]
            kinds = variable_types(found, self.law.types)
            row = self.law.types.get(found.head.signature, ())
            for term, kind in zip(found.head.arguments, row, strict=False):
                if kind:
                    kinds.setdefault(term.text, kind)
            self._types[rule] = kinds
        return self._types[rule]

    def comparison(self, node: Node) -> str:
        """A comparison with its two sides: the law's own words, or generic ones."""
        assert node.rule is not None
        assert node.literal is not None
        rule = self.law.rules[node.rule]
        literal = rule.body[node.literal]
        assert literal.comparison is not None
        words = rule.comparisons.get(literal.comparison.key)
        if words is not None:
            text = words.holds if node.holds else words.fails or words.holds
            if text:
                return fill(text, self.bindings(node))
        kinds = self.kinds(node.rule)
        kind = next((kinds[t.text] for t in literal.comparison.terms if t.text in kinds), None)
        if kind is None and all(is_date(v) for v in node.values[::2]):
            kind = "date"
        parts = []
        for place in range(0, len(node.values) - 2, 2):
            left, operator, right = node.values[place : place + 3]
            sign = operator if node.holds else _OPPOSITE[operator]
            table = (
                _DATES if kind == "date" else _NUMBERS if right.lstrip("-").isdigit() else _THINGS
            )
            form = table.get(sign, _NUMBERS.get(sign, "{} {}"))
            parts.append(form.format(self.value(kind, left), self.value(kind, right)))
        return " and ".join(parts)

    def shortfall(self, node: Node) -> str:
        """What is missing where a comparison fails: how much, and the day it is reached."""
        if node.kind != "comparison" or node.holds is not False or len(node.values) != 3:
            return ""
        left, operator, right = node.values
        if operator in ("<", "<="):
            left, right = right, left
            operator = {"<": ">", "<=": ">="}[operator]
        if operator not in (">", ">="):
            return ""
        have, need = left, right
        rule = self.law.rules[node.rule or 0]
        literal = rule.body[node.literal or 0]
        kinds = self.kinds(node.rule)
        terms = literal.comparison.terms if literal.comparison else ()
        dated = any(kinds.get(t.text) == "date" for t in terms) or (is_date(have) and is_date(need))
        if dated and is_date(have) and is_date(need):
            goal = read_date(need) + timedelta(days=operator == ">")
            missing = (goal - read_date(have)).days
            if read_date(have) == self.today:
                return f"{show_length(missing)} short; reached on {goal.isoformat()}"
            return ""
        if have.lstrip("-").isdigit() and need.lstrip("-").isdigit():
            goal_number = int(need) + (operator == ">")
            return f"have {have}, need {goal_number}, short by {goal_number - int(have)}"
        return ""

    def has_words(self, node: Node) -> bool:
        """Whether the law has a sentence of its own for a comparison."""
        literal = self.law.rules[node.rule or 0].body[node.literal or 0]
        key = literal.comparison.key if literal.comparison else ""
        words = self.law.rules[node.rule or 0].comparisons.get(key)
        return words is not None and bool(words.holds if node.holds else words.fails)

    def absences(self, absent: Sequence[str], most: int) -> str:
        """The facts that nobody stated and on whose absence something rests."""
        names = []
        for name in absent[:most]:
            fact = self.law.vocabulary.facts.get(name)
            names.append((fact.key or name if fact else name).replace("_", " "))
        if len(absent) > most:
            names.append(f"{len(absent) - most} more")
        return f"not stated: {list_words(names)}" if names else ""

    def reading(self, node: Node) -> str:
        """The option that applies where the text is open."""
        name, option = node.arguments
        declared = self.law.vocabulary.readings.get(name or "")
        if declared is None or option is None:
            return f"reading {name}: {option}"
        bare = option.partition("(")[0]
        text = next((o.text for o in declared.options if o.id == bare), "")
        state = "" if node.holds else "not "
        return f"{state}reading {name}: {option}" + (f" ({text})" if text else "")


def fill(
    pattern: str, values: Mapping[str, str], implied: set[str] | frozenset[str] = frozenset()
) -> str:
    """A sentence with its places filled; "from {From}" goes when the value is only implied."""

    def replace(match: re.Match[str]) -> str:
        word, name = match[1], match[2]
        if name not in values:
            return ""
        if word and name in implied:
            return ""
        lead = match[0][: match[0].index("{")]
        return f"{lead}{values[name]}"

    return _PLACE.sub(replace, pattern)


def from_lines(numbers: Sequence[int]) -> str:
    """Where in the case file something rests."""
    if len(numbers) == 1:
        return f"line {numbers[0]}"
    shown = [str(n) for n in numbers[:MOST_LINES]]
    if len(numbers) > MOST_LINES:
        shown = [*shown[:-1], f"{len(numbers) - MOST_LINES + 1} more"]
    return f"lines {list_words(shown)}"


def is_date(term: str) -> bool:
    """Whether a term can be a date yyyymmdd."""
    return len(term) == 8 and term.isdigit() and term[:4] >= "1800" and term[4:6] <= "12"


def read_date(term: str) -> date:
    """A date from yyyymmdd."""
    if term == NO_END:
        return date.max - timedelta(days=1)
    return date(int(term[:4]), int(term[4:6]), int(term[6:]))


def show_date(term: str) -> str:
    """A date from yyyymmdd as yyyy-mm-dd."""
    if term == NO_END:
        return "no end"
    return f"{term[:4]}-{term[4:6]}-{term[6:]}" if len(term) == 8 and term.isdigit() else term


def show_length(days: int) -> str:
    """A number of days in words."""
    return "1 day" if days == 1 else f"{days:,} days"


def sentence_case(text: str) -> str:
    """A sentence with a capital and a full stop."""
    text = text.strip()
    return text[:1].upper() + text[1:] + ("" if text.endswith(".") else ".")


def list_words(words: Sequence[str], last: str = "and") -> str:
    """ "a, b and c"."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def settled_by(who: str, what: str) -> str:
    """Who could settle a fact that nobody stated."""
    return {
        "fact": "a fact to be stated",
        "finding": "a finding to be made",
        "opinion": "an opinion to be given",
        "decision": "a decision to be taken",
    }.get(what, "to be stated") + (f" by {who}" if who else "")


def not_this_way(place: int, ways: int, holds: bool | None) -> str:
    """The heading of one of several rules that could have led to a conclusion."""
    names = ("first", "second", "third", "fourth", "fifth", "sixth")
    name = names[place] if place < len(names) else f"{place + 1}th"
    state = "is open" if holds is None else "is met" if holds else "is not met"
    return f"the {name} of {ways} ways {state}"


def more_like_these(number: int) -> str:
    """What stands for branches left out."""
    return f"and {number} more like {'this' if number == 1 else 'these'}"


def summary(files: int, expectations: int, failed: int, unreadable: int) -> str:
    """The last line of ``check``."""
    text = f"{count(files, 'case')}, {count(expectations, 'expectation')}: "
    text += "all met" if not failed and not unreadable else f"{failed} not met"
    return text + (f", {count(unreadable, 'case')} could not be asked" if unreadable else "")


def lint_summary(provisions: int, rules: int, problems: int) -> str:
    """The last line of ``lint``."""
    text = f"{count(provisions, 'provision')}, {count(rules, 'rule')}: "
    return text + (count(problems, "problem") if problems else "no problems")


def count(number: int, noun: str) -> str:
    """A number with its noun."""
    return f"{number:,} {noun}" + ("" if number == 1 else "s")

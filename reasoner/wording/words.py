"""How what a justification says is put into sentences, in the language of the reader."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from reasoner.casefiles.case import Case
from reasoner.casefiles.ranges import read_range
from reasoner.lawfiles.infer import variable_types
from reasoner.lawfiles.rules import Law, Rule, Signature
from reasoner.lawfiles.translation import in_language
from reasoner.reasons.justification import Justification, Node
from reasoner.values import split_arguments
from reasoner.wording.phrases import phrases

HOLDS, FAILS, OPEN, NEUTRAL = "✓", "✗", "?", "·"
NO_END = "99991231"

# A clause between commas that says what only a rule that applies would know.
_CLAUSE = re.compile(r",[^,{}]*\{(\w+)\}[^,{}]*(?=,|$)")
_OPPOSITE = {">=": "<", ">": "<=", "<=": ">", "<": ">=", "=": "!=", "!=": "="}


class Speaker:
    """Puts nodes of a justification into sentences about one case."""

    def __init__(self, law: Law, case: Case, today: date, language: str = "en") -> None:
        self.law = in_language(law, language)
        self.say = phrases(language)
        self.case = case
        self.today = today
        self._types: dict[int, dict[str, str]] = {}

    def value(self, kind: str | None, term: str | None) -> str:
        """A term as a person reads it; an open one as "any" of its sort."""
        if term is None:
            vocabulary = self.law.vocabulary
            declared = vocabulary.entities.get(kind or "") or vocabulary.kinds.get(kind or "")
            return declared.any if declared else self.say.anything(kind)
        if kind == "date":
            return self.day(term)
        if term in self.case.names and kind not in self.law.vocabulary.kinds:
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
            return self.day(term)
        return term.replace("_", " ")

    def day(self, term: str) -> str:
        """A date from yyyymmdd as a person reads it."""
        ends = read_range(term)
        if ends:
            return self.say.between(*(show_date(str(day)) for day in ends))
        return self.say.NO_END if term == NO_END else show_date(term)

    def atom(
        self,
        signature: Signature,
        arguments: Sequence[str | None],
        holds: bool | None,
        spoken: Mapping[int, str] = {},
    ) -> str:
        """The sentence of a predicate for some arguments; ``spoken`` are words for some of them."""
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
            plain = [self.value(k, a) for k, a in zip(kinds, arguments, strict=False)]
            return self.say.predicate(signature[0], plain, holds)
        terms = dict(zip(names, zip(kinds, arguments, strict=True), strict=True))
        return self.say.fill(
            _CLAUSE.sub(lambda m: m[0] if m[1] in terms else "", pattern),
            {
                n: spoken[place] if place in spoken else self.value(k, t)
                for place, (n, (k, t)) in enumerate(terms.items())
            },
            {n for n, (_, t) in terms.items() if t is not None and t == defaults.get(n)},
        )

    def node(self, why: Justification, number: int, rule: int | None = None) -> str:
        """The sentence of a node; a conclusion that holds speaks with the rule it rests on."""
        node = why.nodes[number]
        if node.kind == "comparison":
            return self.comparison(node)
        if node.kind == "count":
            return self.count(node)
        if node.kind == "reading":
            return self.reading(node)
        if node.kind == "conclusion" and node.holds and rule is not None:
            tried = why.nodes[rule]
            words = self.law.rules[tried.rule or 0].sentences.holds
            if words:
                bound = self.bindings(tried, self._branch_bindings(why, rule))
                return self.say.fill(words, {**self._head_names(node), **bound})
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
        for choice in self.case.choices:
            pairs = zip(node.arguments, choice.arguments, strict=False)
            known = all(a is None or a == b for a, b in pairs)
            if choice.name == node.name and known and node.arguments[choice.place] is None:
                return choice.written.arguments
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

    def count(self, node: Node) -> str:
        """What the law counts: its own words for the name that it gives the number, or generic."""
        rule = self.law.rules[node.rule or 0]
        aggregate = rule.body[node.literal or 0].aggregate
        number = node.values[0]
        for literal in rule.body:
            same = literal.comparison
            if aggregate and same and same.key == "" and same.terms[1] == aggregate.guard:
                given = same.terms[0].text
                words = rule.comparisons.get(given)
                if words is not None and words.holds:
                    return self.say.fill(words.holds, {**self.bindings(node), given: number})
        return self.say.counted(number)

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
                return self.say.fill(text, self.bindings(node))
        kinds = self.kinds(node.rule)
        kind = next((kinds[t.text] for t in literal.comparison.terms if t.text in kinds), None)
        if kind is None and all(is_date(v) for v in node.values[::2]):
            kind = "date"
        parts = []
        for place in range(0, len(node.values) - 2, 2):
            left, operator, right = node.values[place : place + 3]
            sign = operator if node.holds else _OPPOSITE[operator]
            sort = "date" if kind == "date" else "thing"
            if sort == "thing" and right.lstrip("-").isdigit():
                sort = "number"
            parts.append(
                self.say.compare(sort, sign, self.value(kind, left), self.value(kind, right))
            )
        return self.say.list_words(parts)

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
                return self.say.late(missing, goal)
            return ""
        if have.lstrip("-").isdigit() and need.lstrip("-").isdigit():
            return self.say.short(int(have), int(need) + (operator == ">"))
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
            names.append(fact.short if fact else name.replace("_", " "))
        return self.say.absent(names, max(0, len(absent) - most)) if names else ""

    def reading(self, node: Node) -> str:
        """The option that applies where the text is open."""
        name, option = node.arguments
        declared = self.law.vocabulary.readings.get(name or "")
        bare = (option or "").partition("(")[0]
        options = declared.options if declared else ()
        text = next((o.text for o in options if o.id == bare), "")
        return self.say.reading(str(name), str(option), text, node.holds)


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
    return f"{term[:4]}-{term[4:6]}-{term[6:]}" if len(term) == 8 and term.isdigit() else term


def summary(files: int, expectations: int, failed: int, unreadable: int) -> str:
    """The last line of ``check``."""
    text = f"{count(files, 'case')}, {count(expectations, 'expectation')}: "
    text += "all met" if not failed and not unreadable else f"{failed} not met"
    return text + (f", {count(unreadable, 'case')} could not be asked" if unreadable else "")


def generated_summary(near_misses: int, answers: int, failed: int, unreadable: int) -> str:
    """The last line of ``check`` on what is generated: near misses, and other answers."""
    text = f"{near_misses:,} near miss{'' if near_misses == 1 else 'es'}"
    if answers:
        text += f" and {answers:,} answer{'' if answers == 1 else 's'} about generated stories"
    text += ", generated: "
    text += "all as written" if not failed and not unreadable else f"{failed} not as written"
    return text + (f", {count(unreadable, 'file')} could not be read" if unreadable else "")


def lint_summary(provisions: int, rules: int, problems: int) -> str:
    """The last line of ``lint``."""
    text = f"{count(provisions, 'provision')}, {count(rules, 'rule')}: "
    return text + (count(problems, "problem") if problems else "no problems")


def count(number: int, noun: str) -> str:
    """A number with its noun."""
    return f"{number:,} {noun}" + ("" if number == 1 else "s")

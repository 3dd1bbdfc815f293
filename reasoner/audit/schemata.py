"""A law and many mutants of it in one program, each mutant in worlds of its own.

The rule that a mutant changes is kept for the worlds in which it is not changed, and the changed
one stands beside it for the worlds of the mutant ::

    heir(P) :- child(P), not excluded(P), not rule_mutated(7).
    heir(P) :- child(P), mutant_applies(3).

Lifted to many worlds, such a law is ground once for hundreds of mutants and cases.
Source: Untch, Offutt and Harrold, Mutation analysis using mutant schemata (1993).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from reasoner.audit.mutants import SHIFTED, Mutant, negate
from reasoner.audit.rewriting import DAY_OF_CASE, written
from reasoner.casefiles.case import Case, Statement
from reasoner.errors import Position
from reasoner.lawfiles.rules import Atom, Law, Literal, Rule, Signature, Term
from reasoner.solving.solve import World
from reasoner.wording.words import NO_END, is_date

APPLIES, MUTATED, INFECTS = "mutant_applies", "rule_mutated", "mutant_infects"
# A world states the one, and the other follows: what follows may close a rule, and the reasons
# pass over closed rules.
_CHOSEN = {APPLIES: "mutant_chosen", MUTATED: "rule_chosen"}


def combine(law: Law, several: Mapping[int, Mutant]) -> Law:
    """A law with some mutants of it, by number, each for the worlds that name it."""
    rules = list(law.rules)
    heads = {signature: list(numbers) for signature, numbers in law.heads.items()}

    def add(rule: Rule, number: int) -> None:
        conditions = (*rule.body, _switch(rule, APPLIES, number))
        heads.setdefault(rule.head.signature, []).append(len(rules))
        rules.append(written(rule, rule.head, conditions)._replace(number=len(rules)))

    for number in sorted({mutant.rule for mutant in several.values()}):
        rule = law.rules[number]
        switch = _switch(rule, MUTATED, number, negated=True)
        rules[number] = written(rule, rule.head, (*rule.body, switch))
    for number, mutant in sorted(several.items()):
        for row in mutant.rows:
            if row.body:
                add(row, number)
            else:
                heads.setdefault(row.head.signature, []).append(len(rules))
                rules.append(row._replace(number=len(rules)))
        if mutant.changed is not None:
            add(mutant.changed, number)
    like = rules[0]
    for name, chosen in _CHOSEN.items():
        variable = Term("N", ("N",))
        head = Atom(name, (variable,))
        heads[head.signature] = [len(rules)]
        body = (_atom(like, Atom(chosen, (variable,))),)
        plain = Rule(len(rules), head, (), like.position, "", 0)
        rules.append(written(plain, head, body))
    return _extended(law, rules, heads)


def replaced(law: Law, mutant: Mutant) -> Law:
    """A law with one mutant in the place of its rule."""
    rules = list(law.rules)
    heads = {signature: list(numbers) for signature, numbers in law.heads.items()}
    heads[rules[mutant.rule].head.signature].remove(mutant.rule)
    for rule in (*mutant.rows, *([mutant.changed] if mutant.changed else [])):
        heads.setdefault(rule.head.signature, []).append(len(rules))
        rules.append(rule._replace(number=len(rules)))
    return _extended(law, rules, heads)


def infections(law: Law, several: Mapping[int, Mutant], recursive: Iterable[Signature]) -> Law:
    """A law that says for each of some mutants whether its rule concludes anything else.

    Where what the changed rule concludes from what the law says is what the rule concludes,
    nothing changes at all, and no answer does. What a rule no longer concludes does not count
    where another rule concludes it, unless that may rest on itself.
    Source: Howden, Weak mutation testing and completeness of test sets (1982).

    Args:
        law: the law.
        several: the mutants, by number.
        recursive: the predicates that may rest on themselves.
    """
    rules = list(law.rules)
    heads = {signature: list(numbers) for signature, numbers in law.heads.items()}
    circular = set(recursive)

    def add(like: Rule, head: Atom, body: Iterable[Literal]) -> None:
        heads.setdefault(head.signature, []).append(len(rules))
        rules.append(written(like, head, body)._replace(number=len(rules)))

    others: set[int] = set()
    for number, mutant in sorted(several.items()):
        rule = law.rules[mutant.rule]
        infects = Atom(INFECTS, (Term(str(number)),))
        changed = mutant.changed
        for row in mutant.rows:
            add(row, row.head, row.body)
        if changed is not None:
            add(changed, infects, (*changed.body, _atom(changed, changed.head, negated=True)))
        siblings = [n for n in law.heads[rule.head.signature] if n != rule.number]
        if rule.head.signature in circular:
            siblings = []
        elsewhere = [_atom(rule, _concluded_by(n, rule.head), negated=True) for n in siblings]
        others.update(siblings)
        lost = _lost(rule, mutant)
        if lost is not None:
            add(rule, infects, (*rule.body, *lost, *elsewhere))
    for number in sorted(others):
        rule = law.rules[number]
        add(rule, _concluded_by(number, rule.head), rule.body)
    return _extended(law, rules, heads)


def _lost(rule: Rule, mutant: Mutant) -> tuple[Literal, ...] | None:
    """What holds beside the conditions of a rule where the mutant may not conclude the same.

    None where the mutant concludes whatever the rule does.
    """
    changed = mutant.changed
    if changed is None or changed.head != rule.head or len(mutant.place) != 1:
        return ()
    if {literal.text for literal in changed.body} <= {literal.text for literal in rule.body}:
        return None
    new = [literal for literal in changed.body if literal not in rule.body]
    if mutant.change == SHIFTED and len(new) == 1:
        return (negate(new[0]),)
    return ()


def as_mutated(case: Case, world: World, mutant: Mutant | None = None, number: int = 0) -> Case:
    """A case that says which days it speaks of, and which mutant applies in its world."""
    days = {a for s in case.statements for a in s.arguments if is_date(a) and a != NO_END}
    facts = [_statement(case, DAY_OF_CASE, day) for day in sorted({*days, str(world.day)})]
    if mutant is not None:
        facts.append(_statement(case, _CHOSEN[APPLIES], str(number)))
        facts.append(_statement(case, _CHOSEN[MUTATED], str(mutant.rule)))
    return replace(case, statements=(*case.statements, *facts))


def _statement(case: Case, name: str, argument: str) -> Statement:
    return Statement(name, (argument,), "stated", Position(case.path, 1, 1))


def _switch(rule: Rule, name: str, number: int, negated: bool = False) -> Literal:
    return _atom(rule, Atom(name, (Term(str(number)),)), negated)


def _atom(rule: Rule, atom: Atom, negated: bool = False) -> Literal:
    text = f"not {atom.text}" if negated else atom.text
    return Literal(0, text, rule.position, negated, atom=atom)


def _concluded_by(number: int, head: Atom) -> Atom:
    """What a rule concludes, as said of this rule alone."""
    return Atom(f"concluded_by_{number}", head.arguments)


def _extended(law: Law, rules: Sequence[Rule], heads: Mapping[Signature, Sequence[int]]) -> Law:
    """A law with other rules, in which the worlds say more than cases do."""
    stated = {(DAY_OF_CASE, 1), *((name, 1) for name in _CHOSEN.values())}
    return replace(
        law,
        rules=tuple(rules),
        heads={signature: tuple(numbers) for signature, numbers in heads.items()},
        stated=law.stated | stated,
    )

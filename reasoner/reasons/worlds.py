"""Put a law to many worlds at once.

gringo goes over every rule of a law however small the case is, so a hundred questions cost a
hundred times what one costs. Here every predicate that says something of a case gets the world as
its first argument ::

    bad(P, D) :- ground(P, G, D), not excused(P, G).

    bad(_World, P, D) :- ground(_World, P, G, D), not excused(_World, P, G).

and one grounding answers for all cases, days, readings and dates of the law, none of which knows
of another. What only lists constants stays as it is. The law so lifted is a law like any other;
the reasons that it gives are brought back to the law as written by :func:`reasons`.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, replace

from reasoner.casefiles.case import Case
from reasoner.lawfiles.infer import all_literals, rules_behind
from reasoner.lawfiles.rules import WORLD, Aggregate, Atom, Law, Literal, Rule, Signature, Term
from reasoner.reasons.justification import Edge, Justification, Node
from reasoner.solving.ground import Ground
from reasoner.solving.question import Goal
from reasoner.solving.solve import World, facts_of, facts_of_world

_WORLD = Term(WORLD, (WORLD,))
_GIVEN = (("chosen_reading", 2), ("chosen_law_date", 1))


@dataclass(frozen=True, slots=True)
class Lifted:
    """A law made ready for many worlds.

    ``written`` is the law as written, ``law`` the lifted one, ``local`` the predicates of the
    former that have the world as their first argument in the latter.
    """

    written: Law
    law: Law
    local: frozenset[Signature]

    def is_local(self, goal: Goal) -> bool:
        """Whether a goal may have another answer in another world."""
        return (goal.name, len(goal.arguments)) in self.local


def lift(law: Law, goals: Iterable[Goal] | None = None) -> Lifted:
    """Give everything in a law that depends on a world the world as an argument.

    Args:
        law: the law.
        goals: all that will be asked; the rules that they do not rest on are left as they are.
            Without goals, what is the same in every world is not asked of any.
    """
    goals = None if goals is None else list(goals)
    local = _local(law, goals or ())
    wanted: Container[int] = range(len(law.rules))
    if goals is not None:
        asked = {(goal.name, len(goal.arguments)) for goal in goals}
        asked |= {signature for signature in law.heads if signature[0] == "problem"}
        wanted = {rule.number for rule in rules_behind(law, asked)}

    def lifted(signature: Signature) -> Signature:
        return (signature[0], signature[1] + (signature in local))

    types = {lifted(s): (None, *row) if s in local else row for s, row in law.types.items()}
    lifted_law = replace(
        law,
        rules=tuple(
            _lift_rule(rule, local) if rule.number in wanted else rule for rule in law.rules
        ),
        types=types,
        sentences={lifted(s): words for s, words in law.sentences.items()},
        homes={lifted(s): home for s, home in law.homes.items()},
        heads={lifted(s): rules for s, rules in law.heads.items()},
        tables=frozenset(map(lifted, law.tables)),
        depths={lifted(s): depth for s, depth in law.depths.items()},
        stated=frozenset(map(lifted, law.stated)),
        reading=lifted(law.reading),
    )
    return Lifted(law, lifted_law, local)


def ground_worlds(
    lifted: Lifted,
    worlds: Sequence[tuple[Case, World]],
    goals: Sequence[Goal],
    program: Iterable[str] = (),
) -> Ground:
    """Ground a lifted law with several cases, each in a world; none may have unknown facts.

    Args:
        lifted: what :func:`lift` made.
        worlds: the cases; the one at place n is known as ``wn``.
        goals: all that will be asked, as :func:`goal_in` puts it.
        program: further rules, about what the lifted law says.

    Raises:
        InputError: when clingo complains.
    """
    facts = []
    for place, (case, world) in enumerate(worlds):
        name = world_name(place)
        facts.append(f"world({name}).")
        for fact in (*facts_of(case), *facts_of_world(world)):
            predicate, opened, rest = fact.partition("(")
            facts.append(f"{predicate}({name},{rest}" if opened else f"{fact[:-1]}({name}).")
    return Ground(lifted.law, [*facts, *program], goals=goals)


def world_name(place: int) -> str:
    """The constant that stands for the world at a place."""
    return f"w{place}"


def goal_in(world: int, goal: Goal) -> Goal:
    """A goal as it is put to a lifted law."""
    return Goal(goal.name, (world_name(world), *goal.arguments), goal.pinpoint)


def reasons(lifted: Lifted, why: Justification, roots: Sequence[int]) -> Justification:
    """The reasons of some goals of one world, in the terms of the law as written.

    Args:
        lifted: the law.
        why: the justification given by the lifted law, of goals in any number of worlds.
        roots: the nodes of the goals wanted, all of one world.
    """
    kept = [n for n in sorted(why.below(roots)) if not _is_world(why.nodes[n])]
    places = {number: place for place, number in enumerate(kept)}
    nodes, edges = [], []
    for number in kept:
        node = why.nodes[number]
        nodes.append(_brought_back(lifted, node))
        edges.append(
            tuple(
                Edge(places[e.target], e.negated, e.order)
                for e in why.edges[number]
                if e.target in places
            )
        )
    return Justification(
        lifted.written,
        tuple(nodes),
        tuple(edges),
        tuple(places[n] for n in roots),
        frozenset(places[n] for n in why.circular if n in places),
    )


def _is_world(node: Node) -> bool:
    return node.name == "world" and len(node.arguments) == 1


def _brought_back(lifted: Lifted, node: Node) -> Node:
    """A node without its world."""
    arguments, variables, row = node.arguments, node.variables, node.row
    if (node.name, len(arguments) - 1) in lifted.local:
        arguments = arguments[1:]
    if WORLD in variables:
        place = variables.index(WORLD)
        variables = variables[:place] + variables[place + 1 :]
        row = row[:place] + row[place + 1 :]
    return node._replace(arguments=arguments, variables=variables, row=row)


def _local(law: Law, goals: Iterable[Goal]) -> frozenset[Signature]:
    """The predicates that depend on the facts, the day, the readings or the date of the law, and
    those that are asked of a world."""
    local = {*law.stated, *_GIVEN, *((name, 1) for name in law.vocabulary.entities)}
    local |= {(goal.name, len(goal.arguments)) for goal in goals} & law.heads.keys()
    users: dict[Signature, set[Signature]] = {}
    for rule in law.rules:
        for literal in all_literals(rule.body):
            if literal.atom is not None:
                users.setdefault(literal.atom.signature, set()).add(rule.head.signature)
    waiting = list(local)
    while waiting:
        new = users.get(waiting.pop(), set()) - local
        local |= new
        waiting += new
    return frozenset(local)


def _lift_rule(rule: Rule, local: frozenset[Signature]) -> Rule:
    if rule.head.signature not in local:
        return rule
    body = tuple(_lift_literal(literal, local) for literal in rule.body)
    if not any(lit.atom is not None and not lit.negated and _has(lit.atom) for lit in body):
        atom = Atom("world", (_WORLD,))
        body = (*body, Literal(len(body), atom.text, rule.position, atom=atom))
    head = _lift_atom(rule.head, local)
    conditions = ", ".join(literal.text for literal in body)
    return rule._replace(head=head, body=body, text=f"{head.text} :- {conditions}.")


def _has(atom: Atom) -> bool:
    return bool(atom.arguments) and atom.arguments[0].text == WORLD


def _lift_atom(atom: Atom, local: frozenset[Signature]) -> Atom:
    return Atom(atom.name, (_WORLD, *atom.arguments)) if atom.signature in local else atom


def _lift_literal(literal: Literal, local: frozenset[Signature]) -> Literal:
    if literal.atom is not None:
        atom = _lift_atom(literal.atom, local)
        text = f"not {atom.text}" if literal.negated else atom.text
        return literal._replace(atom=atom, text=text)
    if literal.aggregate is None:
        return literal
    old = literal.aggregate
    elements = tuple(
        element._replace(condition=tuple(_lift_literal(x, local) for x in element.condition))
        for element in old.elements
    )
    body = "; ".join(
        ",".join(term.text for term in element.terms)
        + (" : " + ", ".join(x.text for x in element.condition) if element.condition else "")
        for element in elements
    )
    body = f"{old.function} {{ {body} }}"
    inner = {v for e in elements for x in e.condition for v in x.variables}
    outer = (WORLD, *old.outer) if WORLD in inner else old.outer
    aggregate = Aggregate(old.function, old.operator, old.guard, elements, body, outer)
    return literal._replace(aggregate=aggregate, text=f"{old.guard.text} = {body}")

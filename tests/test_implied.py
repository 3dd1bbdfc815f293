"""What some conditions bring with them, as far as the rules show it."""

from dataclasses import replace

import pytest

from reasoner.audit.certain import never_alone
from reasoner.audit.conditions import conditions
from reasoner.audit.implied import implied
from reasoner.lawfiles.rules import Law, Literal
from reasoner.source import Source
from reasoner.stories.remarked import read_sections


def literals(text: str) -> tuple[Literal, ...]:
    """Conditions as the law has them."""
    sections = read_sections(Source("rules", f"x :- {text}."), like_law=True)
    return sections[0].pieces[0].rules[0].body


@pytest.mark.parametrize(
    ("given", "wanted", "expected"),
    [
        ("reading(due, tolerant(N)), rent_paid(G, N)", "reading(due, tolerant(N))", True),
        ("reading(due, tolerant(3))", "reading(due, tolerant(_))", True),
        ("reading(due, tolerant(N))", "reading(due, tolerant(M))", True),
        ("reading(due, exclusive)", "reading(due, tolerant(_))", False),
        ("reading(due, exclusive)", "reading(due, tolerant(M))", False),
        ("reading(due, O)", "reading(due, tolerant(M))", False),
        ("reading(due, tolerant(_)), rent_paid(G, N)", "reading(due, tolerant(N))", False),
        ("reading(due, tolerant(3))", "reading(due, _)", True),
        ("tenant(G, D)", "as_of(D)", True),
        ("tenant(G, _)", "as_of(_)", True),
        ("trusted(G)", "founder(_)", False),  # by way of a circle: true, and not seen
        ("rent_paid(G, D)", "gardener(G)", True),
    ],
)
def test_open_forms_are_brought_along_by_forms(
    garden: Law, given: str, wanted: str, expected: bool
) -> None:
    body = literals(f"{given}, {wanted}")
    assert implied(garden, body[-1], body[:-1]) is expected


RULES = """\
fits(G, tolerant(3)) :- founder(G).
fits(G, strict) :- nuisance(G).
ok(G) :- fits(G, tolerant(_)), gardener(G), founder(G).
ok(G) :- fits(G, _), gardener(G), founder(G).
ok(G) :- fits(G, tolerant(N)), rent_paid(G, N), founder(G).
"""


def test_a_rule_that_concludes_another_form_concludes_nothing_wanted(garden: Law) -> None:
    (section,) = read_sections(Source("rules", RULES), like_law=True)
    new = [rule for piece in section.pieces for rule in piece.rules]
    numbered = [rule._replace(number=n, provision="B1") for n, rule in enumerate(new)]
    heads = {
        signature: tuple(r.number for r in numbered if r.head.signature == signature)
        for signature in {r.head.signature for r in numbered}
    }
    law = replace(garden, rules=tuple(numbered), heads=heads)
    found = {c.id: never_alone(law, c) for c in conditions(law)}
    # who is tolerated founded the garden; who fits at all may only be a nuisance
    assert found["B1.3.3"]
    assert not found["B1.4.3"]
    assert found["B1.5.3"]

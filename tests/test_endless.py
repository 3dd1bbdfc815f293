"""Rules whose explanation would never come to an end are refused, and no others."""

from pathlib import Path

import pytest
from test_random_laws import DAY, PREAMBLE

from reasoner.casefiles.case import read_case_text
from reasoner.lawfiles.law import load_law
from reasoner.lawfiles.rules import Law
from reasoner.printing.linter import lint
from reasoner.reasons import justify
from reasoner.reasons.endless import endless_conditions
from reasoner.solving.question import Goal
from reasoner.solving.solve import World, ground_case
from reasoner.source import Source

FACTS = f"thing(a). thing(b). as_of({DAY}). mark(a). link(a, b). size(a, 3). size(b, 1). "
MOST = 60

BASE = "p(X, 0) :- mark(X), link(X, Y), X = Y."
ENDLESS = {
    "downwards": ["p(X, N) :- M = N - 1, p(X, M), N < 5.", BASE],
    "upwards": ["p(X, N) :- M = N + 1, p(X, M), N > 0, M < 9.", BASE],
    "in the conclusion": ["p(X, N + 1) :- p(X, N), N < 5.", BASE],
    "where a list only tests": ["p(X, N) :- size(X, N), M = N - 1, p(X, M).", BASE],
    "where a list comes too late": ["p(X, N) :- M = N - 1, p(X, M), link(X, Y), size(Y, N).", BASE],
    "by way of another": [
        "p(X, N) :- q(X, N), N < 5.",
        BASE,
        "q(X, N) :- M = N - 1, p(X, M), N < 5.",
    ],
    "by way of another argument": ["p(K, N) :- M = K - 1, p(N, M), N < 5, K < 5, M < 5."],
    "in steps": ["p(X, N) :- L = N, K = L - 1, M = K, p(X, M), N < 5.", BASE],
}
ENDING = {
    "listed first": ["p(X, N) :- link(X, Y), size(Y, M), p(Y, M), N = M + 1.", BASE],
    "reckoned from a list": ["p(X, N) :- link(X, Y), size(Y, L), M = L - 1, p(Y, M), N = 1.", BASE],
    "listed with what is given": [
        "p(X, N) :- size(Z, N), link(X, Z), M = N - 1, p(Z, M).",
        BASE,
    ],
    "no circle": ["p(X, N) :- M = N - 1, q(X, M), size(X, N).", "q(X, N) :- size(X, N), N < 1."],
    "always the same": ["p(X, N) :- M = 7 - 1, p(X, M), size(X, N).", BASE],
    "nothing reckoned": ["p(X, N) :- link(X, Y), p(Y, N), size(X, N).", BASE],
    "cut off on the way": [
        "p(X, N) :- M = N - 1, q(X, M), size(X, N).",
        "q(X, N) :- M = 4, p(X, M), size(X, N).",
        BASE,
    ],
}


def write_law(folder: Path, rules: list[str]) -> Law:
    """A law of a few rules, each predicate with its sentences."""
    lines = ["%# T regulation: Test", ""]
    said: set[str] = set()
    for number, rule in enumerate(rules, 1):
        lines += [f"%## {number}", "%> A rule."]
        if rule[0] not in said:
            lines += ["%", f"%+ {rule[0]} holds", f"%- {rule[0]} does not hold"]
            said.add(rule[0])
        lines += [rule, ""]
    (folder / "main.lp").write_text(PREAMBLE, encoding="utf-8")
    (folder / "rules.lp").write_text("\n".join(lines), encoding="utf-8")
    return load_law(folder)


def comes_to_an_end(law: Law, goal: Goal, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Whether an answer is explained within some rounds."""
    made: list[None] = []
    one = justify._Builder.round

    def counted(builder: justify._Builder) -> None:
        made.append(None)
        if len(made) > MOST:
            raise RecursionError
        one(builder)

    monkeypatch.setattr(justify._Builder, "round", counted)
    case = read_case_text(Source("case.lp", FACTS), law.vocabulary)
    ground = ground_case(law, case, World(DAY, None, ()), [goal])
    try:
        justify.justify(ground, [goal])
    except RecursionError:
        return False
    return True


@pytest.mark.parametrize("rules", ENDLESS.values(), ids=ENDLESS)
def test_what_never_ends_is_refused(
    rules: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    law = write_law(tmp_path, rules)
    goals = [Goal("p", ("3", "4"), ""), Goal("p", ("a", "4"), "")]
    assert not all(comes_to_an_end(law, goal, monkeypatch) for goal in goals)
    assert endless_conditions(law)


@pytest.mark.parametrize("rules", ENDING.values(), ids=ENDING)
def test_what_ends_is_not_refused(
    rules: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    law = write_law(tmp_path, rules)
    assert endless_conditions(law) == []
    for goal in (Goal("p", ("a", "4"), ""), Goal("p", ("b", None), ""), Goal("p", (None, "9"), "")):
        assert comes_to_an_end(law, goal, monkeypatch)


def test_lint_says_where_and_what_to_do(tmp_path: Path) -> None:
    law = write_law(tmp_path, ENDLESS["downwards"])
    (problem,) = (p for p in lint(law) if "ever new values" in p.message)
    assert problem.message == (
        "`p(X,M)` would be asked of ever new values where p does not hold: no explanation "
        "would come to an end"
    )
    assert problem.position is not None
    assert (Path(problem.position.path).name, problem.position.line) == ("rules.lp", 8)
    assert problem.source_line[problem.position.column - 1 :].startswith("p(X, M)")
    assert problem.hint.startswith("let a condition before it list the values")


def test_nothing_of_the_two_laws_is_refused(law: Law, garden: Law) -> None:
    assert endless_conditions(law) == endless_conditions(garden) == []

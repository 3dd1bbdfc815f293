"""What must hold for any case: names, order and strangers do not matter, and three values mean it.

The cases are random, but of the real vocabulary: people with grounds and family, permits on a grid
of days around the durations of the law.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import product
from random import Random

import clingo
import pytest
from hypothesis import HealthCheck, Phase, example, find, given, settings
from hypothesis import strategies as st
from shipped import shipped_law

from reasoner import Case, Decision, Justification, decide, explain, outline, verify
from reasoner.casefiles.case import read_case_text
from reasoner.errors import InputError
from reasoner.solving.solve import facts_of, ground_case
from reasoner.source import Source
from reasoner.wording.view import Line

DAYS = [
    20180228, 20190114, 20190115, 20190116, 20200229, 20211231, 20220114, 20220115, 20220116,
    20230621, 20230622, 20240115, 20240116, 20240301, 20250115, 20250601,
]  # fmt: skip
ASKED = (20220115, 20240115, 20240301)
GROUNDS = ["a34_1_f", "a36_1", "a36_2", "a38_1_a", "a38_1_c", "a39", "a41_a", "a42_1_a"]
PEOPLE = ("ana", "ben", "cleo")
PERMITS = ("alpha", "beta", "gamma")
QUESTIONS = [
    "permit_valid(alpha, _)",
    "65",
    "65(b)",
    "65(b)(ii)",
    "65(c)",
    "65(d)",
    "64",
    "65.1(1)",
    "65.1(1)(e)",
]
CALM = settings(deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


@dataclass(frozen=True)
class Story:
    """The facts of a case, each with its status, and what is asked."""

    facts: tuple[tuple[str, str], ...]
    question: str
    day: int

    @property
    def case(self) -> Case:
        """The story as a case about the first person."""
        form = {"stated": "{}.", "denied": "denied({}).", "unknown": "unknown({})."}
        lines = [form[status].format(fact) for fact, status in self.facts]
        text = "\n".join([*lines, f"as_of({self.day}).", f"about({self.hero})."])
        return read_case_text(Source("story.lp", text), shipped_law().vocabulary)

    @property
    def hero(self) -> str:
        """Whom the question is about."""
        return next(fact[7:-1] for fact, _ in self.facts if fact.startswith("person("))

    def renamed(self, names: Mapping[str, str]) -> "Story":
        """The same story of other people and permits."""
        facts = tuple((rename(fact, names), status) for fact, status in self.facts)
        return replace(self, facts=facts, question=rename(self.question, names))

    def decide(self, limit: int = 8) -> Decision:
        """The answer."""
        return decide(shipped_law(), self.case, self.question, limit=limit)


def rename(text: str, names: Mapping[str, str]) -> str:
    """A text with whole words replaced."""
    return re.sub(r"\b\w+\b", lambda word: names.get(word[0], word[0]), text)


@st.composite
def stories(draw: st.DrawFn, people: int = 3) -> Story:
    """A random case without contradictions."""
    names = PEOPLE[: draw(st.integers(1, people))]
    day = st.sampled_from(DAYS)
    facts = [f"person({name})" for name in names]
    for name in names:
        facts += draw(personal_facts(name, day))
    holder = st.sampled_from((names[0], names[0], names[-1]))
    for permit in PERMITS[: draw(st.integers(1, 3))]:
        issued, start, end = sorted(draw(st.lists(day, min_size=3, max_size=3)))
        facts += [f"permit({permit})", f"issued_to({permit},{draw(holder)})"]
        facts += [f"issued_on({permit},{issued})", f"valid_from({permit},{start})"]
        facts += [f"printed_expiry({permit},{end})"]
        facts += draw(
            st.lists(
                st.sampled_from(GROUNDS).map(lambda g, t=permit: f"recorded_ground({t},{g})")
                | day.map(lambda d, t=permit: f"permit_cancelled({t},{d})")
                | day.map(lambda d, t=permit: f"permit_applied_for({t},{d})"),
                max_size=2,
                unique=True,
            )
        )
    if len(names) > 1:
        pair = st.sampled_from([(a, b) for a, b in product(names, names) if a != b])
        ties = draw(st.lists(pair, max_size=3, unique_by=frozenset))
        kinds = ("spouse({0},{1},20150601,99991231)", "child({0},{1})", "accompanies({0},{1})")
        for a, b in ties:
            facts.append(draw(st.sampled_from(kinds)).format(a, b))
            facts += draw(st.sampled_from([[], [f"accompanies({b},{a})"]]))
    stated = tuple((fact, "stated") for fact in dict.fromkeys(facts))
    return Story(stated, draw(st.sampled_from(QUESTIONS)), draw(st.sampled_from(ASKED)))


def personal_facts(name: str, day: st.SearchStrategy[int]) -> st.SearchStrategy[list[str]]:
    """Facts about one person."""
    ground = st.sampled_from(GROUNDS)
    period = st.tuples(day, day | st.just(99991231)).map(sorted)
    return st.lists(
        st.tuples(ground, period).map(lambda x: f"inadmissible_found({name},{x[0]},{span(x[1])})")
        | period.map(lambda x: f"resides_in_canada({name},{span(x)})")
        | st.tuples(st.just(20220116), st.sampled_from([20220116, 20240115])).map(
            lambda x: f"trip_abroad({name},{span(x)})"
        )
        | st.just(f"intends_to_reside_in({name},quebec)")
        | day.map(lambda d: f"provincial_opinion({name},quebec,{d})")
        | st.tuples(ground, day).map(lambda x: f"rehabilitated({name},{x[0]},{x[1]})")
        | day.map(lambda d: f"removal_ordered({name},{d})"),
        max_size=4,
        unique_by=lambda fact: fact.partition("(")[0] if "trip" in fact else fact,
    )


def span(days: Iterable[int]) -> str:
    """Two days as arguments."""
    return ",".join(map(str, days))


def anatomy(why: Justification, names: Mapping[str, str]) -> tuple[list[object], list[object]]:
    """The nodes and edges of an explanation, whatever their order, with other names."""

    def key(number: int) -> tuple[object, ...]:
        node = why.nodes[number]
        row = tuple(rename(f"{v}={t}", names) for v, t in node.bindings.items())
        text = rename(node.text, names)
        return node.kind, text, str(node.holds), str(node.rule), row, number in why.circular

    nodes = sorted(key(number) for number in range(len(why.nodes)))
    edges = sorted(
        (key(number), key(edge.target), edge.negated, edge.order)
        for number, row in enumerate(why.edges)
        for edge in row
    )
    return list(nodes), list(edges)


def sentences(lines: Iterable[Line], names: Mapping[str, str]) -> list[object]:
    """A tree without the numbers of lines, with other names."""
    return [
        (
            line.mark,
            rename(line.text, names),
            line.pinpoint,
            re.sub(r"lines? [\d, and]+( more)?", "line", line.basis),
            sentences(line.children, names),
        )
        for line in lines
    ]


# names, order, strangers


@settings(CALM, max_examples=12)
@given(stories(), st.permutations(PEOPLE), st.permutations(PERMITS), st.randoms())
def test_names_and_order_change_neither_the_answer_nor_the_reasons(
    story: Story, people: list[str], permits: list[str], random: Random
) -> None:
    names = dict(zip((*PEOPLE, *PERMITS), (*people, *permits), strict=True))
    back = {new: old for old, new in names.items()}
    other = story.renamed(names)
    rest = [fact for fact in other.facts if not fact[0].startswith("person(")]
    random.shuffle(rest)
    persons = tuple(fact for fact in other.facts if fact[0].startswith("person("))
    other = replace(other, facts=(*persons, *rest))
    first, second = story.decide(), other.decide()
    assert first.answer == second.answer
    assert anatomy(explain(first), {}) == anatomy(explain(second), back)


@settings(CALM, max_examples=10)
@given(stories(), st.randoms())
def test_the_tree_is_the_same_under_other_names_of_the_same_order(
    story: Story, random: Random
) -> None:
    names = {name: f"{name}_too" for name in (*PEOPLE, *PERMITS)}
    back = {f"{name} too": name for name in PERMITS} | {
        f"{name.title()} Too": name.title() for name in PEOPLE
    }
    facts = list(story.facts)
    order = [fact for fact in facts if fact[0].startswith("person(")]
    rest = [fact for fact in facts if fact not in order]
    random.shuffle(rest)
    other = replace(story, facts=(*order, *rest)).renamed(names)
    first, second = story.decide(), other.decide()
    told = sentences(outline(first, explain(first)), {})
    retold = sentences(outline(second, explain(second)), {})
    text = str(retold)
    for new, old in back.items():
        text = text.replace(new, old)
    assert text == str(told)


def stated(question: str, *facts: str) -> Story:
    """A story on the day of the end of a permit."""
    return Story(tuple((fact, "stated") for fact in facts), question, 20220115)


PERMIT = (
    "permit(alpha)",
    "issued_to(alpha,ana)",
    "issued_on(alpha,20180228)",
    "valid_from(alpha,20180228)",
    "printed_expiry(alpha,20180228)",
)
ALONE = stated("65.1(1)", "person(ana)", *PERMIT)
TOGETHER = stated(
    "65",
    "person(ana)",
    "person(ben)",
    *PERMIT,
    "inadmissible_found(ben,a34_1_f,20180228,20250601)",
    "accompanies(ana,ben)",
)
COUPLE = stated("65", "person(ana)", "person(ben)", "spouse(ana,ben,20150601,99991231)")


def among_strangers(story: Story, others: Story) -> Story:
    """A story with the facts of another one, about other people."""
    names = {name: f"stranger_{name}" for name in (*PEOPLE, *PERMITS)}
    return replace(story, facts=(*story.facts, *others.renamed(names).facts))


@settings(CALM, max_examples=10)
@given(stories(people=2), stories())
@example(TOGETHER, COUPLE)
@example(ALONE, COUPLE)
def test_facts_about_strangers_change_nothing(story: Story, others: Story) -> None:
    first, second = story.decide(), among_strangers(story, others).decide()
    assert first.answer == second.answer
    why, again = explain(first), explain(second)
    assert anatomy(why, {}) == anatomy(again, {})
    assert outline(first, why) == outline(second, again)


# the answer


@settings(CALM, max_examples=20)
@given(stories())
def test_grounding_alone_gives_the_answer_set_that_clingo_finds(story: Story) -> None:
    decision = story.decide()
    control = clingo.Control(["0", "-Wno-atom-undefined"])
    control.load(str(shipped_law().main))
    control.add("base", [], "\n".join([*facts_of(story.case), f"as_of({story.day})."]))
    control.ground([("base", [])])
    with control.solve(yield_=True) as handle:
        models = [{str(symbol) for symbol in model.symbols(atoms=True)} for model in handle]
    ground = ground_case(shipped_law(), story.case, decision.world)
    whole = ground.control.symbolic_atoms
    assert models == [{str(atom.symbol) for atom in whole}]
    assert all(atom.is_fact for atom in whole)
    part = decision.ground.control.symbolic_atoms
    assert {str(atom.symbol) for atom in part} <= models[0]
    assert decision.holds == ground.settled(decision.goal.text)


@settings(CALM, max_examples=8)
@given(stories())
def test_every_explanation_of_a_random_case_stands(story: Story) -> None:
    decision = story.decide()
    why = explain(decision)
    assert why.nodes[why.roots[0]].holds == decision.holds
    assert verify(why, story.case, day=decision.day) == ()


# unknown facts


def with_unknown(story: Story, chosen: Iterable[int]) -> Story:
    """The story with some facts, by their places, said to be unknown."""
    declared = ("person(", "permit(")
    open_places = [n for n, fact in enumerate(story.facts) if not fact[0].startswith(declared)]
    unknown = {open_places[place % len(open_places)] for place in chosen}
    facts = [(f, "unknown" if n in unknown else s) for n, (f, s) in enumerate(story.facts)]
    return replace(story, facts=tuple(facts))


def completed(story: Story, values: Mapping[str, bool]) -> str | None:
    """The answer once each unknown fact has a value; None where facts then contradict others."""
    facts = tuple((f, "stated") if values.get(f, True) else (f, "denied") for f, _ in story.facts)
    try:
        return replace(story, facts=facts).decide().answer
    except InputError:
        return None


RIVALS = (
    "printed_expiry(alpha,20240116)",
    "valid_from(alpha,20180101)",
    "citizen(ana,20180228,99991231)",
    "child(ana,ana)",
)


@settings(CALM, max_examples=12)
@given(
    stories(people=2),
    st.sets(st.integers(0, 40), min_size=1, max_size=4),
    st.sets(st.sampled_from(RIVALS), max_size=1),
)
def test_an_answer_is_undetermined_exactly_when_two_completions_disagree(
    story: Story, chosen: set[int], rivals: set[str]
) -> None:
    story = with_unknown(story, chosen)
    told = dict([*((rival, "unknown") for rival in rivals), *story.facts])
    story = replace(story, facts=tuple(sorted(told.items(), key=lambda f: f[1] == "unknown")))
    unknown = [fact for fact, status in story.facts if status == "unknown"]
    outcomes = {
        values: answer
        for values in product((True, False), repeat=len(unknown))
        if (answer := completed(story, dict(zip(unknown, values, strict=True)))) is not None
    }
    if not outcomes:
        with pytest.raises(InputError):
            story.decide()
        return
    decision = story.decide(limit=1000)
    answers = set(outcomes.values())
    assert decision.answer == (answers.pop() if len(answers) == 1 else "undetermined")
    root = explain(decision)
    assert root.nodes[root.roots[0]].holds == decision.holds
    assert decision.all_settling
    found = {
        frozenset((statement.atom, value) for statement, value in settling.values): settling.answer
        for settling in decision.settling
    }
    assert found == settling_sets(outcomes, unknown)


def settling_sets(
    outcomes: Mapping[tuple[bool, ...], str], unknown: list[str]
) -> dict[frozenset[tuple[str, bool]], str]:
    """The sets of facts with values under which one answer is left, and no fewer of them."""
    if len(set(outcomes.values())) == 1:
        return {}
    found: dict[frozenset[tuple[str, bool]], str] = {}
    for values in sorted(product((True, False, None), repeat=len(unknown)), key=_size):
        wanted = {f: v for f, v in zip(unknown, values, strict=True) if v is not None}
        left = possible(outcomes, unknown, wanted)
        chosen = frozenset(wanted.items())
        if len(left) == 1 and not any(smaller < chosen for smaller in found):
            found[chosen] = left.pop()
    return found


def _size(values: tuple[bool | None, ...]) -> int:
    return sum(value is not None for value in values)


def possible(
    outcomes: Mapping[tuple[bool, ...], str], unknown: list[str], wanted: Mapping[str, bool]
) -> set[str]:
    """The answers that are left when some unknown facts have a value."""
    return {
        answer
        for values, answer in outcomes.items()
        if wanted.items() <= dict(zip(unknown, values, strict=True)).items()
    }


@pytest.mark.parametrize("answer", ["yes", "no", "undetermined"])
def test_random_stories_reach_every_answer(answer: str) -> None:
    """The properties above would prove little if every random story were a plain no."""
    unknown = st.sets(st.integers(0, 40), min_size=1, max_size=2)
    random = st.builds(with_unknown, stories(people=2), unknown)
    drawn = settings(CALM, max_examples=100, phases=[Phase.generate], database=None)
    assert find(random, lambda story: story.decide().answer == answer, settings=drawn)


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_question_can_be_asked_of_a_case_without_facts(question: str) -> None:
    story = Story((("person(ana)", "stated"), ("permit(alpha)", "stated")), question, 20240301)
    decision = story.decide()
    assert decision.holds is not None
    assert verify(explain(decision), story.case, day=20240301) == ()

"""The search for stories against brute force on the law: every story of tiny scopes, one by one.

Python makes every set of statements that a scope allows, without the choices and the solver of the
search; the axioms and what breaks the claim are put to all of them as rules of a law that many
worlds share. "None within the scope" must mean that none of them breaks the claim, and the first
story must be as small as the smallest that does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import chain, combinations, islice, product
from typing import NamedTuple

import pytest
from paths import CLAIMS

from reasoner.casefiles.case import Case
from reasoner.lawfiles.assemble import extend
from reasoner.lawfiles.law import load_law
from reasoner.lawfiles.rules import Law, Rule
from reasoner.reasons.worlds import goal_in, ground_worlds, lift, world_name
from reasoner.solving.ground import Ground
from reasoner.solving.question import Goal
from reasoner.solving.solve import World
from reasoner.source import Source, read_source
from reasoner.stories.claims import HOLDS, VIOLATED, Claim, Readings, read_library, read_scope
from reasoner.stories.refute import Refutation
from reasoner.stories.remarked import Piece, read_sections
from reasoner.stories.stories import Setting, read_setting
from reasoner.stories.telling import case_of

AT_ONCE = 1000
IMPOSSIBLE = Goal("impossible", (None,), "")


class Tiny(NamedTuple):
    """A scope so small that all of its stories can be told: of whom, when, with which facts.

    ``values`` are, for a kind, those that stand for the others here, and ``larger`` the readings,
    as the claim names them, under which it is refuted in larger scopes only: they are not tried.
    """

    claim: str
    scope: str
    days: Sequence[int]
    facts: str
    values: Mapping[str, str] = {}
    larger: Sequence[str] = ()


START, YEAR, THREE, FIVE = 20190115, 20200115, 20220115, 20240115
PERMIT = "issued_to issued_on valid_from printed_expiry"
OPERATING = "incorporated_in_canada created_in_canada operates_in_canada"
REVIEWED = "permanent_resident residency_examined residency_report compliance_determined"
PERSON, HOLDER, BUSINESS = "people=1", "people=1,permits=1", "businesses=1"
TINY = [
    Tiny(
        "i_35",
        PERSON,
        (START, YEAR),
        "protection_determined protection_vacated resettlement_refugee_1978",
    ),
    Tiny("i_09", HOLDER, (START, YEAR), f"{PERMIT} removal_ordered permit_cancelled"),
    Tiny("i_03", HOLDER, (START, FIVE), f"{PERMIT} resides_in_canada permit_cancelled"),
    Tiny(
        "i_01",
        HOLDER,
        (START, THREE),
        f"{PERMIT} resides_in_canada inadmissible_found",
        {"ground": "a38_1_c"},
    ),
    Tiny(
        "i_07_with_status",
        HOLDER,
        (START, YEAR),
        f"{PERMIT} compelling_reason requirement_found_unmet",
    ),
    Tiny(
        "i_21_converse",
        HOLDER,
        (START, YEAR),
        f"{PERMIT} inadmissible_found",
        {"ground": "a36_2_a a41_b"},
    ),
    Tiny(
        "i_31",
        PERSON,
        (START,),
        "intends_to_reside_in provincial_opinion member_of_class protection_determined",
    ),
    Tiny(
        "i_36",
        "people=1,documents=1",
        (START,),
        "resides_in_canada barred_from_protection document_held_by document_kind "
        "designated_unreliable",
    ),
    Tiny("i_46", BUSINESS, (START,), f"{OPERATING} carried_on_for_profit"),
    Tiny("i_46_shell", BUSINESS, (START,), f"{OPERATING} serves_to_keep_status"),
    Tiny("i_46_device", BUSINESS, (START,), f"{OPERATING} serves_to_keep_status"),
    Tiny("i_51", PERSON, (START, THREE), f"{REVIEWED} stay_in_canada"),
    Tiny("i_51_for_good", PERSON, (START, THREE), REVIEWED),
    Tiny(
        "i_15_temporary_resident",
        "people=2",
        (START,),
        "stay_authorized inadmissible_found common_law_partner accompanies",
        {"ground": "a38_1_c"},
        larger=["when=at_issue"],
    ),
    Tiny(
        "i_55",
        PERSON,
        (START,),
        "inadmissible_found refugee_claim_lost compelling_reason",
        {"ground": "a37_1_a a41_a"},
    ),
    Tiny(
        "i_57",
        PERSON,
        (START, YEAR),
        "studied_in_canada stay_authorized requirement_found_unmet",
        larger=["contravenes=finding"],
    ),
    Tiny(
        "i_57_equivalent",
        PERSON,
        (START, YEAR),
        "studied_in_canada stay_authorized requirement_found_unmet",
    ),
]


@cache
def law() -> Law:
    return load_law()


@cache
def claims() -> Mapping[str, Claim]:
    return {claim.name: claim for claim in read_library(law(), [CLAIMS])}


@cache
def known() -> Setting:
    return read_setting(law())


@cache
def worlds_rules() -> tuple[Rule, ...]:
    """The rules of the folder ``worlds``, read as rules of a law."""
    paths = sorted((law().directory / "worlds").glob("*.lp"))
    sections = chain(*(read_sections(read_source(str(p)), like_law=True) for p in paths))
    return tuple(rule for s in sections for piece in s.pieces for rule in piece.rules)


@cache
def said() -> Mapping[str, list[tuple[str, ...]]]:
    """What the folder ``worlds`` says outright: how often, on which days, with which values."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for rule in worlds_rules():
        if not rule.body:
            row = tuple(term.text for term in rule.head.arguments)
            found.setdefault(rule.head.name, []).append(row)
    return found


def setting_of(tiny: Tiny) -> Setting:
    """The setting of the law, with other days and fewer values."""
    ours = [f"story_day({'; '.join(map(str, tiny.days))})."]
    ours += [f"considered({kind}, ({'; '.join(v.split())}))." for kind, v in tiny.values.items()]

    def stays(piece: Piece) -> bool:
        name, arguments = piece.head.signature[0], piece.head.arguments
        if name == "considered":
            return arguments[0] not in tiny.values
        return name not in ("story_day", "unusual", "also_on")

    more = read_sections(Source("tiny.lp", "\n".join(ours)))[0].pieces
    return Setting((*filter(stays, known().pieces), *more), known().axioms)


def statements(tiny: Tiny, name: str, who: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """All that a fact can state, by whom it is about."""
    fact = law().vocabulary.facts[name]
    days = [str(day) for day in tiny.days]
    days = [day for f, day in said().get("at_days", ()) if f == name] or days

    def values(kind: str) -> list[str]:
        if kind in who:
            return list(who[kind])
        listed = [value for f, value in said().get("at_values", ()) if f == name]
        if kind not in law().vocabulary.kinds:
            return [v for v in listed if v.isdigit()] or [n for (n,) in said()["story_number"]]
        usual = [v for k, v in said().get("considered", ()) if k == kind]
        usual = tiny.values[kind].split() if kind in tiny.values else usual
        every = list(law().vocabulary.kinds[kind].values)
        return [v for v in listed if v in every] or usual or every

    rows = []
    for argument in fact.arguments:
        if argument.type == "date":
            default = [] if argument.default is None else [str(argument.default)]
            rows.append([*days, *default])
        else:
            rows.append(values(argument.type))
    found: dict[str, list[str]] = {}
    for row in product(*rows):
        stated = dict(zip((a.name for a in fact.arguments), row, strict=True))
        people = [v for a, v in zip(fact.arguments, row, strict=True) if a.type in who]
        late = all(
            stated[a.after] < stated[a.name]
            or (not a.strictly and stated[a.after] == stated[a.name])
            for a in fact.arguments
            if a.after is not None
        )
        if late and len(set(people)) == len(people):
            found.setdefault(row[0], []).append(f"{name}({','.join(row)})")
    return found


def stories(tiny: Tiny) -> Iterator[tuple[str, ...]]:
    """Every story of a tiny scope, as atoms: who there is, what is stated, the day asked about."""
    most = read_scope(law(), tiny.scope)
    called = {(k, int(n)): name for k, n, name in said()["called"]}
    for numbers in product(*(range(n + 1) for n in most.values())):
        who = {
            kind: [called[kind, place] for place in range(1, number + 1)]
            for kind, number in zip(most, numbers, strict=True)
        }
        subjects = []
        for name in tiny.facts.split():
            often = max((int(n) for f, n in said()["at_most"] if f == name), default=1)
            for rows in statements(tiny, name, who).values():
                subjects.append([s for n in range(often + 1) for s in combinations(rows, n)])
        entities = [f"{kind}({name})" for kind, names in who.items() for name in names]
        for chosen in product(*subjects):
            for day in tiny.days:
                yield (*entities, *chain(*chosen), f"as_of({day})")


def cost(case: Case) -> int:
    """What a story costs: who there is, what is stated, each end that need not be stated."""
    ends = 0
    for statement in case.statements:
        arguments = law().vocabulary.facts[statement.name].arguments
        for argument, value in zip(arguments, statement.arguments, strict=True):
            ends += argument.default is not None and value != str(argument.default)
    return len(case.entities) + len(case.statements) + ends


def possible(tiny: Tiny) -> list[Case]:
    """The stories of a tiny scope that no axiom rules out."""
    lifted = lift(extend(law(), worlds_rules()), [IMPOSSIBLE]).law
    found: list[Case] = []
    told = stories(tiny)
    while batch := list(islice(told, AT_ONCE)):
        program = [f"world({world_name(place)})." for place in range(len(batch))]
        program += [
            f"{atom.replace('(', f'({world_name(place)},', 1)}."
            for place, story in enumerate(batch)
            for atom in story
        ]
        ground = Ground(lifted, program, goals=[goal_in(0, IMPOSSIBLE)])
        out = {world for world, _ in ground.arguments_of(IMPOSSIBLE.name)}
        found += [
            case_of(law(), story, (), None, "")
            for place, story in enumerate(batch)
            if world_name(place) not in out
        ]
    return found


def smallest(claim: Claim, cases: Sequence[Case], readings: Readings) -> int | None:
    """What the smallest of some stories costs that breaks a claim; None if none does."""
    own = {rule.text: rule for piece in claim.pieces for rule in piece.rules}
    broken = Goal(VIOLATED, (claim.name,), "")
    lifted = lift(extend(law(), own.values()), [broken])
    found: list[int] = []
    for start in range(0, len(cases), AT_ONCE):
        batch = cases[start : start + AT_ONCE]
        worlds = [(case, World(case.as_of, None, readings)) for case in batch]
        ground = ground_worlds(lifted, worlds, [goal_in(0, broken)])
        out = {row[0] for row in ground.arguments_of("problem")}
        breaking = {world for world, _ in ground.rows((VIOLATED, 2))} - out
        found += [cost(c) for place, c in enumerate(batch) if world_name(place) in breaking]
    return min(found, default=None)


@pytest.mark.parametrize("tiny", TINY, ids=[tiny.claim for tiny in TINY])
def test_the_search_agrees_with_all_stories_told_one_by_one(tiny: Tiny) -> None:
    claim, named = claims()[tiny.claim], tiny.facts.split()
    others = tuple(sorted(set(law().vocabulary.facts) - set(named)))
    scope = read_scope(law(), tiny.scope)
    cases = possible(tiny)
    for readings, verdict in claim.verdicts:
        if ",".join(f"{name}={option}" for name, option in readings) in tiny.larger:
            continue
        price = smallest(claim, cases, readings)
        search = Refutation(
            law(), replace(claim, without=others), setting_of(tiny), scope, readings
        )
        found = next((story for story in search.run() if story is not None), None)
        assert (None if found is None else cost(found.case)) == price
        assert (price is None) == (verdict == HOLDS)

"""The law looks at the days on which something matters; to look at more changes no answer.

Which days these are is listed by predicates without words, so that the ground law stays small.
Where one of them forgot a day, what happens on it would be missed without any sign.
"""

import re
from pathlib import Path

import pytest
from paths import CASE_FILES
from shipped import name_of_case, shipped_law

from reasoner import decide
from reasoner.casefiles.case import Case, read_case_text
from reasoner.hypotheses.expectations import read_expectations
from reasoner.solving.ground import Ground
from reasoner.solving.solve import World, facts_of, facts_of_world
from reasoner.source import Source

LISTS = {
    "asked": "person",
    "business_day": "business",
    "family_day": "person",
    "medical_day": "person",
    "permit_day": "permit",
    "relevant_day": "person",
    "residency_day": "person",
    "status_day": "person",
}
"""The predicates that list days, each with the type of those whose days they are."""
_DATE = re.compile(r"(?:19|20)\d{6}")
_EVERY = 5
CHOSEN = [
    path
    for place, path in enumerate(CASE_FILES.values())
    if (place % _EVERY == 0 and "unknown" not in path.stem)
    or path.stem == "a-year-with-each-parent"
]


def more_days(case: Case, world: World) -> list[str]:
    """Every day that a case names, and the one asked about, as a day of everybody's."""
    named = {a for s in case.statements for a in s.arguments if _DATE.fullmatch(a)}
    days = sorted({*named, str(world.day)})
    return [
        f"{listed}({name},{day})."
        for listed, kind in LISTS.items()
        for name, of in case.entities.items()
        if of == kind
        for day in days
    ]


def test_each_list_is_one_of_the_law() -> None:
    law = shipped_law()
    for listed, kind in LISTS.items():
        assert law.types[listed, 2] == (kind, "date")
        assert (listed, 2) not in law.sentences


@pytest.mark.parametrize("path", CHOSEN, ids=name_of_case)
def test_more_days_change_no_answer(path: Path) -> None:
    law = shipped_law()
    asked = read_expectations(law, path)
    for world, posed in asked.worlds():
        facts = [*facts_of(asked.case), *facts_of_world(world)]
        goals = [one.goal for one in posed]
        usual = Ground(law, facts, goals=goals)
        more = Ground(law, [*facts, *more_days(asked.case, world)], goals=goals)
        assert [usual.answer(goal) for goal in goals] == [more.answer(goal) for goal in goals]


def test_a_permit_is_valid_whose_holder_is_not_stated() -> None:
    law = shipped_law()
    text = """\
case: A permit whose holder is not stated
question: 63
as_of: 2022-06-01
permits:
  visit: {issued: 2021-06-01, from: 2021-06-01, until: 2024-05-31}
"""
    case = read_case_text(Source("case.yaml", text), law.vocabulary)
    for day, holds in ((20210531, False), (20220601, True), (20240531, True), (20240601, False)):
        assert decide(law, case, as_of=day).holds is holds

"""The law looks at the days on which something matters; to look at more changes no answer.

Which days these are is listed by predicates without words, so that the ground law stays small.
Where one of them forgot a day, what happens on it would be missed without any sign.
"""

import re
from pathlib import Path

import pytest
from paths import CASE_FILES
from shipped import name_of_case, shipped_law

from reasoner.casefiles.case import Case
from reasoner.hypotheses.expectations import read_expectations
from reasoner.solving.ground import Ground
from reasoner.solving.solve import World, facts_of, facts_of_world

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
    or path.stem in ("a-year-with-each-parent", "holder-not-stated")
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

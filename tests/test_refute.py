"""The search for stories against brute force: every story of a small scope, told in Python."""

from __future__ import annotations

from functools import cache
from itertools import product
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from paths import GARDEN

from reasoner.casefiles.case import read_case_text
from reasoner.casefiles.write_case import write_case
from reasoner.lawfiles.law import load_law
from reasoner.reasons.checker import verify
from reasoner.solving.solve import decide
from reasoner.source import Source
from reasoner.stories.claims import claim_of
from reasoner.stories.readings import Survey
from reasoner.stories.refute import Refutation
from reasoner.stories.remarked import read_sections
from reasoner.stories.stories import Axiom, Setting

DAYS = (20240330, 20240331)
DAYS_AND_NAMES = """
story_day(20240330; 20240331).
story_number(20).
considered(crop, beans).
called(gardener, 1, rose).
called(gardener, 2, jack).
"""


def setting_of(text: str, *axioms: Axiom) -> Setting:
    return Setting(tuple(read_sections(Source("garden.lp", text))[0].pieces), axioms)


SETTING = setting_of(DAYS_AND_NAMES)
SCOPE = {"gardener": 2, "plot": 1}
CONDITIONS = {
    "keeps_plot": "keeps_plot(G,D)",
    "tenant": "tenant(G,D)",
    "paid": "paid_in_time(G,D)",
    "grows": "grows_enough(G)",
    "forfeited": "forfeited(G)",
    "trusted": "trusted(G)",
    "nuisance": "nuisance(G)",
    "founder": "founder(G)",
    "pardoned": "pardoned(G)",
}


class Standing(NamedTuple):
    """How a gardener stands under the by-law, as worked out here from its words."""

    keeps_plot: bool
    tenant: bool
    paid: bool
    grows: bool
    forfeited: bool
    trusted: bool
    nuisance: bool
    founder: bool
    pardoned: bool


@cache
def costs(due: str) -> dict[Standing, int]:
    """Each way in which somebody can stand in some story, with what the smallest such costs."""
    found: dict[Standing, int] = {}
    lease = [None, *product((0, 1), DAYS)]
    paid = [None, *DAYS]
    last = 20240331 if due == "inclusive" else 20240330
    flags = list(product((False, True), repeat=2))
    for to, bed, rents in product(lease, (False, True), product(paid, paid)):
        for nuisance, pardoned, founder, vouches in product(flags, flags, flags, flags):
            facts = sum(rent is not None for rent in rents) + (to is not None) + bed
            facts += sum(map(sum, (nuisance, pardoned, founder, vouches)))
            told = {
                who
                for who in (0, 1)
                if rents[who] or nuisance[who] or pardoned[who] or founder[who]
            }
            told |= {0, 1} if any(vouches) else set()
            told |= {to[0]} if to else set()
            for who, day in product((0, 1), DAYS):
                other = 1 - who
                trusted = founder[who] or (vouches[other] and founder[other])
                tenant = to is not None and to[0] == who and to[1] <= day
                in_time = rents[who] is not None and rents[who] <= last
                grows = to is not None and to[0] == who and bed
                forfeited = nuisance[who] and not pardoned[who] and not trusted
                keeps = tenant and in_time and grows and not forfeited
                standing = Standing(
                    keeps, tenant, in_time, grows, forfeited, trusted,
                    nuisance[who], founder[who], pardoned[who],
                )  # fmt: skip
                cost = facts + len(told | {who}) + (to is not None or bed)
                found[standing] = min(cost, found.get(standing, cost))
    return found


def cheapest(wanted: dict[str, bool], due: str) -> int | None:
    """What the smallest story costs in which somebody stands as wanted; None if nobody can."""
    fitting = [
        cost
        for standing, cost in costs(due).items()
        if all(getattr(standing, name) is value for name, value in wanted.items())
    ]
    return min(fitting, default=None)


def claim_against(wanted: dict[str, bool]):
    conditions = ("" if value else "not " for value in wanted.values())
    texts = (f"{sign}{CONDITIONS[name]}" for sign, name in zip(conditions, wanted, strict=True))
    return claim_of(", ".join(["gardener(G)", "as_of(D)", *texts]), law())


@cache
def law():
    return load_law(GARDEN)


def search(wanted: dict[str, bool], readings=()) -> Refutation:
    return Refutation(law(), claim_against(wanted), SETTING, SCOPE, readings)


standings = st.dictionaries(st.sampled_from(sorted(CONDITIONS)), st.booleans(), min_size=1)


@settings(max_examples=60, deadline=None)
@given(standings, st.sampled_from(["inclusive", "exclusive"]))
def test_the_first_story_is_the_smallest_and_none_is_missed(wanted, due):
    refutation = search(wanted, [("due", due)])
    found = next((story for story in refutation.run() if story is not None), None)
    expected = cheapest(wanted, due)
    assert (found is None) == (expected is None)
    if found is not None:
        case = found.case
        assert len(case.statements) + len(case.entities) == expected
        assert all(c.holds is found.why.nodes[r].holds
                   for c, r in zip(found.conditions, found.why.roots, strict=True))  # fmt: skip


@settings(max_examples=12, deadline=None)
@given(standings)
def test_stories_replay_and_are_explained_soundly(wanted):
    for story in search(wanted).run():
        if story is None:
            continue
        text = write_case(story.case, law().vocabulary)
        again = read_case_text(Source("again.yaml", text), law().vocabulary)
        for condition in story.conditions:
            if not law().is_fact((condition.goal.name, len(condition.goal.arguments))):
                decision = decide(law(), again, condition.goal.text)
                assert decision.holds is condition.holds
        assert verify(story.why, story.case, day=story.world.day) == ()


@settings(max_examples=15, deadline=None)
@given(standings)
def test_readings_under_which_a_claim_holds(wanted):
    survey = Survey(search(wanted))
    parts = [part for part in survey.run() if part is not None]
    for due in ("inclusive", "exclusive"):
        broken = cheapest(wanted, due) is not None
        assert broken == any(
            part.story is not None and dict(part.options).get("due", due) == due for part in parts
        )
        if survey.matter:
            assert broken != any(dict(c).get("due", due) == due for c in survey.holds())


def test_stories_of_other_kinds_turn_on_other_provisions():
    stories = [story for story in search({"keeps_plot": False}).run() if story is not None]
    kinds = [story.kind.pinpoints for story in stories]
    assert len(kinds) == len(set(kinds)) > 1


@pytest.mark.parametrize("axiom", [True, False])
def test_an_axiom_rules_stories_out(axiom):
    pieces = read_sections(Source("axioms.lp", "impossible(never) :- nuisance(_)."))[0].pieces
    never = Axiom("never", {"en": "Nobody is a nuisance."}, tuple(pieces))
    setting = setting_of(DAYS_AND_NAMES, *([never] if axiom else []))
    wanted = {"forfeited": True}
    found = Refutation(law(), claim_against(wanted), setting, SCOPE).run()
    assert any(story is not None for story in found) is not axiom

"""Every provision of 61 to 70 is met in some shipped case and not met in another.

So is every one of section 28 of the Act, the obligation that 61 and 62 serve.
"""

import re

import pytest
from conftest import Reports

from reasoner.audit.conditions import conditions
from reasoner.audit.excluded import FILE, Fingerprints, read_excluded
from reasoner.casefiles.shelf import NEAR_MISSES
from reasoner.lawfiles.law import shipped
from reasoner.lawfiles.rules import Law
from reasoner.stories.stories import read_setting

Ways = dict[str, set[tuple[bool, bool]]]

OURS = re.compile(r"(R(61|62|63|64|65|65\.1|66|67|68|69|69\.1|70)|A28)(\(|$)")

# Provisions that no story can reach both ways, with the argument, by pinpoint.
UNREACHABLE: dict[str, str] = {
    "A28(2)(a)(v)": "No regulations provide for other means of compliance.",
}

# Provisions that no story can reach both ways under the default readings, with the argument.
_HOLDER_IS_PROTECTED = (
    "A valid permit makes its holder a temporary resident (A24(1)), and a temporary resident is "
    "inadmissible because of a family member only on the grounds of A42(2), of which health is "
    "none; it takes the reading s42_2: per_application or when: at_issue to meet the provision."
)
ONLY_UNDER_OTHER_READINGS = {
    "R65(b)(i)(C)": _HOLDER_IS_PROTECTED,
    "R65(b)(i)(C)(I)": _HOLDER_IS_PROTECTED,
    "R65(b)(i)(C)(II)": _HOLDER_IS_PROTECTED,
}


@pytest.fixture(scope="module")
def ways(law: Law, reports: Reports) -> Ways:
    """How each provision is reached: whether it is met, and whether under the default readings."""
    found: Ways = {p: set() for p in law.provisions if OURS.match(p)}
    for report in reports.all():
        for pinpoint, holds, default in report.reached:
            if pinpoint in found:
                found[pinpoint].add((holds, default))
    return found


def one_sided(ways: Ways, *, default: bool) -> set[str]:
    """The provisions that are always met or never, under the default readings or under any."""
    return {
        pinpoint
        for pinpoint, found in ways.items()
        if {holds for holds, usual in found if usual or not default} != {True, False}
    }


def test_the_division_is_complete(ways: Ways) -> None:
    assert len(ways) >= 34
    assert {"R63(d)", "R64", "R65(b)(i)(C)(II)", "R65.1(3)(b)(ii)", "R65.1(4)"} <= set(ways)


def test_every_provision_is_reached_both_ways(ways: Ways) -> None:
    assert one_sided(ways, default=False) == set(UNREACHABLE)


def test_every_provision_is_reached_both_ways_under_the_default_readings(
    ways: Ways,
) -> None:
    assert one_sided(ways, default=True) == {*UNREACHABLE, *ONLY_UNDER_OTHER_READINGS}


def test_what_no_pair_of_stories_shows_is_told_of_the_law_as_it_is(law: Law) -> None:
    excluded = read_excluded(shipped("cases") / NEAR_MISSES / FILE)
    if excluded is None:
        return
    fingerprints = Fingerprints(law, read_setting(law))
    known = {condition.id: condition for condition in conditions(law)}
    stale = [
        name
        for told in (excluded.none, excluded.never)
        for name, fingerprint in told.items()
        if name not in known or fingerprints.of(known[name]) != fingerprint
    ]
    assert stale == [], "run `reasoner coverage --made-up --write cases/near_misses`"

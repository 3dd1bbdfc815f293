"""Who counts as a child of an applicant agrees with a plain computation, whatever the days.

R25.1(1) takes the age on the day of the application and leaves everything else to the day of the
decision; R69.1 asks for both days. The days lie around the twenty-second birthdays, many of them in
years without the 29 February on which the child was born.
"""

from dataclasses import dataclass
from datetime import date, timedelta

import clingo
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from paths import LAW

LEAP_DAYS = [date(1996, 2, 29), date(2000, 2, 29), date(2004, 2, 29)]
BIRTHS = st.sampled_from(LEAP_DAYS) | st.dates(date(1996, 1, 1), date(2006, 12, 31))
NEAR = st.integers(-3, 3) | st.integers(-900, 900)
CALM = settings(deadline=None, derandomize=True, max_examples=25)


@dataclass(frozen=True)
class Child:
    """A child: the birth, the days of a marriage, if any, and whether always dependent."""

    birth: date
    married: tuple[date, date] | None = None
    unable: bool = False


@dataclass(frozen=True)
class Story:
    """The children of an applicant, the day of the application and that of the decision."""

    children: tuple[Child, ...]
    made: date
    decided: date


def written(day: date) -> int:
    """A day as the law writes it."""
    return day.year * 10_000 + day.month * 100 + day.day


def turns_22(birth: date) -> date:
    """The day on which 22 is attained; in a year without 29 February, 1 March."""
    try:
        return birth.replace(year=birth.year + 22)
    except ValueError:
        return date(birth.year + 22, 3, 1)


def depends(child: Child, day: date, age_on: date) -> bool:
    """Whether a child is a dependent child on a day, with the age of another."""
    if child.birth > day:
        return False
    if age_on >= turns_22(child.birth):
        return child.unable
    return child.married is None or not child.married[0] <= day <= child.married[1]


@st.composite
def stories(draw: st.DrawFn) -> Story:
    """Children about 22 years old when an application is made or determined."""
    births = draw(st.lists(BIRTHS, min_size=1, max_size=6))
    made = turns_22(births[0]) + timedelta(draw(NEAR))
    decided = made + timedelta(draw(st.integers(0, 3) | st.integers(0, 1500)))
    children = []
    for birth in births:
        begins = made + timedelta(draw(NEAR))
        ends = begins + timedelta(draw(st.integers(0, 1000)))
        married = draw(st.none() | st.just((begins, ends)))
        children.append(Child(birth, married, draw(st.booleans())))
    children.append(Child(made + timedelta(draw(st.integers(-2, 2)))))
    return Story(tuple(children), made, decided)


def found(story: Story, predicate: str, application: str) -> set[int]:
    """The children for whom the law concludes something on the day of the decision."""
    made = written(story.made)
    facts = [f"as_of({written(story.decided)}). person(parent). person(other)."]
    if application == "request":
        facts.append(f"request(r). requested_by(r, parent). request_made(r, {made}).")
    else:
        facts.append(f"application(a). applicant(a, parent). application_made(a, {made}).")
        facts.append(f"{application}(a).")
    for number, child in enumerate(story.children):
        name = f"c{number}"
        facts.append(
            f"person({name}). child({name}, parent). born({name}, {written(child.birth)})."
        )
        if child.unable:
            facts.append(f"unable_to_support_self({name}).")
        if child.married:
            begins, ends = map(written, child.married)
            facts.append(f"spouse({name}, other, {begins}, {ends}).")
    control = clingo.Control(["-Wnone"])
    control.load(str(LAW / "main.lp"))
    control.add("base", [], "\n".join(facts))
    control.ground([("base", [])])
    atoms = [atom.symbol for atom in control.symbolic_atoms.by_signature(predicate, 3)]
    parent, day = clingo.Function("parent"), clingo.Number(written(story.decided))
    return {int(a.arguments[0].name[1:]) for a in atoms if a.arguments[1:] == [parent, day]}


BORN_ON_A_LEAP_DAY = Story(
    (Child(LEAP_DAYS[1]), Child(LEAP_DAYS[1], unable=True)), date(2022, 2, 28), date(2022, 3, 1)
)


@CALM
@example(BORN_ON_A_LEAP_DAY)
@given(stories())
def test_a_request_fixes_ages_and_asks_for_both_times(story: Story) -> None:
    expected = {
        number
        for number, child in enumerate(story.children)
        if depends(child, story.made, story.made) and depends(child, story.decided, story.made)
    }
    assert found(story, "considered_family_member", "request") == expected


@CALM
@example(BORN_ON_A_LEAP_DAY)
@given(stories())
def test_an_application_for_a_visa_fixes_ages_alone(story: Story) -> None:
    expected = {
        number
        for number, child in enumerate(story.children)
        if depends(child, story.decided, story.made)
    }
    assert found(story, "family_member_in_application", "applied_for_visa") == expected


@CALM
@example(BORN_ON_A_LEAP_DAY)
@given(stories())
def test_an_application_to_remain_fixes_nothing(story: Story) -> None:
    expected = {
        number
        for number, child in enumerate(story.children)
        if depends(child, story.decided, story.decided)
    }
    assert found(story, "family_member_in_application", "applied_to_remain") == expected


@pytest.mark.parametrize(
    ("birth", "day"),
    [
        (date(2000, 2, 29), date(2022, 3, 1)),
        (date(2003, 2, 28), date(2025, 2, 28)),
        (date(2002, 12, 31), date(2024, 12, 31)),
    ],
)
def test_22_is_attained_on_the_anniversary(birth: date, day: date) -> None:
    eve = Story((Child(birth),), day - timedelta(1), day + timedelta(400))
    same = Story((Child(birth),), day, day + timedelta(400))
    assert found(eve, "considered_family_member", "request") == {0}
    assert found(same, "considered_family_member", "request") == set()

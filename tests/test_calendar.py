"""The calendar of the law agrees with Python's, for every day of two centuries.

What Python computes is handed to clingo as facts, and clingo derives where its rules say anything
else: so every day is compared in one grounding, and only the differences are read.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import product

import clingo
import pytest
from paths import LAW

DAYS = [date(1900, 1, 1) + timedelta(days=n) for n in range(73_414)]
AROUND_LEAP_DAYS = [day for day in DAYS if 228 <= day.month * 100 + day.day <= 301]
either_reading = pytest.mark.parametrize(
    ("leap", "days"), [("feb28", AROUND_LEAP_DAYS), ("mar1", DAYS)], ids=["feb28", "mar1"]
)


def written(day: date) -> int:
    """A day as the law writes it."""
    return day.year * 10_000 + day.month * 100 + day.day


def years_later(day: date, years: int, leap: str) -> date:
    """The anniversary of a day; where there is no 29 February, the day that a reading chooses."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, *{"feb28": (2, 28), "mar1": (3, 1)}[leap])


def differences(rules: str, facts: Iterable[str]) -> list[str]:
    """What the law's calendar concludes otherwise than Python."""
    messages: list[str] = []
    control = clingo.Control(["-Wno-atom-undefined"], lambda _, text: messages.append(text))
    for name in ("calendar.lp", "interpretation_act.lp"):
        control.load(str(LAW / name))
    control.add("base", [], rules + "\n".join(facts))
    control.ground([("base", [])])
    assert messages == []
    return sorted(str(atom.symbol) for atom in control.symbolic_atoms.by_signature("wrong", 2))


def test_the_days_reach_from_1900_to_2100() -> None:
    assert (DAYS[0], DAYS[-1]) == (date(1900, 1, 1), date(2100, 12, 31))


def test_day_numbers_and_the_days_beside_agree_for_every_day() -> None:
    rules = """
    next_day_wanted(D) :- day(D, _, _, _).
    previous_day_wanted(D) :- day(D, _, _, _).
    number_wanted(D) :- day(D, _, _, _).
    numbered_day_wanted(N) :- day(_, _, _, N).
    wrong(after, D) :- day(D, Next, _, _), not day_after(D, Next).
    wrong(after, D) :- day(D, Next, _, _), day_after(D, Other), Other != Next.
    wrong(before, D) :- day(D, _, Previous, _), not day_before(D, Previous).
    wrong(before, D) :- day(D, _, Previous, _), day_before(D, Other), Other != Previous.
    wrong(number, D) :- day(D, _, _, N), not day_number(D, N).
    wrong(number, D) :- day(D, _, _, N), day_number(D, Other), Other != N.
    wrong(numbered, D) :- day(D, _, _, N), not numbered_day(N, D).
    wrong(numbered, D) :- day(D, _, _, N), numbered_day(N, Other), Other != D.
    """
    one = timedelta(days=1)
    first = date(1, 3, 1).toordinal() - 365  # 0000-03-01, which Python's calendar does not reach
    facts = (
        f"day({written(d)},{written(d + one)},{written(d - one)},{d.toordinal() - first})."
        for d in DAYS
    )
    assert differences(rules, facts) == []


def test_the_days_that_do_not_exist_are_the_missing_29_of_february() -> None:
    leap = {day.year for day in DAYS if (day.month, day.day) == (2, 29)}
    facts = [f"missing({year}0229)." for year in range(1900, 2101) if year not in leap]
    rules = """
    wrong(present, D) :- missing(D), not missing_day(D).
    wrong(missing, D) :- missing_day(D), not missing(D).
    """
    assert differences(rules, facts) == []


@either_reading
def test_anniversaries_agree_under_either_reading(leap: str, days: list[date]) -> None:
    rules = f"""
    reading(leap, {leap}).
    anniversary_wanted(D, Years) :- later(D, Years, _).
    wrong(D, Years) :- later(D, Years, Day), not anniversary(D, Years, Day).
    wrong(D, Years) :- later(D, Years, Day), anniversary(D, Years, Other), Other != Day.
    """
    assert differences(rules, laters(days, (3, 5), leap)) == []


@either_reading
def test_ages_agree_under_either_reading(leap: str, days: list[date]) -> None:
    rules = f"""
    reading(leapbday, {leap}).
    born(D, D) :- later(D, _, _).
    age_of_interest(Years) :- later(_, Years, _).
    wrong(D, Years) :- later(D, Years, Day), not attains_age(D, Years, Day).
    wrong(D, Years) :- later(D, Years, Day), attains_age(D, Years, Other), Other != Day.
    """
    assert differences(rules, laters(days, (22,), leap)) == []


def laters(days: Iterable[date], ages: Iterable[int], leap: str) -> Iterable[str]:
    """The anniversaries of some days, as far as the calendar reaches."""
    for day, years in product(days, ages):
        if day.year + years <= 2100:
            yield f"later({written(day)},{years},{written(years_later(day, years, leap))})."


def test_twelve_months_before_agree_for_every_day() -> None:
    rules = """
    examination_looked_at_from(D) :- earlier(D, _).
    wrong(D, Day) :- earlier(D, Day), not twelve_months_before(D, Day).
    wrong(D, Other) :- earlier(D, Day), twelve_months_before(D, Other), Other != Day.
    """
    later = [day for day in DAYS if day.year > 1900]
    facts = (f"earlier({written(d)},{written(years_later(d, -1, 'feb28'))})." for d in later)
    assert differences(rules, facts) == []

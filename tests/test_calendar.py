"""The calendar of the law agrees with Python's, for every day of two centuries.

What Python computes is handed to clingo as facts, and clingo derives where its rules say anything
else: so every day is compared in one grounding, and only the differences are read.
"""

from calendar import monthrange
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import product

import clingo
import pytest
from paths import LAW

from reasoner.audit.known import KNOWN_FILE, read_known
from reasoner.audit.mutants import Mutant, mutants
from reasoner.lawfiles.law import load_law
from reasoner.lawfiles.rules import Rule

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


def differences(rules: str, facts: Iterable[str], calendar: str = "") -> list[str]:
    """What the law's calendar, or another one, concludes otherwise than Python."""
    messages: list[str] = []
    control = clingo.Control(["-Wno-atom-undefined"], lambda _, text: messages.append(text))
    if not calendar:
        for name in ("calendar.lp", "interpretation_act.lp"):
            control.load(str(LAW / name))
    control.add("base", [], calendar + rules + "\n".join(facts))
    control.ground([("base", [])])
    assert messages == [] or calendar
    return sorted(str(atom.symbol) for atom in control.symbolic_atoms.by_signature("wrong", 2))


def test_the_days_reach_from_1900_to_2100() -> None:
    assert (DAYS[0], DAYS[-1]) == (date(1900, 1, 1), date(2100, 12, 31))


DAY_RULES = """
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
MISSING_RULES = """
    wrong(present, D) :- missing(D), not missing_day(D).
    wrong(missing, D) :- missing_day(D), not missing(D).
"""
HALF_YEAR_RULES = """
    six_months_wanted(D) :- half_year(D, _).
    wrong(half_year, D) :- half_year(D, Later), not six_months_on(D, Later).
    wrong(half_year, D) :- half_year(D, Later), six_months_on(D, Other), Other != Later.
"""


def day_facts(days: Iterable[date]) -> Iterator[str]:
    """Some days, each with those beside it and its number."""
    one = timedelta(days=1)
    first = date(1, 3, 1).toordinal() - 365  # 0000-03-01, which Python's calendar does not reach
    for day in days:
        number = day.toordinal() - first
        yield f"day({written(day)},{written(day + one)},{written(day - one)},{number})."


def missing_facts() -> Iterator[str]:
    """The days that common years have not."""
    leap = {day.year for day in DAYS if (day.month, day.day) == (2, 29)}
    yield from (f"missing({year}0229)." for year in range(1900, 2101) if year not in leap)


def half_year_facts(days: Iterable[date]) -> Iterator[str]:
    """Some days, each with the one six months later: of the same number, or the last."""
    for day in days:
        year, month = (day.year, day.month + 6) if day.month < 7 else (day.year + 1, day.month - 6)
        later = date(year, month, min(day.day, monthrange(year, month)[1]))
        yield f"half_year({written(day)},{written(later)})."


def test_day_numbers_and_the_days_beside_agree_for_every_day() -> None:
    assert differences(DAY_RULES, day_facts(DAYS)) == []


def test_the_days_that_do_not_exist_are_the_missing_29_of_february() -> None:
    assert differences(MISSING_RULES, missing_facts()) == []


def test_six_months_later_agree_for_every_day() -> None:
    assert differences(HALF_YEAR_RULES, half_year_facts(DAYS)) == []


def test_every_change_of_the_calendar_shows_on_some_day() -> None:
    """No case has to notice them: all but those listed one by one show here."""
    law = load_law()
    calendar = [rule for rule in law.rules if rule.position.path.endswith("calendar.lp")]
    changes = [m for m in mutants(law) if m.heading == "calendar" and m.expressible]
    turns = [
        date(year, month, number)
        for year in (1900, 1904, 1999, 2000, 2023, 2100)
        for month in range(1, 13)
        for last in [monthrange(year, month)[1]]
        for number in (1, 2, 15, last - 1, last)
    ]
    facts = [*day_facts(turns), *missing_facts(), *half_year_facts(turns)]
    rules = DAY_RULES + MISSING_RULES + HALF_YEAR_RULES
    assert differences(rules, facts, as_text(calendar)) == []
    unseen = {m.id for m in changes if not shows(rules, facts, as_changed(calendar, m))}
    known = read_known(law.directory / KNOWN_FILE)
    assert "calendar" in known
    assert unseen == {name for name in known if name.startswith("calendar.")}


def as_changed(calendar: list[Rule], change: Mutant) -> str:
    """The calendar with one change."""
    kept = [rule for rule in calendar if rule.number != change.rule]
    return as_text([*kept, *([change.changed] if change.changed else []), *change.rows])


def as_text(rules: Iterable[Rule]) -> str:
    """Rules as clingo reads them."""
    return "\n".join(rule.text for rule in rules) + "\n"


def shows(rules: str, facts: Iterable[str], calendar: str) -> bool:
    """Whether a calendar concludes anything otherwise than Python, or nothing at all."""
    try:
        return bool(differences(rules, facts, calendar))
    except RuntimeError:  # clingo refuses it
        return True


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

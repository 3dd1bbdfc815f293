"""The residency obligation against a count by days, and ownership against a plain fixpoint.

The law counts by stretches between the days on which something changes, and goes through the
holders of a business in order. Here the same is worked out day by day and round by round.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from shipped import shipped_law

from reasoner import Decision, decide, explain, verify
from reasoner.casefiles.case import read_case_text
from reasoner.source import Source

CALM = settings(deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
DAY = timedelta(days=1)
FIRST = date(2018, 1, 1)
PEOPLE = ("ana", "ben", "cleo")
Span = tuple[date, date]
Choice = Mapping[str, str]


def written(day: date) -> str:
    """A day as the law writes it."""
    return f"{day:%Y%m%d}"


def decided(facts: Iterable[str], question: str, day: date, readings: Choice) -> Decision:
    """What the program decides."""
    text = "\n".join(f"{fact}." for fact in (*facts, f"as_of({written(day)})"))
    case = read_case_text(Source("story.lp", text), shipped_law().vocabulary)
    return decide(shipped_law(), case, question, readings=readings.items())


def holds(facts: Iterable[str], question: str, day: date, readings: Choice) -> bool:
    """What the program answers."""
    holds = decided(facts, question, day, readings).holds
    assert holds is not None
    return holds


def within(day: date, spans: Iterable[Span]) -> bool:
    """Whether a day lies in one of some periods."""
    return any(first <= day <= last for first, last in spans)


# The residency obligation


@dataclass(frozen=True)
class Life:
    """What is stated of one permanent resident."""

    landed: date
    citizen_since: date | None
    stays: tuple[Span, ...]
    work: tuple[Span, ...]
    hired: date
    reports: tuple[date, ...]
    cleared: tuple[date, ...]


@dataclass(frozen=True)
class World:
    """Three people: cleo is a parent of ana, and ben is her spouse, or her other parent."""

    lives: Mapping[str, Life]
    together: Mapping[tuple[str, str], tuple[Span, ...]]
    married: Span | None
    born: date
    operating: Span
    examined: date

    def facts(self) -> list[str]:
        """The facts as a case states them."""
        found = [f"person({name})" for name in PEOPLE] + ["business(firm)"]
        found.append("incorporated_in_canada(firm,19900101,99991231)")
        found.append(f"operates_in_canada(firm,{self.period(self.operating)})")
        if self.married:
            found.append(f"spouse(ana,ben,{self.period(self.married)})")
        else:
            found.append("child(ana,ben)")
        found += ["child(ana,cleo)", f"born(ana,{written(self.born)})"]
        for name, life in self.lives.items():
            found.append(f"permanent_resident({name},{written(life.landed)},99991231)")
            if life.citizen_since:
                found.append(f"citizen({name},{written(life.citizen_since)},99991231)")
            found += [f"stay_in_canada({name},{self.period(span)})" for span in life.stays]
            found += [f"residency_report({name},{written(day)})" for day in life.reports]
            found += [f"compliance_determined({name},{written(day)})" for day in life.cleared]
            for number, span in enumerate(life.work):
                job = f"{name}_job_{number}"
                found += [f"employment({job})", f"engagement({job},employee)"]
                found += [f"employed_by({job},firm)", f"full_time({job})"]
                found.append(f"employment_of({job},{name},{written(life.hired)},99991231)")
                found.append(f"assigned({job},position,outside_canada,{self.period(span)})")
        for (one, other), spans in self.together.items():
            found += [f"resided_together({one},{other},{self.period(span)})" for span in spans]
        return list(dict.fromkeys(found))

    @staticmethod
    def period(span: Span) -> str:
        """A period as two arguments."""
        return f"{written(span[0])},{written(span[1])}"

    # the count by days

    def window(self, name: str, readings: Choice) -> tuple[date, date, bool]:
        """The first and last day of the five years, and whether days to come count."""
        landed, examined = self.lives[name].landed, self.examined
        fifth = years_on(landed, 5)
        if examined < fifth:
            late = readings.get("landing") == "next_day"
            return landed + DAY * late, fifth - DAY * (not late), True
        start = years_on(examined, -5)
        late = readings.get("window5") == "incl_exam"
        return start + DAY * late, examined - DAY * (not late), False

    def accompanies(self, one: str, other: str, day: date) -> bool:
        """Whether two reside together abroad, one being spouse, partner or child of the other."""
        pairs = ((one, other), (other, one))
        if not any(within(day, self.together.get(pair, ())) for pair in pairs):
            return False
        if self.married and {one, other} == {"ana", "ben"}:
            return within(day, [self.married])
        single = not self.married or not within(day, [self.married])
        child = day < years_on(self.born, 22, forward=True) and single
        return one == "ana" and other in ("ben", "cleo") and child

    def works(self, name: str, day: date) -> bool:
        """Whether the day is one of employment abroad that counts."""
        life = self.lives[name]
        return life.hired <= day and within(day, life.work) and within(day, [self.operating])

    def days(self, name: str, carried: Iterable[str], readings: Choice) -> int:
        """The days that count, if the persons carried comply: of any kind, or of the best one."""
        life = self.lives[name]
        first, last, ahead = self.window(name, readings)
        reports = [
            day
            for day in life.reports
            if day <= self.examined
            and not any(day <= cleared <= self.examined for cleared in life.cleared)
        ]
        total, of_kind, day = 0, [0, 0, 0, 0], first
        while day <= last:
            if not any(report < day for report in reports):
                abroad = not within(day, life.stays)
                kinds = (
                    not abroad or (ahead and day >= self.examined),
                    abroad and self.works(name, day),
                    abroad and any(self.citizen_abroad(name, other, day) for other in PEOPLE),
                    abroad and any(self.resident_abroad(name, other, day) for other in carried),
                )
                total += any(kinds)
                of_kind = [n + kind for n, kind in zip(of_kind, kinds, strict=True)]
            day += DAY
        return max(of_kind) if readings.get("kinds") == "one_kind" else total

    def citizen_abroad(self, name: str, other: str, day: date) -> bool:
        """Whether the day is one of accompanying a citizen."""
        since = self.lives[other].citizen_since
        return since is not None and since <= day and self.accompanies(name, other, day)

    def resident_abroad(self, name: str, other: str, day: date) -> bool:
        """Whether the day is one of accompanying a permanent resident at work."""
        life = self.lives[other]
        return (
            other != name
            and life.landed <= day
            and self.works(other, day)
            and self.accompanies(name, other, day)
        )

    def complying(self, readings: Choice) -> set[str]:
        """Who complies: the least set or the greatest one."""
        greatest = readings.get("cycle") == "greatest"
        inside = set(PEOPLE) if greatest else set()
        while True:
            now = {name for name in PEOPLE if self.days(name, inside - {name}, readings) >= 730}
            if now == inside:
                return now
            inside = now


def years_on(day: date, years: int, *, forward: bool = False) -> date:
    """The day so many years on; the month end, or forward the next day, where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1) if forward else date(day.year + years, 2, 28)


def dates(last: int = 8 * 365) -> st.SearchStrategy[date]:
    """Days of eight years, the leap days and their neighbours more often."""
    edges = [date(2020, 2, 28), date(2020, 2, 29), date(2020, 3, 1), date(2024, 2, 29)]
    return st.integers(0, last).map(lambda n: FIRST + n * DAY) | st.sampled_from(edges)


def spans(most: int, longest: int = 800) -> st.SearchStrategy[tuple[Span, ...]]:
    """Some periods, which may overlap."""
    span = st.tuples(dates(), st.integers(0, longest)).map(lambda x: (x[0], x[0] + x[1] * DAY))
    return st.lists(span, max_size=most, unique=True).map(tuple)


@st.composite
def lives(draw: st.DrawFn, *, citizen: bool) -> Life:
    """A permanent resident; ``citizen``: who may become a citizen."""
    return Life(
        draw(dates(2600) | st.just(date(2012, 2, 29))),
        draw(st.none() | dates()) if citizen else None,
        draw(spans(3, 500)),
        draw(spans(1, 700)),
        draw(st.just(date(2010, 1, 1)) | dates()),
        tuple(draw(st.lists(dates(), max_size=1))),
        tuple(draw(st.lists(dates(), max_size=1))),
    )


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """Three people with stays, employments and a household that changes."""
    found = {name: draw(lives(citizen=name == "cleo")) for name in PEOPLE}
    latest = max(life.landed for life in found.values())
    examined = draw(dates().filter(lambda day: day >= latest) | st.just(date(2025, 12, 31)))
    begins, ends = draw(st.just(FIRST) | dates(1200)), draw(st.just(date(2027, 1, 1)) | dates())
    married = draw(st.sampled_from([None, (min(begins, ends), max(begins, ends))]))
    return World(
        found,
        {
            ("ana", "ben"): draw(spans(2)),
            ("cleo", "ana"): draw(spans(1)),
            ("ben", "cleo"): draw(spans(1)),
        },
        married,
        draw(st.sampled_from([date(1998, 2, 28), date(2000, 2, 29), date(2002, 7, 1)])),
        (FIRST, draw(st.just(date(2028, 1, 1)) | dates())),
        examined,
    )


@settings(CALM, max_examples=40)
@given(
    worlds(),
    st.sampled_from(PEOPLE),
    st.sampled_from(["excl_exam", "incl_exam"]),
    st.sampled_from(["landing_day_counts", "next_day"]),
    st.sampled_from(["least", "greatest"]),
    st.sampled_from(["together", "one_kind"]),
)
def test_days_are_counted_as_if_one_by_one(
    world: World, name: str, window: str, landing: str, cycle: str, kinds: str
) -> None:
    readings = {"window5": window, "landing": landing, "cycle": cycle, "kinds": kinds}
    expected = name in world.complying(readings)
    question = f"complies_with_residency({name}, {world.examined.isoformat()})"
    assert holds(world.facts(), question, world.examined, readings) == expected


@settings(CALM, max_examples=15)
@given(worlds(), st.sampled_from(PEOPLE))
def test_one_day_decides(world: World, name: str) -> None:
    check_one_day(replace(world, together={}), name)


@settings(CALM, max_examples=20)
@given(worlds(), dates(), st.integers(1, 400), st.integers(1, 400))
def test_one_day_decides_among_those_spent_with_others(
    world: World, began: date, first: int, second: int
) -> None:
    # a child is with one parent at work abroad, and then with the other; both comply otherwise
    changed, ended = began + first * DAY, began + (first + second) * DAY
    posted = {"ben": (began, changed - DAY), "cleo": (changed, ended)}
    hired = {"ben": began, "cleo": began + first // 2 * DAY}
    lives = {**world.lives, "ana": replace(world.lives["ana"], work=())}
    for name, span in posted.items():
        home = ((date(2000, 1, 1), span[0] - DAY), (span[1] + DAY, date(2030, 1, 1)))
        life = replace(lives[name], landed=date(2012, 2, 29), citizen_since=None, hired=hired[name])
        lives[name] = replace(life, work=(span,), stays=home, reports=())
    check_one_day(
        replace(
            world,
            lives=lives,
            together={("ana", name): (span,) for name, span in posted.items()},
            married=None,
            born=date(2010, 1, 1),
            operating=(FIRST, date(2030, 1, 1)),
        ),
        "ana",
    )


def check_one_day(world: World, name: str) -> None:
    """Fill somebody's days up with stays, and see that one day less does not do."""
    life = replace(world.lives[name], reports=(), cleared=())
    carried = world.complying({}) - {name}
    alone = replace(world, lives={**world.lives, name: life})
    for days, answer in ((729, False), (730, True)):
        stays = (*life.stays, *missing_stays(alone, name, days, carried))
        filled = replace(alone, lives={**alone.lives, name: replace(life, stays=stays)})
        if filled.days(name, carried, {}) == days:
            question = f"complies_with_residency({name}, {world.examined.isoformat()})"
            assert holds(filled.facts(), question, world.examined, {}) == answer


def missing_stays(world: World, name: str, wanted: int, carried: Iterable[str]) -> list[Span]:
    """Stays that bring the days to a number, if they are fewer."""
    first, last, ahead = world.window(name, {})
    life, missing = world.lives[name], wanted - world.days(name, carried, {})
    found: list[Span] = []
    day = first
    while day <= (world.examined - DAY if ahead else last) and missing > 0:
        taken = any(world.resident_abroad(name, other, day) for other in carried)
        if not (within(day, life.stays) or world.works(name, day) or taken):
            missing -= 1
            if found and found[-1][1] + DAY == day:
                found[-1] = (found[-1][0], day)
            else:
                found.append((day, day))
        day += DAY
    return found


# Ownership

FIRMS = ("alder", "birch", "cedar", "douglas")
KINDS = ("voting", "ownership")
TODAY = date(2024, 6, 1)


@dataclass(frozen=True)
class Firm:
    """What is stated of one business; ``held`` by kind: what persons and which firms hold."""

    incorporated: bool
    operating: bool
    for_profit: bool
    created: bool
    device: bool
    persons: Mapping[str, int]
    firms: Mapping[tuple[str, str], int]


def facts_of_firms(firms: Mapping[str, Firm]) -> list[str]:
    """The facts as a case states them."""
    found = []
    for name, firm in firms.items():
        period = "19000101,99991231"
        found.append(f"business({name})")
        found += [f"incorporated_in_canada({name},{period})"] * firm.incorporated
        found += [f"operates_in_canada({name},{period})"] * firm.operating
        found += [f"capable_of_revenue({name})"] * firm.for_profit
        found += [f"carried_on_for_profit({name})"] * firm.for_profit
        found += [f"created_in_canada({name},{period})"] * firm.created
        found += [f"serves_to_keep_status({name},{period})"] * firm.device
        for kind, share in firm.persons.items():
            found.append(f"held_by_canadians({name},{kind},{share},{period})")
        for (kind, holder), share in firm.firms.items():
            found.append(f"held_by_business({name},{holder},{kind},{share},{period})")
    return found


def canadian(firms: Mapping[str, Firm], readings: Choice) -> set[str]:
    """Which businesses are Canadian: the least set or the greatest one."""

    def qualifies(firm: Firm, inside: set[str]) -> bool:
        if firm.device:
            return False
        literal = readings["c611c"] == "literal"
        created = firm.created and not firm.incorporated and not firm.for_profit
        if (firm.incorporated and firm.operating) or created:
            return True
        if literal and (firm.created or firm.incorporated):
            return True
        majorities = [majority(firm, kind, inside) for kind in KINDS]
        enough = all(majorities) if readings["majority"] == "both" else any(majorities)
        return firm.operating and firm.for_profit and enough

    def majority(firm: Firm, kind: str, inside: set[str]) -> bool:
        held = sum(s for (k, holder), s in firm.firms.items() if k == kind and holder in inside)
        return 2 * (firm.persons.get(kind, 0) + held) > 100

    inside = set(firms) if readings["cycle"] == "greatest" else set()
    while True:
        now = {name for name, firm in firms.items() if qualifies(firm, inside)}
        if now == inside:
            return now
        inside = now


@st.composite
def owners(draw: st.DrawFn) -> dict[str, Firm]:
    """Businesses that hold each other."""
    flag = st.integers(0, 3).map(lambda n: n == 0)
    found = {}
    for name in FIRMS:
        persons, firms = {}, {}
        for kind in draw(st.sets(st.sampled_from(KINDS))):
            left = 100
            for holder in draw(st.permutations([None, *(f for f in FIRMS if f != name)])):
                share = min(left, draw(st.sampled_from([0, 0, 10, 20, 26, 40, 50, 51, 60])))
                left -= share
                if share and holder is None:
                    persons[kind] = share
                elif share and holder is not None:
                    firms[kind, holder] = share
        found[name] = Firm(
            draw(flag), not draw(flag), not draw(flag), draw(flag), draw(flag) and draw(flag),
            persons, firms,
        )  # fmt: skip
    return found


@settings(CALM, max_examples=60)
@given(
    owners(),
    st.sampled_from(FIRMS),
    st.sampled_from(["least", "greatest"]),
    st.sampled_from(["either", "both"]),
    st.sampled_from(["residual", "literal"]),
)
def test_ownership_is_the_least_or_the_greatest_fixpoint(
    firms: dict[str, Firm], name: str, cycle: str, majority: str, c611c: str
) -> None:
    readings = {"cycle": cycle, "majority": majority, "c611c": c611c}
    expected = name in canadian(firms, readings)
    question = f"canadian_business({name}, {TODAY.isoformat()})"
    assert holds(facts_of_firms(firms), question, TODAY, readings) == expected


def in_the_end(firms: Mapping[str, Firm], name: str, kind: str) -> float:
    """What part of a business persons own in the end, by following ownership round by round."""

    def by_itself(firm: Firm) -> bool:
        created = firm.created and not firm.incorporated and not firm.for_profit
        return not firm.device and ((firm.incorporated and firm.operating) or created)

    waiting, owned = {name: 1.0}, 0.0
    for _ in range(50):
        following: dict[str, float] = {}
        for firm, part in waiting.items():
            if by_itself(firms[firm]):
                owned += part
                continue
            owned += part * firms[firm].persons.get(kind, 0) / 100
            for (k, holder), share in firms[firm].firms.items():
                if k == kind:
                    following[holder] = following.get(holder, 0) + part * share / 100
        waiting = following
    return owned


@settings(CALM, max_examples=25)
@given(owners(), st.sampled_from(FIRMS))
def test_ownership_in_the_end_is_that_of_every_round(firms: dict[str, Firm], name: str) -> None:
    firm = replace(firms[name], incorporated=False, created=False, device=False, operating=True)
    firms = {**firms, name: replace(firm, for_profit=True)}
    parts = [in_the_end(firms, name, kind) for kind in KINDS]
    if all(abs(part - 0.5) > 0.02 for part in parts):
        question = f"canadian_business({name}, {TODAY.isoformat()})"
        expected = any(part > 0.5 for part in parts)
        assert holds(facts_of_firms(firms), question, TODAY, {"cycle": "ultimate"}) == expected


@settings(CALM, max_examples=8)
@given(owners(), st.sampled_from(FIRMS), st.sampled_from(["least", "greatest", "ultimate"]))
def test_explanations_of_ownership_stand(firms: dict[str, Firm], name: str, cycle: str) -> None:
    decision = decided(
        facts_of_firms(firms), f"canadian_business({name}, {TODAY})", TODAY, {"cycle": cycle}
    )
    why = explain(decision)
    assert why.nodes[why.roots[0]].holds == decision.holds
    assert not verify(why, decision.case, day=decision.day, readings=decision.readings)


@settings(CALM, max_examples=6)
@given(worlds(), st.sampled_from(PEOPLE))
def test_explanations_of_days_stand(world: World, name: str) -> None:
    question = f"complies_with_residency({name}, {world.examined})"
    decision = decided(world.facts(), question, world.examined, {})
    why = explain(decision)
    assert why.nodes[why.roots[0]].holds == decision.holds
    assert not verify(why, decision.case, day=decision.day, readings=decision.readings)

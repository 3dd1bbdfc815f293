"""Changes as they are written: what each makes of a case, and what is wrong with it."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from paths import GARDEN
from written import reread, same, written_cases

from reasoner.casefiles.case import Case
from reasoner.casefiles.edits import ASSUMED, apply_edits, edit_between
from reasoner.casefiles.read_edits import is_change, read_changes
from reasoner.casefiles.write_case import write_case
from reasoner.errors import InputError, Position
from reasoner.lawfiles.law import load_law
from reasoner.lawfiles.rules import Law

CALM = settings(deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
TEXT = """\
case: Ana
question: 65
as_of: 2024-06-01
readings: {gap: applied}

people:
  ana:
    inadmissible:
      - {under: A36(2), since: 2015-04-10}
      - {under: A36(1), since: 2016-04-10}
    resides_in_canada: {from: 2019-01-15}
    permanent_resident: no
    spouse: {of: ben, from: 2010-01-01}
  ben: {born: 1980-02-03}
permits:
  first: {holder: ana, issued: 2019-01-15, from: 2019-01-15, until: 2022-01-14, grounds: A36(2)}
  second: {holder: ana, issued: 2022-01-16, from: 2022-01-16, until: 2025-01-15}
"""


@pytest.fixture(scope="session")
def ana(law: Law) -> Case:
    """A case with two people and two permits."""
    return reread(TEXT, law.vocabulary)


def change(case: Case, law: Law, *texts: str) -> Case:
    """The case after some changes."""
    found = read_changes(case, law.vocabulary, texts)
    after = apply_edits(case, [one.edit for one in found])
    assert all(s in case.statements or s.position == ASSUMED for s in after.statements)
    return after


IN = "people.ana.inadmissible"
FIRST, SECOND = "{under: A36(2), since: 2015-04-10}", "{under: A36(1), since: 2016-04-10}"
LIST = f"1 is {FIRST}; 2 is {SECOND}"
MORE = "{under: A39, since: 2020-01-01}"
HERE = "people.ana.resides_in_canada"
CLOSED = "{from: 2018-01-01, until: 2019-01-01}"
MADE = [
    ("permits.second.from=2022-01-15", "from: 2022-01-16,", "from: 2022-01-15,"),
    ("permits.second.from: 2022-01-15", "from: 2022-01-16,", "from: 2022-01-15,"),
    ("permits.second.until=", ", until: 2025-01-15}", "}"),
    ("-permits.second.until", ", until: 2025-01-15}", "}"),
    (f"{IN}.2.until=2020-01-01", "2016-04-10}", "2016-04-10, until: 2020-01-01}"),
    (f"{IN}[2].since=2017-01-01", "2016-04-10}", "2017-01-01}"),
    (f"{IN}.2.is=unknown", "2016-04-10}", "2016-04-10, is: unknown}"),
    (f"{IN}.2=", f"      - {SECOND}\n", ""),
    (f"{IN}.1={MORE}", FIRST, MORE),
    (f"{IN}-={{under: A36(1)}}", f"      - {SECOND}\n", ""),
    (f"{IN}+={MORE}", "    resides", f"      - {MORE}\n    resides"),
    (f"{HERE}.from=2018-01-01", "{from: 2019-01-15}", "{from: 2018-01-01}"),
    (f"{HERE}={CLOSED}", "{from: 2019-01-15}", CLOSED),
    (f"{HERE}=unknown", "-15}\n    perm", "-15, is: unknown}\n    perm"),
    (f"{HERE}=no", "{from: 2019-01-15}", "no"),
    ("people.ana.permanent_resident={since: 2020-01-01}", "t: no", "t: {since: 2020-01-01}"),
    ("people.ana.permanent_resident=", "    permanent_resident: no\n", ""),
    ("people.ana.here_to_establish=yes", "    res", "    here_to_establish: yes\n    res"),
    ("people.ana.here_to_establish: unknown", "    r", "    here_to_establish: unknown\n    r"),
    ("people.ana.spouse=no", "spouse: {of: ben, from: 2010-01-01}", "spouse: no"),
    ("people.ana.name=Ana Maria", "  ana:\n", "  ana:\n    name: Ana Maria\n"),
    ("people.zoe", "permits:", "  zoe: {}\npermits:"),
    ("people.zoe={born: 1999-09-09}", "permits:", "  zoe: {born: 1999-09-09}\npermits:"),
    ("people.ben={}", "{born: 1980-02-03}", "{}"),
    ("people.ben+={citizen: yes}", "{born: 1980-02-03}", "{born: 1980-02-03, citizen: yes}"),
    ("readings.gap=tolerant(1)", "gap: applied", "gap: tolerant(1)"),
    ("readings.gap41=finding", "gap: applied", "gap: applied, gap41: finding"),
    ("readings.gap=", "readings: {gap: applied}\n", ""),
    ("-readings.gap", "readings: {gap: applied}\n", ""),
    ("readings={t65b: eve}", "gap: applied", "t65b: eve"),
    ("as_of=2025-01-01", "2024-06-01", "2025-01-01"),
    ("as_of: 2025-01-01", "2024-06-01", "2025-01-01"),
    ("law_date=2022-01-01", "2024-06-01\n", "2024-06-01\nlaw_date: 2022-01-01\n"),
    ("-permits.second", TEXT[TEXT.index("  second") :], ""),
]


@pytest.mark.parametrize(("text", "old", "new"), MADE, ids=[text for text, _, _ in MADE])
def test_change(text: str, old: str, new: str, ana: Case, law: Law) -> None:
    """A change says what the case file with the changed words says; its reverse undoes it."""
    assert TEXT.count(old) >= 1
    after = change(ana, law, text)
    assert same(after) == same(reread(TEXT.replace(old, new), law.vocabulary))
    assert is_change(text, law.vocabulary)
    back = apply_edits(after, [edit_between(after, ana)])
    assert same(back) == same(ana)


def test_removed_person(ana: Case, law: Law) -> None:
    """Whoever is removed goes with all that is said of them, also elsewhere."""
    after = change(ana, law, "-people.ben")
    assert "ben" not in after.entities
    assert "ben" not in after.names
    assert not any("ben" in statement.arguments for statement in after.statements)
    assert len(after.statements) == len(ana.statements) - 2


def test_several_changes(ana: Case, law: Law) -> None:
    """Each change is one of the case as those before it leave it."""
    after = change(
        ana,
        law,
        "people.zoe",
        "permits.third={holder: zoe, issued: 2023-01-01, from: 2023-01-01, until: 2024-01-01}",
        "permits.third.until=2024-02-01",
        "people.ana.inadmissible.1=",
        "people.ana.inadmissible.until=2020-01-01",
    )
    atoms = {statement.atom for statement in after.statements}
    assert {"issued_to(third,zoe)", "printed_expiry(third,20240201)"} <= atoms
    assert "inadmissible_found(ana,a36_1,20160410,20200101)" in atoms
    assert not any("a36_2,2015" in atom for atom in atoms)


@pytest.mark.parametrize(
    "text",
    [
        "permits.second.from=2022-01-16",
        "people.ana",
        "people.ana.inadmissible+={under: A36(2), since: 2015-04-10}",
        "people.ana.permanent_resident=no",
        "readings.gap=applied",
        "readings.gap41=",
        "as_of=2024-06-01",
        "law_date=",
        "people.ana.name=Ana",
        "people.ana.resides_in_canada=yes",
    ],
)
def test_change_of_nothing(text: str, ana: Case, law: Law) -> None:
    """What is so already is no change."""
    (found,) = read_changes(ana, law.vocabulary, [text])
    assert found.edit.changes_nothing
    assert apply_edits(ana, [found.edit]) == ana


WRONG = [
    ("as_of=|2022-02-30|", "there is no day 2022-02-30: February 2022 has 28 days", ""),
    ("people.ana.|inadmissible|.until=2020-01-01", f"inadmissible has several entries: {LIST}",
     f"write {IN}.1.until for the first"),
    (f"{IN}.|3|.until=2020-01-01", "there is no entry 3 of inadmissible", LIST),
    (f"{IN}-=|{{|under: A39}}", "no entry is like this", LIST),
    ("people.ana.|inadmisible|=no", "there is no key 'inadmisible' in people",
     "did you mean 'inadmissible'?"),
    ("people.|anna|.born=1990-01-01", "the person 'anna' is not declared in this case",
     "did you mean 'ana'?"),
    ("people.|first|.born=1990-01-01", "'first' is a permit, not a person", ""),
    ("permits.|ana|={}", "'ana' cannot be both a person and a permit", ""),
    ("|person|.ana.born=1990-01-01", "there is nothing to change that is called 'person'",
     "write 'people'"),
    ("|question|=65", "there is nothing to change that is called 'question'",
     "write, for example, as_of=2024-06-01"),
    ("readings.|gab|=strict", "there is no reading 'gab'", "did you mean 'gap'?"),
    ("readings.gap=|loose|", "'loose' is not an option of the reading gap",
     "its options are strict, applied and tolerant(N)"),
    (f"{HERE}.until=|2010-01-01|", "until (2010-01-01) is before from (2019-01-15)", ""),
    ("people.ana.spouse=|{|of: ben, from: 2010-01-01",
     "the mapping that begins here is not closed",
     "a comma or '}' is missing before line 1, column 44"),
    (f"{IN}=|A36(2)|", "inadmissible must be a mapping, not 'A36(2)'",
     "write inadmissible: {under: ..., since: ...}, with 'until' where known"),
    ("|p|eople.ben.name=Ana", "'ben' and 'ana' have the same name, 'Ana'",
     "give one of them another 'name'"),
    ("|people|", "a change of people is a change of one of them", "name one: people.ana"),
    ("|=|5", "no path leads to what changes",
     "write, for example, as_of=2024-06-01"),
    ("-people.ana.born|=|1990-01-01", "what is removed has no value",
     "leave out the minus or the value"),
    ("|as_of|=", "as_of has no value", "write as_of=2024-06-01"),
    ("people.ana.|born|", "born has no value", "write it after '='"),
    ("-people.|zed|", "the person 'zed' is not declared in this case",
     "declare it in the section people"),
    (f"{HERE}.|utnil|=2020-01-01", "resides_in_canada has no key 'utnil'", "did you mean 'until'?"),
    (f"{HERE}.until=|[|2020-01-01]", "until takes one value", ""),
    (f"{HERE}.is=|perhaps|", "'is' takes yes, no or unknown, not 'perhaps'", ""),
    (f"{IN}.2=|no|", "one entry cannot be 'no'", "write 'is: no' in it"),
    ("people.ben.|citizen|.since=2020-01-01", "nothing is said of ben under citizen",
     "write people.ben.citizen={...}"),
    ("readings.|gap|-=x", "a reading is not taken away so", "write readings.gap="),
]  # fmt: skip


@pytest.mark.parametrize(("text", "message", "hint"), WRONG, ids=[text for text, _, _ in WRONG])
def test_problem(text: str, message: str, hint: str, ana: Case, law: Law) -> None:
    """What is wrong with a change is said once, with a caret into the change."""
    before, marked, after = text.split("|")
    with pytest.raises(InputError) as caught:
        read_changes(ana, law.vocabulary, [before + marked + after])
    (problem,) = caught.value.problems
    assert (problem.message, problem.hint) == (message, hint)
    assert problem.source_line == before + marked + after
    assert problem.position == Position("change", 1, len(before) + 1)
    assert problem.width == len(marked)


def test_all_problems_at_once(ana: Case, law: Law) -> None:
    """The problems of all changes are told together, and none follows from another."""
    texts = ["people.zoe={born: 1990-02-31}", "permits.first.holder=zoe", "readings.gap=x"]
    with pytest.raises(InputError) as caught:
        read_changes(ana, law.vocabulary, texts)
    assert [p.position and p.position.path for p in caught.value.problems] == [
        "change 1",
        "change 3",
    ]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("65", False),
        ("65(b)(ii)", False),
        ("R65", False),
        ("trp:eligibility/x", False),
        ("inadmissible(ana, A36(2), 2024-06-01)", False),
        ("permit_valid", False),
        ("as_of=2024-01-01", True),
        ("as_of: 2024-01-01", True),
        ("-permits.first", True),
        ("people.zoe", True),
        ("anything=5", True),
    ],
)
def test_change_or_question(text: str, wanted: bool, law: Law) -> None:
    """A change is told from a question by its form."""
    assert is_change(text, law.vocabulary) is wanted


def test_overlay(ana: Case, law: Law) -> None:
    """Another case says on top what it says, key by key."""
    other = reread(
        "case: On top\nas_of: 2024-07-01\nreadings: {t65b: eve}\n"
        "people:\n  ana: {permanent_resident: yes}\n  cleo: {name: Cleo C., spouse: {of: ana}}\n"
        "permits:\n  second: {from: 2022-01-15}\n",
        law.vocabulary,
    )
    (found,) = read_changes(ana, law.vocabulary, [other])
    after = apply_edits(ana, [found.edit])
    wanted = TEXT.replace("resident: no", "resident: yes").replace("2024-06-01", "2024-07-01")
    wanted = wanted.replace("from: 2022-01-16,", "from: 2022-01-15,").replace(
        "permits:", "  cleo: {name: Cleo C., spouse: {of: ana}}\npermits:"
    )
    wanted = wanted.replace("gap: applied", "gap: applied, t65b: eve")
    assert same(after) == same(reread(wanted, law.vocabulary))


def test_overlay_of_other_types(ana: Case, law: Law) -> None:
    """Nothing is of two types."""
    other = reread("case: x\nas_of: 2024-01-01\npermits: {ben: {}}", law.vocabulary)
    with pytest.raises(InputError, match=r"'ben' is a permit in .*, and a person in"):
        read_changes(ana, law.vocabulary, [other])


@settings(CALM, max_examples=40)
@given(st.data())
def test_difference_of_random_cases(data: st.DataObject) -> None:
    """The change between two cases makes one of the other."""
    vocabulary = load_law(GARDEN).vocabulary
    first, second = data.draw(written_cases(vocabulary)), data.draw(written_cases(vocabulary))
    after = apply_edits(first, [edit_between(first, second)])
    said = ("days", "readings", "statements", "denials", "entities", "names", "about")
    assert {k: v for k, v in same(after).items() if k in said and k != "readings"} == {
        k: v for k, v in same(second).items() if k in said and k != "readings"
    }
    assert dict(after.readings) == dict(second.readings)
    assert write_case(after, vocabulary)

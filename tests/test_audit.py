"""Audits: what is planted in a law is found, and nothing is found that enumeration contradicts."""

import json
import os
import re
import sys
import time
from collections import deque
from collections.abc import Iterator
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NamedTuple

import clingo
import pytest
from planted import plant

from reasoner.audit.audit import Audit
from reasoner.audit.conditions import conditions
from reasoner.audit.crew import LOST, Crew
from reasoner.audit.findings import (
    ALWAYS,
    APART,
    CLAUSE,
    CONDITION,
    DEAD,
    DEFINITION,
    FACT,
    IDLE,
    LOOP,
    REPEATED,
    TURNING,
    Finding,
    without_repetition,
)
from reasoner.audit.jobs import LIMITS, Seek, Show, doing
from reasoner.audit.plan import Plan
from reasoner.audit.sought import Inquiry, Patience, Sought, beyond, look_for, refutation
from reasoner.audit.stock import Story, take_stock
from reasoner.audit.traits import applies, decides, is_met, is_not_met
from reasoner.audit.turned import changed_by, options_tried, turned_by
from reasoner.casefiles.case import read_case
from reasoner.casefiles.shelf import find_case
from reasoner.cli import main
from reasoner.lawfiles.law import load_law
from reasoner.lawfiles.rules import Law
from reasoner.printing.audit_view import Audited, as_json, rows
from reasoner.reasons.checker import verify
from reasoner.reasons.worlds import lift
from reasoner.solving.search import COMPLETE, TIME, gather
from reasoner.stories.stories import read_setting, story_program

PATIENCE = Patience(50_000, 10_000)
SMALL = {"gardener": 1, "plot": 1}
SOUGHT = Sought("anything", ("as_of(_)",))


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The by-law of the garden with a world, and with what an audit should find."""
    return plant(tmp_path_factory.mktemp("law") / "garden")


@pytest.fixture(scope="module")
def planted_law(planted: Path) -> Law:
    """That by-law, read."""
    return load_law(planted)


def audit(
    law: Law, *groups: str, pinpoints: tuple[str, ...] = (), stories: tuple[Story, ...] = ()
) -> list[Finding]:
    """What an audit finds in two gardeners with a plot."""
    inquiry = Inquiry(law, read_setting(law), {"gardener": 2, "plot": 1})
    plan = Plan(inquiry, pinpoints, groups, stories, PATIENCE)
    found = [found for found in Audit(plan).run() if found is not None]
    return sorted(without_repetition(law, found), key=lambda finding: finding.rank)


def of(findings: list[Finding], kind: str) -> list[str]:
    """The pinpoints of the findings of a kind, or the names of their conditions."""
    found = [f for f in findings if f.kind == kind]
    return [f.condition.id if f.condition else ", ".join(f.pinpoints) for f in found]


# what is planted


def test_a_dead_provision_and_one_that_nobody_fails_are_found(planted_law: Law) -> None:
    findings = audit(planted_law, "dead")
    assert of(findings, DEAD) == ["B7"]
    assert of(findings, ALWAYS) == ["B8"]
    assert of(findings, CLAUSE) == ["B9"]  # pardoned, and forfeited unless pardoned
    assert all(f.whole and f.stage is not None for f in findings)


def test_conditions_that_never_decide_are_found(planted_law: Law) -> None:
    findings = audit(planted_law, "conditions")
    assert "B9.1.2" in of(findings, CONDITION)  # whoever is trusted forfeits nothing
    assert "B9.1.1" not in of(findings, CONDITION)
    assert "B10.1.2" in of(findings, REPEATED)  # whoever keeps a plot is a tenant
    assert "B3.1.3" not in of(findings, CONDITION)
    assert "B1.1.2" not in of(findings, CONDITION)


def test_conditions_of_a_dead_rule_are_not_named_besides(planted_law: Law) -> None:
    findings = audit(planted_law, "dead", "conditions")
    assert not [name for name in of(findings, CONDITION) if name.startswith(("B7.", "B9.2."))]


def test_gardeners_who_vouch_for_each_other_are_found(planted_law: Law) -> None:
    (found,) = audit(planted_law, "loops")
    assert found.kind == LOOP
    assert found.pinpoints == ("B4",)
    assert found.story is not None
    stated = {s.atom for s in found.story.case.statements}
    assert stated == {"vouches(rose,jack)", "vouches(jack,rose)"}
    assert not found.story.why.nodes[found.story.why.roots[0]].holds
    assert found.story.why.circular


def test_a_leaflet_that_promises_too_much_is_found(planted_law: Law) -> None:
    found = audit(planted_law, "layers")
    assert [(f.kind, f.pinpoints, f.yes) for f in found] == [(APART, ("leaflet:plots", "B1"), True)]
    assert found[0].story is not None
    answers = {c.goal.name: c.holds for c in found[0].story.conditions}
    assert answers == {"page_keeps_plot": True, "keeps_plot": False}


def test_what_is_not_used_is_found(planted_law: Law) -> None:
    findings = audit(planted_law, "unused")
    assert [f.name for f in findings if f.kind == FACT] == ["gnomes"]
    assert [f.name for f in findings if f.kind == DEFINITION] == ["looked_at_by_nobody"]


CASE = """\
case: Paid on the last day
question: 2(b)
as_of: 2024-06-01
gardeners: {ann: {rent_paid: 2024-03-31, founder: yes}}
expect:
  - {answer: yes}
  - {question: 4, answer: yes}
"""


def test_readings_are_told_apart_by_cases_and_by_stories(planted_law: Law, tmp_path: Path) -> None:
    file = tmp_path / "paid.yaml"
    file.write_text(CASE, encoding="utf-8")
    stories = take_stock(planted_law, [file], (), ["none"]).stories
    findings = audit(planted_law, "readings", stories=stories)
    turning = [f for f in findings if f.kind == TURNING]
    assert [(f.choice, f.counts) for f in turning] == [(("due", "exclusive"), (1, 1))]
    idle = sorted(f.choice for f in findings if f.kind == IDLE and f.choice)
    assert idle == [("colour", "brown"), ("vouching", "hardly")]


# which options turn cases


def test_the_options_that_turn_cases_are_those_that_turn_them_when_tried() -> None:
    law = load_law()
    names = ("one-day-gap", "ill-and-poor", "record-suspension", "spouse-found-ill-later")
    stories = take_stock(law, [find_case(name) for name in names], (), ["none"]).stories
    inquiry = Inquiry(law, read_setting(law), {})
    readings = ("gap", "when", "s42_2", "hfamily", "excepted", "mixed", "opinion")
    choices = options_tried(inquiry, readings, stories)
    assert ("gap", "tolerant(1)") in choices
    assert all(not option[-2:-1].isupper() for _, option in choices)  # numbers, no names of numbers
    lifted = lift(law)
    found = {turned.choice: turned.changed for turned in turned_by(inquiry, choices, stories)}
    assert any(found.values())
    for choice in choices:
        places = changed_by(inquiry, lifted, stories, range(len(stories)), choice)
        assert list(found[choice]) == places, choice


# enumeration


def enumerate_stories(law: Law, rules: list[str]) -> tuple[int, set[str]]:
    """How many stories a gardener and a plot have, and what the rules find in any of them.

    clingo makes every choice there is, one story after the other; nothing is searched.
    """
    facts = [name for name, fact in law.vocabulary.facts.items() if fact.section]
    facts = [name for name in facts if name not in ("vouches", "gnomes")]
    program = "\n".join(story_program(law, read_setting(law), facts, SMALL))
    text = "\n".join(rule.text for rule in law.rules)
    control = clingo.Control(["0", "-Wnone", "--opt-mode=ignore"])
    control.add("base", [], "\n".join([text, "crop(beans; gravel).", program, *rules]))
    control.ground([("base", [])])
    number, found = 0, set()
    with control.solve(yield_=True) as handle:
        for model in handle:
            number += 1
            found |= {
                str(a.arguments[0]) for a in model.symbols(atoms=True) if a.name == "violated"
            }
    return number, found


def test_enumeration_of_a_small_scope_agrees(planted_law: Law) -> None:
    law = planted_law
    batch: list[Sought] = [applies(rule) for rule in law.rules if rule.provision and rule.body]
    batch += [s for c in conditions(law) if c.kind != "reading" and (s := decides(law, c))]
    for signature in law.homes:
        batch += [s for s in (is_met(law, signature), is_not_met(law, signature)) if s]
    batch = [s for s in batch if "vouches" not in " ".join(s.bodies)]
    inquiry = Inquiry(law, read_setting(law), SMALL)
    found = {f.name: f.happens for f in look_for(inquiry, batch, PATIENCE) if f}
    assert set(found) == {one.name for one in batch}
    rules = [f"violated({one.name}) :- {body}." for one in batch for body in one.bodies]
    number, happening = enumerate_stories(law, rules)
    assert number > 300
    assert happening == {name for name, happens in found.items() if happens}
    assert happening != set(found)


# processes


class Dies(NamedTuple):
    """A job whose process comes to an end."""

    def run(self, plan: Plan) -> Iterator[None]:
        """End the process."""
        yield None
        os._exit(3)


class GoesOn(NamedTuple):
    """A job that never ends."""

    def run(self, plan: Plan) -> Iterator[None]:
        """Go on."""
        yield None
        time.sleep(10_000)


class Says(NamedTuple):
    """A job that says something."""

    what: str

    def run(self, plan: Plan) -> Iterator[str]:
        """Say it."""
        yield self.what


@pytest.fixture(scope="module")
def plan(planted_law: Law) -> Plan:
    """A plan for somebody who does other jobs."""
    inquiry = Inquiry(planted_law, read_setting(planted_law), SMALL)
    return Plan(inquiry, (), ("dead", "layers", "loops"), (), PATIENCE)


def test_processes_find_the_same(plan: Plan) -> None:
    def told(processes: int) -> list[tuple[object, ...]]:
        found = [f for f in Audit(plan, processes).run() if f is not None]
        stories = {f.rank: [s.atom for s in f.story.case.statements] for f in found if f.story}
        return [(f.rank, stories.get(f.rank)) for f in sorted(found, key=lambda f: f.rank)]

    assert told(0) == told(2)
    assert told(0)


def test_a_job_that_is_lost_leaves_the_others(plan: Plan) -> None:
    with Crew(plan.law, doing, (plan,), 1, LIMITS) as crew:
        words = [word for word in crew.run(deque([Dies(), Says("done")])) if word is not None]
    assert [word.end for word in words if word.job == Dies()] == [LOST]
    assert [word.found for word in words if word.job == Says("done")] == ["done", None]


def test_a_job_that_was_too_much_is_divided_until_it_cannot_be() -> None:
    jobs: list[Show] = [Show((), 3, 8)]
    parts: list[tuple[int, int]] = []
    while jobs:
        job = jobs.pop()
        jobs += job.halves()
        parts += [] if job.halves() else [(job.first, job.last)]
    assert sorted(parts) == [(n, n + 1) for n in range(3, 8)]
    assert len(Seek((SOUGHT,) * 3, "R1").halves()) == 2
    assert not Seek((SOUGHT,), "R1").halves()


def test_what_was_found_is_kept_when_time_is_up(plan: Plan) -> None:
    heard: list[object] = []
    with Crew(plan.law, doing, (plan,), 2, LIMITS) as crew:
        search = (word and word.found for word in crew.run(deque([GoesOn(), Says("this")])))
        found = gather((heard.append(one) or one for one in search), spent=lambda: "this" in heard)
        processes = [worker.process for worker in crew.workers]
    assert (found.found, found.ended) == (("this",), TIME)
    assert not any(process.is_alive() for process in processes)


def lead(plan: Plan, connection: Connection) -> None:
    """Have a job done that never ends, and say by whom."""
    with Crew(plan.law, doing, (plan,), 1, LIMITS) as crew:
        for _ in crew.run(deque([GoesOn()])):
            connection.send([worker.process.pid for worker in crew.workers])


def works_on(pid: int) -> bool:
    """Whether a process goes on, and is not only waited for."""
    try:
        os.kill(pid, 0)
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.skipif(sys.platform != "linux", reason="asks /proc which processes there are")
def test_nobody_works_on_for_somebody_who_was_killed(plan: Plan) -> None:
    context = get_context("spawn")
    here, there = context.Pipe()
    leader = context.Process(target=lead, args=(plan, there))
    leader.start()
    while not (pids := here.recv()):
        pass
    assert works_on(pids[0])
    leader.kill()
    leader.join()
    for _ in range(600):
        if not works_on(pids[0]):
            break
        time.sleep(0.1)
    assert not works_on(pids[0])


# the command


def run(capsys: pytest.CaptureFixture[str], *arguments: str, status: int = 0) -> str:
    """What the command prints, or complains of."""
    assert main(["audit", *arguments]) == status
    out, err = capsys.readouterr()
    return re.sub(r"\d+[.,]\d s", "0.0 s", err if status else out)


def test_stories_that_are_saved_replay(
    capsys: pytest.CaptureFixture[str], planted: Path, planted_law: Law, tmp_path: Path
) -> None:
    folder = tmp_path / "found"
    where = ("--law", str(planted), "--scope", "gardeners=2,plots=1")
    text = run(capsys, *where, "--only", "loops,layers", "--save", str(folder))
    assert "jack" in text.lower()
    files = sorted(folder.glob("*.yaml"))
    assert len(files) == 2
    assert main(["check", *map(str, files), "--law", str(planted)]) == 0
    for file in files:
        assert read_case(str(file), planted_law.vocabulary).expectations


def test_the_reasons_of_stories_pass_the_checker(planted_law: Law) -> None:
    for found in audit(planted_law, "loops", "layers"):
        assert found.story is not None
        assert not verify(found.story.why, found.story.case, day=found.story.world.day)


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["999"], "999"),
        (["--only", "ded"], "did you mean"),
        (["--scope", "gnomes=2"], "there are no gnomes"),
        (["--given", "trusted(P"], "the claim"),
        (["--given", "trsted(P)"], "trusted"),
        (["--without-axiom", "plots_are_lent"], "plots_are_leased"),
        (["--reading", "due=never"], "due"),
    ],
)
def test_bad_input(
    capsys: pytest.CaptureFixture[str], planted: Path, arguments: list[str], complaint: str
) -> None:
    assert complaint in run(capsys, "--law", str(planted), *arguments, status=2)


def test_given_looks_at_some_only(capsys: pytest.CaptureFixture[str], planted: Path) -> None:
    where = ("--law", str(planted), "--scope", "gardeners=1,plots=1", "--only", "dead", "--json")
    found = json.loads(run(capsys, "B10", *where))
    assert not found["findings"]
    found = json.loads(run(capsys, "B10", *where, "--given", "as_of(D), forfeited(P)"))
    assert [f["kind"] for f in found["findings"]] == ["dead"]


def test_too_large_a_scope_is_refused_with_its_size_and_a_smaller_one(plan: Plan) -> None:
    wide = plan.inquiry._replace(scope={"gardener": 9, "plot": 9})
    search = refutation(wide, [Sought("forfeits", ("forfeited(_)",))])
    search.most = 5
    assert not search.fits(search.stages()[-1])
    large = beyond(search)
    assert large is not None
    assert large.part.statements == 9
    assert 0 < large.smaller["gardener"] < 9
    audited = Audited(plan._replace(inquiry=wide), (), {}, COMPLETE, 0.0, (), large)
    text = "".join(span.text for row in rows(audited, 1000) for span in row)
    assert f"gardeners={large.smaller['gardener']}" in text
    assert as_json(audited)["too_large"]["statements"] == large.part.statements


@pytest.mark.parametrize("width", ["40", "100"])
def test_findings_fit_and_say_no_names(
    capsys: pytest.CaptureFixture[str], planted: Path, width: str
) -> None:
    where = ("--law", str(planted), "--scope", "gardeners=2,plots=1")
    only = ("--only", "dead,conditions,unused,loops")
    text = run(capsys, *where, *only, "--width", width)
    long = [line for line in text.splitlines() if len(line) > int(width)]
    assert not [line for line in long if len(line.split()) > 1]  # but for paths
    assert "_plot" not in text
    assert ":-" not in text


# the law that comes with the program


def found_in(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[tuple[str, str]]:
    """The kinds and provisions of the findings about the shipped law; no case shows anything."""
    where = ("--cases", "printed-last-day", "--only", "dead", "--json")
    found = json.loads(run(capsys, *arguments, *where))
    return [(f["kind"], f["pinpoints"][0]) for f in found["findings"] if f["kind"] == "dead"]


BY_PERMIT = "permit_valid(T,D), issued_to(T,P), issued_on(T,I), I < D"


@pytest.mark.parametrize("clause", ["B", "C"])
def test_ill_relatives_count_for_no_temporary_resident(
    capsys: pytest.CaptureFixture[str], clause: str
) -> None:
    scope = (f"65(b)(i)({clause})", "--scope", "people=2,permits=1")
    given = ("--given", f"{BY_PERMIT}, temporary_resident(P,D)")
    found = found_in(capsys, *scope, *given)
    assert ("dead", f"R65(b)(i)({clause})") in found
    assert all(home.startswith(f"R65(b)(i)({clause})") for _, home in found)


def test_ill_relatives_count_where_status_was_lost(capsys: pytest.CaptureFixture[str]) -> None:
    scope = ("65(b)(i)(B)", "--scope", "people=2,permits=1")
    assert not found_in(capsys, *scope, "--given", BY_PERMIT)


def test_five_years_cannot_be_had_on_one_permit(capsys: pytest.CaptureFixture[str]) -> None:
    scope = ("65(b)(ii)", "--scope", "people=1,permits=1")
    found = found_in(capsys, *scope, "--reading", "chain=same_permit")
    assert found == [("dead", "R65(b)(ii)")]


@pytest.mark.parametrize("option", ["literal", "original_ground_excused"])
def test_three_years_for_health_lead_to_no_residence(
    capsys: pytest.CaptureFixture[str], option: str
) -> None:
    """Who is still ill has no certificate, and who is cured is not in the class any more."""
    scope = "people=1,permits=1,applications=1,documents=1,medical_examinations=1"
    text = run(
        capsys, "65.1(1)", "--only", "ways", "--scope", scope, "--json",
        "--reading", f"medcert={option}",
    )  # fmt: skip
    found = [f["pinpoints"] for f in json.loads(text)["findings"] if f["kind"] == "nowhere"]
    assert (["R65(b)(i)", "R65.1(1)"] in found) is (option == "literal")


def test_a_companion_is_refused_only_where_the_visa_was_issued_before(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """On one day whoever is inadmissible already keeps the visa from the applicant, by R67(c)."""
    scope = ("--scope", "people=2,applications=1,requests=1,exemptions=1")
    cases = ("--cases", "spouse-found-ill-later", "--cases", "son-who-studies-in-canada")
    text = run(capsys, "69(1)", "--only", "moments", *scope, *cases, "--json")
    (found,) = json.loads(text)["findings"]
    assert (found["kind"], found["condition"]) == ("moment", "R69(1).1.3")
    assert found["searched"]["whole"]
    assert found["case"].endswith("spouse-found-ill-later.yaml")
    assert found["story"]["turns_on"] == ["R69(1)(a)"]

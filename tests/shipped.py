"""Run the shipped cases, with everything that several tests want to know of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from paths import CASES

from reasoner.hypotheses.expectations import (
    Asked,
    Result,
    check_case,
    difference,
    judge_explained,
    read_expectations,
)
from reasoner.lawfiles.law import load_law
from reasoner.lawfiles.rules import Law, Signature
from reasoner.reasons.checker import verify
from reasoner.reasons.justify import justify
from reasoner.reasons.worlds import Lifted, goal_in, ground_worlds, lift, world_name
from reasoner.solving.question import predicate_of
from reasoner.solving.solve import ground_case


@dataclass(frozen=True)
class Report:
    """What came of one case.

    ``unmet`` are the expectations that fail; ``wrong`` the explanations that say otherwise than
    the answer; ``reached`` the provisions whose own predicate some explanation says to hold, or
    not to hold, and whether under the default readings.
    """

    unmet: tuple[str, ...]
    wrong: tuple[str, ...]
    reached: frozenset[tuple[str, bool, bool]]


@dataclass(frozen=True)
class Verified:
    """How many answers of a case were verified, and the faults that the checker found."""

    answers: int
    faults: tuple[str, ...]


@cache
def shipped_law() -> Law:
    """The law that comes with the program."""
    return load_law()


@cache
def lifted_law() -> Lifted:
    """The same law for many worlds."""
    return lift(shipped_law())


@cache
def provisions_by_predicate() -> dict[Signature, str]:
    """The provision that each predicate states as a whole."""
    law = shipped_law()
    found = {predicate_of(law, pinpoint): pinpoint for pinpoint in law.provisions}
    return {signature: pinpoint for signature, pinpoint in found.items() if signature is not None}


def run_cases(paths: Sequence[Path]) -> list[Report]:
    """Check the expectations of some cases and explain all their answers."""
    asked = [read_expectations(shipped_law(), path) for path in paths]
    reports = dict(_run_together([one for one in asked if not one.unsettled]))
    return [reports.get(one.path) or _run_alone(one) for one in asked]


def _run_together(several: Sequence[Asked]) -> Iterator[tuple[Path, Report]]:
    """Run cases without unknown facts, all in one grounding and with one explanation."""
    worlds = [(one, world, posed) for one in several for world, posed in one.worlds()]
    items = [
        (one, p, goal_in(n, p.goal)) for n, (one, _, posed) in enumerate(worlds) for p in posed
    ]
    goals = [goal for _, _, goal in items]
    ground = ground_worlds(lifted_law(), [(one.case, world) for one, world, _ in worlds], goals)
    assert not ground.contradictions()
    why = justify(ground, goals)
    roots = {n: why.roots[n] for n, (_, p, _) in enumerate(items) if p.expectation.decided_by}
    results = judge_explained(shipped_law(), ground, items, why, roots)
    unmet: dict[Path, list[str]] = {one.path: [] for one in several}
    wrong: dict[Path, list[str]] = {one.path: [] for one in several}
    reached: dict[Path, set[tuple[str, bool, bool]]] = {one.path: set() for one in several}
    for (one, _, goal), root, result in zip(items, why.roots, results, strict=True):
        unmet[one.path] += _unmet([result])
        if why.nodes[root].holds != ground.settled(goal.text):
            wrong[one.path].append(f"{goal.text}: explained as {why.nodes[root].holds}")
    owners = {world_name(n): one.path for n, (one, _, _) in enumerate(worlds)}
    usual = {world_name(n): not world.readings for n, (_, world, _) in enumerate(worlds)}
    own = provisions_by_predicate()
    for node in why.nodes:
        name = node.name, len(node.arguments) - 1
        if node.kind == "conclusion" and node.holds is not None and name in own:
            world = node.arguments[0] or ""
            reached[owners[world]].add((own[name], node.holds, usual[world]))
    for path, provisions in reached.items():
        yield path, Report(tuple(unmet[path]), tuple(wrong[path]), frozenset(provisions))


def _run_alone(asked: Asked) -> Report:
    """The same for a case with unknown facts, of which only what is decided is explained."""
    law = shipped_law()
    own = provisions_by_predicate()
    reached: set[tuple[str, bool, bool]] = set()
    wrong: list[str] = []
    for world, posed in asked.worlds():
        ground = ground_case(law, asked.case, world, [p.goal for p in posed])
        goals = [p.goal for p in posed if ground.answer(p.goal) in ("yes", "no")]
        why = justify(ground, goals)
        for root, goal in zip(why.roots, goals, strict=True):
            if why.nodes[root].holds is None:
                wrong.append(f"{goal.text}: left open")
        for node in why.nodes:
            name = node.name, len(node.arguments)
            if node.kind == "conclusion" and node.holds is not None and name in own:
                reached.add((own[name], node.holds, not world.readings))
    unmet = _unmet(check_case(law, asked.path))
    return Report(tuple(unmet), tuple(wrong), frozenset(reached))


def _unmet(results: Sequence[Result]) -> list[str]:
    return [f"{result.name}: {difference(result)}" for result in results if not result.passed]


def verify_case(path: Path) -> Verified:
    """Verify the explanations of what a case asks under the fewest readings of its own choice."""
    law = shipped_law()
    asked = read_expectations(law, path)
    if asked.unsettled:
        return Verified(0, ())
    worlds = sorted(asked.worlds(), key=lambda found: (len(found[0].readings), str(found[0])))
    world, posed = worlds[0]
    goals = [p.goal for p in posed]
    why = justify(ground_case(law, asked.case, world, goals), goals)
    faults = verify(
        why, asked.case, day=world.day, law_date=world.law_date, readings=world.readings
    )
    said = tuple(f"{goals[0].text}: {fault.message}" for fault in faults)
    return Verified(len(posed), said)


def name_of_case(path: Path) -> str:
    """A case as a test names it: its folder and its name."""
    return str(path.relative_to(CASES).with_suffix(""))

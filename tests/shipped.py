"""Run a shipped case once, with everything that several tests want to know of it.

The cases are run by processes of their own, in the background of the other tests.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from paths import CASES

from reasoner.check import check_case, difference, read_expectations
from reasoner.checker import verify
from reasoner.justify import Justification, justify
from reasoner.law import load_law
from reasoner.question import predicate_of
from reasoner.rules import Law, Signature
from reasoner.solve import answer, ground_case


@dataclass(frozen=True)
class Report:
    """What came of one case.

    ``unmet`` are the expectations that fail; ``wrong`` the explanations that say otherwise than
    the answer; ``faults`` what the checker finds; ``reached`` the provisions whose own predicate
    some explanation says to hold, or not to hold, and whether under the default readings;
    ``verified`` how many answers were checked.
    """

    unmet: tuple[str, ...]
    wrong: tuple[str, ...]
    faults: tuple[str, ...]
    reached: frozenset[tuple[str, bool, bool]]
    verified: int


@cache
def shipped_law() -> Law:
    """The law that comes with the program."""
    return load_law()


@cache
def provisions_by_predicate() -> dict[Signature, str]:
    """The provision that each predicate states as a whole."""
    law = shipped_law()
    found = {predicate_of(law, pinpoint): pinpoint for pinpoint in law.provisions}
    return {signature: pinpoint for signature, pinpoint in found.items() if signature is not None}


def run_case(path: Path, *, verifying: bool = True) -> Report:
    """Check the expectations of a case, explain all its answers and verify the explanations.

    What is decided in one world is explained together. Only the explanation of the first world
    is verified, which for most cases is the one of the default readings: verifying takes longer
    than everything else, and without ``verifying`` none is.
    """
    law = shipped_law()
    asked = read_expectations(law, path)
    unmet = [f"{r.name}: {difference(r)}" for r in check_case(law, path) if not r.passed]
    wrong: list[str] = []
    faults: list[str] = []
    reached: set[tuple[str, bool, bool]] = set()
    verified = 0
    worlds = sorted(asked.worlds(), key=lambda found: (len(found[0].readings), str(found[0])))
    for world, posed in worlds:
        ground = ground_case(law, asked.case, world)
        decisions = [answer(ground, asked.case, world, p.goal) for p in posed]
        decided = [d for d in decisions if d.holds is not None]
        if not decided:
            continue
        why = justify(ground, [decision.goal for decision in decided])
        for root, decision in zip(why.roots, decided, strict=True):
            if why.nodes[root].holds != decision.holds:
                wrong.append(f"{decision.goal.text}: explained as {why.nodes[root].holds}")
        reached |= {(*found, not world.readings) for found in _reached(why)}
        if verifying and not verified:
            verified = len(decided)
            found = verify(
                why,
                asked.case,
                day=world.day,
                law_date=world.law_date,
                readings=world.readings,
            )
            faults += [f"{decided[0].goal.text}: {fault.message}" for fault in found]
    return Report(tuple(unmet), tuple(wrong), tuple(faults), frozenset(reached), verified)


def _reached(why: Justification) -> set[tuple[str, bool]]:
    """The provisions that an explanation says to be met, or not to be met."""
    own = provisions_by_predicate()
    return {
        (own[node.name, len(node.arguments)], node.holds)
        for node in why.nodes
        if node.kind == "conclusion"
        and node.holds is not None
        and (node.name, len(node.arguments)) in own
    }


def name_of_case(path: Path) -> str:
    """A case as a test names it: its folder and its name."""
    return str(path.relative_to(CASES).with_suffix(""))

"""Which conditions of a law are shown to decide, in French."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reasoner.wording.french.grammar import SPACE
from reasoner.wording.french.terms import list_words

_SHOWN_BY = {
    "cases": "établies par des cas",
    "near_misses": "établies par des cas voisins",
    "found": "établies par des paires trouvées à l'instant",
    "impossible": "entraînées par d'autres",
    "none": "qu'aucune paire d'histoires n'établit dans les limites choisies",
    "never": "de règles qui ne s'appliquent dans aucune histoire de ces limites",
    "partly": "qu'aucune paire d'histoires n'établit dans une partie de ces limites",
    "open": "ouvertes",
}


def coverage_columns() -> Sequence[str]:
    return (
        "disposition",
        "conditions",
        "cas",
        "cas voisins",
        "trouvées",
        "ouvertes",
        "deux côtés",
        "jamais seules",
        "aucune paire",
        "sans application",
        "aucune en partie",
    )


def coverage_sum(conditions: int, told: Mapping[str, int]) -> str:
    parts = [f"{number} {_SHOWN_BY[outcome]}" for outcome, number in told.items() if number]
    return f"{conditions} condition{'s' if conditions > 1 else ''}{SPACE}: {', '.join(parts)}."


def open_heading(provision: str) -> str:
    return f"{provision}{SPACE}: aucune paire d'histoires n'établit encore que ceci décide"


def none_heading(provision: str) -> str:
    return (
        f"{provision}{SPACE}: aucune paire d'histoires n'établit, dans les limites choisies, "
        "que ceci décide"
    )


def partly_heading(provision: str) -> str:
    return (
        f"{provision}{SPACE}: aucune paire d'histoires n'établit, dans une partie des limites "
        "choisies, que ceci décide"
    )


def part_searched(scope: str) -> str:
    return f"parcouru en entier{SPACE}: {scope}"


def never_heading(provision: str) -> str:
    return f"{provision}{SPACE}: la règle ne s'applique dans aucune histoire des limites choisies"


def scope_searched(scope: str, axioms: int) -> str:
    several = "un axiome est respecté" if axioms == 1 else f"{axioms} axiomes sont respectés"
    known = f", où {several}" if axioms else ""
    return f"Les limites{SPACE}: des histoires avec au plus{SPACE}: {scope}{known}."


def nearby_facts(reach: int) -> str:
    steps = "aucun pas" if not reach else f"{reach} pas"
    return f"des faits à {steps} au plus au-delà du minimum qu'il faut à une règle"


def both_sides_seen() -> str:
    return "les deux côtés existent, dans des histoires qui diffèrent davantage"


def pair_found(case: str, changes: Sequence[str]) -> str:
    *given, last = changes
    case = case or "une histoire inventée"
    before = f" (où {list_words(given)})" if given else ""
    return f"{case}{before}, modifié{SPACE}: {last}"

"""Changes of a law, and whether anybody notices them, in French."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reasoner.wording.french.grammar import SPACE

_UNNOTICED = {
    "survived": "inaperçus",
    "unreached": "qu'aucun cas n'atteint",
    "known": "déjà répertoriés",
    "equivalent": "sans effet possible",
    "inexpressible": "impossibles à exprimer",
}


def mutation_columns() -> Sequence[str]:
    return (
        "disposition",
        "changements",
        "remarqués",
        "connus",
        "inaperçus",
        "non atteints",
        "sans effet",
        "non exprimés",
    )


def mutation_sum(tried: int, noticed: int, rest: Mapping[str, int]) -> str:
    others = [f"{number} {_UNNOTICED[outcome]}" for outcome, number in rest.items() if number]
    parts = ", ".join([f"{noticed} remarqué{'s' if noticed > 1 else ''}", *others])
    return f"{tried} changement{'s' if tried > 1 else ''}{SPACE}: {parts}."


def unnoticed_heading(provision: str) -> str:
    return f"{provision}{SPACE}: personne ne remarque que"


def dropped(what: str) -> str:
    return f"ceci n'est plus exigé{SPACE}: {what}"


def negated(what: str) -> str:
    return f"le contraire est exigé de ceci{SPACE}: {what}"


def shifted(what: str, before: str, after: str) -> str:
    return f"{before} devient {after} dans{SPACE}: {what}"


def limit_shifted(what: str, included: bool) -> str:
    state = "suffit aussi" if included else "ne suffit plus"
    return f"la limite elle-même {state} dans{SPACE}: {what}"


def conclusion_shifted(what: str, before: str, after: str) -> str:
    return f"{after} s'ensuit au lieu de {before}{SPACE}: {what}"


def rule_dropped(what: str) -> str:
    return f"cette voie vers une conclusion est omise{SPACE}: {what}"


def part_dropped(what: str) -> str:
    return f"un des éléments comptés est omis{SPACE}: {what}"


def line_of(line: int) -> str:
    return f"ce qui se trouve à la ligne {line}"


def not_reached() -> str:
    return "aucun cas n'y mène"


def listed_in_vain(ids: Sequence[str]) -> str:
    return f"Répertoriés, mais remarqués ou inexistants{SPACE}: {', '.join(ids)}."

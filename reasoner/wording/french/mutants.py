"""Changes of a law, and whether anybody notices them, in French."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reasoner.wording.french.grammar import SPACE

_OUTCOMES = {
    "noticed": "remarqués par des cas",
    "generated": "par ce qui est généré",
    "known": "déjà répertoriés",
    "told": "qu'un récit ferait remarquer",
    "untold": "qu'aucun récit du cadre ne distingue de la loi",
    "survived": "inaperçus",
    "unreached": "qu'aucun cas n'atteint",
    "equivalent": "sans effet possible",
    "inexpressible": "impossibles à exprimer",
}


def mutation_columns() -> Sequence[str]:
    return (
        "disposition",
        "changements",
        "par des cas",
        "générés",
        "connus",
        "par un récit",
        "par aucun",
        "ouverts",
        "sans effet",
        "non exprimés",
    )


def mutation_sum(tried: int, counted: Mapping[str, int]) -> str:
    told = [
        f"{number} {_OUTCOMES[outcome]}"
        for outcome, number in counted.items()
        if number or outcome == "noticed"
    ]
    return f"{tried} changement{'s' if tried > 1 else ''}{SPACE}: {', '.join(told)}."


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


def mutant_told(story: str, question: str, answer: str) -> str:
    told = "Un récit où rien n'arrive le fait remarquer."
    if story:
        told = f"Un récit le fait remarquer{SPACE}: {story}"
    return f"{told} À la question {question}, la loi telle qu'elle est écrite répond {answer}."


def told_elsewhere(id: str) -> str:
    return f"Le récit de {id} le fait remarquer aussi."


def story_of_mutant(provision: str, words: str) -> str:
    return f"{provision}, modifié{SPACE}: {words}"


def mutants_untold(number: int, parts: Sequence[str]) -> str:
    which = "1 changement n'est" if number == 1 else f"{number} changements ne sont"
    return (
        f"{which} distingué{'s' if number > 1 else ''} de la loi par aucun récit. "
        f"Parcouru en entier{SPACE}: {'; '.join(parts)}."
    )

"""The changes of a case that give another answer or turn a condition, in French."""

from __future__ import annotations

from collections.abc import Sequence

from reasoner.wording.french.answers import ANSWERS
from reasoner.wording.french.grammar import SPACE
from reasoner.wording.french.terms import list_words

NEW = "nouveau"


def would_make(answer: str, whatever: bool) -> str:
    what = "le passé compris" if whatever else "parmi ce qui peut encore advenir"
    wanted = f"«{SPACE}{ANSWERS[answer].lower()}{SPACE}»"
    return f"Ce qui rendrait la réponse {wanted}, {what}{SPACE}; chacun suffit{SPACE}:"


def somebody_acts(how: str, who: str) -> str:
    who = who[:1].upper() + who[1:]
    return {
        "decision": f"{who} peut décider ceci{SPACE}:",
        "opinion": f"{who} peut donner cet avis{SPACE}:",
        "finding": f"{who} peut constater ceci{SPACE}:",
        "may": f"{who} peut faire ceci{SPACE}:",
        "act": f"{who} devrait faire ceci{SPACE}:",
        "past": f"Il aurait fallu ceci ({who[:1].lower()}{who[1:]}){SPACE}:" if who else "",
        "settle": f"Il faudrait apprendre ceci{SPACE}:",
    }.get(how) or (
        f"Il aurait fallu ceci{SPACE}:" if how == "past" else f"Il faudrait ceci{SPACE}:"
    )


def nobody_acts(day: str, alone: bool) -> str:
    if alone:
        return f"Personne n'a à agir{SPACE}: le {day}, la réponse est autre."
    return f"Et il faudrait que du temps passe, jusqu'au {day}."


def also_with(values: Sequence[str], more: int) -> str:
    rest = f" et {more} autres" if more else ""
    return f"ou {', '.join(values)}{rest}"


def no_change_found(answer: str) -> str:
    return (
        "Aucun ensemble des changements examinés ne rendrait la réponse "
        f"« {ANSWERS[answer].lower()} »."
    )


def changes_looked_at(number: int, facts: int, last: str, whole: bool) -> str:
    text = f"Examinés{SPACE}: {number} changements de {facts} sortes de faits, jusqu'au {last}."
    return text if whole else f"{text} Il y en a d'autres, qui n'ont pas été examinés."


def varied(alone: bool) -> str:
    condition = "À elle seule, cette condition" if alone else "Cette condition"
    return f"{condition} basculerait avec{SPACE}:"


def answer_varied(answer: str, same: bool) -> str:
    if same:
        return f"La réponse reste «{SPACE}{answer}{SPACE}»."
    return f"La réponse bascule{SPACE}: {answer}."


def turns_too(pinpoints: Sequence[str]) -> str:
    return f"Bascule en même temps une condition de {list_words(pinpoints)}."


def no_variation(most: int) -> str:
    changes = "d'un changement" if most == 1 else f"de {most} changements au plus"
    return f"Aucune variante {changes} n'a été trouvée qui fasse basculer{SPACE}:"


def not_varied() -> str:
    return f"La recherche n'est pas arrivée à{SPACE}:"


def generated(title: str, number: int) -> str:
    return f"{title} (variante {number}, produite par le programme)"


def turned(pinpoint: str, condition: str, changes: str) -> str:
    return (
        f"Produit pour montrer à quoi tient {pinpoint}, sans dire le droit attendu. Ce qui est "
        f"autrement ici{SPACE}: {changes}. Dans le cas d'origine{SPACE}: {condition}."
    )


def search_stopped(ended: str) -> str:
    why = {
        "limit": "sa limite (--limit)",
        "time": "son temps (--time)",
        "interrupted": "une touche",
    }
    return f"Il peut y en avoir d'autres{SPACE}: la recherche a été arrêtée par {why[ended]}."

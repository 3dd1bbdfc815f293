"""What an interview asks and understands, in French."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reasoner.wording.french.grammar import SPACE
from reasoner.wording.french.terms import list_words

REPLIES: Mapping[str, str] = {
    **dict.fromkeys(("oui", "o", "yes", "y"), "stated"),
    **dict.fromkeys(("non", "n", "aucun", "aucune", "no"), "denied"),
    **dict.fromkeys(("inconnu", "?", "unknown"), "unknown"),
}
ORDERS: Mapping[str, str] = {
    **dict.fromkeys(("pourquoi", "why"), "why"),
    **dict.fromkeys(("retour", "back"), "back"),
    **dict.fromkeys(("jusqu'ici", "so far"), "so far"),
    **dict.fromkeys(("aide", "help"), "help"),
    **dict.fromkeys(("fin", "stop"), "stop"),
}


def which_provision() -> str:
    return f"Sur quelle disposition porte la question{SPACE}?"


def which_day() -> str:
    return f"Sur quel jour porte-t-elle{SPACE}?"


def about_whom(type: str) -> str:
    return f"Quel est le nom de ce sur quoi elle porte ({type}){SPACE}?"


def is_it_so(sentence: str) -> str:
    return f"Est-ce exact{SPACE}: {sentence}{SPACE}?"


def besides(stated: Sequence[str], question: str) -> str:
    return f"Outre {list_words(stated)}{SPACE}: {question[:1].lower()}{question[1:]}"


def what_is_missing(sentence: str) -> str:
    return f"{sentence[:1].upper()}{sentence[1:]}{SPACE}?"


def expected(kind: str, values: Sequence[str], usual: str) -> str:
    words = {
        "provision": "une disposition, ou le nom d'un prédicat"
        + (f"{SPACE}: {list_words(values)}, par exemple" if values else ""),
        "status": "oui, non ou inconnu",
        "date": "un jour, par exemple 2024-06-01",
        "number": "un nombre",
        "values": f"l'un de ceux-ci{SPACE}: " + "; ".join(values),
        "some": "une valeur, par exemple " + "; ".join(values),
        "name": "un nom" + (f", par exemple {list_words(values)}" if values else ""),
    }[kind]
    return f"{words}; si rien n'est dit{SPACE}: {usual}" if usual else words


def replies() -> str:
    return (
        f"Répondez oui, non, inconnu, ou par un jour, un nom ou une valeur. Et encore{SPACE}: "
        "pourquoi (ce qui tient à la réponse), retour (la question précédente), jusqu'ici (la "
        "réponse en l'état, et ce qui est établi), fin (garder ce qu'il y a)."
    )


def why_asked_first() -> str:
    return "La loi répond à des questions sur quelqu'un ou quelque chose, un jour donné."


def so_far(verdict: str) -> str:
    return f"Jusqu'ici{SPACE}: {verdict}"


def ended(questions: int) -> str:
    return f"{_questions(questions)}. Rien d'autre ne peut changer la réponse."


def ended_early(questions: int) -> str:
    return f"{_questions(questions)}. Ce qui n'a pas été demandé est tenu pour non établi."


def _questions(number: int) -> str:
    return "1 question" if number == 1 else f"{number} questions"


def ended_in_doubt(questions: int, open_questions: Sequence[str]) -> str:
    asked, unknown = _questions(questions), " ".join(open_questions)
    return f"{asked}. Ce que personne ne savait pourrait changer la réponse{SPACE}: {unknown}"


def found_out(question: str, day: str) -> str:
    return f"Entretien sur {question}, le {day}"

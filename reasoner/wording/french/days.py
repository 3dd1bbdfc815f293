"""The days on which an answer turns, and the periods that are counted, in French."""

from __future__ import annotations

from reasoner.wording.french.answers import ANSWERS
from reasoner.wording.french.grammar import SPACE
from reasoner.wording.french.terms import length


def asked_when(title: str, question: str, first: str, last: str, given: bool) -> str:
    reach = "" if given else ", aussi loin que vont les dates"
    return f"{title}{SPACE}: {question}, chaque jour du {first} au {last}{reach}."


def interval(answer: str, first: str, last: str, days: int) -> str:
    if days == 1:
        return f"{ANSWERS[answer]} le {first}, un seul jour."
    return f"{ANSWERS[answer]} du {first} au {last}, {length(days)}."


def whole_time(answer: str) -> str:
    return f"{ANSWERS[answer]} chacun de ces jours."


def never_certain() -> str:
    return "Aucun de ces jours la réponse n'est certainement oui."


def first_day(day: str) -> str:
    return f"Premier jour{SPACE}: {day}."


def last_day(day: str) -> str:
    return f"Dernier jour{SPACE}: {day}."


def open_edge(start: bool) -> str:
    return "Le début peut être antérieur." if start else "La suite reste ouverte."


def not_explained(number: int) -> str:
    plural = "" if number == 1 else "s"
    return f"{number} autre{plural} changement{plural} sans explication."


def counted_periods() -> str:
    return "Périodes qui comptent"


def put_off(planned: str) -> str:
    return f"reportée du {planned}"


def clock_stopped(day: str) -> str:
    return f"interrompue le {day}"


def clock_again(day: str) -> str:
    return f"recommencée le {day}"


def day_asked(day: str) -> str:
    return f"{day}{SPACE}: jour demandé"


def lane_answer() -> str:
    return "réponse"


def lane_counted() -> str:
    return "compté"

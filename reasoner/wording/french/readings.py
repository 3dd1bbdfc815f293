"""How an answer depends on the readings, in French."""

from __future__ import annotations

from collections.abc import Sequence

from reasoner.wording.french.answers import ANSWERS
from reasoner.wording.french.grammar import SPACE
from reasoner.wording.french.terms import list_words


def may_be_more(why: str) -> str:
    reasons = {
        "limit": "la recherche s'est arrêtée à sa limite (--limit)",
        "time": "le temps imparti est écoulé (--time)",
        "interrupted": "la recherche a été interrompue",
    }
    return f"Il peut y en avoir d'autres{SPACE}: {reasons[why]}."


def robust(looked_at: int) -> str:
    if not looked_at:
        return f"La réponse ne dépend d'aucune lecture{SPACE}: la question n'en consulte aucune."
    plural = "" if looked_at == 1 else "s"
    return (
        "Aucun choix de lectures ne donne une autre réponse. La question consulte "
        f"{looked_at} lecture{plural}, dont aucune n'importe, seule ou avec d'autres."
    )


def none_found() -> str:
    return "Aucun choix de lectures donnant une autre réponse n'a été trouvé."


def swayed(answer: str) -> str:
    if answer == "undetermined":
        return (
            f"Certains choix de lectures la tranchent, quels que soient les faits inconnus{SPACE}:"
        )
    return f"Certains choix de lectures donnent une autre réponse{SPACE}:"


def under_together(answer: str, options: Sequence[str]) -> str:
    return f"{ANSWERS[answer]} selon {list_words(options)}."


def each_alone() -> str:
    return f"La réponse selon chaque option seule, les autres lectures restant inchangées{SPACE}:"


def taken(option: str) -> str:
    return f"{option} (retenue)"


def without_effect(readings: Sequence[str], certain: bool) -> str:
    lead = "Consultées, sans effet sur la réponse" if certain else "Consultées, sans effet trouvé"
    return f"{lead}{SPACE}: {list_words(readings)}."


def not_looked_at(number: int) -> str:
    if number == 1:
        return "1 autre lecture n'intervient pas dans cette question."
    return f"{number} autres lectures n'interviennent pas dans cette question."


def numbers_tried(option: str, tried: Sequence[str]) -> str:
    return f"Pour {option}, ont été essayés{SPACE}: {list_words(tried)}."

"""What is found in a law as a whole, in French."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reasoner.wording.french.grammar import SPACE

_AUDITED = {
    "dead": "Rempli par personne",
    "always": "Rempli par tout le monde",
    "apart": "Les directives et la loi répondent autrement",
    "clause": "Voies vers une conclusion qui ne sont jamais ouvertes",
    "nowhere": "Voies qui ne mènent à rien",
    "loop": "Conclusions qui pourraient se soutenir l'une l'autre, ce qui n'est pas admis",
    "texts": "Le texte anglais et le texte français répondent autrement",
    "condition": "Conditions qui ne décident jamais là où elles se trouvent",
    "moment": "Conditions qui ne décident que si quelque chose a été fait un jour antérieur",
    "idle": "Options d'interprétation qui ne changent aucune réponse",
    "turning": "Options d'interprétation dont dépendent des cas",
    "unreached": "Rien de ce que l'on demande n'en dépend",
    "definition": "Conclu et jamais consulté",
    "fact": "Faits que rien ne consulte",
    "option": "Options qu'aucune règle ne demande",
    "same_texts": "Les deux textes diffèrent par les mots, non par les réponses",
    "round": "Conclusions qui dépendent l'une de l'autre sans jamais se soutenir l'une l'autre",
    "repeated": "Conditions que les autres de leur règle entraînent",
    "open": "Non tranché dans le temps accordé à chacun",
}


def audit_heading(kind: str) -> str:
    return _AUDITED[kind]


def audit_finding(kind: str, what: str, guidance_yes: bool, resting: int, turning: int) -> str:
    if kind == "dead":
        return f"dans aucune histoire ceci n'est vrai{SPACE}: {what}"
    if kind == "always":
        return f"dans toute histoire, et de chacun{SPACE}: {what}"
    if kind == "nowhere":
        return f"dans aucune histoire cette voie, pourtant ouverte, ne mène au but{SPACE}: {what}"
    if kind == "apart":
        said = "oui" if guidance_yes else "non"
        return f"les directives disent {said}, la loi répond autrement{SPACE}: {what}"
    if kind == "loop":
        return f"ceci ne reposerait que sur soi-même, ce qui n'est pas admis{SPACE}: {what}"
    if kind == "turning":
        return f"réponse autre dans {turning} des {resting} cas qui en dépendent, selon {what}"
    return what


def audit_moment(what: str, fact: str) -> str:
    return (
        f"{what}{SPACE}; ceci ne décide jamais tant que tout s'apprécie le même jour, mais bien "
        f"dans le cas suivant{SPACE}: {fact}"
    )


_OPEN = {
    "dead": "s'il peut être vrai que",
    "always": "s'il peut ne pas être vrai que",
    "clause": f"si cette voie est jamais ouverte{SPACE}:",
    "nowhere": f"si cette voie mène au but{SPACE}:",
    "moment": f"si ceci décide tant que tout s'apprécie le même jour{SPACE}:",
    "apart": f"si les directives et la loi peuvent différer là-dessus{SPACE}:",
    "loop": f"si ceci pourrait se soutenir soi-même{SPACE}:",
    "idle": f"si ceci change une réponse{SPACE}:",
    "same_texts": f"si les deux textes peuvent répondre autrement{SPACE}:",
}


def audit_open(kind: str, what: str) -> str:
    return f"{_OPEN.get(kind, f'si ceci décide jamais{SPACE}:')} {what}"


def audit_case(name: str) -> str:
    return f"Cas{SPACE}: {name}"


def audit_nothing() -> str:
    return "Rien n'a été trouvé."


def audit_unasked(unasked: Mapping[str, int], repeated: int, unsettled: int) -> Sequence[str]:
    lines = []
    if number := unasked.get("readings"):
        lines.append(
            "Règles propres à d'autres interprétations ou dates de la loi, non examinées"
            f"{SPACE}: {number}."
        )
    if number := unasked.get("conditions"):
        lines.append(
            "Conditions non examinées, qui ne peuvent manquer que selon d'autres interprétations"
            f"{SPACE}: {number}."
        )
    if number := unasked.get("values"):
        lines.append(
            "Conditions non examinées, qui ne font que donner des valeurs à d'autres"
            f"{SPACE}: {number}."
        )
    if repeated:
        lines.append(
            f"Conditions que d'autres entraînent, énumérées par --full{SPACE}: {repeated}."
        )
    if unsettled:
        lines.append(f"Ce qui n'a pas été tranché, énuméré par --full{SPACE}: {unsettled}.")
    return lines


def audit_given(conditions: str) -> str:
    return f"Seulement de ceux dont ceci est vrai (--given){SPACE}: {conditions}"


def audit_axioms(number: int) -> str:
    return f"Axiomes sur ce qui est impossible, énumérés par --full{SPACE}: {number}."

"""Lists of what the law files say, in French."""

from __future__ import annotations

from collections.abc import Sequence

from reasoner.wording.french.grammar import SPACE

_LAYERS = {"act": "loi", "regulation": "règlement", "guidance": "directives"}
_TEXTS = {"English": "anglais", "French": "français"}
_LISTED = {
    "fact": ("Aucun fait", "ne peut être énoncé"),
    "reading": ("Aucune interprétation", "ne dépend de la langue du texte"),
    "case": ("Aucun cas fourni", "ne peut être lu sous cette loi"),
}
_SETTLED = {
    "fact": "fait",
    "finding": "constatation",
    "opinion": "avis",
    "decision": "décision",
    "question": "question",
    "calculation": "calcul",
}


def layer(name: str) -> str:
    return _LAYERS.get(name, name)


def in_force_note(note: str) -> str:
    return f"En vigueur{SPACE}: {note}"


def not_encoded(why: str) -> str:
    return f"Sans règle{SPACE}: {why}"


def law_on_it(pinpoint: str, words: str) -> str:
    return f"La loi ({pinpoint}){SPACE}: {words}"


def guidance_on_it(pinpoints: Sequence[str]) -> str:
    return f"Directives à ce sujet{SPACE}: {', '.join(pinpoints)}"


def below_it(pinpoints: Sequence[str]) -> str:
    return f"Au-dessous{SPACE}: {', '.join(pinpoints)}"


def cases_named(names: Sequence[str], more: int) -> str:
    if not names:
        return "Aucun cas fourni ne la mentionne."
    return f"Cas{SPACE}: {', '.join(names)}" + (f" et {more} de plus" if more else "")


def usual_option(option: str, words: str, default: bool) -> str:
    return f"{option}{' (par défaut)' if default else ''}{SPACE}: {words}"


def option_from(authority: str) -> str:
    return f"Source{SPACE}: {authority}"


def favoured_by(text: str) -> str:
    return f"Le texte {_TEXTS.get(text, text)} y est favorable"


def text_says(text: str, option: str) -> str:
    return f"Texte {_TEXTS.get(text, text)}{SPACE}: {option}"


def left_open_by(text: str, default: str) -> str:
    return f"Texte {_TEXTS.get(text, text)}{SPACE}: ne tranche pas (par défaut{SPACE}: {default})"


def and_near_misses() -> str:
    return "et des variantes"


def nothing_listed(what: str, word: str) -> str:
    listed, otherwise = _LISTED[what]
    said = f"ne mentionne «{SPACE}{word}{SPACE}»" if word else otherwise
    return f"{listed} {said}."


def who_settles(settled: str, who: str, how: str, by: str) -> str:
    words = _SETTLED.get(settled, settled) + (f", par {who}" if who else "")
    return words + {
        "no": "; ne change plus",
        "yes": "; peut encore changer",
        "by": f"; peut encore changer, par {by}",
        "once": f"; fixé une fois, par {by}",
    }.get(how, "")

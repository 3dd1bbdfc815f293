"""What is said beside the lines of a tree, in French."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from reasoner.wording.french.grammar import ORDINALS, SPACE
from reasoner.wording.french.terms import between, length, list_words

SHOWN_ABOVE = "voir plus haut"
CIRCULAR = "appui seulement circulaire"
CIRCLE = "voici le cercle\N{NO-BREAK SPACE}: la conclusion s'appuierait sur elle-même"
OTHER_WAY = "c'est aussi le cas d'une autre façon"
NOT_STATED = "fait non énoncé"
ASSUMED = "supposé"
_MOST_LINES = 4
_TO_SETTLE = {
    "fact": "fait à énoncer",
    "finding": "constatation à faire",
    "opinion": "avis à donner",
    "decision": "décision à prendre",
}


def otherwise(options: Sequence[str]) -> str:
    return f"conclusion contraire selon {' + '.join(options)}"


def counted(number: str) -> str:
    return f"{number} en tout"


def late(days: int, reached: date) -> str:
    return f"il manque {length(days)}; condition remplie le {reached.isoformat()}"


def short(have: int, need: int) -> str:
    return f"{have} sur {need}, il en manque {need - have}"


def absent(facts: Sequence[str], more: int) -> str:
    other = [f"{more} autre" + ("" if more == 1 else "s")] if more else []
    return f"non énoncé{SPACE}: {list_words([*facts, *other])}"


def on_some_day(first: str, last: str, line: int) -> str:
    return f"{between(first, last)}, {f'ligne {line}' if line else ASSUMED}"


def from_lines(lines: Sequence[int]) -> str:
    written = [n for n in lines if n]
    if not written:
        return ASSUMED
    shown = [str(n) for n in written[:_MOST_LINES]]
    if len(written) > _MOST_LINES:
        more = len(written) - _MOST_LINES + 1
        shown = [*shown[:-1], f"{more} autres"]
    words = f"ligne{'' if len(written) == 1 else 's'} {list_words(shown)}"
    return words if len(written) == len(lines) else f"{words}, en partie {ASSUMED}"


def stated(lines: Sequence[int]) -> str:
    written = [str(n) for n in lines if n]
    return f"fait énoncé, ligne {', '.join(written)}" if written else ASSUMED


def stated_otherwise(line: int) -> str:
    return f"énoncé autrement, ligne {line}" if line else "supposé autre"


def denied(line: int) -> str:
    return f"nié, ligne {line}" if line else "supposé inexistant"


def unknown(line: int) -> str:
    return f"inconnu, ligne {line}" if line else "supposé inconnu"


def settled_by(what: str, who: str) -> str:
    return _TO_SETTLE.get(what, "à énoncer") + (f" par {who}" if who else "")


def way(place: int, ways: int, holds: bool | None) -> str:
    name = ORDINALS[place] if place < len(ORDINALS) else f"{place + 1}e"
    state = "reste ouverte" if holds is None else "est réalisée" if holds else "n'est pas réalisée"
    return f"la {name} des {ways} possibilités {state}"


def more_like_these(number: int) -> str:
    return "et un autre cas semblable" if number == 1 else f"et {number} autres cas semblables"

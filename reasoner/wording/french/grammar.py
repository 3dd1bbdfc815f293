"""Forms of French words that several parts need."""

from __future__ import annotations

import unicodedata

SPACE = "\N{NO-BREAK SPACE}"
ORDINALS = ("première", "deuxième", "troisième", "quatrième", "cinquième", "sixième")


def is_elided_before(value: str) -> bool:
    """Whether "de" and "que" lose their e before a value."""
    plain = unicodedata.normalize("NFKD", value[:3]).casefold()
    letters = "".join(c for c in plain if not unicodedata.combining(c))
    if letters[1:2].isdigit():
        return False  # a pinpoint, A34
    if letters[:1] == "y":
        return letters[1:2] not in (*"aeiouy", "")
    return letters[:1] in (*"aeiouæœ",)

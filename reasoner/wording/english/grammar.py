"""Forms of English words that several parts need."""

from __future__ import annotations

ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth")


def so_many(number: int, noun: str) -> str:
    return f"{number} {noun}" + ("" if number == 1 else "s")

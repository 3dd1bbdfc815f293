"""The official words that ``--text`` asks for, in what a command prints."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reasoner.lawfiles.rules import Law
    from reasoner.official.quotes import Quotes
    from reasoner.printing.show import Row


def quote(
    options: argparse.Namespace,
    law: Law,
    pinpoints: Callable[[], Iterable[str]],
    language: str,
    **settings: Any,
) -> Quotes | None:
    """The words of provisions, where they are asked for.

    Args:
        options: what was typed; ``--text`` without a language means that of the reasons.
        law: the law whose provisions they are.
        pinpoints: gives the provisions; only called where they are needed.
        language: the language of the reasons.
        settings: for :func:`reasoner.official.quotes.quote_provisions`.
    """
    if options.text is None:
        return None
    from reasoner.official.quotes import languages_of, quote_provisions

    languages = languages_of(language if options.text is True else options.text)
    return quote_provisions(law, pinpoints(), languages, **settings)


def quoted_json(quotes: Quotes | None) -> dict[str, Any]:
    """The words as a part of what is written as JSON."""
    if quotes is None:
        return {}
    from reasoner.official.quotes import quotes_json

    return {"official": quotes_json(quotes)}


def quoted_rows(law: Law, quotes: Quotes | None, width: int, language: str) -> Iterable[Row]:
    """The words as rows of a page."""
    if quotes is None:
        return ()
    from reasoner.official.quotes import quote_rows

    return quote_rows(law, quotes, width, language=language)

"""The languages that there are, and what is said in each beside the law.

What a law itself says in a language stands in the law files, see
:mod:`reasoner.lawfiles.translation`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reasoner.wording.interface import Phrases

LANGUAGES = ("en", "fr")


def phrases(language: str) -> Phrases:
    """The phrases of a language: one of ``LANGUAGES``.

    Raises:
        ValueError: there is no such language.
    """
    if language == "en":
        from reasoner.wording import english

        return english
    if language == "fr":
        from reasoner.wording import french

        return french
    raise ValueError(f"there is no language {language!r}", f"write {' or '.join(LANGUAGES)}")

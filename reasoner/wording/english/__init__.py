"""What English says beside the law and the case, a part for each thing that it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reasoner.wording.parts import find_phrase

if TYPE_CHECKING:
    from reasoner.wording.english.answers import *
    from reasoner.wording.english.audit import *
    from reasoner.wording.english.changes import *
    from reasoner.wording.english.comparisons import *
    from reasoner.wording.english.coverage import *
    from reasoner.wording.english.days import *
    from reasoner.wording.english.interviews import *
    from reasoner.wording.english.lists import *
    from reasoner.wording.english.mutants import *
    from reasoner.wording.english.readings import *
    from reasoner.wording.english.stories import *
    from reasoner.wording.english.terms import *
    from reasoner.wording.english.trees import *


def __getattr__(name: str) -> object:
    return find_phrase(__name__, name)

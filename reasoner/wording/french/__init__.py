"""What French says beside the law and the case, a part for each thing that it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reasoner.wording.parts import find_phrase

if TYPE_CHECKING:
    from reasoner.wording.french.answers import *
    from reasoner.wording.french.audit import *
    from reasoner.wording.french.changes import *
    from reasoner.wording.french.comparisons import *
    from reasoner.wording.french.coverage import *
    from reasoner.wording.french.days import *
    from reasoner.wording.french.interviews import *
    from reasoner.wording.french.lists import *
    from reasoner.wording.french.mutants import *
    from reasoner.wording.french.readings import *
    from reasoner.wording.french.stories import *
    from reasoner.wording.french.terms import *
    from reasoner.wording.french.trees import *


def __getattr__(name: str) -> object:
    return find_phrase(__name__, name)

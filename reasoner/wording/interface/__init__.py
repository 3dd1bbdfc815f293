"""What each language has to say, a part for each thing that it is about.

``english`` and ``french`` have a module for each part, under the same name, and in it what the part
asks for. Nothing of this is needed to run; it says what there is, and is checked by mypy.
"""

from __future__ import annotations

from typing import Protocol

from reasoner.wording.interface.answers import Answers
from reasoner.wording.interface.audit import Audit
from reasoner.wording.interface.changes import Changes
from reasoner.wording.interface.comparisons import Comparisons
from reasoner.wording.interface.coverage import Coverage
from reasoner.wording.interface.days import Days
from reasoner.wording.interface.interviews import Interviews
from reasoner.wording.interface.lists import Lists
from reasoner.wording.interface.mutants import Mutants
from reasoner.wording.interface.readings import Readings
from reasoner.wording.interface.stories import Stories
from reasoner.wording.interface.terms import Terms
from reasoner.wording.interface.trees import Trees


class Phrases(
    Answers,
    Audit,
    Changes,
    Comparisons,
    Coverage,
    Days,
    Interviews,
    Lists,
    Mutants,
    Readings,
    Stories,
    Terms,
    Trees,
    Protocol,
):
    """All that is said in a language beside what the law and the case say."""

"""Say which facts of a case contradict each other, where the law derives ``problem(Fact, ...)``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reasoner.casefiles.edits import ASSUMED
from reasoner.errors import InputError, Problem
from reasoner.reasons.justify import justify
from reasoner.reasons.weigh import best_rule, support_costs
from reasoner.solving.question import Goal
from reasoner.values import split_arguments
from reasoner.wording.words import Speaker, read_date

if TYPE_CHECKING:
    import clingo

    from reasoner.casefiles.case import Case
    from reasoner.solving.ground import Ground


class ContradictionError(InputError):
    """The facts of a case cannot all be true; what is said of them can be had in each language."""

    def __init__(
        self, ground: Ground, case: Case, found: list[clingo.Symbol], language: str = "en"
    ) -> None:
        self.ground, self.case, self.found = ground, case, found
        super().__init__(describe_contradictions(ground, case, found, language))

    def in_language(self, language: str) -> ContradictionError:
        """The same in a language."""
        return ContradictionError(self.ground, self.case, self.found, language)


def describe_contradictions(
    ground: Ground, case: Case, found: list[clingo.Symbol], language: str = "en"
) -> list[Problem]:
    """One problem for each contradiction, at the line of the fact that it names first.

    Args:
        ground: the law grounded with the case.
        case: the case.
        found: the ``problem`` atoms that hold.
        language: ``en`` or ``fr``.
    """
    goals = []
    for symbol in found:
        text = str(symbol)
        arguments = split_arguments(text[len(symbol.name) + 1 : -1])
        goals.append(Goal(symbol.name, arguments, ""))
    why = justify(ground, goals)
    costs = support_costs(why)
    speaker = Speaker(ground.law, case, read_date("20000101"), language)
    problems = []
    for number, goal in zip(why.roots, goals, strict=True):
        rule = best_rule(why, costs, number)
        message = speaker.node(why, number, rule)
        about = (goal.arguments[0] or "").replace(" ", "")
        statement = next((s for s in case.statements if s.atom == about), None)
        if statement is None:
            problems.append(Problem(f"{case.path}: {message}"))
            continue
        place = statement.position
        if place == ASSUMED:
            problems.append(Problem(message, hint=speaker.say.CONTRADICTION))
            continue
        problems.append(
            case.source.problem(message, place.line, place.column, 1, speaker.say.CONTRADICTION)
        )
    return problems

"""Interviews answered from a case that the interviewer does not see."""

from collections.abc import Iterator

from reasoner import Case
from reasoner.hypotheses.interview import (
    ABOUT,
    ARGUMENT,
    DAY,
    FACT,
    QUESTION,
    Interview,
    Pattern,
    begin,
)
from reasoner.hypotheses.replies import reply
from reasoner.lawfiles.rules import Law

WORDS = {"yes": "stated", "no": "denied", "unknown": "unknown"}


class Witness:
    """Answers from a hidden case, always the whole truth."""

    def __init__(self, law: Law, hidden: Case) -> None:
        self.law = law
        self.hidden = hidden
        self.telling: tuple[str, ...] = ()

    def answer(self, interview: Interview) -> str:
        """The reply to the question of an interview."""
        question = interview.question
        assert question is not None
        if question.kind == QUESTION:
            return self.hidden.question or ""
        if question.kind == DAY:
            return _written(str(self.hidden.as_of))
        if question.kind == ABOUT:
            return next(n for n, k in self.hidden.entities.items() if k == question.type)
        if question.kind == FACT:
            told = {s.atom for s in interview.case.statements}
            pattern = Pattern(question.fact, question.arguments)
            more = [
                s
                for s in self.hidden.statements
                if s.status == "stated"
                and s.name == pattern.name
                and pattern.covers(s.name, s.arguments)
                and s.atom not in told
            ]
            if not more:
                return "no"
            self.telling = more[0].arguments
            return "yes"
        assert question.kind == ARGUMENT
        assert question.place is not None
        return self._value(question.type, self.telling[question.place])

    def _value(self, type: str, term: str) -> str:
        return _written(term) if type == "date" else term


def interview(law: Law, hidden: Case, start: Case) -> Iterator[Interview]:
    """Every state of an interview about what a case knows already, answered from a hidden one."""
    witness = Witness(law, hidden)
    now = begin(law, start)
    while now.question is not None:
        yield now
        now = reply(now, witness.answer(now), WORDS, law)
    yield now


def _written(term: str) -> str:
    return f"{term[:4]}-{term[4:6]}-{term[6:]}"

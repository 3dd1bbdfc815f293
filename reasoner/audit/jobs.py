"""The pieces of work of an audit, each of which a process can do by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple, Protocol

from reasoner.audit.circular import look_for_circle
from reasoner.audit.crew import Limits
from reasoner.audit.plan import Plan
from reasoner.audit.shown import shown_by
from reasoner.audit.sought import Sought, look_for, tell
from reasoner.audit.turned import Choice, turned_by
from reasoner.lawfiles.rules import Law, Signature

LIMITS = Limits(3 << 29, 120)
"""What a process may take for a job."""


class Job(Protocol):
    """A piece of work."""

    def run(self, plan: Plan) -> Iterator[Any]:
        """Do it; what comes of it one by one, None as a sign of life."""


def doing(law: Law, plan: Plan) -> Callable[[Job], Iterator[Any]]:
    """How the jobs of an audit of a law are done."""
    return lambda job: job.run(plan)


class Show(NamedTuple):
    """See what of several things happens in some of the stories that there are."""

    several: tuple[Sought, ...]
    first: int
    last: int

    def halves(self) -> list[Show]:
        """The same in two parts; none where there is but one story."""
        return [self._replace(first=a, last=b) for a, b in _halves(self.first, self.last)]

    def run(self, plan: Plan) -> Iterator[dict[str, int] | None]:
        """The smallest story for each thing that happens, by its place among all stories."""
        stories = plan.stories[self.first : self.last]
        yield from shown_by(plan.inquiry, self.several, stories, self.first)


class Turn(NamedTuple):
    """See which of some options give some of the stories that there are other answers."""

    choices: tuple[Choice, ...]
    first: int
    last: int

    def halves(self) -> list[Turn]:
        """The same in two parts; none where there is but one story."""
        return [self._replace(first=a, last=b) for a, b in _halves(self.first, self.last)]

    def run(self, plan: Plan) -> Iterator[Any]:
        """Which stories each option turns, by their places among all stories."""
        stories = plan.stories[self.first : self.last]
        yield from turned_by(plan.inquiry, self.choices, stories, self.first)


class Seek(NamedTuple):
    """Look for stories that bring about the things of a batch."""

    several: tuple[Sought, ...]
    section: str

    def halves(self) -> list[Seek]:
        """The same in two parts; none where there is but one thing."""
        parts = _halves(0, len(self.several))
        return [self._replace(several=self.several[a:b]) for a, b in parts]

    def run(self, plan: Plan) -> Iterator[Any]:
        """What came of each thing."""
        yield from look_for(plan.inquiry, self.several, plan.patience)


class Tell(NamedTuple):
    """Look for the smallest story that brings something about."""

    sought: Sought

    def run(self, plan: Plan) -> Iterator[Any]:
        """That story."""
        for story in tell(plan.inquiry, self.sought):
            yield story
            if story is not None:
                return


class GoRound(NamedTuple):
    """Look for a story in which a circle of conclusions could hold itself up."""

    circle: tuple[Signature, ...]

    def run(self, plan: Plan) -> Iterator[Any]:
        """What came of the circle."""
        yield (yield from look_for_circle(plan.inquiry, self.circle, plan.patience))


def _halves(first: int, last: int) -> list[tuple[int, int]]:
    middle = (first + last) // 2
    return [(first, middle), (middle, last)] if first < middle else []

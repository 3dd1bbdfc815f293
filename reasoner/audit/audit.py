"""Audit a law: what in it no story brings about, what never decides, what contradicts what.

Whatever a case shows already is not sought. For the rest the stories of a scope are searched
(:mod:`reasoner.audit.sought`), one section of the law beside the other, in processes of their own.
What was not searched to the end is told apart from what no story brings about.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from reasoner.audit.circular import circles_audited, told_of_circle
from reasoner.audit.crew import DONE, LOST, Crew, Word
from reasoner.audit.dead import ask_provisions, ask_rules, rules_audited
from reasoner.audit.deciding import ask_conditions
from reasoner.audit.findings import OPEN, Finding
from reasoner.audit.jobs import LIMITS, GoRound, Job, Seek, Show, Tell, Turn, doing
from reasoner.audit.layers import ask_layers
from reasoner.audit.moments import ask_moments
from reasoner.audit.options import ask_languages, ask_options
from reasoner.audit.plan import Asked, Plan
from reasoner.audit.results import ask_ways
from reasoner.audit.shown import as_told, size_of
from reasoner.audit.sought import Beyond, Found, Sought
from reasoner.audit.turned import Turned, options_tried
from reasoner.audit.unused import find_unused
from reasoner.lawfiles.rules import Law
from reasoner.stories.refute import Counterexample

STORIES = 90  # that a process looks at before another one can, so that it has memory enough


@dataclass(slots=True)
class Audit:
    """An audit of a law.

    ``unasked`` counts what the search does not ask: rules that apply only under other ``readings``,
    ``conditions`` that can fail only under these, and those that only give others ``values``.
    ``beyond`` is a part of the scope that was too large to be searched. ``done`` of ``steps`` are
    done, and ``at`` says what is looked at.

    Args:
        plan: what is audited.
        processes: how many search at the same time; without any, whoever asks does.
    """

    plan: Plan
    processes: int = 0
    unasked: dict[str, int] = field(default_factory=dict)
    beyond: Beyond | None = None
    steps: int = 1
    done: int = 0
    at: str = ""

    def run(self) -> Iterator[Finding | None]:
        """Audit, the quick things first.

        Yields:
            Each finding, in no order; None as a sign of life. Some follow from others, see
            :func:`reasoner.audit.findings.without_repetition`.

        Raises:
            InputError: when clingo complains.
        """
        groups = self.plan.groups
        if "unused" in groups:
            yield from find_unused(self.law, self.plan.pinpoints)
        with Crew(self.law, doing, (self.plan,), self.processes, LIMITS) as crew:
            asked = list(self._ask())
            if "readings" in groups:
                for found in self._turn(crew):
                    if isinstance(found, Asked):
                        asked.append(found)
                    else:
                        yield found
            known: dict[str, int] = {}
            for shown in self._show(crew, asked):
                yield None
                known = shown or known
            yield from self._seek(crew, asked, known)

    @property
    def law(self) -> Law:
        """The law that is audited."""
        return self.plan.law

    def _ask(self) -> Iterator[Asked]:
        """All that is to be found out, but for what is known only when cases were looked at."""
        plan = self.plan
        if {"dead", "conditions", "moments"}.intersection(plan.groups):
            rules = rules_audited(plan)
            if rules.closed:
                self.unasked["readings"] = rules.closed
            if "dead" in plan.groups:
                yield from ask_provisions(plan, rules.named)
                yield from ask_rules(plan, rules.named)
            if "conditions" in plan.groups:
                for one in ask_conditions(plan, rules):
                    if isinstance(one, Asked):
                        yield one
                    else:
                        self.unasked[one] = self.unasked.get(one, 0) + 1
            if "moments" in plan.groups:
                yield from ask_moments(plan, rules.named)
        if "ways" in plan.groups:
            yield from ask_ways(plan)
        if "layers" in plan.groups:
            yield from ask_layers(plan)
        if "languages" in plan.groups:
            yield from ask_languages(plan)

    # what the cases show

    def _turn(self, crew: Crew[Job]) -> Iterator[Asked | Finding | None]:
        """What the cases say of the options of readings, and what is still to be asked of these."""
        plan = self.plan
        readings = [name for name in self.law.vocabulary.readings if plan.concerns(name)]
        choices = tuple(options_tried(plan.inquiry, readings, plan.stories))
        jobs: deque[Job] = deque(
            Turn(choices, first, last) for first, last in self._parts() if choices
        )
        self._begin(len(jobs), "readings")
        turned: list[Turned] = []
        for word in crew.run(jobs):
            if word is not None:
                if word.found is not None:
                    turned.append(word.found)
                self._count(word, jobs)
            yield None
        if not turned:  # there are no cases
            turned = [Turned(choice, (), ()) for choice in choices]
        yield from ask_options(plan, turned)

    def _parts(self) -> list[tuple[int, int]]:
        """The stories that there are, in parts that a process looks at before another one can."""
        number = len(self.plan.stories)
        return [(first, min(first + STORIES, number)) for first in range(0, number, STORIES)]

    def _show(self, crew: Crew[Job], asked: Sequence[Asked]) -> Iterator[dict[str, int] | None]:
        """The smallest story in which each thing happens, among those of the cases; at last."""
        several = {one.sought.name: one.sought for one in asked}
        several |= {sought.name: sought for one in asked for sought in one.after}
        stories = self.plan.stories
        jobs: deque[Job] = deque(
            Show(tuple(several.values()), first, last) for first, last in self._parts() if several
        )
        self._begin(len(jobs), "cases")
        known: dict[str, int] = {}
        for word in crew.run(jobs):
            if word is not None:
                for name, place in (word.found or {}).items():
                    places = (place, known.get(name, place))
                    known[name] = min(places, key=lambda n: (size_of(stories[n]), n))
                self._count(word, jobs)
            yield None
        yield known

    def _from_case(self, finding: Finding, one: Asked, place: int) -> Finding:
        story = self.plan.stories[place]
        told = as_told(self.plan.inquiry, story, one.told) if one.told else None
        return replace(finding, story=told, path=story.path)

    # what stories show

    def _seek(
        self, crew: Crew[Job], asked: Sequence[Asked], known: dict[str, int]
    ) -> Iterator[Finding | None]:
        """What is to be said of all that no case shows."""
        left: dict[str, tuple[Asked, int | None]] = {}
        sections: dict[str, list[Sought]] = {}
        for one in asked:
            if one.sought.name in known:
                if one.ever is not None:
                    yield self._from_case(one.ever, one, known[one.sought.name])
            elif all(sought.name in known for sought in one.after):
                shown = known[one.after[0].name] if one.told and one.after else None
                left[one.sought.name] = one, shown
                sections.setdefault(one.section, []).append(one.sought)
        batches = [Seek(tuple(several), section) for section, several in sections.items()]
        batches.sort(key=lambda batch: -len(batch.several))
        circles = circles_audited(self.plan) if "loops" in self.plan.groups else []
        jobs: deque[Job] = deque(GoRound(tuple(sorted(circle))) for circle in circles)
        jobs.extend(batches)
        self._begin(len(jobs), "stories")
        for word in crew.run(jobs):
            if word is None:
                yield None
                continue
            divided = self._count(word, jobs)
            job = word.job
            if isinstance(job, Seek):
                self.at = job.section
                lost = word.end == LOST and not divided
                yield from self._of_batch(left, job, word.found, lost, jobs)
            elif isinstance(job, Tell):
                yield from self._of_story(left, job, word.found, word.end)
            elif isinstance(job, GoRound) and word.end != DONE:
                self.beyond = self.beyond or (word.found.beyond if word.found else None)
                yield told_of_circle(self.law, job.circle, word.found)

    def _of_batch(
        self,
        left: dict[str, tuple[Asked, int | None]],
        job: Seek,
        found: Found | None,
        lost: bool,
        jobs: deque[Job],
    ) -> Iterator[Finding]:
        """What came of one thing of a batch; what was lost is open."""
        if lost:
            yield from (_left_open(left.pop(s.name)[0]) for s in job.several if s.name in left)
        if found is None or found.name not in left:  # a divided batch says some things twice
            return
        one, shown = left[found.name]
        self.beyond = self.beyond or found.beyond
        if found.happens:
            if one.ever is not None:
                jobs.append(Tell(one.sought))
                self.steps += 1
            else:
                del left[found.name]
            return
        del left[found.name]
        if found.stage is None:
            yield _left_open(one)
        elif one.never is not None:
            never = replace(one.never, stage=found.stage, whole=found.happens is False)
            yield never if shown is None else self._from_case(never, one, shown)

    def _of_story(
        self,
        left: dict[str, tuple[Asked, int | None]],
        job: Tell,
        found: Counterexample | None,
        end: str,
    ) -> Iterator[Finding]:
        """The story of something that happens, or that it happens where the story was lost."""
        if found is None and not end:
            return
        one, _ = left.pop(job.sought.name, (None, None))
        if one is not None and one.ever is not None:
            yield replace(one.ever, story=found)

    def _count(self, word: Word[Job], jobs: deque[Job]) -> bool:
        """Count a job that has ended; one that was lost is divided, as far as it can be."""
        self.done += bool(word.end)
        job = word.job
        halves = job.halves() if word.end == LOST and isinstance(job, Show | Turn | Seek) else []
        jobs.extend(halves)
        self.steps += len(halves)
        return bool(halves)

    def _begin(self, steps: int, at: str) -> None:
        self.steps, self.done, self.at = steps, 0, at


def _left_open(one: Asked) -> Finding:
    """That it was not settled whether something happens."""
    about = one.never or one.ever
    assert about is not None
    return replace(about, kind=OPEN, sort=about.kind, whole=False)

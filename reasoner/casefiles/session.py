"""A case that is changed step by step, and can be taken back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from reasoner.casefiles.case import Case
from reasoner.casefiles.edits import apply_edits
from reasoner.casefiles.read_edits import read_changes
from reasoner.errors import InputError, Problem
from reasoner.lawfiles.rules import Law

Step = tuple[str | Case, ...]


@dataclass(frozen=True, slots=True)
class Session:
    """A case as it was loaded and as it is after some changes.

    ``done`` are the steps made, each with the case as it was before it; ``undone`` those taken
    back, the last one first, each with the case as it was after it. A step is one change or
    several, in the syntax of case files or as a case of which everything is said on top.
    """

    law: Law
    loaded: Case
    case: Case
    done: tuple[tuple[Step, Case], ...] = ()
    undone: tuple[tuple[Step, Case], ...] = ()

    @property
    def changes(self) -> list[str | Case]:
        """The changes made since the case was loaded."""
        return [source for step, _ in self.done for source in step]

    def change(self, *step: str | Case) -> Session:
        """Make one change or several, as one step.

        Raises:
            InputError: one cannot be made, or changes nothing.
        """
        changes = read_changes(self.case, self.law.vocabulary, step)
        idle = [change for change in changes if change.edit.changes_nothing]
        if idle:
            raise InputError([Problem(f"{change.text}: this changes nothing") for change in idle])
        case = apply_edits(self.case, [change.edit for change in changes])
        return replace(self, case=case, done=(*self.done, (step, self.case)), undone=())

    def undo(self) -> Session:
        """Take the last step back.

        Raises:
            InputError: there is none.
        """
        if not self.done:
            raise InputError([Problem("there is nothing to undo")])
        step, before = self.done[-1]
        undone = ((step, self.case), *self.undone)
        return replace(self, case=before, done=self.done[:-1], undone=undone)

    def redo(self) -> Session:
        """Make the step again that was taken back last.

        Raises:
            InputError: there is none.
        """
        if not self.undone:
            raise InputError([Problem("there is nothing to redo")])
        step, after = self.undone[0]
        done = (*self.done, (step, self.case))
        return replace(self, case=after, done=done, undone=self.undone[1:])


def completions(law: Law, case: Case) -> Iterator[str]:
    """What may stand in a change or a question: paths of the case, readings, provisions, names."""
    vocabulary = law.vocabulary
    yield from ("as_of=", "law_date=")
    for name, type in case.entities.items():
        section = vocabulary.entities[type].section
        yield f"{section}.{name}"
        for fact in vocabulary.facts.values():
            if fact.section == section and fact.key:
                yield f"{section}.{name}.{fact.key}="
    for reading in vocabulary.readings.values():
        yield from (f"readings.{reading.id}={option.id}" for option in reading.options)
    yield from law.provisions
    for kind in vocabulary.kinds.values():
        yield from (value.label for value in kind.values.values())

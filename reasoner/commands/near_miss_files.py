"""Write the pairs of stories that a search finds, in steps, beside those that are there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from reasoner.audit.conditions import Condition, conditions
from reasoner.audit.excluded import (
    FILE,
    Excluded,
    Fingerprints,
    read_excluded,
    write_excluded,
)
from reasoner.audit.nearby import Pair
from reasoner.audit.stock import Stock, Story
from reasoner.audit.turning import (
    in_order,
    near_misses_by_case,
    stories_by_section,
    stories_in_order,
    tell_all,
)
from reasoner.casefiles.generated import (
    GeneratedStory,
    has_near_misses,
    has_stories,
    read_stories,
    write_stories,
)
from reasoner.casefiles.near_misses import (
    NearMiss,
    NearMisses,
    read_near_misses,
    write_near_misses,
)
from reasoner.hypotheses.answer_near_misses import answer_near_misses
from reasoner.printing.output import replace_file

STORIES = "stories"  # the folder of the stories made up, beside the near misses of cases


@dataclass(slots=True)
class NearMissFiles:
    """The files of a folder: near misses of cases, stories made up, and what none shows.

    What is there and no longer answered as it is written is left out.
    """

    folder: Path
    fingerprints: Fingerprints
    _kept: dict[Path, list[NearMiss]] | None = None
    _files: dict[Path, NearMisses] = field(default_factory=dict)

    def write(self, stock: Stock, pairs: Sequence[Pair]) -> None:
        """Write pairs; the stories of those made up have no path.

        Args:
            stock: the law with its conditions and the stories, also those made up.
            pairs: the pairs found since the last time.

        Raises:
            InputError: a file there cannot be read, or written.
        """
        told = list(tell_all(stock, pairs))
        self._write_near_misses(stock, [one for one in told if one[0].path])
        self._write_stories(stock, [one for one in told if not one[0].path])

    def _write_near_misses(self, stock: Stock, told: Sequence[tuple[Story, NearMiss]]) -> None:
        law = stock.law
        if self._kept is None:
            self._files = {
                path: read_near_misses(str(path), law.vocabulary)
                for path in sorted(self.folder.glob("*.yaml"))
                if has_near_misses(path)
            }
            self._kept = dict(
                zip(
                    self._files,
                    _still(stock, [file.near_misses for file in self._files.values()]),
                    strict=True,
                )
            )
            stale = [p for p, f in self._files.items() if len(self._kept[p]) < len(f.near_misses)]
        else:
            stale = []
        found = near_misses_by_case(law, told, self.folder)
        for path in sorted({*stale, *found}):
            there = self._files.get(path)
            if path in found:
                name, base, new = found[path]
            else:
                assert there is not None
                name, base, new = there.name, there.base, []
            near_misses = in_order(law, [*self._kept.get(path, ()), *new])
            self._kept[path] = near_misses
            if near_misses:
                replace_file(path, write_near_misses(name, base, near_misses).encode("utf-8"))
            else:
                path.unlink()

    def _write_stories(self, stock: Stock, told: Sequence[tuple[Story, NearMiss]]) -> None:
        law = stock.law
        folder = self.folder / STORIES
        found = stories_by_section(law, told)
        there: dict[str, list[GeneratedStory]] = {}
        for path in sorted(folder.glob("*.yaml")):
            if has_stories(path):
                file = read_stories(str(path), law.vocabulary)
                there.setdefault(file.about, []).extend(file.stories)
        for section in sorted(found):
            old = there.get(section, [])
            still = _still(stock, [story.near_misses for story in old])
            kept = [
                story._replace(near_misses=tuple(near_misses))
                for story, near_misses in zip(old, still, strict=True)
                if near_misses or story.answers
            ]
            stories = stories_in_order(law, [*kept, *found[section]])
            text = write_stories(section, stories, law.vocabulary, "coverage")
            folder.mkdir(exist_ok=True)
            replace_file(folder / f"{section}.yaml", text.encode("utf-8"))

    def write_excluded(
        self,
        scope: dict[str, int],
        none: Sequence[Condition],
        never: Sequence[Condition],
        partly: Sequence[tuple[Condition, Mapping[str, int]]],
        shown: Sequence[Condition],
    ) -> None:
        """Write what no two stories of the scope show, beside what is still known of others.

        Args:
            scope: the scope that was searched.
            none: the conditions that none shows.
            never: those of which the rule never applies.
            partly: those that none shows in a part of the scope, with that part.
            shown: conditions that something shows.
        """
        known = read_excluded(self.folder / FILE)
        fingerprint = self.fingerprints.of
        old = known if known is not None and dict(known.scope) == scope else None
        ids = {condition.id for condition in shown}
        there = {c.id: c for c in conditions(self.fingerprints.law) if c.id not in ids}
        never_ids = {condition.id for condition in never}
        found = [
            {
                name: print_
                for name, print_ in (told or {}).items()
                if name in there and fingerprint(there[name]) == print_
            }
            | {c.id: fingerprint(c) for c in new}
            for told, new in (
                (old and old.none, [c for c in none if c.id not in never_ids]),
                (old and old.never, never),
            )
        ]
        settled = found[0].keys() | found[1].keys()
        parts = {
            name: (part, print_)
            for name, (part, print_) in (old.partly if old else {}).items()
            if name in there and fingerprint(there[name]) == print_
        } | {c.id: (dict(part), fingerprint(c)) for c, part in partly}
        parts = {name: one for name, one in parts.items() if name not in settled}
        if any((*found, parts)) or known is not None:
            text = write_excluded(Excluded(scope, found[0], found[1], parts))
            replace_file(self.folder / FILE, text.encode("utf-8"))


def _still(stock: Stock, several: Sequence[Sequence[NearMiss]]) -> list[list[NearMiss]]:
    """Of some near misses those that are still answered as they are written."""
    answers = iter(answer_near_misses(stock.lifted, [one for some in several for one in some]))
    return [[one for one in some if next(answers) == one.expected] for some in several]

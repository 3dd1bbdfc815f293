"""Write the pairs of stories that a search finds, in steps, beside those that are there."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from reasoner.audit.conditions import Condition
from reasoner.audit.conditions import conditions as all_conditions
from reasoner.audit.excluded import (
    FILE,
    Excluded,
    Fingerprints,
    read_excluded,
    write_excluded,
)
from reasoner.audit.nearby import Pair
from reasoner.audit.outcomes import Beyond
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
    file_of,
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

_AT_ONCE = 12  # findings written together, so that little is lost where a search is ended
STORIES = "stories"  # the folder of the stories made up, beside the near misses of cases


@dataclass(slots=True)
class Progress:
    """How far a search for pairs has come; where there are files, they are written in steps.

    ``wanted`` are the conditions that are still looked for; ``made`` the stories made up, which
    come after those of the stock.
    """

    stock: Stock
    wanted: set[int]
    beyond: Beyond
    files: NearMissFiles | None
    made: list[Story] = field(default_factory=list)
    _waiting: list[Pair] = field(default_factory=list)
    _written: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        """What is known of the scope already stands in the files."""
        self._written = {*self.beyond.none, *self.beyond.partly}

    def whole(self) -> Stock:
        """The stock with the stories made up."""
        return replace(self.stock, stories=(*self.stock.stories, *self.made))

    def take(self, pair: Pair | None) -> None:
        """Take in a pair found, or a sign of life, and write if there is enough to write."""
        if pair is not None:
            self.wanted.difference_update(number for number, _ in pair.shows)
            self._waiting.append(pair)
        settled = {*self.beyond.none, *self.beyond.partly} - self._written
        if len(self._waiting) + len(settled) >= _AT_ONCE:
            self.write()

    def write(self) -> None:
        """Write what was found since the last time.

        Raises:
            InputError: a file there cannot be read, or written.
        """
        if self.files is not None:
            self.files.write(self.whole(), self._waiting)
            self.files.write_excluded(self.stock.conditions, self.wanted, self.beyond)
        self._written.update(self.beyond.none, self.beyond.partly)
        self._waiting.clear()


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
            replace_file(folder / file_of(section), text.encode("utf-8"))

    def write_excluded(
        self, conditions: Sequence[Condition], wanted: Collection[int], beyond: Beyond
    ) -> None:
        """Write what no two stories of the scope show, beside what is still known of others.

        Args:
            conditions: the conditions looked at.
            wanted: those of them that nothing shows, by number.
            beyond: the scope, and what is known of it.
        """
        known = read_excluded(self.folder / FILE)
        same = known is not None and dict(known.scope) == dict(beyond.scope)
        old = known if known is not None and same else Excluded(beyond.scope, {}, {}, {})
        law = self.fingerprints.law
        shown = {c.id for number, c in enumerate(conditions) if number not in wanted}
        prints = {c.id: self.fingerprints.of(c) for c in all_conditions(law) if c.id not in shown}

        def joined(told: Mapping[str, str], new: Collection[int]) -> dict[str, str]:
            """Those told of that are still as they were, and new ones."""
            still = {name: told[name] for name in told if prints.get(name) == told[name]}
            names = [conditions[n].id for n in new if n in wanted]
            return still | {name: prints[name] for name in names}

        none = joined(old.none, beyond.none - beyond.never)
        never = joined(old.never, beyond.never)
        parts = dict(old.partly)
        for number in beyond.partly.keys() & set(wanted):
            name = conditions[number].id
            parts[name] = beyond.partly[number], prints[name]
        partly = {
            name: (part, print_)
            for name, (part, print_) in parts.items()
            if prints.get(name) == print_ and name not in none and name not in never
        }
        if none or never or partly or known is not None:
            text = write_excluded(Excluded(beyond.scope, none, never, partly))
            replace_file(self.folder / FILE, text.encode("utf-8"))


def _still(stock: Stock, several: Sequence[Sequence[NearMiss]]) -> list[list[NearMiss]]:
    """Of some near misses those that are still answered as they are written."""
    answers = iter(answer_near_misses(stock.lifted, [one for some in several for one in some]))
    return [[one for one in some if next(answers) == one.expected] for some in several]

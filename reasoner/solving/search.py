"""What all searches share: how many findings, how much time, and how a search ended.

A search is an iterator that yields what it finds, one by one, and None whenever it has been
looking for a while without finding anything, so that whoever runs it can look at the clock.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

Found = TypeVar("Found")

COMPLETE, LIMIT, TIME, INTERRUPTED = "complete", "limit", "time", "interrupted"


@dataclass(frozen=True, slots=True)
class Findings(Generic[Found]):
    """What a search found, in order, and how it ended.

    ``ended`` is complete (there is nothing more), limit, time or interrupted.
    """

    found: tuple[Found, ...]
    ended: str

    @property
    def complete(self) -> bool:
        """Whether nothing was left unsearched."""
        return self.ended == COMPLETE


def gather(
    search: Iterator[Found | None],
    *,
    limit: int | None = None,
    spent: Callable[[], bool] = lambda: False,
) -> Findings[Found]:
    """Run a search until it ends, has found enough, is out of time or is interrupted.

    Args:
        search: what to run.
        limit: how many findings are enough; when there are so many, nothing more is looked for.
        spent: whether the time is up; asked after each finding and each sign of life.
    """
    found: list[Found] = []
    ended = COMPLETE
    try:
        for one in search:
            if one is not None:
                found.append(one)
                if len(found) == limit:
                    ended = LIMIT  # whether there is more could take long to find out
                    break
            if spent():
                ended = TIME
                break
    except KeyboardInterrupt:
        ended = INTERRUPTED
    finally:
        close = getattr(search, "close", None)
        if close is not None:
            close()
    return Findings(tuple(found), ended)

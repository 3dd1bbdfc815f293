"""Keep Python from looking for garbage while nothing but lasting things is made."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Keep Python from looking for garbage for a while.

    It goes through all things that there are again and again while their number grows. Of the half
    million nodes that explain a case of a thousand people it takes a quarter of the time, of the
    copy of a law more than half.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()

"""What the tests share: the two laws, and the reports on all shipped cases."""

from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest
from paths import CASE_FILES, GARDEN
from shipped import Report, run_case

from reasoner.law import load_law
from reasoner.rules import Law

PROCESSES = 2


@pytest.fixture(scope="session")
def law() -> Law:
    """The law that comes with the program."""
    return load_law()


@pytest.fixture(scope="session")
def garden() -> Law:
    """The by-law of an allotment garden."""
    return load_law(GARDEN)


@pytest.fixture(scope="session")
def reports() -> Iterator["Reports"]:
    """The reports on the shipped cases, each case run once."""
    with ProcessPoolExecutor(PROCESSES, get_context("spawn")) as pool:
        yield Reports(pool)
        pool.shutdown(cancel_futures=True)


class Reports:
    """Runs cases in the background, all of them as soon as one is wanted."""

    def __init__(self, pool: ProcessPoolExecutor) -> None:
        self.futures = {path: pool.submit(run_case, path) for path in CASE_FILES.values()}

    def of(self, path: Path) -> Report:
        """The report on one case."""
        return self.futures[path].result()

    def all(self) -> list[Report]:
        """The reports on all cases."""
        return [future.result() for future in self.futures.values()]

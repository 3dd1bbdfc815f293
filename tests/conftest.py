"""What the tests share: the two laws, and the reports on all shipped cases."""

import os
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest
from paths import CASE_FILES, GARDEN
from shipped import Report, Verified, run_cases, verify_case

from reasoner.lawfiles.law import load_law
from reasoner.lawfiles.rules import Law

PROCESSES = 2
SHARED = "PYTEST_XDIST_WORKER" in os.environ  # pytest -n


@pytest.fixture(scope="session")
def law() -> Law:
    """The law that comes with the program."""
    return load_law()


@pytest.fixture(scope="session")
def garden() -> Law:
    """The by-law of an allotment garden."""
    return load_law(GARDEN)


class Reports:
    """Runs shipped cases in the background, each once."""

    def __init__(self, pool: ProcessPoolExecutor, paths: Iterable[Path]) -> None:
        self.paths = list(paths)
        batches = [self.paths[n::PROCESSES] for n in range(PROCESSES)]
        self.running = [(batch, pool.submit(run_cases, batch)) for batch in batches if batch]
        self.verifying = {path: pool.submit(verify_case, path) for path in self.paths}

    def of(self, path: Path) -> Report:
        """The report on one case."""
        batch, running = next(found for found in self.running if path in found[0])
        return running.result()[batch.index(path)]

    def verified(self, path: Path) -> Verified:
        """What the checker found in one case."""
        return self.verifying[path].result()

    def all(self) -> list[Report]:
        """The reports on all cases."""
        return [self.of(path) for path in self.paths]


@pytest.fixture(scope="session")
def reports(request: pytest.FixtureRequest) -> Iterator[Reports]:
    """The reports on the shipped cases that the tests selected ask for."""
    asking = [item for item in request.session.items if _asks_for_reports(item)]
    chosen = {item.callspec.params["path"] for item in asking if hasattr(item, "callspec")}
    every = any(not hasattr(item, "callspec") for item in asking)
    with ProcessPoolExecutor(PROCESSES, get_context("spawn")) as pool:
        yield Reports(pool, [p for p in CASE_FILES.values() if every or p in chosen])
        pool.shutdown(cancel_futures=True)


@pytest.fixture(scope="session", autouse=True)
def _reports_from_the_start(request: pytest.FixtureRequest) -> None:
    """Let the cases run while the other tests do."""
    if not SHARED and any(map(_asks_for_reports, request.session.items)):
        request.getfixturevalue("reports")


@pytest.hookimpl(tryfirst=True)  # groups are marked before they are read
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The tests that wait for the shipped cases come last.

    Where several processes share the tests, one of them takes all of these, and begins with them.
    """
    items.sort(key=_asks_for_reports, reverse=SHARED)
    for item in items if SHARED else ():
        if _asks_for_reports(item):
            item.add_marker(pytest.mark.xdist_group("reports"))


def _asks_for_reports(item: pytest.Item) -> bool:
    return "reports" in getattr(item, "fixturenames", ())

"""What the tests share: the two laws, and the reports on all shipped cases."""

from collections.abc import Iterable, Iterator
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


class Reports:
    """Runs shipped cases in the background, each once."""

    def __init__(self, pool: ProcessPoolExecutor, paths: Iterable[Path]) -> None:
        self.futures = {path: pool.submit(run_case, path) for path in paths}

    def of(self, path: Path) -> Report:
        """The report on one case."""
        return self.futures[path].result()

    def all(self) -> list[Report]:
        """The reports on all cases."""
        return [future.result() for future in self.futures.values()]


@pytest.fixture(scope="session")
def reports(request: pytest.FixtureRequest) -> Iterator[Reports]:
    """The reports on the shipped cases that the tests selected ask for."""
    asking = [item for item in request.session.items if _asks_for_reports(item)]
    chosen = [item.callspec.params["path"] for item in asking if hasattr(item, "callspec")]
    rest = [] if len(chosen) == len(asking) else CASE_FILES.values()
    with ProcessPoolExecutor(PROCESSES, get_context("spawn")) as pool:
        yield Reports(pool, dict.fromkeys([*chosen, *rest]))
        pool.shutdown(cancel_futures=True)


@pytest.fixture(scope="session", autouse=True)
def _reports_from_the_start(request: pytest.FixtureRequest) -> None:
    """Let the cases run while the other tests do."""
    if any(map(_asks_for_reports, request.session.items)):
        request.getfixturevalue("reports")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The tests that wait for the shipped cases come last."""
    items.sort(key=_asks_for_reports)


def _asks_for_reports(item: pytest.Item) -> bool:
    return "reports" in getattr(item, "fixturenames", ())

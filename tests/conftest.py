"""What the tests share: the two laws, and the reports on all shipped cases."""

import os
import pickle
import time
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import pytest
from paths import CASE_FILES, GARDEN
from shipped import Report, Verified, name_of_case, run_cases, verify_case

from reasoner.lawfiles.law import load_law
from reasoner.lawfiles.rules import Law

SHARED = "PYTEST_XDIST_WORKER" in os.environ  # pytest -n
PROCESSES = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))

T = TypeVar("T")


@pytest.fixture(scope="session")
def law() -> Law:
    """The law that comes with the program."""
    return load_law()


@pytest.fixture(scope="session")
def garden() -> Law:
    """The by-law of an allotment garden."""
    return load_law(GARDEN)


class Reports:
    """Runs shipped cases, each once, by whichever process of the tests comes to it first."""

    def __init__(self, folder: Path, paths: Iterable[Path]) -> None:
        self.folder = folder
        self.paths = list(paths)
        self.batches = [batch for n in range(PROCESSES) if (batch := self.paths[n::PROCESSES])]
        self.known: dict[str, Any] = {}

    def of(self, path: Path) -> Report:
        """The report on one case."""
        own = next(n for n, batch in enumerate(self.batches) if path in batch)
        # what another process is at is waited for only when nothing else is left to do
        for n, batch in enumerate(self.batches):
            self._begin(f"batch-{n}", partial(run_cases, batch))
        reports = self._finish(f"batch-{own}", partial(run_cases, self.batches[own]))
        return reports[self.batches[own].index(path)]

    def verified(self, path: Path) -> Verified:
        """What the checker found in one case."""
        return self._finish(name_of_case(path).replace("/", "-"), partial(verify_case, path))

    def all(self) -> list[Report]:
        """The reports on all cases."""
        return [self.of(path) for path in self.paths]

    def _begin(self, name: str, make: Callable[[], object]) -> None:
        """Make something for all processes, unless one of them has begun with it."""
        claim = self.folder / f"{name}.claim"
        try:
            claim.touch(exist_ok=False)
        except FileExistsError:
            return
        part = self.folder / f"{name}.part"
        try:
            part.write_bytes(pickle.dumps(make()))
        except BaseException:
            claim.unlink()
            raise
        part.rename(self.folder / name)

    def _finish(self, name: str, make: Callable[[], T]) -> T:
        """What is made for all processes, by this one if none of the others does."""
        while name not in self.known:
            self._begin(name, make)
            done = self.folder / name
            if done.exists():
                self.known[name] = pickle.loads(done.read_bytes())
            else:
                time.sleep(0.05)
        return self.known[name]


@pytest.fixture(scope="session")
def reports(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Reports:
    """The reports on the shipped cases that the tests selected ask for."""
    asking = [i for i in request.session.items if "reports" in getattr(i, "fixturenames", ())]
    chosen = {item.callspec.params["path"] for item in asking if hasattr(item, "callspec")}
    every = any(not hasattr(item, "callspec") for item in asking)
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if SHARED else base) / "reports"
    folder.mkdir(exist_ok=True)
    return Reports(folder, [p for p in CASE_FILES.values() if every or p in chosen])

"""Count how the shipped cases reach each provision: ``python tests/count_reached.py``.

Running all cases takes about a minute, so the table of ``reasoner law`` reads the count from
``cases/reached.json``; a test says when it is out of date.
"""

from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context

from paths import CASE_FILES, CASES
from shipped import run_case

from reasoner.inventory import REACHED, count_reached, dump_reached


def main() -> None:
    """Run all cases and write the count."""
    with ProcessPoolExecutor(2, get_context("spawn")) as pool:
        reports = list(pool.map(partial(run_case, verifying=False), CASE_FILES.values()))
    found = [(p.stem, r.reached) for p, r in zip(CASE_FILES.values(), reports, strict=True)]
    (CASES / REACHED).write_bytes(dump_reached(count_reached(found)))


if __name__ == "__main__":
    main()

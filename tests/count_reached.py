"""Count how the shipped cases reach each provision: ``python tests/count_reached.py``.

Running all cases takes about a minute, so the table of ``reasoner law`` reads the count from
``cases/reached.json``; a test says when it is out of date.
"""

from paths import CASE_FILES, CASES
from shipped import run_cases

from reasoner.official.inventory import REACHED, count_reached, dump_reached


def main() -> None:
    """Run all cases and write the count."""
    paths = list(CASE_FILES.values())
    reports = run_cases(paths)
    found = [(p.stem, r.reached) for p, r in zip(paths, reports, strict=True)]
    (CASES / REACHED).write_bytes(dump_reached(count_reached(found)))


if __name__ == "__main__":
    main()

"""Where things lie, for the tests."""

from pathlib import Path

TESTS = Path(__file__).resolve().parent
ROOT = TESTS.parent
LAW = ROOT / "asp"
GARDEN = TESTS / "garden"
CASES = ROOT / "cases"
CLAIMS = ROOT / "claims"
CASE_FILES = {path.stem: path for path in sorted(CASES.rglob("*.yaml"))}
OFFICIAL = TESTS / "official"
REAL = ROOT.parent / "shared" / "law" / "official"

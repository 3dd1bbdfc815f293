"""Where things lie, for the tests."""

from pathlib import Path

from reasoner.casefiles.shelf import case_files

TESTS = Path(__file__).resolve().parent
ROOT = TESTS.parent
LAW = ROOT / "asp"
GARDEN = TESTS / "garden"
CASES = ROOT / "cases"
CLAIMS = ROOT / "claims"
CASE_FILES = {path.stem: path for path in case_files(CASES) if path.suffix == ".yaml"}
OFFICIAL = TESTS / "official"
REAL = ROOT.parent / "shared" / "law" / "official"

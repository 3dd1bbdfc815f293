"""Every shipped case is answered as it expects, and for reasons that stand."""

import json
from pathlib import Path

import pytest
import yaml
from conftest import Reports
from paths import CASE_FILES, CASES, ROOT, TESTS
from shipped import name_of_case

from reasoner.casefiles.shelf import case_files

SCENARIOS = ROOT.parent / "shared" / "cases" / "scenarios.json"


@pytest.mark.parametrize("path", CASE_FILES.values(), ids=name_of_case)
def test_case_is_answered_as_it_expects_for_reasons_that_stand(
    path: Path, reports: Reports
) -> None:
    report = reports.of(path)
    assert report.unmet == ()
    assert report.wrong == ()
    assert reports.verified(path).faults == ()


def test_every_case_expects_something_and_most_are_decided(reports: Reports) -> None:
    checked = [reports.verified(path).answers for path in CASE_FILES.values()]
    assert sum(count > 0 for count in checked) > 0.9 * len(checked)


def test_no_two_cases_have_the_same_name() -> None:
    assert len(CASE_FILES) == len([p for p in case_files(CASES) if p.suffix == ".yaml"])


def scenarios() -> dict[str, str]:
    """Which case tells which of the scenarios that the project began with."""
    mapped = yaml.safe_load((TESTS / "scenarios.yaml").read_text(encoding="utf-8"))
    assert isinstance(mapped, dict)
    return mapped


def test_every_scenario_is_told_by_a_shipped_case() -> None:
    assert {stem for stem in scenarios().values() if stem not in CASE_FILES} == set()


def test_no_scenario_is_left_out() -> None:
    if not SCENARIOS.exists():
        pytest.skip("the list of scenarios, ../shared/cases/scenarios.json, is not here")
    listed = {entry["id"] for entry in json.loads(SCENARIOS.read_text(encoding="utf-8"))}
    assert listed - set(scenarios()) == set()

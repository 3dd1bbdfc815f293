"""Laws are read from copies of what was read before, of which those used last are kept."""

import os
from pathlib import Path

import pytest
from paths import GARDEN

from reasoner.lawfiles.law import load_law

OLD = 1_000_000_000


@pytest.fixture
def copies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the copies, empty."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.delenv("REASONER_CACHE", raising=False)
    return tmp_path / "reasoner"


def read_others(folder: Path, number: int) -> None:
    """Read so many small laws."""
    for n in range(number):
        law = folder / f"law{n}"
        law.mkdir()
        (law / "main.lp").write_text(f"% {n}\n", encoding="utf-8")
        load_law(law)


def test_a_law_that_is_read_again_is_read_from_its_copy(
    copies: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    law = load_law(GARDEN)
    monkeypatch.setattr("reasoner.lawfiles.parse.parse_law", None)
    assert load_law(GARDEN) == law


def test_a_copy_that_is_used_outlasts_those_that_are_not(copies: Path, tmp_path: Path) -> None:
    load_law(GARDEN)
    (own,) = copies.iterdir()
    os.utime(own, (OLD, OLD))
    load_law(GARDEN)
    assert own.stat().st_mtime > OLD
    for n in range(3):
        other = tmp_path / f"others{n}"
        other.mkdir()
        os.utime(own, (OLD, OLD))
        load_law(GARDEN)
        read_others(other, 6)
    assert own.exists()
    assert len(list(copies.iterdir())) == 9


def test_a_copy_that_is_not_used_goes(copies: Path, tmp_path: Path) -> None:
    load_law(GARDEN)
    (own,) = copies.iterdir()
    os.utime(own, (OLD, OLD))
    read_others(tmp_path, 9)
    assert not own.exists()


def test_a_spoilt_copy_is_no_copy(copies: Path) -> None:
    law = load_law(GARDEN)
    (own,) = copies.iterdir()
    own.write_bytes(b"spoilt")
    assert load_law(GARDEN) == law

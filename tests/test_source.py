"""Text files and the places in them."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reasoner.errors import InputError
from reasoner.source import Place, Source, byte_column, find_place, read_source


def refuse(path: Path | str, limit: int = 1000) -> str:
    with pytest.raises(InputError) as caught:
        read_source(path, limit)
    assert len(caught.value.problems) == 1
    return str(caught.value)


def test_ends_of_lines_and_byte_order_mark(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_bytes(b"\xef\xbb\xbfone\r\ntwo\rthree\n")
    source = read_source(path)
    assert source == Source(str(path), "one\ntwo\nthree\n")
    assert [source.line(number) for number in (0, 1, 3, 4, 9)] == ["", "one", "three", "", ""]


def test_an_empty_file_is_a_text(tmp_path: Path) -> None:
    (tmp_path / "empty.yaml").touch()
    assert read_source(tmp_path / "empty.yaml").text == ""


def test_a_missing_file(tmp_path: Path) -> None:
    (tmp_path / "renewal.yaml").touch()
    path = tmp_path / "renewl.yaml"
    assert refuse(path) == f"{path} does not exist\n  hint: did you mean 'renewal.yaml'?"
    assert refuse(tmp_path / "none" / "x.yaml").endswith(f"there is no folder {tmp_path}/none")
    assert refuse("") == "the empty path does not exist"
    assert "cannot be read" in refuse(tmp_path / "renewal.yaml" / "x")
    assert "cannot be read" in refuse("a\0b")


def test_a_folder(tmp_path: Path) -> None:
    assert refuse(tmp_path) == f"{tmp_path} is a folder, not a file\n  hint: the folder is empty"
    for name in "abcdefg":
        (tmp_path / f"{name}.yaml").touch()
    assert refuse(tmp_path).endswith("it contains a.yaml, b.yaml, c.yaml, d.yaml, e.yaml, ...")


def test_a_device() -> None:
    assert refuse("/dev/zero") == "/dev/zero is not an ordinary file"


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "case.yaml"
    path.touch()

    def deny(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("builtins.open", deny)
    assert refuse(path) == f"{path} cannot be read: Permission denied"


def test_a_large_file(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_text("x" * 1001)
    assert refuse(path) == f"{path} is too large: it has more than 1,000 bytes"


def test_a_binary_file(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_bytes(b"one\n\xff\x00")
    assert refuse(path) == f"{path}:2:1: this is a binary file, not text"
    path.write_bytes(b"one\ntwo\x00")
    assert refuse(path).startswith(f"{path}:2:4: this is a binary file, not text")


def test_another_encoding(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_bytes("a: 1\nb: é, ".encode() + "é".encode("latin-1"))
    assert refuse(path) == (
        f"{path}:2:7: this is not UTF-8 text: the byte 0xE9 cannot stand here\n"
        "  hint: save the file with the encoding UTF-8"
    )


@given(data=st.binary())
def test_any_bytes(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "any.yaml"
    path.write_bytes(data)
    try:
        text = read_source(path).text
    except InputError as error:
        text = str(error)
        assert "any.yaml" in text
    assert isinstance(text, str)


def test_problems_carry_their_line() -> None:
    source = Source("x", "one\ntwo\n")
    problem = source.problem("message", 2, 3, hint="hint")
    assert (problem.source_line, problem.width, problem.hint) == ("two", 1, "hint")
    assert source.problem_at(Place(2, 1, 3), "message").width == 3


@given(st.text(), st.data())
def test_byte_columns(line: str, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(line)))
    column = len(line[:index].encode("utf-8", "surrogatepass")) + 1
    assert byte_column(line, column) == index + 1


@given(st.text(alphabet="ab\n"), st.data())
def test_places(text: str, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(text)))
    line, column = find_place(text, index)
    lines = text.split("\n")
    assert sum(len(before) + 1 for before in lines[: line - 1]) + column - 1 == index

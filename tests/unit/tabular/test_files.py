"""Files that are no tables are refused in words; no bytes whatever bring a traceback."""

import zipfile
from collections.abc import Sequence
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from landsteward.app.rosters_table import RosterKind
from landsteward.domain.errors import InputFileError
from landsteward.tabular.delimited import read_delimited
from landsteward.tabular.files import LARGEST_FILE
from landsteward.tabular.grid import is_blank
from landsteward.tabular.rosters import RosterSheets
from landsteward.tabular.vocabulary import Size, roster_words
from tests.helpers.sheets import HEADER, supply, write_text, write_xls, write_xlsx

SUPPLY = RosterKind.LAND_SUPPLY


def refusal(path: Path, *, largest_file: int = LARGEST_FILE) -> InputFileError:
    with pytest.raises(InputFileError) as refused:
        RosterSheets(largest_file=largest_file).read(path, SUPPLY)
    error = refused.value
    assert error.where.startswith(str(path))
    assert error.remedy is not None
    return error


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def zipped(**members: str) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, text in members.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), text)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (b" \r\n\r\n\t", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"%PDF-1.7\n", "PDF"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (b"Rar!\x1a\x07", "archive"),
        (b"SQLite format 3\0", "workspace"),
        (b"<html><body><table><tr><td>x</td></tr></table></body></html>", "web page"),
        ("\ufeff\r\n<!DOCTYPE html>\n<html>".encode(), "web page"),
        ("<table border=1><tr><td>电子监管号".encode("gbk"), "web page"),
        ("<html xmlns:x='urn:schemas-microsoft-com:office:excel'>".encode("utf-16"), "web page"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related", "web page"),
        (b"<?xml version='1.0'?><Workbook xmlns='x'>", "XML"),
        (b"\x00\x01\x02\x03" * 99, "neither"),
        (zipped(word__document_xml="x"), "text document"),
        (zipped(a_txt="x"), "archive"),
        (b"PK\x03\x04 broken", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 broken", "damaged"),
        ("天气|温度|湿度\n晴|20|30\n".encode(), "天气"),
    ],
)  # fmt: skip
def test_what_is_no_table_is_said(tmp_path: Path, content: bytes, says: str) -> None:
    assert says in str(refusal(written(tmp_path / "file.xls", content)))


def test_missing_file_and_folder(tmp_path: Path) -> None:
    assert "no such file" in str(refusal(tmp_path / "nowhere.xls"))
    assert "folder" in str(refusal(tmp_path))
    assert refusal(Path("bad\0name.xls")).remedy is not None


def test_a_large_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "large.xlsx"
    with path.open("wb") as file:
        file.truncate(101 * 1024 * 1024)
    error = refusal(path)
    assert "101 MB" in str(error)
    assert "100 MB" in str(error)
    assert "month" in str(error.remedy)
    small = write_xlsx(tmp_path / "small.xlsx", [supply(1)])
    assert "too large" in str(refusal(small, largest_file=1024))


def test_a_sheet_with_an_entry_far_out_is_refused(tmp_path: Path) -> None:
    last: list[object] = [*[""] * 16_000, "x"]
    far: list[list[object]] = [supply(1), *([[]] * 60_000), last]
    assert "far-off" in str(refusal(write_xlsx(tmp_path / "far.xlsx", far)))


def test_password_protected_workbooks(tmp_path: Path) -> None:
    rows = [HEADER, supply(1)]
    old = write_xls(tmp_path / "old.xls", rows, encrypted=True)
    new = write_xls(tmp_path / "new.xlsx", rows, stream_name="EncryptedPackage")
    for path in (old, new):
        error = refusal(path)
        assert "password" in str(error)
        assert "without one" in str(error.remedy)


def test_an_old_text_document(tmp_path: Path) -> None:
    path = write_xls(tmp_path / "a.doc", [["x"]], stream_name="WordDocument")
    assert "no workbook" in str(refusal(path))


@pytest.mark.parametrize("share", [0.05, 0.1, 0.3, 0.5, 0.9])
def test_an_old_workbook_that_is_cut_off_is_damaged(tmp_path: Path, share: float) -> None:
    rows = [HEADER, *(supply(number) for number in range(1, 60))]
    whole = write_xls(tmp_path / "whole.xls", rows).read_bytes()
    # Real ones keep their table of contents at the end: here its name never comes.
    hidden = whole.replace("Workbook".encode("utf-16-le"), bytes(16))
    for content in (whole, hidden):
        path = written(tmp_path / "cut.xls", content[: int(len(content) * share)])
        assert "damaged" in str(refusal(path))


def test_more_rows_than_the_limit_are_refused(tmp_path: Path) -> None:
    words = msgspec.structs.replace(roster_words(SUPPLY), size=Size(rows=3))
    reader = RosterSheets(lambda _kind: words)
    three = [supply(number) for number in range(1, 4)]
    blank: list[object] = [""] * len(HEADER)
    assert (
        len(reader.read(write_xlsx(tmp_path / "a.xlsx", [*three, blank, blank]), SUPPLY).rows) == 3
    )
    assert roster_words(SUPPLY).size.rows == 200_000
    for path in (
        write_text(tmp_path / "b.txt", [*three, supply(4)]),
        write_xlsx(tmp_path / "b.xlsx", [*three, supply(4)]),
    ):
        with pytest.raises(InputFileError, match="more than 3 rows") as refused:
            reader.read(path, SUPPLY)
        assert "month" in str(refused.value.remedy)


def test_workbooks_without_anything_to_import(tmp_path: Path) -> None:
    assert "nothing" in str(refusal(write_xlsx(tmp_path / "none.xlsx", [], header=None)))
    assert "no rows" in str(refusal(write_xlsx(tmp_path / "header.xlsx", [])))
    assert "no rows" in str(refusal(write_text(tmp_path / "header.txt", [])))
    other = refusal(write_xlsx(tmp_path / "other.xlsx", [["晴", 20]], header=["天气", "温度"]))
    assert "天气, 温度" in str(other)
    assert "电子监管号" in str(other.remedy)


fuzz = settings(
    deadline=None,
    max_examples=150,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def read_or_refuse(path: Path) -> None:
    with suppress(InputFileError):
        RosterSheets().read(path, SUPPLY)


@fuzz
@given(st.binary(max_size=2000))
def test_any_bytes(tmp_path: Path, content: bytes) -> None:
    read_or_refuse(written(tmp_path / "any", content))


@fuzz
@given(st.data())
def test_damaged_files(tmp_path: Path, data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(["xlsx", "xls", "txt", "csv"]))
    path = tmp_path / f"sound.{kind}"
    if not path.exists():
        rows = [supply(number) for number in range(1, 6)]
        match kind:
            case "xlsx":
                write_xlsx(path, rows)
            case "xls":
                write_xls(path, [HEADER, *rows])
            case _:
                write_text(path, rows, delimiter="|" if kind == "txt" else ",")
    content = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(0, 5))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(content)) | st.just(len(content)))
    read_or_refuse(written(tmp_path / f"damaged.{kind}", bytes(content[:cut])))


@fuzz
@given(st.lists(st.lists(st.text(max_size=8), max_size=24), max_size=8), st.sampled_from("|,\t;"))
def test_any_text_below_a_header(tmp_path: Path, rows: list[list[str]], sign: str) -> None:
    lines = [sign.join(HEADER), *(sign.join(cells) for cells in rows)]
    content = "\n".join(lines).encode("utf-8", "replace")
    read_or_refuse(written(tmp_path / "any.txt", content))


def wide(_rows: Sequence[Sequence[object]]) -> int:
    """Prefers whatever parts the first rows into most cells."""
    return max(len(row) for row in _rows)


@pytest.mark.parametrize("sign", ["|", ","])
def test_a_text_of_too_many_rows_is_read_no_further(tmp_path: Path, sign: str) -> None:
    text = "".join(f"{number}{sign}b{sign}c\n" for number in range(10_000))
    (grid,) = read_delimited(tmp_path / "long.txt", text, wide, enough=100)
    assert 100 < len(grid.rows) < 200


@pytest.mark.parametrize(("sign", "cell"), [("|", "one\ntwo\nthree"), (",", '"one\ntwo\nthree"')])
def test_rows_of_several_lines_are_no_more_rows_for_that(
    tmp_path: Path, sign: str, cell: str
) -> None:
    text = f"a{sign}b{sign}c\n" + "".join(f"{n}{sign}{cell}{sign}c\n" for n in range(80))
    (grid,) = read_delimited(tmp_path / "lines.txt", text, wide, enough=100)
    assert sum(not is_blank(row) for row in grid.rows) == 81
    assert not grid.broken

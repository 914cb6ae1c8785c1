"""Sheets as plain rows: whatever kind of file, the cells as they read."""

from pathlib import Path

import pytest
from xlsxwriter import Workbook

from landsteward.domain.errors import InputFileError
from landsteward.tabular.plain import read_rows


def test_a_text_in_the_encoding_of_its_office(tmp_path: Path) -> None:
    file = tmp_path / "名单.csv"
    file.write_bytes("企业名称,代码\r\n样品厂,91341699MA8EXA010K\r\n".encode("gb18030"))
    assert read_rows(file) == [["企业名称", "代码"], ["样品厂", "91341699MA8EXA010K"]]


def test_a_workbook_whose_numbers_are_whole(tmp_path: Path) -> None:
    file = tmp_path / "名单.xlsx"
    book = Workbook(str(file))
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, [1, "样品  厂\n（谯城）"])
    book.close()
    assert read_rows(file) == [["1", "样品 厂 （谯城）"]]


def test_a_plain_list_of_names_has_one_cell_a_line(tmp_path: Path) -> None:
    file = tmp_path / "list.txt"
    file.write_text("样品甲厂\n样品乙厂\n", "utf-8")
    assert read_rows(file) == [["样品甲厂"], ["样品乙厂"]]


def test_what_is_no_table_is_refused_in_words(tmp_path: Path) -> None:
    file = tmp_path / "list.pdf"
    file.write_bytes(b"%PDF-1.7")
    with pytest.raises(InputFileError, match="PDF"):
        read_rows(file)

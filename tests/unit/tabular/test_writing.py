"""Sheets that are written: typed, without formulas, and refused rows that come back mended."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from landsteward.app.language import Language, current_language, use_language
from landsteward.app.rosters_table import RosterKind
from landsteward.domain.documents import ImportReject
from landsteward.domain.errors import InputFileError
from landsteward.tabular.rosters import RosterSheets
from landsteward.tabular.writing import RefusedRows, write_table
from tests.helpers.sheets import supply, write_xlsx


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    before = current_language()
    use_language(Language.ENGLISH)
    yield
    use_language(before)


@dataclass(frozen=True)
class Column:
    header: str
    kind: str = "text"


def cells_of(path: Path) -> list[list[object]]:
    return [
        list(row) for row in CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    ]


def test_a_list_is_typed_and_holds_no_formula(tmp_path: Path) -> None:
    columns = [Column("名称"), Column("面积", "number"), Column("日期", "date")]
    rows: list[list[object]] = [
        ["=1+1", "12.50", "2019-06-01"],
        ["http://example.invalid", "0091", None],
        ["@甲", "12345678901234567890", "某日"],
        ["+乙", 7, date(2020, 2, 29)],
    ]
    path = tmp_path / "list.xlsx"
    write_table(path, "企业/宗地:*", columns, rows)
    assert cells_of(path) == [
        ["名称", "面积", "日期"],
        ["=1+1", 12.5, date(2019, 6, 1)],
        ["http://example.invalid", "0091", ""],
        ["@甲", "12345678901234567890", "某日"],
        ["+乙", 7, date(2020, 2, 29)],
    ]


def test_a_place_that_cannot_be_written_is_said_and_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(InputFileError) as refused:
        write_table(tmp_path / "no" / "list.xlsx", "表", [Column("名称")], [])
    assert "No such file" in str(refused.value)
    assert list(tmp_path.iterdir()) == []


def test_refused_rows_say_why_and_can_be_imported_once_mended(tmp_path: Path) -> None:
    source = write_xlsx(
        tmp_path / "month.xlsx",
        [supply(1, 面积="很大", 合同签订日期="某日", 项目名称="=HYPERLINK()"), supply(2)],
        title=[["单位：公顷、万元"]],
    )
    table = RosterSheets().read(source, RosterKind.LAND_SUPPLY)
    rejects = [
        ImportReject(
            id=str(at),
            batch_id="b",
            row=note.row,
            column=note.column,
            value=note.value,
            reason=str(note.reason),
            cells=table.cells(0),
        )
        for at, note in enumerate(table.rows[0].refused)
    ]
    path = tmp_path / "refused.xlsx"
    RefusedRows().write(path, rejects)
    header, only = cells_of(path)
    assert header[:3] == ["Reason for refusal", "Row in the file", "行政区"]
    assert only[1] == 3
    assert "面积(公顷): Not a number." in str(only[0])
    assert "合同签订日期" in str(only[0])
    assert only[header.index("项目名称")] == "=HYPERLINK()"
    assert only[header.index("约定交地时间")] == date(2021, 5, 1)
    assert only[header.index("成交价格(万元)")] == 600

    only[header.index("面积(公顷)")] = 2.5
    only[header.index("合同签订日期")] = "2021-03-15"
    mended = write_xlsx(tmp_path / "mended.xlsx", [only], header=header)
    again = RosterSheets().read(mended, RosterKind.LAND_SUPPLY).rows[0]
    assert again.refused == ()
    (said,) = again.entries
    assert said["area_m2"] == 25000
    assert said["agreed_delivery_on"] == date(2021, 5, 1)


def test_a_unit_that_only_the_title_named_goes_along(tmp_path: Path) -> None:
    header = ["电子监管号", "项目位置", "面积", "土地使用权人"]
    row = ["3499992021B00001", "一号路", "很大", "虚构食品有限公司"]
    source = write_xlsx(tmp_path / "mu.xlsx", [row], header=header, title=[["单位：亩"]])
    table = RosterSheets().read(source, RosterKind.LAND_SUPPLY)
    assert [label for label, _ in table.cells(0)] == [
        "电子监管号",
        "项目位置",
        "面积(亩)",
        "土地使用权人",
    ]


def test_who_listens_hears_each_row_and_can_stop_it_without_a_trace(tmp_path: Path) -> None:
    heard: list[int] = []

    def listen(number: int) -> None:
        heard.append(number)
        if number == 3:
            raise LookupError

    with pytest.raises(LookupError):
        write_table(
            tmp_path / "list.xlsx",
            "表",
            [Column("名称")],
            ([f"{number}号"] for number in range(9)),
            on_row=listen,
        )
    assert heard == [1, 2, 3]
    assert list(tmp_path.iterdir()) == []

"""Months that look different are understood alike; what is odd or wrong is named in its place."""

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from landsteward.app.rosters_table import RosterKind, RosterRow, RosterTable
from landsteward.domain.errors import InputFileError
from landsteward.domain.land_supply import SupplyRow
from landsteward.domain.states import EnterpriseKind
from landsteward.tabular.rosters import RosterSheets
from tests.helpers.sheets import HEADER, supply, write_text, write_xls, write_xlsx


def read(path: Path) -> RosterTable:
    return RosterSheets().read(path, RosterKind.LAND_SUPPLY)


def supplies(table: RosterTable) -> list[SupplyRow]:
    assert not [note for row in table.rows for note in row.refused]
    return [supply for row in table.rows if (supply := said(row)) is not None]


def said(row: RosterRow) -> SupplyRow | None:
    """What a row says, unless it is refused or goes on with the one above."""
    return SupplyRow(**row.entries[0]) if row.entries else None


def reasons(table: RosterTable) -> list[tuple[int, str, str]]:
    return [(note.row, note.column, note.value) for row in table.rows for note in row.refused]


@pytest.fixture
def expected(tmp_path: Path) -> list[SupplyRow]:
    """What two plain rows are understood as."""
    return supplies(read(write_xlsx(tmp_path / "plain.xlsx", [supply(1), supply(2)])))


def test_a_row_is_understood_in_full(expected: list[SupplyRow]) -> None:
    assert expected[0] == SupplyRow(
        electronic_no="3499992021B00001",
        holder="虚构食品有限公司",
        district="示例县",
        location="示例县开发区1号路",
        project_name="年产一万件样品项目",
        land_use="工业用地",
        land_source="新增建设用地",
        land_grade="四级",
        supply_method="挂牌出让",
        industry_name="食品制造业",
        term_years="50",
        approved_by="示例县",
        area_m2=Decimal(25000),
        price_wan=Decimal(600),
        plot_ratio_min=Decimal(1),
        signed_on=date(2021, 3, 15),
        agreed_delivery_on=date(2021, 5, 1),
        agreed_start_on=date(2021, 11, 1),
        agreed_completion_on=date(2023, 11, 1),
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", ["|", ",", "\t", ";"])
def test_texts_in_every_encoding(
    tmp_path: Path, expected: list[SupplyRow], encoding: str, delimiter: str
) -> None:
    rows = [supply(1), supply(2)]
    path = write_text(tmp_path / "month.txt", rows, delimiter=delimiter, encoding=encoding)
    assert supplies(read(path)) == expected


def test_gbk_behind_the_mark_of_utf_8(tmp_path: Path, expected: list[SupplyRow]) -> None:
    path = write_text(tmp_path / "month.csv", [supply(1), supply(2)], encoding="gbk")
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert supplies(read(path)) == expected


@pytest.mark.parametrize("line_end", ["\r\n", "\r"])
def test_line_ends_of_other_systems(
    tmp_path: Path, expected: list[SupplyRow], line_end: str
) -> None:
    path = write_text(tmp_path / "m.csv", [supply(1), supply(2)], delimiter=",", line_end=line_end)
    assert supplies(read(path)) == expected


def test_an_old_binary_workbook(tmp_path: Path, expected: list[SupplyRow]) -> None:
    path = write_xls(tmp_path / "month.xls", [HEADER, supply(1), supply(2)])
    assert supplies(read(path)) == expected


@pytest.mark.parametrize("name", ["month.xls", "month.csv", "month", "month.XLSX"])
def test_the_content_tells_the_format_not_the_ending(
    tmp_path: Path, expected: list[SupplyRow], name: str
) -> None:
    assert supplies(read(write_xlsx(tmp_path / name, [supply(1), supply(2)]))) == expected
    text = write_text(tmp_path / f"text{name}", [supply(1), supply(2)])
    assert supplies(read(text)) == expected


def test_headers_of_other_months(tmp_path: Path, expected: list[SupplyRow]) -> None:
    other = {
        "行政区": "所在地：",
        "电子监管号": " 电子监管号： ",
        "项目位置": "土地\n坐落",
        "面积(公顷)": "供地面积（公顷）:",
        "土地使用年限": "*出让年限",
        "供地方式": "供应 方式",
        "成交价格(万元)": "成交价款\r\n（万元）",
        "土地使用权人": "受让单位",
        "约定容积率下限": "容积率（下限）",
        "约定容积率上限": "上限",
        "约定交地时间": "合同约定交地时间",
        "约定开工时间": "约定动工日期",
        "合同签订日期": "签订时间",
    }
    order = list(reversed(range(len(HEADER))))
    header = [other.get(HEADER[at], HEADER[at]) for at in order]
    rows = [[supply(number)[at] for at in order] for number in (1, 2)]
    table = read(write_xlsx(tmp_path / "other.xlsx", rows, header=header))
    assert supplies(table) == expected
    assert table.label("electronic_no", None) == "电子监管号："
    assert table.label("location", None) == "土地坐落"


def test_titles_above_numbering_beside_and_totals_below(
    tmp_path: Path, expected: list[SupplyRow]
) -> None:
    rows: list[list[object]] = [
        [1, *supply(1)],
        [],
        [2, *supply(2)],
        ["序号", *HEADER],
        [3],
        ["合计", "", "", "", "", "5.0"],
    ]
    table = read(
        write_xlsx(
            tmp_path / "titled.xlsx",
            rows,
            header=["序号", *HEADER],
            title=[["2021年3月供地结果"], [], ["制表：示例县"]],
        )
    )
    assert [said(row) for row in table.rows[:2]] == expected
    assert [row.row for row in table.rows] == [5, 7]
    assert reasons(table) == []
    assert [(note.row, note.value) for note in table.notes] == [(8, ""), (10, "合计")]
    assert "totals" in str(table.notes[1].reason)
    assert [one.label for one in table.seen.columns if not one.field] == ["序号"]


@pytest.mark.parametrize("word", ["合计", "小计：", "总 计"])
def test_totals_between_supplies_are_no_rows_and_no_failures(
    tmp_path: Path, expected: list[SupplyRow], word: str
) -> None:
    total: list[object] = [word, *[""] * (len(HEADER) - 2), "12.5"]
    table = read(write_xlsx(tmp_path / "totals.xlsx", [supply(1), total, supply(2), total]))
    assert [said(row) for row in table.rows] == expected
    assert [(note.row, note.column) for note in table.notes] == [(3, ""), (5, "")]


def test_a_header_of_two_lines(tmp_path: Path) -> None:
    upper = [
        "电子监管号",
        "项目位置",
        "面积(公顷)",
        "约定容积率",
        "",
        "分期支付约定",
        "",
        "土地使用权人",
    ]
    lower = ["", "", "", "下限", "上限", "支付期号", "约定支付金额(万元)", ""]
    rows: list[list[object]] = [
        ["3499992021B00001", "一号路", 2.5, "0.8", "2.0", "1", "300", "虚构食品有限公司"],
        ["", "", "", "", "", "2", "300", ""],
    ]
    table = read(write_xlsx(tmp_path / "two.xlsx", [list(lower), *rows], header=upper))
    first, payment = table.rows
    assert first.row == 3
    (of_first,) = first.entries
    assert (of_first["plot_ratio_min"], of_first["plot_ratio_max"]) == (Decimal("0.8"), 2)
    assert (payment.goes_on, payment.entries, payment.refused) == (True, (), ())


@pytest.mark.parametrize(
    ("header", "title", "cell", "m2"),
    [
        ("面积", (), "2.5", 25000),
        ("面积（平方米）", (), "25000", 25000),
        ("土地面积(亩)", (), "37.5", 25000),
        ("面积/公顷", (), "2.5", 25000),
        ("面积（单位：平方米）", (), "25000", 25000),
        ("面积", ("单位：平方米、元",), "25000", 25000),
        ("面积", ("单位：亩、万元",), "37.5", 25000),
    ],
)
def test_units_of_the_area(
    tmp_path: Path, header: str, title: tuple[str, ...], cell: str, m2: int
) -> None:
    labels = [header if label.startswith("面积") else label for label in HEADER]
    path = write_xlsx(
        tmp_path / "units.xlsx",
        [supply(1, 面积=cell)],
        header=labels,
        title=[[line] for line in title],
    )
    assert supplies(read(path))[0].area_m2 == m2


def test_typed_cells(tmp_path: Path, expected: list[SupplyRow]) -> None:
    row = supply(
        1,
        面积=2.5,
        成交价格=600,
        土地使用年限=50,
        合同签订日期=datetime(2021, 3, 15),
        约定交地时间=date(2021, 5, 1),
        约定开工时间=44501,
        约定容积率下限=1,
    )
    assert supplies(read(write_xlsx(tmp_path / "typed.xlsx", [row]))) == expected[:1]


def test_of_repeated_columns_the_later_filled_one_counts(tmp_path: Path) -> None:
    header = ["总面积", "行政区", *HEADER]
    rows = [
        ["2.5", "示例县", *supply(1)],
        ["2.5", "另一县", *supply(2, 面积="3")],
        ["2.5", "示例县", *supply(3, 面积="", 行政区="Nah")],
    ]
    table = read(write_xlsx(tmp_path / "twice.xlsx", rows, header=header))
    same, differs, blank = table.rows
    assert same.doubts == ()
    assert blank.doubts == ()
    (of_blank,), (of_other,) = blank.entries, differs.entries
    assert (of_blank["area_m2"], of_blank["district"]) == (Decimal(25000), "示例县")
    assert (of_other["area_m2"], of_other["district"]) == (Decimal(30000), "示例县")
    assert {(note.row, note.column, note.value) for note in differs.doubts} == {
        (3, "总面积", "2.5"),
        (3, "行政区", "另一县"),
    }


def test_a_bad_cell_refuses_its_row_alone_and_is_named(tmp_path: Path) -> None:
    rows = [
        supply(1, 面积="很大"),
        supply(2),
        supply(3, 合同签订日期="2021年13月1日", 成交价格="面议"),
    ]
    table = read(write_xlsx(tmp_path / "bad.xlsx", rows))
    assert [bool(row.entries) for row in table.rows] == [False, True, False]
    assert reasons(table) == [
        (2, "面积(公顷)", "很大"),
        (4, "成交价格(万元)", "面议"),
        (4, "合同签订日期", "2021年13月1日"),
    ]
    assert dict(table.cells(0))["面积(公顷)"] == "很大"
    assert table.cell(2, "price_wan", None) == "面议"


def test_line_breaks_inside_cells(tmp_path: Path, expected: list[SupplyRow]) -> None:
    broken = supply(1, 土地使用权人="虚构食品\n有限公司", 项目位置="示例县\n开发区1号路")
    by_bars = write_text(tmp_path / "bars.txt", [broken, supply(2)])
    table = read(by_bars)
    assert supplies(table) == expected
    assert [row.row for row in table.rows] == [2, 5]
    quoted = [f'"{cell}"' if "\n" in str(cell) else cell for cell in broken]
    by_commas = read(write_text(tmp_path / "c.csv", [quoted, supply(2)], delimiter=","))
    assert supplies(by_commas) == expected
    assert [row.row for row in by_commas.rows] == [2, 3]
    assert supplies(read(write_xlsx(tmp_path / "b.xlsx", [broken, supply(2)]))) == expected


def test_line_breaks_inside_the_header(tmp_path: Path, expected: list[SupplyRow]) -> None:
    header = [label.replace("(", "\n(").replace("约定", "约定\n") for label in HEADER]
    for name, delimiter in (("bars.txt", "|"), ("quoted.csv", ",")):
        labels = [f'"{label}"' if delimiter == "," else label for label in header]
        path = write_text(
            tmp_path / name, [supply(1), supply(2)], header=labels, delimiter=delimiter
        )
        assert supplies(read(path)) == expected


def test_rows_whose_cells_do_not_come_out_even_are_refused(tmp_path: Path) -> None:
    short, long = supply(1)[:9], [*supply(2), "多出来的"]
    table = read(write_text(tmp_path / "uneven.txt", [short, supply(3), long, supply(4)]))
    assert [row.row for row in table.rows if not row.entries] == [2, 4]
    assert [row.row for row in table.rows if row.entries] == [3, 5]
    thousands = supply(5, 成交价格="1,600.00")
    commas = read(write_text(tmp_path / "uneven.csv", [thousands, supply(6)], delimiter=","))
    assert [row.row for row in commas.rows if not row.entries] == [2]


def test_a_quotation_mark_that_is_never_closed(tmp_path: Path) -> None:
    rows = [supply(1), supply(2, 项目名称='"没有结尾'), supply(3)]
    path = write_text(tmp_path / "open.csv", rows, delimiter=",")
    with pytest.raises(InputFileError) as refused:
        read(path)
    assert "row 3" in str(refused.value)


def test_of_several_sheets_the_fitting_one_is_read_and_the_others_named(tmp_path: Path) -> None:
    path = write_xlsx(
        tmp_path / "sheets.xlsx",
        [["填表说明"]],
        header=None,
        more={"三月": [list(HEADER), supply(1)], "四月": [list(HEADER), supply(2)]},
    )
    table = read(path)
    assert table.seen.sheet == "三月"
    assert len(table.rows) == 1
    assert [note.value for note in table.notes] == ["四月"]


def test_figures_in_the_lands_source_are_put_into_words(tmp_path: Path) -> None:
    rows = [supply(1, 土地来源="2.500000"), supply(2, 土地来源="0.000000"), supply(3, 土地来源="1")]
    table = read(write_text(tmp_path / "source.txt", rows))
    assert [row.land_source for row in supplies(table)] == [
        "现有建设用地",
        "新增建设用地",
        "新增建设用地(来自存量库)",
    ]
    assert [(note.row, note.column) for note in table.notes] == [(2, "土地来源")]


def test_blank_and_personal_holders(tmp_path: Path) -> None:
    rows = [supply(1, 土地使用权人="王样本"), supply(2, 土地使用权人="Nah"), supply(3)]
    kinds = [
        (row.holder, row.holder_kind)
        for row in supplies(read(write_xlsx(tmp_path / "h.xlsx", rows)))
    ]
    assert kinds == [
        ("王样本", EnterpriseKind.PERSON),
        ("", EnterpriseKind.ORGANISATION),
        ("虚构食品有限公司", EnterpriseKind.ORGANISATION),
    ]

"""How rosters are understood: headers in one or two lines, years, units, corrections."""

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from landsteward.app.language import Language, current_language, use_language
from landsteward.app.rosters_table import (
    ColumnChoice,
    Correction,
    RosterKind,
    RosterTable,
    SheetSeen,
)
from landsteward.domain.errors import InputFileError
from landsteward.tabular.headers import HeaderFinder
from landsteward.tabular.rosters import RosterSheets
from landsteward.tabular.vocabulary import roster_words
from tests.helpers.sheets import write_xlsx

Lines = Sequence[Sequence[object]]


def read(path: Path, *lines: Sequence[object], **given: Any) -> RosterTable:
    """A sheet of yearly figures."""
    kind = given.pop("kind", RosterKind.METRICS)
    file = write_xlsx(path / given.pop("name", "m.xlsx"), lines, header=None)
    return RosterSheets().read(file, kind, **given)


def look(path: Path, *lines: Sequence[object], **given: Any) -> SheetSeen:
    """How a sheet of enterprises is understood."""
    file = write_xlsx(path / "e.xlsx", lines, header=None)
    return RosterSheets().look(file, RosterKind.ENTERPRISES, **given)


def figures(table: RosterTable) -> list[dict[str, Any]]:
    """What the first row says, year by year."""
    return [dict(entry) for entry in table.rows[0].entries]


@pytest.mark.parametrize("kind", list(RosterKind))
def test_no_header_stands_for_two_fields(kind: RosterKind) -> None:
    words = roster_words(kind)
    finder = HeaderFinder(words)
    for field, about in words.fields.items():
        for name in about.names:
            assert finder.understands(name)[0] == field, name


@pytest.mark.parametrize(
    ("header", "cell", "wan"),
    [
        ("税收(万元)", 12.5, "12.5"),
        ("税收（元）", 125000, "12.5"),
        ("税收/亿元", "0.5", "5000"),
        ("税收", "1,250元", "0.125"),
        ("税收", "约3", "3"),
        ("实缴税金(千元)", 10, "1"),
    ],
)
def test_money_in_every_unit(tmp_path: Path, header: str, cell: object, wan: str) -> None:
    table = read(tmp_path, ("企业名称", "年度", header), ("甲公司", 2023, cell))
    assert figures(table)[0]["tax_wan"] == Decimal(wan)


@pytest.mark.parametrize(
    ("header", "cell", "m2"),
    [("用地面积(亩)", 15, 10000), ("用地面积(公顷)", 1.5, 15000), ("用地面积(㎡)", 700, 700)],
)
def test_areas_in_every_unit(tmp_path: Path, header: str, cell: object, m2: int) -> None:
    table = read(tmp_path, ("企业名称", "年度", header), ("甲公司", 2023, cell))
    assert figures(table)[0]["land_area_m2"] == m2
    assert not table.notes


def test_energy_and_emissions(tmp_path: Path) -> None:
    header = ("企业名称", "年度", "综合能耗(万吨标煤)", "主要污染物排放量(千克)", "职工人数(人)")
    (said,) = figures(read(tmp_path, header, ("甲公司", 2023, 0.5, 250, "1,200人")))
    assert (said["energy_tce"], said["emissions_t"], said["staff_average"]) == (
        Decimal(5000),
        Decimal("0.25"),
        Decimal(1200),
    )


@pytest.mark.parametrize(
    "lines",
    [
        [("企业名称", "2022年税收", "2023年税收"), ("甲公司", 1, 2)],
        [("企业名称", "2022税收(万元)", "税收(2023年)"), ("甲公司", 1, 2)],
        [("企业名称", "税收", ""), ("", "2022年", "2023年"), ("甲公司", 1, 2)],
        [("企业名称", "税收(万元)", ""), ("", 2022, 2023), ("甲公司", 1, 2)],
        [("企业名称", "2022年", "2023年"), ("", "税收", "税收"), ("甲公司", 1, 2)],
        [("填报日期：2024年1月5日",), ("企业名称", "2022年税收", "2023年税收"), ("甲公司", 1, 2)],
    ],
)
def test_a_group_of_columns_for_each_year(tmp_path: Path, lines: Lines) -> None:
    assert [(said["year"], said["tax_wan"]) for said in figures(read(tmp_path, *lines))] == [
        (2022, 1),
        (2023, 2),
    ]


def test_the_year_of_a_title_a_sheet_or_a_file(tmp_path: Path) -> None:
    lines = [("企业名称", "税收"), ("甲公司", 1)]
    titled = read(tmp_path, ("示例县2021年度统计",), *lines)
    assert figures(titled)[0]["year"] == 2021
    named = read(tmp_path, *lines, name="2022年亩均.xlsx")
    assert figures(named)[0]["year"] == 2022
    said = read(tmp_path, *lines, name="2022年亩均.xlsx", correction=Correction(year=2020))
    assert figures(said)[0]["year"] == 2020
    two = read(tmp_path, ("2021年度与2022年度",), *lines)
    assert two.rows[0].refused


def test_a_view_says_what_was_taken_for_what(tmp_path: Path) -> None:
    seen = look(
        tmp_path,
        ("示例县企业名录",),
        ("序号", "企业名称", "统一社会\n信用代码", "看不懂", "联系电话："),
        (1, "甲公司", "", "x", "0558"),
    )
    assert (seen.header_row, seen.header_lines, seen.sheets) == (2, 1, ("供地结果",))
    assert [(one.label, one.field) for one in seen.columns] == [
        ("序号", ""),
        ("企业名称", "name"),
        ("统一社会信用代码", "uscc"),
        ("看不懂", ""),
        ("联系电话：", "phone"),
    ]
    assert seen.preview[2].cells == ("1", "甲公司", "", "x", "0558")
    assert {one.field for one in seen.offers} >= {"name", "uscc", "phone"}
    assert len(seen.layout) == 20


def test_units_of_a_view(tmp_path: Path) -> None:
    table = read(
        tmp_path,
        ("企业名称", "年度", "税收", "用地面积(亩)", "营业收入(亩)"),
        ("甲公司", 2023, 1, 2, 3),
    )
    seen = {one.field: (one.unit, one.unit_said) for one in table.seen.columns}
    assert seen["tax_wan"] == ("万元", False)
    assert seen["land_area_m2"] == ("亩", True)
    # A unit that is none of money is no unit of it.
    assert seen["revenue_wan"] == ("万元", False)


def test_a_layout_is_known_again_by_its_headers_alone(tmp_path: Path) -> None:
    header = ("企业名称", "口径甲", "口径乙")
    first = look(tmp_path, header, ("甲公司", 1, 2), correction=Correction(header_row=1))
    known = {first.layout: Correction(columns={1: ColumnChoice(field="phone")})}
    again = look(tmp_path, ("标题",), header, ("乙公司", 3, 4), remembered=known)
    assert again.remembered
    assert [one.field for one in again.columns] == ["name", "phone", ""]
    other = look(tmp_path, ("企业名称", "口径甲", "别的", "电话"), remembered=known)
    assert not other.remembered


@pytest.mark.parametrize(
    "correction",
    [
        Correction(sheet="没有"),
        Correction(header_row=40),
        Correction(columns={0: ColumnChoice(field="nothing")}),
    ],
)
def test_a_correction_that_does_not_fit_is_refused(tmp_path: Path, correction: Correction) -> None:
    with pytest.raises(InputFileError) as error:
        look(tmp_path, ("企业名称", "电话"), ("甲公司", 1), correction=correction)
    assert error.value.remedy is not None


@pytest.mark.parametrize("language", list(Language))
def test_headers_handed_out_are_understood_by_themselves(
    tmp_path: Path, language: Language
) -> None:
    before = current_language()
    use_language(language)
    try:
        table = read(
            tmp_path,
            ("2023年度",),
            ("单位：万元",),
            ("企业名称", "口径甲", "税收"),
            ("甲公司", 1, 2),
            correction=Correction(
                columns={1: ColumnChoice(field="revenue_wan"), 2: ColumnChoice(field="")}
            ),
        )
        labels = [label for label, _ in table.cells(0)]
    finally:
        use_language(before)
    finder = HeaderFinder(roster_words(RosterKind.METRICS))
    assert [finder.understands(label) for label in labels] == [
        ("name", None),
        ("revenue_wan", 2023),
        (None, None),
    ]


def test_several_sheets_the_one_that_fits_or_the_one_named(tmp_path: Path) -> None:
    more: dict[str, Lines] = {"别的": [("说明",)], "第二": [("企业名称", "电话"), ("乙公司", 2)]}
    path = write_xlsx(tmp_path / "s.xlsx", [("甲公司", 1)], header=("企业名称", "电话"), more=more)
    reader = RosterSheets()
    first = reader.read(path, RosterKind.ENTERPRISES)
    assert (first.seen.sheet, first.seen.sheets) == ("供地结果", ("供地结果", "别的", "第二"))
    assert any("第二" in note.value for note in first.notes)
    second = reader.read(path, RosterKind.ENTERPRISES, Correction(sheet="第二"))
    assert second.rows[0].entries[0]["name"] == "乙公司"

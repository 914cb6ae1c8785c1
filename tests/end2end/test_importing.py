"""Rosters as they come, through the window: titles, two-line headers, units, totals, slips."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from python_calamine import CalamineWorkbook

from landsteward.app.language import Language, use_language
from landsteward.app.rosters_table import RosterKind
from landsteward.bootstrap import open_workspace
from tests.helpers.office import SteppingClock
from tests.helpers.roster_desk import code
from tests.helpers.sheets import write_xlsx
from tests.helpers.windows import Driver, english_services, office_file
from tests.helpers.wizard import Wizard, asked, record_page

BAD = "911101085513850820"
KNOWN = "示例机械制造有限公司"


@pytest.fixture
def driver(qtbot: QtBot, tmp_path: Path) -> Iterator[Driver]:
    """The window over a workspace in which an inspector acts."""
    made = Driver(qtbot, english_services(tmp_path, SteppingClock()))
    made.open(office_file(tmp_path))
    yield made
    made.close()
    use_language(Language.CHINESE)


def roster(path: Path) -> Path:
    """Three firms below two lines of titles, numbered, one code mistyped, a line of totals."""
    return write_xlsx(
        path,
        [
            [1, "虚构食品 有限公司", f" {code(1)} ", "食品制造业", "是", "0558-1", "甲"],
            [2, "虚构药业有限公司", BAD, "C2740", "否", "0558-2", "乙"],
            [3, KNOWN, "", "", "规上", "0558-3", "甲"],
            ["合计", "3家", "", "", "", "", ""],
        ],
        header=[
            "序号",
            "*企业名称：",
            "统一社会\n信用代码",
            "行业",
            "是否规上",
            "联系\n电话",
            "组别",
        ],
        title=[["示例县2024年企业名录"], ["填报单位：示例县经信局", "", "", "填报日期：2025-1-5"]],
    )


def figures(path: Path) -> Path:
    """Two years side by side in a header of two lines, in two units, with totals."""
    names = ["", "税收(元)", "营业收入(元)", "税收(元)", "营业收入(万元)", ""]
    return write_xlsx(
        path,
        [
            names,
            ["虚构食品有限公司", "1,200,000", 1500000, 3000, "3,500.5", 30],
            [KNOWN, 5000000, "nah", 9000, "", 60],
            ["没有登记的公司", 1, 2, 3, 4, 5],
            ["合计", 6200001, 1500002, 12003, 3504.5, 95],
        ],
        header=["企业名称", "2022年", "", "2023年", "", "用地面积(亩)"],
        title=[["亩均效益数据表"]],
        more={"说明": [["单位按表头"]]},
    )


def test_a_messy_roster_and_its_figures_are_brought_in_mended_and_taken_back(
    driver: Driver, tmp_path: Path
) -> None:
    # The roster: everything is recognised but the group, which nobody keeps.
    wizard = Wizard(driver, roster(tmp_path / "名录.xlsx"))
    assert wizard.page.columns.header.text() == "Header in row 3 · 5 of 7 columns are imported"
    wizard.go_on()
    assert wizard.fates() == [(5, "Refused")]
    wizard.filter("")
    assert wizard.fates() == [
        (4, "New"),
        (5, "Refused"),
        (6, "Updated"),
        (7, "Not a row"),
    ]
    wizard.go_on()
    assert wizard.page.record is not None
    refused = wizard.page.record.refused
    sheet = tmp_path / "退回.xlsx"
    refused.save_to(sheet)
    driver.qtbot.waitUntil(sheet.exists)
    driver.settle()

    # The refused row is mended in its own sheet and comes in.
    header, row = CalamineWorkbook.from_path(str(sheet)).get_sheet_by_index(0).to_python()
    assert "check digit" in str(row[0])
    write_xlsx(sheet, [[code(2) if cell == BAD else cell for cell in row]], header=header)
    driver.click(refused.again)
    driver.settle()
    again = Wizard(driver, sheet)
    again.go_on()
    assert again.page.next.text() == "Import 1 row"
    again.go_on()
    firms = asked(driver, lambda ctx: ctx.workspace.enterprises.where())
    assert [(one.name, one.uscc, one.phone) for one in firms[1:]] == [
        ("虚构食品 有限公司", code(1), "0558-1"),
        ("虚构药业有限公司", code(2), "0558-2"),
    ]

    # Figures of two years under a header of two lines, in two units.
    wizard = Wizard(driver, figures(tmp_path / "亩均.xlsx"))
    assert wizard.page.columns.kind.value() is RosterKind.METRICS
    assert [one.partition(" | ")[2] for one in wizard.taken()[1:]] == [
        "B · 元 · of 2022",
        "C · 元 · of 2022",
        "D · 元 · of 2023",
        "E · 万元 · of 2023",
        "F · 亩",
    ]
    assert "Of which year" in wizard.page.columns.problem.text(), "the land is of neither"
    wizard.choose_figures(5, "of 2023")
    wizard.go_on()
    assert "No such enterprise is on record" in wizard.said(6)
    wizard.filter("")
    assert [fate for _row, fate in wizard.fates()] == ["New", "New", "Refused", "Not a row"]
    wizard.go_on()
    names = {one.id: one.name for one in firms}
    years = asked(driver, lambda ctx: ctx.workspace.yearly_metrics.where())
    assert sorted(
        (names[one.enterprise_id], one.year, one.tax_wan, one.revenue_wan) for one in years
    ) == [
        (KNOWN, 2022, Decimal(500), None),
        (KNOWN, 2023, Decimal("0.9"), None),
        ("虚构食品 有限公司", 2022, Decimal(120), Decimal(150)),
        ("虚构食品 有限公司", 2023, Decimal("0.3"), Decimal("3500.5")),
    ]


def test_the_file_is_sound_afterwards_and_an_import_taken_back_is_gone(
    driver: Driver, tmp_path: Path
) -> None:
    before = asked(driver, lambda ctx: ctx.workspace.enterprises.where())
    wizard = Wizard(driver, roster(tmp_path / "名录.xlsx"))
    wizard.go_on()
    wizard.go_on()
    result = wizard.page.flow.result
    assert result is not None
    assert result.batch is not None
    page = record_page(driver, result.batch.id)
    driver.click(page.panel.take_back)
    driver.settle()
    driver.click(page.panel.yes)
    driver.settle()
    assert asked(driver, lambda ctx: ctx.workspace.enterprises.where()) == before
    driver.window.close()
    workspace = open_workspace(tmp_path / "office.lsw", read_only=True)
    report = workspace.check()
    workspace.close()
    assert report.ok, report
    assert Decimal(report.audit_chain.length) > 10

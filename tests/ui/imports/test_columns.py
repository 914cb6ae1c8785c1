"""The first step: the sheet understood, and corrected by hand."""

from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from landsteward.app.rosters_table import RosterKind
from tests.helpers.roster_desk import ENTERPRISES, METRICS, PARCELS, code, unit_code
from tests.helpers.sheets import write_xlsx
from tests.helpers.windows import Driver
from tests.helpers.wizard import Wizard, asked
from ui.pages.imports.field_choice import FieldChoice
from ui.pages.imports.wizard import ImportPage

FIRMS = [[f"虚构{name}有限公司", code(at), "", "", "", "", ""] for at, name in enumerate("甲乙丙")]
PLOTS = [["1号地", unit_code(1), "", "一号路", 2, "工业", ""]]
FIGURES = [["示例机械制造有限公司", "", 2024, 12, 300, 60]]


def drop(driver: Driver, file: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    how = (data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    entered = QDragEnterEvent(QPointF(400, 400), Qt.DropAction.CopyAction, *how)
    QApplication.sendEvent(driver.window, entered)
    assert entered.isAccepted()
    QApplication.sendEvent(
        driver.window, QDropEvent(QPointF(400, 400), Qt.DropAction.CopyAction, *how)
    )
    driver.settle()


class TestUnderstood:
    @pytest.mark.parametrize(
        ("kind", "header", "rows"),
        [
            (RosterKind.ENTERPRISES, ENTERPRISES, FIRMS),
            (RosterKind.PARCELS, PARCELS, PLOTS),
            (RosterKind.METRICS, METRICS, FIGURES),
        ],
    )
    def test_a_dropped_file_is_taken_for_what_its_columns_say(
        self,
        office_window: Driver,
        tmp_path: Path,
        kind: RosterKind,
        header: tuple[str, ...],
        rows: list[list[object]],
    ) -> None:
        drop(office_window, write_xlsx(tmp_path / "roster.xlsx", rows, header=header))
        page = office_window.shell.page
        assert isinstance(page, ImportPage)
        assert page.columns.kind.value() is kind
        assert page.next.isEnabled()

    def test_the_header_is_found_below_titles_and_what_is_not_imported_is_said(
        self, office_window: Driver, tmp_path: Path
    ) -> None:
        file = write_xlsx(
            tmp_path / "roster.xlsx",
            [["1", "虚构甲有限公司", code(1), "内部"]],
            header=["序号", "企业名称", "信用代码", "内部分类"],
            title=[["示例县企业名录"], ["填报单位", "", "日期"]],
        )
        wizard = Wizard(office_window, file)
        assert wizard.page.columns.header.text() == (
            "Header in row 3 · 2 of 4 columns are imported"
        )
        assert wizard.taken() == [
            "Not imported | A",
            "企业名称 | B",
            "统一社会信用代码 | C",
            "Not imported | D",
        ]
        numbers = wizard.page.columns.grid.numbers
        assert [numbers.word_of(row)[0] for row in range(4)] == ["", "", "Header", ""]

    def test_sheets_of_other_kinds_are_named_and_can_be_taken(
        self, office_window: Driver, tmp_path: Path
    ) -> None:
        file = write_xlsx(
            tmp_path / "all.xlsx",
            FIRMS,
            header=ENTERPRISES,
            more={"宗地": [PARCELS, *PLOTS], "说明": [["请勿修改"]]},
        )
        wizard = Wizard(office_window, file)
        step = wizard.page.columns
        assert [word for _key, word in step.sheet._options] == ["供地结果", "宗地", "说明"]
        assert step.others.text() == "Further sheets, one import each: 宗地 (Roster of parcels)"
        step.sheet.box.setCurrentIndex(1)
        step.sheet.box.activated.emit(1)
        wizard.rest()
        assert step.kind.value() is RosterKind.PARCELS
        assert "宗地名称 | A" in wizard.taken()
        step.kind.box.setCurrentIndex(0)
        step.kind.box.activated.emit(0)
        wizard.rest()
        assert step.kind.value() is RosterKind.ENTERPRISES
        assert not wizard.page.next.isEnabled()
        assert step.problem.text().startswith("No row was recognised as the header.")

    def test_a_file_that_excel_has_open_is_pointed_out(
        self, office_window: Driver, tmp_path: Path
    ) -> None:
        file = write_xlsx(tmp_path / "roster.xlsx", FIRMS, header=ENTERPRISES)
        (tmp_path / "~$roster.xlsx").write_bytes(b"somebody")
        wizard = Wizard(office_window, file)
        assert wizard.page.columns.elsewhere.isVisible()


class TestCorrected:
    def test_another_row_is_made_the_header_by_a_click_on_its_number(
        self, office_window: Driver, tmp_path: Path
    ) -> None:
        file = write_xlsx(
            tmp_path / "roster.xlsx",
            FIRMS,
            header=ENTERPRISES,
            title=[["企业名称", "统一社会信用代码", "行业名称"]],
        )
        wizard = Wizard(office_window, file)
        before = wizard.page.columns.header.text()
        wizard.click_row_number(3)
        assert wizard.page.columns.header.text().startswith("Header in row 4 · 0 of")
        assert not wizard.page.next.isEnabled()
        assert "One of these is needed: 企业名称" in wizard.page.columns.problem.text()
        wizard.click_row_number(int(before.split("row ")[1].split(" ")[0]) - 1)
        assert wizard.page.columns.header.text() == before
        assert wizard.page.next.isEnabled()

    def test_a_column_is_searched_for_and_remembered_for_the_next_file_of_the_layout(
        self, office_window: Driver, tmp_path: Path
    ) -> None:
        header = ["单位", "信用代码", "咨询热线"]
        first = write_xlsx(tmp_path / "first.xlsx", [["虚构甲", code(1), "1"]], header=header)
        wizard = Wizard(office_window, first)
        assert wizard.taken() == [" | A", " | B", " | C"], "no header, nothing to correct yet"
        wizard.click_head(2)
        assert not wizard.page.columns.findChildren(FieldChoice)
        wizard.click_row_number(0)
        assert wizard.taken()[2] == "Not imported | C"
        wizard.click_head(2)
        choice = wizard.page.columns.choice
        assert choice is not None
        office_window.type(choice.search, "电话")
        assert choice.offered() == ["联系电话"]
        QTest.keyClick(choice.search, Qt.Key.Key_Return)
        wizard.rest()
        wizard.choose_field(0, "企业名称")
        assert wizard.taken() == ["企业名称 | A", "统一社会信用代码 | B", "联系电话 | C"]
        assert not wizard.page.columns.remembered.isVisible()
        wizard.go_on()
        wizard.go_on()
        (firm,) = asked(office_window, lambda ctx: ctx.workspace.enterprises.where(uscc=code(1)))
        assert (firm.name, firm.phone) == ("虚构甲", "1")

        second = write_xlsx(tmp_path / "second.xlsx", [["虚构乙", code(2), "2"]], header=header)
        wizard = Wizard(office_window, second)
        assert wizard.page.columns.remembered.isVisible()
        assert wizard.taken() == ["企业名称 | A", "统一社会信用代码 | B", "联系电话 | C"]
        office_window.click(wizard.page.columns.forget)
        wizard.rest()
        assert not wizard.page.columns.remembered.isVisible()
        assert not wizard.page.next.isEnabled()
        third = write_xlsx(tmp_path / "third.xlsx", [["虚构丙", code(3), "3"]], header=header)
        assert not Wizard(office_window, third).page.columns.remembered.isVisible()

    def test_a_correction_is_taken_back_by_as_the_header_says(
        self, office_window: Driver, tmp_path: Path
    ) -> None:
        file = write_xlsx(tmp_path / "roster.xlsx", FIRMS, header=ENTERPRISES)
        wizard = Wizard(office_window, file)
        wizard.choose_field(5, "Not imported")
        assert wizard.taken()[5] == "Not imported | F"
        wizard.choose_field(5, "As the header says")
        assert wizard.taken()[5] == "联系电话 | F"

    def test_arrows_walk_through_the_fields_and_say_which_are_taken(
        self, office_window: Driver, tmp_path: Path
    ) -> None:
        file = write_xlsx(tmp_path / "roster.xlsx", FIRMS, header=ENTERPRISES)
        wizard = Wizard(office_window, file)
        wizard.click_head(6)
        choice = wizard.page.columns.choice
        assert choice is not None
        assert "联系电话 (column F)" in choice.offered()
        assert choice.list.currentItem().text() == "备注"
        QTest.keyClick(choice.search, Qt.Key.Key_Up)
        above = choice.list.currentItem().text()
        QTest.keyClick(choice.search, Qt.Key.Key_Return)
        wizard.rest()
        assert wizard.taken()[6].startswith(above.split(" (")[0])

    def test_a_unit_nobody_says_is_pointed_out_and_chosen(
        self, office_window: Driver, tmp_path: Path
    ) -> None:
        file = write_xlsx(tmp_path / "plots.xlsx", [["1号地", 2]], header=["宗地名称", "宗地面积"])
        wizard = Wizard(office_window, file)
        assert wizard.taken()[1] == "宗地面积 | B · 亩?"
        assert "宗地面积 in 亩" in wizard.page.columns.units.text()
        wizard.choose_figures(1, "公顷")
        assert wizard.taken()[1] == "宗地面积 | B · 公顷"
        assert not wizard.page.columns.units.isVisible()
        wizard.go_on()
        wizard.go_on()
        (plot,) = asked(office_window, lambda ctx: ctx.workspace.parcels.where(name="1号地"))
        assert plot.area_m2 == 20000

    def test_the_year_is_asked_for_where_the_sheet_says_none(
        self, office_window: Driver, tmp_path: Path
    ) -> None:
        file = write_xlsx(
            tmp_path / "figures.xlsx",
            [["示例机械制造有限公司", 12]],
            header=["企业名称", "税收(万元)"],
        )
        wizard = Wizard(office_window, file)
        step = wizard.page.columns
        assert step.year.isVisible()
        assert not wizard.page.next.isEnabled()
        at = [key for key, _word in step.year._options].index(2024)
        step.year.box.setCurrentIndex(at)
        step.year.box.activated.emit(at)
        wizard.rest()
        assert not step.problem.isVisible()
        wizard.go_on()
        wizard.go_on()
        (year,) = asked(office_window, lambda ctx: ctx.workspace.yearly_metrics.where())
        assert (year.year, year.tax_wan) == (2024, Decimal(12))

    def test_the_year_of_one_column_is_chosen_below_its_head(
        self, office_window: Driver, tmp_path: Path
    ) -> None:
        file = write_xlsx(
            tmp_path / "figures.xlsx",
            [["示例机械制造有限公司", 12]],
            header=["企业名称", "税收(万元)"],
        )
        wizard = Wizard(office_window, file)
        wizard.choose_figures(1, "of 2023")
        assert wizard.taken()[1] == "税收 | B · 万元 · of 2023"
        assert wizard.page.next.isEnabled()


def test_the_keyboard_reaches_a_column(office_window: Driver, tmp_path: Path) -> None:
    wizard = Wizard(office_window, write_xlsx(tmp_path / "roster.xlsx", FIRMS, header=ENTERPRISES))
    grid = wizard.page.columns.grid
    grid.setCurrentIndex(grid.rows.index(2, 5))
    QTest.keyClick(grid, Qt.Key.Key_Return)
    choice = wizard.page.columns.choice
    assert choice is not None
    assert choice.list.currentItem().text() == "联系电话"
    QTest.keyClick(choice.search, Qt.Key.Key_Escape)
    QApplication.processEvents()
    assert office_window.shell.page is wizard.page
    assert grid.head_place(5) != QPoint()

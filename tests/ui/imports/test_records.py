"""Imports that were made: looked at, their refused rows mended, taken back whole."""

import threading
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from python_calamine import CalamineWorkbook

from landsteward.app.import_batches import undo_import
from landsteward.app.register import edit_enterprise
from tests.helpers.roster_desk import ENTERPRISES, PARCELS, code, unit_code
from tests.helpers.sheets import write_xlsx
from tests.helpers.windows import Driver
from tests.helpers.wizard import Wizard, asked, imported, press_link, record_page
from ui.pages.imports.page import ImportsPage
from ui.pages.register.lists import RegisterPage

BAD = "911101085513850820"


def firm(name: str, uscc: str = "", phone: str = "") -> list[object]:
    return [name, uscc, "", "", "", phone, ""]


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    """Two that can be taken, one that is known and differs, one that is refused."""
    rows = [
        firm("虚构甲有限公司", code(1)),
        firm("虚构乙有限公司", code(2)),
        firm("示例机械制造有限公司", phone="5"),
        firm("虚构丙有限公司", BAD),
    ]
    return write_xlsx(tmp_path / "roster.xlsx", rows, header=ENTERPRISES)


def names(driver: Driver) -> list[str]:
    firms = asked(driver, lambda ctx: ctx.workspace.enterprises.where())
    return [f"{one.name} {one.phone}".strip() for one in firms]


class TestResult:
    def test_the_import_ends_with_what_it_did_and_where_to_go(
        self, office_window: Driver, roster: Path
    ) -> None:
        wizard = Wizard(office_window, roster)
        wizard.go_on()
        wizard.go_on()
        page = wizard.page
        assert page.record is not None
        shown = [figure.text() for figure in page.record.counts.values()]
        assert shown == ["2", "1", "0", "1"]
        assert page.line.text.text() == "3 rows are in. 1 was refused, see below."
        assert "Roster of enterprises" in page.record.facts.text()
        assert "林检查 · 4 rows" in page.record.facts.text()
        assert page.next.text() == "To the enterprises"
        office_window.click(page.next)
        office_window.settle()
        assert isinstance(office_window.shell.page, RegisterPage)
        assert names(office_window) == [
            "示例机械制造有限公司 5",
            "虚构甲有限公司",
            "虚构乙有限公司",
        ]

    def test_refused_rows_are_saved_mended_and_imported_again(
        self, office_window: Driver, roster: Path, tmp_path: Path
    ) -> None:
        page = record_page(office_window, imported(office_window, roster))
        card = page.panel.refused
        assert card.title.text() == "Refused rows (1)"
        sheet = tmp_path / "refused.xlsx"
        card.save_to(sheet)
        office_window.qtbot.waitUntil(sheet.exists)
        office_window.settle()
        header, *rows = CalamineWorkbook.from_path(str(sheet)).get_sheet_by_index(0).to_python()
        assert len(rows) == 1
        rows[0] = [code(3) if cell == BAD else cell for cell in rows[0]]
        write_xlsx(sheet, rows, header=header)
        office_window.click(card.again)
        office_window.settle()
        wizard = Wizard(office_window, sheet)
        assert wizard.taken()[:2] == ["Not imported | A", "Not imported | B"]
        wizard.go_on()
        assert wizard.page.next.text() == "Import 1 row"
        wizard.go_on()
        assert "虚构丙有限公司" in names(office_window)

    def test_the_next_sheet_of_the_file_is_gone_on_with(
        self, office_window: Driver, tmp_path: Path
    ) -> None:
        plots = [PARCELS, ["1号地", unit_code(1), "", "一号路", 2, "工业", ""]]
        file = write_xlsx(
            tmp_path / "all.xlsx",
            [firm("虚构甲", code(1))],
            header=ENTERPRISES,
            more={"宗地": plots},
        )
        wizard = Wizard(office_window, file)
        wizard.go_on()
        wizard.go_on()
        press_link(wizard.page.line, "Go on with “宗地”")
        office_window.settle()
        wizard.rest()
        assert "宗地名称 | A" in wizard.taken()
        wizard.go_on()
        wizard.go_on()
        assert wizard.page.next.text() == "To the parcels"
        (plot,) = asked(office_window, lambda ctx: ctx.workspace.parcels.where(name="1号地"))
        assert plot.area_m2 == 20000

    def test_in_another_language_the_record_stays(
        self, office_window: Driver, roster: Path
    ) -> None:
        wizard = Wizard(office_window, roster)
        wizard.go_on()
        wizard.go_on()
        office_window.window.use_language("zh_CN")
        office_window.settle()
        page = office_window.shell.page
        assert page is not None
        assert page.place().page == "imports"
        assert page.title() == "roster.xlsx"
        office_window.window.use_language("en")
        office_window.settle()


class TestImportsMade:
    def test_they_are_listed_newest_first_and_opened(
        self, office_window: Driver, roster: Path, tmp_path: Path
    ) -> None:
        office_window.go("imports")
        page = office_window.shell.page
        assert isinstance(page, ImportsPage)
        assert page.nothing.isVisible()
        imported(office_window, roster)
        second = write_xlsx(tmp_path / "second.xlsx", [firm("虚构丁")], header=ENTERPRISES)
        batch = imported(office_window, second)
        office_window.go("imports")
        page = office_window.shell.page
        assert isinstance(page, ImportsPage)
        rows = page.rows
        shown = [
            [rows.index(row, column).data() for column in (0, 1, 3, 4, 5, 6, 7, 8)]
            for row in range(rows.rowCount())
        ]
        assert shown == [
            ["second.xlsx", "Roster of enterprises", "林检查", "1", "–", "–", "–", "Stands"],
            ["roster.xlsx", "Roster of enterprises", "林检查", "2", "1", "–", "1", "Stands"],
        ]
        page.table.selectRow(0)
        QTest.keyClick(page.table, Qt.Key.Key_Return)
        office_window.settle()
        assert office_window.shell.page is not None
        assert office_window.shell.page.place().record_id == batch

    def test_the_register_leads_here_and_escape_leads_back(self, office_window: Driver) -> None:
        office_window.go("register")
        register = office_window.shell.page
        assert isinstance(register, RegisterPage)
        office_window.click(register.import_button)
        office_window.settle()
        page = office_window.shell.page
        assert isinstance(page, ImportsPage)
        QTest.keyClick(page, Qt.Key.Key_Escape)
        office_window.settle()
        assert office_window.shell.page is register


class TestTakenBack:
    def test_whole_after_saying_what_it_does(self, office_window: Driver, roster: Path) -> None:
        before = names(office_window)
        page = record_page(office_window, imported(office_window, roster))
        assert page.name.text() == "roster.xlsx"
        office_window.click(page.panel.take_back)
        office_window.settle()
        said = page.panel.will_do.text()
        assert "What its 2 new rows added goes." in said
        assert "What its 1 updated rows changed gets back the values it had." in said
        assert len(names(office_window)) == 3, "not before it is confirmed"
        office_window.click(page.panel.no)
        assert not page.panel.asking.isVisible()
        office_window.click(page.panel.take_back)
        office_window.settle()
        office_window.click(page.panel.yes)
        office_window.settle()
        assert page.panel.line.text.text() == ("Taken back: 2 records gone, 1 as they were before.")
        assert page.state.text() == "Taken back"
        assert names(office_window) == before
        assert asked(office_window, lambda ctx: ctx.workspace.import_batches.count()) == 0

    def test_what_was_taken_back_stays_in_the_list_and_can_be_looked_at(
        self, office_window: Driver, roster: Path
    ) -> None:
        batch = imported(office_window, roster)
        page = record_page(office_window, batch)
        office_window.click(page.panel.take_back)
        office_window.settle()
        office_window.click(page.panel.yes)
        office_window.settle()
        office_window.go("imports")
        imports = office_window.shell.page
        assert isinstance(imports, ImportsPage)
        rows = imports.rows
        assert [rows.index(0, at).data() for at in (0, 4, 8)] == ["roster.xlsx", "2", "Taken back"]
        # Others push the page out, so that it is read anew.
        for number in range(5):
            office_window.go("imports", f"another-{number}")
        page = record_page(office_window, batch)
        assert page.state.text() == "Taken back"
        assert "Taken back 2026-" in page.panel.facts.text()
        assert "by 林检查." in page.panel.facts.text()
        assert not page.panel.take_back.isVisible()
        assert not page.next.isVisible()

    def test_at_once_from_the_end_of_the_import(self, office_window: Driver, roster: Path) -> None:
        before = names(office_window)
        wizard = Wizard(office_window, roster)
        wizard.go_on()
        wizard.go_on()
        panel = wizard.page.record
        assert panel is not None
        office_window.click(panel.take_back)
        office_window.settle()
        office_window.click(panel.yes)
        office_window.settle()
        assert names(office_window) == before
        assert not wizard.page.next.isVisible()

    def test_refused_naming_what_was_built_on_it(self, office_window: Driver, roster: Path) -> None:
        page = record_page(office_window, imported(office_window, roster))

        def change(ctx: Any) -> None:
            (one,) = ctx.workspace.enterprises.where(uscc=code(1))
            edit_enterprise(ctx, enterprise_id=one.id, phone="9")

        office_window.window.operations.change(office_window.window, change)
        office_window.settle()
        office_window.click(page.panel.take_back)
        office_window.settle()
        said = page.panel.message.text.text()
        assert "虚构甲有限公司 was changed after the import." in said
        assert "correct the records one by one" in said
        assert not page.panel.asking.isVisible()
        assert page.panel.take_back.isEnabled()
        assert len(names(office_window)) == 3

    def test_cancelled_nothing_is_taken_back(
        self, office_window: Driver, roster: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        page = record_page(office_window, imported(office_window, roster))
        pressed = threading.Event()
        real = undo_import

        def slow(ctx: Any, *, progress: Any, **given: Any) -> Any:
            def told(done: int, total: int) -> None:
                progress(done, total)
                pressed.wait(10)
                progress(done, total)

            return real(ctx, progress=told, **given)

        monkeypatch.setattr("ui.pages.imports.record.undo_import", slow)
        office_window.click(page.panel.take_back)
        office_window.settle()
        office_window.click(page.panel.yes)
        office_window.qtbot.waitUntil(page.panel.line.isVisible)
        press_link(page.panel.line, "Cancel")
        pressed.set()
        office_window.settle()
        assert page.panel.line.text.text() == "Stopped; nothing was taken back."
        assert len(names(office_window)) == 3
        assert page.panel.take_back.isEnabled()

    def test_a_cancel_that_comes_too_late_is_told_what_came_of_it(
        self, office_window: Driver, roster: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        page = record_page(office_window, imported(office_window, roster))
        pressed = threading.Event()
        real = undo_import

        def slow(ctx: Any, **given: Any) -> Any:
            done = real(ctx, **given)
            pressed.wait(10)
            return done

        monkeypatch.setattr("ui.pages.imports.record.undo_import", slow)
        office_window.click(page.panel.take_back)
        office_window.settle()
        office_window.click(page.panel.yes)
        office_window.qtbot.waitUntil(page.panel.line.isVisible)
        press_link(page.panel.line, "Cancel")
        pressed.set()
        office_window.settle()
        assert page.panel.line.text.text().startswith("Taken back: 2 records gone")

    def test_an_import_that_is_gone_says_so(self, office_window: Driver) -> None:
        page = record_page(office_window, "nowhere")
        assert "taken back already" in page.panel.message.text.text()
        assert not page.panel.take_back.isEnabled()
        assert not page.next.isVisible()

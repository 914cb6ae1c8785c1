"""Lists: columns in a person's order, the chosen rows exported, assigned and started."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QPushButton
from python_calamine import CalamineWorkbook

from landsteward.app.context import Context
from landsteward.app.register import add_enterprise
from tests.helpers.windows import Driver
from ui.dialogs.ask import AskFirst
from ui.dialogs.not_opened import NotOpenedDialog
from ui.pages.register.lists import RegisterPage


@pytest.fixture
def page(office_window: Driver) -> RegisterPage:
    """The register with 21 enterprises."""

    def fill(ctx: Context) -> None:
        with ctx.change():
            for number in range(20):
                add_enterprise(ctx, name=f"样品{number:02}号厂")

    office_window.window.operations.change(office_window.window, fill)
    office_window.settle()
    office_window.go("register", step="enterprises")
    found = office_window.shell.page
    assert isinstance(found, RegisterPage)
    return found


def choose(page: RegisterPage, first: int, last: int) -> None:
    """Select rows as with the mouse and Shift."""
    table = page.enterprises.table
    for number, modifier in (
        (first, Qt.KeyboardModifier.NoModifier),
        (last, Qt.KeyboardModifier.ShiftModifier),
    ):
        at = table.visualRect(table.model().index(number, 0)).center()
        QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, modifier, at)


def menu_of(driver: Driver) -> QMenu:
    """The menu that has popped up."""
    driver.qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def pick(driver: Driver, text: str) -> None:
    """Click what says this in the menu that has popped up."""
    menu = menu_of(driver)
    action = next(one for one in menu.actions() if one.text() == text)
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(action).center())
    driver.settle()


def following(page: RegisterPage, text: str) -> QPushButton:
    """The link on the line that says what came of it."""
    return next(one for one in page.line.findChildren(QPushButton) if one.text() == text)


def test_a_dragged_column_stays_where_it_was_put(page: RegisterPage, office_window: Driver) -> None:
    head = page.enterprises.table.horizontalHeader()
    keys = [one.key for one in page.enterprises.model.columns]
    start = QPoint(head.sectionViewportPosition(keys.index("district")) + 20, 10)
    QTest.mousePress(head.viewport(), Qt.MouseButton.LeftButton, pos=start)
    for x in range(start.x(), 9, -20):
        QTest.mouseMove(head.viewport(), QPoint(x, 10))
    QTest.mouseMove(head.viewport(), QPoint(10, 10))
    QTest.mouseRelease(head.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(10, 10))
    headers = [one.header for one in page.enterprises.table.shown_columns()]
    assert headers[:3] == ["District", "Name", "Credit code"]
    office_window.qtbot.wait(500)
    office_window.window.rebuild()
    office_window.settle()
    again = office_window.shell.page
    assert isinstance(again, RegisterPage)
    assert [one.header for one in again.enterprises.table.shown_columns()] == headers


def test_the_selection_is_exported_with_the_columns_as_they_stand(
    page: RegisterPage, office_window: Driver, tmp_path: Path
) -> None:
    panel = page.enterprises
    choose(page, 2, 5)
    assert panel.count.text() == "4 of 21 selected"
    head = panel.table.horizontalHeader()
    keys = [one.key for one in panel.model.columns]
    head.moveSection(head.visualIndex(keys.index("parcels")), 0)
    file = tmp_path / "list.xlsx"
    panel.export_to(file, panel.selected_ids())
    office_window.settle()
    office_window.qtbot.waitUntil(lambda: file.exists() and panel.exporter._work is None)
    rows = CalamineWorkbook.from_path(str(file)).get_sheet_by_index(0).to_python()
    assert rows[0][:2] == ["Parcels", "Name"]
    assert [row[0] for row in rows[1:]] == [0.0] * 4
    assert [row[1] for row in rows[1:]] == [
        panel.model.index(number, 0).data() for number in range(2, 6)
    ]


def test_a_stopped_export_leaves_no_file(
    page: RegisterPage, office_window: Driver, tmp_path: Path
) -> None:
    panel = page.enterprises
    panel.export_to(tmp_path / "list.xlsx")
    panel.exporter.cancel()
    office_window.settle()
    assert list(tmp_path.glob("*.xlsx*")) == []
    assert not panel.exporter.isVisible()


def test_a_carrier_is_assigned_to_the_chosen_and_undone(
    page: RegisterPage, office_window: Driver
) -> None:
    choose(page, 0, 3)
    chosen = page.enterprises.selected_ids()
    before = carriers(office_window, chosen)
    button = next(
        one for one in page.enterprises.findChildren(QPushButton) if one.text() == "Assign carrier…"
    )
    office_window.click(button)
    office_window.settle()
    pick(office_window, "No carrier")
    assert carriers(office_window, chosen) == [None] * 4
    office_window.click(button)
    office_window.settle()
    pick(office_window, "示例园区管委会")
    assert page.line.isVisible()
    assert page.line.text.text() == "4 rows now belong to 示例园区管委会."
    assert None not in carriers(office_window, chosen)
    office_window.click(following(page, "Undo"))
    office_window.settle()
    assert carriers(office_window, chosen) == [None] * 4
    assert before != [None] * 4


def carriers(driver: Driver, ids: list[str]) -> list[str | None]:
    found: list[str | None] = []

    def ask(ctx: Context) -> list[str | None]:
        return [ctx.workspace.enterprises.get(one).carrier_id for one in ids]

    driver.window.operations.query(driver.window, ask, success=found.extend)
    driver.settle()
    return found


def test_cases_are_started_for_the_chosen_and_the_refused_are_told(
    page: RegisterPage, office_window: Driver
) -> None:
    choose(page, 1, 1)
    office_window.click(page.start)
    office_window.settle()
    office_window.go("register", step="enterprises")
    again = office_window.shell.page
    assert isinstance(again, RegisterPage)
    choose(again, 0, 3)
    assert again.start.text() == "Start 4 checkups…"
    office_window.click(again.start)
    ask = again.findChild(AskFirst)
    assert ask is not None
    office_window.click(ask.yes)
    office_window.settle()
    assert again.line.text.text() == "3 cases opened. 1 were refused."
    office_window.click(following(again, "Why"))
    told = again.findChild(NotOpenedDialog)
    assert told is not None
    assert told.table.rowCount() == 1
    reason = told.table.item(0, 1)
    assert reason is not None
    assert "open case already" in reason.text()
    office_window.click(told.close_button)
    office_window.click(following(again, "To the cases"))
    office_window.settle()
    there = office_window.shell.page
    assert there is not None
    assert there.place().page == "checkups"

"""Lists: facets chosen in the panel, chips that take them away, and views by name."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QPushButton

from landsteward.app.bulk_actions import open_cases
from landsteward.app.context import Context
from landsteward.app.register import add_enterprise, record_year
from landsteward.app.views import Facet, ListKind
from tests.helpers.windows import Driver
from ui.dialogs.ask import AskFirst, AskName
from ui.pages.register.lists import RegisterPage
from ui.widgets.table import ListPanel


@pytest.fixture
def panel(office_window: Driver) -> ListPanel:
    """Ten enterprises beside the office's own: graded A and D by turns, cases for the first two."""

    def fill(ctx: Context) -> None:
        with ctx.change():
            ids = [add_enterprise(ctx, name=f"样品{number:02}号厂").id for number in range(10)]
            for number, one in enumerate(ids):
                record_year(ctx, enterprise_id=one, year=2025, grade="AD"[number % 2])
            open_cases(ctx, kind=ListKind.ENTERPRISES, ids=ids[:2])

    office_window.window.operations.change(office_window.window, fill)
    office_window.settle()
    return shown(office_window)


def shown(driver: Driver) -> ListPanel:
    driver.go("register", step="enterprises")
    page = driver.shell.page
    assert isinstance(page, RegisterPage)
    return page.enterprises


def tick(panel: ListPanel, driver: Driver, *words: str) -> None:
    """Open the panel of facets and tick these boxes."""
    driver.click(panel.filters.opener)
    driver.settle()
    for word in words:
        box = next(one for one in panel.filters.boxes() if one.text() == word)
        QTest.mouseClick(box, Qt.MouseButton.LeftButton, pos=box.rect().center())
        if not box.isChecked():
            QTest.keyClick(box, Qt.Key.Key_Space)
        driver.settle()
    popup = QApplication.activePopupWidget()
    assert popup is not None
    QTest.keyClick(popup, Qt.Key.Key_Escape)
    driver.settle()


def pick(driver: Driver, text: str) -> None:
    """Click what says this in the menu that has popped up."""
    driver.qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    action = next(one for one in menu.actions() if one.text() == text)
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(action).center())
    driver.settle()


def test_facets_combine_with_each_other_and_the_text(
    panel: ListPanel, office_window: Driver
) -> None:
    tick(panel, office_window, "D")
    assert panel.model.rowCount() == 5
    tick(panel, office_window, "No case under way")
    assert panel.model.rowCount() == 4
    office_window.type(panel.filter, "样品03", enter=True)
    office_window.settle()
    assert panel.model.rowCount() == 1
    assert [one.text() for one in panel.filters.chips()] == [
        "Grade: D  ×",
        "Flags: No case under way  ×",
        "Take away all",
    ]


def test_a_chip_takes_its_filter_away(panel: ListPanel, office_window: Driver) -> None:
    tick(panel, office_window, "A", "D", "No case")
    assert panel.model.rowCount() == 8
    assert panel.filters.chosen[Facet.GRADE] == ("A", "D")
    office_window.click(panel.filters.chips()[1])
    office_window.settle()
    assert panel.model.rowCount() == 10
    office_window.click(panel.filters.chips()[0])
    office_window.settle()
    assert panel.model.rowCount() == 11
    assert not panel.filters.isVisible()


def test_where_nothing_fits_it_is_said_what_to_take_away(
    panel: ListPanel, office_window: Driver
) -> None:
    tick(panel, office_window, "Not graded", "Registered")
    assert panel.nothing.isVisible()
    ways = panel.nothing.findChildren(QPushButton)
    words = [one.text() for one in ways if one.text().startswith("Without")]
    assert words == [
        "Without “Grade: Not graded”: 2 rows",
        "Without “Stage of the case: Registered”: 1 rows",
    ]
    office_window.click(next(one for one in ways if one.text() == words[0]))
    office_window.settle()
    assert panel.model.rowCount() == 2
    assert [one.text() for one in panel.filters.chips()] == ["Stage of the case: Registered  ×"]


def test_a_view_is_saved_shown_renamed_and_deleted(panel: ListPanel, office_window: Driver) -> None:
    tick(panel, office_window, "D")
    panel.table.horizontalHeader().moveSection(1, 0)
    columns = [one.key for one in panel.table.shown_columns()]
    office_window.click(panel.views)
    office_window.settle()
    pick(office_window, "Save what is shown as a view…")
    ask = panel.views.findChild(AskName)
    assert ask is not None
    office_window.type(ask.name.line, "D类企业")
    office_window.click(ask.ok)
    office_window.settle()
    panel.table.arrange("")
    office_window.click(panel.filters.chips()[0])
    office_window.settle()

    office_window.click(panel.views)
    office_window.settle()
    pick(office_window, "D类企业")
    assert panel.model.rowCount() == 5
    assert [one.key for one in panel.table.shown_columns()] == columns
    office_window.click(panel.views)
    office_window.settle()
    pick(office_window, "Rename “D类企业”…")
    ask = next(one for one in panel.views.findChildren(AskName) if one.isVisible())
    office_window.type(ask.name.line, "D类", enter=True)
    office_window.settle()
    office_window.click(panel.views)
    office_window.settle()
    pick(office_window, "Delete “D类”…")
    sure = panel.views.findChild(AskFirst)
    assert sure is not None
    office_window.click(sure.yes)
    office_window.settle()
    office_window.click(panel.views)
    office_window.settle()
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert menu.actions()[0].text() == "No view is saved yet"
    menu.close()

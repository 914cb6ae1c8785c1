"""Lists: keys first, rows by page, filter, sort, columns, copy and export."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from python_calamine import CalamineWorkbook

from landsteward.app.context import Context
from landsteward.app.register import add_enterprise
from landsteward.app.views import ListKind, ListRow
from tests.helpers.windows import Driver
from ui.models.paged import _UNSEEN_MS, PAGE, PagedTableModel
from ui.pages.register.lists import RegisterPage
from ui.widgets.table import ListPanel

COUNT = 350


@pytest.fixture
def panel(office_window: Driver) -> ListPanel:
    """The list of 351 enterprises, shown."""

    def fill(ctx: Context) -> None:
        with ctx.change():
            for number in range(COUNT):
                add_enterprise(
                    ctx, name=f"样品{number:03}号厂", district="东区" if number % 2 else "西区"
                )

    office_window.window.operations.change(office_window.window, fill)
    office_window.settle()
    office_window.go("register", step="enterprises")
    page = office_window.shell.page
    assert isinstance(page, RegisterPage)
    office_window.qtbot.waitUntil(lambda: page.enterprises.model.rowCount() == COUNT + 1)
    return page.enterprises


def names(panel: ListPanel, rows: Sequence[int]) -> list[str]:
    model = panel.model
    return [str(model.index(row, 0).data()) for row in rows]


def test_all_keys_are_there_but_only_the_first_page_of_rows(
    panel: ListPanel, office_window: Driver
) -> None:
    model = panel.model
    assert model.rowCount() == COUNT + 1
    assert len(model._rows) <= 2 * PAGE
    assert panel.count.text() == f"{COUNT + 1} rows"


def test_rows_further_down_come_when_they_are_looked_at(
    panel: ListPanel, office_window: Driver
) -> None:
    model = panel.model
    last = model.rowCount() - 1
    before = model.index(last, 0).data()
    office_window.settle()
    assert before is None
    assert model.index(last, 0).data() == "样品349号厂"


def test_a_list_is_filtered_while_one_types(panel: ListPanel, office_window: Driver) -> None:
    office_window.type(panel.filter, "样品12")
    office_window.qtbot.waitUntil(lambda: panel.model.rowCount() == 10)
    office_window.settle()
    assert names(panel, range(10)) == [f"样品{number}号厂" for number in range(120, 130)]
    office_window.type(panel.filter, "nowhere", enter=True)
    office_window.settle()
    assert panel.nothing.isVisible()
    office_window.click(panel.nothing.action)
    office_window.settle()
    assert panel.model.rowCount() == COUNT + 1
    assert panel.filter.text() == ""


def test_of_several_filters_in_a_row_the_latest_wins(
    panel: ListPanel, office_window: Driver
) -> None:
    for text in ("样品1", "样品2", "样品30"):
        panel.model.show_filter(text)
    office_window.settle()
    assert names(panel, range(panel.model.rowCount())) == [
        f"样品{number}号厂" for number in range(300, 310)
    ]


def test_a_click_on_a_header_sorts_and_another_turns_it_round(
    panel: ListPanel, office_window: Driver
) -> None:
    head = panel.table.horizontalHeader()
    keys = [column.key for column in panel.model.columns]
    column = keys.index("district")
    at = head.sectionViewportPosition(column) + 20

    def click() -> list[str]:
        QTest.mouseClick(
            head.viewport(),
            Qt.MouseButton.LeftButton,
            pos=QPoint(at, 10),
        )
        office_window.settle()
        return [str(panel.model.index(row, column).data()) for row in range(3)]

    first, second = click(), click()
    assert first != second
    assert {"东区", "西区"} <= {*first, *second}


def test_a_refresh_keeps_the_selection_where_nothing_moved(
    panel: ListPanel, office_window: Driver
) -> None:
    panel.table.selectRow(3)
    chosen = panel.selected_ids()
    panel.refresh()
    office_window.settle()
    assert panel.selected_ids() == chosen


def test_rows_are_copied_with_their_headers(panel: ListPanel, office_window: Driver) -> None:
    panel.table.setFocus()
    panel.table.selectRow(0)
    QTest.keyClick(
        panel.table,
        Qt.Key.Key_Down,
        Qt.KeyboardModifier.ShiftModifier,
    )
    QTest.keyClick(panel.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    office_window.qtbot.waitUntil(
        lambda: QGuiApplication.clipboard().text().startswith("Name\t"), timeout=5000
    )
    lines = QGuiApplication.clipboard().text().split("\n")
    assert len(lines) == 3
    assert lines[0].split("\t")[:2] == ["Name", "Credit code"]
    assert all(len(line.split("\t")) == len(lines[0].split("\t")) for line in lines)


def test_what_is_shown_is_exported(panel: ListPanel, office_window: Driver, tmp_path: Path) -> None:
    panel.model.show_filter("样品00")
    office_window.settle()
    file = tmp_path / "list.xlsx"
    panel.export_to(file)
    office_window.settle()
    office_window.qtbot.waitUntil(file.exists)
    office_window.settle()
    rows = CalamineWorkbook.from_path(str(file)).get_sheet_by_index(0).to_python()
    shown = [column.header for column in panel.table.shown_columns()]
    assert rows[0] == shown
    assert [row[0] for row in rows[1:]] == [f"样品{number:03}号厂" for number in range(10)]


def test_chosen_columns_are_kept(panel: ListPanel, office_window: Driver) -> None:
    keys = [column.key for column in panel.model.columns]
    district, industry = keys.index("district"), keys.index("industry")
    panel._show_column(district, shown=False)
    panel._show_column(industry, shown=True)
    office_window.window.rebuild()
    office_window.settle()
    page = office_window.shell.page
    assert isinstance(page, RegisterPage)
    assert page.enterprises.table.isColumnHidden(district)
    assert not page.enterprises.table.isColumnHidden(industry)


def test_enter_opens_the_row(panel: ListPanel, office_window: Driver) -> None:
    panel.table.setFocus()
    panel.table.selectRow(1)
    QTest.keyClick(panel.table, Qt.Key.Key_Return)
    office_window.settle()
    page = office_window.shell.page
    assert page is not None
    assert page.place().page == "enterprise"
    assert page.place().record_id == panel.model.ids[1]


def test_rows_have_one_height_and_figures_stand_at_the_right(panel: ListPanel) -> None:
    side = panel.table.verticalHeader()
    assert side.sectionResizeMode(0) is side.ResizeMode.Fixed
    keys = [column.key for column in panel.model.columns]
    index = panel.model.index(0, keys.index("area_m2"))
    alignment = index.data(Qt.ItemDataRole.TextAlignmentRole)
    assert alignment & int(Qt.AlignmentFlag.AlignRight)
    assert panel.model.rowCount(index) == 0
    assert panel.model.columnCount(QModelIndex()) == len(keys)


def test_only_a_few_pages_stay_in_memory(panel: ListPanel) -> None:
    model: PagedTableModel = panel.model
    model._keep([ListRow(id=f"row-{number}", cells={}) for number in range(PAGE * 120)])
    assert len(model._rows) == PAGE * 100
    assert model.kind is ListKind.ENTERPRISES


def test_the_first_rows_are_there_before_the_keys_of_all(
    panel: ListPanel, office_window: Driver
) -> None:
    model = PagedTableModel(panel.model.kind, panel.model.columns, panel.model._operations, panel)
    seen: list[object] = []
    model.modelReset.connect(lambda: seen.append(model.rowCount()))
    model.rowsInserted.connect(lambda _top, first, last: seen.append((first, last)))
    model.loaded.connect(lambda: seen.append("all"))
    model.reload()
    office_window.settle()
    assert seen == [PAGE]
    # Asked for again before that is over, as when something was saved meanwhile: nothing changes.
    model.reload()
    office_window.qtbot.waitUntil(lambda: "all" in seen)
    assert seen == [PAGE, (PAGE, COUNT), "all"]
    assert model.ids == panel.model.ids


def test_what_was_painted_asks_for_the_rest_soon(panel: ListPanel, office_window: Driver) -> None:
    model = PagedTableModel(panel.model.kind, panel.model.columns, panel.model._operations, panel)
    model.reload()
    office_window.settle()
    model.painted()
    assert model._rest.interval() < _UNSEEN_MS
    office_window.qtbot.waitUntil(lambda: model.rowCount() == COUNT + 1)


def test_the_parcels_are_listed_once_their_tab_is_in_front(
    panel: ListPanel, office_window: Driver
) -> None:
    page = office_window.shell.page
    assert isinstance(page, RegisterPage)
    assert len(page.findChildren(ListPanel)) == 1
    office_window.click(page.tabs.buttons["parcels"])
    office_window.settle()
    assert page.parcels.isVisible()
    assert page.parcels.model.rowCount() == 1
    assert page.tabs.current == "parcels"

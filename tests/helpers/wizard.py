"""Hands on the import wizard: clicks on heads, rows and pills, and what stands there."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu

from landsteward.app.context import Context
from landsteward.app.rosters_plan import Decision
from tests.helpers.windows import Driver
from ui.pages.imports.preview_model import At
from ui.pages.imports.preview_rows import Line
from ui.pages.imports.preview_table import _decisions, _small, pill_places
from ui.pages.imports.record import RecordPage
from ui.pages.imports.wizard import ImportPage
from ui.widgets.outcome import OutcomeLine

T = TypeVar("T")


def asked(driver: Driver, fn: Callable[[Context], T]) -> T:
    """What the workspace says, behind the window's back."""
    answers: list[T] = []
    driver.window.operations.query(driver.window, fn, success=answers.append)
    driver.settle()
    return answers[0]


def press_link(line: OutcomeLine, words: str) -> None:
    """Click one of the offers at the end of a line."""
    items = (line.next.itemAt(at) for at in range(line.next.count()))
    widgets = [item.widget() for item in items if item is not None]
    (one,) = [widget for widget in widgets if widget is not None and words in _text(widget)]
    QTest.mouseClick(one, Qt.MouseButton.LeftButton)


def _text(widget: object) -> str:
    return str(getattr(widget, "text", str)())


class Wizard:
    """One file on its way through the window."""

    def __init__(self, driver: Driver, file: Path) -> None:
        self.driver = driver
        driver.shell.traffic.import_file(file)
        driver.settle()

    @property
    def page(self) -> ImportPage:
        """The page in front."""
        page = self.driver.shell.page
        assert isinstance(page, ImportPage)
        return page

    def rest(self) -> None:
        """Until nothing is asked for any more."""
        flow = self.page.flow
        self.driver.qtbot.waitUntil(lambda: not flow.busy, timeout=10_000)
        self.driver.settle()

    def go_on(self) -> None:
        """Click the one filled button."""
        assert self.page.next.isEnabled(), self.page.next.text()
        self.driver.click(self.page.next)
        self.rest()

    # Columns

    def taken(self) -> list[str]:
        """What the columns are taken for, as their heads say; letter, unit and year behind."""
        heads = self.page.columns.grid.heads
        return [" | ".join(heads.lines_of(at)) for at in range(heads.count())]

    def click_head(self, column: int, *, lower: bool = False) -> None:
        """Click a column's head, its upper or its lower line."""
        heads = self.page.columns.grid.heads
        place = heads.figures_place(column) if lower else heads.field_place(column)
        QTest.mouseClick(heads.viewport(), Qt.MouseButton.LeftButton, pos=place)
        QApplication.processEvents()

    def choose_field(self, column: int, search: str) -> None:
        """Click a head, type a scrap of the field, and take it by Enter."""
        self.click_head(column)
        choice = self.page.columns.choice
        assert choice is not None
        self.driver.type(choice.search, search, enter=True)
        self.rest()

    def choose_figures(self, column: int, word: str) -> None:
        """Click the lower line of a head, and what the menu offers."""
        self.click_head(column, lower=True)
        (menu,) = self.page.columns.findChildren(QMenu)
        (action,) = [one for one in menu.actions() if one.text() == word]
        action.trigger()
        menu.close()
        self.rest()

    def click_row_number(self, row: int) -> None:
        """Click the number of a row of the sheet (from 0)."""
        numbers = self.page.columns.grid.numbers
        place = QPoint(40, numbers.sectionViewportPosition(row) + 10)
        QTest.mouseClick(numbers.viewport(), Qt.MouseButton.LeftButton, pos=place)
        self.rest()

    # Preview

    def lines(self) -> list[Line]:
        """All lines of the preview that are shown now."""
        rows = self.page.preview.table.rows
        return [rows.line(at) for at in range(rows.rowCount())]

    def fates(self) -> list[tuple[int, str]]:
        """The rows that are shown, and what becomes of them in words."""
        rows = self.page.preview.table.rows
        return [
            (line.item.row, str(rows.index(at, At.FATE).data()))
            for at, line in enumerate(self.lines())
            if line.remark is None
        ]

    def said(self, row: int) -> str:
        """What stands under a row of the file."""
        return " / ".join(one.text for one in self.lines() if one.remark and one.item.row == row)

    def toned(self, row: int) -> dict[str, str]:
        """The cells of a row that stand out, by their headers, each with its tone."""
        rows = self.page.preview.table.rows
        assert rows.arranged is not None
        item = next(one.item for one in self.lines() if one.item.row == row)
        columns = rows.arranged.columns
        tones = {one.label: rows.tone_of_cell(item, at) for at, one in enumerate(columns)}
        return {label: tone for label, tone in tones.items() if tone}

    def filter(self, key: str) -> None:
        """Click one of the filters."""
        self.driver.click(self.page.preview.filters[key])

    def counts(self) -> str:
        """What the filters that are shown say."""
        shown = self.page.preview.filters.values()
        return " · ".join(one.text() for one in shown if not one.isHidden())

    def click_pill(self, row: int, decision: Decision) -> None:
        """Click a pill of a row of the file."""
        table = self.page.preview.table
        at = next(at for at, line in enumerate(self.lines()) if line.item.row == row)
        cell = table.visualRect(table.rows.index(at, At.DECISION))
        places = pill_places(cell, _small(table.font()))
        which = [one for one, _word in _decisions()].index(decision)
        QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=places[which].center())

    def click_offer(self, row: int) -> QLineEdit:
        """Click the offer to keep a code under a row of the file; gives the line that opens."""
        table = self.page.preview.table
        at = next(
            at
            for at, line in enumerate(self.lines())
            if line.item.row == row and line.remark is not None and line.remark.code
        )
        offer = table.remark_places(at)[1]
        QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=offer.center())
        editor = QApplication.focusWidget()
        assert isinstance(editor, QLineEdit)
        return editor


def imported(driver: Driver, file: Path) -> str:
    """Import a file as it is found; gives the import's key."""
    wizard = Wizard(driver, file)
    wizard.go_on()
    wizard.go_on()
    result = wizard.page.flow.result
    assert result is not None
    assert result.batch is not None
    return result.batch.id


def record_page(driver: Driver, batch_id: str) -> RecordPage:
    """The page of an import."""
    driver.go("imports", batch_id)
    page = driver.shell.page
    assert isinstance(page, RecordPage)
    return page


Rows = Sequence[Sequence[object]]

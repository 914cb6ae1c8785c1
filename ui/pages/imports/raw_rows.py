"""The first rows of a sheet as they stand in the file, as a Qt model."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QWidget

from landsteward.app.rosters_table import ColumnSeen, SheetSeen
from ui.pages.imports import words

AnyIndex = QModelIndex | QPersistentModelIndex
_TOP = QModelIndex()


class RawRows(QAbstractTableModel):
    """Cells as text. `seen` None: nothing is looked at yet."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.seen: SheetSeen | None = None
        self.names: dict[str, str] = {}

    def show_sheet(self, seen: SheetSeen) -> None:
        """Show another sheet, or the same one as it is understood now."""
        same = self.seen is not None and self.seen.preview == seen.preview
        if not same:
            self.beginResetModel()
        self.seen = seen
        self.names = {one.field: one.name for one in seen.offers}
        if not same:
            self.endResetModel()
            return
        last = self.index(self.rowCount() - 1, self.columnCount() - 1)
        self.dataChanged.emit(self.index(0, 0), last)
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self.columnCount() - 1)
        self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, self.rowCount() - 1)

    def column(self, index: int) -> ColumnSeen | None:
        """How a column is understood."""
        if self.seen is None or not 0 <= index < len(self.seen.columns):
            return None
        return self.seen.columns[index]

    def number(self, row: int) -> int:
        """The number of a row in the file."""
        return self.seen.preview[row].row if self.seen is not None else 0

    def part(self, row: int) -> str:
        """What a row is: above the header, header, or below it."""
        seen = self.seen
        if seen is None or seen.header_row is None:
            return "below"
        number = self.number(row)
        if number < seen.header_row:
            return "above"
        # A name in two lines: the second is the next row that is shown.
        first = next(at for at, one in enumerate(seen.preview) if one.row == seen.header_row)
        return "header" if first <= row < first + seen.header_lines else "below"

    def rowCount(self, parent: AnyIndex = _TOP) -> int:
        """The first rows of the sheet."""
        return 0 if parent.isValid() or self.seen is None else len(self.seen.preview)

    def columnCount(self, parent: AnyIndex = _TOP) -> int:
        """All columns, taken over or not."""
        return 0 if parent.isValid() or self.seen is None else len(self.seen.columns)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A cell's text; the whole of it as tooltip."""
        if self.seen is None or role not in (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.ToolTipRole,
        ):
            return None
        cells = self.seen.preview[index.row()].cells
        text = cells[index.column()] if index.column() < len(cells) else ""
        return text.replace("\n", " ") if role == Qt.ItemDataRole.DisplayRole else text

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """What a column is taken for; a row's number in the file."""
        if role != Qt.ItemDataRole.DisplayRole or self.seen is None:
            return None
        if orientation is Qt.Orientation.Vertical:
            return str(self.number(section))
        column = self.column(section)
        return words.taken_for(column, self.names) if column is not None else ""

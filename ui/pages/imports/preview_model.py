"""The lines of a preview as a Qt model: a row of the file, and below it what is said of it."""

from enum import IntEnum
from functools import lru_cache
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QWidget

from landsteward.app.language import tr
from landsteward.app.rosters_plan import Decision, Mode
from ui.models.paged import Ask
from ui.pages.imports import words
from ui.pages.imports.preview_rows import Arranged, Fate, Item, Line, Lines, Remark

AnyIndex = QModelIndex | QPersistentModelIndex
_TOP = QModelIndex()
_ROWS_KEPT = 512


class At(IntEnum):
    """The columns before those of the file."""

    ROW = 0
    FATE = 1
    DECISION = 2
    CELLS = 3


class PreviewModel(QAbstractTableModel):
    """`reason_given` carries a credit code and why it is to be kept."""

    reason_given = Signal(str, str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.arranged: Arranged | None = None
        self.lines = Lines(())
        self.only = ""
        self._cells = lru_cache(maxsize=_ROWS_KEPT)(self._cells_of)

    def show(self, arranged: Arranged, only: str) -> None:
        """Show the rows of one fate, of those remarked, or ("") of all."""
        self.beginResetModel()
        self._take(arranged)
        self.only = only
        self.lines = arranged.lines(only)
        self.endResetModel()

    def update(self, arranged: Arranged) -> None:
        """The same rows as before, whatever becomes of them now: nothing jumps."""
        before = self.lines
        self._take(arranged)
        lines = before.of(arranged.items) if self.only else arranged.lines("")
        if len(lines) == len(before):
            self.lines = lines
            last = self.index(len(lines) - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), last)
            return
        self.layoutAboutToBeChanged.emit()
        self.lines = lines
        self.layoutChanged.emit()

    def _take(self, arranged: Arranged) -> None:
        self._cells.cache_clear()
        self.arranged = arranged

    def line(self, row: int) -> Line:
        """The line of a row of the model."""
        return self.lines.line(row)

    def decision(self, item: Item) -> Decision | None:
        """What was decided of a row."""
        return self.arranged.options.decisions.get(item.row) if self.arranged is not None else None

    @property
    def asking(self) -> bool:
        """Whether known records are decided one by one."""
        return self.arranged is not None and self.arranged.options.mode is Mode.ASK

    def kept_for(self, code: str) -> str:
        """Why a credit code is kept; "" where it is not."""
        return self.arranged.options.keep_codes.get(code, "") if self.arranged is not None else ""

    def tone_of_cell(self, item: Item, place: int) -> str:
        """The tone of a cell: what is said of it."""
        tones = {one.tone for one in item.remarks if one.column == place}
        stays = item.fate is Fate.UNCHANGED
        if item.known is not None and not stays and self._differs(item, place):
            tones.add("accent")
        return next((tone for tone in ("bad", "caution", "accent") if tone in tones), "")

    def _differs(self, item: Item, place: int) -> bool:
        assert self.arranged is not None
        assert item.known is not None
        label = self.arranged.columns[place].label
        return any(one.column == label for one in item.known.differences)

    def _cells_of(self, at: int) -> tuple[str, ...]:
        """The cells of a row of the table, as they stand in the columns that are shown."""
        assert self.arranged is not None
        cells = self.arranged.table.cells(at)
        indexes = (one.index for one in self.arranged.columns)
        return tuple(cells[at][1] if at < len(cells) else "" for at in indexes)

    def rowCount(self, parent: AnyIndex = _TOP) -> int:
        """One for each line."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: AnyIndex = _TOP) -> int:
        """Row, what becomes of it, what is decided, and the columns of the file."""
        if parent.isValid() or self.arranged is None:
            return 0
        return At.CELLS + len(self.arranged.columns)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Words and tones; a line under a row is painted by the table."""
        line = self.line(index.row())
        item = line.item
        if line.remark is not None:
            return self._of_remark(line, line.remark, index.column(), role)
        column = index.column()
        if role == Ask.TONE:
            if column == At.FATE:
                return words.fate_tone(item.fate)
            return self.tone_of_cell(item, column - At.CELLS) if column >= At.CELLS else ""
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._text(item, column)
        if role == Qt.ItemDataRole.TextAlignmentRole and column == At.ROW:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None

    def _text(self, item: Item, column: int) -> str:
        if column == At.ROW:
            return str(item.row)
        if column == At.FATE:
            return words.fate_word(item.fate)
        if column == At.DECISION:
            return ""
        place = column - At.CELLS
        if item.at < 0:
            return item.value if place == 0 else ""
        return self._cells(item.at)[place].replace("\n", " ")

    def _of_remark(self, line: Line, remark: Remark, column: int, role: int) -> Any:
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return line.text
        if role == Qt.ItemDataRole.EditRole and column == At.ROW and remark.code:
            return self.kept_for(remark.code)
        return None

    def setData(self, index: AnyIndex, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Hand on why a code is kept; an empty reason takes it back."""
        remark = self.line(index.row()).remark
        reason = str(value).strip()
        if remark is None or not remark.code or reason == self.kept_for(remark.code):
            return False
        self.reason_given.emit(remark.code, reason)
        return True

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """The reason for a code is edited in its line."""
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        line = self.line(index.row())
        code = line.remark.code if line.remark is not None and line.end else ""
        if code and index.column() == At.ROW:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """The columns' names as they stand in the file."""
        if orientation is not Qt.Orientation.Horizontal or self.arranged is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            if section >= At.CELLS:
                return self.arranged.columns[section - At.CELLS].label
            return {At.ROW: tr("Row"), At.FATE: tr("Becomes"), At.DECISION: tr("Decide")}[
                At(section)
            ]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if section == At.ROW else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        return None

"""The rows of a sheet that is imported, and what is said of them, as tables."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QHeaderView, QTableView, QWidget

from landsteward.app.importing import Outcome, RowNote
from landsteward.app.language import render, tr
from landsteward.app.rosters import RosterResult
from landsteward.app.rosters_plan import RosterOutcome
from ui import theme

AnyIndex = QModelIndex | QPersistentModelIndex
_TOP = QModelIndex()
_SHOWN = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole)


def outcome_word(outcome: Outcome) -> str:
    """What became, or would become, of a row."""
    return {
        Outcome.CREATED: tr("New"),
        Outcome.UPDATED: tr("Updated"),
        Outcome.UNCHANGED: tr("Unchanged"),
        Outcome.REJECTED: tr("Refused"),
    }[outcome]


class _RowsModel(QAbstractTableModel):
    headers: tuple[str, ...] = ()

    def columnCount(self, parent: AnyIndex = _TOP) -> int:
        """One for each header."""
        return 0 if parent.isValid() else len(self.headers)

    def words(self, row: int) -> tuple[str, ...]:
        """What stands in a row."""
        raise NotImplementedError

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What stands in a cell."""
        if role in _SHOWN:
            return self.words(index.row())[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() == 0:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """What the columns are."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.headers[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None


class NotesModel(_RowsModel):
    """Remarks on rows of a sheet: row, column, value, reason."""

    def __init__(self, notes: Sequence[RowNote], parent: QWidget) -> None:
        super().__init__(parent)
        self.headers = (tr("Row"), tr("Column"), tr("Value"), tr("Reason"))
        self.notes = notes

    def rowCount(self, parent: AnyIndex = _TOP) -> int:
        """One row a remark."""
        return 0 if parent.isValid() else len(self.notes)

    def words(self, row: int) -> tuple[str, ...]:
        """The remark in words."""
        note = self.notes[row]
        return str(note.row), note.column, note.value, render(note.reason)


class OutcomesModel(_RowsModel):
    """Rows of a sheet: which supply it is, what becomes of it, and what is said of it."""

    def __init__(self, result: RosterResult, only: Outcome | None, parent: QWidget) -> None:
        super().__init__(parent)
        self.headers = (tr("Row"), tr("Becomes"), tr("Supply"), tr("What is said of it"))
        self.outcomes: Sequence[RosterOutcome] = [
            one for one in result.outcomes if only is None or one.outcome is only
        ]
        self._notes: dict[int, list[RowNote]] = defaultdict(list)
        for note in (*result.refused, *result.warnings):
            self._notes[note.row].append(note)

    def rowCount(self, parent: AnyIndex = _TOP) -> int:
        """One for each row of the sheet."""
        return 0 if parent.isValid() else len(self.outcomes)

    def words(self, row: int) -> tuple[str, ...]:
        """The row in words."""
        one = self.outcomes[row]
        said = [_said(note) for note in self._notes.get(one.row, ())]
        if one.outcome is Outcome.UPDATED and not said:
            said = [tr("Fills in what was blank.")]
        return str(one.row), outcome_word(one.outcome), one.name, " ".join(said)


def _said(note: RowNote) -> str:
    reason = render(note.reason)
    return tr("{column}: {reason}", column=note.column, reason=reason) if note.column else reason


def rows_table(parent: QWidget, widths: tuple[int, ...]) -> QTableView:
    """An empty table for one of the models; the last column takes what is left."""
    look = theme.current()
    table = QTableView(parent)
    table.setModel(NotesModel((), table))
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
    table.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
    side = table.verticalHeader()
    side.hide()
    side.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    side.setDefaultSectionSize(look.px(36))
    for number, width in enumerate(widths):
        table.setColumnWidth(number, look.px(width))
    table.horizontalHeader().setStretchLastSection(True)
    table.horizontalHeader().setHighlightSections(False)
    return table

"""The table of firms: each one's record beside the others', sorted by any column."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QWidget

from landsteward.app.firms import FirmRow
from landsteward.app.language import tr
from landsteward.domain.firm_records import FirmRecord, Measure
from ui import formats
from ui import words as shared

AnyIndex = QModelIndex | QPersistentModelIndex
_TOP = QModelIndex()
Value = str | int | Decimal | None


@dataclass(frozen=True, slots=True)
class Figure:
    """A column: its word, what it says of a firm, how that is worded, how wide it is."""

    word: str
    of: Callable[[FirmRow], Value]
    worded: Callable[[Value], str]
    width: int
    number: bool = True


def figures() -> tuple[Figure, ...]:
    """The columns from left to right."""

    def count(measure: Measure) -> Callable[[FirmRow], Value]:
        return lambda row: row.record.count(measure)

    return (
        Figure(tr("Firm"), lambda row: row.firm.name, _text, 200, number=False),
        Figure(
            tr("Kind"),
            lambda row: shared.firm_kind(row.firm.firm_kind) if row.firm.firm_kind else "",
            _text,
            112,
            number=False,
        ),
        Figure(tr("Enterprises"), lambda row: row.enterprises, _text, 60),
        Figure(tr("Plans submitted"), count(Measure.SUBMITTED), _text, 80),
        Figure(tr("Returned"), count(Measure.RETURNED), _text, 64),
        Figure(tr("Accepted"), count(Measure.ACCEPTED), _text, 64),
        Figure(tr("Days to plan"), lambda row: row.record.mean(Measure.DAYS), _one_place, 80),
        Figure(tr("Dates kept"), lambda row: row.record.kept_share, _share, 80),
        Figure(tr("Closed"), count(Measure.CLOSED), _text, 64),
        Figure(tr("Rebounds"), count(Measure.REBOUND), _text, 64),
        Figure(
            tr("Tax gained per mu"),
            lambda row: row.record.mean(Measure.TAX_GAIN),
            _two_places,
            104,
        ),
        Figure(
            tr("Revenue gained per mu"),
            lambda row: row.record.mean(Measure.REVENUE_GAIN),
            _two_places,
            104,
        ),
        Figure(tr("Fee, 万元"), lambda row: row.record.fee_wan, _two_places, 110),
        Figure(
            tr("Fee per closed finding, 万元"),
            lambda row: row.record.fee_per_closed_wan,
            _two_places,
            190,
        ),
    )


def share_words(record: FirmRecord) -> str:
    """Dates kept as a share, with the counts it is of."""
    kept = record.count(Measure.KEPT)
    total = kept + record.count(Measure.MISSED)
    return f"{_share(record.kept_share)} ({kept}/{total})" if total else formats.NONE


def _text(value: Value) -> str:
    return formats.NONE if value is None else str(value)


def _one_place(value: Value) -> str:
    return formats.figure(value, 1) if isinstance(value, Decimal) else formats.NONE


def _two_places(value: Value) -> str:
    return formats.figure(value, 2) if isinstance(value, Decimal) else formats.NONE


def _share(value: Value) -> str:
    return f"{formats.figure(value * 100, 0)}%" if isinstance(value, Decimal) else formats.NONE


class FirmsModel(QAbstractTableModel):
    """One row a firm."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: list[FirmRow] = []
        self.columns = figures()
        self._by = (0, False)

    def show(self, rows: Sequence[FirmRow]) -> None:
        """Show these, in the order that was chosen."""
        self.beginResetModel()
        self.rows = list(rows)
        self._order()
        self.endResetModel()

    def rowCount(self, parent: AnyIndex = _TOP) -> int:
        """As many as there are firms."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: AnyIndex = _TOP) -> int:
        """The figures of a firm."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What stands in a cell."""
        column = self.columns[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(column)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return column.worded(column.of(self.rows[index.row()]))
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """What the columns are."""
        column = self.columns[section] if orientation is Qt.Orientation.Horizontal else None
        if column is None:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return column.word
        return _side(column) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Order by a column; firms without a figure come last."""
        self.layoutAboutToBeChanged.emit()
        self._by = column, order is Qt.SortOrder.DescendingOrder
        self._order()
        self.layoutChanged.emit()

    def _order(self) -> None:
        column, descending = self._by
        of = self.columns[max(column, 0)].of
        known = [row for row in self.rows if of(row) is not None]
        unknown = [row for row in self.rows if of(row) is None]
        known.sort(key=lambda row: _key(of(row)), reverse=descending)
        self.rows = [*known, *unknown]


def _key(value: Value) -> tuple[Decimal, str]:
    return (Decimal(0), value) if isinstance(value, str) else (Decimal(value or 0), "")


def _side(column: Figure) -> int:
    side = Qt.AlignmentFlag.AlignRight if column.number else Qt.AlignmentFlag.AlignLeft
    return int(side | Qt.AlignmentFlag.AlignVCenter)

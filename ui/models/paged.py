"""A table over a list of the workspace that is as fast with 200 000 rows as with ten.

All keys that fit are fetched at once (SQL filters and sorts), rows only for what is looked at,
a page at a time, in the background. A row that is not here yet shows empty cells for a moment.
The first time, the rows at the top are shown before the keys of all the others are here.
Not for tables of a handful of rows a person edits: those are plain forms.
"""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import replace
from enum import IntEnum
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QFont

from landsteward.app.context import Context
from landsteward.app.listed import listed_ids, listed_rows
from landsteward.app.views import Cell, ListFilter, ListKind, ListRow, Sort
from ui import theme
from ui.models.columns import Column
from ui.operations import Operations, Work

PAGE = 100
_PAGES_KEPT = 100
_SEEN_MS, _UNSEEN_MS = 50, 250
"""So long after its first rows were painted, or while nobody sees it, a list asks for all keys."""
AnyIndex = QModelIndex | QPersistentModelIndex
_TOP = QModelIndex()


class Ask(IntEnum):
    """Roles of this model beside Qt's own."""

    CELL = Qt.ItemDataRole.UserRole + 1
    TONE = Qt.ItemDataRole.UserRole + 2


_ALIGNMENT = int(Qt.ItemDataRole.TextAlignmentRole)
_FONT = int(Qt.ItemDataRole.FontRole)
_KNOWN = frozenset(
    map(int, (_ALIGNMENT, _FONT, Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, *Ask))
)


class PagedTableModel(QAbstractTableModel):
    """Rows of one `ListKind`; `loaded` tells that keys and first page are there."""

    loaded = Signal()

    def __init__(
        self,
        kind: ListKind,
        columns: Sequence[Column],
        operations: Operations,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.kind = kind
        self.columns = tuple(columns)
        self.ids: list[str] = []
        self.filter = ListFilter()
        self.order = Sort(column=self.columns[0].key)
        self._operations = operations
        self._rows: OrderedDict[str, ListRow] = OrderedDict()
        self._stale: set[str] = set()
        self._asked: set[int] = set()
        self._wanted: set[int] = set()
        self._keys_work: Work | None = None
        self._round = 0
        right, left = Qt.AlignmentFlag.AlignRight, Qt.AlignmentFlag.AlignLeft
        self._alignments = [
            int((right if one.right else left) | Qt.AlignmentFlag.AlignVCenter)
            for one in self.columns
        ]
        self._figures = theme.tabular(QFont(theme.FAMILY))
        self._figures.setPixelSize(theme.current().px(14))
        self._first: tuple[ListFilter, Sort] | None = None
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.timeout.connect(self._ask_all)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._fetch_wanted)

    def show_filter(self, text: str = "", equal: dict[str, str] | None = None) -> None:
        """Show only what fits; of several filters in a row the latest wins."""
        kept = self.filter.equal if equal is None else equal
        self.show_only(replace(self.filter, text=text, equal=kept))

    def show_only(self, wanted: ListFilter) -> None:
        """Show only what fits all of this."""
        if wanted != self.filter:
            self.filter = wanted
            self.reload()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column, in SQL."""
        chosen = self.columns[column]
        if chosen.sorts:
            self.order = Sort(column=chosen.key, descending=order is Qt.SortOrder.DescendingOrder)
            self.reload()

    def reload(self) -> None:
        """Ask again; what is shown stays until the answer is there."""
        if self._first == (self.filter, self.order):
            # They are on their way, and after them all keys are asked for in any case.
            return
        if self._keys_work is not None:
            self._keys_work.cancel()
        self._round += 1
        if self._round == 1:
            self._ask_top()
        else:
            self._ask_all()

    def _ask_all(self) -> None:
        self._rest.stop()
        self._first = None
        kind, wanted, order = self.kind, self.filter, self.order

        def ask(ctx: Context) -> tuple[list[str], list[ListRow]]:
            ids = listed_ids(ctx, kind=kind, wanted=wanted, sort=order)
            return ids, listed_rows(ctx, kind=kind, ids=ids[:PAGE])

        self._keys_work = self._operations.query(self, ask, success=self._take_keys)

    def _ask_top(self) -> None:
        """The first rows alone; all keys once these are painted."""
        kind, wanted, order = self.kind, self.filter, self.order

        def ask(ctx: Context) -> list[ListRow]:
            ids = listed_ids(ctx, kind=kind, wanted=wanted, sort=order, most=PAGE)
            return listed_rows(ctx, kind=kind, ids=ids)

        def take(rows: list[ListRow]) -> None:
            if rows:
                self.beginResetModel()
                self.ids = [row.id for row in rows]
                self._keep(rows)
                self.endResetModel()
            self._rest.start(_UNSEEN_MS if rows else 0)

        self._first = wanted, order
        self._keys_work = self._operations.query(self, ask, success=take)

    def painted(self) -> None:
        """The first rows have been painted: what would hold that up may follow. Another thread at
        work holds Python up.
        """
        if self._first is not None and self.ids:
            self._rest.start(_SEEN_MS)

    def _take_keys(self, answer: tuple[list[str], list[ListRow]]) -> None:
        ids, rows = answer
        before = len(self.ids)
        self._stale = set(self._rows)
        self._asked.clear()
        if ids[:before] != self.ids:
            self.beginResetModel()
            self.ids = ids
            self._keep(rows)
            self.endResetModel()
        else:
            self._keep(rows)
            if before:
                self.dataChanged.emit(
                    self.index(0, 0), self.index(before - 1, len(self.columns) - 1)
                )
            if len(ids) > before:
                # What is selected and looked at stays.
                self.beginInsertRows(_TOP, before, len(ids) - 1)
                self.ids = ids
                self.endInsertRows()
        self.loaded.emit()

    def _keep(self, rows: Sequence[ListRow]) -> None:
        for row in rows:
            self._rows[row.id] = row
            self._rows.move_to_end(row.id)
            self._stale.discard(row.id)
        while len(self._rows) > PAGE * _PAGES_KEPT:
            gone, _row = self._rows.popitem(last=False)
            self._stale.discard(gone)
            self._asked.clear()

    def _fetch_wanted(self) -> None:
        pages, self._wanted = sorted(self._wanted), set()
        for page in pages[-4:]:
            self._asked.add(page)
            wanted = self.ids[page * PAGE : (page + 1) * PAGE]
            now = self._round

            def ask(ctx: Context, wanted: list[str] = wanted) -> list[ListRow]:
                return listed_rows(ctx, kind=self.kind, ids=wanted)

            def take(rows: list[ListRow], page: int = page, asked: int = now) -> None:
                self._take_rows(page, asked, rows)

            self._operations.query(self, ask, success=take)

    def _take_rows(self, page: int, asked: int, rows: list[ListRow]) -> None:
        self._keep(rows)
        if asked == self._round:
            last = min((page + 1) * PAGE, len(self.ids)) - 1
            if last >= page * PAGE:
                self.dataChanged.emit(
                    self.index(page * PAGE, 0), self.index(last, len(self.columns) - 1)
                )

    def row_at(self, row: int) -> ListRow | None:
        """The row if it is here; otherwise it is asked for."""
        key = self.ids[row]
        found = self._rows.get(key)
        if found is None or key in self._stale:
            page = row // PAGE
            if page not in self._asked:
                self._wanted.add(page)
                self._soon.start()
        return found

    def replace_equal(self, equal: dict[str, str]) -> None:
        """Show only rows with these values, and the same scrap of text as before."""
        self.filter = replace(self.filter, equal=equal)
        self.reload()

    def rowCount(self, parent: AnyIndex = _TOP) -> int:
        """How many keys there are."""
        return 0 if parent.isValid() else len(self.ids)

    def columnCount(self, parent: AnyIndex = _TOP) -> int:
        """How many columns there are, shown or not."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Words, alignment, font; the raw cell and its tone for the delegate.

        Asked a thousand times for each paint, so what is not known here leaves at once.
        """
        if role not in _KNOWN or not index.isValid():
            return None
        number = index.column()
        if role == _ALIGNMENT:
            return self._alignments[number]
        column = self.columns[number]
        if role == _FONT:
            return self._figures if column.right or column.kind == "date" else None
        row = self.row_at(index.row())
        if row is None:
            return None
        cell: Cell = row.cells[column.key]
        if role == Ask.CELL:
            return cell
        if role == Ask.TONE:
            return column.tone_of(row.cells)
        return column.text(cell)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """The columns' headers."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].header
        if role == Qt.ItemDataRole.TextAlignmentRole:
            right = self.columns[section].right
            side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        return None

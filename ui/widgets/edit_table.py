"""A small table edited in place: Tab and Enter go on to the next cell, every cell is kept at once.

The last row may be blank: typing into it makes a new row. A text that makes no sense stays in its
cell, marked, with the reason below the table.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QHeaderView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from landsteward.app.language import tr
from ui import formats, theme
from ui.widgets.basics import label

AnyIndex = QModelIndex | QPersistentModelIndex
_REMOVE = "×"
_PADDING = 8


@dataclass(frozen=True, slots=True)
class EditColumn:
    """A column: `kind` is text, date or decimal; `width` in pixels, 0 stretches."""

    key: str
    header: str
    kind: str = "text"
    width: int = 0
    fixed: bool = False


class _Model(QAbstractTableModel):
    committed = Signal(str, str, object)
    row_wanted = Signal(str, object)
    told = Signal()

    def __init__(self, columns: Sequence[EditColumn], *, blank: bool) -> None:
        super().__init__()
        self.columns = tuple(columns)
        self.blank = blank
        self.fixed = False
        self.keys: list[str] = []
        self.values: list[dict[str, Any]] = []
        self.wrong: dict[tuple[str, str], tuple[str, str]] = {}
        self._blank: dict[str, Any] = {}
        self._creating = False

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Rows on record and the blank one."""
        return 0 if parent.isValid() else len(self.keys) + (self.blank and not self.fixed)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        """The columns, and the one that takes a row out."""
        return 0 if parent.isValid() else len(self.columns) + (not self.fixed)

    def key_at(self, row: int) -> str:
        """The key of a row; empty for the blank one."""
        return self.keys[row] if row < len(self.keys) else ""

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """Which cells can be edited."""
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if index.column() >= len(self.columns):
            return Qt.ItemFlag.ItemIsEnabled
        if not self.fixed and not self.columns[index.column()].fixed:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """The words over the columns."""
        if orientation is not Qt.Orientation.Horizontal or section >= len(self.columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].header
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._align(section)
        return None

    def _align(self, column: int) -> Qt.AlignmentFlag:
        right = self.columns[column].kind == "decimal"
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignVCenter

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A cell as read and as edited."""
        row, place = index.row(), index.column()
        if place >= len(self.columns):
            if role == Qt.ItemDataRole.DisplayRole and self.key_at(row):
                return _REMOVE
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return Qt.AlignmentFlag.AlignCenter
            if role == Qt.ItemDataRole.ToolTipRole and self.key_at(row):
                return tr("Take this row out")
            return QColor(theme.current().colour("dim")) if role == _INK else None
        column = self.columns[place]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            wrong = self.wrong.get((self.key_at(row), column.key))
            return wrong[0] if wrong else _text(column, self._value(row, column.key))
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._align(place)
        if role == _WRONG:
            return (self.key_at(row), column.key) in self.wrong
        if role == Qt.ItemDataRole.ToolTipRole:
            wrong = self.wrong.get((self.key_at(row), column.key))
            return wrong[1] if wrong else None
        return None

    def _value(self, row: int, key: str) -> Any:
        values = self.values[row] if row < len(self.keys) else self._blank
        return values.get(key)

    def setData(self, index: AnyIndex, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Keep what was typed, or mark it as making no sense."""
        row, column = index.row(), self.columns[index.column()]
        key = self.key_at(row)
        typed = str(value).strip()
        try:
            meant = _parse(column, typed)
        except ValueError as error:
            self.wrong[(key, column.key)] = (typed, str(error))
            self.told.emit()
            self.dataChanged.emit(index, index)
            return True
        self.wrong.pop((key, column.key), None)
        self.told.emit()
        if meant == self._value(row, column.key) or (
            not typed and not self._value(row, column.key)
        ):
            return True
        if key:
            self.values[row] = {**self.values[row], column.key: meant}
            self.committed.emit(key, column.key, meant)
        else:
            self._blank = {**self._blank, column.key: meant}
            if not self._creating:
                self._creating = True
                self.row_wanted.emit(column.key, meant)
        self.dataChanged.emit(index, index)
        return True

    def row_made(self, key: str, first: str) -> None:
        """The blank row is on record now: what else was typed into it follows."""
        rest = {name: value for name, value in self._blank.items() if name != first}
        values, self._blank, self._creating = self._blank, {}, False
        place = len(self.keys)
        self.beginInsertRows(QModelIndex(), place + 1, place + 1)
        self.keys.append(key)
        self.values.append(values)
        self.endInsertRows()
        for name, value in rest.items():
            self.committed.emit(key, name, value)

    def not_made(self) -> None:
        """The blank row could not be kept; what was typed stays in it."""
        self._creating = False

    def refuse(self, key: str, column: str, words: str) -> None:
        """A value was not kept."""
        row = self.keys.index(key) if key in self.keys else len(self.keys)
        place = next(n for n, one in enumerate(self.columns) if one.key == column)
        typed = _text(self.columns[place], self._value(row, column))
        self.wrong[(key, column)] = (typed, words)
        index = self.index(row, place)
        self.dataChanged.emit(index, index)
        self.told.emit()

    def show_rows(self, rows: Sequence[tuple[str, dict[str, Any]]], *, fixed: bool) -> None:
        """Show these; what is unchanged stays untouched, also an open editor."""
        keys = [key for key, _values in rows]
        values = [dict(one) for _key, one in rows]
        if keys == self.keys and fixed == self.fixed:
            if values != self.values:
                self.values = values
                self.dataChanged.emit(
                    self.index(0, 0), self.index(len(keys) - 1, len(self.columns) - 1)
                )
            return
        if self._creating and keys[:-1] == self.keys and fixed == self.fixed:
            return  # `row_made` is on its way and puts it in without closing the editor
        self.beginResetModel()
        self.keys, self.values, self.fixed = keys, values, fixed
        self.wrong = {place: why for place, why in self.wrong.items() if place[0] in {*keys, ""}}
        self.endResetModel()
        self.told.emit()


_WRONG = int(Qt.ItemDataRole.UserRole) + 1
_INK = int(Qt.ItemDataRole.ForegroundRole)


class _Delegate(QStyledItemDelegate):
    """A plain line as editor; Enter and Tab go on."""

    def createEditor(
        self, parent: QWidget, option: QStyleOptionViewItem, index: AnyIndex
    ) -> QWidget:
        """A line without margins of its own."""
        editor = QLineEdit(parent)
        editor.setObjectName("cell")
        align = index.data(Qt.ItemDataRole.TextAlignmentRole)
        editor.setAlignment(Qt.AlignmentFlag(align))
        header = index.model().headerData(index.column(), Qt.Orientation.Horizontal)
        editor.setAccessibleName(str(header or ""))
        return editor

    def setEditorData(self, editor: QWidget, index: AnyIndex) -> None:
        """Start from what stands there, unless something was typed already."""
        assert isinstance(editor, QLineEdit)
        if not editor.isModified():
            editor.setText(index.data(Qt.ItemDataRole.EditRole) or "")
            editor.setModified(False)

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: AnyIndex) -> None:
        """Keep it."""
        assert isinstance(editor, QLineEdit)
        model.setData(index, editor.text(), Qt.ItemDataRole.EditRole)

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: AnyIndex
    ) -> None:
        """Over the whole cell."""
        editor.setGeometry(option.rect.adjusted(1, 1, -1, -2))

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Enter goes on to the next cell, like Tab."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        ):
            assert isinstance(editor, QWidget)
            self.commitData.emit(editor)
            self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.EditNextItem)
            return True
        return super().eventFilter(editor, event)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """The cell, with a red frame where its text makes no sense."""
        super().paint(painter, option, index)
        if index.data(_WRONG):
            painter.save()
            painter.setPen(QPen(theme.current().colour("bad"), 1.5))
            painter.drawRect(option.rect.adjusted(2, 3, -3, -4))
            painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        """At least a row's height; long texts wrap between the paddings of the style sheet."""
        look = theme.current()
        view = option.widget
        width = view.columnWidth(index.column()) if isinstance(view, QTableView) else 120
        room = QRect(0, 0, max(24, width - 2 * _PADDING - 4), 10_000)
        text = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        flags = int(Qt.TextFlag.TextWordWrap)
        height = option.fontMetrics.boundingRect(room, flags, text).height()
        return QSize(width, max(height + look.px(14), look.px(36)))


class EditTable(QWidget):
    """The table with its red line below. It is as high as its rows."""

    committed = Signal(str, str, object)
    """Row key, column key, value: keep it."""
    row_wanted = Signal(str, object)
    """Column key and first value of a new row; answer with `row_made` or `not_made`."""
    row_removed = Signal(str)

    def __init__(self, columns: Sequence[EditColumn], *, blank: bool = True) -> None:
        super().__init__()
        self.model = _Model(columns, blank=blank)
        self.model.setParent(self)
        self.view = QTableView()
        self.view.setModel(self.model)
        self.view.setItemDelegate(_Delegate(self.view))
        self.view.setWordWrap(True)
        self.view.setShowGrid(False)
        self.view.setTabKeyNavigation(True)
        self.view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.view.setEditTriggers(
            QAbstractItemView.EditTrigger.CurrentChanged
            | QAbstractItemView.EditTrigger.SelectedClicked
            | QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )
        self.view.verticalHeader().hide()
        self.view.clicked.connect(self._clicked)
        self.problem = label("", "error", wrap=True)
        self.problem.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.view)
        layout.addWidget(self.problem)
        self.model.committed.connect(self.committed)
        self.model.row_wanted.connect(self.row_wanted)
        self.model.told.connect(self._tell)
        self._widths()

    def show_rows(self, rows: Sequence[tuple[str, dict[str, Any]]], *, fixed: bool = False) -> None:
        """Show these rows; `fixed` ones are only read."""
        columns = self.model.columnCount()
        self.model.show_rows(rows, fixed=fixed)
        if columns != self.model.columnCount():
            self._widths()
        self._fit()

    def row_made(self, key: str, first: str) -> None:
        """The row that was asked for is on record under this key."""
        self.model.row_made(key, first)
        self._fit()

    def edit_cell(self, row: int, column: int) -> None:
        """Open the editor of a cell."""
        index = self.model.index(row, column)
        self.view.setCurrentIndex(index)
        self.view.edit(index)

    def cell_place(self, row: int, column: int) -> QRect:
        """Where a cell is on the view's viewport."""
        return self.view.visualRect(self.model.index(row, column))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Texts wrap anew."""
        super().resizeEvent(event)
        self._fit()

    def _widths(self) -> None:
        header = self.view.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.setMinimumSectionSize(24)
        for place, column in enumerate(self.model.columns):
            if column.width:
                header.setSectionResizeMode(place, QHeaderView.ResizeMode.Fixed)
                header.resizeSection(place, theme.current().px(column.width))
            else:
                header.setSectionResizeMode(place, QHeaderView.ResizeMode.Stretch)
        if self.model.columnCount() > len(self.model.columns):
            last = len(self.model.columns)
            header.setSectionResizeMode(last, QHeaderView.ResizeMode.Fixed)
            header.resizeSection(last, theme.current().px(32))

    def _fit(self) -> None:
        self.view.resizeRowsToContents()
        rows = sum(self.view.rowHeight(row) for row in range(self.model.rowCount()))
        self.view.setFixedHeight(self.view.horizontalHeader().sizeHint().height() + rows + 4)

    def _clicked(self, index: QModelIndex) -> None:
        key = self.model.key_at(index.row())
        if index.column() == len(self.model.columns) and key:
            self.row_removed.emit(key)

    def _tell(self) -> None:
        words = " ".join(dict.fromkeys(why for _typed, why in self.model.wrong.values()))
        self.problem.setText(words)
        self.problem.setVisible(bool(words))


def _text(column: EditColumn, value: Any) -> str:
    if value is None:
        return ""
    if column.kind == "date":
        return str(value.isoformat())
    return formats.plain(value) if column.kind == "decimal" else str(value)


def _parse(column: EditColumn, typed: str) -> Any:
    if column.kind == "date":
        try:
            return formats.parse_date(typed)
        except ValueError as error:
            raise ValueError(tr("Not a date. Write it like 2026-11-22.")) from error
    if column.kind == "decimal":
        try:
            return formats.parse_decimal(typed)
        except ValueError as error:
            raise ValueError(tr("Enter a number, e.g. 12.5.")) from error
    return typed

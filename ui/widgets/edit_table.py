"""A small table edited in place: Tab and Enter go on to the next cell, every cell is kept at once.

The last row may be blank: typing into it makes a new row. A text that makes no sense stays in its
cell, marked, with the reason below the table.
"""

import csv
import io
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QCompleter,
    QHeaderView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from landsteward.app.language import tr
from ui import theme
from ui.widgets.callout import Callout
from ui.widgets.edit_model import CHOICES, WRONG, AnyIndex, EditColumn, EditModel

_PADDING = 8


class _Delegate(QStyledItemDelegate):
    """A plain line as editor; Enter and Tab go on."""

    block_pasted = Signal(object)

    def createEditor(
        self, parent: QWidget, option: QStyleOptionViewItem, index: AnyIndex
    ) -> QWidget:
        """A line without margins of its own."""
        editor = QLineEdit(parent)
        editor.setObjectName("cell")
        align = index.data(Qt.ItemDataRole.TextAlignmentRole)
        editor.setAlignment(Qt.AlignmentFlag(align))
        if words := index.data(CHOICES):
            completer = QCompleter(words, editor)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
            editor.setCompleter(completer)
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
        if _is_paste(event) and (cells := clipboard_block()):
            assert isinstance(editor, QWidget)
            self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.NoHint)
            self.block_pasted.emit(cells)
            return True
        return super().eventFilter(editor, event)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """The cell, with a red frame where its text makes no sense."""
        super().paint(painter, option, index)
        if index.data(WRONG):
            painter.save()
            painter.setPen(QPen(theme.current().colour("bad"), 1.5))
            painter.drawRect(option.rect.adjusted(2, 3, -3, -4))
            painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        """At least a row's height; long texts wrap between the paddings of the style sheet."""
        look = theme.current()
        view = self.parent()
        width = view.columnWidth(index.column()) if isinstance(view, QTableView) else 120
        room = QRect(0, 0, max(24, width - 2 * _PADDING - 8), 10_000)
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
    row_more = Signal(str, object)
    """Column key and further value of the row that is being made, sent after the first one."""
    row_removed = Signal(str)
    order_asked = Signal(list)
    """Keys of all rows in the order somebody wants, by Alt+Up and Alt+Down or by dragging."""
    block_pasted = Signal(object)
    """A `Pasted`: several cells of a spreadsheet."""

    def __init__(self, columns: Sequence[EditColumn], *, blank: bool = True) -> None:
        super().__init__()
        self.locked = False
        self.model = EditModel(columns, blank=blank)
        self.model.setParent(self)
        self.view = QTableView()
        self.view.setModel(self.model)
        delegate = _Delegate(self.view)
        delegate.block_pasted.connect(self._paste)
        self.view.setItemDelegate(delegate)
        self.view.installEventFilter(self)
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
        self.problem = Callout(self.view)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.view)
        self.model.committed.connect(self.committed)
        self.model.row_wanted.connect(self.row_wanted)
        self.model.row_more.connect(self.row_more)
        self.model.told.connect(self._tell)
        self._widths()

    def show_rows(self, rows: Sequence[tuple[str, dict[str, Any]]], *, fixed: bool = False) -> None:
        """Show these rows; `fixed` ones are only read."""
        columns = self.model.columnCount()
        self.model.show_rows(rows, fixed=fixed or self.locked)
        if columns != self.model.columnCount():
            self._widths()
        self._fit()

    def lock(self) -> None:
        """Only read from now on."""
        self.locked = True
        self.show_rows(list(zip(self.model.keys, self.model.values, strict=True)))

    def row_made(self, key: str) -> None:
        """The row that was asked for is on record under this key."""
        self.model.row_made(key)
        self._fit()

    def edit_cell(self, row: int, column: int) -> None:
        """Open the editor of a cell."""
        index = self.model.index(row, column)
        self.view.setCurrentIndex(index)
        self.view.edit(index)

    def cell_place(self, row: int, column: int) -> QRect:
        """Where a cell is on the view's viewport."""
        return self.view.visualRect(self.model.index(row, column))

    @property
    def right(self) -> bool:
        """Whether everything that stands in it makes sense."""
        return not self.model.wrong

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Pasting into a cell that is not being edited puts it there all the same; Alt with an
        arrow moves the row.
        """
        index = self.view.currentIndex()
        if watched is self.view and _moves(event) and index.isValid():
            assert isinstance(event, QKeyEvent)
            by = -1 if event.key() == Qt.Key.Key_Up else 1
            self.move_row(index.row(), index.row() + by)
            return True
        if watched is self.view and _is_paste(event) and index.isValid():
            text = QGuiApplication.clipboard().text()
            if cells := clipboard_block():
                self._paste(cells)
            elif text and index.flags() & Qt.ItemFlag.ItemIsEditable:
                self.model.setData(index, text)
            return True
        return super().eventFilter(watched, event)

    def number_rows(self) -> None:
        """Number the rows at their left, where they can be dragged to another place."""
        side = self.view.verticalHeader()
        side.setSectionsMovable(True)
        side.setSectionsClickable(True)
        side.setFixedWidth(theme.current().px(34))
        side.setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)
        side.setToolTip(tr("Drag a row to another place, or Alt+↑ and Alt+↓"))
        side.sectionMoved.connect(self._dragged)
        side.show()

    def move_row(self, row: int, to: int) -> None:
        """Ask for a row to stand in another's place; the blank one stays last."""
        keys = list(self.model.keys)
        if self.model.fixed or row == to or not (0 <= row < len(keys) and 0 <= to < len(keys)):
            return
        keys.insert(to, keys.pop(row))
        self.order_asked.emit(keys)

    def _dragged(self, row: int, _old: int, to: int) -> None:
        """The model's rows say where things stand, not what the header was dragged to."""
        side = self.view.verticalHeader()
        side.blockSignals(True)
        side.moveSection(to, row)
        side.blockSignals(False)
        self.move_row(row, to)

    def _paste(self, cells: list[list[str]]) -> None:
        index = self.view.currentIndex()
        if index.flags() & Qt.ItemFlag.ItemIsEditable:
            self.block_pasted.emit(self.model.meant_by(index, cells))

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
        self.problem.say(words)


def _moves(event: QEvent) -> bool:
    return (
        isinstance(event, QKeyEvent)
        and event.type() == QEvent.Type.KeyPress
        and event.modifiers() == Qt.KeyboardModifier.AltModifier
        and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down)
    )


def _is_paste(event: QEvent) -> bool:
    return (
        isinstance(event, QKeyEvent)
        and event.type() == QEvent.Type.KeyPress
        and event.matches(QKeySequence.StandardKey.Paste)
    )


def clipboard_block() -> list[list[str]]:
    """The cells of a spreadsheet on the clipboard; empty where there is at most one."""
    text = QGuiApplication.clipboard().text().rstrip("\r\n")
    if "\t" not in text and "\n" not in text:
        return []
    # Spreadsheets put a cell of several lines in quotes.
    rows = csv.reader(io.StringIO(text, newline=""), delimiter="\t")
    return [[" ".join(cell.split()) for cell in row] for row in rows]


__all__ = ["EditColumn", "EditTable"]

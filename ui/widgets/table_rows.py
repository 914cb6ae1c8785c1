"""The rows of a list: the table itself, its badges, and its columns as a person arranged them."""

import json

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from ui import theme
from ui.models.columns import Column
from ui.models.paged import AnyIndex, Ask, PagedTableModel


class BadgeDelegate(QStyledItemDelegate):
    """Paints a cell as a word on its tone. The row's ground and line are painted by hand too: the
    style would take longer for them than for a cell of text.
    """

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """The row's ground first, the badge on it."""
        look = theme.current()
        room = option.rect
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(room, look.colour("selection"))
        painter.fillRect(room.left(), room.bottom(), room.width(), 1, look.colour("line"))
        word = index.data(Qt.ItemDataRole.DisplayRole)
        if not word:
            return
        tone = index.data(Ask.TONE)
        soft, ink = ("hover", "dim") if tone == "plain" else (f"{tone}_soft", tone)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = QFont(option.font)
        font.setPixelSize(look.px(12.5))
        painter.setFont(font)
        metrics = painter.fontMetrics()
        width = min(metrics.horizontalAdvance(word) + look.px(16), room.width() - 16)
        height = look.px(22)
        place = QRectF(room.left() + 11, room.center().y() - height / 2 + 0.5, width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour(soft))
        painter.drawRoundedRect(place, height / 2, height / 2)
        painter.setPen(look.colour(ink))
        shown = metrics.elidedText(word, Qt.TextElideMode.ElideRight, int(width) - look.px(12))
        painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), shown)
        painter.restore()


class Rows(QTableView):
    """The rows: whole rows are selected, Enter opens, heights are fixed, headers can be dragged."""

    opened = Signal(int)

    def __init__(self, model: PagedTableModel) -> None:
        super().__init__()
        self._model = model
        self.setModel(model)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        look = theme.current()
        side = self.verticalHeader()
        side.hide()
        side.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        side.setDefaultSectionSize(look.row_height)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionsClickable(True)
        head.setSectionsMovable(True)
        head.setSortIndicatorShown(True)
        head.setFixedHeight(look.px(34))
        head.setMinimumSectionSize(look.px(48))
        head.setStretchLastSection(True)
        for number, one in enumerate(model.columns):
            if one.kind == "badge":
                self.setItemDelegateForColumn(number, BadgeDelegate(self))
        self.arrange("")
        self.doubleClicked.connect(self._double_clicked)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint, and let the model know."""
        super().paintEvent(event)
        self._model.painted()

    def width_of(self, number: int, wanted: int) -> int:
        """A column's width in pixels: at least what its header needs, whatever the language."""
        head = self.horizontalHeader()
        named = self.model().headerData(number, Qt.Orientation.Horizontal)
        # What Qt would hint at leaves room for a sort indicator over every column.
        needed = head.fontMetrics().horizontalAdvance(str(named)) + theme.current().px(26)
        return max(wanted, needed)

    def shown_columns(self) -> list[Column]:
        """The columns that are shown, from left to right."""
        return [
            self._model.columns[one] for one in self._in_order() if not self.isColumnHidden(one)
        ]

    def arrangement(self) -> str:
        """Which columns are shown, how wide, from left to right: for keeping."""
        look = theme.current()
        state = {
            self._model.columns[one].key: [
                not self.isColumnHidden(one),
                round(self.columnWidth(one) * 100 / look.percent),
            ]
            for one in self._in_order()
        }
        return json.dumps(state)

    def arrange(self, arrangement: str) -> None:
        """Show the columns as they were kept; those it does not know as the program has them."""
        state: dict[str, tuple[bool, int]] = json.loads(arrangement) if arrangement else {}
        columns = self._model.columns
        head, look = self.horizontalHeader(), theme.current()
        numbers = {one.key: number for number, one in enumerate(columns)}
        kept = [numbers[key] for key in state if key in numbers]
        new = [number for number in range(len(columns)) if number not in kept]
        for place, number in enumerate([*kept, *new]):
            head.moveSection(head.visualIndex(number), place)
        for number, one in enumerate(columns):
            shown, width = state.get(one.key, (one.shown, one.width))
            self.setColumnHidden(number, not shown)
            # The last one takes the room that is left, and forgets its own width.
            wide = width if width > 0 else one.width
            self.setColumnWidth(number, self.width_of(number, look.px(wide)))

    def _in_order(self) -> list[int]:
        head = self.horizontalHeader()
        return [head.logicalIndex(place) for place in range(head.count())]

    def _double_clicked(self, index: AnyIndex) -> None:
        self.opened.emit(index.row())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the row that is current."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex().row())
            return
        super().keyPressEvent(event)

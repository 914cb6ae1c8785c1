"""The rows of a list: the table itself, its badges, and its columns as a person arranged them."""

import json

from PySide6.QtCore import QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPixmap
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

_MOST_DRAWN = 500


class BadgeDelegate(QStyledItemDelegate):
    """Paints a cell as a word on its tone. The row's ground and line are painted by hand too, and
    each badge is drawn once: by the style and anew it took as long as all cells of text.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        look = theme.current()
        self._selected, self._line = look.colour("selection"), look.colour("line")
        self._least = look.px(40)
        self._drawn: dict[tuple[str, str, int, float], QPixmap] = {}

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """The row's ground first, the badge on it."""
        room = option.rect
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(room, self._selected)
        painter.fillRect(room.left(), room.bottom(), room.width(), 1, self._line)
        word = index.data(Qt.ItemDataRole.DisplayRole)
        if not word or room.width() < self._least:
            return
        ratio = painter.device().devicePixelRatio()
        key = word, index.data(Ask.TONE), room.width() - 16, ratio
        drawn = self._drawn.get(key)
        if drawn is None:
            if len(self._drawn) >= _MOST_DRAWN:
                self._drawn.clear()
            drawn = self._drawn[key] = _badge(*key, QFont(option.font))
        top = room.top() + (room.height() - drawn.height() / ratio) / 2
        painter.drawPixmap(QPointF(room.left() + 11, top), drawn)


def _badge(word: str, tone: str, room: int, ratio: float, font: QFont) -> QPixmap:
    """A word on its tone, no wider than the room."""
    look = theme.current()
    soft, ink = ("hover", "dim") if tone == "plain" else (f"{tone}_soft", tone)
    font.setPixelSize(look.px(12.5))
    metrics = QFontMetrics(font)
    width = min(metrics.horizontalAdvance(word) + look.px(16), room)
    height = look.px(22)
    drawn = QPixmap(round(width * ratio), round(height * ratio))
    drawn.setDevicePixelRatio(ratio)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(font)
    place = QRectF(0, 0, width, height)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.colour(soft))
    painter.drawRoundedRect(place, height / 2, height / 2)
    painter.setPen(look.colour(ink))
    shown = metrics.elidedText(word, Qt.TextElideMode.ElideRight, width - look.px(12))
    painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), shown)
    painter.end()
    return drawn


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

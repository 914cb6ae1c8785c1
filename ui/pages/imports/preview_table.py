"""The rows of a preview, painted: cells in the tone of what is said of them, sentences below."""

from typing import ClassVar

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QHeaderView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from landsteward.app.language import tr
from landsteward.app.rosters_plan import Decision
from ui import theme
from ui.models.paged import AnyIndex, Ask
from ui.pages.imports.preview_model import At, PreviewModel
from ui.pages.imports.preview_rows import Arranged
from ui.widgets.table_rows import BadgeDelegate

_NARROWEST, _WIDEST = 96, 260
_ROWS_MEASURED = 40
_MARKS = {"bad": "✕", "caution": "!", "accent": "→", "plain": "="}


def _decisions() -> tuple[tuple[Decision, str], ...]:
    return (Decision.UPDATE, tr("Update")), (Decision.SKIP, tr("Leave"))


class _CellDelegate(QStyledItemDelegate):
    """A cell on the ground of its tone, underlined, so that colour is not alone."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Ground and line; of a row that is selected the line alone."""
        tone = index.data(Ask.TONE)
        look, cell = theme.current(), option.rect
        if tone:
            painter.fillRect(cell.adjusted(1, 2, -1, -2), look.colour(f"{tone}_soft"))
        super().paint(painter, option, index)
        if tone:
            line = QRect(cell.left() + 1, cell.bottom() - 3, cell.width() - 2, 2)
            painter.fillRect(line, look.colour(tone))


class _DecisionDelegate(QStyledItemDelegate):
    """Update or leave, as two pills; the chosen one is filled."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """The pills of a row that is known and differs."""
        super().paint(painter, option, index)
        model = index.model()
        assert isinstance(model, PreviewModel)
        line = model.line(index.row())
        item = line.item
        if line.remark is not None or item.known is None or not model.asking:
            return
        look = theme.current()
        chosen = model.decision(item)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = _small(option.font)
        for (decision, word), place in zip(
            _decisions(), pill_places(option.rect, font), strict=True
        ):
            mine = decision is chosen
            tone = "accent" if decision is Decision.UPDATE else "ink"
            painter.setPen(look.colour(tone if mine else "line"))
            ground = "accent_soft" if decision is Decision.UPDATE else "line"
            painter.setBrush(look.colour(ground if mine else "card"))
            painter.drawRoundedRect(place, place.height() / 2, place.height() / 2)
            font.setWeight(QFont.Weight.DemiBold if mine else QFont.Weight.Normal)
            painter.setFont(font)
            painter.setPen(look.colour(tone if mine else "dim"))
            painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), word)
        painter.restore()


class _ReasonDelegate(QStyledItemDelegate):
    """The line in which somebody says why a code is kept, over what is said of the code."""

    def createEditor(
        self, parent: QWidget, option: QStyleOptionViewItem, index: AnyIndex
    ) -> QWidget:
        """A line with the question in it."""
        editor = QLineEdit(parent)
        editor.setObjectName("cell")
        editor.setPlaceholderText(tr("Why is this code kept? Enter keeps it."))
        editor.setAccessibleName(tr("Why is this code kept?"))
        return editor

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: AnyIndex
    ) -> None:
        """Where the sentence stands."""
        table = self.parent()
        assert isinstance(table, PreviewTable)
        editor.setGeometry(table.reason_place(index.row()))

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Enter keeps the reason, and goes no further."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        ):
            assert isinstance(editor, QWidget)
            self.commitData.emit(editor)
            self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.NoHint)
            return True
        return super().eventFilter(editor, event)


class PreviewTable(QTableView):
    """`decided` carries a row of the file and what is decided of it."""

    decided = Signal(int, object)
    _keys: ClassVar[dict[int, Decision]] = {
        Qt.Key.Key_1: Decision.UPDATE,
        Qt.Key.Key_2: Decision.SKIP,
    }

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("preview")
        self.rows = PreviewModel(self)
        self.setModel(self.rows)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setMouseTracking(True)
        self.setAccessibleName(tr("What becomes of every row"))
        look = theme.current()
        side = self.verticalHeader()
        side.hide()
        side.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        side.setDefaultSectionSize(look.px(32))
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setFixedHeight(look.px(34))
        head.setMinimumSectionSize(look.px(48))
        head.setStretchLastSection(True)
        self.setItemDelegate(_CellDelegate(self))
        self.setItemDelegateForColumn(At.ROW, _ReasonDelegate(self))
        self.setItemDelegateForColumn(At.FATE, BadgeDelegate(self))
        self.setItemDelegateForColumn(At.DECISION, _DecisionDelegate(self))
        self.horizontalScrollBar().valueChanged.connect(self.viewport().update)

    def fit(self) -> None:
        """Give the columns the width of what stands in them."""
        model, look = self.rows, theme.current()
        if model.arranged is None:
            return
        self.setColumnHidden(At.DECISION, not model.asking)
        self.setColumnWidth(At.ROW, look.px(64))
        self.setColumnWidth(At.FATE, look.px(96))
        pills = pill_places(QRect(0, 0, 400, 32), _small(self.font()))
        self.setColumnWidth(At.DECISION, pills[-1].right() + look.px(10))
        metrics = self.fontMetrics()
        count = min(_ROWS_MEASURED, len(model.arranged.table.rows))
        for place, one in enumerate(model.arranged.columns):
            texts = [model._cells(at)[place][:60] for at in range(count)]
            widest = max((metrics.horizontalAdvance(text) for text in texts), default=0)
            head = self.horizontalHeader().fontMetrics().horizontalAdvance(one.label)
            wanted = max(widest + look.px(28), head + look.px(28), look.px(_NARROWEST))
            self.setColumnWidth(At.CELLS + place, min(wanted, look.px(_WIDEST)))

    def update_rows(self, arranged: Arranged) -> None:
        """The same rows as they are now; the one that is current stays current."""
        row = self.currentIndex().row()
        item = self.rows.lines.place(row) if 0 <= row < len(self.rows.lines) else -1
        self.rows.update(arranged)
        first = self.rows.lines.first_of(item)
        if first >= 0:
            self.setCurrentIndex(self.rows.index(first, At.ROW))
        self.viewport().update()

    # --- what stands under a row ----------------------------------------------------------------

    def remark_places(self, row: int) -> tuple[QRect, QRect]:
        """Where a line's sentence stands, and behind it the offer to keep a code (maybe empty)."""
        line = self.rows.line(row)
        look, metrics = theme.current(), QFontMetrics(_small(self.font()))
        top, height = self.rowViewportPosition(row), self.rowHeight(row)
        width = metrics.horizontalAdvance(line.text) + look.px(27)
        offer = self._offer(row)
        behind = metrics.horizontalAdvance(offer) + look.px(20) if offer else 0
        column, lines = (line.remark.column, line.remark.lines) if line.remark else (-1, ())
        # All lines of a sentence begin below one another.
        widest = max((metrics.horizontalAdvance(one) for one in lines), default=0) + look.px(27)
        left = self.columnViewportPosition(At.CELLS + max(column, 0)) + look.px(8)
        last = self.viewport().width() - widest - behind - look.px(8)
        left = max(look.px(72), min(left, last))
        text = QRect(left, top + 3, width, height - 6)
        return text, QRect(text.right() + look.px(8), text.top(), behind, text.height())

    def reason_place(self, row: int) -> QRect:
        """Where the reason for keeping a code is typed: at its sentence, with room enough."""
        text, offer = self.remark_places(row)
        width = max(theme.current().px(420), text.width() + offer.width())
        left = min(text.left(), max(8, self.viewport().width() - width - 8))
        return QRect(left, text.top() - 2, width, text.height() + 4)

    def _offer(self, row: int) -> str:
        line = self.rows.line(row)
        if line.remark is None or not line.remark.code or not line.end:
            return ""
        kept = self.rows.kept_for(line.remark.code)
        return tr("Change the reason…") if kept else tr("Keep it all the same…")

    def paintEvent(self, event: QPaintEvent) -> None:
        """The cells, then the sentences across them, then a line under each row of the file."""
        super().paintEvent(event)
        if not len(self.rows.lines):
            return
        look = theme.current()
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        height = self.viewport().height()
        row = max(0, self.rowAt(0))
        while row < len(self.rows.lines) and self.rowViewportPosition(row) < height:
            line = self.rows.line(row)
            if line.remark is not None:
                self._paint_remark(painter, row, line.remark.tone, first=line.first)
            if line.last:
                bottom = self.rowViewportPosition(row) + self.rowHeight(row) - 1
                painter.setPen(look.colour("line"))
                painter.drawLine(0, bottom, self.viewport().width(), bottom)
            row += 1
        painter.end()

    def _paint_remark(self, painter: QPainter, row: int, tone: str, *, first: bool) -> None:
        look = theme.current()
        text, offer = self.remark_places(row)
        painter.setFont(_small(self.font()))
        painter.setPen(Qt.PenStyle.NoPen)
        ground, ink = ("hover", "dim") if tone == "plain" else (f"{tone}_soft", tone)
        painter.setBrush(look.colour(ground))
        painter.drawRoundedRect(text, 4, 4)
        painter.setPen(look.colour(ink))
        middle = int(Qt.AlignmentFlag.AlignVCenter)
        inside = text.adjusted(look.px(6), 0, 0, 0)
        if first:
            painter.drawText(inside, middle, _MARKS[tone])
        painter.drawText(inside.adjusted(look.px(16), 0, 0, 0), middle, self.rows.line(row).text)
        words = self._offer(row)
        if words:
            painter.setPen(look.colour("accent"))
            painter.drawText(offer, middle, words)

    # --- what is done to a row ------------------------------------------------------------------

    def decide(self, row: int, decision: Decision) -> None:
        """Decide of the row of the file that a line belongs to, if it is asked about."""
        item = self.rows.line(row).item
        if self.rows.asking and item.known is not None:
            self.decided.emit(item.row, decision)

    def ask_reason(self, row: int) -> bool:
        """Let somebody say why a code is kept; False where the line is about none."""
        if not self._offer(row):
            return False
        index = self.rows.index(row, At.ROW)
        self.setCurrentIndex(index)
        self.edit(index)
        return True

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on a pill decides, one on the offer below a code opens its line."""
        super().mouseReleaseEvent(event)
        at = event.position().toPoint()
        row = self.rowAt(at.y())
        if row < 0 or event.button() is not Qt.MouseButton.LeftButton:
            return
        if self.rows.line(row).remark is not None:
            if self.remark_places(row)[1].contains(at):
                self.ask_reason(row)
            return
        found = self._pill_at(row, at)
        if found is not None:
            self.decide(row, found)

    def _pill_at(self, row: int, at: QPoint) -> Decision | None:
        if self.isColumnHidden(At.DECISION):
            return None
        cell = self.visualRect(self.rows.index(row, At.DECISION))
        places = pill_places(cell, _small(self.font()))
        pairs = zip(_decisions(), places, strict=True)
        return next((one for (one, _), place in pairs if place.contains(at)), None)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """A hand over what can be clicked."""
        super().mouseMoveEvent(event)
        at = event.position().toPoint()
        row = self.rowAt(at.y())
        hot = False
        if row >= 0:
            line = self.rows.line(row)
            if line.remark is not None:
                hot = self.remark_places(row)[1].contains(at)
            elif self.rows.asking and line.item.known is not None:
                hot = self._pill_at(row, at) is not None
        shape = Qt.CursorShape.PointingHandCursor if hot else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """1 and 2 decide; Enter on a code's line opens it."""
        row = self.currentIndex().row()
        if 0 <= row < len(self.rows.lines):
            decision = self._keys.get(event.key())
            if decision is not None and self.rows.asking:
                self.decide(row, decision)
                self._go_on(row)
                return
            enter = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2)
            if event.key() in enter and self._enter(row):
                return
        super().keyPressEvent(event)

    def _go_on(self, row: int) -> None:
        """To the next row of the file."""
        item = self.rows.line(row).item.row
        while row + 1 < len(self.rows.lines) and self.rows.line(row).item.row == item:
            row += 1
        self.setCurrentIndex(self.rows.index(row, At.ROW))

    def _enter(self, row: int) -> bool:
        """Open the line of the first code of the row, if it has one."""
        item = self.rows.line(row).item.row
        while row < len(self.rows.lines) and self.rows.line(row).item.row == item:
            if self.ask_reason(row):
                return True
            row += 1
        return False

    def changeEvent(self, event: QEvent) -> None:
        """Widths follow the font."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self.fit()

    def sizeHint(self) -> QSize:
        """As large as there is room."""
        return QSize(640, 360)


def pill_places(cell: QRect, font: QFont) -> list[QRect]:
    """Where the pills of a cell stand."""
    look, metrics = theme.current(), QFontMetrics(font)
    places = []
    left = cell.left() + look.px(8)
    height = look.px(22)
    for _decision, word in _decisions():
        width = metrics.horizontalAdvance(word) + look.px(20)
        places.append(QRect(left, cell.center().y() - height // 2, width, height))
        left += width + look.px(4)
    return places


def _small(font: QFont) -> QFont:
    made = QFont(font)
    made.setPixelSize(theme.current().px(12.5))
    return made

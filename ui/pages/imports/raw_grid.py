"""The first rows of a sheet as they stand in the file, under what its columns are taken for."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QAction, QFont, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from landsteward.app.language import tr
from landsteward.app.rosters_table import ColumnSeen, SheetSeen
from ui import theme
from ui.pages.imports import words

AnyIndex = QModelIndex | QPersistentModelIndex
_TOP = QModelIndex()
_NARROWEST, _WIDEST = 88, 280
_ROWS_MEASURED = 30


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


class _Cells(QStyledItemDelegate):
    """Titles and what is not taken over are grey, the header stands out."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Colours by what row and column are."""
        super().initStyleOption(option, index)
        model = index.model()
        assert isinstance(model, RawRows)
        look = theme.current()
        part, column = model.part(index.row()), model.column(index.column())
        grey = part == "above" or column is None or not column.field
        ink = look.colour("line_strong" if grey else "ink")
        option.palette.setColor(option.palette.ColorRole.Text, ink)
        option.palette.setColor(option.palette.ColorRole.HighlightedText, ink)
        if part == "header":
            option.font.setWeight(QFont.Weight.DemiBold)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """The header's ground first."""
        model = index.model()
        assert isinstance(model, RawRows)
        if model.part(index.row()) == "header":
            painter.fillRect(option.rect, theme.current().colour("accent_soft"))
        super().paint(painter, option, index)


class ColumnHeads(QHeaderView):
    """What each column is taken for, and below it unit and year; a click asks for something else.

    `asked` carries the column and which of its parts: field, or figures (unit and year).
    """

    asked = Signal(int, str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(theme.current().px(72))
        self.setFixedHeight(theme.current().px(58))
        self.setMouseTracking(True)
        self._pointed = -1
        self._pressed = QPoint()
        self.sectionClicked.connect(self._clicked)

    def lines_of(self, section: int) -> tuple[str, str]:
        """What stands in a head: what the column is taken for; letter, unit and year."""
        model = self.model()
        assert isinstance(model, RawRows)
        column = model.column(section)
        if column is None:
            return "", ""
        letter = words.column_letter(section)
        # Without a header nothing can be said of columns yet.
        if model.seen is None or model.seen.header_row is None:
            return "", letter
        figures = words.unit_and_year(column)
        return (
            words.taken_for(column, model.names),
            f"{letter} · {figures}" if figures else letter,
        )

    def field_place(self, section: int) -> QPoint:
        """Where a head is clicked to say what its column holds."""
        middle = self.sectionViewportPosition(section) + self.sectionSize(section) // 2
        return QPoint(middle, self.height() // 4)

    def figures_place(self, section: int) -> QPoint:
        """Where a head is clicked to choose the unit and the year of its figures."""
        return self.field_place(section) + QPoint(0, self.height() // 2)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember which line it was."""
        self._pressed = event.position().toPoint()
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Mark the column under the pointer."""
        super().mouseMoveEvent(event)
        self._point(self.logicalIndexAt(event.position().toPoint()))

    def leaveEvent(self, event: QEvent) -> None:
        """None is pointed at any more."""
        super().leaveEvent(event)
        self._point(-1)

    def _point(self, section: int) -> None:
        if section != self._pointed:
            self._pointed = section
            self.viewport().update()

    def _clicked(self, section: int) -> None:
        below = self._pressed.y() > self.height() * 0.55
        model = self.model()
        assert isinstance(model, RawRows)
        column = model.column(section)
        figures = column is not None and bool(words.unit_and_year(column))
        self.asked.emit(section, "figures" if below and figures else "field")

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Both lines, the first with a mark that it can be changed."""
        model = self.model()
        assert isinstance(model, RawRows)
        column = model.column(section)
        if column is None:
            return
        look = theme.current()
        painter.save()
        pointed = section == self._pointed
        above, below = self.lines_of(section)
        painter.fillRect(rect, look.colour("hover" if pointed and above else "card"))
        painter.setPen(look.colour("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.drawLine(rect.topRight(), rect.bottomRight())
        room = rect.adjusted(look.px(10), look.px(8), -look.px(8), -look.px(8))
        taken = bool(column.field)
        font = QFont(self.font())
        font.setPixelSize(look.px(14))
        font.setWeight(QFont.Weight.DemiBold if taken else QFont.Weight.Normal)
        painter.setFont(font)
        painter.setPen(look.colour("accent" if taken else "dim"))
        half = room.height() // 2
        upper = QRect(room.left(), room.top(), room.width() - look.px(16), half)
        flags = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        elide = Qt.TextElideMode.ElideRight
        painter.drawText(
            upper, flags, painter.fontMetrics().elidedText(above, elide, upper.width())
        )
        mark = QRect(room.right() - look.px(12), room.top(), look.px(12), half)
        painter.drawText(mark, int(Qt.AlignmentFlag.AlignCenter), "▾" if above else "")
        font.setPixelSize(look.px(12.5))
        font.setWeight(QFont.Weight.Normal)
        painter.setFont(font)
        painter.setPen(look.colour("dim" if column.unit_said else "caution"))
        lower = QRect(room.left(), room.top() + half, room.width(), room.height() - half)
        painter.drawText(
            lower, flags, painter.fontMetrics().elidedText(below, elide, lower.width())
        )
        painter.restore()


class RowNumbers(QHeaderView):
    """The rows' numbers in the file; the header is marked, a click makes another row the header."""

    header_asked = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        look = theme.current()
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setDefaultSectionSize(look.px(34))
        self.setFixedWidth(look.px(108))
        self.setMouseTracking(True)
        self._pointed = -1
        self.sectionClicked.connect(self._clicked)

    def point(self, row: int) -> None:
        """Offer a row as header: the pointer is on it."""
        if row != self._pointed:
            self._pointed = row
            self.viewport().update()

    def word_of(self, row: int) -> tuple[str, str]:
        """The word beside a row's number, and its tone."""
        model = self.model()
        assert isinstance(model, RawRows)
        if model.part(row) == "header":
            return tr("Header"), "accent"
        return (tr("Make header"), "dim") if row == self._pointed else ("", "dim")

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Offer the row under the pointer."""
        super().mouseMoveEvent(event)
        self.point(self.logicalIndexAt(event.position().toPoint()))

    def leaveEvent(self, event: QEvent) -> None:
        """No row is offered any more."""
        super().leaveEvent(event)
        self.point(-1)

    def _clicked(self, row: int) -> None:
        model = self.model()
        assert isinstance(model, RawRows)
        if model.part(row) != "header":
            self.header_asked.emit(model.number(row))

    def paintSection(self, painter: QPainter, rect: QRect, row: int) -> None:
        """Number and word."""
        model = self.model()
        assert isinstance(model, RawRows)
        look = theme.current()
        painter.save()
        header = model.part(row) == "header"
        painter.fillRect(rect, look.colour("accent_soft" if header else "card"))
        painter.setPen(look.colour("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.drawLine(rect.topRight(), rect.bottomRight())
        font = theme.tabular(QFont(self.font()))
        font.setPixelSize(look.px(12.5))
        painter.setFont(font)
        painter.setPen(look.colour("dim"))
        room = rect.adjusted(look.px(10), 0, -look.px(8), 0)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(room, int(Qt.AlignmentFlag.AlignLeft | middle), str(model.number(row)))
        word, tone = self.word_of(row)
        painter.setPen(look.colour(tone))
        painter.drawText(room, int(Qt.AlignmentFlag.AlignRight | middle), word)
        painter.restore()


class RawGrid(QTableView):
    """`field_asked` and `figures_asked` carry a column and the place below its head on the screen;
    `header_asked` the number of a row in the file.
    """

    field_asked = Signal(int, QPoint)
    figures_asked = Signal(int, QPoint)
    header_asked = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.rows = RawRows(self)
        self.setModel(self.rows)
        self.heads = ColumnHeads(self)
        self.numbers = RowNumbers(self)
        self.setHorizontalHeader(self.heads)
        self.setVerticalHeader(self.numbers)
        self.setItemDelegate(_Cells(self))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setAccessibleName(tr("The first rows of the sheet"))
        self.heads.asked.connect(self._asked)
        self.numbers.header_asked.connect(self.header_asked)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        for text, run in (
            (tr("What this column holds…"), lambda: self._ask("field")),
            (tr("Unit and year…"), lambda: self._ask("figures")),
            (tr("Make this row the header"), self._make_header),
        ):
            self._offer(text, run)

    def _offer(self, text: str, run: Callable[[], object]) -> None:
        action = QAction(text, self)
        action.triggered.connect(lambda: run())
        self.addAction(action)

    def show_sheet(self, seen: SheetSeen) -> None:
        """Show a sheet; columns of another one get the width of what stands in them."""
        fresh = self.rows.seen is None or self.rows.seen.preview != seen.preview
        self.rows.show_sheet(seen)
        if fresh:
            self._fit()
        self._let_titles_spill(seen)
        self.heads.viewport().update()
        self.numbers.viewport().update()
        self.viewport().update()

    def head_place(self, column: int) -> QPoint:
        """Where a column's head ends on the screen."""
        left = max(0, self.heads.sectionViewportPosition(column))
        return self.heads.viewport().mapToGlobal(QPoint(left, self.heads.height()))

    def _let_titles_spill(self, seen: SheetSeen) -> None:
        """What stands above the header may run over the empty cells beside it."""
        self.clearSpans()
        for at, row in enumerate(seen.preview):
            if self.rows.part(at) != "above":
                continue
            filled = [place for place, text in enumerate(row.cells) if text.strip()]
            ends = [*filled[1:], len(seen.columns)]
            for start, end in zip(filled, ends, strict=False):
                if end - start > 1:
                    self.setSpan(at, start, 1, end - start)

    def _fit(self) -> None:
        seen, look = self.rows.seen, theme.current()
        if seen is None:
            return
        metrics = self.fontMetrics()
        # Titles spill over their neighbours: what stands above the header does not count.
        first = seen.header_row or 0
        below = [row for row in seen.preview if row.row >= first][:_ROWS_MEASURED]
        for column in range(len(seen.columns)):
            cells = (row.cells[column] for row in below if column < len(row.cells))
            widest = max((metrics.horizontalAdvance(text[:60]) for text in cells), default=0)
            head = max(map(metrics.horizontalAdvance, self.heads.lines_of(column)))
            wanted = max(widest + look.px(24), head + look.px(44), look.px(_NARROWEST))
            self.setColumnWidth(column, min(wanted, look.px(_WIDEST)))

    def _asked(self, column: int, part: str) -> None:
        self._tell(column, part)

    def _ask(self, part: str) -> None:
        if self.currentIndex().isValid():
            self._tell(self.currentIndex().column(), part)

    def _tell(self, column: int, part: str) -> None:
        self.scrollTo(self.rows.index(max(0, self.rowAt(0)), column))
        signal = self.figures_asked if part == "figures" else self.field_asked
        signal.emit(column, self.head_place(column))

    def _make_header(self) -> None:
        if self.currentIndex().isValid():
            self.header_asked.emit(self.rows.number(self.currentIndex().row()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Offer the row under the pointer as header."""
        super().mouseMoveEvent(event)
        self.numbers.point(self.rowAt(event.position().toPoint().y()))

    def leaveEvent(self, event: QEvent) -> None:
        """No row is offered any more."""
        super().leaveEvent(event)
        self.numbers.point(-1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter asks what the column holds."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
            self._ask("field")
            return
        super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        """As large as there is room."""
        return QSize(640, 360)

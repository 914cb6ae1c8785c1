"""The first rows of a sheet as they stand in the file, under what its columns are taken for."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QAction, QFont, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from landsteward.app.language import tr
from landsteward.app.rosters_table import SheetSeen
from ui import theme
from ui.pages.imports.raw_heads import ColumnHeads, RowNumbers
from ui.pages.imports.raw_rows import AnyIndex, RawRows

_NARROWEST, _WIDEST = 88, 280
_ROWS_MEASURED = 30


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

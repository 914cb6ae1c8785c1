"""The heads of a raw sheet: what its columns are taken for, and which row is the header."""

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QFont, QMouseEvent, QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from landsteward.app.language import tr
from ui import theme
from ui.pages.imports import words
from ui.pages.imports.raw_rows import RawRows


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

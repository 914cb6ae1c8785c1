"""Figures from now to then: a line for each, from a hollow dot to full ones, held against a mark.

Each line has its own scale, from nothing to the largest value on it. The line under the mouse says
its values exactly.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from landsteward.app.language import tr
from ui import formats, theme
from ui.widgets.year_chart import hair, small_font

_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_ROW = 30
_NAME, _VALUES = 150, 150
_HEAD = 22


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One figure: what it is called, its unit, now, then by year, and what it is held against."""

    name: str
    unit: str
    now: Decimal | None
    then: tuple[tuple[int, Decimal], ...]
    mark: Decimal | None = None
    mark_word: str = ""

    @property
    def most(self) -> Decimal:
        """The largest value on the line."""
        values = [value for _year, value in self.then]
        values += [one for one in (self.now, self.mark) if one is not None]
        return max(values, default=Decimal(0))


class ChangeChart(QWidget):
    """Some figures under each other."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: tuple[ChangeLine, ...] = ()
        self.base_year = 0
        self.chosen: int | None = None
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_lines(self, base_year: int, lines: Sequence[ChangeLine]) -> None:
        """Draw these."""
        self.base_year, self.lines = base_year, tuple(lines)
        self.chosen = None
        self._tell()
        self.updateGeometry()
        self.update()

    def said_of(self, line: ChangeLine) -> str:
        """A line in words."""
        parts = [
            tr(
                "{year}: {value}",
                year=year,
                value=formats.with_unit(formats.figure(value, 4), line.unit),
            )
            for year, value in (
                *(((self.base_year, line.now),) if line.now is not None else ()),
                *line.then,
            )
        ]
        if line.mark is not None:
            parts.append(f"{line.mark_word} {formats.figure(line.mark, 4)}")
        return f"{line.name}  {tr('; ').join(parts)}"

    def sizeHint(self) -> QSize:
        """A row for each line, and the key above."""
        look = theme.current()
        return QSize(look.px(520), look.px(_HEAD + _ROW * max(1, len(self.lines))))

    def minimumSizeHint(self) -> QSize:
        """Readable still."""
        return QSize(theme.current().px(380), self.sizeHint().height())

    def _tell(self) -> None:
        self.setAccessibleName(tr("From now to then"))
        self.setAccessibleDescription(tr("; ").join(self.said_of(one) for one in self.lines))

    def _track(self, number: int) -> QRectF:
        look = theme.current()
        left, right = look.px(_NAME), look.px(_VALUES)
        top = look.px(_HEAD + _ROW * number)
        return QRectF(left, top, max(40, self.width() - left - right), look.px(_ROW))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The key, then line by line."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(small_font(self.font()))
        self._paint_key(painter)
        for number, line in enumerate(self.lines):
            self._paint_line(painter, self._track(number), line, chosen=number == self.chosen)

    def _paint_key(self, painter: QPainter) -> None:
        look = theme.current()
        metrics = QFontMetricsF(painter.font())
        middle = look.px(_HEAD) / 2
        x = float(look.px(_NAME))
        years = sorted({year for line in self.lines for year, _value in line.then})
        marks = sorted({line.mark_word for line in self.lines if line.mark is not None})
        words = [(str(self.base_year), "now"), *((str(year), "then") for year in years)]
        for word, kind in [*words, *((mark, "mark") for mark in marks)]:
            at = QPointF(x + 5, middle)
            if kind == "mark":
                painter.setPen(QPen(look.colour("caution"), 2))
                painter.drawLine(QPointF(at.x(), middle - 6), QPointF(at.x(), middle + 6))
            else:
                self._dot(painter, at, full=kind == "then")
            painter.setPen(look.colour("dim"))
            width = metrics.horizontalAdvance(word) + 4
            painter.drawText(QRectF(x + 14, 0, width, look.px(_HEAD)), _LEFT, word)
            x += width + 14 + look.px(12)

    def _dot(self, painter: QPainter, at: QPointF, *, full: bool) -> None:
        look = theme.current()
        painter.setPen(QPen(look.colour("accent" if full else "dim"), 2))
        painter.setBrush(look.colour("accent") if full else look.colour("card"))
        painter.drawEllipse(at, 4, 4)
        painter.setBrush(Qt.BrushStyle.NoBrush)

    def _paint_line(
        self, painter: QPainter, track: QRectF, line: ChangeLine, *, chosen: bool
    ) -> None:
        look = theme.current()
        metrics = QFontMetricsF(painter.font())
        if chosen:
            painter.fillRect(
                QRectF(0, track.top(), self.width(), track.height()), look.colour("hover")
            )
        painter.setPen(look.colour("ink"))
        name = metrics.elidedText(
            line.name, Qt.TextElideMode.ElideRight, look.px(_NAME) - look.px(8)
        )
        painter.drawText(
            QRectF(0, track.top(), look.px(_NAME) - look.px(8), track.height()), _LEFT, name
        )
        middle, most = track.center().y(), line.most
        painter.setPen(hair(look.colour("line")))
        painter.drawLine(QPointF(track.left(), middle), QPointF(track.right(), middle))

        def place(value: Decimal) -> QPointF:
            share = float(value / most) if most > 0 else 0.0
            return QPointF(track.left() + 5 + share * (track.width() - 10), middle)

        if line.mark is not None:
            at = place(line.mark)
            painter.setPen(QPen(look.colour("caution"), 2))
            painter.drawLine(QPointF(at.x(), middle - 8), QPointF(at.x(), middle + 8))
        dots = [place(value) for _year, value in line.then]
        if line.now is not None and dots:
            painter.setPen(QPen(look.colour("accent"), 2))
            painter.drawLine(place(line.now), dots[-1])
        if line.now is not None:
            self._dot(painter, place(line.now), full=False)
        for at in dots:
            self._dot(painter, at, full=True)
        painter.setPen(look.colour("dim"))
        ends = [line.now, line.then[-1][1] if line.then else None]
        words = " → ".join(formats.figure(one) for one in ends)
        painter.drawText(
            QRectF(track.right() + look.px(8), track.top(), look.px(_VALUES - 8), track.height()),
            _RIGHT,
            words,
        )

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The line under the mouse says its values."""
        look = theme.current()
        at = int((event.position().y() - look.px(_HEAD)) // look.px(_ROW))
        self._choose(at if 0 <= at < len(self.lines) else None)

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is pointed at."""
        self._choose(None)

    def _choose(self, number: int | None) -> None:
        if number != self.chosen:
            self.chosen = number
            self.setToolTip("" if number is None else self.said_of(self.lines[number]))
            self.update()

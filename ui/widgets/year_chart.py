"""A figure over the years as a line: gaps where a year is missing, goals as broken lines.

The year under the mouse, or chosen with the arrow keys, says its exact value.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import floor, log10

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from landsteward.app.language import tr
from landsteward.domain.quantities import rounded
from ui import formats, theme

_TICKS = 4
_PLACES = 4
"""To so many places a value is said: quotients may have no end."""
_HEADROOM = 1.12
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_MIDDLE = int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter)


@dataclass(frozen=True, slots=True)
class Point:
    """A year and its value; None: there is none, and `said` says why."""

    year: int
    value: Decimal | None
    said: str = ""


@dataclass(frozen=True, slots=True)
class Goal:
    """A value drawn across all years, and what it is."""

    word: str
    value: Decimal


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where things are: the field of the line, the largest and the least value in it."""

    field: QRectF
    least: float
    most: float
    years: tuple[int, ...]

    def x(self, year: int) -> float:
        """The middle of a year's strip."""
        step = self.field.width() / len(self.years)
        return self.field.left() + (self.years.index(year) + 0.5) * step

    def y(self, value: float) -> float:
        """The height of a value."""
        share = (value - self.least) / (self.most - self.least)
        return self.field.bottom() - share * self.field.height()


class YearChart(QWidget):
    """One figure over the years. `pointed` carries the year whose value is shown."""

    pointed = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.title = ""
        self.unit = ""
        self.points: tuple[Point, ...] = ()
        self.goals: tuple[Goal, ...] = ()
        self.year: int | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(self.minimumSizeHint())

    def show_figure(
        self, title: str, unit: str, points: Sequence[Point], goals: Sequence[Goal] = ()
    ) -> None:
        """Draw this; the year that was pointed at stays pointed at."""
        self.title, self.unit = title, unit
        self.points = tuple(sorted(points, key=lambda one: one.year))
        self.goals = tuple(goals)
        if self.year not in [one.year for one in self.points]:
            self.year = None
        self._say()
        self.update()

    def point_at(self, year: int | None) -> None:
        """Show the value of a year."""
        if year == self.year:
            return
        self.year = year
        self._say()
        self.update()
        if year is not None:
            self.pointed.emit(year)

    def said_of(self, point: Point) -> str:
        """A year's value in words: exact, or why there is none."""
        if point.value is None:
            why = f"{formats.NONE} {point.said}".strip()
            return f"{point.year}　{why}"
        exact = formats.exact(rounded(point.value, _PLACES))
        return f"{point.year}　{formats.with_unit(exact, self.unit)}"

    def sizeHint(self) -> QSize:
        """Wide enough for some years."""
        return QSize(theme.current().px(420), theme.current().px(240))

    def minimumSizeHint(self) -> QSize:
        """Readable still."""
        return QSize(theme.current().px(240), theme.current().px(160))

    def _say(self) -> None:
        chosen = next((one for one in self.points if one.year == self.year), None)
        self.setAccessibleName(self.title)
        self.setAccessibleDescription(
            self.said_of(chosen)
            if chosen is not None
            else "; ".join(self.said_of(one) for one in self.points)
        )

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Grid, goals, line, and the value pointed at."""
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(small_font(self.font()))
        if not any(one.value is not None for one in self.points):
            painter.setPen(look.colour("dim"))
            painter.drawText(QRectF(self.rect()), _MIDDLE, tr("No value to draw yet."))
            return
        ticks = self._ticks()
        frame = self._frame(ticks)
        self._paint_grid(painter, frame, ticks)
        self._paint_goals(painter, frame)
        self._paint_line(painter, frame)
        self._paint_chosen(painter, frame)
        if self.hasFocus():
            painter.setPen(QPen(look.colour("accent"), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)

    def _values(self) -> list[float]:
        known = [float(one.value) for one in self.points if one.value is not None]
        return known + [float(one.value) for one in self.goals]

    def _ticks(self) -> list[float]:
        """Round values from the lowest to above the highest."""
        values = self._values()
        least, most = min(0.0, *values), max(values) * _HEADROOM
        span = (most - least) or 1.0
        step = round_step(span / _TICKS)
        first = floor(least / step) * step
        count = 1
        while first + count * step < max(values) or count < 2:
            count += 1
        return [first + number * step for number in range(count + 1)]

    def _frame(self, ticks: Sequence[float]) -> _Frame:
        look = theme.current()
        metrics = QFontMetricsF(small_font(self.font()))
        left = max(metrics.horizontalAdvance(tick_word(one)) for one in ticks) + look.px(10)
        first, last = self.points[0].year, self.points[-1].year
        above = metrics.height() + 2 if self.goals else 0.0
        field = QRectF(self.rect()).adjusted(
            left, max(look.px(12), above), -look.px(8), -(metrics.height() + look.px(8))
        )
        return _Frame(field, ticks[0], ticks[-1], tuple(range(first, last + 1)))

    def _paint_grid(self, painter: QPainter, frame: _Frame, ticks: Sequence[float]) -> None:
        look = theme.current()
        metrics = QFontMetricsF(painter.font())
        for tick in ticks:
            y = self._sharp(frame.y(tick))
            painter.setPen(hair(look.colour("line")))
            painter.drawLine(QPointF(frame.field.left(), y), QPointF(frame.field.right(), y))
            painter.setPen(look.colour("dim"))
            place = QRectF(
                0, y - metrics.height() / 2, frame.field.left() - look.px(6), metrics.height()
            )
            painter.drawText(place, _RIGHT, tick_word(tick))
        room = frame.field.width() / len(frame.years)
        every = max(1, -(-int(metrics.horizontalAdvance("2025") + look.px(8)) // max(1, int(room))))
        for number, year in enumerate(reversed(frame.years)):
            if number % every:
                continue
            place = QRectF(
                frame.x(year) - look.px(30),
                frame.field.bottom() + look.px(4),
                look.px(60),
                metrics.height(),
            )
            chosen = year == self.year
            painter.setPen(look.colour("ink" if chosen else "dim"))
            painter.drawText(place, _MIDDLE, str(year))

    def _paint_goals(self, painter: QPainter, frame: _Frame) -> None:
        look = theme.current()
        metrics = QFontMetricsF(painter.font())
        taken: list[float] = []
        for goal in sorted(self.goals, key=lambda one: one.value, reverse=True):
            y = self._sharp(frame.y(float(goal.value)))
            painter.setPen(hair(look.colour("caution"), Qt.PenStyle.DashLine))
            painter.drawLine(QPointF(frame.field.left(), y), QPointF(frame.field.right(), y))
            top = y - metrics.height() - 1
            if any(abs(top - one) < metrics.height() for one in taken):
                top = y + 1
            taken.append(top)
            place = QRectF(frame.field.left() + look.px(4), top, frame.field.width(), 0)
            place.setHeight(metrics.height())
            painter.setPen(look.colour("caution"))
            painter.drawText(
                place,
                int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter),
                f"{goal.word} {formats.exact(goal.value)}",
            )

    def _paint_line(self, painter: QPainter, frame: _Frame) -> None:
        look = theme.current()
        accent = look.colour("accent")
        before: Point | None = None
        painter.setPen(QPen(accent, 2))
        places = {
            one.year: QPointF(frame.x(one.year), frame.y(float(one.value)))
            for one in self.points
            if one.value is not None
        }
        for point in self.points:
            if point.value is None:
                continue
            if before is not None and point.year == before.year + 1:
                painter.drawLine(places[before.year], places[point.year])
            before = point
        painter.setBrush(look.colour("card"))
        for place in places.values():
            painter.drawEllipse(place, look.px(3.5), look.px(3.5))

    def _paint_chosen(self, painter: QPainter, frame: _Frame) -> None:
        point = next((one for one in self.points if one.year == self.year), None)
        if point is None:
            return
        look = theme.current()
        x = self._sharp(frame.x(point.year))
        painter.setPen(hair(look.colour("line_strong")))
        painter.drawLine(QPointF(x, frame.field.top()), QPointF(x, frame.field.bottom()))
        if point.value is not None:
            painter.setPen(QPen(look.colour("accent"), 2))
            painter.setBrush(look.colour("accent"))
            painter.drawEllipse(QPointF(x, frame.y(float(point.value))), look.px(4.5), look.px(4.5))
        painter.setFont(theme.tabular(painter.font()))
        words = self.said_of(point)
        metrics = QFontMetricsF(painter.font())
        size = QRectF(0, 0, metrics.horizontalAdvance(words) + look.px(16), metrics.height() + 8)
        left = min(max(x - size.width() / 2, 1.0), max(1.0, self.width() - size.width() - 1))
        bubble = size.translated(left, 0.5)
        painter.setPen(QPen(look.colour("line_strong"), 1))
        painter.setBrush(look.colour("card"))
        painter.drawRoundedRect(bubble, 4, 4)
        painter.setPen(look.colour("ink"))
        painter.drawText(bubble, _MIDDLE, words)

    def _sharp(self, place: float) -> float:
        """The middle of the screen's own pixel there: a hair line is sharp at any scale."""
        scale = self.devicePixelRatioF()
        return (floor(place * scale) + 0.5) / scale

    # Pointing

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The nearest year on record."""
        if not any(one.value is not None for one in self.points):
            return
        frame = self._frame(self._ticks())
        x = event.position().x()
        self.point_at(min(self.points, key=lambda one: abs(frame.x(one.year) - x)).year)

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is pointed at, unless by the keyboard."""
        if not self.hasFocus():
            self.point_at(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right walk from year to year, Home and End to the ends."""
        years = [one.year for one in self.points]
        if not years:
            super().keyPressEvent(event)
            return
        here = years.index(self.year) if self.year in years else None
        last = len(years) - 1
        steps = {
            Qt.Key.Key_Left: last if here is None else max(0, here - 1),
            Qt.Key.Key_Right: 0 if here is None else min(last, here + 1),
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }
        step = steps.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        self.point_at(years[step])

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Coming by keyboard, the latest year says its value at once."""
        super().focusInEvent(event)
        if self.year is None and self.points:
            self.point_at(self.points[-1].year)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Nothing is pointed at any more."""
        super().focusOutEvent(event)
        self.point_at(None)


def hair(colour: QColor, style: Qt.PenStyle = Qt.PenStyle.SolidLine) -> QPen:
    """A line of one pixel of the screen, whatever it is scaled by."""
    pen = QPen(colour, 1, style)
    pen.setCosmetic(True)
    return pen


def small_font(font: QFont) -> QFont:
    made = theme.tabular(font)
    made.setPixelSize(theme.current().px(12))
    return made


def round_step(step: float) -> float:
    """The next of 1, 2, 2.5, 5 and their tens."""
    power = 10.0 ** floor(log10(step))
    return next(power * one for one in (1, 2, 2.5, 5, 10) if power * one >= step * 0.999)


def tick_word(value: float) -> str:
    text = f"{value:,.4f}".rstrip("0").rstrip(".")
    return "0" if text in ("", "-0") else text

"""Where things are in the Gantt: days across, rows down, and what of a bar is under the mouse."""

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QRectF

from landsteward.domain.timeline import Bar, Grip, Scale
from ui import theme

PIXELS = {Scale.DAYS: 26.0, Scale.WEEKS: 9.0, Scale.MONTHS: 3.0, Scale.QUARTERS: 1.0}
"""Width of a day at each scale, when it is chosen by its name."""
_FROM = ((16.0, Scale.DAYS), (5.0, Scale.WEEKS), (1.6, Scale.MONTHS), (0.0, Scale.QUARTERS))
LEAST, MOST = 0.5, 48.0
_EDGE = 6
_NARROW = 18


def scale_of(day_width: float) -> Scale:
    """How the line is divided where a day is so many pixels wide."""
    return next(scale for least, scale in _FROM if day_width >= least)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plane:
    """The line of days and the rows, scrolled: all in pixels of the viewport.

    `left` is where the names end and the line begins, `top` where the head ends.
    """

    first: date
    day_width: float
    left: int
    top: int
    width: int
    height: int
    row_height: int
    across: int = 0
    down: int = 0

    def x(self, day: date) -> float:
        """The left edge of a day."""
        return self.left - self.across + (day - self.first).days * self.day_width

    def day_at(self, x: float) -> date:
        """The day at a place."""
        days = int((x - self.left + self.across) // self.day_width)
        return date.fromordinal(max(self.first.toordinal() + days, 1))

    def y(self, row: int) -> int:
        """The upper edge of a row."""
        return self.top - self.down + row * self.row_height

    def row_at(self, y: float) -> int:
        """The row at a place; there may be none."""
        return int((y - self.top + self.down) // self.row_height) if y >= self.top else -1

    def rows_between(self, top: int, bottom: int, count: int) -> range:
        """The rows of which something lies between two heights."""
        first = max((top - self.top + self.down) // self.row_height, 0)
        last = (bottom - self.top + self.down) // self.row_height
        return range(first, min(last + 1, count))

    def span(self, row: int, begin: date, end: date) -> QRectF:
        """The bar from the first to the last day, both counted."""
        left = self.x(begin)
        inset = theme.current().px(7)
        return QRectF(
            left,
            self.y(row) + inset,
            self.x(end) + self.day_width - left,
            self.row_height - 2 * inset,
        )

    def bar(self, row: int, bar: Bar) -> QRectF:
        """Where a bar lies; a milestone is as wide as it is high, around its day."""
        begins, ends = bar.begins, bar.ends
        if begins is None or ends is None:
            return QRectF()
        place = self.span(row, min(begins, ends), max(begins, ends))
        if bar.milestone:
            middle = place.center()
            side = place.height()
            place = QRectF(middle.x() - side / 2, middle.y() - side / 2, side, side)
        return place

    def grip(self, row: int, bar: Bar, x: float, y: float) -> Grip | None:
        """What of a bar is under the mouse; short bars are held outside at their ends."""
        place = self.bar(row, bar)
        if place.isEmpty() or not place.adjusted(-_EDGE, -4, _EDGE, 4).contains(x, y):
            return None
        if bar.milestone:
            return Grip.WHOLE
        inside = _EDGE if place.width() >= _NARROW else 0
        if x <= place.left() + inside:
            return Grip.START
        if x >= place.right() - inside:
            return Grip.DUE
        return Grip.WHOLE

"""How the Gantt is painted: only rows and days that can be seen, colour never the only sign."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPainter, QPen, QPolygonF

from landsteward.domain.timeline import (
    Bar,
    Standing,
    late_days,
    major_divisions,
    minor_divisions,
    standing,
    weekends,
)
from ui import theme
from ui.widgets.gantt import words
from ui.widgets.gantt.plane import Plane, scale_of
from ui.widgets.year_chart import hair, small_font

_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_MIDDLE = int(Qt.AlignmentFlag.AlignCenter)
_ROUND = 3.0
_WEEKENDS_FROM = 5.0
"""Below so many pixels a day weekends are only noise."""
_NAMES_FOR_WHO = 220
"""From this width on there is room beside the title for who is responsible; the tip says it too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """What is to be seen."""

    bars: Sequence[Bar]
    plane: Plane
    today: date
    chosen: int
    focused: bool
    said: str = ""
    """Words beside the chosen bar while it is dragged; `wrong` ones are red."""
    wrong: bool = False
    region: QRect
    """What of it has to be painted."""
    names: dict[tuple[str, str, int], str]
    """Names shortened before, by text, font and width in pixels."""


class GanttPainter:
    """Paints one picture."""

    def __init__(self, painter: QPainter, picture: Picture, font: QFont) -> None:
        self._painter = painter
        self._picture = picture
        self._plane = picture.plane
        self._look = theme.current()
        self._font = font
        self._small = small_font(font)
        self._first = self._plane.day_at(self._plane.left)
        self._last = self._plane.day_at(self._plane.width)
        region = picture.region
        self._rows = self._plane.rows_between(region.top(), region.bottom(), len(picture.bars))

    def paint(self) -> None:
        """The line with its bars, then what stays where it is: names and head."""
        painter, plane = self._painter, self._plane
        painter.fillRect(QRectF(0, 0, plane.width, plane.height), self._colour("card"))
        line = QRectF(plane.left, 0, plane.width - plane.left, plane.height)
        painter.setClipRect(line, Qt.ClipOperation.IntersectClip)
        rows = self._rows
        self._ground()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for row in rows:
            self._bar(row)
        self._bubble()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        if self._picture.region.top() < plane.top:
            self._head()
        painter.setClipRect(self._picture.region)
        self._names(rows)

    def _colour(self, name: str) -> QColor:
        return self._look.colour(name)

    # The line

    def _ground(self) -> None:
        painter, plane = self._painter, self._plane
        below = plane.height - plane.top
        if plane.day_width >= _WEEKENDS_FROM:
            for part in weekends(self._first, self._last):
                wide = 2 * plane.day_width
                place = QRectF(plane.x(part.begin), plane.top, wide, below)
                painter.fillRect(place, self._colour("ground"))
        painter.setPen(hair(self._colour("line")))
        for part in minor_divisions(scale_of(plane.day_width), self._first, self._last):
            x = round(plane.x(part.begin)) + 0.5
            painter.drawLine(QPointF(x, plane.top), QPointF(x, plane.height))
        for row in self._rows:
            y = plane.y(row + 1) - 0.5
            painter.drawLine(QPointF(plane.left, y), QPointF(plane.width, y))
        x = plane.x(self._picture.today) + plane.day_width / 2
        painter.setPen(QPen(self._colour("accent"), 1.5))
        painter.drawLine(QPointF(x, plane.top), QPointF(x, plane.height))

    def _head(self) -> None:
        painter, plane = self._painter, self._plane
        painter.fillRect(
            QRectF(plane.left, 0, plane.width - plane.left, plane.top), self._colour("card")
        )
        painter.setFont(self._small)
        scale = scale_of(plane.day_width)
        half = plane.top / 2
        for part in major_divisions(scale, self._first, self._last):
            left, right = plane.x(part.begin), plane.x(part.end)
            painter.setPen(hair(self._colour("line")))
            painter.drawLine(QPointF(left, 0), QPointF(left, plane.top))
            # The name stays in view as long as its stretch is.
            seen = QRectF(max(left, plane.left) + 6, 0, 0, half)
            seen.setRight(max(min(right, plane.width) - 4, seen.left()))
            painter.setPen(self._colour("ink"))
            text = words.major(scale, part)
            if QFontMetricsF(self._small).horizontalAdvance(text) <= seen.width():
                painter.drawText(seen, _LEFT, text)
        metrics = QFontMetricsF(self._small)
        for part in minor_divisions(scale, self._first, self._last):
            left, right = plane.x(part.begin), plane.x(part.end)
            painter.setPen(hair(self._colour("line")))
            painter.drawLine(QPointF(left, half), QPointF(left, plane.top))
            text = words.minor(scale, part)
            if metrics.horizontalAdvance(text) <= right - left - 2:
                painter.setPen(self._colour("dim"))
                painter.drawText(QRectF(left, half, right - left, half), _MIDDLE, text)
        self._today_sign()
        painter.setPen(hair(self._colour("line_strong")))
        painter.drawLine(QPointF(0, plane.top - 0.5), QPointF(plane.width, plane.top - 0.5))

    def _today_sign(self) -> None:
        painter, plane = self._painter, self._plane
        x = plane.x(self._picture.today) + plane.day_width / 2
        text = words.today()
        wide = QFontMetricsF(self._small).horizontalAdvance(text) + 10
        place = QRectF(x - wide / 2, plane.top / 2 + 2, wide, plane.top / 2 - 4)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._colour("accent"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.drawRoundedRect(place, 4, 4)
        painter.setPen(self._colour("on_accent"))
        painter.drawText(place, _MIDDLE, text)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)

    # Bars

    def _bar(self, row: int) -> None:
        bar = self._picture.bars[row]
        if not bar.dated:
            return
        plane, painter = self._plane, self._painter
        self._late_part(row, bar)
        place = plane.bar(row, bar)
        stands = standing(bar, self._picture.today)
        done = stands in (Standing.DONE, Standing.DONE_LATE)
        edge = self._colour("good" if done else "bad" if stands is Standing.LATE else "accent")
        fill = (
            edge if done else self._colour("bad_soft" if stands is Standing.LATE else "accent_soft")
        )
        if row == self._picture.chosen and self._picture.wrong:
            edge = self._colour("bad")
        painter.setPen(QPen(edge, 1.4))
        painter.setBrush(fill)
        if bar.milestone:
            painter.drawPolygon(_diamond(place))
            right = place.right()
        else:
            painter.drawRoundedRect(place, _ROUND, _ROUND)
            right = place.right()
            if not done and bar.percent:
                share = QRectF(place)
                share.setWidth(place.width() * bar.percent / 100)
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(edge)
                painter.drawRoundedRect(share, _ROUND, _ROUND)
        if row == self._picture.chosen:
            self._ring(place)
        self._beside(row, bar, right, stands)

    def _late_part(self, row: int, bar: Bar) -> None:
        late = late_days(bar, self._picture.today)
        if late is None:
            return
        place = self._plane.span(row, *late)
        place.adjust(0, place.height() * 0.25, 0, -place.height() * 0.25)
        self._painter.setPen(QPen(self._colour("bad"), 1))
        self._painter.setBrush(QBrush(self._colour("bad"), Qt.BrushStyle.BDiagPattern))
        self._painter.drawRect(place)

    def _ring(self, place: QRectF) -> None:
        style = Qt.PenStyle.SolidLine if self._picture.focused else Qt.PenStyle.DotLine
        self._painter.setPen(QPen(self._colour("ink"), 1.2, style))
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        self._painter.drawRoundedRect(place.adjusted(-3, -3, 3, 3), _ROUND + 2, _ROUND + 2)

    def _beside(self, row: int, bar: Bar, right: float, stands: Standing) -> None:
        """A sign for what is late or done, and the share of what is under way."""
        late = late_days(bar, self._picture.today)
        if late is not None:
            right = max(right, self._plane.x(late[1]) + self._plane.day_width)
        text = words.sign(bar, stands, self._picture.today)
        if not text:
            return
        overdue = stands in (Standing.LATE, Standing.DONE_LATE)
        self._painter.setPen(self._colour("bad" if overdue else "dim"))
        self._painter.setFont(self._small)
        self._painter.drawText(
            QRectF(right + 7, self._plane.y(row), 240, self._plane.row_height), _LEFT, text
        )

    def _bubble(self) -> None:
        """The dates in words while a bar is dragged."""
        picture, plane = self._picture, self._plane
        if not picture.said or not 0 <= picture.chosen < len(picture.bars):
            return
        painter = self._painter
        painter.setFont(self._small)
        metrics = QFontMetricsF(self._small)
        wide, high = metrics.horizontalAdvance(picture.said) + 16, metrics.height() + 8
        bar = plane.bar(picture.chosen, picture.bars[picture.chosen])
        left = min(max(bar.left(), plane.left + 4), plane.width - wide - 4)
        top = bar.bottom() + 5
        if top + high > plane.height:
            top = bar.top() - 5 - high
        place = QRectF(left, top, wide, high)
        tone = "bad" if picture.wrong else "accent"
        painter.setPen(QPen(self._colour(tone), 1))
        painter.setBrush(self._colour("card"))
        painter.drawRoundedRect(place, 4, 4)
        painter.setPen(self._colour(tone))
        painter.drawText(place, _MIDDLE, picture.said)

    # Names

    def _names(self, rows: range) -> None:
        painter, plane = self._painter, self._plane
        painter.fillRect(QRectF(0, 0, plane.left, plane.height), self._colour("card"))
        names = QRect(0, plane.top, plane.left, plane.height - plane.top)
        painter.setClipRect(names.intersected(self._picture.region))
        small = QFontMetricsF(self._small)
        pad = self._look.px(12)
        for row in rows:
            bar = self._picture.bars[row]
            y = plane.y(row)
            if row == self._picture.chosen:
                painter.fillRect(
                    QRectF(0, y, plane.left, plane.row_height - 1), self._colour("selection")
                )
            who = ""
            if plane.left >= self._look.px(_NAMES_FOR_WHO):
                who = self._short(bar.responsible, self._small, plane.left * 9 // 25)
            taken = small.horizontalAdvance(who) + (8 if who else 0)
            place = QRectF(pad, y, plane.left - 2 * pad - taken, plane.row_height)
            painter.setFont(self._font)
            painter.setPen(self._colour("ink"))
            name = f"{row + 1}  {bar.title}"
            painter.drawText(place, _LEFT, self._short(name, self._font, int(place.width())))
            if who:
                painter.setFont(self._small)
                painter.setPen(self._colour("dim"))
                right = QRectF(plane.left - pad - taken, y, taken, plane.row_height)
                painter.drawText(
                    right, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), who
                )
            painter.setPen(hair(self._colour("line")))
            bottom = y + plane.row_height - 0.5
            painter.drawLine(QPointF(0, bottom), QPointF(plane.left, bottom))
        painter.setClipRect(self._picture.region)
        painter.setFont(self._small)
        painter.setPen(self._colour("dim"))
        painter.drawText(QRectF(pad, 0, plane.left - pad, plane.top), _LEFT, words.names_head())
        painter.setPen(hair(self._colour("line_strong")))
        painter.drawLine(QPointF(0, plane.top - 0.5), QPointF(plane.left, plane.top - 0.5))
        painter.drawLine(QPointF(plane.left - 0.5, 0), QPointF(plane.left - 0.5, plane.height))

    def _short(self, text: str, font: QFont, width: int) -> str:
        """A text as far as there is room for it."""
        key = (text, font.key(), width)
        shown = self._picture.names.get(key)
        if shown is None:
            metrics = QFontMetricsF(font)
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)
            self._picture.names[key] = shown
        return shown


def _diamond(place: QRectF) -> QPolygonF:
    middle = place.center()
    return QPolygonF(
        [
            QPointF(middle.x(), place.top()),
            QPointF(place.right(), middle.y()),
            QPointF(middle.x(), place.bottom()),
            QPointF(place.left(), middle.y()),
        ]
    )

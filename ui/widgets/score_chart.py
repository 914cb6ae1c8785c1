"""How scores are spread: columns of a histogram, piled up by grade, each grade named above its
stretch. The column under the mouse, or chosen with the arrow keys, says how many are in it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil, floor

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from landsteward.app.language import tr
from ui import theme
from ui.widgets.year_chart import hair, round_step, small_font, tick_word

_COLUMNS = 24
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_MIDDLE = int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter)


@dataclass(frozen=True, slots=True)
class Pile:
    """One column: from which score to which, and how many of each grade, the best first."""

    low: float
    high: float
    counts: tuple[tuple[str, int], ...]

    @property
    def count(self) -> int:
        """How many are in it."""
        return sum(count for _grade, count in self.counts)


def piles_of(scores: Sequence[tuple[Decimal, str]], grades: Sequence[str]) -> tuple[Pile, ...]:
    """Scores with their grades, in columns of one round width; the last holds its upper end."""
    if not scores:
        return ()
    least, most = min(scores)[0], max(scores)[0]
    step = round_step(max(float(most - least), 1e-9) / _COLUMNS)
    first = floor(float(least) / step)
    last = max(first + 1, ceil(float(most) / step))
    counted = [dict.fromkeys(grades, 0) for _ in range(first, last)]
    for score, grade in scores:
        at = min(floor(float(score) / step) - first, len(counted) - 1)
        counted[at][grade] = counted[at].get(grade, 0) + 1
    return tuple(
        Pile((first + at) * step, (first + at + 1) * step, tuple(found.items()))
        for at, found in enumerate(counted)
    )


class ScoreChart(QWidget):
    """The scores of one group. `pointed` carries the number of the column that is looked at."""

    pointed = Signal(int)

    def __init__(self, tone_of: Callable[[str], str]) -> None:
        super().__init__()
        self.title = ""
        self.piles: tuple[Pile, ...] = ()
        self.grades: tuple[str, ...] = ()
        self.chosen: int | None = None
        self._tone_of = tone_of
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_scores(
        self, title: str, scores: Sequence[tuple[Decimal, str]], grades: Sequence[str]
    ) -> None:
        """Draw these."""
        self.title, self.grades = title, tuple(grades)
        self.piles = piles_of(scores, grades)
        self.chosen = None
        self._tell()
        self.update()

    def said_of(self, pile: Pile) -> str:
        """A column in words."""
        parts = [f"{grade} {count:,}" for grade, count in pile.counts if count]
        return tr(
            "{low}–{high}: {count} ({grades})",
            low=tick_word(pile.low),
            high=tick_word(pile.high),
            count=f"{pile.count:,}",
            grades=tr(", ").join(parts) or "0",
        )

    def point_at(self, number: int | None) -> None:
        """Say how many are in a column."""
        if number != self.chosen:
            self.chosen = number
            self._tell()
            self.update()
            if number is not None:
                self.pointed.emit(number)

    def sizeHint(self) -> QSize:
        """Room for the columns and the grades above them."""
        return QSize(theme.current().px(440), theme.current().px(170))

    def minimumSizeHint(self) -> QSize:
        """Readable still."""
        return QSize(theme.current().px(240), theme.current().px(130))

    def _tell(self) -> None:
        self.setAccessibleName(self.title)
        shown = [self.piles[self.chosen]] if self.chosen is not None else self.piles
        self.setAccessibleDescription("; ".join(self.said_of(one) for one in shown if one.count))

    # Painting

    def _field(self) -> QRectF:
        look = theme.current()
        metrics = QFontMetricsF(small_font(self.font()))
        left = metrics.horizontalAdvance(f"{self._most():,}") + look.px(12)
        top = metrics.height() + look.px(10)
        return QRectF(self.rect()).adjusted(
            left, top, -look.px(8), -(metrics.height() + look.px(8))
        )

    def _most(self) -> int:
        return max((one.count for one in self.piles), default=0)

    def _column(self, number: int, field: QRectF) -> QRectF:
        width = field.width() / len(self.piles)
        return QRectF(field.left() + number * width, field.top(), width, field.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Lines of count, the columns, the grades above, what is pointed at."""
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(small_font(self.font()))
        if not self.piles:
            painter.setPen(look.colour("dim"))
            painter.drawText(QRectF(self.rect()), _MIDDLE, tr("Nobody is ranked here."))
            return
        field = self._field()
        step = max(1, round(round_step(self._most() / 3)))
        top = ceil(self._most() / step) * step
        self._paint_lines(painter, field, step, top)
        for number, pile in enumerate(self.piles):
            self._paint_pile(painter, field, number, pile, top)
        self._paint_grades(painter, field)
        self._paint_scale(painter, field)
        self._paint_chosen(painter, field)
        if self.hasFocus():
            painter.setPen(QPen(look.colour("accent"), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)

    def _paint_lines(self, painter: QPainter, field: QRectF, step: int, top: int) -> None:
        look = theme.current()
        metrics = QFontMetricsF(painter.font())
        for count in range(0, top + 1, step):
            y = floor(field.bottom() - field.height() * count / top) + 0.5
            painter.setPen(hair(look.colour("line")))
            painter.drawLine(QPointF(field.left(), y), QPointF(field.right(), y))
            painter.setPen(look.colour("dim"))
            place = QRectF(0, y - metrics.height() / 2, field.left() - look.px(6), metrics.height())
            painter.drawText(place, _RIGHT, f"{count:,}")

    def _paint_pile(
        self, painter: QPainter, field: QRectF, number: int, pile: Pile, top: int
    ) -> None:
        look = theme.current()
        column = self._column(number, field)
        gap = min(look.px(2), column.width() / 4)
        bottom = field.bottom()
        painter.setPen(Qt.PenStyle.NoPen)
        for grade, count in pile.counts:
            if not count:
                continue
            height = field.height() * count / top
            tone = self._tone_of(grade)
            painter.setBrush(look.colour("dim" if tone == "plain" else tone))
            painter.drawRect(
                QRectF(
                    column.left() + gap / 2, bottom - height, column.width() - gap, max(height, 1.0)
                )
            )
            bottom -= height

    def _paint_grades(self, painter: QPainter, field: QRectF) -> None:
        """Each grade with its count over the middle of where most of it lies, left to right."""
        look = theme.current()
        metrics = QFontMetricsF(painter.font())
        free = field.left()
        for grade in reversed(self.grades):
            held = [
                (number, dict(pile.counts).get(grade, 0))
                for number, pile in enumerate(self.piles)
                if dict(pile.counts).get(grade, 0)
            ]
            if not held:
                continue
            count = sum(found for _number, found in held)
            middle = sum((number + 0.5) * found for number, found in held) / count
            words = f"{grade}  {count:,}"
            width = metrics.horizontalAdvance(words) + look.px(10)
            x = field.left() + middle * field.width() / len(self.piles) - width / 2
            x = min(max(x, free), max(free, field.right() - width))
            free = x + width
            tone = self._tone_of(grade)
            painter.setPen(look.colour("dim" if tone == "plain" else tone))
            place = QRectF(x, field.top() - metrics.height() - look.px(6), width, metrics.height())
            painter.drawText(place, _MIDDLE, words)

    def _paint_scale(self, painter: QPainter, field: QRectF) -> None:
        look = theme.current()
        metrics = QFontMetricsF(painter.font())
        painter.setPen(look.colour("dim"))
        ends = [tick_word(one.low) for one in self.piles] + [tick_word(self.piles[-1].high)]
        width = max(map(metrics.horizontalAdvance, ends))
        step = field.width() / len(self.piles)
        every = max(1, ceil((width + look.px(12)) / step))
        for number in range(0, len(ends), every):
            x = field.left() + step * number
            place = QRectF(x - width, field.bottom() + look.px(4), 2 * width, metrics.height())
            if x + width / 2 <= self.width():
                painter.drawText(place, _MIDDLE, ends[number])

    def _paint_chosen(self, painter: QPainter, field: QRectF) -> None:
        if self.chosen is None:
            return
        look = theme.current()
        column = self._column(self.chosen, field)
        painter.setPen(QPen(look.colour("line_strong"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(column)
        words = self.said_of(self.piles[self.chosen])
        metrics = QFontMetricsF(painter.font())
        width = metrics.horizontalAdvance(words) + look.px(16)
        left = min(max(column.center().x() - width / 2, 1.0), max(1.0, self.width() - width - 1))
        bubble = QRectF(left, 0.5, width, metrics.height() + 8)
        painter.setBrush(look.colour("card"))
        painter.drawRoundedRect(bubble, 4, 4)
        painter.setPen(look.colour("ink"))
        painter.drawText(bubble, _MIDDLE, words)

    # Pointing

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The column under the mouse."""
        if self.piles:
            field = self._field()
            at = floor((event.position().x() - field.left()) / field.width() * len(self.piles))
            self.point_at(at if 0 <= at < len(self.piles) else None)

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is pointed at, unless by the keyboard."""
        if not self.hasFocus():
            self.point_at(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right walk from column to column."""
        last = len(self.piles) - 1
        here = self.chosen
        steps = {
            Qt.Key.Key_Left: last if here is None else max(0, here - 1),
            Qt.Key.Key_Right: 0 if here is None else min(last, here + 1),
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }
        step = steps.get(Qt.Key(event.key()))
        if step is None or last < 0:
            super().keyPressEvent(event)
            return
        self.point_at(step)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Nothing is pointed at any more."""
        super().focusOutEvent(event)
        self.point_at(None)

"""Lines with a quiet bar each: how many visits of a department or a carrier stand where."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from landsteward.app.campaign_progress import Progress
from landsteward.app.language import tr
from landsteward.domain.states import VisitStage
from ui import theme, words

_ROW = 32
_BAR = 10
_COLOURS = {
    VisitStage.REPORTED: "board_green",
    VisitStage.IN_CHECKUP: "board_blue",
    VisitStage.SCHEDULED: "map_sky",
    VisitStage.PLANNED: "line",
}
"""From left to right."""


@dataclass(frozen=True, slots=True)
class BarLine:
    """A line: its word, and where its visits stand."""

    word: str
    progress: Progress


class ProgressBars(QWidget):
    """`chosen` carries the key of the line a person clicked on."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.lines: tuple[BarLine, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_lines(self, lines: Sequence[BarLine]) -> None:
        """Show these lines."""
        if tuple(lines) == self.lines:
            return
        self.lines = tuple(lines)
        self.setAccessibleName("; ".join(spoken(one) for one in lines))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """A row for each line, and one for the legend."""
        look = theme.current()
        return QSize(look.px(320), look.px(_ROW) * (len(self.lines) + 1))

    def minimumSizeHint(self) -> QSize:
        """Narrower bars are still bars."""
        return QSize(theme.current().px(240), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Word, bar, how many are done of how many, problems; the legend below."""
        look = theme.current()
        painter = QPainter(self)
        painter.setFont(theme.tabular(self.font()))
        metrics = painter.fontMetrics()
        left = min(
            max((metrics.horizontalAdvance(one.word) for one in self.lines), default=0),
            self.width() * 2 // 5,
        ) + look.px(12)
        figures = [self._figures(one.progress) for one in self.lines]
        right = max((metrics.horizontalAdvance(one) for one in figures), default=0) + look.px(12)
        most = max((one.progress.total for one in self.lines), default=0)
        middle = int(Qt.AlignmentFlag.AlignVCenter)
        for number, (one, said) in enumerate(zip(self.lines, figures, strict=True)):
            line = QRectF(0, number * look.px(_ROW), self.width(), look.px(_ROW))
            painter.setPen(look.colour("ink"))
            word = metrics.elidedText(one.word, Qt.TextElideMode.ElideRight, int(left))
            painter.drawText(line, middle, word)
            painter.setPen(look.colour("dim"))
            painter.drawText(line, middle | int(Qt.AlignmentFlag.AlignRight), said)
            room = max(self.width() - left - right, 0)
            self._bar(painter, line, float(left), room, one.progress, most)
        self._legend(painter, len(self.lines) * look.px(_ROW))

    def _bar(
        self,
        painter: QPainter,
        line: QRectF,
        at: float,
        room: float,
        progress: Progress,
        most: int,
    ) -> None:
        look = theme.current()
        top = line.top() + (line.height() - look.px(_BAR)) / 2
        for stage, colour in _COLOURS.items():
            count = progress.stages[stage]
            if count and most:
                width = max(2.0, room * count / most)
                painter.fillRect(QRectF(at, top, width, look.px(_BAR)), look.colour(colour))
                at += width

    def _legend(self, painter: QPainter, top: int) -> None:
        look = theme.current()
        font = self.font()
        font.setPixelSize(look.px(12.5))
        painter.setFont(font)
        metrics = QFontMetrics(font)
        at, square = 0, look.px(10)
        for stage, colour in _COLOURS.items():
            word = words.visit_stage(stage)
            middle = top + look.px(_ROW) / 2
            painter.fillRect(QRectF(at, middle - square / 2, square, square), look.colour(colour))
            painter.setPen(look.colour("dim"))
            width = metrics.horizontalAdvance(word)
            painter.drawText(
                QRectF(at + look.px(16), top, width + 4, look.px(_ROW)),
                int(Qt.AlignmentFlag.AlignVCenter),
                word,
            )
            at += look.px(16) + width + look.px(16)

    def _figures(self, progress: Progress) -> str:
        done = tr("{done} of {total}", done=f"{progress.done:,}", total=f"{progress.total:,}")
        if not progress.problems:
            return done
        return tr("{done} · {count} problems", done=done, count=f"{progress.problems:,}")

    def _at(self, y: float) -> BarLine | None:
        number = int(y // theme.current().px(_ROW))
        return self.lines[number] if 0 <= number < len(self.lines) else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Say in words what the bar under the mouse is made of."""
        one = self._at(event.position().y())
        QToolTip.showText(
            event.globalPosition().toPoint(), spoken(one) if one is not None else "", self
        )

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on a line asks for its visits."""
        one = self._at(event.position().y())
        if one is not None:
            self.chosen.emit(one.progress.key)


def spoken(line: BarLine) -> str:
    """A line in words."""
    stages = [
        f"{words.visit_stage(stage)} {line.progress.stages[stage]}"
        for stage in VisitStage
        if line.progress.stages[stage]
    ]
    problems = tr("problems: {count}", count=line.progress.problems)
    return f"{line.word}: " + " · ".join([*stages, problems])

"""The board: cases by stage as bars in four colours, with words beside each colour."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from landsteward.app.language import tr
from landsteward.app.views import BoardRow
from landsteward.domain.colours import Colour
from landsteward.domain.states import CaseStage
from ui import theme, words

_ROW = 34
_BAR = 16


class Board(QWidget):
    """`chosen` carries the stage a person clicked on."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._counts: dict[tuple[str, Colour], int] = {}
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_rows(self, rows: Sequence[BoardRow]) -> None:
        """Show these counts."""
        self._counts = {(row.stage, row.colour): row.count for row in rows}
        spoken = [f"{words.stage(stage)} {self._total(stage)}" for stage in CaseStage]
        self.setAccessibleName(", ".join(spoken))
        self.update()

    def _total(self, stage: str) -> int:
        return sum(count for (key, _colour), count in self._counts.items() if key == stage)

    def sizeHint(self) -> QSize:
        """A line for each stage and one for the legend."""
        look = theme.current()
        return QSize(look.px(320), look.px(_ROW) * (len(CaseStage) + 1))

    def minimumSizeHint(self) -> QSize:
        """Narrower bars are still bars."""
        return QSize(theme.current().px(240), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Words, bars, totals, and the legend below."""
        look = theme.current()
        painter = QPainter(self)
        painter.setFont(theme.tabular(self.font()))
        left, right = look.px(84), look.px(44)
        room = self.width() - left - right
        most = max((self._total(stage) for stage in CaseStage), default=0)
        for number, stage in enumerate(CaseStage):
            top = number * look.px(_ROW)
            line = QRectF(0, top, self.width(), look.px(_ROW))
            total = self._total(stage)
            painter.setPen(look.colour("dim"))
            middle = int(Qt.AlignmentFlag.AlignVCenter)
            painter.drawText(line, middle, words.stage(stage))
            painter.setPen(look.colour("ink" if total else "dim"))
            painter.drawText(
                line, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight), str(total)
            )
            at = float(left)
            for colour in Colour:
                count = self._counts.get((stage, colour), 0)
                if not count or not most:
                    continue
                width = max(3.0, room * count / most)
                bar = QRectF(at, top + (look.px(_ROW) - look.px(_BAR)) / 2, width, look.px(_BAR))
                painter.fillRect(bar, look.colour(f"board_{colour.value}"))
                at += width
        self._paint_legend(painter, len(CaseStage) * look.px(_ROW))

    def _paint_legend(self, painter: QPainter, top: int) -> None:
        look = theme.current()
        font = self.font()
        font.setPixelSize(look.px(12.5))
        painter.setFont(font)
        at = 0
        for colour in Colour:
            word = words.board_colour(colour)
            square = look.px(10)
            middle = top + look.px(_ROW) / 2
            painter.fillRect(
                QRectF(at, middle - square / 2, square, square),
                look.colour(f"board_{colour.value}"),
            )
            painter.setPen(look.colour("dim"))
            width = painter.fontMetrics().horizontalAdvance(word)
            painter.drawText(
                QRectF(at + look.px(16), top, width + 4, look.px(_ROW)),
                int(Qt.AlignmentFlag.AlignVCenter),
                word,
            )
            at += look.px(16) + width + look.px(16)

    def _stage_at(self, y: float) -> CaseStage | None:
        number = int(y // theme.current().px(_ROW))
        stages = list(CaseStage)
        return stages[number] if 0 <= number < len(stages) else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Say in words what the bar under the mouse is made of."""
        stage = self._stage_at(event.position().y())
        parts = [
            f"{words.board_colour(colour)} {count}"
            for colour in Colour
            if stage is not None and (count := self._counts.get((stage, colour), 0))
        ]
        QToolTip.showText(event.globalPosition().toPoint(), " · ".join(parts), self)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on a line asks for its cases."""
        stage = self._stage_at(event.position().y())
        if stage is not None:
            self.chosen.emit(stage.value)


def legend_note() -> str:
    """What a click on the board does."""
    return tr("Click a line to see its cases")

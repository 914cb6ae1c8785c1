"""A signature as it is seen: its strokes fitted into an area, drawn as smooth curves."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from landsteward.domain.strokes import Curve, Stroke, curves, extent
from ui import theme

UNIT = 10
"""Strokes are kept in tenths of a pixel."""

_THINNEST, _THICKEST = 1.2, 4.2


def draw_curves(painter: QPainter, found: Sequence[Curve], colour: QColor, scale: float) -> None:
    """Draw curves given in tenths of a pixel; `scale` is how large one tenth of a pixel is now."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for one in found:
        width = (_THINNEST + (_THICKEST - _THINNEST) * one.weight) * UNIT * scale
        pen = QPen(colour, width)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        start = QPointF(*one.start) * scale
        if one.start == one.end:
            painter.drawPoint(start)
            continue
        path = QPainterPath(start)
        path.cubicTo(
            QPointF(*one.first) * scale, QPointF(*one.second) * scale, QPointF(*one.end) * scale
        )
        painter.drawPath(path)


class SignatureView(QWidget):
    """A small picture of a signature; empty where there is none."""

    def __init__(self, width: int = 132, height: int = 44) -> None:
        super().__init__()
        self._strokes: tuple[Stroke, ...] = ()
        look = theme.current()
        self._size = QSize(look.px(width), look.px(height))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_strokes(self, strokes: Sequence[Stroke], name: str) -> None:
        """Show a signature, whose `name` says."""
        self._strokes = tuple(strokes)
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.update()

    def sizeHint(self) -> QSize:
        """As large as it was made."""
        return self._size

    def paintEvent(self, event: QPaintEvent) -> None:
        """The strokes, as large as they fit, in the middle."""
        if not any(self._strokes):
            return
        left, top, right, bottom = extent(self._strokes)
        area = QRectF(self.rect()).adjusted(4, 4, -4, -4)
        wide, tall = max(right - left, 1), max(bottom - top, 1)
        scale = min(area.width() / wide, area.height() / tall, 1 / UNIT)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(
            area.center().x() - (left + right) / 2 * scale,
            area.center().y() - (top + bottom) / 2 * scale,
        )
        ink = theme.current().colour("ink")
        for stroke in self._strokes:
            draw_curves(painter, curves(stroke), ink, scale)

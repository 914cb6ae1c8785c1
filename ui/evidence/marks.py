"""Marks painted over a picture, in lists and in the viewer alike."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPolygonF

from landsteward.domain.mark_shapes import MarkShape, shape_of
from landsteward.domain.photos import MARK_COLOURS, Mark, MarkKind, mark_contrast
from ui import theme

_HALO = 1.8
_PLATE_PAD = 0.25
_LEAST_STROKE = 1.0
_LEAST_TEXT = 4


def paint_marks(painter: QPainter, area: QRectF, marks: Sequence[Mark], turn: int) -> None:
    """Paint them over a picture that lies, turned by so many quarters, in this area."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for mark in marks:
        shape = shape_of(mark, width=area.width(), height=area.height(), turn=turn)
        if mark.kind is MarkKind.TEXT:
            _text(painter, area, shape)
        else:
            _lines(painter, area, shape)
    painter.restore()


def plate_of(area: QRectF, mark: Mark, turn: int) -> QRectF:
    """Where a text's plate lies in the area."""
    return _plate(area, shape_of(mark, width=area.width(), height=area.height(), turn=turn))


def _plate(area: QRectF, shape: MarkShape) -> QRectF:
    high = shape.text_height
    pad = high * _PLATE_PAD
    wide = QFontMetricsF(_font(high)).horizontalAdvance(shape.mark.text)
    place = _in(area, shape.points[0])
    return QRectF(place.x(), place.y(), wide + 2 * pad, high + 2 * pad)


def _text(painter: QPainter, area: QRectF, shape: MarkShape) -> None:
    mark = shape.mark
    high = shape.text_height
    plate = _plate(area, shape)
    pad = high * _PLATE_PAD
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(MARK_COLOURS[mark.colour]))
    painter.drawRoundedRect(plate, pad, pad)
    if high < _LEAST_TEXT:
        return
    painter.setFont(_font(high))
    painter.setPen(QColor(mark_contrast(mark.colour)))
    painter.drawText(plate, int(Qt.AlignmentFlag.AlignCenter), mark.text)


def _lines(painter: QPainter, area: QRectF, shape: MarkShape) -> None:
    mark = shape.mark
    stroke = max(shape.stroke, _LEAST_STROKE)
    points = [_in(area, one) for one in shape.points]
    for ink, thick in (
        (QColor(mark_contrast(mark.colour)), stroke * _HALO),
        (QColor(MARK_COLOURS[mark.colour]), stroke),
    ):
        pen = QPen(ink, thick)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if mark.kind is MarkKind.BOX:
            painter.drawRect(QRectF(points[0], points[1]).normalized())
            continue
        painter.drawLine(points[0], points[1])
        if shape.head:
            pen.setWidthF(max(thick - stroke, 0.1))
            painter.setPen(pen)
            painter.setBrush(ink)
            painter.drawPolygon(QPolygonF([_in(area, one) for one in shape.head]))


def _in(area: QRectF, place: tuple[float, float]) -> QPointF:
    return QPointF(area.x() + place[0], area.y() + place[1])


def _font(high: float) -> QFont:
    font = QFont(theme.FAMILY)
    font.setPixelSize(max(round(high), 1))
    font.setWeight(QFont.Weight.DemiBold)
    return font

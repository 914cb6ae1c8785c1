"""A sample of a kind for legends."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPainterPath, QPen

from ui import theme
from ui.map.look import Kind, strokes_of


def paint_swatch(
    painter: QPainter, place: QRectF, kind: Kind, font: QFont, look: theme.Theme
) -> None:
    """A piece of land of a kind, with its sign."""
    how = strokes_of(kind, look)
    painter.setPen(how.pen)
    painter.setBrush(how.brush)
    painter.drawRoundedRect(place, 3, 3)
    if how.hatch is not None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(how.hatch)
        painter.drawRoundedRect(place, 3, 3)
        return
    metrics = QFontMetricsF(font)
    path = QPainterPath()
    foot = place.center().y() + (metrics.ascent() - metrics.descent()) / 2
    path.addText(
        QPointF(place.center().x() - metrics.horizontalAdvance(kind.sign) / 2, foot),
        font,
        kind.sign,
    )
    painter.strokePath(path, QPen(look.colour("map_halo"), metrics.height() / 6))
    painter.fillPath(path, look.colour("map_ink"))

"""A sample of a kind for legends."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QPainter

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
    painter.setFont(font)
    painter.setPen(look.colour("map_halo"))
    for across, down in ((-1, 0), (1, 0), (0, -1), (0, 1)):
        painter.drawText(
            place.translated(QPointF(across, down)), Qt.AlignmentFlag.AlignCenter, kind.sign
        )
    painter.setPen(look.colour("map_ink"))
    painter.drawText(place, Qt.AlignmentFlag.AlignCenter, kind.sign)

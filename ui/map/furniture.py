"""What stands on a map beside the land: the chosen outline, scale bar, north arrow."""

import math
from dataclasses import dataclass

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPainterPath, QPen, QPolygonF, QTransform

from landsteward.app.language import tr
from landsteward.domain.boundary_plan import round_below
from ui import theme
from ui.map.camera import Camera
from ui.map.scene import Scene

_OFF_PX = 0.35
_BAR_PX = 140
_ARROW = 30
_TEXT = 12
_TICK = 5


def paint_shape(
    painter: QPainter, camera: Camera, scene: Scene, shape: int, ratio: float, *, strong: bool
) -> None:
    """An outline on top of everything: what is pointed at, or chosen."""
    look = scene.look
    left, top = camera.origin
    path = scene.paths.of(scene.shapes.level(_OFF_PX / camera.scale), shape)
    painter.save()
    painter.setTransform(QTransform(camera.scale, 0, 0, -camera.scale, -left, -top), True)
    strokes = ((6.0, "map_halo"), (3.0, "map_chosen")) if strong else ((2.0, "map_chosen"),)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for width, token in strokes:
        pen = QPen(look.colour(token), width * ratio)
        pen.setCosmetic(True)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.drawPath(path)
    painter.restore()


def paint_furniture(painter: QPainter, camera: Camera, scene: Scene, ratio: float) -> None:
    """Scale bar at the lower left, north arrow at the upper right of a view."""
    look = scene.look
    font = QFont(theme.FAMILY)
    font.setPixelSize(max(round(look.px(_TEXT) * ratio), 1))
    metres = round_below(look.px(_BAR_PX) * ratio / camera.scale)
    foot = QPointF(look.px(16) * ratio, camera.height - look.px(14) * ratio)
    pens = Pens(look, font, ratio)
    paint_bar(painter, foot, metres, metres * camera.scale, pens)
    top = QPointF(camera.width - look.px(26) * ratio, look.px(34) * ratio)
    paint_arrow(painter, top, scene.shapes.plane.turned, look.px(_ARROW) * ratio, pens)


@dataclass(frozen=True, slots=True)
class Pens:
    """What furniture is painted with; `ratio` of the device's dots are a pixel of the window."""

    look: theme.Theme
    font: QFont
    ratio: float


def length_in_words(metres: float) -> str:
    """A length as a scale bar says it."""
    return f"{metres / 1000:g} km" if metres >= 1000 else f"{metres:g} m"


def paint_bar(painter: QPainter, foot: QPointF, metres: float, length: float, pens: Pens) -> None:
    """A bar of a length that stands for so many metres, its text above it."""
    left, y, tick = foot.x(), foot.y(), _TICK * pens.ratio
    ends = [
        QPointF(left, y - tick),
        QPointF(left, y),
        QPointF(left + length, y),
        QPointF(left + length, y - tick),
    ]
    for width, token in ((4.0, "map_halo"), (1.5, "map_ink")):
        painter.setPen(QPen(pens.look.colour(token), width * pens.ratio))
        painter.drawPolyline(ends)
    _haloed(painter, length_in_words(metres), QPointF(left + length / 2, y - tick), pens)


def paint_arrow(
    painter: QPainter, middle: QPointF, turned: float, height: float, pens: Pens
) -> None:
    """An arrow around a place that points to true north, `turned` degrees right of the top."""
    half = height / 2
    painter.save()
    painter.translate(middle)
    painter.rotate(turned)
    arrow = QPolygonF(
        [
            QPointF(0, -half),
            QPointF(half / 2, half),
            QPointF(0, half / 2),
            QPointF(-half / 2, half),
        ]
    )
    painter.setPen(QPen(pens.look.colour("map_halo"), 3 * pens.ratio))
    painter.setBrush(pens.look.colour("map_ink"))
    painter.drawPolygon(arrow)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.drawPolygon(arrow)
    _haloed(painter, tr("N"), QPointF(0, -half - pens.ratio), pens)
    painter.restore()


def _haloed(painter: QPainter, text: str, foot: QPointF, pens: Pens) -> None:
    """A text whose lower middle is at a place."""
    font = theme.tabular(pens.font)
    metrics = QFontMetricsF(font)
    width = metrics.horizontalAdvance(text)
    path = QPainterPath()
    path.addText(QPointF(foot.x() - width / 2, foot.y() - metrics.descent()), font, text)
    halo = QPen(pens.look.colour("map_halo"), 3 * pens.ratio)
    halo.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.strokePath(path, halo)
    painter.fillPath(path, pens.look.colour("map_ink"))


def scale_in_words(camera: Camera, dots_a_metre: float) -> str:
    """The scale of a view on this screen, e.g. 1:5 000."""
    number = dots_a_metre / camera.scale
    power = 10 ** max(int(math.log10(max(number, 1))) - 1, 0)
    return f"1:{round(number / power) * power:,}"

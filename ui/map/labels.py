"""Names and signs on the land, where there is room for them and none covers another.

Each is painted once, with a halo that keeps it readable on any colour, and laid over the map at
its own size whatever the scale.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QPainterPath, QPen

from ui import theme
from ui.map.camera import Camera
from ui.map.scene import Scene

_TEXT = 12.0
_HALO = 3.0
_SIGN_ROOM = 15.0
_NAME_ROOM = 30.0
"""Pixels a parcel must have across for its sign, and for its name."""
_MOST = 600
_CELL = 64
_AROUND = 0.3
"""Labels are laid out for more than the view, so that pushing it shows some at once."""
_SPILL = 1.15
"""A name may be so much wider than its land."""
_LEFT = 0.6
"""Less of a name than this says nothing: most of them begin alike."""


@dataclass(frozen=True, slots=True)
class Label:
    """A painted text with its middle at a place of the map."""

    image: QImage
    x: float
    y: float
    shape: int
    text: str


class Labels:
    """The labels of one view after another."""

    def __init__(self, scene: Scene, ratio: float, name_of: Callable[[int], str]) -> None:
        """`name_of` gives the name of a shape, empty for none."""
        self._scene = scene
        self._ratio = ratio
        self._name_of = name_of
        self.placed: list[Label] = []
        self._scale = 0.0

    def lay_out(self, camera: Camera) -> Iterator[None]:
        """Choose what is written where; a pause after every few."""
        ratio, scene = self._ratio, self._scene
        look = scene.look
        around = max(camera.width, camera.height) * _AROUND
        box = camera.box.grown(around / camera.scale)
        least = _SIGN_ROOM * ratio / camera.scale
        taken = _Taken()
        found: list[Label] = []
        for shape in scene.shapes.large(box, side_m=least, most=_MOST):
            yield
            if not scene.shown(shape):
                continue
            kind = scene.kinds[scene.kind_of[shape]]
            size = scene.shapes.box(shape)
            wide, high = size.width * camera.scale, size.height * camera.scale
            name = ""
            if min(wide, high) >= _NAME_ROOM * ratio:
                name = _fitting(self._name_of(shape), wide / ratio * _SPILL, look.percent)
            x, y = scene.shapes.anchor(shape)
            # Where there is no room for the name there may be for the sign alone.
            for written in dict.fromkeys((name, "")):
                image = _painted(kind.sign, written, ratio, look)
                place = _around(camera.to_view(x, y), image)
                if taken.free(place):
                    taken.take(place)
                    text = f"{kind.sign} {written}".strip()
                    found.append(Label(image, x, y, shape, text))
                    break
        self.placed, self._scale = found, camera.scale

    def paint(self, painter: QPainter, camera: Camera) -> int:
        """Paint what is in view; while the scale changes, what would cover another waits.

        Gives how many were painted.
        """
        taken = _Taken() if camera.scale != self._scale else None
        view = QRectF(0, 0, camera.width, camera.height)
        count = 0
        for one in self.placed:
            place = _around(camera.to_view(one.x, one.y), one.image)
            if not place.intersects(view):
                continue
            if taken is not None:
                if not taken.free(place):
                    continue
                taken.take(place)
            painter.drawImage(QPointF(round(place.left()), round(place.top())), one.image)
            count += 1
        return count


def _around(middle: tuple[float, float], image: QImage) -> QRectF:
    """The room an image takes around a place."""
    width, height = image.width(), image.height()
    return QRectF(middle[0] - width / 2, middle[1] - height / 2, width, height)


class _Taken:
    """What of the view is written on."""

    def __init__(self) -> None:
        self._cells: dict[tuple[int, int], list[QRectF]] = {}

    def free(self, place: QRectF) -> bool:
        return not any(
            place.intersects(other) for cell in _cells(place) for other in self._cells.get(cell, ())
        )

    def take(self, place: QRectF) -> None:
        for cell in _cells(place):
            self._cells.setdefault(cell, []).append(place)


def _cells(place: QRectF) -> list[tuple[int, int]]:
    return [
        (column, row)
        for column in range(int(place.left() // _CELL), int(place.right() // _CELL) + 1)
        for row in range(int(place.top() // _CELL), int(place.bottom() // _CELL) + 1)
    ]


def _font(percent: int) -> QFont:
    font = QFont(theme.FAMILY)
    font.setPixelSize(round(_TEXT * percent / 100))
    return font


def _fitting(name: str, room: float, percent: int) -> str:
    """As much of a name as there is room for; nothing where that is next to nothing."""
    if not name:
        return ""
    metrics = QFontMetricsF(_font(percent))
    if metrics.horizontalAdvance(name) <= room:
        return name
    shorter = metrics.elidedText(name, Qt.TextElideMode.ElideRight, room)
    return shorter if len(shorter) > _LEFT * len(name) else ""


@lru_cache(maxsize=2000)
def _painted_at(sign: str, name: str, ratio: float, percent: int, ink: str, ground: str) -> QImage:
    """A sign above a name, each with its halo, on nothing."""
    font = _font(percent)
    strong = QFont(font)
    strong.setWeight(QFont.Weight.DemiBold)
    rows = [(sign, strong), (name, font)] if name else [(sign, strong)]
    widths = [QFontMetricsF(one).horizontalAdvance(text) for text, one in rows]
    height = QFontMetricsF(font).height()
    width = max(widths) + 2 * _HALO
    image = QImage(
        round(width * ratio),
        round((height * len(rows) + _HALO) * ratio),
        QImage.Format.Format_ARGB32_Premultiplied,
    )
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(ratio, ratio)
    halo = QColor(ground)
    halo.setAlpha(215)
    for row, ((text, one), text_width) in enumerate(zip(rows, widths, strict=True)):
        path = QPainterPath()
        baseline = _HALO / 2 + row * height + QFontMetricsF(one).ascent()
        path.addText(QPointF((width - text_width) / 2, baseline), one, text)
        painter.strokePath(
            path,
            QPen(
                halo,
                _HALO,
                Qt.PenStyle.SolidLine,
                Qt.PenCapStyle.RoundCap,
                Qt.PenJoinStyle.RoundJoin,
            ),
        )
        painter.fillPath(path, QColor(ink))
    painter.end()
    return image


def _painted(sign: str, name: str, ratio: float, look: theme.Theme) -> QImage:
    colours = look.colours
    return _painted_at(sign, name, ratio, look.percent, colours["map_ink"], colours["map_halo"])

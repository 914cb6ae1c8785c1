"""A file laid under the parcels: pieces of pictures as they are fetched, and its lines."""

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter, QPen, QTransform

from landsteward.app.map_shapes import Box
from landsteward.app.underlays import LayerLines, Picture, Underlay
from ui import theme
from ui.map.paths import PathStore
from ui.map.scene import Part

_OFF_PX = 0.5
_KEPT_BYTES = 96 * 1024 * 1024
_DOT_PX = 4.0
_LINE_PX = 1.4


@dataclass(frozen=True, slots=True)
class Piece:
    """A picture as Qt paints it."""

    key: str
    image: QImage
    corners: tuple[float, ...]
    box: Box
    pixel_m: float


def piece_of(picture: Picture) -> Piece:
    """A picture made ready; its bytes are copied."""
    image = QImage(
        picture.pixels,
        picture.width,
        picture.height,
        4 * picture.width,
        QImage.Format.Format_RGBA8888,
    ).convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)
    return Piece(picture.key, image, picture.corners, picture.box, picture.pixel_m)


class UnderlayLayer:
    """What is there of an open underlay; `opacity` from 0 to 1."""

    def __init__(self, underlay: Underlay, opacity: float) -> None:
        self.underlay = underlay
        self.opacity = opacity
        self._pieces: dict[str, Piece] = {}
        self._paths = [PathStore(closed=False) for _layer in underlay.lines]

    @property
    def have(self) -> frozenset[str]:
        """The keys of the pieces that are there."""
        return frozenset(self._pieces)

    def take(self, pieces: list[Piece], near: Box) -> None:
        """Keep these too; what is farthest from a box goes where it becomes too much."""
        self._pieces.update((one.key, one) for one in pieces)
        total = sum(one.image.sizeInBytes() for one in self._pieces.values())
        if total <= _KEPT_BYTES:
            return
        x, y = near.middle
        for one in sorted(
            self._pieces.values(),
            key=lambda piece: abs(piece.box.middle[0] - x) + abs(piece.box.middle[1] - y),
            reverse=True,
        ):
            if total <= _KEPT_BYTES or one.box.meets(near):
                break
            total -= one.image.sizeInBytes()
            del self._pieces[one.key]

    def paint(self, painter: QPainter, part: Part) -> None:
        """Pieces, coarse ones below sharp ones, then lines."""
        painter.save()
        painter.setOpacity(self.opacity)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        box, base = part.box, painter.transform()
        # As they are now: a picture for paper is painted while others come in.
        there = [one for one in list(self._pieces.values()) if one.box.meets(box)]
        for one in sorted(there, key=lambda piece: -piece.pixel_m):
            painter.setTransform(_placed(one) * part.transform * base)
            painter.drawImage(0, 0, one.image)
        painter.setTransform(base)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for layer, paths in zip(self.underlay.lines, self._paths, strict=True):
            _paint_lines(painter, part, layer, paths)
        painter.restore()


def _paint_lines(painter: QPainter, part: Part, layer: LayerLines, paths: PathStore) -> None:
    level = layer.level(_OFF_PX / part.scale)
    pen = QPen(theme.current().colour("map_underlay"), _LINE_PX * part.ratio)
    pen.setCosmetic(True)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    shapes = layer.within(part.box)
    dots: list[int] = []
    painter.save()
    painter.setTransform(part.transform, True)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(pen)
    for shape, side in zip(shapes, layer.sides(shapes), strict=True):
        if side:
            painter.drawPath(paths.of(level, shape))
        else:
            dots.append(shape)
    painter.restore()
    pen.setWidthF(_DOT_PX * part.ratio)
    painter.setPen(pen)
    for shape in dots:
        painter.drawPoint(part.place(*layer.box(shape).middle))


def _placed(piece: Piece) -> QTransform:
    """From a piece's pixels to metres.

    By three of its corners: within one piece the fourth is off by less than a pixel.
    """
    left, top, right, right_y, _x, _y, bottom_x, bottom = piece.corners
    width, height = piece.image.width(), piece.image.height()
    return QTransform(
        (right - left) / width,
        (right_y - top) / width,
        (bottom_x - left) / height,
        (bottom - top) / height,
        left,
        top,
    )

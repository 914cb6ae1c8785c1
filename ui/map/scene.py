"""What a map shows, and how any part of it is painted: piece by piece, so that nobody waits.

Painting is a generator that pauses every few shapes. PySide6 keeps hold of Python while it paints,
so a thread of its own would stop the window all the same; pauses do not (measured: a thread held
the window up for 13 to 25 ms at a time, slices for what the slice was given).
"""

from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QPolygonF, QTransform

from landsteward.app.map_shapes import Box, MapShapes, Overlaps
from ui import theme
from ui.map.look import Kind, Strokes, faint_pen, strokes
from ui.map.paths import PathStore

_OFF_PX = 0.35
"""How far a simplified line may be off, in pixels."""
_TINY_PX = 3.0
"""What is smaller than this is a dot: no parcel is ever too small to be seen."""
_HATCHED_PX = 10.0
_AT_ONCE = 32
_SIGN_PX = 15.0
_ABOVE = 1.9
"""How far above a parcel's middle a sign of its faults stands, in sizes of the sign."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the whole map drawn at a scale, in device pixels; `ratio` of them are one of the
    window's.
    """

    scale: float
    left: int
    top: int
    width: int
    height: int
    ratio: float = 1.0

    @property
    def box(self) -> Box:
        """What it shows, and a little more: lines have a width."""
        return Box(
            self.left / self.scale,
            -(self.top + self.height) / self.scale,
            (self.left + self.width) / self.scale,
            -self.top / self.scale,
        ).grown(2 * self.ratio / self.scale)

    @property
    def transform(self) -> QTransform:
        """From metres to its pixels."""
        return QTransform(self.scale, 0, 0, -self.scale, -self.left, -self.top)

    def place(self, x: float, y: float) -> QPointF:
        """Where a place of the map is in it."""
        return QPointF(x * self.scale - self.left, -y * self.scale - self.top)


class Ground(Protocol):
    """Something laid under the parcels."""

    def paint(self, painter: QPainter, part: Part) -> None:
        """Paint what is there of it by now."""
        ...


class Scene:
    """Shapes in their kinds, what is laid under them, what is marked; `version` counts changes."""

    def __init__(
        self,
        shapes: MapShapes,
        kinds: Sequence[Kind],
        kind_of: Sequence[int],
        look: theme.Theme | None = None,
    ) -> None:
        """`kind_of` says which of the kinds each shape is of, -1 for what is not to be seen.

        `core` are the shapes that “all” means (None: all of them); what lies far off is none.
        """
        self.shapes = shapes
        self.kinds = list(kinds)
        self.kind_of = list(kind_of)
        self.faint: frozenset[int] = frozenset()
        self.faulty: tuple[int, ...] = ()
        self.core: list[int] | None = None
        self.overlaps: Overlaps | None = None
        self.grounds: list[Ground] = []
        self.paths = PathStore()
        self.version = 0
        self.look = look or theme.current()
        self._strokes = strokes(self.kinds, self.look)

    def on_paper(self) -> "Scene":
        """The same for paper, which is light."""
        light = theme.Theme("light", {**theme.colours_of("light"), "map_ground": "#FFFFFF"})
        found = Scene(self.shapes, self.kinds, self.kind_of, light)
        found.faint, found.faulty, found.core = self.faint, self.faulty, self.core
        found.overlaps, found.grounds = self.overlaps, list(self.grounds)
        return found

    def change(self) -> None:
        """Something looks different now; what was painted before is out of date."""
        self.version += 1

    def show_kinds(self, kinds: Sequence[Kind], kind_of: Sequence[int]) -> None:
        """Colour by something else."""
        self.kinds, self.kind_of = list(kinds), list(kind_of)
        self._strokes = strokes(self.kinds, self.look)
        self.change()

    def shown(self, shape: int) -> bool:
        """Whether a shape is there to be seen in its kind."""
        return self.kind_of[shape] >= 0 and shape not in self.faint

    def paint(self, painter: QPainter, part: Part) -> Generator[None]:
        """Paint a part of the map into a painter of its pixels, with a pause now and then."""
        painter.fillRect(QRectF(0, 0, part.width, part.height), self.look.colour("map_ground"))
        for ground in self.grounds:
            ground.paint(painter, part)
            yield
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        by_kind: dict[int, list[int]] = {}
        faint: list[int] = []
        for shape in self.shapes.within(part.box):
            kind = self.kind_of[shape]
            if kind < 0:
                continue
            if shape in self.faint:
                faint.append(shape)
            else:
                by_kind.setdefault(kind, []).append(shape)
        yield
        yield from self._faint(painter, part, faint)
        for kind in sorted(by_kind, reverse=True):
            yield from self._shapes(painter, part, self._strokes[kind], by_kind[kind])
        if self.overlaps is not None:
            yield from self._overlaps(painter, part, self.overlaps)
        yield from self._faults(painter, part)

    def _faint(self, painter: QPainter, part: Part, shapes: list[int]) -> Iterator[None]:
        pen = faint_pen(self.look)
        pen.setWidthF(part.ratio)
        yield from self._shapes(
            painter, part, Strokes(QBrush(Qt.BrushStyle.NoBrush), pen, None), shapes
        )

    def _shapes(
        self, painter: QPainter, part: Part, how: Strokes, shapes: list[int]
    ) -> Iterator[None]:
        """What is large enough by its outline, the rest by dots."""
        tiny = _TINY_PX * part.ratio / part.scale
        sized = list(zip(shapes, self.shapes.sides(shapes), strict=True))
        painter.save()
        try:
            yield from self._outlines(painter, part, how, [one for one in sized if one[1] >= tiny])
        finally:
            # Also where nobody wants the rest any more.
            painter.restore()
        yield from self._dots(painter, part, how, [shape for shape, side in sized if side < tiny])

    def _outlines(
        self, painter: QPainter, part: Part, how: Strokes, sized: list[tuple[int, float]]
    ) -> Iterator[None]:
        level = self.shapes.level(_OFF_PX / part.scale)
        hatched = _HATCHED_PX * part.ratio / part.scale
        pen = QPen(how.pen)
        pen.setWidthF(part.ratio)
        hatch = QBrush(how.hatch) if how.hatch is not None else None
        if hatch is not None:
            hatch.setTransform(QTransform.fromScale(1 / part.scale, -1 / part.scale))
        painter.setTransform(part.transform, True)
        painter.setPen(pen)
        painter.setBrush(how.brush)
        for at, (shape, side) in enumerate(sized, 1):
            path = self.paths.of(level, shape)
            painter.drawPath(path)
            if hatch is not None and side >= hatched:
                painter.fillPath(path, hatch)
            if at % _AT_ONCE == 0:
                yield

    def _dots(
        self, painter: QPainter, part: Part, how: Strokes, shapes: list[int]
    ) -> Iterator[None]:
        """Whole pixels, so that each is as strong as the next."""
        filled = how.brush.style() is not Qt.BrushStyle.NoBrush
        colour = how.brush.color() if filled else how.pen.color()
        solid = QColor(colour.red(), colour.green(), colour.blue())
        side = round(2 * part.ratio)
        for at, shape in enumerate(shapes, 1):
            place = part.place(*self.shapes.box(shape).middle)
            left, top = round(place.x() - side / 2), round(place.y() - side / 2)
            painter.fillRect(left, top, side, side, solid)
            if at % (4 * _AT_ONCE) == 0:
                yield

    def _overlaps(self, painter: QPainter, part: Part, overlaps: Overlaps) -> Iterator[None]:
        colour = self.look.colour("map_overlap")
        least = _SIGN_PX * part.ratio
        box = part.box.grown(least / part.scale)
        fill = QColor(colour)
        fill.setAlpha(150)
        for at, one in enumerate(overlaps.found):
            if not one.box.meets(box):
                continue
            pen = QPen(colour, 1.5 * part.ratio)
            pen.setCosmetic(True)
            painter.setPen(pen)
            if max(one.box.width, one.box.height) * part.scale >= least / 2:
                painter.save()
                painter.setTransform(part.transform, True)
                painter.setBrush(fill)
                painter.drawPath(self.paths.of(overlaps.rings, at))
                painter.restore()
            else:
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawEllipse(part.place(*one.box.middle), least / 2, least / 2)
            yield

    def _faults(self, painter: QPainter, part: Part) -> Iterator[None]:
        """A sign on what has something to look into, above where its name stands."""
        side = _SIGN_PX * part.ratio
        box = part.box.grown((1 + _ABOVE) * side / part.scale)
        for shape in self.faulty:
            if self.kind_of[shape] < 0 or not self.shapes.box(shape).meets(box):
                continue
            place = part.place(*self.shapes.anchor(shape)) - QPointF(0, _ABOVE * side)
            _warning(painter, place, side, self.look)
            yield


def _warning(painter: QPainter, place: QPointF, side: float, look: theme.Theme) -> None:
    half = side / 2
    triangle = [
        QPointF(place.x(), place.y() - half),
        QPointF(place.x() + half, place.y() + half),
        QPointF(place.x() - half, place.y() + half),
    ]
    painter.setPen(QPen(look.colour("map_halo"), side / 8))
    painter.setBrush(look.colour("map_overlap"))
    painter.drawPolygon(QPolygonF(triangle))
    painter.setPen(QPen(look.colour("map_halo"), side / 7))
    painter.drawLine(
        QPointF(place.x(), place.y() - side * 0.1), QPointF(place.x(), place.y() + side * 0.18)
    )
    painter.drawPoint(QPointF(place.x(), place.y() + side * 0.34))

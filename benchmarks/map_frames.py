"""Frames of the map while it is pushed and zoomed, 20 000 parcels, 1920 × 1080, drawn in software.

Ours: the map's own widget. Sixty times a second a hand moves: it drags, then turns the wheel, over
the whole county and close up. A frame lasts from the moment the hand's event is due until it has
been painted, so what the map paints in between counts where it gets in the way. Of all frames the
95th percentile is taken.

Beside two bare painters that get the same moves at the same pace:

- the same polygons by plain QPainter, all of them in every frame, without simplifying, pieces or
  names: what a map costs that does nothing about it. Below 1 is what the machinery is worth;
- one image of the size of the view, shifted: the least that any frame costs. The ratio is what all
  of ours adds to it: pieces, names, scale bar, and painting what comes into view.
"""

import math
import os
import time
from collections.abc import Callable, Iterator
from typing import Protocol

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import (
    QColor,
    QImage,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QTransform,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QWidget

from benchmarks.side_by_side import Comparison, compare
from landsteward.exchange.map_shapes import PlaneGeometry, PlaneShapes
from tests.helpers.maps import county, parcels
from ui import theme
from ui.map.camera import Camera
from ui.map.canvas import MapCanvas
from ui.map.look import Colouring, kinds_of
from ui.map.paths import path_of
from ui.map.scene import Scene

PARCELS = 20_000
WIDTH, HEIGHT = 1920, 1080
POLYGONS_LIMIT = 0.25
IMAGE_LIMIT = 3.0
_FRAME_S = 1 / 60
_WHOLE, _CLOSER, _NEAR = 60, 18, 90
_NOTCH = 120
_NO_BUTTON, _LEFT = Qt.MouseButton.NoButton, Qt.MouseButton.LeftButton
_NONE_HELD = Qt.KeyboardModifier.NoModifier


class Player(Protocol):
    """A widget that a hand moves; `frames` counts what was painted."""

    frames: int

    def begin(self) -> None:
        """The whole county in view, and a hand on it."""
        ...

    def push(self, right: int, down: int) -> None:
        """The hand moves by so many pixels."""
        ...

    def zoom(self, notches: int) -> None:
        """The wheel turns."""
        ...


def measure(runs: int) -> Comparison:
    """Beside the same polygons painted plainly."""
    return _compared(
        "all polygons by plain QPainter in every frame", Polygons, POLYGONS_LIMIT, runs
    )


def beside_an_image(runs: int) -> Comparison:
    """Beside one image that is shifted."""
    return _compared("one image of the view's size in every frame", Picture, IMAGE_LIMIT, runs)


def _compared(
    beside: str, bare: "Callable[[PlaneShapes], Bare]", limit: float, runs: int
) -> Comparison:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication.instance() or theme.application()
    if not isinstance(app, QApplication):
        raise TypeError("there is an application without widgets already")
    theme.apply(app, scheme=theme.Scheme.LIGHT, percent=100)
    shapes = PlaneGeometry().shapes(county(PARCELS))
    ours, theirs = Ours(shapes), bare(shapes)
    for one in (ours, theirs):
        one.resize(WIDTH, HEIGHT)
        one.show()
    try:
        return compare(
            what=f"a frame of the map, {PARCELS} parcels, pushed and zoomed, p95",
            beside=beside,
            ours=lambda: _p95(_frames(app, ours)),
            theirs=lambda: _p95(_frames(app, theirs)),
            limit=limit,
            runs=runs,
        )
    finally:
        for one in (ours, theirs):
            one.hide()
            one.deleteLater()


def _frames(app: QApplication, player: Player) -> Iterator[float]:
    """The time of each frame, from when it was due until it was painted."""
    player.begin()
    due = time.perf_counter() + _FRAME_S
    for move in _moves(player):
        while time.perf_counter() < due:
            app.processEvents()
        before = player.frames
        move()
        while player.frames == before:
            app.processEvents()
        painted = time.perf_counter()
        yield painted - due
        due = max(due + _FRAME_S, painted)


def _moves(player: Player) -> Iterator[Callable[[], None]]:
    def push(frame: int) -> Callable[[], None]:
        right, down = (round(14 * turn(frame / 9)) for turn in (math.cos, math.sin))
        return lambda: player.push(right, down)

    yield from map(push, range(_WHOLE))
    for _turn in range(_CLOSER):
        yield lambda: player.zoom(1)
    yield from map(push, range(_NEAR))
    for _turn in range(_CLOSER):
        yield lambda: player.zoom(-1)


def _p95(times: Iterator[float]) -> float:
    ordered = sorted(times)
    return ordered[int(len(ordered) * 0.95)]


class Ours(MapCanvas):
    """The map as the register shows it, moved by real events."""

    def __init__(self, shapes: PlaneShapes) -> None:
        super().__init__()
        self.frames = 0
        self._hand = QPoint()
        named = parcels(["ABCD"[at % 4] for at in range(len(shapes))])
        kinds = kinds_of(Colouring.GRADE, ())
        scene = Scene(shapes, kinds, [at % 4 for at in range(len(shapes))])
        self.show_scene(scene, lambda shape: named[shape].name)

    def begin(self) -> None:
        """All in view and sharp; a button is held."""
        self.fit_all()
        while not self.still:
            QApplication.processEvents()
        self._hand = QPoint(WIDTH // 2, HEIGHT // 2)
        self._mouse(QEvent.Type.MouseButtonRelease, _NO_BUTTON)
        self._mouse(QEvent.Type.MouseButtonPress, _LEFT)
        # What makes a drag of it.
        self.push(30, 30)
        self.push(-30, -30)

    def push(self, right: float, down: float) -> None:
        """Drag, or (from the drag itself) follow it."""
        if not self._in_event:
            self._hand += QPoint(round(right), round(down))
            self._mouse(QEvent.Type.MouseMove, _LEFT)
        else:
            super().push(right, down)

    _in_event = False

    def zoom(self, factor: float, at: QPointF | None = None) -> None:
        """Turn the wheel, or follow it."""
        if self._in_event:
            super().zoom(factor, at)
            return
        place = QPointF(WIDTH / 2, HEIGHT / 2)
        self._send(
            QWheelEvent(
                place,
                place,
                QPoint(),
                QPoint(0, round(_NOTCH * factor)),
                _NO_BUTTON,
                _NONE_HELD,
                Qt.ScrollPhase.NoScrollPhase,
                False,
            )
        )

    def _mouse(self, kind: QEvent.Type, held: Qt.MouseButton) -> None:
        place = QPointF(self._hand)
        self._send(QMouseEvent(kind, place, place, _LEFT, held, _NONE_HELD))

    def _send(self, event: QEvent) -> None:
        self._in_event = True
        QApplication.sendEvent(self, event)
        self._in_event = False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Count it once it is there."""
        super().paintEvent(event)
        self.frames += 1


class Bare(QWidget):
    """A widget that paints all of it in every frame."""

    def __init__(self, shapes: PlaneShapes) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.frames = 0
        self._shapes = shapes
        self._camera = Camera(0, 0, 1, WIDTH, HEIGHT)

    def begin(self) -> None:
        """All in view."""
        extent = self._shapes.extent()
        if extent is not None:
            self._camera = self._camera.fitted(extent)

    def push(self, right: int, down: int) -> None:
        """Elsewhere."""
        self._camera = self._camera.panned(right, down)
        self.update()

    def zoom(self, notches: int) -> None:
        """Closer."""
        self._camera = self._camera.zoomed(1.25**notches, WIDTH / 2, HEIGHT / 2)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Everything."""
        painter = QPainter(self)
        left, top = self._camera.origin
        scale = self._camera.scale
        self.paint_all(painter, QTransform(scale, 0, 0, -scale, -left, -top))
        painter.end()
        self.frames += 1

    def paint_all(self, painter: QPainter, where: QTransform) -> None:
        """What there is, from metres to pixels."""
        raise NotImplementedError


class Polygons(Bare):
    """Paths made beforehand, each with its brush and its line."""

    def __init__(self, shapes: PlaneShapes) -> None:
        super().__init__(shapes)
        exact = shapes.level(0)
        self._paths = [path_of(exact, shape) for shape in range(len(shapes))]

    def paint_all(self, painter: QPainter, where: QTransform) -> None:
        """All 20 000, smooth as ours."""
        painter.fillRect(self.rect(), QColor("white"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setTransform(where)
        pen = QPen(QColor("#345"), 1)
        pen.setCosmetic(True)
        painter.setPen(pen)
        painter.setBrush(QColor(47, 111, 191, 205))
        for path in self._paths:
            painter.drawPath(path)


class Picture(Bare):
    """One image, wherever the map is."""

    def __init__(self, shapes: PlaneShapes) -> None:
        super().__init__(shapes)
        self._image = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)
        self._image.fill(QColor("#2F6FBF"))

    def paint_all(self, painter: QPainter, where: QTransform) -> None:
        """Shifted by as much as the hand moved, and the ground where it is not."""
        painter.fillRect(self.rect(), QColor("white"))
        painter.drawImage(QPoint(round(where.dx()) % 14, round(where.dy()) % 14), self._image)

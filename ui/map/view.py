"""A scene looked at through a camera: painted from pieces in moments, so that nobody waits.

What hands do with it is in `ui.map.canvas`.
"""

import time
from collections.abc import Callable, Iterator, Sequence

from PySide6.QtCore import QEvent, QPointF, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from landsteward.app.map_shapes import Box
from ui import theme
from ui.map.camera import Camera
from ui.map.flight import Flight
from ui.map.furniture import paint_furniture, paint_shape
from ui.map.labels import Labels
from ui.map.scene import Scene
from ui.map.tiles import SIDE, Tiles

_SLICE_S = 0.005
_MOVING_SLICE_S = 0.003
"""How long it is painted before the window gets its turn again: less while the map is moving."""
_QUIET_MS = 60
"""The map moves while this has not passed. Then no names are laid out, and while its scale changes
nothing sharp is begun: it would be thrown away.
"""
_CLOSE_UP_M = 120.0
"""A parcel that is flown to is shown with as much around it."""


class MapView(QWidget):
    """Shows one scene. Shapes are named by their numbers in it."""

    moved = Signal()
    """The map is looked at from elsewhere."""
    needs = Signal(object, float)
    """What is laid under the map is to be had for this box, at so many metres a pixel."""

    def __init__(self) -> None:
        super().__init__()
        self.scene: Scene | None = None
        self.camera = Camera(0, 0, 1, 1, 1)
        self.choice: int | None = None
        self.hovered: int | None = None
        self.labels: Labels | None = None
        self._tiles: Tiles | None = None
        self._layout: Iterator[None] | None = None
        self._laid_out: tuple[Camera, int] | None = None
        self._name_of: Callable[[int], str] = lambda _shape: ""
        self._fit_wanted = True
        self.flight = Flight(self, self._look)
        self._slices = QTimer(self)
        self._slices.setInterval(0)
        self._slices.timeout.connect(self._work)
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.setInterval(_QUIET_MS)
        self._quiet.timeout.connect(self._settled)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    # What is shown

    def show_scene(self, scene: Scene, name_of: Callable[[int], str]) -> None:
        """Show other shapes from where the map is looked at now; the first ones whole."""
        self._let_go()
        camera = self.camera
        if self.scene is not None:
            old, new = self.scene.shapes.plane, scene.shapes.plane
            if old.epsg == new.epsg:
                camera = camera.centred(
                    camera.x + old.east - new.east, camera.y + old.north - new.north
                )
            else:
                self._fit_wanted = True
        self.scene = scene
        self._name_of = name_of
        self.choice = self.hovered = None
        self._begin(scene)
        self._look(camera)
        self._fit_first()

    def _begin(self, scene: Scene) -> None:
        ratio = self.devicePixelRatioF()
        self._tiles = Tiles(scene, ratio, scene.look.colour("map_ground"))
        self.labels = Labels(scene, ratio, lambda shape: self._name_of(shape))
        self._laid_out = None

    def repaint_scene(self) -> None:
        """Its look has changed; pieces as they were stand until the new ones come."""
        self._laid_out = None
        self._start()
        self.update()

    def name_by(self, name_of: Callable[[int], str]) -> None:
        """Write other names on the land."""
        self._name_of = name_of
        self.repaint_scene()

    @property
    def still(self) -> bool:
        """Whether everything in view is painted as it is, and nothing moves."""
        return not (self._slices.isActive() or self._quiet.isActive() or self.flight.under_way)

    # Where it is looked at from

    def fit(self, box: Box | None, *, at_once: bool = False) -> None:
        """Have a box whole in view."""
        if box is not None:
            self._fit_wanted = False
            self.flight.to(self.camera, self.camera.fitted(box), at_once=at_once)

    def _fit_first(self) -> None:
        """Have all in view once there is both something to see and room to see it in."""
        if self._fit_wanted and self.scene is not None and self.camera.width > 1:
            self.fit(self.scene.shapes.extent(self.scene.core), at_once=True)

    def fit_all(self) -> None:
        """Have everything in view."""
        if self.scene is not None:
            self.fit(self.scene.shapes.extent(self.scene.core))

    def show_shapes(self, shapes: Sequence[int], *, at_once: bool = False) -> None:
        """Fly to where these are, with some of what is around them."""
        if self.scene is not None and (box := self.scene.shapes.extent(shapes)) is not None:
            self.fit(box.grown(_CLOSE_UP_M), at_once=at_once)

    def zoom(self, factor: float, at: QPointF | None = None) -> None:
        """Zoom around a place of the widget, else around its middle."""
        ratio = self.devicePixelRatioF()
        place = at if at is not None else QPointF(self.width() / 2, self.height() / 2)
        self.flight.stop()
        self._look(self.camera.zoomed(factor, place.x() * ratio, place.y() * ratio))

    def push(self, right: float, down: float) -> None:
        """Push the map by so many pixels of the widget."""
        ratio = self.devicePixelRatioF()
        self.flight.stop()
        self._look(self.camera.panned(right * ratio, down * ratio))

    def _look(self, camera: Camera) -> None:
        scaled = camera.scale != self.camera.scale
        self.camera = camera
        if self._tiles is not None:
            self._tiles.look_from(camera)
            self._quiet.start()
            if scaled:
                self._slices.stop()
            else:
                self._start()
        self.update()
        self.moved.emit()

    def _settled(self) -> None:
        self.ask_again()
        self._start()

    def ask_again(self) -> None:
        """What is laid under the map is wanted for what is in view."""
        if self.scene is not None:
            self.needs.emit(self.camera.box, 1 / self.camera.scale)

    # Painting

    def _start(self) -> None:
        if self._tiles is not None and self.isVisible() and not self._slices.isActive():
            self._slices.start()

    def _work(self) -> None:
        """Paint for a moment; the window gets its turn in between."""
        assert self._tiles is not None
        moving = self._quiet.isActive()
        until = time.perf_counter() + (_MOVING_SLICE_S if moving else _SLICE_S)
        ready = self._tiles.work(self.camera, until)
        for place in ready or ():
            self.update(self._rect_of(place))
        if ready is None and (moving or not self._lay_out(until)):
            self._slices.stop()

    def _lay_out(self, until: float) -> bool:
        """Write names for a moment; False once they stand."""
        assert self.labels is not None
        assert self.scene is not None
        wanted = self.camera, self.scene.version
        if self._laid_out != wanted:
            self._laid_out = wanted
            self._layout = self.labels.lay_out(self.camera)
        if self._layout is None:
            return False
        for _pause in self._layout:
            if time.perf_counter() >= until:
                return True
        self._layout = None
        self.update()
        return False

    def _rect_of(self, place: tuple[int, int]) -> QRect:
        """Where a piece is in the widget."""
        left, top = self.camera.origin
        ratio = self.devicePixelRatioF()
        x, y = (place[0] * SIDE - left) / ratio, (place[1] * SIDE - top) / ratio
        side = int(SIDE / ratio) + 2
        return QRect(int(x) - 1, int(y) - 1, side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Pieces, then what is pointed at and chosen, names, scale bar and arrow."""
        painter = QPainter(self)
        ratio = self.devicePixelRatioF()
        painter.scale(1 / ratio, 1 / ratio)
        area = event.rect()
        wanted = QRect(
            int(area.left() * ratio),
            int(area.top() * ratio),
            int(area.width() * ratio) + 1,
            int(area.height() * ratio) + 1,
        )
        if self.scene is None or self._tiles is None or self.labels is None:
            painter.fillRect(wanted, theme.current().colour("map_ground"))
            return
        self._tiles.paint(painter, self.camera, wanted)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for shape, strong in ((self.hovered, False), (self.choice, True)):
            if shape is not None:
                paint_shape(painter, self.camera, self.scene, shape, ratio, strong=strong)
        self.labels.paint(painter, self.camera)
        paint_furniture(painter, self.camera, self.scene, ratio)
        if self.hasFocus():
            painter.setPen(theme.current().colour("accent"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(0, 0, self.camera.width - 1, self.camera.height - 1)

    # The widget

    def event(self, event: QEvent) -> bool:
        """On a screen with other pixels everything is painted anew."""
        if event.type() == QEvent.Type.DevicePixelRatioChange and self.scene is not None:
            self._let_go()
            self._begin(self.scene)
            self._fill_widget()
        return super().event(event)

    def _fill_widget(self) -> None:
        ratio = self.devicePixelRatioF()
        self._look(self.camera.resized(round(self.width() * ratio), round(self.height() * ratio)))
        self._fit_first()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The middle stays."""
        self._fill_widget()

    def showEvent(self, event: QShowEvent) -> None:
        """Paints what is missing."""
        self._start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing is painted for nobody."""
        self._let_go()

    def _let_go(self) -> None:
        self.flight.stop()
        self._slices.stop()
        self._quiet.stop()
        if self._tiles is not None:
            self._tiles.drop()

    def sizeHint(self) -> QSize:
        """As large as there is room."""
        return QSize(640, 400)

"""The map itself: pushed, zoomed, pointed at; painted from pieces, with what is chosen on top."""

import time
from collections.abc import Callable, Iterator, Sequence

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from landsteward.app.language import tr
from landsteward.app.map_shapes import Box
from ui import theme
from ui.map.camera import Camera
from ui.map.flight import Flight
from ui.map.furniture import paint_furniture, paint_shape
from ui.map.gestures import Gestures, next_in_direction
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
_REACH_PX = 6
_ZOOM_STEP = 1.6
_CLOSE_UP_M = 120.0
"""A parcel that is flown to is shown with as much around it."""


class MapCanvas(QWidget):
    """Shows one scene. Shapes are named by their numbers in it."""

    chosen = Signal(object)
    """The shape a person chose, None for none."""
    opened = Signal(int)
    """The shape a person wants to see the page of."""
    pointer = Signal(QPointF)
    """The place of the map under the pointer, metres."""
    pointed = Signal(object)
    """The shape under the pointer, None for none."""
    moved = Signal()
    """The map is looked at from elsewhere."""
    needs = Signal(object, float)
    """What is laid under the map is to be had for this box, at so many metres a pixel."""

    _gestures: Gestures | None = None

    def __init__(self) -> None:
        super().__init__()
        self.scene: Scene | None = None
        self.camera = Camera(0, 0, 1, 1, 1)
        self.choice: int | None = None
        self.hovered: int | None = None
        self._tiles: Tiles | None = None
        self.labels: Labels | None = None
        self._layout: Iterator[None] | None = None
        self._laid_out: tuple[Camera, int] | None = None
        self._under: list[int] = []
        self._pressed: QPointF | None = None
        self._dragging = False
        self._name_of: Callable[[int], str] = lambda _shape: ""
        self._fit_wanted = True
        # First of all: events come as soon as there are children.
        self._gestures = Gestures(self)
        self.flight = Flight(self, self._look)
        self._slices = QTimer(self)
        self._slices.setInterval(0)
        self._slices.timeout.connect(self._work)
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.setInterval(_QUIET_MS)
        self._quiet.timeout.connect(self._settled)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(tr("Map of the parcels"))

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
        look, ratio = theme.current(), self.devicePixelRatioF()
        self._tiles = Tiles(scene, ratio, look.colour("map_ground"))
        self.labels = Labels(scene, ratio, self._label_of)
        self.choice = self.hovered = None
        self._look(camera)
        self._fit_first()

    def repaint_scene(self) -> None:
        """Its look has changed; pieces as they were stand until the new ones come."""
        self._laid_out = None
        self._start()
        self.update()

    def name_by(self, name_of: Callable[[int], str]) -> None:
        """Write other names on the land."""
        self._name_of = name_of
        self.repaint_scene()

    def _label_of(self, shape: int) -> str:
        return self._name_of(shape)

    def choose(self, shape: int | None) -> None:
        """Choose a shape as a click does."""
        if shape != self.choice:
            self.choice = shape
            name = self._name_of(shape) if shape is not None else ""
            self.setAccessibleDescription(name)
            self.update()
            self.chosen.emit(shape)

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

    def show_shapes(self, shapes: Sequence[int], *, at_once: bool = False) -> None:
        """Fly to where these are, with some of what is around them."""
        if self.scene is not None and (box := self.scene.shapes.extent(shapes)) is not None:
            self.fit(box.grown(_CLOSE_UP_M), at_once=at_once)

    def ask_again(self) -> None:
        """What is laid under the map is wanted for what is in view."""
        if self.scene is not None:
            self.needs.emit(self.camera.box, 1 / self.camera.scale)

    def zoom(self, factor: float, at: QPointF | None = None) -> None:
        """Zoom around a place of the widget, else around its middle."""
        ratio = self.devicePixelRatioF()
        place = at if at is not None else QPointF(self.width() / 2, self.height() / 2)
        self.flight.stop()
        self._look(self.camera.zoomed(factor, place.x() * ratio, place.y() * ratio))

    def zoom_in(self) -> None:
        """A step closer."""
        self.zoom(_ZOOM_STEP)

    def zoom_out(self) -> None:
        """A step back."""
        self.zoom(1 / _ZOOM_STEP)

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
            if scaled:
                self._slices.stop()
            self._quiet.start()
            if not scaled:
                self._start()
        self.update()
        self.moved.emit()

    def _settled(self) -> None:
        self.ask_again()
        self._start()

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
        left, top = self.camera.origin
        ratio = self.devicePixelRatioF()
        x, y = (place[0] * SIDE - left) / ratio, (place[1] * SIDE - top) / ratio
        side = int(SIDE / ratio) + 2
        return QRect(QPoint(int(x) - 1, int(y) - 1), QSize(side, side))

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

    # Mouse

    def shape_at(self, place: QPointF) -> int | None:
        """The shape at a place of the widget, the smallest of several."""
        found = self._shapes_at(place)
        return found[0] if found else None

    def _shapes_at(self, place: QPointF) -> list[int]:
        if self.scene is None:
            return []
        ratio = self.devicePixelRatioF()
        x, y = self.camera.to_map(place.x() * ratio, place.y() * ratio)
        found = self.scene.shapes.at(x, y, reach_m=_REACH_PX * ratio / self.camera.scale)
        return [one for one in found if self.scene.shown(one)]

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Takes hold of the map."""
        if event.button() in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):
            self.flight.stop()
            self._pressed = event.position()
            self._dragging = event.button() is Qt.MouseButton.MiddleButton

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Pushes the map that is held; else says what is under the pointer."""
        place = event.position()
        if self._pressed is None:
            self._point_at(place)
            return
        way = place - self._pressed
        if not self._dragging:
            if way.manhattanLength() < QApplication.startDragDistance():
                return
            self._dragging = True
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        self._pressed = place
        self.push(way.x(), way.y())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Lets go of the map; a click chooses, the next one at the place what lies below."""
        pressed, self._pressed = self._pressed, None
        dragged, self._dragging = self._dragging, False
        self.unsetCursor()
        if pressed is None or dragged or event.button() is not Qt.MouseButton.LeftButton:
            return
        found = self._shapes_at(event.position())
        if self.choice in found and found == self._under:
            self.choose(found[(found.index(self.choice) + 1) % len(found)])
        else:
            self.choose(found[0] if found else None)
        self._under = found

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Opens what lies there; zooms in where nothing does."""
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        shape = self.shape_at(event.position())
        if shape is None:
            self.zoom(_ZOOM_STEP, event.position())
        else:
            self.choose(shape)
            self.opened.emit(shape)

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is pointed at any more."""
        self._point_at(None)

    def _point_at(self, place: QPointF | None) -> None:
        if place is not None:
            ratio = self.devicePixelRatioF()
            x, y = self.camera.to_map(place.x() * ratio, place.y() * ratio)
            self.pointer.emit(QPointF(x, y))
        shape = self.shape_at(place) if place is not None else None
        if shape != self.hovered:
            self.hovered = shape
            self.setCursor(
                Qt.CursorShape.PointingHandCursor
                if shape is not None
                else Qt.CursorShape.ArrowCursor
            )
            self.update()
            self.pointed.emit(shape)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """A wheel zooms at the pointer, two fingers push."""
        if self._gestures is not None:
            self._gestures.wheel(event)

    def event(self, event: QEvent) -> bool:
        """Pinching zooms."""
        hands = self._gestures
        return (hands is not None and hands.take(event)) or super().event(event)

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows push, + and - zoom, 0 shows all, Ctrl and an arrow choose the next parcel."""
        if self._gestures is None or not self._gestures.key(event):
            super().keyPressEvent(event)

    def fit_all(self) -> None:
        """Have everything in view."""
        if self.scene is not None:
            self.fit(self.scene.shapes.extent(self.scene.core))

    def fit_choice(self) -> None:
        """Have what is chosen in view."""
        if self.choice is not None:
            self.show_shapes([self.choice])

    def choose_in_the_middle(self) -> None:
        """Choose what is in the middle of the view, or nearest to it."""
        if self.scene is None:
            return
        found = self._shapes_at(QPointF(self.width() / 2, self.height() / 2))
        if not found:
            x, y = self.camera.x, self.camera.y
            reach = max(self.camera.width, self.camera.height) / 2 / self.camera.scale
            near = self.scene.shapes.at(x, y, reach_m=reach)
            found = [one for one in near if self.scene.shown(one)]
        if found:
            self.choose(found[0])

    def choose_beside(self, right: int, up: int) -> None:
        """Choose the next parcel in a direction, and have it in view."""
        if self.scene is None:
            return
        if self.choice is None:
            self.choose_in_the_middle()
            return
        shapes = self.scene.shapes
        side = max(self.camera.width, self.camera.height) / self.camera.scale
        around = shapes.box(self.choice).grown(side)
        places = [
            (one, shapes.anchor(one)) for one in shapes.within(around) if self.scene.shown(one)
        ]
        found = next_in_direction(shapes.anchor(self.choice), places, right, up)
        if found is not None:
            self.choose(found)
            if not _inside(self.camera.box, shapes.box(found)):
                self.flight.to(self.camera, self.camera.centred(*shapes.anchor(found)))

    # The widget

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Shows that keys go here."""
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Keys go elsewhere."""
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The middle stays."""
        ratio = self.devicePixelRatioF()
        self._look(self.camera.resized(round(self.width() * ratio), round(self.height() * ratio)))
        self._fit_first()

    def showEvent(self, event: QEvent) -> None:
        """Paints what is missing."""
        self._start()

    def hideEvent(self, event: QEvent) -> None:
        """Nothing is painted for nobody."""
        self._let_go(keep=True)

    def _let_go(self, *, keep: bool = False) -> None:
        self.flight.stop()
        self._slices.stop()
        self._quiet.stop()
        if self._tiles is not None:
            self._tiles.drop()
            if not keep:
                self._tiles = None

    def sizeHint(self) -> QSize:
        """As large as there is room."""
        return QSize(640, 400)


def _inside(view: Box, box: Box) -> bool:
    return (
        view.west <= box.west
        and box.east <= view.east
        and view.south <= box.south
        and box.north <= view.north
    )

"""The map in a person's hands: pushed, zoomed, chosen from; by mouse, touch and keys."""

from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication

from landsteward.app.language import tr
from landsteward.app.map_shapes import Box
from ui.map.gestures import Gestures, next_in_direction
from ui.map.view import MapView

_REACH_PX = 6
_SMALL_PX = 16
_ZOOM_STEP = 1.6


class MapCanvas(MapView):
    """A view that is worked with."""

    chosen = Signal(object)
    """The shape a person chose, None for none."""
    opened = Signal(int)
    """The shape a person wants to see the page of."""
    pointer = Signal(QPointF)
    """The place of the map under the pointer, metres."""
    pointed = Signal(object)
    """The shape under the pointer, None for none."""

    _gestures: Gestures | None = None

    def __init__(self) -> None:
        super().__init__()
        self._under: list[int] = []
        self._pressed: QPointF | None = None
        self._dragging = False
        self._gestures = Gestures(self)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("Map of the parcels"))

    def choose(self, shape: int | None) -> None:
        """Choose a shape as a click does."""
        if shape != self.choice:
            self.choice = shape
            name = self._name_of(shape) if shape is not None else ""
            self.setAccessibleDescription(name)
            self.update()
            self.chosen.emit(shape)

    def fit_choice(self) -> None:
        """Have what is chosen in view."""
        if self.choice is not None:
            self.show_shapes([self.choice])

    def zoom_in(self) -> None:
        """A step closer."""
        self.zoom(_ZOOM_STEP)

    def zoom_out(self) -> None:
        """A step back."""
        self.zoom(1 / _ZOOM_STEP)

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
        shapes, pixel = self.scene.shapes, ratio / self.camera.scale
        found = shapes.at(x, y, reach_m=0)
        if not found:
            # What is hard to hit is also hit beside it.
            near = shapes.at(x, y, reach_m=_REACH_PX * pixel)
            small = _SMALL_PX * pixel
            found = [one for one in near if shapes.sides([one])[0] < small]
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

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Shows that keys go here."""
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Keys go elsewhere."""
        self.update()


def _inside(view: Box, box: Box) -> bool:
    return (
        view.west <= box.west
        and box.east <= view.east
        and view.south <= box.south
        and box.north <= view.north
    )

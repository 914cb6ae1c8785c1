"""Wheel, touchpad, pinching and keys on a map."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QInputDevice, QKeyEvent, QNativeGestureEvent, QWheelEvent
from PySide6.QtWidgets import QGestureEvent, QPinchGesture

if TYPE_CHECKING:
    from ui.map.canvas import MapCanvas

_NOTCH = 120
_A_NOTCH = 1.25
"""How much larger a notch of the wheel makes the map."""
_STEP_PX = 96
_ZOOM_STEP = 1.6
_SECTOR = 0.5
"""The next parcel in a direction lies no farther off it than half a right angle (as a cosine)."""
_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, 1),
    Qt.Key.Key_Down: (0, -1),
}


class Gestures:
    """What hands do on one canvas."""

    def __init__(self, canvas: MapCanvas) -> None:
        self._canvas = canvas
        canvas.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        canvas.grabGesture(Qt.GestureType.PinchGesture)

    def wheel(self, event: QWheelEvent) -> None:
        """A wheel zooms at the pointer; two fingers on a touchpad push, with Ctrl they zoom."""
        event.accept()
        zooming = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        device = event.pointingDevice()
        fingers = device.type() == QInputDevice.DeviceType.TouchPad
        if fingers and not zooming:
            way = event.pixelDelta()
            if way.isNull():
                way = event.angleDelta() / 2
            self._canvas.push(way.x(), way.y())
            return
        notches = (event.angleDelta().y() or event.pixelDelta().y()) / _NOTCH
        if notches:
            self._canvas.zoom(math.pow(_A_NOTCH, notches), event.position())

    def take(self, event: QEvent) -> bool:
        """Whether it was a gesture of two fingers, which then is done."""
        if isinstance(event, QNativeGestureEvent):
            if event.gestureType() != Qt.NativeGestureType.ZoomNativeGesture:
                return False
            self._canvas.zoom(1 + event.value(), event.position())
            return True
        if isinstance(event, QGestureEvent):
            pinch = event.gesture(Qt.GestureType.PinchGesture)
            if not isinstance(pinch, QPinchGesture):
                return False
            middle = pinch.centerPoint()
            moved = middle - pinch.lastCenterPoint()
            if not pinch.lastCenterPoint().isNull() and not moved.isNull():
                self._canvas.push(moved.x(), moved.y())
            self._canvas.zoom(
                pinch.scaleFactor(), QPointF(self._canvas.mapFromGlobal(middle.toPoint()))
            )
            event.accept(pinch)
            return True
        return False

    def key(self, event: QKeyEvent) -> bool:
        """Whether a key means something here, which then is done."""
        canvas, key = self._canvas, Qt.Key(event.key())
        held = event.modifiers()
        if key in _ARROWS:
            right, up = _ARROWS[key]
            if held & Qt.KeyboardModifier.ControlModifier:
                canvas.choose_beside(right, up)
            else:
                far = 4 if held & Qt.KeyboardModifier.ShiftModifier else 1
                canvas.push(-right * _STEP_PX * far, up * _STEP_PX * far)
            return True
        if held & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier):
            return False
        match key:
            case Qt.Key.Key_Plus | Qt.Key.Key_Equal:
                canvas.zoom_in()
            case Qt.Key.Key_Minus | Qt.Key.Key_Underscore:
                canvas.zoom_out()
            case Qt.Key.Key_0 | Qt.Key.Key_Home:
                canvas.fit_all()
            case Qt.Key.Key_F:
                canvas.fit_choice()
            case Qt.Key.Key_Space:
                canvas.choose_in_the_middle()
            case Qt.Key.Key_Escape if canvas.choice is not None:
                canvas.choose(None)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if canvas.choice is not None:
                canvas.opened.emit(canvas.choice)
            case _:
                return False
        return True


def next_in_direction(
    here: tuple[float, float],
    places: list[tuple[int, tuple[float, float]]],
    right: int,
    up: int,
) -> int | None:
    """The nearest of these places that lies in a direction; None where none does."""
    best: tuple[float, int] | None = None
    for key, (x, y) in places:
        across, along = x - here[0], y - here[1]
        far = math.hypot(across, along)
        if not far:
            continue
        straight = (across * right + along * up) / far
        if straight >= _SECTOR:
            # What lies straight ahead is nearer than what lies aside.
            rank = far / straight, key
            best = min(best, rank) if best is not None else rank
    return best[1] if best is not None else None

"""Moving to another place of the map in a moment that the eye can follow."""

import time
from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QStyle, QWidget

from ui.map.camera import Camera

_SECONDS = 0.32
_FRAME_MS = 15


class Flight:
    """One flight at a time; where the desktop wants no animation, it is over at once."""

    def __init__(self, canvas: QWidget, look: Callable[[Camera], None]) -> None:
        self._canvas = canvas
        self._look = look
        self._from = self._goal = Camera(0, 0, 1, 1, 1)
        self._began = 0.0
        self._timer = QTimer(canvas)
        self._timer.setInterval(_FRAME_MS)
        self._timer.timeout.connect(self._frame)

    @property
    def under_way(self) -> bool:
        """Whether the map is moving by itself."""
        return self._timer.isActive()

    def to(self, start: Camera, goal: Camera, *, at_once: bool = False) -> None:
        """Fly from one view to another."""
        style = self._canvas.style()
        slow = style.styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration, None, self._canvas)
        if at_once or not slow or not self._canvas.isVisible():
            self.stop()
            self._look(goal)
            return
        self._from, self._goal = start, goal
        self._began = time.monotonic()
        self._timer.start()

    def stop(self) -> None:
        """Stay where it is."""
        self._timer.stop()

    def _frame(self) -> None:
        share = (time.monotonic() - self._began) / _SECONDS
        if share >= 1:
            self.stop()
            self._look(self._goal)
            return
        eased = share * share * (3 - 2 * share)
        self._look(self._from.on_the_way(self._goal, eased))

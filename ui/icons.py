"""Icons, kept off the way to the first window.

qtawesome takes a quarter of a second to import; that happens in a thread once the window is
shown. Until then buttons have their words only, and get their icon when it is there.
"""

import threading
from typing import Any
from weakref import WeakKeyDictionary

from PySide6.QtCore import QObject, QSize, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QAbstractButton
from shiboken6 import isValid

from ui import theme


class Icons(QObject):
    """Gives buttons their icons, now or as soon as they can be drawn. One for the program."""

    _imported = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._drawer: Any = None
        self._thread: threading.Thread | None = None
        self._waiting: WeakKeyDictionary[QAbstractButton, tuple[str, str, str, int]] = (
            WeakKeyDictionary()
        )
        self._imported.connect(self._draw_waiting)

    def give(
        self, button: QAbstractButton, name: str, colour: str, *, on: str = "", size: int = 20
    ) -> None:
        """Draw an icon in a token's colour on a button; `on` is its colour while checked."""
        if self._drawer is None:
            self._waiting[button] = (name, colour, on, size)
        else:
            self._draw(button, name, colour, on, size)

    def start(self) -> None:
        """Begin to load; called once the first window is shown."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._import, name="icons")
            self._thread.start()

    def wait(self) -> None:
        """Until the thread has ended."""
        if self._thread is not None:
            self._thread.join()

    def _import(self) -> None:
        import qtawesome

        self._drawer = qtawesome
        self._imported.emit()

    def _draw_waiting(self) -> None:
        for button, (name, colour, on, size) in list(self._waiting.items()):
            if isValid(button):
                self._draw(button, name, colour, on, size)
        self._waiting.clear()

    def _draw(self, button: QAbstractButton, name: str, colour: str, on: str, size: int) -> None:
        look = theme.current()
        icon: QIcon = self._drawer.icon(
            name, color=look.colour(colour), color_on=look.colour(on or colour)
        )
        button.setIcon(icon)
        button.setIconSize(QSize(look.px(size), look.px(size)))

"""Icons of the Material Design set that qtawesome ships, drawn from its font.

Only qtawesome's data is used. Importing its code costs over a quarter of a second, patches Qt's
classes on the way (through qtpy), and doing that in a thread beside a living window crashed it;
loading the font and its index takes a few milliseconds. They are loaded once the window is shown;
until then buttons have their words only.
"""

import importlib.util
from functools import cache
from pathlib import Path
from weakref import WeakKeyDictionary

import msgspec
from PySide6.QtCore import QObject, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QAbstractButton
from shiboken6 import isValid

from ui import theme

_SET = "mdi6."
_SHARPNESS = 3
"""Pixels drawn for one of the icon's: enough for a display scaled to 300 %."""


class Icons(QObject):
    """Gives buttons their icons, now or as soon as they can be drawn. One for the program."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ready = False
        self._waiting: WeakKeyDictionary[QAbstractButton, tuple[str, str, str, int]] = (
            WeakKeyDictionary()
        )

    def give(
        self, button: QAbstractButton, name: str, colour: str, *, on: str = "", size: int = 20
    ) -> None:
        """Draw an icon in a token's colour on a button; `on` is its colour while checked."""
        if self._ready:
            self._draw(button, name, colour, on, size)
        else:
            self._waiting[button] = (name, colour, on, size)

    def start(self) -> None:
        """Load the font and draw what waits; called once the first window is shown."""
        self._ready = True
        for button, (name, colour, on, size) in list(self._waiting.items()):
            if isValid(button):
                self._draw(button, name, colour, on, size)
        self._waiting.clear()

    def _draw(self, button: QAbstractButton, name: str, colour: str, on: str, size: int) -> None:
        look = theme.current()
        side = look.px(size)
        icon = QIcon(_pixmap(name, look.colour(colour), side))
        icon.addPixmap(
            _pixmap(name, look.colour(on or colour), side), QIcon.Mode.Normal, QIcon.State.On
        )
        button.setIcon(icon)
        button.setIconSize(QSize(side, side))


def _pixmap(name: str, colour: QColor, side: int) -> QPixmap:
    """One icon in one colour, `side` pixels of the window wide and high."""
    family, index = _font()
    pixels = side * _SHARPNESS
    pixmap = QPixmap(pixels, pixels)
    pixmap.fill(Qt.GlobalColor.transparent)
    font = QFont(family)
    font.setPixelSize(pixels)
    painter = QPainter(pixmap)
    painter.setFont(font)
    painter.setPen(colour)
    glyph = chr(int(index[name.removeprefix(_SET)], 16))
    painter.drawText(pixmap.rect(), Qt.AlignmentFlag.AlignCenter, glyph)
    painter.end()
    pixmap.setDevicePixelRatio(_SHARPNESS)
    return pixmap


@cache
def _font() -> tuple[str, dict[str, str]]:
    """The family of the icon font and, by name, the code points (hexadecimal) of its icons."""
    package = importlib.util.find_spec("qtawesome")
    if package is None or package.origin is None:
        raise RuntimeError("qtawesome is not installed")
    folder = Path(package.origin).parent / "fonts"
    (font,) = folder.glob("materialdesignicons6-webfont-*.ttf")
    (index,) = folder.glob("materialdesignicons6-webfont-charmap-*.json")
    family = QFontDatabase.applicationFontFamilies(QFontDatabase.addApplicationFont(str(font)))[0]
    return family, msgspec.json.decode(index.read_bytes(), type=dict[str, str])

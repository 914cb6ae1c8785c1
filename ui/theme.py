"""How the window looks: colours by name, sizes by text size, the bundled fonts.

Colours live in `resources/styles/*.toml`; widgets painted by hand ask `current().colour(name)`,
everything else is the one style sheet `window.qss`.
"""

import sys
import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from string import Template

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

RESOURCES = Path(__file__).resolve().parents[1] / "resources"
STYLES = RESOURCES / "styles"
FONTS = RESOURCES / "fonts"
FAMILY = "Noto Sans SC"
TEXT_SIZES = (100, 115, 130, 150)
"""Text sizes on offer, in percent."""


class Scheme(StrEnum):
    """Light, dark, or what the system says."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True, slots=True)
class Theme:
    """The look in use. `percent` is the text size, 100 normal."""

    name: str
    colours: dict[str, str]
    percent: int = 100

    def colour(self, name: str) -> QColor:
        """A token's colour; an unknown name is an error of ours."""
        return QColor(self.colours[name])

    def px(self, size: float) -> int:
        """A length in pixels that grows with the text."""
        return round(size * self.percent / 100)

    @property
    def row_height(self) -> int:
        """Height of a table's row."""
        return self.px(40)


class _Current:
    theme: Theme | None = None


def current() -> Theme:
    """The look in use; the light one before any was chosen."""
    if _Current.theme is None:
        _Current.theme = Theme("light", colours_of("light"))
    return _Current.theme


@lru_cache(maxsize=2)
def colours_of(name: str) -> dict[str, str]:
    """The tokens of `light` or `dark`."""
    read = tomllib.loads((STYLES / f"{name}.toml").read_text(encoding="utf-8"))
    return {key: str(value) for key, value in read.items()}


@lru_cache(maxsize=1)
def load_fonts() -> tuple[str, ...]:
    """Make the bundled fonts known to Qt (about 40 ms for both); says their families."""
    families: list[str] = []
    for file in ("NotoSansSC-Regular.ttf", "NotoSansSC-SemiBold.ttf"):
        families += QFontDatabase.applicationFontFamilies(
            QFontDatabase.addApplicationFont(str(FONTS / file))
        )
    return tuple(families)


def tabular(font: QFont) -> QFont:
    """The font with figures of one width, so that columns of numbers stand in line."""
    figures = QFont(font)
    figures.setFeature(QFont.Tag("tnum"), 1)
    return figures


def application_font() -> QFont:
    """The font texts are in, at their usual size."""
    font = QFont(FAMILY)
    font.setPixelSize(current().px(14))
    return font


def scheme_of_system(app: QApplication) -> str:
    """`light` or `dark`, as the desktop has it."""
    dark = app.styleHints().colorScheme() is Qt.ColorScheme.Dark
    return "dark" if dark else "light"


def application() -> QApplication:
    """Qt in the Fusion style.

    Named from the start: asking an application for its style, or giving it another one, makes
    PySide build all that belongs to styles, some 10 ms.
    """
    return QApplication([*sys.argv[:1], "-style", "fusion"])


def apply(app: QApplication, *, scheme: Scheme, percent: int) -> Theme:
    """Put a look on the whole program, and say which."""
    load_fonts()
    hints = app.styleHints()
    if scheme is Scheme.SYSTEM:
        hints.unsetColorScheme()
    else:
        # The frame the desktop draws around the window follows too.
        hints.setColorScheme(Qt.ColorScheme.Dark if scheme is Scheme.DARK else Qt.ColorScheme.Light)
    name = scheme_of_system(app) if scheme is Scheme.SYSTEM else scheme.value
    theme = Theme(name, colours_of(name), percent)
    _Current.theme = theme
    app.setFont(application_font())
    app.setPalette(_palette(theme))
    app.setStyleSheet(style_sheet(theme))
    return theme


def style_sheet(theme: Theme) -> str:
    """The style sheet with this theme's colours and sizes filled in."""
    sizes = {
        "body": theme.px(14),
        "small": theme.px(12.5),
        "title": theme.px(20),
        "figure": theme.px(26),
        "control": theme.px(32),
        "control_small": theme.px(28),
        "tick": theme.px(16),
        "caption": theme.px(20),
    }
    sheet = Template((STYLES / "window.qss").read_text(encoding="utf-8"))
    pictures = {"check": (STYLES / f"check_{theme.name}.svg").as_posix()}
    lengths = {key: str(px) for key, px in sizes.items()}
    return sheet.substitute({**theme.colours, **lengths, **pictures})


def _palette(theme: Theme) -> QPalette:
    palette = QPalette()
    for role, token in (
        (QPalette.ColorRole.Window, "ground"),
        (QPalette.ColorRole.WindowText, "ink"),
        (QPalette.ColorRole.Base, "card"),
        (QPalette.ColorRole.AlternateBase, "ground"),
        (QPalette.ColorRole.Text, "ink"),
        (QPalette.ColorRole.Button, "card"),
        (QPalette.ColorRole.ButtonText, "ink"),
        (QPalette.ColorRole.Highlight, "selection"),
        (QPalette.ColorRole.HighlightedText, "ink"),
        (QPalette.ColorRole.PlaceholderText, "dim"),
        (QPalette.ColorRole.ToolTipBase, "card"),
        (QPalette.ColorRole.ToolTipText, "ink"),
        (QPalette.ColorRole.Link, "accent"),
        (QPalette.ColorRole.Accent, "accent"),
        (QPalette.ColorRole.Light, "hover"),
        (QPalette.ColorRole.Mid, "line"),
        (QPalette.ColorRole.Dark, "line_strong"),
    ):
        palette.setColor(role, theme.colour(token))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, theme.colour("line_strong"))
    return palette

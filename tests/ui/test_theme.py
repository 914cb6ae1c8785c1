"""The look: readable in both schemes, one set of names."""

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from ui import theme
from ui.theme import Scheme

TEXT_ON = [
    ("ink", "ground"),
    ("ink", "card"),
    ("ink", "field"),
    ("ink", "hover"),
    ("ink", "selection"),
    ("dim", "ground"),
    ("dim", "card"),
    ("dim", "hover"),
    ("accent", "card"),
    ("accent", "accent_soft"),
    ("on_accent", "accent"),
    ("on_accent", "accent_hover"),
    ("good", "card"),
    ("good", "good_soft"),
    ("caution", "card"),
    ("caution", "caution_soft"),
    ("bad", "card"),
    ("bad", "bad_soft"),
    ("bad", "field"),
    ("rail_ink", "rail"),
    ("rail_dim", "rail"),
    ("rail_ink", "rail_current"),
    ("rail_dim", "rail_current"),
]


def luminance(colour: QColor) -> float:
    """Relative luminance, WCAG 2.2."""
    parts = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (colour.redF(), colour.greenF(), colour.blueF())
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXT_ON)
def test_text_stands_out(name: str, text: str, ground: str) -> None:
    colours = theme.colours_of(name)
    one, other = luminance(QColor(colours[text])), luminance(QColor(colours[ground]))
    contrast = (max(one, other) + 0.05) / (min(one, other) + 0.05)
    assert contrast >= 4.5


def test_both_schemes_name_the_same_colours() -> None:
    assert theme.colours_of("light").keys() == theme.colours_of("dark").keys()


@pytest.mark.parametrize("name", ["light", "dark"])
def test_every_token_of_the_style_sheet_is_filled_in(name: str) -> None:
    look = theme.Theme(name, theme.colours_of(name), 130)
    assert "$" not in theme.style_sheet(look)


def test_an_unknown_colour_is_an_error_of_ours() -> None:
    with pytest.raises(KeyError):
        theme.current().colour("pink")


def test_text_grows_with_the_setting(qapp: QApplication) -> None:
    large = theme.apply(qapp, scheme=Scheme.DARK, percent=150)
    assert qapp.font().pixelSize() == 21
    assert large.row_height == 60
    normal = theme.apply(qapp, scheme=Scheme.LIGHT, percent=100)
    assert (qapp.font().pixelSize(), normal.name) == (14, "light")


def test_the_bundled_fonts_are_used(qapp: QApplication) -> None:
    assert theme.FAMILY in theme.load_fonts()
    assert qapp.font().family() == theme.FAMILY

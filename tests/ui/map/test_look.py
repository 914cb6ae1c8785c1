"""What the colours say is told apart by everybody, in both schemes."""

import itertools
import math

import pytest
from PySide6.QtGui import QColor

from tests.helpers.maps import parcels
from ui import theme
from ui.map.look import Colouring, Kind, counted, key_of, kinds_of

# Colour vision (Machado, Oliveira and Fernandes 2009, severity 1): linear RGB to linear RGB.
VISION = {
    "everybody": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
}


def linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def lab(colour: QColor, vision: str) -> tuple[float, float, float]:
    """CIE L*a*b* of a colour as somebody sees it."""
    rgb = [linear(part) for part in (colour.redF(), colour.greenF(), colour.blueF())]
    seen = [
        min(max(sum(a * b for a, b in zip(row, rgb, strict=True)), 0), 1) for row in VISION[vision]
    ]
    xyz = [
        sum(a * b for a, b in zip(row, seen, strict=True)) / white
        for row, white in (
            ((0.4124, 0.3576, 0.1805), 0.9505),
            ((0.2126, 0.7152, 0.0722), 1.0),
            ((0.0193, 0.1192, 0.9505), 1.089),
        )
    ]
    x, y, z = (v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116 for v in xyz)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def apart(one: Kind, other: Kind, look: theme.Theme, vision: str) -> float:
    a, b = (lab(look.colour(kind.token), vision) for kind in (one, other))
    return math.dist(a, b)


@pytest.mark.parametrize("vision", VISION)
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("colouring", list(Colouring))
def test_colours_of_one_map_are_told_apart(colouring: Colouring, scheme: str, vision: str) -> None:
    look = theme.Theme(scheme, theme.colours_of(scheme))
    for one, other in itertools.combinations(kinds_of(colouring, ()), 2):
        assert apart(one, other, look, vision) > 10, (one.word, other.word)


@pytest.mark.parametrize("colouring", list(Colouring))
def test_colour_never_says_it_alone(colouring: Colouring) -> None:
    """Each kind has a sign of its own, and what is not known is hatched."""
    kinds = kinds_of(colouring, ())
    signs = [kind.sign for kind in kinds]
    assert all(signs)
    assert len(set(signs)) == len(signs)
    assert [kind.key for kind in kinds if not kind.known] == [""]


def test_grades_of_another_county_have_their_place() -> None:
    there = parcels(["A", "一类", None, "E"])
    counts = counted(Colouring.GRADE, there)
    kinds = kinds_of(Colouring.GRADE, counts)
    assert [kind.key for kind in kinds] == ["A", "B", "C", "D", "E", "一类", ""]
    assert counts == {"A": 1, "一类": 1, "": 1, "E": 1}
    assert {key_of(Colouring.GRADE, one) for one in there} <= {kind.key for kind in kinds}

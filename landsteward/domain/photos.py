"""Photos as proof: what a camera wrote into them, marks drawn over them, pairs of before and after.

The original is never touched. Marks and turns are kept beside it and drawn wherever it is shown.
"""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

STROKE = 0.006
"""How thick a mark's line is, as a part of the picture's longer side."""
TEXT_HEIGHT = 0.034
"""How high a mark's letters are, as a part of the picture's longer side."""
ARROW_HEAD = 0.03
"""How long an arrow's head is, as a part of the picture's longer side."""
LONGEST_MARK_TEXT = 200
MOST_MARKS = 200


class MarkKind(StrEnum):
    """箭头 / 方框 / 文字."""

    ARROW = "arrow"
    BOX = "box"
    TEXT = "text"


class MarkColour(StrEnum):
    """The colours marks are drawn in; `MARK_COLOURS` says which they are."""

    RED = "red"
    YELLOW = "yellow"
    BLUE = "blue"
    WHITE = "white"


MARK_COLOURS: dict[MarkColour, str] = {
    MarkColour.RED: "#E02B20",
    MarkColour.YELLOW: "#FFD21F",
    MarkColour.BLUE: "#1F6FE0",
    MarkColour.WHITE: "#FFFFFF",
}
"""On a screen and on paper alike, whatever the look of the window."""
_DARK, _LIGHT = "#1C2430", "#FFFFFF"


def mark_contrast(colour: MarkColour) -> str:
    """What stands out from a mark's colour: dark on light ones, light on dark ones."""
    return _DARK if colour in (MarkColour.YELLOW, MarkColour.WHITE) else _LIGHT


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """An arrow (from its tail to its tip), a box (two corners) or a text (at its first point).

    Places are parts of the upright picture's width and height, from its top left corner: 0 to 1.
    """

    kind: MarkKind
    colour: MarkColour
    x1: float
    y1: float
    x2: float = 0.0
    y2: float = 0.0
    text: str = ""

    def moved(self, across: float, down: float) -> "Mark":
        """The same mark elsewhere, no part of it pushed off the picture."""
        across = min(max(across, -min(self._xs)), 1 - max(self._xs))
        down = min(max(down, -min(self._ys)), 1 - max(self._ys))
        point = self.kind is MarkKind.TEXT
        return Mark(
            kind=self.kind,
            colour=self.colour,
            x1=self.x1 + across,
            y1=self.y1 + down,
            x2=0.0 if point else self.x2 + across,
            y2=0.0 if point else self.y2 + down,
            text=self.text,
        )

    @property
    def _xs(self) -> tuple[float, ...]:
        return (self.x1,) if self.kind is MarkKind.TEXT else (self.x1, self.x2)

    @property
    def _ys(self) -> tuple[float, ...]:
        return (self.y1,) if self.kind is MarkKind.TEXT else (self.y1, self.y2)


class PictureTrouble(StrEnum):
    """Why a picture cannot be shown: HEIC 格式 / 已损坏 / 尺寸过大."""

    HEIC = "heic"
    BROKEN = "broken"
    TOO_LARGE = "too_large"


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureCopies:
    """The smaller copies of a picture, kept as contents under their own SHA-256.

    `sha256` is the original's; `small` is for lists, `large` for the viewer and for paper, both
    upright as EXIF says. Where there are none, `trouble` says why. `width` and `height` are the
    original's, upright; 0 where not known.
    """

    id: str
    sha256: str
    small: str | None
    large: str | None
    width: int
    height: int
    trouble: PictureTrouble | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoFacts:
    """What a file says of itself: its kind, and of a photo when, where and by what it was taken.

    `taken_at` is as recorded; it has an offset from UTC only where the camera wrote one.
    Latitude and longitude are degrees as the camera wrote them (WGS 84).
    """

    media_type: str
    taken_at: datetime | None = None
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    camera: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoPair:
    """整改前后对照: two pieces of evidence of one finding, side by side."""

    id: str
    finding_id: str
    before_id: str
    after_id: str


def turned(x: float, y: float, quarters: int) -> tuple[float, float]:
    """Where a place of a picture is once it is turned clockwise by so many quarters."""
    for _ in range(quarters % 4):
        x, y = 1 - y, x
    return x, y


def turned_back(x: float, y: float, quarters: int) -> tuple[float, float]:
    """Where a place of a turned picture is on the upright one."""
    return turned(x, y, -quarters)

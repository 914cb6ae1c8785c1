"""Photos on paper: upright, as sharp as print shows, no larger; the original stays untouched."""

import warnings
from dataclasses import dataclass
from io import BytesIO

from PIL import ExifTags, Image, ImageOps, UnidentifiedImageError
from reportlab.lib.utils import ImageReader
from reportlab.platypus import Flowable

from landsteward.dossier.marks import MarkPen
from landsteward.dossier.styles import HAIRLINE, RULE

_DPI = 200
_QUALITY = 82
_LYING = frozenset({5, 6, 7, 8})
"""EXIF orientations of pictures that lie on their side."""
_TURNS = {
    1: Image.Transpose.ROTATE_270,
    2: Image.Transpose.ROTATE_180,
    3: Image.Transpose.ROTATE_90,
}
"""Clockwise quarters; Pillow counts them the other way."""
_UNREADABLE = (
    UnidentifiedImageError,
    Image.DecompressionBombError,
    OSError,
    SyntaxError,  # Pillow's word for a broken PNG
    ValueError,
    EOFError,
)


@dataclass(frozen=True, slots=True)
class PrintCopy:
    """A JPEG made for one printed size; width and height in points."""

    jpeg: bytes
    width: float
    height: float


def print_copy(
    content: bytes, max_width: float, max_height: float, *, turn: int = 0
) -> PrintCopy | None:
    """The photo for a box in points, turned as its EXIF says and then by so many quarters
    clockwise; None where it cannot be read.

    Never enlarged beyond 72 pixels an inch, so that a small picture is not blown up.
    """
    try:
        with warnings.catch_warnings():
            # What Pillow grumbles about (large, odd metadata) prints all the same, or is None.
            warnings.simplefilter("ignore")
            return _scaled(content, max_width, max_height, turn)
    except _UNREADABLE:
        return None


def _scaled(content: bytes, max_width: float, max_height: float, turn: int) -> PrintCopy:
    with Image.open(BytesIO(content)) as source:
        lies = source.getexif().get(ExifTags.Base.Orientation) in _LYING
        turned = lies != (turn % 2 == 1)
        across, down = reversed(source.size) if turned else source.size
        # One point for one pixel at most.
        scale = min(max_width / across, max_height / down, 1)
        width, height = across * scale, down * scale
        pixels = max(round(width * _DPI / 72), 1), max(round(height * _DPI / 72), 1)
        # A JPEG is read at a half, a quarter … where that still holds enough pixels.
        source.draft("RGB", (pixels[1], pixels[0]) if turned else pixels)
        ImageOps.exif_transpose(source, in_place=True)
        image = _on_white(source)
        if turn % 4:
            image = image.transpose(_TURNS[turn % 4])
        if pixels[0] < image.width:
            image = image.resize(pixels, Image.Resampling.LANCZOS, reducing_gap=2.0)
    out = BytesIO()
    image.save(out, "JPEG", quality=_QUALITY)
    return PrintCopy(out.getvalue(), width, height)


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        layer = image.convert("RGBA")
        page = Image.new("RGB", layer.size, "white")
        page.paste(layer, mask=layer.getchannel("A"))
        return page
    return image if image.mode == "RGB" else image.convert("RGB")


class Photo(Flowable):
    """A print copy, centred in its column, its marks over it, with a hairline around it."""

    def __init__(self, copy: PrintCopy, pen: MarkPen | None = None) -> None:
        super().__init__()
        self._copy = copy
        self._pen = pen
        self._left = 0.0

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        """The column's width, the photo's height."""
        self.width = aW
        self.height = self._copy.height
        self._left = (aW - self._copy.width) / 2
        return aW, self.height

    def draw(self) -> None:
        """Draw it."""
        canvas = self.canv
        size = self._copy.width, self._copy.height
        canvas.drawImage(ImageReader(BytesIO(self._copy.jpeg)), self._left, 0, *size)
        if self._pen is not None:
            self._pen.draw(canvas, self._left, 0, size)
        canvas.setStrokeColor(RULE)
        canvas.setLineWidth(HAIRLINE)
        canvas.rect(self._left, 0, *size)

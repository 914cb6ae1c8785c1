"""Pictures opened with care: they come from anywhere, and are damaged, huge or none at all."""

import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

from PIL import ExifTags, Image, UnidentifiedImageError

from landsteward.domain.photos import PictureTrouble

MOST_PIXELS = 100_000_000
"""More is not unpacked whole; a JPEG is unpacked at a half, a quarter …, so it may have more."""
_MOST_JPEG_PIXELS = 400_000_000
# Pillow's own limit lies at twice this: photos of 200 megapixels come from telephones by now.
Image.MAX_IMAGE_PIXELS = _MOST_JPEG_PIXELS // 2
LYING = frozenset({5, 6, 7, 8})
"""EXIF orientations of pictures that lie on their side."""
BROKEN = (
    UnidentifiedImageError,
    Image.DecompressionBombError,
    OSError,
    SyntaxError,  # Pillow's word for a broken PNG
    ValueError,
    TypeError,
    LookupError,
    EOFError,
    ArithmeticError,
    AttributeError,
    AssertionError,
    RuntimeError,
    MemoryError,
    struct.error,
)
"""What Pillow raises of damaged files."""


class UnshownError(Exception):
    """A picture that cannot be shown, and why."""

    def __init__(self, trouble: PictureTrouble) -> None:
        super().__init__(trouble.value)
        self.trouble = trouble


@contextmanager
def opened(content: bytes) -> Iterator[Image.Image]:
    """The picture, not unpacked yet. Raises UnshownError."""
    try:
        with warnings.catch_warnings():
            # What Pillow grumbles about (large, odd metadata) is shown all the same, or not.
            warnings.simplefilter("ignore")
            with Image.open(BytesIO(content)) as image:
                most = _MOST_JPEG_PIXELS if image.format in ("JPEG", "MPO") else MOST_PIXELS
                if image.width * image.height > most:
                    raise UnshownError(PictureTrouble.TOO_LARGE)
                yield image
    except Image.DecompressionBombError as error:
        raise UnshownError(PictureTrouble.TOO_LARGE) from error
    except BROKEN as error:
        raise UnshownError(PictureTrouble.BROKEN) from error


def orientation_of(image: Image.Image) -> int:
    """The EXIF orientation, 1 where none is said or it makes no sense."""
    try:
        said = image.getexif().get(ExifTags.Base.Orientation, 1)
    except BROKEN:
        return 1
    return said if isinstance(said, int) and 1 <= said <= 8 else 1


_UPRIGHT = {
    2: (Image.Transpose.FLIP_LEFT_RIGHT,),
    3: (Image.Transpose.ROTATE_180,),
    4: (Image.Transpose.FLIP_TOP_BOTTOM,),
    5: (Image.Transpose.TRANSPOSE,),
    6: (Image.Transpose.ROTATE_270,),
    7: (Image.Transpose.TRANSVERSE,),
    8: (Image.Transpose.ROTATE_90,),
}


def fitted(image: Image.Image, longest: int) -> Image.Image:
    """The picture upright in RGB on white, its longer side at most so many pixels."""
    orientation = orientation_of(image)
    width, height = image.size
    scale = min(longest / max(width, height), 1.0)
    size = max(round(width * scale), 1), max(round(height * scale), 1)
    # A JPEG is read at a half, a quarter … where that still holds enough pixels.
    image.draft("RGB", size)
    image.load()
    made = _on_white(image)
    if made.size != size:
        made = made.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)
    for turn in _UPRIGHT.get(orientation, ()):
        made = made.transpose(turn)
    return made


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        layer = image.convert("RGBA")
        page = Image.new("RGB", layer.size, "white")
        page.paste(layer, mask=layer.getchannel("A"))
        return page
    if image.mode.startswith("I;16"):
        # 16 bits of grey: convert() would cut them off at 255.
        return image.point(lambda value: value / 256).convert("L").convert("RGB")
    return image if image.mode == "RGB" else image.convert("RGB")

from io import BytesIO

import pytest
from PIL import Image

from landsteward.dossier.photos import print_copy
from tests.helpers.dossier_basics import picture

BOX = (400.0, 200.0)


def opened(jpeg: bytes) -> Image.Image:
    return Image.open(BytesIO(jpeg))


def halves(orientation: int) -> bytes:
    """Red above, blue below, as the camera's memory holds it, with an EXIF orientation."""
    image = Image.new("RGB", (800, 600), "red")
    image.paste("blue", (0, 300, 800, 600))
    exif = Image.Exif()
    exif[0x0112] = orientation
    out = BytesIO()
    image.save(out, "JPEG", exif=exif)
    return out.getvalue()


@pytest.mark.parametrize(
    ("orientation", "red_at"),
    [(1, (0.5, 0.25)), (3, (0.5, 0.75)), (6, (0.75, 0.5)), (8, (0.25, 0.5))],
)
def test_a_photo_is_printed_upright(orientation: int, red_at: tuple[float, float]) -> None:
    copy = print_copy(halves(orientation), *BOX)
    assert copy is not None
    image = opened(copy.jpeg)
    pixel = image.getpixel((int(image.width * red_at[0]), int(image.height * red_at[1])))
    assert isinstance(pixel, tuple)
    assert pixel[0] > 200
    assert pixel[2] < 60
    assert (image.width > image.height) == (copy.width > copy.height) == (orientation < 5)


def test_a_large_photo_is_cut_to_what_print_shows() -> None:
    copy = print_copy(picture(1, size=(4000, 3000)), *BOX)
    assert copy is not None
    assert copy.height == pytest.approx(200, abs=0.5)
    image = opened(copy.jpeg)
    assert image.height / (copy.height / 72) == pytest.approx(200, rel=0.02)


def test_a_small_picture_is_not_blown_up() -> None:
    copy = print_copy(picture(1, size=(120, 90)), *BOX)
    assert copy is not None
    assert (copy.width, copy.height) == (120, 90)
    assert opened(copy.jpeg).size == (120, 90)


def test_transparency_becomes_white_paper() -> None:
    out = BytesIO()
    Image.new("RGBA", (50, 50), (255, 0, 0, 0)).save(out, "PNG")
    copy = print_copy(out.getvalue(), *BOX)
    assert copy is not None
    assert opened(copy.jpeg).getpixel((25, 25)) == (255, 255, 255)


@pytest.mark.parametrize("mode", ["L", "1", "P", "CMYK", "I;16"])
def test_every_kind_of_pixel_can_be_printed(mode: str) -> None:
    out = BytesIO()
    image = Image.new(mode, (40, 30))
    image.save(out, "TIFF")
    assert print_copy(out.getvalue(), *BOX) is not None


def test_a_photo_with_broken_metadata_is_printed_without_a_warning() -> None:
    content = bytearray(picture(1, size=(200, 100), orientation=6))
    where = content.index(b"Exif") + 16
    content[where : where + 6] = b"\xff" * 6
    assert print_copy(bytes(content), *BOX) is not None


@pytest.mark.parametrize(
    "content", [b"", b"not a photo", picture(1)[:3000], b"\x89PNG\r\n\x1a\n" + b"x" * 50]
)
def test_what_cannot_be_read_is_none(content: bytes) -> None:
    assert print_copy(content, *BOX) is None

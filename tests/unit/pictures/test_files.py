"""Files from cameras: orientation, time, place, kinds, and what is damaged, huge or none at all."""

import struct
import zlib
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from landsteward.domain.errors import InputFileError
from landsteward.domain.photos import PictureTrouble
from landsteward.pictures.files import LARGE, SMALL, CameraFiles
from tests.helpers.photos import heic, jpeg, read

FILES = CameraFiles()


def nothing(_done: int, _total: int) -> None:
    """Goes on."""


def opened(content: bytes | None) -> Image.Image:
    assert content is not None
    return Image.open(BytesIO(content))


def red_side(image: Image.Image) -> str:
    """On which side the red half of `jpeg` lies."""
    plain = image.convert("RGB")

    def red(x: float, y: float) -> bool:
        pixel = plain.getpixel((int(image.width * x), int(image.height * y)))
        return isinstance(pixel, tuple) and pixel[0] > 150

    if red(0.1, 0.5) != red(0.9, 0.5):
        return "left" if red(0.1, 0.5) else "right"
    return "top" if red(0.5, 0.1) else "bottom"


@pytest.mark.parametrize(
    ("orientation", "side"),
    [
        # The camera's memory holds the red half at its left. EXIF 2.32, tag 0x0112: 0th row and
        # 0th column are the visual … 1 top/left, 2 top/right, 3 bottom/right, 4 bottom/left,
        # 5 left/top, 6 right/top, 7 right/bottom, 8 left/bottom. Columns grow away from the 0th:
        # red (the first columns) lies where the 0th column is seen.
        (1, "left"),
        (2, "right"),
        (3, "right"),
        (4, "left"),
        (5, "top"),
        (6, "top"),
        (7, "bottom"),
        (8, "bottom"),
    ],
)
def test_copies_and_pixels_stand_upright(orientation: int, side: str) -> None:
    content = jpeg((800, 600), orientation=orientation)
    made = FILES.copies(content)
    pixels = FILES.pixels(content, 5000)
    assert pixels is not None
    size = (800, 600) if orientation < 5 else (600, 800)
    assert (made.width, made.height) == (pixels.width, pixels.height) == size
    shown = Image.frombytes("RGB", (pixels.width, pixels.height), pixels.rgb)
    for image in (opened(made.small), opened(made.large), shown):
        assert red_side(image) == side
        assert (image.width > image.height) == (orientation < 5)
        assert image.getexif().get(0x0112, 1) == 1, "turned once is enough"


def test_copies_are_small_and_never_larger_than_the_original() -> None:
    large = FILES.copies(jpeg((4000, 3000)))
    assert opened(large.large).size == (LARGE, LARGE * 3 // 4)
    assert opened(large.small).size == (SMALL, SMALL * 3 // 4)
    small = FILES.copies(jpeg((50, 40)))
    assert opened(small.large).size == opened(small.small).size == (50, 40)


def test_time_is_kept_as_recorded_with_its_offset_where_there_is_one() -> None:
    facts = read("a.jpg", jpeg(taken="2026:03:02 09:15:30")).facts
    assert facts.taken_at == datetime(2026, 3, 2, 9, 15, 30)
    assert facts.taken_at.tzinfo is None
    facts = read("a.jpg", jpeg(taken="2026:03:02 09:15:30", offset="+08:00")).facts
    china = timezone(timedelta(hours=8))
    assert facts.taken_at == datetime(2026, 3, 2, 9, 15, 30, tzinfo=china)
    assert facts.taken_at.utcoffset() == timedelta(hours=8)


@pytest.mark.parametrize("said", ["0000:00:00 00:00:00", "2026:13:45 99:00:00", "    :  :  ", "x"])
def test_a_time_that_makes_no_sense_is_none(said: str) -> None:
    assert read("a.jpg", jpeg(taken=said)).facts.taken_at is None


def test_place_and_camera() -> None:
    """33°51' is 33.85; 115°46'48" is 115 + 46/60 + 48/3600 = 115.78."""
    facts = read("a.jpg", jpeg(place=(33.85, 115.78), make="Apple", model="Apple iPhone 15")).facts
    assert (facts.latitude, facts.longitude) == (Decimal("33.850000"), Decimal("115.780000"))
    assert facts.camera == "Apple iPhone 15"
    south = read("a.jpg", jpeg(place=(-33.5, -70.25), make="Canon", model="EOS R6")).facts
    assert (south.latitude, south.longitude) == (Decimal("-33.500000"), Decimal("-70.250000"))
    assert south.camera == "Canon EOS R6"


def test_a_camera_without_a_fix_says_no_place() -> None:
    facts = read("a.jpg", jpeg(place=(0.0, 0.0))).facts
    assert (facts.latitude, facts.longitude) == (None, None)


def test_heic_is_told_by_its_bytes_whatever_its_name() -> None:
    for name in ("IMG_1.HEIC", "IMG_1.jpg"):
        file = read(name, heic())
        assert file.facts.media_type == "image/heic"
        assert file.copies is not None
        assert file.copies.trouble is PictureTrouble.HEIC
        assert file.content == heic()


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("报告.pdf", b"%PDF-1.7\n", "application/pdf"),
        (
            "方案.docx",
            b"PK\x03\x04....",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
        ("台账.xls", b"\xd0\xcf\x11\xe0....", "application/vnd.ms-excel"),
        ("现场.mp4", b"\x00\x00\x00\x18ftypmp42....", "video/mp4"),
        ("现场.MOV", b"\x00\x00\x00\x14ftypqt  ....", "video/quicktime"),
        ("不知道", b"....", "application/octet-stream"),
        ("照片.txt", jpeg(), "image/jpeg"),
    ],
)
def test_kinds_of_files(name: str, content: bytes, kind: str) -> None:
    file = read(name, content)
    assert file.facts.media_type == kind
    assert (file.copies is None) == (not kind.startswith("image/"))


def test_an_empty_file_is_refused_by_name() -> None:
    with pytest.raises(InputFileError, match="empty") as refused:
        read("IMG_7.jpg", b"")
    assert refused.value.where == "IMG_7.jpg"


@pytest.mark.parametrize(
    "content",
    [
        b"\xff\xd8\xff\xe0 not really a photo",
        jpeg((800, 600))[:2000],
        b"\x89PNG\r\n\x1a\n" + b"x" * 50,
    ],
)
def test_a_broken_picture_is_kept_and_said(content: bytes) -> None:
    file = read("x.jpg", content)
    assert file.content == content
    assert file.copies is not None
    assert file.copies.trouble is PictureTrouble.BROKEN
    assert FILES.pixels(content, 100) is None


def test_a_picture_of_too_many_pixels_is_said() -> None:
    header = b"IHDR" + struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    chunk = struct.pack(">I", 13) + header + struct.pack(">I", zlib.crc32(header))
    data = struct.pack(">I", 0) + b"IDAT" + struct.pack(">I", zlib.crc32(b"IDAT"))
    file = read("huge.png", b"\x89PNG\r\n\x1a\n" + chunk + data)
    assert file.copies is not None
    assert file.copies.trouble is PictureTrouble.TOO_LARGE


@given(st.integers(0, 5000), st.binary(min_size=1, max_size=40))
def test_damage_anywhere_never_ends_the_reading(at: int, damage: bytes) -> None:
    """Whatever bytes a card has lost: there are copies, or it is said why not."""
    content = bytearray(
        jpeg((64, 48), orientation=6, taken="2026:03:02 09:15:30", place=(33.85, 115.78))
    )
    at = 3 + at % (len(content) - 3)
    content[at : at + len(damage)] = damage
    file = read("x.jpg", bytes(content))
    assert file.copies is not None
    assert (file.copies.trouble is None) == (file.copies.small is not None)


@given(st.binary(min_size=1, max_size=200))
def test_any_bytes_with_a_photos_beginning_can_be_looked_at(tail: bytes) -> None:
    for beginning in (b"\xff\xd8\xff\xe1", b"II*\x00", b"GIF89a", b"BM", b"RIFF....WEBP"):
        file = read("x", beginning + tail)
        assert file.copies is not None


def test_a_folder_is_listed_without_what_is_hidden_or_unfinished(tmp_path: Path) -> None:
    inner = tmp_path / "DCIM" / "100"
    inner.mkdir(parents=True)
    for name in ("a.jpg", ".hidden.jpg", "~$b.docx", "c.jpg.crdownload"):
        (inner / name).write_bytes(b"x")
    (tmp_path / "z.pdf").write_bytes(b"xy")
    assert [one.path.name for one in FILES.listing(tmp_path)] == ["a.jpg", "z.pdf"]
    assert FILES.listing(tmp_path)[1].mark[0] == 2
    assert [one.name for one in FILES.spread([tmp_path, inner / "a.jpg"])] == [
        "a.jpg",
        "z.pdf",
        "a.jpg",
    ]
    with pytest.raises(InputFileError):
        FILES.listing(tmp_path / "gone")


def test_reading_says_how_far_it_is_and_names_what_is_gone(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    path.write_bytes(jpeg())
    heard: list[tuple[int, int]] = []
    file = FILES.read(path, lambda done, total: heard.append((done, total)))
    assert file.content == path.read_bytes()
    assert heard == [(len(file.content), len(file.content))]
    path.unlink()
    with pytest.raises(InputFileError) as refused:
        FILES.read(path, nothing)
    assert refused.value.where == "a.jpg"

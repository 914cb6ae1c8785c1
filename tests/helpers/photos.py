"""JPEGs as cameras make them: orientation, time, place and maker written into them."""

import random
from io import BytesIO

from PIL import ExifTags, Image

from landsteward.app.pictures import ReadFile
from landsteward.pictures.files import CameraFiles


def jpeg(
    size: tuple[int, int] = (80, 60),
    *,
    colour: str = "red",
    orientation: int | None = None,
    taken: str = "",
    offset: str = "",
    place: tuple[float, float] | None = None,
    make: str = "",
    model: str = "",
) -> bytes:
    """Left half of one colour, right half black, with this EXIF. `place` is latitude, longitude."""
    image = Image.new("RGB", size, colour)
    image.paste("black", (size[0] // 2, 0, size[0], size[1]))
    exif = Image.Exif()
    if orientation is not None:
        exif[ExifTags.Base.Orientation] = orientation
    if make:
        exif[ExifTags.Base.Make] = make
    if model:
        exif[ExifTags.Base.Model] = model
    detail = exif.get_ifd(ExifTags.IFD.Exif)
    if taken:
        detail[ExifTags.Base.DateTimeOriginal] = taken
    if offset:
        detail[ExifTags.Base.OffsetTimeOriginal] = offset
    if place is not None:
        gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
        latitude, longitude = place
        gps[ExifTags.GPS.GPSLatitudeRef] = "N" if latitude >= 0 else "S"
        gps[ExifTags.GPS.GPSLatitude] = _sexagesimal(latitude)
        gps[ExifTags.GPS.GPSLongitudeRef] = "E" if longitude >= 0 else "W"
        gps[ExifTags.GPS.GPSLongitude] = _sexagesimal(longitude)
    out = BytesIO()
    image.save(out, "JPEG", exif=exif)
    return out.getvalue()


def snapshot(number: int, size: tuple[int, int] = (4000, 3000)) -> bytes:
    """A photo of 12 megapixels and some 4 MB, as full of detail as real ones; each is another."""
    chance = random.Random(number)
    small = Image.frombytes("RGB", (500, 375), chance.randbytes(500 * 375 * 3))
    image = small.resize(size, Image.Resampling.BILINEAR)
    noise = Image.effect_noise(size, 24).convert("RGB")
    out = BytesIO()
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6 if number % 3 == 0 else 1
    Image.blend(image, noise, 0.35).save(out, "JPEG", quality=88, exif=exif)
    return out.getvalue()


def heic() -> bytes:
    """The beginning of a HEIC file."""
    return b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + b"\x00" * 400


def read(name: str, content: bytes) -> ReadFile:
    """The file as it comes in from a folder."""
    return CameraFiles().taken(name, content)


def _sexagesimal(degrees: float) -> tuple[float, float, float]:
    whole = abs(degrees)
    minutes = whole % 1 * 60
    return float(int(whole)), float(int(minutes)), round(minutes % 1 * 60, 4)

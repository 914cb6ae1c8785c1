"""What a camera wrote into a photo: when, where, by what (EXIF 2.32)."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from decimal import Decimal, InvalidOperation

from PIL import ExifTags, Image

from landsteward.domain.photos import PhotoFacts
from landsteward.pictures.reading import BROKEN

_MOMENT = re.compile(r"(\d{4})[:\-/.](\d{2})[:\-/.](\d{2})[ T](\d{2}):(\d{2}):(\d{2})")
_OFFSET = re.compile(r"([+-])(\d{2}):?(\d{2})")
_PLACES = Decimal("0.000001")
"""Six decimals of a degree are 11 cm."""
_LONGEST = 80
_PARTS = 3
_LAST_ORDINARY = 32
Tags = Mapping[int, object]


def facts_of(image: Image.Image, media_type: str) -> PhotoFacts:
    """What is said and makes sense; everything else is left out."""
    try:
        exif = image.getexif()
        base: Tags = dict(exif)
        detail: Tags = dict(exif.get_ifd(ExifTags.IFD.Exif))
        gps: Tags = dict(exif.get_ifd(ExifTags.IFD.GPSInfo))
    except BROKEN:
        return PhotoFacts(media_type=media_type)
    latitude = _degrees(gps, ExifTags.GPS.GPSLatitude, ExifTags.GPS.GPSLatitudeRef, "S", 90)
    longitude = _degrees(gps, ExifTags.GPS.GPSLongitude, ExifTags.GPS.GPSLongitudeRef, "W", 180)
    # Cameras without a fix write zeros.
    if latitude is None or longitude is None or (latitude == 0 and longitude == 0):
        latitude = longitude = None
    return PhotoFacts(
        media_type=media_type,
        taken_at=_taken_at(detail),
        latitude=latitude,
        longitude=longitude,
        camera=_camera(base),
    )


def _taken_at(detail: Tags) -> datetime | None:
    """The moment of the exposure, else of the scan; when the file was changed says nothing."""
    for moment, offset in (
        (ExifTags.Base.DateTimeOriginal, ExifTags.Base.OffsetTimeOriginal),
        (ExifTags.Base.DateTimeDigitized, ExifTags.Base.OffsetTimeDigitized),
    ):
        found = _MOMENT.match(_text(detail.get(moment)))
        if found is None:
            continue
        try:
            taken = datetime.fromisoformat("{}-{}-{}T{}:{}:{}".format(*found.groups()))
        except ValueError:
            continue
        return taken.replace(tzinfo=_offset(_text(detail.get(offset))))
    return None


def _offset(text: str) -> timezone | None:
    found = _OFFSET.fullmatch(text)
    if found is None:
        return None
    sign, hours, minutes = found.groups()
    offset = timedelta(hours=int(hours), minutes=int(minutes))
    if offset > timedelta(hours=14):
        return None
    return timezone(-offset if sign == "-" else offset)


def _degrees(gps: Tags, where: int, side: int, negative: str, most: int) -> Decimal | None:
    """Degrees, minutes and seconds as degrees."""
    parts = gps.get(where)
    if not isinstance(parts, tuple) or len(parts) != _PARTS:
        return None
    try:
        degrees, minutes, seconds = (Decimal(str(float(part))) for part in parts)
        value = (degrees + minutes / 60 + seconds / 3600).quantize(_PLACES)
    except (*BROKEN, InvalidOperation):
        return None
    if not value.is_finite() or not 0 <= value <= most:
        return None
    return -value if _text(gps.get(side)).upper().startswith(negative) else value


def _camera(base: Tags) -> str:
    """Maker and model; many models begin with their maker already."""
    make, model = _text(base.get(ExifTags.Base.Make)), _text(base.get(ExifTags.Base.Model))
    whole = model if model.lower().startswith(make.lower()) else f"{make} {model}"
    return whole.strip()[:_LONGEST]


def _text(value: object) -> str:
    """A text as cameras write them: padded, ended by NUL, sometimes as bytes."""
    if isinstance(value, bytes):
        value = value.decode("ascii", "replace")
    if not isinstance(value, str):
        return ""
    text = value.partition("\0")[0]
    return "".join(sign for sign in text if ord(sign) >= _LAST_ORDINARY).strip()

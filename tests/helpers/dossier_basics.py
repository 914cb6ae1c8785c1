"""What dossiers of the tests are made of: the pack, moments, pictures."""

from datetime import date, datetime, timedelta, timezone
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw

from landsteward.domain.findings import (
    LegalBasis,
)
from landsteward.domain.rulepack import RulePack
from landsteward.packs.loading import load_pack

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
FONTS = RESOURCES / "fonts"
_BEIJING = timezone(timedelta(hours=8))
IDLE_LAND = LegalBasis(
    law="闲置土地处置办法",
    article="第二条",
    version="国土资源部令第53号",
    valid_from=date(2012, 7, 1),
)


@lru_cache(maxsize=1)
def sample_pack() -> RulePack:
    """The bundled pack."""
    return load_pack(RESOURCES / "rules" / "bozhou-2023")


def moment(day: date, hour: int = 10, minute: int = 5) -> datetime:
    """A time of day in Beijing."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=_BEIJING)


def picture(
    number: int, *, size: tuple[int, int] = (1600, 1200), orientation: int | None = None
) -> bytes:
    """A JPEG of a fictional site: sky above, ground below, a building, a number."""
    width, height = size
    image = Image.new("RGB", size, (176, 200, 220))
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, height * 0.62, width, height), fill=(142, 128, 96))
    for place in range(4):
        left = width * (0.08 + 0.22 * place)
        top = height * (0.35 + 0.04 * ((place + number) % 3))
        draw.rectangle((left, top, left + width * 0.16, height * 0.66), fill=(205, 205, 198))
        draw.rectangle(
            (left + width * 0.02, top + height * 0.05, left + width * 0.05, top + height * 0.1),
            fill=(70, 90, 110),
        )
    draw.text((width * 0.03, height * 0.9), f"SITE {number}", fill="white", font_size=height // 16)
    out = BytesIO()
    exif = Image.Exif()
    if orientation is not None:
        exif[0x0112] = orientation
    image.save(out, "JPEG", quality=88, exif=exif)
    return out.getvalue()

"""Small sketches that stand for photos: drawn, not taken, and the same every time."""

import io
import random
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

SIZE = (960, 640)
_FONT = Path(__file__).resolve().parents[2] / "resources" / "fonts" / "NotoSansSC-Regular.ttf"
_PLATE = 92
_GROUND = 430

Draw = ImageDraw.ImageDraw
Scene = Callable[[Draw, random.Random], None]

_WALL, _ROOF, _DARK, _STEEL = "#D9DEE6", "#5E7391", "#3C4A5E", "#9AA7B8"
_EARTH, _GRASS, _PAVED = "#C9AE86", "#8FA56B", "#B9BEC6"


def draw_photo(scene: str, *, title: str, below: str) -> bytes:
    """A sketch as JPEG, 960 × 640, with a plate that says what it shows."""
    image = Image.new("RGB", SIZE, "#CFE3F2")
    draw = ImageDraw.Draw(image)
    chance = random.Random(scene)
    draw.ellipse((780, 60, 850, 130), fill="#F6E7B4")
    _SCENES[scene](draw, chance)
    top = SIZE[1] - _PLATE
    draw.rectangle((0, top, SIZE[0], SIZE[1]), fill="#10233F")
    draw.text((28, top + 14), title, font=_font(30), fill="#FFFFFF")
    draw.text((28, top + 56), below, font=_font(20), fill="#C8D3E4")
    kept = io.BytesIO()
    image.save(kept, "JPEG", quality=82)
    return kept.getvalue()


@lru_cache(maxsize=2)
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(_FONT, size)


def _floor(draw: Draw, colour: str) -> None:
    draw.rectangle((0, _GROUND, SIZE[0], SIZE[1]), fill=colour)


def _weeds(draw: Draw, chance: random.Random, count: int) -> None:
    for _ in range(count):
        x, y = chance.randrange(20, 940), chance.randrange(_GROUND + 20, 540)
        for lean in (-9, 0, 9):
            draw.line((x, y, x + lean, y - chance.randrange(14, 34)), fill="#5F7F42", width=3)


def _fence(draw: Draw) -> None:
    draw.rectangle((0, 360, SIZE[0], 368), fill=_STEEL)
    for x in range(0, SIZE[0], 60):
        draw.rectangle((x, 340, x + 8, _GROUND), fill=_STEEL)


def _hall(draw: Draw, left: int, top: int, right: int) -> None:
    """A workshop with a saw-tooth roof."""
    draw.rectangle((left, top, right, _GROUND), fill=_WALL)
    for x in range(left, right - 60, 100):
        draw.polygon(((x, top), (x, top - 60), (min(x + 100, right), top)), fill=_ROOF)
    for x in range(left + 30, right - 60, 90):
        draw.rectangle((x, top + 40, x + 46, top + 100), fill="#EAF3FA", outline=_ROOF, width=3)


def _bare_yard(draw: Draw, chance: random.Random) -> None:
    _floor(draw, _GRASS)
    _fence(draw)
    _weeds(draw, chance, 70)


def _cleared_yard(draw: Draw, chance: random.Random) -> None:
    _floor(draw, _PAVED)
    _hall(draw, 520, 260, 900)
    for x in range(60, 480, 140):
        draw.rectangle((x, 470, x + 90, 474), fill="#FFFFFF")


def _half_built(draw: Draw, chance: random.Random) -> None:
    _floor(draw, _EARTH)
    for storey in (0, 1):
        base = _GROUND - storey * 120
        draw.rectangle((200, base - 120, 760, base - 104), fill="#A8ABB0")
        for x in range(210, 760, 108):
            draw.rectangle((x, base - 104, x + 18, base), fill="#A8ABB0")
    for x in range(220, 750, 54):
        draw.line((x, 190, x, 160), fill=_DARK, width=4)
    _weeds(draw, chance, 26)


def _shed(draw: Draw, chance: random.Random) -> None:
    _floor(draw, _EARTH)
    draw.rectangle((240, 270, 720, _GROUND), fill="#C6CDD6")
    draw.polygon(((210, 270), (480, 190), (750, 270)), fill="#7A8CA3")
    for x in range(260, 720, 40):
        draw.line((x, 272, x, _GROUND), fill="#AEB7C2", width=2)
    for x in range(300, 660, 70):
        tall = chance.randrange(30, 70)
        draw.rectangle((x, 500 - tall, x + 54, 500), fill="#B98B57", outline="#8C6740", width=2)


def _workshop(draw: Draw, chance: random.Random) -> None:
    _floor(draw, _PAVED)
    _hall(draw, 80, 240, 880)
    draw.rectangle((420, 330, 540, _GROUND), fill=_DARK)
    for x in (150, 260, 660, 770):
        draw.ellipse((x, 450, x + 70, 470), fill="#98A1AC")
        draw.rectangle((x, 460, x + 70, 530), fill="#C3CAD3")


def _drums(draw: Draw, chance: random.Random, labelled: bool = False) -> None:
    _floor(draw, _PAVED)
    draw.rectangle((60, 150, 900, _GROUND), fill="#DDE2E8")
    draw.rectangle((400, 176, 560, 226), fill="#F2C230", outline=_DARK, width=3)
    for number, x in enumerate(range(120, 820, 120)):
        draw.rectangle((x, 330, x + 90, 500), fill="#2E6DA4")
        draw.ellipse((x, 316, x + 90, 344), fill="#4C86B8")
        if labelled or number % 2:
            draw.rectangle((x + 20, 390, x + 70, 440), fill="#F7E08A", outline=_DARK, width=2)


def _forklift(draw: Draw, chance: random.Random) -> None:
    _floor(draw, _PAVED)
    _hall(draw, 40, 200, 600)
    draw.rectangle((560, 350, 740, 450), fill="#E0A526")
    draw.rectangle((600, 270, 700, 350), outline=_DARK, width=8)
    draw.rectangle((760, 230, 776, 470), fill=_DARK)
    draw.rectangle((776, 460, 900, 470), fill=_DARK)
    for x in (590, 690):
        draw.ellipse((x, 430, x + 60, 490), fill=_DARK)


def _office(draw: Draw, chance: random.Random) -> None:
    draw.rectangle((0, 0, SIZE[0], SIZE[1]), fill="#EEF1F5")
    _floor(draw, "#D5C6B0")
    draw.rectangle((120, 380, 840, 410), fill="#8C6740")
    for x in (140, 790):
        draw.rectangle((x, 410, x + 24, 530), fill="#8C6740")
    draw.rectangle((380, 300, 560, 380), fill="#FFFFFF", outline=_STEEL, width=3)
    for y in range(316, 372, 14):
        draw.line((396, y, chance.randrange(470, 545), y), fill=_STEEL, width=3)
    draw.rectangle((640, 120, 820, 250), outline=_STEEL, width=6)


def _paper(draw: Draw, chance: random.Random, framed: bool) -> None:
    draw.rectangle((0, 0, SIZE[0], SIZE[1]), fill="#E7EBF0")
    edge = "#B58A3C" if framed else _STEEL
    draw.rectangle((230, 40, 730, 520), fill="#FFFDF6", outline=edge, width=10 if framed else 3)
    draw.rectangle((330, 84, 630, 108), fill=_DARK)
    for y in range(150, 470, 34):
        draw.rectangle((280, y, chance.randrange(520, 690), y + 10), fill="#B4BCC7")


def _ledger(draw: Draw, chance: random.Random) -> None:
    _paper(draw, chance, framed=False)
    for x in (400, 520, 620):
        draw.line((x, 140, x, 480), fill=_STEEL, width=3)


_SCENES: dict[str, Scene] = {
    "bare_yard": _bare_yard,
    "cleared_yard": _cleared_yard,
    "half_built": _half_built,
    "shed": _shed,
    "workshop": _workshop,
    "drums": _drums,
    "drums_labelled": lambda draw, chance: _drums(draw, chance, labelled=True),
    "forklift": _forklift,
    "office": _office,
    "certificate": lambda draw, chance: _paper(draw, chance, framed=True),
    "ledger": _ledger,
}

"""The bundled fonts are the ones their README names, and cover what our papers are written in."""

import hashlib
import struct
from pathlib import Path

import pytest
from reportlab.pdfbase.ttfonts import TTFontFile

FONTS = Path(__file__).resolve().parents[2] / "resources" / "fonts"
FILES = sorted(FONTS.glob("*.ttf"))


def tables(font: Path) -> set[bytes]:
    """Tags in the font's table directory (OpenType, "Organization of an OpenType Font")."""
    with font.open("rb") as file:
        _version, count, *_search = struct.unpack(">IHHHH", file.read(12))
        return {file.read(16)[:4] for _ in range(count)}


def gb2312() -> set[int]:
    """Code points of the two levels of Chinese characters in GB 2312: rows 16 to 87."""
    cells = [bytes([row, cell]) for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF)]
    return {ord(text) for cell in cells if (text := cell.decode("gb2312", errors="ignore"))}


def test_both_families_in_both_weights_are_there() -> None:
    assert [font.stem for font in FILES] == [
        "NotoSansSC-Regular",
        "NotoSansSC-SemiBold",
        "NotoSerifSC-Regular",
        "NotoSerifSC-SemiBold",
    ]


@pytest.mark.parametrize("font", FILES, ids=lambda font: font.stem)
def test_the_readme_names_exactly_this_file(font: Path) -> None:
    digest = hashlib.sha256(font.read_bytes()).hexdigest()
    [row] = [
        line
        for line in (FONTS / "README.md").read_text(encoding="utf-8").splitlines()
        if font.name in line
    ]
    assert digest in row


@pytest.mark.parametrize("font", FILES, ids=lambda font: font.stem)
def test_outlines_are_truetype(font: Path) -> None:
    assert b"glyf" in tables(font)
    assert b"CFF " not in tables(font)


@pytest.mark.parametrize("font", FILES, ids=lambda font: font.stem)
def test_what_people_write_has_glyphs(font: Path) -> None:
    covered = TTFontFile(str(font)).charToGlyph.keys()
    assert len(gb2312()) == 6763
    assert gb2312() <= covered
    assert {*range(0x4E00, 0x9FF0), *range(0x3400, 0x4DB6)} <= covered
    assert {ord(character) for character in "㛃𬭎〔〕①㎡·—…℃≥×"} <= covered

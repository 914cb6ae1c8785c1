"""The two bundled families on paper: which characters they have, how wide, and embedded.

reportlab cuts a TrueType font into pieces of 256 characters and writes a ToUnicode map that breaks
beyond U+FFFF, so that 𬭎 could be seen but not copied. `PaperFont` writes one composite font
(PDF 32000-1:2008, 9.7: Type0, Identity-H) with one subset and a right map instead.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from reportlab.pdfbase import pdfdoc, pdfmetrics
from reportlab.pdfbase.ttfonts import SUBSETN, TTFont

BODY_FILE = "NotoSerifSC-Regular.ttf"
HEADING_FILE = "NotoSansSC-SemiBold.ttf"
_TAB_IN_SPACES = 4
_CMAP_BLOCK = 100
"""Entries a block of a CMap may hold."""


class PaperFont(TTFont):
    """A TrueType font embedded as one composite font: every character once, in order of use."""

    def __init__(self, name: str, path: str) -> None:
        super().__init__(name, path, shapable=False)
        face: Any = self.face
        # Typed tabs and no-break spaces stay what they are when text is copied out of the paper.
        face.charToGlyph[0x09] = face.charToGlyph[0x20]
        face.charWidths[0x09] = face.charWidths[0x20] * _TAB_IN_SPACES
        self._used: WeakKeyDictionary[Any, dict[int, int]] = WeakKeyDictionary()

    def splitString(self, text: str, doc: Any, encoding: str = "utf-8") -> list[tuple[int, bytes]]:
        """The text as two-byte codes; every character must be one the font has."""
        used = self._used.setdefault(doc, {})
        codes = bytearray()
        for character in map(ord, text):
            code = used.get(character)
            if code is None:
                code = used[character] = len(used) + 1
            codes += code.to_bytes(2, "big")
        return [(0, bytes(codes))]

    def getSubsetInternalName(self, subset: int, doc: Any) -> str:
        """The font's name in page streams; the first use puts it on the document's list."""
        if self.fontName not in doc.fontMapping:
            doc.fontMapping[self.fontName] = f"/F{len(doc.fontMapping) + 1}"
            doc.delayedFonts.append(self)
        return str(doc.fontMapping[self.fontName])

    def addObjects(self, doc: Any) -> None:
        """Write the composite font with the glyphs that were used."""
        codes = list(self._used.pop(doc, {}))
        face: Any = self.face
        name = (SUBSETN(0) + b"+" + face.name).decode("ascii")
        glyphs: dict[int, int] = {0: 0}
        glyph_of_code = [0]
        for code in codes:
            glyph_of_code.append(glyphs.setdefault(face.charToGlyph[code], len(glyphs)))
        internal = self.getSubsetInternalName(0, doc)[1:]
        descendant = pdfdoc.PDFDictionary(
            {
                "Type": pdfdoc.PDFName("Font"),
                "Subtype": pdfdoc.PDFName("CIDFontType2"),
                "BaseFont": pdfdoc.PDFName(name),
                "CIDSystemInfo": pdfdoc.PDFDictionary(
                    {
                        "Registry": pdfdoc.PDFString("Adobe"),
                        "Ordering": pdfdoc.PDFString("Identity"),
                        "Supplement": 0,
                    }
                ),
                "DW": 1000,
                "W": pdfdoc.PDFArray([1, pdfdoc.PDFArray([face.charWidths[one] for one in codes])]),
                "CIDToGIDMap": _stream(
                    doc, b"".join(one.to_bytes(2, "big") for one in glyph_of_code), f"gids:{name}"
                ),
                "FontDescriptor": face.addSubsetObjects(doc, name, codes),
            }
        )
        font = pdfdoc.PDFDictionary(
            {
                "Type": pdfdoc.PDFName("Font"),
                "Subtype": pdfdoc.PDFName("Type0"),
                "BaseFont": pdfdoc.PDFName(name),
                "Encoding": pdfdoc.PDFName("Identity-H"),
                "DescendantFonts": pdfdoc.PDFArray([doc.Reference(descendant, f"cid:{name}")]),
                "ToUnicode": _stream(doc, _to_unicode(codes), f"unicode:{name}"),
            }
        )
        doc.idToObject["BasicFonts"].dict[internal] = doc.Reference(font, internal)


def _stream(doc: Any, content: bytes, name: str) -> Any:
    stream: Any = pdfdoc.PDFStream(content=content)
    stream.filters = [pdfdoc.PDFZCompress]
    return doc.Reference(stream, name)


def _to_unicode(codes: list[int]) -> bytes:
    """The map by which a reader copies text: code → UTF-16, with surrogates where needed."""
    lines = [
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin",
        "begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        "/CMapName /Adobe-Identity-UCS def",
        "/CMapType 2 def",
        "1 begincodespacerange",
        "<0000> <FFFF>",
        "endcodespacerange",
    ]
    for start in range(0, len(codes), _CMAP_BLOCK):
        block = codes[start : start + _CMAP_BLOCK]
        lines.append(f"{len(block)} beginbfchar")
        lines += [
            f"<{start + place:04X}> <{chr(code).encode('utf-16-be').hex().upper()}>"
            for place, code in enumerate(block, start=1)
        ]
        lines.append("endbfchar")
    lines += ["endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"]
    return "\n".join(lines).encode("ascii")


@dataclass(frozen=True, slots=True, eq=False)
class Face:
    """One family: its registered name, and every character it can draw with its width in em."""

    name: str
    widths: Mapping[str, float] = field(repr=False)
    characters: frozenset[str] = field(repr=False)


@dataclass(frozen=True, slots=True, eq=False)
class Fonts:
    """仿宋-like for reading, 黑体-like for headings; each stands in for what the other lacks."""

    body: Face
    heading: Face

    def other(self, face: Face) -> Face:
        """The family to look in for what `face` lacks."""
        return self.heading if face is self.body else self.body


@lru_cache(maxsize=4)
def load_fonts(directory: Path) -> Fonts:
    """Read and register the families; the files are read once in a process."""
    return Fonts(body=_face(directory / BODY_FILE), heading=_face(directory / HEADING_FILE))


def _face(path: Path) -> Face:
    font = PaperFont(path.stem, str(path))
    pdfmetrics.registerFont(font)
    face: Any = font.face
    widths = {
        chr(code): face.charWidths.get(code, face.defaultWidth) / 1000
        for code, glyph in face.charToGlyph.items()
        if glyph
    }
    return Face(name=path.stem, widths=widths, characters=frozenset(widths))

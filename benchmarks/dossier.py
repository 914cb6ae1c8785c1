"""A dossier of some 60 pages, whole process, beside the same pages by bare reportlab platypus.

Both sides are fresh Python processes that read their input from a file, register the same two
fonts and write a PDF. The bare side gets the very texts, tables and column widths of the dossier
as Paragraphs and Tables, and its photos already small: it checks no glyphs, keeps no contents, no
outline and no links, and breaks lines as platypus does.
"""

import json
import pickle
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

from reportlab.platypus import CondPageBreak, Flowable, PageBreak, Spacer

from benchmarks.side_by_side import Comparison, compare
from landsteward.app.dossier_view import DossierView
from landsteward.dossier.build import build_dossier
from landsteward.dossier.flow import TextBlock
from landsteward.dossier.grid import Cell, Grid
from landsteward.dossier.headings import ContentsLine
from landsteward.dossier.photos import Photo
from tests.helpers.dossier_basics import FONTS
from tests.helpers.dossier_sample import rich_view

LIMIT = 1.5
LEAST_PAGES = 60
_ROOT = Path(__file__).resolve().parents[1]

_OURS = """
import pickle, sys
from pathlib import Path
from landsteward.dossier.build import build_dossier
view = pickle.loads(Path(sys.argv[1]).read_bytes())
pages = []
Path(sys.argv[2]).write_bytes(build_dossier(view, fonts=Path(sys.argv[3]), on_page=pages.append))
print(pages[-1])
"""

_BARE = """
import json, sys
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import escape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Image, PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table

fonts = Path(sys.argv[3])
for name in ("NotoSerifSC-Regular", "NotoSansSC-SemiBold"):
    pdfmetrics.registerFont(TTFont(name, str(fonts / f"{name}.ttf")))
styles = {}

def text(entry):
    font, size, leading, content = entry["font"], entry["size"], entry["leading"], entry["text"]
    key = font, size, leading
    if key not in styles:
        styles[key] = ParagraphStyle(
            str(key), fontName=font, fontSize=size, leading=leading, wordWrap="CJK"
        )
    return Paragraph(escape(content).replace("\\n", "<br/>"), styles[key])

def flowable(entry):
    kind = entry["kind"]
    if kind == "text":
        return text(entry)
    if kind == "photo":
        return Image(BytesIO(bytes.fromhex(entry["jpeg"])), entry["width"], entry["height"])
    if kind == "break":
        return PageBreak()
    if kind == "space":
        return Spacer(0, entry["height"])
    style = [("GRID", (0, 0), (-1, -1), 0.4, "black"), ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
             ("LEFTPADDING", (0, 0), (-1, -1), 4), ("RIGHTPADDING", (0, 0), (-1, -1), 4)]
    rows = []
    for number, cells in enumerate(entry["rows"]):
        row = []
        for cell in cells:
            if cell["span"] > 1:
                style.append(("SPAN", (len(row), number), (len(row) + cell["span"] - 1, number)))
            row.append([flowable(one) for one in cell["content"]])
            row += [""] * (cell["span"] - 1)
        rows.append(row)
    return Table(rows, colWidths=entry["widths"], rowHeights=entry["heights"], style=style,
                 repeatRows=entry["head"], spaceAfter=4 * mm)

pages = []

def number(canvas, document):
    pages.append(canvas.getPageNumber())
    canvas.setFont("NotoSerifSC-Regular", 14)
    canvas.drawCentredString(105 * mm, 20 * mm, f"- {canvas.getPageNumber()} -")

story = [flowable(entry) for entry in json.loads(Path(sys.argv[1]).read_text("utf-8"))]
SimpleDocTemplate(
    sys.argv[2], pagesize=(210 * mm, 297 * mm), leftMargin=28 * mm - 6, rightMargin=26 * mm - 6,
    topMargin=37 * mm - 6, bottomMargin=35 * mm - 6, initialFontName="NotoSerifSC-Regular",
).build(story, onFirstPage=number, onLaterPages=number)
print(pages[-1])
"""


def long_view() -> DossierView:
    """The sample case grown to the length in question."""
    return rich_view(findings=26, follow_ups=80, photos=12)


def bare_story(view: DossierView) -> list[dict[str, Any]]:
    """What the dossier lays out, as plain data for the bare side."""
    kept: list[Flowable] = []

    def keep(story: list[Flowable], **_: object) -> bytes:
        kept.extend(story)
        return b""

    with patch("landsteward.dossier.build.print_pages", keep):
        build_dossier(view, fonts=FONTS)
    return [entry for one in kept if (entry := _entry(one)) is not None]


def _entry(one: Flowable) -> dict[str, Any] | None:
    if isinstance(one, TextBlock):
        return _text(one)
    if isinstance(one, Photo):
        copy = one._copy
        return {
            "kind": "photo",
            "jpeg": copy.jpeg.hex(),
            "width": copy.width,
            "height": copy.height,
        }
    if isinstance(one, Grid):
        measured = [*one._head, *one._rows]
        return {
            "kind": "table",
            "widths": one._widths,
            "head": len(one._head),
            "heights": [row.row.least_height or None for row in measured],
            "rows": [[_cell(cell) for cell in row.row.cells] for row in measured],
        }
    if isinstance(one, ContentsLine):
        return _text(one._title)
    if isinstance(one, PageBreak):
        return {"kind": "break"}
    if isinstance(one, Spacer) and not isinstance(one, CondPageBreak):
        return {"kind": "space", "height": one.height}
    return None


def _cell(cell: Cell) -> dict[str, Any]:
    content = [_entry(one) for one in (*cell.content, *cell.foot)]
    return {"span": cell.span, "content": [one for one in content if one is not None]}


def _text(block: TextBlock) -> dict[str, Any]:
    style = block.style
    return {
        "kind": "text",
        "font": "NotoSansSC-SemiBold" if style.heading else "NotoSerifSC-Regular",
        "size": style.size,
        "leading": style.leading,
        "text": "\n".join("".join(run.text for run in line) for line in block._paragraphs),
    }


def measure(runs: int) -> Comparison:
    """Time both processes from start to end."""
    with TemporaryDirectory() as folder:
        ours, bare = Path(folder) / "view.pickle", Path(folder) / "story.json"
        view = long_view()
        ours.write_bytes(pickle.dumps(view))
        bare.write_text(json.dumps(bare_story(view), ensure_ascii=False), "utf-8")
        pages: dict[str, int] = {}

        def process(script: str, source: Path) -> float:
            target = source.with_suffix(".pdf")
            began = time.perf_counter()
            done = subprocess.run(
                [sys.executable, "-c", script, str(source), str(target), str(FONTS)],
                cwd=_ROOT,
                check=True,
                capture_output=True,
                text=True,
            )
            took = time.perf_counter() - began
            pages[source.name] = int(done.stdout)
            return took

        process(_OURS, ours)
        process(_BARE, bare)
        if pages[ours.name] < LEAST_PAGES or pages[bare.name] > pages[ours.name] * 1.1:
            raise RuntimeError(f"the two papers are not comparable: {pages}")
        return compare(
            what=f"dossier of {pages[ours.name]} pages, whole process",
            beside=f"bare reportlab platypus, {pages[bare.name]} pages",
            ours=lambda: process(_OURS, ours),
            theirs=lambda: process(_BARE, bare),
            limit=LIMIT,
            runs=runs,
        )

"""Rich texts on paper: as seen in the window, and nothing left alone at the end of a page."""

from io import BytesIO

import pytest
from pypdf import PdfReader
from reportlab.lib.units import mm
from reportlab.platypus import SimpleDocTemplate

from landsteward.domain.rich_text import plain
from landsteward.dossier.fonts import Fonts, load_fonts
from landsteward.dossier.grid import Cell, Grid, Row
from landsteward.dossier.rich import RichBlock, rich_blocks
from landsteward.dossier.styles import CELL
from tests.helpers.dossier_basics import FONTS

_WIDTH = 60 * mm
_TEXT = (
    "# 原因\n"
    "订单**连年下滑**，<b>设备</b>闲置 3*4 处。\n"
    "1. 清点设备并委托评估，评估报告送经信局备案后再行处置\n"
    "  - 冲压机\n"
    "  - 烘干炉两台，其中一台已抵押，处置前应当取得抵押权人的书面同意\n"
    "2. 出租厂房\n"
    "## 资金\n"
    "- 流动资金贷款"
)


@pytest.fixture(scope="module")
def fonts() -> Fonts:
    return load_fonts(FONTS)


def pages_of(fonts: Fonts, text: str, height: float) -> list[list[tuple[float, str, str]]]:
    """Each page as lines from top to bottom: distance from the left edge, font, characters."""
    out = BytesIO()
    paper = SimpleDocTemplate(
        out,
        pagesize=(_WIDTH + 12, height + 12),
        leftMargin=0,
        rightMargin=0,
        topMargin=0,
        bottomMargin=0,
    )
    cell = Cell(content=rich_blocks(text, CELL, fonts))
    paper.build([Grid([_WIDTH], [Row(cells=(cell,))], space_after=0)])
    pages = []
    for page in PdfReader(out).pages:
        pieces: list[tuple[float, str, str]] = []

        def see(
            piece: str,
            around: list[float],
            at: list[float],
            font: dict[str, str] | None,
            _size: float,
            kept: list[tuple[float, str, str]] = pieces,
        ) -> None:
            if piece.strip():
                kept.append((around[4] + at[4], str((font or {})["/BaseFont"]), piece.strip()))

        page.extract_text(visitor_text=see)
        pages.append(pieces)
    return pages


def test_it_is_printed_as_it_is_seen(fonts: Fonts) -> None:
    (page,) = pages_of(fonts, _TEXT, 200 * mm)
    printed = "".join("".join(piece.split()) for _x, _font, piece in page)
    seen = "".join(plain(_TEXT).split()).replace("•冲压机", "◦冲压机").replace("•烘", "◦烘")
    assert printed == seen


def test_bold_and_headings_are_of_the_heading_family(fonts: Fonts) -> None:
    (page,) = pages_of(fonts, _TEXT, 200 * mm)
    strong = "".join(piece for _x, font, piece in page if fonts.heading.name in font)
    assert strong.replace("\n", "") == "原因连年下滑资金"


def test_lines_of_an_item_stand_below_each_other_behind_its_sign(fonts: Fonts) -> None:
    item = rich_blocks(_TEXT, CELL, fonts)[2]
    assert isinstance(item, RichBlock)
    item.wrap(_WIDTH, 0)
    assert len(item.lines) > 1
    widest = max(line.width for line in item.lines)
    assert widest <= _WIDTH - 2 * CELL.size, "every line leaves room for the sign"
    (page,) = pages_of(fonts, _TEXT, 200 * mm)
    sign = next(x for x, _font, piece in page if piece == "1.")
    text = next(x for x, _font, piece in page if piece.startswith("清点"))
    inner = next(x for x, _font, piece in page if piece.startswith("冲压机"))
    assert sign < text < inner
    assert text == pytest.approx(page[0][0] + 2 * CELL.size, abs=1)


def test_no_heading_and_no_first_line_of_an_item_ends_a_page(fonts: Fonts) -> None:
    """However high the page is: what would stand alone goes to the next one."""
    seen = 0
    for height in range(16, 70, 2):
        pages = pages_of(fonts, _TEXT, height * mm)
        for page in pages[:-1]:
            seen += 1
            *_before, (_x, font, last) = page
            assert fonts.heading.name not in font or "下滑" in last, (height, last)
            assert not last.startswith(("清点", "烘干炉两台")), height
    assert seen > 10

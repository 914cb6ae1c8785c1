"""The sheet of paper: margins, running head, page number.

Source: GB/T 9704-2012, 7.5: page numbers in 4号 type with a dash on either side, 7 mm below the
type area, one character in from the right on odd pages and from the left on even ones.
"""

from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

from reportlab import rl_config
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate

from landsteward.dossier.flow import TextBlock, fitted
from landsteward.dossier.fonts import Fonts
from landsteward.dossier.styles import (
    HAIRLINE,
    MARGIN_BOTTOM,
    MARGIN_LEFT,
    MARGIN_TOP,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    QUIET,
    RULE,
    TEXT_HEIGHT,
    TEXT_WIDTH,
    Align,
    Style,
)
from landsteward.dossier.text import one_line

_NUMBER_SIZE = 14
_NUMBER_ODD = Style(size=_NUMBER_SIZE, leading=7 * mm, align=Align.RIGHT)
_NUMBER_EVEN = Style(size=_NUMBER_SIZE, leading=7 * mm)
_NUMBER_TOP = MARGIN_BOTTOM - 7 * mm
_HEAD = Style(size=9, leading=5 * mm, colour=QUIET)
_HEAD_RIGHT = Style(size=9, leading=5 * mm, colour=QUIET, align=Align.RIGHT)
_HEAD_LINE = PAGE_HEIGHT - MARGIN_TOP + 6 * mm


class _Template(BaseDocTemplate):
    """A document whose pages all have one frame: the type area."""

    def __init__(
        self,
        target: BytesIO,
        fonts: Fonts,
        draw_page: Callable[[Canvas, bool], None],
        **information: Any,
    ) -> None:
        super().__init__(
            target,
            pagesize=(PAGE_WIDTH, PAGE_HEIGHT),
            invariant=1,
            pageCompression=1,
            initialFontName=fonts.body.name,
            lang="zh-CN",
            displayDocTitle=True,
            **information,
        )
        frame = Frame(
            MARGIN_LEFT,
            MARGIN_BOTTOM,
            TEXT_WIDTH,
            TEXT_HEIGHT,
            leftPadding=0,
            rightPadding=0,
            topPadding=0,
            bottomPadding=0,
        )
        self.addPageTemplates(
            [
                PageTemplate(
                    id="cover",
                    frames=[frame],
                    onPage=lambda canvas, _: draw_page(canvas, False),
                    autoNextPageTemplate="page",
                ),
                PageTemplate(
                    id="page", frames=[frame], onPage=lambda canvas, _: draw_page(canvas, True)
                ),
            ]
        )


def print_pages(
    story: list[Flowable],
    *,
    fonts: Fonts,
    title: str,
    author: str,
    subject: str,
    made_on: date,
    head_left: str,
    head_right: str,
    on_page: Callable[[int], None] | None,
    corner: Callable[[Canvas], None] | None = None,
    covered: bool = True,
) -> bytes:
    """Lay the story out; `on_page` hears each page's number as it begins.

    `corner` draws on every page in the margin above the type area; a paper that is not `covered`
    has its running head on the first page too.

    The file bears the day `made_on`, not the moment it was written: the same story, the same bytes.
    """
    # The heads are the same on every page, so they are set once.
    left = fitted(head_left, _HEAD, fonts, TEXT_WIDTH * 0.45)
    right = fitted(head_right, _HEAD_RIGHT, fonts, TEXT_WIDTH * 0.5)
    target = BytesIO()

    def draw_page(canvas: Canvas, with_head: bool) -> None:
        number = canvas.getPageNumber()
        if on_page is not None:
            on_page(number)
        if corner is not None:
            corner(canvas)
        if with_head or not covered:
            left.drawOn(canvas, MARGIN_LEFT, _HEAD_LINE + 1 * mm)
            right.drawOn(canvas, MARGIN_LEFT + TEXT_WIDTH * 0.5, _HEAD_LINE + 1 * mm)
            canvas.setStrokeColor(RULE)
            canvas.setLineWidth(HAIRLINE)
            canvas.line(MARGIN_LEFT, _HEAD_LINE, MARGIN_LEFT + TEXT_WIDTH, _HEAD_LINE)
        if not with_head:
            canvas.showOutline()
            canvas.setDateFormatter(lambda *_: f"D:{made_on:%Y%m%d}000000+08'00'")
        odd = number % 2 == 1
        block = TextBlock(f"— {number} —", _NUMBER_ODD if odd else _NUMBER_EVEN, fonts)
        block.wrap(TEXT_WIDTH - _NUMBER_SIZE, 0)
        indent = 0 if odd else _NUMBER_SIZE
        block.drawOn(canvas, MARGIN_LEFT + indent, _NUMBER_TOP - block.height)

    # Streams as bytes instead of printable characters: a fifth smaller and much faster to write.
    rl_config.useA85 = 0
    document = _Template(
        target,
        fonts,
        draw_page,
        title=one_line(title),
        author=one_line(author),
        subject=one_line(subject),
        creator="LandSteward",
        producer="LandSteward",
    )
    document.build(story)
    return target.getvalue()

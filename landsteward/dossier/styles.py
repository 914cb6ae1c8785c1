"""The look of the dossier: page measures, text styles, rules. Everything stands on 4 mm.

Source: GB/T 9704-2012: A4, head margin 37 mm, binding margin 28 mm, type area 156 × 225 mm.
"""

from dataclasses import dataclass
from enum import StrEnum

from reportlab.lib.colors import Color
from reportlab.lib.units import mm

from landsteward.dossier.fonts import Face, Fonts

PAGE_WIDTH, PAGE_HEIGHT = 210 * mm, 297 * mm
MARGIN_TOP, MARGIN_LEFT = 37 * mm, 28 * mm
TEXT_WIDTH, TEXT_HEIGHT = 156 * mm, 225 * mm
MARGIN_BOTTOM = PAGE_HEIGHT - MARGIN_TOP - TEXT_HEIGHT
STEP = 4 * mm

INK = Color(0.07, 0.07, 0.08)
QUIET = Color(0.38, 0.38, 0.40)
RULE = Color(0.55, 0.55, 0.57)
TINT = Color(0.955, 0.955, 0.95)
HAIRLINE = 0.4
FRAME_LINE = 0.9


class Align(StrEnum):
    """Where a line stands in its width."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """How a text is set; measures in points. `justify` stretches lines to the full width."""

    heading: bool = False
    size: float = 10.5
    leading: float = 6 * mm
    align: Align = Align.LEFT
    justify: bool = False
    first_indent: float = 0
    colour: Color = INK
    space_before: float = 0
    space_after: float = 0

    def face(self, fonts: Fonts) -> Face:
        """The family it is set in."""
        return fonts.heading if self.heading else fonts.body


BODY = Style(size=12, leading=2 * STEP, justify=True, first_indent=24, space_after=0)
NOTE = Style(size=10.5, leading=6 * mm, colour=QUIET, justify=True)
CELL = Style(justify=True)
CELL_CENTRE = Style(align=Align.CENTRE)
CELL_RIGHT = Style(align=Align.RIGHT)
CELL_STRONG = Style(heading=True)
CELL_SMALL = Style(size=9, leading=5 * mm)
LABEL = Style(heading=True, size=10.5)
HEAD_CELL = Style(heading=True, size=10.5, align=Align.CENTRE)
TITLE = Style(heading=True, size=22, leading=12 * mm, align=Align.CENTRE)
SUBTITLE = Style(size=18, leading=10 * mm, align=Align.CENTRE)
HEADING_1 = Style(heading=True, size=16, leading=2 * STEP, space_after=STEP)
HEADING_2 = Style(heading=True, size=12, leading=2 * STEP, space_before=STEP, space_after=STEP / 2)
HEADING_3 = Style(heading=True, size=10.5, leading=6 * mm, space_before=STEP, space_after=STEP / 2)

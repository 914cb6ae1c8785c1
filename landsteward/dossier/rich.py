"""Rich texts on paper: the blocks a person sees in the window, lists with hanging indents.

Bold is the heading family (黑体), as Chinese papers have it.
"""

from collections.abc import Sequence
from dataclasses import replace

from reportlab.lib.units import mm
from reportlab.platypus import Flowable

from landsteward.domain.rich_text import LISTS, Block, BlockKind, numbered, read_rich
from landsteward.dossier.flow import TextBlock, write_runs
from landsteward.dossier.fonts import Fonts
from landsteward.dossier.styles import Style
from landsteward.dossier.text import Run, runs

_INDENT_EM = 2
_GAP_EM = 0.4
"""Between the sign of an item and its text."""
_SIGNS = {1: "•", 2: "◦"}
_HEADINGS = {1: (1.1, 7 * mm), 2: (1.0, 6 * mm)}
"""Size beside that of the text, and leading."""


class RichBlock(TextBlock):
    """One block: its first line may have a sign, its lines stand back behind it."""

    def __init__(self, block: Block, number: int, style: Style, fonts: Fonts) -> None:
        if block.kind is BlockKind.HEADING:
            times, leading = _HEADINGS[block.level]
            style = replace(style, heading=True, size=style.size * times, leading=leading)
        super().__init__("", style, fonts)
        self._paragraphs = _paragraphs(block, style, fonts)
        # A heading never ends a page.
        self.keepWithNext = block.kind is BlockKind.HEADING
        self._indent = block.level * _INDENT_EM * style.size if block.kind in LISTS else 0.0
        sign = f"{number}." if number else _SIGNS[block.level] if block.kind in LISTS else ""
        self._sign: Sequence[Run] = runs(sign, style.face(fonts), fonts)[0]

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        """Break to what the indent leaves of the width."""
        _inner, height = super().wrap(aW - self._indent, aH)
        return aW, height

    def split(self, aW: float, aH: float) -> list[Flowable]:
        """As any text, but an item of two lines goes to the next page whole."""
        parts = super().split(aW, aH)
        return [] if self._sign and len(parts) == 2 and len(self.lines) == 2 else parts

    def _part(self, start: int, end: int) -> TextBlock:
        part = RichBlock.__new__(RichBlock)
        part.__dict__.update(super()._part(start, end).__dict__)
        part._indent, part._sign = self._indent, self._sign
        part.keepWithNext = self.keepWithNext
        return part

    def draw(self) -> None:
        """The sign at the first line, the text behind it."""
        self.canv.translate(self._indent, 0)
        if self._sign and self._first:
            size = self.style.size
            wide = sum(run.face.widths[one] * size for run in self._sign for one in run.text)
            pen = self.canv.beginText()
            pen.setFillColor(self.style.colour)
            pen.setTextOrigin(-wide - _GAP_EM * size, self.first_baseline)
            write_runs(pen, self._sign, self.style, 0)
            self.canv.drawText(pen)
        super().draw()


def rich_blocks(text: str, style: Style, fonts: Fonts) -> tuple[Flowable, ...]:
    """The blocks of a kept text, in the order they are read."""
    return tuple(
        RichBlock(block, number, style, fonts) for block, number in numbered(read_rich(text))
    )


def _paragraphs(block: Block, style: Style, fonts: Fonts) -> list[list[Run]]:
    lines: list[list[Run]] = [[]]
    for piece in block.runs:
        face = fonts.heading if piece.bold else style.face(fonts)
        first, *more = runs(piece.text, face, fonts)
        lines[-1] += first
        lines += more
    return lines

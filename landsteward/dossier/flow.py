"""A block of typed text that flows: broken once, split by lines, drawn as it was typed.

platypus' own Paragraph reads markup, loses typed line ends when a page ends inside it, and lets
Chinese commas begin a line; that is why this one exists.
"""

from collections.abc import Sequence

from reportlab.pdfgen.textobject import PDFTextObject
from reportlab.platypus import Flowable

from landsteward.dossier.fonts import Fonts
from landsteward.dossier.styles import Align, Style
from landsteward.dossier.text import Line, Run, break_lines, one_line, runs

_ASCENT = 0.88
"""Height of an ideograph above the baseline, in em; the rest of its square hangs below."""
_MOST_STRETCH = 0.08
"""A line with more to fill than this share of the type size between characters stays short."""


class TextBlock(Flowable):
    """Text in one style. Widths and heights in points."""

    def __init__(self, text: str, style: Style, fonts: Fonts) -> None:
        super().__init__()
        self.style = style
        self._paragraphs: Sequence[Sequence[Run]] = runs(text, style.face(fonts), fonts)
        self._lines: list[Line] = []
        self._first = True
        self._broken_for: float | None = None

    @property
    def lines(self) -> list[Line]:
        """The lines as last broken."""
        return self._lines

    @property
    def first_baseline(self) -> float:
        """Height of the first line's baseline above the bottom of the block."""
        style = self.style
        return self.height - (style.leading - style.size) / 2 - _ASCENT * style.size

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        """Break to a width, once; the height follows from the number of lines."""
        if self._broken_for is None or abs(self._broken_for - aW) > 0.01:
            style = self.style
            self._lines = break_lines(self._paragraphs, style.size, aW, style.first_indent)
            self._broken_for = aW
        self.width = aW
        self.height = len(self._lines) * self.style.leading
        return aW, self.height

    def split(self, aW: float, aH: float) -> list[Flowable]:
        """The lines that fit and the rest; no single line is left alone on either side."""
        self.wrap(aW, aH)
        total = len(self._lines)
        fitting = int((aH + 0.01) / self.style.leading)
        if fitting >= total:
            return [self]
        if total > 3 and fitting == total - 1:
            fitting -= 1
        if fitting <= 0 or (fitting == 1 and total > 2):
            return []
        return [self._part(0, fitting), self._part(fitting, total)]

    def _part(self, start: int, end: int) -> "TextBlock":
        part = TextBlock.__new__(TextBlock)
        Flowable.__init__(part)
        part.style = self.style
        part._paragraphs = ()
        part._lines = self._lines[start:end]
        part._first = self._first and start == 0
        part._broken_for = self._broken_for
        part.width = self.width
        part.height = (end - start) * self.style.leading
        return part

    def draw(self) -> None:
        """Draw the lines from the top of the block."""
        style = self.style
        canvas = self.canv
        canvas.setFillColor(style.colour)
        pen = canvas.beginText()
        baseline = self.first_baseline
        begins = self._first
        for line in self._lines:
            if line.runs:
                room = self.width - (style.first_indent if begins else 0)
                pen.setTextOrigin(self.width - room + self._offset(line, room), baseline)
                write_runs(pen, line.runs, style, self._stretch(line, room))
            baseline -= style.leading
            begins = line.ends
        canvas.drawText(pen)

    def _offset(self, line: Line, room: float) -> float:
        if self.style.align is Align.LEFT:
            return 0
        free = max(room - line.width, 0)
        return free if self.style.align is Align.RIGHT else free / 2

    def _stretch(self, line: Line, room: float) -> float:
        """Points to add between two characters so that a full line reaches the edge."""
        if not self.style.justify or line.ends:
            return 0
        gaps = sum(len(run.text) for run in line.runs) - 1
        if gaps <= 0:
            return 0
        share = (room - line.width) / gaps
        return share if 0 < share <= _MOST_STRETCH * self.style.size else 0

    def getSpaceBefore(self) -> float:
        """Space above, in points."""
        return self.style.space_before

    def getSpaceAfter(self) -> float:
        """Space below, in points."""
        return self.style.space_after


def write_runs(pen: PDFTextObject, line: Sequence[Run], style: Style, stretch: float) -> None:
    """Write runs one after another, with so many points more between characters."""
    pen.setCharSpace(stretch)
    for run in line:
        pen.setFont(run.face.name, style.size, style.leading)
        pen.textOut(run.text)


def fitted(text: str, style: Style, fonts: Fonts, width: float) -> TextBlock:
    """A text on one line of a width in points, shortened with … where it is longer."""
    shown = one_line(text)
    block = TextBlock(shown, style, fonts)
    block.wrap(width, style.leading)
    if len(block.lines) > 1:
        first = "".join(run.text for run in block.lines[0].runs).rstrip()
        while len(block.lines) > 1:
            first = first[:-1]
            block = TextBlock(f"{first}…", style, fonts)
            block.wrap(width, style.leading)
    return block

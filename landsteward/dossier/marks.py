"""Marks over a photo on paper: drawn as vectors, so that they stay sharp."""

from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas

from landsteward.domain.mark_shapes import MarkShape, shape_of
from landsteward.domain.photos import MARK_COLOURS, Mark, MarkKind, mark_contrast
from landsteward.dossier.fonts import Fonts
from landsteward.dossier.text import one_line, runs

_HALO = 1.8
_PLATE_PAD = 0.25
_BASE = 0.24
"""The base line above a plate's edge, in heights of its letters."""


@dataclass(frozen=True, slots=True)
class MarkPen:
    """Draws the marks of one photo, `turn` quarters turned."""

    marks: Sequence[Mark]
    turn: int
    fonts: Fonts

    def draw(self, canvas: Canvas, left: float, bottom: float, size: tuple[float, float]) -> None:
        """Draw them over a photo of that size in points at that place."""
        width, height = size
        canvas.saveState()
        path = canvas.beginPath()
        path.rect(left, bottom, width, height)
        canvas.clipPath(path, stroke=0, fill=0)
        canvas.translate(left, bottom + height)
        canvas.setLineCap(1)
        canvas.setLineJoin(1)
        for mark in self.marks:
            shape = shape_of(mark, width=width, height=height, turn=self.turn)
            if mark.kind is MarkKind.TEXT:
                self._text(canvas, shape)
            else:
                colour = MARK_COLOURS[mark.colour]
                for ink, thick in ((mark_contrast(mark.colour), _HALO), (colour, 1.0)):
                    _lines(canvas, shape, ink, thick)
        canvas.restoreState()

    def _text(self, canvas: Canvas, shape: MarkShape) -> None:
        high = shape.text_height
        (line,) = runs(one_line(shape.mark.text), self.fonts.heading, self.fonts)[:1]
        wide = sum(run.face.widths[one] for run in line for one in run.text) * high
        (x, y) = shape.points[0]
        canvas.setFillColor(HexColor(MARK_COLOURS[shape.mark.colour]))
        pad = high * _PLATE_PAD
        canvas.roundRect(x, -y - high - 2 * pad, wide + 2 * pad, high + 2 * pad, pad, 0, 1)
        pen = canvas.beginText()
        pen.setTextOrigin(x + pad, -y - high - pad + high * _BASE)
        pen.setFillColor(HexColor(mark_contrast(shape.mark.colour)))
        for run in line:
            pen.setFont(run.face.name, high, high)
            pen.textOut(run.text)
        canvas.drawText(pen)


def _lines(canvas: Canvas, shape: MarkShape, ink: str, thick: float) -> None:
    canvas.setStrokeColor(HexColor(ink))
    canvas.setFillColor(HexColor(ink))
    canvas.setLineWidth(shape.stroke * thick)
    (x1, y1), (x2, y2) = shape.points
    if shape.mark.kind is MarkKind.BOX:
        canvas.rect(min(x1, x2), -max(y1, y2), abs(x2 - x1), abs(y2 - y1), stroke=1, fill=0)
        return
    canvas.line(x1, -y1, x2, -y2)
    if shape.head:
        canvas.setLineWidth(max(shape.stroke * (thick - 1), 0.01))
        path = canvas.beginPath()
        path.moveTo(shape.head[0][0], -shape.head[0][1])
        for x, y in shape.head[1:]:
            path.lineTo(x, -y)
        path.close()
        canvas.drawPath(path, stroke=1 if thick > 1 else 0, fill=1)

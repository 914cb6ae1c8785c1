"""A signature on paper: its strokes as curves, as large as they fit, never larger than written."""

from collections.abc import Sequence

from reportlab.lib.units import mm
from reportlab.platypus import Flowable

from landsteward.domain.strokes import Stroke, curves, extent
from landsteward.dossier.styles import INK

HEIGHT = 13 * mm
_POINTS_PER_TENTH = 0.075
"""A tenth of a pixel at 96 pixels an inch, in points."""

_THINNEST, _THICKEST = 0.5, 1.6
"""Of a line, in points, at the size it was written."""


class SignatureMark(Flowable):
    """One signature in a row of fixed height, at its left."""

    def __init__(self, strokes: Sequence[Stroke]) -> None:
        super().__init__()
        self._strokes = strokes
        self.height = HEIGHT

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        """As wide as there is room."""
        self.width = aW
        return aW, HEIGHT

    def split(self, aW: float, aH: float) -> list[Flowable]:
        """In one piece."""
        return []

    def draw(self) -> None:
        """The strokes, upright: paper counts from below."""
        if not any(self._strokes):
            return
        left, top, right, bottom = extent(self._strokes)
        scale = min(
            self.width / max(right - left, 1), HEIGHT / max(bottom - top, 1), _POINTS_PER_TENTH
        )
        canvas = self.canv
        canvas.saveState()
        canvas.translate(0, (HEIGHT + (bottom - top) * scale) / 2)
        canvas.scale(scale, -scale)
        canvas.translate(-left, -top)
        canvas.setStrokeColor(INK)
        canvas.setLineCap(1)
        for stroke in self._strokes:
            for one in curves(stroke):
                width = _THINNEST + (_THICKEST - _THINNEST) * one.weight
                canvas.setLineWidth(width / _POINTS_PER_TENTH)
                canvas.bezier(*one.start, *one.first, *one.second, *one.end)
        canvas.restoreState()

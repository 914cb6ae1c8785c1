"""Which mark lies under a finger, and which stroke was none."""

from __future__ import annotations

from math import hypot
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF

from landsteward.domain.photos import Mark, MarkKind
from ui.evidence.marks import plate_of

if TYPE_CHECKING:
    from ui.viewer.canvas import PhotoCanvas

_REACH = 10.0
_LEAST = 8.0


def at_mark(canvas: PhotoCanvas, at: QPointF) -> int:
    """The number of the uppermost mark at a place of the canvas; -1 where there is none."""
    area = canvas.area()
    for number in reversed(range(len(canvas.marks))):
        mark = canvas.marks[number]
        if mark.kind is MarkKind.TEXT:
            if plate_of(area, mark, canvas.turn).contains(at):
                return number
            continue
        one, other = canvas.shown_at(mark.x1, mark.y1), canvas.shown_at(mark.x2, mark.y2)
        if mark.kind is MarkKind.ARROW:
            edges = [(one, other)]
        else:
            box = QRectF(one, other).normalized()
            corners = [box.topLeft(), box.topRight(), box.bottomRight(), box.bottomLeft()]
            edges = list(zip(corners, [*corners[1:], corners[0]], strict=True))
        if min(_distance(at, *edge) for edge in edges) <= _REACH:
            return number
    return -1


def too_small(mark: Mark, area: QRectF) -> bool:
    """Whether a stroke is so short that it was a mere click."""
    across, down = (mark.x2 - mark.x1) * area.width(), (mark.y2 - mark.y1) * area.height()
    return hypot(across, down) < _LEAST


def _distance(at: QPointF, one: QPointF, other: QPointF) -> float:
    dx, dy = other.x() - one.x(), other.y() - one.y()
    length = dx * dx + dy * dy
    px, py = at.x() - one.x(), at.y() - one.y()
    along = 0.0 if length == 0 else min(max((px * dx + py * dy) / length, 0.0), 1.0)
    return hypot(px - along * dx, py - along * dy)

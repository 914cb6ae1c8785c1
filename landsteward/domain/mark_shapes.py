"""How marks lie on a picture as it is shown: points to draw, whatever draws them.

Units are those of the picture's width and height as shown; down is positive, from its top left.
"""

from dataclasses import dataclass
from math import hypot

from landsteward.domain.photos import ARROW_HEAD, STROKE, TEXT_HEIGHT, Mark, MarkKind, turned

Point = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkShape:
    """A mark to draw: `points` are the ends of an arrow, two opposite corners of a box, the place
    of a text; `head` is the arrow's filled tip.
    """

    mark: Mark
    points: tuple[Point, ...]
    head: tuple[Point, ...]
    stroke: float
    text_height: float


def shape_of(mark: Mark, *, width: float, height: float, turn: int = 0) -> MarkShape:
    """A mark on a picture shown so large, turned by so many quarters."""
    side = max(width, height)
    places = [(mark.x1, mark.y1)]
    if mark.kind is not MarkKind.TEXT:
        places.append((mark.x2, mark.y2))
    points = []
    for x, y in places:
        x, y = turned(x, y, turn)
        points.append((x * width, y * height))
    head: tuple[Point, ...] = ()
    if mark.kind is MarkKind.ARROW:
        tail, tip = points
        head = _head(tail, tip, side * ARROW_HEAD)
        if head:
            # The line ends inside the head, or its blunt end would show beside the tip.
            middle = (head[1][0] + head[2][0]) / 2, (head[1][1] + head[2][1]) / 2
            points = [tail, middle]
    return MarkShape(
        mark=mark,
        points=tuple(points),
        head=head,
        stroke=side * STROKE,
        text_height=side * TEXT_HEIGHT,
    )


def _head(tail: Point, tip: Point, length: float) -> tuple[Point, ...]:
    """The tip and both barbs; an arrow shorter than its head is all head."""
    across, down = tip[0] - tail[0], tip[1] - tail[1]
    whole = hypot(across, down)
    if whole == 0:
        return ()
    length = min(length, whole)
    ux, uy = across / whole, down / whole
    base = tip[0] - ux * length, tip[1] - uy * length
    half = length * 0.45
    return (
        tip,
        (base[0] - uy * half, base[1] + ux * half),
        (base[0] + uy * half, base[1] - ux * half),
    )

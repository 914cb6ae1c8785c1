"""Strokes of a pen as they are kept: points with pressure, and the smooth curve through them.

Vectors and no picture, so that a signature stays sharp on paper of any size.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

Point = tuple[int, int, int | None]
"""x to the right, y down, in tenths of a pixel of the pad; pressure in thousandths of the most,
None where the device tells none (mouse, most fingers).
"""

Stroke = tuple[Point, ...]
"""From pen down to pen up."""

PLAIN_PRESSURE = 500
"""What stands in where the device tells no pressure."""

_LEAST_EXTENT = 150
"""A signature is at least this wide or tall: a slip of the finger is none (tenths of a pixel)."""

Place = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Curve:
    """A cubic Bézier: start, two handles, end; `weight` is how hard the pen pressed, 0 to 1."""

    start: Place
    first: Place
    second: Place
    end: Place
    weight: float


def is_signature(strokes: Sequence[Stroke]) -> bool:
    """Whether somebody wrote something, and did not just touch the pad."""
    points = [point for stroke in strokes for point in stroke]
    if len(points) < 3:
        return False
    xs, ys = [point[0] for point in points], [point[1] for point in points]
    return max(max(xs) - min(xs), max(ys) - min(ys)) >= _LEAST_EXTENT


def extent(strokes: Sequence[Stroke]) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of what was drawn; needs at least one point."""
    xs = [x for stroke in strokes for x, _, _ in stroke]
    ys = [y for stroke in strokes for _, y, _ in stroke]
    return min(xs), min(ys), max(xs), max(ys)


def curves(stroke: Stroke) -> list[Curve]:
    """A smooth line through all points of a stroke (Catmull–Rom as Béziers); a point is a dot."""
    places: list[Place] = [(float(x), float(y)) for x, y, _ in stroke]
    if len(places) == 1:
        (dot,) = places
        return [Curve(dot, dot, dot, dot, _weight(stroke[0], stroke[0]))]
    found = []
    for at, (start, end) in enumerate(pairwise(places)):
        before = places[at - 1] if at else start
        after = places[at + 2] if at + 2 < len(places) else end
        found.append(
            Curve(
                start,
                (start[0] + (end[0] - before[0]) / 6, start[1] + (end[1] - before[1]) / 6),
                (end[0] - (after[0] - start[0]) / 6, end[1] - (after[1] - start[1]) / 6),
                end,
                _weight(stroke[at], stroke[at + 1]),
            )
        )
    return found


def _weight(one: Point, other: Point) -> float:
    pressures = [PLAIN_PRESSURE if point[2] is None else point[2] for point in (one, other)]
    return sum(pressures) / 2000

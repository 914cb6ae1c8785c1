"""Where everything of a 宗地图 stands on a sheet: for the window and for paper alike.

Drawing units are whoever's who draws; x runs right, y down. Figures are floats: they are only
looked at.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from landsteward.domain.boundaries import ParcelBoundary, Ring, Vertex

_EQUATOR_M = 6_378_137.0
_SQUARED_ECCENTRICITY = 0.00669438002290
"""Of the CGCS2000 ellipsoid (1/298.257222101)."""
_NICE = (1.0, 2.0, 5.0)
_METRES_AN_INCH = 0.0254
_BAR_SHARE = 0.25
_CHARACTER = 0.6
"""A digit's width in text heights."""

_GRID = 18
_MOST_SIDES = 300
"""Above that the middle of the box has to do: a drawing must not be waited for."""

Place = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanText:
    """A text with its middle at a place, turned by so many degrees clockwise."""

    text: str
    x: float
    y: float
    turned: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A drawing. `holes` says of each ring whether it is cut out; `scale` is the n of 1:n where
    the drawing is made to one, `bar_m` the metres the scale bar of `bar_length` units stands for.
    """

    rings: tuple[tuple[Place, ...], ...]
    holes: tuple[bool, ...]
    numbers: tuple[PlanText, ...]
    lengths: tuple[PlanText, ...]
    middle: Place
    bar_m: float
    bar_length: float
    scale: int | None = None


def plan_of(
    boundary: ParcelBoundary,
    *,
    width: float,
    height: float,
    text: float,
    units_an_inch: float | None = None,
) -> Plan | None:
    """The drawing of a boundary inside a box, with texts of that height around it.

    With `units_an_inch` it is made to a round scale (1:500, 1:1000 …). None where there is nothing
    to draw. Numbers and lengths that would cover one another are left out: the table has them all.
    """
    metric = [_metres(ring.vertices, boundary) for ring in boundary.rings]
    places = [place for ring in metric for place in ring]
    if not places:
        return None
    west, east = min(x for x, _ in places), max(x for x, _ in places)
    top, bottom = min(y for _, y in places), max(y for _, y in places)
    room_x, room_y = max(width - 8 * text, text), max(height - 5 * text, text)
    factor = min(room_x / max(east - west, 1e-6), room_y / max(bottom - top, 1e-6))
    scale = None
    if units_an_inch is not None:
        scale = math.ceil(_nice_above(units_an_inch / _METRES_AN_INCH / factor))
        factor = units_an_inch / _METRES_AN_INCH / scale
    left = (width - (east - west) * factor) / 2
    above = (height - (bottom - top) * factor) / 2
    rings = tuple(
        tuple(((x - west) * factor + left, (y - top) * factor + above) for x, y in ring)
        for ring in metric
    )
    bar_m = round_below(width * _BAR_SHARE / factor)
    numbers, lengths = _texts(boundary.rings, rings, factor, text)
    return Plan(
        rings=rings,
        holes=tuple(ring.hole_of is not None for ring in boundary.rings),
        numbers=numbers,
        lengths=lengths,
        middle=_roomiest(rings),
        bar_m=bar_m,
        bar_length=bar_m * factor,
        scale=scale,
    )


def _metres(vertices: Sequence[Vertex], boundary: ParcelBoundary) -> list[Place]:
    """Points in metres around the boundary's first one, y down."""
    origin = next(ring.vertices[0] for ring in boundary.rings if ring.vertices)
    across, along = _metres_a_unit(boundary, origin)
    return [
        (float(one.east - origin.east) * across, float(origin.north - one.north) * along)
        for one in vertices
    ]


def _metres_a_unit(boundary: ParcelBoundary, origin: Vertex) -> Place:
    """Metres to a unit of easting and of northing: 1 in the plane, else those of a degree there."""
    if boundary.plane:
        return 1.0, 1.0
    latitude = math.radians(min(max(float(origin.north), -89.0), 89.0))
    bend = 1 - _SQUARED_ECCENTRICITY * math.sin(latitude) ** 2
    along = _EQUATOR_M * (1 - _SQUARED_ECCENTRICITY) / bend**1.5
    across = _EQUATOR_M / math.sqrt(bend) * math.cos(latitude)
    return math.radians(across), math.radians(along)


def edge_length_m(one: Vertex, other: Vertex, boundary: ParcelBoundary) -> float:
    """The length of a side in metres; in degrees by the ellipsoid's curvature there."""
    across, along = _metres_a_unit(boundary, one)
    return math.hypot(float(other.east - one.east) * across, float(other.north - one.north) * along)


def round_below(value: float) -> float:
    """The largest of 1, 2, 5, 10, 20 … that is not above it: what a scale bar stands for."""
    power = 10.0 ** math.floor(math.log10(max(value, 1e-9)))
    return max(one * power for one in _NICE if one * power <= value * (1 + 1e-9))


def _nice_above(value: float) -> float:
    power = 10.0 ** math.floor(math.log10(max(value, 1.0)))
    return next(one * power for one in (*_NICE, 10.0) if one * power >= value * (1 - 1e-9))


def _texts(
    rings: Sequence[Ring], drawn: Sequence[Sequence[Place]], factor: float, text: float
) -> tuple[tuple[PlanText, ...], tuple[PlanText, ...]]:
    """Numbers at the corners and lengths along the sides, outside of each ring."""
    numbers: list[PlanText] = []
    taken: set[tuple[int, int]] = set()
    lengths: list[PlanText] = []
    for ring, places in zip(rings, drawn, strict=True):
        outward = 1.0 if _area(places) >= 0 else -1.0
        normals = [_normal(one, other, outward) for one, other in _sides(places)]
        for at, (vertex, (x, y)) in enumerate(zip(ring.vertices, places, strict=True)):
            before, after = (normals[at - 1], normals[at]) if normals else ((0, -1), (0, -1))
            away = _unit(before[0] + after[0], before[1] + after[1])
            reach = text * (0.9 + 0.3 * abs(away[0]) * len(vertex.number))
            label = PlanText(text=vertex.number, x=x + away[0] * reach, y=y + away[1] * reach)
            cell = int(label.x / text // 2), int(label.y / text // 2)
            if cell not in taken:
                taken.add(cell)
                numbers.append(label)
        for (one, other), (across, down) in zip(_sides(places), normals, strict=True):
            length = math.hypot(other[0] - one[0], other[1] - one[1])
            words = f"{length / factor:.2f}"
            if length < text * _CHARACTER * (len(words) + 3):
                continue
            angle = math.degrees(math.atan2(other[1] - one[1], other[0] - one[0]))
            lengths.append(
                PlanText(
                    text=words,
                    x=(one[0] + other[0]) / 2 + across * text * 0.8,
                    y=(one[1] + other[1]) / 2 + down * text * 0.8,
                    # Never upside down.
                    turned=(angle + 90) % 180 - 90,
                )
            )
    return tuple(numbers), tuple(lengths)


def _sides(places: Sequence[Place]) -> list[tuple[Place, Place]]:
    return list(pairwise((*places, places[0]))) if len(places) > 1 else []


def _normal(one: Place, other: Place, outward: float) -> Place:
    return _unit((other[1] - one[1]) * outward, (one[0] - other[0]) * outward)


def _unit(x: float, y: float) -> Place:
    length = math.hypot(x, y)
    return (x / length, y / length) if length else (0.0, -1.0)


def _area(places: Sequence[Place]) -> float:
    """Signed: above 0 where the ring runs clockwise to the eye."""
    return sum(one[0] * other[1] - other[0] * one[1] for one, other in _sides(places)) / 2


def _roomiest(rings: Sequence[Sequence[Place]]) -> Place:
    """About the place on the land farthest from all sides, where the area is written."""
    sides = [side for ring in rings for side in _sides(ring)]
    outer = max(rings, key=lambda ring: abs(_area(ring)))
    west, east = min(x for x, _ in outer), max(x for x, _ in outer)
    top, bottom = min(y for _, y in outer), max(y for _, y in outer)
    best, room = ((west + east) / 2, (top + bottom) / 2), -1.0
    if len(sides) > _MOST_SIDES:
        return best
    for across in range(1, _GRID):
        for down in range(1, _GRID):
            place = (
                west + (east - west) * across / _GRID,
                top + (bottom - top) * down / _GRID,
            )
            if _inside(place, sides):
                free = min(_distance(place, side) for side in sides)
                if free > room:
                    best, room = place, free
    return best


def _inside(place: Place, sides: Sequence[tuple[Place, Place]]) -> bool:
    x, y = place
    inside = False
    for (x1, y1), (x2, y2) in sides:
        if (y1 > y) != (y2 > y) and x < x1 + (y - y1) / (y2 - y1) * (x2 - x1):
            inside = not inside
    return inside


def _distance(place: Place, side: tuple[Place, Place]) -> float:
    (x1, y1), (x2, y2) = side
    dx, dy = x2 - x1, y2 - y1
    squared = dx * dx + dy * dy
    along = ((place[0] - x1) * dx + (place[1] - y1) * dy) / squared if squared else 0.0
    along = min(max(along, 0.0), 1.0)
    return math.hypot(place[0] - x1 - along * dx, place[1] - y1 - along * dy)

"""Boundaries of parcels (界址): vertices as their file has them, exact measures, what is odd.

Plane coordinates are metres, geographic ones degrees, all exact decimals; north comes before east,
as in 界址点 files (`domain.md` §1). Nothing here is mended: what is odd is named and kept.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from itertools import pairwise

from landsteward.domain.boundary_remarks import Remark

CGCS2000 = 4490
"""EPSG number of the geographic system that places are compared in."""
LENGTH_PLACES = Decimal("0.0001")
_EXACT = 120
"""Digits that hold every product of two coordinates."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Vertex:
    """A boundary point (界址点): its number as in the file, then north and east."""

    number: str
    north: Decimal
    east: Decimal

    @property
    def place(self) -> tuple[Decimal, Decimal]:
        """North and east."""
        return self.north, self.east


@dataclass(frozen=True, slots=True, kw_only=True)
class Ring:
    """A closed line (圈); the first point is not repeated at the end.

    `hole_of` is the place, from 0, of the ring it is cut out of; None for an outline.
    """

    number: int
    vertices: tuple[Vertex, ...]
    hole_of: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Crs:
    """A coordinate system: by EPSG number where it is known, else by the name the file gives.

    `plane`: metres, not degrees. `transformable`: coordinates can be turned into CGCS2000.
    """

    epsg: int | None
    name: str
    plane: bool
    transformable: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Extent:
    """A box in degrees of CGCS2000 (EPSG:4490)."""

    west: Decimal
    south: Decimal
    east: Decimal
    north: Decimal

    def holds(self, other: "Extent") -> bool:
        """Whether the other lies inside whole."""
        return (
            self.west <= other.west
            and other.east <= self.east
            and self.south <= other.south
            and other.north <= self.north
        )


Outline = tuple[tuple[tuple[float, float], ...], ...]
"""Rings as longitude and latitude in CGCS2000, for drawing; empty where they are not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundaryLimits:
    """From when on something is said: data that a county can change.

    `county` is a soft box. `deviation_percent`: computed area beside the contract's.
    `stated_percent`: computed area beside the one the file states. `overlap_m2`: shared with
    another parcel.
    """

    county: Extent
    deviation_percent: Decimal
    stated_percent: Decimal
    overlap_m2: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """Rings in a coordinate system with what was measured.

    `area_m2` and `perimeter_m` are None where they cannot be had; `extent` where the shape cannot
    be turned into CGCS2000.
    """

    rings: tuple[Ring, ...]
    crs: Crs
    area_m2: Decimal | None
    perimeter_m: Decimal | None
    extent: Extent | None
    outline: Outline = ()
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelBoundary:
    """The boundary of a parcel as it was brought in; a later one takes its place.

    `header` and `attributes` are what the file said beside it, by its own names; `west` to `north`
    are its box in degrees of CGCS2000, None where it cannot be put on the map.
    """

    id: str
    parcel_id: str
    rings: tuple[Ring, ...]
    crs_epsg: int | None
    crs_name: str
    plane: bool
    transformable: bool
    area_m2: Decimal | None
    perimeter_m: Decimal | None
    stated_area_m2: Decimal | None
    plot_no: str
    plot_name: str
    header: tuple[tuple[str, str], ...]
    attributes: tuple[tuple[str, str], ...]
    remarks: tuple[Remark, ...]
    outline: Outline
    west: Decimal | None
    east: Decimal | None
    south: Decimal | None
    north: Decimal | None
    file_name: str
    file_sha256: str
    batch_id: str | None = None

    @property
    def crs(self) -> Crs:
        """The coordinate system of its points."""
        return Crs(
            epsg=self.crs_epsg,
            name=self.crs_name,
            plane=self.plane,
            transformable=self.transformable,
        )

    @property
    def extent(self) -> Extent | None:
        """Its box in degrees of CGCS2000, where it has one."""
        west, south, east, north = self.west, self.south, self.east, self.north
        if west is None or south is None or east is None or north is None:
            return None
        return Extent(west=west, south=south, east=east, north=north)


def boundary_of(
    shape: Shape,
    *,
    boundary_id: str,
    parcel_id: str,
    stated_area_m2: Decimal | None,
    plot_no: str,
    plot_name: str,
    header: tuple[tuple[str, str], ...],
    attributes: tuple[tuple[str, str], ...],
    file_name: str,
    file_sha256: str,
    batch_id: str | None,
) -> ParcelBoundary:
    """A shape that was read, as the boundary of a parcel."""
    extent = shape.extent
    return ParcelBoundary(
        id=boundary_id,
        parcel_id=parcel_id,
        rings=shape.rings,
        crs_epsg=shape.crs.epsg,
        crs_name=shape.crs.name,
        plane=shape.crs.plane,
        transformable=shape.crs.transformable,
        area_m2=shape.area_m2,
        perimeter_m=shape.perimeter_m,
        stated_area_m2=stated_area_m2,
        plot_no=plot_no,
        plot_name=plot_name,
        header=header,
        attributes=attributes,
        remarks=shape.remarks,
        outline=shape.outline,
        west=extent.west if extent else None,
        east=extent.east if extent else None,
        south=extent.south if extent else None,
        north=extent.north if extent else None,
        file_name=file_name,
        file_sha256=file_sha256,
        batch_id=batch_id,
    )


def ring_area(vertices: Sequence[Vertex]) -> Decimal:
    """The area in m² a plane ring encloses, exact: the shoelace formula on exact decimals."""
    with localcontext(prec=_EXACT):
        return abs(_twice_area(vertices)) / 2


def _twice_area(vertices: Sequence[Vertex]) -> Decimal:
    """Twice the signed area; the first point is the origin, which keeps the factors short."""
    total = Decimal(0)
    if vertices:
        north, east = vertices[0].place
        for one, other in pairwise(vertices[1:]):
            total += (one.north - north) * (other.east - east)
            total -= (other.north - north) * (one.east - east)
    return total


def plane_area(rings: Sequence[Ring]) -> Decimal:
    """Area in m² of plane rings: outlines less what is cut out of them; exact, never below 0."""
    with localcontext(prec=_EXACT):
        total = Decimal(0)
        for ring in rings:
            area = ring_area(ring.vertices)
            total += area if ring.hole_of is None else -area
        # Written plainly: 6E+3 would be the same number, but nobody reads it so.
        return plain(max(total, Decimal(0)))


def plain(value: Decimal) -> Decimal:
    """The same number without zeros behind its last digit, and without an exponent."""
    with localcontext(prec=_EXACT):
        return Decimal(f"{value.normalize():f}") if value else Decimal(0)


def distance(one: Vertex, other: Vertex) -> Decimal:
    """The plane distance in metres."""
    north, east = other.north - one.north, other.east - one.east
    return (north * north + east * east).sqrt()


def edges(ring: Ring) -> list[tuple[Vertex, Vertex]]:
    """The sides of a ring, the one back to the first point too; none for a single point."""
    if len(ring.vertices) < 2:
        return []
    return list(pairwise((*ring.vertices, ring.vertices[0])))


def plane_perimeter(rings: Sequence[Ring]) -> Decimal:
    """Length in metres of all rings, holes too, to a tenth of a millimetre."""
    total = sum((distance(*edge) for ring in rings for edge in edges(ring)), Decimal(0))
    return plain(total.quantize(LENGTH_PLACES))


def repeated_points(vertices: Sequence[Vertex]) -> list[Vertex]:
    """Points that stand where the one before them stands."""
    around = [*vertices[-1:], *vertices] if len(vertices) > 2 else list(vertices)
    return [other for one, other in pairwise(around) if one.place == other.place]


def arranged(rings: Sequence[tuple[int, Sequence[Vertex]]]) -> tuple[Ring, ...]:
    """Rings in the order of their file: which are outlines and which holes, by containment.

    A ring inside an odd number of others is cut out of the smallest of them (`domain.md` §1: ring
    1 is the outer one, others are holes or further parts).
    """
    boxes = [_box(vertices) for _, vertices in rings]
    areas = [ring_area(vertices) for _, vertices in rings]
    found: list[Ring] = []
    for place, (number, vertices) in enumerate(rings):
        around = [
            other
            for other, (_, outline) in enumerate(rings)
            if other != place
            and areas[other] > areas[place]
            and _within(boxes[place], boxes[other])
            and _encloses(outline, vertices)
        ]
        hole_of = min(around, key=lambda other: areas[other]) if len(around) % 2 else None
        found.append(Ring(number=number, vertices=tuple(vertices), hole_of=hole_of))
    return tuple(found)


_Box = tuple[Decimal, Decimal, Decimal, Decimal] | None


def _box(vertices: Sequence[Vertex]) -> _Box:
    if not vertices:
        return None
    norths, easts = [one.north for one in vertices], [one.east for one in vertices]
    return min(norths), min(easts), max(norths), max(easts)


def _within(inner: _Box, outer: _Box) -> bool:
    if inner is None or outer is None:
        return False
    return (
        outer[0] <= inner[0]
        and outer[1] <= inner[1]
        and inner[2] <= outer[2]
        and inner[3] <= outer[3]
    )


def _encloses(outline: Sequence[Vertex], inner: Sequence[Vertex]) -> bool:
    """Whether the inner ring lies inside; points on the outline itself decide nothing."""
    sides = [side for one in inner if (side := _side(outline, one)) is not None]
    return bool(sides) and all(sides)


def _side(outline: Sequence[Vertex], point: Vertex) -> bool | None:
    """Whether a point is inside a ring; None where it is on it."""
    inside = False
    with localcontext(prec=_EXACT):
        for one, other in pairwise((*outline, outline[0])):
            turn = (other.east - one.east) * (point.north - one.north) - (point.east - one.east) * (
                other.north - one.north
            )
            if (
                not turn
                and min(one.north, other.north) <= point.north <= max(one.north, other.north)
                and min(one.east, other.east) <= point.east <= max(one.east, other.east)
            ):
                return None
            # Where the side passes the point's northing, and on which hand it leaves the point.
            if (one.north > point.north) != (other.north > point.north) and (
                (turn > 0) == (other.north > one.north)
            ):
                inside = not inside
    return inside

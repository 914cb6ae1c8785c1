"""Shapes looked over and measured: crossings, areas, lengths, where they lie, what they share.

shapely is loaded with the first of them.
"""

import math
import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from landsteward.domain.boundaries import (
    LENGTH_PLACES,
    BoundaryLimits,
    Crs,
    Extent,
    ParcelBoundary,
    Ring,
    Shape,
    Vertex,
    plain,
    plane_area,
    plane_perimeter,
    repeated_points,
)
from landsteward.domain.boundary_remarks import Remark, RemarkKind
from landsteward.exchange import systems

_PLACE = re.compile(r"\[(\S+) (\S+)\]")
_FEWEST = 3


def measured(
    rings: Sequence[Ring], crs: Crs, remarks: Sequence[Remark], limits: BoundaryLimits
) -> Shape:
    """The shape of these rings with everything that is to be said of it; nothing is mended."""
    said = [*remarks, *_faults(rings)]
    vertices = [vertex for ring in rings for vertex in ring.vertices]
    if crs.epsg is None:
        said.append(Remark(kind=RemarkKind.CRS_UNKNOWN, detail=crs.name))
    elif not crs.transformable:
        said.append(Remark(kind=RemarkKind.NO_TRANSFORMATION, detail=crs.name))
    outline = systems.outline_of(rings, crs)
    extent = systems.extent_of(outline)
    area, perimeter = _plane(rings, crs)
    if area is None and extent is not None and crs.epsg is not None:
        area, perimeter = _on_the_ellipsoid(rings, crs.epsg)
        said.append(Remark(kind=RemarkKind.GEODESIC))
    if not area:
        said.append(Remark(kind=RemarkKind.NO_AREA))
    if extent is not None and not limits.county.holds(extent):
        said.append(Remark(kind=RemarkKind.OUTSIDE, detail=_middle(extent)))
    elif extent is None and crs.transformable and vertices:
        said.append(
            Remark(kind=RemarkKind.OUTSIDE, detail=f"{vertices[0].north}, {vertices[0].east}")
        )
    return Shape(
        rings=tuple(rings),
        crs=crs,
        area_m2=area,
        perimeter_m=perimeter,
        extent=extent,
        # A hundredth of a millimetre: enough to draw by.
        outline=tuple(
            tuple((round(east, 10), round(north, 10)) for east, north in ring) for ring in outline
        ),
        remarks=tuple(said),
    )


def _plane(rings: Sequence[Ring], crs: Crs) -> tuple[Decimal | None, Decimal | None]:
    if not crs.plane or (crs.epsg is not None and not systems.true_to_scale(crs.epsg)):
        return None, None
    return plane_area(rings), plane_perimeter(rings)


def _on_the_ellipsoid(rings: Sequence[Ring], epsg: int) -> tuple[Decimal | None, Decimal | None]:
    base = systems.geographic_base(epsg)
    ellipsoid = systems.ellipsoid_of(epsg)
    if base is None or ellipsoid is None:
        return None, None
    area = length = 0.0
    for ring in rings:
        points = systems.turned(ring.vertices, epsg, base)
        if not points:
            continue
        east, north = zip(*points, strict=True)
        one, around = ellipsoid.polygon_area_perimeter(east, north)
        area += abs(one) if ring.hole_of is None else -abs(one)
        length += around
    if not math.isfinite(area) or not math.isfinite(length):
        return None, None
    return _rounded(max(area, 0.0)), _rounded(length)


def _rounded(value: float) -> Decimal:
    return plain(Decimal(value).quantize(LENGTH_PLACES))


def _middle(extent: Extent) -> str:
    north, east = (extent.north + extent.south) / 2, (extent.east + extent.west) / 2
    return f"{north:.6f}°, {east:.6f}°"


def _faults(rings: Sequence[Ring]) -> list[Remark]:
    found: list[Remark] = []
    for place, ring in enumerate(rings, 1):
        for vertex in repeated_points(ring.vertices):
            found.append(Remark(kind=RemarkKind.REPEATED_POINT, ring=place, detail=vertex.number))
        if len({vertex.place for vertex in ring.vertices}) < _FEWEST:
            found.append(Remark(kind=RemarkKind.TOO_FEW_POINTS, ring=place))
        elif crossing := _crossing(_polygon(ring.vertices), ring.vertices[0]):
            found.append(Remark(kind=RemarkKind.SELF_CROSSING, ring=place, detail=crossing))
    if not found and len(rings) > 1:
        together = _together(rings, rings[0].vertices[0])
        if crossing := _crossing(together, rings[0].vertices[0]):
            found.append(Remark(kind=RemarkKind.RINGS_CROSS, detail=crossing))
    return found


def _crossing(polygon: Any, origin: Vertex) -> str:
    """Where a shape crosses itself, in the file's own coordinates; empty where it does not."""
    import shapely

    if shapely.is_valid(polygon):
        return ""
    found = _PLACE.search(shapely.is_valid_reason(polygon))
    if found is None:
        return f"{origin.north}, {origin.east}"
    east, north = float(found.group(1)), float(found.group(2))
    places = 3 if abs(origin.north) > 360 else 9
    return f"{float(origin.north) + north:.{places}f}, {float(origin.east) + east:.{places}f}"


def _polygon(vertices: Sequence[Vertex], origin: Vertex | None = None) -> Any:
    """A ring as shapely's polygon, its first point (or another) as origin: floats stay sharp."""
    import shapely

    start = origin or vertices[0]
    return shapely.Polygon(
        [(float(one.east - start.east), float(one.north - start.north)) for one in vertices]
    )


def _together(rings: Sequence[Ring], origin: Vertex) -> Any:
    import shapely

    outlines = {
        place: _polygon(ring.vertices, origin).exterior
        for place, ring in enumerate(rings)
        if ring.hole_of is None
    }
    holes: dict[int, list[Any]] = {place: [] for place in outlines}
    for ring in rings:
        if ring.hole_of is not None:
            holes.setdefault(ring.hole_of, []).append(_polygon(ring.vertices, origin).exterior)
    return shapely.MultiPolygon(
        [shapely.Polygon(outline, holes[place]) for place, outline in outlines.items()]
    )


def shared_area(one: ParcelBoundary, other: ParcelBoundary) -> Decimal | None:
    """The area in m² that lies in both, from their true outlines.

    None where one of them crosses itself, has no area, or cannot be brought into the other's
    system.
    """
    import shapely

    if one.extent is None or other.extent is None:
        return None
    if one.crs_epsg == other.crs_epsg and one.plane and systems.true_to_scale(one.crs_epsg or 0):
        origin = one.rings[0].vertices[0]
        shapes = [_together(each.rings, origin) for each in (one, other)]
    else:
        target = systems.plane_system_at(float(one.extent.west + one.extent.east) / 2)
        shapes = [_together(_in_system(each, target), _ORIGIN) for each in (one, other)]
    if not all(shapely.is_valid(shape) and shape.area > 0 for shape in shapes):
        return None
    return _rounded(float(shapely.intersection(*shapes).area))


_ORIGIN = Vertex(number="", north=Decimal(0), east=Decimal(0))


def _in_system(boundary: ParcelBoundary, target: int) -> list[Ring]:
    assert boundary.crs_epsg is not None
    return [
        Ring(
            number=ring.number,
            hole_of=ring.hole_of,
            vertices=tuple(
                Vertex(number="", north=Decimal(north), east=Decimal(east))
                for east, north in systems.turned(ring.vertices, boundary.crs_epsg, target)
            ),
        )
        for ring in boundary.rings
    ]

"""Coordinate systems: which one a file means, and coordinates turned into CGCS2000.

pyproj is loaded with the first of them that needs it. All of it runs on one thread of its own that
stays: on threads that come and go, as Qt's pool has them, it brings the program down.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from functools import lru_cache, wraps
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from landsteward.app.map_shapes import Plane
from landsteward.domain.boundaries import CGCS2000, Crs, Extent, Outline, Ring, Vertex
from landsteward.exchange.settings import Datum, settings, word

if TYPE_CHECKING:
    from typing import Any

    import numpy as np
    from pyproj import CRS, Geod, Transformer

    Floats = np.ndarray[Any, np.dtype[np.float64]]

_PLACES = Decimal("0.000000001")
_AT_LEAST = 20
"""pyproj's confidence that a definition is that of an EPSG number, in percent; it is low for files
of other programs, whose names differ, so the parameters are compared as well."""
_THREE_DEGREE = range(25, 46)
_SIX_DEGREE = range(13, 24)
UNKNOWN = Crs(epsg=None, name="", plane=True, transformable=False)


P = ParamSpec("P")
T = TypeVar("T")


@lru_cache(maxsize=1)
def _thread() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(max_workers=1, thread_name_prefix="projections")


def _apart(work: Callable[P, T]) -> Callable[P, T]:
    """Run it on pyproj's thread; such work never asks for other such work."""

    @wraps(work)
    def run(*args: P.args, **kwargs: P.kwargs) -> T:
        return _thread().submit(work, *args, **kwargs).result()

    return run


def datum_named(name: str) -> Datum | None:
    """The reference system a 界址点 file names, or None."""
    wanted = word(name)
    for datum in settings().datum:
        if any(word(one) in wanted for one in datum.names):
            return datum
    return None


def zone_width(zone: int) -> int | None:
    """3 or 6 degrees: in China the numbers of the two series do not meet."""
    if zone in _THREE_DEGREE:
        return 3
    return 6 if zone in _SIX_DEGREE else None


def gauss_krueger(datum: Datum, *, width: int, zone: int, prefixed: bool) -> Crs | None:
    """The Gauss-Krüger zone of a reference system; None where there is none of that number.

    `prefixed`: eastings carry the zone in front.
    """
    if width == 3 and zone in _THREE_DEGREE:
        first = datum.three_degree_zone_25 if prefixed else datum.three_degree_meridian_75
        offset = zone - _THREE_DEGREE.start
    elif width == 6 and zone in _SIX_DEGREE:
        first = datum.six_degree_zone_13 if prefixed else datum.six_degree_meridian_75
        offset = zone - _SIX_DEGREE.start
    else:
        return None
    return None if first is None else _by_number(first + offset, datum.transformable)


def geographic(datum: Datum) -> Crs:
    """The reference system itself, in degrees."""
    return _by_number(datum.geographic, datum.transformable)


@lru_cache(maxsize=256)
@_apart
def _by_number(epsg: int, transformable: bool) -> Crs:
    from pyproj import CRS

    known = CRS.from_epsg(epsg)
    return Crs(epsg=epsg, name=known.name, plane=known.is_projected, transformable=transformable)


@lru_cache(maxsize=256)
@_apart
def system_of(definition: str) -> Crs:
    """The system of a definition (`EPSG:4548`, the text of a .prj, a URN); by name where it has no
    EPSG number, with an empty name where it cannot be understood.
    """
    from pyproj import CRS
    from pyproj.exceptions import CRSError

    try:
        given = CRS.from_user_input(definition)
    except CRSError:
        return Crs(epsg=None, name="", plane=True, transformable=False)
    epsg = given.to_epsg(min_confidence=_AT_LEAST)
    if epsg is None or not _same_parameters(given, CRS.from_epsg(epsg)):
        return Crs(epsg=None, name=given.name, plane=not given.is_geographic, transformable=False)
    base = given.geodetic_crs
    local = {one.geographic for one in settings().datum if not one.transformable}
    number = base.to_epsg(min_confidence=_AT_LEAST) if base is not None else None
    return Crs(
        epsg=epsg,
        name=CRS.from_epsg(epsg).name,
        plane=not given.is_geographic,
        transformable=number not in local,
    )


def _same_parameters(one: CRS, other: CRS) -> bool:
    return one.is_geographic == other.is_geographic and _parameters(one) == _parameters(other)


def _parameters(system: CRS) -> list[float]:
    operation = system.coordinate_operation
    found = [] if operation is None else [float(one.value) for one in operation.params]
    ellipsoid = system.ellipsoid
    axes = [] if ellipsoid is None else [ellipsoid.semi_major_metre, ellipsoid.inverse_flattening]
    return [round(value, 6) for value in sorted([*found, *axes])]


@lru_cache(maxsize=256)
@_apart
def true_to_scale(epsg: int) -> bool:
    """Whether areas may be computed from its metres: transverse Mercator, as surveys use it."""
    from pyproj import CRS

    known = CRS.from_epsg(epsg)
    operation = known.coordinate_operation
    return (
        known.is_projected
        and operation is not None
        and "Transverse Mercator" in operation.method_name
        and all(axis.unit_conversion_factor == 1 for axis in known.axis_info)
    )


@lru_cache(maxsize=64)
def _transformer(source: int, target: int) -> Transformer:
    from pyproj import Transformer

    return Transformer.from_crs(source, target, always_xy=True)


@_apart
def _transformed(
    source: int, target: int, easts: list[float], norths: list[float]
) -> tuple[list[float], list[float]]:
    found_easts, found_norths = _transformer(source, target).transform(easts, norths)
    return found_easts, found_norths


def turned(
    vertices: Iterable[Vertex], source: int, target: int = CGCS2000
) -> list[tuple[float, float]]:
    """East and north (longitude and latitude) in another system; not finite where it has none."""
    points = list(vertices)
    easts, norths = _transformed(
        source, target, [float(one.east) for one in points], [float(one.north) for one in points]
    )
    return list(zip(easts, norths, strict=True))


@_apart
def arrays_turned(places: Floats, source: int, target: int) -> tuple[Floats, Floats]:
    """Many places, east before north, in another system; not finite where it has none."""
    found_easts, found_norths = _transformer(source, target).transform(places[:, 0], places[:, 1])
    return found_easts, found_norths


def in_plane(places: Floats, source: int, plane: Plane) -> Floats:
    """Many places, east before north, in metres from a plane's origin."""
    import numpy as np

    east, north = arrays_turned(places, source, plane.epsg)
    return np.column_stack((east - plane.east, north - plane.north))


def from_plane(places: Floats, plane: Plane, target: int) -> Floats:
    """The way back: east before north in another system."""
    import numpy as np

    there = places + np.array([plane.east, plane.north])
    return np.column_stack(arrays_turned(there, plane.epsg, target))


@_apart
def plane_around(longitude: float, latitude: float) -> Plane:
    """The 3° zone of CGCS2000 that a place lies in, with an origin near it, to draw a map in."""
    from pyproj import CRS, Proj

    number = plane_system_at(longitude)
    known = CRS.from_epsg(number)
    east, north = _transformer(CGCS2000, number).transform(longitude, latitude)
    # West of the central meridian it is negative there: true north leans to the right.
    turned = -Proj(known).get_factors(longitude, latitude).meridian_convergence
    return Plane(
        epsg=number,
        name=known.name,
        east=float(round(east, -3)),
        north=float(round(north, -3)),
        turned=float(turned),
    )


def outline_of(rings: Sequence[Ring], crs: Crs) -> Outline:
    """The rings in degrees of CGCS2000; empty where they cannot be had."""
    if crs.epsg is None or not crs.transformable or not any(ring.vertices for ring in rings):
        return ()
    found = tuple(tuple(turned(ring.vertices, crs.epsg)) for ring in rings)
    finite = all(math.isfinite(value) for ring in found for point in ring for value in point)
    return found if finite else ()


def extent_of(outline: Outline) -> Extent | None:
    """The box around an outline, rounded outwards; None around nothing."""
    easts = [east for ring in outline for east, _ in ring]
    norths = [north for ring in outline for _, north in ring]
    if not easts:
        return None
    return Extent(
        west=Decimal(min(easts)).quantize(_PLACES, ROUND_FLOOR),
        south=Decimal(min(norths)).quantize(_PLACES, ROUND_FLOOR),
        east=Decimal(max(easts)).quantize(_PLACES, ROUND_CEILING),
        north=Decimal(max(norths)).quantize(_PLACES, ROUND_CEILING),
    )


@lru_cache(maxsize=64)
@_apart
def ellipsoid_of(epsg: int) -> Geod | None:
    """What distances and areas in degrees of a system are measured on."""
    from pyproj import CRS

    return CRS.from_epsg(epsg).get_geod()


@lru_cache(maxsize=64)
@_apart
def geographic_base(epsg: int) -> int | None:
    """The EPSG number of the degrees behind a system."""
    from pyproj import CRS

    base = CRS.from_epsg(epsg).geodetic_crs
    return None if base is None else base.to_epsg(min_confidence=_AT_LEAST)


def plane_system_at(longitude: float) -> int:
    """EPSG number of the 3° zone of CGCS2000 (without prefix) that a longitude lies in."""
    zone = min(max(round(longitude / 3), _THREE_DEGREE.start), _THREE_DEGREE.stop - 1)
    (cgcs2000,) = (one for one in settings().datum if one.geographic == CGCS2000)
    assert cgcs2000.three_degree_meridian_75 is not None
    return cgcs2000.three_degree_meridian_75 + zone - _THREE_DEGREE.start


def with_prefix(plane_system: int) -> int:
    """EPSG number of the same 3° zone of CGCS2000 with the zone in front of its eastings."""
    (cgcs2000,) = (one for one in settings().datum if one.geographic == CGCS2000)
    assert cgcs2000.three_degree_meridian_75 is not None
    assert cgcs2000.three_degree_zone_25 is not None
    return plane_system - cgcs2000.three_degree_meridian_75 + cgcs2000.three_degree_zone_25


def number_in(definition: str) -> str:
    """`EPSG:n` out of the ways a number is written in files, else the definition itself."""
    found = re.search(r"epsg:+(?:[\d.]*:)?(\d+)", definition, re.IGNORECASE)
    if found:
        return f"EPSG:{found.group(1)}"
    return "EPSG:4326" if "crs84" in definition.casefold() else definition

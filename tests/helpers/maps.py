"""Outlines, shapes and a made-up county for tests and measurements of the map."""

import math
import random
from collections.abc import Sequence

from landsteward.app.parcel_map import MapParcel
from landsteward.app.rings import Rings, rings_of
from landsteward.domain.boundaries import Outline
from landsteward.exchange.map_shapes import PlaneGeometry, PlaneShapes

LONGITUDE, LATITUDE = 115.78, 33.85
"""E 387089.572, N 3747692.943 in EPSG:4548 (`domain.md` §1)."""
DEGREE_NORTH = 1 / 110_920.0
DEGREE_EAST = 1 / 92_580.0
"""About a metre there."""

Ring = tuple[tuple[float, float], ...]


def ring(*places: tuple[float, float]) -> Ring:
    """A ring of places in metres east and north of the known one, in degrees."""
    return tuple(
        (LONGITUDE + east * DEGREE_EAST, LATITUDE + north * DEGREE_NORTH) for east, north in places
    )


def box(west: float, south: float, width: float, height: float) -> Ring:
    """A box in metres."""
    east, north = west + width, south + height
    return ring((west, south), (east, south), (east, north), (west, north))


def shapes_of(*outlines: Outline) -> PlaneShapes:
    """Outlines in the plane of a map."""
    return PlaneGeometry().shapes(rings_of(outlines))


def county(count: int, *, seed: int = 1, spacing_m: float = 320.0) -> Rings:
    """So many parcels of 8 to 40 points each, side by side."""
    rng = random.Random(seed)
    across = math.ceil(math.sqrt(count))
    found = Rings()
    for at in range(count):
        x, y = (at % across) * spacing_m, (at // across) * spacing_m
        points = rng.randint(8, 40)
        half = spacing_m * 0.46
        found.add(
            (
                ring(
                    *(
                        (
                            x + half * rng.uniform(0.8, 1) * math.cos(2 * math.pi * turn / points),
                            y + half * rng.uniform(0.8, 1) * math.sin(2 * math.pi * turn / points),
                        )
                        for turn in range(points)
                    )
                ),
            )
        )
    return found


def parcels(grades: Sequence[str | None]) -> list[MapParcel]:
    """A parcel for each grade."""
    return [
        MapParcel(
            parcel_id=f"p{at}",
            name=f"示例大道{at}号地块",
            enterprise_id=f"e{at}",
            enterprise=f"示例{at}公司",
            others=0,
            grade=grade,
            stage=None,
            severity=None,
            open_findings=0,
        )
        for at, grade in enumerate(grades)
    ]

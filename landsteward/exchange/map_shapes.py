"""Shapes in the plane of a map: projected once, searched by place, ready to draw at any scale.

Everything is done on whole arrays: a county has tens of thousands of parcels. numpy and shapely are
loaded with the first map.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from functools import reduce
from typing import TYPE_CHECKING, Any

from landsteward.app.importing import ReportProgress
from landsteward.app.map_shapes import Box, Overlap, Overlaps, Plane
from landsteward.app.rings import Rings
from landsteward.domain.boundaries import CGCS2000
from landsteward.exchange import systems

if TYPE_CHECKING:
    import numpy as np

    Floats = np.ndarray[Any, np.dtype[np.float64]]
    Numbers = np.ndarray[Any, np.dtype[np.int64]]
    Geometries = np.ndarray[Any, np.dtype[np.object_]]

_TOLERANCES = (0.0, 0.5, 2.0, 8.0, 32.0, 128.0)
"""Metres a line may be off on each level: each is needed at a quarter of the scale before."""
_FEWEST = 4
"""Points of a closed ring that encloses anything."""
_PAIRS_AT_ONCE = 2000
_LINES_AT_ONCE = 2000
"""What shapely makes of these it makes without letting go of Python: the window waits so long."""
_NOWHERE = 1e8
"""Metres from the origin: where places stand that the plane has no figures for."""


def nothing(_done: int, _total: int) -> None:
    """Nobody wants to be told."""


class PlaneLines:
    """Lines in a plane, each part of a shape: where they are, and simplified for any scale."""

    steps = len(_TOLERANCES) + 1
    """How many steps of work its making is."""

    def __init__(
        self,
        plane: Plane,
        lines: Geometries,
        shape_of_line: Numbers,
        count: int,
        told: ReportProgress = nothing,
    ) -> None:
        """`count` shapes; the lines are sorted by theirs."""
        import numpy as np
        import shapely

        self.plane = plane
        self._count = count
        self._boxes = _boxes(shapely.bounds(lines).reshape(-1, 4), shape_of_line, count)
        sides = self._boxes[:, 2:] - self._boxes[:, :2]
        self._widths: Floats = sides.min(axis=1) if count else np.zeros(0)
        self._sides: Floats = sides.max(axis=1) if count else np.zeros(0)
        starts = np.searchsorted(shape_of_line, np.arange(count + 1))
        shapes = array("q", starts.astype(np.int64).tobytes())
        self._levels: list[Rings] = []
        for at, tolerance in enumerate(_TOLERANCES, 1):
            simple = shapely.simplify(lines, tolerance, preserve_topology=False)
            self._levels.append(_as_rings(simple if tolerance else lines, shapes))
            told(at, self.steps)

    def __len__(self) -> int:
        """How many shapes there are."""
        return self._count

    def box(self, shape: int) -> Box:
        """What holds one of them."""
        return Box(*(float(side) for side in self._boxes[shape]))

    def extent(self, shapes: Sequence[int] | None = None) -> Box | None:
        """What holds these (all, if none are named); None around nothing."""
        boxes = self._boxes if shapes is None else self._boxes[list(shapes)]
        boxes = boxes[(boxes < _NOWHERE).all(axis=1)]
        if not len(boxes):
            return None
        west, south = boxes[:, :2].min(axis=0)
        east, north = boxes[:, 2:].max(axis=0)
        return Box(float(west), float(south), float(east), float(north))

    def level(self, tolerance_m: float) -> Rings:
        """The coarsest level that is off by no more than this."""
        fit = [at for at, one in enumerate(_TOLERANCES) if one <= tolerance_m]
        return self._levels[fit[-1]] if fit else self._levels[0]

    def within(self, box: Box) -> list[int]:
        """Those whose boxes meet this one."""
        import numpy as np

        found: list[int] = np.nonzero(self._meeting(box))[0].tolist()
        return found

    def sides(self, shapes: Sequence[int]) -> list[float]:
        """Of each of these the longer side of its box."""
        found: list[float] = self._sides[list(shapes)].tolist() if shapes else []
        return found

    def large(self, box: Box, *, side_m: float, most: int) -> list[int]:
        """Those in a box of at least that size across, the largest first."""
        import numpy as np

        fit = np.nonzero(self._meeting(box) & (self._widths >= side_m))[0]
        order = np.argsort(-self._widths[fit], kind="stable")[:most]
        found: list[int] = fit[order].tolist()
        return found

    def _meeting(self, box: Box) -> Any:
        boxes = self._boxes
        return (
            (boxes[:, 0] <= box.east)
            & (boxes[:, 2] >= box.west)
            & (boxes[:, 1] <= box.north)
            & (boxes[:, 3] >= box.south)
        )


class PlaneShapes(PlaneLines):
    """Shapes of rings in a plane; what is odd-even inside is land (see `app.map_shapes`)."""

    def __init__(
        self, plane: Plane, points: Floats, shapes: Rings, told: ReportProgress = nothing
    ) -> None:
        """`points` are the places of those of `shapes`, in metres from the plane's origin."""
        import numpy as np
        import shapely

        ring_of_point, shape_of_ring = _owners(shapes)
        far = ~np.isfinite(points).all(axis=1)
        self.lost = tuple(np.unique(shape_of_ring[ring_of_point[far]]).tolist())
        points = np.nan_to_num(points, nan=_NOWHERE, posinf=_NOWHERE, neginf=_NOWHERE)
        lines = _closed_lines(points, ring_of_point, len(shapes.rings) - 1)
        super().__init__(plane, lines, shape_of_ring, len(shapes), told)
        self._shape_of_ring = shape_of_ring
        self._areas_of_ring = _polygons(lines)
        self._tree = shapely.STRtree(self._areas_of_ring)
        self._lines = shapely.STRtree(lines)
        # Trees are built when they are first asked, which only one thread may do.
        for tree in (self._tree, self._lines):
            tree.query(shapely.Point(0, 0))
        self._land = self._find_land()
        self._anchors = self._find_anchors()
        told(self.steps, self.steps)

    def anchor(self, shape: int) -> tuple[float, float]:
        """A place on the land: the middle where that is on it."""
        x, y = self._anchors[shape]
        return float(x), float(y)

    def at(self, x: float, y: float, *, reach_m: float) -> list[int]:
        """Those that have the place on their land, the smallest first; else the nearest line's."""
        import numpy as np
        import shapely

        place = shapely.Point(x, y)
        rings = self._tree.query(place, predicate="intersects")
        shapes, times = np.unique(self._shape_of_ring[rings], return_counts=True)
        inside = shapes[times % 2 == 1]
        if len(inside):
            boxes = self._boxes[inside]
            sizes = (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])
            found: list[int] = inside[np.argsort(sizes, kind="stable")].tolist()
            return found
        near = self._lines.query_nearest(place, max_distance=max(reach_m, 1e-6), all_matches=False)
        return [int(self._shape_of_ring[ring]) for ring in near[:1]]

    def overlaps(self, *, least_m2: float, progress: ReportProgress | None = None) -> Overlaps:
        """Which of them claim the same land, of more than so many m²."""
        import numpy as np
        import shapely

        told = progress or nothing
        land = self._land
        sound = shapely.is_valid(land) & (shapely.area(land) > 0)
        unclear: list[int] = np.nonzero(~sound)[0].tolist()
        checked = land.copy()
        checked[~sound] = None
        one, other = shapely.STRtree(checked).query(checked, predicate="intersects")
        once = one < other
        one, other = one[once], other[once]
        found: list[Overlap] = []
        shared: list[Any] = []
        for start in range(0, len(one), _PAIRS_AT_ONCE):
            told(start, len(one))
            first, second = (side[start : start + _PAIRS_AT_ONCE] for side in (one, other))
            common = shapely.intersection(land[first], land[second])
            areas = shapely.area(common)
            for at in np.nonzero(areas > least_m2)[0].tolist():
                west, south, east, north = (float(side) for side in shapely.bounds(common[at]))
                found.append(
                    Overlap(
                        one=int(first[at]),
                        other=int(second[at]),
                        area_m2=float(areas[at]),
                        box=Box(west, south, east, north),
                    )
                )
                shared.append(common[at])
        order = sorted(range(len(found)), key=lambda at: -found[at].area_m2)
        rings = Rings()
        for at in order:
            rings.add(_outline(shared[at]))
        return Overlaps(found=tuple(found[at] for at in order), rings=rings, unclear=tuple(unclear))

    def _find_land(self) -> Geometries:
        """Of each shape what is on its land."""
        import numpy as np
        import shapely

        land = np.full(self._count, shapely.Polygon(), dtype=object)
        shapes, firsts, counts = np.unique(
            self._shape_of_ring, return_index=True, return_counts=True
        )
        single = counts == 1
        land[shapes[single]] = self._areas_of_ring[firsts[single]]
        several = zip(shapes[~single], firsts[~single], counts[~single], strict=True)
        for shape, first, count in several:
            land[shape] = _odd_even(self._areas_of_ring[first : first + count])
        land[shapely.is_missing(land)] = shapely.Polygon()
        return land

    def _find_anchors(self) -> Floats:
        import numpy as np
        import shapely

        land = self._land
        found: Floats = (self._boxes[:, :2] + self._boxes[:, 2:]) / 2
        centres = shapely.centroid(land)
        has = ~shapely.is_empty(centres)
        inside = np.zeros(self._count, dtype=bool)
        inside[has] = shapely.contains(land[has], centres[has])
        found[inside] = shapely.get_coordinates(centres[inside])
        odd = np.nonzero(has & ~inside)[0]
        places = shapely.point_on_surface(land[odd])
        there = ~shapely.is_empty(places)
        found[odd[there]] = shapely.get_coordinates(places[there])
        # A name across a hole is hard to read: where there is one, the widest place has the name.
        holed = np.nonzero(shapely.get_num_interior_rings(land) > 0)[0]
        widest = shapely.maximum_inscribed_circle(land[holed])
        found[holed] = shapely.get_coordinates(shapely.get_point(widest, 0))
        return found


def _owners(shapes: Rings) -> tuple[Numbers, Numbers]:
    """Of each point its ring, of each ring its shape."""
    import numpy as np

    rings, points = (
        np.array(one[1:], dtype=np.int64) - np.array(one[:-1], dtype=np.int64)
        for one in (shapes.shapes, shapes.rings)
    )
    return np.repeat(np.arange(len(points)), points), np.repeat(np.arange(len(rings)), rings)


def _boxes(bounds: Floats, owner: Numbers, count: int) -> Floats:
    """Boxes of shapes from those of their parts."""
    import numpy as np

    boxes = np.empty((count, 4))
    boxes[:, :2], boxes[:, 2:] = np.inf, -np.inf
    np.minimum.at(boxes[:, :2], owner, bounds[:, :2])
    np.maximum.at(boxes[:, 2:], owner, bounds[:, 2:])
    # What has no line is nowhere.
    boxes[~np.isfinite(boxes)] = _NOWHERE
    return boxes


def _closed_lines(points: Floats, ring_of_point: Numbers, rings: int) -> Geometries:
    """Each ring as a line that ends where it begins."""
    import numpy as np
    import shapely

    firsts = np.searchsorted(ring_of_point, np.arange(rings))
    ends = np.searchsorted(ring_of_point, np.arange(rings), side="right")
    closed = np.insert(points, ends, points[firsts], axis=0)
    owners = np.insert(ring_of_point, ends, np.arange(rings))
    found = np.full(rings, None, dtype=object)
    for first in range(0, rings, _LINES_AT_ONCE):
        start, end = np.searchsorted(owners, [first, first + _LINES_AT_ONCE])
        if end > start:
            found[first : first + _LINES_AT_ONCE] = shapely.linestrings(
                closed[start:end], indices=owners[start:end] - first
            )
    return found


def _polygons(lines: Geometries) -> Geometries:
    """What each ring encloses; None where it has too few points for that."""
    import numpy as np
    import shapely

    found = np.full(len(lines), None, dtype=object)
    enough = np.nonzero(shapely.get_num_points(lines) >= _FEWEST)[0]
    for first in range(0, len(enough), _LINES_AT_ONCE):
        some = enough[first : first + _LINES_AT_ONCE]
        points, owners = shapely.get_coordinates(lines[some], return_index=True)
        found[some] = shapely.polygons(shapely.linearrings(points, indices=owners))
    return found


def _odd_even(polygons: Geometries) -> Any:
    """What an odd number of these polygons holds; nothing where one of them crosses itself."""
    import shapely

    there = [one for one in polygons if one is not None]
    if not all(shapely.is_valid(one) for one in there):
        return shapely.Polygon()
    return reduce(shapely.symmetric_difference, there, shapely.Polygon())


def _as_rings(lines: Geometries, shapes: array[int]) -> Rings:
    import numpy as np
    import shapely

    points = shapely.get_coordinates(lines)
    counts = shapely.get_num_points(lines)
    ends = np.concatenate(([0], np.cumsum(counts))).astype(np.int64)
    return Rings(
        points=array("d", points.tobytes()), rings=array("q", ends.tobytes()), shapes=shapes
    )


def _outline(shape: Any) -> tuple[tuple[tuple[float, float], ...], ...]:
    """The rings of a polygon or of several; lines that two shapes share are no land."""
    import shapely

    found = []
    for part in shapely.get_parts(shape):
        if part.geom_type == "Polygon":
            found += [part.exterior, *part.interiors]
    return tuple(
        tuple((float(x), float(y)) for x, y in ring.coords) for ring in found if not ring.is_empty
    )


class PlaneGeometry:
    """Puts outlines into the 3° zone of CGCS2000 that most of them lie in."""

    def shapes(self, outlines: Rings, progress: ReportProgress | None = None) -> PlaneShapes:
        """Outlines in degrees, longitude first; numbered as they come."""
        import numpy as np

        degrees = np.frombuffer(outlines.points, dtype=np.float64).reshape(-1, 2)
        if not len(degrees):
            degrees = np.zeros((0, 2))
        longitude, latitude = np.median(degrees, axis=0) if len(degrees) else (117.0, 33.0)
        plane = systems.plane_around(float(longitude), float(latitude))
        places = systems.in_plane(degrees, CGCS2000, plane)
        return PlaneShapes(plane, places, outlines, progress or nothing)

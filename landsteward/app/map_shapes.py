"""What a map asks of whoever knows geometry: shapes in a plane, found by place, ready to draw.

What projects and searches (`landsteward.exchange`), the use cases and the window meet here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from landsteward.app.importing import ReportProgress
from landsteward.app.rings import Rings


class Box(NamedTuple):
    """A box in the plane, metres."""

    west: float
    south: float
    east: float
    north: float

    @property
    def middle(self) -> tuple[float, float]:
        """Its middle."""
        return (self.west + self.east) / 2, (self.south + self.north) / 2

    @property
    def width(self) -> float:
        """From west to east."""
        return self.east - self.west

    @property
    def height(self) -> float:
        """From south to north."""
        return self.north - self.south

    def meets(self, other: "Box") -> bool:
        """Whether they share a place."""
        return (
            self.west <= other.east
            and other.west <= self.east
            and self.south <= other.north
            and other.south <= self.north
        )

    def grown(self, by: float) -> "Box":
        """So many metres more on every side."""
        return Box(self.west - by, self.south - by, self.east + by, self.north + by)

    def around(self, other: "Box") -> "Box":
        """What holds both."""
        return Box(
            min(self.west, other.west),
            min(self.south, other.south),
            max(self.east, other.east),
            max(self.north, other.north),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Plane:
    """The plane a map is drawn in: a system true to scale, by its EPSG number.

    Shapes are in metres from `east` and `north`, so that figures stay short. `turned` is how many
    degrees clockwise from the top true north lies (the convergence of meridians).
    """

    epsg: int
    name: str
    east: float
    north: float
    turned: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlap:
    """Land that two shapes (by their numbers) claim, in m², and its outline's box."""

    one: int
    other: int
    area_m2: float
    box: Box


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlaps:
    """All of them, the largest first; `rings` has the outline of each, in the same order.

    `unclear` are shapes of which it cannot be said, as they cross themselves or have no area.
    """

    found: tuple[Overlap, ...]
    rings: Rings
    unclear: tuple[int, ...]


class MapShapes(Protocol):
    """Shapes in a plane, by their numbers from 0. May be asked from any thread."""

    @property
    def plane(self) -> Plane:
        """What they are drawn in."""
        ...

    @property
    def lost(self) -> tuple[int, ...]:
        """Those so far away that the plane has no place for them."""
        ...

    def __len__(self) -> int:
        """How many there are."""
        ...

    def box(self, shape: int) -> Box:
        """What holds one of them."""
        ...

    def extent(self, shapes: Sequence[int] | None = None) -> Box | None:
        """What holds these (all of them, if none are named); None around nothing."""
        ...

    def level(self, tolerance_m: float) -> Rings:
        """All of them with closed rings, no line off by more than this; every shape is there."""
        ...

    def within(self, box: Box) -> list[int]:
        """Those whose boxes meet this one."""
        ...

    def sides(self, shapes: Sequence[int]) -> Sequence[float]:
        """Of each of these the longer side of its box, metres."""
        ...

    def large(self, box: Box, *, side_m: float, most: int) -> list[int]:
        """Those in a box of at least that size across, the largest first."""
        ...

    def anchor(self, shape: int) -> tuple[float, float]:
        """A place on the land where its name may stand."""
        ...

    def at(self, x: float, y: float, *, reach_m: float) -> list[int]:
        """Those that have the place on their land, the smallest first; else the nearest one not
        farther than `reach_m`.
        """
        ...

    def overlaps(self, *, least_m2: float, progress: ReportProgress | None = None) -> Overlaps:
        """Which of them claim the same land, of more than so many m²."""
        ...


class MapGeometry(Protocol):
    """Puts outlines into a plane."""

    def shapes(self, outlines: Rings, progress: ReportProgress | None = None) -> MapShapes:
        """Outlines in degrees of CGCS2000 (longitude first) in the 3° zone that most of them lie
        in; numbered as they come.
        """
        ...

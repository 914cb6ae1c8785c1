"""Many outlines in one piece: flat arrays that projecting, searching and drawing share."""

from array import array
from collections.abc import Iterable
from dataclasses import dataclass, field

from landsteward.domain.boundaries import Outline


def _starts() -> "array[int]":
    return array("q", [0])


@dataclass(slots=True)
class Rings:
    """Shapes of rings of points.

    `points` has x and y in turn. `rings` has where each ring begins, counted in points, and where
    the last one ends; `shapes` where each shape begins, counted in rings, and the last one's end.
    """

    points: "array[float]" = field(default_factory=lambda: array("d"))
    rings: "array[int]" = field(default_factory=_starts)
    shapes: "array[int]" = field(default_factory=_starts)

    def __len__(self) -> int:
        """How many shapes there are."""
        return len(self.shapes) - 1

    def add(self, outline: Outline) -> None:
        """Put another shape behind the others."""
        for ring in outline:
            for point in ring:
                self.points.extend(point)
            self.rings.append(len(self.points) // 2)
        self.shapes.append(len(self.rings) - 1)

    def extend(self, other: "Rings") -> None:
        """Put all shapes of another one behind the others."""
        points, rings = self.rings[-1], self.shapes[-1]
        self.points.extend(other.points)
        self.rings.extend(points + one for one in other.rings[1:])
        self.shapes.extend(rings + one for one in other.shapes[1:])

    def of(self, shape: int) -> Outline:
        """The rings of one shape."""
        return tuple(
            tuple(
                (self.points[2 * at], self.points[2 * at + 1])
                for at in range(self.rings[ring], self.rings[ring + 1])
            )
            for ring in range(self.shapes[shape], self.shapes[shape + 1])
        )

    def bytes_of(self, ring: int) -> tuple[int, bytes]:
        """How many points a ring has, and they as doubles of this machine's byte order."""
        first, last = self.rings[ring], self.rings[ring + 1]
        return last - first, self.points[2 * first : 2 * last].tobytes()


def rings_of(outlines: Iterable[Outline]) -> Rings:
    """These outlines in one piece."""
    found = Rings()
    for one in outlines:
        found.add(one)
    return found

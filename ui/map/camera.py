"""Where a map is looked at: a place, a scale, the size of the view. Pure arithmetic.

Places on the map are metres, x to the east and y to the north; places in the view are device
pixels, y down. A view begins at a whole pixel of the map drawn at its scale, so that what was
painted for one view fits another of the same scale exactly.
"""

import math
from dataclasses import dataclass, replace

from landsteward.app.map_shapes import Box

SMALLEST_SCALE = 1e-5
LARGEST_SCALE = 200.0
_LEAST_M = 20.0
"""What is fitted is never shown larger than as if it had this size."""


@dataclass(frozen=True, slots=True)
class Camera:
    """`x` and `y` are in the middle of the view; `scale` is pixels a metre."""

    x: float
    y: float
    scale: float
    width: int
    height: int

    @property
    def origin(self) -> tuple[int, int]:
        """The pixel of the whole map, drawn at this scale, that is the view's top left."""
        return (
            round(self.x * self.scale - self.width / 2),
            round(-self.y * self.scale - self.height / 2),
        )

    def to_view(self, x: float, y: float) -> tuple[float, float]:
        """Where a place of the map is in the view."""
        left, top = self.origin
        return x * self.scale - left, -y * self.scale - top

    def to_map(self, x: float, y: float) -> tuple[float, float]:
        """Which place of the map is at a place of the view."""
        left, top = self.origin
        return (x + left) / self.scale, -(y + top) / self.scale

    @property
    def box(self) -> Box:
        """What is in view."""
        west, north = self.to_map(0, 0)
        east, south = self.to_map(self.width, self.height)
        return Box(west, south, east, north)

    def panned(self, right: float, down: float) -> "Camera":
        """With the map pushed by so many pixels."""
        return replace(self, x=self.x - right / self.scale, y=self.y + down / self.scale)

    def zoomed(self, factor: float, x: float, y: float) -> "Camera":
        """Larger by a factor, with the place under a pixel of the view staying there."""
        scale = min(max(self.scale * factor, SMALLEST_SCALE), LARGEST_SCALE)
        east, north = self.to_map(x, y)
        return replace(
            self,
            x=east - (x - self.width / 2) / scale,
            y=north + (y - self.height / 2) / scale,
            scale=scale,
        )

    def resized(self, width: int, height: int) -> "Camera":
        """The same middle in a view of another size."""
        return replace(self, width=max(width, 1), height=max(height, 1))

    def fitted(self, box: Box, *, margin: float = 0.08) -> "Camera":
        """With a box whole in view, and some room around it."""
        x, y = box.middle
        room = 1 - 2 * margin
        scale = min(
            self.width * room / max(box.width, _LEAST_M),
            self.height * room / max(box.height, _LEAST_M),
        )
        return replace(self, x=x, y=y, scale=min(max(scale, SMALLEST_SCALE), LARGEST_SCALE))

    def centred(self, x: float, y: float) -> "Camera":
        """With a place in the middle."""
        return replace(self, x=x, y=y)

    def on_the_way(self, goal: "Camera", share: float) -> "Camera":
        """Where a flight to another place is when a share of it is over: even steps for the eye."""
        scale = math.exp(
            math.log(self.scale) * (1 - share) + math.log(goal.scale) * share,
        )
        if math.isclose(self.scale, goal.scale):
            moved = share
        else:
            # The place moves in step with the size of the view, not with time.
            moved = (1 / self.scale - 1 / scale) / (1 / self.scale - 1 / goal.scale)
        return replace(
            self,
            x=self.x + (goal.x - self.x) * moved,
            y=self.y + (goal.y - self.y) * moved,
            scale=scale,
        )

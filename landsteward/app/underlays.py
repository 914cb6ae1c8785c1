"""What is laid under the map: pictures and layers of other programs, remembered by their files.

The workspace keeps where they are and how they are shown, never what is in them.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from landsteward.app.map_shapes import Box, Plane
from landsteward.app.rings import Rings
from landsteward.domain.text import Message

if TYPE_CHECKING:
    from landsteward.app.context import Context

_KEY = "map/underlays"
Corners = tuple[float, float, float, float, float, float, float, float]
"""x and y of the upper left, upper right, lower right and lower left corner."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnderlayEntry:
    """A file laid under the map; `opacity` in percent.

    `system` is the coordinate system a person chose (`EPSG:4548`), "" where the file says it.
    """

    path: str
    opacity: int = 80
    shown: bool = True
    system: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A piece of a picture: RGBA pixels row by row, and where its corners lie in the plane.

    `pixel_m` is about how many metres a pixel is.
    """

    key: str
    width: int
    height: int
    pixels: bytes
    corners: Corners
    pixel_m: float

    @property
    def box(self) -> Box:
        """What holds it."""
        east, north = self.corners[::2], self.corners[1::2]
        return Box(min(east), min(north), max(east), max(north))


class LayerLines(Protocol):
    """Lines of a layer, found by place and simplified for any scale."""

    def __len__(self) -> int:
        """How many shapes there are."""
        ...

    def box(self, shape: int) -> Box:
        """What holds one of them."""
        ...

    def within(self, box: Box) -> list[int]:
        """Those whose boxes meet this one."""
        ...

    def sides(self, shapes: Sequence[int]) -> Sequence[float]:
        """Of each of these the longer side of its box, metres; 0 of a point."""
        ...

    def level(self, tolerance_m: float) -> Rings:
        """All of them, no line off by more than this."""
        ...


class Underlay(Protocol):
    """One open file. `pictures` may be asked from any thread."""

    @property
    def system(self) -> str:
        """The coordinate system it was read in, as a person reads it."""
        ...

    @property
    def notes(self) -> tuple[Message, ...]:
        """What of it could not be read, or was taken for granted."""
        ...

    @property
    def box(self) -> Box | None:
        """What holds all of it."""
        ...

    @property
    def lines(self) -> Sequence[LayerLines]:
        """Its vector layers."""
        ...

    def pictures(self, box: Box, pixel_m: float, have: frozenset[str]) -> list[Picture]:
        """The pieces of its pictures in a box, sharp enough for so many metres a pixel; those that
        somebody has already are left out.
        """
        ...

    def close(self) -> None:
        """Let go of the file."""
        ...


class UnderlayFiles(Protocol):
    """Opens what may be laid under a map."""

    def open(self, path: Path, plane: Plane, system: str) -> Underlay:
        """A file in a plane; `system` takes the place of what the file says of its own.

        Raises InputFileError where it cannot be laid under the map, with what to do.
        """
        ...

    def systems(self, plane: Plane) -> list[tuple[str, str]]:
        """The systems that files about this part of the country are likely in: definition, name."""
        ...


def underlays_of(ctx: "Context") -> list[UnderlayEntry]:
    """What is laid under the map in this workspace, the lowest first."""
    kept = ctx.workspace.setting(_KEY)
    return [UnderlayEntry(**one) for one in json.loads(kept)] if kept else []


def keep_underlays(ctx: "Context", *, entries: Iterable[UnderlayEntry]) -> None:
    """Remember what is laid under the map."""
    text = json.dumps([asdict(one) for one in entries], ensure_ascii=False)
    with ctx.change():
        ctx.workspace.set_setting(_KEY, text)

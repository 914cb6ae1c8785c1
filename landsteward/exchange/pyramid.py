"""One pyramid of tiles of a GeoPackage: which of them a view needs, and where their corners lie."""

from __future__ import annotations

import io
import math
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from landsteward.app.map_shapes import Box, Plane
from landsteward.app.underlays import Corners, Picture
from landsteward.exchange import systems

if TYPE_CHECKING:
    from landsteward.exchange.systems import Floats

_MOST_TILES = 240
_EDGE = 8
"""Points along each side by which a box is carried into another system."""
_SHARP = 1.2
"""A tile's pixel may be so many of the view's."""


@dataclass(frozen=True, slots=True)
class _Level:
    """One zoom level: tiles across and down, what a tile and a pixel measure in the system."""

    zoom: int
    columns: int
    rows: int
    tile_width: float
    tile_height: float
    pixel: float


class Pyramid:
    """A table of tiles; whoever uses it sees to it that one thread at a time does."""

    def __init__(self, conn: sqlite3.Connection, table: str, epsg: int, plane: Plane) -> None:
        """Raises sqlite3.Error, TypeError or ValueError where the file is damaged there."""
        self._conn = conn
        self._table = table
        self._epsg = epsg
        self._plane = plane
        bounds = conn.execute(
            "SELECT min_x, min_y, max_x, max_y FROM gpkg_tile_matrix_set WHERE table_name = ?",
            [table],
        ).fetchone()
        west, south, east, north = (float(side) for side in bounds)
        self._left, self._top = west, north
        self._levels = _levels(conn, table)
        if not self._levels or not all(one.pixel > 0 for one in self._levels):
            raise ValueError(table)
        box = box_of(systems.in_plane(_edge(west, south, east, north), epsg, plane))
        if box is None:
            raise ValueError(table)
        self.box = box
        # Metres in the plane that a unit of the system is.
        self._metres = math.hypot(box.width, box.height) / math.hypot(east - west, north - south)

    def pictures(self, box: Box, pixel_m: float, have: frozenset[str]) -> list[Picture]:
        """The tiles in a box, from the level that is just sharp enough. Raises sqlite3.Error."""
        there = box_of(systems.from_plane(_edge(*box), self._plane, self._epsg))
        if there is None or not self.box.meets(box):
            return []
        sharp = [one for one in self._levels if one.pixel * self._metres <= pixel_m * _SHARP]
        start = self._levels.index(sharp[0]) if sharp else len(self._levels) - 1
        for level in reversed(self._levels[: start + 1]):
            columns, rows = self._span(level, there)
            if len(columns) * len(rows) <= _MOST_TILES:
                return self._of_level(level, columns, rows, have)
        return []

    def _span(self, level: _Level, box: Box) -> tuple[range, range]:
        first = max(int((box.west - self._left) // level.tile_width), 0)
        last = min(int((box.east - self._left) // level.tile_width), level.columns - 1)
        top = max(int((self._top - box.north) // level.tile_height), 0)
        bottom = min(int((self._top - box.south) // level.tile_height), level.rows - 1)
        return range(first, last + 1), range(top, bottom + 1)

    def _of_level(
        self, level: _Level, columns: range, rows: range, have: frozenset[str]
    ) -> list[Picture]:
        if not columns or not rows:
            return []
        table = self._table.replace('"', '""')
        tiles = self._conn.execute(
            f'SELECT tile_column, tile_row, tile_data FROM "{table}" WHERE zoom_level = ? '
            "AND tile_column BETWEEN ? AND ? AND tile_row BETWEEN ? AND ?",
            [level.zoom, columns[0], columns[-1], rows[0], rows[-1]],
        ).fetchall()
        found: list[Picture] = []
        for column, row, content in tiles:
            key = f"{self._table}/{level.zoom}/{column}/{row}"
            decoded = _decoded(content) if key not in have else None
            if decoded is not None:
                width, height, pixels = decoded
                found.append(
                    Picture(
                        key=key,
                        width=width,
                        height=height,
                        pixels=pixels,
                        corners=self._corners(level, column, row),
                        pixel_m=level.pixel * self._metres,
                    )
                )
        return found

    def _corners(self, level: _Level, column: int, row: int) -> Corners:
        import numpy as np

        left = self._left + column * level.tile_width
        top = self._top - row * level.tile_height
        right, bottom = left + level.tile_width, top - level.tile_height
        ends = np.array([(left, top), (right, top), (right, bottom), (left, bottom)])
        return corners_of(systems.in_plane(ends, self._epsg, self._plane))


def _levels(conn: sqlite3.Connection, table: str) -> Sequence[_Level]:
    rows = conn.execute(
        "SELECT zoom_level, matrix_width, matrix_height, tile_width * pixel_x_size, "
        "tile_height * pixel_y_size, pixel_x_size FROM gpkg_tile_matrix WHERE table_name = ? "
        "ORDER BY zoom_level",
        [table],
    )
    return [
        _Level(int(zoom), int(columns), int(down), float(width), float(height), float(pixel))
        for zoom, columns, down, width, height, pixel in rows
    ]


def corners_of(places: Floats) -> Corners:
    """Four places as a picture bears them."""
    flat = [float(one) for one in places.reshape(-1)]
    return flat[0], flat[1], flat[2], flat[3], flat[4], flat[5], flat[6], flat[7]


def box_of(places: Floats) -> Box | None:
    """What holds all of them; None where one is nowhere."""
    import numpy as np

    if not np.isfinite(places).all():
        return None
    west, south = places.min(axis=0)
    east, north = places.max(axis=0)
    return Box(float(west), float(south), float(east), float(north))


def _edge(west: float, south: float, east: float, north: float) -> Floats:
    """Places along the edge of a box."""
    import numpy as np

    across, along = np.linspace(west, east, _EDGE), np.linspace(south, north, _EDGE)
    return np.concatenate(
        [np.column_stack((across, np.full(_EDGE, side))) for side in (south, north)]
        + [np.column_stack((np.full(_EDGE, side), along)) for side in (west, east)]
    )


def _decoded(content: bytes) -> tuple[int, int, bytes] | None:
    """A tile's pixels; None where it is damaged: the coarser level shows through."""
    from PIL import Image

    try:
        image = Image.open(io.BytesIO(content)).convert("RGBA")
    except (OSError, ValueError, SyntaxError, EOFError, TypeError):
        return None
    return image.width, image.height, image.tobytes()

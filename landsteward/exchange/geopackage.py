"""A GeoPackage laid under the map: its pyramids of tiles, and its vector layers.

The file is a foreign one that happens to be SQLite (OGC 12-128): it is opened for reading by the
standard library, and never by what opens workspaces. Vector layers go through pyogrio; where there
is none, the tiles are shown all the same.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Sequence
from pathlib import Path

from landsteward.app.map_shapes import Box, Plane
from landsteward.app.underlays import LayerLines, Picture
from landsteward.domain.errors import InputFileError
from landsteward.domain.text import Message, msg
from landsteward.exchange.georeference import named_system
from landsteward.exchange.map_lines import lines_in_plane
from landsteward.exchange.pyramid import Pyramid

SUFFIX = ".gpkg"
_MOST_FEATURES = 200_000
_BROKEN = (sqlite3.Error, TypeError, ValueError)


class GeoPackageUnderlay:
    """Everything of one file that can be shown."""

    def __init__(self, path: Path, plane: Plane, definition: str) -> None:
        """Raises InputFileError where it is no GeoPackage, or nothing of it can be shown."""
        self._plane = plane
        self._path = path
        self._lock = threading.Lock()
        self._conn = _connected(path)
        self._pyramids: list[Pyramid] = []
        self._layers: list[LayerLines] = []
        self._notes: list[Message] = []
        self._names: list[str] = []
        self.box: Box | None = None
        try:
            refused = self._take_in(definition)
        except BaseException:
            self.close()
            raise
        if not self._names:
            self.close()
            raise refused[0] if refused else _nothing_in(path)
        self._notes += [
            msg("{layer} is left out: {reason}", layer=one.where, reason=one.what)
            for one in refused
        ]

    @property
    def system(self) -> str:
        """The systems of its tables."""
        return ", ".join(dict.fromkeys(self._names))

    @property
    def notes(self) -> tuple[Message, ...]:
        """What is left out of it, and why."""
        return tuple(self._notes)

    @property
    def lines(self) -> Sequence[LayerLines]:
        """Its vector layers."""
        return self._layers

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._conn.close()

    def pictures(self, box: Box, pixel_m: float, have: frozenset[str]) -> list[Picture]:
        """The tiles in a box, from the level that is just sharp enough. Raises InputFileError."""
        found: list[Picture] = []
        with self._lock:
            for pyramid in self._pyramids:
                try:
                    found += pyramid.pictures(box, pixel_m, have)
                except _BROKEN as error:
                    raise _damaged(self._path, error) from error
        return found

    def _take_in(self, definition: str) -> list[InputFileError]:
        """Open its tables; what cannot be shown comes back."""
        refused: list[InputFileError] = []
        for table, kind, told in self._contents():
            try:
                self._take(table, kind, definition or told)
            except InputFileError as error:
                refused.append(error)
        return refused

    def _take(self, table: str, kind: str, definition: str) -> None:
        crs = named_system(definition, table)
        assert crs.epsg is not None
        if kind == "tiles":
            try:
                pyramid = Pyramid(self._conn, table, crs.epsg, self._plane)
            except _BROKEN as error:
                raise _damaged(self._path, error, table) from error
            self._pyramids.append(pyramid)
            box: Box | None = pyramid.box
        else:
            layer, said = lines_in_plane(
                self._path, table, crs.epsg, self._plane, most=_MOST_FEATURES
            )
            self._layers.append(layer)
            self._notes += said
            box = layer.extent()
        self._names.append(crs.name)
        if box is not None:
            self.box = box if self.box is None else self.box.around(box)

    def _contents(self) -> list[tuple[str, str, str]]:
        """Tables that can be shown, `tiles` or `features`, each with its system's definition."""
        try:
            rows = self._conn.execute(
                "SELECT c.table_name, c.data_type, s.organization, s.organization_coordsys_id, "
                "s.definition FROM gpkg_contents AS c "
                "LEFT JOIN gpkg_spatial_ref_sys AS s ON s.srs_id = c.srs_id "
                "WHERE c.data_type IN ('tiles', 'features') ORDER BY c.data_type DESC, c.table_name"
            ).fetchall()
        except sqlite3.Error as error:
            raise _damaged(self._path, error) from error
        return [
            (str(table), str(kind), _definition(organisation, number, text))
            for table, kind, organisation, number, text in rows
        ]


def _connected(path: Path) -> sqlite3.Connection:
    problem: sqlite3.Error = sqlite3.DatabaseError("?")
    # What another program has open, or left with a journal, can be read only as it stands.
    for how in ("mode=ro", "mode=ro&immutable=1"):
        address = f"{path.absolute().as_uri()}?{how}"
        conn = sqlite3.connect(address, uri=True, check_same_thread=False)
        try:
            conn.execute("SELECT count(*) FROM gpkg_contents").fetchone()
        except sqlite3.Error as error:
            conn.close()
            problem = error
        else:
            return conn
    raise _damaged(path, problem) from problem


def _damaged(path: Path, error: Exception, table: str = "") -> InputFileError:
    return InputFileError(
        msg("This is no GeoPackage that can be read: {reason}.", reason=str(error) or "?"),
        where=table or path.name,
        remedy=msg("Export the layers into it once more."),
    )


def _nothing_in(path: Path) -> InputFileError:
    return InputFileError(
        msg("The GeoPackage has neither tiles nor layers."),
        where=path.name,
        remedy=msg("Export the layers into it once more."),
    )


def _definition(organisation: object, number: object, text: object) -> str:
    if str(organisation).upper() == "EPSG" and number is not None:
        return f"EPSG:{number}"
    told = str(text or "").strip()
    return "" if told.lower() == "undefined" else told

"""Vector layers as lines under the map, through pyogrio."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any

from landsteward.app.map_shapes import Plane
from landsteward.domain.errors import InputFileError
from landsteward.domain.text import Message, msg
from landsteward.exchange import systems
from landsteward.exchange.map_shapes import PlaneLines


def lines_in_plane(
    path: Path, layer: str, epsg: int, plane: Plane, *, most: int
) -> tuple[PlaneLines, tuple[Message, ...]]:
    """The lines and edges of a layer; points are lines without length. Says what is left out.

    Raises InputFileError where it cannot be read.
    """
    import numpy as np
    import shapely

    content = _content(path, layer, most)
    shapes = shapely.from_wkb(content, on_invalid="ignore")
    shapes = shapes[~shapely.is_missing(shapes)]
    parts, owner = shapely.get_parts(shapes, return_index=True)
    kinds = shapely.get_type_id(parts)
    rings, ring_owner = shapely.get_rings(parts[kinds == _POLYGON], return_index=True)
    lines = np.concatenate(
        (
            _lines(rings),
            parts[np.isin(kinds, _LINES)],
            _dots(parts[kinds == _POINT]),
        )
    )
    owners = np.concatenate(
        (
            owner[kinds == _POLYGON][ring_owner],
            owner[np.isin(kinds, _LINES)],
            owner[kinds == _POINT],
        )
    )
    order = np.argsort(owners, kind="stable")
    lines, owners = lines[order], owners[order]
    notes: list[Message] = []
    if len(content) >= most:
        notes.append(
            msg("{layer}: only the first {count} shapes are shown.", layer=layer, count=most)
        )
    if len(lines):
        points, of_line = shapely.get_coordinates(lines, return_index=True)
        placed = systems.in_plane(points, epsg, plane)
        bad = np.unique(of_line[~np.isfinite(placed).all(axis=1)])
        keep = ~np.isin(of_line, bad)
        if len(bad):
            notes.append(
                msg("{layer}: {count} lines lie too far away.", layer=layer, count=len(bad))
            )
            owners = np.delete(owners, bad)
        numbers = np.unique(of_line[keep], return_inverse=True)[1]
        lines = (
            shapely.linestrings(placed[keep], indices=numbers)
            if keep.any()
            else np.array([], dtype=object)
        )
    seen, owners = np.unique(owners, return_inverse=True)
    return PlaneLines(plane, lines, owners, len(seen)), tuple(notes)


_POINT, _POLYGON = 0, 3
_LINES = (1, 2)


def _lines(rings: Any) -> Any:
    import numpy as np
    import shapely

    if not len(rings):
        return np.array([], dtype=object)
    points, owners = shapely.get_coordinates(rings, return_index=True)
    return shapely.linestrings(points, indices=owners)


def _dots(points: Any) -> Any:
    import numpy as np
    import shapely

    there = points[~shapely.is_empty(points)]
    if not len(there):
        return np.array([], dtype=object)
    places = shapely.get_coordinates(there)
    return shapely.linestrings(np.stack((places, places), axis=1))


def _content(path: Path, layer: str, most: int) -> Any:
    try:
        from pyogrio import errors
        from pyogrio.raw import read
    except ImportError as error:
        raise InputFileError(
            msg("Vector layers cannot be read on this machine: there is no GDAL for it."),
            where=layer,
            remedy=msg("Lay a picture under the map instead."),
        ) from error
    problems = (
        errors.DataSourceError,
        errors.DataLayerError,
        errors.CRSError,
        errors.FeatureError,
        errors.GeometryError,
        errors.FieldError,
        UnicodeDecodeError,
        LookupError,
        ValueError,
    )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            _meta, _fids, content, _columns = read(
                path, layer=layer, columns=[], max_features=most, force_2d=True
            )
    except problems as error:
        raise InputFileError(
            msg("GDAL cannot read this file: {reason}.", reason=str(error).strip() or "?"),
            where=layer,
            remedy=msg("Export it once more, or hand in another format."),
        ) from error
    return content if content is not None else []

"""GeoJSON: read with its figures exactly as they stand in the file."""

import json
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from landsteward.domain.boundaries import Vertex
from landsteward.domain.errors import InputFileError
from landsteward.domain.text import msg
from landsteward.exchange.features import Feature, Polygon

_LONGEST = 40
_LARGEST = 12
"""Digits before the point a coordinate may have."""


class _Misshapen(Exception):
    """A geometry that is not built as GeoJSON says."""


def read_geojson(text: str, name: str) -> tuple[list[Feature], str | None]:
    """The features and the system they name (None: plain figures that cannot be degrees).

    Raises InputFileError where this is no GeoJSON. Without a system GeoJSON means WGS 84.
    """
    try:
        content = json.loads(text, parse_float=_figure, parse_int=_figure, parse_constant=_nothing)
    except (ValueError, RecursionError) as error:
        raise InputFileError(
            msg("This is no JSON: {reason}.", reason=error),
            where=name,
            remedy=msg("Export it once more, or hand in another format."),
        ) from error
    members = _members(content)
    if members is None:
        raise InputFileError(
            msg("This JSON holds no features."),
            where=name,
            remedy=msg("A GeoJSON file has a FeatureCollection, a Feature or a geometry."),
        )
    features = [_feature(row, member) for row, member in enumerate(members, 1)]
    return features, _system(content, features)


def _figure(text: str) -> Decimal | str:
    """An exact figure; one that is no coordinate for its length stays a text."""
    if len(text) > _LONGEST:
        return text
    value = Decimal(text)
    return value if value == 0 or abs(value.adjusted()) <= _LONGEST else text


def _nothing(_name: str) -> None:
    """NaN and infinities are no figures."""


def _members(content: Any) -> list[Any] | None:
    if not isinstance(content, dict):
        return None
    kind = content.get("type")
    if kind == "FeatureCollection" and isinstance(content.get("features"), list):
        features: list[Any] = content["features"]
        return features
    if kind == "Feature":
        return [content]
    if isinstance(kind, str) and ("coordinates" in content or "geometries" in content):
        return [{"type": "Feature", "geometry": content, "properties": {}}]
    return None


def _system(content: dict[str, Any], features: Sequence[Feature]) -> str | None:
    told = content.get("crs")
    if isinstance(told, dict):
        properties = told.get("properties")
        name = properties.get("name") if isinstance(properties, dict) else None
        return name if isinstance(name, str) else None
    degrees = all(
        abs(value) <= 180
        for feature in features
        for polygon in feature.polygons
        for ring in polygon
        for vertex in ring
        for value in vertex.place
    )
    return "EPSG:4326" if degrees else None


def _feature(row: int, member: Any) -> Feature:
    if not isinstance(member, dict):
        return Feature(row=row, refused=msg("This is no feature."))
    properties = member.get("properties")
    attributes = _attributes(properties if isinstance(properties, dict) else {})
    heights: list[bool] = []
    try:
        polygons = _polygons(member.get("geometry"), heights)
    except (_Misshapen, RecursionError):
        return Feature(
            row=row,
            attributes=attributes,
            refused=msg("Its geometry is no polygon of figures."),
        )
    return Feature(row=row, polygons=polygons, attributes=attributes, heights=any(heights))


def _attributes(properties: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    return tuple(
        (name, _plain(value))
        for name, value in properties.items()
        if value is not None and not isinstance(value, dict | list)
    )


def _plain(value: Any) -> str:
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _polygons(geometry: Any, heights: list[bool]) -> list[Polygon]:
    if not isinstance(geometry, dict):
        raise _Misshapen
    match geometry.get("type"):
        case "Polygon":
            return [_polygon(geometry.get("coordinates"), heights)]
        case "MultiPolygon":
            return [_polygon(one, heights) for one in _list(geometry.get("coordinates"))]
        case "GeometryCollection":
            return [
                polygon
                for one in _list(geometry.get("geometries"))
                for polygon in _polygons(one, heights)
            ]
        case _:
            raise _Misshapen


def _polygon(rings: Any, heights: list[bool]) -> Polygon:
    return [[_vertex(point, heights) for point in _list(ring)] for ring in _list(rings)]


def _vertex(point: Any, heights: list[bool]) -> Vertex:
    if not isinstance(point, list) or len(point) < 2:
        raise _Misshapen
    east, north = point[0], point[1]
    if not isinstance(east, Decimal) or not isinstance(north, Decimal):
        raise _Misshapen
    if max(east.adjusted(), north.adjusted()) > _LARGEST:
        raise _Misshapen
    heights.append(len(point) > 2)
    return Vertex(number="", north=north, east=east)


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise _Misshapen
    return value

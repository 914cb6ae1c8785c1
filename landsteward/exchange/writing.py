"""Boundaries written as 界址点 TXT and as GeoJSON, for other programs."""

import json
import re
from collections.abc import Sequence
from decimal import Decimal

from landsteward.domain.boundaries import ParcelBoundary, Ring, Vertex, plane_area
from landsteward.domain.errors import InputFileError
from landsteward.domain.quantities import M2_PER_HECTARE
from landsteward.domain.text import msg

_HECTARE_PLACES = Decimal("0.000001")
_SYSTEM = ("坐标系", "几度分带", "投影类型", "带号")
_ORDER = (
    "格式版本号",
    "数据产生单位",
    "数据产生日期",
    "坐标系",
    "几度分带",
    "投影类型",
    "计量单位",
    "带号",
    "精度",
    "转换参数",
)
_GK = re.compile(r"(?P<three>3-degree )?Gauss-Kruger (?:zone (?P<zone>\d+)|CM (?P<meridian>\d+)E)")
_DATUMS = (
    ("CGCS2000", "2000国家大地坐标系"),
    ("Xian 1980", "1980西安坐标系"),
    ("Beijing 1954", "1954北京坐标系"),
    ("China Geodetic", "2000国家大地坐标系"),
    ("WGS 84", "WGS84"),
)


def as_txt(boundaries: Sequence[ParcelBoundary]) -> bytes:
    """界址点 TXT in UTF-8 with CRLF: areas in 公顷, north before east, rings closed.

    Raises InputFileError where the boundaries are not all in one system: a file names only one.
    """
    _one_system(boundaries)
    lines = ["[属性描述]"]
    lines += [f"{key}={value}" for key, value in _header(boundaries[0])] if boundaries else []
    lines.append("[地块坐标]")
    for boundary in boundaries:
        lines += _plot(boundary)
    return ("\r\n".join(lines) + "\r\n").encode()


def _one_system(boundaries: Sequence[ParcelBoundary]) -> None:
    if len({(one.crs_epsg, one.crs_name, one.plane) for one in boundaries}) > 1:
        raise InputFileError(
            msg("These boundaries are in several coordinate systems; one file names only one."),
            remedy=msg("Write them into several files."),
        )


def _header(boundary: ParcelBoundary) -> list[tuple[str, str]]:
    """What the file it came from said, with the system it was understood to be in."""
    told = dict(boundary.header)
    ours = {
        "格式版本号": told.get("格式版本号") or "1.01",
        "数据产生单位": told.get("数据产生单位", ""),
        "数据产生日期": told.get("数据产生日期", ""),
        **_system(boundary, told),
        "计量单位": "米" if boundary.plane else "度",
        "精度": told.get("精度") or "0.001",
        "转换参数": told.get("转换参数") or ",,,,,,",
    }
    first = [(key, _one_line(ours[key])) for key in _ORDER if key in ours]
    rest = [(key, value) for key, value in told.items() if key not in ours]
    return first + rest


def _system(boundary: ParcelBoundary, told: dict[str, str]) -> dict[str, str]:
    if boundary.crs_epsg is None:
        named = {key: told[key] for key in _SYSTEM if key in told}
        return {"坐标系": boundary.crs_name, **named}
    datum = next((name for part, name in _DATUMS if part in boundary.crs_name), None)
    found = {"坐标系": datum or boundary.crs_name}
    grid = _GK.search(boundary.crs_name)
    if grid is not None:
        width = 3 if grid["three"] else 6
        meridian = int(grid["meridian"] or 0)
        zone = grid["zone"] or str(meridian // 3 if width == 3 else (meridian + 3) // 6)
        found |= {"几度分带": str(width), "投影类型": "高斯克吕格", "带号": zone}
    return found


def _plot(boundary: ParcelBoundary) -> list[str]:
    told = dict(boundary.attributes)
    area = boundary.area_m2 if boundary.area_m2 is not None else plane_area(boundary.rings)
    hectares = (area / M2_PER_HECTARE).quantize(_HECTARE_PLACES)
    count = sum(len(_closed(ring)) for ring in boundary.rings)
    fields = (
        str(count),
        f"{hectares:f}",
        boundary.plot_no,
        boundary.plot_name,
        told.get("类型") or "面",
        told.get("图幅号", ""),
        told.get("地块用途", ""),
        told.get("地类编号", ""),
        "@",
    )
    lines = [",".join(_field(one) for one in fields)]
    for place, ring in enumerate(boundary.rings, 1):
        for vertex in _closed(ring):
            lines.append(f"{_field(vertex.number)},{place},{vertex.north:f},{vertex.east:f}")
    return lines


def _closed(ring: Ring) -> tuple[Vertex, ...]:
    """The points with the first once more at the end; a single one stands by itself."""
    return (*ring.vertices, *ring.vertices[:1]) if len(ring.vertices) > 1 else ring.vertices


def _field(text: str) -> str:
    """A text that may stand between commas and ends no plot line."""
    return _one_line(text).replace(",", "，")


def _one_line(text: str) -> str:
    return " ".join(text.split())


def as_geojson(boundaries: Sequence[ParcelBoundary]) -> bytes:
    """A FeatureCollection in the boundaries' own system, every figure with its own digits.

    Systems other than WGS 84 are named in the old `crs` member, which GDAL and desktop GIS read.
    Raises InputFileError where the boundaries are not all in one system.
    """
    _one_system(boundaries)
    system = ""
    if boundaries and boundaries[0].crs_epsg not in (None, 4326):
        name = f"urn:ogc:def:crs:EPSG::{boundaries[0].crs_epsg}"
        system = f'"crs": {_json({"type": "name", "properties": {"name": name}})},\n'
    features = ",\n".join(map(_feature, boundaries))
    # json writes floats only, and those lose digits: the figures are put in as they are.
    head = f'{{"type": "FeatureCollection",\n{system}"features": ['
    return f"{head}\n{features}\n]}}\n".encode()


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _feature(boundary: ParcelBoundary) -> str:
    properties: dict[str, str | None] = {
        **{key: value for key, value in boundary.attributes if key},
        "地块编号": boundary.plot_no,
        "地块名称": boundary.plot_name,
        "area_m2": None if boundary.area_m2 is None else f"{boundary.area_m2:f}",
    }
    polygons = [
        f"[{','.join(_ring(one) for one in (ring, *_holes(boundary.rings, place)))}]"
        for place, ring in enumerate(boundary.rings)
        if ring.hole_of is None
    ]
    if len(polygons) == 1:
        geometry = f'{{"type": "Polygon", "coordinates": {polygons[0]}}}'
    else:
        geometry = f'{{"type": "MultiPolygon", "coordinates": [{",".join(polygons)}]}}'
    return f'{{"type": "Feature", "properties": {_json(properties)}, "geometry": {geometry}}}'


def _holes(rings: Sequence[Ring], outline: int) -> list[Ring]:
    return [ring for ring in rings if ring.hole_of == outline]


def _ring(ring: Ring) -> str:
    return f"[{','.join(map(_point, _closed(ring)))}]"


def _point(vertex: Vertex) -> str:
    return f"[{vertex.east:f},{vertex.north:f}]"

"""Shapefile, KML and DXF through pyogrio, which is loaded with the first of them."""

import shutil
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from landsteward.domain.boundaries import Vertex
from landsteward.domain.errors import InputFileError
from landsteward.domain.text import msg
from landsteward.exchange.features import Feature, Polygon

SHAPE_PARTS = (".shp", ".shx", ".dbf", ".prj", ".cpg")
_GBK_MARK = 0x4D
"""The language byte of a .dbf in GBK."""
_HEADER = 32
_CLOSED_ONLY = ".dxf"
"""In drawings lines and texts are no failed plots: only closed outlines count."""


@dataclass(frozen=True, slots=True)
class Layers:
    """The features of a file, the system they name, and how much of a drawing is no outline."""

    features: list[Feature]
    definition: str | None
    passed_over: int = 0


def read_gdal(path: Path, name: str) -> Layers:
    """The features of a Shapefile, KML or DXF file. Raises InputFileError.

    A copy is read: GDAL builds a lost .shx anew, and that must not appear beside the original.
    """
    try:
        import pyogrio  # noqa: F401
    except ImportError as error:
        raise InputFileError(
            msg("This format cannot be read on this machine: there is no GDAL for it."),
            where=name,
            remedy=msg("Hand in a boundary TXT or GeoJSON."),
        ) from error
    with TemporaryDirectory(prefix="landsteward-") as folder:
        copy = Path(folder) / f"source{path.suffix.lower()}"
        shutil.copyfile(path, copy)
        if copy.suffix == ".shp":
            for part in _beside(path):
                shutil.copyfile(part, copy.with_suffix(part.suffix.lower()))
        return _read(copy, name)


def _beside(path: Path) -> Iterator[Path]:
    for part in sorted(path.parent.iterdir()):
        same = part.stem.casefold() == path.stem.casefold() and part != path
        if same and part.suffix.lower() in SHAPE_PARTS:
            yield part


def _read(path: Path, name: str) -> Layers:
    import pyogrio
    from pyogrio import errors

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
    pyogrio.set_gdal_config_options({"SHAPE_RESTORE_SHX": "YES"})
    try:
        with warnings.catch_warnings():
            # What GDAL grumbles about (rings turned the other way) changes no coordinate.
            warnings.simplefilter("ignore")
            return _layers(path)
    except problems as error:
        raise InputFileError(
            msg("GDAL cannot read this file: {reason}.", reason=str(error).strip() or "?"),
            where=name,
            remedy=msg("Export it once more, or hand in another format."),
        ) from error


def _layers(path: Path) -> Layers:
    import pyogrio
    from pyogrio.raw import read

    features: list[Feature] = []
    definitions: set[str | None] = set()
    passed_over = 0
    options = {"encoding": _encoding(path)} if path.suffix == ".shp" else {}
    for layer, _kind in pyogrio.list_layers(path):
        meta, _fids, shapes, columns = read(path, layer=layer, **options)
        definitions.add(_definition(path, meta.get("crs")))
        names = [str(one) for one in meta["fields"]]
        for at in range(len(shapes) if shapes is not None else 0):
            attributes = tuple(
                (title, _told(column[at])) for title, column in zip(names, columns, strict=True)
            )
            if path.suffix == ".kml" and layer:
                attributes = (*attributes, ("layer", str(layer)))
            feature = _feature(len(features) + 1, shapes[at], attributes)
            if feature.refused is not None and path.suffix == _CLOSED_ONLY:
                passed_over += 1
            else:
                features.append(feature)
    (definition,) = definitions if len(definitions) == 1 else (None,)
    return Layers(features, definition, passed_over)


def _definition(path: Path, told: object) -> str | None:
    """What the layer says of its system; a drawing says nothing, whatever GDAL makes of it."""
    return str(told) if told and path.suffix != _CLOSED_ONLY else None


def _encoding(path: Path) -> str | None:
    """How a .dbf is written where no .cpg says it: by its language byte, then by trial."""
    table = path.with_suffix(".dbf")
    if path.with_suffix(".cpg").exists() or not table.exists():
        return None
    content = table.read_bytes()
    if len(content) > _HEADER and content[29] == _GBK_MARK:
        return "GB18030"
    try:
        content[_HEADER:].decode("utf-8")
    except UnicodeDecodeError:
        return "GB18030"
    return "UTF-8"


def _told(value: Any) -> str:
    text = "" if value is None else str(value)
    return "" if text in ("nan", "NaT", "None") else text.replace("\x00", "")


def _feature(row: int, content: Any, attributes: tuple[tuple[str, str], ...]) -> Feature:
    import shapely

    shape = shapely.from_wkb(content, on_invalid="ignore") if content is not None else None
    if shape is None:
        return Feature(row=row, attributes=attributes, refused=msg("It has no outline."))
    polygons = list(_polygons(shape))
    if not polygons:
        return Feature(row=row, attributes=attributes, refused=msg("It is no closed outline."))
    return Feature(
        row=row,
        polygons=polygons,
        attributes=attributes,
        heights=bool(shapely.has_z(shape)),
        refused=None if all(map(_finite, polygons)) else msg("A coordinate is no figure."),
    )


def _polygons(shape: Any) -> Iterator[Polygon]:
    """Polygons, and closed lines as polygons: drawings know no others."""
    match shape.geom_type:
        case "Polygon":
            if not shape.is_empty:
                yield [_points(ring) for ring in (shape.exterior, *shape.interiors)]
        case "LineString" | "LinearRing":
            if shape.is_closed and len(shape.coords) > 3:
                yield [_points(shape)]
        case "MultiPolygon" | "MultiLineString" | "GeometryCollection":
            for part in shape.geoms:
                yield from _polygons(part)


def _points(line: Any) -> list[Vertex]:
    """Figures as short as they are exact: a double's own digits."""
    return [
        Vertex(number="", north=Decimal(repr(float(one[1]))), east=Decimal(repr(float(one[0]))))
        for one in line.coords
    ]


def _finite(polygon: Polygon) -> bool:
    return all(
        value.is_finite() and (not value or abs(value.adjusted()) <= 20)
        for ring in polygon
        for vertex in ring
        for value in vertex.place
    )

"""Where the pixels of a picture lie: GeoTIFF tags, world files, and the system they speak of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from landsteward.domain.boundaries import CGCS2000, Crs
from landsteward.domain.errors import InputFileError
from landsteward.domain.text import Message, msg
from landsteward.exchange import systems

if TYPE_CHECKING:
    from landsteward.exchange.systems import Floats

_SCALE, _TIEPOINTS, _MATRIX, _KEYS = 33550, 33922, 34264, 34735
_MODEL, _RASTER, _GEOGRAPHIC, _PROJECTED = 1024, 1025, 2048, 3072
_GEOGRAPHIC_MODEL = 2
_PIXEL_IS_POINT = 2
_USER_DEFINED = 32767
_DEGREES_EAST, _DEGREES_NORTH = (60.0, 150.0), (0.0, 60.0)
_ZONE_METRES = 1_000_000
_CGCS2000 = "CGCS2000"


@dataclass(frozen=True, slots=True)
class Affine:
    """From columns and rows (of pixels' upper left corners) to a system's east and north."""

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float

    def of(self, pixels: Floats) -> Floats:
        """East and north of many places in pixels."""
        import numpy as np

        column, row = pixels[:, 0], pixels[:, 1]
        return np.column_stack(
            (self.a * column + self.b * row + self.c, self.d * column + self.e * row + self.f)
        )


@dataclass(frozen=True, slots=True)
class Reference:
    """Where a picture lies, in which system (None: not said), and what was taken for granted."""

    affine: Affine
    definition: str | None
    notes: tuple[Message, ...] = ()


def geotiff_reference(tags: Mapping[int, Any]) -> Reference | None:
    """What the tags of a TIFF say; None where they say nothing of a place."""
    keys = _geo_keys(tags.get(_KEYS, ()))
    affine = _tiff_affine(tags)
    if affine is None:
        return None
    if keys.get(_RASTER) == _PIXEL_IS_POINT:
        affine = _from_centres(affine)
    wanted = _GEOGRAPHIC if keys.get(_MODEL) == _GEOGRAPHIC_MODEL else _PROJECTED
    number = keys.get(wanted)
    said = number is not None and number != _USER_DEFINED
    return Reference(affine, f"EPSG:{number}" if said else None)


def _geo_keys(directory: Sequence[int]) -> dict[int, int]:
    """The numbers of a GeoKeyDirectory; keys whose values lie elsewhere are texts and doubles."""
    entries = [tuple(directory[at : at + 4]) for at in range(4, len(directory) - 3, 4)]
    return {key: value for key, place, _count, value in entries if place == 0}


def _tiff_affine(tags: Mapping[int, Any]) -> Affine | None:
    matrix = tags.get(_MATRIX)
    if matrix is not None and len(matrix) >= 8:
        a, b, _z, c, d, e, _y, f = (float(one) for one in matrix[:8])
        return Affine(a, b, c, d, e, f)
    scale, points = tags.get(_SCALE), tags.get(_TIEPOINTS)
    if scale is None or points is None or len(scale) < 2 or len(points) < 6:
        return None
    column, row, _height, east, north = (float(one) for one in points[:5])
    wide, high = float(scale[0]), float(scale[1])
    return Affine(wide, 0.0, east - column * wide, 0.0, -high, north + row * high)


def _from_centres(affine: Affine) -> Affine:
    """The same where the figures are those of the pixels' middles."""
    return Affine(
        affine.a,
        affine.b,
        affine.c - (affine.a + affine.b) / 2,
        affine.d,
        affine.e,
        affine.f - (affine.d + affine.e) / 2,
    )


def world_file_of(path: Path) -> Path | None:
    """The world file beside a picture, by its usual names."""
    suffix = path.suffix.lower().lstrip(".")
    short = suffix[:1] + suffix[-1:] + "w"
    names = {f"{path.stem}.{end}".casefold() for end in (short, f"{suffix}w", "wld")}
    names.add(f"{path.name}w".casefold())
    return next((one for one in _beside(path) if one.name.casefold() in names), None)


def _beside(path: Path) -> list[Path]:
    return sorted(one for one in path.parent.iterdir() if one.is_file())


def world_file_reference(path: Path) -> Reference:
    """What a world file and a .prj beside a picture say. Raises InputFileError."""
    world = world_file_of(path)
    if world is None:
        raise InputFileError(
            msg("This picture does not say where it lies."),
            where=path.name,
            remedy=msg(
                "Put its world file beside it (.jgw, .pgw, .tfw), or save it as GeoTIFF or "
                "GeoPackage."
            ),
        )
    try:
        figures = [float(one) for one in world.read_text("ascii").split()]
    except (OSError, ValueError):
        figures = []
    if len(figures) != 6 or not (figures[0] * figures[3] - figures[1] * figures[2]):
        raise InputFileError(
            msg("The world file does not have six figures that give a place."),
            where=world.name,
            remedy=msg("Export the picture once more."),
        )
    a, d, b, e, c, f = figures
    definition = None
    for one in _beside(path):
        if one.stem.casefold() == path.stem.casefold() and one.suffix.lower() == ".prj":
            definition = one.read_text("utf-8", errors="replace").strip()
    return Reference(_from_centres(Affine(a, b, c, d, e, f)), definition)


def system_for(
    definition: str | None, corners: Floats, name: str
) -> tuple[Crs, tuple[Message, ...]]:
    """The system a picture is in: the one that is said, else the one its figures leave no doubt of.

    Raises InputFileError where it is not known, or cannot be turned into CGCS2000.
    """
    if definition is not None:
        return named_system(definition, name), ()
    crs = named_system(_guessed(corners), name)
    return crs, (msg("It names no coordinate system; taken for {system}.", system=crs.name),)


def named_system(definition: str, name: str) -> Crs:
    """The system of a definition, "" for none; it has an EPSG number. Raises InputFileError."""
    crs = systems.system_of(systems.number_in(definition)) if definition else systems.UNKNOWN
    if crs.epsg is None:
        raise InputFileError(
            msg("Its coordinate system is not known ({name}).", name=crs.name or "-"),
            where=name,
            remedy=msg(
                "Choose the system it is in, or export it with one that has an EPSG number."
            ),
        )
    if not crs.transformable:
        raise InputFileError(
            msg(
                "{name} cannot be turned into CGCS2000: its local parameters are not known.",
                name=crs.name,
            ),
            where=name,
            remedy=msg("Have it converted to CGCS2000 where the parameters are kept."),
        )
    return crs


def _guessed(corners: Floats) -> str:
    east, north = corners[:, 0], corners[:, 1]
    if _all_in(east, _DEGREES_EAST) and _all_in(north, _DEGREES_NORTH):
        return f"EPSG:{CGCS2000}"
    zones = {int(one // _ZONE_METRES) for one in east}
    if len(zones) == 1 and (datum := systems.datum_named(_CGCS2000)) is not None:
        zone = zones.pop()
        width = systems.zone_width(zone) or 3
        crs = systems.gauss_krueger(datum, width=width, zone=zone, prefixed=True)
        if crs is not None:
            return f"EPSG:{crs.epsg}"
    return ""


def _all_in(values: Floats, span: tuple[float, float]) -> bool:
    return bool(((values >= span[0]) & (values <= span[1])).all())

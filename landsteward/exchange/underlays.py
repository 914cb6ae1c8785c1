"""What may be laid under a map, opened by what it is."""

from __future__ import annotations

from pathlib import Path

from landsteward.app.map_shapes import Plane
from landsteward.app.underlays import Underlay
from landsteward.domain.boundaries import CGCS2000
from landsteward.domain.errors import InputFileError
from landsteward.domain.text import msg
from landsteward.exchange import systems
from landsteward.exchange.geopackage import SUFFIX, GeoPackageUnderlay
from landsteward.exchange.rasters import SUFFIXES, RasterUnderlay

_EVERYWHERE = (4326, 3857)
"""WGS 84 in degrees, and the plane that map services cut their tiles in."""


class MapUnderlays:
    """Opens GeoPackage, GeoTIFF and images with a world file."""

    def open(self, path: Path, plane: Plane, system: str) -> Underlay:
        """A file in a plane. Raises InputFileError with what to do."""
        if not path.is_file():
            raise InputFileError(
                msg("The file is not there any more."),
                where=str(path),
                remedy=msg("Put it back, or choose where it is now."),
            )
        suffix = path.suffix.lower()
        if suffix == SUFFIX:
            return GeoPackageUnderlay(path, plane, system)
        if suffix in SUFFIXES:
            return RasterUnderlay(path, plane, system)
        raise InputFileError(
            msg("This cannot be laid under the map."),
            where=path.name,
            remedy=msg("Laid under the map are GeoPackage, GeoTIFF, and images with a world file."),
        )

    def systems(self, plane: Plane) -> list[tuple[str, str]]:
        """The systems that files about this part of the country are likely in: definition, name."""
        numbers = (CGCS2000, plane.epsg, systems.with_prefix(plane.epsg), *_EVERYWHERE)
        return [(f"EPSG:{one}", systems.system_of(f"EPSG:{one}").name) for one in numbers]

"""Boundary files of every kind, read into plots and written again."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path

from landsteward.app.boundaries_file import (
    BoundaryFile,
    BoundaryFormat,
    ReadPlot,
    numbered,
    unread_plot,
)
from landsteward.app.importing import ReportProgress, RowNote
from landsteward.domain.boundaries import BoundaryLimits, ParcelBoundary
from landsteward.domain.errors import InputFileError
from landsteward.domain.text import msg
from landsteward.exchange import measuring, writing
from landsteward.exchange.features import plot_of
from landsteward.exchange.gdal import SHAPE_PARTS, read_gdal
from landsteward.exchange.geojson import read_geojson
from landsteward.exchange.settings import settings
from landsteward.exchange.sources import Source, sources_in
from landsteward.exchange.text import decoded
from landsteward.exchange.txt import looks_like_txt, read_txt

_Read = tuple[list[ReadPlot], list[RowNote]]
_BY_NAME = (*SHAPE_PARTS, ".kml", ".kmz", ".dxf", ".geojson", ".json", ".zip")
_ENOUGH = 64 * 1024
"""Bytes of a text that tell what it is."""


class GeometryFiles:
    """Reads 界址点 TXT, GeoJSON, Shapefile, KML and DXF; also from a folder or an archive."""

    @property
    def limits(self) -> BoundaryLimits:
        """From when on something is said of a boundary."""
        return settings().limits

    def read(self, path: Path, progress: ReportProgress | None = None) -> BoundaryFile:
        """The plots of a file, folder or archive. Raises InputFileError where it has none.

        Of several files in it those that cannot be read are refused by themselves.
        """
        plots: list[ReadPlot] = []
        notes: list[RowNote] = []
        with sources_in(path) as (sources, sha256):
            for at, source in enumerate(sources):
                if progress is not None:
                    progress(at, len(sources))
                found, said = self._read_one(source, path, len(plots), alone=len(sources) == 1)
                plots += found
                notes += said
                if len(plots) > settings().size.plots:
                    raise InputFileError(
                        msg("More than {count} plots.", count=settings().size.plots),
                        where=path.name,
                        remedy=msg("Split it into several files."),
                    )
        if not plots:
            raise InputFileError(
                msg("There is no plot in it."),
                where=path.name,
                remedy=msg("A boundary TXT has a line ending in @ for every plot."),
            )
        return BoundaryFile(
            file_name=path.name, sha256=sha256, plots=tuple(plots), notes=tuple(notes)
        )

    def recognises(self, path: Path) -> bool:
        """Whether it looks like boundaries: by its name, a text by how it begins."""
        suffix = path.suffix.lower()
        if path.is_dir() or suffix in _BY_NAME:
            return True
        if suffix != ".txt":
            return False
        try:
            with path.open("rb") as file:
                beginning = file.read(_ENOUGH)
            # Not in the middle of a character.
            whole = beginning.rpartition(b"\n")[0] or beginning
            return looks_like_txt(decoded(whole, path.name))
        except (OSError, InputFileError):
            return False

    def _read_one(self, source: Source, path: Path, before: int, *, alone: bool) -> _Read:
        """The plots of one file; of several they are numbered through instead of by lines."""
        if alone:
            return self._read(source, path)
        try:
            found, said = self._read(source, path)
        except InputFileError as error:
            return [unread_plot(before + 1, source.name, error)], []
        return [numbered(one, before + at) for at, one in enumerate(found, 1)], said

    def shared_area(self, one: ParcelBoundary, other: ParcelBoundary) -> Decimal | None:
        """The area in m² that lies in both; None where it cannot be computed."""
        return measuring.shared_area(one, other)

    def written(self, boundaries: Sequence[ParcelBoundary], form: BoundaryFormat) -> bytes:
        """Boundaries as a file. Raises InputFileError where they cannot stand in one."""
        return _WRITERS[form](boundaries)

    def _read(self, source: Source, path: Path) -> _Read:
        where = source.name or path.name
        suffix = source.path.suffix.lower()
        if suffix in (".shp", ".kml", ".dxf"):
            return self._from_gdal(source, where)
        text = decoded(source.path.read_bytes(), where)
        if suffix in (".json", ".geojson") or text.lstrip().startswith("{"):
            features, definition = read_geojson(text, where)
            limits = self.limits
            return [plot_of(one, definition, limits, file=source.name) for one in features], []
        if not looks_like_txt(text):
            raise InputFileError(
                msg("This is no boundary file that can be read."),
                where=where,
                remedy=msg("Read are boundary TXT, GeoJSON, Shapefile, KML and DXF."),
            )
        return read_txt(text, self.limits, file=source.name)

    def _from_gdal(self, source: Source, where: str) -> _Read:
        layers = read_gdal(source.path, where)
        limits = self.limits
        plots = [
            plot_of(one, layers.definition, limits, file=source.name) for one in layers.features
        ]
        if not layers.passed_over:
            return plots, []
        reason = msg(
            "{count} elements of the drawing are no closed outline and were passed over.",
            count=layers.passed_over,
        )
        return plots, [RowNote(row=0, column="", value=where, reason=reason)]


_WRITERS: dict[BoundaryFormat, Callable[[Sequence[ParcelBoundary]], bytes]] = {
    BoundaryFormat.TXT: writing.as_txt,
    BoundaryFormat.GEOJSON: writing.as_geojson,
}

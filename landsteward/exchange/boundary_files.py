"""Boundary files of every kind, read into plots and written again."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from landsteward.app.boundaries_file import BoundaryFile, BoundaryFormat, ReadPlot
from landsteward.app.importing import RowNote
from landsteward.domain.boundaries import BoundaryLimits, ParcelBoundary
from landsteward.domain.errors import InputFileError
from landsteward.domain.text import msg
from landsteward.exchange import measuring, writing
from landsteward.exchange.features import plot_of
from landsteward.exchange.gdal import read_gdal
from landsteward.exchange.geojson import read_geojson
from landsteward.exchange.settings import settings
from landsteward.exchange.sources import Source, sources_in
from landsteward.exchange.text import decoded
from landsteward.exchange.txt import looks_like_txt, read_txt

_Read = tuple[list[ReadPlot], list[RowNote]]


class GeometryFiles:
    """Reads 界址点 TXT, GeoJSON, Shapefile, KML and DXF; also from a folder or an archive."""

    @property
    def limits(self) -> BoundaryLimits:
        """From when on something is said of a boundary."""
        return settings().limits

    def read(self, path: Path) -> BoundaryFile:
        """The plots of a file, folder or archive. Raises InputFileError where it has none."""
        plots: list[ReadPlot] = []
        notes: list[RowNote] = []
        with sources_in(path) as (sources, sha256):
            for source in sources:
                found, said = self._read(source, path)
                if len(sources) > 1:
                    # Lines of several files: the plots are numbered through instead.
                    found = [_renumbered(one, len(plots) + at) for at, one in enumerate(found, 1)]
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


def _renumbered(plot: ReadPlot, row: int) -> ReadPlot:
    refused = tuple(
        replace(note, row=row, value=f"{plot.file}: {note.value}") for note in plot.refused
    )
    return replace(plot, row=row, refused=refused)


_WRITERS: dict[BoundaryFormat, Callable[[Sequence[ParcelBoundary]], bytes]] = {
    BoundaryFormat.TXT: writing.as_txt,
    BoundaryFormat.GEOJSON: writing.as_geojson,
}

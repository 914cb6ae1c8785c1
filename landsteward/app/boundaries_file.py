"""A boundary file as a reader hands it over, and what else is asked of whoever knows geometry.

What reads files (`landsteward.exchange`) and the use cases (`landsteward.app.boundaries`) meet
here, so that neither needs to know the other.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from landsteward.app.importing import ReportProgress, RowNote
from landsteward.app.parcel_map import OutlinePage, ParcelMap
from landsteward.domain.boundaries import BoundaryLimits, Extent, Outline, ParcelBoundary, Shape
from landsteward.domain.errors import InputFileError
from landsteward.domain.register import Parcel


class BoundaryFormat(StrEnum):
    """What boundaries are written as."""

    TXT = "txt"
    GEOJSON = "geojson"


class ParcelMark(StrEnum):
    """By what a file may mean a parcel on record, best first.

    The land code is the first 19 characters of a unit code (GB/T 37346).
    """

    UNIT_CODE = "unit_code"
    LAND_CODE = "land_code"
    ELECTRONIC_NO = "electronic_no"
    NAME = "name"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadPlot:
    """A plot of a boundary file as it was understood; `shape` is None where it is refused.

    `row` is the line of a 界址点 file or the number of a feature from 1; `file` names the file
    inside an archive or folder. `unit_code` and `electronic_no` are what the file says, unchecked.
    """

    row: int
    shape: Shape | None
    refused: tuple[RowNote, ...] = ()
    plot_no: str = ""
    name: str = ""
    unit_code: str = ""
    electronic_no: str = ""
    land_use: str = ""
    stated_area_m2: Decimal | None = None
    header: tuple[tuple[str, str], ...] = ()
    attributes: tuple[tuple[str, str], ...] = ()
    file: str = ""

    @property
    def label(self) -> str:
        """By what a person knows it."""
        return self.name or self.plot_no or self.unit_code or self.electronic_no


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundaryFile:
    """Every plot of a file, in its order; `notes` are remarks on what is no plot."""

    file_name: str
    sha256: str
    plots: tuple[ReadPlot, ...]
    notes: tuple[RowNote, ...] = ()


def unread_plot(row: int, file: str, error: InputFileError) -> ReadPlot:
    """A file among others that cannot be read: refused, with its reason."""
    note = RowNote(row=row, column="", value=file, reason=error.what)
    return ReadPlot(row=row, shape=None, refused=(note,), name=file, file=file)


def read_together(
    paths: Sequence[Path], files: "BoundaryFiles", progress: ReportProgress | None = None
) -> BoundaryFile:
    """The plots of many files as if they were one; a file that cannot be read is a refused plot.

    Raises InputFileError where there is but one and it cannot be read.
    """
    if len(paths) == 1:
        return files.read(paths[0], progress)
    plots: list[ReadPlot] = []
    notes: list[RowNote] = []
    digest = hashlib.sha256()
    for at, path in enumerate(paths):
        if progress is not None:
            progress(at, len(paths))
        try:
            one = files.read(path)
        except InputFileError as error:
            plots.append(unread_plot(len(plots) + 1, path.name, error))
            continue
        digest.update(bytes.fromhex(one.sha256))
        notes += one.notes
        plots += [
            numbered(replace(plot, file=_inside(path, plot.file)), len(plots) + number)
            for number, plot in enumerate(one.plots, 1)
        ]
    return BoundaryFile(
        file_name=f"{paths[0].name} +{len(paths) - 1}",
        sha256=digest.hexdigest(),
        plots=tuple(plots),
        notes=tuple(notes),
    )


def _inside(path: Path, member: str) -> str:
    return f"{path.name}/{member}" if member else path.name


def numbered(plot: ReadPlot, row: int) -> ReadPlot:
    """A plot of one file among several: numbered through, its remarks with the file's name."""
    refused = tuple(
        replace(note, row=row, value=f"{plot.file}: {note.value}") for note in plot.refused
    )
    return replace(plot, row=row, refused=refused)


class BoundaryFiles(Protocol):
    """Reads and writes boundary files, and measures what shapes share."""

    @property
    def limits(self) -> BoundaryLimits:
        """From when on something is said of a boundary."""
        ...

    def read(self, path: Path, progress: ReportProgress | None = None) -> BoundaryFile:
        """The plots of a file, folder or archive. Raises InputFileError where it has none.

        Of several files in it those that cannot be read are refused by themselves.
        """
        ...

    def recognises(self, path: Path) -> bool:
        """Whether a file or folder looks like boundaries: by its name, a text by how it begins."""
        ...

    def shared_area(self, one: ParcelBoundary, other: ParcelBoundary) -> Decimal | None:
        """The area in m² that lies in both; None where it cannot be computed."""
        ...

    def written(self, boundaries: Sequence[ParcelBoundary], form: BoundaryFormat) -> bytes:
        """Boundaries as a file. Raises KnownError where they cannot stand in one."""
        ...


class BoundarySearch(Protocol):
    """Boundaries by where they lie, and the parcels that a file may mean."""

    def near(self, extent: Extent) -> list[ParcelBoundary]:
        """The boundaries whose boxes meet this one, oldest first."""
        ...

    def outlines_in(self, extent: Extent) -> Iterator[tuple[str, str, Outline]]:
        """Key and name of every parcel whose boundary's box meets this one, with its outline."""
        ...

    def of_parcels(self, parcel_ids: Sequence[str]) -> dict[str, ParcelBoundary]:
        """The boundaries of these parcels, by the parcel's key."""
        ...

    def parcels(self, mark: ParcelMark, values: Sequence[str]) -> dict[str, list[Parcel]]:
        """The parcels that bear one of these values, by value, oldest first."""
        ...

    def parcel_map(self, on: date) -> ParcelMap:
        """Every parcel that can be put on the map, with what maps are coloured by on a day."""
        ...

    def outlines(self, after: int, most: int) -> OutlinePage:
        """So many boundaries behind a place."""
        ...

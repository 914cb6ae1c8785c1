"""A boundary file as a reader hands it over, and what else is asked of whoever knows geometry.

What reads files (`landsteward.exchange`) and the use cases (`landsteward.app.boundaries`) meet
here, so that neither needs to know the other.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from landsteward.app.importing import RowNote
from landsteward.app.parcel_map import MapParcel
from landsteward.domain.boundaries import BoundaryLimits, Extent, ParcelBoundary, Shape
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


class BoundaryFiles(Protocol):
    """Reads and writes boundary files, and measures what shapes share."""

    @property
    def limits(self) -> BoundaryLimits:
        """From when on something is said of a boundary."""
        ...

    def read(self, path: Path) -> BoundaryFile:
        """The plots of a file. Raises InputFileError where it is none that can be read."""
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

    def of_parcels(self, parcel_ids: Sequence[str]) -> dict[str, ParcelBoundary]:
        """The boundaries of these parcels, by the parcel's key."""
        ...

    def parcels(self, mark: ParcelMark, values: Sequence[str]) -> dict[str, list[Parcel]]:
        """The parcels that bear one of these values, by value, oldest first."""
        ...

    def map_parcels(self) -> list[MapParcel]:
        """Every parcel that can be put on the map, with what maps are coloured by."""
        ...

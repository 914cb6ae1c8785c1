"""A roster as a reader hands it over: which sheet and columns it took, and every row understood.

What reads the file (`landsteward.tabular`), what imports it (`landsteward.app.rosters`) and what
shows it (the window) meet here, so that none needs to know the others.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any, Protocol

from landsteward.app.importing import RowNote
from landsteward.domain.land_supply import PlausibleLimits


class RosterKind(StrEnum):
    """What a row of a roster is about; the value is the word of the command line."""

    ENTERPRISES = "enterprises"
    PARCELS = "parcels"
    METRICS = "metrics"
    LAND_SUPPLY = "land-supply"


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnChoice:
    """What a person says of one column. `field` "": it is not taken over.

    `unit` and `year` None: as header, title or sheet say.
    """

    field: str
    unit: str | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What a person corrected in how a sheet is read; whatever is not said is found by itself.

    `header_row` is the row number a person sees; `columns` by index from 0, `year` is that of all
    figures for which the sheet says none.
    """

    sheet: str | None = None
    header_row: int | None = None
    columns: Mapping[int, ColumnChoice] = field(default_factory=dict)
    year: int | None = None


AS_FOUND = Correction()


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldOffer:
    """A field that a column may be given: its usual header, what it holds, and units to choose."""

    field: str
    name: str
    kind: str
    units: tuple[str, ...] = ()
    default_unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnSeen:
    """One column and what it is taken for; `field` is "" where it is not taken over.

    `unit` is the one its figures are read in, "" where it has none; `unit_said` tells whether the
    sheet (or a person) says so, or whether it is the usual one. `year` is that of its figures.
    """

    index: int
    label: str
    field: str = ""
    kind: str = ""
    unit: str = ""
    unit_said: bool = True
    year: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewRow:
    """A row as it stands in the file: the number a person sees, and its cells."""

    row: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetSeen:
    """How a file was understood, for a person to look over and correct.

    `header_row` None: no header was found, and `columns` have no fields; a person may name the row
    (`Correction.header_row`). `header_lines` is 2 where names stand in two lines. `preview` are the
    first rows from the top, titles and header among them. `layout` is the key under which a
    correction of this layout is remembered, "" without a header; `remembered` tells whether one was
    applied. `missing` are the usual headers of which one at least must be given to a column.
    """

    file_name: str
    sheets: tuple[str, ...]
    sheet: str
    header_row: int | None
    header_lines: int
    columns: tuple[ColumnSeen, ...]
    preview: tuple[PreviewRow, ...]
    offers: tuple[FieldOffer, ...]
    layout: str
    year: int | None = None
    remembered: bool = False
    missing: tuple[str, ...] = ()


Values = Mapping[str, Any]
"""What a row says, by field; a field it says nothing of is not in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterRow:
    """A row as it was understood: one entry, or of yearly metrics one for each year it speaks of.

    Refused rows have no entries; `refused` says why. Nor have those that only carry on with the row
    above (further payments): `goes_on`.
    """

    row: int
    entries: tuple[Values, ...] = ()
    goes_on: bool = False
    refused: tuple[RowNote, ...] = ()
    doubts: tuple[RowNote, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterTable:
    """The roster of one sheet.

    `reading` identifies how the columns were taken: with the same file and reading nothing new is
    said. `labels` are the headers of the fields; `cells(i)` are the cells of `rows[i]` with headers
    by which they are understood anew; `cell(i, field, year)` is the one that counts for a field.
    `limits`: above them values are asked about. `notes` are remarks on the whole.
    """

    kind: RosterKind
    file_name: str
    sha256: str
    reading: str
    seen: SheetSeen
    rows: Sequence[RosterRow]
    limits: PlausibleLimits
    notes: tuple[RowNote, ...]
    label: Callable[[str, int | None], str]
    cell: Callable[[int, str, int | None], str]
    cells: Callable[[int], tuple[tuple[str, str], ...]]


Remembered = Mapping[str, Correction]
"""The corrections that are remembered, by the key of the layout each belongs to."""

NOTHING_REMEMBERED: Remembered = {}


class RosterReader(Protocol):
    """Reads files of rosters. Both raise InputFileError for a file that is no table.

    A correction goes before what is remembered, and that before what is found.
    """

    def look(
        self,
        path: Path,
        kind: RosterKind,
        correction: Correction = AS_FOUND,
        remembered: Remembered = NOTHING_REMEMBERED,
    ) -> SheetSeen:
        """How the file is understood, whether that is enough to read it or not."""
        ...

    def read(
        self,
        path: Path,
        kind: RosterKind,
        correction: Correction = AS_FOUND,
        remembered: Remembered = NOTHING_REMEMBERED,
    ) -> RosterTable:
        """The roster in the file. Raises InputFileError where no header is found either."""
        ...

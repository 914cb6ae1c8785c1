"""A table of land supply as a reader hands it over: every row understood, or refused with reasons.

What reads the file (`landsteward.tabular`) and what imports it (`landsteward.app.land_supply`)
meet here, so that neither needs to know the other.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from landsteward.app.importing import RowNote
from landsteward.domain.land_supply import PlausibleLimits, SupplyRow


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadRow:
    """A row as it was understood. `supply` is None where it is refused (`refused` says why) or
    only goes on with the row above (further payments).
    """

    row: int
    supply: SupplyRow | None
    refused: tuple[RowNote, ...] = ()
    doubts: tuple[RowNote, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplyTable:
    """The table of one file.

    `labels` are the headers of the fields; `cells(i)` are the cells of `rows[i]` with their
    headers, as text; `cell(i, field)` is the one that counts for a field. `notes` are remarks on
    the table as a whole.
    """

    file_name: str
    sha256: str
    sheet: str
    rows: Sequence[ReadRow]
    labels: Mapping[str, str]
    limits: PlausibleLimits
    ignored_columns: tuple[str, ...]
    notes: tuple[RowNote, ...]
    cell: Callable[[int, str], str]
    cells: Callable[[int], tuple[tuple[str, str], ...]]


class SupplyReader(Protocol):
    """Reads a file of land supply."""

    def read(self, path: Path) -> SupplyTable:
        """The table in a file. Raises InputFileError where there is none."""
        ...

"""Sheets of land supply (供地结果) read into rows the program understands."""

from collections.abc import Sequence
from pathlib import Path

from landsteward.app.land_supply_table import ReadRow, SupplyTable
from landsteward.domain.errors import InputFileError
from landsteward.domain.text import msg
from landsteward.tabular.files import LARGEST_FILE, load, read_grids
from landsteward.tabular.grid import Grid
from landsteward.tabular.headers import HeaderFinder
from landsteward.tabular.sheet_rows import (
    ABOVE_THE_ROWS,
    SheetRows,
    nothing_there,
    only_a_header,
    only_this_sheet,
    refuse_too_many,
)
from landsteward.tabular.supply_columns import read_columns
from landsteward.tabular.vocabulary import SupplyVocabulary, land_supply_words


class LandSupplySheets:
    """Reads files of land supply; what a header may say is data (resources/tabular)."""

    def __init__(
        self, words: SupplyVocabulary | None = None, *, largest_file: int = LARGEST_FILE
    ) -> None:
        self._words = words or land_supply_words()
        self._finder = HeaderFinder(self._words)
        self._largest = largest_file

    def read(self, path: Path) -> SupplyTable:
        """The supplies in a file: of its sheets, the first whose header fits.

        Raises InputFileError for a file that is no table, has no header or too many rows.
        """
        file = load(Path(path), largest=self._largest)
        enough = self._words.size.rows + ABOVE_THE_ROWS
        grids = read_grids(file, self._finder.score, enough=enough)
        fitting = [(grid, header) for grid in grids if (header := self._finder.find(grid.rows))]
        if not fitting:
            raise self._no_header(file.path, grids)
        grid, header = fitting[0]
        refuse_too_many(file.path, grid, header, limit=self._words.size.rows)
        sheet = SheetRows(
            grid=grid,
            header=header,
            words=self._words,
            total=msg("A line of totals, not a supply: passed over."),
        )
        rows = _read_rows(sheet, self._words)
        if not rows:
            raise only_a_header(file.path, grid)
        others = [other for other, _ in fitting[1:]]
        return SupplyTable(
            file_name=file.path.name,
            sha256=file.sha256,
            sheet=grid.name,
            rows=rows,
            labels={name: header.label(name) for name in header.fields},
            limits=self._words.limits(),
            ignored_columns=tuple(header.others.values()),
            notes=(*sheet.notes, *only_this_sheet(grid, header, others)),
            cell=sheet.cell,
            cells=sheet.cells,
        )

    def _no_header(self, path: Path, grids: Sequence[Grid]) -> InputFileError:
        seen = max((self._finder.seen(grid.rows) for grid in grids), key=len, default="")
        if not seen:
            return nothing_there(path)
        needed = [self._words.fields[name].names[0] for name in self._words.header.one_of]
        others = [
            self._words.fields[name].names[0] for name in ("district", "area_m2", "signed_on")
        ]
        return InputFileError(
            msg(
                "No header of a land supply list was found. The file begins with: {seen}", seen=seen
            ),
            where=str(path),
            remedy=msg(
                "One of the first rows must name the columns: {needed} (one of them at least), and "
                "others such as {others}.",
                needed=", ".join(needed),
                others=", ".join(others),
            ),
        )


def _read_rows(sheet: SheetRows, words: SupplyVocabulary) -> list[ReadRow]:
    """Every row below the header, in the file's order; empty ones are left out."""
    columns = read_columns(sheet.rows, sheet.numbers, sheet.header, words)
    sheet.notes.extend(columns.notes)
    read: list[ReadRow] = []
    for at, number in enumerate(sheet.numbers):
        if sheet.goes_on(at) and read:
            read.append(ReadRow(row=number, supply=None))
        elif (refusal := sheet.refusal(at)) is not None:
            read.append(ReadRow(row=number, supply=None, refused=(refusal,)))
        elif (remarks := columns.remarks.get(at)) is None:
            read.append(ReadRow(row=number, supply=columns.supply(at)))
        elif remarks.refused:
            read.append(ReadRow(row=number, supply=None, refused=tuple(remarks.refused)))
        else:
            read.append(
                ReadRow(row=number, supply=columns.supply(at), doubts=tuple(remarks.doubts))
            )
    return read

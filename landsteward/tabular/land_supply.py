"""Sheets of land supply (供地结果) read into rows the program understands."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path

from landsteward.app.importing import RowNote
from landsteward.app.land_supply_table import ReadRow, SupplyTable
from landsteward.domain.errors import InputFileError
from landsteward.domain.identifiers import compact
from landsteward.domain.text import Message, msg
from landsteward.tabular.columns import LONGEST_SHOWN, read_columns
from landsteward.tabular.files import LARGEST_FILE, load, read_grids
from landsteward.tabular.grid import Grid, Row, is_blank
from landsteward.tabular.headers import LOOKED_AT, Header, HeaderFinder
from landsteward.tabular.values import clean_text, shown_cell
from landsteward.tabular.vocabulary import Vocabulary, land_supply_words

_ABOVE_THE_ROWS = 5 * LOOKED_AT
"""More lines than ever stand above the supplies: titles, units, the header."""


class LandSupplySheets:
    """Reads files of land supply; what a header may say is data (resources/tabular)."""

    def __init__(
        self, words: Vocabulary | None = None, *, largest_file: int = LARGEST_FILE
    ) -> None:
        self._words = words or land_supply_words()
        self._finder = HeaderFinder(self._words)
        self._largest = largest_file

    def read(self, path: Path) -> SupplyTable:
        """The supplies in a file: of its sheets, the first whose header fits.

        Raises InputFileError for a file that is no table, has no header or too many rows.
        """
        file = load(Path(path), largest=self._largest)
        enough = self._words.size.rows + _ABOVE_THE_ROWS
        grids = read_grids(file, self._finder.score, enough=enough)
        fitting = [(grid, header) for grid in grids if (header := self._finder.find(grid.rows))]
        if not fitting:
            raise self._no_header(file.path, grids)
        grid, header = fitting[0]
        self._refuse_too_many(file.path, grid, header)
        sheet = _Sheet(grid=grid, header=header, words=self._words)
        rows = sheet.rows()
        if not rows:
            raise InputFileError(
                msg("The file has a header, but no rows below it."),
                where=_place(file.path, grid),
                remedy=msg("Check that it is the file you mean."),
            )
        notes = list(sheet.notes)
        if others := [other.name for other, _ in fitting[1:]]:
            notes.append(
                RowNote(
                    row=grid.numbers[header.rows[0]],
                    column="",
                    value=", ".join(others),
                    reason=msg(
                        "Only the sheet “{sheet}” was read; save the others as files of their own.",
                        sheet=grid.name,
                    ),
                )
            )
        return SupplyTable(
            file_name=file.path.name,
            sha256=file.sha256,
            sheet=grid.name,
            rows=rows,
            labels={name: header.label(name) for name in header.fields},
            limits=self._words.limits(),
            ignored_columns=tuple(header.others.values()),
            notes=tuple(notes),
            cell=sheet.cell,
            cells=sheet.cells,
        )

    def _refuse_too_many(self, path: Path, grid: Grid, header: Header) -> None:
        limit = self._words.size.rows
        if len(grid.rows) <= limit:
            return
        count = sum(1 for row in grid.rows[header.rows[1] + 1 :] if not is_blank(row))
        if count > limit:
            raise InputFileError(
                msg(
                    "The sheet has more than {limit} rows; more are not read at once.",
                    limit=limit,
                ),
                where=_place(path, grid),
                remedy=msg(
                    "Split it, for example by month, and import the parts one after another."
                ),
            )

    def _no_header(self, path: Path, grids: Sequence[Grid]) -> InputFileError:
        seen = max((self._finder.seen(grid.rows) for grid in grids), key=len, default="")
        if not seen:
            return InputFileError(
                msg("There is nothing in the file."),
                where=str(path),
                remedy=msg("Check that it is the file you mean."),
            )
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


def _place(path: Path, grid: Grid) -> str:
    return str(path) if grid.name == path.name else f"{path} · {grid.name}"


class _Sheet:
    """One sheet under its header, read column by column: cells repeat down a column."""

    def __init__(self, *, grid: Grid, header: Header, words: Vocabulary) -> None:
        self._header = header
        self._words = words
        self._broken = grid.broken
        self._labels = header.labels()
        self.notes: list[RowNote] = []
        self._rows: list[Row] = []
        self._numbers: list[int] = []
        self._known = [column.index for column in header.columns]
        first = header.rows[1] + 1
        for row, number in zip(grid.rows[first:], grid.numbers[first:], strict=True):
            if not any(row) or is_blank(row) or self._only_numbered(row):
                continue
            if self._is_header_again(row):
                self._pass_over(number, "", msg("The header again: passed over."))
                continue
            if number not in self._broken and self._is_total(row):
                reason = msg("A line of totals, not a supply: passed over.")
                self._pass_over(number, self._first(row), reason)
                continue
            self._rows.append(row)
            self._numbers.append(number)

    def rows(self) -> list[ReadRow]:
        """Every row below the header, in the file's order; empty ones are left out."""
        columns = read_columns(self._rows, self._numbers, self._header, self._words)
        self.notes.extend(columns.notes)
        read: list[ReadRow] = []
        for at, number in enumerate(self._numbers):
            if self._goes_on(at) and read:
                read.append(ReadRow(row=number, supply=None))
            elif (refusal := self._refusal(at)) is not None:
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

    def cell(self, at: int, name: str) -> str:
        """The cell that counts for a field in the row at an index: the last that is filled."""
        filled = [
            shown
            for column in self._header.columns
            if column.field == name and (shown := self._shown(at, column.index).strip())
        ]
        return filled[-1] if filled else ""

    def _shown(self, at: int, index: int) -> str:
        row = self._rows[at]
        return shown_cell(row[index]) if index < len(row) else ""

    def cells(self, at: int) -> tuple[tuple[str, str], ...]:
        """All cells of the row at an index, each with its header."""
        width = max(len(self._rows[at]), len(self._labels))
        return tuple((self._portable(index), self._shown(at, index)) for index in range(width))

    def _portable(self, index: int) -> str:
        """A column's header that says its unit also where only a line above it did."""
        label = self._labels[index] if index < len(self._labels) else ""
        for column in self._header.columns:
            if column.index == index and column.unit and column.unit not in compact(label).lower():
                return f"{label}({column.unit})"
        return label

    # --- rows that are none -----------------------------------------------------------------

    def _only_numbered(self, row: Row) -> bool:
        """Whether nothing but a running number stands in a row: a form's empty line."""
        numbering = self._header.numbering
        return bool(numbering) and all(
            at in numbering or not shown_cell(cell).strip() for at, cell in enumerate(row)
        )

    def _is_header_again(self, row: Row) -> bool:
        return all(
            clean_text(row[at] if at < len(row) else "") == self._labels[at] for at in self._known
        )

    def _is_total(self, row: Row) -> bool:
        return self._first(row).rstrip(":：") in self._words.others.totals

    def _pass_over(self, number: int, value: str, reason: Message) -> None:
        """Leave a row out that is no supply and none that failed; it does not count as a row."""
        self.notes.append(RowNote(row=number, column="", value=value, reason=reason))

    def _filled(self, at: int, indexes: Iterable[int]) -> bool:
        row = self._rows[at]
        for index in indexes:
            cell = row[index] if index < len(row) else None
            if cell not in ("", None) and not (isinstance(cell, str) and cell.isspace()):
                return True
        return False

    def _goes_on(self, at: int) -> bool:
        """Whether a row only carries on with the supply above: a further payment."""
        if self._numbers[at] in self._broken or not self._header.payment:
            return False
        return not self._filled(at, self._known) and self._filled(at, self._header.payment)

    def _refusal(self, at: int) -> RowNote | None:
        """Why a row is no supply at all."""
        number, row = self._numbers[at], self._rows[at]
        reason = self._broken.get(number)
        if reason is None and not self._filled(at, self._known):
            reason = msg("None of the columns that are read is filled.")
        if reason is None:
            return None
        return RowNote(row=number, column="", value=self._first(row), reason=reason)

    def _first(self, row: Row) -> str:
        """The first cell with anything in it, without white space inside."""
        for cell in row:
            if cell not in ("", None) and (text := _tight(shown_cell(cell))):
                return text[:LONGEST_SHOWN]
        return ""


@lru_cache(maxsize=1024)
def _tight(text: str) -> str:
    """A cell without white space inside; first cells often repeat downwards."""
    return compact(clean_text(text))

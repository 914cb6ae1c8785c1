"""The rows below a sheet's header, told from titles, totals and whatever else is none."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path

from landsteward.app.importing import RowNote
from landsteward.domain.errors import InputFileError
from landsteward.domain.identifiers import compact
from landsteward.domain.text import Message, msg
from landsteward.tabular.columns import LONGEST_SHOWN
from landsteward.tabular.grid import Grid, Row, is_blank
from landsteward.tabular.headers import LOOKED_AT, Header
from landsteward.tabular.values import clean_text, shown_cell
from landsteward.tabular.vocabulary import Vocabulary

_EMPTY = ("", None)
ABOVE_THE_ROWS = 5 * LOOKED_AT
"""More lines than ever stand above the rows: titles, units, the header."""


def refuse_too_many(path: Path, grid: Grid, header: Header, *, limit: int) -> None:
    """Raise InputFileError for a sheet with more rows than are read at once."""
    if len(grid.rows) <= limit:
        return
    count = sum(1 for row in grid.rows[header.rows[1] + 1 :] if not is_blank(row))
    if count > limit:
        raise InputFileError(
            msg("The sheet has more than {limit} rows; more are not read at once.", limit=limit),
            where=_place(path, grid),
            remedy=msg("Split it, for example by month, and import the parts one after another."),
        )


def only_a_header(path: Path, grid: Grid) -> InputFileError:
    """The refusal of a sheet with nothing below its header."""
    return InputFileError(
        msg("The file has a header, but no rows below it."),
        where=_place(path, grid),
        remedy=msg("Check that it is the file you mean."),
    )


def nothing_there(path: Path) -> InputFileError:
    """The refusal of a file whose sheets are all empty."""
    return InputFileError(
        msg("There is nothing in the file."),
        where=str(path),
        remedy=msg("Check that it is the file you mean."),
    )


def only_this_sheet(grid: Grid, header: Header, others: Sequence[Grid]) -> list[RowNote]:
    """What is said of further sheets that fit as well."""
    if not others:
        return []
    return [
        RowNote(
            row=grid.numbers[header.rows[0]],
            column="",
            value=", ".join(other.name for other in others),
            reason=msg(
                "Only the sheet “{sheet}” was read; save the others as files of their own.",
                sheet=grid.name,
            ),
        )
    ]


def _place(path: Path, grid: Grid) -> str:
    return str(path) if grid.name == path.name else f"{path} · {grid.name}"


class SheetRows:
    """The rows of one sheet below its header, without those that are none (`notes` names them)."""

    def __init__(self, *, grid: Grid, header: Header, words: Vocabulary, total: Message) -> None:
        """`total` says what is remarked on a line of totals."""
        self.header = header
        self._words = words
        self._broken = grid.broken
        self._labels = header.labels()
        self.notes: list[RowNote] = []
        self.rows: list[Row] = []
        self.numbers: list[int] = []
        self._known = [column.index for column in header.columns]
        self._numbering = header.numbering
        self._total_signs = frozenset(word[0] for word in words.others.totals)
        first = header.rows[1] + 1
        for row, number in zip(grid.rows[first:], grid.numbers[first:], strict=True):
            if not any(row) or is_blank(row):
                continue
            if self._numbering and self._only_numbered(row):
                continue
            if self._is_header_again(row):
                self._pass_over(number, "", msg("The header again: passed over."))
                continue
            if number not in self._broken and self._is_total(row):
                self._pass_over(number, self._first(row), total)
                continue
            self.rows.append(row)
            self.numbers.append(number)

    def cell(self, at: int, name: str) -> str:
        """The cell that counts for a field in the row at an index: the last that is filled."""
        filled = [
            shown
            for column in self.header.columns
            if column.field == name and (shown := self._shown(at, column.index).strip())
        ]
        return filled[-1] if filled else ""

    def _shown(self, at: int, index: int) -> str:
        row = self.rows[at]
        return shown_cell(row[index]) if index < len(row) else ""

    def cells(self, at: int) -> tuple[tuple[str, str], ...]:
        """All cells of the row at an index, each with its header."""
        width = max(len(self.rows[at]), len(self._labels))
        return tuple((self.portable(index), self._shown(at, index)) for index in range(width))

    def portable(self, index: int) -> str:
        """A column's header that says its unit also where only a line above it did."""
        label = self._labels[index] if index < len(self._labels) else ""
        for column in self.header.columns:
            if column.index == index and column.unit and column.unit not in compact(label).lower():
                return f"{label}({column.unit})"
        return label

    # --- rows that are none -----------------------------------------------------------------

    def _only_numbered(self, row: Row) -> bool:
        """Whether nothing but a running number stands in a row: a form's empty line."""
        for at, cell in enumerate(row):
            # Most rows have something in one of their first cells.
            if at not in self._numbering and cell not in _EMPTY and shown_cell(cell).strip():
                return False
        return True

    def _is_header_again(self, row: Row) -> bool:
        first = row[self._known[0]] if self._known and self._known[0] < len(row) else ""
        # A header over again begins like the header: most rows need no second look.
        if isinstance(first, str) and self._labels[self._known[0]][:1] not in first:
            return False
        return all(
            clean_text(row[at] if at < len(row) else "") == self._labels[at] for at in self._known
        )

    def _is_total(self, row: Row) -> bool:
        for cell in row:
            if cell not in _EMPTY:
                # A figure sums nothing up by itself; most rows begin with one, or with a name.
                if not isinstance(cell, str) or self._total_signs.isdisjoint(cell):
                    return False
                break
        return self._first(row).rstrip(":：") in self._words.others.totals

    def _pass_over(self, number: int, value: str, reason: Message) -> None:
        """Leave a row out that is none, and none that failed; it does not count as a row."""
        self.notes.append(RowNote(row=number, column="", value=value, reason=reason))

    def _filled(self, at: int, indexes: Iterable[int]) -> bool:
        row = self.rows[at]
        for index in indexes:
            cell = row[index] if index < len(row) else None
            if cell not in _EMPTY and not (isinstance(cell, str) and cell.isspace()):
                return True
        return False

    def goes_on(self, at: int) -> bool:
        """Whether a row only carries on with the one above: a further payment."""
        if self.numbers[at] in self._broken or not self.header.payment:
            return False
        return not self._filled(at, self._known) and self._filled(at, self.header.payment)

    def refusal(self, at: int, *, filled: bool) -> RowNote | None:
        """Why a row says nothing at all that is read; `filled`: it is known to say something."""
        number = self.numbers[at]
        reason = self._broken.get(number) if self._broken else None
        if reason is None and not (filled or self._filled(at, self._known)):
            reason = msg("None of the columns that are read is filled.")
        if reason is None:
            return None
        return RowNote(row=number, column="", value=self._first(self.rows[at]), reason=reason)

    def _first(self, row: Row) -> str:
        """The first cell with anything in it, without white space inside."""
        for cell in row:
            if cell not in _EMPTY and (text := _tight(shown_cell(cell))):
                return text[:LONGEST_SHOWN]
        return ""


@lru_cache(maxsize=1024)
def _tight(text: str) -> str:
    """A cell without white space inside; first cells often repeat downwards."""
    return compact(clean_text(text))

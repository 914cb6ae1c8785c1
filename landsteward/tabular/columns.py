"""The columns of a sheet read cell by cell, one column after the other.

Cells repeat down a column (uses, methods, dates): each different one is read once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import TypeVar

from landsteward.app.importing import RowNote
from landsteward.domain.land_supply import same_value
from landsteward.domain.text import Message, msg
from landsteward.tabular.grid import Row
from landsteward.tabular.headers import Column, Header
from landsteward.tabular.values import Doubtful, Reader, Unreadable, clean_text, shown_cell
from landsteward.tabular.vocabulary import Vocabulary

T = TypeVar("T")

LONGEST_SHOWN = 120
# Asked of every different cell: a union put together there would take longer than the asking.
_ODD = (Unreadable, Doubtful)


@dataclass(slots=True)
class Remarks:
    """What was said of one row while its cells were read."""

    refused: list[RowNote] = field(default_factory=list)
    doubts: list[RowNote] = field(default_factory=list)


class ColumnReading:
    """Reads the columns of some rows under a header; what is said of rows (by index in them) and
    of the whole gathers in `remarks` and `notes`.
    """

    def __init__(
        self, rows: Sequence[Row], numbers: Sequence[int], header: Header, words: Vocabulary
    ) -> None:
        self.header = header
        self.words = words
        self.remarks: dict[int, Remarks] = {}
        self.notes: list[RowNote] = []
        self._rows = rows
        self._numbers = numbers
        self._by_column = list(zip_longest(*rows))
        self._nothing = [None] * len(rows)

    def _cells(self, index: int) -> Sequence[object]:
        cells = self._by_column[index] if index < len(self._by_column) else self._nothing
        if bool in set(map(type, cells)):
            # TRUE equals 1, but is none: it would be taken for one where cells are remembered.
            return [shown_cell(raw) if isinstance(raw, bool) else raw for raw in cells]
        return cells

    def joined(
        self, columns: Sequence[Column], readers: Mapping[Column, Reader[T]], blank: T
    ) -> list[T]:
        """The values of a field's columns as one; `blank` where none of them is filled.

        Of columns that repeat, the later one counts where it is filled; where the two say
        different things, that is said.
        """
        joined: list[T] = [blank] * len(self._rows)
        for count, column in enumerate(columns):
            values = self.values(column, readers[column], blank)
            if count == 0:
                joined = values
                continue
            earlier = columns[count - 1]
            for at, (mine, before) in enumerate(zip(values, joined, strict=True)):
                if mine in (blank, before):
                    continue
                if before != blank and not same_value(mine, before):
                    self.doubt(
                        at,
                        earlier,
                        msg(
                            "The column “{label}” says {value}: that is taken.",
                            label=column.label,
                            value=self._shown(at, column),
                        ),
                    )
                joined[at] = mine
        return joined

    def values(self, column: Column, reader: Reader[T], blank: T) -> list[T]:
        """One column's values; cells that cannot be read are noted and blank."""
        cells = self._cells(column.index)
        plain: dict[object, T] = {}
        odd: dict[object, Unreadable | Doubtful[T]] = {}
        for raw in set(cells):
            read = reader(raw)
            if isinstance(read, _ODD):
                odd[raw] = read
                plain[raw] = blank if isinstance(read, Unreadable) else read.value
            else:
                plain[raw] = read
        for at, raw in enumerate(cells) if odd else ():
            if (remark := odd.get(raw)) is None:
                continue
            if isinstance(remark, Unreadable):
                self._of(at).refused.append(self.note(at, column, remark.reason))
            else:
                self.doubt(at, column, remark.reason)
        return [plain[raw] for raw in cells]

    # --- remarks ----------------------------------------------------------------------------

    def _of(self, at: int) -> Remarks:
        return self.remarks.setdefault(at, Remarks())

    def doubt(self, at: int, column: Column, reason: Message) -> None:
        """Say what is odd about a cell that was read."""
        self._of(at).doubts.append(self.note(at, column, reason))

    def note(self, at: int, column: Column, reason: Message) -> RowNote:
        """A remark on the cell of a column in the row at an index."""
        return RowNote(
            row=self._numbers[at],
            column=column.label,
            value=self._shown(at, column),
            reason=reason,
        )

    def _shown(self, at: int, column: Column) -> str:
        row = self._rows[at]
        raw = row[column.index] if column.index < len(row) else None
        return clean_text(shown_cell(raw))[:LONGEST_SHOWN]

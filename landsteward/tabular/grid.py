"""A sheet as it stands in a file: rows of raw cells with the row numbers a person sees."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from landsteward.domain.text import Message

Row = Sequence[object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """One sheet. `numbers[i]` is the number of `rows[i]` as spreadsheet or editor shows it.

    `broken` says of some row numbers why their cells cannot be told apart.
    """

    name: str
    rows: Sequence[Row]
    numbers: Sequence[int]
    broken: Mapping[int, Message] = field(default_factory=dict)


def is_blank(row: Row) -> bool:
    """Whether no cell of a row holds anything but white space."""
    return all(
        cell is None or (isinstance(cell, str) and (not cell or cell.isspace())) for cell in row
    )

"""A sheet as plain rows of text: for lists whose columns nobody has to tell apart."""

from collections.abc import Sequence
from pathlib import Path

from landsteward.tabular.files import load, read_grids
from landsteward.tabular.grid import is_blank

_MOST_ROWS = 200_000


def read_rows(path: Path) -> list[list[str]]:
    """The cells of a file's first sheet as they read, blank rows at its end left out.

    Raises InputFileError.
    """
    grids = read_grids(load(path), _cells, enough=_MOST_ROWS)
    rows = [[_text(cell) for cell in row] for row in grids[0].rows] if grids else []
    while rows and is_blank(rows[-1]):
        rows.pop()
    return rows


def _cells(rows: Sequence[Sequence[object]]) -> int:
    """A sign that parts more cells parts better."""
    return sum(len(row) for row in rows)


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return " ".join(str(cell).split())

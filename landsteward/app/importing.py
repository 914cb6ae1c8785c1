"""What every import of a sheet has in common: remarks on cells, what becomes of rows, progress."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Protocol

from landsteward.app.context import Context
from landsteward.app.language import render
from landsteward.domain.documents import ImportReject
from landsteward.domain.text import Message

ReportProgress = Callable[[int, int], None]
"""Told how much of how much is done; raises to stop the work, which then leaves nothing."""


class Outcome(StrEnum):
    """What became of a row; every row has exactly one."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True, kw_only=True)
class RowNote:
    """A remark on one cell: why its row is refused, or what is odd about it.

    `row` is the row number a person sees in the file, `column` the header as it stands there; both
    column and value are "" where the remark is on the whole row.
    """

    row: int
    column: str
    value: str
    reason: Message


def import_document(
    counts: Counter[Outcome], refused: Sequence[RowNote], warnings: Sequence[RowNote]
) -> dict[str, Any]:
    """The document of `landsteward import --json`, the same for every kind of sheet."""
    return {
        "rows": counts.total(),
        "created": counts[Outcome.CREATED],
        "updated": counts[Outcome.UPDATED],
        "unchanged": counts[Outcome.UNCHANGED],
        "rejected": [_worded(note) for note in refused],
        "warnings": [_worded(note) for note in warnings],
    }


def _worded(note: RowNote) -> dict[str, Any]:
    return {
        "row": note.row,
        "column": note.column,
        "value": note.value,
        "reason": render(note.reason),
    }


def rejects_of(
    ctx: Context,
    batch_id: str,
    refused: Mapping[int, Sequence[RowNote]],
    cells: Callable[[int], tuple[tuple[str, str], ...]],
) -> tuple[ImportReject, ...]:
    """The reasons of refused rows (by index in the table), each with all cells of its row."""
    return tuple(
        ImportReject(
            id=ctx.ids.new(),
            batch_id=batch_id,
            row=note.row,
            column=note.column,
            value=note.value,
            reason=render(note.reason),
            cells=cells(at),
        )
        for at, notes in refused.items()
        for note in notes
    )


class RefusedRowsWriter(Protocol):
    """Writes refused rows into a sheet that can be mended and imported again."""

    def write(self, path: Path, rejects: Sequence[ImportReject]) -> None:
        """Write the rows with their reasons. Raises InputFileError where it cannot."""
        ...


def refused_rows(ctx: Context, *, batch_id: str) -> list[ImportReject]:
    """The refused rows of an import, in the order of the file."""
    rejects = ctx.workspace.import_rejects.where(batch_id=batch_id)
    return sorted(rejects, key=lambda reject: reject.row)


def write_refused_rows(
    ctx: Context, *, batch_id: str, path: Path, writer: RefusedRowsWriter
) -> int:
    """Write the refused rows of an import into a sheet; gives how many rows there are."""
    rejects = refused_rows(ctx, batch_id=batch_id)
    writer.write(path, rejects)
    return len({reject.row for reject in rejects})

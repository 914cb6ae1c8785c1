"""What the window needs from below, handed in by the composition root.

ui imports neither db nor the PDF, nor the sheet reader: it gets these callables instead. Those
that open files run on the database thread or in the pool, never on the GUI thread.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from landsteward.app.context import Context
from landsteward.app.ports import Clock, IdSource, PackSource, Workspace
from landsteward.domain.documents import ImportBatch
from landsteward.domain.organisations import Person
from ui.settings import Settings


class TableLike(Protocol):
    """A table that was read from a file, opaque to the window."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RowNote:
    """One remark of an import on one row: refused, or imported with a warning.

    `row` is the row number a person sees in the file; the header is row 1.
    """

    row: int
    column: str
    value: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportOutcome:
    """What an import does or would do; `batch` is None for a preview."""

    rows: int
    created: int
    updated: int
    unchanged: int
    rejected: int
    refused: tuple[RowNote, ...]
    warnings: tuple[RowNote, ...]
    batch: ImportBatch | None = None


class ReportProgress(Protocol):
    """Called now and then by long work: how much of how much; raises to stop it."""

    def __call__(self, done: int, total: int) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetColumn:
    """A column of a sheet to write: its header, and whether its cells are figures or dates."""

    header: str
    kind: str = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """The outside world, as callables.

    `open_workspace`, `create_workspace` and `create_sample` raise `WorkspaceError`;
    `create_sample` fills a new file with the sample park. `read_table` and `write_table` work on
    files and raise `InputFileError` or `WorkspaceError`. `build_dossier` gives the PDF's bytes.
    """

    open_workspace: Callable[[Path], Workspace]
    create_workspace: Callable[[Path], Workspace]
    create_sample: Callable[[Path], None]
    read_table: Callable[[Path], TableLike]
    import_land_supply: Callable[[Context, TableLike, bool, ReportProgress], ImportOutcome]
    write_table: Callable[[Path, str, Sequence[SheetColumn], Sequence[Sequence[object]]], None]
    build_dossier: Callable[[Context, str], bytes]
    packs: PackSource
    clock: Clock
    ids: IdSource
    settings: Settings
    log_file: Path
    version: str

    def context(self, workspace: Workspace, actor: Person) -> Context:
        """A context for one piece of work."""
        return Context(
            workspace=workspace, actor=actor, clock=self.clock, ids=self.ids, packs=self.packs
        )

"""What the window needs from below, handed in by the composition root.

ui imports neither db nor the PDF, nor the sheet reader: it gets these callables instead. Those
that open files run on the database thread or in the pool, never on the GUI thread. What they
take and give is imported by whoever calls them: here the types are only named.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from landsteward.app.context import Context

if TYPE_CHECKING:
    from landsteward.app.boundaries_file import BoundaryFiles
    from landsteward.app.dossier_view import DossierView, FormView, RecheckFormView
    from landsteward.app.grading_paper import GradingPaper
    from landsteward.app.importing import RefusedRowsWriter
    from landsteward.app.map_shapes import MapGeometry
    from landsteward.app.pack_files import PackFiles
    from landsteward.app.pictures import PictureFiles
    from landsteward.app.ports.surroundings import Clock, IdSource, PackShelf
    from landsteward.app.ports.workspace import Workspace
    from landsteward.app.preparation import PreparationSheet
    from landsteward.app.reminders import Calendar, ReminderSheet
    from landsteward.app.rosters_table import RosterReader
    from landsteward.app.slip_view import SlipView
    from landsteward.app.underlays import UnderlayFiles
    from landsteward.app.visit_lines import DayPlanSheet
    from landsteward.domain.organisations import Person
    from ui.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetColumn:
    """A column of a sheet to write: its header, and whether its cells are figures or dates."""

    header: str
    kind: str = "text"


class TableWriter(Protocol):
    """Writes a list into a sheet."""

    def __call__(
        self,
        file: Path,
        title: str,
        columns: Sequence[SheetColumn],
        rows: Iterable[Sequence[object]],
        *,
        on_row: Callable[[int], None] | None = None,
    ) -> None:
        """`on_row` hears how many rows are written; what it raises ends the work."""
        ...


class DossierPrinter(Protocol):
    """Lays a dossier out."""

    def __call__(self, view: DossierView, *, on_page: Callable[[int], None] | None = None) -> bytes:
        """The PDF's bytes. `on_page` hears each page's number; what it raises ends the work."""
        ...


class FormPrinter(Protocol):
    """Lays a checkup's form out."""

    def __call__(
        self, view: FormView, *, blank: bool = False, on_page: Callable[[int], None] | None = None
    ) -> bytes:
        """The PDF's bytes; a `blank` one is for filling in by hand."""
        ...


class RecheckFormPrinter(Protocol):
    """Lays a recheck's form out."""

    def __call__(
        self, view: RecheckFormView, *, on_page: Callable[[int], None] | None = None
    ) -> bytes:
        """As `DossierPrinter` does."""
        ...


class GradingPrinter(Protocol):
    """Lays the results of a grading out."""

    def __call__(
        self, view: GradingPaper, *, on_page: Callable[[int], None] | None = None
    ) -> bytes:
        """As `DossierPrinter` does."""
        ...


class SlipPrinter(Protocol):
    """Lays a slip to another authority out."""

    def __call__(self, view: SlipView, *, on_page: Callable[[int], None] | None = None) -> bytes:
        """The PDF's bytes. `on_page` hears each page's number; what it raises ends the work."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """The outside world, as callables.

    `open_workspace`, `read_workspace` (for reading only), `create_workspace` and `create_sample`
    raise `WorkspaceError`, `open_workspace` an `OnlyReadableError` where reading would go;
    `create_sample` fills a new file with the sample park. `roster_reader`, `refused_rows_writer`
    and `write_table` raise `InputFileError` or `WorkspaceError`. `roster_reader` makes a reader for
    one import, which keeps the file it reads. `read_rows` gives the cells of a file's first sheet
    as they read, and raises an `InputFileError`.
    `build_dossier` gives a PDF's bytes; its view must have been detached from the workspace
    (`ui.papers.detached`) when it is called outside the database thread. `machine_user` is who
    is logged in where (`user@machine`). `build_preparation` gives a preparation sheet's,
    `build_reminders` those of reminder sheets; `calendar_file` the content of an .ics file.
    """

    open_workspace: Callable[[Path], Workspace]
    read_workspace: Callable[[Path], Workspace]
    create_workspace: Callable[[Path], Workspace]
    create_sample: Callable[[Path], None]
    roster_reader: Callable[[], RosterReader]
    boundary_files: Callable[[], BoundaryFiles]
    map_geometry: Callable[[], MapGeometry]
    underlay_files: Callable[[], UnderlayFiles]
    picture_files: Callable[[], PictureFiles]
    refused_rows_writer: RefusedRowsWriter
    write_table: TableWriter
    read_rows: Callable[[Path], list[list[str]]]
    build_dossier: DossierPrinter
    build_form: FormPrinter
    build_recheck_form: RecheckFormPrinter
    build_grading_list: GradingPrinter
    build_slip: SlipPrinter
    build_preparation: Callable[[PreparationSheet], bytes]
    build_day_plan: Callable[[DayPlanSheet], bytes]
    build_reminders: Callable[[ReminderSheet], bytes]
    calendar_file: Callable[[Calendar], bytes]
    packs: PackShelf
    pack_files: Callable[[], PackFiles]
    clock: Clock
    ids: IdSource
    settings: Settings
    machine_user: str
    log_file: Path
    ask_version: Callable[[], str]

    @property
    def version(self) -> str:
        """The program's version, looked up when it is shown."""
        return self.ask_version()

    def context(self, workspace: Workspace, actor: Person) -> Context:
        """A context for one piece of work, with the packs as they are published now."""
        self.packs.follow(workspace)
        return Context(
            file=workspace, actor=actor, clock=self.clock, ids=self.ids, packs=self.packs
        )

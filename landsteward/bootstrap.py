"""Composition root: the only module that wires the window, storage and adapters together.

What only some commands need is imported by the functions that need it: start-up time.
"""

from __future__ import annotations

import getpass
import logging
import os
import socket
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from db.workspace import create_workspace, open_workspace
from landsteward.app.context import Context
from landsteward.app.language import Language, use_language
from landsteward.app.people import COMMAND_LINE, introduce
from landsteward.domain.errors import KnownError, WorkspaceError
from landsteward.domain.ids import Uuid7Source
from landsteward.domain.organisations import Person
from landsteward.domain.states import OrganisationKind, Role
from landsteward.domain.text import msg
from landsteward.packs.in_workspace import WorkspacePacks
from landsteward.packs.source import Packs

if TYPE_CHECKING:
    from landsteward.app.boundaries_file import BoundaryFiles
    from landsteward.app.dossier_view import DossierView, FormView, RecheckFormView
    from landsteward.app.grading_paper import GradingPaper
    from landsteward.app.importing import RefusedRowsWriter
    from landsteward.app.map_shapes import MapGeometry
    from landsteward.app.pack_files import PackFiles
    from landsteward.app.pictures import PictureFiles
    from landsteward.app.ports.surroundings import Clock, IdSource, PackShelf, PackSource
    from landsteward.app.ports.workspace import Workspace
    from landsteward.app.preparation import PreparationSheet
    from landsteward.app.reminders import Calendar, ReminderSheet
    from landsteward.app.rosters_table import RosterReader
    from landsteward.app.slip_view import SlipView
    from landsteward.app.underlays import UnderlayFiles
    from landsteward.app.visit_lines import DayPlanSheet
    from landsteward.domain.documents import ImportReject

    # The window, and Qt with it, is loaded only where one is opened.
    from ui.services import Services, SheetColumn

RESOURCES = Path(__file__).resolve().parents[1] / "resources"
_LOG_NAME = "landsteward.log"
_LOG_FORMAT = "%(asctime)s %(levelname)s %(name)s %(message)s"


class SystemClock:
    """This machine's clock and time zone."""

    def now(self) -> datetime:
        """This moment."""
        return datetime.now().astimezone()

    def today(self) -> date:
        """The calendar day where the user is."""
        return self.now().date()


@dataclass
class AsOfClock:
    """Another day for today, as `--on DATE` asks; what is done is still done at this moment."""

    day: date

    def now(self) -> datetime:
        """This moment: the trail tells when things were done."""
        return SystemClock().now()

    def today(self) -> date:
        """The day asked about."""
        return self.day


def system_ids() -> IdSource:
    """Keys from this machine's clock and its cryptographic random source."""
    return Uuid7Source(lambda: time.time_ns() // 1_000_000, _system_bits)


def _system_bits(count: int) -> int:
    """So many random bits from the machine."""
    return int.from_bytes(os.urandom(-(-count // 8)), "big") & (1 << count) - 1


def bundled_packs() -> PackSource:
    """The rule packs that came with the program."""
    return Packs(RESOURCES / "rules")


def pack_shelf(clock: Clock) -> PackShelf:
    """The rule packs that came with the program, and those of the workspace it is to follow."""
    return WorkspacePacks(bundled_packs(), clock.today)


@cache
def pack_files() -> PackFiles:
    """What reads, edits and writes the files of rule packs; loaded when they are looked at."""
    from landsteward.packs.files import PackFilesOnDisk

    return PackFilesOnDisk()


def unintroduced_user() -> Person:
    """This machine's user where nothing is written: not introduced, so no trace is left.

    May ask for everything, also what an import would do.
    """
    return Person(id="", organisation_id="", name=getpass.getuser(), role=Role.ADMINISTRATOR)


def command_line_actor(workspace: Workspace, *, clock: Clock, ids: IdSource) -> Person:
    """Who acts when there is no window: this machine's user, at the command line."""
    return introduce(
        workspace,
        clock=clock,
        ids=ids,
        name=getpass.getuser(),
        role=Role.ADMINISTRATOR,
        organisation_name=COMMAND_LINE,
        organisation_kind=OrganisationKind.OTHER,
    )


def make_context(workspace: Workspace, *, actor: Person, clock: Clock | None = None) -> Context:
    """Everything a use case needs, on this machine."""
    moments = clock or SystemClock()
    packs = pack_shelf(moments)
    packs.follow(workspace)
    return Context(file=workspace, actor=actor, clock=moments, ids=system_ids(), packs=packs)


def read_rows(file: Path) -> list[list[str]]:
    """The cells of a file's first sheet as they read. Raises InputFileError."""
    from landsteward.tabular.plain import read_rows

    return read_rows(file)


def roster_reader() -> RosterReader:
    """What reads rosters; loaded when there is one."""
    from landsteward.tabular.rosters import RosterSheets

    return RosterSheets()


def refused_rows_writer() -> RefusedRowsWriter:
    """What writes refused rows into a sheet."""
    return _RefusedRowsWhenAsked()


def boundary_files() -> BoundaryFiles:
    """What reads, measures and writes boundary files; loaded when there is one."""
    from landsteward.exchange.boundary_files import GeometryFiles

    return GeometryFiles()


def map_geometry() -> MapGeometry:
    """What puts outlines into the plane of a map; loaded with the first map."""
    from landsteward.exchange.map_shapes import PlaneGeometry

    return PlaneGeometry()


def underlay_files() -> UnderlayFiles:
    """What opens pictures and layers to lay under a map."""
    from landsteward.exchange.underlays import MapUnderlays

    return MapUnderlays()


def build_dossier_pdf(view: DossierView, *, on_page: Callable[[int], None] | None = None) -> bytes:
    """The dossier as PDF with the bundled fonts; reportlab is loaded when there is one to build."""
    from landsteward.dossier.build import build_dossier

    return build_dossier(_with_copies(view), fonts=RESOURCES / "fonts", on_page=on_page)


def _with_copies(view: DossierView) -> DossierView:
    """Pictures whose copy was not made yet are printed from one made now, to the same bytes."""
    missing = {
        one.evidence.sha256 for one in view.evidence if one.is_picture and one.picture is None
    }

    def content(sha256: str) -> bytes:
        found = view.content(sha256)
        if sha256 not in missing:
            return found
        return picture_files().copies(found).large or found

    return replace(view, content=content)


def picture_files() -> PictureFiles:
    """What reads photos and files that become evidence; Pillow is loaded with the first."""
    from landsteward.pictures.files import CameraFiles

    return CameraFiles()


def build_form_pdf(
    view: FormView, *, blank: bool = False, on_page: Callable[[int], None] | None = None
) -> bytes:
    """A checkup's form as PDF, as it stands or blank, with the bundled fonts."""
    from landsteward.dossier.form import build_form

    return build_form(view, fonts=RESOURCES / "fonts", blank=blank, on_page=on_page)


def build_recheck_form_pdf(
    view: RecheckFormView, *, on_page: Callable[[int], None] | None = None
) -> bytes:
    """A recheck's form as PDF, as it stands or blank, with the bundled fonts."""
    from landsteward.dossier.recheck_form import build_recheck_form

    return build_recheck_form(view, fonts=RESOURCES / "fonts", on_page=on_page)


def build_grading_list_pdf(
    view: GradingPaper, *, on_page: Callable[[int], None] | None = None
) -> bytes:
    """The results of a grading as PDF with the bundled fonts."""
    from landsteward.dossier.grading_list import build_grading_list

    return build_grading_list(view, fonts=RESOURCES / "fonts", on_page=on_page)


def build_slip_pdf(view: SlipView, *, on_page: Callable[[int], None] | None = None) -> bytes:
    """A slip as PDF with the bundled fonts; reportlab is loaded when there is one to build."""
    from landsteward.dossier.slip import build_slip

    return build_slip(view, fonts=RESOURCES / "fonts", on_page=on_page)


def build_preparation_pdf(view: PreparationSheet) -> bytes:
    """A preparation sheet as PDF with the bundled fonts."""
    from landsteward.dossier.preparation import build_preparation

    return build_preparation(view, fonts=RESOURCES / "fonts")


def build_day_plan_pdf(sheet: DayPlanSheet) -> bytes:
    """The plan of some days as PDF."""
    from landsteward.dossier.day_plan import build_day_plan

    return build_day_plan(sheet, fonts=RESOURCES / "fonts")


def build_reminders_pdf(sheet: ReminderSheet) -> bytes:
    """Reminder sheets as PDF."""
    from landsteward.dossier.reminders import build_reminders

    return build_reminders(sheet, fonts=RESOURCES / "fonts")


def calendar_file(calendar: Calendar) -> bytes:
    """Deadlines as the content of an .ics file."""
    from landsteward.exchange.calendar import write_calendar

    return write_calendar(calendar)


class _RefusedRowsWhenAsked:
    """Writes refused rows; the writer is loaded with the first of them."""

    def write(self, path: Path, rejects: Sequence[ImportReject]) -> None:
        """Write the rows with their reasons."""
        from landsteward.tabular.writing import RefusedRows

        RefusedRows().write(path, rejects)


def write_list(
    file: Path,
    title: str,
    columns: Sequence[SheetColumn],
    rows: Iterable[Sequence[object]],
    *,
    on_row: Callable[[int], None] | None = None,
) -> None:
    """Write a list as it is shown into an .xlsx; the writer is loaded when there is one."""
    from landsteward.tabular.writing import write_table

    write_table(file, title, columns, rows, on_row=on_row)


def create_sample(path: Path, *, today: date | None = None) -> None:
    """A new workspace with the sample park as it stands on a day; whole or not at all."""
    from landsteward.sample import build_sample

    day = today or SystemClock().today()
    create_workspace(path, fill=lambda workspace: build_sample(workspace, today=day)).close()


def program_version() -> str:
    """The version that was installed."""
    from importlib.metadata import version

    return version("landsteward")


def state_folder() -> Path:
    """Where the window keeps its settings and its log on this machine."""
    if sys.platform == "win32":
        base = Path(os.environ.get("APPDATA") or Path.home() / "AppData" / "Roaming")
    else:
        base = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
    return base / "landsteward"


@contextmanager
def writing_log() -> Iterator[Path]:
    """What is logged inside is added to the program's log file, whose name this gives.

    Where nothing can be written there, it goes to stderr.
    """
    file = state_folder() / _LOG_NAME
    root = logging.getLogger()
    with ExitStack() as stack:
        # The window's log goes there already.
        if not any(getattr(one, "baseFilename", None) == str(file) for one in root.handlers):
            with suppress(OSError):
                file.parent.mkdir(parents=True, exist_ok=True)
                handler = logging.FileHandler(file, encoding="utf-8")
                handler.setFormatter(logging.Formatter(_LOG_FORMAT))
                stack.callback(handler.close)
                root.addHandler(handler)
                stack.callback(root.removeHandler, handler)
        yield file


def window_services(*, folder: Path, clock: Clock | None = None) -> Services:
    """Everything the window needs from below; settings and log are kept in the folder."""
    from ui.services import Services
    from ui.settings import Settings

    folder.mkdir(parents=True, exist_ok=True)
    moments = clock or SystemClock()
    return Services(
        open_workspace=open_workspace,
        read_workspace=partial(open_workspace, read_only=True),
        create_workspace=create_workspace,
        create_sample=create_sample,
        roster_reader=roster_reader,
        boundary_files=boundary_files,
        map_geometry=map_geometry,
        underlay_files=underlay_files,
        picture_files=picture_files,
        refused_rows_writer=refused_rows_writer(),
        write_table=write_list,
        read_rows=read_rows,
        build_dossier=build_dossier_pdf,
        build_form=build_form_pdf,
        build_recheck_form=build_recheck_form_pdf,
        build_grading_list=build_grading_list_pdf,
        build_slip=build_slip_pdf,
        build_preparation=build_preparation_pdf,
        build_day_plan=build_day_plan_pdf,
        build_reminders=build_reminders_pdf,
        calendar_file=calendar_file,
        packs=pack_shelf(moments),
        pack_files=pack_files,
        clock=moments,
        ids=system_ids(),
        settings=Settings(folder / "settings.ini"),
        machine_user=f"{getpass.getuser()}@{socket.gethostname()}",
        log_file=folder / _LOG_NAME,
        ask_version=program_version,
    )


def run_window(path: Path | None, *, language: Language | None, page: str = "desk") -> int:
    """Open the window, with a workspace at one of its pages if one is named; stay until it is
    closed.

    Raises KnownError where there is no such page.
    """
    from ui.pages.registry import rail
    from ui.run import run
    from ui.workbench import Place

    pages = [entry.page for entry in rail()]
    if page not in pages:
        raise KnownError(
            msg("The window has no page of this name."),
            where=page,
            remedy=msg("These are there: {pages}.", pages=", ".join(pages)),
        )
    services = window_services(folder=state_folder())
    logging.basicConfig(
        filename=services.log_file,
        encoding="utf-8",
        level=logging.INFO,
        format=_LOG_FORMAT,
    )
    use_language(language or services.settings.language)
    return run(services, path, Place(page))


def run_tour(output: Path) -> int:
    """Drive the window through one sample case; leaves pictures and the dossier in the folder.

    Raises KnownError with what was being done where a step does not work.
    """
    from tempfile import TemporaryDirectory

    from landsteward.sample.tour import tour_script
    from ui.tour import run

    try:
        output.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WorkspaceError(
            msg("The folder cannot be made: {reason}.", reason=error.strerror or str(error)),
            where=str(output),
            remedy=msg("Choose another folder."),
        ) from error
    with TemporaryDirectory(prefix="landsteward-tour-") as name:
        folder = Path(name)
        workspace = folder / "示例园区.lsw"
        create_sample(workspace)
        services = window_services(folder=folder / "state")
        run(services, workspace, tour_script(folder), output.absolute())
    return 0


__all__ = ["create_workspace", "open_workspace"]

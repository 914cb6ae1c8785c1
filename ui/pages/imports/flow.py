"""One file on its way into the register: what is known of it, and everything asked for meanwhile.

Files are read in the pool, the register is asked on the database thread; of several things asked
the latest counts. What a person said is kept in the workspace as it is said.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from landsteward.app.context import Context
from landsteward.app.import_batches import ImportRecord, imports_of_file
from landsteward.app.language import tr
from landsteward.app.rosters import RosterResult, import_roster_table, preview_roster
from landsteward.app.rosters_begun import BegunImport, drop_begun, keep_begun
from landsteward.app.rosters_layouts import forget_layout, remember_layout, remembered_layouts
from landsteward.app.rosters_plan import USUAL, Decision, Mode, Options
from landsteward.app.rosters_survey import Survey
from landsteward.app.rosters_table import (
    AS_FOUND,
    NOTHING_REMEMBERED,
    ColumnChoice,
    Correction,
    Remembered,
    RosterKind,
    RosterReader,
    RosterTable,
    SheetSeen,
)
from landsteward.domain.errors import KnownError
from landsteward.domain.permissions import Action, may
from ui.operations import Progress, Work
from ui.pages.imports.first_look import FirstLook, Known, first_look, what_is_known
from ui.pages.imports.preview_rows import Arranged
from ui.workbench import Workbench

_KEEP_AFTER_MS = 600
_PLAN_AFTER_MS = 250


@dataclass(frozen=True, slots=True)
class Preview:
    """What an import would do; `earlier` are the imports of the very same content."""

    result: RosterResult
    arranged: Arranged
    earlier: list[ImportRecord]


class ImportFlow(QObject):
    """`looked`: the file was read as far as its columns; `planned`: the preview is there;
    `imported`: it is done; `failed` and `stopped` say at what: look, plan or import.
    """

    looked = Signal()
    planned = Signal()
    imported = Signal()
    began = Signal(str)
    progressed = Signal(int, int)
    ended = Signal()
    stopped = Signal(str)
    failed = Signal(str, object)

    def __init__(self, bench: Workbench, path: Path, parent: QObject) -> None:
        super().__init__(parent)
        self.path = path
        self.kind = next(iter(RosterKind))
        self.correction = AS_FOUND
        self.options = USUAL
        self.survey: Survey | None = None
        self.seen: SheetSeen | None = None
        self.preview: Preview | None = None
        self.result: RosterResult | None = None
        self.open_elsewhere = False
        self.changed_since = False
        self._bench = bench
        self._reader: RosterReader | None = None
        self._remembered: dict[RosterKind, Remembered] = {}
        self._table: RosterTable | None = None
        self._sha256 = ""
        self._work: Work | None = None
        self._doing = ""
        self._keep_soon = self._timer(_KEEP_AFTER_MS, self.keep)
        self._plan_soon = self._timer(_PLAN_AFTER_MS, self.plan)

    def _timer(self, after_ms: int, run: Callable[[], object]) -> QTimer:
        made = QTimer(self)
        made.setSingleShot(True)
        made.setInterval(after_ms)
        made.timeout.connect(run)
        return made

    # --- the file ---------------------------------------------------------------------------

    def begin(self) -> None:
        """Open the file and look what is in it; what was said of it before counts again."""
        path = self.path
        self._forget_plan()

        self._under_way("look", tr("Reading {file}…", file=path.name))
        self._work = self._bench.operations.query(
            self, lambda ctx: what_is_known(ctx, path), success=self._open, failure=self._failed
        )

    def _open(self, known: Known) -> None:
        self._remembered = known.remembered
        path, make_reader = self.path, self._bench.services.roster_reader

        def look(progress: Progress) -> FirstLook:
            return first_look(path, make_reader(), known, progress)

        self._work = self._task(look, self._opened)

    def _opened(self, first: FirstLook) -> None:
        self._reader, self.survey, self.seen = first.reader, first.survey, first.seen
        self.open_elsewhere = first.open_elsewhere
        self.kind = first.survey.kind
        if first.begun is not None:
            self.kind = first.begun.kind
            self.correction = first.begun.correction
            self.options = first.begun.options
            self._sha256 = first.begun.sha256
        elif len(first.survey.sheets) > 1:
            self.correction = Correction(sheet=first.seen.sheet)
        self._over()
        self.looked.emit()

    # --- how it is read ---------------------------------------------------------------------

    def take_kind(self, kind: RosterKind) -> None:
        """It is a roster of another kind: what was said of its columns no longer holds."""
        if kind is not self.kind:
            self._correct(replace(self.correction, columns={}), kind)

    def take_sheet(self, sheet: str) -> None:
        """Another sheet of the file, as what it looks like."""
        if self.seen is None or sheet == self.seen.sheet:
            return
        guesses = self.survey.sheets if self.survey is not None else ()
        guess = next((one.kind for one in guesses if one.sheet == sheet), None)
        self._correct(Correction(sheet=sheet), guess)

    def take_header(self, row: int) -> None:
        """The columns' names stand in this row of the file."""
        self._correct(replace(self.correction, header_row=row))

    def take_year(self, year: int | None) -> None:
        """All figures that name no year are of this one."""
        self._correct(replace(self.correction, year=year))

    def take_column(self, index: int, choice: ColumnChoice | None) -> None:
        """What a column is taken for; None: as it is found."""
        columns = dict(self.correction.columns)
        if choice is None:
            columns.pop(index, None)
        else:
            columns[index] = choice
        self._correct(replace(self.correction, columns=columns))

    def forget(self) -> None:
        """Read this layout as it is found, now and later."""
        if self.seen is None:
            return
        kind, layout = self.kind, self.seen.layout

        def work(ctx: Context) -> Remembered:
            forget_layout(ctx, kind=kind, layout=layout)
            return remembered_layouts(ctx, kind=kind)

        def forgotten(left: Remembered) -> None:
            self._remembered[kind] = left
            self._correct(replace(self.correction, columns={}))

        self._bench.operations.change(self, work, success=forgotten)

    def _correct(self, correction: Correction, kind_now: RosterKind | None = None) -> None:
        reader = self._reader
        if reader is None:
            return
        before = self.correction, self.kind
        self.correction, self.kind = correction, kind_now or self.kind
        self._forget_plan()
        path, kind = self.path, self.kind
        remembered = self._remembered.get(kind, NOTHING_REMEMBERED)

        def look(_progress: Progress) -> SheetSeen:
            return reader.look(path, kind, correction, remembered)

        def seen(one: SheetSeen) -> None:
            self.seen = one
            self._over()
            self._keep_soon.start()
            self.looked.emit()

        def refused(error: KnownError) -> None:
            self.correction, self.kind = before
            self._failed(error)
            self.looked.emit()

        self._under_way("look", tr("Reading {file}…", file=path.name))
        self._work = self._task(look, seen, refused)

    # --- what it would do -------------------------------------------------------------------

    def plan(self) -> None:
        """Read all rows and hold them against the register. Nothing is written."""
        self._plan_soon.stop()
        if self._table is not None:
            self._hold_against(self._table)
            return
        reader = self._reader
        if reader is None:
            return
        path, kind, correction = self.path, self.kind, self.correction
        remembered = self._remembered.get(kind, NOTHING_REMEMBERED)

        def read(progress: Progress) -> RosterTable:
            table = reader.read(path, kind, correction, remembered)
            progress(0, 1)
            return table

        self._under_way("plan", tr("Reading all rows of {file}…", file=path.name))
        self._work = self._task(read, self._was_read)

    def _was_read(self, table: RosterTable) -> None:
        self._table = table
        said = bool(self.options.decisions or self.options.keep_codes)
        self.changed_since = said and self._sha256 not in ("", table.sha256)
        if self.changed_since:
            self.options = replace(self.options, decisions={})
        self._sha256 = table.sha256
        self._hold_against(table)

    def _hold_against(self, table: RosterTable) -> None:
        options = self.options

        def work(ctx: Context, progress: Progress) -> Preview:
            result = preview_roster(ctx, table=table, options=options, progress=progress)
            earlier = imports_of_file(ctx, sha256=table.sha256)
            return Preview(result, Arranged(table, result, options), earlier)

        def planned(preview: Preview) -> None:
            self.preview = preview
            self._over()
            self.planned.emit()

        self._under_way("plan", tr("Comparing with the register…"))
        self._work = self._bench.operations.long_change(
            self,
            work,
            success=planned,
            failure=self._failed,
            progressed=self._tell,
            writes=False,
        )

    def take_mode(self, mode: Mode) -> None:
        """What becomes of records that are known and differ."""
        if mode is not self.options.mode:
            self._choose(replace(self.options, mode=mode))

    def decide(self, rows: Iterable[int], decision: Decision) -> None:
        """What becomes of these rows' records, in mode ask."""
        decisions = {**self.options.decisions, **dict.fromkeys(rows, decision)}
        self._choose(replace(self.options, decisions=decisions))

    def keep_code(self, code: str, reason: str) -> None:
        """Keep a credit code that fails its check, for a reason; without one it is refused."""
        codes = dict(self.options.keep_codes)
        if reason:
            codes[code] = reason
        else:
            codes.pop(code, None)
        self._choose(replace(self.options, keep_codes=codes))

    def _choose(self, options: Options) -> None:
        self.options = options
        self._keep_soon.start()
        # Somebody goes through row after row: the register is not asked at every step.
        self._plan_soon.start()

    # --- doing it ---------------------------------------------------------------------------

    def run(self) -> None:
        """Import it: all of it is kept, or nothing. How its columns were read is remembered."""
        table, options, path = self._table, self.options, self.path
        if table is None:
            return
        kind, layout, correction = self.kind, table.seen.layout, self.correction

        def work(ctx: Context, progress: Progress) -> RosterResult:
            result = import_roster_table(ctx, table=table, options=options, progress=progress)
            if layout and correction.columns:
                remember_layout(ctx, kind=kind, layout=layout, correction=correction)
            drop_begun(ctx, path=path)
            return result

        def done(result: RosterResult) -> None:
            self.result = result
            self._over()
            self.imported.emit()

        self._plan_soon.stop()
        self._keep_soon.stop()
        self._under_way("import", tr("Importing… all of it is kept, or nothing."))
        self._work = self._bench.operations.long_change(
            self,
            work,
            success=done,
            failure=self._failed,
            progressed=self._tell,
            stopped=self._stopped,
        )

    def cancel(self) -> None:
        """Stop what is under way; nothing of a stopped import is kept."""
        if self._work is None:
            return
        if self._doing == "import":
            self._work.stop()
            return
        self._work.cancel()
        self._stopped()

    @property
    def importing(self) -> bool:
        """Whether rows are being written."""
        return self._doing == "import"

    @property
    def busy(self) -> bool:
        """Whether an answer is waited for, or will be asked for in a moment."""
        return bool(self._doing) or self._plan_soon.isActive()

    def keep(self) -> None:
        """Keep what was said so far in the workspace."""
        self._keep_soon.stop()
        allowed = may(self._bench.member().person.role, Action.IMPORT)
        if self.survey is None or self.result is not None or not allowed:
            return
        begun = BegunImport(
            path=self.path,
            kind=self.kind,
            correction=self.correction,
            options=self.options,
            sha256=self._sha256,
        )
        self._bench.operations.change(self, lambda ctx: keep_begun(ctx, begun=begun))

    def settle(self) -> None:
        """What is still to be kept is kept now: the page is left."""
        if self._keep_soon.isActive():
            self.keep()

    # --- how it goes ------------------------------------------------------------------------

    def _task(
        self,
        fn: Callable[[Progress], object],
        success: Callable[..., None],
        failure: Callable[[KnownError], None] | None = None,
    ) -> Work:
        return self._bench.operations.task(
            self,
            fn,
            success=success,
            failure=failure or self._failed,
            progressed=self._tell,
        )

    def _forget_plan(self) -> None:
        self._plan_soon.stop()
        self._table = None
        self.preview = None

    def _under_way(self, doing: str, words: str) -> None:
        if self._work is not None:
            self._work.cancel()
        self._doing = doing
        self.began.emit(words)

    def _over(self) -> None:
        self._work = None
        self._doing = ""
        self.ended.emit()

    def _tell(self, done: int, total: int) -> None:
        self.progressed.emit(done, total)

    def _stopped(self) -> None:
        doing = self._doing
        self._over()
        self.stopped.emit(doing)

    def _failed(self, error: KnownError) -> None:
        doing = self._doing
        self._over()
        self.failed.emit(doing, error)

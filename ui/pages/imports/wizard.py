"""A file on its way into the register: its columns, a preview of every row, the import, its record.

Leaving the page loses nothing: what was said is kept, and the file's page takes it up again.
"""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QVBoxLayout

from landsteward.app.importing import Outcome
from landsteward.app.language import render, tr
from landsteward.app.rosters import RosterResult
from landsteward.domain.errors import KnownError
from landsteward.domain.permissions import Action, may
from ui.pages.base import Page
from ui.pages.imports.columns_step import ColumnsStep
from ui.pages.imports.flow import ImportFlow
from ui.pages.imports.preview_rows import Fate
from ui.pages.imports.preview_step import PreviewStep
from ui.pages.imports.record import RecordPanel
from ui.pages.imports.refused import refused_name
from ui.pages.imports.words import next_place
from ui.widgets.basics import ElidedLabel, button, changes, column, row, show_if
from ui.widgets.outcome import OutcomeLine
from ui.widgets.signs import EmptyState, MessageBar, Step, Stepper
from ui.workbench import Place, Workbench

COLUMNS, PREVIEW, RESULT = "columns", "preview", "result"
SHEET = "sheet:"
"""Before the name of a sheet: the step that begins with it."""


class ImportPage(Page):
    """`place.record_id` is the file's path, `place.step` the step to go to once it is read."""

    def __init__(self, bench: Workbench, place: Place) -> None:
        super().__init__(bench, place)
        self._path = Path(place.record_id)
        self._goal = place.step
        self._stamp: tuple[int, int] | None = None
        self._begun = False
        self.shown = ""
        self.record: RecordPanel | None = None
        self.flow = ImportFlow(bench, self._path, self)
        self.set_title(tr("Import {file}", file=self._path.name))
        self.name = ElidedLabel(self._path.name, "title")
        self.stepper = Stepper()
        self.stepper.chosen.connect(self._step_chosen)
        self.next = changes(button("", "primary", self._go_on))
        self.line = OutcomeLine()
        self.message = MessageBar()
        self.columns = ColumnsStep(self.flow, this_year=bench.services.clock.today().year)
        self.preview = PreviewStep(self.flow)
        self.preview.record_asked.connect(lambda key: bench.go(Place("imports", key)))
        self.preview.save_asked.connect(self._ask_where)
        self.trouble = EmptyState(
            "", "", tr("Choose another file…"), bench.ask_import, primary=False
        )
        self.again = button(tr("Read it again"), "", self._begin)
        outer = self.trouble.layout()
        assert isinstance(outer, QVBoxLayout)
        place_below = outer.indexOf(self.trouble.action) + 1
        outer.insertWidget(place_below, self.again, 0, Qt.AlignmentFlag.AlignHCenter)
        self.stack = QStackedWidget()
        for widget in (self.trouble, self.columns, self.preview):
            self.stack.addWidget(widget)
        back = button("←", "quiet", self.leave, hint=tr("To the imports (Esc); nothing is lost"))
        back.setFixedWidth(32)
        page = column(
            row(back, self.name, 1, self.stepper, self.next, gap=12), self.line, self.message, gap=8
        )
        page.addWidget(self.stack, 1)
        self.setLayout(page)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self.leave)
        flow = self.flow
        flow.looked.connect(self._looked)
        flow.planned.connect(self._planned)
        flow.imported.connect(self._imported)
        flow.began.connect(self._began)
        flow.progressed.connect(self.line.progressed)
        flow.ended.connect(self._ended)
        flow.stopped.connect(self._stopped)
        flow.failed.connect(self._failed)
        self._show_step("")

    def refresh(self) -> None:
        """Read the file when the page is first shown; afterwards only its record is asked for."""
        if self.record is not None:
            self.record.refresh()
        elif not self._begun:
            self._begin()

    def place(self) -> Place:
        """The step in front; once imported, the record."""
        batch = self.flow.result.batch if self.flow.result is not None else None
        if batch is not None:
            return Place("imports", batch.id)
        return Place("import", str(self._path), self.shown or COLUMNS)

    def showEvent(self, event: QShowEvent) -> None:
        """A file that was written to meanwhile is read again, with what was said of it."""
        super().showEvent(event)
        changed = self._begun and self._stamp != _stamp(self._path)
        if changed and self.flow.result is None and not self.flow.busy:
            self.flow.settle()
            self._goal = self.shown
            self._begin()

    def commit(self) -> bool:
        """What was said is kept at once."""
        self.flow.settle()
        return super().commit()

    def drop(self) -> None:
        """Nobody waits for the file any more; rows that are being written are."""
        if not self.flow.importing:
            self.flow.cancel()

    def leave(self) -> None:
        """To the imports; this one is gone on with when it is opened again."""
        self.bench.go(Place("imports"))

    # --- steps ----------------------------------------------------------------------------------

    def _begin(self) -> None:
        self._begun = True
        self._stamp = _stamp(self._path)
        self.message.hide()
        self.trouble.hide()
        self.flow.begin()

    def _step_chosen(self, key: str) -> None:
        if self.flow.result is not None or self.flow.importing:
            return
        if key == COLUMNS and self.flow.seen is not None:
            self.flow.cancel()
            self._show_step(COLUMNS)
        elif key == PREVIEW and self.shown == COLUMNS and self.columns.ready:
            self._go_on()

    def _go_on(self) -> None:
        if self.shown == COLUMNS:
            self.message.hide()
            if self.flow.preview is not None:
                self._show_step(PREVIEW)
            else:
                self.flow.plan()
        elif self.shown == PREVIEW:
            self.flow.run()
        elif self.flow.result is not None:
            self.bench.go(next_place(self.flow.result.kind.value)[0])

    def _show_step(self, step: str) -> None:
        self.shown = step
        widgets = {COLUMNS: self.columns, PREVIEW: self.preview, RESULT: self.record}
        widget = widgets.get(step) or self.trouble
        self.stack.setCurrentWidget(widget)
        order = [COLUMNS, PREVIEW, RESULT]
        now = order.index(step) if step in order else 0
        done = step == RESULT
        states = [
            "done" if done or at < now else "now" if at == now else "ahead"
            for at in range(len(order))
        ]
        words = (tr("Match columns"), tr("Preview"), tr("Import"))
        self.stepper.show_steps(
            [Step(*one) for one in zip(order, words, states, strict=True)], step
        )
        self._word_next()

    def _word_next(self) -> None:
        """What the one filled button does now."""
        flow = self.flow
        show_if(self.next, bool(self.shown))
        if self.shown == COLUMNS:
            self.next.setText(tr("Preview"))
            self.next.setEnabled(self.columns.ready and not flow.busy)
        elif self.shown == PREVIEW and flow.preview is not None:
            counts = flow.preview.arranged.counts
            new = counts[Fate.CREATED] + counts[Fate.UPDATED]
            self.next.setText(_import_words(new))
            allowed = may(self.bench.member().person.role, Action.IMPORT)
            self.next.setEnabled(allowed and new > 0 and not flow.busy)
        elif flow.result is not None:
            self.next.setText(next_place(flow.result.kind.value)[1])
            self.next.setEnabled(True)

    # --- what the flow tells --------------------------------------------------------------------

    def _began(self, words: str) -> None:
        self._word_next()
        if self.flow.importing:
            self.preview.setEnabled(False)
        self.line.working(words, self.flow.cancel)

    def _ended(self) -> None:
        self.line.settle()
        self.preview.setEnabled(True)
        self._word_next()

    def _looked(self) -> None:
        self.columns.refresh()
        if self.shown != COLUMNS:
            self._show_step(COLUMNS)
            self.columns.grid.setFocus()
        self._word_next()
        goal, self._goal = self._goal, ""
        if goal == PREVIEW and self.columns.ready:
            self.flow.plan()
        elif goal.startswith(SHEET):
            self.flow.take_sheet(goal.removeprefix(SHEET))

    def _planned(self) -> None:
        self.preview.refresh()
        if self.shown != PREVIEW:
            self._show_step(PREVIEW)
            self.preview.table.setFocus()
        self._word_next()

    def _imported(self) -> None:
        result = self.flow.result
        assert result is not None
        if result.batch is None:
            self.line.say(tr("Nothing in it was new; nothing was written."), "caution")
            return
        self.record = RecordPanel(self.bench, result.batch.id)
        self.record.gone.connect(lambda: show_if(self.next, False))
        self.stack.addWidget(self.record)
        self.set_title(result.batch.file_name)
        self._show_step(RESULT)
        self.record.refresh()
        self._say_done(result)

    def _say_done(self, result: RosterResult) -> None:
        """What came of it, and the further sheets of the file."""
        refused = result.counts[Outcome.REJECTED]
        words = _done_words(result.rows - refused, refused)
        found, seen = self.flow.survey, result.seen
        others = [
            one
            for one in (found.likely if found is not None else ())
            if one.sheet != seen.sheet and one.kind is not None
        ]
        following = [
            (
                tr("Go on with “{sheet}”", sheet=one.sheet),
                partial(self._take_next, one.sheet),
            )
            for one in others[:2]
        ]
        self.line.say(words, "caution" if refused else "good", *following)

    def _take_next(self, sheet: str) -> None:
        """Another sheet of the same file, on a page of its own."""
        self.bench.go(Place("import", str(self._path), f"{SHEET}{sheet}"))

    def _stopped(self, doing: str) -> None:
        if doing == "import":
            self.line.say(tr("Cancelled. Nothing was imported."), "caution")
        elif doing == "plan":
            self._show_step(COLUMNS if self.flow.preview is None else PREVIEW)
        elif self.flow.seen is None:
            self._say_trouble(tr("Reading was cancelled"), self._path.name, again=True)

    def _failed(self, doing: str, error: KnownError) -> None:
        if doing == "look" and self.flow.seen is None:
            remedy = render(error.remedy) if error.remedy is not None else ""
            self._say_trouble(render(error.what), f"{self._path}\n{remedy}", again=True)
            return
        if doing == "plan" and self.flow.preview is None:
            self._show_step(COLUMNS)
        self.message.fail(error)

    def _say_trouble(self, title: str, text: str, *, again: bool) -> None:
        self.trouble.title.setText(title)
        self.trouble.text.setText(text)
        show_if(self.again, again)
        self._show_step("")
        self.trouble.show()

    # --- refused rows of the preview ------------------------------------------------------------

    def _ask_where(self) -> None:
        chosen, _kind = QFileDialog.getSaveFileName(
            self,
            tr("Save refused rows"),
            str(self._path.with_name(refused_name(self._path.name))),
            "Excel (*.xlsx)",
        )
        if chosen:
            self.save_refused_to(Path(chosen))

    def save_refused_to(self, file: Path) -> None:
        """Write the refused rows of the preview into a sheet; nothing is imported."""
        preview, writer = self.flow.preview, self.bench.services.refused_rows_writer
        if preview is None:
            return
        rejects = preview.result.rejects
        self.bench.operations.task(
            self,
            lambda _progress: writer.write(file, rejects),
            success=lambda _nothing: self.message.say(
                tr("Saved {file}", file=file.name),
                "good",
                action=tr("Mended: import it again"),
                run=partial(self.bench.import_file, file),
            ),
            failure=self.message.fail,
        )


def _import_words(count: int) -> str:
    """What the button says that imports so many rows."""
    if not count:
        return tr("Import")
    return tr("Import 1 row") if count == 1 else tr("Import {count} rows", count=f"{count:,}")


def _done_words(taken: int, refused: int) -> str:
    """How many rows are in, and how many are not."""
    said = [tr("1 row is in.") if taken == 1 else tr("{count} rows are in.", count=f"{taken:,}")]
    if refused == 1:
        said.append(tr("1 was refused, see below."))
    elif refused:
        said.append(tr("{count} were refused, see below.", count=f"{refused:,}"))
    return " ".join(said)


def _stamp(path: Path) -> tuple[int, int] | None:
    """What is another once the file was written to."""
    try:
        found = path.stat()
    except (OSError, ValueError):
        return None
    return found.st_mtime_ns, found.st_size

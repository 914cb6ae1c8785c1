"""What importing a sheet would do, before it does it; then what it did."""

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QDialog, QFileDialog, QProgressBar, QTableView, QWidget

from landsteward.app.context import Context
from landsteward.app.importing import Outcome
from landsteward.app.language import tr
from landsteward.app.rosters import RosterResult, import_roster_table, preview_roster
from landsteward.app.rosters_table import RosterKind, RosterTable
from landsteward.domain.errors import KnownError
from ui import theme
from ui.dialogs.import_rows import NotesModel, OutcomesModel, outcome_word, rows_table
from ui.operations import Progress, Work
from ui.widgets.basics import Card, button, column, label, row
from ui.widgets.signs import MessageBar
from ui.widgets.tabs import Tabs
from ui.workbench import Place, Workbench


class ImportPreview(QDialog):
    """Reads the file in the pool, plans on the database thread, imports on demand."""

    def __init__(self, bench: Workbench, file: Path, parent: QWidget) -> None:
        super().__init__(parent)
        self._bench = bench
        self._file = file
        self._table: RosterTable | None = None
        self._work: Work | None = None
        self.result_: RosterResult | None = None
        look = theme.current()
        self.setWindowTitle(tr("Import land supplies"))
        self.resize(look.px(860), look.px(560))
        self.heading = label(file.name, "title")
        self.summary = label(tr("Reading…"), "dim", wrap=True)
        self.message = MessageBar()
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setRange(0, 0)
        self.counts: dict[Outcome, Any] = {}
        numbers = row(gap=12)
        for outcome in Outcome:
            card = Card(margin=12, gap=0)
            card.add(label(outcome_word(outcome), "label"))
            self.counts[outcome] = label("–", "figure")
            card.add(self.counts[outcome])
            numbers.addWidget(card)
        self.tabs = Tabs()
        self.rows: dict[Outcome | None, QTableView] = {}
        for only in (None, Outcome.CREATED, Outcome.UPDATED, Outcome.UNCHANGED):
            self.rows[only] = rows_table(self, (70, 90, 300))
            self.tabs.add(only or "all", _tab_word(only), self.rows[only])
        self.refused = rows_table(self, (70, 170, 190))
        self.warnings = rows_table(self, (70, 170, 190))
        self.tabs.add("refused", tr("Refused"), self.refused)
        self.tabs.add("warnings", tr("Warnings"), self.warnings)
        self.notes = Card(margin=0, gap=0)
        held = row(self.tabs)
        held.setContentsMargins(16, 6, 16, 0)
        self.notes.add(held)
        self.notes.add(self.tabs.stack, 1)
        self.quiet = label("", "dim")
        self.quiet.setContentsMargins(16, 8, 16, 8)
        self.notes.add(self.quiet)
        self.save_refused = button(tr("Save refused rows…"), "", self._ask_where)
        self.save_refused.setEnabled(False)
        self.cancel = button(tr("Cancel"), "", self.reject)
        self.go = button(tr("Import"), "primary", self._import)
        self.go.setEnabled(False)
        # Not where “Import” was: a second click or key there must not skip the summary.
        self.to_register = button(tr("To the register"), "primary", self._to_register)
        self.to_register.hide()
        page = column(
            self.heading, self.summary, self.message, self.bar, numbers, gap=12, margin=20
        )
        page.addWidget(self.notes, 1)
        page.addLayout(row(self.save_refused, self.to_register, 1, self.cancel, self.go))
        self.setLayout(page)
        reader = bench.services.roster_reader()
        self._work = bench.operations.task(
            self,
            lambda progress: reader.read(file, RosterKind.LAND_SUPPLY),
            success=self._plan,
            failure=self._failed,
        )

    def _plan(self, table: RosterTable) -> None:
        self._table = table
        self.summary.setText(tr("Comparing with the register…"))

        def plan(ctx: Context, progress: Progress) -> RosterResult:
            return preview_roster(ctx, table=table, progress=progress)

        self._work = self._bench.operations.long_change(
            self,
            plan,
            success=self._planned,
            failure=self._failed,
            progressed=self._progressed,
            writes=False,
        )

    def _progressed(self, done: int, total: int) -> None:
        self.bar.setRange(0, max(1, total))
        self.bar.setValue(done)

    def _planned(self, result: RosterResult) -> None:
        self._show(result)
        new, changed = result.counts[Outcome.CREATED], result.counts[Outcome.UPDATED]
        self.summary.setText(
            tr(
                "Sheet “{sheet}”, {rows} rows. Nothing is written yet.",
                sheet=result.seen.sheet,
                rows=result.rows,
            )
            if result.seen.sheet
            else tr("{rows} rows. Nothing is written yet.", rows=result.rows)
        )
        self.go.setEnabled(result.rows > 0)
        if new + changed:
            self.go.setText(tr("Import {count} rows", count=new + changed))
        self.rows[None].setFocus()

    def _show(self, result: RosterResult) -> None:
        self.result_ = result
        self.bar.hide()
        for outcome, figure in self.counts.items():
            figure.setText(f"{result.counts[outcome]:,}")
        for key, table, word, notes in (
            ("refused", self.refused, tr("Refused"), result.refused),
            ("warnings", self.warnings, tr("Warnings"), result.warnings),
        ):
            table.setModel(NotesModel(notes, table))
            self.tabs.reword(key, f"{word} ({len(notes)})")
        for only, table in self.rows.items():
            model = OutcomesModel(result, only, table)
            table.setModel(model)
            self.tabs.reword(only or "all", f"{_tab_word(only)} ({model.rowCount()})")
        if result.refused:
            self.tabs.show_tab("refused")
        said = [tr("Every row can be taken as it is.")] if not result.refused else []
        if result.ignored_columns:
            said.append(
                tr("Columns left out: {columns}", columns=", ".join(result.ignored_columns))
            )
        self.quiet.setText(" ".join(said))
        self.quiet.setVisible(bool(said))
        self.save_refused.setEnabled(bool(result.rejects))

    def _import(self) -> None:
        table = self._table
        if table is None:
            return

        def work(ctx: Context, progress: Progress) -> RosterResult:
            return import_roster_table(ctx, table=table, progress=progress)

        self.go.setEnabled(False)
        self.bar.setRange(0, 0)
        self.bar.show()
        self.summary.setText(tr("Importing… all of it is kept, or nothing."))
        self._work = self._bench.operations.long_change(
            self,
            work,
            success=self._imported,
            failure=self._failed,
            progressed=self._progressed,
            stopped=self._stopped,
        )

    def _imported(self, result: RosterResult) -> None:
        self._work = None
        self._show(result)
        self.summary.setText(
            tr(
                "Imported: {created} new, {updated} updated, {rejected} refused.",
                created=result.counts[Outcome.CREATED],
                updated=result.counts[Outcome.UPDATED],
                rejected=result.counts[Outcome.REJECTED],
            )
        )
        self.cancel.hide()
        self.go.setText(tr("Imported"))
        self.to_register.show()
        self.rows[None].setFocus()

    def _to_register(self) -> None:
        self.accept()
        self._bench.go(Place("register"))

    def _stopped(self) -> None:
        self.bar.hide()
        self.summary.setText(tr("Stopped. Nothing was kept."))
        self.go.setEnabled(True)

    def _failed(self, error: KnownError) -> None:
        self._work = None
        self.bar.hide()
        self.summary.setText(tr("Nothing was written."))
        self.message.fail(error)

    def _ask_where(self) -> None:
        chosen, _kind = QFileDialog.getSaveFileName(
            self,
            tr("Save refused rows"),
            str(self._file.with_name(f"{self._file.stem}-{tr('refused')}.xlsx")),
            "Excel (*.xlsx)",
        )
        if chosen:
            self.save_refused_to(Path(chosen))

    def save_refused_to(self, file: Path) -> None:
        """Write the refused rows into a sheet that can be mended and imported again."""
        result = self.result_
        if result is None:
            return
        writer = self._bench.services.refused_rows_writer
        self._bench.operations.task(
            self,
            lambda progress: writer.write(file, result.rejects),
            success=lambda _nothing: self.message.say(tr("Saved {file}", file=file.name), "good"),
            failure=self._failed,
        )

    def done(self, code: int) -> None:
        """Closing stops what is under way; nothing of a stopped import is kept."""
        if self._work is not None:
            self._work.cancel()
        super().done(code)


def _tab_word(only: Outcome | None) -> str:
    return tr("All") if only is None else outcome_word(only)

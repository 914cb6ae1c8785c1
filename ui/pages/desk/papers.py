"""What leaves the desk: reminder sheets as PDF, all deadlines as a calendar file."""

from pathlib import Path

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from landsteward.app.context import Context
from landsteward.app.files import write_whole
from landsteward.app.language import tr
from landsteward.app.reminders import (
    USUAL_DAYS,
    Calendar,
    ReminderSheet,
    deadlines,
    reminder_sheet,
)
from landsteward.domain.exports import Exported
from ui.exporting import note, refused
from ui.operations import Progress
from ui.widgets.basics import button, row
from ui.widgets.fields import WholeField
from ui.workbench import Workbench


class DeskPapers(QWidget):
    """A menu: my reminder sheet, everybody's, the calendar."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self._bench = bench
        self.days = WholeField("", unit=tr("days"), maximum=3650)
        self.days.line.setAccessibleName(tr("Due within so many days"))
        self.days.set_value(USUAL_DAYS)
        self.days.setFixedWidth(84)
        self.days.setToolTip(tr("Due within so many days"))
        self.open = button(tr("Reminders"), "", self._menu)
        layout = row(self.days, self.open, gap=6)
        self.setLayout(layout)

    def _menu(self) -> None:
        menu = QMenu(self)
        menu.addAction(tr("My reminder sheet…"), lambda: self.ask_sheet(mine=True))
        menu.addAction(tr("Reminder sheets of all…"), lambda: self.ask_sheet(mine=False))
        menu.addSeparator()
        menu.addAction(tr("Calendar of all deadlines…"), self.ask_calendar)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.open.mapToGlobal(QPoint(0, self.open.height())))

    def ask_sheet(self, *, mine: bool) -> None:
        """Ask for a file, and write the sheets into it."""
        name = self._bench.member().person.name if mine else tr("Reminder sheets")
        chosen, _kind = QFileDialog.getSaveFileName(
            self, tr("Save the reminder sheet"), str(Path.home() / f"{name}.pdf"), "PDF (*.pdf)"
        )
        if chosen:
            self.save_sheet(Path(chosen), mine=mine)

    def ask_calendar(self) -> None:
        """Ask for a file, and write the calendar into it."""
        chosen, _kind = QFileDialog.getSaveFileName(
            self,
            tr("Save the calendar"),
            str(Path.home() / f"{tr('Deadlines')}.ics"),
            "iCalendar (*.ics)",
        )
        if chosen:
            self.save_calendar(Path(chosen))

    def save_sheet(self, file: Path, *, mine: bool) -> None:
        """Gather on the database thread, lay out beside it."""
        if not self.days.commit():
            return
        if refused(self._bench):
            return
        services = self._bench.services
        person_id = self._bench.member().person.id if mine else None
        days = self.days.value()

        def ask(ctx: Context) -> ReminderSheet:
            wanted = USUAL_DAYS if days is None else days
            return reminder_sheet(ctx, person_id=person_id, days=wanted)

        def got(sheet: ReminderSheet) -> None:
            def write(_progress: Progress) -> Path:
                write_whole(file, services.build_reminders(sheet))
                return file

            def written(done: Path) -> None:
                self._saved(done)
                note(self._bench, Exported.PAPER, tr("Reminder sheets"), done)

            self._bench.operations.task(self, write, success=written)

        self._bench.operations.query(self, ask, success=got)

    def save_calendar(self, file: Path) -> None:
        """Gather on the database thread, write beside it."""
        if refused(self._bench):
            return
        services = self._bench.services

        def got(found: Calendar) -> None:
            def write(_progress: Progress) -> Path:
                write_whole(file, services.calendar_file(found))
                return file

            def written(done: Path) -> None:
                self._saved(done)
                rows = len(found.dues)
                note(self._bench, Exported.LIST, tr("Deadlines"), done, rows=rows)

            self._bench.operations.task(self, write, success=written)

        self._bench.operations.query(self, deadlines, success=got)

    def _saved(self, file: Path) -> None:
        self._bench.say(tr("Saved {file}", file=file), "good")

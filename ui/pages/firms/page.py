"""第三方机构: all firms beside each other, and the way to each of them."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from landsteward.app.context import Context
from landsteward.app.engagements import find_or_add_firm
from landsteward.app.firms import FirmRow, firm_table
from landsteward.app.language import tr
from landsteward.domain.errors import KnownError
from landsteward.domain.organisations import Organisation
from landsteward.domain.permissions import Action, may
from landsteward.domain.states import FirmKind
from ui import theme
from ui import words as shared
from ui.pages.base import Page
from ui.pages.firms.periods import PeriodField
from ui.pages.firms.table import AnyIndex, FirmsModel
from ui.services import SheetColumn
from ui.widgets.basics import Card, button, column, label, row
from ui.widgets.fields import ChoiceField, TextField
from ui.widgets.plain_table import plain_table
from ui.widgets.signs import EmptyState
from ui.workbench import Place, Workbench


class FirmsPage(Page):
    """The table; a row opens its firm."""

    def __init__(self, bench: Workbench, place: Place) -> None:
        super().__init__(bench, place)
        self.back = button(
            "←", "quiet", lambda: bench.go(Place("plans")), hint=tr("To the remedy plans")
        )
        self.back.setFixedWidth(theme.current().px(32))
        self.period = PeriodField(bench.services.clock.today())
        self.period.committed.connect(lambda _year: self.refresh())
        self.export = button(tr("Export to Excel…"), "quiet", self._ask_file)
        self.new = button(tr("New firm"), "primary", self._begin, changing=True)
        self.name = TextField(tr("Name of the firm"), required=True)
        self.kind = ChoiceField(
            tr("Kind of firm"), [(one, shared.firm_kind(one)) for one in FirmKind]
        )
        self.kind.set_value(FirmKind.LAW)
        self.kind.setFixedWidth(theme.current().px(180))
        self.add = button(tr("Add"), "small", self._add, changing=True)
        self.leave = button(tr("Cancel"), "quiet", self._leave)
        self.form = Card(margin=12)
        fields = row(self.name, self.kind, gap=12)
        fields.addWidget(self.add, 0, Qt.AlignmentFlag.AlignBottom)
        fields.addWidget(self.leave, 0, Qt.AlignmentFlag.AlignBottom)
        self.form.add(fields)
        self.form.setParent(self)
        self.form.hide()
        self.rows = FirmsModel(self)
        self.table = plain_table(self.rows, [one.width for one in self.rows.columns])
        self.table.setSortingEnabled(True)
        self.table.horizontalHeader().setSortIndicator(0, Qt.SortOrder.AscendingOrder)
        self.table.setAccessibleName(tr("Service firms"))
        self.table.activated.connect(self._open)
        self.nothing = EmptyState(
            tr("No service firm yet"),
            tr(
                "Carriers engage law and accounting firms by contract; here each firm stands with "
                "what became of its plans."
            ),
        )
        self.waiting = label("", "caution")
        card = Card(margin=0, gap=0)
        card.add(self.nothing, 1)
        card.add(self.table, 1)
        head = row(self.back, label(tr("Service firms"), "title"), gap=8)
        head.addWidget(self.waiting)
        head.addStretch(1)
        for one in (self.period, self.export, self.new):
            head.addWidget(one)
        page = column(head, self.form, gap=12)
        page.addWidget(card, 1)
        self.setLayout(page)

    def refresh(self) -> None:
        """Ask for the firms again."""
        self.new.setEnabled(may(self.bench.member().person.role, Action.ENGAGE_FIRM))
        within = self.period.within
        self.bench.operations.query(
            self, lambda ctx: firm_table(ctx, within=within), success=self._show
        )

    def _show(self, rows: list[FirmRow]) -> None:
        if sorted(map(str, rows)) != sorted(map(str, self.rows.rows)):
            self.rows.show(rows)
        self.table.setVisible(bool(rows))
        self.nothing.setVisible(not rows)
        self.export.setEnabled(bool(rows))
        undecided = sum(one.undecided for one in rows)
        self.waiting.setText(
            tr("{count} declared conflicts wait for a decision.", count=undecided)
            if undecided
            else ""
        )

    def _open(self, index: AnyIndex) -> None:
        if index.isValid():
            self.bench.go(Place("firm", self.rows.rows[index.row()].firm.id))

    def _begin(self) -> None:
        self.form.show()
        self.name.line.setFocus()

    def _leave(self) -> None:
        self.name.set_value("")
        self.form.hide()

    def _add(self) -> None:
        if not self.name.commit():
            return
        name, kind = self.name.value(), self.kind.value()

        def added(firm: Organisation) -> None:
            self._leave()
            self.bench.go(Place("firm", firm.id, "contracts"))

        def work(ctx: Context) -> Organisation:
            return find_or_add_firm(ctx, name=name, kind=kind)

        self.bench.operations.change(self, work, success=added, failure=self._refused)

    def _refused(self, error: KnownError) -> None:
        self.name.refused(error)

    def _ask_file(self) -> None:
        chosen, _kind = QFileDialog.getSaveFileName(
            self,
            tr("Save the records"),
            str(Path.home() / f"{tr('Service firms')}.xlsx"),
            tr("Excel file") + " (*.xlsx)",
        )
        if chosen:
            self.write(Path(chosen))

    def write(self, file: Path) -> None:
        """Write the table as it is shown."""
        columns = self.rows.columns
        sheet = [
            SheetColumn(header=one.word, kind="number" if one.number else "text") for one in columns
        ]
        cells = [[one.of(row) for one in columns] for row in self.rows.rows]
        write_table, title = self.bench.services.write_table, tr("Service firms")
        self.bench.operations.task(
            self,
            lambda _progress: write_table(file, title, sheet, cells),
            success=lambda _done: self.bench.say(tr("Saved {file}", file=file.name), "good"),
        )

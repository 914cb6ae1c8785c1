"""What the list of findings does to the chosen rows: assign with a deadline, set who leads."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from landsteward.app.context import Context
from landsteward.app.finding_bulk import FindingsDone, assign_findings, set_lead_department
from landsteward.app.language import localised, tr
from landsteward.domain.permissions import Action, may
from landsteward.domain.rulepack import RulePack
from ui.operations import Progress
from ui.widgets.basics import Card, button, column, label, row
from ui.widgets.fields import ChoiceField, DateField
from ui.widgets.outcome import Next, OutcomeLine
from ui.widgets.table import ListPanel
from ui.workbench import Workbench

Work = Callable[[Context, Progress], FindingsDone]


class FindingActions(QWidget):
    """A line above the list: it asks what is still to be said, then tells what came of it."""

    def __init__(self, bench: Workbench, panel: ListPanel) -> None:
        super().__init__()
        self._bench = bench
        self._panel = panel
        self.line = OutcomeLine()
        self.deadline = DateField("")
        self.deadline.setAccessibleName(tr("Deadline"))
        self.lead = ChoiceField("")
        self.lead.setAccessibleName(tr("Lead department"))
        self.what = label("")
        self.go = button(tr("Assign"), "small", self._go, changing=True)
        self.cancel = button(tr("Cancel"), "quiet", self.close_bar)
        self.bar = Card(margin=10, gap=6)
        self.bar.add(row(self.what, self.deadline, self.lead, 1, self.cancel, self.go, gap=12))
        self.bar.hide()
        self._run: Callable[[], None] | None = None
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self.bar)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self.close_bar)
        self.setLayout(column(self.bar, self.line, gap=8))
        self.assign_button = button(tr("Assign…"), "quiet", self.ask_deadline, changing=True)
        self.lead_button = button(tr("Lead department…"), "quiet", self.ask_lead, changing=True)
        for made in (self.assign_button, self.lead_button):
            panel.tools.addWidget(made)
            action = QAction(made.text(), panel)
            action.triggered.connect(made.click)
            panel.row_actions.append(action)
        panel.selection_changed.connect(self._selected)
        self._selected()

    def ask_deadline(self) -> None:
        """Until when the chosen ones are assigned."""
        self._ask(
            tr("Assign {count} findings; without a day each keeps its own deadline."),
            self.deadline,
            tr("Assign"),
            self._assign,
        )

    def ask_lead(self) -> None:
        """Who leads the joint disposal of the chosen ones."""

        def offer(pack: RulePack) -> None:
            self.lead.set_options(
                [(one.key, localised(one.short_name, one.name_en)) for one in pack.departments]
            )
            own = self._bench.member().organisation.department
            self.lead.set_value(own or pack.departments[0].key)
            self._ask(
                tr("Bind {count} findings, case by case, to a joint disposal led by"),
                self.lead,
                tr("Set the lead department"),
                self._set_lead,
            )

        self._bench.operations.query(self, Context.pack, success=offer)

    def close_bar(self) -> None:
        """Put the question away."""
        self.bar.hide()
        self._run = None

    def _ask(self, words: str, field: QWidget, yes: str, run: Callable[[], None]) -> None:
        count = len(self._panel.selected_ids())
        self.what.setText(words.replace("{count}", f"{count:,}"))
        self.deadline.setVisible(field is self.deadline)
        self.lead.setVisible(field is self.lead)
        self.go.setText(yes)
        self._run = run
        self.line.settle()
        self.bar.show()
        field.setFocus()

    def _go(self) -> None:
        if self._run is not None:
            self._run()

    def _assign(self) -> None:
        if not self.deadline.commit():
            return
        ids, day = self._panel.selected_ids(), self.deadline.value()

        def work(ctx: Context, progress: Progress) -> FindingsDone:
            return assign_findings(ctx, ids=ids, deadline_on=day, told=progress)

        self._start(work, tr("Assigning…"), tr("{count} findings assigned."))

    def _set_lead(self) -> None:
        ids, lead = self._panel.selected_ids(), self.lead.value()

        def work(ctx: Context, progress: Progress) -> FindingsDone:
            return set_lead_department(ctx, ids=ids, lead=lead, told=progress)

        self._start(
            work, tr("Setting the lead department…"), tr("{count} findings have their lead.")
        )

    def _start(self, work: Work, doing: str, said: str) -> None:
        self.close_bar()

        def done(result: FindingsDone) -> None:
            text = said.replace("{count}", f"{result.done:,}")
            following: list[Next] = []
            if result.refused:
                text += " " + tr("{count} were refused.", count=f"{len(result.refused):,}")
                following.append((tr("Why"), lambda: self._show_refused(result)))
            self.line.say(text, "caution" if result.refused else "good", *following)

        running = self._bench.operations.long_change(
            self, work, success=done, progressed=self.line.progressed, stopped=self._stopped
        )
        self.line.working(doing, running.cancel)

    def _show_refused(self, result: FindingsDone) -> None:
        from ui.dialogs.not_opened import NotOpenedDialog

        count = f"{len(result.refused):,}"
        title = tr("Not done for these {count} findings", count=count)
        NotOpenedDialog(self, result.refused, title).open()

    def _stopped(self) -> None:
        self.line.say(tr("Stopped; nothing was changed."), "caution")

    def _selected(self) -> None:
        some = bool(self._panel.selected_ids())
        allowed = may(self._bench.member().person.role, Action.DECIDE_FINDING)
        for made in (self.assign_button, self.lead_button):
            made.setEnabled(some and allowed)
        if not some:
            self.close_bar()

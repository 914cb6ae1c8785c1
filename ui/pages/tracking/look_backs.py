"""回头看: what is to be looked at again, this month or at all; visits planned for many at once."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from landsteward.app.language import tr
from landsteward.app.look_backs import plan_look_backs
from landsteward.domain.permissions import Action, may
from ui.widgets.basics import Card, button, column, label, row
from ui.widgets.callout import Refusal
from ui.widgets.dates import DateField
from ui.widgets.fields import ChoiceField
from ui.widgets.outcome import OutcomeLine
from ui.widgets.table import ListPanel
from ui.workbench import Workbench


class LookBacksTab(QWidget):
    """The list, which part of it is shown, and the day a visit is planned for."""

    def __init__(self, bench: Workbench, panel: ListPanel) -> None:
        super().__init__()
        self._bench = bench
        self.panel = panel
        today = bench.services.clock.today()
        self._parts = {
            "waiting": {"waits": "1"},
            "month": {"waits": "1", "due_month": f"{today:%Y-%m}"},
            "back": {"outcome": "came_back"},
            "all": {},
        }
        self.part = ChoiceField(
            "",
            [
                ("waiting", tr("Not done yet")),
                ("month", tr("Due this month")),
                ("back", tr("Came back")),
                ("all", tr("All")),
            ],
        )
        self.part.setAccessibleName(tr("Show only"))
        self.part.set_value("waiting")
        self.part.setFixedWidth(160)
        self.part.committed.connect(self._show_part)
        panel.tools.addWidget(self.part)
        self.plan = button(tr("Plan the visit…"), "quiet", self.ask_day, changing=True)
        panel.tools.addWidget(self.plan)
        action = QAction(self.plan.text(), panel)
        action.triggered.connect(self.plan.click)
        panel.row_actions.append(action)
        self.what = label("")
        self.day = DateField("")
        self.day.setAccessibleName(tr("Visit on"))
        self.error = Refusal()
        self.go = button(tr("Plan"), "small", self._plan, changing=True)
        self.cancel = button(tr("Cancel"), "quiet", self.close_bar)
        self.bar = Card(margin=10, gap=6)
        self.bar.add(row(self.what, self.day, 1, self.error, self.cancel, self.go, gap=12))
        self.bar.hide()
        self.day.line.returnPressed.connect(self._plan)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self.bar)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self.close_bar)
        self.line = OutcomeLine()
        layout = column(self.bar, self.line, gap=8)
        layout.addWidget(panel, 1)
        self.setLayout(layout)
        panel.selection_changed.connect(self._selected)
        panel.model.replace_equal(self._parts["waiting"])
        self._selected()

    def ask_day(self) -> None:
        """For which day the visits of the chosen ones are planned."""
        count = len(self.panel.selected_ids())
        self.what.setText(tr("Plan the visits of {count} look-backs for", count=f"{count:,}"))
        self.line.settle()
        self.bar.show()
        self.day.setFocus()

    def close_bar(self) -> None:
        """Put the question away."""
        self.bar.hide()

    def _plan(self) -> None:
        if not self.day.commit():
            return
        day, ids = self.day.value(), self.panel.selected_ids()
        if day is None:
            self.day.set_error(tr("Say on which day."))
            self.day.setFocus()
            return
        inspector = self._bench.member().person.id
        self._bench.operations.change(
            self,
            lambda ctx: plan_look_backs(
                ctx, look_back_ids=ids, planned_on=day, inspector_id=inspector
            ),
            success=self._planned,
        )

    def _planned(self, count: int) -> None:
        self.close_bar()
        self.line.say(tr("{count} visits planned.", count=f"{count:,}"), "good")
        self.panel.refresh()

    def _show_part(self, part: str) -> None:
        self.panel.model.replace_equal(self._parts[part])

    def _selected(self) -> None:
        allowed = may(self._bench.member().person.role, Action.RECHECK)
        self.plan.setEnabled(allowed and bool(self.panel.selected_ids()))
        if not self.panel.selected_ids():
            self.close_bar()

"""Plans by whose turn it is: how many, and a click that shows only them."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from landsteward.app.context import Context
from landsteward.app.language import tr
from landsteward.app.views import ListFilter, ListKind, Sort
from landsteward.domain.permissions import Action, may
from landsteward.domain.states import PlanStatus
from ui import words
from ui.widgets.basics import button, label, row
from ui.workbench import Workbench

_SHOWN = (PlanStatus.SUBMITTED, PlanStatus.RETURNED, PlanStatus.DRAFT)


class PlanCounts(QWidget):
    """One button a state with its number; those that wait for the acting person are said so."""

    chosen = Signal(str)
    """The value of a `PlanStatus`."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self._bench = bench
        self.lead = label(tr("Plans that wait"), "dim")
        self.buttons: dict[PlanStatus, QPushButton] = {}
        line = row(self.lead, gap=8)
        for status in _SHOWN:
            made = button("", "small", partial(self.chosen.emit, status.value))
            self.buttons[status] = made
            line.addWidget(made)
        line.addStretch(1)
        self.setLayout(line)

    def refresh(self) -> None:
        """Count anew."""
        self._bench.operations.query(self, _counts, success=self._show)

    def _show(self, counts: dict[PlanStatus, tuple[int, bool]]) -> None:
        for status, (count, mine) in counts.items():
            text = tr("{state}: {count}", state=words.plan_status(status), count=count)
            made = self.buttons[status]
            made.setText(tr("{text} · my turn", text=text) if mine and count else text)
            made.setEnabled(bool(count))


def _counts(ctx: Context) -> dict[PlanStatus, tuple[int, bool]]:
    """How many plans stand so, and whether the acting person's role goes on with them."""
    asked = {
        PlanStatus.SUBMITTED: Action.DECIDE_PLAN,
        PlanStatus.RETURNED: Action.WRITE_PLAN,
        PlanStatus.DRAFT: Action.WRITE_PLAN,
    }
    found = {}
    for status, action in asked.items():
        wanted = ListFilter(equal={"status": status.value})
        ids = ctx.workspace.lists.ids(ListKind.PLANS, wanted, Sort(column="case_no"))
        found[status] = (len(ids), may(ctx.actor.role, action))
    return found

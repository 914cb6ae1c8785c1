"""The decision on a declared conflict: approve or refuse, with a reason, by somebody else."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from landsteward.app.language import tr
from ui.widgets.basics import button, column, row
from ui.widgets.callout import Refusal
from ui.widgets.fields import NoteField

Decide = Callable[[bool, str], None]


class ConflictDecision(QWidget):
    """A reason and two buttons; `decided` gets whether it is approved, and why."""

    def __init__(self, decided: Decide) -> None:
        super().__init__()
        self._decided = decided
        self.reason = NoteField(tr("Reason of the decision"), rows=1)
        self.reason.set_value("")
        self.error = Refusal()
        self.refuse = button(
            tr("Refuse"), "small", lambda: self._decide(approved=False), changing=True
        )
        self.approve = button(
            tr("Approve nevertheless"), "small", lambda: self._decide(approved=True), changing=True
        )
        self.setLayout(column(self.reason, row(self.error, self.refuse, self.approve), gap=8))

    def _decide(self, *, approved: bool) -> None:
        reason = self.reason.edit.toPlainText().strip()
        if not reason:
            self.reason.set_error(tr("Say why."))
            self.reason.setFocus()
            return
        self._decided(approved, reason)

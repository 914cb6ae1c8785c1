"""Why a suspicion is none: a reason typed in a line, where the suspicion stands."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from landsteward.app.language import tr
from landsteward.domain.errors import KnownError
from ui.widgets.basics import button, changes, column, row
from ui.widgets.fields import TextField


class DismissLine(QWidget):
    """Hidden until it is asked for; `run` gets the reason."""

    def __init__(self, run: Callable[[str], None]) -> None:
        super().__init__()
        self._run = run
        self.reason = TextField(tr("Why it is none"), required=True)
        self.send = changes(button(tr("Rule it out"), "small", self._send))
        self.cancel = button(tr("Cancel"), "link", self.put_away)
        self.reason.line.returnPressed.connect(self._send)
        self.setLayout(column(self.reason, row(self.send, self.cancel, 1), gap=6))
        self.hide()

    def begin(self) -> None:
        """Ask for the reason."""
        self.reason.write("")
        self.reason.set_error("")
        self.show()
        self.reason.line.setFocus()

    def put_away(self) -> None:
        """Nothing is dismissed."""
        self.hide()

    def refuse(self, error: KnownError) -> None:
        """Say under the field why not."""
        self.reason.refused(error)

    def _send(self) -> None:
        if self.reason.commit():
            self._run(self.reason.value())

"""What must not happen and has happened: written to the log and shown, and the program goes on."""

import logging
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from ui.services import Services

if TYPE_CHECKING:
    from ui.dialogs.bug import BugDialog

log = logging.getLogger("landsteward.ui")


class Bugs(QObject):
    """Shows one dialog over a window, with the details of every mistake of ours."""

    def __init__(self, services: Services, over: QWidget) -> None:
        super().__init__(over)
        self._services = services
        self._over = over
        self._ended = False
        self.dialog: BugDialog | None = None

    def show(self, error: BaseException) -> None:
        """Show one more."""
        from ui.dialogs.bug import BugDialog

        if self.dialog is None:
            self.dialog = BugDialog(self._services, self._over)
        self.dialog.add(error)

    def caught(
        self,
        kind: type[BaseException],
        error: BaseException,
        trace: TracebackType | None,
    ) -> None:
        """For `sys.excepthook`: what a slot let through is logged and shown."""
        log.error("unexpected", exc_info=(kind, error, trace))
        if not self._ended:
            self.show(error)

    def end(self) -> None:
        """The window is gone: from now on they are only logged."""
        self._ended = True

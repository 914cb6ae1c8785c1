"""The window for what must not happen: details to copy, and the program goes on."""

import platform
import traceback

from PySide6.QtCore import qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QWidget

from landsteward.app.language import tr
from ui.services import Services
from ui.widgets.basics import button, column, label, row

_KEPT = 20_000


class BugDialog(QDialog):
    """One per program; further bugs are added to the one that is open."""

    def __init__(self, services: Services, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Something went wrong"))
        self.resize(640, 420)
        self._services = services
        self.details = QPlainTextEdit()
        self.details.setReadOnly(True)
        self.details.setAccessibleName(tr("Details"))
        explanation = label(
            tr(
                "This is a mistake in the program. You can go on; what you did last may not be "
                "saved. Please copy the details and send them to whoever looks after the program."
            ),
            wrap=True,
        )
        where = label(tr("Also written to {file}", file=services.log_file), "dim", wrap=True)
        self.copy = button(tr("Copy details"), "", self._copy)
        self.go_on = button(tr("Go on"), "primary", self.hide)
        self.setLayout(
            column(
                label(tr("Something went wrong"), "title"),
                explanation,
                self.details,
                where,
                row(1, self.copy, self.go_on),
                gap=12,
                margin=20,
            )
        )

    def add(self, error: BaseException) -> None:
        """Show a bug's details, after those already shown."""
        trace = "".join(traceback.format_exception(error))
        head = (
            f"LandSteward {self._services.version} · Python {platform.python_version()} · "
            f"Qt {qVersion()} · {platform.platform()}"
        )
        before = self.details.toPlainText() if self.isVisible() else ""
        self.details.setPlainText((before + "\n\n" if before else head + "\n\n") + trace[-_KEPT:])
        self.show()
        self.raise_()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.details.toPlainText())

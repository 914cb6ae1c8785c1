"""The window on a workspace, until the list of the register is painted."""

import sys
from pathlib import Path

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QTableView

from ui.models.paged import PagedTableModel
from ui.services import Services
from ui.window import MainWindow
from ui.workbench import Place


class Watch(QObject):
    """Looks every other millisecond whether the list is there."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._asked = False
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._look)
        self._timer.start(2)

    def _look(self) -> None:
        shell = self._window.shell
        if shell is None:
            return
        if not self._asked:
            self._asked = True
            shell.go(Place("register"))
            return
        for view in shell.findChildren(QTableView):
            model = view.model()
            if not isinstance(model, PagedTableModel) or not view.isVisible():
                continue
            if model.rowCount() > 0 and model.row_at(0) is not None:
                self._timer.stop()
                self._window.grab()
                self._window.close()


def run(services: Services, workspace: Path) -> int:
    """Open the window as `ui.run` does; gives Qt's exit code."""
    app = QApplication(sys.argv[:1])
    window = MainWindow(services)
    window.open_file(workspace)
    window.show()
    Watch(window)
    return app.exec()

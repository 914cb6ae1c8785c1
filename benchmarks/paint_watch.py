"""A table that says when it has been painted with its rows: the moment a start is measured up to.

Or, for measuring memory, what its process has held until all its rows are there.

Both sides are watched in this way, which costs next to nothing. Asking a view for its viewport,
for instance, would have PySide make all its classes first, on both sides.
"""

import sys

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QTableView

PAINTED = "painted"
"""What goes to stdout then."""


class Painted(QTableView):
    """To be mixed into a table: ends the program once every row in view has been painted."""

    _told = False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint; if there were rows all over it, say so when this is over."""
        super().paintEvent(event)
        if not self._told and self._filled():
            self._told = True
            QTimer.singleShot(0, self, _tell)

    def _filled(self) -> bool:
        """Whether every row in view has its first word."""
        model = self.model()
        count = model.rowCount()
        last = self.rowAt(self.height())
        rows = range(last + 1 if last >= 0 else count)
        return count > 0 and all(model.index(row, 0).data() for row in rows)


def _tell() -> None:
    sys.stdout.write(PAINTED + "\n")
    sys.stdout.flush()
    QApplication.closeAllWindows()


def tell_memory() -> None:
    """Say the most the process has held (MiB), and end.

    Read from the kernel's own account of this program (Linux): what `getrusage` says counts in what
    the process that started it had held.
    """
    from pathlib import Path

    status = Path("/proc/self/status").read_text()
    most = next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM:"))
    sys.stdout.write(f"{int(most) / 1024:.1f}\n")
    sys.stdout.flush()
    QApplication.closeAllWindows()

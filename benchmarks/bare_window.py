"""A bare PySide6 window with a short table of records: what our start is measured beside.

No more than what any such window needs: rows in memory, a model over them, a view.
"""

import sys

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow, QTableView

from benchmarks.paint_watch import Painted, tell_memory

ROWS, COLUMNS = 40, 9
_SETTLED_MS = 500
_TOP = QModelIndex()


class Records(QAbstractTableModel):
    """Rows of texts."""

    def __init__(self, rows: list[list[str]]) -> None:
        super().__init__()
        self._rows = rows

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _TOP) -> int:
        """All of them."""
        return len(self._rows)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = _TOP) -> int:
        """As many as the list of the register shows."""
        return COLUMNS

    def data(
        self,
        index: QModelIndex | QPersistentModelIndex,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> str | None:
        """The texts."""
        if role == Qt.ItemDataRole.DisplayRole:
            return self._rows[index.row()][index.column()]
        return None


def main() -> int:
    """Show the window, say so once its table is painted, and end; `--memory`: say what it holds."""
    app = QApplication(sys.argv[:1])
    app.setStyle("Fusion")
    window = QMainWindow()
    memory = "--memory" in sys.argv
    view = QTableView() if memory else Painted()
    model = Records([[f"第{row}行{column}" for column in range(COLUMNS)] for row in range(ROWS)])
    view.setModel(model)
    window.setCentralWidget(view)
    window.resize(1280, 800)
    window.show()
    if memory:
        QTimer.singleShot(_SETTLED_MS, tell_memory)
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())

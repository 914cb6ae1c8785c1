"""A bare PySide6 window with a short list: what the program's start is measured beside."""

import sys

from PySide6.QtCore import QStringListModel, QTimer
from PySide6.QtWidgets import QApplication, QListView, QMainWindow


def main() -> int:
    """Show the window, say so once its list is painted, and end."""
    app = QApplication(sys.argv[:1])
    app.setStyle("Fusion")
    window = QMainWindow()
    view = QListView()
    view.setModel(QStringListModel([f"第{number}行" for number in range(40)]))
    window.setCentralWidget(view)
    window.resize(1280, 800)
    window.show()
    QTimer.singleShot(0, lambda: (view.grab(), app.quit()))
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())

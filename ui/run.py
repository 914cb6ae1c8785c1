"""Running the window for a person, from the first paint to the last save."""

import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

from ui.services import Services
from ui.window import MainWindow


def run(services: Services, path: Path | None) -> int:
    """Open the window, with a workspace if one is named; gives Qt's exit code once it is closed."""
    app = QApplication(sys.argv[:1])
    app.setApplicationName("LandSteward")
    window = MainWindow(services)
    sys.excepthook = window.caught
    try:
        # The file is opened in the background while the window is being shown.
        if path is not None:
            window.open_file(path)
        window.show()
        return app.exec()
    finally:
        sys.excepthook = sys.__excepthook__
        window.finish()

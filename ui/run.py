"""Running the window for a person, from the first paint to the last save."""

import sys
from pathlib import Path

from ui import theme
from ui.garbage import Garbage
from ui.services import Services
from ui.window import MainWindow
from ui.workbench import Place


def run(services: Services, path: Path | None, place: Place) -> int:
    """Open the window, with a workspace and at a place if one is named.

    Gives Qt's exit code once it is closed.
    """
    app = theme.application()
    app.setApplicationName("LandSteward")
    window = MainWindow(services)
    sys.excepthook = window.bugs.caught
    try:
        # The file is opened in the background while the window is being shown.
        if path is not None:
            window.open_file(path, place)
        window.show()
        Garbage(window.operations, window)
        return app.exec()
    finally:
        sys.excepthook = sys.__excepthook__
        window.finish()

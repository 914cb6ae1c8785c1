"""Starting the window for the tour, and closing it whatever happened."""

import logging
import os
import sys
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ui import theme
from ui.services import Services
from ui.tour.hand import Hand
from ui.tour.route import Route
from ui.tour.script import TourScript
from ui.window import MainWindow

WIDTH, HEIGHT = 1280, 720

log = logging.getLogger("landsteward.ui")


def run(services: Services, workspace: Path, script: TourScript, output: Path) -> list[Path]:
    """Walk the route; gives the pictures. Raises KnownError where a step does not work.

    Without a display the window is drawn offscreen.
    """
    if sys.platform.startswith("linux") and not (
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    ):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    QApplication.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs)
    app = QApplication.instance() or theme.application()
    app.setApplicationName("LandSteward")
    services.settings.keep("scheme", theme.Scheme.LIGHT)
    window = MainWindow(services)
    hand = Hand(window)

    def caught(
        kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        log.error("unexpected", exc_info=(kind, error, trace))
        hand.note_bug(error)

    sys.excepthook = caught
    try:
        window.resize(WIDTH, HEIGHT)
        window.show()
        window.activateWindow()
        QTest.qWaitForWindowActive(window)
        route = Route(window, hand, script, output)
        route.walk(workspace)
        return route.pictures
    finally:
        sys.excepthook = sys.__excepthook__
        window.close()
        window.finish()

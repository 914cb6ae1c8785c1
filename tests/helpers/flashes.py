"""Fails a test in which the program shows a widget that has no place yet.

Such a widget flashes as a window of its own, and takes the keyboard away from the real one.
"""

import sys
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMainWindow, QWidget

_PROGRAM = Path(__file__).parents[2] / "ui"


def _refuse_flashes(owner: type[QWidget], method: str) -> None:
    original = getattr(owner, method)

    def showing(self: QWidget, *visible: bool) -> Any:
        if all(visible) and self.windowType() is Qt.WindowType.Window:
            caller = Path(sys._getframe(1).f_code.co_filename)
            if not isinstance(self, QMainWindow) and caller.is_relative_to(_PROGRAM):
                raise AssertionError(f"{type(self).__name__} is shown before it has a place")
        return original(self, *visible)

    setattr(owner, method, showing)


for _method in ("setVisible", "show"):
    _refuse_flashes(QWidget, _method)

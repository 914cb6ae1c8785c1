"""When Python looks for garbage: while nobody waits.

Looking through everything takes 100 ms and more where a large table is open, in whichever thread,
and the window stands still meanwhile. So it is done when nothing has been asked for in a while;
what is young and short-lived is looked through as ever, which takes a millisecond.
"""

import gc

from PySide6.QtCore import QObject, QTimer

from ui.operations import Operations

_YOUNG, _MIDDLE, _NEVER = 2_000, 20, 1_000_000
_LOOK_EVERY_MS = 10_000
_QUIET_S = 4.0
_WORTH_IT = 40
"""So many middle rounds since the last look through everything: before, there is little to find."""


class Garbage(QObject):
    """Looks through everything while nothing is asked of the workspace. Lives as long as the
    program runs; what was there when it began is never looked through again.
    """

    def __init__(self, operations: Operations, parent: QObject) -> None:
        super().__init__(parent)
        self._operations = operations
        gc.freeze()
        gc.set_threshold(_YOUNG, _MIDDLE, _NEVER)
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> bool:
        """Look through everything, if it is quiet and worth it; says whether it was done."""
        quiet = self._operations.quiet_s >= _QUIET_S
        if not quiet or gc.get_count()[2] < _WORTH_IT:
            return False
        gc.collect()
        return True

"""An inspector at the form who is torn away in the middle: `python -m … FOLDER value|note`.

Answers an item, types into the field without leaving it, says so on stdout once what was typed is
saved by itself, and sits there until the process is killed.
"""

import sys
import time
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from landsteward.domain.states import CaseStep
from tests.ui.case.hand import at_the_case_page
from ui import theme
from ui.pages.case.checkup_step import CheckupStep

PATIENCE_S = 60


def main(folder: Path, field: str) -> None:
    """Type, say so, and wait to be killed."""
    application = theme.application()
    with at_the_case_page(folder) as hand:
        hand.next()
        hand.next()
        form = hand.step(CaseStep.CHECKUP)
        assert isinstance(form, CheckupStep)
        hand.press(form.lines.all[0], Qt.Key.Key_1)
        line = next(
            one
            for one in form.lines.all
            if one.data is not None and one.data.sheet.item.key == "plot_ratio_short"
        )
        assert line.value is not None
        hand.settle()
        saved: list[bool] = []
        hand.window.operations.saved.connect(lambda: saved.append(True))
        line.setFocus()
        if field == "value":
            hand.press(line, Qt.Key.Key_Return)
            QTest.keyClicks(line.value.line, "0.62")
        else:
            hand.press(line, Qt.Key.Key_N)
            assert line.detail is not None
            QTest.keyClicks(line.detail.note.edit, "north-east empty")
        patience = time.monotonic() + PATIENCE_S
        while not saved and time.monotonic() < patience:
            QTest.qWait(50)
        sys.stdout.write("typed\n")
        sys.stdout.flush()
        while application is not None:
            QTest.qWait(50)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])

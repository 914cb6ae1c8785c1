"""Frames of the Gantt while a bar is dragged, and a key in a long rich text: both are painted live.

Ours: a plan of 60 steps at 1920 × 1080; a bar is dragged and the line pushed, a frame each in turn,
so that the 95th percentile is a frame in which all is painted. Beside an empty widget of that size
that fills itself with one colour: the least that any repaint costs.

And a rich text of 5 000 characters in lists and headings, a key typed into its middle and painted,
beside Qt's own plain editor with the same characters.
"""

import os
import time
from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QTextEdit, QWidget

from benchmarks.side_by_side import Comparison, compare
from landsteward.domain.timeline import Bar
from ui import theme
from ui.widgets.gantt.view import Gantt
from ui.widgets.rich_edit import RichEdit

STEPS = 60
CHARACTERS = 5_000
WIDTH, HEIGHT = 1920, 1080
FRAME_LIMIT = 8.0
KEY_LIMIT = 3.0
_FRAMES = 60
_KEYS = 60
_TODAY = date(2026, 11, 25)


class Empty(QWidget):
    """Nothing but its ground."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """One colour."""
        QPainter(self).fillRect(self.rect(), QColor("white"))


def frame(runs: int) -> Comparison:
    """A frame of the Gantt beside an empty widget's repaint."""
    _application()
    gantt, empty = Gantt(), Empty()
    gantt.show_bars(_steps(), _TODAY, fixed=False)
    gantt.setFixedHeight(HEIGHT)
    for one in (gantt, empty):
        one.resize(WIDTH, HEIGHT)
        one.show()
    QApplication.processEvents()

    seen, begin = gantt.viewport(), gantt.place_of("9").toPoint()
    QTest.mousePress(seen, Qt.MouseButton.LeftButton, pos=begin)

    def drag(number: int) -> None:
        if number % 2:
            gantt.horizontalScrollBar().setValue(number)
        else:
            QTest.mouseMove(seen, begin + QPoint(number % 9 * 8, 0))
        QApplication.processEvents()

    try:
        return compare(
            what=f"a frame of the Gantt, {STEPS} steps, dragged and pushed, p95",
            beside="an empty widget of its size painted anew",
            ours=lambda: _p95(_FRAMES, drag),
            theirs=lambda: _p95(_FRAMES, lambda _number: empty.repaint()),
            limit=FRAME_LIMIT,
            runs=runs,
        )
    finally:
        _let_go(gantt, empty)


def key(runs: int) -> Comparison:
    """A key in a rich text of 5 000 characters beside a plain editor's."""
    _application()
    rich, plain = RichEdit(), QPlainTextEdit()
    lines: list[str] = []
    while sum(len(one) for one in lines) < CHARACTERS:
        number = len(lines)
        lines.append(
            "# 主要原因" if number % 20 == 0 else "- 订单**连年下滑**，设备闲置，" + "贷款到期" * 12
        )
    rich.show_kept("\n".join(lines))
    plain.setPlainText(rich.toPlainText())
    for one in (rich, plain):
        one.resize(900, 500)
        one.show()
        one.moveCursor(QTextCursor.MoveOperation.Start)
        for _line in range(len(lines) // 2):
            one.moveCursor(QTextCursor.MoveOperation.NextBlock)
    QApplication.processEvents()

    def press(edit: QTextEdit | QPlainTextEdit) -> Callable[[int], None]:
        def run(_number: int) -> None:
            QTest.keyClick(edit, Qt.Key.Key_X)
            edit.viewport().repaint()

        return run

    try:
        return compare(
            what=f"a key in a rich text of {CHARACTERS} characters, p95",
            beside="a plain editor of Qt's with the same text",
            ours=lambda: _p95(_KEYS, press(rich)),
            theirs=lambda: _p95(_KEYS, press(plain)),
            limit=KEY_LIMIT,
            runs=runs,
        )
    finally:
        _let_go(rich, plain)


def _application() -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication.instance() or theme.application()
    if not isinstance(app, QApplication):
        raise TypeError("there is an application without widgets already")
    theme.apply(app, scheme=theme.Scheme.LIGHT, percent=100)


def _steps() -> list[Bar]:
    first = _TODAY - timedelta(days=200)
    return [
        Bar(
            key=str(number),
            title=f"第 {number} 步：设备安装调试并报送备案",
            responsible="谯城示例生物科技有限公司",
            starts_on=first + timedelta(days=number * 6),
            due_on=first + timedelta(days=number * 6 + 30),
            done_on=first + timedelta(days=number * 6 + 40) if number < 20 else None,
            percent=number % 100,
        )
        for number in range(STEPS)
    ]


def _p95(count: int, run: Callable[[int], None]) -> float:
    taken = []
    for number in range(count):
        begun = time.perf_counter()
        run(number)
        taken.append(time.perf_counter() - begun)
    return sorted(taken)[int(count * 0.95)]


def _let_go(*widgets: QWidget) -> None:
    for one in widgets:
        one.hide()
        one.deleteLater()

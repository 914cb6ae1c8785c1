"""A hand on mouse and keyboard: real events, patience, and words when something does not work."""

import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialog,
    QFileDialog,
    QLabel,
    QLineEdit,
    QScrollArea,
    QWidget,
)

from landsteward.domain.errors import KnownError
from landsteward.domain.text import Message, msg
from ui import theme
from ui.widgets.edit_table import EditTable
from ui.widgets.pills import Pills
from ui.widgets.signs import words_of
from ui.window import MainWindow

PATIENCE_S = 30.0
_TICK_MS = 15


class Hand:
    """Works in one window. Everything that goes wrong ends the tour with a `KnownError`."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._trouble: list[str] = []
        self.doing: Message = msg("Opening the window")
        window.operations.failed.connect(lambda error: self._trouble.append(words_of(error)))
        window.operations.bug_found.connect(lambda error: self._trouble.append(repr(error)))

    def note_bug(self, error: BaseException) -> None:
        """A slot raised something."""
        self._trouble.append(repr(error))

    # Waiting

    def until(self, condition: Callable[[], bool], what: Message) -> None:
        """Wait for something to become true; all background work is answered then."""
        end = time.monotonic() + PATIENCE_S
        while not (self._window.operations.idle and condition()):
            self._check()
            if time.monotonic() > end:
                raise self._stop(msg("waited in vain for: {what}", what=what))
            QTest.qWait(_TICK_MS)
        self.settle()

    def settle(self) -> None:
        """Wait until nothing is under way any more and everything is painted."""
        if QGuiApplication.focusWindow() is None:
            # Without a window manager nobody hands the keyboard back when a pop-up closes.
            self._window.activateWindow()
        end = time.monotonic() + PATIENCE_S
        quiet = 0
        while quiet < 3:
            QTest.qWait(_TICK_MS)
            quiet = quiet + 1 if self._window.operations.idle else 0
            self._check()
            if time.monotonic() > end:
                raise self._stop(msg("the window did not come to rest"))

    def _check(self) -> None:
        if self._trouble:
            raise self._stop(msg("{words}", words="\n".join(self._trouble)))

    def _stop(self, why: Message) -> KnownError:
        red = [
            label.text()
            for label in self._window.findChildren(QLabel)
            if label.property("role") == "error" and label.isVisible() and label.text()
        ]
        return KnownError(
            msg("The tour stopped: {why}", why=why),
            where=" · ".join([str(self.doing), *red]),
        )

    # Mouse and keys

    def click(self, widget: QWidget, at: QPoint | None = None) -> None:
        """Click a widget that is there and can be clicked."""
        self.bring_up(widget)
        if not widget.isVisible() or not widget.isEnabled():
            raise self._stop(msg("“{name}” cannot be clicked", name=_name_of(widget)))
        place = at if at is not None else _inside(widget)
        QTest.mouseMove(widget, place)
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=place)
        self.settle()

    def draw(self, widget: QWidget, start: QPointF, end: QPointF) -> None:
        """Press, draw a stroke and let go."""
        held = Qt.KeyboardModifier.NoModifier
        QTest.mousePress(widget, Qt.MouseButton.LeftButton, held, start.toPoint())
        QTest.mouseMove(widget, ((start + end) / 2).toPoint())
        QTest.mouseMove(widget, end.toPoint())
        QTest.mouseRelease(widget, Qt.MouseButton.LeftButton, held, end.toPoint())
        self.settle()

    def press(self, key: Qt.Key, *, ctrl: bool = False) -> None:
        """Press a key where the focus is."""
        held = Qt.KeyboardModifier.ControlModifier if ctrl else Qt.KeyboardModifier.NoModifier
        QTest.keyClick(self.focus(), key, held)
        self.settle()

    def type(self, text: str) -> None:
        """Type where the focus is: ASCII by keys, everything else as an input method does."""
        target = self.focus()
        if text.isascii():
            QTest.keyClicks(target, text)
        else:
            event = QInputMethodEvent()
            event.setCommitString(text)
            QApplication.sendEvent(target, event)
        self.settle()

    def write(self, editor: QWidget, text: str) -> None:
        """Click into an editor, type, and leave it."""
        self.click(editor)
        if not editor.hasFocus():
            raise self._stop(msg("“{name}” does not take the focus", name=_name_of(editor)))
        self.type(text)
        self.press(Qt.Key.Key_Tab)

    def pick(self, pills: Pills, key: object) -> None:
        """Click one of a few pills."""
        self.bring_up(pills)
        self.click(pills, pills.centre_of(key).toPoint())

    def choose(self, box: QComboBox, place: int) -> None:
        """Choose by keys the entry at a place, counted from 0."""
        self.bring_up(box)
        box.setFocus()
        self.press(Qt.Key.Key_Home)
        for _ in range(place):
            self.press(Qt.Key.Key_Down)
        if box.currentIndex() != place:
            raise self._stop(msg("“{name}” does not take the choice", name=_name_of(box)))

    def draw_along(self, widget: QWidget, way: list[QPoint]) -> None:
        """Draw a line with the left button held."""
        QTest.mousePress(widget, Qt.MouseButton.LeftButton, pos=way[0])
        for place in way[1:]:
            QTest.mouseMove(widget, place)
        QTest.mouseRelease(widget, Qt.MouseButton.LeftButton, pos=way[-1])
        self.settle()

    def fill_row(self, table: EditTable, texts: list[str]) -> None:
        """Fill the blank last row of a table, cell after cell by Enter."""
        self.bring_up(table)
        row = table.model.rowCount() - 1
        self.click(table.view.viewport(), table.cell_place(row, 0).center())
        for text in texts:
            editor = self.focus()
            if not isinstance(editor, QLineEdit) or editor.objectName() != "cell":
                raise self._stop(msg("no cell is open for “{text}”", text=text))
            if text:
                self.type(text)
            self.press(Qt.Key.Key_Return)
        self.press(Qt.Key.Key_Escape)

    def paste_file(self, file: Path) -> None:
        """Paste a file from the clipboard where the focus is."""
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(file))])
        clipboard = QGuiApplication.clipboard()
        clipboard.setMimeData(data)
        self.press(Qt.Key.Key_V, ctrl=True)
        # What is still on the clipboard when the program ends is let go of after Python is gone.
        clipboard.clear()

    def click_and_save(self, opener: QAbstractButton, file: Path) -> None:
        """Click a button that asks where to save, and answer its dialog."""
        answered: list[bool] = []

        def answer() -> None:
            dialog = QApplication.activeModalWidget()
            if not isinstance(dialog, QFileDialog):
                return
            timer.stop()
            name = dialog.findChild(QLineEdit, "fileNameEdit")
            if name is None:
                dialog.reject()
                return
            name.selectAll()
            event = QInputMethodEvent()
            event.setCommitString(str(file))
            QApplication.sendEvent(name, event)
            QTest.keyClick(name, Qt.Key.Key_Return)
            answered.append(True)

        timer = QTimer(self._window)
        timer.setInterval(50)
        timer.timeout.connect(answer)
        timer.start()
        self.click(opener)
        timer.stop()
        if not answered:
            raise self._stop(msg("no dialog asked where to save"))
        self.until(file.is_file, msg("the saved file"))
        # Without a window manager nobody hands the keyboard back to the window.
        self._window.activateWindow()
        self.settle()

    def focus(self) -> QWidget:
        """Where the keyboard goes."""
        return QApplication.focusWidget() or self._window

    # Pictures

    def picture(self, file: Path, over: QDialog | None = None) -> None:
        """Keep what the window shows as PNG, with a dialog that lies over it."""
        self.settle()
        shown = self._window.grab()
        if over is not None:
            painter = QPainter(shown)
            held = over.grab()
            place = held.rect()
            place.moveCenter(shown.rect().center())
            painter.drawPixmap(place, held)
            painter.setPen(theme.current().colour("line_strong"))
            painter.drawRect(place)
            painter.end()
        if not shown.save(str(file), "PNG"):
            raise self._stop(msg("the picture {file} cannot be written", file=file))

    def bring_up(self, widget: QWidget) -> None:
        """Scroll to a widget."""
        parent = widget.parentWidget()
        while parent is not None:
            if isinstance(parent, QScrollArea):
                parent.ensureWidgetVisible(widget)
            parent = parent.parentWidget()
        QTest.qWait(_TICK_MS)


def _inside(widget: QWidget) -> QPoint:
    """The middle of what can be seen of a widget; a tick box is ticked at its box."""
    if isinstance(widget, QAbstractButton) and widget.isCheckable() and widget.width() > 200:
        return QPoint(10, widget.height() // 2)
    seen = widget.visibleRegion().boundingRect()
    return (seen if not seen.isEmpty() else widget.rect()).center()


def _name_of(widget: QWidget) -> str:
    text = widget.text() if isinstance(widget, QAbstractButton) else ""
    return text or widget.accessibleName() or widget.objectName() or type(widget).__name__

"""Drops and pastes as the system sends them."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QByteArray, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from ui.widgets.photos import EVIDENCE_MIME


def files(paths: Sequence[Path]) -> QMimeData:
    """Files as a file manager hands them over."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(one)) for one in paths])
    return data


def evidence(key: str) -> QMimeData:
    """A tile of the pool being dragged."""
    data = QMimeData()
    data.setData(EVIDENCE_MIME, QByteArray(key.encode()))
    return data


def drop(widget: QWidget, data: QMimeData) -> bool:
    """Drag it over a widget and let it go there; whether it was welcome."""
    middle = QPointF(widget.rect().center())
    buttons, held = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    action = Qt.DropAction.CopyAction
    enter = QDragEnterEvent(middle, action, data, buttons, held)
    enter.ignore()
    QApplication.sendEvent(widget, enter)
    if not enter.isAccepted():
        return False
    QApplication.sendEvent(widget, QDropEvent(middle, action, data, buttons, held))
    return True


def paste_files(widget: QWidget, paths: Sequence[Path]) -> None:
    """Ctrl+V with files on the clipboard."""
    clipboard = QApplication.clipboard()
    clipboard.setMimeData(files(paths))
    widget.setFocus()
    QTest.keyClick(widget, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    clipboard.clear()

"""The Gantt itself: read with mouse and keyboard, and dragged where it may be."""

from dataclasses import replace
from datetime import timedelta

from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QWheelEvent,
)

from landsteward.domain.timeline import Bar, Grip, moved
from ui.widgets.gantt.sheet import Drag, GanttSheet

_WEEK = 7
_NOTCH = 120
_ZOOM = 1.25
_HELD = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.ShiftModifier
    | Qt.KeyboardModifier.AltModifier
)
_ARROWS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_BY_TAB = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
_NO_BUTTON = Qt.MouseButton.NoButton


class Gantt(GanttSheet):
    """Steps as bars. Where they are not fixed, `dates_asked` says which dates somebody wants."""

    dates_asked = Signal(str, object, object)
    """Key, first day and due day of a step that was dragged or moved by keys."""
    opened = Signal(str)
    """Key of a step whose facts are wanted."""
    undo_asked = Signal()
    redo_asked = Signal()

    # The mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of a bar, of an undated step's row, or of the ground."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        plane, at = self._plane(), event.position()
        row = plane.row_at(at.y())
        self.problem.settle()
        across = self.horizontalScrollBar().value()
        if not 0 <= row < len(self.bars):
            self._drag = Drag(-1, Bar(key="", title=""), None, at.x(), across)
            return
        bar = self.bar_at(row)
        self.choose(bar.key)
        if at.x() < plane.left:
            return
        grip = None if self.fixed else plane.grip(row, bar, at.x(), at.y())
        if not self.fixed and not bar.dated:
            day = plane.day_at(at.x())
            bar, grip = replace(bar, starts_on=day, due_on=day), Grip.DUE
        self._drag = Drag(row, bar, grip, at.x(), across)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """What is held follows, day by day."""
        drag, at = self._drag, event.position()
        if drag is None or event.buttons() == _NO_BUTTON:
            self._show_what_can_be_held(at)
            return
        if drag.grip is None:
            self.horizontalScrollBar().setValue(round(drag.across + drag.x - at.x()))
            return
        plane = self._plane()
        if at.x() > plane.width - 16:
            self._reach(1)
        elif at.x() < plane.left + 16:
            self._reach(-1)
        pushed = at.x() - drag.x + self.horizontalScrollBar().value() - drag.across
        days = round(pushed / self._day_width)
        if days or drag.moved:
            self._drag = replace(drag, moved=True)
            self._wanted[drag.bar.key] = moved(drag.bar, days, drag.grip)
            self._say()
            # The row with the words about it, which stand over one beside it.
            high = plane.row_height
            self.viewport().update(0, plane.y(drag.row) - high, plane.width, 3 * high)

    def _reach(self, way: int) -> None:
        """Scroll on at the window's edge; the line grows where it ends."""
        bar = self.horizontalScrollBar()
        if way > 0 and bar.value() == bar.maximum():
            self._last += timedelta(days=_WEEK)
            self._measure()
        bar.setValue(bar.value() + way * bar.singleStep())

    def _show_what_can_be_held(self, at: QPointF) -> None:
        plane = self._plane()
        row = plane.row_at(at.y())
        shape = Qt.CursorShape.ArrowCursor
        if not self.fixed and 0 <= row < len(self.bars) and at.x() >= plane.left:
            grip = plane.grip(row, self.bar_at(row), at.x(), at.y())
            if grip is Grip.WHOLE:
                shape = Qt.CursorShape.SizeAllCursor
            elif grip is not None:
                shape = Qt.CursorShape.SizeHorCursor
        self.viewport().setCursor(shape)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """What was dragged somewhere else is asked for."""
        drag, self._drag = self._drag, None
        if drag is not None and drag.grip is not None and drag.moved:
            self._ask(drag.row)
        self.viewport().update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open the step."""
        row = self._plane().row_at(event.position().y())
        if 0 <= row < len(self.bars):
            self.opened.emit(self.bars[row].key)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """There is none: what can be done is done directly."""
        event.accept()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """With Ctrl zoom, with Shift or sideways scroll the days; else rows, then the page."""
        turned = event.angleDelta()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._zoom(self._day_width * _ZOOM ** (turned.y() / _NOTCH), event.position().x())
        elif turned.x() or event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            bar = self.horizontalScrollBar()
            bar.setValue(bar.value() - (turned.x() or turned.y()))
        else:
            down = self.verticalScrollBar()
            before = down.value()
            down.setValue(before - turned.y() * down.singleStep() // _NOTCH)
            if down.value() == before:
                event.ignore()
                return
        event.accept()

    # Keys

    def focusInEvent(self, event: QFocusEvent) -> None:
        """By the keyboard one comes to the first step."""
        super().focusInEvent(event)
        if event.reason() in _BY_TAB and self.chosen_row < 0 and self.bars:
            self.choose(self.bars[0].key)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The ring says that keys go elsewhere."""
        super().focusOutEvent(event)
        self.viewport().update()

    def event(self, event: QEvent) -> bool:
        """Our keys are ours before the window's."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and (_is_arrow(event) or _is_undo(event) or _is_redo(event))
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down choose, left and right move by a day, with Ctrl by a week.

        With Shift the due day moves alone, with Ctrl and Shift the first day.
        """
        key, held = Qt.Key(event.key()), event.modifiers() & _HELD
        if _is_undo(event):
            self.undo_asked.emit()
        elif _is_redo(event):
            self.redo_asked.emit()
        elif key == Qt.Key.Key_Escape and self._drag is not None:
            self._give_up()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and self.bars:
            by = 1 if key == Qt.Key.Key_Down else -1
            row = self.chosen_row + by if self.chosen_row >= 0 else 0
            self.choose(self.bars[min(max(row, 0), len(self.bars) - 1)].key)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End) and self.bars:
            self.choose(self.bars[0 if key == Qt.Key.Key_Home else -1].key)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not held and self.chosen_row >= 0:
            self.opened.emit(self.chosen)
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self._zoom(self._day_width * _ZOOM, self._middle())
        elif key == Qt.Key.Key_Minus:
            self._zoom(self._day_width / _ZOOM, self._middle())
        elif _is_arrow(event):
            self._arrow(_ARROWS[key], held)
        else:
            super().keyPressEvent(event)

    def _arrow(self, by: int, held: Qt.KeyboardModifier) -> None:
        row = self.chosen_row
        if self.fixed or row < 0:
            bar = self.horizontalScrollBar()
            bar.setValue(bar.value() + by * bar.singleStep())
            return
        control = bool(held & Qt.KeyboardModifier.ControlModifier)
        shift = bool(held & Qt.KeyboardModifier.ShiftModifier)
        grip = Grip.WHOLE if not shift else Grip.START if control else Grip.DUE
        if control and not shift:
            by *= _WEEK
        bar_before = self.bar_at(row)
        if not bar_before.dated:
            wanted = replace(bar_before, due_on=self._today)
        else:
            wanted = moved(bar_before, by, grip)
        self._wanted[wanted.key] = wanted
        self.problem.settle()
        self._ask(row)
        self._bring_up()
        self._say()
        self.viewport().update()

    def _ask(self, row: int) -> None:
        bar, before = self.bar_at(row), self.bars[row]
        if (bar.starts_on, bar.due_on) != (before.starts_on, before.due_on):
            self._asked[bar.key] += 1
            self.dates_asked.emit(bar.key, bar.starts_on, bar.due_on)
        else:
            self._wanted.pop(bar.key, None)

    def _give_up(self) -> None:
        drag, self._drag = self._drag, None
        if drag is not None:
            self._wanted.pop(drag.bar.key, None)
        self.viewport().update()


def _is_arrow(event: QKeyEvent) -> bool:
    alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
    return Qt.Key(event.key()) in _ARROWS and not alt


def _is_undo(event: QKeyEvent) -> bool:
    return event.matches(QKeySequence.StandardKey.Undo)


def _is_redo(event: QKeyEvent) -> bool:
    again = event.key() == Qt.Key.Key_Y and event.modifiers() & _HELD == (
        Qt.KeyboardModifier.ControlModifier
    )
    return again or event.matches(QKeySequence.StandardKey.Redo)

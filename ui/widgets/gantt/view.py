"""The Gantt itself: scrolled, zoomed, read with mouse and keyboard, and dragged where it may be."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QToolTip, QWidget

from landsteward.app.language import tr
from landsteward.domain.timeline import Bar, Grip, Scale, extent, moved
from ui import theme
from ui.widgets.callout import Callout
from ui.widgets.gantt import words
from ui.widgets.gantt.paint import GanttPainter, Picture
from ui.widgets.gantt.plane import LEAST, MOST, PIXELS, Plane, scale_of

_MOST_ROWS = 14
"""So many rows are shown at once; more are scrolled."""
_BEFORE, _AFTER = 21, 60
"""Days before and after the bars that one can scroll to."""
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


@dataclass(frozen=True, slots=True)
class _Drag:
    """What is held: the bar as it was, the part, where the mouse and the scroll bar were then.

    Without a part it is the ground that is pushed.
    """

    row: int
    bar: Bar
    grip: Grip | None
    x: float
    across: int
    moved: bool = False


class Gantt(QAbstractScrollArea):
    """Steps as bars. Where they are not fixed, `dates_asked` says which dates somebody wants."""

    dates_asked = Signal(str, object, object)
    """Key, first day and due day of a step that was dragged or moved by keys."""
    opened = Signal(str)
    """Key of a step whose facts are wanted."""
    chosen_changed = Signal(str)
    scale_changed = Signal(object)
    undo_asked = Signal()
    redo_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bars: list[Bar] = []
        self.fixed = True
        self.chosen = ""
        self._today = date.min
        self._first = date.min
        self._last = date.min
        self._day_width = PIXELS[Scale.WEEKS]
        self._fitted = False
        self._drag: _Drag | None = None
        self._wanted: dict[str, Bar] = {}
        self._asked: Counter[str] = Counter()
        self._names: dict[tuple[str, str, int], str] = {}
        self.problem = Callout(self)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self.setAccessibleName(tr("Gantt of the steps"))
        self.horizontalScrollBar().valueChanged.connect(self.viewport().update)
        self.verticalScrollBar().valueChanged.connect(self.viewport().update)

    # What is shown

    def show_bars(self, bars: Sequence[Bar], today: date, *, fixed: bool) -> None:
        """Show these steps as they stand on a day; `fixed` ones are only read."""
        self._names.clear()
        another = {one.key for one in bars}.isdisjoint(one.key for one in self.bars)
        self.bars = list(bars)
        self.fixed = fixed
        self._today = today
        # What was asked for is shown until it is answered, however many keys were pressed since.
        self._wanted = {key: one for key, one in self._wanted.items() if self._asked[key]}
        if self._drag is not None and self._drag.row >= len(self.bars):
            self._drag = None
        self._stretch()
        if another:
            self._fitted = False
            self.problem.settle()
        self._fit_height()
        self._measure()
        self._say()
        self.viewport().update()

    def choose(self, key: str) -> None:
        """Put a step in front, and into view."""
        if key == self.chosen:
            return
        self.chosen = key
        self._say()
        self._bring_up()
        self.viewport().update()
        self.chosen_changed.emit(key)

    def answered(self, key: str, refusal: str = "") -> None:
        """Dates asked for are kept, or refused: then the bar goes back, and it is said why."""
        self._asked[key] = max(self._asked[key] - 1, 0)
        if refusal:
            self._wanted.pop(key, None)
            self.problem.say(refusal)
            self._say()
        self.viewport().update()

    def zoom_to(self, scale: Scale) -> None:
        """Divide the line by days, weeks, months or quarters."""
        self._zoom(PIXELS[scale], self._middle())

    def fit(self) -> None:
        """Let all steps be seen at once."""
        if not self.isVisible() or self._plane().width <= self._plane().left:
            return
        first, last = extent(self.bars, self._today)
        # A milestone at either end is seen whole.
        margin = self._plane().row_height // 2
        room = self._plane().width - self._plane().left - 2 * margin
        self._day_width = min(max(room / ((last - first).days + 1), LEAST), PIXELS[Scale.DAYS])
        self._fitted = True
        self._measure()
        begin = round((first - self._first).days * self._day_width) - margin
        self.horizontalScrollBar().setValue(begin)
        self.scale_changed.emit(self.scale)
        self.viewport().update()

    @property
    def scale(self) -> Scale:
        """What the line is divided by now."""
        return scale_of(self._day_width)

    @property
    def chosen_row(self) -> int:
        """The row of the chosen step, -1 where there is none."""
        return next((row for row, one in enumerate(self.bars) if one.key == self.chosen), -1)

    def bar_at(self, row: int) -> Bar:
        """A bar as it is seen: with the dates it is dragged to, or that were asked for."""
        bar = self.bars[row]
        return self._wanted.get(bar.key, bar)

    def place_of(self, key: str, grip: Grip = Grip.WHOLE) -> QPointF:
        """Where on the viewport a bar, or one of its ends, is held."""
        row = next(row for row, one in enumerate(self.bars) if one.key == key)
        place = self._plane().bar(row, self.bar_at(row))
        match grip:
            case Grip.START:
                return QPointF(place.left() + 1, place.center().y())
            case Grip.DUE:
                return QPointF(place.right() - 1, place.center().y())
            case Grip.WHOLE:
                return place.center()

    @property
    def day_width(self) -> float:
        """How many pixels a day is wide."""
        return self._day_width

    @property
    def said(self) -> str:
        """The words beside the bar that is dragged; empty while none is."""
        drag = self._drag
        if drag is None or drag.grip is None or not drag.moved:
            return ""
        bar = self.bar_at(drag.row)
        return words.backward() if _backward(bar) else words.dates(bar)

    # Measures

    def _plane(self) -> Plane:
        look = theme.current()
        seen = self.viewport()
        return Plane(
            first=self._first,
            day_width=self._day_width,
            left=min(look.px(250), seen.width() * 2 // 5),
            top=look.px(48),
            width=seen.width(),
            height=seen.height(),
            row_height=look.px(34),
            across=self.horizontalScrollBar().value(),
            down=self.verticalScrollBar().value(),
        )

    def _stretch(self) -> None:
        """The line reaches as far as its bars; what is seen stays where it is."""
        first, last = extent(self.bars, self._today)
        first -= timedelta(days=_BEFORE)
        last += timedelta(days=_AFTER)
        if self._drag is not None:
            first, last = min(first, self._first), max(last, self._last)
        shift = round((self._first - first).days * self._day_width) if self._fitted else 0
        self._first, self._last = first, last
        if shift:
            bar = self.horizontalScrollBar()
            bar.setRange(0, bar.maximum() + abs(shift))
            bar.setValue(bar.value() + shift)

    def _measure(self) -> None:
        plane = self._plane()
        days = (self._last - self._first).days + 1
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        room = max(plane.width - plane.left, 1)
        across.setRange(0, max(round(days * self._day_width) - room, 0))
        across.setPageStep(room)
        across.setSingleStep(max(round(self._day_width), 20))
        below = max(plane.height - plane.top, 1)
        down.setRange(0, max(len(self.bars) * plane.row_height - below, 0))
        down.setPageStep(below)
        down.setSingleStep(plane.row_height)

    def _fit_height(self) -> None:
        plane = self._plane()
        rows = min(max(len(self.bars), 3), _MOST_ROWS)
        bar = self.horizontalScrollBar().sizeHint().height()
        self.setFixedHeight(plane.top + rows * plane.row_height + bar + 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """All steps are fitted in at first; later the scale stays."""
        super().resizeEvent(event)
        if not self._fitted:
            self.fit()
        self._measure()

    def _middle(self) -> float:
        plane = self._plane()
        return (plane.left + plane.width) / 2

    def _zoom(self, day_width: float, x: float) -> None:
        """Change the width of a day; what is at a place stays there."""
        plane = self._plane()
        at = (x - plane.left + plane.across) / self._day_width
        self._day_width = min(max(day_width, LEAST), MOST)
        self._fitted = True
        self._measure()
        self.horizontalScrollBar().setValue(round(at * self._day_width - x + plane.left))
        self.scale_changed.emit(self.scale)
        self.viewport().update()

    def _bring_up(self) -> None:
        row = self.chosen_row
        if row < 0:
            return
        plane, down = self._plane(), self.verticalScrollBar()
        top = row * plane.row_height
        if top < down.value():
            down.setValue(top)
        elif top + plane.row_height > down.value() + plane.height - plane.top:
            down.setValue(top + plane.row_height - plane.height + plane.top)
        bar = self.bar_at(row)
        if bar.begins is None or bar.ends is None or not self._fitted:
            return
        place = plane.bar(row, bar)
        across = self.horizontalScrollBar()
        if place.right() < plane.left + 12 or place.left() > plane.width - 12:
            across.setValue(round(across.value() + place.left() - plane.left - plane.width // 4))

    # Painting and words

    def paintEvent(self, event: QPaintEvent) -> None:
        """What can be seen."""
        plane = self._plane()
        seen = [self._wanted.get(one.key, one) for one in self.bars]
        drag = self._drag
        picture = Picture(
            bars=seen,
            plane=plane,
            today=self._today,
            chosen=self.chosen_row,
            focused=self.hasFocus(),
            said=self.said,
            wrong=drag is not None and drag.grip is not None and _backward(seen[drag.row]),
            region=event.rect(),
            names=self._names,
        )
        painter = QPainter(self.viewport())
        GanttPainter(painter, picture, self.font()).paint()
        painter.end()

    def _say(self) -> None:
        row = self.chosen_row
        self.setAccessibleDescription(
            words.told(self.bar_at(row), row + 1, self._today)
            if row >= 0
            else tr("{count} steps", count=len(self.bars))
        )

    def viewportEvent(self, event: QEvent) -> bool:
        """A step in words under the mouse."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            row = self._plane().row_at(event.pos().y())
            if 0 <= row < len(self.bars) and self._drag is None:
                text = words.tip(self.bar_at(row), row + 1, self._today)
                QToolTip.showText(event.globalPos(), text, self.viewport())
            else:
                QToolTip.hideText()
            return True
        return super().viewportEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """By the keyboard one comes to the first step."""
        super().focusInEvent(event)
        by_key = event.reason() in (
            Qt.FocusReason.TabFocusReason,
            Qt.FocusReason.BacktabFocusReason,
        )
        if by_key and self.chosen_row < 0 and self.bars:
            self.choose(self.bars[0].key)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The ring says that keys go elsewhere."""
        super().focusOutEvent(event)
        self.viewport().update()

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
            self._drag = _Drag(-1, Bar(key="", title=""), None, at.x(), across)
            return
        bar = self.bar_at(row)
        self.choose(bar.key)
        if at.x() < plane.left:
            return
        grip = None if self.fixed else plane.grip(row, bar, at.x(), at.y())
        if not self.fixed and not bar.dated:
            day = plane.day_at(at.x())
            bar, grip = replace(bar, starts_on=day, due_on=day), Grip.DUE
        self._drag = _Drag(row, bar, grip, at.x(), across)

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


def _backward(bar: Bar) -> bool:
    return bar.starts_on is not None and bar.due_on is not None and bar.due_on < bar.starts_on


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

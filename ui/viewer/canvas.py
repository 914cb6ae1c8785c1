"""A picture that is zoomed, pushed about, walked past and drawn upon.

Marks are kept in parts of the upright picture, so that zoom and turns do not touch them.
"""

from dataclasses import replace

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QImage,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QGestureEvent, QPinchGesture, QSizePolicy, QWidget

from landsteward.domain.photos import Mark, MarkColour, MarkKind, turned, turned_back
from ui import theme
from ui.evidence.marks import paint_marks, plate_of
from ui.viewer.hits import at_mark, too_small

_MOST_ZOOM = 12.0
_STEP = 1.25
_NOTCH = 120
_SWIPE = 90
"""So many pixels across, and it is a swipe to the next photo."""
_NUDGE = 0.01
Marks = tuple[Mark, ...]


class PhotoCanvas(QWidget):
    """Shows one picture with its marks; what a hand does is told, never kept here."""

    walked = Signal(int)
    marks_made = Signal(object)
    """The marks as they should be now."""
    text_asked = Signal(object)
    """Where on the canvas a text is to stand."""
    chosen = Signal(int)
    """Which mark is chosen, -1 for none."""
    tool_dropped = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._levels: list[QImage] = []
        self._word = ""
        self._turn = 0
        self._zoom = 1.0
        self._shift = QPointF()
        self._pressed: QPointF | None = None
        self._last = QPointF()
        self._draft: Mark | None = None
        self._held: Mark | None = None
        self.marks: Marks = ()
        self.tool: MarkKind | None = None
        self.colour = MarkColour.RED
        self.choice = -1
        self.markable = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(240, 160)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.grabGesture(Qt.GestureType.PinchGesture)

    # What is shown

    def show_nothing(self, word: str) -> None:
        """A word in place of a picture."""
        self._levels, self._word = [], word
        self.marks = ()
        self.choose(-1)
        self.fit()

    def show_picture(self, image: QImage) -> None:
        """Show a picture; a sharper one of the same takes over where it is needed."""
        if not image.isNull():
            self._levels.append(image)
            self._levels.sort(key=QImage.width)
            self.update()

    def show_marks(self, marks: Marks, turn: int) -> None:
        """Show these marks, and the picture turned by so many quarters."""
        self.marks = marks
        if turn != self._turn:
            self._turn = turn
            self.fit()
        if self.choice >= len(marks):
            self.choose(-1)
        self.update()

    @property
    def turn(self) -> int:
        """By how many quarters the picture is turned."""
        return self._turn

    @property
    def zoom(self) -> float:
        """How much larger than the whole picture in the view; 1 is whole."""
        return self._zoom

    def area(self) -> QRectF:
        """Where the picture lies, as it is turned."""
        if not self._levels:
            return QRectF()
        size = self._levels[-1].size()
        if self._turn % 2:
            size.transpose()
        scale = min(self.width() / size.width(), self.height() / size.height()) * self._zoom
        shown = QRectF(0, 0, size.width() * scale, size.height() * scale)
        shown.moveCenter(QRectF(self.rect()).center() + self._shift)
        return shown

    def place_of(self, at: QPointF) -> tuple[float, float]:
        """A place of the canvas as a place of the upright picture, held inside of it."""
        area = self.area()
        x = min(max((at.x() - area.x()) / max(area.width(), 1), 0.0), 1.0)
        y = min(max((at.y() - area.y()) / max(area.height(), 1), 0.0), 1.0)
        return turned_back(x, y, self._turn)

    def shown_at(self, x: float, y: float) -> QPointF:
        """Where a place of the upright picture lies on the canvas."""
        area = self.area()
        x, y = turned(x, y, self._turn)
        return QPointF(area.x() + x * area.width(), area.y() + y * area.height())

    # Zoom

    def fit(self) -> None:
        """The whole picture."""
        self._zoom, self._shift = 1.0, QPointF()
        self.update()

    def zoom_by(self, factor: float, around: QPointF | None = None) -> None:
        """Larger or smaller, the place `around` staying where it is."""
        before = self._zoom
        self._zoom = min(max(before * factor, 1.0), _MOST_ZOOM)
        centre = QRectF(self.rect()).center()
        held = (around or centre) - centre
        self._shift = held - (held - self._shift) * (self._zoom / before)
        self._keep_in()

    def _keep_in(self) -> None:
        """No emptiness where there is picture."""
        if self._zoom <= 1.0:
            self._shift = QPointF()
        else:
            area = self.area()
            across = max((area.width() - self.width()) / 2, 0.0)
            down = max((area.height() - self.height()) / 2, 0.0)
            self._shift = QPointF(
                min(max(self._shift.x(), -across), across),
                min(max(self._shift.y(), -down), down),
            )
        self.update()

    # Marks

    def choose(self, number: int) -> None:
        """Choose a mark, or none."""
        if number != self.choice:
            self.choice = number
            self.chosen.emit(number)
            self.update()

    def take_tool(self, tool: MarkKind | None) -> None:
        """What the hand draws from now on; None: it pushes and chooses."""
        self.tool = tool if self.markable else None
        self.choose(-1)
        self.setCursor(Qt.CursorShape.CrossCursor if self.tool else Qt.CursorShape.ArrowCursor)

    def delete_chosen(self) -> None:
        """Take the chosen mark away."""
        if 0 <= self.choice < len(self.marks):
            number = self.choice
            self.choose(-1)
            self._make((*self.marks[:number], *self.marks[number + 1 :]))

    def add_text(self, at: QPointF, text: str) -> None:
        """Put a text where it was asked for."""
        x, y = self.place_of(at)
        mark = Mark(kind=MarkKind.TEXT, colour=self.colour, x1=x, y1=y, text=text)
        self._make((*self.marks, mark))

    def paint_chosen(self, colour: MarkColour) -> None:
        """Give the chosen mark, and every one to come, a colour."""
        self.colour = colour
        if 0 <= self.choice < len(self.marks):
            self._change(self.choice, replace(self.marks[self.choice], colour=colour))

    def _make(self, marks: Marks) -> None:
        self.marks = marks
        self.update()
        self.marks_made.emit(marks)

    def _change(self, number: int, mark: Mark) -> None:
        marks = list(self.marks)
        marks[number] = mark
        self._make(tuple(marks))

    # The hand

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The start of a stroke, a push or a swipe."""
        if event.button() is not Qt.MouseButton.LeftButton or not self._levels:
            return
        at = event.position()
        self._pressed = self._last = at
        if self.tool is MarkKind.TEXT:
            self._pressed = None
            self.text_asked.emit(at)
        elif self.tool is not None:
            x, y = self.place_of(at)
            self._draft = Mark(kind=self.tool, colour=self.colour, x1=x, y1=y, x2=x, y2=y)
        else:
            self.choose(at_mark(self, at) if self.markable else -1)
            self._held = self.marks[self.choice] if self.choice >= 0 else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Draw, move the mark, or push the picture."""
        if self._pressed is None or not event.buttons() & Qt.MouseButton.LeftButton:
            return
        at = event.position()
        if self._draft is not None:
            x, y = self.place_of(at)
            self._draft = replace(self._draft, x2=x, y2=y)
        elif self._held is not None:
            x1, y1 = self.place_of(self._pressed)
            x2, y2 = self.place_of(at)
            marks = list(self.marks)
            marks[self.choice] = self._held.moved(x2 - x1, y2 - y1)
            self.marks = tuple(marks)
        elif self._zoom > 1.0:
            self._shift += at - self._last
            self._keep_in()
        self._last = at
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The end of it."""
        pressed, self._pressed = self._pressed, None
        draft, self._draft = self._draft, None
        held, self._held = self._held, None
        if pressed is None:
            return
        if draft is not None:
            if not too_small(draft, self.area()):
                self._make((*self.marks, draft))
            self.update()
        elif held is not None:
            if self.marks[self.choice] != held:
                self.marks_made.emit(self.marks)
        elif self._zoom <= 1.0:
            across = event.position().x() - pressed.x()
            if abs(across) >= _SWIPE:
                self.walked.emit(-1 if across > 0 else 1)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Close up, or whole again."""
        if self.tool is None and self._levels:
            if self._zoom > 1.0:
                self.fit()
            else:
                self.zoom_by(3.0, event.position())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom around the pointer."""
        notches = event.angleDelta().y() / _NOTCH
        if notches and self._levels:
            self.zoom_by(_STEP**notches, event.position())
        event.accept()

    def event(self, event: QEvent) -> bool:
        """Two fingers zoom."""
        if isinstance(event, QGestureEvent):
            pinch = event.gesture(Qt.GestureType.PinchGesture)
            if isinstance(pinch, QPinchGesture):
                around = self.mapFromGlobal(pinch.centerPoint().toPoint())
                self.zoom_by(pinch.scaleFactor(), QPointF(around))
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk, zoom, and what is done to a chosen mark."""
        key = Qt.Key(event.key())
        arrows = {
            Qt.Key.Key_Left: (-_NUDGE, 0.0),
            Qt.Key.Key_Right: (_NUDGE, 0.0),
            Qt.Key.Key_Up: (0.0, -_NUDGE),
            Qt.Key.Key_Down: (0.0, _NUDGE),
        }
        if key in arrows and self.choice >= 0:
            mark = self.marks[self.choice]
            x, y = turned_back(0.5 + arrows[key][0], 0.5 + arrows[key][1], self._turn)
            self._change(self.choice, mark.moved(x - 0.5, y - 0.5))
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.walked.emit(-1 if key == Qt.Key.Key_Left else 1)
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom_by(_STEP)
        elif key == Qt.Key.Key_Minus:
            self.zoom_by(1 / _STEP)
        elif key == Qt.Key.Key_0:
            self.fit()
        elif event.matches(QKeySequence.StandardKey.Delete) or key == Qt.Key.Key_Backspace:
            self.delete_chosen()
        elif key == Qt.Key.Key_Escape and (self.tool is not None or self.choice >= 0):
            self.take_tool(None)
            self.tool_dropped.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stay within the view."""
        super().resizeEvent(event)
        self._keep_in()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The picture on the ground, its marks, and a frame around the chosen one."""
        painter = QPainter(self)
        look = theme.current()
        painter.fillRect(self.rect(), look.colour("hover"))
        if not self._levels:
            painter.setPen(look.colour("dim"))
            inner = self.rect().adjusted(24, 24, -24, -24)
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(inner, int(flags), self._word)
            return
        area = self.area()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.save()
        painter.translate(area.center())
        painter.rotate(90 * self._turn)
        upright = QRectF(0, 0, area.width(), area.height())
        if self._turn % 2:
            upright = upright.transposed()
        upright.moveCenter(QPointF())
        painter.drawImage(upright, self._level_for(max(area.width(), area.height())))
        painter.restore()
        painter.setClipRect(area.intersected(QRectF(self.rect())))
        marks = self.marks if self._draft is None else (*self.marks, self._draft)
        paint_marks(painter, area, marks, self._turn)
        if 0 <= self.choice < len(self.marks):
            pen = QPen(look.colour("accent"), 2, Qt.PenStyle.DashLine)
            painter.setPen(pen)
            painter.drawRect(self._frame(self.marks[self.choice], area))

    def _level_for(self, side: float) -> QImage:
        """The smallest picture that has a pixel for every one of the screen."""
        wanted = side * self.devicePixelRatioF()
        for level in self._levels:
            if max(level.width(), level.height()) >= wanted:
                return level
        return self._levels[-1]

    def _frame(self, mark: Mark, area: QRectF) -> QRectF:
        if mark.kind is MarkKind.TEXT:
            return plate_of(area, mark, self._turn).adjusted(-4, -4, 4, 4)
        one, other = self.shown_at(mark.x1, mark.y1), self.shown_at(mark.x2, mark.y2)
        return QRectF(one, other).normalized().adjusted(-6, -6, 6, 6)

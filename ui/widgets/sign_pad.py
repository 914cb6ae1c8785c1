"""A pad to sign on, by mouse, finger or pen. It keeps strokes, not a picture."""

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QPointingDevice,
    QResizeEvent,
    QTabletEvent,
    QTouchEvent,
)
from PySide6.QtWidgets import QWidget

from landsteward.app.language import tr
from landsteward.domain.strokes import Point, Stroke, curves, is_signature
from ui import theme
from ui.widgets.signature import UNIT, draw_curves

_LEAST_MOVE = 12
"""Points nearer to the last one than this (in tenths of a pixel) say nothing new."""

_AROUND = 12


class SignPad(QWidget):
    """Draw with the left button, a finger or a pen; Ctrl+Z takes the last stroke back."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._strokes: list[Stroke] = []
        self._now: list[Point] = []
        self._done = QPixmap()
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setAccessibleName(tr("Pad to sign on"))
        look = theme.current()
        self.setMinimumSize(look.px(420), look.px(200))

    @property
    def strokes(self) -> tuple[Stroke, ...]:
        """What was drawn, in tenths of a pixel."""
        return tuple(self._strokes)

    @property
    def signed(self) -> bool:
        """Whether there is more than a slip of the hand."""
        return is_signature(self._strokes)

    def clear(self) -> None:
        """Begin anew."""
        self._strokes.clear()
        self._redraw()

    def take_back(self) -> None:
        """Take the last stroke back."""
        if self._strokes:
            self._strokes.pop()
            self._redraw()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Z takes a stroke back, Delete all of them."""
        if event.matches(QKeySequence.StandardKey.Undo):
            self.take_back()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.clear()
        else:
            super().keyPressEvent(event)

    # The pen

    def _down(self, place: QPointF, pressure: int | None) -> None:
        self._now = [_point(place, pressure)]
        self._touch_up(1)

    def _move(self, place: QPointF, pressure: int | None) -> None:
        if not self._now:
            return
        new, last = _point(place, pressure), self._now[-1]
        if abs(new[0] - last[0]) + abs(new[1] - last[1]) >= _LEAST_MOVE:
            self._now.append(new)
            self._touch_up(4)

    def _up(self, place: QPointF, pressure: int | None) -> None:
        if not self._now:
            return
        self._move(place, pressure)
        stroke = tuple(self._now)
        self._now = []
        self._strokes.append(stroke)
        self._put_down(stroke)
        self.update()
        self.changed.emit()

    def _touch_up(self, points: int) -> None:
        """Paint anew where the last points lie."""
        near = self._now[-points:]
        xs, ys = [x / UNIT for x, _, _ in near], [y / UNIT for _, y, _ in near]
        self.update(
            QRectF(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))
            .adjusted(-_AROUND, -_AROUND, _AROUND, _AROUND)
            .toAlignedRect()
        )

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The pen goes down."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._down(event.position(), None)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The pen moves."""
        self._move(event.position(), None)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The pen goes up."""
        self._up(event.position(), None)

    def tabletEvent(self, event: QTabletEvent) -> None:
        """A pen that knows how hard it presses."""
        place, pressure = event.position(), _thousandths(event.pressure())
        if event.type() == QEvent.Type.TabletPress:
            self._down(place, pressure)
        elif event.type() == QEvent.Type.TabletMove:
            self._move(place, pressure)
        elif event.type() == QEvent.Type.TabletRelease:
            # Lifted, it presses no more: the stroke ends as it was.
            self._up(place, self._now[-1][2] if self._now else None)
        event.accept()

    def event(self, event: QEvent) -> bool:
        """Fingers draw too; without this a pad would make clicks of them."""
        if isinstance(event, QTouchEvent) and event.points():
            first = event.points()[0]
            knows = event.device().capabilities() & QPointingDevice.Capability.Pressure
            pressure = _thousandths(first.pressure()) if knows else None
            if event.type() == QEvent.Type.TouchBegin:
                self._down(first.position(), pressure)
            elif event.type() == QEvent.Type.TouchUpdate:
                self._move(first.position(), pressure)
            else:
                self._up(first.position(), pressure)
            event.accept()
            return True
        return super().event(event)

    # The picture

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The strokes stay where they were drawn."""
        super().resizeEvent(event)
        self._redraw(told=False)

    def paintEvent(self, event: QPaintEvent) -> None:
        """What is drawn already as a picture, the stroke under way on top."""
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._done)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._now:
            draw_curves(painter, curves(tuple(self._now)), theme.current().colour("ink"), 1 / UNIT)
        if self.hasFocus():
            painter.setPen(QPen(theme.current().colour("accent"), 2))
            painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))

    def _redraw(self, *, told: bool = True) -> None:
        look = theme.current()
        ratio = self.devicePixelRatioF()
        self._done = QPixmap(self.size() * ratio)
        self._done.setDevicePixelRatio(ratio)
        self._done.fill(look.colour("field"))
        painter = QPainter(self._done)
        painter.setPen(QPen(look.colour("field_line"), 1))
        area = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRect(area)
        line = round(area.height() * 0.74) + 0.5
        painter.drawLine(QPointF(look.px(28), line), QPointF(area.right() - look.px(28), line))
        painter.setPen(look.colour("dim"))
        below = QRectF(look.px(28), line + look.px(4), area.width(), look.px(24))
        painter.drawText(below, int(Qt.AlignmentFlag.AlignLeft), tr("Sign here"))
        painter.end()
        for stroke in self._strokes:
            self._put_down(stroke)
        self.update()
        if told:
            self.changed.emit()

    def _put_down(self, stroke: Stroke) -> None:
        painter = QPainter(self._done)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_curves(painter, curves(stroke), theme.current().colour("ink"), 1 / UNIT)


def _point(place: QPointF, pressure: int | None) -> Point:
    return round(place.x() * UNIT), round(place.y() * UNIT), pressure


def _thousandths(pressure: float) -> int:
    return round(min(max(pressure, 0.0), 1.0) * 1000)

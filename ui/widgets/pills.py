"""A short choice as pills: by mouse, finger and keys, the chosen one marked by colour and dot."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import theme

_GAP = 4
_FINGER = 44
_KEYS = (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_4, Qt.Key.Key_5)


class Pills(QWidget):
    """One of a few, each `(key, word, tone)`; keys 1, 2, 3 … choose, the chosen one again undoes.

    Painted as one widget, because a form has a hundred of them. With `finger` each is as large as
    a finger needs it: 44 pixels high, and no gap between two that would miss.
    """

    chosen = Signal(object)

    def __init__(
        self,
        options: Sequence[tuple[Any, str, str]],
        *,
        name: str = "",
        undo: bool = True,
        finger: bool = False,
    ) -> None:
        super().__init__()
        self._finger = finger
        self._options = tuple(options)
        self._value: Any = None
        self._undo = undo
        self._pointed = -1
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setMouseTracking(True)
        self._name = name
        self._tell()

    @property
    def words(self) -> tuple[str, ...]:
        """What the pills say."""
        return tuple(word for _key, word, _tone in self._options)

    def value(self) -> Any:
        """The chosen key, or None."""
        return self._value

    def set_value(self, value: Any) -> None:
        """Show this key as chosen, without saying so."""
        if value != self._value:
            self._value = value
            self._tell()
            self.update()

    def choose(self, value: Any) -> None:
        """Choose as if clicked."""
        if not self.isEnabled():
            return
        if value == self._value and not self._undo:
            return
        self.set_value(None if value == self._value else value)
        self.chosen.emit(self._value)

    def choose_number(self, number: int) -> bool:
        """Choose the option of that number, counted from 1; False where there is none."""
        if not 1 <= number <= len(self._options):
            return False
        key = self._options[number - 1][0]
        if key != self._value:
            self.choose(key)
        return True

    def centre_of(self, key: Any) -> QPointF:
        """The middle of an option's pill."""
        index = [option[0] for option in self._options].index(key)
        return self._places()[index].center()

    def _tell(self) -> None:
        word = next((word for key, word, _tone in self._options if key == self._value), "")
        self.setAccessibleName(f"{self._name}: {word}" if word else self._name)

    def _metrics(self) -> QFontMetrics:
        font = self.font()
        font.setPixelSize(theme.current().px(12.5))
        return QFontMetrics(font)

    def _places(self) -> list[QRectF]:
        look = theme.current()
        metrics = self._metrics()
        height = look.px(34 if self._finger else 26)
        top = (self.height() - height) / 2
        left = 1.0
        places = []
        for _key, word, _tone in self._options:
            width = metrics.horizontalAdvance(word) + look.px(32)
            places.append(QRectF(left, top, width, height))
            left += width + look.px(_GAP)
        return places

    def sizeHint(self) -> QSize:
        """Room for all words; a finger's height."""
        look = theme.current()
        metrics = self._metrics()
        width = sum(
            metrics.horizontalAdvance(word) + look.px(32) + look.px(_GAP)
            for _key, word, _tone in self._options
        )
        return QSize(width + 2, look.px(_FINGER if self._finger else 34))

    def minimumSizeHint(self) -> QSize:
        """The same."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the pills."""
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = self.font()
        font.setPixelSize(look.px(12.5))
        for number, ((key, word, tone), place) in enumerate(
            zip(self._options, self._places(), strict=True)
        ):
            chosen = key == self._value
            font.setWeight(font.Weight.DemiBold if chosen else font.Weight.Normal)
            painter.setFont(font)
            plain = tone == "plain"
            ground = ("line" if plain else f"{tone}_soft") if chosen else "hover"
            ink = ("ink" if plain else tone) if chosen else "dim"
            painter.setBrush(look.colour(ground))
            edge = look.colour("line_strong") if number == self._pointed else look.colour(ground)
            painter.setPen(QPen(edge, 1))
            painter.drawRoundedRect(place, place.height() / 2, place.height() / 2)
            painter.setPen(look.colour(ink))
            words = place
            if chosen:
                painter.setBrush(look.colour(ink))
                middle = QPointF(place.left() + look.px(12), place.center().y())
                painter.drawEllipse(middle, look.px(3.5), look.px(3.5))
                words = place.adjusted(look.px(11), 0, 0, 0)
            painter.drawText(words, int(Qt.AlignmentFlag.AlignCenter), word)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(look.colour("accent"), 1.5))
            frame = QRectF(self.rect()).adjusted(0.75, 2.75, -0.75, -2.75)
            painter.drawRoundedRect(frame, frame.height() / 2, frame.height() / 2)

    def _at(self, where: QPointF) -> int:
        for number, place in enumerate(self._places()):
            if place.adjusted(-_GAP / 2, -8, _GAP / 2, 8).contains(where):
                return number
        return -1

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Mark the pill under the pointer."""
        pointed = self._at(event.position())
        if pointed != self._pointed:
            self._pointed = pointed
            self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is pointed at any more."""
        self._pointed = -1
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click chooses; on the chosen one it takes the choice back."""
        number = self._at(event.position())
        if number >= 0:
            self.choose(self._options[number][0])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits choose."""
        if event.key() in _KEYS and self.choose_number(_KEYS.index(Qt.Key(event.key())) + 1):
            return
        super().keyPressEvent(event)

"""Small signs: badges, the message line, the saved state, empty pages, the stepper."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QWidget

from landsteward.app.language import render, tr
from landsteward.domain.errors import KnownError
from ui import theme
from ui.widgets.basics import button, column, label, restyle, row, show_if

_TONES = ("plain", "accent", "good", "caution", "bad")
_GOOD_NEWS_MS = 6000


class Badge(QLabel):
    """A word on a tone: plain, accent, good, caution or bad."""

    def __init__(self, text: str = "", tone: str = "plain") -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_word(text, tone)

    def show_word(self, text: str, tone: str) -> None:
        """Show another word; an empty one hides the badge."""
        self.setText(text)
        self.setProperty("badge", tone if tone in _TONES else "plain")
        show_if(self, bool(text))
        restyle(self)


def words_of(error: KnownError) -> str:
    """What happened, where, and what to do, in one paragraph."""
    what = render(error.what)
    if error.where:
        what = tr("{where}: {what}", where=error.where, what=what)
    return f"{what} {render(error.remedy)}" if error.remedy is not None else what


class MessageBar(QFrame):
    """One line above a page that says what happened; good news goes by itself."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text = label(wrap=True)
        self.action = button("", "link")
        self.action.hide()
        self._run: Callable[[], None] | None = None
        self.action.clicked.connect(self._act)
        self.close_button = button("×", "quiet", self.hide, hint=tr("Dismiss"))
        self.close_button.setFixedWidth(32)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 2, 4, 2)
        layout.addWidget(self.text, 1)
        layout.addWidget(self.action)
        layout.addWidget(self.close_button)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        self.hide()

    def say(
        self,
        text: str,
        tone: str = "accent",
        *,
        action: str = "",
        run: Callable[[], None] | None = None,
    ) -> None:
        """Show a sentence, with at most one thing to do about it."""
        self.text.setText(text)
        self.setProperty("message", tone)
        restyle(self)
        restyle(self.text)
        self._run = run
        self.action.setText(action)
        self.action.setVisible(bool(action))
        self.show()
        self._timer.stop()
        if tone in ("good", "accent") and not action:
            self._timer.start(_GOOD_NEWS_MS)

    def fail(
        self, error: KnownError, *, action: str = "", run: Callable[[], None] | None = None
    ) -> None:
        """Show what went wrong and what to do."""
        self.say(words_of(error), "bad", action=action, run=run)

    def stand(self) -> None:
        """Stay: there is nothing to put away."""
        self.close_button.hide()

    def _act(self) -> None:
        if self.close_button.isVisible():
            self.hide()
        if self._run is not None:
            self._run()


class SavedState(QLabel):
    """已保存 14:32 / 正在保存…: whether what was entered is on disk."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "dim")
        self._at: datetime | None = None

    def saving(self, busy: bool) -> None:
        """Writes are under way, or all done."""
        if busy:
            self.setText(tr("Saving…"))
        elif self._at is not None:
            self.setText(tr("Saved {time}", time=f"{self._at:%H:%M}"))

    def saved(self, at: datetime) -> None:
        """Everything entered so far is on disk."""
        self._at = at
        self.saving(False)


class EmptyState(QWidget):
    """What an empty page says: what belongs here, and the button that puts it here."""

    def __init__(
        self,
        title: str,
        text: str,
        action: str = "",
        run: Callable[[], object] | None = None,
        *,
        primary: bool = True,
    ) -> None:
        super().__init__()
        self.title = label(title, "heading")
        self.text = label(text, "dim", wrap=True)
        self.text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.text.setMaximumWidth(theme.current().px(420))
        layout = column(1, gap=8, margin=8)
        layout.addWidget(self.title, 0, Qt.AlignmentFlag.AlignHCenter)
        middle = row(1)
        middle.addWidget(self.text, 100)
        middle.addStretch(1)
        layout.addLayout(middle)
        self.action = button(action, "primary" if primary else "", run)
        show_if(self.action, bool(action))
        layout.addSpacing(8)
        layout.addWidget(self.action, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(2)
        self.setLayout(layout)


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the way: its key, its word, and whether it is `done`, `now`, `open` or `ahead`.

    `now` is where the work stands; `open` may be looked at though it is not finished.
    """

    key: str
    word: str
    state: str


class Stepper(QWidget):
    """The way of a case: done steps filled, the present one strong, those ahead hollow."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._steps: tuple[Step, ...] = ()
        self._shown = ""
        self._places: list[QRectF] = []
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_steps(self, steps: Sequence[Step], shown: str) -> None:
        """Show these steps; `shown` is the key of the one whose page is open."""
        self._steps = tuple(steps)
        self._shown = shown
        self.setAccessibleName(" → ".join(step.word for step in steps))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Room for all words with a line between them."""
        look = theme.current()
        words = sum(self.fontMetrics().horizontalAdvance(step.word) for step in self._steps)
        return QSize(words + len(self._steps) * look.px(64), look.px(40))

    def minimumSizeHint(self) -> QSize:
        """The lines may shrink to nothing."""
        look = theme.current()
        words = sum(self.fontMetrics().horizontalAdvance(step.word) for step in self._steps)
        return QSize(words + len(self._steps) * look.px(28), look.px(40))

    def place_of(self, key: str) -> QPointF:
        """The middle of a step on the widget."""
        index = next(number for number, step in enumerate(self._steps) if step.key == key)
        self._lay_out()
        return self._places[index].center()

    def _lay_out(self) -> None:
        look = theme.current()
        self._places = []
        left = 2.0
        gap = min(
            look.px(40),
            max(6, (self.width() - self.minimumSizeHint().width()) / max(1, len(self._steps))),
        )
        for step in self._steps:
            width = look.px(22) + self.fontMetrics().horizontalAdvance(step.word)
            self._places.append(QRectF(left, 0, width, self.height()))
            left += width + gap

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint dots, words and the lines between."""
        look = theme.current()
        self._lay_out()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = self.height() / 2
        for number, (step, place) in enumerate(zip(self._steps, self._places, strict=True)):
            colour = look.colour(
                {"done": "good", "now": "accent", "open": "ink"}.get(step.state, "dim")
            )
            dot = QRectF(place.left(), middle - look.px(6), look.px(12), look.px(12))
            painter.setPen(QPen(colour, 1.5))
            painter.setBrush(colour if step.state in ("done", "now") else Qt.BrushStyle.NoBrush)
            painter.drawEllipse(dot)
            if step.state == "done":
                painter.setPen(QPen(look.colour("card"), 1.6))
                painter.drawPolyline(
                    [
                        QPointF(dot.left() + dot.width() * x, dot.top() + dot.height() * y)
                        for x, y in ((0.25, 0.52), (0.43, 0.7), (0.75, 0.32))
                    ]
                )
            font = self.font()
            font.setBold(False)
            font.setWeight(font.Weight.DemiBold if step.state == "now" else font.Weight.Normal)
            painter.setFont(font)
            painter.setPen(colour)
            words = place.adjusted(look.px(18), 0, look.px(12), 0)
            painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter), step.word)
            if step.key == self._shown:
                painter.fillRect(
                    QRectF(place.left(), self.height() - 3, place.width(), 2),
                    look.colour("accent"),
                )
            if number + 1 < len(self._places):
                painter.setPen(QPen(look.colour("line"), 1))
                end = self._places[number + 1].left() - 6
                if end - place.right() > 8:
                    painter.drawLine(QPointF(place.right() + 6, middle), QPointF(end, middle))
        if self.hasFocus():
            painter.setPen(QPen(look.colour("accent"), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 2.5, -0.5, -4.5), 4, 4)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on a step asks for its page."""
        self._lay_out()
        for step, place in zip(self._steps, self._places, strict=True):
            if place.adjusted(-6, 0, 6, 0).contains(event.position()):
                self.chosen.emit(step.key)
                return

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right walk along the way."""
        keys = [step.key for step in self._steps]
        here = keys.index(self._shown) if self._shown in keys else 0
        if event.key() == Qt.Key.Key_Right and here + 1 < len(keys):
            self.chosen.emit(keys[here + 1])
        elif event.key() == Qt.Key.Key_Left and here > 0:
            self.chosen.emit(keys[here - 1])
        else:
            super().keyPressEvent(event)

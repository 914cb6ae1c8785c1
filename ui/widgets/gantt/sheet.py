"""What is seen of a Gantt: its bars, their scale, what is in front; painted, and said in words."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QToolTip, QWidget

from landsteward.app.language import tr
from landsteward.domain.timeline import Bar, Grip, Scale, extent
from ui import theme
from ui.widgets.callout import Callout
from ui.widgets.gantt import words
from ui.widgets.gantt.paint import GanttPainter, Picture
from ui.widgets.gantt.plane import LEAST, MOST, PIXELS, Plane, scale_of

_MOST_ROWS = 14
"""So many rows are shown at once; more are scrolled."""
_BEFORE, _AFTER = 21, 60
"""Days before and after the bars that one can scroll to."""


@dataclass(frozen=True, slots=True)
class Drag:
    """What is held: the bar as it was, the part, where the mouse and the scroll bar were then.

    Without a part it is the ground that is pushed.
    """

    row: int
    bar: Bar
    grip: Grip | None
    x: float
    across: int
    moved: bool = False


class GanttSheet(QAbstractScrollArea):
    """Steps as bars: what is shown, how wide a day is, and what was asked for and waits."""

    chosen_changed = Signal(str)
    scale_changed = Signal(object)

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
        self._drag: Drag | None = None
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


def _backward(bar: Bar) -> bool:
    return bar.starts_on is not None and bar.due_on is not None and bar.due_on < bar.starts_on

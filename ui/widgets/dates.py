"""A day in a form: typed in any usual way, or picked from a calendar."""

from datetime import date

from PySide6.QtCore import QDate, QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCalendarWidget, QFrame, QHBoxLayout, QVBoxLayout

from landsteward.app.language import tr
from ui import formats, theme
from ui.widgets.basics import button
from ui.widgets.field import LineField


class DateField(LineField):
    """A day, typed in any usual way or picked from a calendar; empty is allowed."""

    def __init__(self, text: str, *, hint: str = "") -> None:
        super().__init__(text, hint=hint)
        self._hint = hint
        inside = QHBoxLayout(self.line)
        inside.setContentsMargins(0, 0, 3, 0)
        inside.addStretch(1)
        self.pick = button("▾", "quiet", self._open, hint=tr("Calendar (Alt+Down)"))
        self.pick.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.pick.setCursor(Qt.CursorShape.ArrowCursor)
        side = theme.current().px(26)
        self.pick.setStyleSheet(
            f"min-height: {side}px; max-height: {side}px; padding: 0; border-radius: 4px;"
        )
        self.pick.setFixedWidth(side)
        inside.addWidget(self.pick)
        self.line.setTextMargins(0, 0, side, 0)
        self.line.installEventFilter(self)
        self._popup: _Calendar | None = None

    def value(self) -> date | None:
        """The day."""
        try:
            return formats.parse_date(self.line.text())
        except ValueError as error:
            raise ValueError(tr("Not a date. Write it like 2026-11-22.")) from error

    def write(self, value: date | None) -> None:
        """Show the day."""
        self.line.setText("" if value is None else value.isoformat())

    def commit(self) -> bool:
        """Announce the day, written in full."""
        done = super().commit()
        if done:
            self.write(self.value())
        return done

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Alt+Down opens the calendar; how to write a day is said while one is written."""
        if event.type() == QEvent.Type.FocusIn:
            self.line.setPlaceholderText(tr("e.g. 2026-11-22"))
        elif event.type() == QEvent.Type.FocusOut:
            self.line.setPlaceholderText(self._hint)
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
            if alt and event.key() == Qt.Key.Key_Down and not self.line.isReadOnly():
                self._open()
                return True
        return super().eventFilter(watched, event)

    def _fix(self, fixed: bool) -> None:
        super()._fix(fixed)
        self.pick.setVisible(not fixed)

    def _open(self) -> None:
        try:
            shown = self.value()
        except ValueError:
            shown = None
        self._popup = _Calendar(self, shown)
        self._popup.move(self.line.mapToGlobal(QPoint(0, self.line.height() + 2)))
        self._popup.show()

    def choose(self, chosen: date) -> None:
        """Take a day from the calendar."""
        self.write(chosen)
        self.commit()


class _Calendar(QFrame):
    def __init__(self, field: DateField, shown: date | None) -> None:
        super().__init__(field, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("role", "card")
        self._field = field
        self.calendar = QCalendarWidget()
        self.calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        if shown is not None:
            self.calendar.setSelectedDate(QDate(shown.year, shown.month, shown.day))
        self.calendar.clicked.connect(self._take)
        self.calendar.activated.connect(self._take)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 4, 4, 4)
        layout.addWidget(self.calendar)

    def _take(self, chosen: QDate) -> None:
        self._field.choose(date(chosen.year(), chosen.month(), chosen.day()))
        self.close()

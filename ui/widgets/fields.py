"""Form fields that save as you leave them: label above, unit inside, error in words below.

A field announces a new valid value by `committed` when it is left or Enter is pressed, and never
drops what was typed: a value that is refused stays in the field with the reason under it.
`ui.widgets.forms.keep` ties a field to a use case.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QDate, QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import (
    QCalendarWidget,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from landsteward.app.language import tr
from landsteward.domain.errors import KnownError
from ui import formats, theme
from ui.widgets.basics import button, label, restyle, show_if
from ui.widgets.signs import words_of

_NOTE_SAVES_AFTER_MS = 2000


class Field(QWidget):
    """What all fields share. Values are `str`, `date`, `Decimal`, `int` or a choice's key."""

    committed = Signal(object)

    def __init__(self, text: str, editor: QWidget) -> None:
        super().__init__()
        self.autosaves = False
        self.editor = editor
        self.caption = label(text, "label")
        self.caption.setBuddy(editor)
        show_if(self.caption, bool(text))
        self.problem = label("", "error", wrap=True)
        self.problem.hide()
        editor.setAccessibleName(text)
        self._kept: Any = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.caption)
        layout.addWidget(editor)
        layout.addWidget(self.problem)
        self.setFocusProxy(editor)

    def value(self) -> Any:
        """What is entered. Raises ValueError, with the words to show, where it makes no sense."""
        raise NotImplementedError

    def write(self, value: Any) -> None:
        """Put a value into the editor."""
        raise NotImplementedError

    def set_value(self, value: Any) -> None:
        """Show what is on record, unless the person is typing something else just now."""
        if self.dirty and self.editor.hasFocus():
            self._kept = value
            return
        self._kept = value
        self.write(value)
        self.set_error("")

    @property
    def dirty(self) -> bool:
        """Whether something is entered that is not on record."""
        try:
            return bool(self.value() != self._kept)
        except ValueError:
            return True

    def set_error(self, text: str) -> None:
        """Say under the field what is wrong; empty: nothing is."""
        self.problem.setText(text)
        self.problem.setVisible(bool(text))
        self.editor.setProperty("wrong", bool(text))
        restyle(self.editor)

    def commit(self) -> bool:
        """Announce what is entered if it is new; False where it makes no sense."""
        try:
            value = self.value()
        except ValueError as error:
            self.set_error(str(error))
            return False
        self.set_error("")
        if value != self._kept:
            self._kept = value
            self.committed.emit(value)
        return True

    def refused(self, error: KnownError) -> None:
        """The value was not kept: it stays here, with the reason."""
        self._kept = _NOT_KEPT
        self.set_error(words_of(error))

    def set_read_only(self, fixed: bool) -> None:
        """Show without letting it be changed."""
        self.editor.setEnabled(not fixed)

    def go_on(self) -> None:
        """Move to the next field."""
        self.focusNextChild()


_NOT_KEPT = object()


class LineField(Field):
    """One line of text; the base of everything typed in one line."""

    def __init__(self, text: str, *, unit: str = "", hint: str = "") -> None:
        self.line = QLineEdit()
        super().__init__(text, self.line)
        self.line.setPlaceholderText(hint)
        if unit:
            self._show_unit(unit)
        self.line.editingFinished.connect(self.commit)
        self.line.returnPressed.connect(self.go_on)

    def _show_unit(self, unit: str) -> None:
        inside = QHBoxLayout(self.line)
        inside.setContentsMargins(0, 0, 10, 0)
        inside.addStretch(1)
        shown = label(unit, "dim")
        shown.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        inside.addWidget(shown)
        self.line.setTextMargins(0, 0, shown.sizeHint().width() + 6, 0)

    def set_read_only(self, fixed: bool) -> None:
        """Show without letting it be changed."""
        self.line.setReadOnly(fixed)
        restyle(self.line)


class TextField(LineField):
    """A line of text. With `optional`, an empty one is None: not on record."""

    def __init__(
        self,
        text: str,
        *,
        unit: str = "",
        hint: str = "",
        required: bool = False,
        optional: bool = False,
    ) -> None:
        super().__init__(text, unit=unit, hint=hint)
        self._required = required
        self._optional = optional

    def value(self) -> Any:
        """The text, trimmed."""
        typed = self.line.text().strip()
        if self._required and not typed:
            raise ValueError(tr("This must be filled in."))
        return None if self._optional and not typed else typed

    def write(self, value: str | None) -> None:
        """Show the text."""
        self.line.setText(value or "")
        self.line.setCursorPosition(0)


class DecimalField(LineField):
    """An exact figure, or nothing. `places` is how many decimals are allowed."""

    def __init__(
        self,
        text: str,
        *,
        unit: str = "",
        places: int = 4,
        minimum: Decimal | None = Decimal(0),
        maximum: Decimal | None = None,
    ) -> None:
        super().__init__(text, unit=unit)
        self._places = places
        self._minimum = minimum
        self._maximum = maximum
        self.line.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.line.setFont(theme.tabular(self.line.font()))

    def value(self) -> Decimal | None:
        """The figure."""
        try:
            value = formats.parse_decimal(self.line.text())
        except ValueError as error:
            raise ValueError(tr("Enter a number, e.g. 12.5.")) from error
        if value is None:
            return None
        exponent = value.normalize().as_tuple().exponent
        if isinstance(exponent, int) and -exponent > self._places:
            raise ValueError(tr("At most {count} decimals.", count=self._places))
        if self._minimum is not None and value < self._minimum:
            raise ValueError(tr("Not less than {limit}.", limit=self._minimum))
        if self._maximum is not None and value > self._maximum:
            raise ValueError(tr("Not more than {limit}.", limit=self._maximum))
        return value

    def write(self, value: Decimal | None) -> None:
        """Show the figure, exactly."""
        self.line.setText(formats.plain(value))


class WholeField(LineField):
    """A whole number, or nothing."""

    def __init__(self, text: str, *, unit: str = "", minimum: int = 0, maximum: int = 9999) -> None:
        super().__init__(text, unit=unit)
        self._limits = (minimum, maximum)
        self.line.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.line.setFont(theme.tabular(self.line.font()))

    def value(self) -> int | None:
        """The number."""
        low, high = self._limits
        try:
            value = formats.parse_decimal(self.line.text())
        except ValueError as error:
            raise ValueError(tr("Enter a whole number.")) from error
        if value is None:
            return None
        if value != value.to_integral_value():
            raise ValueError(tr("Enter a whole number."))
        if not low <= value <= high:
            raise ValueError(tr("Between {low} and {high}.", low=low, high=high))
        return int(value)

    def write(self, value: int | None) -> None:
        """Show the number."""
        self.line.setText("" if value is None else str(value))


class DateField(LineField):
    """A day, typed in any usual way or picked from a calendar; empty is allowed."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
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
            self.line.setPlaceholderText("")
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
            if alt and event.key() == Qt.Key.Key_Down and not self.line.isReadOnly():
                self._open()
                return True
        return super().eventFilter(watched, event)

    def set_read_only(self, fixed: bool) -> None:
        """Show without letting it be changed."""
        super().set_read_only(fixed)
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


class ChoiceField(Field):
    """One of a few; `options` are keys with their words. A None key stands for nothing chosen."""

    def __init__(self, text: str, options: Sequence[tuple[Any, str]] = ()) -> None:
        self.box = _QuietWheelBox()
        super().__init__(text, self.box)
        self._options: list[tuple[Any, str]] = []
        self.set_options(options)
        self.box.activated.connect(self.commit)
        chevron = QLabel("▾", self.box)
        chevron.setProperty("role", "dim")
        chevron.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        inside = QHBoxLayout(self.box)
        inside.setContentsMargins(0, 0, 8, 0)
        inside.addStretch(1)
        inside.addWidget(chevron)

    def set_options(self, options: Sequence[tuple[Any, str]]) -> None:
        """Offer these; what was chosen stays chosen where it is still offered."""
        kept = self.value() if self._options else self._kept
        self._options = list(options)
        self.box.clear()
        for _key, word in self._options:
            self.box.addItem(word)
        self.write(kept)

    def value(self) -> Any:
        """The chosen key."""
        index = self.box.currentIndex()
        return self._options[index][0] if 0 <= index < len(self._options) else None

    def write(self, value: Any) -> None:
        """Choose that key; an unknown one leaves nothing chosen."""
        keys = [key for key, _word in self._options]
        self.box.setCurrentIndex(keys.index(value) if value in keys else -1)


class _QuietWheelBox(QComboBox):
    """A choice that does not change when somebody scrolls the page past it."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)

    def wheelEvent(self, event: Any) -> None:
        """Only an open or focused box follows the wheel."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class NoteField(Field):
    """Several lines of text. Saved when left, and after two seconds without a key."""

    def __init__(self, text: str, *, rows: int = 3, hint: str = "", required: bool = False) -> None:
        self.edit = _NoteEdit()
        super().__init__(text, self.edit)
        self._required = required
        self.edit.setPlaceholderText(hint)
        self.edit.setTabChangesFocus(True)
        height = self.edit.fontMetrics().lineSpacing() * rows + 20
        self.edit.setFixedHeight(height)
        self.edit.left.connect(self.commit)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_NOTE_SAVES_AFTER_MS)
        self._pause.timeout.connect(self.commit)
        self.edit.textChanged.connect(self._typed)

    def _typed(self) -> None:
        if self.edit.hasFocus():
            self._pause.start()

    def value(self) -> str:
        """The text, without blank ends."""
        typed = self.edit.toPlainText().strip()
        if self._required and not typed:
            raise ValueError(tr("This must be filled in."))
        return typed

    def write(self, value: str | None) -> None:
        """Show the text."""
        if (value or "") != self.edit.toPlainText():
            self.edit.setPlainText(value or "")

    def commit(self) -> bool:
        """Announce the text if it is new."""
        self._pause.stop()
        return super().commit()

    def set_read_only(self, fixed: bool) -> None:
        """Show without letting it be changed."""
        self.edit.setReadOnly(fixed)
        restyle(self.edit)


class _NoteEdit(QPlainTextEdit):
    left = Signal()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving saves; so does switching to another program."""
        super().focusOutEvent(event)
        self.left.emit()

"""The fields of forms: text, figures, days, choices and notes. What they share is in `field`."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPlainTextEdit, QTextEdit

from landsteward.app.language import tr
from ui import formats, theme
from ui.widgets.basics import restyle
from ui.widgets.dates import DateField
from ui.widgets.field import Field, LineField

_NOTE_SAVES_AFTER_MS = 2000


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


class ChoiceField(Field):
    """One of a few; `options` are keys with their words. A None key stands for nothing chosen."""

    def __init__(self, text: str, options: Sequence[tuple[Any, str]] = ()) -> None:
        self.box = _QuietWheelBox()
        super().__init__(text, self.box)
        self._options: list[tuple[Any, str]] = []
        self.set_options(options)
        self.box.activated.connect(self.edited)
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


class LongField(Field):
    """Several lines in an editor that says when it is left.

    Saved when left, and after two seconds without a key.
    """

    def __init__(self, text: str, edit: "LongEdit", *, hint: str, required: bool) -> None:
        super().__init__(text, edit)
        self._required = required
        self._edit = edit
        edit.setPlaceholderText(hint)
        edit.setTabChangesFocus(True)
        edit.left.connect(self.commit)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_NOTE_SAVES_AFTER_MS)
        self._pause.timeout.connect(self.commit)
        edit.textChanged.connect(self._typed)

    def _typed(self) -> None:
        if self._edit.hasFocus():
            self._pause.start()
            self.edited.emit()

    def entered(self) -> str:
        """The text that stands in the editor, as it is kept."""
        raise NotImplementedError

    def value(self) -> str:
        """The text, without blank ends."""
        entered = self.entered()
        if self._required and not entered:
            raise ValueError(tr("This must be filled in."))
        return entered

    def commit(self) -> bool:
        """Announce the text if it is new."""
        self._pause.stop()
        return super().commit()

    def _fix(self, fixed: bool) -> None:
        self._edit.setReadOnly(fixed)
        restyle(self._edit)


class NoteField(LongField):
    """Several lines of plain text."""

    def __init__(self, text: str, *, rows: int = 3, hint: str = "", required: bool = False) -> None:
        self.edit = _NoteEdit()
        super().__init__(text, self.edit, hint=hint, required=required)
        self.edit.setFixedHeight(self.edit.fontMetrics().lineSpacing() * rows + 20)

    def entered(self) -> str:
        """What was typed."""
        return self.edit.toPlainText().strip()

    def write(self, value: str | None) -> None:
        """Show the text."""
        if (value or "") != self.edit.toPlainText():
            self.edit.setPlainText(value or "")


class _NoteEdit(QPlainTextEdit):
    left = Signal()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving saves; so does switching to another program."""
        super().focusOutEvent(event)
        self.left.emit()


class LeavingTextEdit(QTextEdit):
    """An editor of formatted text that says when it is left."""

    left = Signal()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving saves; so does switching to another program."""
        super().focusOutEvent(event)
        self.left.emit()


LongEdit = _NoteEdit | LeavingTextEdit


__all__ = [
    "ChoiceField",
    "DateField",
    "DecimalField",
    "Field",
    "LeavingTextEdit",
    "LineField",
    "LongField",
    "NoteField",
    "TextField",
    "WholeField",
]

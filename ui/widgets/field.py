"""What all fields share: label above, unit inside, error in words below, saved as you leave them.

A field announces a new valid value by `committed` when it is left or Enter is pressed, and never
drops what was typed: a value that is refused stays in the field with the reason under it, until
it is mended. `ui.widgets.forms.keep` ties a field to a use case.
"""

from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from landsteward.domain.errors import KnownError
from ui.widgets.basics import label, restyle, show_if
from ui.widgets.callout import Callout
from ui.widgets.signs import words_of

_NOT_KEPT = object()
_ROOM_BELOW = 6
_PAUSE_MS = 1000


class Field(QWidget):
    """What all fields share. Values are `str`, `date`, `Decimal`, `int` or a choice's key."""

    committed = Signal(object)
    edited = Signal()
    """The person changed something in the editor."""

    def __init__(self, text: str, editor: QWidget) -> None:
        super().__init__()
        self.autosaves = False
        self.locked = False
        self.editor = editor
        self.caption = label(text, "label")
        self.caption.setBuddy(editor)
        show_if(self.caption, bool(text))
        self.problem = Callout(self)
        editor.setAccessibleName(text)
        self._kept: Any = None
        self._presented = False
        layout = QVBoxLayout(self)
        # A line of words fits between the editor and the next field's label.
        layout.setContentsMargins(0, 0, 0, _ROOM_BELOW if text else 0)
        layout.setSpacing(4)
        layout.addWidget(self.caption)
        layout.addWidget(editor)
        self.setFocusProxy(editor)
        self.edited.connect(self._look_again)

    def value(self) -> Any:
        """What is entered. Raises ValueError, with the words to show, where it makes no sense."""
        raise NotImplementedError

    def write(self, value: Any) -> None:
        """Put a value into the editor."""
        raise NotImplementedError

    def set_value(self, value: Any) -> None:
        """Show what is on record, unless the person is typing something else just now.

        What could not be kept stays too, with its reason, until it is mended.
        """
        self._presented = True
        if self.dirty and (self.editor.hasFocus() or self.wrong):
            self._kept = value
            return
        self._kept = value
        if self.editor.hasFocus() and not self.dirty:
            return  # it says so already, perhaps in other signs: the cursor stays where it is
        self.write(value)
        self.set_error("")

    @property
    def dirty(self) -> bool:
        """Whether something is entered that is not on record."""
        try:
            return bool(self.value() != self._kept)
        except ValueError:
            return True

    @property
    def wrong(self) -> bool:
        """Whether something is said to be wrong with what is entered."""
        return bool(self.problem.text())

    def set_error(self, text: str) -> None:
        """Say under the field what is wrong; empty: nothing is."""
        if text == self.problem.text():
            return
        self.problem.say(text, self.editor)
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
        if self.autosaves and not self._presented and not value:
            return True  # it shows no record, and nothing was entered: there is nothing to keep
        if value != self._kept:
            self._kept = value
            self.committed.emit(value)
        return True

    def refused(self, error: KnownError) -> None:
        """The value was not kept: it stays here, with the reason."""
        self._kept = _NOT_KEPT
        self.set_error(words_of(error))

    def set_read_only(self, fixed: bool) -> None:
        """Show without letting it be changed; what can no longer be mended gives way."""
        self._fix(fixed or self.locked)
        if fixed and self.wrong and self._kept is not _NOT_KEPT:
            self.write(self._kept)
            self.set_error("")

    def lock(self) -> None:
        """Show without letting it be changed, whatever is asked for later."""
        self.locked = True
        self.set_read_only(True)

    def _fix(self, fixed: bool) -> None:
        self.editor.setEnabled(not fixed)

    def _look_again(self) -> None:
        """What is wrong is no longer said once it is mended, not only when the field is left."""
        if not self.wrong:
            return
        try:
            self.value()
        except ValueError:
            return
        self.set_error("")

    def go_on(self) -> None:
        """Move to the next field."""
        self.focusNextChild()


class LineField(Field):
    """One line of text; the base of everything typed in one line."""

    def __init__(self, text: str, *, unit: str = "", hint: str = "") -> None:
        self.line = QLineEdit()
        super().__init__(text, self.line)
        self.line.setPlaceholderText(hint)
        if unit:
            self._show_unit(unit)
        self.line.textEdited.connect(self.edited)
        self.line.editingFinished.connect(self.commit)
        self.line.returnPressed.connect(self.go_on)

    def save_on_pauses(self) -> None:
        """Announce what makes sense also while the person only pauses, without complaining."""
        pause = QTimer(self)
        pause.setSingleShot(True)
        pause.setInterval(_PAUSE_MS)
        pause.timeout.connect(self._paused)
        self.line.textEdited.connect(lambda _text: pause.start())
        self.line.editingFinished.connect(pause.stop)

    def _paused(self) -> None:
        try:
            self.value()
        except ValueError:
            return
        self.commit()

    def _show_unit(self, unit: str) -> None:
        inside = QHBoxLayout(self.line)
        inside.setContentsMargins(0, 0, 10, 0)
        inside.addStretch(1)
        shown = label(unit, "dim")
        shown.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        inside.addWidget(shown)
        self.line.setTextMargins(0, 0, shown.sizeHint().width() + 6, 0)

    def _fix(self, fixed: bool) -> None:
        self.line.setReadOnly(fixed)
        restyle(self.line)

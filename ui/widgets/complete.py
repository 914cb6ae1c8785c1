"""Lines that offer what may be meant while something is typed."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QLineEdit

from ui.widgets.field import LineField

Option = tuple[Any, str]
"""A key and the words it is offered by."""


class Offers(QObject):
    """Offers below a line. `typed` asks for them, `show` answers, `picked` is what was chosen."""

    typed = Signal(str)
    picked = Signal(object)

    def __init__(self, line: QLineEdit) -> None:
        super().__init__(line)
        self._line = line
        self.model = QStandardItemModel(self)
        self.completer = QCompleter(self.model, self)
        self.completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self.completer.setMaxVisibleItems(12)
        self.completer.setWidget(line)
        self.completer.activated.connect(self._pick)
        line.textEdited.connect(self.typed)

    def show(self, options: Sequence[Option]) -> None:
        """Offer these, if the line is still being typed in."""
        self.model.clear()
        for key, words in options:
            item = QStandardItem(words)
            item.setData(key, Qt.ItemDataRole.UserRole)
            item.setEditable(False)
            self.model.appendRow(item)
        if options and self._line.hasFocus():
            self.completer.complete()
        elif (popup := self.completer.popup()) is not None:
            popup.hide()

    def _pick(self, words: str) -> None:
        for item in self.model.findItems(words):
            self.picked.emit(item.data(Qt.ItemDataRole.UserRole))
            return


class PickField(LineField):
    """A key entered by its code or its name. Empty is None: not on record.

    `offer` gives what a typed text may mean, `word` how a key is shown, `meant` which key a text
    stands for (None: none), `unknown` the words for that.
    """

    def __init__(
        self,
        text: str,
        *,
        offer: Callable[[str], Sequence[Option]],
        word: Callable[[Any], str],
        meant: Callable[[str], Any],
        unknown: str,
        hint: str = "",
    ) -> None:
        super().__init__(text, hint=hint)
        self._offer = offer
        self._word = word
        self._meant = meant
        self._unknown = unknown
        self.offers = Offers(self.line)
        self.offers.typed.connect(self._typed)
        self.offers.picked.connect(self._picked)

    def value(self) -> Any:
        """The key. Raises ValueError where the text stands for none."""
        typed = self.line.text().strip()
        if not typed:
            return None
        if self._kept and typed == self._word(self._kept):
            return self._kept
        key = self._meant(typed)
        if key is None:
            raise ValueError(self._unknown)
        return key

    def write(self, value: Any) -> None:
        """Show the key in words."""
        self.line.setText(self._word(value) if value else "")
        self.line.setCursorPosition(0)

    def _typed(self, text: str) -> None:
        self.offers.show(self._offer(text))

    def _picked(self, key: Any) -> None:
        self.line.setText(self._word(key))
        self.edited.emit()
        self.commit()

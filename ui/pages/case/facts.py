"""Facts as pairs of a dim word and its value, in columns; a value can be marked and copied."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from ui import formats
from ui.widgets.basics import label, selectable


class Facts(QWidget):
    """Pairs in so many columns; the same words keep their labels, only values change."""

    def __init__(self, columns: int = 2) -> None:
        super().__init__()
        self._columns = columns
        self._values: list[QLabel] = []
        self._words: list[str] = []
        self._layout = QGridLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setHorizontalSpacing(12)
        self._layout.setVerticalSpacing(6)
        for number in range(columns):
            self._layout.setColumnStretch(2 * number + 1, 1)

    def show_facts(self, facts: Sequence[tuple[str, str]]) -> None:
        """Show these pairs; an empty value shows as a dash."""
        words = [word for word, _value in facts]
        if words != self._words:
            self._build(words)
        for shown, (_word, value) in zip(self._values, facts, strict=True):
            shown.setText(value or formats.NONE)

    def _build(self, words: list[str]) -> None:
        while (item := self._layout.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        self._words = words
        self._values = []
        for number, word in enumerate(words):
            line, place = divmod(number, self._columns)
            top = Qt.AlignmentFlag.AlignTop
            self._layout.addWidget(label(word, "label"), line, 2 * place, top)
            value = selectable()
            self._values.append(value)
            self._layout.addWidget(value, line, 2 * place + 1, top)

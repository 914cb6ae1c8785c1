"""Words in a row, one of which is in front; what belongs to it is shown below."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QStackedWidget, QWidget

from ui.widgets.basics import button


class Tabs(QWidget):
    """The row of words and the stack below it, laid out by whoever uses them."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.stack = _CurrentSized()
        self.buttons: dict[str, QPushButton] = {}
        self._later: dict[str, tuple[QWidget, Callable[[], QWidget]]] = {}
        self._group = QButtonGroup(self)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._row.addStretch(1)

    def add(self, key: str, word: str, widget: QWidget) -> None:
        """Put another tab behind those there are; the first is in front."""
        tab = button(word, "tab", lambda: self.show_tab(key))
        tab.setCheckable(True)
        self._group.addButton(tab)
        self._row.insertWidget(self._row.count() - 1, tab)
        self.buttons[key] = tab
        self.stack.addWidget(widget)
        if len(self.buttons) == 1:
            tab.setChecked(True)

    def add_later(self, key: str, word: str, make: Callable[[], QWidget]) -> None:
        """Put another tab behind the others; what belongs to it is made when it is first shown."""
        room = QWidget()
        self._later[key] = room, make
        self.add(key, word, room)

    def reword(self, key: str, word: str) -> None:
        """Say something else on a tab, e.g. how many there are."""
        self.buttons[key].setText(word)

    def show_tab(self, key: str) -> None:
        """Put a tab in front."""
        self.buttons[key].setChecked(True)
        place = list(self.buttons).index(key)
        if key in self._later:
            room, make = self._later.pop(key)
            self.stack.insertWidget(place, make())
            assert room is not None
            self.stack.removeWidget(room)
            room.deleteLater()
        self.stack.setCurrentIndex(place)
        self.chosen.emit(key)

    @property
    def current(self) -> str:
        """The tab in front; empty where something else is."""
        keys, place = list(self.buttons), self.stack.currentIndex()
        return keys[place] if 0 <= place < len(keys) else ""


class _CurrentSized(QStackedWidget):
    """A stack that is only as large as what is in front."""

    def sizeHint(self) -> QSize:
        """What is in front says."""
        shown = self.currentWidget()
        return shown.sizeHint() if shown is not None else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        """What is in front says."""
        shown = self.currentWidget()
        return shown.minimumSizeHint() if shown is not None else super().minimumSizeHint()
